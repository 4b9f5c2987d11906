"""Intervals: bootstrap over units of one event, cluster t over events, and percentiles of draws."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

LEVEL = 0.95
DRAWS = 2000


class Interval(NamedTuple):
    """An estimate with its 95 % interval; NaN where there is too little data."""

    estimate: float
    low: float
    high: float


def percentile_interval(draws: np.ndarray, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the percentile interval of bootstrap `draws`: ndarray of shape (n_draws,)."""
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(low), float(high)


def wilson_interval(hits: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of `hits` in `n` units.

    References
    ----------
    Wilson 1927, Probable inference, the law of succession, and statistical inference, JASA 22.

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson_interval(0, 10)]
    [0.0, 0.278]
    """
    z = 1.959964
    centre = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return centre - half, centre + half


def bootstrap_ratio(
    totals: np.ndarray, counts: np.ndarray, rng: np.random.Generator, *, draws: int = DRAWS
) -> np.ndarray:
    """Return bootstrap draws of sum(totals) / sum(counts), whole clusters drawn with replacement.

    Parameters
    ----------
    totals, counts : ndarray of shape (n_clusters,) or (n_clusters, n_ratios)
        Sum and number of units of each cluster (a sentence's mention scores and how many); all ratios are of the same draws.
    rng : Generator
        Source of randomness.
    draws : int
        Number of draws.

    Returns
    -------
    ndarray of shape (n_draws,) or (n_draws, n_ratios)
        NaN where a draw has no units.

    References
    ----------
    Davison and Hinkley 1997, Bootstrap methods and their application, section 3.8.
    """
    chosen = rng.integers(len(totals), size=(draws, len(totals)))
    with np.errstate(invalid="ignore"):
        ratio: np.ndarray = totals[chosen].sum(axis=1) / counts[chosen].sum(axis=1)
    return ratio


def bootstrap_macro_f1(
    truth: np.ndarray,
    predicted: np.ndarray,
    clusters: Sequence[str],
    rng: np.random.Generator,
    *,
    keep: np.ndarray | None = None,
    draws: int = DRAWS,
) -> np.ndarray:
    """Return bootstrap draws of the mean F1 of all labels, whole clusters drawn with replacement.

    Parameters
    ----------
    truth, predicted : ndarray of shape (n_units,)
        Labels.
    clusters : sequence of str, n_units long
        What is drawn (the article of a target): units of one cluster are not independent.
    rng : Generator
        Source of randomness.
    keep : ndarray of bool of shape (n_units,), optional
        Units that count; the clusters of others are drawn all the same. None: all.
    draws : int
        Number of draws.

    Returns
    -------
    ndarray of shape (n_draws,)
        Labels that a draw lacks on both sides do not count in it.
    """
    names, number = np.unique(clusters, return_inverse=True)
    kept = np.ones(len(truth), dtype=bool) if keep is None else keep
    truth, predicted, number = truth[kept], predicted[kept], number[kept]
    labels = np.unique([*truth, *predicted])
    is_truth, is_predicted = truth[:, None] == labels, predicted[:, None] == labels
    both, sizes = np.zeros((2, len(names), len(labels)))
    np.add.at(both, number, 2.0 * (is_truth & is_predicted))
    np.add.at(sizes, number, 1.0 * is_truth + is_predicted)
    mean: np.ndarray = np.nanmean(bootstrap_ratio(both, sizes, rng, draws=draws), axis=1)
    return mean


def cluster_t_interval(values: np.ndarray, *, level: float = LEVEL) -> Interval:
    """Return the mean of independent clusters (events) with its t interval of n - 1 degrees of freedom.

    Parameters
    ----------
    values : ndarray of shape (n_clusters,)
        One value per cluster.
    level : float
        Coverage.

    Returns
    -------
    Interval
        Bounds are NaN for fewer than two clusters.

    References
    ----------
    Donner and Klar 2000, Design and analysis of cluster randomization trials: cluster-level summaries with
    t quantiles hold at few clusters.

    Examples
    --------
    >>> [round(x, 3) for x in cluster_t_interval(np.array([1.0, 2.0, 3.0]))]
    [2.0, -0.484, 4.484]
    """
    from scipy.stats import t

    n = len(values)
    mean = math.fsum(values) / n if n else float("nan")
    if n < 2:
        return Interval(mean, float("nan"), float("nan"))
    half = float(t.ppf((1 + level) / 2, n - 1)) * float(np.std(values, ddof=1)) / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)
