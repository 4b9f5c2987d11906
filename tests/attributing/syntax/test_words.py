"""Words with their look, headlines, datelines, known names."""

import pytest

from crossframe.attributing.syntax.words import (
    country_code,
    dateline_end,
    is_headline,
    kind_of_known,
    split_words,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Roe's U.S. trip", ["Mr.", "Roe", "U.S.", "trip"]),
        ("the G7, al-Masri and Jane Doe’s", ["the", "G7", "al-Masri", "and", "Jane", "Doe"]),
        ("", []),
    ],
)
def test_split_words(text: str, words: list[str]) -> None:
    """Possessive endings are cut, points of titles and initials kept, and offsets point at the word."""
    found = split_words(text)
    assert [word.text for word in found] == words
    assert all(text[word.start : word.end] == word.text for word in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Quits After Fierce Debate in Parliament", True),
        ("MINISTER QUITS AFTER DEBATE", True),
        ("Minister quits after fierce debate in parliament", False),
        ("Jane Doe met Richard Roe in a small town near the border", False),
        ("No", False),
    ],
)
def test_is_headline(text: str, expected: bool) -> None:
    """Title case and capitals read as a headline, sentence case does not."""
    assert is_headline(text, split_words(text)) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("TBILISI, August 30 (Agency) - Parliament met.", "Parliament met."),
        ("LONDON — Parliament met.", "Parliament met."),
        ("Parliament met - twice.", "Parliament met - twice."),
        ("U.S. forces — and others — met.", "U.S. forces — and others — met."),
    ],
)
def test_dateline_end(text: str, rest: str) -> None:
    """Only a place in capitals, followed by a dash, is a dateline."""
    assert text[dateline_end(text, 0) :].strip() == rest


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("France", "country"),
        ("the Kremlin", "office"),
        ("the Casa Rosada", "office"),
        ("Malacanang", "office"),
        ("No 10", ""),
        ("Nairobi", ""),
        ("U.S.", "country"),
        ("Georgians", "group"),
        ("Doe", ""),
    ],
)
def test_kind_of_known(name: str, kind: str) -> None:
    """Countries come from CLDR, seats of power and short forms from our list, peoples from demonyms."""
    assert kind_of_known(name) == kind


@pytest.mark.parametrize(
    ("name", "code"), [("Britain", "GB"), ("French", "FR"), ("the United States", "US"), ("x", "")]
)
def test_country_code(name: str, code: str) -> None:
    """Names and adjectives lead to the country's code."""
    assert country_code(name) == code
