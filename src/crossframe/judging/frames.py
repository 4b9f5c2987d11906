"""Frames of articles: linear models on frozen sentence vectors and on words, and word lists as the baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe import lexicons
from crossframe._validation import check_name_or_path
from crossframe.errors import InputError
from crossframe.learning.classifiers import Logistic, fit_shares, sigmoid
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_units
from crossframe.learning.model_files import Estimator, ModelFiles, check_config, read_model
from crossframe.records import FRAMES, Annotation, Sentences, Units
from crossframe.text import words

DEFAULT_FRAMES = "frames-news"
FRAMES_LEXICON = "frames-lexicon"
LEAD = 5
"""Sentences of the lead."""


@dataclass(frozen=True)
class FrameFeatures:
    """What a frame model reads of articles.

    Parameters
    ----------
    vectors : ndarray of shape (n_articles, n_features)
        Mean, spread and lead of an article's sentence vectors, and shares of frame words.
    texts : tuple of str
        The articles themselves.
    """

    vectors: np.ndarray
    texts: tuple[str, ...]

    def of(self, rows: np.ndarray) -> "FrameFeatures":
        """Return the features of the articles numbered `rows`."""
        return FrameFeatures(self.vectors[rows], tuple(self.texts[row] for row in rows))


class FrameModel(Estimator):
    """Two logistic regressions per frame, on sentence vectors and on words, whose mean is calibrated.

    The first reads mean, spread and lead of an article's sentence vectors and its shares of frame words; the second TF-IDF of
    single words.

    Parameters
    ----------
    encoder : str or None
        Name or folder; None takes the default.
    C, C_words : float
        Inverse of the L2 penalty of the two; `crossframe train frames` chooses them by cross-validation.

    Attributes
    ----------
    labels_ : tuple of str
        Frames.
    calibration_ : ndarray of shape (2, n_frames)
        Slope and intercept from the log-odds of the mean to those of each frame.
    thresholds_ : tuple of float
        Probability from which on each frame counts as present; lower for rare frames.
    note : str
        What a reader of its probabilities must know.
    """

    name = "untrained"
    hash = ""
    note = ""

    def __init__(self, *, encoder: str | None = None, C: float = 0.003, C_words: float = 100.0) -> None:
        self.encoder = encoder
        self.C = C
        self.C_words = C_words

    @cached_property
    def _encoder(self) -> Any:
        return load_encoder(self.encoder)

    def describe(self, articles: Sequence[Sequence[str]]) -> FrameFeatures:
        """Return the features of articles given as lists of sentences."""
        vectors = embed_units(articles, self._encoder, what="Reading articles")
        texts = tuple(" ".join(sentences) for sentences in articles)
        rows = [
            np.concatenate([v.mean(axis=0), v.std(axis=0), v[:LEAD].mean(axis=0), _word_shares(text)])
            for v, text in zip(vectors, texts, strict=True)
        ]
        return FrameFeatures(np.stack(rows).astype(np.float64), texts)

    def fit(
        self, articles: Sequence[Sequence[str]], shares: np.ndarray, frames: Sequence[str] = FRAMES
    ) -> Self:
        """Learn from articles and shares of annotators who see each frame in them (or 0 and 1) of shape (n_articles, n_frames)."""
        return self.fit_features(self.describe(articles), shares, frames)

    def fit_features(
        self, features: FrameFeatures, shares: np.ndarray, frames: Sequence[str] = FRAMES
    ) -> Self:
        """Learn from features as `describe` returns them; without calibration until `calibrate`."""
        constant = shares.min(axis=0) == shares.max(axis=0)
        if constant.any():
            frame = frames[int(np.flatnonzero(constant)[0])]
            raise InputError(
                f"Invalid labels of frame {frame!r}. Training needs articles with it and articles without it."
            )
        self.labels_ = tuple(frames)
        self.model_ = fit_shares(features.vectors, shares, C=self.C)
        self.tfidf_ = _make_tfidf().fit(features.texts)
        self.words_ = fit_shares(
            self.tfidf_.transform(features.texts), shares, C=self.C_words, standardise=False
        )
        self.calibration_ = np.stack([np.ones(len(frames)), np.zeros(len(frames))])
        self.thresholds_ = (0.5,) * len(frames)
        return self

    def predict_parts(self, features: FrameFeatures) -> np.ndarray:
        """Return the probability of every frame by vectors and by words: ndarray of shape (2, n_articles, n_frames)."""
        by_words = self.words_.sigmoid(self.tfidf_.transform(features.texts))
        return np.stack([self.model_.sigmoid(features.vectors), by_words])

    def predict_proba(self, articles: Sequence[Sequence[str]]) -> np.ndarray:
        """Return the probability of every frame: ndarray of shape (n_articles, n_frames)."""
        mean = self.predict_parts(self.describe(articles)).mean(axis=0)
        return calibrate_frames(mean, self.calibration_)

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
            Labels in the order of the training's: that of `FRAMES`, but of frames of one's own.
        """
        return _annotation(sentences, self.predict_proba(texts_of(sentences)), self.labels_, self.name)

    def to_files(self, name: str, card: str, log: dict[str, Any]) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "encoder": self.encoder,
            "encoder_fingerprint": self._encoder.fingerprint,
            "C": self.C,
            "C_words": self.C_words,
            "frames": list(self.labels_),
            "thresholds": list(self.thresholds_),
            "note": self.note,
            "words": " ".join(self.tfidf_.get_feature_names_out()),
        }
        arrays = self.model_.arrays("frames") | self.words_.arrays("words")
        arrays |= {"idf": self.tfidf_.idf_, "calibration": self.calibration_}
        return ModelFiles(
            "frames", config, {key: array.astype(np.float32) for key, array in arrays.items()}, card, log
        )


def calibrate_frames(probability: np.ndarray, calibration: np.ndarray) -> np.ndarray:
    """Return probabilities (n_articles, n_frames) after `calibration` of their log-odds: slopes and intercepts (2, n_frames)."""
    from scipy.special import logit

    return sigmoid(logit(probability) * calibration[0] + calibration[1])


def _make_tfidf(vocabulary: Sequence[str] | None = None) -> Any:
    """Return an unfitted TF-IDF of the words that two articles or more have, or of those of `vocabulary`."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer=words, min_df=2 if vocabulary is None else 1, sublinear_tf=True, vocabulary=vocabulary
    )


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
    units = Units.from_rows({"article": article.id} for article in sentences.articles)
    return Annotation(units, "article", tuple(labels), scores, source)


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
        None or ``frames-news``, ``frames-base`` (on the base encoder), ``frames-guns`` (headlines on guns), ``frames-lexicon``
        (no weights), or a folder that ``crossframe train frames`` wrote.

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
    config = {"frames": list, "thresholds": list, "C": float, "C_words": float, "words": str, "note": str}
    check_config(files, config, {"frames.weights": 2, "words.weights": 2, "idf": 1, "calibration": 2})
    loaded = FrameModel(**{key: files.config[key] for key in ("encoder", "C", "C_words")})
    loaded.model_ = Logistic.from_arrays(files.arrays, "frames")
    loaded.words_ = Logistic.from_arrays(files.arrays, "words")
    loaded.tfidf_ = _make_tfidf(files.config["words"].split(" "))
    loaded.tfidf_.idf_ = files.arrays["idf"].astype(np.float64)
    loaded.calibration_ = files.arrays["calibration"].astype(np.float64)
    loaded.labels_ = tuple(files.config["frames"])
    loaded.thresholds_ = tuple(files.config["thresholds"])
    loaded.name, loaded.hash, loaded.note = files.config["name"], files.hash, files.config["note"]
    return loaded
