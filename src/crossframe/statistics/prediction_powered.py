"""Means corrected by labels of a sample: a model's score of every unit, a label of some, drawn by known chances.

References
----------
Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023, Prediction-powered inference, Science 382:669-674.
Angelopoulos, Duchi and Zrnic 2023, PPI++: efficient prediction-powered inference, arXiv:2311.01453 (the power).
Egami, Hinck, Stewart and Wei 2023, Using imperfect surrogates for downstream inference: design-based supervised
learning for social science applications of large language models, NeurIPS 36 (labels drawn by known, unequal
probabilities); Egami, Hinck, Stewart and Wei 2024, Using large language model annotations for the social sciences:
a general framework of using predicted variables in downstream analyses.
Horvitz and Thompson 1952, A generalization of sampling without replacement from a finite universe, JASA 47:663-685.
Särndal, Swensson and Wretman 1992, Model assisted survey sampling, chapters 5 and 6 (Hájek's form, the difference
estimator and its linearised variance).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.statistics.intervals import LEVEL, Interval


@dataclass(frozen=True)
class PoweredMean:
    """A prediction-powered mean, or a difference of two, with what each cluster adds to its error.

    Parameters
    ----------
    estimate : float
        The corrected mean.
    power : float
        How much of the model's score is used, in [0, 1]: 0 is the weighted mean of the labels alone (NaN for a
        difference, whose sides have powers of their own).
    n_units, n_labelled : int
        Units, and those with a label.
    clusters : tuple
        Names of the clusters, sorted.
    errors : ndarray of shape (n_clusters,)
        Linearised error of each cluster; they sum to zero.
    unseen : float
        Least variance of the estimate, for labels that a small sample may not have met; 0 where every unit is labelled.
    n_labelled_clusters : int
        Clusters with a label (of a difference, the lesser side's).
    degrees : int
        Degrees of freedom of the interval: of these clusters, less one, and less another for a power that was chosen.
    """

    estimate: float
    power: float
    n_units: int
    n_labelled: int
    clusters: tuple[str, ...]
    errors: np.ndarray
    unseen: float
    n_labelled_clusters: int
    degrees: int

    def interval(self, *, level: float = LEVEL) -> Interval:
        """Return the estimate with its cluster-robust t interval; NaN bounds without degrees of freedom."""
        from scipy.stats import t

        if self.degrees < 1:
            return Interval(self.estimate, float("nan"), float("nan"))
        half = float(t.ppf((1 + level) / 2, self.degrees)) * self._error()
        return Interval(self.estimate, self.estimate - half, self.estimate + half)

    def p_value(self) -> float:
        """Return the two-sided p-value of the t test that the interval goes with, of no difference; NaN without degrees of freedom."""
        from scipy.stats import t

        if self.degrees < 1:
            return float("nan")
        error = self._error()
        if error == 0.0:
            return float(self.estimate == 0.0)
        return float(2 * t.sf(abs(self.estimate) / error, self.degrees))

    def _error(self) -> float:
        squares = math.fsum((self.errors**2).tolist())
        return math.sqrt(max(squares * self.n_labelled_clusters / self.degrees, self.unseen))

    def values(self) -> np.ndarray:
        """Return one value per cluster, of which the estimate is the mean: ndarray of shape (n_clusters,)."""
        return np.asarray(self.estimate + len(self.errors) * self.errors)


def estimate_mean(
    scores: np.ndarray,
    labels: np.ndarray,
    probabilities: np.ndarray,
    clusters: Sequence[str],
    *,
    weights: np.ndarray | None = None,
    small: Sequence[str] | None = None,
    power: float | None = None,
) -> PoweredMean:
    """Estimate the mean label of all units from the scores of all and the labels of a sample.

    The estimate is ``power * mean(scores)`` over all units plus the weighted mean of ``labels - power * scores`` over
    the labelled ones, each weighted by the inverse of the probability with which it was drawn (Hájek's form). Whatever
    the scores are, it is consistent: the sample measures their bias. A census gives the mean of the labels.

    Parameters
    ----------
    scores, labels : ndarray of shape (n_units,)
        The model's, of every unit; people's, in [-1, 1], NaN where a unit has none.
    probabilities : ndarray of shape (n_units,)
        With what probability each labelled unit was drawn, in (0, 1]; others are not read.
    clusters : sequence of length n_units
        What varies independently: a unit's sentence within one event, its event over many.
    weights : ndarray of shape (n_units,), optional
        Share of each unit in the mean that is asked for, positive; None: all the same.
    small : sequence of length n_units, optional
        Clusters within `clusters` (sentences within events) over which the power is chosen and the sample's size is
        counted; None takes `clusters`.
    power : float, optional
        In [0, 1]; None chooses the one of least variance, so that useless scores do no harm.

    Returns
    -------
    PoweredMean
        With a cluster-robust (sandwich) variance, which takes clusters as drawn independently of each other; a
        stratified sample makes that cautious.

    Raises
    ------
    InputError
        When columns differ in length, no unit has a label, or a probability or weight is out of range.

    Examples
    --------
    >>> scores, labels = np.array([0.5, 0.5, 0.5, 0.5]), np.array([0.0, np.nan, 1.0, np.nan])
    >>> mean = estimate_mean(scores, labels, np.full(4, 0.5), ["a", "b", "c", "d"])
    >>> mean.estimate, mean.n_labelled
    (0.5, 2)
    """
    units = _Units.of(scores, labels, probabilities, weights)
    check.check_same_length("units", scores=units.scores, clusters=clusters)
    return _combine(units, clusters, clusters if small is None else small, power)


class _Units(NamedTuple):
    """Units with their share in the mean, and their share in the weighted sample (0 where there is no label)."""

    scores: np.ndarray
    labels: np.ndarray
    is_labelled: np.ndarray
    share: np.ndarray
    sampled: np.ndarray

    @classmethod
    def of(
        cls, scores: np.ndarray, labels: np.ndarray, probabilities: np.ndarray, weights: np.ndarray | None
    ) -> "_Units":
        scores, labels, probabilities = (
            np.asarray(column, dtype=float) for column in (scores, labels, probabilities)
        )
        share = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
        check.check_same_length(
            "units", scores=scores, labels=labels, probabilities=probabilities, weights=share
        )
        is_labelled = ~np.isnan(labels)
        _check(scores, share, probabilities[is_labelled])
        share = share / share.sum()
        sampled = np.zeros(len(scores))
        sampled[is_labelled] = share[is_labelled] / probabilities[is_labelled]
        sampled /= sampled.sum()
        return cls(scores, np.where(is_labelled, labels, 0.0), is_labelled, share, sampled)


def _combine(
    units: _Units, clusters: Sequence[str], small: Sequence[str], power: float | None
) -> PoweredMean:
    is_free = power is None and not units.is_labelled.all()
    mean_label, of_labels = _linearise(units.labels, units.sampled)
    mean_score, of_all = _linearise(units.scores, units.share)
    sampled_score, of_sampled = _linearise(units.scores, units.sampled)
    of_scores = of_all - of_sampled
    if power is None:
        power = _least_variance(_sums(of_labels, small)[1], _sums(of_scores, small)[1])
    check.check_number(power, "power", 0.0, 1.0)
    names, errors = _sums(of_labels + power * of_scores, clusters)
    labelled = {cluster for cluster, has in zip(clusters, units.is_labelled.tolist(), strict=True) if has}
    return PoweredMean(
        estimate=mean_label + power * (mean_score - sampled_score),
        power=power,
        n_units=len(units.scores),
        n_labelled=int(units.is_labelled.sum()),
        clusters=names,
        errors=errors,
        unseen=_unseen(units.sampled, math.fsum(units.share[~units.is_labelled]), small),
        n_labelled_clusters=len(labelled),
        degrees=len(labelled) - 1 - is_free,
    )


def _linearise(values: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the weighted mean and what each unit adds to its error."""
    mean = math.fsum(weights * values)
    return mean, weights * (values - mean)


def estimate_difference(one: PoweredMean, other: PoweredMean) -> PoweredMean:
    """Estimate the difference of two means; clusters of one name are paired, all others are independent.

    Parameters
    ----------
    one, other : PoweredMean
        `other` is taken off.

    Returns
    -------
    PoweredMean
        Its degrees of freedom are those of the side that has fewer.
    """
    names = tuple(sorted({*one.clusters, *other.clusters}))
    place = {name: i for i, name in enumerate(names)}
    errors = np.zeros(len(names))
    for mean, sign in ((one, 1.0), (other, -1.0)):
        errors[[place[name] for name in mean.clusters]] += sign * mean.errors
    lesser = min(one, other, key=lambda mean: mean.degrees)
    return PoweredMean(
        estimate=one.estimate - other.estimate,
        power=float("nan"),
        n_units=one.n_units + other.n_units,
        n_labelled=one.n_labelled + other.n_labelled,
        clusters=names,
        errors=errors,
        unseen=one.unseen + other.unseen,
        n_labelled_clusters=lesser.n_labelled_clusters,
        degrees=lesser.degrees,
    )


def _check(scores: np.ndarray, share: np.ndarray, drawn: np.ndarray) -> None:
    if not len(drawn):
        raise InputError("Invalid labels. At least one unit must have a label.")
    if np.isnan(scores).any():
        raise InputError("Invalid scores. Every unit needs one.")
    if not ((drawn > 0) & (drawn <= 1)).all():
        raise InputError("Invalid probabilities. Those of labelled units must lie in (0, 1].")
    if not (share > 0).all():
        raise InputError("Invalid weights. They must be positive.")


def _least_variance(of_labels: np.ndarray, of_scores: np.ndarray) -> float:
    """Return the power that makes the sum of squared errors least; 1 where no power changes it."""
    spread = math.fsum((of_scores**2).tolist())
    if spread < 1e-24:
        return 1.0
    return min(max(-math.fsum((of_labels * of_scores).tolist()) / spread, 0.0), 1.0)


def _unseen(drawn: np.ndarray, left: float, small: Sequence[str]) -> float:
    """Return the least variance that a sample of labels in {-1, 0, 1} leaves, for the share that has no label.

    It is what half a label of -1 and half of +1 would add to labels that all agree (Agresti and Min 2005, Simple
    improved confidence intervals for comparing matched proportions, Statistics in Medicine 24:729-740), each weighing
    as much as one of the effective number of sentences (Kish 1965, Survey sampling, section 11.7). Without it, samples
    that happen to meet no rare label have intervals far too narrow.
    """
    weight = math.fsum((_sums(drawn, small)[1] ** 2).tolist())
    return weight**2 * left


def _sums(values: np.ndarray, clusters: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the clusters, sorted, and the sum of `values` in each."""
    names = tuple(sorted(set(clusters)))
    place = {name: i for i, name in enumerate(names)}
    return names, np.bincount([place[one] for one in clusters], weights=values, minlength=len(names))
