"""Metrics of claims and omissions of one event against gold pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve, SentenceTrace, trace_sentences
from crossframe.records import Alignment, PairKey

Place = tuple[str, int]


@dataclass(frozen=True)
class OmissionUnit:
    """One sentence and one other outlet of its event.

    Parameters
    ----------
    shared : bool
        Whether gold gives the sentence a partner in any other outlet.
    lacks : bool
        Whether gold gives it none in this outlet.
    evidence : SentenceTrace or None
        What the alignment has of the sentence in this outlet; None for a sentence of no claim.
    """

    shared: bool
    lacks: bool
    evidence: SentenceTrace | None


@dataclass(frozen=True)
class OmissionScore:
    """Counts of omissions; ``p_absent`` and gold (``lacks``) of the shared sentences of claims."""

    n_true: int
    n_called: int
    n_right: int
    p_absent: np.ndarray
    lacks: np.ndarray


def pairs_within_claims(alignment: Alignment) -> set[PairKey]:
    """Return the cross-outlet pairs that fall within a claim, each once."""
    outlet = alignment.sentences.outlet
    inside = {
        pair
        for claim in alignment.claims
        for pair in combinations(claim.rows, 2)
        if outlet[pair[0]] != outlet[pair[1]]
    }
    left, right = np.array(sorted(inside), dtype=np.int64).reshape(-1, 2).T
    return set(alignment.sentences.pair_keys(left, right))


def list_omission_units(relation: Mapping[PairKey, str], alignment: Alignment) -> list[OmissionUnit]:
    """Return every sentence of an event with every other outlet, by gold and by the alignment.

    Parameters
    ----------
    relation : mapping of pair to str
        Gold pairs; where only a disputed pair would make the sentence shared, or the outlet have it, the unit is left
        out.
    alignment : Alignment
        Of one event, with claims.

    Returns
    -------
    list of OmissionUnit
        By row, then outlet.
    """
    sentences, outlet = alignment.sentences, alignment.sentences.outlet
    outlet_of = {sentences.key(row): outlet[row] for row in range(len(sentences))}
    agreed: dict[Place, set[str]] = {}
    disputed: dict[Place, set[str]] = {}
    for (left, right), kind in relation.items():
        if left in outlet_of and right in outlet_of:
            partners = disputed if kind == "disputed" else agreed
            partners.setdefault(left, set()).add(outlet_of[right])
            partners.setdefault(right, set()).add(outlet_of[left])
    traces = {(trace.row, trace.outlet): trace for trace in trace_sentences(alignment)}
    units = []
    for row in range(len(sentences)):
        sure, unsure = (partners.get(sentences.key(row), set()) for partners in (agreed, disputed))
        if unsure and not sure:
            continue
        for name in sorted(set(outlet) - {outlet[row]} - (unsure - sure)):
            units.append(OmissionUnit(bool(sure), name not in sure, traces.get((row, name))))
    return units


def score_omissions(units: list[OmissionUnit], curve: AbsenceCurve) -> OmissionScore:
    """Return the counts of omissions that `curve` calls: right ones lack the sentence though another outlet shares it."""
    called = [unit for unit in units if unit.evidence and unit.evidence.is_called(curve)]
    stated = [
        (curve.p_absent(unit.evidence.trace), unit.lacks) for unit in units if unit.shared and unit.evidence
    ]
    return OmissionScore(
        sum(unit.shared and unit.lacks for unit in units),
        len(called),
        sum(unit.shared and unit.lacks for unit in called),
        np.array([p for p, _ in stated], dtype=float),
        np.array([lacks for _, lacks in stated], dtype=int),
    )
