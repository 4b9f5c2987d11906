"""Polarity of annotated spans: where the model looks, and what is counted."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Spans
from crossframe.studies.evaluate.polarity import place_target, polarity_figures
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


def test_neutral_is_no_answer() -> None:
    """The likelier of negative and positive is scored, however likely neutral is; one class alone has no figures."""
    probability = np.array([[0.3, 0.6, 0.1], [0.1, 0.7, 0.2], [0.5, 0.1, 0.4], [0.2, 0.1, 0.7]])
    figures = polarity_figures(np.array([False, True, True, True]), probability)
    assert figures["accuracy"] == 0.75
    assert figures["positive_f1"] == pytest.approx(4 / 5)
    assert figures["negative_f1"] == pytest.approx(2 / 3)
    assert figures["macro_f1"] == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert figures["neutral_share"] == 0.5
    assert figures["auc"] == 1.0
    assert figures["majority_macro_f1"] == pytest.approx(0.2)
    assert polarity_figures(np.array([True, True]), probability[:2]) == {"n": 2}


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_spans_of_basil(mirror: Path) -> None:
    """All 1,726 spans are scored; voices make them up, and so do sentences with and without the target."""
    figures = evaluate("stance", "basil", model="stance-lexicon")
    assert figures["n"] == 1726
    assert figures["author_n"] == 1004
    assert figures["author_n"] + figures["quoted_n"] == figures["named_n"] + figures["unnamed_n"] == 1726
    assert figures["majority_macro_f1"] < figures["macro_f1"]
