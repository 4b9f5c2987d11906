"""Train frame models: penalty and thresholds by repeated cross-validation grouped by outlet, then all articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.judging.frames import FrameModel, texts_of
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.learning.splits import folds_by_group
from crossframe.reading.text.split import split_sentences
from crossframe.records import FRAMES
from crossframe.statistics.metrics import best_f1
from crossframe.studies.evaluate.corpora import read_training_corpus
from crossframe.studies.evaluate.frames import gold_frames
from crossframe.studies.evaluate.metrics import frame_metrics
from crossframe.studies.train.cards import describe_frames, summarise_metrics

FRAME_FOLDS = 5
FRAME_REPEATS = 5
C_FRAMES = (0.0001, 0.0003, 0.001, 0.003)
"""Values of C (inverse L2 penalty) that are tried."""


def train_frames(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a frame model on corpora with gold frames of articles and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``narrative-frames`` (its training split), or corpora with gold ``frames``.
    out : Path
        Model folder.
    encoder : str, optional
        Name or folder; None takes the default.
    seed : int
        Of the folds.

    Returns
    -------
    str
        Metrics of repeated cross-validation grouped by outlet.

    Raises
    ------
    InputError
        When a corpus has no gold frames.
    """
    corpora = [read_training_corpus(name) for name in on]
    truth = np.concatenate([gold_frames(corpus) for corpus in corpora])
    texts = [text for corpus in corpora for text in texts_of(split_sentences(corpus.articles))]
    outlets = [article.outlet for corpus in corpora for article in corpus.articles]
    features = FrameModel(encoder=encoder).describe(texts)
    best = _choose_c(features, truth, outlets, seed)
    runs = [
        _cross_validated(features, truth, outlets, best, seed + repeat) for repeat in range(FRAME_REPEATS)
    ]
    model = FrameModel(encoder=encoder, C=best)
    model.describe(texts[:1])
    model.fit_features(features, truth)
    model.thresholds_ = tuple(_best_thresholds(truth, np.mean(runs, axis=0).round(4)).round(4).tolist())
    metrics = _average_metrics(truth, runs, outlets, seed)
    log: dict[str, Any] = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "articles": len(texts),
        "shares": dict(zip(FRAMES, truth.mean(axis=0).tolist(), strict=True)),
        "C": best,
        "cross_validated": metrics,
    }
    model.to_files(out.name, describe_frames(out.name, log, n_repeats=FRAME_REPEATS), log).write(out)
    return f"Wrote {out}\nCross-validated by outlet, {FRAME_REPEATS} repeats: {summarise_metrics(metrics)}"


def _choose_c(features: np.ndarray, truth: np.ndarray, outlets: Sequence[str], seed: int) -> float:
    """Return the C of best average precision; of equals the smallest."""
    tried = {
        c: frame_metrics(truth, _cross_validated(features, truth, outlets, c, seed), [0.5] * len(FRAMES))
        for c in C_FRAMES
    }
    return max(tried, key=lambda c: (tried[c]["average_precision"], -c))


def _cross_validated(
    features: np.ndarray, truth: np.ndarray, outlets: Sequence[str], c: float, seed: int
) -> np.ndarray:
    """Return the probability of every frame by a model fitted on other outlets: (n_articles, n_frames)."""
    probability = np.zeros_like(truth, dtype=float)
    for train, held in track(
        folds_by_group(outlets, FRAME_FOLDS, seed=seed), "Training by outlet", total=FRAME_FOLDS
    ):
        model = FrameModel(C=c).fit_features(features[train], truth[train])
        probability[held] = model.predict_proba_features(features[held])
    return probability


def _average_metrics(
    truth: np.ndarray, runs: Sequence[np.ndarray], outlets: Sequence[str], seed: int
) -> dict[str, float]:
    """Return the mean metrics of repeated runs at thresholds of the other folds: none is tuned on what it scores."""
    metrics = []
    for repeat, probability in enumerate(runs):
        thresholds = np.zeros_like(probability)
        for others, held in folds_by_group(outlets, FRAME_FOLDS, seed=seed + repeat):
            thresholds[held] = _best_thresholds(truth[others], probability[others])
        metrics.append(frame_metrics(truth, probability, thresholds))
    return {name: float(np.mean([run[name] for run in metrics])) for name in metrics[0]}


def _best_thresholds(truth: np.ndarray, probability: np.ndarray) -> np.ndarray:
    """Return the threshold of best F1 of every frame: ndarray of shape (n_frames,)."""
    return np.array([best_f1(truth[:, j], probability[:, j])[1] for j in range(truth.shape[1])])
