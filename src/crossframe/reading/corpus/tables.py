"""Tables of labelled texts that users bring (TSV, JSONL), every row checked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError
from crossframe.records import AUTHOR

SPLITS = ("train", "dev", "test")
"""Values of a column `split`."""


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


def read_tsv(path: Path, required: Iterable[str] = ()) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a tab-separated table without quoting, each with its file and line; blank lines are skipped.

    Raises
    ------
    InputError
        When a required column is missing, a column occurs twice, or a row has another number of cells than the header.
    """
    header, *lines = [line.split("\t") for line in read_utf8(path).split("\n")]
    check.check_columns(header, tuple(required), str(path))
    check.check_unique(header, f"column of {path}:")
    rows = []
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path}, line {number}"
        if len(cells) != len(header):
            raise InputError(f"Invalid row of {len(cells)} cells in {where}. It must have {len(header)}.")
        rows.append((where, dict(zip(header, cells, strict=True))))
    return rows


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


# --- tables of labelled texts -----------------------------------------------------------------------------


@dataclass(frozen=True)
class LabelledText:
    """A labelled text; ``start`` and ``end`` are those of its target (0 and 0 where there is none); missing cells are "".

    ``holder`` is whose stance the label is: None where the table has no such column, the author where its cell is empty.
    """

    text: str
    start: int
    end: int
    label: str
    group: str
    outlet: str = ""
    split: str = ""
    holder: str | None = None


def read_labelled(path: Path, *, targets: bool) -> list[LabelledText]:
    """Return the rows of a training table.

    Parameters
    ----------
    path : Path
        ``.tsv`` (UTF-8, tab-separated, no quoting) or ``.jsonl``; columns ``text``, ``label``, for
        targets ``target`` (its first occurrence) or ``start`` and ``end`` in characters of the text; optional
        ``group`` (article or event: rows of one group stay on one side of every split), ``outlet``, ``split`` (train, dev
        or test), and ``holder`` (whose stance toward the target the label is; empty: the author's).
    targets : bool
        Whether rows name targets.

    Returns
    -------
    list of LabelledText
        Without a group, rows of the same text form one.

    Raises
    ------
    UnknownNameError
        When there is no such file.
    InputError
        When a column is missing or a cell is invalid; names file and line.
    """
    if not path.is_file():
        raise UnknownNameError(
            f"Unknown training table {str(path)!r}. It must be a registered corpus or a .tsv or .jsonl file."
        )
    if path.suffix not in (".tsv", ".jsonl"):
        raise InputError(f"Invalid training table {str(path)!r}. Its name must end in .tsv or .jsonl.")
    rows: list[tuple[str, dict[str, Any]]] = (
        [(f"{path}, line {line}", row) for line, row in read_jsonl(path)]
        if path.suffix == ".jsonl"
        else [*read_tsv(path)]
    )
    if not rows:
        raise InputError(f"Invalid training table {str(path)!r}. It has no rows.")
    return [_labelled_text(row, where, targets) for where, row in rows]


def _labelled_text(row: dict[str, Any], where: str, targets: bool) -> LabelledText:
    for key in ("text", "label"):
        if key not in row:
            raise InputError(
                f"Missing column {key!r} in {where}. Columns are text, label, target (or start and end), group, outlet, split, holder."
            )
        if not isinstance(row[key], str) or not row[key].strip():
            raise InputError(
                f"Invalid {key} {row[key]!r} in {where}. It must be a string with at least one visible character."
            )
    text = row["text"]
    start, end = _target_span(row, text, where) if targets else (0, 0)
    split = str(row.get("split") or "").strip().casefold()
    if split and split not in SPLITS:
        raise InputError(
            f"Invalid split {row['split']!r} in {where}. It must be one of: {', '.join(SPLITS)}."
        )
    return LabelledText(
        text,
        start,
        end,
        row["label"].strip(),
        _cell_text(row, "group") or text,
        _cell_text(row, "outlet"),
        split,
        (_cell_text(row, "holder") or AUTHOR) if "holder" in row else None,
    )


def _cell_text(row: dict[str, Any], key: str) -> str:
    """Return a cell as text, also of a number; "" where it is missing."""
    value = row.get(key)
    return "" if value is None else str(value).strip()


def _target_span(row: dict[str, Any], text: str, where: str) -> tuple[int, int]:
    if row.get("start") not in (None, "") and row.get("end") not in (None, ""):
        try:
            start, end = (int(str(row[name])) for name in ("start", "end"))
        except ValueError:
            raise InputError(
                f"Invalid span ({row['start']!r}, {row['end']!r}) in {where}. It must be two whole numbers."
            ) from None
    elif isinstance(row.get("target"), str) and row["target"]:
        start = text.find(row["target"])
        end = start + len(row["target"])
        if start < 0:
            raise InputError(f"Invalid target {row['target']!r} in {where}. It must occur in the text.")
    else:
        raise InputError(f"Missing target in {where}. It must be named by 'target', or by 'start' and 'end'.")
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"Invalid span ({start}, {end}) in {where}. It must be within the {len(text)} characters of the text."
        )
    return start, end
