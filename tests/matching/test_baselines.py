"""Selectable baselines of the aligner: scores by hand, order of articles, what they need (the contract of all: tests/benchmarks)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bridge_event import at_angles, bridge, embedded, scores, two_outlets
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.matching.baselines import BASELINES, LEARNED, BaselineAligner, load_baseline
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article


def learned(name: str) -> BaselineAligner:
    """Return the baseline with the numbers it comes with, but bound to no encoder."""
    baseline = load_baseline(name)
    baseline.encoder_fingerprint_ = ""
    return baseline


def test_cosine_by_hand() -> None:
    """The score is the cosine; below 0 it is 0."""
    found = scores(BASELINES["cosine"](), two_outlets(1, 3), at_angles(0, 0, 60, 120))
    assert list(found.values()) == pytest.approx([1.0, 0.5, 0.0], abs=1e-7)


def test_tfidf_by_hand() -> None:
    """Words weigh 1 + log(count), times log((1 + n) / (1 + n with it)) + 1; the score is the cosine."""
    sentences = split_sentences(
        [Article("a", "e", "a", "", "Snow snow ice"), Article("b", "e", "b", "", "Snow rain")]
    )
    shared, single = 1.0, math.log(3 / 2) + 1
    one = np.array([(1 + math.log(2)) * shared, single, 0])
    other = np.array([shared, 0, single])
    expected = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert list(scores(BASELINES["tfidf"](), sentences).values()) == pytest.approx([expected])


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("order", ["dcba", "bdac"])
def test_the_order_of_articles_does_not_matter(name: str, order: str) -> None:
    """Scores, pairs and relations are the same, to the last bit, whatever the order of articles."""
    baseline = learned(name)
    assert scores(baseline, bridge(order)) == scores(baseline, bridge())
    one, other = (baseline.align(sentences, embedded(sentences)) for sentences in (bridge(), bridge(order)))
    assert sorted(zip(one.keys(), one.probability.tolist(), one.relation, strict=True)) == sorted(
        zip(other.keys(), other.probability.tolist(), other.relation, strict=True)
    )


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_is_an_estimator_with_a_hash(name: str) -> None:
    """Parameters, a copy of its own and a hash that changes with what was learned."""
    from sklearn.base import clone

    baseline = load_baseline(name)
    assert baseline.name == name
    assert repr(clone(baseline)) == repr(baseline)
    other = load_baseline(name)
    assert other.hash == baseline.hash
    other.threshold_ += 0.1
    assert other.hash != baseline.hash
    assert (baseline.encoder_ != "") == baseline.embedding


def test_what_baselines_need() -> None:
    """Unknown names, several events and embeddings of other sentences are refused; another encoder warns."""
    with pytest.raises(UnknownNameError, match=r"baseline 'guess'.*cosine, tfidf"):
        load_baseline("guess")
    sentences = bridge()
    two_events = split_sentences([*sentences.articles, Article("z", "f", "z", "", "A b c.")])
    with pytest.raises(InputError, match="must be of one event"):
        load_baseline("tfidf").align(two_events)
    for wrong in (None, replace(embedded(sentences), vectors=embedded(sentences).vectors[:3])):
        with pytest.raises(InputError, match="embeddings of the same sentences"):
            learned("cosine").align(sentences, wrong)
    with pytest.warns(CrossframeWarning, match="not with 'tfidf'"):
        load_baseline("cosine").align(sentences, embedded(sentences))
    assert set(LEARNED) == set(BASELINES)
