"""Metrics of framing scores against people's judgements: which of two outlets is the kinder, and negative or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from crossframe.learning.splits import folds_by_group
from crossframe.records import Texts
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio, percentile_interval

FOLDS, REPEATS = 10, 5
"""Folds of events, and how often they are drawn anew."""
QUANTILES = np.linspace(0.02, 0.98, 25)
"""Of the scores of the training cases, where cuts into classes are tried."""


class Pairs(NamedTuple):
    """Pairs of cases of one event: `higher` and `lower` in people's order, `event` by number; int of shape (n_pairs,)."""

    higher: np.ndarray
    lower: np.ndarray
    event: np.ndarray


@dataclass(frozen=True)
class Cases:
    """What people judged, one row per case.

    Parameters
    ----------
    event, outlet, article, actor : tuple of str
        ``actor`` is "" where articles as a whole were judged.
    truth : ndarray of shape (n_cases,)
        The judgement, whole numbers or a mean: higher is kinder to the actor, or further to the right.
    """

    event: Texts
    outlet: Texts
    article: Texts
    actor: Texts
    truth: np.ndarray

    def __len__(self) -> int:
        return len(self.truth)

    @cached_property
    def event_number(self) -> np.ndarray:
        """Number of every case's event, from 0 in order of their ids: int of shape (n_cases,)."""
        return np.unique(np.array(self.event), return_inverse=True)[1]

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs of cases of one event and one actor that people judged differently."""
        cells: dict[tuple[str, str], list[int]] = {}
        for number, key in enumerate(zip(self.event, self.actor, strict=True)):
            cells.setdefault(key, []).append(number)
        ordered = [
            (left, right)
            for _, cases in sorted(cells.items())
            for left in cases
            for right in cases
            if self.truth[left] > self.truth[right]
        ]
        higher, lower = np.array(ordered, dtype=int).reshape(-1, 2).T
        return Pairs(higher, lower, self.event_number[higher])


class Metric(NamedTuple):
    """A metric with its 95 % interval over events."""

    value: float
    low: float
    high: float


def score_order(cases: Cases, scores: Sequence[np.ndarray], *, seed: int = 0) -> Metric:
    """Return how many pairs of one event and actor the scores order as people did; ties count half.

    Parameters
    ----------
    cases : Cases
        With their pairs.
    scores : sequence of ndarray of shape (n_cases,)
        One per repetition; the metric is the mean over them.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Metric
        Share of pairs in [0, 1]; interval: whole events drawn with replacement.

    Examples
    --------
    >>> cases = Cases(("e",) * 3, ("a", "b", "c"), ("x", "y", "z"), ("doe",) * 3, np.array([1, 0, -1]))
    >>> score_order(cases, [np.array([0.2, 0.3, 0.1])]).value.__round__(3)
    0.667
    """
    return _over_pairs(cases, _are_right(cases, scores), seed)


def score_gain(
    cases: Cases, scores: Sequence[np.ndarray], others: Sequence[np.ndarray], *, seed: int = 0
) -> Metric:
    """Return by how much `scores` order a larger share of the pairs right than `others`: paired, interval over events.

    Examples
    --------
    >>> cases = Cases(("e",) * 2, ("a", "b"), ("x", "y"), ("doe",) * 2, np.array([1, 0]))
    >>> score_gain(cases, [np.array([0.2, 0.1])], [np.array([0.1, 0.1])]).value
    0.5
    """
    return _over_pairs(cases, _are_right(cases, scores) - _are_right(cases, others), seed)


def _over_pairs(cases: Cases, values: np.ndarray, seed: int) -> Metric:
    """Return the mean of one value per pair, whole events drawn with replacement for its interval."""
    _, number = np.unique(cases.pairs.event, return_inverse=True)
    totals, counts = np.bincount(number, values), np.bincount(number)
    draws = bootstrap_ratio(totals, counts, np.random.default_rng(seed))
    return Metric(float(values.mean()), *percentile_interval(draws))


def _are_right(cases: Cases, scores: Sequence[np.ndarray]) -> np.ndarray:
    right: np.ndarray = np.mean([_is_right(cases.pairs, score) for score in scores], axis=0)
    return right


def _is_right(pairs: Pairs, score: np.ndarray) -> np.ndarray:
    """Return 1 where the score orders a pair as people did, 0.5 where it ties, else 0: shape (n_pairs,)."""
    gap: np.ndarray = np.sign(np.round(score, 4)[pairs.higher] - np.round(score, 4)[pairs.lower])
    return (gap + 1) / 2


def score_auc(cases: Cases, scores: Sequence[np.ndarray], *, seed: int = 0) -> Metric:
    """Return the area under the ROC curve of the negated scores: judged negative (truth below 0) against the rest.

    Parameters
    ----------
    cases : Cases
    scores : sequence of ndarray of shape (n_cases,)
        One per repetition; the metric is the mean over them.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Metric
        Interval: whole events drawn with replacement; draws without both kinds of case do not count.

    Examples
    --------
    >>> cases = Cases(("e", "e", "f"), ("a", "b", "a"), ("x", "y", "z"), ("doe",) * 3, np.array([0, -1, 1]))
    >>> score_auc(cases, [np.array([0.2, 0.1, 0.0])]).value
    0.5
    """
    negative = cases.truth < 0
    n_events = int(cases.event_number.max()) + 1
    member = np.eye(n_events)[cases.event_number]
    below, rest = member[negative], member[~negative]
    wins = np.mean([below.T @ _wins(score[negative], score[~negative]) @ rest for score in scores], axis=0)
    pairs = np.outer(below.sum(axis=0), rest.sum(axis=0))
    rng = np.random.default_rng(seed)
    times = rng.multinomial(n_events, np.full(n_events, 1 / n_events), size=DRAWS).astype(float)
    won, of = ((times @ wins) * times).sum(axis=1), ((times @ pairs) * times).sum(axis=1)
    draws = won[of > 0] / of[of > 0]
    return Metric(float(wins.sum() / pairs.sum()), *percentile_interval(draws))


def _wins(negative: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return 1 where the negative case has the lower score, 0.5 where both have one: shape (n_negative, n_rest)."""
    gap: np.ndarray = np.sign(np.round(rest, 4)[None, :] - np.round(negative, 4)[:, None])
    return (gap + 1) / 2


def repeat_folds(cases: Cases) -> Iterator[list[tuple[np.ndarray, np.ndarray]]]:
    """Yield for every repetition its folds as (training cases, held-out cases): no event is on both sides."""
    for seed in range(REPEATS):
        yield list(folds_by_group(cases.event, FOLDS, seed=seed))


def classify_out_of_fold(scores: Sequence[np.ndarray], cases: Cases) -> float:
    """Return the macro-F1 of negative, neutral, positive by two cuts of the scores, chosen on the other events.

    Parameters
    ----------
    scores : sequence of ndarray of shape (n_cases,)
        One per repetition, or one for all.
    cases : Cases
        With judgements -1, 0, 1.

    Returns
    -------
    float
        Mean over the repetitions.
    """
    values = []
    for number, folds in enumerate(repeat_folds(cases)):
        score = scores[number % len(scores)]
        classes = np.zeros(len(cases), dtype=int)
        for train, held in folds:
            low, high = _cuts(score[train], cases.truth[train])
            classes[held] = (score[held] >= high).astype(int) - (score[held] <= low)
        values.append(_macro_f1(cases.truth, classes))
    return float(np.mean(values))


def _cuts(score: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    values = np.unique(np.quantile(score, QUANTILES)).tolist()
    choices = [(low, high) for low in values for high in [*values, np.inf] if low < high]
    return max(
        choices or [(-np.inf, np.inf)],
        key=lambda cut: _macro_f1(truth, (score >= cut[1]).astype(int) - (score <= cut[0])),
    )


def _macro_f1(truth: np.ndarray, predicted: np.ndarray) -> float:
    both = np.array([((truth == c) & (predicted == c)).sum() for c in (-1, 0, 1)])
    either = np.array([(truth == c).sum() + (predicted == c).sum() for c in (-1, 0, 1)])
    return float(np.mean(2 * both / np.maximum(either, 1)))


def score_all(cases: "Cases", scores: Mapping[str, Sequence[np.ndarray]]) -> dict[str, float]:
    """Return auc and ordering_accuracy of all `scores` with their intervals; their names after each prefix."""
    metrics: dict[str, float] = {}
    for prefix, score in scores.items():
        metrics |= bound_metric(f"{prefix}auc", score_auc(cases, score))
        metrics |= bound_metric(f"{prefix}ordering_accuracy", score_order(cases, score))
    return metrics


def bound_metric(name: str, metric: Metric) -> dict[str, float]:
    """Return a metric as `name`, ``<name>_low`` and ``<name>_high``."""
    return {name: metric.value, f"{name}_low": metric.low, f"{name}_high": metric.high}
