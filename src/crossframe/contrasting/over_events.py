"""Outlet against outlet over several events: the event is the unit, differences are paired within events."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import COPY, Estimate, Subject, collect_estimates
from crossframe.contrasting.judged import MIN_JUDGED, EventValue, Values, describe_too_few
from crossframe.records import AUTHOR, QUOTED, Estimates
from crossframe.records.quantities import find_quantity
from crossframe.statistics.intervals import cluster_t_interval
from crossframe.statistics.tests import MIN_EVENTS, sign_flip_p_value


def compare_over_events(
    estimates: Sequence[Estimates],
    judged: Values | None = None,
    *,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Estimate over events: means of outlets, and differences paired within events.

    Parameters
    ----------
    estimates : sequence of Estimates
        One per event, from `summarise_event`, `summarise_framing`, `summarise_voices` and `estimate_coverage`; only
        poolable quantities are pooled (see `records.quantities`).
    judged : dict of Subject to list of EventValue, optional
        Values of what was judged by event, from `average_by_event`, `sum_by_event` and `pair_values`. They take the place
        of the estimates of these quantities, which single events lack where they have fewer than three sentences.
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". The event is the unit: intervals are cluster t with n_events - 1 degrees of freedom, tests
        flip the signs of the events' differences. A share or framing (or difference of two) that is the same in
        all events has no interval. Below six events there is no p-value, and ``method`` notes it. q-values correct
        within each quantity, of single voices and of all together (Benjamini and Hochberg). In an event in which an outlet prints a copy, its differences to
        others do not take part. Of speakers only actors are followed over events: "a spokesman" of two events need not
        be one person. An outlet's share of voice of an actor is over the events in which it quotes somebody and any
        outlet quotes the actor. What was judged in fewer than three sentences of all events has no mean, and no
        difference.
    """
    rng = check.check_seed(seed)
    values = dict(judged or {})
    own = {subject.quantity for subject in values}
    for event in estimates:
        for row in event.rows():
            if find_quantity(row["quantity"]).poolable and row["quantity"] not in own and _can_be_pooled(row):
                subject = Subject(**{name: row[name] for name in Subject._fields})
                value = EventValue(row["event"], row["estimate"], row["n_units"], row["n_articles"], ())
                values.setdefault(subject, []).append(value)
    pooled = (_pool_events(subject, of_events, rng) for subject, of_events in sorted(values.items()))
    return collect_estimates(row for row in pooled if row is not None)


def _can_be_pooled(row: Mapping[str, Any]) -> bool:
    """Return whether the row is of something that has a name in all events, of independent outlets, and has a value."""
    is_named = row["actor"] or row["voice"] in ("", AUTHOR, QUOTED)
    return bool(is_named) and not row["method"].endswith(COPY) and not math.isnan(row["estimate"])


def _pool_events(
    subject: Subject, of_events: Sequence[EventValue], rng: np.random.Generator
) -> Estimate | None:
    """Return the row of a subject over events; None for a difference of too few judged sentences."""
    n_units, n_articles = sum(one.n_units for one in of_events), sum(one.n_articles for one in of_events)
    fewest = min(map(sum, zip(*(one.n_sentences for one in of_events), strict=True)), default=MIN_JUDGED)
    if 0 < fewest < MIN_JUDGED:
        why = describe_too_few(fewest)
        row = Estimate(subject, math.nan, why, n_units, n_articles, n_events=len(of_events))
        return None if subject.reference else row
    values = np.array([one.value for one in of_events])
    estimate, low, high = cluster_t_interval(values)
    method = "cluster t over events" if len(values) > 1 else "one event: no interval"
    is_constant = len(values) > 1 and np.ptp(values) == 0.0
    if is_constant and not find_quantity(subject.quantity).constant_interval:
        low, high, method = math.nan, math.nan, "the same in every event: no interval"
    p_value = math.nan
    if subject.reference:
        p_value = sign_flip_p_value(values, seed=rng)
        method += "; sign-flip test" if len(values) >= MIN_EVENTS else "; too few events for a test"
    return Estimate(subject, estimate, method, n_units, n_articles, low, high, p_value, len(values))
