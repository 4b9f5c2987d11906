"""Train frame models: penalty and thresholds by repeated cross-validation grouped by outlet, then all articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.judging.frames import FrameModel, texts_of
from crossframe.learning.cards import render_card
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.learning.splits import folds_by_group
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import FRAMES, Annotation
from crossframe.statistics.metrics import best_f1
from crossframe.studies.evaluate.metrics import frame_metrics
from crossframe.studies.train.cards import line_of, train_command

FOLDS = 5
REPEATS = 5
FRAME_STRENGTHS = (0.0001, 0.0003, 0.001, 0.003)


def train_frames(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a frame model on corpora with gold frames of articles and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``narrative-frames`` (its training part), or corpora with gold ``frames``.
    out : Path
        Model folder.
    encoder : str, optional
        Name or folder; None takes the default.
    seed : int
        Of the folds.

    Returns
    -------
    str
        Figures of repeated cross-validation grouped by outlet.

    Raises
    ------
    InputError
        When a corpus has no gold frames.
    """
    texts, labels, outlets = [], [], []
    for name in on:
        corpus = read_corpus(name, splits=("train",)) if name == "narrative-frames" else read_corpus(name)
        gold = corpus.gold.get("frames")
        if not isinstance(gold, Annotation):
            raise InputError(
                f"Missing frame gold of corpus {corpus.name!r}. It must have labels of articles."
            )
        texts += texts_of(split_sentences(corpus.articles))
        labels.append(gold.scores[:, [gold.labels.index(frame) for frame in FRAMES]])
        outlets += [article.outlet for article in corpus.articles]
    truth = np.concatenate(labels)
    features = FrameModel(encoder=encoder).describe(texts)
    tried = {
        s: frame_metrics(truth, _cross_validated(features, truth, outlets, s, seed), [0.5] * len(FRAMES))
        for s in FRAME_STRENGTHS
    }
    C = max(tried, key=lambda one: (tried[one]["average_precision"], -one))
    runs = [_cross_validated(features, truth, outlets, C, seed + repeat) for repeat in range(REPEATS)]
    mean = np.mean(runs, axis=0)
    thresholds = [round(best_f1(truth[:, j], np.round(mean[:, j], 4))[1], 4) for j in range(len(FRAMES))]
    each = [
        frame_metrics(truth, run, _thresholds_of_others(truth, run, outlets, seed + repeat))
        for repeat, run in enumerate(runs)
    ]
    figures = {name: float(np.mean([one[name] for one in each])) for name in each[0]}
    model = FrameModel(encoder=encoder, C=C)
    model.describe(texts[:1])
    model.fit_features(features, truth)
    model.thresholds_ = tuple(thresholds)
    log = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "articles": len(texts),
        "C": C,
        "cross_validated": figures,
    }
    model.to_files(out.name, _frames_card(out.name, on, log, truth), log).write(out)
    return f"Wrote {out}\nCross-validated by outlet, {REPEATS} repeats: {line_of(figures)}"


def _cross_validated(
    features: np.ndarray, truth: np.ndarray, outlets: Sequence[str], C: float, seed: int
) -> np.ndarray:
    probability = np.zeros_like(truth, dtype=float)
    for train, held in track(folds_by_group(outlets, FOLDS, seed=seed), "Training by outlet", total=FOLDS):
        probability[held] = (
            FrameModel(C=C).fit_features(features[train], truth[train]).predict_proba_features(features[held])
        )
    return probability


def _thresholds_of_others(
    truth: np.ndarray, probability: np.ndarray, outlets: Sequence[str], seed: int
) -> np.ndarray:
    """Return for every article the thresholds that are best on the other folds: no figure is tuned on what it scores."""
    thresholds = np.zeros_like(probability)
    for others, held in folds_by_group(outlets, FOLDS, seed=seed):
        thresholds[held] = [best_f1(truth[others, j], probability[others, j])[1] for j in range(len(FRAMES))]
    return thresholds


def _frames_card(name: str, on: Sequence[str], log: dict[str, Any], truth: np.ndarray) -> str:
    shares = ", ".join(
        f"{frame} {share:.0%}" for frame, share in zip(FRAMES, truth.mean(axis=0), strict=True)
    )
    return render_card(
        name=name,
        summary="The five generic news frames of an article, several of which may hold: one logistic regression a frame "
        f"on frozen {log['encoder']} vectors of its sentences (mean, spread, lead) and on frame words.",
        data=f"{', '.join(on)}: {log['articles']} articles ({shares}). Labels are of articles, by trained annotators "
        "(Frermann, Li, Khanehzar and Mikolajczak 2023, MIT licence).",
        licence="Apache-2.0 (weights).",
        figures={
            f"cross-validation grouped by outlet, thresholds of the other folds, mean of {REPEATS} repeats": log[
                "cross_validated"
            ]
        },
        limits="Trained on climate news of US and UK outlets; on other topics the frames' words differ and its "
        "probabilities are a lead for reading, not a measurement. Rare frames (moral, human interest) are uncertain. The "
        "penalty was chosen on the same folds. Test figures: `crossframe evaluate frames --on narrative-frames --split test`.",
        command=train_command("frames", on, name, log["encoder"], log["seed"]),
    )
