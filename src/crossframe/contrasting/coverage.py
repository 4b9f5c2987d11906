"""Which outlet covers which claim, and which leaves it out."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve, find_omissions, trace_claims
from crossframe.contrasting.cells import Estimate, Subject, collect_estimates
from crossframe.records import Alignment, Coverage, Estimates
from crossframe.statistics.intervals import cluster_t_interval, wilson_interval
from crossframe.statistics.tests import MIN_EVENTS

MIN_CLAIMS = 5
"""Claims that all other outlets cover, below which too little is known of an outlet's omissions."""
MIN_OUTLETS = 3
"""Outlets of an event, copies not counted, below which there is no claim that all *others* cover, and below which both
outlets cover every claim: a claim exists where two report it."""


def measure_coverage(
    alignment: Alignment, *, event: str, curve: AbsenceCurve | None = None, partial: Collection[str] = ()
) -> Coverage:
    """Return which outlet of an event covers which claim.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims. Two outlets or more cover a claim; what one outlet alone reports is no claim.
    event : str
        Id of the event.
    curve : AbsenceCurve, optional
        Of the aligner; None takes the default.
    partial : collection of str, optional
        Outlets of which an article is known in part: what is not found in it may be in the rest.

    Returns
    -------
    Coverage
        One row per claim and outlet. ``label`` is what the claim's most typical sentence tells of it: the sentence, or the
        clauses from ``start`` to ``end``. ``covered`` is 1 where a sentence of the outlet is in the claim. ``p_absent`` is
        the probability that none of the outlet's sentences covers the claim, also where one is taken to cover it: by
        `curve`, from how near the outlet's sentences come to the claim (`contrasting.absence.trace_claims`), so that
        what an aligner is known to miss is counted. It is calibrated for an aligner whose training brought its own
        curve, fitted on events that it had not seen; with the default curve (baselines bring none) it is not. It is NaN
        where an outlet of `partial` is not found to cover the claim.

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
        start, end = alignment.spans(claim)[claim.representative]
        label = " ".join(sentences.article_of(claim.representative).document[start:end].split())
        n_sentences = Counter(sentences.outlet[row] for row in claim.rows)
        rows += [
            {
                "event": event,
                "claim": claim.id,
                "label": label,
                "outlet": outlet,
                "covered": int(n_sentences[outlet] > 0),
                "n_sentences": n_sentences[outlet],
                "p_absent": curve.p_absent(traces[claim.id, outlet])
                if n_sentences[outlet] or outlet not in partial
                else math.nan,
                "start": start,
                "end": end,
            }
            for outlet in sorted(set(sentences.outlet))
        ]
    return Coverage.from_rows(rows)


def estimate_coverage(
    coverage: Coverage,
    n_articles: Mapping[str, int],
    *,
    event: str,
    copies: Mapping[str, str] | None = None,
    partial: Collection[str] = (),
) -> Estimates:
    """Return for one event the share of its claims that each outlet covers, and the differences between outlets.

    Parameters
    ----------
    coverage : Coverage
        Of one event.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    copies : mapping of str to str, optional
        Outlet whose article an outlet prints, by the outlet that prints it. What a copy and its source report counts
        once: where nobody else reports it, it is no claim here.
    partial : collection of str, optional
        Outlets of which an article is known in part; they have no share, and are a side of no difference.

    Returns
    -------
    Estimates
        The interval says how far the share depends on the claims, given that the aligner found them right: Wilson's,
        without test. Differences to which a copying outlet is a side are marked in ``method``. Of two outlets, copies not
        counted, there are none: both cover every claim (`estimate_shared_sentences` says what there is to say).
    """
    copies = copies or {}
    if len({copies.get(outlet, outlet) for outlet in coverage.outlet}) < MIN_OUTLETS:
        return Estimates()
    shared = _independent(_by_outlet(coverage), copies)
    coverages = {outlet: covered for outlet, covered in shared.items() if outlet not in partial}
    rows = []
    for outlet, covered in coverages.items():
        hits, n = sum(covered.values()), len(covered)
        method = "Wilson over claims as found"
        subject = Subject("claims_covered", outlet)
        rows.append(Estimate(subject, hits / n, method, n, n_articles[outlet], *wilson_interval(hits, n)))
    for one, other in combinations(coverages, 2):
        gaps = np.array(
            [covered - coverages[other][claim] for claim, covered in coverages[one].items()], dtype=float
        )
        half = 1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else np.nan
        mean, method = float(gaps.mean()), "normal over paired claims as found"
        subject = Subject("claims_covered_difference", one, other)
        n = n_articles[one] + n_articles[other]
        rows.append(Estimate(subject, mean, method, len(gaps), n, mean - half, mean + half))
    return collect_estimates(rows, event=event, copying=copies)


def estimate_shared_sentences(
    alignment: Alignment,
    n_articles: Mapping[str, int],
    *,
    event: str,
    copies: Mapping[str, str] | None = None,
    partial: Collection[str] = (),
) -> Estimates:
    """Return for an event of two outlets the share of each one's sentences that the other has, and their difference.

    Parameters
    ----------
    alignment : Alignment
        Of one event.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    copies : mapping of str to str, optional
        As for `estimate_coverage`; an outlet that prints a copy and its source are one.
    partial : collection of str, optional
        Outlets of which an article is known in part: the rest may have what is not found, so there is no share then.

    Returns
    -------
    Estimates
        Quantity ``sentences_shared``: a sentence is shared where it is aligned with one of the other outlet. With Wilson's
        interval over sentences, given that the aligner found them right, without test. None unless the event has two
        outlets, copies not counted: of more, `estimate_coverage` gives the claims that each covers.
    """
    copies, sentences = copies or {}, alignment.sentences
    source = [copies.get(outlet, outlet) for outlet in sentences.outlet]
    if len(set(source)) != MIN_OUTLETS - 1 or set(partial) & set(sentences.outlet):
        return Estimates()
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    linked = [
        (a, b) for a, b, relation in pairs if relation not in ("none", "disputed") and source[a] != source[b]
    ]
    shared = {row for pair in linked for row in pair}
    hits_by_outlet: dict[str, list[int]] = {outlet: [] for outlet in sorted(set(sentences.outlet))}
    for row, outlet in enumerate(sentences.outlet):
        if sentences.text[row].strip():
            hits_by_outlet[outlet].append(row in shared)
    rows, method = [], "Wilson over sentences as aligned"
    for outlet, hits in hits_by_outlet.items():
        subject, n = Subject("sentences_shared", outlet), len(hits)
        share = sum(hits) / n
        rows.append(Estimate(subject, share, method, n, n_articles[outlet], *wilson_interval(sum(hits), n)))
    for one, other in combinations(rows, 2):
        names = one.subject.outlet, other.subject.outlet
        gap = one.value - other.value
        variance = sum(part.value * (1 - part.value) / part.n_units for part in (one, other))
        half = 1.96 * math.sqrt(variance)
        subject, n = Subject("sentences_shared_difference", *names), one.n_articles + other.n_articles
        n_units = one.n_units + other.n_units
        rows.append(
            Estimate(subject, gap, "normal over sentences as aligned", n_units, n, gap - half, gap + half)
        )
    return collect_estimates(rows, event=event, copying=copies)


def call_omissions(
    alignment: Alignment,
    n_articles: Mapping[str, int],
    *,
    event: str,
    curve: AbsenceCurve | None = None,
    copies: Mapping[str, str] | None = None,
    partial: Collection[str] = (),
) -> Estimates:
    """Return which outlets of an event leave out which claims, where that is certain enough.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.
    n_articles : mapping of str to int
        Articles of each outlet on the event.
    event : str
        Its id.
    curve : AbsenceCurve, optional
        Of the aligner; None takes the default, which is not calibrated for the aligner; ``method`` then notes it.
    copies : mapping of str to str, optional
        As for `estimate_coverage`: what a copy and its source alone report is no claim here.
    partial : collection of str, optional
        Outlets of which an article is known in part; of them nothing is called left out.

    Returns
    -------
    Estimates
        Quantity ``omission``, one row per claim and outlet where `find_omissions` calls one sentence of the claim or more
        for that outlet: ``estimate`` is the greatest certainty of those, ``n_units`` their number. Where clauses tell a claim
        (``alignment.clauses``), clauses count in the place of sentences: an outlet may tell the rest of them. An outlet that has
        no row of a claim either covers it, or it was not found there and that is not sure enough to call an omission.
        A certainty is a probability and has no interval.
    """
    curve, copies, outlet = curve or AbsenceCurve(), copies or {}, alignment.sentences.outlet
    method = f"certainty, called from {curve.threshold:.4f}"
    if curve == AbsenceCurve():
        method += "; the aligner brings no calibration"
    called, called_clauses = (
        {} if units is None else _certainties(units, curve) for units in (alignment, alignment.clauses)
    )
    rows = []
    for claim in alignment.claims:
        if len({copies.get(outlet[row], outlet[row]) for row in claim.rows}) < 2:
            continue
        units, of_units = alignment.units_of(claim)
        found = called if units is alignment else called_clauses
        for name in sorted(set(outlet) - set(partial)):
            certainties = [found[unit, name] for unit in of_units.rows if (unit, name) in found]
            if certainties:
                subject = Subject("omission", name, claim=claim.id)
                rows.append(Estimate(subject, max(certainties), method, len(certainties), n_articles[name]))
    return collect_estimates(rows, event=event)


def _certainties(alignment: Alignment, curve: AbsenceCurve) -> dict[tuple[int, str], float]:
    return {(row, outlet): certainty for row, outlet, certainty in find_omissions(alignment, curve)}


def estimate_omissions(
    coverages: Sequence[Coverage],
    n_articles: Mapping[tuple[str, str], int],
    copying: Collection[tuple[str, str]] = (),
) -> Estimates:
    """Return over events each outlet's rate of leaving out claims that all other outlets of the event cover.

    Parameters
    ----------
    coverages : sequence of Coverage
        One per event; events of fewer than three outlets do not count.
    n_articles : mapping of (str, str) to int
        Articles by event and outlet.
    copying : collection of (str, str), optional
        Event and outlet of every article that is a copy, or is known in part; they take no part on either side.

    Returns
    -------
    Estimates
        Quantity ``omission_rate``: the expected share of such claims that the outlet lacks, every claim counting by
        its ``p_absent``. Neither claims without a row of the outlet are counted, among which are those the aligner
        misses, nor those that `call_omissions` calls, since most omissions are never sure enough to call. The event is
        the unit, and the interval over events does not include the error of the aligner's calibration. With fewer than six events or
        five claims the bounds are NaN and ``method`` is ``too little data``; with no claim (``n_units`` 0), the
        estimate is NaN, too. Outlets without an event of three outlets have no row.
    """
    independent = {place for place in n_articles if place not in copying}
    sizes = Counter(event for event, _ in independent)
    shared: dict[str, list[_Shared]] = {
        outlet: [] for event, outlet in sorted(independent) if sizes[event] >= MIN_OUTLETS
    }
    for coverage in coverages:
        if not coverage.event:  # no claim was found in it
            continue
        for outlet, claims in _shared_claims(coverage, n_articles, copying):
            shared[outlet].append(claims)
    return collect_estimates(_omission_rate(outlet, events) for outlet, events in sorted(shared.items()))


class _Shared(NamedTuple):
    """The claims of one event that all other outlets cover: how many, and the mean probability that one outlet lacks them."""

    rate: float
    n_claims: int
    n_articles: int


def _shared_claims(
    coverage: Coverage, n_articles: Mapping[tuple[str, str], int], copying: Collection[tuple[str, str]]
) -> Iterator[tuple[str, _Shared]]:
    """Yield for each independent outlet of an event the claims that all others cover, where there are any."""
    event = coverage.event[0]
    absent = {(row["outlet"], row["claim"]): row["p_absent"] for row in coverage.rows()}
    by_outlet = _by_outlet(coverage)
    independent = {outlet: covered for outlet, covered in by_outlet.items() if (event, outlet) not in copying}
    if len(independent) < MIN_OUTLETS:
        return
    for outlet, covered in independent.items():
        others = [independent[other] for other in independent if other != outlet]
        claims = [claim for claim in covered if all(other[claim] for other in others)]
        if claims:
            rate = math.fsum(absent[outlet, claim] for claim in claims) / len(claims)
            yield outlet, _Shared(rate, len(claims), n_articles[event, outlet])


def _omission_rate(outlet: str, events: Sequence[_Shared]) -> Estimate:
    estimate, low, high = cluster_t_interval(np.array([event.rate for event in events]))
    n_claims = sum(event.n_claims for event in events)
    enough = n_claims >= MIN_CLAIMS and len(events) >= MIN_EVENTS
    return Estimate(
        Subject("omission_rate", outlet),
        estimate,
        "expected share; cluster t over events" if enough else "too little data",
        n_claims,
        sum(event.n_articles for event in events),
        low if enough else math.nan,
        high if enough else math.nan,
        n_events=len(events),
    )


def _by_outlet(coverage: Coverage) -> dict[str, dict[str, int]]:
    """Return by outlet whether it covers each claim."""
    covered: dict[str, dict[str, int]] = {}
    for row in coverage.rows():
        covered.setdefault(row["outlet"], {})[row["claim"]] = row["covered"]
    return dict(sorted(covered.items()))


def _independent(
    coverages: dict[str, dict[str, int]], copies: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Return the claims that two outlets still cover when a copy and its source count as one."""
    sources: dict[str, set[str]] = {}
    for outlet, covered in coverages.items():
        for claim, is_covered in covered.items():
            if is_covered:
                sources.setdefault(claim, set()).add(copies.get(outlet, outlet))
    shared = {claim for claim, outlets in sources.items() if len(outlets) > 1}
    if not shared:
        return {}
    return {
        outlet: {claim: is_covered for claim, is_covered in covered.items() if claim in shared}
        for outlet, covered in coverages.items()
    }
