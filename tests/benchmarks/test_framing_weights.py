"""Features of judged articles by hand, and how lean is read off the actors' parties."""

from collections import Counter

import numpy as np
import pytest
from framing_weights import average_vectors, describe_cases, side_of

from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Annotation, Article, Cast, Spans, Units
from crossframe.studies.evaluate.framing import JudgedEvent, score_cases
from crossframe.studies.evaluate.framing_metrics import Cases

TEXT = "Doe lied. Doe, a Democrat, lost. It rained."


def stance_of(rows: list[tuple[int, str, float, float]]) -> Annotation:
    """Return the stance of mentions of doe in post-1: (sentence, voice, negative, positive)."""
    units = Units.from_rows(
        {"article": "post-1", "sentence": n, "start": 0, "end": 1, "actor": "doe", "voice": voice}
        for n, voice, _, _ in rows
    )
    scores = np.array([[low, 1 - low - high, high] for _, _, low, high in rows])
    return Annotation(units, "span", STANCES, scores, "test")


@pytest.fixture
def events() -> dict[str, JudgedEvent]:
    """Return one event with three mentions of doe in two sentences, one of them in doe's own words."""
    sentences = split_sentences(
        [Article("post-1", "e", "post", "", TEXT), Article("sun-1", "e", "sun", "", TEXT)]
    )
    stance = stance_of([(1, AUTHOR, 0.8, 0.0), (2, AUTHOR, 0.4, 0.2), (2, "doe", 0.2, 0.6)])
    lexicon = stance_of([(1, AUTHOR, 1.0, 0.0), (2, AUTHOR, 0.0, 0.0), (2, "doe", 0.0, 0.5)])
    return {"e": JudgedEvent(sentences, Cast((), Spans.from_rows([])), stance, lexicon)}


@pytest.fixture
def cases() -> Cases:
    """Return three judgements: of doe in two articles, and of roe, whom nobody mentions."""
    return Cases(
        ("e",) * 3,
        ("post", "sun", "post"),
        ("post-1", "sun-1", "post-1"),
        ("doe", "doe", "roe"),
        np.array([-1, 0, 1]),
    )


def test_features(events: dict[str, JudgedEvent], cases: Cases) -> None:
    """Features by hand; what is not mentioned has 0."""
    features = {name: values.tolist() for name, values in describe_cases(cases, events).items()}
    assert {name: values[1:] for name, values in features.items()} == {name: [0.0, 0.0] for name in features}
    expected = {
        "": -(0.8 + 0.3), "author_": -(0.8 + 0.4), "quoted_": -0.2, "product_": -0.8 + (-0.2 + 0.4) / 2, "mentioned": 1.0, "mean_": (-0.8 - 0.2 + 0.4) / 3,
        "lexicon_": (-1.0 + 0.5) / 3, "favour": 0.4, "strongest": -0.8, "lead": -1.1, "lexicon": -1.0, "speaks": 1 / 3,
    }  # fmt: skip
    assert {name: values[0] for name, values in features.items()} == pytest.approx(expected)
    assert score_cases(cases, events).keys() == {
        "", "author_", "quoted_", "product_", "mean_", "lexicon_", "mentioned",
    }  # fmt: skip


def test_vectors(events: dict[str, JudgedEvent], cases: Cases) -> None:
    """The mean vector of the sentences that mention the actor, zero without any; or of the whole article."""
    vectors = {"e": np.arange(12.0).reshape(6, 2)}
    assert average_vectors(cases, events, vectors, whole=False).tolist() == [
        [1.0, 2.0],
        [0.0, 0.0],
        [0.0, 0.0],
    ]
    assert average_vectors(cases, events, vectors, whole=True).tolist() == [
        [2.0, 3.0],
        [8.0, 9.0],
        [2.0, 3.0],
    ]


def test_sides() -> None:
    """An actor's side is the party that is named more often over all events; of others nothing is known."""
    parties = [{"doe": Counter(democrat=2), "roe": Counter()}, {"roe": Counter(republican=1)}]
    assert side_of(parties) == {"doe": -1, "roe": 1}
