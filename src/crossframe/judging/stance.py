"""Stance toward a target: a linear model on frozen features; the lexicon and a user's own model are loaded here too."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance_endpoint import EndpointStance
from crossframe.judging.stance_features import Target, describe_targets, targets_of, to_stances
from crossframe.judging.stance_lexicon import LEXICON, LexiconStance
from crossframe.learning.calibration import fit_temperature
from crossframe.learning.configuration import ENDPOINT
from crossframe.learning.encoders import load_encoder
from crossframe.learning.endpoint import is_endpoint
from crossframe.learning.linear import Logistic, fit_logistic, softmax
from crossframe.learning.model_files import Estimator, ModelFiles, check_config, read_model
from crossframe.records import STANCES, Annotation, Sentences, Spans, Texts

DEFAULT = "stance-news"
CHUNK = 64
"""Targets that make up a unit of the embedding cache where they belong to no article."""


class StanceModel(Estimator):
    """Multinomial logistic regression on frozen vectors of sentence, window and masked target, and sentiment words.

    Parameters
    ----------
    encoder : str or None
        Name or folder; None takes the default.
    strength : float
        Inverse of the L2 penalty; the default was chosen on dev articles cut from NewsMTSC's training split.
    balanced : bool
        Whether classes weigh the same in the fit.

    Attributes
    ----------
    classes_ : tuple of str
        Label names, sorted.
    temperature_ : float
        Divides the logits; 1 until `calibrate`.
    """

    name = "untrained"
    hash = ""
    note = ""

    def __init__(self, *, encoder: str | None = None, strength: float = 0.001, balanced: bool = True) -> None:
        self.encoder = encoder
        self.strength = strength
        self.balanced = balanced

    temperature_ = 1.0
    labels_: dict[str, str] = {}  # noqa: RUF012

    def describe(self, targets: Sequence[Target]) -> np.ndarray:
        """Return the features of `targets`: ndarray of shape (n_targets, n_features)."""
        units = [targets[i : i + CHUNK] for i in range(0, len(targets), CHUNK)]
        return describe_targets(units, self._loaded())

    def _loaded(self) -> Any:
        if not hasattr(self, "_encoder"):
            self._encoder: Any = load_encoder(self.encoder)
            if not hasattr(self._encoder, "encode_spans"):
                raise InputError(
                    f"Invalid encoder {self.encoder!r} for stance. It must be a transformer: a name or folder."
                )
        return self._encoder

    def fit(self, targets: Sequence[Target], labels: Sequence[str]) -> Self:
        """Learn from targets and their labels.

        Parameters
        ----------
        targets : sequence of Target
        labels : sequence of str
            Two or more different ones.

        Returns
        -------
        StanceModel
            Itself.
        """
        return self.fit_features(self.describe(targets), labels)

    def fit_features(self, features: np.ndarray, labels: Sequence[str]) -> Self:
        """Learn from features that `describe` made."""
        self.classes_: tuple[str, ...] = tuple(sorted(set(labels)))
        if len(self.classes_) < 2:
            raise InputError(f"Invalid labels {self.classes_!r}. Training needs at least two different ones.")
        number = {label: i for i, label in enumerate(self.classes_)}
        self.model_ = fit_logistic(
            features,
            np.array([number[label] for label in labels]),
            strength=self.strength,
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
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_targets, n_classes)."""
        if not len(features):
            return np.zeros((0, len(self.classes_)))
        return softmax(self._logits(features) / self.temperature_)

    def predict_proba(self, targets: Sequence[Target]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_targets, n_classes)."""
        return (
            self.predict_proba_features(self.describe(targets))
            if len(targets)
            else np.zeros((0, len(self.classes_)))
        )

    def predict(self, targets: Sequence[Target]) -> list[str]:
        """Return the likeliest label of every target."""
        return [self.classes_[i] for i in self.predict_proba(targets).argmax(axis=1)]

    def annotate(self, sentences: Sentences, mentions: Spans, voices: Texts) -> Annotation:
        """Judge every mention in its sentence.

        Parameters
        ----------
        sentences : Sentences
            Of the articles that `mentions` are of.
        mentions : Spans
            Targets.
        voices : tuple of str
            Who speaks at each mention.

        Returns
        -------
        Annotation
            Unit span; labels negative, neutral, positive.
        """
        targets, units = targets_of(sentences, mentions, voices)
        by_article: list[list[Target]] = []
        before = None
        for target, article in zip(targets, units.article, strict=True):
            if article != before:
                by_article.append([])
                before = article
            by_article[-1].append(target)
        features = describe_targets(by_article, self._loaded())
        scores = to_stances(self.predict_proba_features(features), self.classes_, self.labels_)
        return Annotation(units, "span", STANCES, scores, self.name)

    def to_files(self, name: str, card: str, log: dict[str, Any], note: str) -> ModelFiles:
        """Return the model as files."""
        encoder = self._loaded()
        config = {
            "name": name,
            "encoder": self.encoder,
            "encoder_fingerprint": encoder.fingerprint,
            "strength": self.strength,
            "balanced": self.balanced,
            "classes": list(self.classes_),
            "temperature": self.temperature_,
            "note": note,
        }
        return ModelFiles("stance", config, self.model_.arrays("stance"), card, log)


def load_stance_model(name_or_folder: str | None = None) -> StanceModel | LexiconStance | EndpointStance:
    """Return a trained stance model.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``stance-news``, ``stance-lexicon`` (no weights), a folder that ``crossframe train stance`` wrote, or the
        address of a language model of your own (``http://localhost:8000/v1#model-name``), or ``endpoint``: the one that
        the configuration describes.

    Returns
    -------
    StanceModel, LexiconStance or EndpointStance
        Ready to annotate.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> from crossframe.judging.stance_features import Target
    >>> load_stance_model("stance-lexicon").predict([Target("Critics condemned the vile plan of Smith.", 35, 40)])
    ['negative']
    """
    if name_or_folder == LEXICON:
        return LexiconStance()
    if is_endpoint(name_or_folder):
        return EndpointStance(name_or_folder)
    name = DEFAULT if name_or_folder is None else name_or_folder
    files = read_model(name, "stance", also=(LEXICON, ENDPOINT))
    check_config(files, {"classes": list, "temperature": float, "note": str}, {"stance.weights": 2})
    model = StanceModel(
        encoder=files.config["encoder"], strength=files.config["strength"], balanced=files.config["balanced"]
    )
    model.model_ = Logistic.from_arrays(files.arrays, "stance")
    model.classes_ = tuple(files.config["classes"])
    model.temperature_ = files.config["temperature"]
    model.labels_ = dict(files.config.get("labels", {}))
    model.name, model.hash, model.note = files.config["name"], files.hash, files.config["note"]
    return model
