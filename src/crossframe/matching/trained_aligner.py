"""The trained aligner: the probability of every cross-outlet pair of sentences that annotators would align the two."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError
from crossframe.learning.classifiers import Boosted, Logistic, fit_boosted, fit_logistic, sigmoid
from crossframe.learning.encoders.by_name import load_base
from crossframe.learning.model_files import Estimator, ModelFiles, check_config
from crossframe.learning.pairs.late_interaction import LateInteraction
from crossframe.matching.aligner import check_event, warn_of_encoder
from crossframe.matching.pair_context import CONTEXT, MIN_LOG_ODDS, describe_context
from crossframe.matching.pair_features import PairFeatures, describe_pairs, is_candidate
from crossframe.records import LOWEST_PROBABILITY, Alignment, Embeddings, Sentences

INTERACTION = ("interaction", "interaction_same")
"""Features that late interaction adds: log-odds that a pair is aligned, and that an aligned pair is equivalent."""
_KEYS: dict[str, Any] = {
    "name": str, "data": list, "embedding": bool, "C": float, "seed": int, "threshold": float, "slope": float,
    "intercept": (int, float), "interaction": bool, "encoder": str, "encoder_fingerprint": str, "calibration": dict,
}  # fmt: skip
_ARRAYS = {f"aligned.{part}": n for part, n in (("mean", 1), ("scale", 1), ("weights", 2), ("bias", 1))} | {
    f"boosted.{part}": 1 for part in ("feature", "threshold", "left", "right", "value", "root", "baseline")
}
"""What a model folder must hold: configuration, and arrays with their dimensions."""
N_ROWS = 20_000
"""Pairs whose products are held in memory at once."""


class TrainedAligner(Estimator):
    """Mean of a linear model on pair features and their products, and of boosted trees, for any number of outlets.

    With late interaction, the pairs that `is_candidate` keeps are scored by it first; its log-odds of a pair and of the
    event's other pairs become further features. Results do not depend on the order of articles.

    Parameters
    ----------
    embedding : bool
        Whether embedding features are used; without them, no encoder is needed.
    C : float
        Inverse of the linear model's L2 penalty; the default was chosen on BASIL's 30 training events, by event.
    seed : int
        Of the trees.

    Attributes
    ----------
    threshold_ : float
        Probability from which a pair counts as aligned.
    interaction_ : LateInteraction or None
        Scores pairs from the encoder's token vectors.
    calibration_ : dict
        What the probabilities mean for claims and omissions.
    data_ : tuple of str
        Corpora it was trained on.
    log_ : dict
        What its training recorded.
    name : str
        For run.json.
    """

    def __init__(self, *, embedding: bool = True, C: float = 0.003, seed: int = 0) -> None:
        self.embedding = embedding
        self.C = C
        self.seed = seed

    name = "untrained"
    hash = ""
    encoder_: str = ""
    encoder_fingerprint_: str = ""
    interaction_: LateInteraction | None = None
    slope_: float = 1.0
    intercept_: float = 0.0
    calibration_: Mapping[str, Mapping[str, float]] = MappingProxyType({})
    data_: tuple[str, ...] = ()
    log_: Mapping[str, Any] = MappingProxyType({})

    def fit(
        self, features: Sequence[PairFeatures], relations: Sequence[np.ndarray], *, threshold: float = 0.5
    ) -> Self:
        """Fit to the pairs of several events.

        Parameters
        ----------
        features : sequence of PairFeatures
            One per event.
        relations : sequence of ndarray of str
            Relation of every pair: equivalent, partial, none, or disputed (left out).
        threshold : float
            Probability from which a pair counts as aligned, chosen by the caller on held-out events.

        Returns
        -------
        TrainedAligner
            Itself.
        """
        if len(features) != len(relations) or not features:
            raise InputError(f"Invalid number of events {len(features)!r}. Every event needs its relations.")
        names = features[0].names
        relation = np.concatenate(relations)
        agreed = relation != "disputed"
        values = np.concatenate([event.values for event in features])[agreed]
        relation = relation[agreed]
        aligned = relation != "none"
        if aligned.all() or not aligned.any():
            raise InputError("Invalid relations. Training needs aligned pairs and pairs that are not.")
        products = _products(values[:, _plain(names)])
        self.aligned_ = fit_logistic(products, aligned.astype(int), C=self.C)
        self.boosted_ = fit_boosted(values, aligned.astype(int), seed=self.seed)
        same = (relation[aligned] == "equivalent").astype(int)
        self.equivalent_ = (
            fit_logistic(products[aligned], same, C=self.C) if 0 < same.sum() < len(same) else None
        )
        self.threshold_ = threshold
        return self

    def decision_function(self, features: PairFeatures) -> np.ndarray:
        """Return the log-odds of every pair before calibration, the mean of both models: ndarray of shape (n_pairs,)."""
        linear = _in_batches(self.aligned_.logits, features)
        mean: np.ndarray = (linear + self.boosted_.logits(features.values)) / 2
        return mean

    def predict_proba(self, features: PairFeatures) -> np.ndarray:
        """Return the probability of every pair that annotators would align it: ndarray of shape (n_pairs,)."""
        return self.calibrate(self.decision_function(features))

    def calibrate(self, odds: np.ndarray) -> np.ndarray:
        """Return the calibrated probabilities of log-odds of `decision_function`."""
        return sigmoid(self.slope_ * odds + self.intercept_)

    def predict_relation(self, features: PairFeatures, probability: np.ndarray) -> tuple[str, ...]:
        """Return equivalent or partial for pairs at or above the threshold, none for those below."""
        same = np.zeros(len(probability))
        if self.equivalent_ is not None:
            same = sigmoid(_in_batches(self.equivalent_.logits, features))
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
        vectors = embeddings.vectors if embeddings is not None and self.embedding else None
        check_event(sentences, vectors, embedding=self.embedding)
        if self.embedding and embeddings is not None:
            warn_of_encoder(self, embeddings)
        features = describe_pairs(sentences, vectors)
        if self.interaction_ is not None:
            features = add_interaction(sentences, features, self.interaction_)
        return self.decide(sentences, features, self.predict_proba(features))

    def decide(self, sentences: Sentences, features: PairFeatures, probability: np.ndarray) -> Alignment:
        """Return the pairs of an event with a probability of at least 0.05 as an Alignment with their relations."""
        rounded = np.round(probability, 4)
        relation = self.predict_relation(features, rounded)
        keep = np.flatnonzero(rounded >= LOWEST_PROBABILITY)
        return Alignment(
            sentences,
            features.left[keep],
            features.right[keep],
            rounded[keep],
            tuple(relation[row] for row in keep),
            source=self.name,
        )

    def to_files(self, name: str, card: str, log: dict[str, object]) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "data": list(self.data_),
            "embedding": self.embedding,
            "C": self.C,
            "seed": self.seed,
            "threshold": self.threshold_,
            "slope": self.slope_,
            "intercept": self.intercept_,
            "interaction": self.interaction_ is not None,
            "encoder": self.encoder_,
            "encoder_fingerprint": self.encoder_fingerprint_,
            "calibration": {key: dict(values) for key, values in self.calibration_.items()},
        }
        arrays = self.aligned_.arrays("aligned") | self.boosted_.arrays("boosted")
        if self.equivalent_ is not None:
            arrays |= self.equivalent_.arrays("equivalent")
        if self.interaction_ is not None:
            arrays |= self.interaction_.arrays
        return ModelFiles("aligner", config, arrays, card, log)

    @classmethod
    def from_files(cls, files: ModelFiles) -> Self:
        """Return the aligner that `to_files` wrote.

        Raises
        ------
        InputError
            When configuration or weights are incomplete.
        MissingDataError
            When the encoder of that name has other weights than those the late interaction was fitted on.
        """
        config = files.config
        check_config(
            files,
            _KEYS,
            {**_ARRAYS, **({"interaction.head.match.weight": 2} if config.get("interaction") else {})},
        )
        aligner = cls(embedding=config["embedding"], C=config["C"], seed=config["seed"])
        aligner.aligned_ = Logistic.from_arrays(files.arrays, "aligned")
        aligner.boosted_ = Boosted.from_arrays(files.arrays, "boosted")
        aligner.equivalent_ = (
            Logistic.from_arrays(files.arrays, "equivalent") if "equivalent.bias" in files.arrays else None
        )
        for name in ("threshold", "slope", "intercept", "calibration", "encoder", "encoder_fingerprint"):
            setattr(aligner, f"{name}_", config[name])
        aligner.name, aligner.hash, aligner.log_ = config["name"], files.hash, files.log
        aligner.data_ = tuple(config["data"])
        if config["interaction"]:
            model = f"aligner {config['name']!r}"
            base = load_base(config["encoder"], config["encoder_fingerprint"], model)
            aligner.interaction_ = LateInteraction(base, files.arrays)
        return aligner


def add_interaction(
    sentences: Sentences, features: PairFeatures, interaction: LateInteraction
) -> PairFeatures:
    """Return the features with those of late interaction: of each candidate pair, and of the event's other pairs."""
    scores = np.full((len(features.left), 2), MIN_LOG_ODDS)
    chosen = np.flatnonzero(is_candidate(features))
    logits = interaction.score_pairs(sentences.text, features.left[chosen], features.right[chosen])
    scores[chosen] = np.clip(np.round(logits, 3), MIN_LOG_ODDS, -MIN_LOG_ODDS)
    context = describe_context(sentences, features, scores[:, 0])
    return replace(
        features,
        names=(*features.names, *INTERACTION, *CONTEXT),
        values=np.concatenate([features.values, scores, context], axis=1),
    )


def _plain(names: Sequence[str]) -> list[int]:
    """Return the columns of the linear model: the features of the pair itself."""
    return [column for column, name in enumerate(names) if name not in CONTEXT]


def _in_batches(logits: Callable[[np.ndarray], np.ndarray], features: PairFeatures) -> np.ndarray:
    """Return the linear model's log-odds of all pairs, in batches: their products are many columns."""
    values = features.values[:, _plain(features.names)]
    batches = [
        logits(_products(values[first : first + N_ROWS]))[:, 0] for first in range(0, len(values), N_ROWS)
    ]
    return np.concatenate(batches) if batches else np.zeros(0)


def _products(values: np.ndarray) -> np.ndarray:
    """Return the features and the products of every two: a quadratic decision surface stays a linear model."""
    first, second = np.triu_indices(values.shape[1])
    return np.concatenate([values, values[:, first] * values[:, second]], axis=1)
