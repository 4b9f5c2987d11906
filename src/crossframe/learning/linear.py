"""Logistic regression as plain arrays: fitted by scikit-learn, stored without pickle, applied with numpy."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Logistic:
    """Standardising logistic regression.

    Parameters
    ----------
    mean, scale : ndarray of shape (n_features,)
        Of the training features.
    weights : ndarray of shape (n_features, n_outputs)
        One output for two classes; as many as classes for more (softmax), or one a label (sigmoid).
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
        """Return the regression that `arrays` wrote."""
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
    labels : ndarray of shape (n_rows,) or (n_rows, n_labels)
        Class numbers, or 0/1 columns of labels that do not exclude each other.
    C : float
        Inverse of the L2 penalty, as in scikit-learn.
    balanced : bool
        Whether classes weigh the same.

    Returns
    -------
    Logistic
        float64.
    """
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-8, scale, 1.0)
    standard = (features - mean) / scale
    columns = labels.T if labels.ndim == 2 else [labels]
    weights, bias = [], []
    for column in columns:
        model = LogisticRegression(C=C, max_iter=3000, class_weight="balanced" if balanced else None)
        model.fit(standard, column)
        weights.append(model.coef_.T)
        bias.append(model.intercept_)
    return Logistic(mean, scale, np.concatenate(weights, axis=1), np.concatenate(bias))
