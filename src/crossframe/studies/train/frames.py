"""Train frame models: penalties, calibration and thresholds by repeated cross-validation grouped by outlet, then all articles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.judging.frames import FrameFeatures, FrameModel, calibrate_frames, texts_of
from crossframe.learning.cards import render_card
from crossframe.learning.classifiers import fit_logistic
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.learning.splits import folds_by_group
from crossframe.matching.copies import find_copies
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import splits_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article
from crossframe.statistics.metrics import best_f1
from crossframe.studies.evaluate.frames import frame_gold, frame_groups
from crossframe.studies.evaluate.metrics import frame_metrics
from crossframe.studies.train.cards import Log, command_of, summarise_metrics

FRAME_FOLDS = 5
FRAME_REPEATS = 5
PENALTIES = ((0.001, 30.0), (0.003, 100.0), (0.01, 300.0), (0.03, 1000.0))
"""Values of C and C_words (inverse L2 penalties) that are tried."""
Fold = tuple[np.ndarray, np.ndarray]
_FRAMES_OF = {
    "narrative-frames": "the five generic news frames of an article, several of which may hold",
    "gvfc": "the frames of a headline on guns, one or two of nine",
}
_FRAME_LABELS = {
    "narrative-frames": " Labels are by trained annotators, two or three of each article (Frermann, Li, Khanehzar and Mikolajczak "
    "2023, MIT licence): the share of them whose answers give a frame is learned, what they agree on is scored.",
    "gvfc": " Labels are by trained coders (Liu et al. 2019, files of Akyürek et al. 2020; Apache-2.0, the headlines belong to "
    "their publishers).",
}
_FRAME_LIMITS = {
    "narrative-frames": "Weak, also where it was trained: climate news of US and UK outlets. On other topics the words of frames "
    "differ. Of an article with a frame and one without, the right one gets the higher probability in {auc:.0%} of cases: one "
    "estimate, and one difference between two articles, is a reason to read them, not a finding. Means over many articles may be "
    "compared, after reading some. How well it tells apart outlets that report one event is not known, for no corpus has such "
    "labels. Human interest and moral are rare and the least certain; annotators, too, agree least on human interest.",
    "gvfc": "Headlines of US outlets on guns in 2018, and nothing else. Rare frames (society) are uncertain. Copies of a headline in "
    "other words may stand in several folds, as in the published splits.",
}
_FRAME_NOTES = {
    "narrative-frames": "The frame model is weak, also on the climate news that it was trained on: one probability, or one "
    "difference between two articles, is a reason to read them, not a finding.",
    "gvfc": "The frame model was trained on US headlines on guns of 2018; its frames are of that topic alone.",
}


@dataclass(frozen=True)
class FrameData:
    """Articles that frames are learned from.

    Parameters
    ----------
    articles : tuple of Article
        Of any number of corpora.
    frames : tuple of str
        What is learned.
    truth : ndarray of shape (n_articles, n_frames)
        Labels of 0 and 1.
    shares : ndarray of shape (n_articles, n_frames)
        Share of the annotators who see the frame; the labels where a corpus has no ``frame-votes``.
    """

    articles: tuple[Article, ...]
    frames: tuple[str, ...]
    truth: np.ndarray
    shares: np.ndarray


def train_frames(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a frame model on corpora with gold frames of articles and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``narrative-frames`` or ``gvfc`` (all splits but test), or corpora with gold ``frames``.
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
        When a corpus has no gold frames, or others than the first.
    """
    data = read_frames(on)
    model = FrameModel(encoder=encoder)
    features = model.describe(texts_of(split_sentences(data.articles)))
    folds = split_folds(data.articles, seed=seed)
    tried = [
        [cross_validate(features, data, own, C=C, C_words=C_words) for own in folds]
        for C, C_words in track(PENALTIES, "Training by outlet", total=len(PENALTIES))
    ]
    best, best_words = (
        choose_penalty(data.truth, [[run[part] for run in runs] for runs in tried]) for part in (0, 1)
    )
    runs = [(a[0] + b[1]) / 2 for a, b in zip(tried[best], tried[best_words], strict=True)]
    model.set_params(C=PENALTIES[best][0], C_words=PENALTIES[best_words][1])
    model.fit_features(features, data.shares, data.frames)
    pooled = np.tile(data.truth, (FRAME_REPEATS, 1))
    model.calibration_, thresholds = fit_decision(pooled, np.concatenate(runs))
    model.thresholds_ = tuple(thresholds.round(4).tolist())
    metrics = _average_metrics(data, runs, folds)
    groups = frame_groups(data.articles)
    log: dict[str, Any] = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "articles": len(data.articles),
        "groups": len(set(groups)),
        "grouped_by": "outlet" if groups[0] == data.articles[0].outlet else "event",
        "shares": dict(zip(data.frames, data.truth.mean(axis=0).tolist(), strict=True)),
        "C": model.C,
        "C_words": model.C_words,
        "words": len(model.tfidf_.vocabulary_),
        "cross_validated": metrics,
    }
    model.note = note_of_frames(on)
    model.to_files(out.name, describe_frames(out.name, log, n_repeats=FRAME_REPEATS), log).write(out)
    return f"Wrote {out}\nCross-validated by {log['grouped_by']}, {FRAME_REPEATS} repeats: {summarise_metrics(metrics)}"


def read_frames(on: Sequence[str]) -> FrameData:
    """Return the articles of corpora, of public ones all splits but test, with their frames.

    Raises
    ------
    InputError
        When a corpus has no gold frames, or others than the first.
    """
    articles: list[Article] = []
    truth, shares = [], []
    frames: tuple[str, ...] = ()
    for name in on:
        corpus = read_corpus(name, splits=[split for split in splits_of(name) if split != "test"] or None)
        gold = frame_gold(corpus)
        frames = frames or gold.labels
        if set(gold.labels) != set(frames):
            raise InputError(
                f"Invalid frames {', '.join(gold.labels)} of corpus {name!r}. They must be those of {on[0]!r}."
            )
        votes = corpus.gold.get("frame-votes", gold)
        articles += corpus.articles
        truth.append(np.stack([gold.of(frame) for frame in frames], axis=1))
        shares.append(np.stack([votes.of(frame) for frame in frames], axis=1))  # type: ignore[union-attr]
    return FrameData(tuple(articles), frames, np.concatenate(truth), np.concatenate(shares))


def split_folds(
    articles: Sequence[Article], *, repeats: int = FRAME_REPEATS, seed: int = 0
) -> list[list[Fold]]:
    """Return (training rows, held-out rows) of the folds of every repeat, by `frame_groups`; no copy of what is held out is
    learned from."""
    row = {article.id: number for number, article in enumerate(articles)}
    together = [replace(article, event="all", outlet=article.id) for article in articles]
    copy = np.zeros((len(row), len(row)), dtype=bool)
    for number, source in enumerate(find_copies(together).copy_of):
        if source:
            copy[number, row[source]] = copy[row[source], number] = True
    groups = frame_groups(articles)
    return [
        [
            (train[~copy[np.ix_(train, held)].any(axis=1)], held)
            for train, held in folds_by_group(groups, FRAME_FOLDS, seed=seed + repeat)
        ]
        for repeat in range(repeats)
    ]


def cross_validate(
    features: FrameFeatures, data: FrameData, folds: Sequence[Fold], *, C: float, C_words: float
) -> np.ndarray:
    """Return what models say of articles of other folds, by vectors and by words: ndarray of shape (2, n_articles, n_frames)."""
    probability = np.zeros((2, *data.truth.shape))
    for train, held in folds:
        model = FrameModel(C=C, C_words=C_words)
        model.fit_features(features.of(train), data.shares[train], data.frames)
        probability[:, held] = model.predict_parts(features.of(held))
    return probability


def choose_penalty(truth: np.ndarray, tried: Sequence[Sequence[np.ndarray]]) -> int:
    """Return which of `tried`, each with its repeats, has the best average precision; of equals the first."""
    from sklearn.metrics import average_precision_score

    return int(np.argmax([np.mean([average_precision_score(truth, one) for one in runs]) for runs in tried]))


def fit_decision(truth: np.ndarray, probability: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return calibration (2, n_frames) and thresholds (n_frames,) of probabilities of models that had not seen the articles.

    The threshold is half of the best F1, which is where F1 is best if probabilities are calibrated.

    References
    ----------
    Platt 1999, Probabilistic outputs for support vector machines. Lipton, Elkan and Naryanaswamy 2014, Optimal thresholding
    of classifiers to maximize F1 measure.
    """
    from scipy.special import logit

    calibration = np.zeros((2, truth.shape[1]))
    for column, (labels, odds) in enumerate(zip(truth.T, logit(probability).T, strict=True)):
        model = fit_logistic(odds[:, None], labels.astype(int), C=1.0)
        slope = model.weights[0, 0] / model.scale[0]
        calibration[:, column] = slope, model.bias[0] - slope * model.mean[0]
    calibrated = calibrate_frames(probability, calibration)
    best = [best_f1(labels, stated)[0] for labels, stated in zip(truth.T, calibrated.T, strict=True)]
    return calibration, np.array(best) / 2


def decide_held_out(
    truth: np.ndarray, probability: np.ndarray, folds: Sequence[Fold]
) -> tuple[np.ndarray, np.ndarray]:
    """Return calibrated probabilities and thresholds, both (n_articles, n_frames): those of each fold are fitted on the others."""
    calibrated, thresholds = np.zeros((2, *probability.shape))
    for _, held in folds:
        others = np.setdiff1d(np.arange(len(probability)), held)
        calibration, chosen = fit_decision(truth[others], probability[others])
        calibrated[held], thresholds[held] = calibrate_frames(probability[held], calibration), chosen
    return calibrated, thresholds


def _average_metrics(
    data: FrameData, runs: Sequence[np.ndarray], folds: Sequence[Sequence[Fold]]
) -> dict[str, float]:
    """Return the mean metrics of repeated runs: nothing is tuned on what it scores but the penalties."""
    groups = frame_groups(data.articles)
    metrics = [
        frame_metrics(data.frames, data.truth, *decide_held_out(data.truth, run, own), groups)
        for run, own in zip(runs, folds, strict=True)
    ]
    return {
        name: float(np.mean([run[name] for run in metrics]))
        for name, value in metrics[0].items()
        if value is not None
    }


def note_of_frames(on: Sequence[str]) -> str:
    """Return what a reader of the probabilities of a frame model must know, by the first corpus it was trained on."""
    return _FRAME_NOTES.get(on[0], "The frame model was trained on the user's own labels.")


def describe_frames(name: str, log: Log, *, n_repeats: int) -> str:
    """Return the card of a frame model."""
    shares = ", ".join(f"{frame} {share:.0%}" for frame, share in sorted(log["shares"].items()))
    held_out = f"{log['groups']:,} {log['grouped_by']}s"
    public = [source for source in log["data"] if source in _FRAMES_OF]
    return render_card(
        name=name,
        summary=f"Judges {_FRAMES_OF.get(log['data'][0], 'frames of articles')}: the calibrated mean of two logistic regressions "
        f"per frame, on frozen {log['encoder']} vectors of sentences (mean, spread, lead) with shares of frame words, and on "
        f"TF-IDF of {log['words']:,} words.",
        data=f"{', '.join(log['data'])}: {log['articles']:,} articles of all splits but test ({shares})."
        + "".join(_FRAME_LABELS[source] for source in public),
        licence="Apache-2.0 (weights). No text is contained, only the words that two articles or more have.",
        metrics={
            f"cross-validation over {held_out}, whole ones held out, calibration and thresholds of the other folds, mean of "
            f"{n_repeats} repeats; low and high: 95 % interval over {log['grouped_by']}s": log[
                "cross_validated"
            ]
        },
        limits="".join(_FRAME_LIMITS[source].format(**log["cross_validated"]) + " " for source in public)
        + "Penalties were chosen on the same folds."
        + "".join(
            f" On the test split: `crossframe evaluate frames --on {source} --model {name}`."
            for source in public
        ),
        command=command_of("frames", name, log),
    )
