"""The step of one event: read its articles, write its tables at once, return a small status record."""

import shutil
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError
from crossframe.records import Corpus, Estimates

if TYPE_CHECKING:
    from pandas import DataFrame

T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What a comparison can be told; None takes the shipped default.

    Parameters
    ----------
    event : str or None
        Only this event (a unique prefix will do).
    encoder, aligner, actor_model, quote_model, stance_model : str or None
        Names or folders; without a quote model quotes are read by rules alone.
    actors : str or None
        Path of an edited actors table.
    min_confidence : float or None
        Probability of the likeliest stance from which a mention is certain; with it, estimates of stance leave the others
        out. None leaves none out.
    seed : int
        Seed of every interval.

    Raises
    ------
    InputError
        When `min_confidence` is no probability.
    """

    event: str | None = None
    encoder: str | None = None
    aligner: str | None = None
    actor_model: str | None = None
    quote_model: str | None = None
    stance_model: str | None = None
    actors: str | None = None
    min_confidence: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise InputError(
                f"Invalid min_confidence {self.min_confidence!r}. It must be a probability, from 0 to 1."
            )


@dataclass(frozen=True)
class EventStatus:
    """What the step of one event reports: rows a table, seconds a step, warnings for the reader."""

    event: str
    rows: dict[str, int]
    seconds: dict[str, float]
    warnings: tuple[str, ...] = ()


def compare_event(corpus: Corpus, folder: Path, options: Options) -> EventStatus:
    """Compare the articles of one event and write its tables to `folder` at once or not at all.

    Parameters
    ----------
    corpus : Corpus
        Articles of one event.
    folder : Path
        Where the event's tables go; replaced when it exists.
    options : Options
        What to do.

    Returns
    -------
    EventStatus
        Rows, seconds, warnings.
    """
    from crossframe.showing.tables.files import write_tables

    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        seconds[step] = round(time.perf_counter() - start, 3)
        return result

    with _noted() as notes:
        tables = _steps(corpus, options, timed)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    write_tables(part, tables)
    storage.replace_folder(part, folder)
    return EventStatus(
        corpus.articles[0].event, {name: len(table) for name, table in tables.items()}, seconds, tuple(notes)
    )


def _steps(
    corpus: Corpus, options: Options, timed: Callable[[str, Callable[[], Any]], Any]
) -> "dict[str, DataFrame]":
    from crossframe.attributing.actors.edits import edits_of
    from crossframe.attributing.find_actors import find_actors
    from crossframe.attributing.find_quotes import find_quotes
    from crossframe.attributing.voices import assign_voices, split_voices
    from crossframe.contrasting.corrected import correct_event
    from crossframe.contrasting.coverage import call_omissions, estimate_coverage, measure_coverage
    from crossframe.contrasting.framing import summarise_framing
    from crossframe.contrasting.voices import summarise_voices
    from crossframe.contrasting.within_event import summarise_event
    from crossframe.contrasting.wording import compare_wording
    from crossframe.judging.stance.stance_model import annotate_mentions
    from crossframe.learning.encoders.embedding import embed_sentences
    from crossframe.matching.claims import group_claims
    from crossframe.matching.copies import find_copies
    from crossframe.reading.text.split import split_sentences
    from crossframe.showing.tables.build import MIN_CONFIDENCE, EventRecords, make_tables
    from crossframe.studies.compare.calibration import calibration_of

    event = corpus.articles[0].event
    sentences = timed("sentences", lambda: split_sentences(corpus.articles))
    copies = timed("copies", lambda: find_copies(corpus.articles))
    embeddings = timed("embeddings", lambda: embed_sentences(sentences, chosen_encoder(options.encoder)))
    aligner = chosen_aligner(options.aligner, options.encoder)
    calibration = calibration_of(aligner)
    alignment = timed("alignment", lambda: aligner.align(sentences, embeddings))
    alignment = timed("claims", lambda: group_claims(alignment, calibration.claims))
    finder = chosen_finder(options.actor_model, options.encoder)
    names = timed("names", lambda: finder.find(sentences))
    edits = edits_of(corpus, options.actors)
    cast = timed("actors", lambda: find_actors(sentences, corpus.actors, edits, names=names))
    quotes = timed(
        "quotes", lambda: find_quotes(sentences, cast, reader=chosen_quote_model(options.quote_model))
    )
    voices, stretches = assign_voices(cast.mentions, quotes), split_voices(sentences, quotes)
    stance = timed(
        "stance",
        lambda: annotate_mentions(
            chosen_stance_model(options.stance_model), sentences, cast.mentions, voices
        ),
    )
    certain = options.min_confidence
    kept = (
        stance if certain is None else stance.select(stance.scores.max(axis=1, initial=0).round(4) >= certain)
    )
    frames = timed("frames", lambda: chosen_frame_model().annotate(sentences))
    coverage = measure_coverage(alignment, event=event, curve=calibration.absence)
    copied = copies.sources({article.id: article.outlet for article in corpus.articles})
    n_articles = Counter(article.outlet for article in corpus.articles)
    wording = timed("wording", lambda: compare_wording(sentences, event=event, copies=copied))
    gold = corpus.gold.get("stance")
    estimates = timed(
        "estimates",
        lambda: Estimates.concat(
            [
                summarise_event(kept, frames, alignment, copies, event=event, seed=options.seed),
                correct_event(stance, gold, corpus.articles, copies, event=event, seed=options.seed),
                summarise_framing(stance, sentences, copies, event=event, seed=options.seed),
                summarise_voices(stretches, alignment, copies, event=event, seed=options.seed),
                estimate_coverage(coverage, n_articles, event=event, copies=copied),
                call_omissions(alignment, n_articles, event=event, curve=calibration.absence, copies=copied),
            ]
        ),
    )
    return make_tables(
        EventRecords(
            corpus,
            sentences,
            copies,
            alignment,
            cast,
            quotes,
            stance,
            frames,
            coverage,
            wording,
            estimates,
            min_confidence=MIN_CONFIDENCE if certain is None else certain,
        )
    )


@lru_cache(maxsize=2)
def chosen_encoder(name: str | None) -> Any:
    from crossframe.learning.encoders.by_name import load_encoder

    return load_encoder(name)


@lru_cache(maxsize=2)
def chosen_aligner(name: str | None, encoder: str | None) -> Any:
    from crossframe.matching.aligners import load_aligner

    return load_aligner("aligner-lexical" if name is None and encoder == "tfidf" else name)


@lru_cache(maxsize=2)
def chosen_finder(name: str | None, encoder: str | None) -> Any:
    from crossframe.attributing.names.finders import RULES, load_name_finder

    return load_name_finder(RULES if name is None and encoder == "tfidf" else name)


@lru_cache(maxsize=2)
def chosen_quote_model(name: str | None) -> Any:
    from crossframe.attributing.quotes.readers import load_quote_reader

    return load_quote_reader(name)


@lru_cache(maxsize=2)
def chosen_stance_model(name: str | None) -> Any:
    from crossframe.judging.stance.by_name import load_stance_model

    return load_stance_model(name)


@lru_cache(maxsize=1)
def chosen_frame_model() -> Any:
    from crossframe.judging.frames import load_frame_model

    return load_frame_model()


@contextmanager
def _noted() -> Iterator[list[str]]:
    """Collect crossframe's warnings of the block and show them all the same."""
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CrossframeWarning)
        yield notes
    notes += [str(warning.message) for warning in caught if issubclass(warning.category, CrossframeWarning)]
    for warning in caught:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
