"""Which events an aligner learns from."""

from dataclasses import replace

import pytest

from crossframe import storage
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.records import Corpus
from crossframe.studies.train import aligner
from crossframe.studies.train.cards import describe_aligner
from crossframe.synthetic import make_press


def test_stories_that_share_text_with_test_data_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of neus, and of no other corpus, whose events have other ids."""
    press = make_press(n_events=3, seed=5).corpus
    events = sorted({article.event for article in press.articles})
    monkeypatch.setattr(aligner, "read_excluded_stories", lambda: frozenset(events[:1]))

    def learned(name: str) -> list[str]:
        found = aligner._describe_pairs(replace(press, name=name), None)
        return [event.sentences.articles[0].event for event in found]

    assert learned("neus") == events[1:]
    assert learned("press") == events


def test_only_the_training_split_of_our_own_labels_is_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of alignment-labels; other corpora tell by their gold what may be learned from."""
    press = make_press(n_events=1, seed=5).corpus
    asked = {}

    def read(name: str, splits: tuple[str, ...] | None = None) -> Corpus:
        asked[name] = splits
        return replace(press, name=name)

    monkeypatch.setattr(aligner, "read_corpus", read)
    aligner._read_corpora(("basil", "alignment-labels"), None, True)
    assert asked == {"basil": None, "alignment-labels": ("train",)}


def test_how_many_are_left_out() -> None:
    """25 of the 687 events with gold; one of them shares text with BASIL."""
    path = storage.corpora_folder() / "neus" / "gold" / "alignment" / "neus.tsv"
    labelled = {row["event"] for _, row in read_tsv(path, ("event",))}
    shared = labelled & read_excluded_stories()
    assert (len(labelled), len(shared)) == (687, 25)
    assert "train-1463" in shared


@pytest.mark.parametrize(
    ("gold", "left_out", "said"),
    [
        ({"neus": "5 events"}, {"left_out": {"neus": 25}}, "25 further events of neus were left out"),
        ({"neus": "5 events"}, {}, "it learned from them before that was known"),
        ({"basil": "5 events"}, {}, "people). Only the first"),
    ],
)
def test_the_card_says_it(gold: dict[str, str], left_out: dict[str, dict[str, int]], said: str) -> None:
    """A log without the number is of an aligner that learned from all."""
    log = {"encoder": "tfidf", "interaction": False, "data": list(gold), "seed": 0, "gold": gold, **left_out}
    assert said in describe_aligner("mine", log, embedding=False, metrics={})
