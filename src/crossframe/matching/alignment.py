"""Align sentences across outlets: the probability of every cross-outlet pair that a reader would align the two."""

import warnings
from collections.abc import Sequence
from typing import Self

import numpy as np

from crossframe.errors import CrossframeWarning, InputError
from crossframe.learning.linear import Logistic, fit_logistic
from crossframe.learning.model_files import Estimator, ModelFiles, check_config, read_model
from crossframe.matching.pair_features import PairFeatures, describe_pairs
from crossframe.records import Alignment, Embeddings, Sentences

DEFAULT = "aligner-news"
LOWEST_PROBABILITY = 0.05
"""Pairs below are not kept."""


class Aligner(Estimator):
    """Logistic regression on pair features and their products: order-free, any number of outlets.

    Parameters
    ----------
    embedding : bool
        Whether embedding features take part; without, no encoder is needed.
    strength : float
        Inverse of the L2 penalty; the default was chosen on BASIL's 30 training events, by event.

    Attributes
    ----------
    threshold_ : float
        Probability from which a pair counts as aligned.
    name : str
        Of the model, for run.json.
    """

    def __init__(self, *, embedding: bool = True, strength: float = 0.003) -> None:
        self.embedding = embedding
        self.strength = strength

    name = "untrained"
    hash = ""
    encoder_: str = ""
    encoder_fingerprint_: str = ""

    def fit(
        self, features: Sequence[PairFeatures], relations: Sequence[np.ndarray], *, threshold: float = 0.5
    ) -> Self:
        """Learn from the pairs of several events.

        Parameters
        ----------
        features : sequence of PairFeatures
            One an event.
        relations : sequence of ndarray of str
            Relation of every pair: equivalent, partial or none.
        threshold : float
            Probability from which a pair counts as aligned, chosen by the caller on held-out events.

        Returns
        -------
        Aligner
            Itself.
        """
        if len(features) != len(relations) or not features:
            raise InputError(f"Invalid number of events {len(features)!r}. Every event needs its relations.")
        values = np.concatenate([_products(one.values) for one in features])
        relation = np.concatenate(relations)
        aligned = relation != "none"
        if aligned.all() or not aligned.any():
            raise InputError("Invalid relations. Training needs aligned pairs and pairs that are not.")
        self.aligned_ = fit_logistic(values, aligned.astype(int), strength=self.strength)
        same = (relation[aligned] == "equivalent").astype(int)
        self.equivalent_ = (
            fit_logistic(values[aligned], same, strength=self.strength)
            if 0 < same.sum() < len(same)
            else None
        )
        self.threshold_ = threshold
        return self

    def predict_proba(self, features: PairFeatures) -> np.ndarray:
        """Return the probability of every pair that a reader would align it: ndarray of shape (n_pairs,)."""
        if not len(features.left):
            return np.zeros(0)
        return self.aligned_.sigmoid(_products(features.values))[:, 0]

    def predict_relation(self, features: PairFeatures, probability: np.ndarray) -> tuple[str, ...]:
        """Return equivalent or partial for pairs at or above the threshold, none for those below."""
        same = np.zeros(len(probability))
        if self.equivalent_ is not None and len(probability):
            same = self.equivalent_.sigmoid(_products(features.values))[:, 0]
        return tuple(
            "none" if p < self.threshold_ else "equivalent" if s >= 0.5 else "partial"
            for p, s in zip(probability.tolist(), same.tolist(), strict=True)
        )

    def align(self, sentences: Sentences, embeddings: Embeddings | None = None) -> Alignment:
        """Return every cross-outlet pair of one event with a probability of at least 0.05.

        Parameters
        ----------
        sentences : Sentences
            Of one event; the result does not depend on the order of articles.
        embeddings : Embeddings, optional
            Of the same sentences; needed unless ``embedding`` is False.

        Returns
        -------
        Alignment
            Pairs in the order of rows, without claims; probabilities rounded to four decimals.
        """
        if len({article.event for article in sentences.articles}) > 1:
            raise InputError("Invalid sentences. They must be of one event; align event by event.")
        vectors = None
        if self.embedding:
            if embeddings is None or len(embeddings.vectors) != len(sentences):
                raise InputError(
                    "Invalid embeddings. This aligner needs the embeddings of the same sentences."
                )
            if self.encoder_fingerprint_ and embeddings.fingerprint != self.encoder_fingerprint_:
                warnings.warn(
                    f"Aligner {self.name!r} was calibrated with encoder {self.encoder_!r}, not with {embeddings.encoder!r}. "
                    "Its probabilities rank pairs but are not calibrated.",
                    CrossframeWarning,
                    stacklevel=2,
                )
            vectors = embeddings.vectors
        features = describe_pairs(sentences, vectors)
        probability = np.round(self.predict_proba(features), 4)
        relation = self.predict_relation(features, probability)
        keep = np.flatnonzero(probability >= LOWEST_PROBABILITY)
        return Alignment(
            sentences,
            features.left[keep],
            features.right[keep],
            probability[keep],
            tuple(relation[row] for row in keep),
            source=self.name,
        )

    def to_files(self, name: str, card: str, log: dict[str, object]) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "embedding": self.embedding,
            "strength": self.strength,
            "threshold": self.threshold_,
            "encoder": self.encoder_,
            "encoder_fingerprint": self.encoder_fingerprint_,
        }
        arrays = self.aligned_.arrays("aligned")
        if self.equivalent_ is not None:
            arrays |= self.equivalent_.arrays("equivalent")
        return ModelFiles("aligner", config, arrays, card, log)


def load_aligner(name_or_folder: str | None = None) -> Aligner:
    """Return a trained aligner.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``aligner-news`` (default encoder), ``aligner-lexical`` (no encoder), or a folder that
        ``crossframe train aligner`` wrote.

    Returns
    -------
    Aligner
        Ready to align.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> load_aligner("aligner-lexical").embedding
    False
    """
    files = read_model(name_or_folder or DEFAULT, "aligner")
    check_config(files, {"embedding": bool, "threshold": float, "encoder": str}, {"aligned.weights": 2})
    aligner = Aligner(embedding=files.config["embedding"], strength=files.config["strength"])
    aligner.aligned_ = Logistic.from_arrays(files.arrays, "aligned")
    aligner.equivalent_ = (
        Logistic.from_arrays(files.arrays, "equivalent") if "equivalent.bias" in files.arrays else None
    )
    aligner.threshold_ = files.config["threshold"]
    aligner.encoder_, aligner.encoder_fingerprint_ = (
        files.config["encoder"],
        files.config["encoder_fingerprint"],
    )
    aligner.name, aligner.hash = files.config["name"], files.hash
    return aligner


def _products(values: np.ndarray) -> np.ndarray:
    """Return the features and the products of every two: a quadratic decision surface stays a linear model."""
    first, second = np.triu_indices(values.shape[1])
    return np.concatenate([values, values[:, first] * values[:, second]], axis=1)
