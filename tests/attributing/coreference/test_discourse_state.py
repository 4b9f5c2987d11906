"""What was read before a quote."""

import pytest

from crossframe.attributing.coreference.discourse_state import Memory, Speaker, only_one, recall, remember
from crossframe.attributing.coreference.entities import Entity
from crossframe.attributing.syntax.regions import Region

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
def test_recall(kind: str, gender: str, actor: str | None) -> None:
    """In the paragraph after it she is the subject of a sentence, or its only woman, and else nobody."""
    text = TEXTS[kind]
    memory = Memory([], [])
    remember(memory, Region(0, len(text), 0, text, ()), entities_of(text), [], Speaker())
    chosen = recall(1, gender, memory)
    assert (chosen.actor if chosen else None) == actor


def test_last_speaker() -> None:
    """Where nobody was named since, he is the last speaker, for some paragraphs."""
    memory = Memory([], [(0, Speaker("roe", "Roe", "m", True))])
    chosen = recall(2, "m", memory)
    assert chosen is not None
    assert chosen.actor == "roe"
    assert recall(2, "f", memory) is None
    assert recall(9, "m", memory) is None


def test_leads() -> None:
    """Who leads a quotation in is the last cue's subject, else the only person of a sentence that opens with him."""
    memory = Memory([], [])
    text = "Jane Doe was blunt."
    region = Region(0, len(text), 0, text, ())
    remember(memory, region, entities_of(text), [], Speaker("", "the guild"))
    assert memory.leads.text == "the guild"
    remember(memory, region, entities_of(text), [], Speaker())
    assert memory.leads.actor == "doe"
    remember(memory, Region(0, 3, 0, "Yes", ()), [], [], Speaker())
    assert memory.leads == Speaker()


def test_only_one() -> None:
    """Two names of one actor are one person."""
    doe, roe = entities_of(TEXTS["pair"])
    assert only_one([doe, doe]) == Speaker("doe", "", "f", True)
    assert only_one([doe, roe]) is None
    assert only_one([]) is None
