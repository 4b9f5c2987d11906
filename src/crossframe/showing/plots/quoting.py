"""Who quotes whom: a table of outlets and speakers in shades, with numbers and intervals."""

from typing import TYPE_CHECKING, Any

from crossframe.records import Estimates
from crossframe.showing.plots.drawing import as_table, make_axes, name_ticks, shorten
from crossframe.showing.tables.choosing import VoiceGrid, voice_grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_SPEAKERS = 12
_SHADES = "Blues"
_SPEAKERS = {"unknown": "unknown speaker"}
_DARK = 0.55
"""Share from which numbers are white: half way up the shades."""


def plot_voices(
    estimates: "Estimates | DataFrame", *, event: str | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw who quotes whom: each speaker's share of what an outlet quotes, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``share_of_voice``, ``own_voice`` and ``quoted_only_here`` are drawn.
    event : str, optional
        Which event; None takes what holds over events, or the only event.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        A column an outlet, under its name the share of its text that is its own voice; a row a speaker, those quoted
        in most sentences from top to bottom, twelve at most, all others of one event in one row. The darker a cell,
        the greater the share, which stands in it with its interval. Framed: no other outlet carries the words.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.
    """
    grid = voice_grid(as_table(estimates), MOST_SPEAKERS, event)
    names = [*grid.rows, *([f"{grid.left} other speakers"] if grid.rest else [])]
    ax = ax or make_axes(1.15 * len(grid.outlets) + 3.2, 0.36 * len(names) + 1.6)
    shares: list[list[float]] = []
    for place, (speaker, cells) in enumerate(grid.rows.items()):
        shares.append([cell.estimate if cell else 0.0 for cell in cells])
        for column, cell in enumerate(cells):
            if cell and cell.estimate > 0:
                _write(ax, column, place, cell)
                if (grid.outlets[column], speaker) in grid.alone:
                    _frame(ax, column, place)
    if grid.rest:
        shares.append(grid.rest)
        for column, share in enumerate(grid.rest):
            if share > 0:
                _write_text(ax, column, len(names) - 1, _percent(share), share)
    if shares:
        ax.imshow(shares, cmap=_SHADES, vmin=0.0, vmax=1.0, aspect="auto")
    _label(ax, grid, names)
    return ax


def _label(ax: "Axes", grid: VoiceGrid, names: list[str]) -> None:
    name_ticks(ax, "y", [shorten(_SPEAKERS.get(name, name), 34) for name in names])
    heads = [f"{shorten(outlet, 18)}\n{_own(grid.own.get(outlet))}" for outlet in grid.outlets]
    ax.set_xticks(range(len(heads)), heads, fontsize=8, parse_math=False)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.set_xticks([edge - 0.5 for edge in range(1, len(heads))], minor=True)
    ax.set_yticks([edge - 0.5 for edge in range(1, len(names))], minor=True)
    ax.grid(which="minor", color="white", linewidth=2)
    ax.tick_params(which="minor", length=0)
    mean = ",\nmean over the events in which somebody quotes the speaker" if grid.over == "events" else ""
    ax.set_xlabel(
        f"share of what the outlet quotes{mean}\nsmall: 95 % interval over {grid.over}, where there is one\n"
        "framed: no other outlet carries these words",
        fontsize=8,
    )
    ax.set_title("Who quotes whom", fontsize=10)


def _own(row: Any) -> str:
    if row is None:
        return ""
    return f"own voice {_percent(row.estimate)}\n{_bounds(row)}"


def _write(ax: "Axes", column: int, place: int, row: Any) -> None:
    _write_text(ax, column, place - 0.16 if _bounds(row) else place, _percent(row.estimate), row.estimate)
    _write_text(ax, column, place + 0.24, _bounds(row), row.estimate, size=6)


def _write_text(ax: "Axes", column: int, place: float, text: str, share: float, *, size: float = 8) -> None:
    ax.text(
        column, place, text, ha="center", va="center", fontsize=size, color="white" if share > _DARK else "0.1",
    )  # fmt: skip


def _frame(ax: "Axes", column: int, place: int) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(
        Rectangle((column - 0.47, place - 0.45), 0.94, 0.9, fill=False, edgecolor="#D55E00", zorder=3)
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _bounds(row: Any) -> str:
    return f"{row.low * 100:.0f} to {row.high * 100:.0f}" if row.low == row.low else ""
