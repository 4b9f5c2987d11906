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


def fit_scaling(logits: np.ndarray, labels: np.ndarray, *, penalty: float = 0.0) -> np.ndarray:
    """Return the temperature and the shifts of classes that make the held-out `labels` likeliest.

    Probabilities are the softmax of ``logits / scaling[0] + scaling[1:]`` (`scale_logits`). The shifts mend what a temperature
    cannot: classes that are rarer, or commoner, than those that a model was taught with.

    Parameters
    ----------
    logits : ndarray of shape (n_items, n_classes)
    labels : ndarray of shape (n_items,) or (n_items, n_classes)
        Class numbers, or the probability of each class.
    penalty : float
        Of squared shifts and of the squared logarithm of the temperature, in items: of few items the scaling changes
        little.

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

    n_classes = logits.shape[1]
    soft = np.eye(n_classes)[labels] if labels.ndim == 1 else labels
    weights = penalty / len(soft) + np.array([0.0, *[1e-6] * n_classes])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scaled = logits / np.exp(values[0])
        probability = softmax(scaled + values[1:])
        fit = -(soft * np.log(np.maximum(probability, 1e-12))).sum(axis=1).mean()
        slope = (probability - soft) / len(soft)
        gradient = np.array([-(slope * scaled).sum(), *slope.sum(axis=0)])
        return float(fit + (weights * values**2).sum()), gradient + 2 * weights * values

    bounds = [(np.log(0.05), np.log(20.0)), *[(-10, 10)] * n_classes]
    best = minimize(loss, np.zeros(n_classes + 1), method="L-BFGS-B", jac=True, bounds=bounds)
    shifts = best.x[1:] - best.x[1:].mean()
    return np.concatenate([[np.exp(best.x[0])], shifts])


def scale_logits(logits: np.ndarray, scaling: np.ndarray) -> np.ndarray:
    """Return the logits scaled as `fit_scaling` has chosen: ndarray of shape (n_items, n_classes)."""
    scaled: np.ndarray = logits / scaling[0] + scaling[1:]
    return scaled


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
