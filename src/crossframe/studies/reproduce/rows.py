"""Rows of a published table beside ours: their difference, how much of it is tolerated and why, and what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe.reading.public.fetching import fetch_entry
from crossframe.reading.public.registry import read_entry

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

COLUMNS = ("quantity", "paper", "ours", "difference", "tolerance", "note")
FAILS = "NOT REPRODUCED, the difference is larger than tolerated"
"""What the note of a failing row begins with."""


@dataclass(frozen=True)
class Row:
    """A published value and ours.

    Parameters
    ----------
    quantity : str
        What is measured, and in which unit where it is not a count.
    paper, ours : float or None
        None where one side has no value.
    tolerance : float or None
        Largest difference that is no failure; None where the two are not held against each other.
    note : str
        Why the tolerance is what it is, or why a side has no value.
    """

    quantity: str
    paper: float | None = None
    ours: float | None = None
    tolerance: float | None = None
    note: str = ""

    @property
    def difference(self) -> float | None:
        """Ours less the paper's; None where one side has no value."""
        return None if self.paper is None or self.ours is None else self.ours - self.paper

    @property
    def fails(self) -> bool:
        """Whether the difference is larger than tolerated."""
        gap, allowed = self.difference, self.tolerance
        return gap is not None and allowed is not None and abs(gap) > allowed + 1e-9

    @property
    def remark(self) -> str:
        """The note, of a failing row with a mark in front."""
        return "; ".join(filter(None, (FAILS if self.fails else "", self.note)))


@dataclass(frozen=True)
class Reproduction:
    """A published table made again: its rows, how its figure is drawn, and what it was made from.

    Parameters
    ----------
    rows : tuple of Row
    draw : callable
        Draws the figure and returns its Axes.
    used : dict of str to Any
        Corpora, models and settings by name, for run.json.
    """

    rows: tuple[Row, ...]
    draw: "Callable[[], Axes]"
    used: dict[str, Any]


def tabulate_rows(rows: Sequence[Row]) -> "DataFrame":
    """Return rows as a table: columns quantity, paper, ours, difference, tolerance (NaN for None), note (`Row.remark`)."""
    import pandas as pd

    numbers = {name: [_number(getattr(row, name)) for row in rows] for name in COLUMNS[1:-1]}
    texts = {"quantity": [row.quantity for row in rows], "note": [row.remark for row in rows]}
    return pd.DataFrame(numbers | texts)[list(COLUMNS)]


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def missing_files(name: str, split: str) -> str:
    """Return a note that names the files of a split that are missing, or "" when all are in place."""
    entry = read_entry(name)
    fetched = fetch_entry(entry, entry.files_of(split))
    if not fetched.missing:
        return ""
    first = fetched.missing[0][0]
    more = f" and {len(fetched.missing) - 1} more files" if len(fetched.missing) > 1 else ""
    return f"not available: {first}{more} of corpus {name}"


def source_of(name: str) -> dict[str, str]:
    """Return repository and commit of a registered corpus, for run.json."""
    entry = read_entry(name)
    return {"repository": f"{entry.owner}/{entry.repository}", "commit": entry.commit}
