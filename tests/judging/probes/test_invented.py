"""Tests of invented sentences: places are filled right, and every row of the lists is one that can be judged."""

from collections import Counter

import numpy as np
import pytest

from crossframe.errors import UnknownNameError
from crossframe.judging.probes.invented import (
    PRESS_SIDES,
    TESTS,
    draw_pairs,
    fill,
    names_of_side,
    read_templates,
    read_variants,
)
from crossframe.judging.probes.swaps import names_of
from crossframe.judging.targets import NAMED_KINDS
from crossframe.records import STANCES

CASES = (
    "cleared",
    "dropped",
    "false-charge",
    "trusted-and-distrusted",
    "opposite-words",
    "foil",
    "not-this-one",
    "praiser",
    "donor",
    "accuser",
    "denial",
    "victim",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{A} thanked {B}.", ("The Audit Office", "the Green Party")),
        ('"{B} lied," {A} said.', ("the Audit Office", "The Green Party")),
        ("For years {B} lied to {A}.", ("the Audit Office", "the Green Party")),
    ],
)
def test_names_stand_where_their_places_were(sentence: str, expected: tuple[str, str]) -> None:
    """Each item's target is its own name, in one and the same text, with a capital only where the sentence begins."""
    items = fill(sentence, A="the Audit Office", B="the Green Party")
    assert tuple(items[place].text[items[place].start : items[place].end] for place in "AB") == expected
    assert items["A"].text == items["B"].text
    assert items["A"].text == sentence.format(A=expected[0], B=expected[1])


def test_pairs_of_names() -> None:
    """Names of one kind, none twice; the generator decides which."""
    pairs = draw_pairs("country", 3, np.random.default_rng(1))
    names = [name for pair in pairs for name in pair]
    assert len(pairs) == 3
    assert len(set(names)) == 6
    assert set(names) <= set(names_of("country"))
    assert draw_pairs("country", 3, np.random.default_rng(1)) == pairs
    assert draw_pairs("country", 3, np.random.default_rng(2)) != pairs


@pytest.mark.parametrize("test", TESTS)
def test_every_sentence_can_be_filled(test: str) -> None:
    """Places, labels and kinds are known ones; where actors are exchanged, one has the better role."""
    for template in read_templates(test):
        places = ("A",) if test == "deed" else ("A", "B")
        assert len(template.expected) == len(places)
        assert all(template.sentence.count(f"{{{place}}}") == 1 for place in places)
        assert set(template.kinds) <= set(NAMED_KINDS)
        assert {label for labels in template.expected for label in labels} <= set(STANCES)
        if test in ("roles", "praise"):
            assert not set(template.expected[0]) & set(template.expected[1])
        assert (test == "accusation") == bool(template.without)
        assert "{A}" not in template.without


def test_enough_sentences_that_an_average_means_something() -> None:
    """Of each test a dozen sentences of each kind of actor; of deeds as many good and bad; as many friends as foes."""
    for test in ("roles", "praise", "accusation"):
        for kind in NAMED_KINDS:
            assert sum(kind in template.kinds for template in read_templates(test)) >= 12
    for kind in ("country", "organisation", "party"):
        labels = Counter(one.expected[0][0] for one in read_templates("deed") if kind in one.kinds)
        assert set(labels) == set(STANCES)
        assert len(set(labels.values())) == 1
        sides = [names_of_side(kind, side) for side in PRESS_SIDES]
        assert len(sides[0]) == len(sides[1]) >= 6
        assert not set(sides[0]) & set(sides[1])
    better_first = [one.expected[0] > one.expected[1] for one in read_templates("roles")]
    assert 6 <= sum(better_first) <= len(better_first) - 6


def test_unknown_test() -> None:
    """A test that does not exist is named with those that do."""
    with pytest.raises(UnknownNameError, match=r"'gossip'.*roles"):
        read_templates("gossip")


@pytest.mark.parametrize("kind", CASES)
def test_variants_of_a_kind(kind: str) -> None:
    """Eight or more variants of each kind, labels of both sorts, what is asked of a holder is about its target."""
    rows = [row for row in read_variants() if row.kind == kind]
    assert len({row.variant for row in rows}) >= 8
    assert len({row.expected for row in rows}) >= 2
    for row in rows:
        assert set(row.expected) <= set(STANCES)
        if row.item.holder not in (None, "author"):
            assert row.item.holder in row.item.text
        if row.above is not None:
            assert row.above.end <= row.item.start or row.item.end <= row.above.start


def test_every_variant_is_of_a_kind_and_stands_once() -> None:
    """No row twice, rows of a variant together."""
    rows = read_variants()
    assert {row.kind for row in rows} == set(CASES)
    assert len({row.item for row in rows}) == len(rows)
    order = list(dict.fromkeys((row.kind, row.variant) for row in rows))
    assert [(row.kind, row.variant) for row in rows] == sorted(
        ((row.kind, row.variant) for row in rows), key=order.index
    )
