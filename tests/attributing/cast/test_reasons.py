"""Why the names of an actor belong together, said in one clause."""

from pathlib import Path

import pytest

from crossframe.attributing.actors.edits import read_actor_edits
from crossframe.attributing.cast.reasons import explain_place
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor


@pytest.mark.parametrize(
    ("texts", "actor", "parts"),
    [
        (("Sen. Ann Poe left. Poe slept.", "Ann Poe said no."), "ann-poe", ["named 3 times (“Ann Poe” 2, “Poe” 1), in 2 outlets", "has the title “Sen”", "“Poe” ends the name"]),
        (("Sen. Charles Poe left.", "Sen. Chuck Poe said no."), "charles-poe", ["named twice", "“Chuck Poe” has the same surname and a given name that fits"]),
        (("The Trade Ministry met.", "The Trade Ministry said no."), "trade-ministry", ["an organisation by the word “Ministry”"]),
        (("The Quay Trade Association (QTA) met.", "The QTA said no."), "quay-trade-association", ["“QTA” stands in brackets behind the name"]),
        (("The GOP met.", "The Republican Party said no."), "republican-party", ["known from crossframe's lists", "“GOP” is another name of it in crossframe's lists"]),
        (("The Georgian parliament met.", "Georgia's parliament said no."), "georgian-parliament", ["the same body of the same state"]),
        (("Quay police left.", "The police left Quay."), "quay-police", ["described twice, in 2 outlets", "“police” alone: their articles have no other police"]),
        (("Ann Poe left. She wept, and she slept.", "It rained."), "ann-poe", ["named once, meant by a pronoun twice, in 1 outlet"]),
        (("Farmers left.", "The farmers left."), "farmers", ["described twice, in 2 outlets"]),
        (("Russia left. It hurt Russia.", "Russia said no."), "russia", ["known from crossframe's lists as a country"]),
        (("It rained. Later Moscow said no.", "Then Moscow said yes."), "moscow", ["a place: a capital (Russia), which may stand for its government"]),
        (("It rained. Later Brussels said no.", "Then Brussels said yes."), "brussels", ["a capital (Belgium or European Union)"]),
        (("It rained. Later Ohio said no.", "Then Ohio said yes."), "ohio", ["a place: a state of the United States"]),
        (("Russian forces left.", "Russian troops left."), "russian-forces", ["“Russian troops”: another word for the same people, of the same state or side"]),
    ],
)  # fmt: skip
def test_discovered(make_sentences, texts: tuple[str, ...], actor: str, parts: list[str]) -> None:
    """Every actor says how often it was found, what shows its kind, and what joins each of its names to it."""
    how = find_actors(make_sentences(*texts), []).how[actor]
    assert [part for part in parts if part not in how] == []
    assert "\n" not in how


def test_declared_and_edited(make_sentences, tmp_path: Path) -> None:
    """What the corpus declares and what the researcher's table names is said to be so."""
    sentences = make_sentences(
        "Ann Poe left. The farmers left.", "Poe slept. Farmers left. Tim Roe saw Tim Roe."
    )
    path = tmp_path / "actors.csv"
    path.write_text("actor,name\nfarmers,Growers\n", encoding="utf-8")
    how = find_actors(sentences, [Actor("poe", "Ann Poe", (), "person")], read_actor_edits(path)).how
    assert how["poe"].startswith("declared, named twice")
    assert how["farmers"].startswith("in your table of actors, described twice")
    assert how["tim-roe"].startswith("named twice")


def test_everybody_has_a_reason(make_sentences) -> None:
    """No actor is without one, also one that nobody mentions."""
    cast = find_actors(
        make_sentences("Police left.", "Police came."), [Actor("gone", "Nobody Here", (), "person")]
    )
    assert cast.how.keys() == {"gone", "police"}
    assert all(cast.how.values())
    assert cast.how["gone"] == "declared, not found in this event"


@pytest.mark.parametrize(
    ("name", "own", "reason"),
    [
        ("Nairobi", [], "a place: a capital (Kenya), which may stand for its government"),
        ("Texas", [], "a place: a state of the United States"),
        ("Velm", [Name("a", 0, 0, 4, "Velm", place=True)], "taken for a place: once of 1 behind a preposition of place"),
        ("Velm", [Name("a", 0, 0, 4, "Velm", place=True)] * 2, "taken for a place: twice of 2 behind “in”, “from” or the like"),
        ("Velm", [Name("a", 0, 0, 4, "Velm", acts=True)], "a place or a thing with a name; says or does something once, so that a body or people may be meant"),
        ("Velm", [Name("a", 0, 0, 4, "Velm")], "a place or a thing with a name"),
    ],
)  # fmt: skip
def test_of_places(name: str, own: list[Name], reason: str) -> None:
    """What is no person, body or people has in its row what its words and those around it show."""
    assert explain_place(name, own) == reason
