"""Stance toward a target: a linear model on frozen features, and a sentiment lexicon as its baseline."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance_features import LEXICON_FEATURES, Target, describe_sentiment, describe_targets
from crossframe.learning.calibration import fit_temperature
from crossframe.learning.encoders import load_encoder
from crossframe.learning.linear import Logistic, fit_logistic, softmax
from crossframe.learning.model_files import Estimator, ModelFiles, check_config, read_model
from crossframe.records import STANCES, Annotation, Sentences, Spans, Texts, Units

DEFAULT = "stance-news"
LEXICON = "stance-lexicon"
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


class LexiconStance(Estimator):
    """The sign of the sentiment words near the target: the baseline that needs no weights.

    Parameters
    ----------
    threshold : float
        Absolute score below which a mention is neutral; chosen on dev articles cut from NewsMTSC's training split.
    """

    name = LEXICON
    hash = ""
    note = (
        "Stance is read off a sentiment lexicon (VADER): a baseline that does not see what is said of whom."
    )
    classes_ = STANCES

    def __init__(self, *, threshold: float = 0.2) -> None:
        self.threshold = threshold

    def fit(self, targets: Sequence[Target], labels: Sequence[str]) -> Self:
        """Choose the threshold by macro-F1 on targets and their labels."""
        from sklearn.metrics import f1_score

        near = self._near(targets)
        best = max(
            (f1_score(labels, _cut(near, threshold), average="macro"), -threshold)
            for threshold in np.round(np.arange(0.02, 0.6, 0.02), 2).tolist()
        )
        self.threshold = -best[1]
        return self

    def _near(self, targets: Sequence[Target]) -> np.ndarray:
        column = LEXICON_FEATURES.index("nearest")
        return np.array([describe_sentiment(target)[column] for target in targets])

    def predict_proba(self, targets: Sequence[Target]) -> np.ndarray:
        """Return probabilities of negative, neutral, positive: ndarray of shape (n_targets, 3)."""
        near = self._near(targets)
        strength = np.clip(np.abs(near) / (2 * self.threshold), 0.0, 1.0)
        negative, positive = np.where(near < 0, strength, 0.0), np.where(near > 0, strength, 0.0)
        return np.column_stack([negative, 1 - negative - positive, positive])

    def predict(self, targets: Sequence[Target]) -> list[str]:
        """Return the likeliest label of every target."""
        return _cut(self._near(targets), self.threshold)

    def annotate(self, sentences: Sentences, mentions: Spans, voices: Texts) -> Annotation:
        """Judge every mention in its sentence; see `StanceModel.annotate`."""
        targets, units = targets_of(sentences, mentions, voices)
        return Annotation(units, "span", STANCES, self.predict_proba(targets).reshape(-1, 3), self.name)


def _cut(near: np.ndarray, threshold: float) -> list[str]:
    return [
        "negative" if x <= -threshold else "positive" if x >= threshold else "neutral" for x in near.tolist()
    ]


def targets_of(sentences: Sentences, mentions: Spans, voices: Texts) -> tuple[list[Target], Units]:
    """Return each mention as a target in its sentence, and the units that a stance annotation judges."""
    targets, units = [], []
    for row, voice in zip(mentions.rows(), voices, strict=True):
        at = sentences.locate(row["article"], row["start"])
        begin = int(sentences.start[at])
        end = min(row["end"], int(sentences.end[at]))
        targets.append(
            Target(sentences.text[at], row["start"] - begin, max(end - begin, row["start"] - begin))
        )
        units.append(
            {
                "article": row["article"],
                "sentence": int(sentences.index[at]),
                "start": row["start"],
                "end": row["end"],
                "actor": row["actor"],
                "voice": voice,
            }
        )
    return targets, Units.from_rows(units)


def to_stances(probability: np.ndarray, classes: Sequence[str], labels: dict[str, str]) -> np.ndarray:
    """Return probabilities of negative, neutral, positive from those of a model's own classes.

    `labels` maps class names to stances where their names differ.
    """
    scores = np.zeros((len(probability), len(STANCES)))
    for column, name in enumerate(classes):
        stance = labels.get(name, name)
        if stance not in STANCES:
            raise InputError(
                f"Invalid label {name!r} of the stance model. Map it to one of {', '.join(STANCES)} under [labels] in its configuration."
            )
        scores[:, STANCES.index(stance)] += probability[:, column]
    return scores


def load_stance_model(name_or_folder: str | None = None) -> StanceModel | LexiconStance:
    """Return a trained stance model.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``stance-news``, ``stance-lexicon`` (no weights), or a folder that ``crossframe train stance`` wrote.

    Returns
    -------
    StanceModel or LexiconStance
        Ready to annotate.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> load_stance_model("stance-lexicon").predict([Target("Critics condemned the vile plan of Smith.", 35, 40)])
    ['negative']
    """
    if name_or_folder == LEXICON:
        return LexiconStance()
    files = read_model(name_or_folder or DEFAULT, "stance")
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
