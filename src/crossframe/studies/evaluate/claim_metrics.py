"""Figures of claims and omissions of one event against gold pairs."""

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
    found : SentenceTrace or None
        What the alignment says; None for a sentence of no claim.
    """

    shared: bool
    lacks: bool
    found: SentenceTrace | None


@dataclass(frozen=True)
class OmissionScore:
    """Counts of omissions, and ``p_absent`` beside what gold says, for shared sentences of claims."""

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


def list_omission_units(relation: Mapping[PairKey, str], found: Alignment) -> list[OmissionUnit]:
    """Return every sentence of an event with every other outlet, what gold says of them and what the alignment says.

    Parameters
    ----------
    relation : mapping of pair to str
        Gold pairs; where only a disputed pair would make the sentence shared, or the outlet tell it, the unit is left
        out.
    found : Alignment
        Of one event, with claims.

    Returns
    -------
    list of OmissionUnit
        By row, then outlet.
    """
    sentences, outlet = found.sentences, found.sentences.outlet
    outlet_of = {sentences.key(row): outlet[row] for row in range(len(sentences))}
    agreed: dict[Place, set[str]] = {}
    disputed: dict[Place, set[str]] = {}
    for (left, right), kind in relation.items():
        if left in outlet_of and right in outlet_of:
            partners = disputed if kind == "disputed" else agreed
            partners.setdefault(left, set()).add(outlet_of[right])
            partners.setdefault(right, set()).add(outlet_of[left])
    traces = {(one.row, one.outlet): one for one in trace_sentences(found)}
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
    called = [one for one in units if one.found and one.found.is_called(curve)]
    rated = [(curve.p_absent(one.found.trace), one.lacks) for one in units if one.shared and one.found]
    return OmissionScore(
        sum(one.shared and one.lacks for one in units),
        len(called),
        sum(one.shared and one.lacks for one in called),
        np.array([p for p, _ in rated], dtype=float),
        np.array([lacks for _, lacks in rated], dtype=int),
    )
