"""Scores of an article's framing: what is negative, by voice, and the sum that `compare` reports."""

import numpy as np
import pytest

from crossframe.records import AUTHOR, STANCES, Annotation, Units
from crossframe.studies.evaluate.framing_scores import measure_negativity, sum_negativity, sum_portrayals

MENTIONS = [
    # article, sentence, actor, voice, negative
    ("post-1", 1, "mayor", AUTHOR, 0.9),
    ("post-1", 1, "mayor", AUTHOR, 0.5),
    ("post-1", 2, "mayor", "anna", 0.6),
    ("post-1", 3, "mayor", AUTHOR, 0.2),
    ("herald-1", 1, "mayor", "anna", 0.1),
    ("herald-1", 2, "union", AUTHOR, 0.4),
]


def stance_of(mentions: list[tuple], positive: float = 0.0) -> Annotation:
    """Return the judgements of mentions; what is neither negative nor `positive` is neutral."""
    units = Units.from_rows(
        {"article": article, "sentence": sentence, "start": 0, "end": 1, "actor": actor, "voice": voice}
        for article, sentence, actor, voice, _ in mentions
    )
    negative = np.array([one[4] for one in mentions])
    other = np.full(len(negative), positive)
    return Annotation(
        units, "span", STANCES, np.column_stack([negative, 1 - negative - other, other]), "test"
    )


def test_a_sentence_counts_once() -> None:
    """Mentions of one sentence are averaged, sentences summed; voices are kept apart where asked."""
    stance = stance_of(MENTIONS)
    assert measure_negativity(stance)["post-1", "mayor"] == pytest.approx({1: 0.7, 2: 0.6, 3: 0.2})
    assert measure_negativity(stance, AUTHOR)["post-1", "mayor"] == pytest.approx({1: 0.7, 3: 0.2})
    assert measure_negativity(stance, "quoted") == {
        ("post-1", "mayor"): {2: 0.6}, ("herald-1", "mayor"): {1: 0.1}, ("herald-1", "union"): {},
    }  # fmt: skip
    assert sum_negativity(measure_negativity(stance)["post-1", "mayor"]) == pytest.approx(-1.5)


def test_portrayals_are_summed() -> None:
    """Positive minus negative, a sentence once, own and quoted words of it averaged."""
    mentions = [*MENTIONS, ("post-1", 3, "mayor", "anna", 0.0)]
    found = sum_portrayals(stance_of(mentions, positive=0.05))
    assert found == {
        ("post-1", "mayor"): pytest.approx(-0.65 - 0.55 + (-0.15 + 0.05) / 2),
        ("herald-1", "mayor"): pytest.approx(-0.05),
        ("herald-1", "union"): pytest.approx(-0.35),
    }
