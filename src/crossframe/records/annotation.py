"""Judgements of units by people or models."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records.columns import Texts, Units, read_only
from crossframe.records.names import STANCES, UNITS, speaker_of

NEGATIVE, POSITIVE = STANCES.index("negative"), STANCES.index("positive")


def score_stances(probability: np.ndarray) -> np.ndarray:
    """Return positive minus negative.

    Parameters
    ----------
    probability : ndarray of shape (..., 3)
        In the order of `STANCES`.

    Returns
    -------
    ndarray of shape (...)
        From -1 (surely against) to 1 (surely for).
    """
    score: np.ndarray = probability[..., POSITIVE] - probability[..., NEGATIVE]
    return score


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
    probability : ndarray of shape (n_units,), optional
        Probability with which each unit was drawn to be judged, in (0, 1]; NaN, and None for all: not known.
    """

    units: Units
    unit: str
    labels: Texts
    scores: np.ndarray
    source: str
    probability: np.ndarray | None = None

    def __post_init__(self) -> None:
        check.check_choice(self.unit, "kind of unit", UNITS)
        object.__setattr__(self, "labels", tuple(self.labels))
        check.check_unique(self.labels, "label")
        scores = read_only(self.scores, np.float64).reshape(-1, len(self.labels))
        object.__setattr__(self, "scores", scores)
        check.check_same_length("annotation", units=range(len(self.units)), scores=scores)
        check.check_range(scores, "score", 0.0, 1.0)
        if self.probability is not None:
            drawn = read_only(self.probability, np.float64)
            object.__setattr__(self, "probability", drawn)
            check.check_same_length("annotation", units=range(len(self.units)), probability=drawn)
            if ((drawn <= 0) | (drawn > 1)).any():
                raise InputError("Invalid probability of being drawn. It must lie in (0, 1], or be NaN.")

    @cached_property
    def rounded(self) -> np.ndarray:
        """Scores with four decimals, as tables have them: ndarray of shape (n_units, n_labels)."""
        return read_only(np.round(self.scores, 4), np.float64)

    @property
    def score(self) -> np.ndarray:
        """Positive minus negative, of probabilities with four decimals: ndarray of shape (n_units,), from -1 to 1.

        Raises
        ------
        InputError
            When the labels have no negative and positive.
        """
        if not {"negative", "positive"} <= set(self.labels):
            raise InputError(
                f"Invalid labels {', '.join(self.labels)!r} for a score. They must have 'negative' and 'positive'."
            )
        positive, negative = (self.rounded[:, self.labels.index(label)] for label in ("positive", "negative"))
        score: np.ndarray = positive - negative
        return score

    @classmethod
    def of_choices(
        cls,
        rows: Iterable[Mapping[str, object]],
        unit: str,
        labels: Sequence[str],
        chosen: Sequence[int],
        source: str,
    ) -> Self:
        """Return the annotation of `rows` (as `Units.from_rows` takes them) with one label each, by its number in `labels`."""
        return cls(Units.from_rows(rows), unit, tuple(labels), np.eye(len(labels))[list(chosen)], source)

    def __len__(self) -> int:
        return len(self.units)

    def select(self, keep: np.ndarray) -> Self:
        """Return the annotation of the units chosen by `keep` (mask or row numbers)."""
        drawn = None if self.probability is None else self.probability[keep]
        return replace(self, units=self.units.select(keep), scores=self.scores[keep], probability=drawn)

    def of(self, label: str) -> np.ndarray:
        """Return the scores of `label`: ndarray of shape (n_units,)."""
        return self.scores[:, self.labels.index(check.check_choice(label, "label", self.labels))]


def group_by_sentence(mentions: Annotation) -> Annotation:
    """Return the portrayal of actors by sentences, from that of their mentions.

    Parameters
    ----------
    mentions : Annotation
        Of mentions (spans); ``voice`` is who speaks at each.

    Returns
    -------
    Annotation
        Unit sentence: one row per sentence, actor and speaker (``voice``: ``outlet`` or ``quoted``), in the order of their
        first mentions, with the mean scores of the mentions in such words.

    Examples
    --------
    >>> place = {"article": "a", "sentence": 1, "actor": "doe", "voice": "author"}
    >>> rows = [place | {"start": 0, "end": 3}, place | {"start": 9, "end": 12}]
    >>> grouped = group_by_sentence(Annotation.of_choices(rows, "span", STANCES, [0, 1], "test"))
    >>> grouped.units.voice, grouped.scores.tolist()
    (('outlet',), [[0.5, 0.5, 0.0]])
    """
    rows_of = rows_by_sentence(mentions.units)
    scores = [mentions.scores[rows].mean(axis=0) for rows in rows_of.values()]
    units = Units.from_rows(
        dict(zip(("article", "sentence", "actor", "voice"), key, strict=True)) for key in rows_of
    )
    return Annotation(units, "sentence", mentions.labels, np.array(scores), mentions.source)


def rows_by_sentence(units: Units) -> dict[tuple[str, int, str, str], list[int]]:
    """Return by article, sentence, actor and speaker the numbers of the mentions, in the order of the first ones."""
    rows_of: dict[tuple[str, int, str, str], list[int]] = {}
    for row, unit in enumerate(units.rows()):
        key = unit["article"], unit["sentence"], unit["actor"], speaker_of(unit["voice"])
        rows_of.setdefault(key, []).append(row)
    return rows_of
