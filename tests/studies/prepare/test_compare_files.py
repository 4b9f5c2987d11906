"""Nine o'clock in a newsroom: a folder of pages becomes a comparison in one command."""

import shutil
import zipfile
from pathlib import Path

import pytest

from crossframe.cli import main
from crossframe.reading.corpus.folders import read_folder

BRIDGE = {
    "gazette": "Mayor opens bridge\nMayor Anna Bell opened the new bridge over the river on Monday morning.\n"
    '"This brave town deserves the bridge," Bell told reporters.\nThe ferry over the river will stop in autumn.\n',
    "herald": "Costly bridge opens\nThe new bridge over the river was opened by Mayor Anna Bell on Monday.\n"
    "Critics called the deal for the bridge a disgrace.\nThe town paid nine million for the bridge over the river.\n",
    "post": "Bridge over the river\nThe bridge over the river was opened on Monday by Mayor Anna Bell.\n"
    "Bell thanked the workers of the bridge.\nThe ferry goes out of service in autumn, the town said.\n",
}
STORM = {
    outlet: f"Storm cuts power\nA storm cut the power of {n} thousand homes in the northern valley on Friday night.\n"
    "Snow closed the pass to the valley, and crews worked on the power lines all night.\n"
    for n, outlet in enumerate(("gazette", "herald"), 9)
}
FAST = ("--encoder", "tfidf", "--stance-model", "stance-lexicon", "--frame-model", "frames-lexicon")


def fill(folder: Path, *stories: dict[str, str]) -> Path:
    """Write a text per outlet and story, each outlet's in a folder of its name."""
    for number, story in enumerate(stories):
        for outlet, text in story.items():
            path = folder / outlet / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def run(*args: object) -> int:
    """Run the command in its folder, and return its exit code."""
    with pytest.raises(SystemExit) as exit_:
        main([str(arg) for arg in args])
    return int(exit_.value.code or 0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which commands are run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_one_event(desk: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """Result and page are written, the corpus lies beside them, and the page's address comes last."""
    given = fill(desk / "Bridge", BRIDGE)
    if kind == "zip":
        given = Path(shutil.make_archive("Bridge", "zip", given))
    assert run("compare", given.name, *FAST) == 0
    said = capsys.readouterr().out
    assert said.rstrip().splitlines()[-1] == "Page:    results/bridge/report.html"
    assert "Corpus: results/bridge-corpus" in said
    assert "Events: all articles report one." in said
    assert sorted(path.name for path in Path("results").iterdir()) == ["bridge", "bridge-corpus"]
    assert (Path("results") / "bridge" / "report.html").is_file()
    corpus = read_folder("results/bridge-corpus")
    assert corpus.name == "bridge"
    assert sorted(article.outlet for article in corpus.articles) == ["gazette", "herald", "post"]


def test_several_events_and_a_second_time(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events are grouped; what comes later is added, an edited table stays, and what is gone is said."""
    given = fill(desk / "pages", BRIDGE, STORM)
    assert run("compare", "pages", "--out", "out/mine", *FAST) == 0
    said = capsys.readouterr().out
    assert "Events: 2, by content and date: out/mine-corpus/events.csv" in said
    assert "  event-001 (3 articles): " in said
    assert {event.title for event in read_folder("out/mine-corpus").events} <= {
        text.splitlines()[0] for story in (BRIDGE, STORM) for text in story.values()
    }
    assert {article.event for article in read_folder("out/mine-corpus").articles} == {
        "event-001",
        "event-002",
    }
    third = "Storm over valley\nThe storm cut the power of nine thousand homes in the northern valley on Friday.\n"
    fill(
        given,
        {},
        {"post": f"{third}Snow closed the pass, and crews worked on the power lines of the valley.\n"},
    )
    (given / "gazette" / "0.txt").unlink()
    assert run("compare", "pages", "--out", "out/mine", *FAST) == 0
    shown = capsys.readouterr()
    assert (
        "Imported 1 article of 1 outlet (post 1) into out/mine-corpus; 4 known already; 0 lines" in shown.out
    )
    assert "left out" not in shown.out
    assert "Articles of an earlier comparison that 'pages' does not hold any more" in shown.err
    events = [article.event for article in read_folder("out/mine-corpus").articles]
    assert (len(events), len(set(events))) == (6, 2)
    table = Path("out/mine-corpus/events.csv")
    edited = table.read_text(encoding="utf-8").replace("event-002", "storm")
    table.write_text(edited, encoding="utf-8")
    assert run("compare", "pages", "--out", "out/mine", *FAST) == 0
    assert "Events: as in out/mine-corpus/events.csv, which was edited." in capsys.readouterr().out
    assert table.read_text(encoding="utf-8") == edited


def test_events_of_a_table_stay(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the file names events, nothing is grouped."""
    rows = ["event,outlet,title,text"]
    for event, story in (("bridge", BRIDGE), ("storm", STORM)):
        for outlet, text in story.items():
            title, *body = text.strip().splitlines()
            cell = " ".join(body).replace('"', '""')
            rows.append(f'{event},{outlet},{title},"{cell}"')
    (desk / "coverage.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("compare", "coverage.csv", *FAST) == 0
    assert "Events: 2, as the files name them." in capsys.readouterr().out
    assert {article.event for article in read_folder("results/coverage-corpus").articles} == {
        "bridge",
        "storm",
    }


def test_a_dry_run_of_a_comparison(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would come in, and writes nothing."""
    fill(desk / "pages", BRIDGE)
    assert run("compare", "pages", "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.splitlines()[-1].startswith("Would import 3 articles of 3 outlets")
    assert [path.name for path in desk.iterdir()] == ["pages"]


@pytest.mark.parametrize(
    ("files", "args", "code", "said"),
    [
        (
            {"a.txt": BRIDGE["post"]},
            (),
            1,
            "--outlet NAME, in a table by --map outlet=COLUMN, or put the files of each outlet into a folder",
        ),
        ({"a.txt": BRIDGE["post"]}, ("--outlet", "Post", "--dry-run"), 0, ""),
        ({"photo.jpg": "\0"}, (), 1, "No article was found in pages"),
        ({}, (), 1, "No article was found in pages"),
        ({"post/a.txt": "\0"}, (), 1, "No article was found in pages"),
        ({"articles/e/a.md": "+++\n+++\n\nText."}, (), 1, "It has no corpus.toml"),
        ({"post/a.txt": BRIDGE["post"]}, ("--out", "pages/post/a.txt"), 1, "is a file"),
        ({"post/a.txt": BRIDGE["post"]}, ("--out", "pages"), 1, "holds files that no comparison wrote"),
        ({"post/a.txt": BRIDGE["post"]}, ("--jobs", "0"), 2, "jobs"),
    ],
)
def test_what_cannot_be_compared(
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    args: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    """One line says what is lacking, and nothing is written."""
    (desk / "pages").mkdir()
    for name, text in files.items():
        path = desk / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert run("compare", "pages", *args) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert code != 1 or shown.err.count("\n") == 1
    assert not list(desk.glob("**/*.toml"))
    assert not list(desk.glob(".*"))


@pytest.mark.parametrize(
    "option",
    [("--outlet", "post"), ("--dry-run",), ("--published", "2026-05-05"), ("--map", "text=Body"), ("--date-format", "DMY"), ("--strict",)],
)  # fmt: skip
def test_options_for_files_alone(
    small: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    """A corpus has its outlets already."""
    assert run("compare", small, *option) == 1
    assert f"Invalid option {option[0]}" in capsys.readouterr().err


def test_a_zip_of_several_outlets(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The import of a zip says its outlets, and asks for no event."""
    with zipfile.ZipFile(desk / "a.zip", "w") as archive:
        for outlet, text in BRIDGE.items():
            archive.writestr(f"{outlet}/a.txt", text)
    assert run("import", "a.zip", "--corpus", "mine", "--jobs", 2) == 0
    assert (
        "Imported 3 articles of 3 outlets (gazette 1, herald 1, post 1) into mine" in capsys.readouterr().out
    )
    assert {article.event for article in read_folder("mine").articles} == {"a"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 0, "unknown"),
        (("--date-format", "DMY"), 0, "2026-05-04"),
        (("--date-format", "MDY"), 0, "2026-04-05"),
        (("--map", "published=Seen"), 0, "2026-07-01"),
        (("--map", "text=Nothing"), 1, "Nothing"),
        (("--strict",), 1, "1 of what they hold would be left out"),
        (("--published", "May"), 1, "full date as YYYY-MM-DD"),
    ],
)
def test_files_are_read_as_for_an_import(
    desk: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int, said: str
) -> None:
    """What a message advises can be given to the comparison, too; what is asked for is shown before any comparison."""
    rows = "outlet,text,Date,Seen\nStar,The mayor opened the bridge.,04/05/2026,2026-07-01\nStar,,04/05/2026,2026-07-01\n"
    (desk / "t.csv").write_text(rows, encoding="utf-8")
    assert run("compare", "t.csv", "--dry-run", *options) == code
    shown = capsys.readouterr()
    assert said in (shown.err if code else shown.out)
