"""Gradient-boosted trees as plain arrays: fitted by scikit-learn, stored without pickle, applied with numpy."""

from dataclasses import dataclass

import numpy as np

_ROWS = 4096
_PARTS = ("feature", "threshold", "left", "right", "value", "root")


@dataclass(frozen=True)
class Boosted:
    """Trees whose leaves add up to log-odds.

    Parameters
    ----------
    feature, left, right : ndarray of int of shape (n_nodes,)
        Of all trees one after another: the column asked (-1 at a leaf) and the nodes that follow.
    threshold, value : ndarray of shape (n_nodes,)
        At or below the threshold goes left; what a leaf adds.
    root : ndarray of int of shape (n_trees,)
        First node of every tree.
    baseline : float
        Log-odds before the first tree.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    root: np.ndarray
    baseline: float

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Return log-odds of shape (n_rows,) for features of shape (n_rows, n_features)."""
        parts = [self._logits(features[first : first + _ROWS]) for first in range(0, len(features), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _logits(self, features: np.ndarray) -> np.ndarray:
        rows = np.arange(len(features))[:, None]
        node = np.repeat(self.root[None, :], len(features), axis=0)
        while (asked := self.feature[node]).max(initial=-1) >= 0:
            below = features[rows, np.maximum(asked, 0)] <= self.threshold[node]
            node = np.where(asked < 0, node, np.where(below, self.left[node], self.right[node]))
        total: np.ndarray = self.baseline + self.value[node].sum(axis=1)
        return total

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """Return the arrays by name for a safetensors file."""
        made = {f"{prefix}.{name}": getattr(self, name) for name in _PARTS}
        return made | {f"{prefix}.baseline": np.array([self.baseline])}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], prefix: str) -> "Boosted":
        """Return the trees that `arrays` wrote."""
        parts = {name: arrays[f"{prefix}.{name}"] for name in _PARTS}
        return cls(**parts, baseline=float(arrays[f"{prefix}.baseline"][0]))


def fit_boosted(features: np.ndarray, labels: np.ndarray, *, seed: int = 0) -> Boosted:
    """Fit trees on two classes.

    Parameters
    ----------
    features : ndarray of shape (n_rows, n_features)
    labels : ndarray of shape (n_rows,)
        0 or 1.
    seed : int
        Of the columns that a split may ask.

    Returns
    -------
    Boosted
        250 small trees; the settings were chosen on BASIL's training events, by event.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.04,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=seed,
    ).fit(features, labels)
    trees = [stage[0].nodes for stage in model._predictors]
    shift = np.cumsum([0, *(len(nodes) for nodes in trees)])
    leaf = np.concatenate([nodes["is_leaf"] for nodes in trees]).astype(bool)

    def follow(side: str) -> np.ndarray:
        return np.concatenate(
            [nodes[side].astype(np.int32) + by for nodes, by in zip(trees, shift[:-1], strict=True)]
        ).astype(np.int32)

    return Boosted(
        feature=np.where(leaf, -1, np.concatenate([nodes["feature_idx"] for nodes in trees])).astype(
            np.int32
        ),
        threshold=np.concatenate([nodes["num_threshold"] for nodes in trees]),
        left=follow("left"),
        right=follow("right"),
        value=np.where(leaf, np.concatenate([nodes["value"] for nodes in trees]), 0.0),
        root=shift[:-1].astype(np.int32),
        baseline=float(model._baseline_prediction.ravel()[0]),
    )
