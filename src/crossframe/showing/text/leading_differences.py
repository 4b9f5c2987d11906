"""What differs most between the outlets of an event, in sentences: conflicts, portrayals, claims left out, certainty."""

import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, permutations, zip_longest
from typing import TYPE_CHECKING

from crossframe.records import CONFLICTS, STANCES
from crossframe.records.display import count_of
from crossframe.showing.tables.claim_selection import COVERED, LEFT_OUT
from crossframe.showing.tables.dividing_claims import CERTAINTY, list_copying, list_dividing_claims
from crossframe.showing.tables.grids import find_gaps
from crossframe.showing.tables.judged_counts import JudgedCounts, make_judgement_grid
from crossframe.showing.tables.selection import QUOTED, VOICES, select_rows

if TYPE_CHECKING:
    from pandas import DataFrame

MIN_JUDGED = 3
"""Judged sentences from which on a cell is compared in words, as for a mean."""
MAX_NAMED = 3
"""Outlets that a sentence names; of more it gives the number."""
MAX_LABEL, MAX_STRETCH = 110, 80
"""Characters of a claim and of a differing stretch; a longer one is cut between words."""
_JUDGED = {STANCES[0]: "charges {} with fault", STANCES[2]: "credits {} with merit"}
_PORTRAYED = {STANCES[0]: "charged with fault", STANCES[2]: "credited with merit"}


@dataclass(frozen=True)
class LeadingDifference:
    """A difference between outlets, in words.

    Parameters
    ----------
    kind : str
        ``conflict``, ``portrayal``, ``left out`` or ``certainty``.
    text : str
        One sentence, or several short ones; plain text.
    claim, actor : str
        Id of the claim or the actor that it is about; the other is "".
    """

    kind: str
    text: str
    claim: str = ""
    actor: str = ""


def list_leading_differences(
    tables: "Mapping[str, DataFrame]", event: str, n: int = 3
) -> list[LeadingDifference]:
    """Return what differs most between the outlets of an event, at most `n` differences.

    The first of each kind come first, in this order, then the second of each: conflicts inside a claim, the most probable
    first; portrayals, as `_rank_portrayals` orders them; claims that are left out, those that divide most pairs of outlets
    first; differences in certainty, the most probable first. Only the first difference is taken of one claim, of one actor in one kind
    of words, and of claims that the same outlets report and the same leave out. Outlets that print a copy are not compared.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    event : str
        Id of the event.
    n : int
        How many at most.

    Returns
    -------
    list of LeadingDifference
        Empty where the tables carry none, as with one outlet.
    """
    names = _Names(tables, event)
    kinds = (
        _list_conflicts(tables, event, names),
        _list_portrayals(tables, event, names),
        _list_left_out(tables, event, names),
        _list_certainty(tables, event, names),
    )
    listed: list[LeadingDifference] = []
    claims: set[str] = set()
    for one in chain.from_iterable(zip_longest(*kinds)):
        if one is not None and one.claim not in claims and len(listed) < n:
            listed.append(one)
            claims |= {one.claim} - {""}
    return listed


class _Names:
    """Outlets and actors of an event as sentences write them."""

    def __init__(self, tables: "Mapping[str, DataFrame]", event: str) -> None:
        outlets, actors = tables["outlets"], select_rows(tables["actors"], event=event)
        self._outlets = dict(zip(outlets["outlet"], outlets["name"], strict=True))
        self._actors = dict(zip(actors["actor"], actors["name"], strict=True))

    def outlet(self, outlet: str) -> str:
        return isolate(self._outlets.get(outlet) or outlet)

    def actor(self, actor: str) -> str:
        return isolate(self._actors.get(actor) or actor)

    def outlets(self, ids: Sequence[str]) -> str:
        """Return up to `MAX_NAMED` outlets by name, of more the number."""
        names = [self.outlet(id) for id in ids]
        if len(names) > MAX_NAMED:
            return count_of(len(names), "outlet")
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def isolate(text: str) -> str:
    """Return a text so that its direction of writing changes nothing around it.

    Examples
    --------
    >>> isolate("North Star"), len(isolate("الجزيرة")) - len("الجزيرة")
    ('North Star', 2)
    """
    directions = {unicodedata.bidirectional(letter) for letter in text}
    return text if directions <= _LEFT_TO_RIGHT else f"\u2068{text}\u2069"


_LEFT_TO_RIGHT = {"L", "EN", "ES", "ET", "CS", "ON", "WS", "S", "B", "BN", "NSM", ""}


def _quote(text: str, width: int) -> str:
    short = textwrap.shorten(text, width, placeholder=" …")
    return f"“{isolate(short)}”"


# --- kinds of difference --------------------------------------------------------------------------------


def _list_conflicts(
    tables: "Mapping[str, DataFrame]", event: str, names: _Names
) -> Iterator[LeadingDifference]:
    def phrase(label: str, left: str, right: str) -> str:
        return f"Contradicting each other on {label}: {left}; {right}."

    return _list_inside(tables, event, names, CONFLICTS, "conflict", phrase)


def _list_certainty(
    tables: "Mapping[str, DataFrame]", event: str, names: _Names
) -> Iterator[LeadingDifference]:
    def phrase(label: str, left: str, right: str) -> str:
        return f"Differing in how certain it is that {label}: {left}; {right}."

    return _list_inside(tables, event, names, (CERTAINTY,), CERTAINTY, phrase)


def _list_inside(
    tables: "Mapping[str, DataFrame]",
    event: str,
    names: _Names,
    kinds: Sequence[str],
    kind: str,
    phrase: Callable[[str, str, str], str],
) -> Iterator[LeadingDifference]:
    """Yield the differences of these kinds inside claims, the most probable first."""
    copying = list_copying(tables, event)
    coverage = select_rows(tables["coverage"], event=event)
    labels = dict(zip(coverage["claim"], coverage["label"], strict=True))
    rows = select_rows(tables["differences"], event=event)
    rows = rows[rows["kind"].isin(kinds) & rows["claim"].isin(labels)]
    rows = rows.sort_values("probability", ascending=False, kind="stable")
    for row in rows.to_dict("records"):
        sides = [(row[f"{side}_outlet"], row[f"{side}_text"]) for side in ("left", "right")]
        if all(text.strip() and outlet not in copying for outlet, text in sides):
            left, right = (f"{names.outlet(outlet)} {_quote(text, MAX_STRETCH)}" for outlet, text in sides)
            text = phrase(_quote(labels[row["claim"]], MAX_LABEL), left, right)
            yield LeadingDifference(kind, text, claim=row["claim"])


def _list_left_out(
    tables: "Mapping[str, DataFrame]", event: str, names: _Names
) -> Iterator[LeadingDifference]:
    copying = list_copying(tables, event)
    divisions: set[tuple[frozenset[str], frozenset[str]]] = set()
    claims = sorted(list_dividing_claims(tables, event), key=lambda one: (-one.n_pairs, one.claim))
    for claim in claims:
        cells = [cell for cell in claim.cells if cell.outlet not in copying]
        there = [cell.outlet for cell in cells if cell.state == COVERED]
        gaps = [cell for cell in cells if cell.state == LEFT_OUT]
        division = frozenset(there), frozenset(cell.outlet for cell in gaps)
        if there and gaps and division not in divisions:
            divisions.add(division)
            least = min(cell.certainty for cell in gaps)
            leave = "leaves" if len(gaps) == 1 else "leave"
            certainty = f"certainty {least:.2f}{'' if len(gaps) == 1 else ' or more'}"
            text = (
                f"{names.outlets([cell.outlet for cell in gaps])} {leave} out what {names.outlets(there)} "
                f"{'reports' if len(there) == 1 else 'report'}: {_quote(claim.label, MAX_LABEL)} ({certainty})."
            )
            yield LeadingDifference(LEFT_OUT, text, claim=claim.claim)


# --- portrayals -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Contrast:
    """Two outlets of which the first has the larger share of sentences with a label."""

    actor: str
    voice: str
    label: str
    high: str
    low: str
    margin: Fraction
    gaps: tuple[float, ...]


def _list_portrayals(
    tables: "Mapping[str, DataFrame]", event: str, names: _Names
) -> Iterator[LeadingDifference]:
    cells = make_judgement_grid(tables, event).cells
    compared: set[tuple[str, str]] = set()
    for one in _rank_portrayals(cells, list_copying(tables, event), find_gaps(tables, event)):
        if (one.actor, one.voice) in compared:
            continue
        compared.add((one.actor, one.voice))
        high, low = (_count(cells[one.actor][outlet, one.voice], one.label) for outlet in (one.high, one.low))
        first, second, actor = names.outlet(one.high), names.outlet(one.low), names.actor(one.actor)
        if one.voice == QUOTED:
            text = f"Quoted words: {actor} is {_PORTRAYED[one.label]} in {high} sentences in {first}, in {low} in {second}"
        else:
            text = f"In {high} sentences of its own words {first} {_JUDGED[one.label].format(actor)}; {second} in {low}"
        apart = " Model and this study's labels part here: see ≠ below." if one.gaps else ""
        yield LeadingDifference("portrayal", f"{text} (model reading).{apart}", actor=one.actor)


def _rank_portrayals(
    grid: Mapping[str, Mapping[tuple[str, str], JudgedCounts]],
    copying: Mapping[str, str],
    gaps: Mapping[tuple[str, str, str], float],
) -> list[_Contrast]:
    """Return the contrasts between two outlets in the share of an actor's sentences that are negative, or positive.

    A contrast counts where both outlets have `MIN_JUDGED` judged sentences and the order of the two shares would stay if one
    sentence of each outlet were judged otherwise; of the higher share only certain sentences count, of the lower one also
    uncertain ones. Those come first in which no cell has labels that part from the model; then those with the larger
    difference that would be left; then the outlet's own words before quoted ones.
    """
    contrasts = []
    for actor, cells in grid.items():
        for (high, voice), (low, other) in permutations(sorted(cells), 2):
            counts = cells[high, voice], cells[low, other]
            if voice != other or copying.keys() & {high, low} or min(one.n for one in counts) < MIN_JUDGED:
                continue
            for label in _JUDGED:
                margin = _margin(*counts, label)
                if margin > 0:
                    parted = tuple(
                        gaps[key] for key in ((actor, high, voice), (actor, low, voice)) if key in gaps
                    )
                    contrasts.append(_Contrast(actor, voice, label, high, low, margin, parted))
    order = list(VOICES)
    return sorted(
        contrasts,
        key=lambda one: (bool(one.gaps), -one.margin, order.index(one.voice), one.actor, one.high, one.low),
    )


def _margin(high: JudgedCounts, low: JudgedCounts, label: str) -> Fraction:
    """Return the difference of two shares that is left if one sentence of each were judged otherwise."""
    return Fraction(high.certain.get(label, 0) - 1, high.n) - Fraction(low.total(label) + 1, low.n)


def _count(counts: JudgedCounts, label: str) -> str:
    n_uncertain = counts.uncertain.get(label, 0)
    more = f" ({n_uncertain} more uncertain)" if n_uncertain else ""
    return f"{counts.certain.get(label, 0)} of {counts.n}{more}"
