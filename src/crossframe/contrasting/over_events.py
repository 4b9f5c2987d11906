"""Outlet against outlet over several events: the event is the unit, differences are paired within events."""

from collections.abc import Sequence

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.within_event import COPY, VOICES, Row
from crossframe.records import Estimates, find_quantity
from crossframe.statistics.intervals import cluster_t_interval
from crossframe.statistics.tests import LEAST_EVENTS, benjamini_hochberg, sign_flip_p_value


def compare_over_events(
    estimates: Sequence[Estimates], *, seed: int | np.random.Generator | None = 0
) -> Estimates:
    """Estimate over events: means of outlets, and differences paired within events.

    Parameters
    ----------
    estimates : sequence of Estimates
        One an event, from `summarise_event`, `summarise_framing`, `summarise_voices` and `estimate_coverage`.
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". The event is the unit: intervals are cluster t with n_events - 1 degrees of freedom, tests
        flip the signs of the events' differences. A share or framing score (or difference of two) that is the same in
        all events has no interval. Below six events there is no p-value, and ``method`` says so. q-values correct within each
        quantity (Benjamini and Hochberg). In an event in which an outlet prints a copy, its differences to others do
        not take part. Of speakers only actors are followed over events: "a spokesman" of two events need not be one
        person. An outlet's share of voice of an actor is over the events in which it quotes somebody and any outlet
        quotes the actor.
    """
    rng = check.check_seed(seed)
    single: dict[tuple[str, ...], list[Row]] = {}
    for one in estimates:
        for row in one.rows():
            if find_quantity(row["quantity"]).poolable and _can_be_pooled(row):
                key = ("quantity", "outlet", "reference", "actor", "voice", "frame")
                single.setdefault(tuple(row[name] for name in key), []).append(row)
    rows = [_over_events(key, found, rng) for key, found in sorted(single.items())]
    for name in sorted({row["quantity"] for row in rows if row["reference"]}):
        tested = [row for row in rows if row["quantity"] == name]
        q_values = benjamini_hochberg(np.array([row["p_value"] for row in tested], dtype=float))
        for row, q_value in zip(tested, q_values.tolist(), strict=True):
            row["q_value"] = q_value
    return Estimates.from_rows(rows)


def _over_events(key: tuple[str, ...], found: list[Row], rng: np.random.Generator) -> Row:
    name, outlet, reference, actor, voice, frame = key
    quantity = find_quantity(name)
    values = np.array([row["estimate"] for row in found])
    interval = cluster_t_interval(values)
    low, high = np.clip(interval[1:], quantity.low, quantity.high).tolist()
    method = "cluster t over events" if len(values) > 1 else "one event: no interval"
    if len(values) > 1 and np.ptp(values) == 0.0 and not quantity.constant_interval:
        low, high, method = float("nan"), float("nan"), "the same in every event: no interval"
    p_value = float("nan")
    if reference:
        p_value = sign_flip_p_value(values, seed=rng)
        method += "; sign-flip test" if len(values) >= LEAST_EVENTS else "; too few events for a test"
    return {
        "quantity": name, "outlet": outlet, "reference": reference, "actor": actor, "voice": voice,
        "frame": frame, "estimate": interval.estimate, "low": low, "high": high,
        "p_value": p_value, "n_units": sum(row["n_units"] for row in found),
        "n_articles": sum(row["n_articles"] for row in found), "n_events": len(found), "method": method,
    }  # fmt: skip


def _can_be_pooled(row: Row) -> bool:
    named = row["actor"] or row["voice"] in ("", *VOICES)
    return bool(named) and not row["method"].endswith(COPY)
