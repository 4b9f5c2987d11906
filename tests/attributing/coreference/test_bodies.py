"""Bodies and the descriptions that mean them."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.records import Actor

ACTORS = (
    Actor("roe-steel", "Roe Steel", (), "organisation"),
    Actor("velm-united", "Velm United", (), "organisation"),
    Actor("dockers-union", "Dockers' Union", (), "organisation"),
    Actor("harbour-bank", "Harbour Bank", (), "organisation"),
    Actor("green-front", "Green Front", (), "party"),
    Actor("lake-aid", "Lake Aid", (), "organisation"),
    Actor("nato", "NATO", (), "organisation"),
)


def described(sentences, *declared: Actor) -> list[tuple[str, str]]:
    """Return text and actor of the descriptions that are linked to a declared actor."""
    cast = find_actors(sentences, declared)
    documents = {article.id: article.document for article in sentences.articles}
    return [
        (documents[row["article"]][row["start"] : row["end"]], row["actor"])
        for row in cast.mentions.rows()
        if row["kind"] == "nominal" and row["actor"] in {actor.id for actor in declared}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roe Steel, a maker of rails, paid. The company left.", [("The company", "roe-steel")]),
        ("Roe Steel, the region's oldest toymaker, paid. It rained. The firm left.", [("The firm", "roe-steel")]),
        ("The Velm-based airline Roe Steel paid. The carrier left.", []),
        ("The football club Velm United lost. Fans sang. The team left.", [("The team", "velm-united")]),
        ("The Dockers' Union met. Ships waited. The union voted.", [("The union", "dockers-union")]),
        ("The charity Lake Aid sent rice. The charity left.", [("The charity", "lake-aid")]),
        ("Harbour Bank paid. The bank left.", [("The bank", "harbour-bank")]),
        ("Harbour Bank paid. The company left.", [("The company", "harbour-bank")]),
        ("Harbour Bank paid. The airline left.", []),
        ("Roe Steel paid. The company left.", [("The company", "roe-steel")]),
        ("The Green Front won. The party left.", [("The party", "green-front")]),
        ("The Danish firm Roe Steel paid. The Danish company left.", [("The Danish company", "roe-steel")]),
        ("The Danish firm Roe Steel paid. The Dutch company left.", []),
        ("The firm Roe Steel sued the Dockers' Union. The company left.", [("The company", "roe-steel")]),
        ("The firm Roe Steel sued Harbour Bank. The company left.", []),
        ("The firm Roe Steel paid. It rained. It snowed. Harbour Bank paid. The company left.", [("The company", "harbour-bank")]),
        ("The firm Roe Steel paid. A company from Velm sued. The company left.", []),
        ("NATO met. The company left.", []),
        ("A company left. Roe Steel, a bank, paid. The company slept.", [("The company", "roe-steel")]),
        ("The company left. Roe Steel paid. The company slept.", []),
        ("Roe Steel paid. The company car was red.", []),
        ("Roe Steel paid. The company of Ann Poe left.", []),
        ("Roe Steel paid. The government left.", []),
    ],
)  # fmt: skip
def test_descriptions(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A body is meant by a noun that its name or a description has, or that is used for any body of its class."""
    assert described(make_sentences(text), *ACTORS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said no.", [("The ministry", "trade-ministry")]),
        ("A plan of the ministry’s was read.", [("the ministry", "trade-ministry")]),
        ("The Ministry said no.", []),
        ("The council said no.", []),
        ("The French ministry said no.", []),
        ("The ministry official said no.", []),
        ("The Justice Ministry met. The ministry said no.", [("The ministry", "justice-ministry")]),
        ("The Justice Ministry and the Trade Ministry met. The ministry said no.", []),
    ],
)
def test_discovered_body(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A body is meant by its head noun when no other body of the article has it."""
    start = "The Trade Ministry met. The Trade Ministry spoke. "
    sentences = make_sentences(start + text)
    cast = find_actors(sentences, [])
    document = sentences.articles[0].document
    rows = [row for row in cast.mentions.rows() if row["kind"] == "nominal"]
    assert [(document[row["start"] : row["end"]], row["actor"]) for row in rows] == expected


def test_named_once(make_sentences) -> None:
    """A body that is named once and then described is an actor."""
    text = "It is owned by Venk Iyer and Sons, the oldest tyre maker of Velm. The company wants to sell."
    cast = find_actors(make_sentences(text), [])
    assert [(actor.id, actor.kind) for actor in cast.actors] == [("venk-iyer-and-sons", "organisation")]
    assert cast.mentions.kind == ("name", "nominal")
