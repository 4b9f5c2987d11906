"""Stance by a sentiment lexicon: the baseline that needs no weights."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from crossframe.judging.stance.features import LEXICON_FEATURES, describe_sentiment
from crossframe.judging.stance.stance_model import StanceEstimator
from crossframe.judging.targets import StanceItem
from crossframe.records import STANCES
from crossframe.statistics.metrics import macro_f1

LEXICON = "stance-lexicon"


class LexiconStance(StanceEstimator):
    """The sign of the sentiment words near the target: the baseline that needs no weights.

    Parameters
    ----------
    threshold : float
        Absolute score below which a mention is neutral; chosen on dev articles cut from NewsMTSC's training split.
    """

    name = LEXICON
    note = (
        "Stance is read off a sentiment lexicon (VADER): a baseline that does not see what is said of whom."
    )

    def __init__(self, *, threshold: float = 0.2) -> None:
        self.threshold = threshold

    def fit(self, items: Sequence[StanceItem], labels: Sequence[str]) -> Self:
        """Choose the threshold by macro-F1 on items and their labels."""
        scores = self._scores(items)
        best = max(
            (macro_f1(labels, _apply_threshold(scores, threshold)), -threshold)
            for threshold in np.round(np.arange(0.02, 0.6, 0.02), 2).tolist()
        )
        self.threshold = -best[1]
        return self

    def _scores(self, items: Sequence[StanceItem]) -> np.ndarray:
        column = LEXICON_FEATURES.index("nearest")
        return np.array([describe_sentiment(item)[column] for item in items])

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities of negative, neutral, positive: ndarray of shape (n_items, 3)."""
        scores = self._scores(items)
        polarity = np.clip(np.abs(scores) / (2 * self.threshold), 0.0, 1.0)
        negative, positive = np.where(scores < 0, polarity, 0.0), np.where(scores > 0, polarity, 0.0)
        return np.column_stack([negative, 1 - negative - positive, positive]).reshape(-1, len(STANCES))

    def predict(self, items: Sequence[StanceItem]) -> list[str]:
        """Return the likeliest label of every item."""
        return _apply_threshold(self._scores(items), self.threshold)


def _apply_threshold(scores: np.ndarray, threshold: float) -> list[str]:
    return [
        "negative" if score <= -threshold else "positive" if score >= threshold else "neutral"
        for score in scores.tolist()
    ]
