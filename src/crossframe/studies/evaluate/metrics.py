"""Metrics that evaluation and training share: of stance, of cells, of polarity, of frames, and ratios that may be empty."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from crossframe.judging.targets import StanceItem, kind_of
from crossframe.records import STANCES, score_stances
from crossframe.showing.tables.grids import MIN_GAP
from crossframe.statistics.intervals import bootstrap_ratio, percentile_interval
from crossframe.statistics.metrics import (
    classwise_calibration_error,
    expected_calibration_error,
    macro_f1,
)

MIN_TARGETS = 20
"""Targets of a kind from which its macro-F1 is reported."""
MIN_CLUSTERS = 20
"""Events or articles below which there is no interval: a bootstrap of fewer is too narrow (Cameron and Miller 2015, A
practitioner's guide to cluster-robust inference)."""
MIN_UNITS = 4
"""Labelled units from which a cell's mean is compared with that of its labels."""


def ratio(part: int, whole: int) -> float:
    """Return part / whole, 0 where `whole` is 0."""
    return part / whole if whole else 0.0


def stance_metrics(truth: np.ndarray, probability: np.ndarray, classes: Sequence[str]) -> dict[str, float]:
    """Return macro_f1, accuracy, <class>_f1, ece and classwise_ece of probabilities against labels.

    Parameters
    ----------
    truth : ndarray of str of shape (n_targets,)
        Labels.
    probability : ndarray of shape (n_targets, n_classes)
        In the order of `classes`.
    classes : sequence of str
        Names of the columns.
    """
    from sklearn.metrics import f1_score

    predicted = np.array(classes)[probability.argmax(axis=1)]
    by_class = f1_score(truth, predicted, average=None, labels=list(classes), zero_division=0.0)
    return {
        "macro_f1": macro_f1(truth, predicted),
        "accuracy": float(np.mean(predicted == truth)),
        **{f"{name}_f1": float(value) for name, value in zip(classes, by_class, strict=True)},
        "ece": expected_calibration_error(probability.max(axis=1), (predicted == truth).astype(float)),
        "classwise_ece": classwise_calibration_error(probability, truth[:, None] == np.array(classes)),
    }


def metrics_by_kind(
    targets: Sequence[StanceItem], truth: Sequence[str], predicted: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return ``macro_f1`` and ``n`` by `kind_of` target, of kinds with `MIN_TARGETS` or more."""
    labels, guesses = np.array(truth), np.array(predicted)
    return {
        kind: {"macro_f1": macro_f1(labels[own], guesses[own]), "n": int(own.sum())}
        for kind, own in _rows_by_kind(targets).items()
    }


def bias_by_kind(
    targets: Sequence[StanceItem], truth: Sequence[str], probability: np.ndarray
) -> dict[str, float]:
    """Return mean score minus mean label by `kind_of` target, of kinds with `MIN_TARGETS` or more.

    Parameters
    ----------
    targets : sequence of StanceItem
    truth : sequence of str
        Labels, stances.
    probability : ndarray of shape (n_targets, 3)
        In the order of `STANCES`.

    Examples
    --------
    >>> targets = [StanceItem("Norway won.", 0, 6)] * 20 + [StanceItem("He won.", 0, 2)]
    >>> bias_by_kind(targets, ["neutral"] * 21, np.array([[0.0, 0.5, 0.5]] * 21))
    {'country': 0.5}
    """
    labels = score_stances(1.0 * (np.array(truth)[:, None] == np.array(STANCES)))
    gaps = score_stances(probability) - labels
    return {kind: float(gaps[own].mean()) for kind, own in _rows_by_kind(targets).items()}


def _rows_by_kind(targets: Sequence[StanceItem]) -> dict[str, np.ndarray]:
    """Return which targets are of each `kind_of`, of kinds with `MIN_TARGETS` or more: bool of shape (n_targets,)."""
    kinds = [kind_of(target) for target in targets]
    return {kind: np.array(kinds) == kind for kind, n in sorted(Counter(kinds).items()) if n >= MIN_TARGETS}


def cell_metrics(
    cells: Sequence[Hashable], units: Sequence[Hashable], truth: np.ndarray, score: np.ndarray
) -> dict[str, Any]:
    """Return how far the means of a model are from those of labels, in cells of `MIN_UNITS` units or more.

    Parameters
    ----------
    cells, units : sequence of hashable
        Of each row: its cell (an actor in an outlet), and its unit (a sentence), whose rows count together as one.
    truth, score : ndarray of shape (n_rows,)
        Labels and a model's scores, from -1 to 1.

    Returns
    -------
    dict of str to float
        cells_n; cells_wrong: means of opposite signs that are `MIN_GAP` or more apart; cells_mean_error: mean absolute
        difference of means, None without cells.

    Examples
    --------
    >>> cell_metrics("aaaab", [1, 2, 3, 4, 5], np.array([1, 0, 0, 1, 1]), np.array([-0.5, 0, 0, 0, 0]))
    {'cells_n': 1, 'cells_wrong': 1, 'cells_mean_error': 0.625}
    """
    rows: dict[Hashable, dict[Hashable, list[int]]] = {}
    for number, (cell, unit) in enumerate(zip(cells, units, strict=True)):
        rows.setdefault(cell, {}).setdefault(unit, []).append(number)
    means = np.array(
        [
            [np.mean([values[own].mean() for own in by_unit.values()]) for values in (truth, score)]
            for by_unit in rows.values()
            if len(by_unit) >= MIN_UNITS
        ]
    ).reshape(-1, 2)
    gaps = np.round(np.abs(means[:, 0] - means[:, 1]), 9)
    wrong = (means.prod(axis=1) < 0) & (gaps >= MIN_GAP)
    error = float(gaps.mean()) if len(gaps) else None
    return {"cells_n": len(gaps), "cells_wrong": int(wrong.sum()), "cells_mean_error": error}


def polarity_metrics(positive: np.ndarray, probability: np.ndarray) -> dict[str, Any]:
    """Return the metrics of probabilities of negative, neutral, positive against gold of two classes.

    Parameters
    ----------
    positive : ndarray of bool of shape (n_spans,)
        Gold.
    probability : ndarray of shape (n_spans, 3)
        In the order of `STANCES`.

    Returns
    -------
    dict of str to float
        macro_f1, accuracy, negative_f1, positive_f1 of the likelier of negative and positive; auc (positive against
        negative, by score); neutral_share (spans whose likeliest stance is neutral); majority_macro_f1 (of always
        predicting negative); n. All but n are left out where `positive` has one value only.

    Examples
    --------
    >>> metrics = polarity_metrics(np.array([True, False]), np.array([[0.1, 0.6, 0.3], [0.5, 0.3, 0.2]]))
    >>> metrics["macro_f1"], metrics["auc"], metrics["neutral_share"], round(metrics["majority_macro_f1"], 3)
    (1.0, 1.0, 0.5, 0.333)
    """
    from sklearn.metrics import f1_score, roc_auc_score

    if len(set(positive.tolist())) < 2:
        return {"n": len(positive)}
    score = score_stances(probability)
    predicted = score > 0
    negative_f1, positive_f1 = f1_score(positive, predicted, average=None, labels=[False, True]).tolist()
    majority = f1_score(positive, np.zeros_like(positive), average="macro", zero_division=0.0)
    return {
        "macro_f1": (negative_f1 + positive_f1) / 2,
        "accuracy": float(np.mean(predicted == positive)),
        "negative_f1": negative_f1,
        "positive_f1": positive_f1,
        "auc": float(roc_auc_score(positive, score)),
        "neutral_share": float(np.mean(probability.argmax(axis=1) == STANCES.index("neutral"))),
        "majority_macro_f1": float(majority),
        "n": len(positive),
    }


def frame_metrics(
    frames: Sequence[str],
    truth: np.ndarray,
    probability: np.ndarray,
    thresholds: np.ndarray | Sequence[float],
    groups: Sequence[str],
) -> dict[str, Any]:
    """Return macro_f1 with its 95 % interval, micro_f1, average_precision, auc, <frame>_f1, ece, and what these must beat.

    Parameters
    ----------
    frames : sequence of str
        Names of the columns.
    truth, probability : ndarray of shape (n_articles, n_frames)
        Labels of 0 and 1, and what a model says.
    thresholds : sequence of float, or ndarray of shape (n_articles, n_frames)
        Probability from which a frame counts as present: one value per frame, or one per article and frame.
    groups : sequence of str
        Of the articles, drawn whole for the interval (outlets); it is None below `MIN_CLUSTERS` of them.

    Returns
    -------
    dict of str to float
        average_precision and auc are means over frames (auc: how often an article with the frame is ranked above one without);
        always_yes_macro_f1 and prevalence are macro_f1 and average_precision of
        an answer that does not depend on the article.
    """
    from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

    predicted = (probability >= np.array(thresholds)).astype(int)
    by_frame = f1_score(truth, predicted, average=None, zero_division=0.0)
    precision = [average_precision_score(truth[:, j], probability[:, j]) for j in range(truth.shape[1])]
    low, high = _frame_interval(truth, predicted, groups)
    return {
        "macro_f1": float(np.mean(by_frame)),
        "macro_f1_low": low,
        "macro_f1_high": high,
        "micro_f1": float(f1_score(truth, predicted, average="micro", zero_division=0.0)),
        "average_precision": float(np.mean(precision)),
        "auc": float(
            np.mean([roc_auc_score(*columns) for columns in zip(truth.T, probability.T, strict=True)])
        ),
        "always_yes_macro_f1": float(np.mean(2 * truth.mean(axis=0) / (1 + truth.mean(axis=0)))),
        "prevalence": float(truth.mean()),
        **{f"{frame}_f1": float(value) for frame, value in zip(frames, by_frame, strict=True)},
        "ece": expected_calibration_error(probability.ravel(), truth.ravel()),
    }


def _frame_interval(
    truth: np.ndarray, predicted: np.ndarray, groups: Sequence[str]
) -> tuple[float | None, float | None]:
    """Return the interval of the mean F1 of all frames, whole groups drawn with replacement."""
    names, number = np.unique(groups, return_inverse=True)
    if len(names) < MIN_CLUSTERS:
        return None, None
    both, sizes = np.zeros((2, len(names), truth.shape[1]))
    np.add.at(both, number, 2.0 * truth * predicted)
    np.add.at(sizes, number, 1.0 * truth + predicted)
    draws = np.nan_to_num(bootstrap_ratio(both, sizes, np.random.default_rng(0)))
    return percentile_interval(draws.mean(axis=1))
