"""Ranking metrics by draws as scikit-learn has them, draws of whole outlets, and agreement of annotators by hand."""

import numpy as np
import pytest
from frame_models import agree, draw_groups, rank_frames, score_model
from sklearn.metrics import average_precision_score, roc_auc_score

from crossframe.studies.train.frames import FrameData


def test_ranks() -> None:
    """Average precision and AUC of weighted articles are scikit-learn's."""
    rng = np.random.default_rng(0)
    truth, stated = (rng.random((60, 2)) < [0.5, 0.1]).astype(float), rng.random((60, 2))
    weights = rng.integers(4, size=(3, 60)).astype(float)
    found = rank_frames(truth, stated, weights)
    for number, metric in enumerate((average_precision_score, roc_auc_score)):
        for row, weight in enumerate(weights):
            expected = [metric(truth[:, j], stated[:, j], sample_weight=weight) for j in range(2)]
            assert found[number, row].tolist() == pytest.approx(expected)


def test_outlets_are_drawn_whole() -> None:
    """Articles of one outlet count equally often, and as many outlets are drawn as there are."""
    drawn = draw_groups(["a", "b", "b", "c"], draws=50)
    assert (drawn[:, 1] == drawn[:, 2]).all()
    assert (drawn[:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert len(np.unique(drawn, axis=0)) > 5


def test_scores_of_a_model() -> None:
    """A model that knows the frames has every metric of 1, in every repeat and draw; one that guesses has not."""
    rng = np.random.default_rng(1)
    truth = (rng.random((120, 2)) < 0.4).astype(float)
    data = FrameData((), ("left", "right"), truth, truth)
    halves = [(np.arange(60, 120), np.arange(60)), (np.arange(60), np.arange(60, 120))]
    jitter = rng.uniform(0, 0.01, size=truth.shape)
    weights = draw_groups([str(n % 12) for n in range(120)], draws=20)
    known = score_model(data, [halves] * 2, [0.2 + 0.6 * truth + jitter] * 2, weights)
    guessed = score_model(
        data, [halves] * 2, [rng.uniform(0.1, 0.9, size=truth.shape) for _ in range(2)], weights
    )
    assert list(known)[:3] == ["macro_f1", "average_precision", "auc"]
    for metric, scores in known.items():
        assert scores.repeats.shape == (2,)
        assert scores.draws.shape == (20,)
        assert np.concatenate(scores) == pytest.approx(1.0), metric
    assert guessed["auc"].repeats.max() < 0.7


def test_agreement_of_annotators() -> None:
    """F1 and kappa of pairs both ways: two of three positives shared, and chance agreement."""
    labels = np.array([[1, 1], [1, 1], [1, 0], [0, 0], [0, 0], [0, 1]])
    pairs = np.concatenate([labels, labels[:, ::-1]])[:, :, None].astype(float)
    f1, kappa = agree(pairs)
    assert f1.tolist() == pytest.approx([2 / 3])
    assert kappa.tolist() == pytest.approx([(4 / 6 - 0.5) / 0.5])
