"""Portrayal and stance corrected for the classifier's error, by the labels of the study's own sentences."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Subject, collect_estimates
from crossframe.contrasting.judged import MIN_JUDGED, Judged
from crossframe.contrasting.labelled import (
    Labelled,
    find_fault,
    group_labelled,
    join_all_voices,
    join_labels,
    pair_events,
)
from crossframe.records import PORTRAYAL, Annotation, Estimates
from crossframe.statistics.intervals import (
    DRAWS,
    Interval,
    bootstrap_ratio,
    cluster_t_interval,
    percentile_interval,
)
from crossframe.statistics.prediction_powered import PoweredMean, estimate_difference, estimate_mean
from crossframe.statistics.tests import MIN_EVENTS, sign_flip_p_value

_NOTHING = Interval(math.nan, math.nan, math.nan)


def correct_event(
    judged: Judged,
    labels: Annotation | None,
    construct: str,
    *,
    event: str,
    copying: Collection[str] = (),
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate the portrayal or stance that the study's labels would show in one event, from classifier and labels of a sample.

    Parameters
    ----------
    judged : Judged
        The classifier's, of one event.
    labels : Annotation or None
        Labels of some or all of it (`labels_of`), with the probabilities of the sample where they are known.
    construct : str
        ``portrayal`` or ``stance``.
    event : str
        Id of the event.
    copying : collection of str
        Outlets that print a copy; a difference to which one is a side is marked in ``method``.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Quantities ``<construct>_corrected`` and ``<construct>_difference_corrected`` for the same outlets, actors and
        voices as those without labels, for actors that have labels in the event. Description only: no p-values.
        ``n_units`` counts labelled judgements; ``method`` gives their number out of how many, and how the estimate was
        made, or, where ``estimate`` is NaN, why there is none. Differences are listed where both sides are estimated.
        ``<construct>_minus_labels`` is by how much the classifier's mean lies above that of the labels, on the labelled
        sentences alone, where these are three or more, or all of fewer (without an interval); it estimates nothing for others.

    Notes
    -----
    Where everything is labelled, it is the mean of the labels, with a bootstrap over sentences. Where a sample is,
    drawn by known probabilities, it is `estimate_mean` with sentences as clusters.
    """
    rng = check.check_seed(seed)
    corrected, difference = _quantities(construct)
    rows = []
    for (actor, voice), cells in _group_cells(judged, labels, construct):
        rows += [
            _describe(Subject(corrected, outlet, actor=actor, voice=voice), [cell], rng)
            for outlet, cell in cells.items()
        ]
        correctable = [outlet for outlet, cell in cells.items() if not find_fault(cell)]
        rows += [
            _describe(Subject(difference, one, other, actor, voice), [cells[one], cells[other]], rng)
            for one, other in combinations(correctable, 2)
        ]
        rows += [
            _describe_gap(Subject(f"{construct}_minus_labels", outlet, actor=actor, voice=voice), cell, rng)
            for outlet, cell in cells.items()
            if cell.is_compared
        ]
    return collect_estimates(rows, event=event, copying=copying)


def correct_over_events(
    judged: Judged,
    labels: Annotation | None,
    construct: str,
    copying: Collection[tuple[str, str]],
    *,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate over events the portrayal or stance that the study's labels would show: means of outlets, paired differences.

    Parameters
    ----------
    judged : Judged
        The classifier's, of all events.
    labels : Annotation or None
        Labels of some or all of it.
    construct : str
        ``portrayal`` or ``stance``.
    copying : collection of (event, outlet)
        Which outlets print a copy in which event; they take no part in its differences.
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". Labels of all events correct together, so that events with few are of use; each event weighs
        the same. Intervals are cluster t over events, tests flip the signs of the events' corrected differences; below
        six events there is no p-value. q-values correct within the differences (Benjamini and Hochberg).
        ``<construct>_minus_labels`` as in `correct_event`.
    """
    rng = check.check_seed(seed)
    corrected, difference = _quantities(construct)
    rows = []
    for (actor, voice), cells in _group_cells(judged, labels, construct):
        rows += [
            _estimate(Subject(corrected, outlet, actor=actor, voice=voice), [cell], rng)
            for outlet, cell in cells.items()
        ]
        for one, other in combinations(cells, 2):
            sides = pair_events(cells[one], cells[other], copying)
            if all(len(side) and not find_fault(side) for side in sides):
                rows.append(_estimate(Subject(difference, one, other, actor, voice), sides, rng))
        rows += [
            _estimate_gap(Subject(f"{construct}_minus_labels", outlet, actor=actor, voice=voice), cell)
            for outlet, cell in cells.items()
            if cell.is_compared
        ]
    return collect_estimates(rows)


def _quantities(construct: str) -> tuple[str, str]:
    return f"{construct}_corrected", f"{construct}_difference_corrected"


def _group_cells(
    judged: Judged, labels: Annotation | None, construct: str
) -> Iterator[tuple[tuple[str, str], dict[str, Labelled]]]:
    is_portrayal = construct == PORTRAYAL
    joined = join_all_voices(judged, labels) if is_portrayal else join_labels(judged, labels, construct)
    return group_labelled(joined)


def _row(
    subject: Subject, cells: Sequence[Labelled], interval: Interval, method: str, **rest: Any
) -> Estimate:
    articles = {article for cell in cells for article in cell.article}
    n_labels = sum(int(cell.labelled.sum()) for cell in cells)
    return Estimate(
        subject, interval.estimate, method, n_labels, len(articles), interval.low, interval.high, **rest
    )


def _count_labels(cells: Sequence[Labelled]) -> str:
    """Return how many judgements are labelled, in words."""
    k, n = sum(int(cell.labelled.sum()) for cell in cells), sum(map(len, cells))
    return f"all {n} judgements labelled" if k == n else f"prediction-powered, {k} of {n} judgements labelled"


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
    draws, means = [], []
    for cell in cells:
        number = {name: i for i, name in enumerate(sorted(set(cell.sentence)))}
        at = [number[name] for name in cell.sentence]
        draws.append(bootstrap_ratio(np.bincount(at, weights=cell.label), np.bincount(at), rng))
        means.append(float(np.mean(cell.label)))
    low, high, how = math.nan, math.nan, f"sentence bootstrap, {DRAWS}"
    if all(np.ptp(cell.label) == 0 for cell in cells):
        how = "labels agree: no interval"
    else:
        low, high = percentile_interval(draws[0] - sum(draws[1:]))
    interval = Interval(means[0] - sum(means[1:]), low, high)
    return _row(subject, cells, interval, f"{_count_labels(cells)}; {how}")


def _describe_gap(subject: Subject, cell: Labelled, rng: np.random.Generator) -> Estimate:
    """Return the mean of score minus label over the labelled judgements of a cell, its sentences redrawn."""
    known = cell.select(cell.labelled)
    gap = known.score - known.label
    if known.n_sentences < MIN_JUDGED:
        method = f"{len(known)} labelled judgements; no interval: too few sentences"
        return _row(subject, [cell], Interval(float(gap.mean()), math.nan, math.nan), method)
    number = {name: i for i, name in enumerate(sorted(set(known.sentence)))}
    at = [number[name] for name in known.sentence]
    draws = bootstrap_ratio(np.bincount(at, weights=gap), np.bincount(at), rng)
    interval = Interval(float(gap.mean()), *percentile_interval(draws))
    return _row(subject, [cell], interval, f"{len(known)} labelled judgements; sentence bootstrap, {DRAWS}")


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


def _estimate_gap(subject: Subject, cell: Labelled) -> Estimate:
    """Return the mean of score minus label over events, of the labelled judgements of a cell."""
    known = cell.select(cell.labelled)
    events = sorted(set(known.event))
    names = np.array(known.event)
    gap = known.score - known.label
    interval = cluster_t_interval(np.array([gap[names == event].mean() for event in events]))
    how = "cluster t over events" if len(events) > 1 else "one event: no interval"
    if known.n_sentences < MIN_JUDGED:
        interval, how = Interval(interval.estimate, math.nan, math.nan), "no interval: too few sentences"
    method = f"{len(known)} labelled judgements; {how}"
    return _row(subject, [cell], interval, method, n_events=len(events))


def _mean_over_events(cell: Labelled) -> PoweredMean:
    sizes = Counter(cell.event)
    weights = np.array([1 / sizes[event] for event in cell.event])
    return _mean(cell, cell.event, weights)
