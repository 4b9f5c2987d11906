"""Make published tables again, ours beside the paper's, and fail where a difference is larger than tolerated."""

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import MissingDataError, ReproductionError
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
from crossframe.studies.reproduce.rows import COLUMNS, Reproduction, tabulate_rows
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
        "ECB+: coreference of event mentions by the same-lemma heuristic",
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


def reproduce(name: str, *, out: Path | None = None) -> "DataFrame":
    """Make a published table again.

    Parameters
    ----------
    name : str
        One of `list_reproductions`.
    out : Path, optional
        Folder in which a folder called `name` is written, at once or not at all: ``table.csv``, ``figure.png`` and
        ``run.json``. None writes nothing.

    Returns
    -------
    DataFrame
        Columns quantity, paper, ours, difference (ours less the paper's), tolerance (NaN where one side has no figure, or
        nothing is held against it) and note: why the tolerance is what it is, or "not available" and the files that are
        not to be had.

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
    start = time.perf_counter()
    made = make()
    if all(row.ours is None for row in made.rows):
        raise MissingDataError(
            f"Missing corpora of {name!r}. Nothing of it can be made: {made.rows[0].note}."
        )
    table = tabulate_rows(made.rows)
    if out is not None:
        _write(out / name, title, made, time.perf_counter() - start)
    return table


def reproduce_all(*, out: Path, show: Callable[[str], None]) -> None:
    """Make all published tables again; where a corpus cannot be had, its table is left out and the others go on.

    Parameters
    ----------
    out : Path
        As in `reproduce`.
    show : callable
        Takes what is made, or why it is not, as text: table by table.

    Raises
    ------
    ReproductionError
        At the end: when a difference is larger than tolerated.
    MissingDataError
        At the end: when a table could not be made for want of its corpus.
    """
    tables, missing = {}, {}
    for name in _STUDIES:
        try:
            tables[name] = reproduce(name, out=out)
        except MissingDataError as error:
            missing[name] = error
            show(f"{name}: not available. {error}\n")
        else:
            show(f"{name}: {out / name}\n{show_table(tables[name])}\n")
    check_reproduced(tables)
    if missing:
        raise MissingDataError(
            f"Missing corpora of {len(missing)} of {len(_STUDIES)} tables ({', '.join(missing)}). "
            f"{next(iter(missing.values()))}"
        )


def show_table(table: "DataFrame") -> str:
    """Return a table of `reproduce` as text, notes in a line of their own below it."""
    numbers = table.drop(columns="note").to_string(index=False, na_rep="-", float_format="%.2f")
    notes = table.groupby("note", sort=False)["quantity"].agg(list)
    told = [
        f"- {note}: {quantities[0]}{' and more' if len(quantities) > 1 else ''}"
        for note, quantities in notes.items()
        if note
    ]
    return "\n".join([numbers, *told])


def check_reproduced(tables: "Mapping[str, DataFrame]") -> None:
    """Raise ReproductionError when a row of a table, by name, differs from the paper by more than its tolerance."""
    wrong = [
        (name, row)
        for name, table in tables.items()
        for row in table[table["difference"].abs() > table["tolerance"] + 1e-9].itertuples()
    ]
    if wrong:
        name, row = wrong[0]
        more = f", and {len(wrong) - 1} more rows" if len(wrong) > 1 else ""
        raise ReproductionError(
            f"Invalid reproduction {name!r}. {row.quantity}: paper {row.paper:g}, ours {row.ours:.6g}; the difference "
            f"{row.difference:+.4g} must be at most {row.tolerance:g}{more}."
        )


def _write(folder: Path, title: str, made: Reproduction, seconds: float) -> None:
    from crossframe.showing.plots.drawing import save_figure

    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    try:
        rows = [
            [row.quantity, *map(_shown, (row.paper, row.ours, row.difference, row.tolerance)), row.note]
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
