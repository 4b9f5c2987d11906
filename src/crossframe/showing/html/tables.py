"""Tables for notebooks: bars for shares, colours for scores, intervals in one cell, and every text escaped."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe._validation import check_choice
from crossframe.records.display import count_of, html_table
from crossframe.showing.text.summary import with_interval

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ROWS = 60
AGAINST, FOR = (213, 94, 0), (0, 114, 178)
"""Vermilion and blue of Okabe and Ito 2008: told apart by colour-blind readers."""
_BAR = 90
_INTERVAL = ("estimate", "low", "high")


@dataclass(frozen=True)
class ShownTable:
    """A table as a notebook shows it.

    Parameters
    ----------
    table : DataFrame
        What is shown, untouched.
    caption : str
        Stands above it.
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
        return f"{self.caption}\n{self.table.head(MOST_ROWS).to_string()}".strip()

    def _repr_html_(self) -> str:
        table = self.table.head(MOST_ROWS)
        columns = [str(column) for column in table.columns]
        between = set(_INTERVAL) <= set(columns)
        kept = [column for column in columns if not (between and column in _INTERVAL[1:])]
        named = not _is_counted(table)
        heads = [*([table.index.name or ""] if named else []), *kept]
        if between:
            heads[heads.index("estimate")] = "estimate [95 % interval]"
        rows = []
        for name, values in zip(table.index, table.itertuples(index=False, name=None), strict=True):
            row = dict(zip(columns, values, strict=True))
            cells = [self._cell(column, row, between) for column in kept]
            rows.append([_joined(name), *cells] if named else cells)
        left = len(self.table) - len(table)
        more = Markup("<p>{}.</p>").format(count_of(left, "more row")) if left else ""
        return str(html_table(heads, rows, caption=self.caption) + more)

    def _cell(self, column: str, row: dict[str, Any], between: bool) -> object:
        from pandas import isna

        value = row[column]
        if isna(value):
            return "–"
        if between and column == "estimate":
            bounds = tuple(float(row[name]) for name in _INTERVAL)
            if column in self.scores:
                return html_score(value, with_interval(*bounds))
            return with_interval(*bounds).replace("+", "")
        if column in self.scores:
            return html_score(value)
        if column in self.bars:
            return html_bar(value, f"{value:.{self.digits}f}")
        if not isinstance(value, float):
            return str(value)
        if 0 < abs(value) < 0.5 * 10**-self.digits:
            return (
                f"< {10**-self.digits:.{self.digits}f}"
                if value > 0
                else f"> -{10**-self.digits:.{self.digits}f}"
            )
        return f"{value:.0f}" if self._counts(column) else f"{value:.{self.digits}f}"

    def _counts(self, column: str) -> bool:
        """Return whether a column of floats holds whole numbers alone, as counts with gaps do."""
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
        With ``estimate``, ``low`` and ``high`` the three become one cell.
    caption : str
        Stands above it.
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
        When the table lacks a column that is named.

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


def html_bar(share: float, text: str) -> Markup:
    """Return a bar as long as a share of 0 to 1, with its text."""
    width = round(_BAR * min(max(float(share), 0.0), 1.0))
    return Markup(
        '<span style="display:inline-block;width:{}px;height:9px;background-color:#56B4E9"></span> {}'
    ).format(width, text)


def html_score(score: float, text: str | None = None) -> Markup:
    """Return a score of -1 to +1 on its colour: blue for, vermilion against, paler towards 0."""
    return Markup(
        '<span style="display:inline-block;padding:1px 5px;white-space:nowrap;color:#111111;background-color:{}">{}</span>'
    ).format(colour_of(score), f"{score:+.2f}" if text is None else text)


def colour_of(score: float) -> str:
    """Return the colour of a score as ``#rrggbb``, mixed with white as it nears 0."""
    strength = 0.75 * min(abs(float(score)), 1.0)
    towards = FOR if score > 0 else AGAINST
    return "#" + "".join(f"{round(255 + (part - 255) * strength):02x}" for part in towards)


@dataclass(frozen=True)
class Mark:
    """A stretch of a text to be marked: offsets in its characters, a score that colours it (None: grey), a title."""

    start: int
    end: int
    score: float | None = None
    title: str = ""


def html_marked(text: str, marks: Iterable[Mark]) -> Markup:
    """Return a text as HTML with its marks; of marks that overlap the first holds."""
    chosen: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if mark.start < mark.end and (not chosen or mark.start >= chosen[-1].end):
            chosen.append(mark)
    at = {mark.start: mark for mark in chosen}
    borders = sorted({0, len(text), *at, *(mark.end for mark in chosen)})
    pieces = (_piece(text[low:high], at.get(low)) for low, high in pairwise(borders))
    return Markup("").join(pieces)


def _piece(text: str, mark: Mark | None) -> Markup:
    if mark is None:
        return Markup("{}").format(text)
    colour = "#dddddd" if mark.score is None else colour_of(mark.score)
    return Markup('<span style="color:#111111;background-color:{}" title="{}">{}</span>').format(
        colour, mark.title, text
    )


def _is_counted(table: "DataFrame") -> bool:
    """Return whether rows have numbers, not names."""
    from pandas import RangeIndex
    from pandas.api.types import is_integer_dtype

    index = table.index
    return isinstance(index, RangeIndex) or (index.name is None and is_integer_dtype(index.dtype))


def _joined(name: object) -> str:
    return (
        ", ".join(map(str, name)) if isinstance(name, Sequence) and not isinstance(name, str) else str(name)
    )
