"""Stance corrected for the classifier's error, by the labels of the study's own mentions."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Subject, collect_estimates
from crossframe.contrasting.labelled import Labelled, find_fault, group_labelled, join_labels, pair_events
from crossframe.records import Annotation, Article, Copies, Estimates
from crossframe.statistics.intervals import DRAWS, Interval, bootstrap_ratio, percentile_interval
from crossframe.statistics.prediction_powered import PoweredMean, estimate_difference, estimate_mean
from crossframe.statistics.tests import MIN_EVENTS, sign_flip_p_value

STANCE, DIFFERENCE = "stance_corrected", "stance_difference_corrected"
_NOTHING = Interval(math.nan, math.nan, math.nan)


def correct_event(
    stance: Annotation,
    labels: Annotation | None,
    articles: Iterable[Article],
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate the stance that the study's labels would show in one event, from the classifier and the labels of a sample.

    Parameters
    ----------
    stance : Annotation
        The classifier's, of mentions; labels negative, neutral, positive.
    labels : Annotation or None
        Labels of some or all of these mentions (`labels_of`), with the probabilities of the sample where they are known.
    articles : iterable of Article
        Of the event.
    copies : Copies
        A difference to which a copying outlet is a side is marked in ``method``.
    event : str
        Id of the event.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Quantities ``stance_corrected`` and ``stance_difference_corrected`` for the same outlets, actors and voices as
        ``stance`` and ``stance_difference``, for actors that have labels in the event. Description only: no p-values.
        ``n_units`` counts labelled mentions; ``method`` gives their number out of how many, and how the estimate was
        made, or, where ``estimate`` is NaN, why there is none. Differences are listed where both sides are estimated.

    Notes
    -----
    Where all mentions are labelled, it is the mean of the labels, with a bootstrap over sentences. Where a sample is,
    drawn by known probabilities, it is `estimate_mean` with sentences as clusters.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in articles}
    mentions = join_labels(
        (
            unit | {"event": event, "outlet": outlet_of[unit["article"]], "score": score}
            for unit, score in zip(stance.units.rows(), stance.score.tolist(), strict=True)
        ),
        labels,
    )
    rows = []
    for (actor, voice), cells in group_labelled(mentions):
        rows += [
            _describe(Subject(STANCE, outlet, actor=actor, voice=voice), [cell], rng)
            for outlet, cell in cells.items()
        ]
        correctable = [outlet for outlet, cell in cells.items() if not find_fault(cell)]
        rows += [
            _describe(Subject(DIFFERENCE, one, other, actor, voice), [cells[one], cells[other]], rng)
            for one, other in combinations(correctable, 2)
        ]
    return collect_estimates(rows, event=event, copying=copies.sources(outlet_of))


def correct_over_events(
    stance: Iterable[Mapping[str, Any]],
    labels: Annotation | None,
    copying: Collection[tuple[str, str]],
    *,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate over events the stance that the study's labels would show: means of outlets, differences paired in events.

    Parameters
    ----------
    stance : iterable of mapping
        Rows of the ``stance`` tables of all events.
    labels : Annotation or None
        Labels of some or all of these mentions.
    copying : collection of (event, outlet)
        Which outlets print a copy in which event; they take no part in its differences.
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". Labels of all events correct together, so that events with few are of use; each event weighs
        the same. Intervals are cluster t over events, tests flip the signs of the events' corrected differences; below
        six events there is no p-value. q-values correct within ``stance_difference_corrected`` (Benjamini and
        Hochberg).
    """
    rng = check.check_seed(seed)
    rows = []
    for (actor, voice), cells in group_labelled(join_labels(stance, labels)):
        rows += [
            _estimate(Subject(STANCE, outlet, actor=actor, voice=voice), [cell], rng)
            for outlet, cell in cells.items()
        ]
        for one, other in combinations(cells, 2):
            sides = pair_events(cells[one], cells[other], copying)
            if all(len(side) and not find_fault(side) for side in sides):
                rows.append(_estimate(Subject(DIFFERENCE, one, other, actor, voice), sides, rng))
    return collect_estimates(rows)


def _row(
    subject: Subject, cells: Sequence[Labelled], interval: Interval, method: str, **rest: Any
) -> Estimate:
    articles = {article for cell in cells for article in cell.article}
    n_labels = sum(int(cell.labelled.sum()) for cell in cells)
    return Estimate(
        subject, interval.estimate, method, n_labels, len(articles), interval.low, interval.high, **rest
    )


def _count_labels(cells: Sequence[Labelled]) -> str:
    """Return how many mentions are labelled, in words."""
    k, n = sum(int(cell.labelled.sum()) for cell in cells), sum(map(len, cells))
    if k == n:
        return f"all {n} mentions labelled" if n > 1 else "its only mention labelled"
    return f"prediction-powered, {k} of {n} mentions labelled"


# --- one event ------------------------------------------------------------------------------------------


def _describe(subject: Subject, cells: Sequence[Labelled], rng: np.random.Generator) -> Estimate:
    """Return the row of one cell, or of the difference of two, within an event."""
    fault = find_fault(cells[0])
    if fault:
        return _row(subject, cells, _NOTHING, fault)
    if all(cell.is_census for cell in cells):
        return _describe_census(subject, cells, rng)
    means = [_mean(cell, cell.sentence) for cell in cells]
    method = f"{_count_labels(cells)}, {_describe_power(means)}; cluster t over sentences"
    return _row(subject, cells, _difference(means).interval(), method)


def _describe_census(subject: Subject, cells: Sequence[Labelled], rng: np.random.Generator) -> Estimate:
    draws, means, n_sentences = [], [], []
    for cell in cells:
        number = {name: i for i, name in enumerate(sorted(set(cell.sentence)))}
        at = [number[name] for name in cell.sentence]
        draws.append(bootstrap_ratio(np.bincount(at, weights=cell.label), np.bincount(at), rng))
        means.append(float(np.mean(cell.label)))
        n_sentences.append(len(number))
    low, high, how = math.nan, math.nan, f"sentence bootstrap, {DRAWS}"
    if min(n_sentences) == 1:
        how = "a single sentence: no interval"
    elif all(np.ptp(cell.label) == 0 for cell in cells):
        how = "labels agree: no interval"
    else:
        low, high = percentile_interval(draws[0] - sum(draws[1:]))
    interval = Interval(means[0] - sum(means[1:]), low, high)
    return _row(subject, cells, interval, f"{_count_labels(cells)}; {how}")


def _mean(cell: Labelled, clusters: Sequence[str], weights: np.ndarray | None = None) -> PoweredMean:
    drawn = np.ones(len(cell)) if cell.is_census else cell.probability
    return estimate_mean(cell.score, cell.label, drawn, clusters, weights=weights, small=cell.sentence)


def _difference(means: Sequence[PoweredMean]) -> PoweredMean:
    return means[0] if len(means) == 1 else estimate_difference(*means)


def _describe_power(means: Sequence[PoweredMean]) -> str:
    return f"power {' and '.join(f'{mean.power:.2f}' for mean in means)}"


# --- over events ----------------------------------------------------------------------------------------


def _estimate(subject: Subject, cells: Sequence[Labelled], rng: np.random.Generator) -> Estimate:
    """Return the row of one cell, or of the difference of two, over events."""
    n_events = len(set(cells[0].event))
    fault = find_fault(cells[0])
    if fault:
        return _row(subject, cells, _NOTHING, fault, n_events=n_events)
    means = [_mean_over_events(cell) for cell in cells]
    mean = _difference(means)
    interval = mean.interval()
    is_census = all(cell.is_census for cell in cells)
    powers = "" if is_census else f", {_describe_power(means)}"
    how = (
        "too few events with labels for an interval" if math.isnan(interval.low) else "cluster t over events"
    )
    method = f"{_count_labels(cells)}{powers}; {how}"
    p_value = math.nan
    if subject.reference:
        if mean.n_labelled_clusters < MIN_EVENTS:
            method += "; too few events with labels for a test"
        elif is_census:
            p_value, method = sign_flip_p_value(mean.values(), seed=rng), f"{method}; sign-flip test"
        else:
            p_value, method = mean.p_value(), f"{method}; t test"
    return _row(subject, cells, interval, method, p_value=p_value, n_events=n_events)


def _mean_over_events(cell: Labelled) -> PoweredMean:
    sizes = Counter(cell.event)
    weights = np.array([1 / sizes[event] for event in cell.event])
    return _mean(cell, cell.event, weights)
