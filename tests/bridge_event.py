"""Coverage to be aligned by baselines: a bridge opens in four articles of three outlets; sentences at chosen angles."""

import math

import numpy as np

from crossframe.learning.encoders.by_name import load_encoder
from crossframe.matching.baselines import BaselineAligner
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Embeddings, Sentences

TEXTS = {
    "a": "The new bridge over the Elm opened on Monday. It cost 90 million crowns. Children sang a song.",
    "b": "Critics say 90 million crowns was too much. The Elm bridge was opened on Monday. The ferry will stop.",
    "c": "A ferry captain, Ole Berg, wept. From now on the ferry will stop. Traffic was light at noon.",
    "d": "The Elm bridge cost 90 million crowns. Children sang at noon.",
}
OUTLETS = {"d": "a"}
"""Article d is a second one of outlet a."""


def bridge(order: str = "abcd") -> Sentences:
    """Return coverage of one event by three outlets, one of them with two articles."""
    articles = [Article(one, "e", OUTLETS.get(one, one), "", TEXTS[one]) for one in order]
    return split_sentences(articles)


def embedded(sentences: Sentences) -> Embeddings:
    """Return vectors of TF-IDF, fitted on the same texts whatever their order."""
    encoder = load_encoder("tfidf")
    encoder.fit(sorted(sentences.text))  # type: ignore[attr-defined]
    return Embeddings(encoder.encode(sentences.text), encoder.name, encoder.fingerprint)


def scores(
    baseline: BaselineAligner, sentences: Sentences, vectors: np.ndarray | None = None
) -> dict[tuple, float]:
    """Return the score of every pair by its key."""
    left, right, score = baseline.score_pairs(
        sentences, embedded(sentences).vectors if vectors is None else vectors
    )
    assert (left < right).all()
    return {
        tuple(sorted((sentences.key(a), sentences.key(b)))): one
        for a, b, one in zip(left.tolist(), right.tolist(), score.tolist(), strict=True)
    }


def two_outlets(n_left: int, n_right: int) -> Sentences:
    """Return numbered sentences of two outlets."""
    texts = (" ".join(f"Sentence {i}." for i in range(1, n + 1)) for n in (n_left, n_right))
    return split_sentences(Article(name, "e", name, "", text) for name, text in zip("ab", texts, strict=True))


def at_angles(*degrees: float) -> np.ndarray:
    """Return unit vectors in the plane."""
    turned = np.radians(degrees)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1)


def cosine_of(one: float, other: float) -> float:
    """Return the cosine of two angles in degrees."""
    return math.cos(math.radians(one - other))
