"""Who tells which claim, and who leaves it out."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve, find_omissions, trace_claims
from crossframe.contrasting.within_event import COPY
from crossframe.records import Alignment, Coverage, Estimates
from crossframe.statistics.intervals import cluster_t_interval

LEAST_CLAIMS = 5
"""Claims that all other outlets tell, below which too little is known of an outlet's omissions."""
LEAST_OUTLETS = 3
"""Outlets of an event, copies not counted, below which there is no claim that all *others* tell."""
LEAST_EVENTS = 6
"""Events with such claims, below which there is no interval either (as for tests: see `contrasting.over_events`)."""


def measure_coverage(alignment: Alignment, *, event: str, curve: AbsenceCurve | None = None) -> Coverage:
    """Return which outlet of an event covers which claim.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims. Claims are told by two outlets or more; what one outlet alone tells is no claim.
    event : str
        Id of the event.
    curve : AbsenceCurve, optional
        Of the aligner; None takes the default.

    Returns
    -------
    Coverage
        One row a claim and outlet. ``covered`` says whether a sentence of the outlet is in the claim. ``p_absent`` is
        the probability that none of the outlet's sentences tells the claim, also where one is taken to tell it: by
        `curve`, from how near the outlet's sentences come to the claim (`contrasting.absence.trace_claims`), so that
        what an aligner is known to miss is counted. It is calibrated for an aligner whose training brought its own
        curve, fitted on events that it had not seen; with the default curve (peers bring none) it is not.

    Notes
    -----
    A claim without a row of the outlet is not yet an omission that can be relied on. `find_omissions` calls one when
    ``covered`` is 0 and the probability that the sentence has a partner elsewhere (its best pair within the claim, in
    the table ``pairs``) times ``p_absent`` reaches the curve's threshold.
    """
    sentences, traces = alignment.sentences, trace_claims(alignment)
    curve = curve or AbsenceCurve()
    rows = []
    for claim in alignment.claims:
        label = " ".join(sentences.text[claim.representative].split())
        for one in sorted(set(sentences.outlet)):
            n_sentences = sum(sentences.outlet[row] == one for row in claim.rows)
            rows.append(
                {
                    "event": event,
                    "claim": claim.id,
                    "label": label,
                    "outlet": one,
                    "covered": int(n_sentences > 0),
                    "n_sentences": n_sentences,
                    "p_absent": curve.p_absent(traces[claim.id, one]),
                }
            )
    return Coverage.from_rows(rows)


def estimate_coverage(
    coverage: Coverage, n_articles: Mapping[str, int], *, event: str, copies: Mapping[str, str] | None = None
) -> Estimates:
    """Return for one event the share of its claims that each outlet tells, and the differences between outlets.

    Parameters
    ----------
    coverage : Coverage
        Of one event.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    copies : mapping of str to str, optional
        Outlet whose article an outlet prints, by the outlet that prints it. What a copy and its source tell is told
        once: where nobody else tells it, it is no claim here.

    Returns
    -------
    Estimates
        The interval says how far the share depends on the claims, given that the aligner found them right: Wilson's,
        without test. Differences to which a copying outlet is a side are marked in ``method``.
    """
    rows: list[dict[str, object]] = []
    copies = copies or {}
    covered = _independent(_by_outlet(coverage), copies)
    for outlet, told in covered.items():
        hits = sum(told.values())
        low, high = _wilson(hits, len(told))
        rows.append(
            {
                "quantity": "claims_covered", "outlet": outlet, "estimate": hits / len(told), "low": low, "high": high,
                "n_units": len(told), "n_articles": n_articles[outlet], "method": "Wilson over claims as found",
            }
        )  # fmt: skip
    for one, other in combinations(covered, 2):
        gaps = np.array([covered[one][claim] - covered[other][claim] for claim in covered[one]], dtype=float)
        half = 1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else np.nan
        mean = float(gaps.mean())
        low, high = np.clip([mean - half, mean + half], -1.0, 1.0).tolist()
        mark = COPY if {one, other} & set(copies) else ""
        rows.append(
            {
                "quantity": "claims_covered_difference", "outlet": one, "reference": other, "estimate": mean,
                "low": low, "high": high, "n_units": len(gaps), "n_articles": n_articles[one] + n_articles[other],
                "method": f"normal over paired claims as found{mark}",
            }
        )  # fmt: skip
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


def call_omissions(
    alignment: Alignment,
    n_articles: Mapping[str, int],
    *,
    event: str,
    curve: AbsenceCurve | None = None,
    copies: Mapping[str, str] | None = None,
) -> Estimates:
    """Return which outlets of an event leave out which claims, where that is sure enough to say.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    curve : AbsenceCurve, optional
        Of the aligner; None takes the default, which is no aligner's own, as ``method`` then says.
    copies : mapping of str to str, optional
        As for `estimate_coverage`: what a copy and its source alone tell is no claim here.

    Returns
    -------
    Estimates
        Quantity ``omission``, a row a claim and outlet where `find_omissions` calls one sentence of the claim or more
        for that outlet: ``estimate`` is the greatest certainty of those, ``n_units`` their number. An outlet that has
        no row of a claim either tells it, or it was not found there and that is not sure enough to call it left out.
        A certainty is a probability and has no interval.
    """
    curve, copies, outlet = curve or AbsenceCurve(), copies or {}, alignment.sentences.outlet
    method = f"certainty, called from {curve.threshold:.4f}"
    if curve == AbsenceCurve():
        method += "; the aligner brings no calibration"
    called = {(row, name): certainty for row, name, certainty in find_omissions(alignment, curve)}
    rows = []
    for claim in alignment.claims:
        if len({copies.get(outlet[row], outlet[row]) for row in claim.rows}) < 2:
            continue
        for name in sorted(set(outlet)):
            sure = [called[row, name] for row in claim.rows if (row, name) in called]
            if sure:
                rows.append(
                    {
                        "quantity": "omission", "event": event, "outlet": name, "claim": claim.id,
                        "estimate": max(sure), "n_units": len(sure), "n_articles": n_articles[name],
                        "n_events": 1, "method": method,
                    }
                )  # fmt: skip
    return Estimates.from_rows(rows)


def estimate_omissions(
    coverages: Sequence[Coverage],
    n_articles: Mapping[tuple[str, str], int],
    copying: Collection[tuple[str, str]] = (),
) -> Estimates:
    """Return over events each outlet's rate of leaving out claims that all other outlets of the event tell.

    Parameters
    ----------
    coverages : sequence of Coverage
        One an event; events of fewer than three outlets say nothing here.
    n_articles : mapping of (str, str) to int
        Articles by event and outlet.
    copying : collection of (str, str), optional
        Event and outlet of every article that is a copy; they take no part, as teller or as other.

    Returns
    -------
    Estimates
        Quantity ``omission_rate``: the expected share of such claims that the outlet lacks, every claim counting by
        its ``p_absent``. Neither claims without a row of the outlet are counted, among which are those the aligner
        misses, nor those that `call_omissions` calls, since most omissions are never sure enough to call. The event is
        the unit, and the interval over events says nothing of the aligner's calibration. With fewer than six events or
        five claims the bounds are NaN and the method says ``too little data``; with no claim (``n_units`` 0), the
        estimate is NaN, too. Outlets without an event of three outlets have no row.
    """
    absent = {
        (coverage.event[0], row["outlet"], row["claim"]): row["p_absent"]
        for coverage in coverages
        for row in coverage.rows()
    }
    alone = {place for place in n_articles if place not in copying}
    sizes = Counter(event for event, _ in alone)
    found: dict[str, list[tuple[float, int, int]]] = {
        outlet: [] for event, outlet in sorted(alone) if sizes[event] >= LEAST_OUTLETS
    }
    for coverage in coverages:
        covered = {
            outlet: told
            for outlet, told in _by_outlet(coverage).items()
            if (coverage.event[0], outlet) not in copying
        }
        if len(covered) < LEAST_OUTLETS:
            continue
        for outlet, told in covered.items():
            others = [told_by for other, told_by in covered.items() if other != outlet]
            shared = [claim for claim in told if all(other[claim] for other in others)]
            if shared:
                event = coverage.event[0]
                rate = math.fsum(absent[event, outlet, claim] for claim in shared) / len(shared)
                found[outlet].append((rate, len(shared), n_articles[event, outlet]))
    rows = []
    for outlet, events in sorted(found.items()):
        rates, claims, articles = zip(*events, strict=True) if events else ((), (), ())
        interval = cluster_t_interval(np.array(rates))
        enough = sum(claims) >= LEAST_CLAIMS and len(events) >= LEAST_EVENTS
        rows.append(
            {
                "quantity": "omission_rate",
                "outlet": outlet,
                "estimate": interval.estimate,
                "low": max(interval.low, 0.0) if enough else float("nan"),
                "high": min(interval.high, 1.0) if enough else float("nan"),
                "n_units": sum(claims),
                "n_articles": sum(articles),
                "n_events": len(events),
                "method": "expected share; cluster t over events" if enough else "too little data",
            }
        )
    return Estimates.from_rows(rows)


def _by_outlet(coverage: Coverage) -> dict[str, dict[str, int]]:
    covered: dict[str, dict[str, int]] = {}
    for row in coverage.rows():
        covered.setdefault(row["outlet"], {})[row["claim"]] = row["covered"]
    return dict(sorted(covered.items()))


def _independent(covered: dict[str, dict[str, int]], copies: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return the claims that are still told by two outlets when a copy and its source count as one."""
    tellers: dict[str, set[str]] = {}
    for outlet, told in covered.items():
        for claim, told_it in told.items():
            if told_it:
                tellers.setdefault(claim, set()).add(copies.get(outlet, outlet))
    kept = {claim for claim, outlets in tellers.items() if len(outlets) > 1}
    return {
        o: {claim: one for claim, one in told.items() if claim in kept} for o, told in covered.items() if kept
    }


def _wilson(hits: int, n: int) -> tuple[float, float]:
    z = 1.959964
    centre = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * float(np.sqrt(hits * (n - hits) / n + z * z / 4))
    return max(centre - half, 0.0), min(centre + half, 1.0)
