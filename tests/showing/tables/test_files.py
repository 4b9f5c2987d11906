"""Tables on disk: fixed formats, typed when read, safe in a spreadsheet."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossframe import storage
from crossframe.errors import InputError
from crossframe.showing.tables.files import read_tables, write_tables
from crossframe.showing.tables.schema import TABLES
from crossframe.studies.compare.comparison import Comparison

RESULTS = Path(__file__).parents[3] / "results/georgia-2008/tables"


def test_round_trip(several: Comparison, tmp_path: Path) -> None:
    """Tables that are written are read back with values and types."""
    write_tables(tmp_path, several.tables)
    read = read_tables(tmp_path)
    for name, table in several.tables.items():
        pd.testing.assert_frame_equal(read[name], table, check_dtype=False, obj=name)


def test_no_cell_is_a_formula(hostile: Comparison, tmp_path: Path) -> None:
    """No text of an article begins a cell that a spreadsheet would run; read back it is as it was."""
    import csv

    write_tables(tmp_path, hostile.tables)
    for name, columns in TABLES.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    if cell[:1] in ("=", "@", "+", "-"):
                        float(cell)
        assert columns
    assert read_tables(tmp_path)["articles"]["title"].str.startswith("=cmd").all()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.text("'=-a", max_size=5))
def test_any_text_survives_a_cell(tmp_path: Path, text: str) -> None:
    """Any text comes back out of a CSV as it went in."""
    import csv

    storage.write_csv(tmp_path / "t.csv", ["a", "b"], [[text, "end"]])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [storage.text_of_cell(cell) for cell in rows[1]] == [text, "end"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("'It is late,' he said.", "'It is late,' he said."),
        ("''Twas' the word", "''Twas' the word"),
        ("'", "'"),
        ("\u2019tis the season", "\u2019tis the season"),
        ("rock 'n' roll", "rock 'n' roll"),
        ("=1+1", "'=1+1"),
        ("-- and then it rained", "'-- and then it rained"),
        ("'=1+1", "''=1+1"),
        ("''-1", "'''-1"),
        ("@mayor said", "'@mayor said"),
        ("\tindented", "'\tindented"),
    ],
)
def test_apostrophes_stay(text: str, cell: str) -> None:
    """Only what a spreadsheet would run is changed; a British quotation begins with one apostrophe, as in the text."""
    assert storage.csv_cell(text) == cell
    assert storage.text_of_cell(cell) == text


def test_tables_of_an_earlier_version(tmp_path: Path) -> None:
    """A column that earlier versions did not write is empty; any other that lacks is named."""
    write_tables(tmp_path, read_tables(RESULTS))
    path = tmp_path / "articles.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for lacking in ("copy_direction", "copied_share"):
        names = [name for name in rows[0] if name != lacking]
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, names, extrasaction="ignore")
            table.writeheader()
            table.writerows(rows)
        if lacking == "copy_direction":
            assert set(read_tables(tmp_path)["articles"][lacking]) == {""}
    with pytest.raises(InputError, match="copied_share"):
        read_tables(tmp_path)


def test_wrong_tables(several: Comparison, tmp_path: Path) -> None:
    """A table with other columns is not written; a missing or foreign one is not read."""
    with pytest.raises(InputError, match="Invalid columns"):
        write_tables(tmp_path, several.tables | {"claims": several.tables["pairs"]})
    write_tables(tmp_path, several.tables)
    (tmp_path / "pairs.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs\.csv"):
        read_tables(tmp_path)
    (tmp_path / "pairs.csv").write_bytes(b"")
    with pytest.raises(InputError, match=r"Invalid table .*pairs\.csv"):
        read_tables(tmp_path)
    (tmp_path / "pairs.csv").unlink()
    with pytest.raises(InputError, match="Missing table"):
        read_tables(tmp_path)
