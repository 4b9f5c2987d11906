"""Metrics of quotes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Actor, Annotation, Article, Cast, Corpus, Sentences, Spans, Units
from crossframe.studies.evaluate import corpora
from crossframe.studies.evaluate import quotes as room

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")
TEXT = '"We will go," Jane Doe said, "and come back." Doe left. The plan was a farce, a miner said.'


def corpus(**gold: Spans | Annotation) -> Corpus:
    """Return a corpus of one article with that gold."""
    return Corpus("tiny", (Article("a", "e", "o", "", TEXT),), actors=(DOE,), gold=gold)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Return a setter of the corpus that every name stands for."""
    return lambda made: monkeypatch.setattr(corpora, "read_corpus", lambda name, **_: made)


def quote(words: str, id: str, kind: str = "direct", cue: str = "", **columns: str) -> dict[str, object]:
    """Return a row of quotes: the words where they first stand in the text."""
    start = TEXT.index(words)
    return {"article": "a", "start": start, "end": start + len(words), "quote": id, "kind": kind, "cue": cue, **columns}  # fmt: skip


class TestPolnear:
    """Gold that names speakers by the words of the text."""

    def test_the_finder_itself(self, given) -> None:
        """What the finder found scores one in all; with a wrong speaker and a quote less, accuracy and precision fall."""
        made = corpus()
        sentences = split_sentences(made.articles)
        found = find_quotes(sentences, find_actors(sentences, made.actors))
        given(corpus(quotes=found))
        metrics = room.evaluate_quotes("tiny")
        names = ("content_f1", "exact_f1", "direct_recall", "source_accuracy", "cue_f1")
        assert all(metrics[name] == 1.0 for name in names)
        rows = [row | {"speaker": "", "speaker_text": "somebody"} for row in found.rows()]
        given(corpus(quotes=Spans.from_rows(rows[:2])))
        metrics = room.evaluate_quotes("tiny")
        assert (metrics["content_recall"], metrics["source_accuracy"]) == (1.0, 0.0)
        assert metrics["content_precision"] == 0.5

    def test_metrics(self, given, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every figure of three gold quotes and three found ones, by hand."""
        gold = [
            quote('"We will go,"', "E1", cue="said", speaker_text="Jane Doe"),
            quote('"and come back."', "E1", cue="said", speaker_text="Jane Doe"),
            quote("The plan was a farce", "E2", "indirect", "said", speaker_text="a miner"),
            quote("left", "E3", "mixed", "left"),
        ]
        found = [
            # 12 and 16 of gold's 29 characters, quotes united: all there.
            quote('"We will go,"', "q1", cue="has said", speaker="doe", speaker_text="she"),
            quote('"and come back."', "q1", cue="has said", speaker="doe", speaker_text="she"),
            # 10 of 20 characters: half of gold's.
            quote("plan was a", "q2", "indirect", "told", speaker_text="the plan"),
            quote("Doe left", "q3", "indirect"),
        ]
        given(corpus(quotes=Spans.from_rows(gold)))
        cast = Cast((DOE,), Spans())
        monkeypatch.setattr(
            room, "casts_by_event", lambda made, what: [(Sentences((), [], [], [], []), cast)]
        )
        monkeypatch.setattr(room, "find_quotes", lambda *_, **__: Spans.from_rows(found))
        assert room.evaluate_quotes("tiny") == pytest.approx(
            {
                "content_f1": 1.0, "content_precision": 1.0, "content_recall": 1.0,
                "exact_f1": 1 / 3,
                "direct_recall": 1.0, "indirect_recall": 1.0, "mixed_recall": 1.0,
                "source_accuracy": 1 / 2, "direct_speaker_accuracy": 1.0,
                "cue_f1": 2 * 1 / 5,
                "n_gold": 3.0, "n_found": 3.0, "n_direct": 1.0, "n_unchecked": 0.0,
            }
        )  # fmt: skip


def made(text: str, cue: str = "", names: tuple[str, ...] = ()) -> room.Quote:
    """Return a quote with that speaker."""
    return room.Quote("a", frozenset([1]), "direct", cue, "", text, names)


@pytest.mark.parametrize(
    ("gold", "found", "names", "same"),
    [
        ("Mr. Trump", "Trump", (), True),
        ("Sen. Bernie Sanders (I-Vt.),", "Sanders", (), True),
        ("Jane Doe, a spokeswoman for Mr. Trump", "Jane Doe", (), True),
        ("Jane Doe, a spokeswoman for Mr. Trump", "Trump", (), False),
        ("a spokeswoman for Mr. Trump", "a spokeswoman", (), True),
        ("Trump’s lawyer, John Roe", "John Roe", (), True),
        ("Trump’s lawyer", "Trump", (), False),
        ("Clinton and Trump", "Clinton", (), True),
        ("The agency", "it", ("Trade Agency",), True),
        ("Kasich", "he", ("John Kasich",), True),
        ("he", "the", (), False),
        ("the", "The", (), False),
        ("he", "He", (), True),
        ("he", "John Roe", (), True),
        ("John Roe", "he", (), False),
        ("he", "The miner", (), False),
        ("he", "They", (), False),
        ("she", "", (), False),
        ("They", "John Roe", (), False),
    ],
)
def test_same_speaker(gold: str, found: str, names: tuple[str, ...], same: bool) -> None:
    """Heads must agree; "he" is a name only as the subject of the same cue."""
    assert room.same_speaker(made(gold, "said"), made(found, "later said", names)) is same


def test_he_of_another_cue() -> None:
    """A name found for another cue does not stand for gold's pronoun; ids of gold decide alone."""
    assert not room.same_speaker(made("he", "said"), made("John Roe", "told"))
    by_id = room.Quote("a", frozenset([1]), "direct", "", "doe", "Doe")
    assert not room.same_speaker(by_id, made("Doe"))


def test_contents_match_one_to_one() -> None:
    """The greater overlap wins, a content is used once, and articles are apart."""
    gold = [room.Quote("a", frozenset(range(10)), "direct", "", "", ""), room.Quote("b", frozenset(range(10)), "direct", "", "", "")]  # fmt: skip
    found = [
        room.Quote("a", frozenset(range(5)), "direct", "", "", ""),
        room.Quote("a", frozenset(range(8)), "direct", "", "", ""),
        room.Quote("b", frozenset(range(4)), "direct", "", "", ""),
    ]
    assert room.match_contents(gold, found) == [(0, 1)]


def test_basil_like(given, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named speakers are scored, others apart, the author's spans not at all; who is spoken for is no speaker."""
    start = {words: TEXT.index(words) for words in ("We will", "come back", "farce", "left")}
    voices = {"We will": "jane-doe", "come back": "other-pro", "farce": "jane-doe", "left": "author"}
    units = [
        {"article": "a", "start": at, "end": at + 4, "voice": voices[words]} for words, at in start.items()
    ]
    given(corpus(bias=Annotation(Units.from_rows(units), "span", ("lexical",), [[1.0]] * 4, "test")))
    found = [
        quote('"We will go,"', "q1", speaker="doe", speaker_text="she"),
        quote("The plan was a farce", "q2", "indirect", speaker_text="a lawyer for Doe"),
    ]
    monkeypatch.setattr(room, "find_quotes", lambda *_, **__: Spans.from_rows(found))
    assert room.evaluate_quotes("tiny") == {
        "speaker_accuracy": 0.5, "speaker_accuracy_by_name": 0.5, "person_accuracy": 0.5, "other_found": 0.0,
        "n_members": 0.0, "n_named": 2.0, "n_persons": 2.0, "n_other": 1.0,
    }  # fmt: skip


def test_no_gold(given) -> None:
    """A corpus without gold is refused, with what it has."""
    given(corpus())
    with pytest.raises(InputError, match="It must have gold quotes"):
        room.evaluate_quotes("tiny")


@pytest.mark.mirror
@pytest.mark.slow
def test_basil(mirror: Path, monkeypatch: pytest.MonkeyPatch, third_of: Callable[[Corpus], Corpus]) -> None:
    """Speakers of quotations are named on a third of BASIL's events; the committed figures are of all of them.

    It is the easier third (0.89 of its 163 named speakers, 0.81 of all 380), so more is asked of it; a standard error is 0.03.
    """
    monkeypatch.setattr(corpora, "read_corpus", lambda name: third_of(read_corpus(name)))
    metrics = room.evaluate_quotes("basil")
    assert metrics["speaker_accuracy"] >= 0.83
    assert metrics["person_accuracy"] > 0.85
    assert (metrics["n_named"], metrics["n_other"]) == (163, 134)


@pytest.mark.mirror
@pytest.mark.slow
def test_polnear(mirror: Path) -> None:
    """On the development part of PolNeAR direct quotations are found."""
    metrics = room.evaluate_quotes("polnear")
    assert (metrics["n_gold"], metrics["n_direct"]) == (2192, 417)
    assert metrics["direct_recall"] > 0.9
