"""What was read before a quote."""

import pytest

from crossframe.attributing.coreference.discourse_state import (
    DiscourseState,
    Entity,
    Speaker,
    entities_by_article,
    inside,
    links_by_article,
    only_person,
)
from crossframe.attributing.coreference.profiles import read_genders
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.syntax.regions import Region
from crossframe.records import Actor, Cast, Spans

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")

TEXTS = {
    "subject": "Jane Doe slammed Anna Roe for the plan.",
    "pair": "Jane Doe and Anna Roe met.",
    "possessive": "Jane Doe’s friend met Anna Roe.",
    "one": "It was late when Jane Doe came.",
}


def entities_of(text: str) -> list[Entity]:
    """Return the two women where the text names them."""
    return [
        Entity(text.index(name), text.index(name) + len(name), id, "", "person", "f")
        for id, name in (("doe", "Jane Doe"), ("roe", "Anna Roe"))
        if name in text
    ]


@pytest.mark.parametrize(
    ("kind", "gender", "actor"),
    [("subject", "f", "doe"), ("subject", "m", None), ("pair", "f", None), ("possessive", "f", None), ("one", "f", "doe")],
)  # fmt: skip
def test_antecedent(kind: str, gender: str, actor: str | None) -> None:
    """In the paragraph after it she is the subject of a sentence, or its only woman, and else nobody."""
    text = TEXTS[kind]
    state = DiscourseState(text, entities_of(text))
    state.add_region(Region(0, len(text), 0, text, ()), [], Speaker())
    chosen = state.find_antecedent(1, gender)
    assert (chosen.actor if chosen else None) == actor


def test_last_speaker() -> None:
    """Where nobody was named since, he is the last speaker, for some paragraphs."""
    state = DiscourseState(spoken=[(0, Speaker("roe", "Roe", "m", True))])
    chosen = state.find_antecedent(2, "m")
    assert chosen is not None
    assert chosen.actor == "roe"
    assert state.find_antecedent(2, "f") is None
    assert state.find_antecedent(9, "m") is None


def test_introduced() -> None:
    """Who introduces a quotation is the last cue's subject, else the only person of a sentence that opens with the name."""
    text = "Jane Doe was blunt."
    state, region = DiscourseState(text, entities_of(text)), Region(0, len(text), 0, text, ())
    state.add_region(region, [], Speaker("", "the guild"))
    assert state.introduced.text == "the guild"
    state.add_region(region, [], Speaker())
    assert state.introduced.actor == "doe"
    state.add_region(Region(30, 33, 0, "Yes", ()), [], Speaker())
    assert state.introduced == Speaker()


def test_only_person() -> None:
    """Two names of one actor are one person."""
    doe, roe = entities_of(TEXTS["pair"])
    assert only_person([doe, doe]) == Speaker("doe", "", "f", True)
    assert only_person([doe, roe]) is None
    assert only_person([]) is None


# --- names, descriptions and pronouns ---------------------------------------------------------------------


def test_entities(make_sentences) -> None:
    """The cast's mentions and names of others stand in order, with the gender that title or given name tells."""
    sentences = make_sentences("Mrs. Doe met Richard Poe. Jane Doe left.")
    cast = find_actors(sentences, [DOE])
    names = spot_names(sentences)
    found = entities_by_article(cast, names, read_genders(sentences, cast, names))["a0"]
    assert [(one.actor, one.text, one.gender) for one in found] == [
        ("doe", "", "f"),
        ("", "Richard Poe", "m"),
        ("doe", "", "f"),
    ]


def test_links() -> None:
    """Descriptions and pronouns are kept apart from names, by where they begin."""
    rows = [
        {"article": "a", "start": 0, "end": 8, "actor": "doe", "kind": "name"},
        {"article": "a", "start": 20, "end": 23, "actor": "doe", "kind": "pronoun"},
    ]
    links = links_by_article(Cast((DOE,), Spans.from_rows(rows)), {"doe": "f"})
    assert {start: (one.end, one.actor, one.kind, one.gender) for start, one in links["a"].items()} == {
        20: (23, "doe", "person", "f")
    }


def test_inside() -> None:
    """Only entities inside the stretch are returned."""
    names = [Entity(start, start + 4, "", "name", "person", "") for start in (0, 10, 20)]
    assert inside(names, 5, 15) == [names[1]]
    assert inside(names, 21, 40) == []
