"""Directed sentiment: small files in upstream's form, and counts of the real ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.directed_sentiment import DIRECTED_LABELS
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry

MakeEntry = Callable[..., Entry]


def test_directed(make_entry: MakeEntry) -> None:
    """Spans are between the brackets, whatever the row calls them."""
    rows = "[Rome] likes [Oslo].\tRome\tOslo\t1\n[A]s, [Rome]s.\tB\tRome\t4\n"
    corpus = load_entry(make_entry("directed-sentiment", {"train": {"train.txt": rows}}), ["train"])
    gold, text = corpus.gold, {article.id: article.text for article in corpus.articles}
    texts = {
        name: [text[unit["article"]][unit["start"] : unit["end"]] for unit in gold[name].units.rows()]
        for name in ("first", "second")
    }
    assert texts == {"first": ["Rome", "A"], "second": ["Oslo", "Rome"]}
    assert gold["first"].units.actor == ("rome", "b")
    found = [DIRECTED_LABELS[j] for j in gold["directed-sentiment"].scores.argmax(axis=1)]
    assert found == ["p-q-positive", "q-p-negative"]


def test_bad_directed(make_entry: MakeEntry) -> None:
    """A sentence without two bracketed entities is one clear error with its line."""
    with pytest.raises(InputError, match=r"line 1 of 'train\.txt'"):
        load_entry(
            make_entry("directed-sentiment", {"train": {"train.txt": "[Rome] rests.\tRome\tOslo\t0\n"}}),
            ["train"],
        )


@pytest.mark.mirror
def test_real_directed(mirror: Path) -> None:
    """Classes of train and dev are as many as the data card says."""
    gold = read_corpus("directed-sentiment").gold["directed-sentiment"]
    assert gold.scores.sum(axis=0).tolist() == [9544, 1490, 294, 2847, 430]
