"""Exports are written at once or not at all, where nothing is; what cannot be is one line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.cli import main
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.exports.export import EXPORTS

RESULTS = Path(__file__).parents[3] / "results" / "georgia-2008"
PLACES = {name: f"study{one.suffixes[0]}" if one.suffixes else "study" for name, one in EXPORTS.items()}


def read_all(path: Path) -> str:
    """Return what an export says outside of its tables: a text file, the texts beside the tables, or the first sheet."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        rows = load_workbook(path)["About"].iter_rows(values_only=True)
        return "\n".join(" ".join(map(str, row)) for row in rows)
    return (path / "about.txt" if path.is_dir() else path).read_text(encoding="utf-8")


@pytest.mark.parametrize("to", EXPORTS)
def test_every_export_says_what_it_is(
    study: Comparison, of_events: Comparison, tmp_path: Path, to: str
) -> None:
    """Model and set, number of events, whether people checked, version, and what may not be inferred stand in each."""
    said = read_all(study.export(to, tmp_path / PLACES[to]))
    for part in (
        "udged by a model, stance-news of the model set small, not by people",
        "1 event",
        "127 of portrayal",
    ):
        assert part in said
    assert "crossframe 0.2.0" in said
    assert "One event is a case, not a sample" in said
    assert "does not say whether people gave them" in said
    said = read_all(of_events.export(to, tmp_path / f"more-{PLACES[to]}"))
    assert "2 events" in said
    assert "Nobody checked these judgements" in said
    assert "One event is a case" not in said


@pytest.mark.parametrize("to", EXPORTS)
def test_a_place_that_is_taken_stays_as_it_is(study: Comparison, tmp_path: Path, to: str) -> None:
    """A file, a link to nowhere and a folder with something in it are refused and not touched; nothing is left beside them."""
    taken = tmp_path / PLACES[to]
    if EXPORTS[to].suffixes:
        taken.write_text("mine")
    else:
        taken.mkdir()
        (taken / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match=r"exists; name a (file|folder) that is"):
        study.export(to, taken)
    link = tmp_path / f"link-{PLACES[to]}"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="exists"):
        study.export(to, link)
    assert (taken if taken.is_file() else taken / "mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([taken.name, link.name])


@pytest.mark.parametrize("to", EXPORTS)
def test_a_failure_leaves_nothing(
    study: Comparison, tmp_path: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where writing fails half-way, there is neither a file nor a folder."""

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("crossframe.studies.exports.export._flush", fail)
    with pytest.raises(OSError, match="disk full"):
        study.export(to, tmp_path / PLACES[to])
    assert not list(tmp_path.iterdir())


def test_places(study: Comparison, tmp_path: Path) -> None:
    """A file goes into a folder that is there, under the name of the results; folders that are empty are filled, new ones made."""
    named = Comparison(study.tables, study.run, tmp_path / "mine")
    assert named.export("latex", tmp_path) == tmp_path / "mine.tex"
    assert named.export("methods") == tmp_path / "mine-methods.txt"
    assert named.export("methods", tmp_path / "a" / "b" / "paper.md").is_file()
    (tmp_path / "empty").mkdir()
    assert (named.export("csv-readable", tmp_path / "empty") / "portrayal.csv").is_file()
    assert named.export("parquet") == tmp_path / "mine-parquet"
    assert (tmp_path / "mine-parquet").stat().st_mode & 0o055
    assert named.export("latex", tmp_path / "new") == tmp_path / "new" / "mine.tex"
    with pytest.raises(InputError, match="Missing place"):
        study.export("xlsx")


@pytest.mark.parametrize(
    ("to", "out", "message"),
    [
        (
            "excel",
            "study.xlsx",
            "Invalid format 'excel'. It must be one of: csv-readable, latex, methods, parquet, xlsx",
        ),
        ("xslx", "study.xlsx", "Did you mean 'xlsx'"),
        ("", "study.xlsx", "Invalid format"),
        ("xlsx", "study.xls", "must end in .xlsx"),
        ("csv-readable", "study.csv", "several files: name a folder"),
        ("parquet", "study.parquet", "several files: name a folder"),
        ("latex", "study.pdf", "must end in .tex"),
        ("methods", "study.docx", "must end in .txt or .md"),
        ("csv-readable", "file.txt/study", "is a file"),
    ],
)
def test_bad_arguments(study: Comparison, tmp_path: Path, to: str, out: str, message: str) -> None:
    """What cannot be exported is said in one line, with what would be accepted."""
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(CrossframeError) as error:
        study.export(to, tmp_path / out)
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def _no_run(folder: Path) -> None:
    (folder / "run.json").unlink()


def _broken_run(folder: Path) -> None:
    (folder / "run.json").write_text('{"corpus": ', encoding="utf-8")


def _run_is_a_list(folder: Path) -> None:
    (folder / "run.json").write_text("[]", encoding="utf-8")


def _alter_run(folder: Path, **values: object) -> None:
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(run | values), encoding="utf-8")


def _labels_are_a_text(folder: Path) -> None:
    _alter_run(folder, labels="some")


def _notes_are_a_text(folder: Path) -> None:
    _alter_run(folder, notes="a note")


def _titles_are_a_list(folder: Path) -> None:
    _alter_run(folder, event_titles=["one"])


def _no_table(folder: Path) -> None:
    (folder / "tables" / "quotes.csv").unlink()


def _empty_table(folder: Path) -> None:
    (folder / "tables" / "quotes.csv").write_bytes(b"")


def _replace(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / "tables" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _older_columns(folder: Path) -> None:
    _replace(folder, "articles", ",misfit", ",doubt")


def _text_for_a_number(folder: Path) -> None:
    _replace(folder, "portrayal", ",0.1024,", ",much,")


def _part_of_a_number(folder: Path) -> None:
    _replace(folder, "sentences", ",0,0,44,", ",0,0,44.5,")


def _no_offset(folder: Path) -> None:
    _replace(folder, "sentences", ",0,0,44,", ",0,,44,")


def _binary_table(folder: Path) -> None:
    (folder / "tables" / "sentences.csv").write_bytes(bytes(range(256)) * 20)


def _cut_table(folder: Path) -> None:
    path = folder / "tables" / "sentences.csv"
    path.write_bytes(path.read_bytes()[:1999] + b'"')


def _unknown_quantity(folder: Path) -> None:
    _replace(folder, "estimates", "claim_contrast,", "contrast_of_old,")


@pytest.mark.parametrize(
    "damage",
    [
        _no_run, _broken_run, _run_is_a_list, _labels_are_a_text, _notes_are_a_text, _titles_are_a_list, _no_table,
        _empty_table, _older_columns, _text_for_a_number, _part_of_a_number, _no_offset, _binary_table, _cut_table,
        _unknown_quantity,
    ],
)  # fmt: skip
def test_results_that_are_damaged_or_older_are_one_line(
    damage: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A results folder that another version wrote, or that is damaged, is one line with exit code 1, and nothing is written."""
    folder = tmp_path / "results"
    shutil.copytree(RESULTS, folder, ignore=shutil.ignore_patterns("figures", "report.html"))
    damage(folder)
    with pytest.raises(SystemExit) as stop:
        main(["export", str(folder), "--to", "csv-readable", "--out", str(tmp_path / "out")])
    error = capsys.readouterr().err
    assert stop.value.code == 1, error
    assert error.startswith("crossframe: error: ")
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("results", ["nowhere", "."])
def test_results_that_are_none(results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is none, or that no comparison wrote, is one line."""
    with pytest.raises(SystemExit) as stop:
        main(["export", str(tmp_path / results), "--to", "xlsx"])
    assert stop.value.code == 1
    assert "must hold run.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("to", "name"), [("latex", "x.latex"), ("xlsx", "x.csv"), ("word", "x.docx"), ("parquet", "x.zip")]
)
def test_a_wrong_place_is_refused_first(
    to: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with format and place is said before the tables are read, which takes long: here, they are none."""
    with pytest.raises(SystemExit) as stop:
        main(["export", str(tmp_path), "--to", to, "--out", str(tmp_path / name)])
    assert stop.value.code == 1
    assert (
        "must end in" in (error := capsys.readouterr().err) or "folder" in error or "Invalid format" in error
    )


def test_the_command_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints what it wrote."""
    with pytest.raises(SystemExit) as stop:
        main(["export", str(RESULTS), "--to", "methods", "--out", str(tmp_path / "methods.txt")])
    assert stop.value.code == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "methods.txt")


def test_an_older_run_is_exported(study: Comparison, tmp_path: Path) -> None:
    """A run.json that lacks what later versions write gives exports that claim less."""
    old = Comparison(study.tables, {"configuration": {}})
    for to in EXPORTS:
        said = read_all(old.export(to, tmp_path / to / PLACES[to]))
        assert "stance-news" not in said
        assert "does not say whether judgements were checked" in said
    with pytest.raises(UnknownNameError):
        old.export("doc", tmp_path / "x")
