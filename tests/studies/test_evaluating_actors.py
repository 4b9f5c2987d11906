"""Figures of actors."""

from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.records import Actor, Article, Corpus, Spans
from crossframe.studies import evaluating_actors as room
from crossframe.studies import evaluating_attribution

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")
TEXT = '"We will go," Jane Doe said, "and come back." Doe left. The plan was a farce, a miner said.'


def corpus(**gold: Spans) -> Corpus:
    """Return a corpus of one article with that gold."""
    return Corpus("tiny", (Article("a", "e", "o", "", TEXT),), actors=(DOE,), gold=gold)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Return a setter of the corpus that every name stands for."""
    return lambda made: monkeypatch.setattr(evaluating_attribution, "read_corpus", lambda name: made)


def test_actors(given) -> None:
    """Spans count strictly; a nominal in gold is a miss but no name."""
    rows = [
        ("name", TEXT.index("Jane"), 8),
        ("name", TEXT.index("Doe left"), 3),
        ("nominal", TEXT.index("a miner"), 7),
    ]
    given(corpus(mentions=Spans.from_rows(
        {"article": "a", "start": start, "end": start + n, "actor": "doe", "kind": kind} for kind, start, n in rows
    )))  # fmt: skip
    figures = room.evaluate_actors("tiny")
    assert figures["precision"] == 1.0
    assert figures["recall"] == pytest.approx(2 / 3)
    assert figures["name_recall"] == figures["link_accuracy"] == 1.0


def test_no_gold(given) -> None:
    """A corpus without gold is refused, with what it has."""
    given(corpus())
    with pytest.raises(InputError, match="It must have gold mentions; it has: none"):
        room.evaluate_actors("tiny")


@pytest.mark.mirror
@pytest.mark.slow
def test_basil(mirror: Path) -> None:
    """On BASIL persons are found without declaration."""
    assert room.evaluate_actors("basil")["found_persons"] > 0.9
