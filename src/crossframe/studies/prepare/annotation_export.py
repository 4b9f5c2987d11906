"""Mentions of declared actors, one per sentence, or a sample of them, for annotators: as a table or tasks of Label Studio."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.attributing.actors.edits import edits_of
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.voices import assign_voices
from crossframe.contrasting.labelled import MIN_LABELS
from crossframe.errors import InputError
from crossframe.matching.copies import find_copies
from crossframe.reading.public.corpora import load_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Corpus, Sentences, speaker_of
from crossframe.statistics.sampling import draw_stratified
from crossframe.studies.compare.models import choose_models, resolve_model
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.withheld import list_earlier

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "target", "actor", "voice", "probability",
    "label", "annotator",
)  # fmt: skip
DIGITS = 9
"""Significant digits of a probability in a table: enough that inverse probabilities add up."""
Row = dict[str, Any]


@dataclass(frozen=True)
class ExportStatus:
    """A file for annotators and its counts.

    Parameters
    ----------
    file : Path
    n_mentions, n_all : int
        Mentions in the file, and all that there are to label.
    n_cells, n_correctable : int
        Cells (event, outlet, actor, kind of voice), and those of which all mentions are in the file, or enough for
        `compare` to correct their portrayal.
    """

    file: Path
    n_mentions: int
    n_all: int
    n_cells: int
    n_correctable: int

    def __str__(self) -> str:
        fill = f"Fill in label ({', '.join(STANCES)}) and annotator."
        if self.n_mentions == self.n_all:
            return f"{self.n_mentions} mentions written to {self.file}. {fill}"
        return (
            f"{self.n_mentions} of {self.n_all} mentions drawn and written to {self.file}, in random order, each with its "
            f"probability. {fill} Of {self.n_cells} cells (event, outlet, actor, voice) {self.n_correctable} have all "
            f"their mentions or {MIN_LABELS} in it, which `compare` needs to correct a cell; over events it needs "
            f"{MIN_LABELS} per outlet, actor and voice."
        )


def export_annotation(
    corpus: "Corpus | str | Path | DataFrame",
    file: str | Path,
    *,
    sample: int | None = None,
    seed: int | np.random.Generator | None = 0,
    actor_model: Any = None,
    quote_model: Any = None,
) -> ExportStatus:
    """Write mentions of a corpus's declared actors, or a sample of them, for people to label with their portrayal.

    Of an actor's mentions in a sentence there is the first in the outlet's own words, and the first in quoted ones: what is
    labelled is how the sentence portrays the actor in these words, whichever of the mentions is marked. Earlier versions of
    an outlet's article, which do not count, have none.

    Parameters
    ----------
    corpus : Corpus, str, Path or DataFrame
        A corpus, or its folder or name. Its actors must be declared: gold names declared actors only.
    file : str or Path
        ``.tsv``: tab-separated, no quoting, single blanks. ``.json``: tasks of Label Studio, for a labelling
        configuration with ``<Choices name="label" toName="text">`` of negative, neutral, positive.
    sample : int, optional
        Mentions to draw; None takes all. Strata are the cells that `compare` estimates: event, outlet, actor, and own
        or quoted voice (`draw_stratified`). Every mention has a probability above zero, in column ``probability``; it
        does not depend on the classifier, so that annotators are not led by it. A sample is written in random order:
        its first rows are a sample, too.
    seed : int, Generator or None
        Of the sample.
    actor_model, quote_model : object, str or Path, optional
        As for `compare`, which must find the same mentions.

    Returns
    -------
    ExportStatus

    Raises
    ------
    InputError
        When the corpus declares no actors, none is mentioned, the sample is too large, or the suffix is another.
    """
    path = check_annotation_path(file)
    corpus = load_corpus(corpus)
    earlier = list_earlier(find_copies(corpus.articles).rows())
    found = _list_mentions(corpus, Options(actor_model=actor_model, quote_model=quote_model))
    rows = _take_first([row for row in found if row["article"] not in earlier])
    sizes = Counter(map(_cell, rows))
    written = rows if sample is None else _draw(rows, sample, check.check_seed(seed))
    n_written = Counter(map(_cell, written))
    if path.suffix == ".json":
        tasks = [{"id": number, "data": row} for number, row in enumerate(written, 1)]
        storage.write_text(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    else:
        write_tsv(path, COLUMNS, written)
    n_correctable = sum(n_written[cell] == n or n_written[cell] >= MIN_LABELS for cell, n in sizes.items())
    return ExportStatus(path, len(written), len(rows), len(sizes), n_correctable)


def check_annotation_path(file: object) -> Path:
    """Return the path of a file of labels; raise InputError where it is no path or has another suffix."""
    path = check.check_path(file, "annotation file")
    if path.suffix not in {".tsv", ".json"}:
        raise InputError(f"Invalid file {str(path)!r}. Its suffix must be .tsv, or .json for Label Studio.")
    return path


def write_tsv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a tab-separated table without quoting, at once or not at all; blanks of a cell are single."""
    lines = [columns, *([single_spaced(str(row[name])) for name in columns] for row in rows)]
    storage.write_text(path, "".join("\t".join(cells) + "\n" for cells in lines))


def single_spaced(text: str) -> str:
    """Return `text` with single blanks, as tables hold it."""
    return " ".join(text.split())


def _cell(row: Mapping[str, Any]) -> tuple[str, str, bool, str]:
    """Return the cell that `compare` estimates from a mention; sorted, cells of one actor and voice are neighbours."""
    return row["event"], row["actor"], row["voice"] == AUTHOR, row["outlet"]


def _draw(rows: Sequence[Row], size: int, rng: np.random.Generator) -> list[Row]:
    """Return a stratified sample in random order, each row with its probability."""
    chosen, probability = draw_stratified([_cell(row) for row in rows], size, rng)
    order = rng.permutation(np.flatnonzero(chosen)).tolist()
    return [rows[i] | {"probability": f"{probability[i]:.{DIGITS}g}"} for i in order]


def _take_first(rows: Sequence[Row]) -> list[Row]:
    """Return the first mention of every actor in a sentence, in the outlet's own and in quoted words."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        first.setdefault((row["article"], row["sentence"], row["actor"], speaker_of(row["voice"])), row)
    return list(first.values())


def _list_mentions(corpus: Corpus, options: Options) -> list[Row]:
    """Return the mentions of declared actors, event by event, as `compare` finds them."""
    if not corpus.actors:
        raise InputError(
            f"Invalid corpus {corpus.name!r}. Its corpus.toml must declare the actors to be labelled."
        )
    models = choose_models(options)
    name_finder, quote_reader = (
        resolve_model(option, models[option]) for option in ("actor_model", "quote_model")
    )
    rows: list[Row] = []
    for event in track(sorted({article.event for article in corpus.articles}), "Exporting"):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        names = name_finder.find(sentences)
        cast = find_actors(sentences, corpus.actors, edits_of(corpus), names=names)
        voices = assign_voices(cast.mentions, find_quotes(sentences, cast, reader=quote_reader))
        declared = {actor.id for actor in corpus.actors}
        rows += [
            _describe_mention(mention, voice, sentences)
            for mention, voice in zip(cast.mentions.rows(), voices, strict=True)
            if mention["actor"] in declared
        ]
    if not rows:
        raise InputError(f"Invalid corpus {corpus.name!r}. No declared actor is mentioned in it.")
    return rows


def _describe_mention(mention: Mapping[str, Any], voice: str, sentences: Sentences) -> Row:
    row = sentences.locate(mention["article"], mention["start"])
    article = sentences.article_of(row)
    return {
        "event": article.event,
        "outlet": article.outlet,
        "article": article.id,
        "sentence": int(sentences.index[row]),
        "start": mention["start"],
        "end": mention["end"],
        "text": single_spaced(sentences.text[row]),
        "target": single_spaced(article.document[mention["start"] : mention["end"]]),
        "actor": mention["actor"],
        "voice": voice,
        "probability": "1",
        "label": "",
        "annotator": "",
    }
