"""The tables of a study as CSV files: written with fixed formats, read back with their types."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.showing.tables.schema import ADDED, INTEGERS, NUMBERS, SCORES, TABLES, typed_column

if TYPE_CHECKING:
    from pandas import DataFrame


def csv_value(value: Any, column: str) -> object:
    """Return what a CSV file holds for the value of a column: numbers with fixed formats, None where there is nothing."""
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if column in SCORES:
        return _Plain(f"{value:.4f}")
    if column in NUMBERS:
        return _Plain(f"{value:.6g}")
    return int(value) if column in INTEGERS else str(value)


class _Plain:
    """A number already formatted: not a text that a spreadsheet could take for a formula."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def write_tables(folder: Path, tables: "Mapping[str, DataFrame]") -> None:
    """Write every table to `folder` as CSV.

    Parameters
    ----------
    folder : Path
        Created where it is new.
    tables : mapping of str to DataFrame
        With the columns of `TABLES`; empty ones keep their header.

    Raises
    ------
    InputError
        When a table is missing or has other columns.
    """
    for name, columns in TABLES.items():
        if name not in tables or tuple(tables[name].columns) != columns:
            given = list(tables[name].columns) if name in tables else None
            raise InputError(
                f"Invalid columns {given!r} of table {name!r}. They must be {', '.join(columns)}."
            )
        rows = [
            [csv_value(value, column) for column, value in zip(columns, row, strict=True)]
            for row in tables[name].itertuples(index=False, name=None)
        ]
        storage.write_csv(folder / f"{name}.csv", columns, rows)


def read_tables(folder: Path) -> "dict[str, DataFrame]":
    """Return the tables in `folder`, typed as they were written.

    Parameters
    ----------
    folder : Path
        ``tables/`` of a results folder.

    Returns
    -------
    dict of str to DataFrame
        Every table of `TABLES`.

    Raises
    ------
    InputError
        When a table is missing, lacks a column, or has a cell that its column cannot hold.
    """
    return {name: _read(folder / f"{name}.csv", name) for name in TABLES}


def _read(path: Path, name: str) -> "DataFrame":
    import pandas as pd

    if not path.is_file():
        raise InputError(
            f"Missing table {str(path)!r}. A results folder holds every table that compare writes."
        )
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise InputError(f"Invalid table {str(path)!r}: {error}.") from None
    for column in sorted(ADDED.intersection(TABLES[name]).difference(table.columns)):
        table[column] = ""
    check.check_columns(list(table.columns), TABLES[name], str(path))
    table = table[list(TABLES[name])]
    return pd.DataFrame(
        {column: _type_cells(cells, column, path) for column, cells in table.items()},
        columns=list(TABLES[name]),
    )


def _type_cells(cells: Any, column: str, path: Path) -> Any:
    """Return the cells of a column with its type; a number that is none, or is lacking where there must be one, is refused."""
    import pandas as pd

    if column not in SCORES | NUMBERS | INTEGERS:
        return cells.map(storage.text_of_cell).astype(object)
    numbers = pd.to_numeric(cells.where(cells != ""), errors="coerce")
    is_whole = column in INTEGERS and path.stem != "frames"
    wrong = numbers.isna() & (cells != "") | (is_whole & ((cells == "") | (numbers % 1 != 0)))
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise InputError(
            f"Invalid cell {check.shorten(cells.iloc[row])} in column {column!r} of table {str(path)!r}, row {row + 1}. It must "
            f"be a {'whole ' if is_whole else ''}number."
        )
    return typed_column(numbers, column)
