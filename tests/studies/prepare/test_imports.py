"""Import: files become articles of a corpus, all or none, and what was left out lies beside them."""

import json
import re
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crossframe._validation import ID_RULE
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Outlet
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.study import compare_to
from crossframe.studies.prepare.imports import import_files
from crossframe.studies.prepare.outlet_ids import OutletIds

PAGE = "Daily Star\nSubscribe\nRain floods town\nHeavy rain flooded the old town on Monday night.\nThe mayor slept.\nChats\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file to be imported."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def quietly(
    *files: Path, corpus: Path, event: str = "rain", outlet: str = "Daily Star", **options: str
) -> list:
    """Import without the warnings that are not what a test is about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return list(import_files(files, corpus=corpus, event=event, outlet=outlet, **options).imported)


def test_a_new_corpus(tmp_path: Path) -> None:
    """Event, outlet and corpus are made, the article is read back, the dropped lines lie beside it."""
    [one] = quietly(put(tmp_path / "in", "a.txt", PAGE), corpus=tmp_path / "mine", published="2020-02-03")
    with pytest.warns(CrossframeWarning, match="single outlet"):
        corpus = read_folder(tmp_path / "mine")
    assert corpus.articles == (one.article,)
    assert one.article.id == "daily-star-rain-floods-town"
    assert one.article.published == date(2020, 2, 3)
    assert [(outlet.id, outlet.name) for outlet in corpus.outlets] == [("daily-star", "Daily Star")]
    table = (tmp_path / "mine" / "articles" / "rain" / f"{one.article.id}.dropped.tsv").read_text(
        encoding="utf-8"
    )
    assert table.splitlines() == [
        "line\treason\ttext",
        "1\tbefore the body\tDaily Star",
        "2\tsite phrase\tSubscribe",
        "6\tsite phrase\tChats",
    ]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("questions", "genre"),
    [
        (["Mr Vos, are you surprised?", "Would you govern with the Greens?"], "interview"),
        (["What would happen to the schools?", "Who would pay?"], None),
    ],
)
def test_interviews_that_no_page_calls_so(tmp_path: Path, questions: list[str], genre: str | None) -> None:
    """Questions in bold that a person answers make an interview, headings that are questions do not."""
    answers = (
        "No. The premier had no majority for the budget.",
        "Facts come first, and the schools need money.",
    )
    turns = "".join(
        f"<p><b>{asked}</b></p><p>{one}</p>" for asked, one in zip(questions, answers, strict=True)
    )
    page = f"<html lang=en><body><article><h1>Piet Vos on the vote</h1><p>The town votes on 14 June, and Piet Vos leads the opposition into it.</p>{turns}</article></body></html>"
    [one] = quietly(put(tmp_path / "in", "a.html", page), corpus=tmp_path / "mine", published="2020-02-03")
    assert one.article.genre == genre


def test_str_and_path_alike(tmp_path: Path) -> None:
    """One path or several, as str or Path, are the same import."""
    page = put(tmp_path / "in", "a.txt", PAGE)
    imported = []
    for number, files in enumerate((page, str(page), [page], (str(page),))):
        for corpus in (tmp_path / f"path{number}", str(tmp_path / f"str{number}")):
            status = import_files(files, corpus=corpus, event="rain", outlet="star", published="2020-02-03")
            imported += [new.article for new in status.imported]
    assert imported == imported[:1] * 8


@pytest.mark.parametrize(
    ("files", "corpus", "message"),
    [
        ([], "mine", r"Invalid files \[\]"),
        (None, "mine", "Invalid files None"),
        (7, "mine", "Invalid files 7"),
        ([7], "mine", "Invalid file 7"),
        ("a.txt", None, "Invalid corpus folder None"),
    ],
)
def test_wrong_types(files: object, corpus: object, message: str) -> None:
    """What is no path is refused in one line that says what is accepted."""
    with pytest.raises(InputError, match=rf"{message}.*a str or a pathlib\.Path"):
        import_files(files, corpus=corpus, event="rain", outlet="star")  # type: ignore[arg-type]


def test_the_missing_date_is_asked_for(tmp_path: Path) -> None:
    """A date that the page does not say in full is unknown, with a warning that quotes the dateline."""
    page = put(
        tmp_path / "in",
        "a.txt",
        "Rain\nOSLO, August 29 (Agency) - Heavy rain flooded the old town at night.\n",
    )
    with pytest.warns(CrossframeWarning, match=r"'OSLO, August 29 \(Agency\)', without a year.*--published"):
        status = import_files([page], corpus=tmp_path / "mine", event="rain", outlet="star")
    [one] = status.imported
    assert one.article.published is None
    assert one.article.dateline == "OSLO, August 29 (Agency)"
    assert re.match(rf"look at .*{one.article.id}\.md: .*\d+ words only\n", status.summary())


def test_a_summary_names_what_needs_a_look(tmp_path: Path) -> None:
    """Whole articles are counted; a line is written for one without a title, a very short one, and another genre."""
    text = "Rain fell on the old town all night, and nobody in the harbour had been told of it. " * 8
    rows = [
        "title,text,outlet,published,genre",
        *(f"Rain {n},'{n} {text}',star,2026-05-05," for n in range(30)),
    ]
    rows += [
        f",'{text}',post,2026-05-05,",
        "Short,Rain fell on the town.,post,2026-05-05,",
        f"Odd,'Odd: {text}',post,2026-05-05,opinion",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        table = put(tmp_path / "in", "a.csv", "\n".join(rows).replace("'", '"'))
        status = import_files([table], corpus=tmp_path / "mine", event="rain")
    lines = [line.rpartition(": ")[2] for line in status.summary().split("\n")]
    assert lines[:3] == ["no title", "5 words only", "genre opinion"]
    assert lines[3].startswith("Imported 33 articles of 2 outlets (star 30, post 3)")


def test_a_stopped_import_goes_on(tmp_path: Path) -> None:
    """What a killed import had read is taken, which is said, and nothing of it is left behind."""
    page = put(tmp_path / "in", "a.txt", "Rain\n\nHeavy rain flooded the old town at night.\n")
    kept = tmp_path / ".mine.import" / "read"
    kept.mkdir(parents=True)
    (kept / "other.json").write_text("{}")
    with pytest.warns(
        CrossframeWarning,
        match=r"Going on with an import into '.*mine' that was stopped: 1 file had been read\.",
    ):
        import_files([page], corpus=tmp_path / "mine", event="rain", outlet="star", published="2026-05-05")
    assert {path.name for path in tmp_path.iterdir()} == {"in", "mine"}


def test_comments_and_order_of_corpus_toml_stay(small: Path, tmp_path: Path) -> None:
    """Entries are appended to corpus.toml; what people wrote there stays as it was."""
    toml = small / "corpus.toml"
    toml.write_text("# our corpus\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    before = toml.read_text(encoding="utf-8")
    quietly(put(tmp_path / "in", "a.txt", PAGE), corpus=small, event="bridge")
    after = toml.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.count("[[outlets]]") == after.count("[[events]]") == 1
    page = put(tmp_path / "in", "b.txt", PAGE.replace("mayor", "council"))
    [again] = quietly(page, corpus=small, event="bridge")
    assert toml.read_text(encoding="utf-8") == after
    assert again.article.id == "daily-star-rain-floods-town-2"
    assert len(read_folder(small).articles) == 4


def test_the_same_page_twice(tmp_path: Path) -> None:
    """An outlet's text that is there already comes in once: nobody's voice counts twice by accident."""
    page = put(tmp_path / "in", "a.txt", PAGE)
    quietly(page, corpus=tmp_path / "mine")
    assert quietly(page, corpus=tmp_path / "mine") == []
    [again] = quietly(page, corpus=tmp_path / "mine", outlet="Herald")
    assert again.article.outlet == "herald"


@pytest.mark.parametrize(
    ("other", "n"),
    [
        ("It rained in the old town on Monday. “Nobody came,” said Ann Poe, 81.", 1),
        ('It rained in the old town on Monday.\n\n"Nobody came", said Ann Poe, 81.', 1),
        ("IT RAINED in the old  town on Monday — “Nobody came,” said Ann Poe, 81", 1),
        ("It rained in the old town on Monday. “Nobody came,” said Ann Poe, 82.", 2),
        ("It rained in the old town on Monday. “Nobody came,” said Ann Poe, 81. It will go on.", 2),
    ],
)
def test_an_outlet_has_a_text_twice(tmp_path: Path, other: str, n: int) -> None:
    """Texts of an outlet are one by their words, whatever marks, breaks and capitals are between them."""
    text = "It rained in the old town on Monday. “Nobody came,” said Ann Poe, 81."
    rows = [
        {"title": f"Rain {number}", "text": one, "outlet": "Star"} for number, one in enumerate([text, other])
    ]
    put(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert len(quietly(tmp_path / "a.jsonl", corpus=tmp_path / "c")) == n


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_tables(tmp_path: Path, ending: str) -> None:
    """A row is an article; what a row does not say is filled from the command; text is normalised."""
    import pandas as pd

    rows = [
        {"title": "One", "text": "Cafe\u0301 owners\u200b met.", "outlet": "post", "published": "2020-02-03"},
        {"title": "Two", "text": "They met again.", "id": "my-id"},
    ]
    path = tmp_path / f"in.{ending}"
    if ending == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    elif ending == "csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        pd.DataFrame(rows).to_parquet(path)
    one, two = quietly(path, corpus=tmp_path / "mine")
    assert (one.article.id, one.article.outlet, one.article.text) == ("post-one", "post", "Café owners met.")
    assert one.article.published == date(2020, 2, 3)
    assert (two.article.id, two.article.outlet, two.article.event) == ("my-id", "daily-star", "rain")
    assert len(read_folder(tmp_path / "mine").articles) == 2


def test_a_table_as_people_have_it(tmp_path: Path) -> None:
    """Semicolons, names of outlets, date-times and further columns are understood; what is not used is said."""
    path = tmp_path / "in.csv"
    path.write_text(
        "headline;title;outlet;published;text\nx;One;Fox News;2008-08-29T10:00:00Z;Rain fell.\n"
        "y;Two;Le Monde;;It stopped, then fell again.\nz;Three;Fox News;;Snow fell.\n",
        encoding="utf-8",
    )
    with pytest.warns(CrossframeWarning, match=r"unknown|Columns headline of .* are not used"):
        status = import_files([path], corpus=tmp_path / "mine", event="rain")
    assert [one.article.outlet for one in status.imported] == ["fox-news", "le-monde", "fox-news"]
    assert [one.article.published for one in status.imported] == [
        datetime(2008, 8, 29, 10, tzinfo=UTC),
        None,
        None,
    ]
    outlets = {outlet.id: outlet.name for outlet in read_folder(tmp_path / "mine").outlets}
    assert outlets == {"fox-news": "Fox News", "le-monde": "Le Monde"}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Le Monde", "le-monde"),
        ("le-monde", "le-monde"),
        ("LE MONDE.", "le-monde"),
        ("Le Monde!", "le-monde"),
        ("The Times", "the-times"),
        ("Yahoo! News", "yahoo-news"),
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("El País", "el-pais"),
        ("A&B News", "a-b-news"),
        ("Коммерсантъ", "kommersant"),
        ("Українська правда", "ukrayinska-pravda"),
        ("Η Καθημερινή", "i-kathimerini"),
        ("הארץ", "harts"),
        ("الجزيرة", "aljzyrt"),
        ("दैनिक भास्कर", "dainik-bhaaskr"),
        ("조선일보", "joseonilbo"),
        ("アサヒ", "asahi"),
        ("新华社 Xinhua", "xinhua"),
        ("guardian.co.uk", "guardian.co.uk"),
    ],
)
def test_ids_of_outlets(name: str, id: str) -> None:
    """Every name, in any script, has an id that can be read; it is the same for every spelling, and for the id itself."""
    ids = OutletIds([], [])
    assert ids.of(name) == id
    assert [ids.of(one) for one in (name.upper(), f"{name}.", f" {name} ", id)] == [id] * 4
    assert len(ids.names) == 1
    assert ID_RULE.fullmatch(id)


def test_two_outlets_never_become_one(tmp_path: Path) -> None:
    """Names that differ in their letters have ids of their own, also where the same would be made of them."""
    names = [
        "新华社",
        "人民网",
        "A" * 70 + "b",
        "A" * 70 + "c",
        "Herald",
        "Herald Sun",
        "ⓐ herald",
        "كتب",
        "كتاب",
    ]
    ids = OutletIds([Outlet("bbc", "BBC News")], ["post"])
    made = [ids.of(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(ID_RULE.fullmatch(id) for id in made)
    assert made == [ids.of(name) for name in names]
    assert (ids.of("BBC"), ids.of("B.B.C. News"), ids.of("Post")) == ("bbc", "bbc", "post")
    assert OutletIds([], []).of("人民网", "http://www.people.com.cn/n1/2026/a.html") == "people.com.cn"
    with pytest.raises(InputError, match=r"Invalid outlet '---'\. It must have a letter or digit"):
        ids.of("---")
    page = put(tmp_path / "in", "a.txt", PAGE)
    quietly(page, corpus=tmp_path / "mine", outlet="新华社")
    with pytest.warns(CrossframeWarning, match="single outlet"):
        [outlet] = read_folder(tmp_path / "mine").outlets
    assert outlet.name == "新华社"
    other = put(tmp_path / "in", "b.txt", PAGE.replace("mayor", "council"))
    [one] = quietly(other, corpus=tmp_path / "mine", outlet="新华社!")
    assert one.article.outlet == outlet.id


def test_another_language_is_said(small: Path, tmp_path: Path) -> None:
    """An article in another language than the models' is imported with a warning."""
    text = (
        "Brücke geöffnet\nDer Stadtrat hat am Dienstag mit großer Mehrheit beschlossen, die alte Fähre zum Jahresende "
        "einzustellen und die Brücke für alle Fahrzeuge zu öffnen, sagte der Bürgermeister vor den Journalisten.\n"
        "Die Opposition kündigte eine Klage vor dem Verwaltungsgericht an und sprach von einem schweren Fehler.\n"
    )
    page = put(tmp_path / "in", "a.txt", text)
    with pytest.warns(
        CrossframeWarning, match=r"another language than the models, .*a\.txt \(language 'de'\)"
    ):
        import_files([page], corpus=small, event="bridge", outlet="zeitung", published="2020-02-03")


def test_folders_that_are_no_corpus(tmp_path: Path) -> None:
    """Import writes neither among somebody's files, nor beside a table of articles, nor into a file."""
    page = put(tmp_path / "in", "a.txt", PAGE)
    for name, said in (("in", "holds files but no corpus.toml"), ("in/a.txt", "It is a file")):
        with pytest.raises(InputError, match=said):
            quietly(page, corpus=tmp_path / name)
    table = tmp_path / "table"
    put(table, "corpus.toml", 'name = "t"\n')
    put(table, "articles.jsonl", '{"id": "a", "event": "e", "outlet": "o", "title": "", "text": "Words."}')
    with pytest.raises(InputError, match=r"articles are in articles\.jsonl"):
        quietly(page, corpus=table)
    with pytest.raises(UnknownNameError, match=r"none\.txt"):
        quietly(tmp_path / "none.txt", corpus=tmp_path / "mine")


def test_a_failure_while_writing_leaves_the_corpus_as_it_was(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last step fails, articles already put in place are taken out again."""
    before = sorted(path.name for path in small.rglob("*"))
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self.name == "corpus.toml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space left"):
        quietly(put(tmp_path / "in", "a.txt", PAGE), corpus=small)
    assert [name for name in sorted(path.name for path in small.rglob("*")) if name != "rain"] == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_the_real_page_becomes_a_sixth_outlet(mirror: Path, georgia: Path, tmp_path: Path) -> None:
    """The scraped agency page joins the five outlets, and the comparison runs on six."""
    import shutil

    page = mirror.parent / "inputs" / "000_02e96cd96887b06f.txt"
    if not page.is_file():
        pytest.skip("needs the scraped inputs beside the mirror")
    corpus = tmp_path / "georgia-2008"
    shutil.copytree(georgia, corpus)
    event = read_folder(georgia).articles[0].event
    with pytest.warns(CrossframeWarning, match="unknown"):
        status = import_files([page], corpus=corpus, event=event, outlet="agency")
    [one] = status.imported
    assert len(one.article.text.split("\n\n")) == 14
    assert one.n_dropped
    comparison = compare_to(read_folder(corpus), tmp_path / "results", Options())
    assert set(comparison.tables["outlets"]["outlet"]) >= {"agency"}
    assert len(comparison.tables["outlets"]) == 6
    covered = comparison.tables["coverage"].query("outlet == 'agency' and covered == 1")
    assert len(covered) > 3
