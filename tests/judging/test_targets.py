"""Tests of targets: what kind of actor a target names, how its words are split, and sentences without their target."""

import pytest

from crossframe.judging.targets import StanceItem, hide_target, kind_of, mask_name, read_name


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "person",
            "Trump|Mr. Trump|Russian President Vladimir Putin|Peter King|TRUMP|Claire Poe, D-Mo.|“Bob|al-Assad|the late Senator John Poe",
        ),
        ("country", "Russia|the United States|U.S.|Britain|Iowa|North Korea's"),
        ("party", "the Republican Party|GOP|Labour"),
        (
            "organisation",
            "the FBI|Fox News|the Supreme Court|the Foreign Ministry|Department of Justice|NRA|NASA",
        ),
        ("pronoun", "he|His|myself|They|it|’m"),
        (
            "other",
            "the president|voters|Friday|Russian|the Russians|Poe and Doe|his party|Sen.|the Poes|The Poes|her van|King|",
        ),
    ],
)
def test_kind_of(kind: str, names: str) -> None:
    """Word lists tell kinds; a capitalised name that none lists is a person."""
    for name in names.split("|"):
        assert kind_of(StanceItem(name, 0, len(name))) == kind, name


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Russian President Vladimir Putin’s", ("Russian President ", "Vladimir Putin", "’s")),
        ("“Mr. Van Dyke", ("“Mr. ", "Van Dyke", "")),
        ("Chambers'", ("", "Chambers", "'")),
        ("Claire Poe, D-Mo.", ("", "Claire Poe", ", D-Mo.")),
        ("Poe himself", ("", "Poe", " himself")),
        ("the Supreme Court", ("", "the Supreme Court", "")),
    ],
)
def test_read_name(text: str, cut: tuple[str, str, str]) -> None:
    """Marks and titles come before the name, appositions and endings after it; the parts make up the whole."""
    found = read_name(text)
    assert (found.lead, found.core, found.tail) == cut
    assert "".join(cut) == text


@pytest.mark.parametrize(
    ("given", "text", "words"),
    [
        (StanceItem("Trump lied.", 0, 5), "Someone lied.", ["Someone"]),
        (
            StanceItem("They say Mr. Trump's aide lied.", 9, 20),
            "They say someone's aide lied.",
            ["someone's"],
        ),
        (StanceItem("They met his aide.", 9, 12), "They met someone's aide.", ["someone's"]),
        (
            StanceItem("President Trump said he knew.", 21, 23, ((0, 15),)),
            "Someone said someone knew.",
            ["someone", "Someone"],
        ),
        (StanceItem("Donald Trump lied.", 7, 12, ((0, 12),)), "Donald someone lied.", ["someone"]),
    ],
)
def test_mask_name(given: StanceItem, text: str, words: list[str]) -> None:
    """A neutral word stands for every mention of the target; the offsets are its."""
    found = mask_name(given)
    assert found.text == text
    spans = [(found.start, found.end), *found.others]
    assert [found.text[start:end] for start, end in spans] == words


def test_hide_target() -> None:
    """The sentence stays whole, and the target is outside of it."""
    found = hide_target(StanceItem("Trump lied; he knew.", 0, 5, ((12, 14),)))
    assert found == StanceItem("It: Trump lied; he knew.", 0, 2)
