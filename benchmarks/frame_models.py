"""Measure what encoder, words and annotators' single answers do for frame models, by the cross-validation of `train frames`.

A model reads vectors of the small or of the base encoder, words (TF-IDF), or both, and learns from labels or from the votes of
annotators (narrative-frames alone has these). ``small (labels)`` is what shipped before. All are scored on the same labels and
folds: whole outlets held out (headlines of GVFC, whose outlets are not known), ten repeats. ``low`` and ``high`` bound 95 % of
draws of outlets, ``repeats_low`` and ``repeats_high`` are the least and the greatest of the repeats; a row with ``against`` is the
difference, paired by draw and by repeat. ``auc`` is how often an
article with a frame is ranked above one without. ``annotators`` is the F1 of one annotator's frames against another's, every
pair of annotators of an article both ways, on the same articles.
"""

import argparse
import json
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.judging.frames import FrameModel, texts_of
from crossframe.learning.encoders.base_weights import BASE
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.reading.public.narrative_frames import vote_frames
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.registry import read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.statistics.intervals import DRAWS, percentile_interval
from crossframe.studies.evaluate.frames import frame_groups
from crossframe.studies.train.frames import (
    PENALTIES,
    Fold,
    FrameData,
    choose_penalty,
    cross_validate,
    decide_held_out,
    read_frames,
    split_folds,
)

OUT = Path(__file__).parents[1] / "results" / "benchmarks" / "frame-models.csv"
COLUMNS = ("corpus", "model", "against", "metric", "value", "low", "high", "repeats_low", "repeats_high")
ENCODERS = {"small": DEFAULT, "base": BASE}
REPEATS = 10
MIN_ARTICLES = 8
"""Labelled articles from which on an outlet's mean is compared with its labels."""
AGAINST = (
    ("base+words", "small (labels)"),
    ("base+words", "words"),
    ("base+words", "base"),
    ("base+words", "small+words"),
    ("small+words", "small (labels)"),
    ("small+words", "words"),
    ("base", "small"),
    ("base+words", "base+words (labels)"),
)
Row = list[object]


class Scores(NamedTuple):
    """A metric by repeat, of shape (n_repeats,), and by draw of outlets, of shape (n_draws,)."""

    repeats: np.ndarray
    draws: np.ndarray


def predict_models(corpus: str) -> tuple[FrameData, list[list[Fold]], dict[str, list[np.ndarray]]]:
    """Return the articles, the folds, and by model what it says of articles of other folds, repeat by repeat."""
    data = read_frames([corpus])
    folds = split_folds(data.articles, repeats=REPEATS)
    texts = texts_of(split_sentences(data.articles))
    runs: dict[str, list[np.ndarray]] = {}
    taught = {" (labels)": data.truth, "": data.shares}
    if (data.truth == data.shares).all():
        del taught[" (labels)"]
    for name, encoder in ENCODERS.items():
        features = FrameModel(encoder=encoder).describe(texts)
        for suffix, shares in taught.items():
            told = replace(data, shares=shares)
            tried = [
                [cross_validate(features, told, own, C=C, C_words=C_words) for own in folds]
                for C, C_words in track(PENALTIES, f"{corpus}, {name}{suffix}", total=len(PENALTIES))
            ]
            vectors, words = (
                [
                    run[part]
                    for run in tried[choose_penalty(data.truth, [[r[part] for r in one] for one in tried])]
                ]
                for part in (0, 1)
            )
            runs[f"{name}{suffix}"], runs[f"words{suffix}"] = vectors, words
            runs[f"{name}+words{suffix}"] = [(a + b) / 2 for a, b in zip(vectors, words, strict=True)]
    return data, folds, runs


def score_model(
    data: FrameData, folds: list[list[Fold]], runs: list[np.ndarray], weights: np.ndarray
) -> dict[str, Scores]:
    """Return the metrics of a model; `weights` of shape (n_draws, n_articles) say how often a draw has each article."""
    decided = [decide_held_out(data.truth, run, own) for run, own in zip(runs, folds, strict=True)]
    predicted = np.stack([stated >= thresholds for stated, thresholds in decided])
    both, sizes = 2.0 * data.truth * predicted, data.truth + predicted
    once = np.ones((1, len(data.truth)))
    ranked = [
        np.array([rank_frames(data.truth, stated, w) for stated, _ in decided]) for w in (once, weights)
    ]
    by_metric = {
        "f1": Scores(
            both.sum(axis=1) / sizes.sum(axis=1),
            (weights @ both.sum(axis=0)) / np.maximum(weights @ sizes.sum(axis=0), 1),
        )
    } | {
        metric: Scores(ranked[0][:, number, 0], ranked[1][:, number].mean(axis=0))
        for number, metric in enumerate(("average_precision", "auc"))
    }
    means = {name: Scores(*(part.mean(axis=1) for part in one)) for name, one in by_metric.items()}
    return {("macro_f1" if name == "f1" else name): one for name, one in means.items()} | {
        f"{frame}_{metric}": Scores(one.repeats[:, j], one.draws[:, j])
        for metric, one in by_metric.items()
        for j, frame in enumerate(data.frames)
    }


def rank_frames(truth: np.ndarray, stated: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return average precision and auc of every frame: ndarray of shape (2, n_weights, n_frames), NaN without the frame.

    Parameters
    ----------
    truth, stated : ndarray of shape (n_articles, n_frames)
        Labels, and probabilities, no two of which are equal.
    weights : ndarray of shape (n_weights, n_articles)
        How often each article counts.
    """
    columns = []
    for labels, probability in zip(truth.T, stated.T, strict=True):
        order = np.argsort(-probability, kind="stable")
        has, lacks = weights[:, order] * labels[order], weights[:, order] * (1 - labels[order])
        found, wrong = has.cumsum(axis=1), lacks.cumsum(axis=1)
        with np.errstate(invalid="ignore"):
            precision = (has * found / np.maximum(found + wrong, 1)).sum(axis=1) / has.sum(axis=1)
            above = (has * (wrong[:, -1:] - wrong)).sum(axis=1) / (has.sum(axis=1) * lacks.sum(axis=1))
        columns.append(np.stack([precision, above]))
    return np.stack(columns, axis=2)


def measure_outlets(data: FrameData, folds: list[list[Fold]], runs: list[np.ndarray]) -> list[Row]:
    """Return how far an outlet's mean probability is from its share of labels, beside the share over all outlets, by frame.

    Of outlets with `MIN_ARTICLES` or more: mean absolute difference.
    """
    stated = np.mean(
        [decide_held_out(data.truth, run, own)[0] for run, own in zip(runs, folds, strict=True)], axis=0
    )
    outlets = np.array([article.outlet for article in data.articles])
    names, counts = np.unique(outlets, return_counts=True)
    own = [outlets == name for name in names[counts >= MIN_ARTICLES]]
    share = np.stack([data.truth[rows].mean(axis=0) for rows in own])
    errors = {
        "outlet_error": np.abs(np.stack([stated[rows].mean(axis=0) for rows in own]) - share).mean(axis=0),
        "constant_outlet_error": np.abs(data.truth.mean(axis=0) - share).mean(axis=0),
    }
    return [
        ["narrative-frames", "small+words", "", f"{frame}_{metric}", Decimal(f"{value:.3f}"), *[None] * 4]
        for metric, error in errors.items()
        for frame, value in zip(data.frames, error, strict=True)
    ]


def draw_groups(groups: list[str], *, draws: int = DRAWS) -> np.ndarray:
    """Return how often each article is drawn when whole groups are, with replacement: ndarray of shape (n_draws, n_articles)."""
    names, number = np.unique(groups, return_inverse=True)
    chosen = np.random.default_rng(0).integers(len(names), size=(draws, len(names)))
    counts = np.stack([np.bincount(one, minlength=len(names)) for one in chosen])
    return counts[:, number].astype(float)


def compare_models(corpus: str) -> list[Row]:
    """Return the rows of a corpus: every model, and the differences of those of `AGAINST` that there are."""
    data, folds, runs = predict_models(corpus)
    weights = draw_groups(frame_groups(data.articles))
    scores = {name: score_model(data, folds, own, weights) for name, own in runs.items()}
    rows = [
        _row(corpus, name, "", metric, one) for name, own in scores.items() for metric, one in own.items()
    ]
    for name, other in AGAINST:
        if {name, other} <= scores.keys():
            rows += [
                _row(
                    corpus,
                    name,
                    other,
                    metric,
                    Scores(*(a - b for a, b in zip(one, scores[other][metric], strict=True))),
                )
                for metric, one in scores[name].items()
            ]
    if corpus == "narrative-frames":
        rows += measure_outlets(data, folds, runs["small+words"])
        rows += compare_annotators(data)
    return rows


def _row(corpus: str, name: str, other: str, metric: str, scores: Scores) -> Row:
    low, high = percentile_interval(scores.draws)
    numbers = (scores.repeats.mean(), low, high, scores.repeats.min(), scores.repeats.max())
    return [corpus, name, other, metric, *(Decimal(f"{number:.3f}") for number in numbers)]


def compare_annotators(data: FrameData) -> list[Row]:
    """Return F1 and kappa of one annotator against another, frame by frame and on average, of narrative-frames."""
    files = CorpusFiles(read_entry("narrative-frames"))
    answers = json.loads(files.read("data/full_annotations.json"))
    pairs = [
        pair
        for article in data.articles
        for pair in permutations(vote_frames(answers[article.id.removeprefix("climate-")]), 2)
    ]
    f1, kappa = agree(np.array(pairs))
    rows = {"macro_f1": f1.mean(), "macro_kappa": kappa.mean()}
    for frame, one, other in zip(data.frames, f1, kappa, strict=True):
        rows |= {f"{frame}_f1": one, f"{frame}_kappa": other}
    return [
        ["narrative-frames", "annotators", "", metric, Decimal(f"{value:.3f}"), *[None] * 4]
        for metric, value in rows.items()
    ]


def agree(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return F1 and kappa of each frame for pairs of labels of shape (n_pairs, 2, n_frames), every pair both ways."""
    one, other = pairs[:, 0], pairs[:, 1]
    share = one.mean(axis=0)
    expected = share**2 + (1 - share) ** 2
    return (one * other).sum(axis=0) / one.sum(axis=0), ((one == other).mean(axis=0) - expected) / (
        1 - expected
    )


def main() -> None:
    """Write the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    rows = [row for corpus in ("narrative-frames", "gvfc") for row in compare_models(corpus)]
    storage.write_csv(OUT, COLUMNS, rows)


if __name__ == "__main__":
    main()
