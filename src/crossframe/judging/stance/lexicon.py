"""Stance by a sentiment lexicon: the baseline that needs no weights."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from crossframe.judging.stance.contract import StanceContract
from crossframe.judging.stance.features import LEXICON_FEATURES, Target, describe_sentiment
from crossframe.records import STANCES
from crossframe.statistics.metrics import macro_f1

LEXICON = "stance-lexicon"


class LexiconStance(StanceContract):
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

    def fit(self, targets: Sequence[Target], labels: Sequence[str]) -> Self:
        """Choose the threshold by macro-F1 on targets and their labels."""
        near = self._near(targets)
        best = max(
            (macro_f1(labels, _cut(near, threshold)), -threshold)
            for threshold in np.round(np.arange(0.02, 0.6, 0.02), 2).tolist()
        )
        self.threshold = -best[1]
        return self

    def _near(self, targets: Sequence[Target]) -> np.ndarray:
        column = LEXICON_FEATURES.index("nearest")
        return np.array([describe_sentiment(target)[column] for target in targets])

    def predict_proba(self, targets: Sequence[Target]) -> np.ndarray:
        """Return probabilities of negative, neutral, positive: ndarray of shape (n_targets, 3)."""
        near = self._near(targets)
        strength = np.clip(np.abs(near) / (2 * self.threshold), 0.0, 1.0)
        negative, positive = np.where(near < 0, strength, 0.0), np.where(near > 0, strength, 0.0)
        return np.column_stack([negative, 1 - negative - positive, positive]).reshape(-1, len(STANCES))

    def predict(self, targets: Sequence[Target]) -> list[str]:
        """Return the likeliest label of every target."""
        return _cut(self._near(targets), self.threshold)


def _cut(near: np.ndarray, threshold: float) -> list[str]:
    return [
        "negative" if x <= -threshold else "positive" if x >= threshold else "neutral" for x in near.tolist()
    ]
