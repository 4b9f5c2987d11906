"""MSRP: small files in upstream's form, and counts of the real ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry
from crossframe.records import Alignment, Corpus

MakeEntry = Callable[..., Entry]


def test_msrp(make_entry: MakeEntry) -> None:
    """Only paraphrases are listed; quotation marks are text."""
    table = '\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\t"A\tB\n1\t3\t4\tC "d"\tE\n'
    corpus = load_entry(make_entry("msrp", {"train": {"train/x": table}, "test": {"test/x": table}}))
    assert [a.text for a in corpus.articles] == ['"A', "B", 'C "d"', "E"] * 2
    assert pairs_of(corpus) == [("train-0001-a", "train-0001-b"), ("test-0001-a", "test-0001-b")]


def pairs_of(corpus: Corpus) -> list[tuple[str, str]]:
    """Return the articles of every gold pair, all of them equivalent first sentences."""
    gold = corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    assert set(gold.relation) == {"equivalent"}
    ids = [article.id for article in gold.sentences.articles]
    return [(ids[a], ids[b]) for a, b in zip(gold.left, gold.right, strict=True)]


@pytest.mark.mirror
def test_real_msrp(mirror: Path) -> None:
    """The training split has its 4,076 pairs, 2,753 of them paraphrases."""
    corpus = read_corpus("msrp", splits=["train"])
    assert (len(corpus.events), len(pairs_of(corpus))) == (4076, 2753)
