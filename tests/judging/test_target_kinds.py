"""Tests of target kinds: what kind of actor a target names, and how its words are cut."""

import pytest

from crossframe.judging.stance.features import Target
from crossframe.judging.target_kinds import kind_of, read_name


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
        assert kind_of(Target(name, 0, len(name))) == kind, name


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
