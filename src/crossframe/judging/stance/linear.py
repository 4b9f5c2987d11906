"""Stance by a linear model on frozen features of an encoder, and on sentiment words."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance.features import describe_targets
from crossframe.judging.stance.stance_model import StanceEstimator
from crossframe.judging.targets import StanceItem
from crossframe.learning.calibration import fit_temperature
from crossframe.learning.classifiers import Logistic, fit_logistic, softmax
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.model_files import ModelFiles, check_config
from crossframe.records import PORTRAYAL

LINEAR = "linear"
CHUNK = 64
"""Items that make up a unit of the embedding cache."""


class LinearStance(StanceEstimator):
    """Multinomial logistic regression on frozen vectors of sentence, window and masked target, and sentiment words.

    Parameters
    ----------
    encoder : str or None
        Name or folder; None takes the default.
    C : float
        Inverse of the L2 penalty; the default was chosen on dev articles cut from NewsMTSC's training split.
    balanced : bool
        Whether classes weigh the same in the fit.
    construct : {"portrayal", "stance", "both"}
        What it learns; of stance it reads the holder.

    Attributes
    ----------
    classes_ : tuple of str
        Label names, sorted.
    temperature_ : float
        Divides the logits; 1 until `calibrate`.
    """

    temperature_ = 1.0
    caches_itself = True

    def __init__(
        self,
        *,
        encoder: str | None = None,
        C: float = 0.001,
        balanced: bool = True,
        construct: str = PORTRAYAL,
    ) -> None:
        self.encoder = encoder
        self.C = C
        self.balanced = balanced
        self.construct = construct

    def describe(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return the features of `items`: ndarray of shape (n_items, n_features)."""
        items = self.read_holders(items)
        units = [items[i : i + CHUNK] for i in range(0, len(items), CHUNK)]
        return describe_targets(units, self._encoder)

    @cached_property
    def _encoder(self) -> Any:
        encoder: Any = load_encoder(self.encoder)
        if not hasattr(encoder, "encode_spans"):
            raise InputError(
                f"Invalid encoder {self.encoder!r} for stance. It must be a transformer: a name or folder."
            )
        return encoder

    def fit(self, items: Sequence[StanceItem], labels: Sequence[str]) -> Self:
        """Learn from items and their labels.

        Parameters
        ----------
        items : sequence of StanceItem
        labels : sequence of str
            Two or more different ones.

        Returns
        -------
        LinearStance
            Itself.
        """
        return self.fit_features(self.describe(items), labels)

    def fit_features(self, features: np.ndarray, labels: Sequence[str]) -> Self:
        """Learn from features as `describe` returns them."""
        self.classes_ = tuple(sorted(set(labels)))
        if len(self.classes_) < 2:
            raise InputError(f"Invalid labels {self.classes_!r}. Training needs at least two different ones.")
        number = {label: i for i, label in enumerate(self.classes_)}
        self.model_ = fit_logistic(
            features,
            np.array([number[label] for label in labels]),
            C=self.C,
            balanced=self.balanced,
        )
        return self

    def calibrate(self, features: np.ndarray, labels: Sequence[str]) -> Self:
        """Choose the temperature on held-out features and labels."""
        number = {label: i for i, label in enumerate(self.classes_)}
        self.temperature_ = fit_temperature(
            self._logits(features), np.array([number[label] for label in labels])
        )
        return self

    def _logits(self, features: np.ndarray) -> np.ndarray:
        logits = self.model_.logits(features)
        return np.concatenate([np.zeros_like(logits), logits], axis=1) if logits.shape[1] == 1 else logits

    def predict_proba_features(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_items, n_classes)."""
        if not len(features):
            return np.zeros((0, len(self.classes_)))
        return softmax(self._logits(features) / self.temperature_)

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_items, n_classes)."""
        return self.predict_proba_features(self.describe(items))

    def to_files(self, name: str, card: str, log: dict[str, Any], note: str) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "method": LINEAR,
            "construct": self.construct,
            "encoder": self.encoder,
            "encoder_fingerprint": self._encoder.fingerprint,
            "C": self.C,
            "balanced": self.balanced,
            "classes": list(self.classes_),
            "temperature": self.temperature_,
            "note": note,
        }
        return ModelFiles("stance", config, self.model_.arrays("stance"), card, log)

    @classmethod
    def from_files(cls, files: ModelFiles) -> "LinearStance":
        """Return the model that `to_files` wrote.

        Raises
        ------
        InputError
            When configuration or weights lack something.
        """
        check_config(files, {"classes": list, "temperature": float, "note": str}, {"stance.weights": 2})
        model = cls(
            encoder=files.config["encoder"],
            C=files.config["C"],
            balanced=files.config["balanced"],
            construct=files.config.get("construct", PORTRAYAL),
        )
        model.model_ = Logistic.from_arrays(files.arrays, "stance")
        model.classes_ = tuple(files.config["classes"])
        model.temperature_ = files.config["temperature"]
        return model
