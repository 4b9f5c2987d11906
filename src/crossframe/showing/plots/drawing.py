"""Parts that figures share: axes, names on them, markers with intervals, the legend, saving."""

import math
import warnings
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe.records import Columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

DPI = 160
# Okabe and Ito 2008, Color Universal Design: told apart by colour-blind readers; yellow left out on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")


def save_figure(figure: Any, path: Path) -> Path:
    """Save a figure as PNG, close it and return the path."""
    import matplotlib.pyplot as plt

    with warnings.catch_warnings():
        # A font that lacks a character of a scraped name draws a box; that is no fault of the figure.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    return path


def as_table(record: "Columns | DataFrame") -> "DataFrame":
    """Return a record as DataFrame; a DataFrame as it is."""
    if isinstance(record, Columns):
        import pandas as pd

        return pd.DataFrame(record.columns())
    return record


def make_axes(width: float, height: float) -> "Axes":
    """Return the axes of a new figure of so many inches."""
    import matplotlib.pyplot as plt

    axes: Axes = plt.figure(figsize=(width, height), layout="constrained").subplots()
    return axes


def choose_styles(outlets: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and a marker for every outlet."""
    return dict(zip(outlets, zip(cycle(COLOURS), cycle(MARKERS), strict=False), strict=False))


def draw_dots(
    rows: "DataFrame",
    key: str,
    values: Sequence[str],
    outlets: Sequence[str],
    ax: "Axes | None",
    *,
    beside: "DataFrame | None" = None,
) -> "Axes":
    """Draw a marker with its interval for every outlet at each of the `values` of the column `key`.

    Rows of `beside` are drawn hollow, close to the marker of the same outlet and value.
    """
    ax = ax or make_axes(7, 0.13 * len(values) * max(len(outlets), 3) + 1.3)
    styles = choose_styles(outlets)
    step = 0.75 / max(len(outlets), 1)
    for row in rows[rows[key].isin(values)].itertuples():
        aside = (outlets.index(row.outlet) - (len(outlets) - 1) / 2) * step
        place = values.index(getattr(row, key)) + aside
        draw_bar(ax, row.estimate, row.low, row.high, place, styles[row.outlet], row.outlet)
    for row in () if beside is None else beside[beside[key].isin(values)].itertuples():
        aside = (outlets.index(row.outlet) - (len(outlets) - 1) / 2 + 0.4) * step
        place = values.index(getattr(row, key)) + aside
        draw_bar(ax, row.estimate, row.low, row.high, place, styles[row.outlet], "_corrected", hollow=True)
    for between in range(1, len(values)):
        ax.axhline(between - 0.5, color="0.9", linewidth=0.6, zorder=0)
    name_ticks(ax, "y", [shorten(value, 32) for value in values])
    add_legend(ax)
    return ax


def draw_bar(
    ax: "Axes",
    estimate: float,
    low: float,
    high: float,
    place: float,
    style: tuple[str, str],
    outlet: str,
    *,
    hollow: bool = False,
) -> None:
    """Draw an estimate as marker, and its interval as line."""
    colour, marker = style
    face = "white" if hollow else colour
    if not (math.isnan(low) or math.isnan(high)):
        line = ":" if hollow else "-"
        ax.plot([low, high], [place, place], color=colour, linewidth=1.0, alpha=0.6, linestyle=line)
    ax.plot(
        [estimate], [place], color=colour, marker=marker, markersize=5, markerfacecolor=face, linestyle="none",
        label=outlet,
    )  # fmt: skip


def name_ticks(ax: "Axes", axis: str, names: Sequence[str], *, rotation: float = 0) -> None:
    """Name the ticks of an axis; nothing in a name is set as mathematics."""
    side = "right" if rotation or axis == "y" else "center"
    setter = ax.set_xticks if axis == "x" else ax.set_yticks
    setter(
        range(len(names)),
        [shorten(name, 40 if axis == "x" else 60) for name in names],
        fontsize=8,
        parse_math=False,
        rotation=rotation,
        ha=side,
    )
    if axis == "y":
        ax.set_ylim(len(names) - 0.4, -0.6)


def add_legend(ax: "Axes") -> None:
    """Add the legend below, an entry an outlet, and take away what carries nothing."""
    from matplotlib.transforms import ScaledTranslation

    handles = {str(line.get_label()): line for line in ax.lines if not str(line.get_label()).startswith("_")}
    names = sorted(handles)
    below = ax.transAxes + ScaledTranslation(0, -0.6, ax.figure.dpi_scale_trans)
    legend = ax.legend(
        [handles[name] for name in names], names, fontsize=8, frameon=False, ncols=3, columnspacing=1,
        loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=below,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)
    ax.spines[["top", "right"]].set_visible(False)


def shorten(text: str, most: int) -> str:
    """Return a text in one line, cut at so many characters."""
    joined = " ".join(text.split())
    return joined if len(joined) <= most else f"{joined[: most - 1].rstrip()}…"
