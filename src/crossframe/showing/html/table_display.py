"""A table as a notebook shows it: bars for shares, colours for scores, an interval in one cell, every text escaped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe._validation import check_choice
from crossframe.records.display import count_of, html_table
from crossframe.showing.html.markup import html_bar, html_score
from crossframe.showing.text.summary import format_interval

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_ROWS = 60
_INTERVAL = ("estimate", "low", "high")


@dataclass(frozen=True)
class ShownTable:
    """A table as a notebook shows it.

    Parameters
    ----------
    table : DataFrame
        Shown unchanged.
    caption : str
        Shown above it.
    bars : tuple of str
        Columns of shares, from 0 to 1, that get a bar.
    scores : tuple of str
        Columns from -1 (against) to +1 (for) that are coloured.
    digits : int
        Decimals of numbers.
    """

    table: "DataFrame"
    caption: str = ""
    bars: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    digits: int = 2

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.table.head(MAX_ROWS).to_string()}".strip()

    def _repr_html_(self) -> str:
        table = self.table.head(MAX_ROWS)
        columns = [str(column) for column in table.columns]
        has_interval = set(_INTERVAL) <= set(columns)
        shown = [column for column in columns if not (has_interval and column in _INTERVAL[1:])]
        named = not _is_numbered(table)
        heads = [*([table.index.name or ""] if named else []), *shown]
        if has_interval:
            heads[heads.index("estimate")] = "estimate [95% interval]"
        rows = []
        for name, values in zip(table.index, table.itertuples(index=False, name=None), strict=True):
            row = dict(zip(columns, values, strict=True))
            cells = [self._cell(column, row, has_interval) for column in shown]
            rows.append([_join(name), *cells] if named else cells)
        n_hidden = len(self.table) - len(table)
        more = Markup("<p>{}.</p>").format(count_of(n_hidden, "more row")) if n_hidden else ""
        return str(html_table(heads, rows, caption=self.caption) + more)

    def _cell(self, column: str, row: dict[str, Any], has_interval: bool) -> object:
        from pandas import isna

        value = row[column]
        if isna(value):
            return "–"
        if has_interval and column == "estimate":
            bounds = tuple(float(row[name]) for name in _INTERVAL)
            if column in self.scores:
                return html_score(value, format_interval(*bounds))
            return format_interval(*bounds).replace("+", "")
        if column in self.scores:
            return html_score(value)
        if column in self.bars:
            return html_bar(value, f"{value:.{self.digits}f}")
        if not isinstance(value, float):
            return str(value)
        if 0 < abs(value) < 0.5 * 10**-self.digits:
            smallest = f"{10**-self.digits:.{self.digits}f}"
            return f"< {smallest}" if value > 0 else f"> -{smallest}"
        return f"{value:.0f}" if self._is_count(column) else f"{value:.{self.digits}f}"

    def _is_count(self, column: str) -> bool:
        """Return whether a column of floats holds only whole numbers, as counts with gaps do."""
        values = self.table.iloc[:, list(map(str, self.table.columns)).index(column)].dropna()
        return values.dtype.kind == "f" and bool((values % 1 == 0).all() and (values.abs() > 1).any())


def show_table(
    table: "DataFrame",
    *,
    caption: str = "",
    bars: Collection[object] = (),
    scores: Collection[object] = (),
    digits: int = 2,
) -> ShownTable:
    """Return a table as a notebook shows it: bars for shares, colours for scores, every text escaped.

    Parameters
    ----------
    table : DataFrame
        Columns ``estimate``, ``low`` and ``high`` are shown as one cell.
    caption : str
        Shown above it.
    bars : collection
        Columns of shares, from 0 to 1.
    scores : collection
        Columns from -1 (against) to +1 (for).
    digits : int
        Decimals of numbers.

    Returns
    -------
    ShownTable
        Shows itself where it is the last line of a cell.

    Raises
    ------
    UnknownNameError
        When the table lacks a named column.

    Examples
    --------
    >>> import pandas as pd
    >>> shown = show_table(pd.DataFrame({"outlet": ["<i>post</i>"], "share": [0.5]}), bars=["share"])
    >>> "&lt;i&gt;post" in shown._repr_html_()
    True
    """
    columns = [str(column) for column in table.columns]
    for column in (*bars, *scores):
        check_choice(str(column), "column", columns)
    return ShownTable(table, caption, tuple(map(str, bars)), tuple(map(str, scores)), digits)


def _is_numbered(table: "DataFrame") -> bool:
    """Return whether rows have numbers instead of names."""
    from pandas import RangeIndex
    from pandas.api.types import is_integer_dtype

    index = table.index
    return isinstance(index, RangeIndex) or (index.name is None and is_integer_dtype(index.dtype))


def _join(name: object) -> str:
    return (
        ", ".join(map(str, name)) if isinstance(name, Sequence) and not isinstance(name, str) else str(name)
    )
