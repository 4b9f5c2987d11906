"""Group aligned sentences of all outlets into claims, without chains that join a whole article."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.records import LOWEST_PROBABILITY, Alignment, Claim


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
    graph = PairGraph(alignment)
    settings = settings or ClaimSettings()
    cores = _merge(graph, settings.merge)
    groups = _without_subsets(join_nearest(graph, core, settings.join) for core in cores)
    ranked = sorted((describe_group(graph, group), sorted(group)) for group in groups)
    ids = number_ids(len(ranked))
    claims = tuple(Claim(id, tuple(rows), best) for id, ((_, best), rows) in zip(ids, ranked, strict=True))
    return replace(alignment, claims=claims)


def number_ids(n: int) -> list[str]:
    """Return the ids of `n` claims.

    Examples
    --------
    >>> number_ids(2)
    ['c01', 'c02']
    """
    width = max(2, len(str(n)))
    return [f"c{number:0{width}d}" for number in range(1, n + 1)]


class PairGraph:
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


def _merge(graph: PairGraph, min_closeness: float) -> list[list[int]]:
    group_of = {row: row for pair in graph.links for row in pair}
    members = {row: [row] for row in group_of}
    for a, b in graph.links:
        first, second = group_of[a], group_of[b]
        if first != second and graph.closeness(members[first], members[second]) >= min_closeness:
            for row in members[second]:
                group_of[row] = first
            members[first] += members.pop(second)
    return [rows for rows in members.values() if len({graph.outlet[row] for row in rows}) > 1]


def join_nearest(graph: PairGraph, core: Iterable[int], min_closeness: float) -> frozenset[int]:
    """Return a group with the aligned partners of its sentences that are close enough to all of it."""
    core = sorted(core)
    near = {other for row in core for other in graph.partners[row]}.difference(core)
    return frozenset(core) | {row for row in near if graph.closeness([row], core) >= min_closeness}


def _without_subsets(groups: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    distinct = set(groups)
    return [group for group in distinct if not any(group < other for other in distinct)]


def describe_group(graph: PairGraph, rows: Iterable[int]) -> tuple[tuple[Any, ...], int]:
    """Return the sort key of a claim (most outlets, then earliest, first), and the row that represents it."""
    rows = sorted(rows)
    weight = {a: round(sum(sorted(graph.probability.get((a, b), 0.0) for b in rows)), 4) for a in rows}
    best = min(rows, key=lambda row: (-weight[row], graph.key(row)))
    n_outlets = len({graph.outlet[row] for row in rows})
    first = min(int(graph.sentences.index[row]) for row in rows)
    return (-n_outlets, first, graph.key(best), sorted(graph.key(row) for row in rows)), best
