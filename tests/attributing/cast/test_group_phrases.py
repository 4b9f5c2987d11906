"""Phrases for groups of people: what is one, and what only looks like one."""

import pytest

from crossframe.attributing.cast.group_phrases import Cases, find_group_phrases

CASES = Cases(
    frozenset(["the", "police", "shares", "poles", "fans", "local", "officials"]),
    frozenset(
        ["quay", "velm", "nairobi", "oslo", "poe", "house", "white", "hong", "kong", "kenyans", "monday"]
    ),
)


def phrases(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_group_phrases(text, CASES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Officers searched the house.", ["Officers"]),
        ("Shares fell after the talks.", []),
        ("Residents were told to leave, police said.", ["Residents", "police"]),
        ("The police box was empty.", []),
        ("Police officers slept.", ["Police officers"]),
        ("The council met, and the opposition walked out.", ["The council", "the opposition"]),
        ("The council leader met the jury foreman.", []),
        ("Kenyans went to the polls.", ["Kenyans"]),
        ("Thursday's talks ended on Monday.", []),
        ("Fishermen and dockers blocked the port.", ["Fishermen", "dockers"]),
        ("The workers union and the residents association met.", ["the residents association"]),
        ("Hundreds of migrants waited at the border.", ["migrants"]),
        ("Two officers and 17 men were hurt.", []),
        ("Some 400 nurses marched.", ["Some 400 nurses"]),
        ("His officers and their voters agreed.", []),
        ("No residents were hurt, and other tenants stayed.", []),
        ("The city's police and the company’s drivers agreed.", ["The city's police", "the company", "the company’s drivers"]),
        ("They are teachers, but as teachers went, it rained.", ["teachers"]),
        ("Poe hosts the talks and heads the ministry.", ["the ministry"]),
        ("He ministers to the sick.", []),
        ("Security forces met the fire service.", ["Security forces", "the fire service"]),
        ("A company met its clubs, and Quay Bank paid.", []),
        ("The two companies and the banks met three firms.", ["The two companies", "the banks"]),
        ("About 40 retired nurses came; police detained nurses.", ["About 40 retired nurses", "police", "nurses"]),
        ("He met his government and her officers.", ["his government"]),
        ("Forces of nature and services were cut.", []),
        ("A teachers' strike began, and an army marched.", []),
        ("A jury was chosen.", ["A jury"]),
        ("Fans sang, and stars fell.", []),
        ("Fans said that it was late; agents who called were rude.", ["Fans", "agents"]),
        ("Poles are of wood.", []),
        ("He called the fallen “losers” and fools.", ["fools"]),
        ("Members of the union watched, and members came.", ["Members", "the union"]),
        ("Committees and companies, papers and numbers, powers and orders.", []),
    ],
)  # fmt: skip
def test_phrases(text: str, found: list[str]) -> None:
    """Plurals of people and bodies of people are found where they end their phrase; things, few and nobody are not."""
    assert phrases(text) == found


@pytest.mark.parametrize(
    ("text", "anchor", "modifiers"),
    [
        ("Quay police arrested her.", "Quay", ()),
        ("Police in Oslo arrested her.", "Oslo", ()),
        ("Residents of Velm left.", "Velm", ()),
        ("Poe's supporters cheered.", "Poe", ()),
        ("White House officials left.", "White House", ()),
        ("Senior Kenyan officials left.", "Kenyan", ()),
        ("In Hong Kong protesters gathered.", "Hong Kong", ()),
        ("Riot police waited.", "", ("riot",)),
        ("Opposition lawmakers left.", "", ("opposition",)),
        ("Leaders of the party left.", "", ("party",)),
        ("Angry local parents left.", "", ()),
        ("On Monday police left.", "", ()),
        ("Voters in May were few.", "", ()),
        ("They moved to protect islanders.", "", ()),
        ("Poe backs farmers.", "", ()),
        ("Poe told reporters that it was late.", "", ()),
    ],
)
def test_anchor_and_modifiers(text: str, anchor: str, modifiers: tuple[str, ...]) -> None:
    """Place, body or person that owns a group is read; words that make another group stay, ranks and verbs do not."""
    phrase = next(find_group_phrases(text, CASES))
    assert (phrase.anchor, phrase.modifiers) == (anchor, modifiers)


def test_members_of_somebodys() -> None:
    """Of the people of somebody's body nothing is known."""
    assert phrases("Members of Poe's cabinet and leaders of his party left.") == ["Poe's cabinet"]
