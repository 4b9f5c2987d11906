"""Draw how far stated probabilities hold: a reliability diagram."""

from typing import TYPE_CHECKING

import numpy as np

from crossframe.learning.calibration import reliability
from crossframe.showing.plots.drawing import make_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_reliability(probability: np.ndarray, correct: np.ndarray, *, ax: "Axes | None" = None) -> "Axes":
    """Draw the share of right answers against the probability stated, in ten bins.

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
    for stated, share, n in bins:
        interval = binomtest(round(share * n), n).proportion_ci(method="wilson")
        axes.plot([stated, stated], [interval.low, interval.high], color="#0072B2", linewidth=1, zorder=2)
        axes.scatter(stated, share, s=10 + 240 * n / len(probability), color="#0072B2", zorder=3)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability stated", ylabel="share right")
    axes.set_title(f"{len(probability)} targets")
    axes.set_aspect("equal")
    return axes
