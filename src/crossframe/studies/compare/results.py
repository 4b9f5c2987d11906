"""The results folder of a study: written all or nothing, read again, drawn again."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.studies.compare.configuration import locate_paths, read_run, relate_paths

if TYPE_CHECKING:
    from pandas import DataFrame


def check_folder(out: str | Path) -> Path:
    """Return the results folder `out`; refuse a file, and a folder with files that no comparison wrote."""
    folder = check.check_path(out, "results folder")
    file = next((path for path in (folder, *folder.parents) if path.is_file()), None)
    if file is not None:
        where = "It" if file == folder else repr(str(file))
        raise InputError(f"Invalid results folder {str(folder)!r}. {where} is a file; name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "run.json").is_file():
        raise InputError(
            f"Invalid results folder {str(folder)!r}. It holds files that no comparison wrote; name a new or empty folder."
        )
    return folder


def read_results(folder: str | Path) -> "tuple[dict[str, DataFrame], dict[str, Any]]":
    """Return tables and run.json of a results folder, paths in its configuration absolute.

    Parameters
    ----------
    folder : str or Path
        What `write_results` wrote.

    Raises
    ------
    InputError
        When the folder lacks run.json or a table, or a table lacks a column.
    """
    from crossframe.showing.tables.files import read_tables

    folder = check.check_path(folder, "results folder")
    if not (folder / "run.json").is_file():
        raise InputError(
            f"Invalid results folder {str(folder)!r}. It must hold run.json and tables/, as compare writes."
        )
    run = read_run(folder / "run.json")
    located = run | {"configuration": locate_paths(run["configuration"], folder)}
    return read_tables(folder / "tables"), located


def write_results(
    folder: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], *, draw: bool = True
) -> None:
    """Write tables, run.json and, if they are to be drawn, figures and page, all or nothing.

    Parameters
    ----------
    folder : Path
        As `check_folder` returned it: new, empty, or of an earlier comparison.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        For run.json, in which paths become relative to the folder.
    draw : bool
        Whether figures and page are made.
    """
    from crossframe.showing.tables.files import write_tables

    def write(work: Path) -> None:
        write_tables(work / "tables", tables)
        configuration = relate_paths(run.get("configuration", {}), folder)
        storage.write_json(work / "run.json", {**run, "configuration": configuration})
        if draw:
            storage.write_text(work / "report.html", draw_page(tables, run, work / "figures"))

    _write_parts(folder, write)


def render(folder: str | Path) -> None:
    """Draw figures and page of a results folder again from its tables.

    Parameters
    ----------
    folder : str or Path
        Results folder.
    """
    tables, run = read_results(folder)
    _write_parts(
        Path(folder),
        lambda work: storage.write_text(work / "report.html", draw_page(tables, run, work / "figures")),
    )


def draw_page(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], figures: Path) -> str:
    """Draw the figures into the folder `figures` and return the page with the figures inside.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        As in run.json.
    figures : Path
        Folder for the figures.
    """
    from crossframe.showing.html.page import render_page
    from crossframe.showing.plots.study_figures import draw_figures, save_figures

    drawn = draw_figures(tables)
    save_figures(figures, drawn)
    return render_page(tables, run, drawn)


def _write_parts(folder: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a folder beside `folder`, then put what it holds in the place of the parts that `folder` has."""
    with storage.make_work_folder(folder) as work:
        write(work)
        folder.mkdir(exist_ok=True)
        for part in sorted(work.iterdir(), key=lambda one: (one.name == "run.json", one.name)):
            if part.is_dir():
                storage.replace_folder(part, folder / part.name)
            else:
                part.replace(folder / part.name)
