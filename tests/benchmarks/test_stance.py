"""What each idea of training stance learns from, by hand on invented items; nothing is fitted."""

import pytest
from stance import (
    DIRECTED,
    IDEAS,
    NEWS,
    PORTRAYALS,
    STANCES,
    Idea,
    answered_by,
    choose,
    extend,
    read_before,
)

from crossframe.judging.targets import StanceItem
from crossframe.reading.public.reference_labels import read_invented
from crossframe.records import AUTHOR, Article, Corpus
from crossframe.studies.evaluate.stance_items import Items

DOE = StanceItem("Doe left.", 0, 3)
ROWS = [
    (DOE, NEWS),
    (DOE._replace(holder=AUTHOR), STANCES),
    (DOE._replace(holder="Roe"), STANCES),
    (StanceItem(read_invented()[0].document, 0, 3), PORTRAYALS),
    (DOE._replace(holder="Roe"), DIRECTED),
]
TARGETS, SOURCES = zip(*ROWS, strict=True)
ITEMS = Items(TARGETS, ("neutral",) * len(ROWS), ("e",) * len(ROWS), sources=SOURCES)


@pytest.mark.parametrize(
    ("idea", "rows"),
    [
        (Idea(), [0, 1, 2, 3, 4]),
        (Idea(sources=(PORTRAYALS, STANCES)), [1, 2, 3]),
        (Idea(invented=False), [0, 1, 2, 4]),
        (Idea(holders=False), [0, 1, 3]),
        (Idea(sources=(STANCES,), holders=False), [1]),
    ],
)
def test_what_an_idea_learns_from(idea: Idea, rows: list[int]) -> None:
    """Sources, invented sentences and holders are left out as it says, in order."""
    assert choose(idea, ITEMS) == Items(
        tuple(TARGETS[row] for row in rows),
        ("neutral",) * len(rows),
        ("e",) * len(rows),
        sources=tuple(SOURCES[row] for row in rows),
    )


@pytest.mark.parametrize(
    ("name", "answered"),
    [
        ("all sources", {NEWS, PORTRAYALS, STANCES, DIRECTED}),
        ("NewsMTSC alone", {NEWS, PORTRAYALS}),
        ("no holders but the author", {NEWS, PORTRAYALS}),
        ("reference labels alone, with the sentence before", {NEWS, PORTRAYALS, STANCES, DIRECTED}),
    ],
)
def test_what_an_idea_is_scored_on(name: str, answered: set[str]) -> None:
    """A model is scored on every source whose question it learned; without holders it has no stance to be scored on."""
    assert answered_by(IDEAS[name]) == answered


def test_the_sentence_before() -> None:
    """It is of the same document; places move by it and a blank; the first sentence, and another event's, stay as they are."""
    articles = (
        Article("a", "e", "one", "", "It rained. Doe left. Roe stayed."),
        Article("b", "f", "one", "", "Doe left."),
    )
    before = read_before(Corpus("c", articles))
    assert before == {("e", "Doe left."): "It rained.", ("e", "Roe stayed."): "Doe left."}
    first = StanceItem("It rained.", 0, 2)
    again = StanceItem("Doe left.", 0, 3, ((4, 8),), "Roe")
    items = Items((first, again, DOE), ("neutral",) * 3, ("e", "e", "f"))
    longer = extend(items, before)
    assert longer.targets == (
        first,
        StanceItem("It rained. Doe left.", 11, 14, ((15, 19),), "Roe"),
        DOE,
    )
    assert longer.targets[1].text[11:14] == "Doe"
    assert (longer.labels, longer.groups) == (items.labels, items.groups)
    assert extend(items, {}) == items
