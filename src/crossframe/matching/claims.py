"""Group aligned sentences of all outlets into claims, without chains that join a whole article."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.matching.clauses import rows_of_clauses
from crossframe.records import LOWEST_PROBABILITY, Alignment, Claim, Sentences


@dataclass(frozen=True)
class ClaimSettings:
    """How close sentences must be to make up a claim.

    Parameters
    ----------
    merge : float
        Minimum closeness of two groups of sentences that are merged.
    join : float
        Minimum closeness of a sentence to a further group that it joins while staying in its own.

    Notes
    -----
    The defaults were chosen on BASIL's 30 training events with an earlier aligner. They are used only where an aligner
    has none of its own (`crossframe train aligner` chooses them).
    """

    merge: float = 0.25
    join: float = 0.35

    def __post_init__(self) -> None:
        for name in ("merge", "join"):
            check.check_number(getattr(self, name), name, 0.0, 1.0)


def group_claims(alignment: Alignment, settings: ClaimSettings | None = None) -> Alignment:
    """Return `alignment` with its claims: groups of sentences of two or more outlets that report the same.

    Closeness of two groups is the geometric mean of the probabilities of their cross-outlet pairs; a pair that is not
    listed counts as 0.05. An unlikely pair lowers the mean more than a likely pair raises it, so neighbours in a chain do
    not become one claim. First, pairs at or above the decision threshold merge their groups, most probable first, while
    the two groups are close enough. Then a sentence joins every further group in which it has an aligned partner and
    to which it is close enough: a sentence with several propositions belongs to several claims. A sentence without an
    aligned partner belongs to no claim: only its outlet reports it.

    Parameters
    ----------
    alignment : Alignment
        Of one event.
    settings : ClaimSettings, optional
        None takes the defaults.

    Returns
    -------
    Alignment
        With ``claims`` called c01, c02, ... by number of outlets (most first), then position of the first sentence;
        the representative is the sentence with the highest summed probability within the claim. No claim is a
        subset of another.

    Examples
    --------
    >>> from crossframe.reading.text.split import split_sentences
    >>> from crossframe.records import Article
    >>> sentences = split_sentences([Article("a", "e", "x", "", "One."), Article("b", "e", "y", "", "Two.")])
    >>> group_claims(Alignment(sentences, [0], [1], [0.9], ("partial",))).claims
    (Claim(id='c01', rows=(0, 1), representative=0),)
    """
    graph = _Graph(alignment)
    settings = settings or ClaimSettings()
    cores = _merge(graph, settings.merge)
    groups = _without_subsets(_join(graph, core, settings.join) for core in cores)
    ranked = sorted((_describe(graph, group), sorted(group)) for group in groups)
    ids = _number_ids(len(ranked))
    claims = tuple(Claim(id, tuple(rows), best) for id, ((_, best), rows) in zip(ids, ranked, strict=True))
    return replace(alignment, claims=claims)


def _number_ids(n: int) -> list[str]:
    width = max(2, len(str(n)))
    return [f"c{number:0{width}d}" for number in range(1, n + 1)]


class _Graph:
    """Sentences of one event as nodes: their outlets, the probabilities of pairs, and which are aligned."""

    def __init__(self, alignment: Alignment) -> None:
        self.sentences = alignment.sentences
        self.outlet = alignment.sentences.outlet
        self.probability = alignment.probabilities
        self.partners: dict[int, set[int]] = defaultdict(set)
        linked = []
        columns = (alignment.left.tolist(), alignment.right.tolist(), alignment.probability.tolist())
        for a, b, p, relation, key in zip(*columns, alignment.relation, alignment.keys(), strict=True):
            if relation not in ("none", "disputed"):
                self.partners[a].add(b)
                self.partners[b].add(a)
                linked.append((-round(p, 4), key, a, b))
        self.links = [(a, b) for _, _, a, b in sorted(linked)]

    def closeness(self, first: Iterable[int], second: Iterable[int]) -> float:
        """Return the geometric mean of the probabilities of the cross-outlet pairs between two groups."""
        between = [
            self.probability.get((a, b), 0.0)
            for a in first
            for b in second
            if self.outlet[a] != self.outlet[b]
        ]
        if not between:
            return 0.0
        logs = np.log(np.maximum(between, LOWEST_PROBABILITY))
        return round(float(np.exp(np.sort(logs).mean())), 4)

    def key(self, row: int) -> tuple[str, int]:
        """Return (article id, sentence number) of a row."""
        return self.sentences.key(row)


def _merge(graph: _Graph, min_closeness: float) -> list[list[int]]:
    group_of = {row: row for pair in graph.links for row in pair}
    members = {row: [row] for row in group_of}
    for a, b in graph.links:
        first, second = group_of[a], group_of[b]
        if first != second and graph.closeness(members[first], members[second]) >= min_closeness:
            for row in members[second]:
                group_of[row] = first
            members[first] += members.pop(second)
    return [rows for rows in members.values() if len({graph.outlet[row] for row in rows}) > 1]


def _join(graph: _Graph, core: Iterable[int], min_closeness: float) -> frozenset[int]:
    """Return a group with the aligned partners of its sentences that are close enough to all of it."""
    core = sorted(core)
    near = {other for row in core for other in graph.partners[row]}.difference(core)
    return frozenset(core) | {row for row in near if graph.closeness([row], core) >= min_closeness}


def _without_subsets(groups: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    distinct = set(groups)
    return [group for group in distinct if not any(group < other for other in distinct)]


def _describe(graph: _Graph, rows: Iterable[int]) -> tuple[tuple[Any, ...], int]:
    """Return the sort key of a claim (most outlets, then earliest, first), and the row that represents it."""
    rows = sorted(rows)
    weight = {a: round(sum(sorted(graph.probability.get((a, b), 0.0) for b in rows)), 4) for a in rows}
    best = min(rows, key=lambda row: (-weight[row], graph.key(row)))
    n_outlets = len({graph.outlet[row] for row in rows})
    first = min(int(graph.sentences.index[row]) for row in rows)
    return (-n_outlets, first, graph.key(best), sorted(graph.key(row) for row in rows)), best


# --- claims that clauses tell -----------------------------------------------------------------------------

_LIKELY = 0.5
_Group = tuple[frozenset[int], frozenset[int]]
"""Sentences of a claim, and the clauses of theirs that tell it (none: the sentences as a whole)."""


def split_claims(
    alignment: Alignment, clauses: Alignment, settings: ClaimSettings | None = None
) -> Alignment:
    """Return `alignment` with its claims split where clauses of their sentences tell several things.

    Where the clauses of one claim group into several claims that a sentence tells with different clauses, each is a claim of its own: a sentence that tells only one of them
    is in no other. What is told by the same sentences stays one claim, and nothing is told twice by two claims. Where a
    clause of no claim is aligned with a sentence of none, the two make up a further claim.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.
    clauses : Alignment
        The same sentences, those of claims cut into clauses (`clauses.cut_sentences`), as the same aligner aligns them.
    settings : ClaimSettings, optional
        As `group_claims` takes them.

    Returns
    -------
    Alignment
        With claims numbered anew, and in ``clauses`` those of which a sentence tells no more than a part.
    """
    parts = _Parts(alignment.sentences, clauses, settings or ClaimSettings())
    groups = [group for claim in alignment.claims for group in parts.split(claim)]
    groups += parts.find_further(alignment, groups)
    return parts.number_claims(alignment, parts.without_doubles(groups))


class _Parts:
    """The clauses of an event's sentences, and how they group."""

    def __init__(self, sentences: Sentences, clauses: Alignment, settings: ClaimSettings) -> None:
        self.clauses, self.settings = clauses, settings
        self.graph = _Graph(clauses)
        self.outlet = sentences.outlet
        self.row_of = rows_of_clauses(sentences, clauses.sentences)
        self.units: dict[int, list[int]] = {}
        for unit, row in enumerate(self.row_of):
            self.units.setdefault(row, []).append(unit)

    def split(self, claim: Claim) -> list[_Group]:
        """Return the groups into which a claim falls; the first holds what no other does."""
        units = [unit for row in claim.rows for unit in self.units[row]]
        if len(units) == len(claim.rows):
            return [(frozenset(claim.rows), frozenset())]
        main, *further = self._group_clauses(units) or [frozenset()]
        grouped = self.rows(frozenset().union(main, *further))
        main |= {unit for row in set(claim.rows) - grouped for unit in self.units[row]}
        return [self._group(units) for units in (main, *map(self._add_outlets, further))]

    def _add_outlets(self, group: frozenset[int]) -> frozenset[int]:
        """Return a group with clauses and sentences of outlets that it lacks, where they more likely than not belong to it."""
        outlets = {self.graph.outlet[unit] for unit in group}
        near = _join(self.graph, group, _LIKELY)
        return group | {unit for unit in near if self.graph.outlet[unit] not in outlets}

    def rows(self, units: Iterable[int]) -> frozenset[int]:
        """Return the sentences of `units`."""
        return frozenset(self.row_of[unit] for unit in units)

    def _group_clauses(self, units: Sequence[int]) -> list[frozenset[int]]:
        """Return the groups of `units` that a sentence tells with different clauses, the one of most outlets first."""
        inside = np.isin(self.clauses.left, units) & np.isin(self.clauses.right, units)
        apart: list[frozenset[int]] = []
        for group in self._group_pairs(inside):
            same = next((number for number, other in enumerate(apart) if self._is_same(group, other)), None)
            if same is None:
                apart.append(group)
            else:
                apart[same] |= group
        return apart

    def _group_pairs(self, chosen: np.ndarray) -> list[frozenset[int]]:
        """Return the groups that the `chosen` pairs of clauses make up."""
        clauses = self.clauses
        relation = tuple(np.array(clauses.relation, dtype=object)[chosen])
        pairs = replace(
            clauses,
            left=clauses.left[chosen],
            right=clauses.right[chosen],
            probability=clauses.probability[chosen],
            relation=relation,
        )
        return [frozenset(claim.rows) for claim in group_claims(pairs, self.settings).claims]

    def find_further(self, alignment: Alignment, groups: Iterable[_Group]) -> list[_Group]:
        """Return the groups of clauses that are in none of `groups`, though their sentences are aligned.

        Clauses count that tell the same more likely than not, and no less surely than their sentences as a whole.
        """
        graph = _Graph(alignment)
        taken = frozenset().union(*(self.clauses_of(group) for group in groups))
        columns = (self.clauses.left.tolist(), self.clauses.right.tolist(), self.clauses.probability.tolist())
        chosen = []
        for a, b, probability in zip(*columns, strict=True):
            one, other = self.row_of[a], self.row_of[b]
            sure = probability >= max(graph.probability.get((one, other), 0.0), _LIKELY)
            chosen.append(other in graph.partners[one] and sure and not taken & {a, b})
        return [self._group(units) for units in self._group_pairs(np.array(chosen, dtype=bool))]

    def clauses_of(self, group: _Group) -> frozenset[int]:
        """Return the clauses of a group: those it has, or all of its sentences."""
        rows, units = group
        return units or frozenset(unit for row in rows for unit in self.units[row])

    def _is_same(self, group: frozenset[int], other: frozenset[int]) -> bool:
        """Return whether two groups tell the same for all that is known: no sentence tells them apart, or the same ones both."""
        one, two = self.rows(group), self.rows(other)
        apart = self.rows(group - other) & self.rows(other - group)
        outlets = [{self.outlet[row] for row in rows} for rows in (one, two)]
        return not apart or (one <= two and outlets[0] == outlets[1])

    def _group(self, units: frozenset[int]) -> _Group:
        """Return a group with its clauses; without them where it has all clauses of its sentences."""
        rows = self.rows(units)
        return rows, (units if len(units) < sum(len(self.units[row]) for row in rows) else frozenset())

    def without_doubles(self, groups: Sequence[_Group]) -> list[_Group]:
        """Return the groups of two or more outlets without those whose clauses another has, each once."""
        sets = [self.clauses_of(group) for group in groups]
        kept = []
        for number, (rows, units) in enumerate(groups):
            double = any(
                sets[number] < other or (sets[number] == other and earlier < number)
                for earlier, other in enumerate(sets)
                if earlier != number
            )
            if not double and len({self.outlet[row] for row in rows}) > 1:
                kept.append((rows, units))
        return kept

    def number_claims(self, alignment: Alignment, groups: Iterable[_Group]) -> Alignment:
        """Return `alignment` with these groups as its claims, ranked as `group_claims` ranks them."""
        graph = _Graph(alignment)
        ranked = []
        for rows, units in groups:
            rank, best = _describe(graph, rows)
            _, clause = _describe(self.graph, units) if units else ((), -1)
            best = self.row_of[clause] if units else best
            ranked.append(((*rank[:2], graph.key(best), rank[3], clause), sorted(rows), best, sorted(units)))
        ranked.sort()
        ids = _number_ids(len(ranked))
        claims = [Claim(id, tuple(rows), best) for id, (_, rows, best, _) in zip(ids, ranked, strict=True)]
        partial = [
            Claim(id, tuple(units), rank[4])
            for id, (rank, _, _, units) in zip(ids, ranked, strict=True)
            if units
        ]
        clauses = replace(self.clauses, claims=tuple(partial))
        return replace(alignment, claims=tuple(claims), clauses=clauses)
