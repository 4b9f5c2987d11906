"""What labels do for mean portrayals: a planted shift is taken off, by labels of other articles alone."""

from itertools import product

import numpy as np
import pytest

from crossframe.learning.classifiers import softmax
from crossframe.studies.evaluate import framing_recalibration
from crossframe.studies.evaluate.framing_recalibration import N_DRAWS, N_LABELS, score_recalibration


def make_cells(n_articles: int, n_each: int = 3) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return articles, judgements, and probabilities that see more blame than there is."""
    rng = np.random.default_rng(0)
    logits = rng.normal(scale=1.5, size=(n_articles * n_each, 3))
    truth = softmax(logits) @ [-1.0, 0.0, 1.0]
    articles = [f"a{number}" for number in range(n_articles) for _ in range(n_each)]
    return articles, truth, softmax(logits + np.array([1.5, 0.0, -1.0]))


def test_a_planted_shift_is_taken_off() -> None:
    """The error falls to a fraction, more with more labels, and below that of a number that reads nothing."""
    articles, truth, probability = make_cells(200)
    metrics = score_recalibration(articles, truth, probability)
    as_is = float(np.abs(probability @ [-1.0, 0.0, 1.0] - truth).mean())
    assert metrics["cells_n"] == 600
    assert metrics["cells_mean_error"] == pytest.approx(as_is)
    squares = (probability @ [-1.0, 0.0, 1.0] - truth) ** 2
    assert metrics["cells_rmse"] == pytest.approx(float(np.sqrt(squares.mean())))
    errors = [metrics[f"recalibrated_{n}_cells_mean_error"] for n in N_LABELS]
    assert errors[1] < errors[0] < 0.4 * as_is
    for n, error in product(N_LABELS, ("cells_mean_error", "cells_rmse")):
        name = f"recalibrated_{n}_{error}"
        assert (
            metrics[f"{name}_low"]
            < metrics[name]
            < metrics[f"{name}_high"]
            < metrics[f"constant_{n}_{error}"]
        )


def test_labels_are_of_other_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every draw has as many labels as it says, and scores no article that has one of them."""
    articles, truth, _ = make_cells(150)
    number = np.unique(articles, return_inverse=True)[1]
    probability = np.column_stack([number, np.zeros(len(truth)), np.zeros(len(truth))])
    calls = []

    def spy(own: np.ndarray, labels: np.ndarray, target: np.ndarray) -> np.ndarray:
        calls.append((set(own[:, 0]), len(labels), set(target[:, 0])))
        return target

    monkeypatch.setattr(framing_recalibration, "recalibrate_probabilities", spy)
    score_recalibration(articles, truth, probability)
    assert [n for _, n, _ in calls] == [n for n in N_LABELS for _ in range(N_DRAWS)]
    for labelled, _, scored in calls:
        assert not labelled & scored
        assert len(labelled) + len(scored) == 150


def test_too_few_cells() -> None:
    """Where half of the cells are fewer than the labels, there is no number."""
    metrics = score_recalibration(*make_cells(80))
    assert metrics["recalibrated_100_cells_mean_error"] is not None
    assert metrics["recalibrated_200_cells_mean_error"] is None
    assert metrics["constant_200_cells_mean_error"] is None
    assert score_recalibration([], np.zeros(0), np.zeros((0, 3)))["cells_mean_error"] is None
