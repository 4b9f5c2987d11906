"""CSV and Parquet: what is written is what is read again, and no cell of a CSV is a formula."""

import csv
import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from crossframe.showing.tables.schema import INTEGERS, NUMBERS, SCORES, TABLES
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.exports.joined import join_tables
from hostile_texts import HOSTILE

NUMERIC = INTEGERS | NUMBERS | SCORES


def test_parquet_is_lossless(of_events: Comparison, tmp_path: Path) -> None:
    """Every table comes back as it was joined, with numbers as numbers; what a reader must know is in the metadata."""
    from pyarrow import parquet

    folder = of_events.export("parquet", tmp_path / "study")
    for name, table in join_tables(of_events.tables, of_events.run).items():
        back = pd.read_parquet(folder / f"{name}.parquet")
        pd.testing.assert_frame_equal(
            back.astype(object).fillna(""), table.astype(object).fillna(""), check_dtype=False
        )
        assert all(
            back[column].dtype.kind in "iuf"
            for column in NUMERIC & set(back)
            if name != "frames" and len(back)
        )
    about = json.loads(parquet.read_schema(folder / "portrayal.parquet").metadata[b"crossframe"])
    assert ["Events", "2 events"] in about


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_parquet_holds_any_text(spoil: Callable[[str], Comparison], tmp_path: Path, text: str) -> None:
    """Hostile texts are there as they are."""
    folder = spoil(text).export("parquet", tmp_path / "study")
    assert set(pd.read_parquet(folder / "portrayal.parquet")["sentence_text"]) == {text}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_csv_holds_any_text_and_no_formula(
    spoil: Callable[[str], Comparison], tmp_path: Path, text: str
) -> None:
    """A CSV is UTF-8 without a mark, each row has all cells, and no text begins as a formula does."""
    folder = spoil(text).export("csv-readable", tmp_path / "study")
    assert sorted(path.stem for path in folder.glob("*.csv")) == sorted(TABLES)
    for path in folder.glob("*.csv"):
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert {len(row) for row in rows} <= {len(header)}
        for row in rows:
            for column, cell in zip(header, row, strict=True):
                assert column in NUMERIC or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert {title.removeprefix("'") for title in titles} == {text}
    said = (folder / "about.txt").read_text(encoding="utf-8")
    assert all(": " in line for line in said.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "'We cannot go on': Strand",
        "''Twas late",
        "'",
        "‘Late,’ he said",
        "'90s boats are back",
        "'Late' - 'no'",
    ],
)
def test_cells_with_apostrophes_stay_as_they_are(
    spoil: Callable[[str], Comparison], tmp_path: Path, text: str
) -> None:
    """A quotation in single marks neither loses its apostrophe nor gets a second one, in any of the tables."""
    study = spoil(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for to, read in (("csv-readable", pd.read_csv), ("parquet", pd.read_parquet)):
            ending = "csv" if to == "csv-readable" else "parquet"
            assert set(read(study.export(to, tmp_path / to) / f"articles.{ending}")["title"]) == {text}
        book = study.export("xlsx", tmp_path / "study.xlsx")
    assert set(pd.read_excel(book, "articles")["title"]) == {text}


def test_csv_of_the_demo_is_read_by_pandas(study: Comparison, tmp_path: Path) -> None:
    """Numbers are read as they are in the study's own tables."""
    folder = study.export("csv-readable", tmp_path / "study")
    rows = pd.read_csv(folder / "portrayal.csv")
    assert rows["score"].tolist() == study.tables["portrayal"]["score"].tolist()
    assert rows["certain"].tolist() == study.tables["portrayal"]["certain"].tolist()
