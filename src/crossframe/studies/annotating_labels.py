"""Read labelled mentions back, from a table or an export of Label Studio, every row checked against the corpus."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import CrossframeError, InputError
from crossframe.reading.gold import read_tsv
from crossframe.reading.sentences import split_sentences
from crossframe.records import STANCES, Article, Corpus

_REQUIRED = ("article", "sentence", "start", "end", "target", "actor", "voice", "label", "annotator")
UNIT = ("article", "start", "end", "actor")
"""Columns that say which mention a label is of."""


def read_labels(corpus: Corpus, file: Path) -> list[dict[str, Any]]:
    """Return one checked row a label of the table or Label Studio export `file`; unlabelled rows are passed over.

    Raises
    ------
    InputError
        When a row breaks its rule; the message names file and line (or task).
    """
    return _check_labels(corpus, _read_json(file) if file.suffix == ".json" else _read_tsv(file))


def plain(text: str) -> str:
    """Return `text` with single blanks, as the table writes it."""
    return " ".join(text.split())


def _read_tsv(file: Path) -> list[tuple[str, dict[str, str]]]:
    return [(where, row) for where, row in read_tsv(file, _REQUIRED) if row["label"].strip()]


def _read_json(file: Path) -> list[tuple[str, dict[str, str]]]:
    """Return one row a label: a task's data with the choice and the annotator of each of its annotations."""
    try:
        tasks = json.loads(file.read_text(encoding="utf-8"))
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
            raise InputError(f"Invalid task in {where}. It must have data.")
        check.check_columns(data.keys(), _REQUIRED[:-2], where)
        base = {name: str(value) for name, value in data.items()}
        if base.get("label"):
            rows.append((where, base))
        for annotation in task.get("annotations") or ():
            rows += [(where, base | choice) for choice in _choices(annotation, where)]
    return rows


def _choices(annotation: Any, where: str) -> list[dict[str, str]]:
    try:
        if annotation.get("was_cancelled"):
            return []
        by = annotation.get("completed_by", "")
        annotator = str(by.get("email") or by.get("id")) if isinstance(by, dict) else str(by)
        chosen = [
            c for part in annotation["result"] if part["type"] == "choices" for c in part["value"]["choices"]
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
    checked = []
    for where, row in rows:
        try:
            made = _check_row(row, articles, actors)
            at = sentences.locate(made["article"], made["start"])
            if made["sentence"] != int(sentences.index[at]):
                raise InputError(
                    f"Invalid sentence {row['sentence']!r}. The target lies in sentence {int(sentences.index[at])}."
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


def _check_row(row: Mapping[str, str], articles: Mapping[str, Article], actors: set[str]) -> dict[str, Any]:
    article = articles[check.check_choice(row["article"], "article", articles.keys())]
    check.check_choice(row["actor"], "actor", actors)
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
    if plain(row["target"]) != found:
        raise InputError(f"Invalid target {row['target']!r}. The document has {found!r} there.")
    voice, annotator = (
        check.check_text(row["voice"], "voice"),
        check.check_text(row["annotator"], "annotator"),
    )
    return {
        "event": article.event, "outlet": article.outlet, "article": article.id, **numbers, "text": found,
        "actor": row["actor"], "voice": voice, "label": label, "annotator": annotator,
    }  # fmt: skip
