"""Classifiers as plain arrays, fitted by scikit-learn, stored without pickle, applied with numpy: logistic regression, trees."""

from dataclasses import dataclass
from typing import Any

import numpy as np

_ROWS = 4096
_ARRAYS = ("feature", "threshold", "left", "right", "value", "root")


@dataclass(frozen=True)
class Logistic:
    """Standardising logistic regression.

    Parameters
    ----------
    mean, scale : ndarray of shape (n_features,)
        Of the training features.
    weights : ndarray of shape (n_features, n_outputs)
        One output for two classes; as many as classes for more (softmax), or one per label (sigmoid).
    bias : ndarray of shape (n_outputs,)
    """

    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Return the logits: ndarray of shape (n_rows, n_outputs)."""
        folded = self.weights / self.scale[:, None]
        logits: np.ndarray = features @ folded + (self.bias - self.mean @ folded)
        return logits

    def sigmoid(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities of outputs that do not exclude each other: shape (n_rows, n_outputs)."""
        return sigmoid(self.logits(features))

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """Return the arrays by name for a safetensors file."""
        return {
            f"{prefix}.{name}": getattr(self, name).astype(np.float32)
            for name in ("mean", "scale", "weights", "bias")
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], prefix: str) -> "Logistic":
        """Return the regression of `arrays`."""
        names = ("mean", "scale", "weights", "bias")
        return cls(*(arrays[f"{prefix}.{name}"].astype(np.float64) for name in names))


def sigmoid(logits: np.ndarray) -> np.ndarray:
    """Return the logistic function of `logits`."""
    from scipy.special import expit

    return np.asarray(expit(logits))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of `logits` over the last axis."""
    from scipy.special import softmax as scipy_softmax

    return np.asarray(scipy_softmax(logits, axis=-1))


def fit_logistic(features: np.ndarray, labels: np.ndarray, *, C: float, balanced: bool = False) -> Logistic:
    """Fit a regression on standardised features.

    Parameters
    ----------
    features : ndarray of shape (n_rows, n_features)
    labels : ndarray of shape (n_rows,)
        Class numbers.
    C : float
        Inverse of the L2 penalty, as in scikit-learn.
    balanced : bool
        Whether classes have equal weight.

    Returns
    -------
    Logistic
        float64.
    """
    from sklearn.linear_model import LogisticRegression

    mean, scale = _measure(features)
    model = LogisticRegression(C=C, max_iter=3000, class_weight="balanced" if balanced else None)
    model.fit((features - mean) / scale, labels)
    return Logistic(mean, scale, model.coef_.T, model.intercept_)


def fit_shares(features: Any, shares: np.ndarray, *, C: float, standardise: bool = True) -> Logistic:
    """Fit a regression per label, of labels that do not exclude each other, to the share of annotators who gave it.

    Parameters
    ----------
    features : ndarray or sparse matrix of shape (n_rows, n_features)
        Dense where it is standardised.
    shares : ndarray of shape (n_rows, n_labels)
        In [0, 1]: a row counts as one that has the label with its share, and as one that has not with the rest. With 0 and
        1 alone this is logistic regression on labels.
    C : float
        Inverse of the L2 penalty, as in scikit-learn.
    standardise : bool
        Whether every feature gets mean 0 and variance 1.

    Returns
    -------
    Logistic
        float64.

    References
    ----------
    Uma, Fornaciari, Hovy, Paun, Plank and Poesio 2021, Learning from disagreement: a survey.

    Examples
    --------
    >>> model = fit_shares(np.zeros((4, 1)), np.array([[0.5], [1.0], [0.0], [1.0]]), C=1.0)
    >>> model.sigmoid(np.zeros((1, 1))).round(3).tolist()
    [[0.625]]
    """
    from sklearn.linear_model import LogisticRegression

    n_features = features.shape[1]
    mean, scale = _measure(features) if standardise else (np.zeros(n_features), np.ones(n_features))
    scaled = (features - mean) / scale if standardise else features
    weights, bias = [], []
    for share in shares.T:
        has, lacks = np.flatnonzero(share > 0), np.flatnonzero(share < 1)
        counts = np.concatenate([share[has], 1 - share[lacks]])
        model = LogisticRegression(C=C, max_iter=3000)
        model.fit(scaled[np.concatenate([has, lacks])], np.arange(len(counts)) < len(has), counts)
        weights.append(model.coef_.T)
        bias.append(model.intercept_)
    return Logistic(mean, scale, np.concatenate(weights, axis=1), np.concatenate(bias))


def _measure(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of every feature; 1 in place of a deviation of 0."""
    scale = features.std(axis=0)
    return features.mean(axis=0), np.where(scale > 1e-8, scale, 1.0)


@dataclass(frozen=True)
class Boosted:
    """Gradient-boosted trees, whose leaves add up to log-odds.

    Parameters
    ----------
    feature, left, right : ndarray of int of shape (n_nodes,)
        Of all trees, one after another: the column that is split (-1 at a leaf) and the nodes that follow.
    threshold, value : ndarray of shape (n_nodes,)
        At or below the threshold the left node follows; log-odds of a leaf.
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
        while (column := self.feature[node]).max(initial=-1) >= 0:
            below = features[rows, np.maximum(column, 0)] <= self.threshold[node]
            node = np.where(column < 0, node, np.where(below, self.left[node], self.right[node]))
        total: np.ndarray = self.baseline + self.value[node].sum(axis=1)
        return total

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """Return the arrays by name for a safetensors file."""
        arrays = {f"{prefix}.{name}": getattr(self, name) for name in _ARRAYS}
        return arrays | {f"{prefix}.baseline": np.array([self.baseline])}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], prefix: str) -> "Boosted":
        """Return the trees of `arrays`."""
        parts = {name: arrays[f"{prefix}.{name}"] for name in _ARRAYS}
        return cls(**parts, baseline=float(arrays[f"{prefix}.baseline"][0]))


def fit_boosted(features: np.ndarray, labels: np.ndarray, *, seed: int = 0) -> Boosted:
    """Fit trees on two classes.

    Parameters
    ----------
    features : ndarray of shape (n_rows, n_features)
    labels : ndarray of shape (n_rows,)
        0 or 1.
    seed : int
        Of the columns that a split may use.

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

    def children(side: str) -> np.ndarray:
        return np.concatenate(
            [nodes[side].astype(np.int32) + by for nodes, by in zip(trees, shift[:-1], strict=True)]
        ).astype(np.int32)

    return Boosted(
        feature=np.where(leaf, -1, np.concatenate([nodes["feature_idx"] for nodes in trees])).astype(
            np.int32
        ),
        threshold=np.concatenate([nodes["num_threshold"] for nodes in trees]),
        left=children("left"),
        right=children("right"),
        value=np.where(leaf, np.concatenate([nodes["value"] for nodes in trees]), 0.0),
        root=shift[:-1].astype(np.int32),
        baseline=float(model._baseline_prediction.ravel()[0]),
    )
