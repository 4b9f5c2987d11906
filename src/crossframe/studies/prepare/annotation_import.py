"""Labels by people, from a table or an export of Label Studio, checked against the corpus and written as gold of its mentions."""

import json
import math
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.gold import read_probability
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Annotation, Article, Corpus, Sentences
from crossframe.statistics.metrics import krippendorff_alpha
from crossframe.studies.prepare.annotation_export import (
    DIGITS,
    check_annotation_path,
    single_spaced,
    write_tsv,
)

_REQUIRED = ("article", "sentence", "start", "end", "target", "actor", "voice", "label", "annotator")
_MENTION = ("article", "start", "end", "actor")
"""Columns that identify the mention of a label."""
GOLD_COLUMNS = (
    "event", "outlet", "article", "sentence", "start", "end", "text", "actor", "voice",
    "p_negative", "p_neutral", "p_positive", "score", "certain",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class AnnotationStatus:
    """The stance gold made of a file of labels.

    Parameters
    ----------
    file : Path
        Of the gold.
    n_mentions, n_labels : int
        Mentions with a majority, and labels of all mentions.
    annotators : tuple of str
    n_ties : int
        Mentions without a majority, which are left out.
    alpha : float
        Krippendorff's alpha over ordered labels, NaN when no mention has two labels.
    n_unlabelled : int
        Mentions of the file without a label.
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


def import_annotation(
    corpus_folder: str | Path, file: str | Path, *, replace: bool = False
) -> AnnotationStatus:
    """Read labels back and write them as ``gold/stance.tsv`` of the corpus folder, at once or not at all.

    Rows without a label are ignored. Of several annotators the majority decides; ties are left out with a warning. The
    probabilities of a sample stay in the gold (column ``probability``). These are labels of portrayal, each of a mention, and
    `compare` takes them for the study's own.

    Parameters
    ----------
    corpus_folder : str or Path
        Folder with ``corpus.toml``.
    file : str or Path
        File of `export_annotation`, labelled: ``.tsv``, or ``.json`` as Label Studio exports it. All labels of a corpus
        belong in one file, because a sample's probabilities hold for it alone.
    replace : bool
        Whether stance gold of mentions that have no label in the file may be lost.

    Returns
    -------
    AnnotationStatus

    Raises
    ------
    UnknownNameError
        When there is no such folder or file.
    InputError
        When a row is invalid; the message names file and line (or task). When the corpus has stance gold of other
        mentions, and it is not to be replaced; when it has ``gold/portrayal.tsv``, beside which ``gold/stance.tsv`` is
        the stance of holders.
    """
    folder, file = check.check_path(corpus_folder, "corpus folder"), check_annotation_path(file)
    corpus = _read_corpus(folder, file)
    labels, n_unlabelled = _read_labels(corpus, file)
    if not labels:
        raise InputError(f"Invalid annotation file {str(file)!r}. No row has a label ({', '.join(STANCES)}).")
    rows, n_ties = _take_majorities(labels)
    if n_ties:
        warnings.warn(
            f"{n_ties} mentions have no majority among their annotators and are left out of the gold.",
            CrossframeWarning,
            stacklevel=2,
        )
    target = folder / "gold" / "stance.tsv"
    if not replace:
        _check_nothing_lost(corpus, labels, target)
    sampled = not math.isnan(labels[0]["probability"])
    write_tsv(target, (*GOLD_COLUMNS, "probability") if sampled else GOLD_COLUMNS, rows)
    annotators = tuple(sorted({row["annotator"] for row in labels}))
    alpha = _measure_agreement(labels, annotators)
    return AnnotationStatus(target, len(rows), len(labels), annotators, n_ties, alpha, n_unlabelled)


def _read_corpus(folder: Path, file: Path) -> Corpus:
    """Return the corpus that the labels of `file` are for; raise where there is none, or it takes no labels of mentions."""
    if not (folder / "corpus.toml").is_file():
        raise UnknownNameError(
            f"Unknown corpus folder {str(folder)!r}. It must be a folder with corpus.toml."
        )
    if not file.is_file():
        raise UnknownNameError(f"Unknown annotation file {str(file)!r}. It must be a .tsv or .json file.")
    corpus = read_folder(folder)
    if "portrayal" in corpus.gold:
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has gold/portrayal.tsv, so that gold/stance.tsv is the stance of holders "
            "and takes no labels of mentions; import into a copy without the two."
        )
    return corpus


# --- gold of labels ---------------------------------------------------------------------------------------


def _mention_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _MENTION)


def _check_nothing_lost(corpus: Corpus, labels: Sequence[Row], target: Path) -> None:
    """Raise InputError when the corpus has stance gold of mentions without a label in the file."""
    gold = corpus.gold.get("stance")
    if not isinstance(gold, Annotation):
        return
    labelled = {_mention_of(row) for row in labels}
    lost = sum(_mention_of(unit) not in labelled for unit in gold.units.rows())
    if lost:
        raise InputError(
            f"Invalid import into {str(target)!r}. It has labels of {lost} mentions that have none in this file and "
            "would be lost; put all labels into one file, or give --replace."
        )


def _take_majorities(labels: Sequence[Row]) -> tuple[list[Row], int]:
    """Return a gold row for every mention with a majority, in order, and the number of ties."""
    by_mention: dict[tuple[Any, ...], list[Row]] = {}
    for row in labels:
        by_mention.setdefault(_mention_of(row), []).append(row)
    rows, n_ties = [], 0
    for mention in sorted(by_mention):
        first = by_mention[mention][0]
        votes = Counter(row["label"] for row in by_mention[mention]).most_common()
        if len(votes) > 1 and votes[0][1] == votes[1][1]:
            n_ties += 1
            continue
        probabilities = {f"p_{label}": int(label == votes[0][0]) for label in STANCES}
        rows.append(
            {
                **first,
                **probabilities,
                "score": probabilities["p_positive"] - probabilities["p_negative"],
                "certain": int(len(votes) == 1),
                "probability": f"{first['probability']:.{DIGITS}g}",
            }
        )
    return rows, n_ties


def _measure_agreement(labels: Sequence[Row], annotators: Sequence[str]) -> float:
    label_of = {(row["annotator"], _mention_of(row)): row["label"] for row in labels}
    mentions = sorted({mention for _, mention in label_of})
    ratings = [[label_of.get((annotator, mention)) for mention in mentions] for annotator in annotators]
    return krippendorff_alpha(ratings, level="ordinal", order=STANCES)


# --- reading and checking labels ----------------------------------------------------------------------------


def _read_labels(corpus: Corpus, file: Path) -> tuple[list[Row], int]:
    """Return one checked row per label, and the number of mentions of the file without one.

    A row's ``probability`` is NaN where the file has none; either all rows have one or none has.
    """
    rows = _read_tasks(file) if file.suffix == ".json" else read_tsv(file, _REQUIRED)
    labelled = [(where, row) for where, row in rows if row["label"].strip()]
    with_label = {_written_mention(row) for _, row in labelled}
    without = {_written_mention(row) for _, row in rows if row["article"].strip()} - with_label
    return _check_labels(corpus, labelled), len(without)


def _written_mention(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name].strip() for name in _MENTION)


def _read_tasks(file: Path) -> list[tuple[str, dict[str, str]]]:
    """Return one row per label: a task's data with the choice and the annotator of each of its annotations.

    A task without labels is one row whose label is empty.
    """
    try:
        tasks = json.loads(file.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(
            f"Invalid JSON in {str(file)!r}: {error}. It must be an export of Label Studio."
        ) from None
    if not isinstance(tasks, list):
        raise InputError(f"Invalid JSON in {str(file)!r}. It must be a list of tasks.")
    rows = []
    for number, task in enumerate(tasks, 1):
        where = f"{file}, task {number}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            raise InputError(
                f"Invalid task in {where}. It must have data and annotations: export from Label Studio as JSON, not JSON-MIN."
            )
        check.check_columns(data.keys(), _REQUIRED[:-2], where)
        base = {name: "" if value is None else str(value) for name, value in data.items()}
        annotations = task.get("annotations") or ()
        if not isinstance(annotations, list | tuple):
            raise InputError(
                f"Invalid annotations in {where}. They must be a list, as Label Studio exports it."
            )
        labels = [base] if base.get("label") else []
        labels += [base | choice for annotation in annotations for choice in _read_choices(annotation, where)]
        rows += [(where, row) for row in labels or [base | {"label": "", "annotator": ""}]]
    return rows


def _read_choices(annotation: Any, where: str) -> list[dict[str, str]]:
    try:
        if annotation.get("was_cancelled"):
            return []
        by = annotation.get("completed_by", "")
        by = (by.get("email") or by.get("id")) if isinstance(by, dict) else by
        choices = [
            choice
            for region in annotation["result"]
            if region["type"] == "choices" and region.get("from_name", "label") == "label"
            for choice in region["value"]["choices"]
        ]
    except (AttributeError, KeyError, TypeError):
        raise InputError(
            f"Invalid annotation in {where}. It must have result with choices, as Label Studio exports it."
        ) from None
    if len(choices) > 1:
        raise InputError(f"Invalid choices {choices!r} in {where}. One annotator gives one label.")
    return [{"label": str(choice), "annotator": "" if by is None else str(by)} for choice in choices]


def _check_labels(corpus: Corpus, rows: Sequence[tuple[str, dict[str, str]]]) -> list[Row]:
    articles = {article.id: article for article in corpus.articles}
    actors = {actor.id for actor in corpus.actors}
    sentences = split_sentences(corpus.articles)
    place_of: dict[tuple[Any, ...], str] = {}
    probability_of: dict[tuple[Any, ...], float] = {}
    checked: list[Row] = []
    for where, row in rows:
        try:
            label = _check_row(row, articles, actors)
            _check_sentence(row, label, sentences)
            first = probability_of.setdefault(_mention_of(label), label["probability"])
            if checked and math.isnan(label["probability"]) != math.isnan(checked[0]["probability"]):
                raise InputError("Invalid probability. Every labelled row must have one, or none.")
            if not math.isnan(first) and first != label["probability"]:
                raise InputError(
                    f"Invalid probability {row['probability']!r}. Another row of the mention has {first:g}."
                )
        except CrossframeError as error:
            raise InputError(f"{where}: {error}") from None
        key = (*_mention_of(label), label["annotator"])
        if key in place_of:
            raise InputError(
                f"{where}: Invalid row. Annotator {label['annotator']!r} labels the mention a second time, after "
                f"{place_of[key]}."
            )
        place_of[key] = where
        checked.append(label)
    return checked


def _check_row(row: Mapping[str, str], articles: Mapping[str, Article], actors: set[str]) -> Row:
    article = articles[check.check_choice(row["article"], "article", articles.keys())]
    check.check_choice(row["actor"], "actor", actors)
    for name, value in (("event", article.event), ("outlet", article.outlet)):
        if row.get(name, value) != value:
            raise InputError(f"Invalid {name} {row[name]!r}. Article {article.id!r} has {value!r}.")
    label = check.check_choice(row["label"].strip().casefold(), "label", STANCES)
    numbers = {}
    for name in ("sentence", "start", "end"):
        try:
            numbers[name] = int(row[name])
        except ValueError:
            raise InputError(f"Invalid {name} {row[name]!r}. It must be a whole number.") from None
    start, end = numbers["start"], numbers["end"]
    if not 0 <= start < end <= len(article.document):
        raise InputError(
            f"Invalid span ({start}, {end}). The document has {len(article.document)} characters."
        )
    text = single_spaced(article.document[start:end])
    if not _is_same(row["target"], text):
        raise InputError(f"Invalid target {row['target']!r}. The document has {text!r} there.")
    return {
        "event": article.event, "outlet": article.outlet, "article": article.id, **numbers, "text": text,
        "actor": row["actor"], "voice": check.check_text(row["voice"], "voice"), "label": label,
        "annotator": check.check_text(row["annotator"], "annotator").strip(), "probability": read_probability(row),
    }  # fmt: skip


def _check_sentence(row: Mapping[str, str], label: Mapping[str, Any], sentences: Sentences) -> None:
    at = sentences.locate(label["article"], label["start"])
    if label["sentence"] != int(sentences.index[at]):
        raise InputError(
            f"Invalid sentence {row['sentence']!r}. The target is in sentence {int(sentences.index[at])}."
        )
    if "text" in row and not _is_same(row["text"], sentences.text[at]):
        raise InputError(
            f"Invalid text {row['text']!r}. The document has {single_spaced(sentences.text[at])!r} there."
        )


def _is_same(cell: str, text: str) -> bool:
    """Return whether a cell holds a text, up to blanks, also where a spreadsheet put it in quotation marks."""
    bare = cell.strip()
    quoted = bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare
    return single_spaced(text) in (single_spaced(cell), single_spaced(quoted))
