"""The table in a corpus folder of what its imports left out: files, documents and rows, each with its reason."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from crossframe import storage

LEFT_OUT_TABLE = "left-out.tsv"
"""Its name. Columns file, row ("" for a whole file) and reason."""
_HEADER = "file\trow\treason\n"
_INVALID = re.compile(r"Invalid [^.]*?'.*?'(?: of [^.]*)?\. (?=\S)")
_NAMED = re.compile(r"\s*'[^']*'")
_REST = re.compile(r"[;:]\s.*|\.(?:\s.*)?$|,? as in .*", re.DOTALL)

Row = tuple[str, str, str]


def write_left_out(
    before: Path, path: Path, rows: Iterable[tuple[str, str, str]], read: Collection[str]
) -> None:
    """Write the table of what was left out, by file and row: new rows, and those of earlier imports about other files.

    Parameters
    ----------
    before : Path
        The table of earlier imports; it may not exist.
    path : Path
        Where the table goes.
    rows : iterable of (str, str, str)
        File, row and reason.
    read : collection of str
        Files that this import has read: what an earlier one said of them holds no more.
    """
    new = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    files = {" ".join(file.split()) for file in read} | {row[0] for row in new}
    kept = [row for row in _read_rows(before) if row[0] not in files]
    listed = sorted([*kept, *new], key=lambda row: natural_key(*row[:2]))
    text = _HEADER + "".join("\t".join(row) + "\n" for row in listed)
    if before.is_file() or kept or new:
        storage.write_text(path, text)


def natural_key(*names: str) -> list[list[int | str]]:
    """Return the key by which names are in the order that people expect: numbers in them by their value.

    Examples
    --------
    >>> sorted(["row 10", "row 9", "record 2"], key=natural_key)
    ['record 2', 'row 9', 'row 10']
    """
    return [
        [int(piece) if number % 2 else piece for number, piece in enumerate(re.split("([0-9]+)", name))]
        for name in names
    ]


def count_left_out(path: Path) -> Mapping[str, int]:
    """Return how much was left out for which reason, most first; reasons without names, and without advice.

    Examples
    --------
    >>> name_reason("The document 'Rain' has no text; export it with full text.")
    'The document has no text'
    >>> name_reason("Invalid page 'a.html'. No article was found in it; it must hold at least one sentence of prose.")
    'No article was found in it'
    """
    counts = Counter(name_reason(reason) for _, _, reason in _read_rows(path))
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def name_reason(reason: str) -> str:
    """Return the kind of a reason: what it says of every file, document or row alike."""
    plain = _REST.sub("", _NAMED.sub("", _INVALID.sub("", reason, count=1))).strip()
    return plain or reason


def _read_rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    cells = (line.split("\t") for line in lines if line.strip())
    return [(row[0], row[1], row[2]) for row in cells if len(row) == 3]
