"""In how many of the claims that outlets share they contradict each other, and who asserts what others attribute."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, permutations
from typing import Any

import numpy as np

from crossframe.contrasting.cells import Estimate, Subject, collect_estimates
from crossframe.records import CONFLICT, CONFLICTS, Alignment, Differences, Estimates
from crossframe.statistics.intervals import wilson_interval

_Pair = tuple[int, int]
_Pairs = dict[str, set[_Pair]]
"""By claim, pairs of its rows."""
_Shares = dict[str, dict[str, int]]
"""By outlet, whether something holds of each claim that it shares."""


def estimate_disagreement(
    alignment: Alignment,
    differences: Differences,
    n_articles: Mapping[str, int],
    *,
    event: str,
    copies: Mapping[str, str] | None = None,
    unread: Collection[str] = (),
) -> Estimates:
    """Return for one event in how many of its shared claims each outlet is in conflict, or asserts what another attributes.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims; pairs that differ in number, polarity or roles have the relation ``conflict``.
    differences : Differences
        Of the same event.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    copies : mapping of str to str, optional
        Outlet whose article an outlet prints, by the outlet that prints it: the two are one, and share nothing with each other.
    unread : collection of str, optional
        Articles in which differences were not looked for, for their language; what is shared with them alone does not count.

    Returns
    -------
    Estimates
        Description only, without test: the interval says how far a share depends on the claims (Wilson), given that the rules
        found all differences and no others. ``n_units`` counts the claims that the outlet shares with another; an outlet without
        any has no row.

    Notes
    -----
    Quantities:

    - ``conflicts``: share of these claims in which the outlet is in conflict with another where both tell the claim.
      Which of the two is right, or only later, is not said, and two outlets that contradict each other both count it.
    - ``own_assertion``: share of these claims in which the outlet states as a fact what another outlet calls possible, alleged
      or somebody's words.
    - ``own_assertion_difference``: between two outlets, paired within the claims that both tell.
    """
    copies = copies or {}
    shared = _share_claims(alignment, copies, unread)
    conflicts = _mark_claims(alignment, shared, _list_conflicts(alignment, differences))
    asserted = _mark_claims(alignment, shared, _list_assertions(alignment, differences))
    rows: list[Estimate] = []
    for quantity, shares in (("conflicts", conflicts), ("own_assertion", asserted)):
        for outlet, marks in shares.items():
            hits, n = sum(marks.values()), len(marks)
            subject, method = Subject(quantity, outlet), "Wilson over claims as found"
            rows.append(Estimate(subject, hits / n, method, n, n_articles[outlet], *wilson_interval(hits, n)))
    rows += _compare(asserted, n_articles)
    return collect_estimates(rows, event=event, copying=copies)


def _share_claims(
    alignment: Alignment, copies: Mapping[str, str], unread: Collection[str]
) -> dict[str, dict[str, set[int]]]:
    """Return by outlet the claims that it shares, each with the rows of its sentences and those of independent others."""
    sentences = alignment.sentences
    shared: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for claim in alignment.claims:
        source = {
            row: copies.get(sentences.outlet[row], sentences.outlet[row])
            for row in claim.rows
            if sentences.key(row)[0] not in unread
        }
        for outlet in {sentences.outlet[row] for row in source}:
            others = {row for row in source if source[row] != copies.get(outlet, outlet)}
            if others:
                shared[outlet][claim.id] = others | {row for row in source if sentences.outlet[row] == outlet}
    return {outlet: shared[outlet] for outlet in sorted(shared)}


def _list_conflicts(alignment: Alignment, differences: Differences) -> _Pairs:
    """Return the pairs in conflict, both ways round; one without a difference that says where is in all claims of the two."""
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    unplaced = {frozenset((a, b)) for a, b, relation in pairs if relation == CONFLICT}
    found: _Pairs = defaultdict(set)
    placed = set()
    for one in differences.rows():
        if one["kind"] in CONFLICTS and frozenset(pair := _rows_of(alignment, one)) in unplaced:
            placed.add(frozenset(pair))
            for id in _claims_of(alignment, one):
                found[id] |= {pair, pair[::-1]}
    unplaced -= placed
    for claim in alignment.claims:
        for a, b in permutations(claim.rows if unplaced else (), 2):
            if frozenset((a, b)) in unplaced:
                found[claim.id].add((a, b))
    return found


def _list_assertions(alignment: Alignment, differences: Differences) -> _Pairs:
    """Return the pairs of which one asserts what the other does not, the one that asserts first."""
    found: _Pairs = defaultdict(set)
    for one in differences.rows():
        if one["asserting"]:
            left, right = _rows_of(alignment, one)
            for claim in _claims_of(alignment, one):
                found[claim].add((left, right) if one["asserting"] == "left" else (right, left))
    return found


def _rows_of(alignment: Alignment, one: Mapping[str, Any]) -> _Pair:
    row_of = alignment.sentences.row
    return (
        row_of(one["left_article"], one["left_sentence"]),
        row_of(one["right_article"], one["right_sentence"]),
    )


def _claims_of(alignment: Alignment, one: Mapping[str, Any]) -> set[str]:
    """Return the claims that both sides of a difference tell where they differ."""
    left, right = _rows_of(alignment, one)
    return alignment.claims_at(left, one["left_start"], one["left_end"]) & alignment.claims_at(
        right, one["right_start"], one["right_end"]
    )


def _mark_claims(
    alignment: Alignment, shared: Mapping[str, Mapping[str, set[int]]], pairs: _Pairs
) -> _Shares:
    """Return by outlet whether a sentence of it is the first of a pair within each claim that it shares."""
    outlet_of = alignment.sentences.outlet
    return {
        outlet: {
            claim: int(
                any(
                    outlet_of[a] == outlet != outlet_of[b] and {a, b} <= rows for a, b in pairs.get(claim, ())
                )
            )
            for claim, rows in claims.items()
        }
        for outlet, claims in shared.items()
    }


def _compare(shares: _Shares, n_articles: Mapping[str, int]) -> Iterator[Estimate]:
    """Yield the differences between two outlets over the claims that both tell."""
    for one, other in combinations(shares, 2):
        both = [claim for claim in shares[one] if claim in shares[other]]
        if not both:
            continue
        gaps = np.array([shares[one][claim] - shares[other][claim] for claim in both], dtype=float)
        half = 1.96 * float(gaps.std(ddof=1)) / math.sqrt(len(both)) if np.ptp(gaps) else math.nan
        method = (
            "normal over paired claims as found" if half == half else "no interval: the same in all claims"
        )
        n, mean = n_articles[one] + n_articles[other], float(gaps.mean())
        subject = Subject("own_assertion_difference", one, other)
        yield Estimate(subject, mean, method, len(both), n, mean - half, mean + half)
