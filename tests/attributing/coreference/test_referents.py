"""Persons without a name, and places in the clause."""

import pytest

from crossframe.attributing.coreference.referents import read_place, unnamed_referents


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Ann Poe left.", "Ann Poe", "subject"),
        ("Senator Ann Poe, a Republican, said no.", "Ann Poe", "subject"),
        ("They met Ann Poe.", "Ann Poe", "other"),
        ("A letter to Senator Poe was read.", "Poe", "oblique"),
        ("Poe’s lawyer left.", "Poe", "possessive"),
        ("Poe 's lawyer left.", "Poe", "possessive"),
        ("When Poe resigned, they cheered.", "Poe", "subject"),
        ("They cheered Poe yesterday.", "Poe", "other"),
        ("Prime Minister Ann Poe of Fiji said no.", "Ann Poe", "subject"),
        ("Sen. Bob Roe of Ohio and Sen. Ann Poe of Fiji said no.", "Ann Poe", "other"),
        ("Ann Poe and Sen. Bob Roe of Ohio said no.", "Ann Poe", "other"),
        ("Bob Roe spoke and Ann Poe said no.", "Ann Poe", "subject"),
        ("It was Ann Poe of Fiji.", "Ann Poe", "other"),
        ("Fiji’s premier, Ann Poe, flew home.", "Ann Poe", "subject"),
        ("The head of the Trade Council, Ann Poe, said no.", "Ann Poe", "subject"),
        ("A spokesman for the premier, Ann Poe, said no.", "Ann Poe", "other"),
        ("The lawyer for the premier, Ann Poe, said no.", "Ann Poe", "other"),
        ("Critics of the premier, Ann Poe, said no.", "Ann Poe", "other"),
    ],
)
def test_read_place(text: str, name: str, place: str) -> None:
    """Prepositions, possessives and verbs tell how a name stands in its clause."""
    start = text.index(name)
    assert read_place(text, start, start + len(name)) == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("His wife and a young officer left.", [("His wife", "f"), ("a young officer", "")]),
        ("Poe’s lawyer left.", [("’s lawyer", "")]),
        ("The actress Ann Poe left.", []),
        ("Poe, an actress, left.", []),
        ("Poe was a lawyer.", []),
        ("The lawyer, Ann Poe, left.", []),
        ("Women left.", []),
        ("A fisherman had drowned.", [("A fisherman", "m")]),
        ("One young electrician died.", [("One young electrician", "")]),
        ("On Monday a diver found it.", [("a diver", "")]),
        ("They met a fisherman.", []),
        ("The fisherman had drowned.", []),
        ("A fisherman boat had sunk.", []),
        ("A bomb exploded.", []),
        ("Poe is a fisherman.", []),
    ],
)
def test_unnamed(text: str, found: list[tuple[str, str]]) -> None:
    """Nouns for persons count unless they stand beside a name."""
    assert [(text[one.start : one.end], one.gender) for one in unnamed_referents(text, 0, [])] == found
