"""Context of pairs: recomputed by hand on an event small enough to do so."""

import numpy as np
import pytest

from crossframe.matching.pair_context import CONTEXT, MIN_LOG_ODDS, describe_context
from crossframe.matching.pair_features import describe_pairs
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article


def chance(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + np.exp(-odds))


@pytest.mark.parametrize("order", ["abc", "cba", "bac"])
def test_context_by_hand(order: str) -> None:
    """Rank, lead, partners, support and neighbours of the pair a1-b1, whatever the order of articles."""
    texts = {"a": "One here. Two here.", "b": "Three here. Four here.", "c": "Five here."}
    sentences = split_sentences([Article(o, "e", o, "", texts[o]) for o in order])
    features = describe_pairs(sentences, None)
    log_odds = {
        ("a1", "b1"): 2.0, ("a1", "b2"): 1.0, ("a2", "b1"): -1.0, ("a2", "b2"): 0.5,
        ("a1", "c1"): 3.0, ("b1", "c1"): 0.0, ("a2", "c1"): MIN_LOG_ODDS, ("b2", "c1"): MIN_LOG_ODDS,
    }  # fmt: skip
    names = [
        f"{sentences.article_of(row).outlet}{int(sentences.index[row])}" for row in range(len(sentences))
    ]
    pairs = [tuple(sorted((names[a], names[b]))) for a, b in zip(features.left, features.right, strict=True)]
    context = describe_context(sentences, features, np.array([log_odds[pair] for pair in pairs]))
    found = dict(zip(CONTEXT, context[pairs.index(("a1", "b1"))], strict=True))
    assert found["interaction_rank_high"] == found["interaction_rank_low"] == 0
    assert found["interaction_lead_high"] == pytest.approx(3.0, abs=1e-5)  # over a2-b1
    assert found["interaction_lead_low"] == pytest.approx(1.0, abs=1e-5)  # over a1-b2
    of_a, of_b = chance(2) + chance(1), chance(2) + chance(-1)
    assert found["partners_high"] == pytest.approx(max(of_a, of_b), abs=1e-5)
    assert found["partners_low"] == pytest.approx(min(of_a, of_b), abs=1e-5)
    assert found["third"] == pytest.approx(chance(0), abs=1e-5)  # c1 aligns with a1 surely, with b1 perhaps
    assert found["along"] == pytest.approx(chance(0.5), abs=1e-5)  # a2-b2
    assert found["across"] == 0
    assert found["beside_high"] == pytest.approx(chance(1), abs=1e-5)  # a1-b2
    assert found["beside_low"] == pytest.approx(chance(-1), abs=1e-5)  # a2-b1
