"""Tests of what stance models share: items of mentions, their annotation, checks of probabilities, classes, the cache."""

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import (
    annotate_mentions,
    items_of,
    predict_stances,
    to_stances,
)
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Article, Spans


class Counting:
    """A stance model that is sure of neutral, and counts the items that it is given."""

    name = "counting"

    def __init__(self, hash: str = "") -> None:
        self.hash = hash
        self.n_items = 0

    def predict_proba(self, items: list[StanceItem]) -> np.ndarray:
        """Return neutral for all."""
        self.n_items += len(items)
        return np.tile([0.0, 1.0, 0.0], (len(items), 1))


class Returning:
    """A stance model that returns what it was made with."""

    name = "returning"

    def __init__(self, probability: object, classes: tuple[str, ...] = STANCES) -> None:
        self.probability = probability
        self.classes_ = classes

    def predict_proba(self, items: list[StanceItem]) -> object:
        """Return it."""
        return self.probability


def test_equal_items_are_read_once() -> None:
    """Rows come back in order and number, each distinct item having been read once."""
    model = Counting()
    found = predict_stances(model, [StanceItem("Poe left.", 0, 3)] * 5 + [StanceItem("Doe left.", 0, 3)])
    assert found.shape == (6, 3)
    assert model.n_items == 2
    assert predict_stances(model, []).shape == (0, 3)


def two_mentions() -> tuple[object, Spans]:
    """Return the sentences of two articles, and a mention of Moor in each."""
    articles = [Article(name, "e", "o", "", "Moor left.") for name in ("a", "b")]
    rows = [{"article": name, "start": 0, "end": 4, "actor": "m", "kind": "name"} for name in ("a", "b")]
    return split_sentences(articles), Spans.from_rows(rows)


def test_a_users_model_annotates_mentions() -> None:
    """A name and probabilities are enough: the annotation has a row per mention, with its voice and the model's name."""
    sentences, mentions = two_mentions()
    annotation = annotate_mentions(Counting(), sentences, mentions, (AUTHOR, "x"))  # type: ignore[arg-type]
    assert annotation.units.article == ("a", "b")
    assert annotation.units.voice == (AUTHOR, "x")
    assert annotation.scores.tolist() == [[0, 1, 0]] * 2
    assert (annotation.source, annotation.labels) == ("counting", STANCES)


def test_only_models_with_a_hash_are_cached() -> None:
    """Without a hash every annotation asks the model; with one an article is asked about once, until the hash changes."""
    sentences, mentions = two_mentions()
    for digest, n_items in (("", 4), ("first", 1), ("second", 1)):
        model = Counting(digest)
        for _ in range(2):
            annotate_mentions(model, sentences, mentions, (AUTHOR, AUTHOR))  # type: ignore[arg-type]
        assert model.n_items == n_items


@pytest.mark.parametrize(
    ("probability", "match"),
    [
        ([[0.2, 0.8]], r"shape \(1, 2\) from stance model 'returning'.*shape \(1, 3\)"),
        ([[0.2, 0.5, 0.3]] * 2, r"shape \(2, 3\)"),
        ([0.2, 0.5, 0.3], r"shape \(3,\)"),
        ("neutral", "type str from stance model 'returning'"),
        (None, "type NoneType|shape"),
        ([[0.2, 0.5, 0.9]], "from stance model 'returning'.*sum to 1"),
        ([[-0.2, 0.5, 0.7]], "lie between 0 and 1"),
        ([[np.nan, 0.5, 0.5]], "lie between 0 and 1"),
    ],
)
def test_arrays_that_are_no_probabilities(probability: object, match: str) -> None:
    """A wrong shape, range or type is one clear error that names the model."""
    with pytest.raises(InputError, match=match):
        predict_stances(Returning(probability), [StanceItem("Poe left.", 0, 3)])  # type: ignore[arg-type]


def test_a_class_without_a_stance_is_refused_before_anything_is_read() -> None:
    """With no items only the classes are checked."""
    with pytest.raises(InputError, match="Invalid label 'con'"):
        predict_stances(Returning(None, ("con", "pro")), [])  # type: ignore[arg-type]


def test_targets_across_a_boundary() -> None:
    """A mention that runs over the end of its sentence is cut there."""
    article = Article("a", "e", "o", "", "Ada Moor. She left.", sentences=((0, 5), (5, 19)))
    mentions = Spans.from_rows([{"article": "a", "start": 0, "end": 8, "actor": "m", "kind": "name"}])
    [found], units = items_of(split_sentences([article]), mentions, (AUTHOR,))
    assert found.text[found.start : found.end] == "Ada M"
    assert units.end.tolist() == [8]


def test_a_models_own_labels() -> None:
    """Other label names are mapped; a label without a stance is refused."""
    probability = np.array([[0.2, 0.5, 0.3]])
    mapped = to_stances(
        probability, ("con", "mixed", "pro"), {"con": "negative", "mixed": "neutral", "pro": "positive"}
    )
    assert mapped.tolist() == probability.tolist()
    with pytest.raises(InputError, match="Invalid label 'con'"):
        to_stances(probability, ("con", "neutral", "positive"), {})
