"""Tables are imported: columns, dates and bad rows, from the command line to the corpus."""

import csv
import io
import warnings
from datetime import date
from pathlib import Path

import pytest

from crossframe.cli import main
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE
from crossframe.reading.text.dates import AMBIGUOUS
from crossframe.studies.prepare.import_status import ImportStatus
from crossframe.studies.prepare.imports import import_files

TEXT = "The council voted on Tuesday night to close the old ferry, number {}."
_WRONG = ["", "NULL", "<p></p>"]


def table(*rows: list[object], name: str = "in.csv", folder: Path) -> Path:
    """Write a CSV table."""
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    (folder / name).write_text(content.getvalue(), encoding="utf-8")
    return folder / name


def quietly(path: Path, **options: object) -> ImportStatus:
    """Import into a new corpus without warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return import_files(path, corpus=path.parent / "c", event="ferry", **options)  # type: ignore[arg-type]


def test_rows_in_are_rows_imported_and_rows_listed(tmp_path: Path) -> None:
    """What is no article, breaks a rule or is there twice is in a table beside the corpus, with file, row and reason."""
    path = table(
        ["outlet", "title", "text", "id"],
        ["star", "One", TEXT.format(1), "one"],
        ["star", "Two", "", "two"],
        ["star", "Three", TEXT.format(3), "one"],
        ["新华社", "Four", TEXT.format(4), "four"],
        ["star", "Five", TEXT.format(1), "five"],
        ["sun", "Six", TEXT.format(6)],
        ["sun", "Seven", TEXT.format(7), "seven"],
        folder=tmp_path,
    )
    status = quietly(path)
    assert [new.article.id for new in status.imported] == ["one", "four", "seven"]
    listed = [line.split("\t") for line in (tmp_path / "c" / LEFT_OUT_TABLE).read_text("utf-8").splitlines()]
    assert listed[0] == ["file", "row", "reason"]
    assert [row for _, row, _ in listed[1:]] == [f"row {n}" for n in (2, 3, 5, 6)]
    assert {file for file, _, _ in listed[1:]} == {str(path)}
    reason = {row: reason for _, row, reason in listed[1:]}
    assert "no text" in reason["row 2"]
    assert "Duplicate article id 'one'" in reason["row 3"]
    assert "the same text as article 'one'" in reason["row 5"]
    assert "3 cells; the header has 4" in reason["row 6"]
    assert f"left out: {path}, row 2: It has no text; a row needs one." in status.summary()


def test_strict_takes_all_or_nothing(tmp_path: Path) -> None:
    """A table with a bad row is refused as a whole where the import is strict."""
    path = table(["outlet", "text"], ["star", TEXT], ["star", ""], folder=tmp_path)
    with pytest.raises(InputError, match=r"1 of what they hold would be left out.*row 2: It has no text"):
        quietly(path, strict=True)
    assert not (tmp_path / "c").exists()
    good = table(["outlet", "text"], ["star", TEXT], folder=tmp_path, name="good.csv")
    assert len(quietly(good, strict=True).imported) == 1


@pytest.mark.parametrize("wrong", _WRONG)
def test_nothing_remains(tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An import of which nothing remains is an error in one line, and leaves no corpus."""
    path = table(["outlet", "title", "text"], ["star", "T", wrong], folder=tmp_path)
    with pytest.raises(SystemExit) as stop:
        main(["import", str(path), "--corpus", str(tmp_path / "c"), "--event", "e"])
    assert stop.value.code == 1
    error = capsys.readouterr().err.strip().splitlines()
    assert len([line for line in error if "error" in line]) == 1
    assert "row 1: It has no text" in error[-1]
    assert not (tmp_path / "c").exists()


def test_columns_and_dates_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--map names columns, --date-format the order of day and month; both are said where they are not known."""
    path = table(["Lead", "Who", "When"], [TEXT, "The Star", "12/05/2026"], folder=tmp_path)
    call = ["import", str(path), "--corpus", str(tmp_path / "c"), "--event", "e", "--map", "text=Lead"]
    with pytest.raises(SystemExit) as done:
        main([*call, "--map", "outlet=Who", "--map", "published=When", "--date-format", "DMY"])
    assert not done.value.code
    [file] = (tmp_path / "c" / "articles").rglob("*.md")
    text = file.read_text(encoding="utf-8")
    assert "published = 2026-05-12" in text
    assert 'outlet = "the-star"' in text
    capsys.readouterr()
    for further, said in (
        (["--map", "outlet=Whom"], "Did you mean 'Who'"),
        (["--map", "paper=Who"], "Unknown field 'paper'"),
        (["--date-format", "day first"], "It must be DMY, MDY or YMD"),
    ):
        with pytest.raises(SystemExit) as stop:
            main([*call, *further])
        assert stop.value.code == 1
        assert said in capsys.readouterr().err


def test_an_open_date_is_left_empty_with_a_warning(tmp_path: Path) -> None:
    """A date of open order is filled by nothing, a missing one by --published; times are kept in the files."""
    rows = [["12/05/2026"], [""], ["2026-05-05 08:12:33 UTC"]]
    path = table(
        ["outlet", "text", "date"],
        *(["star", TEXT.format(n), *row] for n, row in enumerate(rows)),
        folder=tmp_path,
    )
    with pytest.warns(CrossframeWarning) as caught:
        status = import_files(path, corpus=tmp_path / "c", event="e", published="2026-01-02")
    said = " ".join(str(warning.message) for warning in caught)
    assert f"1 of 3 articles: {AMBIGUOUS} " in said
    assert f"{path.name}, row 1" in said
    first, second, third = (new.article.published for new in status.imported)
    assert (first, second) == (None, date(2026, 1, 2))
    assert third is not None
    assert third.isoformat() == "2026-05-05T08:12:33+00:00"
    [file] = [new for new in (tmp_path / "c").rglob("*.md") if "08:12:33+00:00" in new.read_text("utf-8")]
    assert "published = 2026-05-05T08:12:33+00:00" in file.read_text("utf-8")


def test_what_was_read_from_where_is_said(tmp_path: Path) -> None:
    """Columns that were known by other names are named in a warning."""
    path = table(["Headline", "Body", "Publication"], ["T", TEXT, "The Star"], folder=tmp_path)
    with pytest.warns(CrossframeWarning, match="outlet from 'Publication'"):
        import_files(path, corpus=tmp_path / "c", event="e", published="2026-05-05")


def test_columns_are_checked_at_once(tmp_path: Path) -> None:
    """A field that no article has is refused before any file is read."""
    with pytest.raises(UnknownNameError, match="Unknown field 'txt'"):
        import_files(tmp_path / "none.csv", corpus=tmp_path / "c", event="e", columns={"txt": "Lead"})


RIS = (
    "TY  - NEWS\nTI  - Ferry closed\nT2  - Island Gazette\nDA  - 2026/05/05\n{}  - "
    + TEXT.format(1)
    + "\nER  - \n"
)
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Island Gazette</title><item><title>Ferry closed</title>"
    "<link>https://gazette.example/a</link><{0}>" + TEXT.format(2) + "{1}</{0}></item></channel></rss>"
)
PAGE = (
    '<html><head><meta property="og:site_name" content="Island Gazette"><script type="application/ld+json">'
    '{{"@type": "NewsArticle", "headline": "Ferry closed", "isAccessibleForFree": {}}}</script></head><body><article>'
    "<h1>Ferry closed</h1><p>"
    + TEXT.format(3)
    + "</p><p>Nobody was there to hear it.</p></article></body></html>"
)
ROWS = 'outlet,title,{},published{}\nstar,One,"' + TEXT.format(4) + '",2026-05-05{}\n'


LONG_ROW = 'outlet,text,published\nstar long,"{}'


@pytest.mark.parametrize(
    ("name", "content", "columns", "extent"),
    [
        ("a.ris", RIS.format("AB"), {}, "abstract"),
        ("a.ris", RIS.format("N2"), {}, "abstract"),
        ("a.ris", RIS.format("N1  - Full text: ").replace("  -  - ", "  - "), {}, None),
        ("a.xml", FEED.format("description", ""), {}, "summary"),
        ("a.xml", FEED.format("description", " ..."), {}, "summary"),
        ("a.html", PAGE.format("false"), {}, "teaser"),
        ("a.html", PAGE.format("true"), {}, None),
        ("a.csv", ROWS.format("text", "", ""), {}, None),
        ("a.csv", ROWS.format("Abstract", "", ""), {"text": "Abstract"}, "abstract"),
        ("a.csv", ROWS.format("Teaser", "", ""), {"text": "Teaser"}, "teaser"),
        ("a.csv", ROWS.format("Lead and rest", "", ""), {"text": "Lead and rest"}, None),
        ("a.csv", ROWS.format("text", ",extent", ",summary"), {}, "summary"),
        ("a.csv", ROWS.format("Abstract", ",extent", ",full"), {"text": "Abstract"}, "full"),
        ("a.csv", ROWS.format("text", "", "").replace('",2026', ' ...",2026'), {}, "teaser"),
        ("a.csv", ROWS.format("text", "", "").replace('",2026', ' “And then ...”",2026'), {}, None),
        ("a.csv", ROWS.format("text", ",extent", ",full").replace('",2026', ' ...",2026'), {}, "full"),
        (
            "a.csv",
            ROWS.format("Abstract", "", "").replace('",2026', ' …",2026'),
            {"text": "Abstract"},
            "abstract",
        ),
        (
            "a.csv",
            LONG_ROW.format("It rained in the town. " * 2000)[: 33 + 32767] + '",2026-05-05\n',
            {},
            "teaser",
        ),
        ("a.csv", LONG_ROW.format("It rained in the town. " * 2000) + '",2026-05-05\n', {}, None),
    ],
)
def test_what_of_an_article_is_here(
    tmp_path: Path, name: str, content: str, columns: dict[str, str], extent: str | None
) -> None:
    """An abstract, a feed's summary and a teaser stay known as such after the import; whole texts say nothing."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    quietly(path, outlet="Island Gazette", columns=columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        [article] = read_folder(tmp_path / "c").articles
    assert article.extent == extent
    assert article.is_partial == (extent not in (None, "full"))


def test_an_unknown_extent(tmp_path: Path) -> None:
    """A row that says an extent that is none is left out, with what is accepted."""
    path = tmp_path / "a.csv"
    path.write_text(
        ROWS.format("text", ",extent", ",half") + "star,Two,A second text.,2026-05-05,full\n",
        encoding="utf-8",
    )
    status = quietly(path)
    assert "must be one of: full, teaser, summary, abstract" in status.left_out[0].reason
