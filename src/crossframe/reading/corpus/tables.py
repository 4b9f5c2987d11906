"""Tables that users bring: JSONL, CSV and Parquet, a row an article; every bad file is one clear error."""

import datetime
import json
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError, UnknownNameError


def read_utf8(path: Path) -> str:
    """Return the text of a UTF-8 file (a byte order mark is dropped, line ends become LF), else raise InputError."""
    if not path.is_file():
        raise UnknownNameError(f"Unknown file {str(path)!r}. It does not exist.")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f"Invalid encoding of {str(path)!r} at byte {error.start}. It must be UTF-8."
        ) from None


# --- tables of articles ---------------------------------------------------------------------------------


def read_jsonl(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return (line number, object) of every line of a JSONL file; blank lines are skipped."""
    rows = []
    for number, line in enumerate(read_utf8(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # also numbers too long and lists nested too deep
            reason = getattr(error, "msg", None) or str(error).split(";")[0]
            raise InputError(f"Invalid JSON in {path}, line {number}: {reason}.") from None
        if not isinstance(row, dict):
            raise InputError(f"Invalid record in {path}, line {number}. Every line must be a JSON object.")
        rows.append((number, row))
    return rows


def read_table(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of a table of articles, each with where it stands.

    Parameters
    ----------
    path : Path
        ``.jsonl``, ``.csv`` (UTF-8, header row; commas, semicolons or tabs) or ``.parquet``.

    Returns
    -------
    list of (str, dict)
        Where (file and line or row) and the row's values; missing cells are None.

    Raises
    ------
    InputError
        When the file cannot be read as its ending says.
    """
    if path.suffix not in (".jsonl", ".csv", ".parquet"):
        raise InputError(f"Invalid table {str(path)!r}. It must end in .jsonl, .csv or .parquet.")
    if path.suffix == ".jsonl":
        return [(f"{path}, line {number}", row) for number, row in read_jsonl(path)]
    rows = _csv_rows(path) if path.suffix == ".csv" else _parquet_rows(path)
    return [
        (f"{path}, row {number}", {k: v for k, v in row.items() if v is not None})
        for number, row in enumerate(rows, 1)
    ]


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    import csv
    import io
    import sys

    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    content = read_utf8(path)
    header = content.split("\n", 1)[0]
    mark = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), strict=True, delimiter=mark)
    check.check_unique(reader.fieldnames or (), f"column of {path}:")
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"Invalid CSV in {path}, line {reader.line_num}: {error}.") from None
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise InputError(
                f"Invalid CSV in {path}, row {number}. It must have {len(reader.fieldnames or ())} cells."
            )
    return [{key: storage.text_of_cell(value) or None for key, value in row.items()} for row in rows]


def _parquet_rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(path).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"Invalid Parquet file {str(path)!r}: {str(error).splitlines()[0]}.") from None
    return [
        {key: value.date() if isinstance(value, datetime.datetime) else value for key, value in row.items()}
        for row in rows
    ]
