"""The lemma heuristic: lemmas and heads by hand, pairs counted in plain Python, the real topics."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from crossframe.studies.reproduce.ecbplus import (
    Mention,
    corefer,
    count_pairs,
    head_of,
    learn_lemma_pairs,
    lemma_of,
    make_mention,
    reproduce_lemma,
    score_counts,
)


@pytest.mark.parametrize(
    "forms",
    [
        "kill kills killed killing", "fire fires fired firing", "stop stops stopped stopping", "die died dies dying",
        "marry married marries", "crash crashed crashes", "win winning wins", "acquire acquired acquiring acquires",
        "say says said saying", "miss missed misses", "bid bids", "fall fell", "shoots shooting",
    ],
)  # fmt: skip
def test_forms_of_one_lemma(forms: str) -> None:
    """Forms of a word have one lemma."""
    assert len({lemma_of(form) for form in forms.split()}) == 1


def test_other_lemmas() -> None:
    """Short words keep their letters, and other words other lemmas."""
    words = [
        "bring",
        "sing",
        "thing",
        "bus",
        "gas",
        "us",
        "red",
        "need",
        "fall",
        "kill",
        "murder",
        "murderer",
    ]
    assert len({lemma_of(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("mention", "head"),
    [("murder charges", "charges"), ("checked in", "checked"), ("out", "out"), ("was shot", "shot")],
)
def test_heads(mention: str, head: str) -> None:
    """Particles after the head are no head."""
    assert head_of(mention) == head


def test_mention() -> None:
    """A mention is lower-case; its context are lemmas without stop words and punctuation."""
    mention = make_mention("1", "a", "Gunned down", "The judges , it seems , gunned him down .")
    assert mention == Mention("1", "a", "gunned down", "gun", frozenset({"judge", "seem", "gun"}))


@pytest.mark.parametrize(
    ("one", "other", "learned", "expected"),
    [
        ("killed", "killing", [], True),
        ("murder charges", "charged", [], True),
        ("shot", "gunshot", [], True),
        ("killed", "murdered", [], False),
        ("killed", "murdered", [{"kill", "murder"}], True),
    ],
)
def test_related_lemmas(one: str, other: str, learned: list[set[str]], expected: bool) -> None:
    """One lemma in the other mention, or a pair of lemmas seen to corefer, makes a pair; order does not matter."""
    first, second = (make_mention("1", "a", text, "police bridge") for text in (one, other))
    known = [frozenset(pair) for pair in learned]
    assert corefer(first, second, known) is expected
    assert corefer(second, first, known) is expected


def test_overlap() -> None:
    """Sentences must share more than a twentieth of their lemmas: one of nineteen does, one of twenty does not."""
    shared = {"bridge"}

    def of(name: str, n: int) -> Mention:
        return Mention("1", "a", "fire", "fire", frozenset(shared | {f"{name}{i}" for i in range(n)}))

    assert corefer(of("x", 9), of("y", 9), [])
    assert not corefer(of("x", 9), of("y", 10), [])


def test_counts() -> None:
    """Counts are those of all pairs of one group, one by one."""
    rng = np.random.default_rng(1)
    words = ["fire", "quake", "shot"]
    mentions = [
        Mention(str(group), str(chain), words[word], words[word], frozenset({"a", str(word)}))
        for group, chain, word in rng.integers(0, 3, (40, 3))
    ]
    lemma_pairs = learn_lemma_pairs(mentions[:5])
    pairs = [(one, other) for one, other in combinations(mentions, 2) if one.group == other.group]
    known = {
        (one.lemma, other.lemma)
        for one in mentions[:5]
        for other in mentions[:5]
        if one is not other and one.group == other.group and one.chain == other.chain
    }
    predicted = {
        i for i, (one, other) in enumerate(pairs)
        if one.lemma == other.lemma or (one.lemma, other.lemma) in known
    }  # fmt: skip
    truth = {i for i, (one, other) in enumerate(pairs) if one.chain == other.chain}
    assert known
    assert len(predicted) < len(pairs)
    expected = (len(predicted & truth), len(predicted - truth), len(truth - predicted))
    assert count_pairs(mentions, lemma_pairs) == expected
    scores = score_counts(*expected)
    assert scores["precision"] == pytest.approx(100 * len(predicted & truth) / len(predicted))
    assert scores["recall"] == pytest.approx(100 * len(predicted & truth) / len(truth))
    assert count_pairs([], lemma_pairs) == (0, 0, 0)
    assert score_counts(0, 0, 0)["f1"] == 0


@pytest.mark.mirror
@pytest.mark.slow
def test_lemma(mirror: Path) -> None:
    """On train and dev topics precision and recall are the paper's within three points; missing topics are named.

    The authors' code decides 341,706 pairs of train and 100,784 pairs of dev topics, 15,211 and 5,883 of which corefer:
    all mentions of the validated sentences of a topic, paired, have as many here. Equality of lemmas alone gives
    precision 53 and recall 51 on train and 50 and 51 on dev, so pairs of lemmas learned from train (recall 87 there)
    are the heuristic's. Test topics are counted by event, as the published 93,878 pairs ask: by topic precision on dev
    is 40, by event 63.
    """
    rows = {row.quantity: row for row in reproduce_lemma().rows}
    assert not any(row.fails for row in rows.values())
    assert rows["train topics: recall"].ours == pytest.approx(86.7, abs=1)
    assert rows["dev topics: precision"].ours == pytest.approx(40.1, abs=1)
    assert rows["dev topics: recall"].ours == pytest.approx(62.0, abs=1)
    assert (rows["test topics: precision"].paper, rows["test topics: recall"].paper) == (63.1, 53.3)
    if rows["test topics: recall"].ours is None:
        assert rows["test topics: recall"].note.startswith("not available: ECBplus-prep/ECB+/36/")
