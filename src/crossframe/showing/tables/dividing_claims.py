"""Claims that divide the outlets of an event: which reports each, which leaves it out, and which contradict each other in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from crossframe.records import CONFLICTS
from crossframe.showing.tables.claim_selection import COVERED, LEFT_OUT, list_claim_states
from crossframe.showing.tables.selection import select_rows

if TYPE_CHECKING:
    from pandas import DataFrame

CERTAINTY = "certainty"
DIVIDING_KINDS = (*CONFLICTS, CERTAINTY)
"""Kinds of difference in which two outlets report the same claim otherwise: the conflicts, and how certain it is."""


@dataclass(frozen=True)
class ClaimCell:
    """What an outlet does with a claim.

    Parameters
    ----------
    outlet : str
        Its id.
    state : str
        ``covered``, ``left out`` or ``not found``.
    kinds : tuple of str
        Kinds of difference, of `DIVIDING_KINDS`, between its sentences of the claim and another outlet's.
    p_absent : float
        Probability that the outlet really lacks the claim; NaN where only a part of its article is known.
    certainty : float
        Of an omission; NaN where the claim is not called left out.
    """

    outlet: str
    state: str
    kinds: tuple[str, ...]
    p_absent: float
    certainty: float


@dataclass(frozen=True)
class DividingClaim:
    """A claim with its cell in every outlet.

    Parameters
    ----------
    claim, label : str
        Id, and the sentence or clause that stands for it.
    cells : tuple of ClaimCell
        In the order of the outlets.
    n_pairs, n_conflicts : int
        Pairs of outlets that it divides, and those of them that contradict each other; outlets that print a copy are left out.
    """

    claim: str
    label: str
    cells: tuple[ClaimCell, ...]
    n_pairs: int
    n_conflicts: int


def list_copying(tables: "Mapping[str, DataFrame]", event: str) -> dict[str, str]:
    """Return the outlets whose article on an event is a copy, with the outlet that they copy."""
    articles = select_rows(tables["articles"], event=event)
    outlet_of = dict(zip(articles["article"], articles["outlet"], strict=True))
    earlier = set(articles["version_of"]) - {""}
    copies = articles[(articles["copy_of"] != "") & ~articles["article"].isin(earlier)]
    return {
        outlet: outlet_of.get(source, source)
        for outlet, source in zip(copies["outlet"], copies["copy_of"], strict=True)
    }


def list_outlets(tables: "Mapping[str, DataFrame]", event: str) -> list[str]:
    """Return the ids of the outlets with an article on an event, in the order of the table ``outlets``."""
    there = set(select_rows(tables["articles"], event=event)["outlet"])
    return [outlet for outlet in tables["outlets"]["outlet"] if outlet in there]


def list_dividing_claims(tables: "Mapping[str, DataFrame]", event: str) -> list[DividingClaim]:
    """Return the claims of an event that divide its outlets, those that divide most first.

    A claim divides two outlets where one of them reports it and the other leaves it out, or where both report it and they
    contradict each other or differ in certainty. *Not found* divides nobody, and an outlet that prints a copy is not counted.
    Claims with a conflict come first; then those that divide more pairs; then in their order in the event.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    event : str
        Id of the event.

    Returns
    -------
    list of DividingClaim
        Empty where no claim divides two outlets, as with one outlet.
    """
    states = list_claim_states(select_rows(tables["coverage"], event=event), tables["estimates"])
    by_claim: dict[str, dict[str, dict[str, object]]] = {}
    for row in states.to_dict("records"):
        by_claim.setdefault(row["claim"], {})[row["outlet"]] = row
    parted = _find_parted(tables, event)
    outlets, copying = list_outlets(tables, event), list_copying(tables, event)
    claims = []
    for claim, rows in by_claim.items():
        kinds = parted.get(claim, {})
        cells = tuple(_make_cell(rows[outlet], kinds) for outlet in outlets if outlet in rows)
        counted = [cell for cell in cells if cell.outlet not in copying]
        pairs = [_divide(left, right, kinds) for left, right in combinations(counted, 2)]
        label = str(next(iter(rows.values()))["label"])
        n_conflicts = sum(bool(of_pair & set(CONFLICTS)) for of_pair in pairs)
        claims.append(DividingClaim(claim, label, cells, sum(map(bool, pairs)), n_conflicts))
    claims = [one for one in claims if one.n_pairs]
    return sorted(claims, key=lambda one: (not one.n_conflicts, -one.n_pairs, one.claim))


def _find_parted(tables: "Mapping[str, DataFrame]", event: str) -> dict[str, dict[frozenset[str], set[str]]]:
    """Return by claim and pair of outlets the kinds of difference that divide them."""
    rows = select_rows(tables["differences"], event=event)
    rows = rows[rows["kind"].isin(DIVIDING_KINDS) & (rows["claim"] != "")]
    parted: dict[str, dict[frozenset[str], set[str]]] = {}
    columns = (rows[name] for name in ("claim", "left_outlet", "right_outlet", "kind"))
    for claim, left, right, kind in zip(*columns, strict=True):
        parted.setdefault(claim, {}).setdefault(frozenset((left, right)), set()).add(kind)
    return parted


def _make_cell(row: "Mapping[str, object]", parted: Mapping[frozenset[str], set[str]]) -> ClaimCell:
    outlet = str(row["outlet"])
    of_outlet = {kind for pair, kinds in parted.items() if outlet in pair for kind in kinds}
    kinds = tuple(kind for kind in DIVIDING_KINDS if kind in of_outlet)
    p_absent, certainty = (float(str(row[name])) for name in ("p_absent", "certainty"))
    return ClaimCell(outlet, str(row["state"]), kinds, p_absent, certainty)


def _divide(left: ClaimCell, right: ClaimCell, parted: Mapping[frozenset[str], set[str]]) -> set[str]:
    """Return what divides two outlets: kinds of difference, or that one leaves the claim out."""
    if {left.state, right.state} == {COVERED, LEFT_OUT}:
        return {LEFT_OUT}
    return parted.get(frozenset((left.outlet, right.outlet)), set())
