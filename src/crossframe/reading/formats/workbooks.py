"""Tables in workbooks (.xlsx, .xls), in web pages that are named so, and in Parquet, read where a broken file can do no harm."""

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.json_records import flatten
from crossframe.reading.formats.packages import import_package, refuse_damage
from crossframe.reading.formats.table_lines import Grid, Rows, make_grid
from crossframe.reading.text.html_text import parse_html, read_paragraphs

MAX_CELLS = 5_000_000
"""Cells of the largest workbook."""
MAX_UNPACKED = 300_000_000
"""Bytes of all parts of a workbook (.xlsx), unpacked."""
MAX_CHARACTERS = 1_000_000_000
"""Characters of the largest Parquet table: some bytes can stand for as many."""


def read_xlsx(file: File) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; a formula is the text it is written as."""
    openpyxl = import_package("openpyxl", "openpyxl", "a workbook (.xlsx)")
    grids = []
    with _refuse_damage(file, "workbook"):
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(file.content)).infolist())
        if size > MAX_UNPACKED:
            raise InputError(
                f"Invalid workbook {file.where!r} of {size:,} bytes unpacked. It must have at most {MAX_UNPACKED:,}."
            )
        book = openpyxl.load_workbook(
            io.BytesIO(file.content), read_only=True, data_only=False, keep_links=False
        )
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of them may be wrong
            lines = (
                (number, [_plain(cell) for cell in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            )
            grids.append(_sheet(_capped(lines, file.where), sheet.title, alone=len(book.worksheets) == 1))
    return tuple(grids)


def read_xls(file: File) -> tuple[Grid, ...]:
    """Return the sheets of an old workbook; a formula is the value that was last computed."""
    xlrd = import_package("xlrd", "xlrd", "a workbook (.xls)")
    grids = []
    with _refuse_damage(file, "workbook"):
        book = xlrd.open_workbook(file_contents=file.content, logfile=io.StringIO())
        for sheet in book.sheets():
            lines = (
                (number + 1, [_of_xls(xlrd, cell, book.datemode) for cell in sheet.row(number)])
                for number in range(sheet.nrows)
            )
            grids.append(_sheet(_capped(lines, file.where), sheet.name, alone=book.nsheets == 1))
    return tuple(grids)


def read_html_table(file: File) -> tuple[Grid, ...]:
    """Return the tables of a web page: databases name such pages .xls."""
    grids = []
    for table in parse_html(file.text).xpath("//table[not(.//table)]"):
        rows = [[_of_html(cell) for cell in row.xpath("./td|./th")] for row in table.iter("tr")]
        grids.append(_sheet(enumerate(rows, 1), "", alone=True))
    return tuple(grids)


def _of_html(cell: Any) -> str:
    """Return the text of a cell, its paragraphs between blank lines."""
    from lxml.etree import tostring

    if cell.xpath(".//br|.//p|.//div"):
        return read_paragraphs(str(tostring(cell, encoding="unicode", with_tail=False)))
    return " ".join(cell.text_content().split())


def read_parquet(file: File) -> tuple[Rows, ...]:
    """Return the rows of a Parquet table."""
    pa = import_package("pyarrow", "pyarrow", "Parquet")
    pq = import_package("pyarrow.parquet", "pyarrow", "Parquet")
    rows: list[tuple[str, dict[str, Any]]] = []
    n_characters = 0
    with _refuse_damage(file, "Parquet file"):
        table = pq.ParquetFile(pa.BufferReader(file.content))
        for batch in table.iter_batches(batch_size=1000):
            for record in batch.to_pylist():
                n_characters += sum(len(value) for value in record.values() if isinstance(value, str))
                rows.append((f"row {len(rows) + 1}", flatten(record)))
            if n_characters > MAX_CHARACTERS or len(rows) * max(len(table.schema), 1) > MAX_CELLS:
                raise InputError(f"Invalid table {file.where!r}. It is too large; give it in parts.")
    columns = dict.fromkeys(column for _, row in rows for column in row)
    return (Rows(tuple(columns), tuple(rows)),)


def _refuse_damage(file: File, kind: str) -> AbstractContextManager[None]:
    return refuse_damage(f"Invalid {kind} {file.where!r}. It is damaged; save it again or as CSV.")


def _sheet(lines: Any, name: str, *, alone: bool) -> Grid:
    of_sheet = "" if alone else f" of sheet {name!r}"
    return make_grid(((f"row {number}{of_sheet}", cells) for number, cells in lines), name=name, ragged=True)


def _capped(lines: Iterator[tuple[int, list[Any]]], where: str) -> Iterator[tuple[int, Sequence[Any]]]:
    n_cells = 0
    for number, cells in lines:
        n_cells += len(cells) or 1
        if n_cells > MAX_CELLS:
            raise InputError(
                f"Invalid table {where!r}. It has more than {MAX_CELLS:,} cells; give it in parts."
            )
        yield number, cells


def _plain(value: Any) -> Any:
    """Return a cell of openpyxl as Python has it: formulas of arrays as their text, times alone as text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | int | float | datetime.date):
        return value
    return str(getattr(value, "text", value))


def _of_xls(xlrd: Any, cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _plain(cell.value)
