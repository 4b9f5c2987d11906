"""Means corrected by labels of a sample: a model's score of every unit, people's label of some, drawn by known chances."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
        """Return a value a cluster, of which the estimate is the mean: ndarray of shape (n_clusters,)."""
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
    the labelled ones, each weighted by the inverse of the probability with which it was drawn (Hájek's form: the
    weights are made to sum to one). Whatever the scores are, it is consistent: their bias is measured on the sample
    and taken off. A census (every unit labelled) gives the mean of the labels.

    Parameters
    ----------
    scores : ndarray of shape (n_units,)
        The model's, of every unit.
    labels : ndarray of shape (n_units,)
        People's, in [-1, 1]; NaN where a unit has none.
    probabilities : ndarray of shape (n_units,)
        With what probability each labelled unit was drawn, in (0, 1]; others are not read.
    clusters : sequence of length n_units
        What varies independently: a unit's sentence within one event, its event over many.
    weights : ndarray of shape (n_units,), optional
        Share of each unit in the mean that is asked for, positive; None: all the same. Over events, one over the
        number of units of the event makes the event the unit.
    small : sequence of length n_units, optional
        Clusters within `clusters` (sentences within events) over which the power is chosen and the sample's size is
        counted; None takes `clusters`.
    power : float, optional
        In [0, 1]; None chooses the one of least variance, so that useless scores do no harm.

    Returns
    -------
    PoweredMean
        With a cluster-robust (sandwich) variance: also labels of one cluster that agree, and clusters that were drawn
        whole, are taken for what they tell. It takes clusters as drawn independently of each other, which a
        stratified sample makes cautious.

    Raises
    ------
    InputError
        When columns differ in length, no unit has a label, or a probability or weight is out of range.

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

    Examples
    --------
    >>> scores, labels = np.array([0.5, 0.5, 0.5, 0.5]), np.array([0.0, np.nan, 1.0, np.nan])
    >>> found = estimate_mean(scores, labels, np.full(4, 0.5), ["a", "b", "c", "d"])
    >>> found.estimate, found.n_labelled
    (0.5, 2)
    """
    scores, labels, probabilities = (np.asarray(one, dtype=float) for one in (scores, labels, probabilities))
    share = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    check.check_same_length(
        "units", scores=scores, labels=labels, probabilities=probabilities, clusters=clusters, weights=share
    )
    known = ~np.isnan(labels)
    _check(scores, share, probabilities[known], power)
    share = share / share.sum()
    drawn = np.zeros(len(scores))
    drawn[known] = share[known] / probabilities[known]
    drawn /= drawn.sum()
    label = np.where(known, labels, 0.0)
    mean_label = math.fsum(drawn * label)
    mean_score, sampled_score = math.fsum(share * scores), math.fsum(drawn * scores)
    of_labels = drawn * (label - mean_label)
    of_scores = share * (scores - mean_score) - drawn * (scores - sampled_score)
    fine = clusters if small is None else small
    free = int(power is None and not known.all())
    if power is None:
        power = _least_variance(_sums(of_labels, fine)[1], _sums(of_scores, fine)[1])
    names, errors = _sums(of_labels + power * of_scores, clusters)
    labelled = {cluster for cluster, has in zip(clusters, known.tolist(), strict=True) if has}
    return PoweredMean(
        estimate=mean_label + power * (mean_score - sampled_score),
        power=power,
        n_units=len(scores),
        n_labelled=int(known.sum()),
        clusters=names,
        errors=errors,
        unseen=_unseen(drawn, math.fsum(share[~known]), fine),
        n_labelled_clusters=len(labelled),
        degrees=len(labelled) - 1 - free,
    )


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


def _check(scores: np.ndarray, share: np.ndarray, drawn: np.ndarray, power: float | None) -> None:
    if not len(drawn):
        raise InputError("Invalid labels. At least one unit must have a label.")
    if np.isnan(scores).any():
        raise InputError("Invalid scores. Every unit needs one.")
    if not ((drawn > 0) & (drawn <= 1)).all():
        raise InputError("Invalid probabilities. Those of labelled units must lie in (0, 1].")
    if not (share > 0).all():
        raise InputError("Invalid weights. They must be positive.")
    if power is not None:
        check.check_number(power, "power", 0.0, 1.0)


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
