"""The demo corpora: they load without a warning, and their gold lies on its text and is what the data cards count."""

import re
import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from crossframe.matching.copies import find_copies
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.text.split import split_sentences
from crossframe.records import Corpus

CORPORA = Path(__file__).parents[3] / "corpora"
COLUMNS = {
    "mentions": ("event", "outlet", "article", "sentence", "start", "end", "text", "actor", "kind"),
    "quotes": ("event", "outlet", "article", "quote", "start", "end", "text", "kind"),
    "alignment": ("event", "left_article", "right_article", "relation"),
    "portrayal": ("event", "outlet", "article", "sentence", "actor", "speaker", "basis", "score", "certain"),
    "stance": (
        "event",
        "outlet",
        "article",
        "sentence",
        "start",
        "end",
        "actor",
        "voice",
        "score",
        "certain",
    ),
}


@pytest.fixture(scope="module", params=["georgia-2008", "mill-street"])
def demo(request: pytest.FixtureRequest) -> Corpus:
    """Return a demo corpus, whose reading must warn of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return read_folder(CORPORA / request.param)


def rows_of(demo: Corpus, table: str) -> list[dict[str, str]]:
    return [row for _, row in read_tsv(CORPORA / demo.name / "gold" / f"{table}.tsv", COLUMNS[table])]


@pytest.mark.parametrize("table", ["mentions", "quotes"])
def test_spans_lie_on_their_text(demo: Corpus, table: str) -> None:
    """Every span is its text to the letter, in an article of the event and outlet that its row names."""
    articles = {article.id: article for article in demo.articles}
    for row in rows_of(demo, table):
        article = articles[row["article"]]
        assert (article.event, article.outlet) == (row["event"], row["outlet"])
        assert article.document[int(row["start"]) : int(row["end"])] == row["text"]


def test_mentions_lie_apart_in_their_sentences(demo: Corpus) -> None:
    """A mention is within the sentence that its row names, no two overlap, and every declared actor has one."""
    rows, sentences = rows_of(demo, "mentions"), split_sentences(demo.articles)
    for row in rows:
        at = sentences.row(row["article"], int(row["sentence"]))
        assert sentences.start[at] <= int(row["start"]) < int(row["end"]) <= sentences.end[at]
    spans = sorted((row["article"], int(row["start"]), int(row["end"])) for row in rows)
    assert all(left[0] != right[0] or left[2] <= right[1] for left, right in pairwise(spans))
    assert {row["actor"] for row in rows} == {actor.id for actor in demo.actors}


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("alignment", "relation", ("equivalent", "partial")),
        ("mentions", "kind", ("name", "nominal", "pronoun")),
        ("quotes", "kind", ("direct", "indirect", "mixed")),
        ("portrayal", "score", ("-1", "0", "1")),
        ("stance", "score", ("-1", "0", "1")),
    ],
)
def test_the_data_card_counts_the_gold(
    demo: Corpus, table: str, column: str, values: tuple[str, ...]
) -> None:
    """The card gives the number of rows of every kind, of quotations after the number of quotations."""
    card = (CORPORA / demo.name / "README.md").read_text(encoding="utf-8")
    [cell] = re.findall(rf"^\| `{table}\.tsv` \|.*\| ([^|]+) \|$", card, re.MULTILINE)
    rows = rows_of(demo, table)
    counts = Counter(row[column] for row in rows)
    quotations = [len({(row["article"], row["quote"]) for row in rows})] if table == "quotes" else []
    assert [int(n) for n in re.findall(r"\d+", cell)] == quotations + [counts[value] for value in values]
    assert sum(counts.values()) == sum(counts[value] for value in values)


def test_stance_is_of_gold_mentions_and_portrayal_of_their_sentences(demo: Corpus) -> None:
    """Every row names a mention, or a sentence with one; the author has at most one row per mention, and so has each holder."""
    mentions = {(row["article"], row["sentence"], row["actor"], row["start"], row["end"]) for row in rows_of(demo, "mentions")}  # fmt: skip
    stance = [(row["article"], row["sentence"], row["actor"], row["start"], row["end"], row["voice"]) for row in rows_of(demo, "stance")]  # fmt: skip
    assert {row[:5] for row in stance} <= mentions
    assert len(set(stance)) == len(stance)
    assert not [row for row in stance if row[2] == row[5]]
    portrayed = {(row["article"], row["sentence"], row["actor"]) for row in rows_of(demo, "portrayal")}
    assert portrayed <= {row[:3] for row in mentions}


def test_one_outlet_reprints_another(demo: Corpus) -> None:
    """One outlet reprints parts of another, by the share that the data card gives, and no other outlet does."""
    copies = find_copies(demo.articles)
    [copy] = [row for row in copies.rows() if row["copy_of"]]
    card = (CORPORA / demo.name / "README.md").read_text(encoding="utf-8")
    [copied, original, share] = re.findall(
        r"^\| `(.+?)` \|.*reprints parts of `(.+?)` \((\d+) %", card, re.MULTILINE
    )[0]
    outlets = {article.id: article.outlet for article in demo.articles}
    assert (outlets[str(copy["article"])], outlets[str(copy["copy_of"])]) == (copied, original)
    assert round(100 * float(str(copy["copied_share"]))) == int(share)
    for row in copies.rows():
        assert (row["copied_share"] > 0.3) is (row["article"] in (copy["article"], copy["copy_of"]))
