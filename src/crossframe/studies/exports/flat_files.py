"""One file per table: CSV for people and other programs, Parquet without loss."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.showing.tables.files import csv_value
from crossframe.studies.exports.about import describe_export, describe_tables, format_facts
from crossframe.studies.exports.joined import join_tables

if TYPE_CHECKING:
    from pandas import DataFrame

ABOUT = "about.txt"


def write_csv_files(folder: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
    """Write the joined tables as CSV (UTF-8) and what a reader must know as ``about.txt``.

    Parameters
    ----------
    folder : Path
        New.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.
    """
    joined = join_tables(tables, run)
    for name, table in joined.items():
        columns = [str(column) for column in table.columns]
        rows = [
            [csv_value(value, column) for column, value in zip(columns, row, strict=True)]
            for row in table.itertuples(index=False, name=None)
        ]
        storage.write_csv(folder / f"{name}.csv", columns, rows)
    marked = (
        "Cells",
        "A text that a spreadsheet would take for a formula has an apostrophe in front; the xlsx and parquet exports have it "
        "without.",
    )
    storage.write_text(
        folder / ABOUT, format_facts([*describe_export(tables, run), marked, *describe_tables(tables)])
    )


def write_parquet_files(folder: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
    """Write the joined tables as Parquet, each with what a reader must know in its metadata, and as ``about.txt``.

    Parameters
    ----------
    folder : Path
        New.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.
    """
    import pyarrow
    from pyarrow import parquet

    facts = describe_export(tables, run)
    folder.mkdir(parents=True)
    about = json.dumps(facts, ensure_ascii=False).encode()
    for name, table in join_tables(tables, run).items():
        columns = pyarrow.Table.from_pandas(_with_texts(table), preserve_index=False)
        metadata = {**(columns.schema.metadata or {}), b"crossframe": about}
        parquet.write_table(columns.replace_schema_metadata(metadata), folder / f"{name}.parquet")
    storage.write_text(folder / ABOUT, format_facts([*facts, *describe_tables(tables)]))


def _with_texts(table: "DataFrame") -> "DataFrame":
    """Return a table whose columns of text are typed so, also where it has no rows."""
    texts = [column for column in table.columns if table[column].dtype == object]
    return table.astype(dict.fromkeys(texts, "string"))
