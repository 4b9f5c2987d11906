"""What figures share: axes, tick labels, estimates with their intervals, the legend, saving."""

import math
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe.records import Columns
from crossframe.records.quantities import Quantity
from crossframe.showing.tables.grids import MIN_GAP
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

DPI = 160
MAX_ACTORS_DRAWN = 10
# Okabe and Ito 2008, Color Universal Design: colour-blind readers can distinguish them; without yellow, too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")
Style = tuple[str, str]
"""Colour and marker."""
_SCALES = {
    "score": ", from −1 (negative) to +1 (positive)",
    "sentences": "\npositive minus negative sentences per article, by probability",
}
"""What the numbers of an axis mean, by unit."""
_CLUSTERS = {"score": "sentences and classifier uncertainty"}
"""What the intervals of one event are over, by unit."""


def save_figure(figure: Any, path: Path) -> Path:
    """Save a figure as PNG, close it and return the path."""
    path.write_bytes(encode_figure(figure))
    return path


def encode_figure(figure: Any) -> bytes:
    """Return a figure as PNG, and close it."""
    import matplotlib.pyplot as plt

    png = BytesIO()
    with warnings.catch_warnings():
        # A font that lacks a character of a scraped name draws a box; that is no fault of the figure.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    return png.getvalue()


def as_table(record: "Columns | DataFrame") -> "DataFrame":
    """Return a record as DataFrame; a DataFrame as it is."""
    if isinstance(record, Columns):
        import pandas as pd

        return pd.DataFrame(record.columns())
    return record


def make_axes(width: float, height: float) -> "Axes":
    """Return the axes of a new figure; width and height in inches."""
    import matplotlib.pyplot as plt

    axes: Axes = plt.figure(figsize=(width, height), layout="constrained").subplots()
    return axes


def style_outlets(rows: "DataFrame", outlets: Sequence[str] | str | None) -> dict[str, Style]:
    """Return colour and marker of the `outlets` to draw, in their order; None takes all in `rows`.

    An outlet has the colour that it has among all outlets of `rows`, whichever of them are drawn.
    """
    known = sorted(set(rows["outlet"]) - {""})
    styles = dict(zip(known, zip(cycle(COLOURS), cycle(MARKERS), strict=False), strict=False))
    chosen = match_ids(outlets, known, "outlet")
    return styles if chosen is None else {outlet: styles[outlet] for outlet in chosen}


def draw_estimates(
    rows: "DataFrame",
    quantity: Quantity,
    actors: Sequence[str],
    styles: Mapping[str, Style],
    ax: "Axes | None",
    *,
    corrected: "DataFrame | None" = None,
    parted: "DataFrame | None" = None,
) -> "Axes":
    """Draw the estimate of every outlet in `styles` for each of `actors` as a marker with its interval as a line.

    Range and name of the axis are those of `quantity`. `corrected` estimates are drawn hollow, just below those of the
    same outlet and actor. Where `parted` has a row of both, ≠ stands beside the estimate.
    """
    ax = ax or make_axes(7, 0.13 * len(actors) * max(len(styles), 3) + 1.3)
    outlets = list(styles)
    step = 0.75 / max(len(outlets), 1)
    known = set() if parted is None else set(zip(parted["actor"], parted["outlet"], strict=True))
    known &= set(zip(rows["actor"], rows["outlet"], strict=True))
    marked = {(actor, outlet) for actor, outlet in known if actor in actors and outlet in styles}
    for table, shift in ((rows, 0.0), (corrected, 0.4)):
        if table is None:
            continue
        for row in table[table["actor"].isin(actors) & table["outlet"].isin(outlets)].itertuples():
            offset = (outlets.index(row.outlet) - (len(outlets) - 1) / 2 + shift) * step
            bounds = row.estimate, row.low, row.high
            label = row.outlet if table is rows else "_corrected"
            place = actors.index(row.actor) + offset
            draw_interval(ax, bounds, place, styles[row.outlet], label, hollow=shift > 0)
            if table is rows and (row.actor, row.outlet) in marked:
                _mark_parted(ax, row.estimate, place)
    for border in range(1, len(actors)):
        ax.axhline(border - 0.5, color="0.9", linewidth=0.6, zorder=0)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    if math.isfinite(quantity.low) and math.isfinite(quantity.high):
        margin = 0.025 * (quantity.high - quantity.low)
        ax.set_xlim(quantity.low - margin, quantity.high + margin)
    hollow = "; hollow: corrected by labels" if corrected is not None and len(corrected) else ""
    apart = f"\n≠: model and labels {MIN_GAP:.2f} or more apart" if marked else ""
    clusters = "events" if set(rows["event"]) == {""} else _CLUSTERS.get(quantity.unit, "sentences")
    scale = f"{quantity.label}{_SCALES.get(quantity.unit, '')}"
    ax.set_xlabel(f"{scale}{hollow}\nlines: 95% intervals over {clusters}{apart}", fontsize=8)
    name_ticks(ax, "y", [shorten(actor, 32) for actor in actors])
    add_legend(ax)
    return ax


def _mark_parted(ax: "Axes", estimate: float, place: float) -> None:
    """Set ≠ beside an estimate, on the side that has more room."""
    side = -1 if estimate > 0 else 1
    ax.annotate(
        "≠", (estimate, place), (7 * side, 0), textcoords="offset points", ha="center", va="center", fontsize=9,
        fontweight="bold", bbox={"boxstyle": "square,pad=0", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )  # fmt: skip


def draw_interval(
    ax: "Axes",
    bounds: tuple[float, float, float],
    place: float,
    style: Style,
    label: str,
    *,
    hollow: bool = False,
) -> None:
    """Draw an estimate (the first of `bounds`) as a marker, and its interval (low and high, where it has one) as a line."""
    estimate, low, high = bounds
    colour, marker = style
    if not (math.isnan(low) or math.isnan(high)):
        line = ":" if hollow else "-"
        ax.plot([low, high], [place, place], color=colour, linewidth=1.0, alpha=0.6, linestyle=line)
    ax.plot(
        [estimate], [place], color=colour, marker=marker, markersize=5, linestyle="none", label=label,
        markerfacecolor="white" if hollow else colour,
    )  # fmt: skip


def name_ticks(ax: "Axes", axis: str, names: Sequence[str], *, rotation: float = 0) -> None:
    """Label the ticks of an axis with names, in which nothing is set as mathematics."""
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
    """Add the legend of the outlets below the axes, and remove the lines at the top and on the right."""
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
    ax.tick_params(labelsize=8)
    ax.spines[["top", "right"]].set_visible(False)


def shorten(text: str, n: int) -> str:
    """Return a text on one line, cut to at most `n` characters."""
    joined = " ".join(text.split())
    return joined if len(joined) <= n else f"{joined[: n - 1].rstrip()}…"
