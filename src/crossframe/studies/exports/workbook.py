"""The joined tables as an Excel workbook: one sheet per table, none of whose cells is run, after a sheet on what they are."""

import math
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe.errors import CrossframeWarning, MissingPackageError
from crossframe.showing.tables.schema import INTEGERS, NUMBERS, SCORES
from crossframe.studies.exports.about import describe_export, describe_tables
from crossframe.studies.exports.joined import join_tables

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_ROWS, MAX_CHARACTERS = 1_048_576, 32_767
"""Of a sheet, with its header; of a cell, in units of UTF-16. Microsoft, Excel specifications and limits."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as the code of a character; it is written with an escape itself (ISO 29500-1, 22.9.2.19)."""
_MIN_WIDTH, _MAX_WIDTH, _N_SAMPLED = 9, 60, 200
_SCORE = "0.0000"


def write_workbook(path: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
    """Write the joined tables as an Excel workbook.

    Parameters
    ----------
    path : Path
        Of the file.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.

    Raises
    ------
    MissingPackageError
        When openpyxl is not installed.

    Warns
    -----
    CrossframeWarning
        Once, where Excel cannot hold something as it is.

    Notes
    -----
    The first sheet, About, says what a reader must know, and what Excel could not hold: of a longer text the beginning stands in
    the cell, characters that a workbook cannot hold become U+FFFD, and a table of more rows goes on in a second sheet. Texts
    are stored as texts, whatever they begin with.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingPackageError(
            "Missing package 'openpyxl' for xlsx. Install it: pip install \"crossframe[formats]\"."
        ) from None
    book = Workbook(write_only=True)
    book.properties.creator = "crossframe"
    about = book.create_sheet("About")
    changes: Counter[str] = Counter()
    for name, table in join_tables(tables, run).items():
        starts = range(0, max(len(table), 1), MAX_ROWS - 1)
        for number, start in enumerate(starts, 1):
            sheet = book.create_sheet(name if number == 1 else f"{name} {number}")
            _fill_sheet(sheet, table.iloc[start : start + MAX_ROWS - 1], changes)
        changes["tables that go on in a second sheet, for one holds 1,048,576 rows"] += len(starts) > 1
    facts = describe_export(tables, run)
    lost = [("Excel", f"{count:,} {what}") for what, count in changes.items() if count]
    sheets = [(f"Sheet {name}", text) for name, text in describe_tables(tables)]
    _fill_about(about, [*facts, *lost, *sheets])
    book.save(path)
    if lost:
        warnings.warn(
            f"The workbook does not hold all as it is: {'; '.join(text for _, text in lost)}. The formats csv-readable and parquet "
            "do.",
            CrossframeWarning,
            stacklevel=2,
        )


def _fill_about(sheet: Any, facts: Iterable[tuple[str, str]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 110
    for heading, text in facts:
        row = [WriteOnlyCell(sheet), WriteOnlyCell(sheet)]
        for cell, value in zip(row, (heading, text), strict=True):
            _set_text(cell, value, Counter())
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        row[0].font = Font(bold=True)
        sheet.append(row)


def _fill_sheet(sheet: Any, table: "DataFrame", changes: Counter[str]) -> None:
    """Write a table: its header bold, frozen and with filters, its columns as wide as what they hold."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = [str(column) for column in table.columns]
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    for letter, column in zip(letters, columns, strict=True):
        longest = max(map(len, map(str, table[column].head(_N_SAMPLED))), default=0)
        sheet.column_dimensions[letter].width = min(max(longest, len(column) + 2, _MIN_WIDTH), _MAX_WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters[-1]}{len(table) + 1}"
    header = []
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    numeric = SCORES | NUMBERS | INTEGERS
    kinds = [(column in numeric, column in SCORES) for column in columns]
    values = table.astype(object).where(table.notna(), None)
    for row in values.itertuples(index=False, name=None):
        sheet.append(
            [
                _number_cell(sheet, value, is_score) if is_number else _text_cell(sheet, value, changes)
                for value, (is_number, is_score) in zip(row, kinds, strict=True)
            ]
        )


def _number_cell(sheet: Any, value: Any, is_score: bool) -> Any:
    """Return a number as a cell holds it; None where there is none, or where it is not finite."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or not math.isfinite(value):
        return None
    if not is_score:
        return int(value) if float(value).is_integer() else float(value)
    cell = WriteOnlyCell(sheet, value=float(value))
    cell.number_format = _SCORE
    return cell


def _text_cell(sheet: Any, value: str | None, changes: Counter[str]) -> Any:
    """Return a text as a cell holds it; None where there is none."""
    from openpyxl.cell import WriteOnlyCell

    if not value:
        return None
    cell = WriteOnlyCell(sheet)
    _set_text(cell, str(value), changes)
    return cell


def _set_text(cell: Any, text: str, changes: Counter[str]) -> None:
    """Put a text into a cell as a text: never a formula, an error or a number."""
    held, n_replaced = _NOT_IN_XML.subn("\ufffd", text)
    held = _ESCAPE.sub("_x005F_", held)
    if 2 * len(held) > MAX_CHARACTERS and len(held.encode("utf-16-le")) // 2 > MAX_CHARACTERS:
        held = held.encode("utf-16-le")[: 2 * (MAX_CHARACTERS - 2)].decode("utf-16-le", "ignore") + "…"
        changes[
            f"cells with a text of more than {MAX_CHARACTERS:,} characters, of which the beginning is here"
        ] += 1
    changes["cells with characters that a workbook cannot hold, which became \ufffd"] += n_replaced > 0
    cell.value = held
    cell.data_type = "s"
    # A quotation prefix keeps Excel from running the text as a formula when somebody edits the cell and leaves it.
    if held.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
