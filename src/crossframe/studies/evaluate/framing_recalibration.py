"""What labels of 100 or 200 articles and entities do for mean portrayals: their error as it is, and after recalibration."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from crossframe.contrasting.recalibrated import recalibrate_probabilities
from crossframe.records import score_stances
from crossframe.statistics.intervals import percentile_interval

N_LABELS = (100, 200)
N_DRAWS = 50
"""Draws of as many labels."""
ERRORS = ("cells_mean_error", "cells_rmse")


def score_recalibration(
    articles: Sequence[str], truth: np.ndarray, probability: np.ndarray, *, seed: int = 0
) -> dict[str, Any]:
    """Return how far mean portrayals of cells (article x entity) are from people's judgements, and what labels change.

    Parameters
    ----------
    articles : sequence of str
        Of each cell.
    truth : ndarray of shape (n_cells,)
        People's judgement, -1 to 1.
    probability : ndarray of shape (n_cells, 3)
        Mean probabilities of negative, neutral and positive of the cell's mentions.
    seed : int
        Of the draws.

    Returns
    -------
    dict of str to float
        cells_n; cells_mean_error and cells_rmse: the mean absolute difference of score and judgement, and the root of the mean
        squared one. The same after ``recalibrated_100_`` and ``recalibrated_200_``: of the cells of all other articles, after
        recalibration by the labels of as many cells (`recalibrate_probabilities`); and after ``constant_100_`` and
        ``constant_200_``: every cell gets the mean of these labels, which reads no text. Means of 50 draws; ``_low`` and
        ``_high`` hold 95 % of these. None where there are not twice as many cells as labels.
    """
    scores = score_stances(probability)
    metrics: dict[str, Any] = {"cells_n": len(truth)}
    metrics |= dict(
        zip(ERRORS, _measure_errors(scores - truth).tolist() if len(truth) else (None, None), strict=True)
    )
    for n in N_LABELS:
        names = [f"{how}_{n}_{error}" for how in ("recalibrated", "constant") for error in ERRORS]
        if len(truth) < 2 * n:
            metrics |= dict.fromkeys(names)
            continue
        errors = np.array(
            list(_draw_errors(articles, truth, probability, n, np.random.default_rng([seed, n])))
        )
        for name, values in zip(names, errors.T, strict=True):
            low, high = percentile_interval(values)
            metrics |= {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}
    return metrics


def _draw_errors(
    articles: Sequence[str], truth: np.ndarray, probability: np.ndarray, n: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield for every draw of labels the errors after recalibration, and those of the labels' mean: shape (4,)."""
    names, number = np.unique(np.array(articles), return_inverse=True)
    for _ in range(N_DRAWS):
        rank = rng.permutation(len(names))[number]
        chosen = np.argsort(rank, kind="stable")[:n]
        rest = rank > rank[chosen].max()
        fitted = recalibrate_probabilities(probability[chosen], truth[chosen], probability[rest])
        predicted = (score_stances(fitted), truth[chosen].mean())
        yield np.concatenate([_measure_errors(one - truth[rest]) for one in predicted])


def _measure_errors(differences: np.ndarray) -> np.ndarray:
    return np.array([np.abs(differences).mean(), np.sqrt((differences**2).mean())])
