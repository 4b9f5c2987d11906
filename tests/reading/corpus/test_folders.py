"""Corpora on disk: what is written is read back, and every bad input is one clear error."""

import csv
import json
import warnings
from datetime import timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossframe import storage
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.corpus.events_table import regroup
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.gold import read_alignment
from crossframe.records import Article, Corpus, Event

TOML = 'name = "small"\nlanguage = "en"\n[[actors]]\nid = "anna"\nname = "Anna"\n'
MENTIONS = "article\tstart\tend\tactor\tkind\ttext\n"
STANCE = "article\tsentence\tstart\tend\tactor\tvoice\tp_negative\tp_neutral\tp_positive\n"
PORTRAYAL = "article\tsentence\tactor\tspeaker\tbasis\tp_negative\tp_neutral\tp_positive\n"
PAIRS = "event\tleft_outlet\tleft_sentence\tright_outlet\tright_sentence\trelation\n"
QUOTES = "article\tquote\tstart\tend\tkind\tcue\tspeaker\tspeaker_text\n"


def write_article(folder: Path, article: Article) -> Path:
    """Write `article` into the corpus `folder` as ``articles/<event>/<id>.md``."""
    path = folder / "articles" / article.event / f"{article.id}.md"
    storage.write_text(path, article_file(article))
    return path


def made(folder: Path, toml: str = TOML, **gold: str) -> Path:
    """Write a corpus of one event and two outlets."""
    (folder / "corpus.toml").write_text(toml, encoding="utf-8")
    for outlet in ("one", "two"):
        write_article(
            folder, Article(f"{outlet}-1", "e", outlet, "Head", "Anna spoke. She left.", language="en")
        )
    for name, table in gold.items():
        (folder / "gold").mkdir(exist_ok=True)
        (folder / "gold" / f"{name}.tsv").write_text(table, encoding="utf-8")
    return folder


def lines(folder: Path, *rows: object) -> Path:
    """Write a corpus whose articles are a table."""
    (folder / "corpus.toml").write_text('name = "small"\n', encoding="utf-8")
    content = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / "articles.jsonl").write_text(content, encoding="utf-8")
    return folder


def row(**changes: object) -> dict[str, object]:
    """Return a good row of a table of articles, with `changes`."""
    return {"id": "a", "event": "e", "outlet": "o", "title": "", "text": "Some text."} | changes


def test_gold_becomes_records(tmp_path: Path) -> None:
    """Mentions, quotes, stance and pairs are read with offsets of the document."""
    corpus = read_folder(
        made(
            tmp_path,
            mentions=MENTIONS + "one-1\t6\t10\tanna\tname\tAnna\n",
            quotes=QUOTES + "one-1\tq1\t6\t10\tdirect\tspoke\tanna\tAnna\n",
            stance=STANCE + "one-1\t1\t6\t10\tanna\tauthor\t0\t0\t1\n",
            alignment=PAIRS + "e\tone\t1\ttwo\t1\tequivalent\ne\tone\t2\ttwo\t2\tdisputed\n",
        )
    )
    assert corpus.gold["mentions"].actor == ("anna",)
    assert corpus.gold["quotes"].speaker == ("anna",)
    assert corpus.gold["stance"].scores.tolist() == [[0.0, 0.0, 1.0]]
    assert corpus.gold["alignment"].relation == ("equivalent", "disputed")
    assert corpus.gold["alignment"].keys()[0] == (("one-1", 1), ("two-1", 1))


def test_gold_portrayal_is_of_sentences(tmp_path: Path) -> None:
    """A row is a sentence, an actor and a speaker; it needs no place in the sentence."""
    table = PORTRAYAL + "one-1\t1\tanna\toutlet\tfacts\t0\t0\t1\none-1\t1\tanna\tquoted\twording\t1\t0\t0\n"
    gold = read_folder(made(tmp_path, portrayal=table)).gold["portrayal"]
    assert gold.unit == "sentence"
    assert (gold.units.voice, gold.score.tolist()) == (("outlet", "quoted"), [1.0, -1.0])
    assert (gold.units.sentence.tolist(), gold.units.start.tolist()) == ([1, 1], [-1, -1])


def test_stance_gold_may_say_how_it_was_drawn(tmp_path: Path) -> None:
    """A last column `probability` is kept, empty where it is not known, and goes with the labels that are selected."""
    head = STANCE.rstrip("\n") + "\tprobability\n"
    label = "anna\tauthor\t0\t0\t1"
    corpus = read_folder(
        made(tmp_path, stance=f"{head}one-1\t1\t6\t10\t{label}\t0.25\ntwo-1\t1\t6\t10\t{label}\t\n")
    )
    drawn = corpus.gold["stance"].probability
    assert drawn[0] == 0.25
    assert np.isnan(drawn[1])
    assert corpus.select(outlet="one").gold["stance"].probability.tolist() == [0.25]
    (tmp_path / "gold" / "stance.tsv").write_text(f"{head}one-1\t1\t6\t10\t{label}\t\n", encoding="utf-8")
    assert read_folder(tmp_path).gold["stance"].probability is None


@pytest.mark.parametrize(
    ("name", "table", "message"),
    [
        ("mentions", MENTIONS + "one-1\t6\t10\tbob\tname\tAnna\n", r"line 2: Unknown actor 'bob'"),
        ("mentions", MENTIONS + "zzz\t6\t10\tanna\tname\tAnna\n", r"line 2: Unknown article 'zzz'"),
        ("mentions", MENTIONS + "one-1\t6\t999\tanna\tname\tAnna\n", r"line 2: Invalid span \(6, 999\)"),
        ("mentions", MENTIONS + "one-1\t6\t10\tanna\tname\tBob\n", r"line 2: Invalid text 'Bob'"),
        ("mentions", MENTIONS + "one-1\tsix\t10\tanna\tname\tAnna\n", r"line 2: Invalid start 'six'"),
        ("mentions", MENTIONS + "\none-1\t6\n", r"Invalid row of 2 cells in .*line 3"),
        ("mentions", MENTIONS + f"one-1\t6\t10\tanna\tname\t{'z' * 200_000}\n", r"line 2: Invalid text"),
        ("mentions", "article\tstart\n", r"Missing: end, actor, kind"),
        ("mentions", MENTIONS.replace("text", "kind"), r"column of .*'kind'"),
        ("stance", STANCE + "one-1\t1\t6\t10\tanna\tauthor\tnan\t0\t1\n", r"line 2: Invalid probabilities"),
        ("stance", STANCE + "one-1\t9\t6\t10\tanna\tauthor\t0\t0\t1\n", r"line 2: Unknown sentence 9"),
        ("stance", STANCE + "one-1\t2\t6\t10\tanna\tauthor\t0\t0\t1\n", r"line 2: Invalid sentence '2'"),
        (
            "stance",
            STANCE.rstrip("\n") + "\tprobability\none-1\t1\t6\t10\tanna\tauthor\t0\t0\t1\t1.5\n",
            r"line 2: Invalid probability '1.5'",
        ),
        ("portrayal", PORTRAYAL + "one-1\t9\tanna\toutlet\tnone\t0\t1\t0\n", r"line 2: Unknown sentence 9"),
        ("portrayal", PORTRAYAL + "zzz\t1\tanna\toutlet\tnone\t0\t1\t0\n", r"line 2: Unknown article 'zzz'"),
        ("portrayal", PORTRAYAL + "one-1\t1\tbob\toutlet\tnone\t0\t1\t0\n", r"line 2: Unknown actor 'bob'"),
        (
            "portrayal",
            PORTRAYAL + "one-1\t1\tanna\tauthor\tnone\t0\t1\t0\n",
            r"line 2: Invalid speaker 'author'",
        ),
        ("portrayal", PORTRAYAL + "one-1\t1\tanna\toutlet\ttone\t0\t1\t0\n", r"line 2: Invalid basis 'tone'"),
        (
            "portrayal",
            PORTRAYAL + "one-1\t1\tanna\toutlet\tnone\t0\t1\t1\n",
            r"line 2: Invalid probabilities",
        ),
        ("portrayal", PORTRAYAL + "one-1\t1\tanna\toutlet\tnone\t0\t1\t0\n" * 2, r"line 3: .* listed twice"),
        ("alignment", PAIRS + "e\tone\t9\ttwo\t1\tpartial\n", r"line 2: Unknown sentence 9"),
        ("alignment", PAIRS + "e\tone\t1\tsix\t1\tpartial\n", r"line 2: Invalid right_outlet 'six'"),
        ("alignment", PAIRS + "e\tone\t1\ttwo\t1\tsame\n", r"line 2: Invalid relation 'same'"),
        (
            "alignment",
            PAIRS + "e\tone\t1\ttwo\t1\tpartial\ne\ttwo\t1\tone\t1\tpartial\n",
            r"line 3: .*listed twice",
        ),
        ("alignment", PAIRS + "e\tone\t1\tone\t2\tpartial\n", r"line 2: Invalid pair.* different outlets"),
    ],
)
def test_bad_gold(tmp_path: Path, name: str, table: str, message: str) -> None:
    """A gold row that cannot be placed is an error with file and line."""
    with pytest.raises(InputError, match=message):
        read_folder(made(tmp_path, **{name: table}))


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("one-1\t1\tone-2\t1", "line 2: Invalid pair.* different outlets"),
        ("one-1\t1\tone-1\t2", "line 2: Invalid pair.* different outlets"),
        ("one-1\t1\ttwo-3\t1", "line 2: Invalid pair.* must be of event 'e'"),
        ("one-3\t1\ttwo-3\t1", "line 2: Invalid pair.* must be of event 'e'"),
    ],
)
def test_pairs_are_of_two_outlets_on_one_event(tmp_path: Path, pair: str, message: str) -> None:
    """Two articles of one outlet, or of two events, are no pair of gold, whoever gives the table."""
    folder = made(tmp_path)
    write_article(folder, Article("one-2", "e", "one", "Head", "Anna spoke again.", language="en"))
    for outlet in ("one", "two"):
        write_article(folder, Article(f"{outlet}-3", "f", outlet, "Head", "Anna came.", language="en"))
    header = "event\tleft_article\tleft_sentence\tright_article\tright_sentence\trelation\n"
    (tmp_path / "mine.tsv").write_text(
        f"{header}e\t{pair}\tpartial\nf\tone-3\t0\ttwo-3\t0\tpartial\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=f"mine.tsv, {message}"):
        read_alignment(read_folder(folder), tmp_path / "mine.tsv")


def test_alignment_gold_without_rows(tmp_path: Path) -> None:
    """In a corpus folder a table of pairs that was only begun is no gold; given by the user it is refused."""
    corpus = read_folder(made(tmp_path, alignment=PAIRS))
    assert "alignment" not in corpus.gold
    with pytest.raises(InputError, match=r"Invalid gold '.*alignment.tsv' without rows"):
        read_alignment(corpus, tmp_path / "gold" / "alignment.tsv")
    with pytest.raises(InputError, match="Missing: left_sentence"):
        read_folder(made(tmp_path, alignment="event\n"))


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("name = ", "Invalid TOML"),
        ("", "Missing key 'name'"),
        ('name = "../up"', "Invalid corpus id '../up'"),
        ('name = "a"\nnames = "b"', "Unknown key 'names' .* Known: name, title"),
        ('name = "a"\nevents = 5', "Invalid events 5"),
        ('name = "a"\n[[actors]]\nid = "b"\nname = "B"\naliases = 5', "Invalid aliases 5"),
        ('name = "a"\n[[outlets]]\nid = "b"\nname = ["B"]', "Invalid name"),
        ('name = "a"\n[[events]]\nid = "b"\ndate = "May"', "Invalid date of event 'b'"),
        ('name = "a"\n[[actors]]\nid = "b"\nname = "B"\nkind = "hero"', "Invalid kind of actor 'b'"),
    ],
)
def test_bad_settings(tmp_path: Path, toml: str, message: str) -> None:
    """A corpus.toml that breaks a rule is one clear error."""
    with pytest.raises(CrossframeError, match=message):
        read_folder(made(tmp_path, toml))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"id": "a", "event": "e"}, "Missing field 'outlet' in .*line 1"),
        (row(text=" \n"), "line 1: Invalid text"),
        (row(id="../a"), "line 1: Invalid article id"),
        (row(titel="x"), "Unknown key 'titel' in .*line 1"),
        (row(published="May 2008"), "line 1: Invalid publication date"),
        (row(sentences=[[0.5, 3]]), "Invalid sentences .*line 1"),
        (row(sentences=[[0, 99]]), r"line 1: Invalid sentence offsets \(0, 99\)"),
        (row(text="half \ud800"), "half a surrogate"),
        ("{", "Invalid JSON in .*line 1"),
        ("[" * 100_000, "Invalid JSON in .*line 1"),
        ('{"id": ' + "1" * 5000 + "}", "Invalid JSON in .*line 1"),
        ("[]", "Invalid record in .*line 1"),
    ],
)
def test_bad_rows(tmp_path: Path, bad: object, message: str) -> None:
    """A row that is no article is an error with file and line."""
    with pytest.raises(InputError, match=message):
        read_folder(lines(tmp_path, bad))


@pytest.mark.parametrize("name", ["actors.tsv", "actors.csv"])
def test_kept_table_of_actors(tmp_path: Path, name: str) -> None:
    """An edited table of actors comes with the corpus and its parts, and counts in its fingerprint."""
    without = read_folder(made(tmp_path))
    (tmp_path / name).write_text("actor\nanna\n", encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert without.actors_table is None
    for one in (corpus, corpus.select(outlet="one")):
        assert one.actors_table is not None
        assert (one.actors_table.path, one.actors_table.text) == (str(tmp_path / name), "actor\nanna\n")
    assert corpus.fingerprint != without.fingerprint
    assert corpus.actors == without.actors


def test_two_tables_of_actors(tmp_path: Path) -> None:
    """Two edited tables of actors are refused, and so is one that is no text."""
    made(tmp_path)
    (tmp_path / "actors.tsv").write_bytes(b"actor\n\xff\x00\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_folder(tmp_path)
    (tmp_path / "actors.csv").write_text("actor\n", encoding="utf-8")
    with pytest.raises(InputError, match="keep one of them"):
        read_folder(tmp_path)


def test_duplicate_ids(tmp_path: Path) -> None:
    """Two articles of one id are refused."""
    with pytest.raises(InputError, match="Duplicate article id 'a'"):
        read_folder(lines(tmp_path, row(), row(event="f")))


@pytest.mark.parametrize("content", [b"no fence", b"+++\n\xe9\n+++\ntext", b'+++\nid = "other"\n+++\ntext'])
def test_bad_article_files(tmp_path: Path, content: bytes) -> None:
    """A file without front matter, in another encoding or of another id is an error that names it."""
    folder = made(tmp_path)
    (folder / "articles" / "e" / "bad.md").write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.md"):
        read_folder(folder)


def test_no_corpus(tmp_path: Path) -> None:
    """A folder that is missing or has no corpus.toml is unknown."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UnknownNameError, match=r"corpus\.toml"):
            read_folder(folder)


def test_warnings(tmp_path: Path) -> None:
    """A single outlet and an article in another language are said."""
    folder = lines(tmp_path, row(language="de"))
    (folder / "corpus.toml").write_text('name = "small"\nlanguage = "en"\n', encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_folder(folder)
    assert all(issubclass(warning.category, CrossframeWarning) for warning in caught)
    assert ["single outlet" in str(w.message) or "(de)" in str(w.message) for w in caught] == [True, True]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ({"a": "xy"}, None),
        ({"a": "x"}, "Event 'a' has a single outlet, 'x'. Nothing"),
        ({"a": "x", "b": "xy"}, "Event 'a' has a single outlet, 'x'. Nothing"),
        ({"a": "x", "b": "y"}, "Events with a single outlet: 2 of 2 (a, b). Nothing"),
        ({"a": "xx", "b": "y", "c": "xyz"}, "Events with a single outlet: 2 of 3 (a, b). Nothing"),
        ({f"e{n:02}": "x" for n in range(30)}, "30 of 30 (e00, "),
    ],
)
def test_events_of_a_single_outlet(tmp_path: Path, events: dict[str, str], said: str | None) -> None:
    """However many they are, one warning says it."""
    rows = [
        row(id=f"{event}-{n}", event=event, outlet=outlet)
        for event, outlets in events.items()
        for n, outlet in enumerate(outlets)
    ]
    folder = lines(tmp_path, *rows)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_folder(folder)
    assert [said in str(one.message) for one in caught] == ([True] if said else [])


_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=60)
_ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=_TEXT,
    text=_TEXT.map(str.strip).filter(bool),
    byline=_TEXT.filter(bool) | st.none(),
    day=st.dates() | st.datetimes(timezones=st.none() | _ZONES),
)
def test_round_trip(tmp_path: Path, title: str, text: str, byline: str | None, day: object) -> None:
    """An article that is written is read back exactly."""
    article = Article("a", "e", "o", title, text, published=day, byline=byline, sentences=((0, len(text)),))
    (tmp_path / "corpus.toml").write_text('name = "small"\n', encoding="utf-8")
    write_article(tmp_path, article)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        assert read_folder(tmp_path).articles == (article,)


def test_half_a_surrogate_is_not_written(tmp_path: Path) -> None:
    """Text that UTF-8 cannot store is refused before a file is made."""
    with pytest.raises(InputError, match="half a surrogate"):
        write_article(tmp_path, Article("a", "e", "o", "", "a \ud800"))
    assert not list(tmp_path.iterdir())


# --- the edited table of events -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        ("talk,one-1,0.9\ntalk,two-1,0.4", {"talk": "First"}),
        ("talk,one-1,0.4\ntalk,two-1,0.9", {"talk": "Second"}),
        ("talk,one-1,0.5\ntalk,two-1,0.5", {"talk": "First"}),
        ("talk,one-1,\nwalk,two-1,", {"talk": "First", "walk": "Second"}),
        ("talk,one-1,\ntalk,two-1,0.2", {"talk": "Second"}),
        ("talk,one-1,high\ntalk,two-1,0.2", {"talk": "Second"}),
        (",one-1,0.9\ntalk,two-1,0.1", {"talk": "Second"}),
        ("declared,one-1,0.9\ndeclared,two-1,0.4", {"declared": "As declared"}),
    ],
)
def test_events_are_called_as_their_most_central_article(
    tmp_path: Path, rows: str, titles: dict[str, str]
) -> None:
    """An event of the table has the title of its article of greatest similarity, unless corpus.toml gives it one."""
    articles = tuple(
        Article(f"{one}-1", "e", one, title, "Rain fell.")
        for one, title in (("one", "First"), ("two", "Second"))
    )
    corpus = Corpus("c", articles, events=(Event("declared", "As declared"),))
    storage.write_text(tmp_path / "t.csv", f"event,article,similarity\n{rows}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        assert {event.id: event.title for event in regroup(corpus, tmp_path / "t.csv").events} == titles
    storage.write_text(tmp_path / "t.csv", "event,article\ntalk,one-1\ntalk,two-1\n")
    assert [event.title for event in regroup(corpus, tmp_path / "t.csv").events] == [""]


def test_a_kept_table_moves_articles(tmp_path: Path) -> None:
    """Articles are in the events that events.csv gives them; gold of articles that stay together stays."""
    pairs = f"{PAIRS}e\tone\t1\ttwo\t1\tequivalent\n"
    folder = made(tmp_path, mentions=f"{MENTIONS}one-1\t6\t10\tanna\tname\tAnna\n", alignment=pairs)
    storage.write_text(folder / "events.csv", "article,event,note\none-1,talk,a\ntwo-1,talk,\n")
    corpus = read_folder(folder)
    assert [(article.id, article.event) for article in corpus.articles] == [
        ("one-1", "talk"),
        ("two-1", "talk"),
    ]
    assert [event.id for event in corpus.events] == ["talk"]
    assert corpus.gold["alignment"].keys() == [(("one-1", 1), ("two-1", 1))]
    assert {article.event for article in corpus.gold["alignment"].sentences.articles} == {"talk"}
    assert {article.event for article in read_folder(folder, regrouped=False).articles} == {"e"}
    storage.write_text(folder / "events.csv", "article,event\none-1,talk\ntwo-1,walk\n")
    with pytest.warns(CrossframeWarning, match="single outlet"):
        parted = read_folder(folder)
    assert len(parted.gold["alignment"]) == 0
    assert len(parted.gold["mentions"]) == 1


@pytest.mark.filterwarnings("ignore:Event.* a single outlet")
def test_what_the_table_leaves_out_is_said(tmp_path: Path) -> None:
    """An empty event leaves the article out with its gold; one that is not named keeps its event; both are warned."""
    folder = made(tmp_path, mentions=f"{MENTIONS}one-1\t6\t10\tanna\tname\tAnna\n")
    storage.write_text(folder / "events.csv", "event,article\n,one-1\n")
    with (
        pytest.warns(CrossframeWarning, match="left out .*1 of 2: one-1"),
        pytest.warns(CrossframeWarning, match="not named and kept in their declared events .*: two-1"),
    ):
        corpus = read_folder(folder)
    assert [(article.id, article.event) for article in corpus.articles] == [("two-1", "e")]
    assert len(corpus.gold["mentions"]) == 0


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("event,article\ntalk,one-1\ntalk,nobody\n", "events.csv, line 3: Unknown article 'nobody'"),
        (
            "event,article\ntalk,one-1\nwalk,one-1\n",
            "events.csv, line 3: Invalid article 'one-1'. It occurs twice",
        ),
        ("event,article\nThe Talk,one-1\n", "events.csv, line 2: Invalid event id 'The Talk'"),
        ("event,outlet\ntalk,one\n", "events.csv. Missing: article"),
        ("", "events.csv. Missing: event, article"),
        ("event,article\ntalk\n", "Invalid row in .*events.csv, line 2. It must have as many cells"),
        ("event,article\ntalk,one-1,more\n", "Invalid row in .*events.csv, line 2"),
        ("event,article\n,one-1\n,two-1\n", "It leaves out every article"),
        (b"event,article\nt\xe9,one-1\n", "line 2: Invalid event id 'té'"),
        (b"event,article\n\xff\x00\x81,one-1\n", "It must be a CSV file in UTF-8"),
        ("event,article,event\ntalk,one-1,talk\n", "column of .*events.csv: 'event'. It occurs twice"),
    ],
)
@pytest.mark.filterwarnings("ignore::crossframe.errors.CrossframeWarning")
def test_bad_tables_of_events(tmp_path: Path, table: str | bytes, said: str) -> None:
    """Every bad row of the edited table is one clear error that names file and line."""
    folder = made(tmp_path)
    (folder / "events.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    with pytest.raises(InputError, match=said):
        read_folder(folder)
    assert len(read_folder(folder, regrouped=False)) == 2


_EVENTS = "event,article,title\ntalk,one-1,Käse\n,two-1,\n"


@pytest.mark.parametrize(
    "table",
    [
        _EVENTS.encode(),
        _EVENTS.replace(",", ";").encode(),
        _EVENTS.replace(",", "\t").encode(),
        _EVENTS.replace(",", ";").replace("\n", "\r\n").encode("cp1252"),
        _EVENTS.replace(",", "\t").encode("utf-16"),
        b"\xef\xbb\xbfsep=;\r\n" + _EVENTS.replace(",", ";").encode(),
        _EVENTS.replace(",", ";").replace("\n", ";;\r\n").encode() + b";;;;\r\n\r\n",
        b'"event";"article"\n"talk";"one-1"\n"";"two-1"\n',
        b'event\tarticle\ttitle\ntalk\tone-1\t"She said ""no"""\n\ttwo-1\t\n',
    ],
)
@pytest.mark.filterwarnings("ignore::crossframe.errors.CrossframeWarning")
def test_tables_as_spreadsheets_save_them(tmp_path: Path, table: bytes) -> None:
    """Semicolons, tabs, other encodings, empty rows and columns: the edits are applied all the same."""
    folder = made(tmp_path)
    (folder / "events.csv").write_bytes(table)
    assert [(article.id, article.event) for article in read_folder(folder).articles] == [("one-1", "talk")]


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    """A table that is not in UTF-8 is read, with a warning that names the encoding."""
    (tmp_path / "t.csv").write_bytes("actor;name\nx;Jürgen “Jo” Müller\n".encode("cp1252"))
    with pytest.warns(CrossframeWarning, match=r"The actors table .* is not in UTF-8 and was read as cp1252"):
        text = storage.read_table_text(tmp_path / "t.csv", "actors table")
    assert storage.parse_table(text, "t.csv", "actors table")[1] == [
        (2, {"actor": "x", "name": "Jürgen “Jo” Müller"})
    ]


def test_a_table_that_cannot_be_parsed(tmp_path: Path) -> None:
    """What Python's CSV reader refuses is one clear error too."""
    folder, limit = made(tmp_path), csv.field_size_limit(10)
    try:
        storage.write_text(folder / "events.csv", "event,article\na-long-event-id,one-1\n")
        with pytest.raises(InputError, match="It must be a CSV file"):
            read_folder(folder)
    finally:
        csv.field_size_limit(limit)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    """A table given by name must exist."""
    with pytest.raises(UnknownNameError, match="Unknown events table"):
        regroup(read_folder(made(tmp_path)), tmp_path / "none.csv")
