"""A researcher's edits of the actors table (rename, merge, split, drop), read with every row checked."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError
from crossframe.records import ACTOR_KINDS, Corpus, EditedTable
from crossframe.storage import parse_table, read_table_text

_COLUMNS = (
    "event",
    "actor",
    "name",
    "kind",
    "names",
    "declared",
    "n_mentions",
    "n_outlets",
    "how",
    "merge_into",
    "drop",
)
MERGED = "suggested merges"
"""Where rows come from that no researcher wrote, but asked for: merges that the study suggests."""
_YES = frozenset({"1", "true", "yes", "x", "wahr", "vrai", "verdadero", "vero", "waar"})
_NO = frozenset({"", "0", "false", "no", "falsch", "faux", "falso", "onwaar"})
"""Also as spreadsheets of other languages write true and false."""


@dataclass(frozen=True)
class ActorEdit:
    """One row of an edited actors table.

    Parameters
    ----------
    event : str
        Event to which it applies, "" for all.
    actor : str
        Id of the actor; an id that the event does not have makes a new actor (``names`` required).
    name, kind : str
        New display name and kind; "" keeps them.
    names : tuple of str
        All names of the actor from now on; empty keeps them.
    declared : bool or None
        Whether the actor counts as declared; None keeps it.
    merge_into : str
        Id of the actor that takes over its names; "" for none.
    drop : bool
        Whether the actor is left out: its names are then nobody's mentions.
    where : str
        File and line, for messages.
    """

    event: str
    actor: str
    name: str = ""
    kind: str = ""
    names: tuple[str, ...] = ()
    declared: bool | None = None
    merge_into: str = ""
    drop: bool = False
    where: str = ""


@dataclass(frozen=True)
class ActorEdits:
    """An edited actors table, row by row."""

    rows: tuple[ActorEdit, ...] = ()

    def of(self, event: str) -> tuple[ActorEdit, ...]:
        """Return the rows that apply to `event`; a row for this event overrides one for all events."""
        chosen = {row.actor: row for row in self.rows if not row.event}
        chosen.update({row.actor: row for row in self.rows if row.event == event})
        return tuple(chosen.values())


def read_actor_edits(path: Path | str) -> ActorEdits:
    """Return the edited actors table at `path`.

    Parameters
    ----------
    path : Path or str
        CSV (commas, semicolons or tabs), also as a spreadsheet saves it, with the column ``actor`` and any of ``event``, ``name``, ``kind``, ``names`` (joined by ``|``), ``declared``, ``merge_into``, ``drop``;
        ``n_mentions``, ``n_outlets`` and ``how`` are ignored.

    Returns
    -------
    ActorEdits
        One row per line.

    Raises
    ------
    UnknownNameError
        When there is no such file, or a kind is not one of the kinds of actors.
    InputError
        When a row breaks its rule; the message names file and line.
    """
    return parse_actor_edits(EditedTable(str(path), read_table_text(Path(path), "actors table")))


def parse_actor_edits(table: EditedTable) -> ActorEdits:
    """Return the edited actors table whose text `table` has, checked as `read_actor_edits` does."""
    columns, lines = parse_table(table.text, table.path, "actors table")
    check.check_columns(columns, ("actor",), table.path)
    unknown = [name for name in columns if name not in _COLUMNS]
    if unknown:
        raise InputError(f"Invalid column {unknown[0]!r} in {table.path!r}. Known: {', '.join(_COLUMNS)}.")
    rows = tuple(_read_row(row, f"{table.path}:{number}") for number, row in lines)
    _check_actors(rows)
    _check_merges(rows)
    return ActorEdits(rows)


def edits_of(corpus: Corpus, path: Path | str | None = None) -> ActorEdits | None:
    """Return the edits that apply to `corpus`: the table at `path`, else the one stored with the corpus, else None.

    Raises
    ------
    UnknownNameError, InputError
        As `read_actor_edits`.
    """
    if path is not None:
        return read_actor_edits(path)
    return parse_actor_edits(corpus.actors_table) if corpus.actors_table is not None else None


def unknown_events(edits: ActorEdits, corpus: Corpus) -> list[ActorEdit]:
    """Return the rows for events that `corpus` does not have, which cannot be applied."""
    events = {event.id for event in corpus.events}
    return [row for row in edits.rows if row.event and row.event not in events]


def _read_row(cells: Mapping[str, str], where: str) -> ActorEdit:
    for name, cell in cells.items():
        if any(unicodedata.category(character) == "Cc" for character in cell):
            raise InputError(
                f"Invalid {name} {cell!r} in {where}. It must have no line breaks or control characters."
            )
    try:
        check.check_id(cells["actor"], "actor")
        if cells.get("kind"):
            check.check_choice(cells["kind"], "kind of actor", ACTOR_KINDS)
        if cells.get("merge_into"):
            check.check_id(cells["merge_into"], "merge_into")
    except UnknownNameError as error:
        raise UnknownNameError(f"{where}: {error}") from None
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    edit = ActorEdit(
        event=cells.get("event", ""),
        actor=cells["actor"],
        name=cells.get("name", ""),
        kind=cells.get("kind", ""),
        names=tuple(name for name in (one.strip() for one in cells.get("names", "").split("|")) if name),
        declared=_read_flag(cells["declared"], "declared", where) if cells.get("declared") else None,
        merge_into=cells.get("merge_into", ""),
        drop=_read_flag(cells.get("drop", ""), "drop", where),
        where=where,
    )
    if edit.drop and edit.merge_into:
        raise InputError(f"Invalid row for actor {edit.actor!r} in {where}. It has both drop and merge_into.")
    return edit


def _read_flag(value: str, column: str, where: str) -> bool:
    if value.casefold() not in _YES | _NO:
        raise InputError(
            f"Invalid {column} {value!r} in {where}. It must be one of: true, yes, 1, x, false, no, 0, or empty."
        )
    return value.casefold() in _YES


def _check_actors(rows: Sequence[ActorEdit]) -> None:
    keys: set[tuple[str, str]] = set()
    for row in rows:
        if (row.event, row.actor) in keys:
            raise InputError(
                f"Invalid actor {row.actor!r} in {row.where}. It occurs twice for event {row.event!r}; "
                "give each actor one row and merge others with merge_into."
            )
        keys.add((row.event, row.actor))


def _check_merges(rows: Sequence[ActorEdit]) -> None:
    by_key = {(row.event, row.actor): row for row in rows}
    for row in rows:
        target: ActorEdit | None = row
        passed = {row.actor}
        while target is not None and target.merge_into:
            if target.merge_into in passed:
                raise InputError(
                    f"Invalid merge_into {row.merge_into!r} in {row.where}. Merges must not form a circle."
                )
            passed.add(target.merge_into)
            target = by_key.get((row.event, target.merge_into)) or by_key.get(("", target.merge_into))
