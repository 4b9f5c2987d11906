"""Claims that only parts of sentences tell: clauses aligned in the place of sentences, and claims split by them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from crossframe.matching.claims import (
    ClaimSettings,
    PairGraph,
    describe_group,
    group_claims,
    join_nearest,
    number_ids,
)
from crossframe.matching.clauses import split_clauses
from crossframe.records import Alignment, Claim, Sentences

_ENGLISH = ("", "en")
Group = tuple[frozenset[int], frozenset[int]]
"""Sentences of a claim, and the clauses of theirs that tell it (none: the sentences as a whole)."""


def cut_sentences(sentences: Sentences, rows: Iterable[int]) -> Sentences:
    """Return `sentences` with the English ones among `rows` cut into their clauses, titles aside, numbered anew.

    Examples
    --------
    >>> from crossframe.reading.text.split import split_sentences
    >>> from crossframe.records import Article
    >>> text = "Police raided the office on Monday and found a secret list of donors."
    >>> cut_sentences(split_sentences([Article("a", "e", "x", "Raid", text)]), [1]).text
    ('Raid', 'Police raided the office on Monday', 'found a secret list of donors.')
    """
    chosen = {row for row in rows if sentences.index[row] and _is_english(sentences, row)}
    article: list[int] = []
    index: list[int] = []
    start, end = [], []
    for row, text in enumerate(sentences.text):
        number = int(sentences.article[row])
        for first, last in split_clauses(text) if row in chosen else ((0, len(text)),):
            index.append(index[-1] + 1 if article and article[-1] == number else int(sentences.index[row]))
            article.append(number)
            start.append(int(sentences.start[row]) + first)
            end.append(int(sentences.start[row]) + last)
    columns = (np.array(column, dtype=np.int64) for column in (article, index, start, end))
    return Sentences(sentences.articles, *columns)


def _is_english(sentences: Sentences, row: int) -> bool:
    return (sentences.article_of(row).language or "") in _ENGLISH


def split_claims(
    alignment: Alignment, align: Callable[[Sentences], Alignment], settings: ClaimSettings | None = None
) -> Alignment:
    """Return `alignment` with its claims split where clauses of their sentences tell several things.

    The sentences of claims are cut into clauses, and these aligned. Where the clauses of one claim group into several
    claims that a sentence tells with different clauses, each is a claim of its own: a sentence that tells only one of them
    is in no other. What is told by the same sentences stays one claim, and nothing is told twice by two claims. Where a
    clause of no claim is aligned with a sentence of none, the two make up a further claim.

    Parameters
    ----------
    alignment : Alignment
        Of one event, with claims.
    align : callable
        Aligns sentences of the event as the aligner of `alignment` does; called once, and not where nothing is cut.
    settings : ClaimSettings, optional
        As `group_claims` takes them.

    Returns
    -------
    Alignment
        With claims numbered anew, and in ``clauses`` those of which a sentence tells no more than a part.
    """
    settings = settings or ClaimSettings()
    sentences = alignment.sentences
    cut = cut_sentences(sentences, (row for claim in alignment.claims for row in claim.rows))
    if len(cut) == len(sentences):
        return alignment
    clauses = replace(align(cut), claims=())
    parts = _Parts(sentences, clauses, settings)
    groups = [group for claim in alignment.claims for group in parts.split(claim)]
    groups += parts.find_further(alignment, groups)
    return parts.number_claims(alignment, parts.without_doubles(groups))


class _Parts:
    """The clauses of an event's sentences, and how they group."""

    def __init__(self, sentences: Sentences, clauses: Alignment, settings: ClaimSettings) -> None:
        self.clauses, self.settings = clauses, settings
        self.graph = PairGraph(clauses)
        self.outlet = sentences.outlet
        self.row_of = rows_of_clauses(sentences, clauses.sentences)
        self.units: dict[int, list[int]] = {}
        for unit, row in enumerate(self.row_of):
            self.units.setdefault(row, []).append(unit)

    def split(self, claim: Claim) -> list[Group]:
        """Return the groups into which a claim falls; the first holds what no other does."""
        units = [unit for row in claim.rows for unit in self.units[row]]
        if len(units) == len(claim.rows):
            return [(frozenset(claim.rows), frozenset())]
        main, *further = self._told_apart(units) or [frozenset()]
        told = self.rows(frozenset().union(main, *further))
        main |= {unit for row in set(claim.rows) - told for unit in self.units[row]}
        joined = (join_nearest(self.graph, group, self.settings.join) for group in further)
        return [self._group(units) for units in (main, *joined)]

    def rows(self, units: Iterable[int]) -> frozenset[int]:
        """Return the sentences of `units`."""
        return frozenset(self.row_of[unit] for unit in units)

    def _told_apart(self, units: Sequence[int]) -> list[frozenset[int]]:
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

    def find_further(self, alignment: Alignment, groups: Iterable[Group]) -> list[Group]:
        """Return the groups of clauses that are in none of `groups`, though their sentences are aligned.

        Clauses count that tell the same more likely than not, and no less surely than their sentences as a whole.
        """
        graph = PairGraph(alignment)
        told = frozenset().union(*(self.told(group) for group in groups))
        columns = (self.clauses.left.tolist(), self.clauses.right.tolist(), self.clauses.probability.tolist())
        chosen = []
        for a, b, probability in zip(*columns, strict=True):
            one, other = self.row_of[a], self.row_of[b]
            sure = probability >= max(graph.probability.get((one, other), 0.0), 0.5)
            chosen.append(other in graph.partners[one] and sure and not told & {a, b})
        return [self._group(units) for units in self._group_pairs(np.array(chosen, dtype=bool))]

    def told(self, group: Group) -> frozenset[int]:
        """Return the clauses of a group: those it has, or all of its sentences."""
        rows, units = group
        return units or frozenset(unit for row in rows for unit in self.units[row])

    def _is_same(self, group: frozenset[int], other: frozenset[int]) -> bool:
        """Return whether two groups tell the same for all that is known: no sentence tells them apart, or the same ones both."""
        one, two = self.rows(group), self.rows(other)
        apart = self.rows(group - other) & self.rows(other - group)
        outlets = [{self.outlet[row] for row in rows} for rows in (one, two)]
        return not apart or (one <= two and outlets[0] == outlets[1])

    def _group(self, units: frozenset[int]) -> Group:
        """Return a group with its clauses; without them where it has all clauses of its sentences."""
        rows = self.rows(units)
        return rows, (units if len(units) < sum(len(self.units[row]) for row in rows) else frozenset())

    def without_doubles(self, groups: Sequence[Group]) -> list[Group]:
        """Return the groups of two or more outlets without those whose clauses another has, each once."""
        told = [self.told(group) for group in groups]
        kept = []
        for number, (rows, units) in enumerate(groups):
            double = any(
                told[number] < other or (told[number] == other and earlier < number)
                for earlier, other in enumerate(told)
                if earlier != number
            )
            if not double and len({self.outlet[row] for row in rows}) > 1:
                kept.append((rows, units))
        return kept

    def number_claims(self, alignment: Alignment, groups: Iterable[Group]) -> Alignment:
        """Return `alignment` with these groups as its claims, ranked as `group_claims` ranks them."""
        graph = PairGraph(alignment)
        ranked = []
        for rows, units in groups:
            rank, best = describe_group(graph, rows)
            _, clause = describe_group(self.graph, units) if units else ((), -1)
            best = self.row_of[clause] if units else best
            ranked.append(((*rank[:2], graph.key(best), rank[3], clause), sorted(rows), best, sorted(units)))
        ranked.sort()
        ids = number_ids(len(ranked))
        claims = [Claim(id, tuple(rows), best) for id, (_, rows, best, _) in zip(ids, ranked, strict=True)]
        told = [
            Claim(id, tuple(units), rank[4])
            for id, (rank, _, _, units) in zip(ids, ranked, strict=True)
            if units
        ]
        clauses = replace(self.clauses, claims=tuple(told))
        return replace(alignment, claims=tuple(claims), clauses=clauses)


def rows_of_clauses(sentences: Sentences, clauses: Sentences) -> list[int]:
    """Return the row in `sentences` of every one of their `clauses`."""
    return [
        sentences.locate(clauses.articles[article].id, start)
        for article, start in zip(clauses.article.tolist(), clauses.start.tolist(), strict=True)
    ]
