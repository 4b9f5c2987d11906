"""Judgements of units by people or models."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from crossframe import _validation as check
from crossframe.records.columns import Texts, Units, read_only
from crossframe.records.names import UNITS


@dataclass(frozen=True)
class Annotation:
    """Judgements of units by people or models: one record for both, so that they compare directly.

    Parameters
    ----------
    units : Units
        What was judged.
    unit : str
        Kind of unit: sentence, span, article, or article x actor.
    labels : tuple of str
        Label names.
    scores : ndarray of shape (n_units, n_labels)
        Probabilities of the labels in [0, 1] (rows sum to 1 where labels exclude each other, not where several
        may hold, as frames do); human labels are 0 or 1.
    source : str
        Who judged: a model's name or the annotators.
    """

    units: Units
    unit: str
    labels: Texts
    scores: np.ndarray
    source: str

    def __post_init__(self) -> None:
        check.check_choice(self.unit, "kind of unit", UNITS)
        object.__setattr__(self, "labels", tuple(self.labels))
        check.check_unique(self.labels, "label")
        scores = read_only(self.scores, np.float64).reshape(-1, len(self.labels))
        object.__setattr__(self, "scores", scores)
        check.check_same_length("annotation", units=range(len(self.units)), scores=scores)
        check.check_range(scores, "score", 0.0, 1.0)

    def __len__(self) -> int:
        return len(self.units)

    def select(self, keep: np.ndarray) -> Self:
        """Return the annotation of the units chosen by `keep` (mask or row numbers)."""
        return replace(self, units=self.units.select(keep), scores=self.scores[keep])

    def of(self, label: str) -> np.ndarray:
        """Return the scores of `label`: ndarray of shape (n_units,)."""
        return self.scores[:, self.labels.index(check.check_choice(label, "label", self.labels))]
