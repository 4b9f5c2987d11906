"""Baselines of the aligner: scores by hand, one contract for all, and what is learned for them from alignment gold."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from aligner_baselines import (
    BASELINES,
    GRIDS,
    LEARNED,
    MarginAligner,
    TransportAligner,
    choose_baseline,
    load_baseline,
)
from alignment_scores import couplings, margins, mutual_best, ordered_blocks

from bridge_event import OUTLETS, at_angles, bridge, cosine_of, embedded, scores, two_outlets
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.matching.baselines import BaselineAligner
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Embeddings, Sentences
from crossframe.synthetic import make_press


def learned(name: str) -> BaselineAligner:
    """Return the baseline with the numbers it comes with, but bound to no encoder."""
    baseline = load_baseline(name)
    baseline.encoder_fingerprint_ = ""
    return baseline


def test_margin_by_hand() -> None:
    """A pair is measured against the mean of both sides' nearest neighbours in the other's outlet."""
    sentences, degrees = two_outlets(2, 3), (0, 10, 5, 60, 90)
    for k, form in product((1, 2, 9), ("distance", "ratio")):
        found = scores(MarginAligner(neighbours=k, form=form), sentences, at_angles(*degrees))
        for i, j in product(range(2), range(3)):
            forth = sorted((cosine_of(degrees[i], other) for other in degrees[2:]), reverse=True)[:k]
            back = sorted((cosine_of(degrees[2 + j], one) for one in degrees[:2]), reverse=True)[:k]
            usual = (sum(forth) / len(forth) + sum(back) / len(back)) / 2
            pair = cosine_of(degrees[i], degrees[2 + j])
            expected = (1 + pair - usual) / 2 if form == "distance" else pair / usual / (1 + pair / usual)
            assert found[("a", i + 1), ("b", j + 1)] == pytest.approx(expected, abs=1e-6)
    with pytest.raises(UnknownNameError, match="form of margin 'sum'"):
        margins(np.eye(2), np.array([0, 1]), neighbours=1, form="sum")


def test_mutual_best_by_hand() -> None:
    """Only pairs that rank each other first score, once for every two outlets; ties are all first."""
    found = scores(BASELINES["mutual"](), two_outlets(2, 3), at_angles(0, 10, 4, 60, 90))
    assert {key for key, score in found.items() if score} == {(("a", 1), ("b", 1))}
    similarity = np.array([[1, 0, 0.7, 0.7], [0, 1, 0.2, 0.3], [0.7, 0.2, 1, 0], [0.7, 0.3, 0, 1]])
    both = mutual_best(similarity, np.array([0, 0, 1, 1]))
    assert np.argwhere(np.triu(both)).tolist() == [[0, 2], [0, 3]]
    three = mutual_best(similarity, np.array([0, 0, 1, 2]))
    assert np.argwhere(np.triu(three)).tolist() == [[0, 2], [0, 3]]


@pytest.mark.parametrize("cost", [0.0, 0.4, 0.5, 0.9])
def test_transport_of_two_sentences_by_hand(cost: float) -> None:
    """Two sentences: a share p with p / (1 - p) = exp((alone - cost) / (2 blur)) is carried, the rest left alone."""
    expected = 1 / (1 + math.exp((cost - 0.5) / 0.2))
    assert couplings(np.array([[cost]]), alone=0.5, blur=0.1)[0, 0] == pytest.approx(expected)
    angle = math.degrees(math.acos(1 - cost))
    found = scores(TransportAligner(alone=0.5, blur=0.1), two_outlets(1, 1), at_angles(0, angle))
    assert list(found.values()) == pytest.approx([expected], abs=1e-6)


def test_transport_keeps_masses() -> None:
    """No sentence carries more than itself; without blur the cheapest assignment is found, the dear left alone."""
    cost = np.random.default_rng(0).uniform(0, 1, (5, 8))
    mass = couplings(cost, alone=0.5, blur=0.1)
    assert (mass > 0).all()
    assert (mass.sum(axis=0) <= 1 + 1e-9).all()
    assert (mass.sum(axis=1) <= 1 + 1e-9).all()
    hard = couplings(np.array([[0.1, 0.2, 0.9], [0.1, 0.4, 0.9]]), alone=0.6, blur=0.005, rounds=2000)
    assert np.allclose(hard, [[0, 1, 0], [1, 0, 0]], atol=0.01)


def best_in_order(one: np.ndarray, other: np.ndarray, skip: float) -> float:
    """Return the greatest sum of gains over all alignments in order, by trying every one."""
    if not len(one) or not len(other):
        return 0.0
    tried = [best_in_order(one[1:], other, skip), best_in_order(one, other[1:], skip)]
    for a, b in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)):
        if a <= len(one) and b <= len(other):
            left, right = one[:a].sum(axis=0), other[:b].sum(axis=0)
            similarity = left @ right / np.linalg.norm(left) / np.linalg.norm(right)
            tried.append((similarity - skip) * (a + b) / 2 + best_in_order(one[a:], other[b:], skip))
    return max(tried)


def gain_of(score: np.ndarray, skip: float) -> float:
    """Return the sum of gains of the blocks in `score`: pairs of one value that touch."""
    return sum(
        (value - skip) * (len(np.unique(rows)) + len(np.unique(columns))) / 2
        for value in np.unique(score[score > 0])
        for rows, columns in [np.nonzero(score == value)]
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_ordered_programme_finds_the_best(seed: int) -> None:
    """The blocks found gain as much as the best of all alignments in order."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(8, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    score = ordered_blocks(vectors[:4], vectors[4:], skip=0.3)
    assert gain_of(score, 0.3) == pytest.approx(best_in_order(vectors[:4], vectors[4:], 0.3))


def test_blocks_in_order_by_hand() -> None:
    """Two sentences stand against the one that says both; what crosses is given up; the unlike stays alone."""
    one = np.eye(5)[[0, 1, 2]]
    both = np.array([[1, 1, 0, 0, 0]]) / math.sqrt(2)
    split = ordered_blocks(one, np.concatenate([np.eye(5)[[4]], both]), skip=0.5)
    assert split == pytest.approx(np.array([[0, 1], [0, 1], [0, 0]]))
    crossed = ordered_blocks(one, np.eye(5)[[2, 0, 1]], skip=0.9)
    assert crossed == pytest.approx(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]))
    assert not ordered_blocks(one, np.eye(5)[[3, 4]], skip=0.5).any()
    assert ordered_blocks(one, one[:0], skip=0.5).shape == (3, 0)


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
def test_every_pair_across_outlets_is_scored(name: str) -> None:
    """All pairs of different outlets have a score in [0, 1], two articles of one outlet have none."""
    found = scores(learned(name), bridge())
    outlets = {key: OUTLETS.get(key[0], key[0]) for pair in found for key in pair}
    assert len(found) == 5 * 3 + 5 * 3 + 3 * 3
    assert all(outlets[one] != outlets[other] for one, other in found)
    assert all(0 <= score <= 1 for score in found.values())
    assert max(found.values()) > min(found.values())


@pytest.mark.parametrize("name", BASELINES)
def test_an_alignment_keeps_its_promises(name: str) -> None:
    """Probabilities have four decimals, are 0.05 or more and rise with the score; the threshold decides."""
    baseline, sentences = learned(name), bridge()
    alignment = baseline.align(sentences, embedded(sentences))
    assert alignment.source == name
    assert (alignment.probability >= 0.05).all()
    assert (alignment.probability == np.round(alignment.probability, 4)).all()
    assert alignment.relation == tuple(
        "partial" if one >= baseline.threshold_ else "none" for one in alignment.probability
    )
    score = scores(baseline, sentences)
    order = sorted(
        zip(alignment.keys(), alignment.probability.tolist(), strict=True), key=lambda pair: pair[1]
    )
    assert sorted(score[key] for key, _ in order) == pytest.approx([score[key] for key, _ in order], abs=1e-3)
    assert {key for key, one in score.items() if baseline.probability(np.array(one)) >= 0.05} == set(
        alignment.keys()
    )


@pytest.mark.parametrize("name", BASELINES)
def test_empty_sentences_have_no_partner(name: str) -> None:
    """Empty sentences keep their number, have no pairs and change nothing for the others."""
    parts = {
        "a": ("One bridge opened.", "", "Two ferries stop."),
        "b": ("", "One bridge opened."),
        "c": ("",),
    }

    def sentences(empty: bool) -> Sentences:
        articles = []
        for outlet, parts_of_outlet in parts.items():
            text = " ".join(parts_of_outlet)
            spans, at = [], 0
            for part in parts_of_outlet:
                spans.append((at, at + len(part)))
                at += len(part) + 1
            kept = tuple(span for span in spans if empty or span[0] < span[1])
            articles.append(Article(outlet, "e", outlet, "", text or "-", sentences=kept))
        return split_sentences(articles)

    with_empty, without = sentences(True), sentences(False)
    vectors = {"One bridge opened.": (1.0, 0.0), "Two ferries stop.": (0.6, 0.8), "": (0.0, 0.0)}
    found = [
        scores(learned(name), one, np.array([vectors[text] for text in one.text]))
        for one in (with_empty, without)
    ]
    assert list(found[0]) == [(("a", 1), ("b", 2)), (("a", 3), ("b", 2))]
    assert list(found[0].values()) == list(found[1].values())


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("texts", [["Snow fell. Roads closed."], ["...", "—"], []])
def test_little_is_no_trouble(name: str, texts: list[str]) -> None:
    """A single outlet has no pairs, and marks alone, or nothing at all, can be aligned."""
    sentences = split_sentences(Article(f"a{i}", "e", f"o{i}", "", text) for i, text in enumerate(texts))
    vectors = np.zeros((len(sentences), 2), np.float32)
    alignment = learned(name).align(sentences, Embeddings(vectors, "none", "none"))
    assert len(alignment) == (len(texts) == 2 and name == "transport")  # in two sentences there is no rival
    assert len(scores(learned(name), sentences, vectors)) == (len(texts) == 2)


@pytest.mark.parametrize("name", BASELINES)
def test_planted_claims_are_ranked_above_chance(name: str) -> None:
    """On an invented press every baseline ranks the planted pairs far better than chance does."""
    from sklearn.metrics import average_precision_score

    press = make_press(n_events=4, n_outlets=3, seed=3)
    truth = set(press.corpus.gold["alignment"].keys())  # type: ignore[union-attr]
    aligned, found = [], []
    for event in press.corpus.events:
        pairs = scores(BASELINES[name](), split_sentences(press.corpus.select(event=event.id).articles))
        aligned += [key in truth for key in pairs]
        found += list(pairs.values())
    assert average_precision_score(aligned, found) > 2 * np.mean(aligned)


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
    with pytest.raises(UnknownNameError, match=r"baseline 'guess'.*cosine, margin"):
        load_baseline("guess")
    sentences = bridge()
    two_events = split_sentences([*sentences.articles, Article("z", "f", "z", "", "A b c.")])
    with pytest.raises(InputError, match="must be of one event"):
        load_baseline("tfidf").align(two_events)
    for wrong in (None, replace(embedded(sentences), vectors=embedded(sentences).vectors[:3])):
        with pytest.raises(InputError, match="embeddings of the same sentences"):
            learned("cosine").align(sentences, wrong)
    with pytest.warns(CrossframeWarning, match="not with 'tfidf'"):
        load_baseline("margin").align(sentences, embedded(sentences))
    assert set(LEARNED) == set(BASELINES)


def test_grids_are_of_parameters() -> None:
    """What is tried for a baseline is a value of each of its parameters."""
    for name, kind in BASELINES.items():
        assert set(kind().get_params()) == set(GRIDS.get(name, {}))


def test_the_threshold_is_that_of_best_f1() -> None:
    """What is learned is the best of all thresholds and parameters on the events given; disputed pairs do not count."""
    press = make_press(n_events=3, n_outlets=3, seed=5)
    gold = press.corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    truth = replace(gold, relation=("disputed", *gold.relation[1:]))
    events = []
    for event in press.corpus.events:
        sentences = split_sentences(press.corpus.select(event=event.id).articles)
        events.append((sentences, embedded(sentences)))
    for name in ("tfidf", "monotone"):
        baseline = choose_baseline(name, events, truth)
        found = {key: one for sentences, _ in events for key, one in scores(baseline, sentences).items()}
        found.pop(truth.keys()[0])
        probability = np.array([baseline.probability(np.array(one)) for one in found.values()])
        aligned = np.array([key in set(truth.keys()) for key in found])

        def f1_at(
            threshold: float, probability: np.ndarray = probability, aligned: np.ndarray = aligned
        ) -> float:
            decided = probability >= threshold
            return 2 * (decided & aligned).sum() / (decided.sum() + aligned.sum())

        assert baseline.f1_ == pytest.approx(f1_at(baseline.threshold_))
        assert baseline.f1_ == pytest.approx(max(f1_at(one) for one in np.unique(probability)))
    with pytest.raises(UnknownNameError, match="baseline 'guess'"):
        choose_baseline("guess", events, truth)
    with pytest.raises(InputError, match="aligned pairs and pairs that are not"):
        BASELINES["tfidf"]().fit([np.array([0.1, 0.2])], [np.array([False, False])])


@pytest.mark.mirror
@pytest.mark.slow
def test_the_numbers_are_those_of_the_training_events(mirror: object) -> None:
    """The numbers that TF-IDF comes with are those that basil's training events give."""
    from crossframe.reading.public.corpora import read_corpus

    corpus = read_corpus("basil")
    truth = corpus.gold["alignment-train"]
    assert isinstance(truth, Alignment)
    names = sorted({article.event for article in truth.sentences.articles})
    events = [(split_sentences(corpus.select(event=event).articles), None) for event in names]
    baseline = choose_baseline("tfidf", events, truth)
    assert (baseline.slope_, baseline.intercept_, baseline.threshold_) == pytest.approx(
        LEARNED["tfidf"], abs=0.002
    )
