"""The figure of voices, who quotes whom: a grid of outlets and speakers, shaded by share, with numbers and intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossframe.records import Estimates
from crossframe.records.quantities import find_quantity
from crossframe.showing.plots.drawing import COLOURS, as_table, make_axes, name_ticks, shorten
from crossframe.showing.tables.grids import VoiceGrid, make_voice_grid
from crossframe.showing.tables.selection import UNKNOWN, select_quantity
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MAX_SPEAKERS = 12
_SHADES = "Blues"
_DARK = 0.55
"""Share from which numbers are white: half way up the shades."""


def plot_voices(
    estimates: "Estimates | DataFrame",
    *,
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw who quotes whom: each speaker's share of what an outlet quotes, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``share_of_voice``, ``own_voice`` and ``quoted_only_here`` are drawn.
    event : str, optional
        Which event; None draws estimates over events, or those of the only event.
    actors, outlets : sequence of str, optional
        Which speakers and outlets to draw, in this order: ids, unique prefixes, or names. None draws the twelve speakers
        quoted in the most sentences, and all outlets.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        One column per outlet, under its name the share of its text that is its own voice; one row per speaker, and for
        one event one row for all others. The darker a cell, the larger the share, which is written in it with its
        interval. Framed: no other outlet carries the words.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, or the table has no such event, speaker or outlet.
    """
    table = as_table(estimates)
    shares_of_voice, own = select_quantity(table, "share_of_voice"), select_quantity(table, "own_voice")
    speakers = match_ids(actors, set(shares_of_voice["voice"]), "speaker")
    columns = match_ids(outlets, {*shares_of_voice["outlet"], *own["outlet"]}, "outlet")
    grid = make_voice_grid(table, MAX_SPEAKERS, event=event, speakers=speakers, outlets=columns)
    names = [*grid.cells, *([f"{grid.n_hidden} other speakers"] if grid.rest else [])]
    ax = ax or make_axes(1.15 * len(grid.outlets) + 3.2, 0.36 * len(names) + 1.6)
    shares: list[list[float]] = []
    for place, (speaker, cells) in enumerate(grid.cells.items()):
        shares.append([cell.estimate if cell else 0.0 for cell in cells])
        for column, cell in enumerate(cells):
            if cell and cell.estimate > 0:
                _write(ax, column, place, cell)
                if (grid.outlets[column], speaker) in grid.exclusive:
                    _frame(ax, column, place)
    if grid.rest:
        shares.append(grid.rest)
        for column, share in enumerate(grid.rest):
            if share > 0:
                _write_text(ax, column, len(names) - 1, f"{share:.0%}", share)
    if shares:
        ax.imshow(shares, cmap=_SHADES, vmin=0.0, vmax=1.0, aspect="auto")
    _label(ax, grid, names)
    return ax


def _label(ax: "Axes", grid: VoiceGrid, names: list[str]) -> None:
    name_ticks(ax, "y", [shorten("unknown speaker" if name == UNKNOWN else name, 34) for name in names])
    heads = [f"{shorten(outlet, 18)}\n{_own(grid.own_voice.get(outlet))}" for outlet in grid.outlets]
    ax.set_xticks(range(len(heads)), heads, fontsize=8, parse_math=False)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.set_xticks([edge - 0.5 for edge in range(1, len(heads))], minor=True)
    ax.set_yticks([edge - 0.5 for edge in range(1, len(names))], minor=True)
    ax.grid(which="minor", color="white", linewidth=2)
    ax.tick_params(which="minor", length=0)
    mean = ",\nmean over the events in which the speaker is quoted" if grid.unit == "events" else ""
    label = find_quantity("share_of_voice").label
    ax.set_xlabel(
        f"{label}{mean}\nsmall print: 95% interval over {grid.unit}, where one can be estimated\n"
        "framed: no other outlet carries these words",
        fontsize=8,
    )
    ax.set_title("Who quotes whom", fontsize=10)


def _own(row: Any) -> str:
    if row is None:
        return ""
    return f"own voice {row.estimate:.0%}\n{_bounds(row)}"


def _write(ax: "Axes", column: int, place: int, row: Any) -> None:
    _write_text(ax, column, place - 0.16 if _bounds(row) else place, f"{row.estimate:.0%}", row.estimate)
    _write_text(ax, column, place + 0.24, _bounds(row), row.estimate, size=6)


def _write_text(ax: "Axes", column: int, place: float, text: str, share: float, *, size: float = 8) -> None:
    ax.text(
        column, place, text, ha="center", va="center", fontsize=size, color="white" if share > _DARK else "0.1",
    )  # fmt: skip


def _frame(ax: "Axes", column: int, place: int) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(
        Rectangle((column - 0.47, place - 0.45), 0.94, 0.9, fill=False, edgecolor=COLOURS[1], zorder=3)
    )


def _bounds(row: Any) -> str:
    return f"{row.low * 100:.0f} to {row.high * 100:.0f}" if row.low == row.low else ""
