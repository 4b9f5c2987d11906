"""Grouping by command: an editable table that names misfits and missing outlets, applied by compare when given back."""

import csv
import warnings
from pathlib import Path

import pandas as pd
import pytest

from crossframe import storage
from crossframe.cli import main
from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Article, Corpus
from crossframe.studies.evaluate.events import (
    _by_topic,
    _count_right,
    _in_parts,
    bootstrap_b_cubed,
    count_apart,
    group_by_tfidf,
)
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.prepare.grouping import group_corpus, summarise_grouping

SNOW = "Snow fell on the high pass in May, and the weather office closed the road to all lorries."
VOTE = "Parliament voted on the pension bill, and the opposition walked out before the count."
COLUMNS = [
    *("event", "article", "outlet", "published", "title", "similarity", "misfit"),
    *("copy_of", "copy_direction", "version_of", "missing_outlets"),
]


def press() -> list[Article]:
    """Return coverage of two events and an article of neither."""
    return [
        Article("a-snow", "x", "a", "Snow closes the pass", SNOW, published="2024-05-02"),  # type: ignore[arg-type]
        Article("b-snow", "x", "b", "=High pass closed by snow", f"Lorries must wait. {SNOW}"),
        Article("a-vote", "x", "a", "Pension bill passes", VOTE),
        Article("b-vote", "x", "b", "Opposition walks out of pension vote", f"{VOTE} It was loud."),
        Article("c-cake", "x", "c", "Ten cakes", "Beat eggs with sugar until pale, then fold in flour."),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus folder with the press's articles in one declared event."""
    folder = tmp_path / "mine"
    storage.write_text(folder / "corpus.toml", 'name = "mine"\n')
    for article in press():
        storage.write_text(folder / "articles" / "x" / f"{article.id}.md", article_file(article))
    return folder


def run(*arguments: object) -> int:
    """Return the exit code of the command line."""
    with pytest.raises(SystemExit) as done, warnings.catch_warnings():
        main([str(argument) for argument in arguments])
    return int(done.value.code or 0)


def test_the_table(tmp_path: Path) -> None:
    """The table is sorted by event, names dates, misfits and missing outlets, and reads back the same."""
    table = group_corpus(Corpus("c", tuple(press())), tmp_path / "events.csv")
    assert list(table.columns) == COLUMNS
    assert table["event"].is_monotonic_increasing
    read = pd.read_csv(tmp_path / "events.csv", keep_default_na=False, dtype=str)
    assert read["event"].tolist() == table["event"].tolist()
    alone = table["article"] == "c-cake"
    assert read["similarity"][alone].tolist() == [""]
    assert read["similarity"][~alone].tolist() == [str(value) for value in table["similarity"][~alone]]
    assert table["misfit"].tolist() == ["alone" if one else "" for one in alone]
    missing = dict(zip(table["article"], table["missing_outlets"], strict=True))
    assert missing["a-snow"] == missing["b-vote"] == "c"
    assert missing["c-cake"] == "a|b"
    assert read["published"].tolist().count("2024-05-02") == 1
    shown = summarise_grouping(table, Corpus("c", tuple(press())))
    assert (
        "5 articles, 3 events, 3 outlets\n1 doubtful, 4 copied, 0 updated, 0 partial; no article in 4 of 9 cells"
        in shown
    )
    assert "c-cake of c (alone)" in shown


MARKET = (
    "The council of Quay voted on Monday to close the old fish market after forty years. Mayor Ann Poe said the roof was unsafe. "
    "Traders marched to the town hall and asked for a year of grace before the stalls are cleared."
)
PITCHES = (
    "Stallholders at the Quay fish market will lose their pitches after councillors backed its closure on Monday. The mayor, Ann "
    "Poe, called the roof a danger. Two hundred traders protested outside the town hall."
)
STORM = (
    "Thirty villages of the Velm valley had no electricity on Wednesday after a night of storm. Governor Leo Sand closed the "
    "schools. Velm Power expects its engineers to mend the lines until Friday."
)


def test_what_is_there_by_event_and_outlet() -> None:
    """Of invented coverage each article is there, doubtful, copied or updated as it was written, and outlets without one are missing."""
    rows = [
        ("market-wire", "reuters", "Quay closes fish market", MARKET, {}),
        ("market-herald", "herald", "Fish market to close", f"{MARKET} Our reader wept.", {"byline": "Reuters"}),
        ("market-early", "courier", "Stallholders lose pitches", PITCHES, {"published": "2026-05-04"}),
        ("market-late", "courier", "Pitches lost", f"{PITCHES} A tent is on offer.", {"published": "2026-05-05"}),
        ("storm-herald", "herald", "Velm valley dark after storm", STORM, {}),
        ("storm-courier", "courier", "Storm in Velm valley", STORM.replace("Thirty", "Some thirty"), {}),
        ("cake", "gazette", "Ten cakes", "Beat eggs with sugar until pale, then fold in flour.", {}),
    ]  # fmt: skip
    articles = tuple(Article(id, "x", outlet, title, text, **more) for id, outlet, title, text, more in rows)
    corpus = Corpus("c", articles)
    for order in (articles, articles[::-1]):
        table = group_corpus(Corpus("c", order))
        assert dict(table.groupby("event")["article"].agg(lambda ids: {*ids}).map(len).value_counts()) == {
            4: 1, 2: 1, 1: 1,
        }  # fmt: skip
        shown = [line.strip() for line in summarise_grouping(table, corpus).splitlines()]
        assert "1 doubtful, 3 copied, 1 updated, 0 partial; no article in 6 of 12 cells" in shown
        assert {
            "cake of gazette (alone)",
            "market-herald of herald (copy of market-wire, an agency article)",
            "market-late of courier (version of market-early)",
            "storm-courier of courier (shares text with storm-herald; which of the two copied is not known)",
            "storm-herald of herald (shares text with storm-courier; which of the two copied is not known)",
        } <= set(shown)
        [market] = [line.split()[1:] for line in shown if line.endswith("there") and "updated" in line]
        assert market == ["2,", "1", "updated", "missing", "copied", "there"]


def test_str_and_path_alike(folder: Path, tmp_path: Path) -> None:
    """A corpus, its folder as str or Path, and the file as str or Path give the same table; other types are refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        corpus = read_folder(str(folder))
        tables = [
            group_corpus(given, out)
            for given, out in (
                (corpus, tmp_path / "1.csv"),
                (folder, str(tmp_path / "2.csv")),
                (str(folder), None),
            )
        ]
    assert all(table.equals(tables[0]) for table in tables)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    with pytest.raises(InputError, match="Invalid corpus of type int"):
        group_corpus(7)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Invalid events table 7"):
        group_corpus(corpus, 7)  # type: ignore[arg-type]


def test_many_missing_outlets_are_counted() -> None:
    """Where more than twenty outlets lack an event their number stands for them."""
    articles = [Article(f"a{i}", "x", f"o{i}", "", f"Word{i} word{i}.") for i in range(25)]
    table = group_corpus(Corpus("c", tuple(articles)))
    assert set(table["missing_outlets"]) == {"24 outlets"}


def test_an_edited_table_is_not_written_over(tmp_path: Path) -> None:
    """The same grouping may be written again; another one, or another file, is refused and stays as it is."""
    corpus, out = Corpus("c", tuple(press())), tmp_path / "events.csv"
    group_corpus(corpus, out)
    first = out.read_bytes()
    group_corpus(corpus, out)
    assert out.read_bytes() == first
    for other in (first.replace(b"event-002", b"vote"), b"\xff\xfe not a table", b"some notes\n"):
        out.write_bytes(other)
        with pytest.raises(InputError, match="give another file, or delete it"):
            group_corpus(corpus, out)
        assert out.read_bytes() == other


def test_group_by_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table goes to standard output or to a file, the counts beside it; a kept table does not narrow it."""
    assert run("group", folder) == 0
    printed = capsys.readouterr()
    rows = list(csv.DictReader(printed.out.splitlines()))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 5
    assert "5 articles, 3 events, 3 outlets\n1 doubtful" in printed.err
    (folder / "events.csv").write_text("event,article\n,a-snow\n", encoding="utf-8")
    assert run("group", folder, "--out", folder.parent / "events.csv") == 0
    assert "5 articles, 3 events, 3 outlets\n1 doubtful" in capsys.readouterr().out
    assert run("group", folder, "--out", folder / "events.csv") == 1
    assert "may be edited" in capsys.readouterr().err


def compared(out: Path) -> dict[str, str]:
    """Return the event of every article of a comparison's tables."""
    table = pd.read_csv(out / "tables" / "articles.csv", keep_default_na=False)
    return dict(zip(table["article"], table["event"], strict=True))


@pytest.mark.slow
@pytest.mark.model
def test_compare_obeys_the_edited_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Kept in the folder or given by option, the edited events are those compared; the option wins."""
    assert run("group", folder, "--out", folder / "events.csv") == 0
    text = (folder / "events.csv").read_text(encoding="utf-8")
    event = {row["article"]: row["event"] for row in csv.DictReader(text.splitlines())}
    cake, vote = event["c-cake"], event["a-vote"]
    edited = text.replace(f"{cake},c-cake", ",c-cake").replace(f"{vote},", "vote,")
    (folder / "events.csv").write_text(edited, encoding="utf-8")
    options = ("--encoder", "tfidf", "--aligner", "aligner-lexical", "--stance-model", "stance-lexicon")
    out = folder.parent / "out"
    assert run("compare", folder, "--out", out, *options) == 0
    snow = event["a-snow"]
    assert compared(out) == {"a-snow": snow, "b-snow": snow, "a-vote": "vote", "b-vote": "vote"}
    assert "left out" in capsys.readouterr().err
    other = folder.parent / "other.csv"
    other.write_text(
        "event,article,note\nstorm,a-snow,mine\nstorm,b-snow,\n,a-vote,\n,b-vote,\n,c-cake,\n",
        encoding="utf-8",
    )
    assert run("compare", folder, "--events", other, "--event", "sto", "--out", out, *options) == 0
    assert compared(out) == {"a-snow": "storm", "b-snow": "storm"}
    other.write_text("event,article\nstorm,nobody\n", encoding="utf-8")
    assert run("compare", folder, "--events", other, "--out", out, *options) == 1
    assert f"{other}, line 2: Unknown article 'nobody'" in capsys.readouterr().err
    assert compared(out) == {"a-snow": "storm", "b-snow": "storm"}


def test_import_keeps_what_the_table_leaves_out(folder: Path) -> None:
    """An article that the stored table leaves out is still in the corpus: nothing is imported over it."""
    (folder / "events.csv").write_text("event,article\n,a-snow\n", encoding="utf-8")
    rows = folder.parent / "more.csv"
    rows.write_text(f"id,title,text\na-snow,Again,{VOTE}\n", encoding="utf-8")
    before = (folder / "articles" / "x" / "a-snow.md").read_bytes()
    run("import", rows, "--corpus", folder, "--event", "x", "--outlet", "a")
    assert (folder / "articles" / "x" / "a-snow.md").read_bytes() == before
    assert len(read_folder(folder, regrouped=False).articles) >= 5


# --- scores ---------------------------------------------------------------------------------------------


def test_bootstrap_draws_events() -> None:
    """Draws surround the score, do not vary where all is right, and repeat with the seed."""
    import numpy as np

    truth = ["a", "a", "b", "b", "c", "c"]
    assert set(bootstrap_b_cubed(truth, ["1", "1", "2", "2", "3", "3"], np.random.default_rng(0))) == {1.0}
    draws = bootstrap_b_cubed(truth, ["1", "1", "2", "2", "3", "4"], np.random.default_rng(0), draws=500)
    again = bootstrap_b_cubed(truth, ["1", "1", "2", "2", "3", "4"], np.random.default_rng(0), draws=500)
    assert draws.tolist() == again.tolist()
    assert draws.min() < 2 * (5 / 6) / (1 + 5 / 6) < draws.max() == 1.0


@pytest.mark.parametrize(
    ("found", "apart"),
    [("ppqqrr", 2), ("ppqqrs", 2), ("ppqrrr", 1), ("pqqrrs", 0), ("pqrsqs", 2), ("pppprr", 1)],
)
def test_topics_kept_apart(found: str, apart: int) -> None:
    """A topic counts unless a found event holds articles of both its events; what else it holds does not matter."""
    truth = ["1-a", "1-a", "1-b", "2-a", "2-b", "3-a"]
    assert count_apart(truth, list(found)) == (apart, 2)


def test_evaluate_events_on_a_folder(folder: Path) -> None:
    """Any corpus is scored against the events it declares."""
    table = folder.parent / "events.csv"
    group_corpus(read_folder(folder), table)
    table.rename(folder / "events.csv")
    with pytest.warns(CrossframeWarning, match="single outlet"):
        figures = evaluate("events", str(folder))
    assert figures["b_cubed_f1"] == figures["all_b_cubed_f1"] == figures["b_cubed_f1_low"] == 1.0
    assert figures["n_articles"] == 5
    assert figures["n_events"] == 3
    assert len(set(group_by_tfidf(press()).tolist())) >= 2


def test_parts_are_grouped_on_their_own() -> None:
    """Articles of different groups are never of one event, and a group without any error is counted."""
    listed = [Article(f"{n}", event, "a", "", event) for n, event in enumerate(("1-a", "1-a", "2-a", "2-b"))]
    parts = _by_topic(listed)
    assert [len(part) for part in parts] == [2, 2]
    predicted = _in_parts(parts, lambda part: ["x"] * len(part))
    assert predicted == ["0 x", "0 x", "1 x", "1 x"]
    assert _count_right(parts, predicted) == 1


@pytest.mark.mirror
@pytest.mark.slow
def test_events_of_real_coverage(mirror: Path) -> None:
    """BASIL's events are found whole, with and without dates, better than by plain TF-IDF; ECB+'s too."""
    basil = evaluate("events", "basil")
    assert basil["n_articles"] == 210
    assert basil["b_cubed_f1"] >= 0.98
    assert basil["undated_b_cubed_f1"] >= 0.96
    assert basil["all_b_cubed_f1"] >= 0.98
    assert basil["tfidf_b_cubed_f1"] < basil["b_cubed_f1_low"]
    ecbplus = evaluate("events", "ecbplus")
    assert ecbplus["n_articles"] == 197
    assert ecbplus["b_cubed_f1"] >= 0.9
    assert ecbplus["b_cubed_f1"] > ecbplus["tfidf_b_cubed_f1"]
    assert "topics_apart" not in basil
    assert 0 < ecbplus["topics_apart"] <= ecbplus["n_topics"] == 8
