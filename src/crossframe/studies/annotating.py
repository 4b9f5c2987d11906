"""Labels by people: mentions out as a table or Label Studio tasks, labels back in as the corpus's stance gold."""

import json
import math
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe._progress import track
from crossframe.attributing.actors import edits_of, find_actors
from crossframe.attributing.quotes import find_quotes
from crossframe.attributing.voices import assign_voices
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus import read_folder
from crossframe.reading.sentences import split_sentences
from crossframe.records import STANCES, Corpus
from crossframe.statistics.agreement import krippendorff_alpha
from crossframe.studies.annotating_labels import UNIT, plain, read_labels

COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "target", "actor", "voice", "label", "annotator"
)  # fmt: skip
GOLD_COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "actor", "voice",
    "p_negative", "p_neutral", "p_positive", "score", "certain",
)  # fmt: skip


@dataclass(frozen=True)
class Exported:
    """What was written for annotators."""

    file: Path
    n_mentions: int

    def __str__(self) -> str:
        return f"{self.n_mentions} mentions written to {self.file}. Fill in label ({', '.join(STANCES)}) and annotator."


@dataclass(frozen=True)
class Imported:
    """What labels became gold: mentions with a majority, ties left out, and the annotators' agreement.

    ``alpha`` is Krippendorff's alpha over ordered labels, NaN when no mention has two labels.
    """

    file: Path
    n_mentions: int
    n_labels: int
    annotators: tuple[str, ...]
    n_ties: int
    alpha: float

    def __str__(self) -> str:
        agreement = (
            "no mention has two labels"
            if math.isnan(self.alpha)
            else f"Krippendorff's alpha {self.alpha:.4f}"
        )
        return (
            f"{self.n_mentions} mentions from {self.n_labels} labels of {len(self.annotators)} annotators written to "
            f"{self.file} ({self.n_ties} ties left out; {agreement})."
        )


# --- out ------------------------------------------------------------------------------------------------


def export_annotation(corpus: Corpus, file: Path) -> Exported:
    """Write the mentions of a corpus's declared actors, a row each, for people to label with a stance.

    Parameters
    ----------
    corpus : Corpus
        Its actors must be declared: gold names declared actors only.
    file : Path
        ``.tsv``: tab-separated, no quoting, blanks of the text single. ``.json``: tasks of Label Studio, for a
        labelling configuration with ``<Choices name="label" toName="text">`` of negative, neutral, positive.

    Returns
    -------
    Exported
        File and number of mentions.

    Raises
    ------
    InputError
        When the corpus declares no actors, none is mentioned, or the suffix is another.
    """
    file = Path(file)
    _check_suffix(file)
    if not corpus.actors:
        raise InputError(
            f"Invalid corpus {corpus.name!r}. Its corpus.toml must declare the actors to be labelled."
        )
    rows = [
        row
        for event in track(sorted({a.event for a in corpus.articles}), "Exporting")
        for row in _rows(corpus, event)
    ]
    if not rows:
        raise InputError(f"Invalid corpus {corpus.name!r}. No declared actor is mentioned in it.")
    if file.suffix == ".json":
        tasks = [{"id": number, "data": row} for number, row in enumerate(rows, 1)]
        storage.write_text(file, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    else:
        storage.write_text(file, _as_tsv(COLUMNS, rows))
    return Exported(file, len(rows))


def _check_suffix(file: Path) -> None:
    if file.suffix not in {".tsv", ".json"}:
        raise InputError(f"Invalid file {str(file)!r}. Its suffix must be .tsv, or .json for Label Studio.")


def _rows(corpus: Corpus, event: str) -> list[dict[str, Any]]:
    articles = {article.id: article for article in corpus.articles if article.event == event}
    sentences = split_sentences(articles.values())
    cast = find_actors(sentences, corpus.actors, edits_of(corpus))
    voices = assign_voices(cast.mentions, find_quotes(sentences, cast))
    declared = {actor.id for actor in corpus.actors}
    rows = []
    for mention, voice in zip(cast.mentions.rows(), voices, strict=True):
        if mention["actor"] not in declared:
            continue
        article, start, end = articles[mention["article"]], mention["start"], mention["end"]
        row = sentences.locate(article.id, start)
        rows.append(
            {
                "event": event,
                "outlet": article.outlet,
                "article": article.id,
                "sentence": int(sentences.index[row]),
                "start": start,
                "end": end,
                "text": plain(sentences.text[row]),
                "target": plain(article.document[start:end]),
                "actor": mention["actor"],
                "voice": voice,
                "label": "",
                "annotator": "",
            }
        )
    return rows


def _as_tsv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ["\t".join(columns), *("\t".join(plain(str(row[name])) for name in columns) for row in rows)]
    return "\n".join(lines) + "\n"


# --- in -------------------------------------------------------------------------------------------------


def import_annotation(corpus_folder: Path, file: Path) -> Imported:
    """Read labels back and write them as ``gold/stance.tsv`` of the corpus folder, at once or not at all.

    Rows without a label are passed over. Of several annotators the majority decides; ties are left out with a
    warning.

    Parameters
    ----------
    corpus_folder : Path
        Folder with ``corpus.toml``; its stance gold is replaced.
    file : Path
        What `export_annotation` wrote, labelled: ``.tsv``, or ``.json`` as Label Studio exports it.

    Returns
    -------
    Imported
        Counts and Krippendorff's alpha.

    Raises
    ------
    UnknownNameError
        When there is no such folder or file.
    InputError
        When a row breaks its rule; the message names file and line (or task).
    """
    folder, file = Path(corpus_folder), Path(file)
    if not (folder / "corpus.toml").is_file():
        raise UnknownNameError(
            f"Unknown corpus folder {str(folder)!r}. It must be a folder with corpus.toml."
        )
    if not file.is_file():
        raise UnknownNameError(f"Unknown annotation file {str(file)!r}. It must be a .tsv or .json file.")
    _check_suffix(file)
    corpus = read_folder(folder)
    labels = read_labels(corpus, file)
    if not labels:
        raise InputError(f"Invalid annotation file {str(file)!r}. No row has a label ({', '.join(STANCES)}).")
    rows, ties = _decide(labels)
    if ties:
        warnings.warn(
            f"{ties} mentions have no majority among their annotators and are left out of the gold.",
            CrossframeWarning,
            stacklevel=2,
        )
    target = folder / "gold" / "stance.tsv"
    storage.write_text(target, _as_tsv(GOLD_COLUMNS, rows))
    annotators = tuple(sorted({row["annotator"] for row in labels}))
    return Imported(target, len(rows), len(labels), annotators, ties, _agreement(labels, annotators))


def _decide(labels: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """Return a gold row for every mention with a majority, in order, and the number of ties."""
    grouped: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in labels:
        grouped.setdefault(tuple(row[name] for name in UNIT), []).append(row)
    rows, ties = [], 0
    for unit in sorted(grouped):
        votes = Counter(row["label"] for row in grouped[unit]).most_common()
        if len(votes) > 1 and votes[0][1] == votes[1][1]:
            ties += 1
            continue
        winner = votes[0][0]
        scores = {f"p_{label}": int(label == winner) for label in STANCES}
        score = scores["p_positive"] - scores["p_negative"]
        rows.append({**grouped[unit][0], **scores, "score": score, "certain": int(len(votes) == 1)})
    return rows, ties


def _agreement(labels: Sequence[dict[str, Any]], annotators: Sequence[str]) -> float:
    given = {(row["annotator"], *(row[name] for name in UNIT)): row["label"] for row in labels}
    units = sorted({key[1:] for key in given})
    ratings = [[given.get((annotator, *unit)) for unit in units] for annotator in annotators]
    return krippendorff_alpha(ratings, level="ordinal", order=STANCES)
