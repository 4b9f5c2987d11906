"""Group aligned sentences of all outlets into claims, without chains that glue an article together."""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from crossframe.records import Alignment, Claim

LEAST_MEAN = 0.25
"""Least mean probability of the cross-outlet pairs between two groups that may merge; chosen on BASIL's 30 training
events (out-of-fold probabilities) for the best balance of claim purity and claim recall."""


def group_claims(alignment: Alignment) -> Alignment:
    """Return `alignment` with its claims: groups of sentences of two or more outlets that tell the same thing.

    Pairs at or above the decision threshold are merged, most probable first; two groups merge only while the mean
    probability of all their cross-outlet pairs stays at or above `LEAST_MEAN` (an unlisted pair counts as 0), so a
    chain of neighbours does not become one claim. A sentence belongs to one claim at most; a sentence without an
    aligned partner belongs to none: it is its outlet's own.

    Parameters
    ----------
    alignment : Alignment
        Of one event.

    Returns
    -------
    Alignment
        With ``claims`` called c01, c02, ... by number of outlets (most first), then position of the representative;
        the representative is the sentence with the highest summed probability within the claim.

    Examples
    --------
    >>> from crossframe.reading.sentences import split_sentences
    >>> from crossframe.records import Article
    >>> sentences = split_sentences([Article("a", "e", "x", "", "One."), Article("b", "e", "y", "", "Two.")])
    >>> group_claims(Alignment(sentences, [0], [1], [0.9], ("partial",))).claims
    (Claim(id='c01', rows=(0, 1), representative=0),)
    """
    probability = {
        (a, b): p
        for a, b, p in zip(
            alignment.left.tolist(), alignment.right.tolist(), alignment.probability.tolist(), strict=True
        )
    }
    probability |= {(b, a): p for (a, b), p in probability.items()}
    groups = _merge(alignment, probability)
    ranked = sorted((_describe(alignment, group, probability) for group in groups), key=lambda one: one[0])
    width = max(2, len(str(len(ranked))))
    claims = tuple(Claim(f"c{i:0{width}d}", tuple(rows), best) for i, (_, rows, best) in enumerate(ranked, 1))
    return replace(alignment, claims=claims)


def _merge(alignment: Alignment, probability: dict[tuple[int, int], float]) -> list[list[int]]:
    sentences = alignment.sentences
    outlet = [sentences.article_of(row).outlet for row in range(len(sentences))]
    linked = [i for i, relation in enumerate(alignment.relation) if relation not in ("none", "disputed")]
    keys = alignment.keys()
    linked.sort(key=lambda i: (-alignment.probability[i], keys[i]))
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for pair in linked:
        sides = []
        for row in (int(alignment.left[pair]), int(alignment.right[pair])):
            if row not in group_of:
                group_of[row] = row
                members[row] = [row]
            sides.append(group_of[row])
        one, other = sides
        if one == other:
            continue
        between = [
            probability.get((a, b), 0.0)
            for a in members[one]
            for b in members[other]
            if outlet[a] != outlet[b]
        ]
        if np.mean(between) < LEAST_MEAN:
            continue
        for row in members[other]:
            group_of[row] = one
        members[one] += members.pop(other)
    return [rows for _, rows in sorted(members.items()) if len({outlet[row] for row in rows}) > 1]


def _describe(
    alignment: Alignment, rows: list[int], probability: dict[tuple[int, int], float]
) -> tuple[tuple[object, ...], list[int], int]:
    sentences = alignment.sentences
    weight = {row: sum(probability.get((row, other), 0.0) for other in rows) for row in rows}
    best = min(rows, key=lambda row: (-round(weight[row], 4), sentences.key(row)))
    n_outlets = len({sentences.article_of(row).outlet for row in rows})
    first = min(int(sentences.index[row]) for row in rows)
    return (-n_outlets, first, sentences.key(best)), rows, best
