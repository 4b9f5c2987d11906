"""Lines of cells become rows with names: which line is the header, and which lines do not fit it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.table_cells import is_empty
from crossframe.reading.formats.table_columns import key_of, map_columns
from crossframe.storage import text_of_cell

MAX_HEAD = 40
"""Lines above the header: some exports begin with what was searched for."""
MAX_HEADING = 60
"""Characters of the longest name of a column."""


@dataclass(frozen=True)
class Line:
    """A line of cells, and its place."""

    where: str
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Grid:
    """Lines of cells as a file has them; ``name`` is that of the sheet; ``ragged`` ones may end with the last filled cell."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""
    ragged: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows of a table: their places and cells by column, and what is no row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""

    @property
    def filled(self) -> tuple[str, ...]:
        """Columns that have a value in some row."""
        return tuple(
            column for column in self.columns if any(not is_empty(row.get(column)) for _, row in self.rows)
        )


def make_grid(
    lines: Iterable[tuple[str, Sequence[Any]]],
    left_out: Sequence[LeftOut] = (),
    name: str = "",
    *,
    ragged: bool = False,
) -> Grid:
    """Return a grid of lines with their places: empty ones have no cells, and those at the end are cut."""
    kept = [Line(where, () if all(map(is_empty, cells)) else tuple(cells)) for where, cells in lines]
    while kept and not kept[-1].cells:
        kept.pop()
    return Grid(tuple(kept), tuple(left_out), name, ragged)


def name_rows(grid: Grid, given: Mapping[str, str]) -> Rows:
    """Return the rows below the header: the first line that names a column of texts, or those that the user names.

    Lines that have cells beyond the header, or fewer where the file writes all, are left out.
    """
    at = _find_header(grid, given)
    if at is None:
        return Rows((), (), grid.left_out, grid.name)
    header = tuple(str(name).strip() if name is not None else "" for name in grid.lines[at].cells)
    while header and not header[-1]:
        header = header[:-1]
    columns = _unique(header)
    rows, left_out = [], list(grid.left_out)
    for line in grid.lines[at + 1 :]:
        if not line.cells:
            left_out.append(LeftOut(line.where, "It is empty."))
            continue
        beyond = [cell for cell in line.cells[len(columns) :] if not is_empty(cell)]
        if beyond or (len(line.cells) < len(columns) and not grid.ragged):
            left_out.append(
                LeftOut(line.where, f"It has {len(line.cells)} cells; the header has {len(columns)}.")
            )
            continue
        cells = dict(zip(columns, map(_read_cell, line.cells), strict=False))
        cells.pop("", None)
        rows.append((line.where, cells))
    return Rows(tuple(name for name in columns if name), tuple(rows), tuple(left_out), grid.name)


def _read_cell(cell: Any) -> Any:
    return text_of_cell(cell) if isinstance(cell, str) else cell


def _unique(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return names of which each occurs once: later ones of a name are numbered."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(names)


def _find_header(grid: Grid, given: Mapping[str, str]) -> int | None:
    wanted = {key_of(column) for column in given.values()}
    head = [
        (number, [str(cell).strip() for cell in line.cells if cell is not None])
        for number, line in enumerate(grid.lines[: MAX_HEAD + 1])
    ]
    for number, names in head:
        if max(map(len, names), default=0) > MAX_HEADING:
            continue
        keys = {key_of(name) for name in names}
        if (wanted and wanted <= keys) or "text" in map_columns(names, {}).columns:
            return number
    return 0 if grid.lines else None
