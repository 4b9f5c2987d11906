"""Calibration: a temperature for all logits, and a shift of each class, chosen on held-out data; reliability by bins."""

import numpy as np

from crossframe.learning.classifiers import softmax


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature that makes the held-out `labels` likeliest.

    Parameters
    ----------
    logits : ndarray of shape (n_items, n_classes)
    labels : ndarray of shape (n_items,)
        Class numbers.

    Returns
    -------
    float
        Above 1 when the model was overconfident, below when underconfident; within [0.05, 20].

    References
    ----------
    Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> labels = rng.integers(2, size=4000)
    >>> predicted = np.where(rng.random(4000) < 0.75, labels, 1 - labels)
    >>> 2.3 < fit_temperature(2.75 * np.eye(2)[predicted], labels) < 2.7
    True
    """
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        probability = softmax(logits / np.exp(log_temperature))
        return float(-np.log(np.maximum(probability[np.arange(len(labels)), labels], 1e-12)).mean())

    best = minimize_scalar(loss, bounds=(np.log(0.05), np.log(20.0)), method="bounded")
    return float(np.exp(best.x))


def fit_scaling(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the temperature and the shifts of classes that make the held-out `labels` likeliest.

    Probabilities are the softmax of ``logits / scaling[0] + scaling[1:]``. The shifts mend what a temperature cannot: classes
    that are rarer, or commoner, than those that a model was taught with.

    Parameters
    ----------
    logits : ndarray of shape (n_items, n_classes)
    labels : ndarray of shape (n_items,)
        Class numbers.

    Returns
    -------
    ndarray of shape (n_classes + 1,)
        The temperature, within [0.05, 20], and the shifts, whose mean is 0.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks. Alexandari, Kundaje and Shrikumar 2020,
    Maximum likelihood with bias-corrected calibration is hard-to-beat at label shift adaptation.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> labels = (rng.random(4000) < 0.9).astype(int)
    >>> fit_scaling(np.zeros((4000, 2)), labels)[1:].round(1).tolist()
    [-1.1, 1.1]
    """
    from scipy.optimize import minimize

    first = fit_temperature(logits, labels)

    def loss(values: np.ndarray) -> float:
        scores = logits / np.exp(np.clip(values[0], np.log(0.05), np.log(20.0))) + values[1:]
        probability = softmax(scores)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(probability, 1e-12)).mean() + 1e-6 * (values[1:] ** 2).sum())

    start = np.concatenate([[np.log(first)], np.zeros(logits.shape[1])])
    best = minimize(
        loss, start, method="L-BFGS-B", bounds=[(np.log(0.05), np.log(20.0)), *[(-10, 10)] * logits.shape[1]]
    )
    shifts = best.x[1:] - best.x[1:].mean()
    return np.concatenate([[np.exp(best.x[0])], shifts])


def reliability(
    probability: np.ndarray, correct: np.ndarray, *, bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return (mean stated probability, observed share, number of items) of every bin that has items."""
    number = np.minimum((probability * bins).astype(int), bins - 1)
    return [
        (float(probability[number == b].mean()), float(correct[number == b].mean()), int((number == b).sum()))
        for b in range(bins)
        if (number == b).any()
    ]
