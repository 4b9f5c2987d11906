"""The step of one event: read its articles, write its tables at once, return a small status record."""

import shutil
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError
from crossframe.models.sets import LANGUAGE
from crossframe.records import (
    FRAMES,
    Alignment,
    Annotation,
    Cast,
    Copies,
    Corpus,
    Estimates,
    Sentences,
    Spans,
    Units,
)
from crossframe.studies.compare.calibration import calibration_of
from crossframe.studies.compare.models import Models
from crossframe.studies.compare.options import ALL, Options
from crossframe.studies.compare.withheld import (
    keep_copies,
    language_of_model,
    list_earlier,
    list_partial,
    list_unread,
)

if TYPE_CHECKING:
    from crossframe.attributing.actors.edits import ActorEdits
    from crossframe.contrasting.judged import Judged
    from crossframe.judging.stance.judgements import Judgements
    from crossframe.showing.tables.build import EventRecords

T = TypeVar("T")
_BODIES = frozenset({"country", "organisation", "party", "group", "office"})
"""Kinds of actors that are no private persons. What is of another kind is neither a body nor known to be a person."""


@dataclass(frozen=True)
class EventStatus:
    """What the step of one event reports: rows per table, seconds per step, warnings for the reader."""

    event: str
    rows: dict[str, int]
    seconds: dict[str, float]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """Seconds per step."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Return what `work` returns, and add the seconds it took to those of `step`."""
        start = time.perf_counter()
        result = work()
        taken = self.seconds.get(step, 0.0) + time.perf_counter() - start
        self.seconds[step] = round(taken, 3)
        return result


def compare_event(
    corpus: Corpus, folder: Path, options: Options, models: Models, edits: "ActorEdits | None" = None
) -> EventStatus:
    """Compare the articles of one event and write its tables to `folder` at once or not at all.

    Parameters
    ----------
    corpus : Corpus
        Articles of one event.
    folder : Path
        Where the event's tables go; replaced when it exists.
    options : Options
        Of the study.
    models : Models
        Of the study.
    edits : ActorEdits, optional
        Edited actors of the study.

    Returns
    -------
    EventStatus
        Rows, seconds, warnings.
    """
    from crossframe.showing.tables.build import make_tables
    from crossframe.showing.tables.files import write_tables

    clock = Clock()
    with _collect_warnings() as notes:
        tables = make_tables(_EventSteps(corpus, options, models, edits, clock).make_records())
    if options.only_actors:
        for name in ("mentions", "estimates"):
            chosen = tables[name]["actor"].isin(["", *options.only_actors])
            tables[name] = tables[name][chosen].reset_index(drop=True)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    write_tables(part, tables)
    storage.replace_folder(part, folder)
    rows = {name: len(table) for name, table in tables.items()}
    return EventStatus(corpus.articles[0].event, rows, clock.seconds, tuple(notes))


@dataclass(frozen=True)
class _EventSteps:
    """The steps of one event."""

    corpus: Corpus
    options: Options
    models: Models
    edits: "ActorEdits | None"
    clock: Clock

    @property
    def event(self) -> str:
        return self.corpus.articles[0].event

    def make_records(self) -> "EventRecords":
        """Take all steps, in order."""
        from crossframe.attributing.voices import split_voices
        from crossframe.contrasting.coverage import measure_coverage
        from crossframe.contrasting.wording import compare_wording
        from crossframe.matching.copies import find_copies
        from crossframe.matching.differences.find_differences import find_differences, mark_conflicts
        from crossframe.reading.text.split import split_sentences
        from crossframe.showing.tables.build import MIN_CONFIDENCE, EventRecords

        articles, timed = self.corpus.articles, self.clock.time
        sentences = timed("sentences", lambda: split_sentences(articles))
        copies = timed("copies", lambda: find_copies(articles))
        counted = self.list_counted(copies)
        of_counted = _select_articles(sentences, counted)
        alignment = self.align(of_counted)
        cast, quotes = self.find_actors(sentences)
        stretches = split_voices(of_counted, _select_spans(quotes, counted))
        differences = timed("differences", lambda: find_differences(alignment, stretches))
        alignment = mark_conflicts(alignment, differences)
        portrayal, stance = self.judge_actors(
            sentences, cast, quotes, counted - set(self.list_unread("stance_model"))
        )
        frames = self.judge_frames(
            _select_articles(sentences, counted - set(self.list_unread("frame_model")))
        )
        curve = calibration_of(self.models.aligner).absence
        partial = _list_partial(of_counted)
        coverage = measure_coverage(alignment, event=self.event, curve=curve, partial=partial)
        copied = keep_copies(copies, of_counted.articles).sources(
            {article.id: article.outlet for article in articles}
        )
        wording = timed("wording", lambda: compare_wording(of_counted, event=self.event, copies=copied))
        records = EventRecords(
            self.corpus, sentences, copies, alignment, differences, cast, quotes, portrayal, stance, frames, coverage, wording,
            Estimates(), min_confidence=_default(self.options.min_confidence, MIN_CONFIDENCE),
        )  # fmt: skip
        return replace(records, estimates=timed("estimates", lambda: self.estimate(records)))

    def list_counted(self, copies: Copies) -> set[str]:
        """Return the articles that count: all but earlier versions of others."""
        return {article.id for article in self.corpus.articles} - list_earlier(copies.rows())

    def list_unread(self, option: str) -> dict[str, str]:
        """Return the articles that a model does not read, each with its language."""
        return list_unread(self.corpus, language_of_model(getattr(self.models, option)))

    def align(self, sentences: Sentences) -> Alignment:
        """Return the alignment of the event with its claims."""
        from crossframe.learning.encoders.embedding import embed_parts, embed_sentences
        from crossframe.matching.aligner import align_event
        from crossframe.matching.claims import group_claims, split_claims
        from crossframe.matching.clauses import cut_sentences

        timed, models = self.clock.time, self.models
        embeddings = timed("embeddings", lambda: embed_sentences(sentences, models.encoder))
        alignment = timed("alignment", lambda: align_event(models.aligner, sentences, embeddings))
        settings = calibration_of(models.aligner).claims
        grouped = timed("claims", lambda: group_claims(alignment, settings))
        clauses = cut_sentences(sentences, (row for claim in grouped.claims for row in claim.rows))
        if len(clauses) == len(sentences):
            return grouped
        vectors = timed("embeddings", lambda: embed_parts(clauses, sentences, embeddings, models.encoder))
        aligned = timed("alignment", lambda: align_event(models.aligner, clauses, vectors))
        return timed("claims", lambda: split_claims(grouped, aligned, settings))

    def find_actors(self, sentences: Sentences) -> tuple[Cast, Spans]:
        """Return actors with their mentions, and quotes with their speakers."""
        from crossframe.attributing.find_actors import find_actors
        from crossframe.attributing.find_quotes import find_quotes

        timed, models = self.clock.time, self.models
        names = timed("names", lambda: models.name_finder.find(sentences))
        cast = timed("actors", lambda: find_actors(sentences, self.corpus.actors, self.edits, names=names))
        return cast, timed("quotes", lambda: find_quotes(sentences, cast, reader=models.quote_reader))

    def judge_actors(
        self, sentences: Sentences, cast: Cast, quotes: Spans, articles: set[str]
    ) -> "Judgements":
        """Return portrayal and stance, in these articles, of the actors that are scored."""
        from crossframe.attributing.voices import assign_voices
        from crossframe.judging.stance.judgements import judge_actors

        targets = self.choose_targets(sentences, cast)
        names = {actor.id: actor.name for actor in cast.actors}
        mentions = _select_spans(cast.mentions, articles)
        voices = assign_voices(mentions, quotes)
        model = self.models.stance_model
        return self.clock.time(
            "stance", lambda: judge_actors(model, sentences, mentions, voices, targets=targets, names=names)
        )

    def choose_targets(self, sentences: Sentences, cast: Cast) -> frozenset[str]:
        """Return the actors that are scored: of those chosen, all or the public ones."""
        from crossframe.attributing.offices import find_officeholders

        chosen = {actor.id for actor in cast.actors}
        if self.options.only_actors:
            chosen &= set(self.options.only_actors)
        if self.options.score == ALL:
            return frozenset(chosen)
        public = find_officeholders(sentences, cast)
        public |= {actor.id for actor in cast.actors if actor.declared or actor.kind in _BODIES}
        return public & chosen

    def judge_frames(self, sentences: Sentences) -> Annotation:
        """Return the frames of every article of `sentences`."""
        model = self.models.frame_model
        if not sentences.articles:
            return Annotation(Units(), "article", FRAMES, np.zeros((0, len(FRAMES))), str(model.name))
        frames = self.clock.time("frames", lambda: model.annotate(sentences))
        if not isinstance(frames, Annotation):
            raise InputError(
                f"Invalid frames of type {type(frames).__name__!r} from frame model {model.name!r}. Its annotate must return an "
                "Annotation."
            )
        return frames

    def estimate(self, records: "EventRecords") -> Estimates:
        """Return all estimates of the event; `records` hold the rest."""
        from crossframe.attributing.voices import split_voices
        from crossframe.contrasting.corrected import correct_event
        from crossframe.contrasting.framing import summarise_framing
        from crossframe.contrasting.judged import Judged
        from crossframe.contrasting.labelled import labels_of
        from crossframe.contrasting.voice_shares import summarise_voices
        from crossframe.contrasting.within_event import summarise_event
        from crossframe.records import PORTRAYAL, STANCE

        alignment, min_confidence = records.alignment, self.options.min_confidence
        event, seed, counted = self.event, self.options.seed, records.alignment.sentences
        copies = keep_copies(records.copies, counted.articles)
        scored = _select_articles(counted, _ids(counted) - set(self.list_unread("stance_model")))
        stretches = split_voices(counted, _select_spans(records.quotes, _ids(counted)))
        outlet_of = {article.id: article.outlet for article in counted.articles}
        copied = copies.sources(outlet_of)
        judged = {
            construct: Judged.of_annotation(annotation, construct, event, outlet_of)
            for construct, annotation in ((PORTRAYAL, records.portrayal), (STANCE, records.stance))
        }
        portrayals, stances = (select_certain(one, min_confidence) for one in judged.values())
        return Estimates.concat(
            [
                summarise_event(
                    portrayals,
                    stances,
                    records.frames,
                    alignment,
                    copies,
                    event=event,
                    seed=seed,
                    mentions=_select_spans(records.cast.mentions, _ids(counted)),
                ),
                *(
                    correct_event(
                        one,
                        labels_of(self.corpus, construct),
                        construct,
                        event=event,
                        copying=copied,
                        seed=seed,
                    )
                    for construct, one in judged.items()
                ),
                summarise_framing(
                    judged[PORTRAYAL], scored, keep_copies(copies, scored.articles), event=event, seed=seed
                ),
                summarise_voices(stretches, alignment, copies, event=event, seed=seed),
                self.estimate_claims(records, copied),
            ]
        )

    def estimate_claims(self, records: "EventRecords", copied: Mapping[str, str]) -> Estimates:
        """Return what outlets cover, share, leave out and contradict; `copied` says whose article an outlet prints."""
        from crossframe.contrasting.coverage import (
            call_omissions,
            estimate_coverage,
            estimate_shared_sentences,
        )
        from crossframe.contrasting.disagreement import estimate_disagreement

        alignment, event = records.alignment, self.event
        sentences = alignment.sentences
        n_articles = Counter(article.outlet for article in sentences.articles)
        partial = _list_partial(sentences)
        curve = calibration_of(self.models.aligner).absence
        unread = list_unread(self.corpus, LANGUAGE)
        return Estimates.concat(
            [
                estimate_coverage(records.coverage, n_articles, event=event, copies=copied, partial=partial),
                estimate_shared_sentences(alignment, n_articles, event=event, copies=copied, partial=partial),
                estimate_disagreement(
                    alignment, records.differences, n_articles, event=event, copies=copied, unread=unread
                ),
                call_omissions(
                    alignment, n_articles, event=event, curve=curve, copies=copied, partial=partial
                ),
            ]
        )


def _ids(sentences: Sentences) -> set[str]:
    return {article.id for article in sentences.articles}


def _list_partial(sentences: Sentences) -> set[str]:
    """Return the outlets of which an article is known in part."""
    return {outlet for _, outlet in list_partial(sentences.articles)}


def _select_articles(sentences: Sentences, articles: set[str]) -> Sentences:
    """Return the sentences of these articles; all of them as they are where none is missing."""
    return sentences if articles >= _ids(sentences) else sentences.select(articles)


def _select_spans(spans: Spans, articles: set[str]) -> Spans:
    return spans.select(np.array([article in articles for article in spans.article], dtype=bool))


def select_certain(judged: "Judged", min_confidence: float | None) -> "Judged":
    """Return what is certain enough for estimates of portrayal and stance; all where there is no such minimum."""
    return judged if min_confidence is None else judged.select_likely(min_confidence)


def _default(value: float | None, default: float) -> float:
    return default if value is None else value


@contextmanager
def _collect_warnings() -> Iterator[list[str]]:
    """Collect crossframe's warnings of the block and show them all the same."""
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CrossframeWarning)
        yield notes
    notes += [str(warning.message) for warning in caught if issubclass(warning.category, CrossframeWarning)]
    for warning in caught:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
