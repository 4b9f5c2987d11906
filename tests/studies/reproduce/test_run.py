"""Published tables made again: what is written, what is refused, and what fails."""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crossframe.cli import main
from crossframe.errors import InputError, MissingDataError, ReproductionError, UnknownNameError
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.reproduce import run as reproducing
from crossframe.studies.reproduce.rows import Reproduction, Row, tabulate_rows
from crossframe.studies.reproduce.run import (
    check_reproduced,
    list_reproductions,
    reproduce,
    reproduce_all,
    show_table,
)

ROWS = (
    Row("a", 1.25, 1.0, 0.5, "so"),
    Row("b", 2.0, None, 0.0, "not available: x of corpus y"),
    Row("c", None, 3.0),
)


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an invented table in the place of the published ones."""
    table = tabulate_rows(ROWS)
    made = Reproduction(ROWS, lambda: plot_reproduced(table, unit="points"), {"corpus": "none"})
    monkeypatch.setattr(reproducing, "_STUDIES", {"mine": ("An invented table", lambda: made)})


def test_names() -> None:
    """All that is promised can be made again; a name that is not listed is refused with those that are."""
    assert set(list_reproductions()) == {
        "alignment-benchmark", "basil-counts", "basil-outlets", "basil-quartiles", "basil-targets", "ecbplus-lemma",
        "fightin-words", "gvfc", "newsmtsc-counts", "newsmtsc-stance", "semeval2016-stance",
    }  # fmt: skip
    with pytest.raises(UnknownNameError, match="basil-counts"):
        reproduce("table-9")


def test_written(invented: None, tmp_path: Path) -> None:
    """Table, figure and run.json are written at once; an earlier folder is replaced whole."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "old").touch()
    table = reproduce("mine", out=tmp_path)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "figure.png",
        "run.json",
        "table.csv",
    ]
    assert (tmp_path / "mine" / "table.csv").read_text(encoding="utf-8") == (
        "quantity,paper,ours,difference,tolerance,note\n"
        "a,1.25,1,-0.25,0.5,so\nb,2,,,0,not available: x of corpus y\nc,,3,,,\n"
    )
    run = json.loads((tmp_path / "mine" / "run.json").read_text(encoding="utf-8"))
    assert (run["title"], run["command"], run["failed"]) == (
        "An invented table",
        "crossframe reproduce mine",
        [],
    )
    pd.testing.assert_frame_equal(table, tabulate_rows(ROWS))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_nothing_is_written_unasked(invented: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder only the table is returned."""
    monkeypatch.chdir(tmp_path)
    assert len(reproduce("mine")) == 3
    assert not list(tmp_path.iterdir())


def test_failing() -> None:
    """A difference above its tolerance is one clear line with the first row and how many more there are."""
    good = tabulate_rows(ROWS)
    check_reproduced({"good": good})
    bad = tabulate_rows([*ROWS, Row("d", 70.0, 68.0, 1.5), Row("e", 1.0, 2.0, 0.0)])
    with pytest.raises(
        ReproductionError, match=r"'bad'\. d: paper 70, ours 68; .* -2 must be at most 1\.5, and 1 more"
    ):
        check_reproduced({"good": good, "bad": bad})


def test_all_go_on_without_one(invented: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose corpus is missing is reported, the others are written, and the error comes at the end."""

    def lacking() -> Reproduction:
        raise MissingDataError("Missing file 'x'.")

    monkeypatch.setattr(reproducing, "_STUDIES", {"lacking": ("No files", lacking), **reproducing._STUDIES})
    shown: list[str] = []
    with pytest.raises(MissingDataError, match=r"1 of 2 tables \(lacking\)\. Missing file 'x'"):
        reproduce_all(out=tmp_path, show=shown.append)
    assert shown[0] == "lacking: not available. Missing file 'x'.\n"
    assert shown[1].startswith(f"mine: {tmp_path / 'mine'}")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_all_go_on_after_a_failure(
    invented: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A failing row is marked in its table, all other tables are written, and one line comes at the end with status 1."""
    rows = (Row("d", 70.0, 68.0, 1.5, "so"), Row("e", 1.0, 1.0, 0.0, "so"))
    table = tabulate_rows(rows)
    failing = Reproduction(rows, lambda: plot_reproduced(table, unit="points"), {})

    def broken() -> Reproduction:
        raise InputError("Invalid table 'x'.")

    def lacking() -> Reproduction:
        raise MissingDataError("Missing file 'x'.")

    studies = {
        "bad": ("A table that fails", lambda: failing),
        "broken": ("A table with an error", broken),
        "lacking": ("No files", lacking),
        **reproducing._STUDIES,
    }
    monkeypatch.setattr(reproducing, "_STUDIES", studies)
    with warnings.catch_warnings(), pytest.raises(SystemExit) as stop:
        main(["reproduce", "--all", "--out", str(tmp_path)])
    assert stop.value.code == 1
    assert capsys.readouterr().err == (
        "crossframe: error: Invalid reproduction 'bad'. d: paper 70, ours 68; the difference -2 must be at most 1.5. "
        "Missing corpora of 1 of 4 tables (lacking). Missing file 'x'. "
        "Errors in 1 of 4 tables (broken). Invalid table 'x'.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "mine"]
    assert (tmp_path / "bad" / "table.csv").read_text(encoding="utf-8") == (
        "quantity,paper,ours,difference,tolerance,note\n"
        'd,70,68,-2,1.5,"NOT REPRODUCED, the difference is larger than tolerated; so"\ne,1,1,0,0,so\n'
    )
    run = json.loads((tmp_path / "bad" / "run.json").read_text(encoding="utf-8"))
    assert run["failed"] == ["d"]


@pytest.mark.parametrize("kind", [str, Path])
def test_out(invented: None, tmp_path: Path, kind: type) -> None:
    """A folder is a str or a Path; anything else is one clear line, before anything is made."""
    assert len(reproduce("mine", out=kind(tmp_path / "new"))) == 3
    assert (tmp_path / "new" / "mine" / "table.csv").is_file()
    with pytest.raises(InputError, match=r"folder of results 3\. It must be a path"):
        reproduce("mine", out=3)  # type: ignore[arg-type]


def test_shown() -> None:
    """Numbers stand in columns, a missing one as a dash, and every note once below."""
    lines = show_table(tabulate_rows([*ROWS, Row("z", 1.0, 1.0, 0.5, "so")])).splitlines()
    assert lines[2].split() == ["b", "2.00", "-", "-", "0.00"]
    assert lines[5:] == ["- so: a and more", "- not available: x of corpus y: b"]


@pytest.mark.mirror
@pytest.mark.parametrize(
    "name", ["basil-counts", "basil-outlets", "basil-quartiles", "basil-targets", "gvfc", "newsmtsc-counts"]
)
def test_committed_tables_come_out_again(name: str) -> None:
    """The tables in results/reproduce that need no model are, figure by figure, what the command gives."""
    kept = pd.read_csv(Path(__file__).parents[3] / "results" / "reproduce" / name / "table.csv")
    again = reproduce(name)
    assert list(kept["quantity"]) == list(again["quantity"])
    for column in ("paper", "ours", "difference", "tolerance"):
        np.testing.assert_allclose(kept[column].astype(float), again[column].astype(float), rtol=1e-5)
