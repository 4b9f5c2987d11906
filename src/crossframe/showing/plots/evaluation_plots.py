"""Figures of evaluations: probabilities against outcomes, published numbers beside ours, terms of two sides."""

from typing import TYPE_CHECKING

import numpy as np

from crossframe.learning.calibration import reliability
from crossframe.showing.plots.drawing import COLOURS, make_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

PAPER, OURS = COLOURS[1], COLOURS[0]


def plot_reliability(probability: np.ndarray, correct: np.ndarray, *, ax: "Axes | None" = None) -> "Axes":
    """Draw a reliability diagram: the share of correct answers against the predicted probability, in ten bins.

    Parameters
    ----------
    probability : ndarray of shape (n_items,)
        Of the class chosen.
    correct : ndarray of shape (n_items,)
        1 where it was right, else 0.
    ax : Axes, optional
        None makes a new figure.

    Returns
    -------
    Axes
        The area of a dot is the number of items in its bin; bars are 95 % binomial intervals (Wilson 1927).

    References
    ----------
    Niculescu-Mizil and Caruana 2005, Predicting good probabilities with supervised learning.
    """
    from scipy.stats import binomtest

    axes = ax or make_axes(4.2, 4.2)
    bins = reliability(probability, correct)
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, zorder=1)
    for predicted, share, n in bins:
        interval = binomtest(round(share * n), n).proportion_ci(method="wilson")
        axes.plot(
            [predicted, predicted], [interval.low, interval.high], color="#0072B2", linewidth=1, zorder=2
        )
        axes.scatter(predicted, share, s=10 + 240 * n / len(probability), color="#0072B2", zorder=3)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="predicted probability", ylabel="share correct")
    axes.set_title(f"{len(probability)} targets")
    axes.set_aspect("equal")
    return axes


def plot_reproduced(table: "DataFrame", *, unit: str, ax: "Axes | None" = None) -> "Axes":
    """Draw the published value (hollow) and ours (filled) of every quantity, joined by a line.

    Parameters
    ----------
    table : DataFrame
        Columns quantity, paper, ours and tolerance (NaN where there is none), all in one unit.
    unit : str
        Of the axis.
    ax : Axes, optional
        None makes a new figure.

    Returns
    -------
    Axes
        The first quantity on top; a band shows the tolerated difference.
    """
    axes = ax or make_axes(7, 0.3 * len(table) + 1.2)
    for place, row in enumerate(table.itertuples()):
        if row.paper == row.paper and row.tolerance == row.tolerance:
            axes.plot(
                [row.paper - row.tolerance, row.paper + row.tolerance], [place, place],
                color="0.85", linewidth=7, solid_capstyle="butt", zorder=1,
            )  # fmt: skip
        axes.plot([row.paper, row.ours], [place, place], color="0.5", linewidth=1, zorder=2)
        axes.plot(
            row.paper, place, "D", color=PAPER, markerfacecolor="white", label="paper" if not place else "_"
        )
        axes.plot(row.ours, place, "o", color=OURS, label="ours" if not place else "_")
    axes.set_yticks(range(len(table)), table["quantity"].astype(str), fontsize=8, parse_math=False)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.legend(fontsize=8, frameon=False, loc="best")
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def plot_shares(table: "DataFrame", *, ax: "Axes | None" = None) -> "Axes":
    """Draw counts by quarter of an article, published (dashed, hollow) and ours, one line per kind.

    Parameters
    ----------
    table : DataFrame
        Columns kind, quarter (1 to 4), paper and ours.
    ax : Axes, optional
        None makes a new figure.
    """
    axes = ax or make_axes(5.5, 3.2)
    for colour, (kind, rows) in zip(COLOURS, table.groupby("kind", sort=True), strict=False):
        axes.plot(rows["quarter"], rows["ours"], "o-", color=colour, label=f"{kind}, ours")
        axes.plot(
            rows["quarter"],
            rows["paper"],
            "D--",
            color=colour,
            markerfacecolor="white",
            label=f"{kind}, paper",
        )
    axes.set_xticks([1, 2, 3, 4])
    axes.set(xlabel="quarter of the article's sentences", ylabel="spans of bias")
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def plot_terms(table: "DataFrame", *, sides: tuple[str, str], ax: "Axes | None" = None) -> "Axes":
    """Draw terms by their log-odds ratio with 95 % intervals: those of one side to the left, of the other to the right.

    Parameters
    ----------
    table : DataFrame
        Columns term, log_odds, low and high, in the order drawn from the top.
    sides : (str, str)
        Whose terms have negative and whose have positive log-odds.
    ax : Axes, optional
        None makes a new figure.
    """
    axes = ax or make_axes(6, 0.24 * len(table) + 1.2)
    for place, row in enumerate(table.itertuples()):
        colour = PAPER if row.log_odds < 0 else OURS
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=1)
        axes.plot(row.log_odds, place, "o", color=colour, markersize=4)
    axes.axvline(0, color="0.7", linewidth=0.8, zorder=0)
    axes.set_yticks(range(len(table)), table["term"].astype(str), fontsize=8, parse_math=False)
    axes.invert_yaxis()
    axes.set_xlabel(f"log-odds ratio: {sides[0]} (left), {sides[1]} (right)", parse_math=False)
    axes.spines[["top", "right"]].set_visible(False)
    return axes
