"""Tables as text: cells between commas, semicolons, tabs or bars; rows with broken quotation marks are mended or left out."""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.table_lines import Grid, make_grid
from crossframe.storage import find_delimiter, is_quoted

MAX_LINES = 500
"""Lines after a broken row among which the next whole one is looked for."""
_BROKEN = "Its quotation marks are broken; inside a quoted cell each must be doubled."


def read_delimited(text: str) -> Grid:
    """Return the lines of a table; ``where`` counts rows of the table's body from 1.

    A quotation mark that is not doubled inside a quoted cell is taken as part of the text where the row then has as many
    cells as the first line; else the row is left out, and reading goes on at the next whole row.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    delimiter, text = find_delimiter(text)
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
