"""Edited tables of actors, checked before a comparison begins."""

from pathlib import Path

import pytest

from crossframe.errors import CrossframeError, CrossframeWarning
from crossframe.reading.corpus.folders import read_folder
from crossframe.studies.compare.checks import read_edits, warn_of_unused_edits
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.study import compare_to


def test_bad_table_stops_before_anything_slow(small: Path, tmp_path: Path) -> None:
    """A kept table that cannot be read is one line, and nothing is written."""
    (small / "actors.tsv").write_text("actor\tdrop\nmayor\tperhaps\n", encoding="utf-8")
    out = tmp_path / "out"
    with pytest.raises(CrossframeError, match=r"Invalid drop 'perhaps' in .*actors\.tsv:2"):
        compare_to(read_folder(small), out, Options())
    assert not out.exists()


def test_rows_for_no_event(small: Path) -> None:
    """Rows for events that the corpus does not have are told."""
    (small / "actors.csv").write_text("event,actor\nbridge,mayor\nferry,mayor\n", encoding="utf-8")
    with pytest.warns(CrossframeWarning, match=r"Unknown event 'ferry' in .*:3: 1 of 2 rows"):
        read_edits(read_folder(small), None)


def test_no_table(small: Path) -> None:
    """Without a table there is nothing to check."""
    read_edits(read_folder(small), None)


@pytest.mark.slow
@pytest.mark.model
def test_kept_table_is_obeyed(small: Path, tmp_path: Path) -> None:
    """A kept table is obeyed, one given in its place wins, and a written table given back changes nothing."""
    plain = compare_to(read_folder(small), tmp_path / "plain", Options(), draw=False)
    (small / "actors.csv").write_bytes((tmp_path / "plain" / "tables" / "actors.csv").read_bytes())
    again = compare_to(read_folder(small), tmp_path / "again", Options(), draw=False)
    for name in ("actors", "mentions", "quotes", "stance"):
        assert again.tables[name].equals(plain.tables[name])
    (small / "actors.csv").write_text("actor,drop\nmayor,1\n", encoding="utf-8")
    dropped = compare_to(read_folder(small), tmp_path / "dropped", Options(), draw=False)
    assert "mayor" not in set(dropped.tables["actors"]["actor"])
    table = tmp_path / "given.csv"
    table.write_text("actor,name\nmayor,The Mayor\n", encoding="utf-8")
    given = compare_to(read_folder(small), tmp_path / "given", Options(actors=str(table)), draw=False)
    assert list(given.tables["actors"].query("actor == 'mayor'")["name"]) == ["The Mayor"]


def test_actor_of_no_event(small: Path, tmp_path: Path) -> None:
    """A row for all events whose actor no event has is warned of once; one that drops is not."""
    (tmp_path / "actors.csv").write_text(
        "actor,name,drop\nroe,Jo Roe,\npoe,Ann Poe,\ndoe,,yes\n", encoding="utf-8"
    )
    with pytest.warns(CrossframeWarning, match=r"Unknown actor 'poe' in .*:3: 1 of 3 rows") as caught:
        warn_of_unused_edits(read_edits(read_folder(small), tmp_path / "actors.csv"), {"roe"})
    assert len(caught) == 1
