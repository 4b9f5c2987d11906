"""Tables as JSON: an object per line, a list of objects, or one object; nested names are joined by full stops."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.table_lines import Rows

MAX_DEPTH = 2
"""Records in records whose keys are joined: metadata of Open Graph in that of a page in that of an article."""
_ERRORS = (ValueError, RecursionError)
"""What Python's reader raises, also of numbers too long and lists nested too deep."""


def read_json(text: str) -> Rows:
    """Return the records of a text; what is no object, or breaks off, is left out."""
    try:
        whole = json.loads(text)
    except _ERRORS as error:
        return _read_list(text) if text.lstrip().startswith("[") else _read_lines(text, error)
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if _is_list_of_records(value)]
        if not lists:
            return _rows([("record 1", whole)], [])
        whole = max(lists, key=len)
    return _rows([(f"record {number}", record) for number, record in enumerate(whole, 1)], [])


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(isinstance(one, dict) for one in value)


def _read_lines(text: str, error: Exception) -> Rows:
    records: list[tuple[str, Any]] = []
    left_out: list[LeftOut] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append((f"line {number}", json.loads(line)))
        except _ERRORS as reason:
            left_out.append(LeftOut(f"line {number}", _describe(reason)))
    if not records:
        left_out = [LeftOut("line 1", _describe(error))]
    return _rows(records, left_out)


def _read_list(text: str) -> Rows:
    """Return the records of a list up to where it breaks off."""
    decoder = json.JSONDecoder()
    records: list[tuple[str, Any]] = []
    at = text.index("[") + 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] == "]":
            break
        try:
            record, at = decoder.raw_decode(text, at)
        except _ERRORS as error:
            number = len(records) + 1
            return _rows(records, [LeftOut(f"record {number} and all behind it", _describe(error))])
        records.append((f"record {len(records) + 1}", record))
    reason = "The list breaks off here; it must end with ']'."
    return _rows(records, [] if at < len(text) else [LeftOut(f"behind record {len(records)}", reason)])


def _describe(error: Exception) -> str:
    reason = getattr(error, "msg", None) or str(error).split(";")[0]
    return f"It is no JSON: {reason}."


def _rows(records: Sequence[tuple[str, Any]], left_out: Sequence[LeftOut]) -> Rows:
    rows: list[tuple[str, Mapping[str, Any]]] = []
    refused = list(left_out)
    columns: dict[str, None] = {}
    for where, record in records:
        if not isinstance(record, dict):
            refused.append(LeftOut(where, "It is no JSON object; it must be one, with a key per field."))
            continue
        row = flatten(record)
        columns |= dict.fromkeys(row)
        rows.append((where, row))
    return Rows(tuple(columns), tuple(rows), tuple(refused))


def flatten(record: Mapping[str, Any], depth: int = MAX_DEPTH) -> dict[str, Any]:
    """Return a record with the keys of records inside it joined to theirs, as far as `depth` records are in one another.

    Examples
    --------
    >>> flatten({"title": "Rain", "source": {"name": "Star", "id": None}})
    {'title': 'Rain', 'source.name': 'Star', 'source.id': None}
    """
    row: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth > 0:
            row |= {f"{key}.{inner}": one for inner, one in flatten(value, depth - 1).items()}
        else:
            row[str(key)] = value
    return row
