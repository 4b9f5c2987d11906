"""Names, descriptions and pronouns of an article."""

from crossframe.attributing.coreference.entities import Entity, entities_by_article, inside, links_by_article
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Actor, Cast, Spans

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")


def test_entities(make_sentences) -> None:
    """The cast's mentions and names of others stand in order, with the gender that title or given name tells."""
    sentences = make_sentences("Mrs. Doe met Richard Poe. Jane Doe left.")
    cast = find_actors(sentences, [DOE])
    found = entities_by_article(cast, spot_names(sentences))["a0"]
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
    links = links_by_article(Cast((DOE,), Spans.from_rows(rows)))
    assert {start: (one.end, one.actor, one.kind) for start, one in links["a"].items()} == {
        20: (23, "doe", "person")
    }


def test_inside() -> None:
    """Only entities that lie in the stretch are returned."""
    names = [Entity(start, start + 4, "", "name", "person", "") for start in (0, 10, 20)]
    assert inside(names, 5, 15) == [names[1]]
    assert inside(names, 21, 40) == []
