"""Who tells which claim, and who leaves it out."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np

from crossframe.contrasting.outlets import COPY
from crossframe.records import Alignment, Coverage, Estimates
from crossframe.statistics.intervals import cluster_t_interval

UNLISTED = 0.01
"""Probability that counts for a pair below 0.05, which alignments do not list: on BASIL's training events about one
unlisted pair in a hundred is aligned."""
LEAST_CLAIMS = 5
"""Claims that all other outlets tell, below which an event says too little of an outlet's omissions."""


def measure_coverage(alignment: Alignment, *, event: str) -> Coverage:
    """Return which outlet of an event covers which claim.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims. Claims are told by two outlets or more; what one outlet alone tells is no claim.
    event : str
        Id of the event.

    Returns
    -------
    Coverage
        One row a claim and outlet. ``p_absent`` is the probability that none of the outlet's sentences tells the
        claim, also where one is taken to tell it: the product of 1 - (its best pair probability with each other
        outlet's sentences of the claim), averaged over those outlets in the exponent, so that three outlets seeing
        the same near miss do not count as three independent ones.
    """
    sentences = alignment.sentences
    outlet = [sentences.article_of(row).outlet for row in range(len(sentences))]
    probability: dict[tuple[int, int], float] = {}
    for a, b, p in zip(
        alignment.left.tolist(), alignment.right.tolist(), alignment.probability.tolist(), strict=True
    ):
        probability[a, b] = probability[b, a] = p
    rows_of = {
        one: [row for row in range(len(sentences)) if outlet[row] == one] for one in sorted(set(outlet))
    }
    rows = []
    for claim in alignment.claims:
        label = " ".join(sentences.text[claim.representative].split())
        for one, own in rows_of.items():
            members = [row for row in claim.rows if outlet[row] == one]
            rows.append(
                {
                    "event": event,
                    "claim": claim.id,
                    "label": label,
                    "outlet": one,
                    "covered": int(bool(members)),
                    "n_sentences": len(members),
                    "p_absent": _p_absent(one, own, claim.rows, outlet, probability),
                }
            )
    return Coverage.from_rows(rows)


def _p_absent(
    name: str,
    own: Sequence[int],
    claim: Sequence[int],
    outlet: Sequence[str],
    probability: dict[tuple[int, int], float],
) -> float:
    best = {
        other: max(probability.get((a, b), UNLISTED) for a in own for b in claim if outlet[b] == other)
        for other in sorted({outlet[row] for row in claim} - {name})
    }
    return float(np.exp(np.mean([np.log1p(-min(p, 1 - 1e-9)) for p in best.values()])))


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
        Quantity ``omission_rate``; the event is the unit. Where fewer than two events have such claims the bounds
        are NaN and the method says ``too little data``.
    """
    found: dict[str, list[tuple[float, int, int]]] = {}
    for coverage in coverages:
        covered = {
            outlet: told
            for outlet, told in _by_outlet(coverage).items()
            if (coverage.event[0], outlet) not in copying
        }
        if len(covered) < 3:
            continue
        for outlet, told in covered.items():
            others = [told_by for other, told_by in covered.items() if other != outlet]
            shared = [claim for claim in told if all(other[claim] for other in others)]
            if shared:
                rate = 1 - sum(told[claim] for claim in shared) / len(shared)
                found.setdefault(outlet, []).append(
                    (rate, len(shared), n_articles[coverage.event[0], outlet])
                )
    rows = []
    for outlet, events in sorted(found.items()):
        rates, claims, articles = zip(*events, strict=True)
        interval = cluster_t_interval(np.array(rates))
        enough = sum(claims) >= LEAST_CLAIMS and len(events) > 1
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
                "method": "cluster t over events" if enough else "too little data",
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
