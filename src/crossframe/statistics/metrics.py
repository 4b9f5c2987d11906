"""Metrics of the field: B-cubed, macro-F1, span F1, calibration error, best F1."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

Span = tuple[str, int, int]


def b_cubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of a clustering.

    Parameters
    ----------
    truth, found : sequence of hashable
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
    both = Counter(zip(truth, found, strict=True))
    of_truth, of_found = Counter(truth), Counter(found)
    n = len(truth)
    precision = sum(c * c / of_found[f] for (_, f), c in both.items()) / n
    recall = sum(c * c / of_truth[t] for (t, _), c in both.items()) / n
    return precision, recall, f1(precision, recall)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def macro_f1(truth: Sequence[Hashable] | np.ndarray, found: Sequence[Hashable] | np.ndarray) -> float:
    """Return the mean F1 of all labels in `truth` or `found`.

    Examples
    --------
    >>> macro_f1(["for", "for", "against"], ["for", "against", "against"])
    0.6666666666666666
    """
    from sklearn.metrics import f1_score

    return float(f1_score(truth, found, average="macro"))


def span_scores(
    gold: Sequence[Span], found: Sequence[Span], *, overlap: float = 1.0
) -> tuple[float, float, float]:
    """Return precision, recall and F1 of spans matched one to one.

    Parameters
    ----------
    gold, found : sequence of (article, start, end)
        Spans, offsets in characters.
    overlap : float
        Share of both spans that must overlap; 1 means equal boundaries.

    Returns
    -------
    tuple of float
        Precision, recall, F1.

    Examples
    --------
    >>> span_scores([("a", 0, 10)], [("a", 0, 8)]), span_scores([("a", 0, 10)], [("a", 0, 8)], overlap=0.5)
    ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    """
    hits = len(match_spans(gold, found, overlap=overlap))
    precision = hits / len(found) if found else 0.0
    recall = hits / len(gold) if gold else 0.0
    return precision, recall, f1(precision, recall)


def match_spans(
    gold: Sequence[Span], found: Sequence[Span], *, overlap: float = 1.0
) -> list[tuple[int, int]]:
    """Return (number in gold, number in found) of spans matched one to one, greatest overlap first."""
    by_article: dict[str, list[int]] = {}
    for number, (article, _, _) in enumerate(found):
        by_article.setdefault(article, []).append(number)
    candidates = []
    for i, (article, start, end) in enumerate(gold):
        for j in by_article.get(article, ()):
            shared = min(end, found[j][2]) - max(start, found[j][1])
            longest = max(end - start, found[j][2] - found[j][1])
            if shared > 0 and shared / longest >= overlap:
                candidates.append((-shared / longest, i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            matched.append((i, j))
    return sorted(matched)


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
