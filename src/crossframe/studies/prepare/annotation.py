"""Labels by people: mentions out as a table or Label Studio tasks, labels back in as the corpus's stance gold."""

import json
import math
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.attributing.actors.edits import edits_of
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.voices import assign_voices
from crossframe.contrasting.labelled import MIN_LABELS
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Annotation, Corpus
from crossframe.statistics.metrics import krippendorff_alpha
from crossframe.statistics.sampling import draw_stratified
from crossframe.studies.compare.models import choose_models, resolve_model
from crossframe.studies.compare.options import Options
from crossframe.studies.prepare.annotation_labels import UNIT, plain, read_labels

COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "target", "actor", "voice", "probability",
    "label", "annotator",
)  # fmt: skip
GOLD_COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "actor", "voice",
    "p_negative", "p_neutral", "p_positive", "score", "certain",
)  # fmt: skip
DIGITS = 9
"""Significant digits of a probability in a table: enough that inverse probabilities add up."""


@dataclass(frozen=True)
class Exported:
    """What was written for annotators: mentions, of how many, and what a sample of them can tell.

    ``n_cells`` counts cells (event, outlet, actor, kind of voice), ``n_correctable`` those in which enough mentions are
    drawn, or all, for `compare` to correct their stance.
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
            f"{MIN_LABELS} an outlet, actor and voice."
        )


@dataclass(frozen=True)
class Imported:
    """What labels became gold: mentions with a majority, ties left out, and the annotators' agreement.

    ``alpha`` is Krippendorff's alpha over ordered labels, NaN when no mention has two labels; ``n_unlabelled`` counts
    mentions of the file that nobody labelled.
    """

    file: Path
    n_mentions: int
    n_labels: int
    annotators: tuple[str, ...]
    n_ties: int
    alpha: float
    n_unlabelled: int = 0

    def __str__(self) -> str:
        agreement = (
            "no mention has two labels"
            if math.isnan(self.alpha)
            else f"Krippendorff's alpha {self.alpha:.4f}"
        )
        missing = f" {self.n_unlabelled} mentions of the file have no label." if self.n_unlabelled else ""
        return (
            f"{self.n_mentions} mentions from {self.n_labels} labels of {len(self.annotators)} annotators written to "
            f"{self.file} ({self.n_ties} ties left out; {agreement}).{missing}"
        )


# --- out ------------------------------------------------------------------------------------------------


def export_annotation(
    corpus: Corpus,
    file: Path,
    *,
    sample: int | None = None,
    seed: int | np.random.Generator | None = 0,
    actor_model: str | None = None,
    quote_model: str | None = None,
) -> Exported:
    """Write the mentions of a corpus's declared actors, or a sample of them, for people to label with a stance.

    Parameters
    ----------
    corpus : Corpus
        Its actors must be declared: gold names declared actors only.
    file : Path
        ``.tsv``: tab-separated, no quoting, blanks of the text single. ``.json``: tasks of Label Studio, for a
        labelling configuration with ``<Choices name="label" toName="text">`` of negative, neutral, positive.
    sample : int, optional
        Mentions to draw; None takes all. Strata are the cells that `compare` estimates: event, outlet, actor, and own
        or quoted voice (`draw_stratified`). No mention's probability is zero, and ``probability`` says it; the
        classifier takes no part, so that annotators are not led by it. A sample is written in random order: should
        they stop early, what is labelled is still a sample.
    seed : int, Generator or None
        Of the sample.
    actor_model, quote_model : str, optional
        As `compare` will be told: the mentions must be those that it finds.

    Returns
    -------
    Exported
        File and counts.

    Raises
    ------
    InputError
        When the corpus declares no actors, none is mentioned, the sample is too large, or the suffix is another.
    """
    file = Path(file)
    _check_suffix(file)
    if not corpus.actors:
        raise InputError(
            f"Invalid corpus {corpus.name!r}. Its corpus.toml must declare the actors to be labelled."
        )
    models = choose_models(Options(actor_model=actor_model, quote_model=quote_model))
    finder, reader = (resolve_model(option, models[option]) for option in ("actor_model", "quote_model"))
    rows = [
        row
        for event in track(sorted({a.event for a in corpus.articles}), "Exporting")
        for row in _rows(corpus, event, finder, reader)
    ]
    if not rows:
        raise InputError(f"Invalid corpus {corpus.name!r}. No declared actor is mentioned in it.")
    cells = [_cell(row) for row in rows]
    n_all, sizes = len(rows), Counter(cells)
    if sample is not None:
        rng = check.check_seed(seed)
        chosen, probability = draw_stratified(cells, sample, rng)
        order = rng.permutation(np.flatnonzero(chosen)).tolist()
        rows = [rows[i] | {"probability": f"{probability[i]:.{DIGITS}g}"} for i in order]
    drawn = Counter(map(_cell, rows))
    correctable = sum(drawn[cell] == size or drawn[cell] >= MIN_LABELS for cell, size in sizes.items())
    if file.suffix == ".json":
        tasks = [{"id": number, "data": row} for number, row in enumerate(rows, 1)]
        storage.write_text(file, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    else:
        storage.write_text(file, _as_tsv(COLUMNS, rows))
    return Exported(file, len(rows), n_all, len(sizes), correctable)


def _cell(row: Mapping[str, Any]) -> tuple[str, str, bool, str]:
    """Return the cell that `compare` estimates from a mention; cells of one actor and voice are neighbours."""
    return row["event"], row["actor"], row["voice"] == AUTHOR, row["outlet"]


def _check_suffix(file: Path) -> None:
    if file.suffix not in {".tsv", ".json"}:
        raise InputError(f"Invalid file {str(file)!r}. Its suffix must be .tsv, or .json for Label Studio.")


def _rows(corpus: Corpus, event: str, finder: Any, reader: Any) -> list[dict[str, Any]]:
    """Return the mentions of declared actors in an event, found as `compare` finds them."""
    articles = {article.id: article for article in corpus.articles if article.event == event}
    sentences = split_sentences(articles.values())
    names = finder.find(sentences)
    cast = find_actors(sentences, corpus.actors, edits_of(corpus), names=names)
    quotes = find_quotes(sentences, cast, reader=reader)
    voices = assign_voices(cast.mentions, quotes)
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
                "probability": "1",
                "label": "",
                "annotator": "",
            }
        )
    return rows


def _as_tsv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ["\t".join(columns), *("\t".join(plain(str(row[name])) for name in columns) for row in rows)]
    return "\n".join(lines) + "\n"


# --- in -------------------------------------------------------------------------------------------------


def import_annotation(corpus_folder: Path, file: Path, *, replace: bool = False) -> Imported:
    """Read labels back and write them as ``gold/stance.tsv`` of the corpus folder, at once or not at all.

    Rows without a label are passed over. Of several annotators the majority decides; ties are left out with a
    warning. The probabilities of a sample stay in the gold (column ``probability``).

    Parameters
    ----------
    corpus_folder : Path
        Folder with ``corpus.toml``.
    file : Path
        What `export_annotation` wrote, labelled: ``.tsv``, or ``.json`` as Label Studio exports it. All labels of a corpus
        belong in one file: a sample's probabilities hold for it alone.
    replace : bool
        Whether stance gold of mentions that the file does not label may be lost.

    Returns
    -------
    Imported
        Counts and Krippendorff's alpha.

    Raises
    ------
    UnknownNameError
        When there is no such folder or file.
    InputError
        When a row breaks its rule; the message names file and line (or task). When the corpus has stance gold of other
        mentions, and it is not to be replaced.
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
    read = read_labels(corpus, file)
    labels = read.rows
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
    if not replace:
        _check_nothing_lost(corpus, labels, target)
    sampled = not math.isnan(labels[0]["probability"])
    columns = (*GOLD_COLUMNS, "probability") if sampled else GOLD_COLUMNS
    storage.write_text(target, _as_tsv(columns, rows))
    annotators = tuple(sorted({row["annotator"] for row in labels}))
    alpha = _agreement(labels, annotators)
    return Imported(target, len(rows), len(labels), annotators, ties, alpha, read.n_unlabelled)


def _check_nothing_lost(corpus: Corpus, labels: Sequence[Mapping[str, Any]], target: Path) -> None:
    """Raise InputError when the corpus has stance gold of mentions of which there is none of the labels."""
    gold = corpus.gold.get("stance")
    if not isinstance(gold, Annotation):
        return
    names = ("article", "start", "end", "actor")
    labelled = {tuple(str(row[name]) for name in names) for row in labels}
    lost = sum(tuple(str(unit[name]) for name in names) not in labelled for unit in gold.units.rows())
    if lost:
        raise InputError(
            f"Invalid import into {str(target)!r}. It has labels of {lost} mentions that this file does not label, and they "
            "would be lost; put all labels into one file, or give --replace."
        )


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
        first = grouped[unit][0]
        drawn = f"{first['probability']:.{DIGITS}g}"
        made = {"score": score, "certain": int(len(votes) == 1), "probability": drawn}
        rows.append(first | scores | made)
    return rows, ties


def _agreement(labels: Sequence[dict[str, Any]], annotators: Sequence[str]) -> float:
    given = {(row["annotator"], *(row[name] for name in UNIT)): row["label"] for row in labels}
    units = sorted({key[1:] for key in given})
    ratings = [[given.get((annotator, *unit)) for unit in units] for annotator in annotators]
    return krippendorff_alpha(ratings, level="ordinal", order=STANCES)
