"""Tables with one article per row: CSV with commas, semicolons or tabs, JSONL and Parquet."""

import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File, LeftOut, Parts
from crossframe.reading.text.decode import normalise, repair
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.wrapping import Unwrapped, unwrap
from crossframe.records import ARTICLE_KEYS

PLAIN = ("outlet", "event", "id", "byline", "url", "language", "dateline", "genre")
OTHER = ("split", "sentences")
"""Fields of an article that no page has."""


def recognises(file: File) -> bool:
    """Return whether `file` is a table, by its mark, its first object, or its name."""
    return (
        file.content.startswith(b"PAR1")
        or file.head.startswith(b"{")
        or file.ending in (".csv", ".tsv", ".jsonl")
    )


def read(file: File) -> Contents:
    """Return an article per row; rows without text are left out.

    Raises
    ------
    InputError
        When the file is damaged, or has no rows.
    """
    if file.content.startswith(b"PAR1"):
        rows = _parquet_rows(file)
    elif file.head.startswith(b"{"):
        rows = _jsonl_rows(file)
    else:
        rows = _csv_rows(file)
    if not rows:
        raise InputError(f"Invalid table {file.where!r}. It has no rows; it must have one per article.")
    articles, left_out = [], []
    for where, row in rows:
        values = {key: value for key, value in row.items() if value not in (None, "")}
        if not str(values.get("text", "")).strip():
            left_out.append(LeftOut(where, "It has no text; a row needs one."))
        else:
            articles.append(_parts(values, where))
    unused = sorted({str(key) for _, row in rows for key in row} - set(ARTICLE_KEYS))
    return Contents("table", tuple(articles), tuple(left_out), tuple(unused))


def _parts(row: Mapping[str, Any], where: str) -> Parts:
    title, n_title = _clean(row.get("title", ""))
    text, n_text = _clean(row["text"])
    plain: dict[str, Any] = {key: str(row[key]) for key in PLAIN if key in row}
    language = plain.pop("language", None) or detect_language(f"{title}\n\n{text}")
    unwrapped = Unwrapped(text) if "sentences" in row else unwrap(text, language=language)
    parts = Parts(unwrapped.text, " ".join(title.split()), where, row.get("published"), language=language)
    other = {key: row[key] for key in OTHER if key in row}
    return replace(parts, other=other, dropped=unwrapped.dropped, n_stripped=n_title + n_text, **plain)


def _clean(value: object) -> tuple[str, int]:
    return normalise(repair(str(value).strip()))


def _jsonl_rows(file: File) -> list[tuple[str, dict[str, Any]]]:
    rows = []
    for number, line in enumerate(file.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # also numbers too long and lists nested too deep
            reason = getattr(error, "msg", None) or str(error).split(";")[0]
            raise InputError(f"Invalid JSON in {file.where}, line {number}: {reason}.") from None
        if not isinstance(row, dict):
            raise InputError(
                f"Invalid record in {file.where}, line {number}. Every line must be a JSON object."
            )
        rows.append((f"line {number}", row))
    return rows


def _csv_rows(file: File) -> list[tuple[str, dict[str, Any]]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    header = file.text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(file.text, newline=""), strict=True, delimiter=delimiter)
    check.check_unique(reader.fieldnames or (), f"column of {file.where}:")
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"Invalid CSV in {file.where}, line {reader.line_num}: {error}.") from None
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise InputError(
                f"Invalid CSV in {file.where}, row {number}. It must have {len(reader.fieldnames or ())} cells."
            )
    return [
        (f"row {number}", {key: storage.text_of_cell(value) or None for key, value in row.items()})
        for number, row in enumerate(rows, 1)
    ]


def _parquet_rows(file: File) -> list[tuple[str, dict[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(pa.BufferReader(file.content)).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"Invalid Parquet file {file.where!r}: {str(error).splitlines()[0]}.") from None
    return [(f"row {number}", row) for number, row in enumerate(rows, 1)]
