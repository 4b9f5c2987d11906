"""Export a finished comparison: the format is chosen, the place checked, the file or folder written at once or not at all."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.studies.exports.about import check_run
from crossframe.studies.exports.flat_files import write_csv_files, write_parquet_files
from crossframe.studies.exports.latex import write_latex
from crossframe.studies.exports.methods import write_methods
from crossframe.studies.exports.workbook import write_workbook

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Export:
    """A format of exports.

    Parameters
    ----------
    write : callable
        Given a path, tables and run.json, writes a file there, or a folder.
    suffixes : tuple of str
        Endings that a file may have, the default first; empty: a folder is written.
    addition : str
        Ends the name of a results folder for the default place.
    """

    write: Callable[[Path, "Mapping[str, DataFrame]", Mapping[str, Any]], None]
    suffixes: tuple[str, ...] = ()
    addition: str = ""

    def default(self, folder: Path) -> Path:
        """Return the place beside a results folder that is taken where none is named."""
        return folder.with_name(f"{folder.name}{self.addition}{self.suffixes[0] if self.suffixes else ''}")


EXPORTS = {
    "xlsx": Export(write_workbook, (".xlsx",)),
    "parquet": Export(write_parquet_files, addition="-parquet"),
    "csv-readable": Export(write_csv_files, addition="-csv"),
    "latex": Export(write_latex, (".tex",)),
    "methods": Export(write_methods, (".txt", ".md"), addition="-methods"),
}
"""Formats by name."""
_FILES = (".csv", ".parquet", ".txt", ".zip")
"""Endings that no folder has whose name is meant so."""


def export_study(
    tables: "Mapping[str, DataFrame]",
    run: Mapping[str, Any],
    to: str,
    out: str | Path | None,
    *,
    folder: Path | None = None,
) -> Path:
    """Write a study in a format for other programs and papers.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.
    to : {"xlsx", "parquet", "csv-readable", "latex", "methods"}
        The format.
    out : str, Path or None
        A file that is not there yet, or a folder, in which it gets the name of the results; where the format is several files, a
        folder that is new or empty. None takes a place beside `folder`.
    folder : Path or None
        The results folder.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    UnknownNameError
        When there is no such format.
    InputError
        When the place is taken or is none, or the results are damaged.
    MissingPackageError
        When a package that the format needs is not installed.
    """
    path = choose_place(to, out, folder)
    check_run(run)
    if folder is not None:
        _check_rows(tables, run, folder)
    with storage.make_work_folder(path) as work:
        part = work / path.name
        EXPORTS[to].write(part, tables, run)
        _flush(part)
        os.replace(part, path)  # noqa: PTH105
    return path


def _check_rows(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], folder: Path) -> None:
    """Refuse a results folder whose tables have not the rows that its run.json counts: one of them was cut or edited."""
    counts = run.get("rows", {})
    for name, table in tables.items():
        if name in counts and counts[name] != len(table):
            raise InputError(
                f"Invalid table {str(folder / 'tables' / name)!r}. It has {len(table)} rows, and run.json counts {counts[name]}: "
                "it was changed since compare wrote it; compare again."
            )


def choose_place(to: str, out: str | Path | None, folder: Path | None) -> Path:
    """Return where an export goes, checked before any table is read.

    Parameters
    ----------
    to, out, folder
        As those of `export_study`.

    Raises
    ------
    UnknownNameError
        When there is no such format.
    InputError
        When the place is taken, or its ending says that it is something else.
    """
    export = EXPORTS[check.check_choice(to, "format", EXPORTS)]
    if out is None and folder is None:
        raise InputError(
            "Missing place of the export. Name a file or folder: the comparison is in no folder."
        )
    name = folder.resolve() if folder is not None else Path("study")
    path = export.default(name) if out is None else check.check_path(out, "place of the export")
    if export.suffixes and (path.is_dir() or not (path.suffix or path.exists())):
        path = path / export.default(name).name
    above = next((one for one in path.parents if one.exists()), path.parent)
    if above.is_file():
        raise InputError(f"Invalid place {str(path)!r}. {str(above)!r} is a file; name a place in a folder.")
    if path.is_dir() and not export.suffixes and not any(path.iterdir()):
        return path
    if path.exists() or path.is_symlink():
        kind = "a folder that is new or empty" if not export.suffixes else "a file that is not there yet"
        raise InputError(f"Invalid place {str(path)!r}. It exists; name {kind}.")
    if export.suffixes and path.suffix.lower() not in export.suffixes:
        endings = " or ".join(export.suffixes)
        raise InputError(f"Invalid file {str(path)!r}. It must end in {endings}, or be a folder.")
    if not export.suffixes and path.suffix.lower() in _FILES:
        raise InputError(f"Invalid place {str(path)!r}. The format is several files: name a folder.")
    return path


def _flush(part: Path) -> None:
    """Flush a file, or all files of a folder, to disk."""
    for path in sorted(part.iterdir()) if part.is_dir() else [part]:
        with path.open("rb") as file:
            os.fsync(file.fileno())
