"""Apply a researcher's edits to the actors of an event: rename, merge, split, drop; cells left unchanged change nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from crossframe import _validation as check
from crossframe.attributing.actors.edits import MERGED, ActorEdit, ActorEdits
from crossframe.errors import InputError, UnknownNameError
from crossframe.records import Actor
from crossframe.text import name_key


class Edited(NamedTuple):
    """Actors after edits: all whose names are matched, ids of those that rows name, and of those that rows drop."""

    actors: tuple[Actor, ...]
    named: frozenset[str]
    dropped: frozenset[str]


def apply_edits(actors: Sequence[Actor], before: Sequence[Actor], edits: ActorEdits, event: str) -> Edited:
    """Return the actors with the rows for `event` applied.

    Cells that repeat what the table had before change nothing. A name that a row gives to another actor belongs to that
    actor alone; an actor that thereby loses its own name, or is merged into another, is removed. A row for all events
    is ignored in events that lack its actor when it drops, merges or has no names; it may merge into an actor of
    another event.

    Parameters
    ----------
    actors : sequence of Actor
        All who may be mentioned, with all their names.
    before : sequence of Actor
        The cast as the table has it without edits.
    edits : ActorEdits
        The edited table.
    event : str
        Id of the event.

    Returns
    -------
    Edited
        Actors in their order, new ones last; dropped ones are among them, so that nobody else gets their names.

    Raises
    ------
    UnknownNameError
        When a row for this event names an unknown actor and has no names, or merges into an unknown actor.
    InputError
        When two rows claim a name that the two actors did not share before; the message names both lines.
    """
    known = {actor.id: actor for actor in actors}
    unedited = {actor.id: actor for actor in before}
    rows = {row.actor: row for row in edits.of(event) if _applies(row, known)}
    changes = {id: _change(row, unedited.get(id)) for id, row in rows.items()}
    gained = _gained_names(changes, known)
    _check_claims(gained, rows)
    for id, change in changes.items():
        known[id] = _edit(known.get(id), change)
    known = _without_lost(known, gained)
    merges = {id: row for id, row in rows.items() if row.merge_into and id in known}
    everywhere = {row.actor for row in edits.rows}
    for source, row in merges.items():
        target = row.merge_into
        while target in merges:
            target = merges[target].merge_into
        if target not in known and target not in everywhere and row.where != MERGED:
            raise UnknownNameError(
                f"Unknown merge_into {target!r} in {row.where}. It must be an actor of the event: {_list(known)}."
                f"{check.suggest_name(target, known)}"
            )
        into = known.get(target) or replace(known[source], id=target, aliases=())
        known[target] = replace(into, aliases=(*into.names[1:], *known[source].names))
    dropped = frozenset(id for id, row in rows.items() if row.drop)
    remaining = tuple(actor for id, actor in known.items() if id not in merges)
    targets = {row.merge_into for row in merges.values()}
    return Edited(remaining, (frozenset(rows) | targets) - dropped - merges.keys(), dropped)


def _list(known: Mapping[str, Actor]) -> str:
    return f"{', '.join(sorted(known)[:10])}, ..." if len(known) > 10 else ", ".join(sorted(known))


def _applies(row: ActorEdit, known: Mapping[str, Actor]) -> bool:
    """Return whether a row can be applied here; raise UnknownNameError where it must be and cannot."""
    if row.actor in known or (row.names and not row.drop and not row.merge_into):
        return True
    if not row.event:
        return False
    raise UnknownNameError(
        f"Unknown actor {row.actor!r} in {row.where}. It must be an actor of event {row.event!r}: {_list(known)}. "
        f"A new actor needs names, joined by '|'.{check.suggest_name(row.actor, known)}"
    )


def _change(row: ActorEdit, unedited: Actor | None) -> ActorEdit:
    """Return `row` without the cells that repeat what the table had before."""
    if unedited is None:
        return row
    return replace(
        row,
        name="" if row.name == unedited.name else row.name,
        kind="" if row.kind == unedited.kind else row.kind,
        names=() if set(row.names) == set(unedited.names) else row.names,
    )


def _gained_names(changes: Mapping[str, ActorEdit], known: Mapping[str, Actor]) -> dict[str, frozenset[str]]:
    """Return the keys of the names that each row adds to its actor."""
    return {
        id: frozenset(map(name_key, change.names))
        - {name_key(name) for name in (known[id].names if id in known else ())}
        for id, change in changes.items()
        if not change.drop
    }


def _check_claims(gained: Mapping[str, frozenset[str]], rows: Mapping[str, ActorEdit]) -> None:
    for id, keys in gained.items():
        for other, row in rows.items():
            twice = [name for name in row.names if name_key(name) in keys]
            if other != id and twice and not row.drop and not row.merge_into and not rows[id].merge_into:
                raise InputError(
                    f"Invalid name {twice[0]!r} in {rows[id].where}. It is claimed by {other!r} in {row.where} too; a "
                    "name that moves to another actor must leave the first."
                )


def _edit(actor: Actor | None, change: ActorEdit) -> Actor:
    names = change.names or (actor.names if actor else ())
    name = change.name or (actor.name if actor and (not change.names or actor.name in names) else names[0])
    kind = change.kind or (actor.kind if actor else "other")
    declared = change.declared if change.declared is not None else actor.declared if actor else True
    return Actor(change.actor, name, tuple(one for one in names if one != name), kind, declared)


def _without_lost(known: Mapping[str, Actor], gained: Mapping[str, frozenset[str]]) -> dict[str, Actor]:
    """Return the actors without the names that others gained.

    Actors without any name are removed, and so are those without a row whose own name went to another.
    """
    remaining: dict[str, Actor] = {}
    for id, actor in known.items():
        lost = frozenset().union(*(keys for other, keys in gained.items() if other != id))
        left = [name for name in actor.names if name_key(name) not in lost]
        if len(left) == len(actor.names):
            remaining[id] = actor
        elif left and (id in gained or name_key(actor.name) not in lost):
            name = actor.name if actor.name in left else left[0]
            remaining[id] = replace(actor, name=name, aliases=tuple(one for one in left if one != name))
    return remaining
