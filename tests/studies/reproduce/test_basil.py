"""BASIL's tables made again: exact where both releases agree, as near as the releases are elsewhere."""

from pathlib import Path

import pytest

from crossframe.studies.reproduce.basil import (
    reproduce_counts,
    reproduce_outlets,
    reproduce_quarters,
    reproduce_targets,
)

pytestmark = pytest.mark.mirror


def test_counts(mirror: Path) -> None:
    """Articles and sentences are exact; spans differ by as much as the release differs from the paper."""
    rows = {row.quantity: row for row in reproduce_counts().rows}
    assert [rows[name].difference for name in ("articles", "sentences")] == [0, 0]
    assert rows["informational spans"].ours == 1246
    assert rows["lexical spans"].ours == 480
    assert not any(row.fails for row in rows.values())
    assert rows["spans"].ours == 1726


def test_outlets(mirror: Path) -> None:
    """Outlets' spans add up to all spans."""
    rows = reproduce_outlets().rows
    assert sum(row.ours for row in rows) == 1726
    assert sum(row.paper for row in rows) == 1727
    assert not any(row.fails for row in rows)


def test_quarters(mirror: Path) -> None:
    """Lexical bias stands in the first quarter, informational bias anywhere, as published."""
    made = reproduce_quarters()
    lexical = [row.ours for row in made.rows if row.quantity.startswith("lexical")]
    assert sum(row.ours for row in made.rows) == 1726
    assert lexical == sorted(lexical, reverse=True)
    assert not any(row.fails for row in made.rows)
    assert made.draw().get_xlabel() == "quarter of the article's sentences"


def test_targets(mirror: Path) -> None:
    """Kinds and polarities add up to all spans; nothing published stands beside them."""
    rows = reproduce_targets().rows
    assert sum(row.ours for row in rows[:4]) == 1726
    assert all(row.paper is None and row.note.startswith("no published figure") for row in rows)
