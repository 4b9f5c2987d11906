"""Edited actors tables."""

from pathlib import Path

import pytest

from crossframe.attributing.edits import apply_edits, read_actor_edits
from crossframe.errors import CrossframeError, UnknownNameError
from crossframe.records import Actor

ACTORS = [
    Actor("poe", "Poe", (), "person", declared=False),
    Actor("charles-poe", "Charles Poe", ("Chuck Poe",), "person", declared=False),
    Actor("twitter", "Twitter", (), "other", declared=False),
]


def edited(tmp_path: Path, table: str) -> tuple[dict[str, Actor], frozenset[str]]:
    """Return the actors after the edits of `table`."""
    path = tmp_path / "actors.csv"
    path.write_text(table, encoding="utf-8")
    actors, dropped = apply_edits(ACTORS, read_actor_edits(path).of("event"))
    return {actor.id: actor for actor in actors}, dropped


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
    actors, dropped = edited(tmp_path, table)
    assert set(actors) == {"charles-poe", "twitter", "mob"}
    assert actors["charles-poe"].name == "Senator Poe"
    assert set(actors["charles-poe"].names) == {"Senator Poe", "Charles Poe", "Chuck Poe", "Poe"}
    assert (actors["mob"].kind, actors["mob"].names) == ("group", ("the mob", "rioters"))
    assert dropped == {"twitter"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name\nx\n", "Missing: actor"),
        ("actor,colour\nx,red\n", "Invalid column 'colour'"),
        ("actor,kind\npoe,alien\n", r"actors\.csv:2: Invalid kind of actor 'alien'"),
        ("actor\nNot An Id\n", r"actors\.csv:2: Invalid actor id"),
        ("actor,drop\npoe,perhaps\n", r"Invalid drop 'perhaps' in .*actors\.csv:2"),
        ("actor\npoe\npoe\n", "It occurs twice"),
        ("actor,merge_into\npoe,twitter\ntwitter,poe\n", "circle"),
        ("actor,merge_into,drop\npoe,twitter,1\n", "both drop and merge_into"),
        ("actor,merge_into\npoe,nobody\n", "Unknown merge_into 'nobody'"),
        ("event,actor\nevent,nobody\n", "A new actor needs names"),
        ("actor,name\npoe\n", "as many cells"),
    ],
)
def test_bad_tables(tmp_path: Path, table: str, message: str) -> None:
    """What cannot be obeyed is refused with file and line."""
    with pytest.raises(CrossframeError, match=message):
        edited(tmp_path, table)


def test_no_file(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(UnknownNameError, match="Unknown actors table"):
        read_actor_edits(tmp_path / "none.csv")
