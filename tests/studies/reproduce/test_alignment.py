"""The alignment benchmark made again: the aligner without an encoder gives the recorded figures."""

from pathlib import Path

import pytest

from crossframe import storage
from crossframe.studies.reproduce import alignment as reproducing_alignment
from crossframe.studies.reproduce.alignment import reproduce_alignment


@pytest.mark.mirror
@pytest.mark.slow
def test_lexical(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure of the recorded table comes out again."""
    monkeypatch.setattr(reproducing_alignment, "ALIGNERS", ("tfidf", "aligner-lexical"))
    rows = reproduce_alignment().rows
    assert [row.quantity for row in rows][:3] == ["tfidf: f1", "tfidf: precision", "tfidf: recall"]
    assert len(rows) == 6
    assert not any(row.fails or row.paper is None for row in rows)


def test_nothing_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the committed table is not at hand, there is nothing to hold the figures against."""
    monkeypatch.setattr(storage, "corpora_folder", lambda: tmp_path / "corpora")
    assert reproducing_alignment._recorded() == {}
