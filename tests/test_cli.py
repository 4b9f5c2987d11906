"""The command line: exit codes, one line for every bad input, and nothing half made."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from crossframe.cli import main

LIGHT = ("--encoder", "tfidf", "--stance-model", "stance-lexicon")


def run(*arguments: str | Path) -> int:
    """Run the command line in this process and return its exit code."""
    with pytest.raises(SystemExit) as stop:
        main([str(one) for one in arguments])
    code = stop.value.code
    return code if isinstance(code, int) else 0


def snapshot(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def replace(path: Path, old: str, new: str) -> None:
    """Replace `old` by `new` in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _no_outlet(corpus: Path) -> None:
    replace(corpus / "articles" / "bridge" / "herald-1.md", 'outlet = "herald"\n', "")


def _broken_front_matter(corpus: Path) -> None:
    replace(corpus / "articles" / "bridge" / "herald-1.md", "+++\n\n", "\n")


def _binary_article(corpus: Path) -> None:
    (corpus / "articles" / "bridge" / "herald-1.md").write_bytes(bytes(range(256)) * 40)


def _unknown_actor(corpus: Path) -> None:
    (corpus / "gold").mkdir()
    table = "article\tstart\tend\tactor\tkind\nherald-1\t0\t6\tnobody\tname\n"
    (corpus / "gold" / "mentions.tsv").write_text(table, encoding="utf-8")


def _duplicate_id(corpus: Path) -> None:
    source = corpus / "articles" / "bridge" / "herald-1.md"
    (corpus / "articles" / "other").mkdir()
    copy = corpus / "articles" / "other" / "herald-1.md"
    copy.write_text(
        source.read_text(encoding="utf-8").replace('event = "bridge"', 'event = "other"'), encoding="utf-8"
    )


def _path_in_id(corpus: Path) -> None:
    replace(corpus / "articles" / "bridge" / "herald-1.md", 'id = "herald-1"', 'id = "../herald"')


def _empty_article(corpus: Path) -> None:
    path = corpus / "articles" / "bridge" / "herald-1.md"
    path.write_text(path.read_text(encoding="utf-8").rpartition("+++")[0] + "+++\n", encoding="utf-8")


def _bad_toml(corpus: Path) -> None:
    (corpus / "corpus.toml").write_text("name = \n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_outlet, "Missing field 'outlet'"),
        (_broken_front_matter, "two lines of '+++'"),
        (_binary_article, "must be UTF-8"),
        (_unknown_actor, "Unknown actor 'nobody'"),
        (_duplicate_id, "Duplicate article id 'herald-1'"),
        (_path_in_id, "Invalid article id '../herald'"),
        (_empty_article, "Invalid text"),
        (_bad_toml, "Invalid TOML"),
    ],
)
def test_a_spoilt_corpus_is_one_line_and_changes_nothing(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: object, said: str
) -> None:
    """A fault in a corpus is one clear line and exit code 1; earlier results stay as they were."""
    results = tmp_path / "results"
    assert run("compare", small, "--out", results, *LIGHT) == 0
    before = snapshot(results)
    spoil(small)  # type: ignore[operator]
    capsys.readouterr()
    assert run("compare", small, "--out", results, *LIGHT) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("crossframe: error: ")
    assert shown.err.count("\n") == 1
    assert said in shown.err
    assert snapshot(results) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results", "small"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--event", "flood"), "Unknown event 'flood'. Of 1 known: bridge"),
        (("--encoder", "no/such"), "Unknown encoder 'no/such'"),
        (("--aligner", "aligner-old"), "aligner-lexical, aligner-news"),
        (("--stance-model", "stance-old"), "Unknown stance model 'stance-old'"),
        (("--stance-model", "http://localhost:1/v1"), "after #, a model's name"),
        (("--aligner", "http://localhost:1/v1"), "after #, a model's name"),
        (("--aligner", "http://localhost:1/v1\u00e9#m"), "in ASCII"),
        (("--stance-model", "http://a..b/v1#m"), "in ASCII"),
        (("--aligner", ""), "Unknown aligner model ''"),
        (("--stance-model", ""), "Unknown stance model ''"),
        (("--encoder", ""), "Unknown encoder ''"),
        (("--encoder", ":int8"), "Unknown encoder ''"),
        (("--event", ""), "Unknown event ''"),
        (("--actors", "none.csv"), "none.csv"),
    ],
)
def test_unknown_names_are_one_line(
    small: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that does not exist is one line that lists what does; no results folder is made."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert run("compare", small, "--out", tmp_path / "results", *options) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "results").exists()


def test_unknown_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus that is neither a folder nor a name lists the names that are."""
    assert run("compare", tmp_path / "nothing", "--out", tmp_path / "results") == 1
    error = capsys.readouterr().err
    assert "georgia-2008" in error
    assert error.count("\n") == 1


def test_foreign_results_folder(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with somebody else's files is not written into."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine", encoding="utf-8")
    assert run("compare", small, "--out", tmp_path / "home", *LIGHT) == 1
    assert "files that no comparison wrote" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["thesis.txt"]
    assert run("compare", small, "--out", tmp_path / "home" / "thesis.txt", *LIGHT) == 1
    assert "It is a file" in capsys.readouterr().err


def _corpus_and_page(tmp_path: Path, name: str, content: bytes) -> tuple[Path, Path]:
    page = tmp_path / "in" / name
    page.parent.mkdir()
    page.write_bytes(content)
    return tmp_path / "out" / "corpus", page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", bytes(range(256)) * 20, "not text (a binary file?)"),
        ("a.txt", b"%PDF-1.7 \n\xe2\xe3", "It is no whole PDF"),
        ("a.txt", b"  \n", "It is empty"),
        ("a.txt", b"Menu\nSubscribe\n", "No article was found"),
        ("a.html", b"<html><div><p>Menu</p", "No article was found"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not text (a binary file?)"),
        ("a.docx", b"PK", "No article was found"),
        ("a.csv", b"id,title\n1,Head\n", "No column is known to hold the text of articles"),
        ("a.jsonl", b'{"text": " "}', "It has no text"),
        ("a.jsonl", b"", "It is empty"),
        ("a.parquet", b"PAR1 and no more", "Invalid Parquet file"),
    ],
)
def test_bad_imports_make_no_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    """A file that is no article is one line and exit code 1, and no corpus comes into being."""
    corpus, page = _corpus_and_page(tmp_path, name, content)
    assert run("import", page, "--corpus", corpus, "--event", "e", "--outlet", "o") == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert not corpus.exists()
    assert not corpus.parent.exists() or not list(corpus.parent.iterdir())


def test_a_bad_file_among_good_ones(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An import is all or nothing: with one bad file the corpus stays as it was."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Rain fell\nHeavy rain fell on the old town all night.\n", encoding="utf-8")
    bad.write_bytes(b"\0\1\2" * 100)
    before = snapshot(small)
    assert run("import", good, bad, "--corpus", small, "--event", "rain", "--outlet", "herald") == 1
    assert "bad.txt" in capsys.readouterr().err
    assert snapshot(small) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--event", "a/b", "--outlet", "o"), "Invalid event id 'a/b'"),
        (("--event", "e", "--outlet", "o", "--published", "May 2008"), "full date as YYYY-MM-DD"),
    ],
)
def test_bad_import_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    """Ids and dates of the command are held to their rules before anything is read."""
    corpus, page = _corpus_and_page(tmp_path, "a.txt", b"Heavy rain fell on the old town all night.")
    assert run("import", page, "--corpus", corpus, *options) == 1
    assert said in capsys.readouterr().err
    assert not corpus.exists()


@pytest.mark.parametrize(
    "arguments",
    [("compare",), ("nothing",), ("compare", "georgia-2008", "--what"), ("compare", "x", "--jobs", "many")],
)
def test_arguments_that_do_not_parse(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong arguments are exit code 2, as distinct from work that cannot be done."""
    assert run(*arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_warnings_leave_the_exit_code(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A single outlet is a warning: it is printed once on standard error, stored in run.json, and the work is done."""
    (small / "articles" / "bridge" / "herald-1.md").unlink()
    assert run("compare", small, "--out", tmp_path / "results", *LIGHT) == 0
    shown = capsys.readouterr()
    assert [line for line in shown.err.splitlines() if "warning" in line and "single outlet" in line] == [
        "crossframe: warning: Event 'bridge' has a single outlet, 'gazette'. Nothing can be compared there."
    ]
    assert (tmp_path / "results" / "report.html").is_file()


def test_optional_fields_may_be_missing(small: Path, tmp_path: Path) -> None:
    """A corpus of nothing but the required fields is compared."""
    replace(small / "corpus.toml", 'kind = "person"\n', "")
    assert run("compare", small, "--out", tmp_path / "results", *LIGHT) == 0


@pytest.mark.model
def test_a_truncated_cache_entry_is_remade(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A truncated entry of the cache is a warning, and the tables come out as before."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    assert run("compare", small, "--out", tmp_path / "results") == 0
    before = snapshot(tmp_path / "results" / "tables")
    for entry in (tmp_path / "cache").rglob("*.bin"):
        entry.write_bytes(entry.read_bytes()[:-7])
    capsys.readouterr()
    assert run("compare", small, "--out", tmp_path / "results") == 0
    error = capsys.readouterr().err
    assert "Damaged cache entry" in error
    assert "It is made again" in error
    assert snapshot(tmp_path / "results" / "tables") == before
    assert run("compare", small, "--out", tmp_path / "results") == 0
    assert "Damaged" not in capsys.readouterr().err


def test_a_cache_that_cannot_be_written(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache cannot be written the work is done all the same, with a warning."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "file"))
    assert run("compare", small, "--out", tmp_path / "results") == 0
    assert "Cannot write to the cache" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "stances", "--on", "newsmtsc"), "Invalid task 'stances'"),
        (("evaluate", "stance", "--on", "nothing"), "Unknown corpus 'nothing'"),
        (("evaluate", "stance", "--on", "newsmtsc", "--split", "train"), "Shipped models were trained on it"),
        (
            ("evaluate", "events", "--on", "basil", "--model", "x"),
            "Invalid option '--model' for task 'events'",
        ),
        (("evaluate", "frames", "--on", "georgia-2008"), "Missing frame gold"),
        (("train", "style", "--on", "newsmtsc", "--out", "m"), "Invalid task 'style'"),
        (("train", "stance", "--on", "nothing", "--out", "m"), "Unknown corpus 'nothing'"),
        (("reproduce", "table-9"), "Invalid reproduction 'table-9'"),
        (("corpora", "show", "nothing"), "'nothing'"),
        (("models", "show", "nothing"), "Unknown model 'nothing'"),
        (("models", "fetch", "nothing"), "It must be a set or an encoder of one: small, base"),
        (("evaluate", "events", "--on", "georgia-2008", "--models", "base"), "Invalid option '--models'"),
        (("train", "frames", "--on", "gvfc", "--out", "m", "--models", "large"), "one of: base, small"),
        (("report", "nothing"), "must hold run.json"),
        (("group", "nothing"), "Unknown corpus 'nothing'"),
    ],
)
def test_other_commands_fail_in_one_line(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every command says in one line what is wrong and what would be accepted."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_group_and_reproduce_list(georgia: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table of groups goes to standard output or to a file; reproductions are listed."""
    assert run("group", georgia) == 0
    assert capsys.readouterr().out.startswith("event,article,outlet,published,title,similarity,")
    assert run("group", georgia, "--out", tmp_path / "events.csv") == 0
    assert (tmp_path / "events.csv").read_text(encoding="utf-8").count("\n") == 6
    assert run("reproduce") == 0
    assert "basil-counts" in capsys.readouterr().out
    assert run("reproduce", "gvfc", "--all") == 2
    assert "not both" in capsys.readouterr().err
    assert run("corpora", "list") == 0
    assert "narrative-frames" in capsys.readouterr().out
    assert run("corpora", "show", "georgia-2008") == 0
    assert "gold            alignment, mentions, portrayal, quotes, stance" in capsys.readouterr().out
    assert run("corpora", "show", "georgia") == 0
    assert "georgia-2008" in capsys.readouterr().out
    assert run("corpora", "fetch", "georgia-2008") == 1
    assert "nothing to fetch" in capsys.readouterr().err


@pytest.mark.mirror
def test_a_fetch_that_lacks_a_file_says_so(
    mirror: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arrived stays, what did not is named, and the status tells a script."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path))
    assert run("corpora", "fetch", "newsmtsc") == 1
    out = capsys.readouterr().out
    assert "4 files verified" in out
    assert "devtest_mt.jsonl (not in the mirror" in out
    assert run("corpora", "show", "newsmtsc") == 0
    assert "5 with known SHA-256, 4 in" in capsys.readouterr().out


def test_evaluate_prints_and_writes(
    georgia: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures are printed a line each and written as flat JSON."""
    assert run("evaluate", "actors", "--on", georgia, "--json", tmp_path / "metrics.json") == 0
    printed = dict(line.split() for line in capsys.readouterr().out.splitlines())
    written = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    assert set(printed) == set(written)


@pytest.mark.slow
def test_a_process_of_its_own(small: Path, tmp_path: Path) -> None:
    """The installed command compares in a fresh process, wherever it is started."""
    command = [sys.executable, "-m", "crossframe.cli", "compare", str(small), *LIGHT]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "What is there: 2 articles, 1 event, 2 outlets\n0 doubtful, 0 copied, 0 updated, 0 partial"
    )
    assert done.stdout.index("no article in 0 of 2 cells") < done.stdout.index(
        "Portrayal in the outlet's own words"
    )
    assert (tmp_path / "results" / "small" / "tables" / "stance.csv").is_file()


@pytest.mark.slow
def test_a_study_is_repeated_from_its_run(
    georgia: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--config run.json` finds corpus and edited tables again and gives the same bytes, wherever it is started."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(georgia, "corpora/georgia")
    Path("edited").mkdir()
    Path("edited/actors.csv").write_text("actor,name,drop\nrussia,Moscow,\nnato,,yes\n", encoding="utf-8")
    articles = sorted(path.stem for path in Path("corpora/georgia/articles").rglob("*.md"))
    rows = [f"{'other' if number == 0 else 'diplomatic-ties'},{id}" for number, id in enumerate(articles)]
    Path("edited/events.csv").write_text("\n".join(["event,article", *rows]) + "\n", encoding="utf-8")
    tables = ("--actors", "edited/actors.csv", "--events", "edited/events.csv")
    options = ("--event", "diplomatic", "--aligner", "cosine", "--min-confidence", "0.4", "--seed", "3")
    actors = ("--only-actors", "russia,dmitry-medvedev")
    first = tmp_path / "results" / "first"
    assert run("compare", "corpora/georgia", "--out", first, *LIGHT, *tables, *options, *actors) == 0
    configuration = json.loads((first / "run.json").read_text(encoding="utf-8"))["configuration"]
    assert configuration["corpus"] == "../../corpora/georgia"
    assert (configuration["actors"], configuration["encoder"]) == ("../../edited/actors.csv", "tfidf")
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    capsys.readouterr()
    assert run("compare", "--config", first / "run.json", "--out", "again") == 0
    assert "Changed since" not in capsys.readouterr().err
    assert snapshot(Path("again/tables")) == snapshot(first / "tables")
    runs = [
        json.loads((folder / "run.json").read_text(encoding="utf-8")) for folder in (first, Path("again"))
    ]
    for key in ("configuration_sha256", "corpus_fingerprint", "models", "edited_tables", "labels", "notes"):
        assert runs[0][key] == runs[1][key], key
    assert run("compare", "--config", first / "run.json", "--out", "other", "--seed", "4") == 0
    assert snapshot(Path("other/tables")) != snapshot(first / "tables")
    with (tmp_path / "edited" / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("georgia,Tbilisi,\n")
    capsys.readouterr()
    assert run("compare", "--config", first / "run.json", "--out", "changed") == 0
    assert "run.json' was written: edited table of actors. Tables may differ" in capsys.readouterr().err


def test_version_and_completion(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`--version` says which it is; the shell's completion script, and what it completes, are printed."""
    assert run("--version") == 0
    assert capsys.readouterr().out == f"crossframe {metadata.version('crossframe')}\n"
    monkeypatch.setenv("_CROSSFRAME_COMPLETE", "source_bash")
    assert run() == 0
    assert "complete -o default -F _crossframe_completion crossframe" in capsys.readouterr().out
    monkeypatch.setenv("_CROSSFRAME_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "crossframe compare --stance")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run() == 0
    assert capsys.readouterr().out.split() == ["--stance-model"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "georgia-2007"), "Did you mean 'georgia-2008'?"),
        (("compare", "georgia-2008", "--event", "diplomatik-ties"), "Did you mean 'diplomatic-ties'?"),
        (("compare", "georgia-2008", "--stance-model", "stanse-news"), "Did you mean 'stance-news'?"),
        (("compare", "georgia-2008", "--models", "smal"), "Did you mean 'small'?"),
        (("compare", "georgia-2008", "--only-actors", "rusia"), "Did you mean 'russia'?"),
        (("evaluate", "stanse", "--on", "newsmtsc"), "Did you mean 'stance'?"),
        (("train", "aligner-news", "--on", "basil", "--out", "m"), "Did you mean 'aligner'?"),
        (("corpora", "show", "newsmtcs"), "Did you mean 'newsmtsc'?"),
        (("models", "show", "stance-new5"), "Did you mean 'stance-news'?"),
        (("reproduce", "basil-count"), "Did you mean 'basil-counts'?"),
    ],
)
def test_mistyped_names(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mistyped name is one line that ends with the nearest one."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 1
    error = capsys.readouterr().err
    assert error.endswith(f"{said}\n")
    assert error.count("\n") == 1


def test_mistyped_options(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped option is answered with the nearest one, too."""
    assert run("compare", "georgia-2008", "--stance-modle", "x") == 2
    assert "--stance-model" in capsys.readouterr().err
