"""Generic news frames of articles: a linear model on frozen sentence vectors, and word lists as the baseline."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe import lexicons
from crossframe._validation import check_name_or_path
from crossframe.errors import InputError
from crossframe.learning.classifiers import Logistic, fit_logistic, sigmoid
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_units
from crossframe.learning.model_files import Estimator, ModelFiles, check_config, read_model
from crossframe.records import FRAMES, Annotation, Sentences, Units
from crossframe.text import words

DEFAULT_FRAMES = "frames-news"
FRAMES_LEXICON = "frames-lexicon"
LEAD = 5
"""Sentences of the lead."""


class FrameModel(Estimator):
    """One logistic regression per frame on the mean, spread and lead of an article's sentence vectors and frame words.

    Parameters
    ----------
    encoder : str or None
        Name or folder; None takes the default.
    C : float
        Inverse of the L2 penalty; the default was chosen by cross-validation grouped by outlet on the training
        split of narrative-frames.

    Attributes
    ----------
    labels_ : tuple of str
        Frames, sorted.
    thresholds_ : tuple of float
        Probability from which on each frame counts as present; lower for rare frames.
    """

    name = "untrained"
    hash = ""
    note = (
        "The frame model was trained on climate news, and even there it is only a little better than word lists: "
        "frames are leads for reading, not measurements."
    )
    thresholds_: tuple[float, ...] = (0.5,) * len(FRAMES)

    def __init__(self, *, encoder: str | None = None, C: float = 0.003) -> None:
        self.encoder = encoder
        self.C = C

    @cached_property
    def _encoder(self) -> Any:
        return load_encoder(self.encoder)

    def describe(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return the features of articles given as lists of sentences: ndarray of shape (n_articles, n_features)."""
        vectors = embed_units(articles, self._encoder, what="Reading articles")
        return np.stack(
            [
                np.concatenate(
                    [v.mean(axis=0), v.std(axis=0), v[:LEAD].mean(axis=0), _word_shares(" ".join(texts))]
                )
                for v, texts in zip(vectors, articles, strict=True)
            ]
        ).astype(np.float64)

    def fit(
        self, articles: Sequence[Sequence[str]], labels: np.ndarray, frames: Sequence[str] = FRAMES
    ) -> Self:
        """Learn from articles and 0/1 labels of shape (n_articles, n_frames)."""
        return self.fit_features(self.describe(articles), labels, frames)

    def fit_features(self, features: np.ndarray, labels: np.ndarray, frames: Sequence[str] = FRAMES) -> Self:
        """Learn from features as `describe` returns them."""
        counts = labels.sum(axis=0)
        constant = (counts == 0) | (counts == len(labels))
        if constant.any():
            frame = frames[int(np.flatnonzero(constant)[0])]
            raise InputError(
                f"Invalid labels of frame {frame!r}. Training needs articles with it and articles without it."
            )
        self.labels_ = tuple(frames)
        self.model_ = fit_logistic(features, labels.astype(int), C=self.C)
        return self

    def predict_proba_features(self, features: np.ndarray) -> np.ndarray:
        """Return the probability of every frame: ndarray of shape (n_articles, n_frames)."""
        return sigmoid(self.model_.logits(features))

    def predict_proba(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return the probability of every frame: ndarray of shape (n_articles, n_frames)."""
        return self.predict_proba_features(self.describe(articles))

    def predict(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return 0/1 of every frame: ndarray of shape (n_articles, n_frames)."""
        return (self.predict_proba(articles) >= np.array(self.thresholds_)).astype(int)

    def annotate(self, sentences: Sentences) -> Annotation:
        """Judge every article: unit article, a probability for each frame (several may hold).

        Parameters
        ----------
        sentences : Sentences
            Of the articles.

        Returns
        -------
        Annotation
            Labels in the order of `FRAMES`.
        """
        return _annotation(sentences, self.predict_proba(texts_of(sentences)), self.labels_, self.name)

    def to_files(self, name: str, card: str, log: dict[str, Any]) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "encoder": self.encoder,
            "encoder_fingerprint": self._encoder.fingerprint,
            "C": self.C,
            "frames": list(self.labels_),
            "thresholds": list(self.thresholds_),
        }
        return ModelFiles("frames", config, self.model_.arrays("frames"), card, log)


class LexiconFrames(Estimator):
    """The share of a frame's words in an article against its usual share: the baseline that needs no weights.

    Parameters
    ----------
    usual : tuple of float
        Median share of each frame's words, in the order of `FRAMES`; of narrative-frames' training articles.
    """

    name = FRAMES_LEXICON
    hash = ""
    labels_ = FRAMES
    thresholds_: tuple[float, ...] = (0.5,) * len(FRAMES)

    def __init__(self, *, usual: tuple[float, ...] = (0.003388, 0.0142, 0.002696, 0.003895, 0.0156)) -> None:
        self.usual = usual

    def fit(self, articles: Sequence[Sequence[str]], labels: np.ndarray | None = None) -> Self:
        """Learn the usual shares from articles; labels are ignored."""
        del labels
        shares = np.median([_word_shares(" ".join(texts)) for texts in articles], axis=0) / 20
        self.usual = tuple(float(f"{share:.4g}") for share in shares)
        return self

    def predict_proba(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return share / (share + usual share) of every frame: ndarray of shape (n_articles, n_frames)."""
        shares = np.stack([_word_shares(" ".join(texts)) for texts in articles]) / 20
        usual = np.maximum(np.array(self.usual), 1e-6)
        return np.asarray(shares / (shares + usual))

    def predict(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return 0/1 of every frame: ndarray of shape (n_articles, n_frames)."""
        return (self.predict_proba(articles) > 0.5).astype(int)

    def annotate(self, sentences: Sentences) -> Annotation:
        """Judge every article; see `FrameModel.annotate`."""
        return _annotation(sentences, self.predict_proba(texts_of(sentences)), FRAMES, self.name)


def texts_of(sentences: Sentences) -> list[list[str]]:
    """Return the non-empty sentences of each article."""
    return [
        [sentences.text[row] for row in sentences.rows_of(article.id) if sentences.text[row].strip()]
        for article in sentences.articles
    ]


def _annotation(sentences: Sentences, scores: np.ndarray, labels: Sequence[str], source: str) -> Annotation:
    order = [list(labels).index(frame) for frame in FRAMES if frame in labels]
    units = Units.from_rows({"article": article.id} for article in sentences.articles)
    return Annotation(units, "article", tuple(labels[i] for i in order), scores[:, order], source)


def _word_shares(text: str) -> np.ndarray:
    """Return twenty times the share of each frame's words: ndarray of shape (5,), on the scale of vectors' entries."""
    tokens = words(text)
    return np.array(
        [20 * sum(t in lexicons.frame_words(frame) for t in tokens) / max(len(tokens), 1) for frame in FRAMES]
    )


def load_frame_model(model: str | Path | None = None) -> FrameModel | LexiconFrames:
    """Return a trained frame model.

    Parameters
    ----------
    model : str or Path, optional
        None or ``frames-news``, ``frames-lexicon`` (no weights), or a folder that ``crossframe train frames`` wrote.

    Returns
    -------
    FrameModel or LexiconFrames
        With ``annotate``.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> int(load_frame_model("frames-lexicon").predict_proba([["Taxes and prices cost jobs."]]).argmax())
    1
    """
    name = DEFAULT_FRAMES if model is None else check_name_or_path(model, "frame model")
    if name == FRAMES_LEXICON:
        return LexiconFrames()
    files = read_model(name, "frames", also=(FRAMES_LEXICON,))
    check_config(files, {"frames": list, "thresholds": list}, {"frames.weights": 2})
    loaded = FrameModel(encoder=files.config["encoder"], C=files.config["C"])
    loaded.model_ = Logistic.from_arrays(files.arrays, "frames")
    loaded.labels_ = tuple(files.config["frames"])
    loaded.thresholds_ = tuple(files.config["thresholds"])
    loaded.name, loaded.hash = files.config["name"], files.hash
    return loaded
