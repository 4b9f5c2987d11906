"""Readings become labels: by two that agree, most of three, or one; and who may hold a stance toward a target."""

from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.public.reference_readings import (
    DISPUTED,
    NO_MENTION,
    Item,
    Reading,
    add_holders,
    find_holders,
    read_items,
)

TEXT = "Rome and the mayor of Rome blamed Oslo, which the mayor praised."
ITEMS = """id	corpus	article	sentence_start	sentence_end	start	end	kind	split	half	hard_kind	stratum	probability	draw
r1	neus	test-1	0	64	34	38	state	test	random		s	0.5	1
r2	neus	test-1	0	64	0	4	state	test	hard	praise	s	1	1
r3	neus	test-1	0	64	13	18	person	test	hard		s	1	2
"""
READINGS = "\n".join(
    [
        "id	reader	portrayal	speaker	basis	author	holders",
        "r1	reader-15	negative	quoted	facts	neutral	0-4=oppose",
        "r1	reader-02	negative	quoted	facts	neutral	0-4=oppose;50-55=support",
        "r1	reader-07	neutral	outlet	none	oppose	",
        "r2	reader-11	no-mention				",
    ]
)


def span(words: str, nth: int = 0) -> tuple[int, int]:
    """Return where `words` stand in the text, for the first or a later time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def item(words: str, *readings: Reading, nth: int = 0) -> Item:
    """Return an item on `words`."""
    return Item(words, "neus", "neus.a", (0, len(TEXT)), span(words, nth), readings=readings)


def read(portrayal: str, author: str = "neutral", **sides: str) -> Reading:
    """Return a reading whose holders are named by their words."""
    if portrayal == NO_MENTION:
        return Reading(NO_MENTION)
    return Reading(portrayal, "outlet", author, {span(words): side for words, side in sides.items()})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of invented tables."""
    (tmp_path / "items.tsv").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "readings.tsv").write_text(READINGS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "label", "mention"),
    [
        (["negative"], "negative", True),
        (["negative", "negative"], "negative", True),
        (["negative", "neutral"], DISPUTED, True),
        (["negative", "neutral", "neutral"], "neutral", True),
        (["negative", "neutral", "positive"], DISPUTED, True),
        (["mixed", "mixed"], "mixed", True),
        ([NO_MENTION], NO_MENTION, False),
        ([NO_MENTION, "neutral"], DISPUTED, None),
        ([NO_MENTION, "neutral", NO_MENTION], NO_MENTION, False),
        ([NO_MENTION, "neutral", "neutral"], "neutral", True),
        ([NO_MENTION, "neutral", "negative"], DISPUTED, True),
    ],
)
def test_portrayal(given: list[str], label: str, mention: bool | None) -> None:
    """One reading stands alone, two must agree, of three two decide; so it is with whether there is a mention."""
    read_so = item("Oslo", *map(read, given))
    assert (read_so.portrayal, read_so.mention) == (label, mention)


def test_other_fields_are_of_those_who_see_a_mention() -> None:
    """A reader who sees no mention says nothing of author and holders; that others do not name a holder counts as neutral."""
    three = item(
        "Oslo", read("negative", "oppose", Rome="oppose"), read(NO_MENTION), read("neutral", "oppose")
    )
    assert (three.author, three.speaker, three.side_of(span("Rome"))) == ("oppose", "outlet", DISPUTED)
    most = item("Oslo", read("negative", Rome="oppose"), read("negative", Rome="oppose"), read("negative"))
    assert (most.side_of(span("Rome")), most.side_of(span("mayor"))) == ("oppose", "neutral")
    few = item("Oslo", read("negative", Rome="oppose"), read("negative"), read("negative"))
    assert few.side_of(span("Rome")) == "neutral"


def test_a_holder_on_both_sides() -> None:
    """One that a reader names twice is known by either place; on both sides it is mixed."""
    reading = Reading(
        "negative", "quoted", "neutral", {span("the mayor"): "oppose", span("mayor of Rome"): "support"}
    )
    assert reading.side_of(span("the mayor of Rome")) == "mixed"
    assert reading.side_of(span("the mayor")) == "mixed"
    assert reading.side_of(span("Oslo")) == "neutral"


def test_possible_holders() -> None:
    """Whoever is named toward any target of the sentence and the other targets, neither the target nor its words again."""
    oslo = item("Oslo", read("negative", **{"the mayor of Rome": "oppose"}))
    mayor = item("mayor", read("neutral", Oslo="support"))
    rome = item("Rome")
    assert find_holders(oslo, [oslo, mayor, rome], TEXT) == (span("Rome"), span("the mayor of Rome"))
    assert find_holders(mayor, [oslo, mayor, rome], TEXT) == (span("Rome"), span("Oslo"))
    # "Rome" within the mayor's title has the target's words; the mayor does not.
    second = item("Rome", nth=1)
    assert find_holders(rome, [oslo, mayor, rome, second], TEXT) == (span("the mayor of Rome"), span("Oslo"))


def test_the_place_that_is_named_stands_for_equal_words() -> None:
    """Of two places of the same words the one counts that a reader names toward this target, else the first."""
    at = span("mayor", 1)
    oslo = item("Oslo", Reading("positive", "quoted", "neutral", {at: "support"}))
    mayor = item("mayor")
    assert find_holders(oslo, [oslo, mayor], TEXT) == (at,)
    assert find_holders(item("Oslo"), [mayor, item("mayor", nth=1)], TEXT) == (span("mayor"),)


def test_tables(folder: Path) -> None:
    """Readings come in the order of the readers' names; items without any are holders and nothing else."""
    items = read_items(folder)
    assert [one.id for one in items] == ["r1", "r2", "r3"]
    assert [one.portrayal for one in items[0].readings] == ["negative", "neutral", "negative"]
    assert items[0].readings[0].holders == {(0, 4): "oppose", (50, 55): "support"}
    assert [one.basis for one in items[0].readings] == ["facts", "none", "facts"]
    assert (items[0].basis, items[1].basis) == ("facts", DISPUTED)
    assert (items[1].half, items[1].hard_kind, items[1].article) == ("hard", "praise", "neus.test-1")
    read_ones = add_holders(items, {"neus.test-1": TEXT})
    assert [one.id for one in read_ones] == ["r1", "r2"]
    assert read_ones[0].holders == (span("Rome"), span("mayor", 1))
    assert add_holders(items, {}) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("readings.tsv", "0-4=oppose", "0-4=against", "Invalid holder '0-4=against'"),
        ("readings.tsv", "r2", "r9", "Unknown item 'r9'"),
        ("items.tsv", "34	38", "34	x", "line 2: Invalid offsets"),
        ("items.tsv", "half", "part", "half"),
    ],
)
def test_broken_tables(folder: Path, table: str, old: str, new: str, said: str) -> None:
    """What is not written as it should be is named."""
    path = folder / table
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_items(folder)


def test_a_reading_by_the_mended_codebook_decides(folder: Path) -> None:
    """It alone is the label, also against two readers; they stay what tells how readers agree, and its holders may hold a stance."""
    path = folder / "readings.tsv"
    path.write_text(
        f"{path.read_text('utf-8')}\nr1\treader-65\tneutral\toutlet\tnone\tneutral\t9-18=support", "utf-8"
    )
    settled, other, _ = read_items(folder)
    assert [reading.portrayal for reading in settled.readings] == ["negative", "neutral", "negative"]
    assert (settled.portrayal, settled.basis, settled.author, settled.mention) == (
        "neutral",
        "none",
        "neutral",
        True,
    )
    assert (settled.side_of((9, 18)), settled.side_of((0, 4))) == ("support", "neutral")
    assert other.resolved == ()
    assert (9, 18) in add_holders([settled], {"neus.test-1": TEXT})[0].holders
