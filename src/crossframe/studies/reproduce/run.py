"""Make published tables again, ours beside the paper's, and fail where a difference is larger than tolerated."""

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import storage
from crossframe._validation import check_choice, check_path
from crossframe.errors import CrossframeError, MissingDataError, ReproductionError
from crossframe.studies.reproduce.alignment import reproduce_alignment
from crossframe.studies.reproduce.basil import (
    reproduce_counts,
    reproduce_outlets,
    reproduce_quarters,
    reproduce_targets,
)
from crossframe.studies.reproduce.ecbplus import reproduce_lemma
from crossframe.studies.reproduce.gvfc import reproduce_gvfc
from crossframe.studies.reproduce.newsmtsc import reproduce_newsmtsc_counts, reproduce_newsmtsc_stance
from crossframe.studies.reproduce.rows import COLUMNS, FAILS, Reproduction, tabulate_rows
from crossframe.studies.reproduce.semeval2016 import reproduce_debates
from crossframe.studies.reproduce.wording import reproduce_wording

if TYPE_CHECKING:
    from pandas import DataFrame

_STUDIES: dict[str, tuple[str, Callable[[], Reproduction]]] = {
    "alignment-benchmark": (
        "Same-event sentence alignment on BASIL: our benchmark, its recorded table beside what the aligners give here",
        reproduce_alignment,
    ),
    "basil-counts": (
        "Fan et al. 2019, BASIL: articles, sentences and bias spans (the paper counts its first release)",
        reproduce_counts,
    ),
    "basil-outlets": (
        "Fan et al. 2019, BASIL: spans of informational and lexical bias by outlet",
        reproduce_outlets,
    ),
    "basil-quartiles": (
        "Fan et al. 2019, BASIL: spans of bias by quarter of the article",
        reproduce_quarters,
    ),
    "basil-targets": (
        "Fan et al. 2019, BASIL: targets and polarity of bias",
        reproduce_targets,
    ),
    "ecbplus-lemma": (
        "Ahmed et al. 2023, ECB+: coreference of event mentions by the lemma heuristic",
        reproduce_lemma,
    ),
    "fightin-words": (
        "Monroe et al. 2008, Fightin' Words: log-odds of words with a Dirichlet prior, Fox News and HuffPost in BASIL",
        reproduce_wording,
    ),
    "gvfc": (
        "Akyürek et al. 2020, GVFC: frames of headlines on gun violence",
        reproduce_gvfc,
    ),
    "newsmtsc-counts": (
        "Hamborg and Donnay 2021, NewsMTSC, table 1: sentences and targets",
        reproduce_newsmtsc_counts,
    ),
    "newsmtsc-stance": (
        "Hamborg and Donnay 2021, NewsMTSC, table 2: F1-macro of target-dependent sentiment",
        reproduce_newsmtsc_stance,
    ),
    "semeval2016-stance": (
        "Mohammad et al. 2016, SemEval-2016 Task 6 A: stance of tweets by n-grams, unigrams and majority",
        reproduce_debates,
    ),
}


def list_reproductions() -> dict[str, str]:
    """Return the published tables that can be made again: name and what it is.

    Returns
    -------
    dict of str to str
        Sorted by name.
    """
    return {name: title for name, (title, _) in sorted(_STUDIES.items())}


def reproduce(name: str, *, out: str | Path | None = None) -> "DataFrame":
    """Make a published table again.

    Parameters
    ----------
    name : str
        One of `list_reproductions`.
    out : str or Path, optional
        Folder in which a folder called `name` is written, at once or not at all: ``table.csv``, ``figure.png`` and
        ``run.json``. None writes nothing.

    Returns
    -------
    DataFrame
        Columns quantity, paper, ours, difference (ours less the paper's), tolerance (NaN where one side has no value, or
        nothing is held against it) and note: why the tolerance is what it is, or "not available" and the files that are
        missing. The note of a row whose difference is larger than tolerated begins with "NOT REPRODUCED".

    Raises
    ------
    UnknownNameError
        When there is no reproduction of that name.
    MissingDataError
        When a corpus that all of the table needs cannot be fetched; nothing is written then.

    Examples
    --------
    >>> list_reproductions()["basil-counts"]
    'Fan et al. 2019, BASIL: articles, sentences and bias spans (the paper counts its first release)'
    """
    title, make = _STUDIES[check_choice(name, "reproduction", _STUDIES)]
    folder = None if out is None else check_path(out, "folder of results") / name
    start = time.perf_counter()
    made = make()
    if all(row.ours is None for row in made.rows):
        raise MissingDataError(
            f"Missing corpora of {name!r}. Nothing of it can be made: {made.rows[0].note}."
        )
    if folder is not None:
        _write(folder, title, made, time.perf_counter() - start)
    return tabulate_rows(made.rows)


def reproduce_all(*, out: str | Path, show: Callable[[str], None]) -> None:
    """Make all published tables again; a table that fails or cannot be made does not stop the others.

    Parameters
    ----------
    out : str or Path
        As in `reproduce`.
    show : callable
        Takes each table, or why it could not be made, as text.

    Raises
    ------
    ReproductionError
        At the end, in one line: when a difference is larger than tolerated, with the tables that could not be made.
    MissingDataError
        At the end: when nothing but missing corpora prevented a table.
    """
    folder = check_path(out, "folder of results")
    tables: dict[str, DataFrame] = {}
    errors: dict[str, CrossframeError] = {}
    for name in _STUDIES:
        try:
            tables[name] = reproduce(name, out=folder)
        except CrossframeError as error:
            errors[name] = error
            show(f"{name}: {_reason(error)}. {error}\n")
        else:
            show(f"{name}: {folder / name}\n{show_table(tables[name])}\n")
    failures, problems = _describe_failures(tables), _describe_errors(errors)
    if failures or not all(isinstance(error, MissingDataError) for error in errors.values()):
        raise ReproductionError(" ".join(failures + problems))
    if problems:
        raise MissingDataError(" ".join(problems))


def _reason(error: CrossframeError) -> str:
    return "not available" if isinstance(error, MissingDataError) else "not made"


def _describe_errors(errors: Mapping[str, CrossframeError]) -> list[str]:
    """Return one sentence per kind of error that prevented tables: how many, which, and the first error."""
    missing = {name: error for name, error in errors.items() if isinstance(error, MissingDataError)}
    other = {name: error for name, error in errors.items() if name not in missing}
    return [
        f"{what} {len(group)} of {len(_STUDIES)} tables ({', '.join(group)}). {next(iter(group.values()))}"
        for what, group in (("Missing corpora of", missing), ("Errors in", other))
        if group
    ]


def show_table(table: "DataFrame") -> str:
    """Return a table of `reproduce` as text, every note on a line of its own below it."""
    numbers = table.drop(columns="note").to_string(index=False, na_rep="-", float_format="%.2f")
    notes = table.groupby("note", sort=False)["quantity"].agg(list)
    lines = [
        f"- {note}: {quantities[0]}{' and more' if len(quantities) > 1 else ''}"
        for note, quantities in notes.items()
        if note
    ]
    return "\n".join([numbers, *lines])


def check_reproduced(tables: "Mapping[str, DataFrame]") -> None:
    """Raise ReproductionError when a row of a table, by name, differs from the paper by more than its tolerance."""
    for line in _describe_failures(tables):
        raise ReproductionError(line)


def _describe_failures(tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return one sentence on the first failing row and the number of the others; nothing where none fails."""
    failing = [
        (name, row)
        for name, table in tables.items()
        for row in table[table["note"].str.startswith(FAILS)].itertuples()
    ]
    if not failing:
        return []
    name, row = failing[0]
    more = f", and {len(failing) - 1} more rows" if len(failing) > 1 else ""
    return [
        f"Invalid reproduction {name!r}. {row.quantity}: paper {row.paper:g}, ours {row.ours:.6g}; the difference "
        f"{row.difference:+.4g} must be at most {row.tolerance:g}{more}."
    ]


def _write(folder: Path, title: str, made: Reproduction, seconds: float) -> None:
    from crossframe.showing.plots.drawing import save_figure

    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    try:
        rows = [
            [row.quantity, *map(_shown, (row.paper, row.ours, row.difference, row.tolerance)), row.remark]
            for row in made.rows
        ]
        storage.write_csv(part / "table.csv", COLUMNS, rows)
        save_figure(made.draw().figure, part / "figure.png")
        run = {
            "name": folder.name,
            "title": title,
            "command": f"crossframe reproduce {folder.name}",
            "used": made.used,
            "failed": [row.quantity for row in made.rows if row.fails],
            "seconds": round(seconds, 1),
            "environment": storage.describe_environment(),
        }
        storage.write_json(part / "run.json", run)
        part.chmod(0o755)
        storage.replace_folder(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _shown(value: float | None) -> float | None:
    """Return a number to six digits, without a point where it is whole."""
    rounded = None if value is None else float(f"{value:.6g}")
    return rounded if rounded is None or not rounded.is_integer() else int(rounded)
