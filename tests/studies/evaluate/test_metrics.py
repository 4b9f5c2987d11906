"""Metrics of polarity and stance by hand."""

import numpy as np
import pytest

from crossframe.studies.evaluate.metrics import cell_metrics, polarity_metrics, stance_metrics


def test_neutral_is_no_answer() -> None:
    """The likelier of negative and positive is scored, however likely neutral is; one class alone has no metrics."""
    probability = np.array([[0.3, 0.6, 0.1], [0.1, 0.7, 0.2], [0.5, 0.1, 0.4], [0.2, 0.1, 0.7]])
    metrics = polarity_metrics(np.array([False, True, True, True]), probability)
    assert metrics["accuracy"] == 0.75
    assert metrics["positive_f1"] == pytest.approx(4 / 5)
    assert metrics["negative_f1"] == pytest.approx(2 / 3)
    assert metrics["macro_f1"] == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert metrics["neutral_share"] == 0.5
    assert metrics["auc"] == 1.0
    assert metrics["majority_macro_f1"] == pytest.approx(0.2)
    assert polarity_metrics(np.array([True, True]), probability[:2]) == {"n": 2}


def test_metrics_by_hand() -> None:
    """Macro-F1 is the mean over the classes that are there or found; calibration errors are of the likeliest, and by class."""
    truth = np.array(["a", "a", "b", "b"])
    probability = np.array([[0.9, 0.1, 0.0], [0.4, 0.6, 0.0], [0.2, 0.8, 0.0], [0.3, 0.7, 0.0]])
    metrics = stance_metrics(truth, probability, ("a", "b", "c"))
    assert metrics["a_f1"] == pytest.approx(2 / 3)
    assert metrics["b_f1"] == pytest.approx(0.8)
    assert metrics["macro_f1"] == pytest.approx((2 / 3 + 0.8) / 2)
    assert metrics["accuracy"] == 0.75
    assert metrics["ece"] == pytest.approx((0.1 + 0.6 + 0.2 + 0.3) / 4)
    of_a = (0.1 + (1 - 0.4) + 0.2 + 0.3) / 4
    of_b = (0.1 + 0.6 + (1 - 0.8) + (1 - 0.7)) / 4
    assert metrics["classwise_ece"] == pytest.approx((of_a + of_b + 0) / 3)


def test_cells_by_hand() -> None:
    """Rows of one unit count as one; cells of fewer units than four have no mean; wrong is another sign, far enough off."""
    cells = ["right"] * 5 + ["wrong"] * 4 + ["near"] * 4 + ["zero"] * 4 + ["small"] * 3
    units = [1, 1, 2, 3, 4, *range(5, 20)]
    truth = np.array([1, -1, 1, 1, 1, *[0.3] * 4, *[0.1] * 4, *[0.0] * 4, *[1.0] * 3])
    score = np.array([1, 1, 1, 1, 1, *[-0.3] * 4, *[-0.1] * 4, *[-0.9] * 4, *[-1.0] * 3])
    metrics = cell_metrics(cells, units, truth, score)
    assert (metrics["cells_n"], metrics["cells_wrong"]) == (4, 1)
    assert metrics["cells_mean_error"] == pytest.approx((0.25 + 0.6 + 0.2 + 0.9) / 4)
    assert cell_metrics([], [], np.zeros(0), np.zeros(0))["cells_mean_error"] is None
