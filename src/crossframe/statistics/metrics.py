"""Metrics of the field: B-cubed, macro-F1, calibration error, best F1, and Krippendorff's alpha of annotators."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from crossframe.errors import InputError

LEVELS = ("nominal", "ordinal", "interval")


def b_cubed(truth: Sequence[Hashable], predicted: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of a clustering.

    Parameters
    ----------
    truth, predicted : sequence of hashable
        Cluster of every item.

    Returns
    -------
    tuple of float
        Precision, recall, F1, each in [0, 1].

    References
    ----------
    Bagga and Baldwin 1998, Algorithms for scoring coreference chains.

    Examples
    --------
    >>> [round(score, 3) for score in b_cubed(["a", "a", "b"], [1, 1, 1])]
    [0.556, 1.0, 0.714]
    """
    both = Counter(zip(truth, predicted, strict=True))
    of_truth, of_predicted = Counter(truth), Counter(predicted)
    n = len(truth)
    precision = sum(c * c / of_predicted[f] for (_, f), c in both.items()) / n
    recall = sum(c * c / of_truth[t] for (t, _), c in both.items()) / n
    return precision, recall, f1(precision, recall)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def macro_f1(truth: Sequence[Hashable] | np.ndarray, predicted: Sequence[Hashable] | np.ndarray) -> float:
    """Return the mean F1 of all labels in `truth` or `predicted`.

    Examples
    --------
    >>> macro_f1(["for", "for", "against"], ["for", "against", "against"])
    0.6666666666666666
    """
    from sklearn.metrics import f1_score

    return float(f1_score(truth, predicted, average="macro"))


def expected_calibration_error(probability: np.ndarray, correct: np.ndarray, *, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width.

    Parameters
    ----------
    probability : ndarray of shape (n_items,)
        Stated probability.
    correct : ndarray of shape (n_items,)
        1 where it came true, else 0.
    bins : int
        Number of bins.

    Returns
    -------
    float
        Mean gap between stated and observed, weighted by items; NaN without items.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks.

    Examples
    --------
    >>> expected_calibration_error(np.array([0.9, 0.9]), np.array([1, 0]))
    0.4
    """
    if not len(probability):
        return float("nan")
    return float(np.abs(calibration_gaps(probability, correct, bins=bins)).sum() / len(probability))


def classwise_calibration_error(probability: np.ndarray, truth: np.ndarray, *, bins: int = 10) -> float:
    """Return the mean over classes of the calibration error of their probabilities.

    Parameters
    ----------
    probability : ndarray of shape (n_items, n_classes)
        Stated probability of every class.
    truth : ndarray of shape (n_items, n_classes)
        1 for the class that came true, else 0.
    bins : int
        Number of bins of equal width.

    Returns
    -------
    float
        NaN without items.

    References
    ----------
    Kull et al. 2019, Beyond temperature scaling: obtaining well-calibrated multi-class probabilities with Dirichlet
    calibration.

    Examples
    --------
    >>> classwise_calibration_error(np.array([[0.9, 0.1], [0.9, 0.1]]), np.array([[1, 0], [0, 1]]))
    0.4
    """
    columns = zip(probability.T, truth.T, strict=True)
    return float(np.mean([expected_calibration_error(stated, true, bins=bins) for stated, true in columns]))


def calibration_gaps(probability: np.ndarray, correct: np.ndarray, *, bins: int = 10) -> np.ndarray:
    """Return by how much the stated exceeds the observed in bins of equal width, summed: ndarray of shape (bins,)."""
    number = np.minimum((probability * bins).astype(int), bins - 1)
    gaps: np.ndarray = np.bincount(number, probability, bins) - np.bincount(number, correct, bins)
    return gaps


def best_f1(truth: np.ndarray, score: np.ndarray) -> tuple[float, float]:
    """Return the best F1 that a threshold on `score` reaches, and that threshold (decide at or above it)."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.append(np.diff(score[order]) != 0, True)
    f = np.where(last, 2 * hits / (np.arange(1, len(order) + 1) + max(int(truth.sum()), 1)), 0)
    best = int(np.argmax(f))
    return float(f[best]), float(score[order][best])


def krippendorff_alpha(
    ratings: Sequence[Sequence[Hashable | None]],
    *,
    level: str = "nominal",
    order: Sequence[Hashable] | None = None,
) -> float:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequence
        One sequence per annotator, one rating per unit; None where the annotator did not rate.
    level : str
        nominal, ordinal or interval (numbers).
    order : sequence, optional
        Values from low to high, needed for ordinal ratings that do not sort.

    Returns
    -------
    float
        1 for perfect agreement, 0 for chance; NaN when fewer than two values or pairs are there.

    Raises
    ------
    InputError
        When the level is unknown or the annotators' units differ in number.

    References
    ----------
    Krippendorff 2011, Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 4]]), 3)
    0.696
    """
    if level not in LEVELS:
        raise InputError(f"Invalid level {level!r}. It must be one of: {', '.join(LEVELS)}.")
    if len({len(of_annotator) for of_annotator in ratings}) > 1:
        raise InputError("Invalid ratings. Every annotator needs one rating (or None) per unit.")
    given = {value for of_annotator in ratings for value in of_annotator if value is not None}
    values = list(order) if order is not None else sorted(given, key=lambda v: (str(type(v)), v))
    number = {value: i for i, value in enumerate(values)}
    coincidence = np.zeros((len(values), len(values)))
    for unit in zip(*ratings, strict=True):
        counts = np.bincount([number[v] for v in unit if v is not None], minlength=len(values)).astype(float)
        if counts.sum() > 1:
            coincidence += (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)
    totals = coincidence.sum(axis=1)
    if totals.sum() < 2 or np.count_nonzero(totals) < 2:
        return float("nan")
    distance = _distance(values, totals, level)
    observed = (coincidence * distance).sum()
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - observed / expected)


def _distance(values: Sequence[Hashable], totals: np.ndarray, level: str) -> np.ndarray:
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        numbers = np.array(values, dtype=float)
        return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
