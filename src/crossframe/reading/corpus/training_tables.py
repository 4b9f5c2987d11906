"""Training tables of the user's own: TSV or JSONL with text, target, label and group, every row checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe.errors import InputError, UnknownNameError
from crossframe.reading.corpus.tables import read_jsonl, read_utf8

PARTS = ("train", "dev", "test")
"""What a column `split` may say."""


@dataclass(frozen=True)
class Labelled:
    """A labelled text; ``start`` and ``end`` bound its target (0 and 0 where there is none); "" where nothing is said."""

    text: str
    start: int
    end: int
    label: str
    group: str
    outlet: str = ""
    split: str = ""


def read_labelled(path: Path, *, targets: bool) -> list[Labelled]:
    """Return the rows of a training table.

    Parameters
    ----------
    path : Path
        ``.tsv`` (UTF-8, tab-separated, no quoting, a row a line) or ``.jsonl``; columns ``text``, ``label``, for
        targets ``target`` (its first occurrence) or ``start`` and ``end`` in characters of the text; optional
        ``group`` (article or event: rows of one group stay on one side of every split), ``outlet``, and ``split``
        (train, dev or test).
    targets : bool
        Whether rows name targets.

    Returns
    -------
    list of Labelled
        Where no group is given, rows of one text form a group.

    Raises
    ------
    UnknownNameError
        When there is no such file.
    InputError
        When a column is missing or a row breaks its rule; names file and line.
    """
    if not path.is_file():
        raise UnknownNameError(
            f"Unknown training table {str(path)!r}. It must be a registered corpus or a .tsv or .jsonl file."
        )
    if path.suffix not in (".tsv", ".jsonl"):
        raise InputError(f"Invalid training table {str(path)!r}. Its name must end in .tsv or .jsonl.")
    rows = read_jsonl(path) if path.suffix == ".jsonl" else _tsv_rows(path)
    if not rows:
        raise InputError(f"Invalid training table {str(path)!r}. It has no rows.")
    return [_row(row, f"{path}, line {line}", targets) for line, row in rows]


def _tsv_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    lines = read_utf8(path).split("\n")
    header = lines[0].split("\t")
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise InputError(
                f"Invalid row of {len(cells)} cells in {path}, line {number}. It must have {len(header)}."
            )
        rows.append((number, dict(zip(header, cells, strict=True))))
    return rows


def _row(row: dict[str, Any], where: str, targets: bool) -> Labelled:
    for key in ("text", "label"):
        if key not in row:
            raise InputError(
                f"Missing column {key!r} in {where}. Columns are text, label, target (or start and end), group, outlet, split."
            )
        if not isinstance(row[key], str) or not row[key].strip():
            raise InputError(
                f"Invalid {key} {row[key]!r} in {where}. It must be a string with at least one visible character."
            )
    text = row["text"]
    start, end = _target(row, text, where) if targets else (0, 0)
    split = str(row.get("split") or "").strip().casefold()
    if split and split not in PARTS:
        raise InputError(f"Invalid split {row['split']!r} in {where}. It must be one of: {', '.join(PARTS)}.")
    return Labelled(
        text, start, end, row["label"].strip(), _named(row, "group") or text, _named(row, "outlet"), split
    )


def _named(row: dict[str, Any], key: str) -> str:
    """Return a cell as text, numbers (0 too) included; empty where there is none."""
    value = row.get(key)
    return "" if value is None else str(value).strip()


def _target(row: dict[str, Any], text: str, where: str) -> tuple[int, int]:
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
            f"Invalid span ({start}, {end}) in {where}. It must lie within the {len(text)} characters of the text."
        )
    return start, end
