"""Tables as text: cells between commas, semicolons, tabs or bars; rows with broken quotation marks are mended or left out."""

import csv
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.table_columns import key_of, map_columns
from crossframe.reading.formats.table_lines import MAX_HEAD, MAX_HEADING, Grid, make_grid
from crossframe.storage import find_delimiter, is_quoted

MAX_START = 20_000
"""Characters in which the first line of a table is looked for."""
MAX_LINES = 500
"""Lines after a broken row among which the next whole one is looked for."""
_BROKEN = "Its quotation marks are broken; inside a quoted cell each must be doubled."


def find_header(text: str, given: Mapping[str, str]) -> tuple[int, str] | None:
    """Return where the line is, in characters, that names a column of texts and another one that is known, and what separates them.

    Parameters
    ----------
    text : str
        The beginning of a file.
    given : mapping of str to str
        Columns by field, as the user names them: a line that has them all is the header.

    Returns
    -------
    (int, str) or None
        None where no line does; above it may be what was searched for.

    Examples
    --------
    >>> find_header("Hits for: ferry, boats\\n\\nTitle;Text;Date\\n", {}), find_header("Rain, wind and text\\nMore rain\\n", {})
    ((24, ';'), None)
    """
    wanted = {key_of(column) for column in given.values()}
    at = 0
    for line in text.splitlines(keepends=True)[: MAX_HEAD + 1]:
        for delimiter in ",;\t|":
            names = [name.strip('" \r\n') for name in line.split(delimiter)]
            if max(map(len, names)) > MAX_HEADING:
                continue
            columns = map_columns(names, {}).columns
            if (wanted and wanted <= {key_of(name) for name in names}) or (
                "text" in columns and len(columns) >= 2
            ):
                return at, delimiter
        at += len(line)
    return None


def find_table(text: str) -> tuple[int, str] | None:
    """Return where a table of unknown columns begins, in characters, and what separates its cells, by the beginning of a file.

    Half of its rows or more have as many cells, and several; above its first row are lines of one cell at most.

    Returns
    -------
    (int, str) or None
        None for prose: its lines have not as many commas each, or every second one is blank.

    Examples
    --------
    >>> find_table("a;b\\n1;2\\n3;4"), find_table("Hits of May, for ferry\\nPaper;Story\\nStar;Rain\\n")
    ((0, ';'), (23, ';'))
    >>> find_table("Rain, wind and snow\\n\\nIt rained.\\n\\nIt blew, it snowed, it froze.") is None
    True
    """
    lines = text.splitlines(keepends=True)
    n_blank = sum(not line.strip() for line in lines)
    if n_blank > 1 and 2 * n_blank >= len(lines) - 1:
        return None
    best: tuple[int, int, str] | None = None
    for delimiter in ",;\t|":
        reader = csv.reader(lines, delimiter=delimiter)
        rows, before = [], 0
        for cells in reader:
            if cells:
                rows.append((before, len(cells)))
            before = reader.line_num
        widths = [width for _, width in rows]
        width = max(widths, key=lambda one: (one > 1, widths.count(one)), default=1)
        n_rows = widths.count(width)
        if (
            width > 1
            and n_rows > 1
            and 2 * n_rows >= len(rows)
            and (best is None or n_rows * width > best[0])
        ):
            first = next(number for number, (_, found) in enumerate(rows) if found == width)
            best = (n_rows * width, rows[first][0] if all(w < 3 for w in widths[:first]) else 0, delimiter)
    return (sum(map(len, lines[: best[1]])), best[2]) if best else None


def read_delimited(text: str, given: Mapping[str, str]) -> Grid:
    """Return the lines of a table; ``where`` counts rows of the table's body from 1, `given` are columns that the user names.

    A quotation mark that is not doubled inside a quoted cell is taken as part of the text where the row then has as many
    cells as the first line; else the row is left out, and reading goes on at the next whole row.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    delimiter, text = find_delimiter(text)
    if found := find_header(text[:MAX_START], given) or find_table(text[:MAX_START]):
        at, delimiter = found
        text = text[at:]
    bare = delimiter == "\t" and not is_quoted(text)
    lines = text.splitlines(keepends=True) if "\r" not in text else re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    if bare:
        return make_grid(
            (f"row {n}", line.rstrip("\r\n").split("\t")) for n, line in enumerate(filter(str.strip, lines))
        )
    return _Reading(lines, delimiter).grid()


class _Reading:
    def __init__(self, lines: list[str], delimiter: str) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.width = 0

    def grid(self) -> Grid:
        rows: list[tuple[str, Sequence[str]]] = []
        left_out: list[LeftOut] = []
        at = number = 0
        while at < len(self.lines):
            for start, end, cells in self._read_strictly(at, len(self.lines)):
                at = end
                if not cells:
                    continue
                self.width = self.width or len(cells)
                if len(cells) != self.width and end - start > 1:
                    at = start  # a mark that does not close has swallowed lines
                    break
                rows.append((f"row {number}", cells))
                number += 1
            if at >= len(self.lines):
                break
            end = self._next_whole(at)
            mended = self._mend("".join(self.lines[at:end]).rstrip("\r\n"))
            if mended is None:
                left_out.append(LeftOut(f"row {number}", _BROKEN))
            else:
                rows.append((f"row {number}", mended))
            number += 1
            at = end
        return make_grid(rows, left_out)

    def _read_strictly(self, at: int, stop: int) -> Iterator[tuple[int, int, list[str]]]:
        """Yield rows with the numbers of their first line and of the line behind them, up to one that does not parse."""
        reader = csv.reader(islice(self.lines, at, stop), delimiter=self.delimiter, strict=True)
        start = at
        try:
            for cells in reader:
                yield start, at + reader.line_num, cells
                start = at + reader.line_num
        except csv.Error:
            return

    def _next_whole(self, at: int) -> int:
        """Return the first line behind a broken row at which a row of the right width begins."""
        for end in range(at + 1, min(at + MAX_LINES, len(self.lines))):
            first = next(self._read_strictly(end, end + MAX_LINES), None)
            if first is not None and len(first[2]) == self.width:
                return end
        return min(at + MAX_LINES, len(self.lines))

    def _mend(self, row: str) -> tuple[str, ...] | None:
        mark = re.escape(self.delimiter)
        cell = re.compile(
            rf'"((?:[^"]++|""|"(?!{mark}|\Z))*+)"(?={mark}|\Z)|([^"{mark}\n][^{mark}\n]*|)(?={mark}|\Z)'
        )
        cells, at = [], 0
        while (match := cell.match(row, at)) is not None:
            cells.append(match[2] if match[1] is None else match[1].replace('""', '"'))
            if match.end() == len(row):
                return tuple(cells) if len(cells) == self.width else None
            at = match.end() + 1
        return None
