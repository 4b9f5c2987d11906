"""Edits applied to the actors of an event."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.actors.apply_edits import Edited, apply_edits
from crossframe.attributing.actors.edits import read_actor_edits
from crossframe.attributing.find_actors import find_actors
from crossframe.errors import CrossframeError
from crossframe.records import Actor, Cast, Sentences

ACTORS = [
    Actor("poe", "Poe", (), "person", declared=False),
    Actor("charles-poe", "Charles Poe", ("Chuck Poe",), "person", declared=False),
    Actor("twitter", "Twitter", (), "other", declared=False),
    Actor("roe", "Roe", ("Doe",), "person", declared=False),
]


def edited(tmp_path: Path, table: str) -> Edited:
    """Return the actors after the edits of `table`."""
    path = tmp_path / "actors.csv"
    path.write_text(table, encoding="utf-8")
    return apply_edits(ACTORS, ACTORS, read_actor_edits(path), "event")


def test_rename_merge_drop_add(tmp_path: Path) -> None:
    """A row renames, merges, drops or adds; what it leaves empty stays."""
    table = (
        "event,actor,name,kind,names,merge_into,drop\n"
        ",poe,,,,charles-poe,\n"
        "event,charles-poe,Senator Poe,,,,\n"
        ",twitter,,,,,yes\n"
        "event,mob,,group,the mob|rioters,,\n"
        "other,charles-poe,Wrong,,,,\n"
    )
    found = edited(tmp_path, table)
    actors = {actor.id: actor for actor in found.actors}
    assert set(actors) == {"charles-poe", "twitter", "roe", "mob"}
    assert actors["charles-poe"].name == "Senator Poe"
    assert set(actors["charles-poe"].names) == {"Senator Poe", "Charles Poe", "Chuck Poe", "Poe"}
    assert (actors["mob"].kind, actors["mob"].names) == ("group", ("the mob", "rioters"))
    assert found.dropped == {"twitter"}
    assert found.named == {"charles-poe", "mob"}


@pytest.mark.parametrize(
    "table",
    [
        "actor,names\npoe,Poe|Doe\n",
        "actor,names\npoe,Poe|Doe\nroe,Roe\n",
        "event,actor,names\nevent,poe,Poe|Doe\nevent,roe,Roe\n",
    ],
)
def test_split(tmp_path: Path, table: str) -> None:
    """A name moves to another actor, whether the row of the first says so or is not there."""
    actors = {actor.id: actor.names for actor in edited(tmp_path, table).actors}
    assert (actors["poe"], actors["roe"]) == (("Poe", "Doe"), ("Roe",))


def test_last_name_lost(tmp_path: Path) -> None:
    """An actor whose last name moves is gone."""
    found = edited(tmp_path, "actor,names\nroe,Roe|Doe|Twitter\n")
    assert "twitter" not in {actor.id for actor in found.actors}


def test_over_events(tmp_path: Path) -> None:
    """A row for all events merges into an actor of another event, and is passed over where its actor is not."""
    table = "event,actor,names,merge_into\n,poe,,edgar-poe\nother,edgar-poe,Edgar Poe,\n,nobody,,poe\n"
    actors = {actor.id: actor for actor in edited(tmp_path, table).actors}
    assert actors["edgar-poe"].names == ("Poe",)
    assert {"poe", "nobody"}.isdisjoint(actors)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("actor,merge_into\npoe,nobody\n", r"Unknown merge_into 'nobody' in .*:2"),
        ("event,actor\nevent,nobody\n", r"Unknown actor 'nobody' in .*:2.*A new actor needs names"),
        ("event,actor,drop\nevent,nobody,1\n", "Unknown actor 'nobody'"),
        ("event,actor,merge_into\nevent,nobody,poe\n", "Unknown actor 'nobody'"),
        (
            "actor,names\npoe,Poe|Doe\nroe,Roe|Doe\n",
            r"Invalid name 'Doe' in .*:2. It is claimed by 'roe' in .*:3",
        ),
        ("actor,names\nann,Ann\nbob,ann\n", "is claimed by"),
    ],
)
def test_what_cannot_be_applied(tmp_path: Path, table: str, message: str) -> None:
    """A row that leads nowhere, and a name claimed twice, are refused with their lines."""
    with pytest.raises(CrossframeError, match=message):
        edited(tmp_path, table)


TEXTS = (
    "Sen. Ann Poe, R-Iowa, met Bob Roe. Poe left. The senator said she was tired. Roe smiled, Roe said.",
    "Jim Poe and Ann Poe spoke. Poe left. Jim Poe slept. Roe and Poe of the Trade Ministry spoke. The Trade Ministry met.",
)


def given_back(cast: Cast, path: Path) -> Path:
    """Write the table of actors as a comparison does."""
    from crossframe.storage import write_csv

    rows = [
        ("event", one.id, one.name, one.kind, "|".join(one.names), int(one.declared), 1, 1)
        for one in cast.actors
    ]
    write_csv(path, ("event", "actor", "name", "kind", "names", "declared", "n_mentions", "n_outlets"), rows)
    return path


def same(left: Cast, right: Cast) -> bool:
    """Return whether two casts are the same, actors and mentions of every kind."""
    columns = zip(left.mentions.columns().values(), right.mentions.columns().values(), strict=True)
    return left.actors == right.actors and all(np.array_equal(one, other) for one, other in columns)


@pytest.mark.parametrize("declared", [(), (Actor("pm", "Ann Poe", ("the Iron Poe",), "person"),)])
def test_round_trip(make_sentences, tmp_path: Path, declared: tuple[Actor, ...]) -> None:
    """A table that is written, left as it is and given back changes nothing: no actor, no mention, no ambiguity."""
    sentences: Sentences = make_sentences(*TEXTS)
    before = find_actors(sentences, declared)
    path = given_back(before, tmp_path / "actors.csv")
    after = find_actors(sentences, declared, read_actor_edits(path))
    assert same(before, after)
    assert {"name", "nominal", "pronoun"} == set(before.mentions.kind)


def test_round_trip_of_edits(make_sentences, tmp_path: Path) -> None:
    """The table that edits made, given back in their place, makes the same again."""
    sentences: Sentences = make_sentences(*TEXTS)
    path = tmp_path / "edits.csv"
    path.write_text("actor,name,merge_into\njim-poe,,ann-poe\nbob-roe,Robert Roe,\n", encoding="utf-8")
    merged = find_actors(sentences, [], read_actor_edits(path))
    assert {one.id for one in merged.actors} == {"ann-poe", "bob-roe", "trade-ministry"}
    assert {one.name for one in merged.actors} == {"Ann Poe", "Robert Roe", "Trade Ministry"}
    again = find_actors(sentences, [], read_actor_edits(given_back(merged, tmp_path / "actors.csv")))
    assert same(merged, again)


def test_declared_names_move(make_sentences, tmp_path: Path) -> None:
    """A name can be taken from a declared actor too; the table then shows it no more."""
    sentences: Sentences = make_sentences(*TEXTS)
    path = tmp_path / "edits.csv"
    path.write_text("actor,names,kind\nother,Roe,person\n", encoding="utf-8")
    cast = find_actors(sentences, [Actor("bob", "Bob Roe", ("Roe",), "person")], read_actor_edits(path))
    names = {one.id: one.names for one in cast.actors}
    assert (names["bob"], names["other"]) == (("Bob Roe",), ("Roe",))
