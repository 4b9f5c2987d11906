"""Broken and hostile files: refused in one line or read, never lost, and a corpus is whole or not there."""

import contextlib
import time
from pathlib import Path

import hostile_files
import pytest
from hostile_files import ENDINGS, Counts, import_some, make_file, read_one, seeds

from crossframe.errors import MAX_MESSAGE, CrossframeWarning, InputError, MissingDataError, printable
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE
from crossframe.reading.formats import table_columns
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.known import read_contents
from crossframe.reading.formats.worker import end_worker
from crossframe.reading.text.site_text import end_matter
from crossframe.studies.prepare.imports import import_files

N_EACH = 6
"""Files of each format."""


@pytest.mark.slow
def test_hostile_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred files over all formats: no traceback, none that hangs, and every message is one line."""
    benchmarks = Path(__file__).parents[3] / "benchmarks"
    monkeypatch.setenv("PYTHONPATH", str(benchmarks), prepend=":")
    end_worker()  # the next one finds the module
    for kind in seeds():
        counts = Counts(kind)
        for number in range(N_EACH):
            read_one(kind, number, counts, None)
        assert (counts.files, counts.tracebacks, counts.over_20_s, counts.bad_messages) == (N_EACH, 0, 0, 0)
    end_worker()


@pytest.mark.slow
def test_hostile_imports() -> None:
    """A folder of hostile files, a zip of it, the zip damaged, and one alone: all accounted for, nothing half made."""
    counts = Counts("import")
    import_some([(kind, number) for kind in seeds() for number in (0, 1)][:20], 1, counts)
    assert counts.imported
    assert (counts.tracebacks, counts.unaccounted, counts.half_made, counts.bad_messages) == (0, 0, 0, 0)


@pytest.mark.parametrize("kind", seeds())
def test_the_content_decides_and_not_the_name(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a sound file is called, the same articles are in it."""
    monkeypatch.setenv("CROSSFRAME_WORKER", "1")  # read here
    name, content = seeds()[kind][0]
    sound = read_contents(File(content, name))
    for ending in (*ENDINGS, ".ods", ".CSV", ".zip"):
        assert read_contents(File(content, f"a{ending}")) == sound, ending


@pytest.mark.parametrize(
    "content",
    [
        "Title,Full Text\nBoats cut,Rain fell on the old town all night.",
        "Boats\tfor;\nTitle;Text\nBoats cut;Rain fell on the old town, all night.",
        '"Title"\t"Text"\n"Boats cut"\t"Rain fell on the old town all night."',
        "Paper|Day|Story\nStar|2026-05-05|Rain fell on the old town all night.",
        "Datum;Titel;Volltext\r\n5.5.2026;Schiffe;Regen fiel die ganze Nacht.\r\n",
        "<table><tr><td>Title</td><td>Text</td></tr><tr><td>Cut</td><td>Rain fell on the old town.</td></tr></table>",
        '[{"title": "Boats cut", "text": "Rain fell on the old town all night."}]',
        "text,title,published\nRain fell on the old town.,Cut,2026-05-05\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_tables_by_any_name(content: str, encoding: str) -> None:
    """So are tables of two columns, with lines above their header, between any marks, in HTML and in UTF-16."""
    for name in ("a.csv", "a.pdf", "a.html", "a.docx", "a.ris", "a"):
        [article] = read_contents(File(content.encode(encoding), name)).articles
        assert article.text.startswith("R")


def test_a_table_of_unknown_columns_is_no_text() -> None:
    """A table named so is never taken for an article: its columns are asked for, below lines of a search, too."""
    for text in (
        "Export of 5 May, 2026\n\nWho;What it is;Lead\nStar;Cut;{}\nSun;Cut;{}\n",
        'Who,Lead\n"Star",{}\n',
        "Who\tLead\nStar\t{}\n",
    ):
        with pytest.raises(InputError, match=r"No column is known.* --map text=Lead\."):
            read_contents(
                File(text.replace("{}", "Rain fell on the old town all night. " * 4).encode(), "a.csv")
            )


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".csv", "Factories, ports and schools shut\n\nRain fell, the mayor said, on the old town all night.\n\nIt went on."),
        (".tsv", "Boats are cut\n\nRain fell on the old town all night.\n\nThe harbour was closed, it said."),
        (".xls", "<html><body><h1>Boats are cut</h1><p>Rain fell on the old town all night, the mayor said.</p></body></html>"),
        (".jsonl", "Boats are cut\n\nRain fell on the old town all night.\n\nThe harbour was closed, it said."),
    ],
)  # fmt: skip
def test_an_article_named_as_a_table(ending: str, text: str) -> None:
    """An article is one under the name of a table, too; lines of prose have not each as many commas."""
    assert "Rain fell" in read_contents(File(text.encode(), f"a{ending}")).articles[0].text


def test_a_file_can_be_made_again() -> None:
    """A format and a number make the same file."""
    assert make_file("CSV", 7) == make_file("CSV", 7) != make_file("CSV", 8)


NAMES = ("line\nbreak", "esc\x1b[31m", "tab\t", "\udcff", "a\u202eb", "next\x85", "sep\u2028", "bell\x07")


@pytest.mark.parametrize("name", NAMES)
def test_names_with_controls(name: str, tmp_path: Path) -> None:
    """Such a name of a file is written out in messages and in the table of what was left out."""
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "good.txt").write_text("Rain fell on the old town all night, the mayor said.")
    (folder / f"{name}.csv").write_text("a,b\n1,2\n")
    status = import_files(folder, corpus=tmp_path / "corpus", outlet="star", published="2026-05-05")
    assert len(status.imported) == len(status.left_out) == 1
    assert status.left_out[0].where.endswith(f"{printable(name)}.csv")
    assert printable(name) in (tmp_path / "corpus" / LEFT_OUT_TABLE).read_text(encoding="utf-8")
    assert all(line == printable(line) for line in status.summary().split("\n"))


@pytest.mark.parametrize("piece", ["- ", "=", "(", "A. ", "said, "])
def test_a_very_long_line(piece: str) -> None:
    """A line of 150,000 characters costs no more than its length."""
    start = time.process_time()
    assert end_matter(piece * (150_000 // len(piece))) == ""
    assert time.process_time() - start < 1


def test_columns_in_messages() -> None:
    """Of many or long names of columns a message has the beginning."""
    message = table_columns.describe_missing_text(["x" * 5000, *map(str, range(500))])
    assert len(message) < 500
    assert "and 472 more" in message


def test_a_refused_file_says_one_line(tmp_path: Path) -> None:
    """The same holds for a file that is given itself."""
    path = tmp_path / "a\x1bb.csv"
    path.write_text("\x1b[31m" * 300 + ",b\n1,2\n")
    with pytest.raises(InputError) as refused:
        import_files(path, corpus=tmp_path / "corpus", outlet="star", published="2026-05-05")
    assert str(refused.value) == printable(str(refused.value))
    assert not (tmp_path / "corpus").exists()


def test_a_long_title_is_cut_in_a_reason() -> None:
    """What is said of an entry without text names its title, and stays a line that can be read."""
    items = f"<item><title>{'Long ' * 900}</title></item><item><title>Rain</title><description>{'Rain fell. ' * 30}</description></item>"
    feed = f'<rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'
    [left] = read_contents(File(feed.encode(), "feed.xml")).left_out
    assert "Long Long" in left.reason
    assert len(left.reason) < 300


def test_a_feed_of_impossible_characters_is_one_line() -> None:
    """A reference to a character that there is none of ends the reading of a feed in one line."""
    item = f"<item><title>Rain &amp;#99999999999; here</title><description>{'Rain fell. ' * 30}&#x7fffffff0;</description></item>"
    feed = f'<rss version="2.0"><channel><title>Gazette</title>{item}</channel></rss>'
    with contextlib.suppress(InputError):
        assert len(read_contents(File(feed.encode(), "feed.xml")).articles) <= 1


LONG = "word " * 400
LONG_TABLES = {
    "a.csv": f"{LONG.replace(' ', ';')}\n" + "1;" * 400 + "\n",
    "a.json": '{"' + "k" * 3000 + '": 1}',
    "a.ris": f"TY  - NEWS\nTI  - {LONG}\nER  - \n",
    "a.xml": f"<rss><channel><item><title>{LONG}</title></item></channel></rss>",
    "b.txt": f"1 of 1 DOCUMENTS\n\nStar\n\nMay 5, 2026\n\n{LONG}\n\nBYLINE: A\n\nLENGTH: 9 words\n\nLOAD-DATE: May 5, 2026\n",
    "c.txt": f"HD {LONG}\nWC 9 words\nPD 5 May 2026\nSN Star\nLP\nAN Document STAR000020260505em340012x\n",
    "d.txt": f"Title: {LONG}\nPublication title: Star\nProQuest document ID: 1\nSource type: Newspapers\nFull text: Not available.\n",
    "a" * 200 + ".pdf": "%PDF-1.4 " + LONG,
}


@pytest.mark.parametrize("name", LONG_TABLES)
def test_long_texts_in_messages(name: str) -> None:
    """What a file says is cut where a message shows it."""
    with pytest.raises(InputError) as raised:
        read_contents(File(LONG_TABLES[name].encode(), name))
    assert len(str(raised.value)) <= MAX_MESSAGE
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "form",
    ["{0}", "{0}\x1b[31m{0}", "line\nline {0}", "\u202e{0}", "tab\t{0}", "{0}\x00", "{0}\x85{0}", "short"],
)
@pytest.mark.parametrize("kind", [InputError, MissingDataError, CrossframeWarning])
def test_every_message_is_one_line(form: str, kind: type[Exception]) -> None:
    """No message is longer than a paragraph, or has controls in it, wherever it is made."""
    said = str(kind(form.format(LONG)))
    assert len(said) <= MAX_MESSAGE
    assert said.isprintable()


def test_many_files_in_one_warning(tmp_path: Path) -> None:
    """A warning on many articles names some, shortly, with the beginning of their datelines."""
    folder = tmp_path / "brought"
    folder.mkdir()
    for number in range(9):
        place = "SAINT-MARTIN-SUR-LE-PRE-DE-LA-TOUR, Sept. 5 (Agency of the northern islands)"
        (folder / f"{'name' * 40}{number}.txt").write_text(
            f"Rain {number}\n\n{place} - Rain fell on the old town all night {number}, the mayor said.\n"
        )
    with pytest.warns(CrossframeWarning) as warned:
        import_files(folder, corpus=tmp_path / "corpus", outlet="star")
    assert all(len(str(one.message)) <= MAX_MESSAGE for one in warned)
    assert any("and 4 more" in str(one.message) for one in warned)


def test_a_run_that_was_ended_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counts are those of a run that was not ended, and no file is read twice; another number of files begins anew."""
    read: list[tuple[str, int]] = []

    def note(kind: str, number: int, counts: Counts, keep: Path | None) -> None:
        read.append((kind, number))
        counts.files += 1
        if len(read) == 3 and keep is not None:
            raise KeyboardInterrupt

    monkeypatch.setattr(hostile_files, "seeds", lambda: {"text": (), "RIS": ()})
    monkeypatch.setattr(hostile_files, "read_one", note)
    monkeypatch.setattr(
        hostile_files, "import_some", lambda numbers, turn, counts: note("import", turn, counts, None)
    )
    whole = hostile_files.run(6)
    read.clear()
    with pytest.raises(KeyboardInterrupt):
        hostile_files.run(6, keep=tmp_path)
    assert hostile_files.run(6, keep=tmp_path) == whole
    assert read.count(("text", 0)) == read.count(("RIS", 0)) == 1
    again = len(read)
    hostile_files.run(8, keep=tmp_path)
    assert len(read) == again + 8 + 1
