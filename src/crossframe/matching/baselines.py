"""Baselines of the aligner: cosines of TF-IDF or of the encoder, made probabilities by three learned numbers."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.learning.classifiers import fit_logistic, sigmoid
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.learning.model_files import Estimator
from crossframe.matching.aligner import check_event, warn_of_encoder
from crossframe.records import LOWEST_PROBABILITY, Alignment, Embeddings, Sentences
from crossframe.statistics.metrics import best_f1

MIN_SCORE = 0.001
"""Scores are kept this far from 0 and 1 where their log-odds are taken."""
WEAK_PENALTY = 1e4
"""Inverse penalty of the two numbers that make a score a probability: as good as none."""
ENCODER_FINGERPRINT = "961ff85a2cdbf27655d24c80e77cf04ac8507dbc91a902aa1ff1a65f963f8483"
"""Of the default encoder, with which the numbers below were learned."""
LEARNED: dict[str, tuple[float, float, float]] = {
    "tfidf": (2.2558, 1.8824, 0.1956),
    "cosine": (2.4575, -2.502, 0.1925),
}
"""Slope, intercept and threshold of every baseline, learned on BASIL's 30 training events (gold ``alignment-train``);
``benchmarks/alignment.py`` learns them again and reports where they differ."""


@dataclass(frozen=True)
class EventView:
    """The sentences of one event that have text, in the order of their articles' ids: independent of the given order.

    Parameters
    ----------
    rows : ndarray of shape (n_filled,)
        Rows of the sentences.
    text : tuple of str
        Their text.
    vectors : ndarray of shape (n_filled, n_dims)
        float64, unit length; of no dimensions without an encoder.
    outlet, article : ndarray of shape (n_filled,)
        Number of each sentence's outlet and article, by name and id.
    """

    rows: np.ndarray
    text: tuple[str, ...]
    vectors: np.ndarray
    outlet: np.ndarray
    article: np.ndarray

    @classmethod
    def of(cls, sentences: Sentences, vectors: np.ndarray | None) -> Self:
        """Return the view of `sentences`."""
        filled = (row for row, text in enumerate(sentences.text) if text.strip())
        rows = np.array(sorted(filled, key=sentences.key), dtype=np.int64)
        outlets = [sentences.outlet[row] for row in rows]
        articles = [sentences.article_of(row).id for row in rows]
        chosen = np.zeros((len(rows), 0)) if vectors is None else vectors[rows].astype(np.float64)
        text = tuple(sentences.text[row] for row in rows)
        return cls(rows, text, chosen, _numbers(outlets), _numbers(articles))

    def cosines(self) -> np.ndarray:
        """Return the cosines of the vectors, at least 0: ndarray of shape (n_filled, n_filled)."""
        return np.asarray(np.clip(self.vectors @ self.vectors.T, 0.0, 1.0))


def _numbers(names: Sequence[str]) -> np.ndarray:
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1].astype(np.int64)


class BaselineAligner(Estimator, ABC):
    """A published way to score pairs, made an aligner by three numbers that are learned from gold.

    Attributes
    ----------
    slope_, intercept_ : float
        The probability of a pair has the log-odds intercept + slope * log-odds of its score.
    threshold_ : float
        Probability from which a pair counts as aligned.
    """

    name: ClassVar[str]
    embedding: ClassVar[bool] = True
    encoder_: str = ""
    encoder_fingerprint_: str = ""
    data_: tuple[str, ...] = ("basil",)
    slope_: float
    intercept_: float
    threshold_: float

    @abstractmethod
    def _score(self, event: EventView) -> np.ndarray:
        """Return the scores of all pairs, in [0, 1] and symmetric: ndarray of shape (n_filled, n_filled)."""

    def score_pairs(
        self, sentences: Sentences, vectors: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Score every pair of non-empty sentences of different outlets.

        Parameters
        ----------
        sentences : Sentences
            Of one event; the result does not depend on the order of articles.
        vectors : ndarray of shape (n_sentences, n_dims), optional
            Unit length; needed where ``embedding`` is true.

        Returns
        -------
        left, right : ndarray of shape (n_pairs,)
            Rows of the sentences, left < right, in the order of rows.
        score : ndarray of shape (n_pairs,)
            In [0, 1]; no probability.

        Raises
        ------
        InputError
            When sentences are of several events, or `vectors` not of these sentences.
        """
        check_event(sentences, vectors, embedding=self.embedding)
        event = EventView.of(sentences, vectors if self.embedding else None)
        first, second = np.nonzero(np.triu(event.outlet[:, None] != event.outlet[None, :]))
        score = self._score(event)[first, second] if len(first) else np.zeros(0)
        ends = np.sort(np.stack([event.rows[first], event.rows[second]]), axis=0)
        order = np.lexsort((ends[1], ends[0]))
        return ends[0][order], ends[1][order], score[order]

    def fit(self, scores: Sequence[np.ndarray], aligned: Sequence[np.ndarray]) -> Self:
        """Learn which probability a score stands for, and the threshold of best F1.

        Parameters
        ----------
        scores : sequence of ndarray
            Of `score_pairs`, one per event.
        aligned : sequence of ndarray of bool
            Whether the annotators aligned the pair.

        Returns
        -------
        BaselineAligner
            Itself.
        """
        score, truth = np.concatenate(scores), np.concatenate(aligned).astype(int)
        if truth.all() or not truth.any():
            raise InputError("Invalid gold. Training needs aligned pairs and pairs that are not.")
        model = fit_logistic(_log_odds(score)[:, None], truth, C=WEAK_PENALTY)
        slope = model.weights[0, 0] / model.scale[0]
        self.slope_ = round(float(slope), 4)
        self.intercept_ = round(float(model.bias[0] - model.mean[0] * slope), 4)
        self.f1_, self.threshold_ = best_f1(truth, self.probability(score))
        return self

    def probability(self, score: np.ndarray) -> np.ndarray:
        """Return the probability that annotators would align pairs of that `score`, with four decimals."""
        return np.round(sigmoid(self.intercept_ + self.slope_ * _log_odds(score)), 4)

    def align(self, sentences: Sentences, embeddings: Embeddings | None = None) -> Alignment:
        """Return every cross-outlet pair of one event with a probability of at least 0.05.

        Parameters
        ----------
        sentences : Sentences
            Of one event; the result does not depend on the order of articles.
        embeddings : Embeddings, optional
            Of the same sentences; needed where ``embedding`` is true.

        Returns
        -------
        Alignment
            Pairs in the order of rows, without claims. A baseline does not tell relations apart: pairs at or above the
            threshold are ``partial``.
        """
        if self.embedding and embeddings is not None:
            warn_of_encoder(self, embeddings)
        left, right, score = self.score_pairs(sentences, None if embeddings is None else embeddings.vectors)
        probability = self.probability(score)
        keep = np.flatnonzero(probability >= LOWEST_PROBABILITY)
        relation = tuple("partial" if value >= self.threshold_ else "none" for value in probability[keep])
        return Alignment(sentences, left[keep], right[keep], probability[keep], relation, source=self.name)

    @property
    def hash(self) -> str:
        """SHA-256 over name, parameters and what was learned."""
        learned = {name: getattr(self, name, None) for name in ("slope_", "intercept_", "threshold_")}
        parts = [self.name, self.get_params(), learned, self.encoder_fingerprint_]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _log_odds(score: np.ndarray) -> np.ndarray:
    bounded = np.clip(score, MIN_SCORE, 1 - MIN_SCORE)
    return np.log(bounded / (1 - bounded))


class TfidfAligner(BaselineAligner):
    """Cosine of TF-IDF vectors of words by scikit-learn (sublinear), fitted on the event."""

    name = "tfidf"
    embedding = False

    def __init__(self) -> None:
        """Take no parameters."""

    def _score(self, event: EventView) -> np.ndarray:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(sublinear_tf=True)
        if not any(map(vectoriser.build_analyzer(), event.text)):
            return np.zeros((len(event.text), len(event.text)))
        vectors = vectoriser.fit_transform(event.text)
        return np.asarray(np.clip((vectors @ vectors.T).toarray(), 0.0, 1.0))


class CosineAligner(BaselineAligner):
    """Cosine of the encoder's vectors."""

    name = "cosine"

    def __init__(self) -> None:
        """Take no parameters."""

    def _score(self, event: EventView) -> np.ndarray:
        return event.cosines()


BASELINES: dict[str, type[BaselineAligner]] = {
    baseline.name: baseline for baseline in (TfidfAligner, CosineAligner)
}


def load_baseline(name: str) -> BaselineAligner:
    """Return the baseline called `name` with the numbers learned on BASIL's training events.

    Parameters
    ----------
    name : str
        One of `BASELINES`.

    Returns
    -------
    BaselineAligner
        Ready to align.

    Raises
    ------
    UnknownNameError
        When there is no such baseline.

    Examples
    --------
    >>> load_baseline("tfidf").embedding
    False
    """
    baseline = BASELINES[check_choice(name, "baseline", BASELINES)]()
    set_learned(baseline, LEARNED[name])
    return baseline


def set_learned(baseline: BaselineAligner, learned: tuple[float, float, float]) -> None:
    """Give a baseline its slope, intercept and threshold, learned with the default encoder."""
    baseline.slope_, baseline.intercept_, baseline.threshold_ = learned
    if baseline.embedding:
        baseline.encoder_, baseline.encoder_fingerprint_ = DEFAULT, ENCODER_FINGERPRINT
