"""What is measured in a cell of a comparison, and the rows of estimates that come of it."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from crossframe.records import Estimates
from crossframe.records.quantities import find_quantity
from crossframe.statistics.intervals import percentile_interval
from crossframe.statistics.tests import benjamini_hochberg

COPY = "; copy: not independent"
"""Ends the method of every difference to which an outlet that prints a copy is a side."""


class Subject(NamedTuple):
    """What an estimate is about; "" where a column does not apply. Of a difference `reference` is taken off."""

    quantity: str
    outlet: str
    reference: str = ""
    actor: str = ""
    voice: str = ""
    claim: str = ""
    frame: str = ""


@dataclass(frozen=True)
class Measure:
    """A value of one cell, or the difference of two.

    Parameters
    ----------
    value : float
        The estimate.
    draws : ndarray of shape (n_draws,)
        The same of every bootstrap draw.
    n_units, n_articles : int
        What it is made of; of a difference the sums.
    """

    value: float
    draws: np.ndarray
    n_units: int
    n_articles: int

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(
            self.value - other.value,
            self.draws - other.draws,
            self.n_units + other.n_units,
            self.n_articles + other.n_articles,
        )

    def __neg__(self) -> "Measure":
        return replace(self, value=-self.value, draws=-self.draws)

    @property
    def is_constant(self) -> bool:
        """Whether every draw gives the same."""
        return bool(np.ptp(self.draws) == 0.0)

    def interval(self) -> tuple[float, float]:
        """Return the percentile interval of the draws, widened where the value lies outside it."""
        low, high = percentile_interval(self.draws)
        return min(low, self.value), max(high, self.value)


@dataclass(frozen=True)
class Estimate:
    """One row of `Estimates`: NaN bounds are no interval, a NaN p-value is no test."""

    subject: Subject
    value: float
    method: str
    n_units: int
    n_articles: int
    low: float = math.nan
    high: float = math.nan
    p_value: float = math.nan
    n_events: int = 1

    @classmethod
    def of_measure(
        cls, subject: Subject, measure: Measure, method: str, *, interval: bool = True
    ) -> "Estimate":
        """Return the row of what was measured, with the interval of its draws or without."""
        low, high = measure.interval() if interval else (math.nan, math.nan)
        return cls(subject, measure.value, method, measure.n_units, measure.n_articles, low, high)


def collect_estimates(
    rows: Iterable[Estimate], *, event: str = "", copying: Collection[str] = ()
) -> Estimates:
    """Return rows as a table.

    Parameters
    ----------
    rows : iterable of Estimate
        Of one event, or over events.
    event : str
        Id of the event; "" over events.
    copying : collection of str
        Outlets of the event that print a copy.

    Returns
    -------
    Estimates
        In the order of `rows`. Estimates and bounds end where the quantity does; differences to which a copying outlet
        is a side are marked in ``method``; q-values correct within each quantity, of single voices and of all together (Benjamini
        and Hochberg).
    """
    listed = list(rows)
    q_values = _correct_tests(listed)
    return Estimates.from_rows(
        row.subject._asdict()
        | _clip(row)
        | {
            "event": event,
            "p_value": row.p_value,
            "q_value": q_value,
            "n_units": row.n_units,
            "n_articles": row.n_articles,
            "n_events": row.n_events,
            "method": row.method + (COPY if _has_copy(row.subject, copying) else ""),
        }
        for row, q_value in zip(listed, q_values.tolist(), strict=True)
    )


def _clip(row: Estimate) -> dict[str, float]:
    quantity = find_quantity(row.subject.quantity)
    numbers = {"estimate": row.value, "low": row.low, "high": row.high}
    return {name: min(max(value, quantity.low), quantity.high) for name, value in numbers.items()}


def _has_copy(subject: Subject, copying: Collection[str]) -> bool:
    return bool(subject.reference) and (subject.outlet in copying or subject.reference in copying)


def _correct_tests(rows: Sequence[Estimate]) -> np.ndarray:
    """Return the q-value of every row, NaN where it has no test: ndarray of shape (n_rows,).

    All voices together are a family of their own: their tests repeat those of single voices.
    """
    q_values = np.full(len(rows), np.nan)
    families = np.array([
        f"{row.subject.quantity} {bool(row.subject.voice)}" if row.subject.reference else "" for row in rows
    ])  # fmt: skip
    p_values = np.array([row.p_value for row in rows], dtype=float)
    for family in sorted(set(families.tolist()) - {""}):
        tested = families == family
        q_values[tested] = benjamini_hochberg(p_values[tested])
    return q_values
