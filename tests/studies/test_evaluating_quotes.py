"""Figures of quotes."""

from pathlib import Path

import pytest

from crossframe.attributing.actors import find_actors
from crossframe.attributing.quotes import find_quotes
from crossframe.errors import InputError
from crossframe.reading.sentences import split_sentences
from crossframe.records import Actor, Article, Corpus, Spans
from crossframe.studies import evaluating_attribution
from crossframe.studies import evaluating_quotes as room

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")
TEXT = '"We will go," Jane Doe said, "and come back." Doe left. The plan was a farce, a miner said.'


def corpus(**gold: Spans) -> Corpus:
    """Return a corpus of one article with that gold."""
    return Corpus("tiny", (Article("a", "e", "o", "", TEXT),), actors=(DOE,), gold=gold)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Return a setter of the corpus that every name stands for."""
    return lambda made: monkeypatch.setattr(evaluating_attribution, "read_corpus", lambda name: made)


def test_quotes(given) -> None:
    """What the finder itself found scores one; without a quote recall falls; a wrong speaker costs accuracy."""
    made = corpus()
    sentences = split_sentences(made.articles)
    found = find_quotes(sentences, find_actors(sentences, made.actors))
    given(corpus(quotes=found))
    figures = room.evaluate_quotes("tiny")
    assert all(figures[name] == 1.0 for name in ("content_f1", "direct_recall", "source_accuracy", "cue_f1"))
    rows = [row | {"speaker": "", "speaker_text": "somebody"} for row in found.rows()]
    given(corpus(quotes=Spans.from_rows(rows[:2])))
    figures = room.evaluate_quotes("tiny")
    assert (figures["content_recall"], figures["source_accuracy"]) == (1.0, 0.0)
    assert figures["content_precision"] == 0.5


def test_no_gold(given) -> None:
    """A corpus without gold is refused, with what it has."""
    given(corpus())
    with pytest.raises(InputError, match="It must have gold quotes"):
        room.evaluate_quotes("tiny")


@pytest.mark.mirror
@pytest.mark.slow
def test_basil(mirror: Path) -> None:
    """On BASIL speakers of quotations are named."""
    assert room.evaluate_quotes("basil")["person_accuracy"] > 0.75
