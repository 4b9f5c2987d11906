"""What labels of 100 or 200 articles and entities do for mean portrayals: their error as it is, and after recalibration."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from crossframe.contrasting.recalibrated import recalibrate_probabilities
from crossframe.records import score_stances
from crossframe.statistics.intervals import percentile_interval

N_LABELS = (100, 200)
N_DRAWS = 50
"""Draws of as many labels."""


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
        cells_n; cells_mean_error: the mean absolute difference of score and judgement. With 100 and with 200 labels:
        ``recalibrated_100_cells_mean_error``, of the cells of all other articles after recalibration by the labels of
        these (`recalibrate_probabilities`); ``constant_100_cells_mean_error``, where every cell gets the mean of the labels, which
        reads no text. Means of 50 draws; ``_low`` and ``_high`` hold 95 % of these. None where there are not twice as many
        cells as labels.
    """
    error = np.abs(score_stances(probability) - truth)
    metrics: dict[str, Any] = {
        "cells_n": len(truth),
        "cells_mean_error": float(error.mean()) if len(truth) else None,
    }
    names, number = np.unique(np.array(articles), return_inverse=True)
    for n in N_LABELS:
        prefixes = (f"recalibrated_{n}_", f"constant_{n}_")
        if len(truth) < 2 * n:
            metrics |= dict.fromkeys((f"{prefix}cells_mean_error" for prefix in prefixes), None)
            continue
        rng = np.random.default_rng([seed, n])
        errors = []
        for _ in range(N_DRAWS):
            rank = rng.permutation(len(names))[number]
            chosen = np.argsort(rank, kind="stable")[:n]
            rest = rank > rank[chosen].max()
            fitted = recalibrate_probabilities(probability[chosen], truth[chosen], probability[rest])
            predicted = np.array([score_stances(fitted), np.full(rest.sum(), truth[chosen].mean())])
            errors.append(np.abs(predicted - truth[rest]).mean(axis=1))
        for prefix, values in zip(prefixes, np.array(errors).T, strict=True):
            low, high = percentile_interval(values)
            name = f"{prefix}cells_mean_error"
            metrics |= {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}
    return metrics
