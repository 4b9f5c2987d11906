"""Edited actors tables, read."""

import csv
from pathlib import Path

import pytest

from crossframe.attributing.actors.edits import edits_of, read_actor_edits, unknown_events
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.records import Article, Corpus
from crossframe.records.corpus import EditedTable


def read(tmp_path: Path, table: str, name: str = "actors.csv"):
    """Return the rows of `table` as read from a file."""
    path = tmp_path / name
    path.write_text(table, encoding="utf-8")
    return read_actor_edits(path).rows


def test_rows(tmp_path: Path) -> None:
    """Cells become what they mean; a row knows where it stands; tab-separated tables have no quoting."""
    [row] = read(
        tmp_path,
        'event,actor,name,kind,names,declared,merge_into,drop\ne,poe,"Poe, A.",person,Poe|A Poe,1,,\n',
    )
    assert (row.event, row.actor, row.name, row.kind) == ("e", "poe", "Poe, A.", "person")
    assert (row.names, row.declared, row.merge_into, row.drop) == (("Poe", "A Poe"), True, "", False)
    assert row.where.endswith("actors.csv:2")
    [row] = read(tmp_path, 'actor\tname\tdrop\npoe\t"Chuck" Poe\tyes\n', "actors.tsv")
    assert (row.name, row.drop, row.declared) == ('"Chuck" Poe', True, None)


@pytest.mark.parametrize(
    "table",
    [
        "event;actor;name;kind;names;declared;n_mentions;n_outlets\ntalk;poe;Ann Poe;person;Poe|Ann Poe;1;6;5\n",
        "sep=;\r\nactor;name;names\r\npoe;Ann Poe;Poe|Ann Poe\r\n",
        "actor;name;names;;\npoe;Ann Poe;Poe|Ann Poe;;\n;;;;\n",
        '"actor";"name";"names"\n"poe";"Ann Poe";"Poe|Ann Poe"\n',
        "actor\tname\tnames\npoe\tAnn Poe\tPoe|Ann Poe\n",
        "\ufeffactor;name;names\npoe;Ann Poe;Poe|Ann Poe\n",
        'actor;name;names\n"poe ";" Ann Poe";"Poe | Ann Poe"\n',
        "actor;name;declared;names\npoe;Ann Poe;WAHR;Poe|Ann Poe\n",
    ],
)
def test_tables_as_spreadsheets_save_them(tmp_path: Path, table: str) -> None:
    """Semicolons of countries that write decimal commas, tabs, quoted cells, empty rows and columns are understood."""
    [row] = read(tmp_path, table)
    assert (row.actor, row.name, row.names) == ("poe", "Ann Poe", ("Poe", "Ann Poe"))


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
        ("actor,name\npoe\n", "as many cells"),
        ("actor,name\npoe,a\x00b\n", r"Invalid name 'a.*b' in .*actors\.csv:2. It must have no line breaks"),
        ("", "Missing: actor"),
    ],
)
def test_bad_tables(tmp_path: Path, table: str, message: str) -> None:
    """What cannot be read is refused with file and line."""
    with pytest.raises(CrossframeError, match=message):
        read(tmp_path, table)


def test_no_csv(tmp_path: Path) -> None:
    """What the CSV reader itself refuses is one clear line too."""
    limit = csv.field_size_limit(1000)
    try:
        with pytest.raises(
            InputError, match=r"Invalid actors table '.*actors\.csv': field larger .*must be a CSV"
        ):
            read(tmp_path, f'actor,name\npoe,"{"x" * 2000}"\n')
    finally:
        csv.field_size_limit(limit)


def test_no_file(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(UnknownNameError, match="Unknown actors table"):
        read_actor_edits(tmp_path / "none.csv")


def test_edits_of(tmp_path: Path) -> None:
    """A table given overrides the one stored with the corpus; rows for unknown events are named."""
    articles = (Article("a", "e", "o", "", "Text."),)
    kept = Corpus(
        "c", articles, actors_table=EditedTable("actors.csv", "actor,drop,event\npoe,1,e\nroe,1,f\n")
    )
    path = tmp_path / "given.csv"
    path.write_text("actor,drop\nlee,1\n", encoding="utf-8")
    assert edits_of(Corpus("c", articles)) is None
    edits = edits_of(kept)
    assert edits is not None
    assert [row.actor for row in edits.rows] == ["poe", "roe"]
    assert [row.actor for row in unknown_events(edits, kept)] == ["roe"]
    given = edits_of(kept, path)
    assert given is not None
    assert [row.actor for row in given.rows] == ["lee"]
