"""The workbook: one sheet per table, texts as texts, what Excel cannot hold told in one line."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crossframe.errors import CrossframeWarning, MissingPackageError
from crossframe.showing.tables.schema import TABLES
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.exports import workbook
from crossframe.studies.exports.joined import join_tables
from hostile_texts import HOSTILE


def read(path: Path) -> Any:
    """Return a workbook; formulas would be read as such."""
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture(scope="module")
def book(study: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the workbook of a part of the demo."""
    return read(study.export("xlsx", tmp_path_factory.mktemp("book") / "study.xlsx"))


def test_there_is_a_sheet_per_table(book: Any, study: Comparison) -> None:
    """About comes first, then every table: its header frozen and bold, with filters, its columns wide enough to read."""
    assert book.sheetnames == ["About", *TABLES]
    for name, table in join_tables(study.tables, study.run).items():
        sheet = book[name]
        header = next(sheet.iter_rows(max_row=1))
        assert [cell.value for cell in header] == list(table.columns)
        assert all(cell.font.bold for cell in header)
        assert (sheet.freeze_panes, sheet.max_row) == ("A2", len(table) + 1)
        assert sheet.auto_filter.ref == sheet.dimensions
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in header]
        assert all(
            len(cell.value) < width <= 60 or width == 60 for cell, width in zip(header, widths, strict=True)
        )


def test_numbers_are_numbers(book: Any, study: Comparison) -> None:
    """Scores and counts can be computed with; cells without a number are empty."""
    rows = list(book["portrayal"].iter_rows(values_only=True))
    scores = [row[rows[0].index("score")] for row in rows[1:]]
    assert scores == study.tables["portrayal"]["score"].tolist()
    rows = list(book["estimates"].iter_rows(values_only=True))
    column = rows[0].index("estimate")
    lacking = study.tables["estimates"]["estimate"].isna().tolist()
    assert [row[column] is None for row in rows[1:]] == lacking
    assert any(lacking)
    assert isinstance(rows[1][rows[0].index("n_units")], int)


@pytest.mark.filterwarnings("ignore:The workbook does not hold all")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_run(spoil: Callable[[str], Comparison], tmp_path: Path, text: str) -> None:
    """Whatever a title is, it opens as text: no formula, no error, no link, no file that Excel must repair."""
    path = spoil(text).export("xlsx", tmp_path / "study.xlsx")
    opened = read(path)
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type not in ("s", "n")]
    assert not [cell for cell in cells if cell.hyperlink]
    texts = [cell for cell in cells if cell.data_type == "s"]
    run = [cell for cell in texts if cell.value.startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in run)
    assert run or not text.startswith(("=", "+", "-", "@"))
    for member in zipfile.ZipFile(path).namelist():
        assert b"<f>" not in zipfile.ZipFile(path).read(member)
    titles = [
        row[next(iter(opened["articles"].values)).index("title")]
        for row in list(opened["articles"].values)[1:]
    ]
    assert len(titles) == 2
    for title in titles:
        assert len(title.encode("utf-16-le")) // 2 <= 32_767
        if "long" not in _name_of(text) and _name_of(text) not in ("control", "escape-of-excel", "newline"):
            assert title == text


def _name_of(text: str) -> str:
    return next(name for name, one in HOSTILE.items() if one == text)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("long", "cells with a text of more than 32,767 characters, of which the beginning is here"),
        ("long-emoji", "cells with a text of more than 32,767 characters, of which the beginning is here"),
        ("control", "cells with characters that a workbook cannot hold, which became \ufffd"),
    ],
)
def test_what_excel_cannot_hold_is_said(
    spoil: Callable[[str], Comparison], tmp_path: Path, name: str, line: str
) -> None:
    """One line of the first sheet says what was cut or replaced, and how often, as does one warning; there is none of other texts."""
    with pytest.warns(CrossframeWarning, match=line):
        path = spoil(HOSTILE[name]).export("xlsx", tmp_path / "study.xlsx")
    said = [text for heading, text in read(path)["About"].iter_rows(values_only=True) if heading == "Excel"]
    assert len([text for text in said if text.endswith(line)]) == 1
    sheet = read(spoil("Storm").export("xlsx", tmp_path / "plain.xlsx"))["About"]
    assert not [text for heading, text in sheet.iter_rows(values_only=True) if heading == "Excel"]


def test_a_long_table_goes_on_in_a_second_sheet(
    study: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows beyond the limit of a sheet stand in further ones, each with its header; no row is lost."""
    monkeypatch.setattr(workbook, "MAX_ROWS", 11)
    path = tmp_path / "study.xlsx"
    with pytest.warns(CrossframeWarning, match="go on in a second sheet"):
        workbook.write_workbook(path, study.tables, study.run)
    opened = read(path)
    n = len(study.tables["sentences"])
    parts = [name for name in opened.sheetnames if name.split(" ")[0] == "sentences"]
    assert parts == ["sentences", *(f"sentences {number}" for number in range(2, -(-n // 10) + 1))]
    rows = [row for part in parts for row in list(opened[part].values)[1:]]
    assert [row[next(iter(opened["sentences"].values)).index("text")] for row in rows] == list(
        study.tables["sentences"]["text"]
    )


def test_without_the_package(study: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where openpyxl is not installed, one line says how to install it, and nothing is left."""
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingPackageError, match=r'pip install "crossframe\[formats\]"'):
        study.export("xlsx", tmp_path / "study.xlsx")
    assert not list(tmp_path.iterdir())
