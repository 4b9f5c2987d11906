"""Rows of published tables: differences, tolerances, and files that are not to be had."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.studies.reproduce.rows import Row, missing_files, source_of, tabulate_rows


@pytest.mark.parametrize(
    ("paper", "ours", "tolerance", "difference", "fails"),
    [
        (10, 12, 2, 2, False),
        (10, 12.1, 2, 2.1, True),
        (10, 8, 1, -2, True),
        (10, 10, 0, 0, False),
        (10, 12, None, 2, False),
        (None, 12, 2, None, False),
        (10, None, 2, None, False),
    ],
)
def test_row(
    paper: float | None, ours: float | None, tolerance: float | None, difference: float | None, fails: bool
) -> None:
    """A row fails where both figures are there and differ by more than its tolerance."""
    row = Row("x", paper, ours, tolerance)
    assert row.fails is fails
    assert row.difference == (None if difference is None else pytest.approx(difference))


def test_table() -> None:
    """None becomes NaN; the columns are the documented ones."""
    table = tabulate_rows([Row("x", 1, 3, 2, "so"), Row("y")])
    assert list(table.columns) == ["quantity", "paper", "ours", "difference", "tolerance", "note"]
    assert table.iloc[0].tolist() == ["x", 1.0, 3.0, 2.0, 2.0, "so"]
    assert np.isnan(table.loc[1, ["paper", "ours", "difference", "tolerance"]].astype(float)).all()


def test_missing_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first file that cannot be had is named, with how many more; where none is missing, the note is empty."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(tmp_path))
    note = missing_files("semeval2016-stance", "dev")
    assert (
        note
        == "not available: datasets/stance/abortion/val_labels.txt and 9 more files of corpus semeval2016-stance"
    )
    assert missing_files("gvfc", "test") == "not available: dataset/0/dev.tsv of corpus gvfc"
    assert str(tmp_path) not in note


@pytest.mark.mirror
def test_nothing_missing(mirror: Path) -> None:
    """Files in the mirror are not missing."""
    assert missing_files("semeval2016-stance", "dev") == ""


def test_source() -> None:
    """A corpus's source is its repository and commit."""
    assert source_of("gvfc")["repository"] == "feyzaakyurek/newsframing"
