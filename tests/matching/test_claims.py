"""Claims: m-to-n, overlapping where a sentence tells several things, no chains, the same in any order."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.errors import InputError
from crossframe.matching.claims import ClaimSettings, group_claims
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article
from crossframe.studies.evaluate.alignment_metrics import score_alignment
from crossframe.synthetic import make_press

Pairs = Mapping[tuple[str, str], float]


def aligned(pairs: Pairs, *, order: str | None = None, threshold: float = 0.5) -> Alignment:
    """Return an alignment of sentences called by outlet and number, such as a1, of one article an outlet."""
    names = sorted({name for pair in pairs for name in pair})
    outlets = order or "".join(sorted({name[0] for name in names}))
    sizes = {outlet: max(int(name[1:]) for name in names if name[0] == outlet) for outlet in outlets}
    sentences = split_sentences(
        Article(f"{o}-art", "e", o, "", " ".join(f"Sentence {n} is here." for n in range(1, sizes[o] + 1)))
        for o in outlets
    )
    rows = [[sentences.row(f"{name[0]}-art", int(name[1:])) for name in pair] for pair in pairs]
    probability = np.array(list(pairs.values()))
    return Alignment(
        sentences,
        [a for a, _ in rows],
        [b for _, b in rows],
        probability,
        tuple("partial" if p >= threshold else "none" for p in probability),
    )


def groups_of(alignment: Alignment, settings: ClaimSettings | None = None) -> list[str]:
    """Return the claims as words of names, such as "a1 b2"."""
    grouped = group_claims(alignment, settings)
    key = grouped.sentences.key
    return [" ".join(sorted(f"{key(row)[0][0]}{key(row)[1]}" for row in c.rows)) for c in grouped.claims]


def chain(n: int, far: float) -> Alignment:
    """Return a chain of sentences of as many outlets: neighbours surely aligned, others with probability `far`."""
    names = [f"{letter}1" for letter in "abcdefgh"[:n]]
    return aligned(
        {(x, y): 0.9 if names.index(y) - names.index(x) == 1 else far for x, y in combinations(names, 2)}
    )


def test_a_chain_is_not_one_claim() -> None:
    """Two sentences aligned to a third are no claim of three unless they are close themselves; a clique stays whole."""
    assert groups_of(chain(3, 0.05)) == ["a1 b1"]
    assert groups_of(chain(4, 0.05)) == ["a1 b1", "c1 d1"]
    assert groups_of(chain(5, 0.8)) == ["a1 b1 c1 d1 e1"]


def test_closeness_by_hand() -> None:
    """A third sentence merges at the geometric mean of its two probabilities: sqrt(.9 x .1) is .3."""
    triangle = aligned({("a1", "b1"): 0.95, ("b1", "c1"): 0.9, ("a1", "c1"): 0.1})
    assert groups_of(triangle, ClaimSettings(merge=0.3, join=1.0)) == ["a1 b1 c1"]
    assert groups_of(triangle, ClaimSettings(merge=0.31, join=1.0)) == ["a1 b1"]
    unlisted = aligned({("a1", "b1"): 0.95, ("b1", "c1"): 0.9})  # counts as .05: sqrt(.9 x .05) is .2121
    assert groups_of(unlisted, ClaimSettings(merge=0.2121, join=1.0)) == ["a1 b1 c1"]
    assert groups_of(unlisted, ClaimSettings(merge=0.2122, join=1.0)) == ["a1 b1"]


def test_a_sentence_with_two_propositions_is_of_two_claims() -> None:
    """What one outlet says in one sentence and two others in two each: the one sentence belongs to both claims."""
    both = {("a1", "b1"): 0.9, ("a1", "c1"): 0.9, ("b1", "c1"): 0.95}
    other = {("a1", "b2"): 0.8, ("a1", "c2"): 0.8, ("b2", "c2"): 0.9}
    groups = groups_of(aligned({**both, **other}), ClaimSettings(merge=0.35, join=0.5))
    assert groups == ["a1 b1 c1", "a1 b2 c2"]
    assert groups_of(aligned({**both, **other}), ClaimSettings(merge=0.35, join=0.9)) == ["a1 b1 c1", "b2 c2"]


def test_sentences_of_one_outlet_share_a_claim() -> None:
    """A sentence whose content another outlet splits over two is one claim of three sentences."""
    assert groups_of(aligned({("a1", "b1"): 0.8, ("a1", "b2"): 0.7})) == ["a1 b1 b2"]


def test_no_claim_is_a_part_of_another() -> None:
    """Groups that become equal or parts of one another by joining are one claim."""
    four = aligned(
        {("a1", "b1"): 0.9, ("c1", "d1"): 0.9, ("a1", "c1"): 0.6, ("a1", "d1"): 0.6, ("b1", "c1"): 0.6, ("b1", "d1"): 0.6}
    )  # fmt: skip
    assert groups_of(four, ClaimSettings(merge=0.7, join=0.5)) == ["a1 b1 c1 d1"]


def test_claims_have_a_representative_and_a_rank() -> None:
    """Most outlets first, then the earliest; the representative has the highest summed probability within the claim."""
    found = group_claims(
        aligned(
            {("a2", "b2"): 0.7, ("b2", "c2"): 0.9, ("a2", "c2"): 0.6, ("a1", "b1"): 0.9, ("a3", "c1"): 0.9}
        )
    )
    assert [claim.id for claim in found.claims] == ["c01", "c02", "c03"]
    key = found.sentences.key
    assert [key(claim.representative) for claim in found.claims] == [("b-art", 2), ("a-art", 1), ("a-art", 3)]


@pytest.mark.parametrize("relation", ["none", "disputed"])
def test_pairs_that_are_not_decided_make_no_claim(relation: str) -> None:
    """Pairs that annotators dispute, and pairs below the threshold, merge nothing."""
    assert group_claims(replace(chain(2, 0.0), relation=(relation,))).claims == ()


_NAMES = [f"{outlet}{number}" for outlet in "abc" for number in (1, 2, 3)]
_ACROSS = [pair for pair in combinations(_NAMES, 2) if pair[0][0] != pair[1][0]]


@given(
    st.dictionaries(st.sampled_from(_ACROSS), st.sampled_from([0.05, 0.2, 0.3, 0.5, 0.8, 1.0]), min_size=1),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter(pairs: dict[tuple[str, str], float], random: Random) -> None:
    """Whatever the order of pairs, sides and articles, claims are the same; each spans outlets, none is a part."""
    expected = groups_of(aligned(pairs, threshold=0.3))
    turned = [((b, a), p) for (a, b), p in pairs.items()]
    random.shuffle(turned)
    outlets = sorted({name[0] for pair in pairs for name in pair}, reverse=True)
    assert groups_of(aligned(dict(turned), order="".join(outlets), threshold=0.3)) == expected
    claims = [set(claim.split()) for claim in expected]
    assert all(len({name[0] for name in claim}) > 1 for claim in claims)
    assert not any(one <= other for i, one in enumerate(claims) for j, other in enumerate(claims) if i != j)


def test_planted_claims_are_found() -> None:
    """From the true pairs of an invented press the claims are pure and complete, four outlets each."""
    truth = make_press(n_events=1, n_outlets=4, seed=5).corpus.gold["alignment"]
    assert isinstance(truth, Alignment)
    metrics = score_alignment(truth, [group_claims(truth)])
    assert (metrics["claim_purity"], metrics["claim_recall"]) == (1.0, 1.0)


@pytest.mark.parametrize("name", ["merge", "join"])
def test_settings_are_probabilities(name: str) -> None:
    """Settings beyond [0, 1] are refused."""
    with pytest.raises(InputError, match=f"Invalid {name} 1.5. It must lie between 0.0 and 1.0."):
        ClaimSettings(**{name: 1.5})
