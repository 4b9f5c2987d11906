"""Boosted trees: as scikit-learn's, stored as arrays."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from crossframe.learning.classifiers import Boosted, fit_boosted


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    """Return points of two classes that no line parts."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(600, 4))
    return features, (features[:, 0] * features[:, 1] > 0).astype(int)


def test_arrays_say_what_scikit_learn_says(points: tuple[np.ndarray, np.ndarray]) -> None:
    """The log-odds are those of scikit-learn's model with the same settings, also for points it has not seen."""
    features, labels = points
    ours = fit_boosted(features, labels, seed=3)
    theirs = HistGradientBoostingClassifier(
        max_iter=250, learning_rate=0.04, max_leaf_nodes=12, min_samples_leaf=40, l2_regularization=5.0,
        max_features=0.5, early_stopping=False, random_state=3,
    ).fit(features, labels)  # fmt: skip
    new = np.random.default_rng(1).normal(size=(5000, 4)) * 3
    assert np.allclose(ours.logits(new), theirs.decision_function(new), atol=1e-9)
    assert ((ours.logits(features) > 0) == labels).mean() > 0.9


def test_arrays_and_back(points: tuple[np.ndarray, np.ndarray]) -> None:
    """Written and read, the trees give the same log-odds; no rows give none."""
    features, labels = points
    ours = fit_boosted(features, labels)
    again = Boosted.from_arrays(ours.arrays("boosted"), "boosted")
    assert np.array_equal(again.logits(features), ours.logits(features))
    assert again.logits(features[:0]).shape == (0,)
