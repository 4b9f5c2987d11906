"""SuperPAL: small files in upstream's form, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import MissingDataError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry, read_entry
from crossframe.records import Alignment, Corpus

MakeEntry = Callable[..., Entry]


def test_superpal(make_entry: MakeEntry) -> None:
    """A row is an event of two one-sentence articles; its topic is the event's title; commas and breaks are kept."""
    table = 'topic,docSpanText,summarySpanText\r\nt1,"It rained, they say",Rain fell\r\nt2,"Two\r\nlines.",One\r\n'
    corpus = load_entry(make_entry("superpal", {"dev": {"dev/x": table}, "test": {"test/x": table}}), ["dev"])
    assert [(a.id, a.outlet, a.text) for a in corpus.articles] == [
        ("dev-0000-a", "a", "It rained, they say"),
        ("dev-0000-b", "b", "Rain fell"),
        ("dev-0001-a", "a", "Two\r\nlines."),
        ("dev-0001-b", "b", "One"),
    ]
    assert [event.title for event in corpus.events] == ["t1", "t2"]
    assert pairs_of(corpus) == [("dev-0000-a", "dev-0000-b"), ("dev-0001-a", "dev-0001-b")]


def pairs_of(corpus: Corpus) -> list[tuple[str, str]]:
    """Return the articles of every gold pair, all of them equivalent first sentences."""
    gold = corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    assert set(gold.relation) == {"equivalent"}
    ids = [article.id for article in gold.sentences.articles]
    return [(ids[a], ids[b]) for a, b in zip(gold.left, gold.right, strict=True)]


@pytest.mark.mirror
def test_real_superpal(mirror: Path) -> None:
    """The development split has its 198 pairs of four topics; a file that the mirror lacks is named."""
    corpus = read_corpus("superpal", splits=["dev"])
    assert Counter(event.title for event in corpus.events) == {
        "MultiNews_val10": 81, "MultiNews_val8": 60, "MultiNews_train5": 34, "MultiNews_test16": 23,
    }  # fmt: skip
    entry = read_entry("superpal")
    if not (mirror / entry.prefix / entry.files_of("test")[0]).exists():
        with pytest.raises(MissingDataError, match=r"test_MN_only\.csv"):
            read_corpus("superpal")
