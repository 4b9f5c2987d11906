"""Paths of states: only legal ones, the best one and the right probabilities, held against all paths written out."""

from itertools import pairwise, product

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.tagging.paths import Scheme, WordSpan

SCHEME = Scheme(("cue", "source"))


def is_legal(path: tuple[int, ...]) -> bool:
    """Return whether a path is legal: what is begun is continued and ended, under one label."""
    inside = 0
    for state in path:
        place, label = (0, 0) if state == 0 else ((state - 1) % 4 + 1, (state - 1) // 4 + 1)
        if inside and (place not in (2, 3) or label != inside):
            return False
        if not inside and place in (2, 3):
            return False
        inside = label if place in (1, 2) else 0
    return not inside


def test_best_path_and_probabilities_are_those_of_all_paths() -> None:
    """Texts of several lengths, decoded together, give what trying every path gives."""
    rng = np.random.default_rng(0)
    transitions, starts, ends = rng.normal(size=(9, 9)), rng.normal(size=9), rng.normal(size=9)
    scores = [rng.normal(scale=2, size=(n, 9)) for n in (3, 1, 0, 4, 2)]
    for found, score in zip(SCHEME.decode(scores, transitions, starts, ends), scores, strict=True):
        if not len(score):
            assert found == []
            continue
        paths = [path for path in product(range(9), repeat=len(score)) if is_legal(path)]
        weight = [
            starts[p[0]] + ends[p[-1]] + sum(score[i, s] for i, s in enumerate(p))
            + sum(transitions[a, b] for a, b in pairwise(p))
            for p in paths
        ]  # fmt: skip
        share = np.exp(weight) / np.exp(weight).sum()
        best = paths[int(np.argmax(weight))]
        sure = np.array(
            [
                [sum(w for p, w in zip(paths, share, strict=True) if p[i] == s) for s in range(9)]
                for i in range(len(score))
            ]
        )
        wanted = SCHEME.spans_of(best, sure)
        assert [(s.first, s.end, s.label) for s in found] == [(s.first, s.end, s.label) for s in wanted]
        assert [s.probability for s in found] == pytest.approx([s.probability for s in wanted])


def test_an_annotation_allows_what_it_leaves_open() -> None:
    """Several labels where it does not distinguish them, any span of a label it does not mark, and nothing else."""
    allowed = SCHEME.allow(4, [(0, 2, {"cue", "source"}), (3, 4, ())])
    assert np.flatnonzero(allowed[0]).tolist() == [1, 5]
    assert np.flatnonzero(allowed[1]).tolist() == [3, 7]
    assert np.flatnonzero(allowed[2]).tolist() == np.flatnonzero(allowed[3]).tolist() == [0]
    open_to_sources = SCHEME.allow(2, [(1, 2, {"cue"})], unmarked=("source",))
    assert np.flatnonzero(open_to_sources[0]).tolist() == [0, 5, 6, 7, 8]
    assert np.flatnonzero(open_to_sources[1]).tolist() == [4]


def test_spans_are_read_off_a_path() -> None:
    """Neighbouring spans of one label stay apart."""
    assert SCHEME.spans_of([4, 4, 0, 1, 2, 3, 8]) == [
        WordSpan(0, 1, "cue"),
        WordSpan(1, 2, "cue"),
        WordSpan(3, 6, "cue"),
        WordSpan(6, 7, "source"),
    ]


@pytest.mark.parametrize("labels", [(), ("cue", "cue")])
def test_labels_are_checked(labels: tuple[str, ...]) -> None:
    """No labels, or one twice, are refused."""
    with pytest.raises(InputError, match="Invalid labels"):
        Scheme(labels)
