"""Outlet against outlet over several events: the event is the unit, differences are paired within events."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import COPY, Estimate, Subject, collect_estimates
from crossframe.records import AUTHOR, QUOTED, Estimates
from crossframe.records.quantities import find_quantity
from crossframe.statistics.intervals import cluster_t_interval
from crossframe.statistics.tests import MIN_EVENTS, sign_flip_p_value


def compare_over_events(
    estimates: Sequence[Estimates], *, seed: int | np.random.Generator | None = 0
) -> Estimates:
    """Estimate over events: means of outlets, and differences paired within events.

    Parameters
    ----------
    estimates : sequence of Estimates
        One per event, from `summarise_event`, `summarise_framing`, `summarise_voices` and `estimate_coverage`; only
        poolable quantities are pooled (see `records.quantities`).
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". The event is the unit: intervals are cluster t with n_events - 1 degrees of freedom, tests
        flip the signs of the events' differences. A share or framing score (or difference of two) that is the same in
        all events has no interval. Below six events there is no p-value, and ``method`` notes it. q-values correct
        within each quantity (Benjamini and Hochberg). In an event in which an outlet prints a copy, its differences to
        others do not take part. Of speakers only actors are followed over events: "a spokesman" of two events need not
        be one person. An outlet's share of voice of an actor is over the events in which it quotes somebody and any
        outlet quotes the actor.
    """
    rng = check.check_seed(seed)
    rows_of: dict[Subject, list[dict[str, Any]]] = {}
    for event in estimates:
        for row in event.rows():
            if find_quantity(row["quantity"]).poolable and _can_be_pooled(row):
                subject = Subject(**{name: row[name] for name in Subject._fields})
                rows_of.setdefault(subject, []).append(row)
    return collect_estimates(_pool_events(subject, rows, rng) for subject, rows in sorted(rows_of.items()))


def _can_be_pooled(row: Mapping[str, Any]) -> bool:
    """Return whether the row is of something that has a name in all events, and of independent outlets."""
    is_named = row["actor"] or row["voice"] in ("", AUTHOR, QUOTED)
    return bool(is_named) and not row["method"].endswith(COPY)


def _pool_events(subject: Subject, rows: Sequence[Mapping[str, Any]], rng: np.random.Generator) -> Estimate:
    values = np.array([row["estimate"] for row in rows])
    estimate, low, high = cluster_t_interval(values)
    method = "cluster t over events" if len(rows) > 1 else "one event: no interval"
    is_constant = len(rows) > 1 and np.ptp(values) == 0.0
    if is_constant and not find_quantity(subject.quantity).constant_interval:
        low, high, method = math.nan, math.nan, "the same in every event: no interval"
    p_value = math.nan
    if subject.reference:
        p_value = sign_flip_p_value(values, seed=rng)
        method += "; sign-flip test" if len(rows) >= MIN_EVENTS else "; too few events for a test"
    n_units, n_articles = (sum(row[name] for row in rows) for name in ("n_units", "n_articles"))
    return Estimate(subject, estimate, method, n_units, n_articles, low, high, p_value, len(rows))
