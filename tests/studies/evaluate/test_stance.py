"""Stance of annotated spans for or against a target: where the model looks, and what is counted."""

from pathlib import Path

import pytest

from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Spans
from crossframe.studies.evaluate.stance import _labelled_split, place_target
from crossframe.studies.evaluate.tasks import evaluate

TEXT = "Doe met Roe, whom Doe called a crook. Roe smiled."


def unit(start: int, end: int, actor: str) -> dict:
    """Return a span of the first sentence toward `actor`."""
    return {"article": "a", "sentence": 1, "start": start, "end": end, "actor": actor}


@pytest.mark.parametrize(
    ("actor", "place", "named"),
    [("doe", "Doe", True), ("roe", "Roe", True), ("sue", "called a crook", False)],
)
def test_the_nearest_mention_is_the_target(actor: str, place: str, named: bool) -> None:
    """Of several mentions in the sentence the nearest one; without any, or only in another sentence, the span."""
    sentences = split_sentences([Article("a", "e", "o", "", TEXT)])
    mentions = Spans(
        article=["a"] * 4, start=[0, 8, 18, 38], end=[3, 11, 21, 41], actor=["doe", "roe", "doe", "roe"],
        kind=["name"] * 4, quote=[""] * 4, cue=[""] * 4, speaker=[""] * 4, speaker_text=[""] * 4,
    )  # fmt: skip
    start = TEXT.index("called a crook")
    target, is_named = place_target(unit(start, start + 14, actor), sentences, mentions)
    assert (target.text[target.start : target.end], is_named) == (place, named)
    assert target.text == TEXT[:37]
    assert target.start == {"doe": 18, "roe": 8, "sue": start}[actor]


@pytest.mark.parametrize(
    ("on", "split"),
    [
        ("gvfc", "train"),
        ("narrative-frames", "test"),
        ("reference-labels", "test"),
        ("semeval2016-stance", "test"),
    ],
)
def test_a_split_with_labels_is_scored(on: str, split: str) -> None:
    """It is test, unless its labels of targets are in other splits alone, or nowhere."""
    assert _labelled_split(on) == split


@pytest.mark.mirror
def test_headlines_are_scored(mirror: Path) -> None:
    """No split need be named for gvfc, whose labels are all in train."""
    metrics = evaluate("stance", "gvfc", model="stance-lexicon")
    assert (metrics["n"], metrics["positive_f1"] > 0) == (383, True)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_spans_of_basil(mirror: Path) -> None:
    """All 1,726 spans are scored; voices make them up, and so do sentences with and without the target."""
    metrics = evaluate("stance", "basil", model="stance-lexicon")
    assert metrics["n"] == 1726
    assert metrics["author_n"] == 1004
    assert metrics["author_n"] + metrics["quoted_n"] == metrics["named_n"] + metrics["unnamed_n"] == 1726
    assert metrics["majority_macro_f1"] < metrics["macro_f1"]
