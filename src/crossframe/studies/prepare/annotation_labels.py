"""Read labelled mentions back, from a table or an export of Label Studio, every row checked against the corpus."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import CrossframeError, InputError
from crossframe.reading.corpus.gold import read_probability
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Article, Corpus, Sentences

_REQUIRED = ("article", "sentence", "start", "end", "target", "actor", "voice", "label", "annotator")
UNIT = ("article", "start", "end", "actor")
"""Columns that say which mention a label is of."""


@dataclass(frozen=True)
class Labels:
    """One checked row a label, and how many mentions of the file nobody labelled.

    A row's ``probability`` is NaN where the file tells none; either all rows tell one or none does.
    """

    rows: tuple[dict[str, Any], ...]
    n_unlabelled: int


def read_labels(corpus: Corpus, file: Path) -> Labels:
    """Return the labels of the table or Label Studio export `file`, in whatever order its rows are.

    Raises
    ------
    InputError
        When a row breaks its rule; the message names file and line (or task).
    """
    read = _read_json(file) if file.suffix == ".json" else read_tsv(file, _REQUIRED)
    rows = [(where, row) for where, row in read if row["label"].strip()]
    labelled = {_place(row) for _, row in rows}
    unlabelled = {_place(row) for _, row in read if row["article"].strip()} - labelled
    return Labels(tuple(_check_labels(corpus, rows)), len(unlabelled))


def plain(text: str) -> str:
    """Return `text` with single blanks, as the table writes it."""
    return " ".join(text.split())


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name].strip() for name in UNIT)


def _read_json(file: Path) -> list[tuple[str, dict[str, str]]]:
    """Return one row a label: a task's data with the choice and the annotator of each of its annotations.

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
        chosen = [base] if base.get("label") else []
        annotations = task.get("annotations") or ()
        if not isinstance(annotations, list | tuple):
            raise InputError(
                f"Invalid annotations in {where}. They must be a list, as Label Studio exports it."
            )
        for annotation in annotations:
            chosen += [base | choice for choice in _choices(annotation, where)]
        rows += [(where, row) for row in chosen or [base | {"label": "", "annotator": ""}]]
    return rows


def _choices(annotation: Any, where: str) -> list[dict[str, str]]:
    try:
        if annotation.get("was_cancelled"):
            return []
        by = annotation.get("completed_by", "")
        by = (by.get("email") or by.get("id")) if isinstance(by, dict) else by
        annotator = "" if by is None else str(by)
        chosen = [
            c
            for part in annotation["result"]
            if part["type"] == "choices" and part.get("from_name", "label") == "label"
            for c in part["value"]["choices"]
        ]
    except (AttributeError, KeyError, TypeError):
        raise InputError(
            f"Invalid annotation in {where}. It must have result with choices, as Label Studio exports it."
        ) from None
    if len(chosen) > 1:
        raise InputError(f"Invalid choices {chosen!r} in {where}. One annotator gives one label.")
    return [{"label": str(one), "annotator": annotator} for one in chosen]


def _check_labels(corpus: Corpus, rows: Sequence[tuple[str, dict[str, str]]]) -> list[dict[str, Any]]:
    articles = {article.id: article for article in corpus.articles}
    actors = {actor.id for actor in corpus.actors}
    sentences = split_sentences(corpus.articles)
    seen: dict[tuple[Any, ...], str] = {}
    drawn: dict[tuple[Any, ...], float] = {}
    checked: list[dict[str, Any]] = []
    for where, row in rows:
        try:
            made = _check_row(row, articles, actors)
            _check_sentence(row, made, sentences)
            probability = drawn.setdefault(tuple(made[name] for name in UNIT), made["probability"])
            if checked and math.isnan(made["probability"]) != math.isnan(checked[0]["probability"]):
                raise InputError("Invalid probability. Every labelled row must have one, or none.")
            if not math.isnan(probability) and probability != made["probability"]:
                raise InputError(
                    f"Invalid probability {row['probability']!r}. Another row of the mention says {probability:g}."
                )
        except CrossframeError as error:
            raise InputError(f"{where}: {error}") from None
        key = (*(made[name] for name in UNIT), made["annotator"])
        if key in seen:
            raise InputError(
                f"{where}: Invalid row. Annotator {made['annotator']!r} labels the mention a second time, after {seen[key]}."
            )
        seen[key] = where
        checked.append(made)
    return checked


def _check_sentence(row: Mapping[str, str], made: Mapping[str, Any], sentences: Sentences) -> None:
    at = sentences.locate(made["article"], made["start"])
    if made["sentence"] != int(sentences.index[at]):
        raise InputError(
            f"Invalid sentence {row['sentence']!r}. The target lies in sentence {int(sentences.index[at])}."
        )
    if "text" in row and not _same(row["text"], sentences.text[at]):
        raise InputError(
            f"Invalid text {row['text']!r}. The document has {plain(sentences.text[at])!r} there."
        )


def _same(written: str, found: str) -> bool:
    """Return whether a cell holds a text, up to blanks, also where a spreadsheet put it in quotation marks."""
    bare = written.strip()
    quoted = bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare
    return plain(found) in (plain(written), plain(quoted))


def _check_row(row: Mapping[str, str], articles: Mapping[str, Article], actors: set[str]) -> dict[str, Any]:
    article = articles[check.check_choice(row["article"], "article", articles.keys())]
    check.check_choice(row["actor"], "actor", actors)
    for name, found in (("event", article.event), ("outlet", article.outlet)):
        if row.get(name, found) != found:
            raise InputError(f"Invalid {name} {row[name]!r}. Article {article.id!r} has {found!r}.")
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
    found = plain(article.document[start:end])
    if not _same(row["target"], found):
        raise InputError(f"Invalid target {row['target']!r}. The document has {found!r} there.")
    voice, annotator = (
        check.check_text(row["voice"], "voice"),
        check.check_text(row["annotator"], "annotator"),
    )
    return {
        "event": article.event, "outlet": article.outlet, "article": article.id, **numbers, "text": found,
        "actor": row["actor"], "voice": voice, "label": label, "annotator": annotator.strip(),
        "probability": read_probability(row),
    }  # fmt: skip
