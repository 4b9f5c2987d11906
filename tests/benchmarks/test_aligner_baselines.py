"""What is learned from alignment gold for a baseline of the aligner is the best of what is tried."""

from dataclasses import replace

import numpy as np
import pytest
from aligner_baselines import GRIDS, choose_peer

from crossframe.errors import InputError, UnknownNameError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.matching.baseline_contract import Peer
from crossframe.matching.baselines import LEARNED, PEERS
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Embeddings, Sentences
from crossframe.synthetic import make_press


def embedded(sentences: Sentences) -> Embeddings:
    """Return vectors of TF-IDF, fitted on the same texts whatever their order."""
    encoder = load_encoder("tfidf")
    encoder.fit(sorted(sentences.text))  # type: ignore[attr-defined]
    return Embeddings(encoder.encode(sentences.text), encoder.name, encoder.fingerprint)


def scores(peer: Peer, sentences: Sentences, vectors: np.ndarray | None = None) -> dict[tuple, float]:
    """Return the score of every pair by its key."""
    left, right, score = peer.score_pairs(
        sentences, embedded(sentences).vectors if vectors is None else vectors
    )
    assert (left < right).all()
    return {
        tuple(sorted((sentences.key(a), sentences.key(b)))): one
        for a, b, one in zip(left.tolist(), right.tolist(), score.tolist(), strict=True)
    }


def test_grids_are_of_parameters() -> None:
    """What is tried for a baseline is a value of each of its parameters."""
    for name, kind in PEERS.items():
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
        peer = choose_peer(name, events, truth)
        found = {key: one for sentences, _ in events for key, one in scores(peer, sentences).items()}
        found.pop(truth.keys()[0])
        probability = np.array([peer.probability(np.array(one)) for one in found.values()])
        aligned = np.array([key in set(truth.keys()) for key in found])

        def f1_at(
            threshold: float, probability: np.ndarray = probability, aligned: np.ndarray = aligned
        ) -> float:
            decided = probability >= threshold
            return 2 * (decided & aligned).sum() / (decided.sum() + aligned.sum())

        assert peer.f1_ == pytest.approx(f1_at(peer.threshold_))
        assert peer.f1_ == pytest.approx(max(f1_at(one) for one in np.unique(probability)))
    with pytest.raises(UnknownNameError, match="peer 'guess'"):
        choose_peer("guess", events, truth)
    with pytest.raises(InputError, match="aligned pairs and pairs that are not"):
        PEERS["tfidf"]().fit([np.array([0.1, 0.2])], [np.array([False, False])])


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
    peer = choose_peer("tfidf", events, truth)
    assert (peer.slope_, peer.intercept_, peer.threshold_) == pytest.approx(LEARNED["tfidf"], abs=0.002)
