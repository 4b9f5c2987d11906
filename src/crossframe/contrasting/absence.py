"""How sure it is that an outlet lacks a claim, given the aligner's scores and its known misses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records import LOWEST_PROBABILITY, Alignment


@dataclass(frozen=True)
class AbsenceCurve:
    """From traces of a claim in an outlet to the probability that the outlet lacks it, and when that is sure enough.

    Parameters
    ----------
    level, slope : float
        ``p_absent = 1 / (1 + exp(-(level + slope * trace)))``; the slope is 0 or less: the more trace, the less
        likely the claim is absent.
    threshold : float
        Certainty from which an omission is called (see `find_omissions`).

    Notes
    -----
    The defaults were chosen on BASIL's 30 training events with an earlier aligner and an earlier rule of calling. They
    are used only where an aligner brings no curve of its own (`crossframe train aligner` fits one), and are calibrated
    for none of those.
    """

    level: float = -1.2913
    slope: float = -1.0457
    threshold: float = 0.6672

    def __post_init__(self) -> None:
        if not (math.isfinite(self.level) and math.isfinite(self.slope) and self.slope <= 0):
            raise InputError(f"Invalid slope {self.slope!r}. It must be 0 or less, and the level a number.")
        check.check_number(self.threshold, "threshold", 0.0, 1.0)

    def p_absent(self, trace: float) -> float:
        """Return the probability that an outlet with this `trace` lacks the claim, with four decimals.

        Examples
        --------
        >>> AbsenceCurve(level=0.0, slope=-1.0).p_absent(0.0)
        0.5
        """
        return round(float(1 / (1 + np.exp(-(self.level + self.slope * trace)))), 4)


@dataclass(frozen=True)
class SentenceTrace:
    """What another outlet shows of the claims of one sentence.

    Parameters
    ----------
    row : int
        The sentence, of one or more claims.
    outlet : str
        The other outlet.
    covered : bool
        Whether a sentence of the outlet is in one of those claims.
    partner : float
        Highest probability of the sentence's pairs with members of its claims in third outlets: how sure it is that
        the sentence has a partner elsewhere; 0 where it has none.
    trace : float
        Greatest trace of one of those claims in the outlet (see `trace_claims`).
    """

    row: int
    outlet: str
    covered: bool
    partner: float
    trace: float

    def certainty(self, curve: AbsenceCurve) -> float:
        """Return how sure it is that a third outlet reports what the sentence reports, and the outlet does not."""
        return 0.0 if self.covered else round(self.partner * curve.p_absent(self.trace), 4)

    def is_called(self, curve: AbsenceCurve) -> bool:
        """Return whether that is sure enough to call the outlet's omission: the rule of `find_omissions`."""
        return 0.0 < self.certainty(curve) >= curve.threshold


def trace_claims(alignment: Alignment) -> dict[tuple[str, str], float]:
    """Return the trace that each outlet shows of each claim: how near its sentences come to it.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.

    Returns
    -------
    dict of (claim, outlet) to float
        Mean, over the claim's sentences in other outlets, of the log-odds of the best pair with the outlet's
        sentences; a pair that is not listed counts as 0.05. The mean rather than the greatest: a claim that is
        covered resembles all of its members. Where sentences tell no more than a part of the claim, the same of these
        parts: of ``alignment.clauses``.
    """
    outlet = alignment.sentences.outlet
    best = _best_partners(alignment, outlet)
    traces = {}
    for claim in alignment.claims:
        for name in sorted(set(outlet)):
            others = [row for row in claim.rows if outlet[row] != name]
            odds = [_log_odds(best.get((row, name), 0.0)) for row in others]
            traces[claim.id, name] = math.fsum(odds) / len(odds)
    return traces | (trace_claims(alignment.clauses) if alignment.clauses is not None else {})


def trace_sentences(alignment: Alignment) -> list[SentenceTrace]:
    """Return for every sentence of a claim, and every other outlet, what that outlet shows of the sentence's claims.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.

    Returns
    -------
    list of SentenceTrace
        By row, then outlet. Where a sentence belongs to several claims the outlet's nearest counts.
    """
    outlet, traces = alignment.sentences.outlet, trace_claims(alignment)
    claims_of: dict[int, list[int]] = {}
    for number, claim in enumerate(alignment.claims):
        for row in claim.rows:
            claims_of.setdefault(row, []).append(number)
    rows = []
    for row, numbers in sorted(claims_of.items()):
        claims = [alignment.claims[number] for number in numbers]
        members = sorted({other for claim in claims for other in claim.rows})
        for name in sorted(set(outlet) - {outlet[row]}):
            partners = [
                alignment.probabilities.get((row, member), 0.0)
                for member in members
                if outlet[member] not in (name, outlet[row])
            ]
            covered = any(outlet[member] == name for member in members)
            trace = max(traces[claim.id, name] for claim in claims)
            rows.append(SentenceTrace(row, name, covered, max(partners, default=0.0), trace))
    return rows


def find_omissions(alignment: Alignment, curve: AbsenceCurve | None = None) -> list[tuple[int, str, float]]:
    """Return what outlets leave out though others share it, where that is sure enough.

    An outlet omits a sentence of another outlet when none of its sentences is in a claim of that sentence, and the
    certainty is at or above the curve's threshold: the probability of the sentence's best pair within its claims, in
    a third outlet, times ``p_absent`` (the least of its claims). Both factors can be read off the tables ``pairs``
    and ``coverage``.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.
    curve : AbsenceCurve, optional
        None takes the default.

    Returns
    -------
    list of (row, outlet, certainty)
        By row, then outlet.
    """
    curve = curve or AbsenceCurve()
    called = [trace for trace in trace_sentences(alignment) if trace.is_called(curve)]
    return [(trace.row, trace.outlet, trace.certainty(curve)) for trace in called]


def _best_partners(alignment: Alignment, outlet: Sequence[str]) -> dict[tuple[int, str], float]:
    best: dict[tuple[int, str], float] = {}
    for (row, other), p in alignment.probabilities.items():
        best[row, outlet[other]] = max(best.get((row, outlet[other]), 0.0), p)
    return best


def _log_odds(probability: float) -> float:
    """Return log-odds; a pair that is not listed counts as `LOWEST_PROBABILITY`."""
    p = min(max(probability, LOWEST_PROBABILITY), 0.9999)
    return math.log(p / (1 - p))
