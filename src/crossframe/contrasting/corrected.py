"""Stance with the classifier's error taken off, by labels that people gave mentions of the study itself."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.labelled import Labelled, cells_of, find_fault, join_labels, pair_events
from crossframe.contrasting.within_event import COPY, Row
from crossframe.records import Annotation, Article, Copies, Estimates, Gold
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio, percentile_interval
from crossframe.statistics.prediction_powered import PoweredMean, estimate_difference, estimate_mean
from crossframe.statistics.tests import LEAST_EVENTS, benjamini_hochberg, sign_flip_p_value

STANCE, DIFFERENCE = "stance_corrected", "stance_difference_corrected"


def correct_event(
    stance: Annotation,
    gold: Gold | None,
    articles: Iterable[Article],
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate the stance that people would read in one event, from the classifier and the labels of a sample.

    Parameters
    ----------
    stance : Annotation
        The classifier's, of mentions; labels negative, neutral, positive.
    gold : Annotation or None
        People's labels of some or all of these mentions, with the probabilities of the sample where they are known.
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
        ``n_units`` counts labelled mentions; ``method`` says how many there are of how many, and how the estimate was
        made, or, where ``estimate`` is NaN, why there is none. Differences stand only where both sides are estimated.

    Notes
    -----
    Where all mentions are labelled, it is the mean of the labels, with a bootstrap over sentences. Where a sample is,
    drawn by known probabilities, it is `estimate_mean` with sentences as clusters.
    """
    rng = check.check_seed(seed)
    placed = {article.id: article for article in articles}
    mentions = join_labels(
        (
            unit | {"event": event, "outlet": placed[unit["article"]].outlet, "score": score}
            for unit, score in zip(stance.units.rows(), stance.score.tolist(), strict=True)
        ),
        gold,
    )
    copying = frozenset(copies.sources({id: article.outlet for id, article in placed.items()}))
    rows = []
    for (actor, voice), by_outlet in cells_of(mentions):
        where = {"actor": actor, "voice": voice}
        rows += [_event_row(STANCE, [cell], rng, outlet=name, **where) for name, cell in by_outlet.items()]
        sound = [name for name, cell in by_outlet.items() if not find_fault(cell)]
        for one, other in combinations(sound, 2):
            sides = [by_outlet[one], by_outlet[other]]
            row = _event_row(DIFFERENCE, sides, rng, outlet=one, reference=other, **where)
            row["method"] += COPY if copying & {one, other} else ""
            rows.append(row)
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


def correct_over_events(
    stance: Iterable[Mapping[str, Any]],
    gold: Gold | None,
    copying: Collection[tuple[str, str]],
    *,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate over events the stance that people would read: means of outlets, differences paired within events.

    Parameters
    ----------
    stance : iterable of mapping
        Rows of the ``stance`` tables of all events.
    gold : Annotation or None
        People's labels of some or all of these mentions.
    copying : collection of (event, outlet)
        Who prints a copy where: takes no part in differences.
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
    for (actor, voice), by_outlet in cells_of(join_labels(stance, gold)):
        where = {"actor": actor, "voice": voice}
        rows += [
            _row_over_events(STANCE, [cell], rng, outlet=name, **where) for name, cell in by_outlet.items()
        ]
        for one, other in combinations(by_outlet, 2):
            sides = pair_events(by_outlet[one], by_outlet[other], copying)
            if all(len(side) and not find_fault(side) for side in sides):
                rows.append(_row_over_events(DIFFERENCE, sides, rng, outlet=one, reference=other, **where))
    tested = [row for row in rows if row["quantity"] == DIFFERENCE]
    q_values = benjamini_hochberg(np.array([row["p_value"] for row in tested], dtype=float))
    for row, q_value in zip(tested, q_values.tolist(), strict=True):
        row["q_value"] = q_value
    return Estimates.from_rows(rows)


def _told(cells: Sequence[Labelled]) -> str:
    """Return how many mentions are labelled, in words."""
    k, n = sum(int(cell.labelled.sum()) for cell in cells), sum(map(len, cells))
    if k == n:
        return f"all {n} mentions labelled" if n > 1 else "its only mention labelled"
    return f"prediction-powered, {k} of {n} mentions labelled"


def _row(quantity: str, cells: Sequence[Labelled], **found: Any) -> Row:
    """Return a row; estimates and bounds end where the quantity does."""
    end = float(len(cells))
    numbers = {name: float(np.clip(found.pop(name), -end, end)) for name in ("estimate", "low", "high")}
    articles = {article for cell in cells for article in cell.article}
    counts = {"n_units": sum(int(cell.labelled.sum()) for cell in cells), "n_articles": len(articles)}
    return {"quantity": quantity, **found, **numbers, **counts}


# --- one event ------------------------------------------------------------------------------------------


def _event_row(quantity: str, cells: Sequence[Labelled], rng: np.random.Generator, **where: str) -> Row:
    """Return the row of one cell, or of the difference of two."""
    fault = find_fault(cells[0])
    if fault:
        return _row(quantity, cells, **where, estimate=math.nan, low=math.nan, high=math.nan, method=fault)
    if all(cell.is_census for cell in cells):
        return _census_row(quantity, cells, rng, **where)
    means = [_mean(cell, cell.sentence) for cell in cells]
    estimate, low, high = _difference(means).interval()
    method = f"{_told(cells)}, {_powers(means)}; cluster t over sentences"
    return _row(quantity, cells, **where, estimate=estimate, low=low, high=high, method=method)


def _census_row(quantity: str, cells: Sequence[Labelled], rng: np.random.Generator, **where: str) -> Row:
    draws, means, sentences = [], [], []
    for cell in cells:
        number = {name: i for i, name in enumerate(sorted(set(cell.sentence)))}
        at = [number[name] for name in cell.sentence]
        draws.append(bootstrap_ratio(np.bincount(at, weights=cell.label), np.bincount(at), rng))
        means.append(float(np.mean(cell.label)))
        sentences.append(len(number))
    low, high, how = math.nan, math.nan, f"sentence bootstrap, {DRAWS}"
    if min(sentences) == 1:
        how = "a single sentence: no interval"
    elif all(np.ptp(cell.label) == 0 for cell in cells):
        how = "labels agree: no interval"
    else:
        low, high = percentile_interval(draws[0] - sum(draws[1:]))
    method = f"{_told(cells)}; {how}"
    return _row(
        quantity, cells, **where, estimate=means[0] - sum(means[1:]), low=low, high=high, method=method
    )


def _mean(cell: Labelled, clusters: Sequence[str], weights: np.ndarray | None = None) -> PoweredMean:
    drawn = np.ones(len(cell)) if cell.is_census else cell.probability
    return estimate_mean(cell.score, cell.label, drawn, clusters, weights=weights, small=cell.sentence)


def _difference(means: Sequence[PoweredMean]) -> PoweredMean:
    return means[0] if len(means) == 1 else estimate_difference(*means)


def _powers(means: Sequence[PoweredMean]) -> str:
    return f"power {' and '.join(f'{mean.power:.2f}' for mean in means)}"


# --- over events ----------------------------------------------------------------------------------------


def _row_over_events(quantity: str, cells: Sequence[Labelled], rng: np.random.Generator, **where: str) -> Row:
    n_events = len(set(cells[0].event))
    fault = find_fault(cells[0])
    if fault:
        nothing = dict.fromkeys(("estimate", "low", "high", "p_value"), math.nan)
        return _row(quantity, cells, **where, **nothing, method=fault, n_events=n_events)
    means = [_mean_over_events(cell) for cell in cells]
    mean = _difference(means)
    estimate, low, high = mean.interval()
    whole = all(cell.is_census for cell in cells)
    powers = "" if whole else f", {_powers(means)}"
    interval = "cluster t over events" if low == low else "too few events with labels for an interval"
    method = f"{_told(cells)}{powers}; {interval}"
    p_value = math.nan
    if "reference" in where:
        if mean.n_labelled_clusters < LEAST_EVENTS:
            method += "; too few events with labels for a test"
        elif whole:
            p_value, method = sign_flip_p_value(mean.values(), seed=rng), f"{method}; sign-flip test"
        else:
            p_value, method = mean.p_value(), f"{method}; t test"
    return _row(
        quantity, cells, **where, estimate=estimate, low=low, high=high, p_value=p_value, method=method,
        n_events=n_events,
    )  # fmt: skip


def _mean_over_events(cell: Labelled) -> PoweredMean:
    sizes = {event: cell.event.count(event) for event in set(cell.event)}
    weights = np.array([1 / sizes[event] for event in cell.event])
    return _mean(cell, cell.event, weights)
