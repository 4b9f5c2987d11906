"""A researcher's edits of the actors table: read with every row checked, and obeyed (rename, merge, split, drop)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError
from crossframe.records import ACTOR_KINDS, Actor
from crossframe.storage import open_csv, text_of_cell

_COLUMNS = (
    "event",
    "actor",
    "name",
    "kind",
    "names",
    "declared",
    "n_mentions",
    "n_outlets",
    "merge_into",
    "drop",
)
_YES = frozenset({"1", "true", "yes", "x"})
_NO = frozenset({"", "0", "false", "no"})


@dataclass(frozen=True)
class ActorEdit:
    """One row of an edited actors table.

    Parameters
    ----------
    event : str
        Event it holds for, "" for all.
    actor : str
        Id of the actor; an id the event does not have makes a new actor (``names`` required).
    name, kind : str
        New display name and kind; "" leaves them as they are.
    names : tuple of str
        All names the actor goes by from now on; empty leaves them as they are.
    declared : bool or None
        Whether the actor counts as declared; None leaves it as it is.
    merge_into : str
        Id of the actor that takes over its names; "" for none.
    drop : bool
        Its names are nobody's mentions.
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
        """Return the rows that hold for `event`; a row for this event wins over one for all events."""
        chosen = {row.actor: row for row in self.rows if not row.event}
        chosen.update({row.actor: row for row in self.rows if row.event == event})
        return tuple(chosen.values())


def read_actor_edits(path: Path | str) -> ActorEdits:
    """Return the edited actors table at `path`.

    Parameters
    ----------
    path : Path or str
        CSV (UTF-8) with the column ``actor`` and any of ``event``, ``name``, ``kind``, ``names`` (joined by
        ``|``), ``declared``, ``merge_into``, ``drop``; ``n_mentions`` and ``n_outlets`` are passed over.

    Returns
    -------
    ActorEdits
        One row a line.

    Raises
    ------
    UnknownNameError
        When there is no such file, or a kind is not one of the kinds of actors.
    InputError
        When a row breaks its rule; the message names file and line.
    """
    path = Path(path)
    reader = open_csv(path, "actors table")
    columns = reader.fieldnames or []
    check.check_columns(columns, ("actor",), str(path))
    unknown = [name for name in columns if name not in _COLUMNS]
    if unknown:
        raise InputError(f"Invalid column {unknown[0]!r} in {str(path)!r}. Known: {', '.join(_COLUMNS)}.")
    rows = tuple(_read_row(row, f"{path}:{reader.line_num}") for row in reader)
    _check_rows(rows)
    return ActorEdits(rows)


def _read_row(row: Mapping[str | None, str | None], where: str) -> ActorEdit:
    if None in row or None in row.values():
        raise InputError(f"Invalid row in {where}. It must have as many cells as the header.")
    cells = {str(name): text_of_cell(str(value)).strip() for name, value in row.items()}
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


def _check_rows(rows: Sequence[ActorEdit]) -> None:
    seen: dict[tuple[str, str], ActorEdit] = {}
    for row in rows:
        if (row.event, row.actor) in seen:
            raise InputError(
                f"Invalid actor {row.actor!r} in {row.where}. It occurs twice for event {row.event!r}; "
                "give each actor one row and merge others with merge_into."
            )
        seen[row.event, row.actor] = row
    for row in rows:
        target, passed = row, {row.actor}
        while target.merge_into:
            if target.merge_into in passed:
                raise InputError(
                    f"Invalid merge_into {row.merge_into!r} in {row.where}. Merges go round in a circle."
                )
            passed.add(target.merge_into)
            after = seen.get((row.event, target.merge_into)) or seen.get(("", target.merge_into))
            if after is None:
                break
            target = after


def apply_edits(actors: Sequence[Actor], edits: Sequence[ActorEdit]) -> tuple[list[Actor], frozenset[str]]:
    """Return the actors as `edits` want them, and the ids of those dropped.

    A row for an actor that is not here and brings no names is passed over when it drops or merges (the actor may
    be of another event), else refused.

    Raises
    ------
    UnknownNameError
        When a row names an actor that is not here and brings no names, or merges into such an actor.
    """
    known = {actor.id: actor for actor in actors}
    for edit in edits:
        changed = _edit(known.get(edit.actor), edit)
        if changed is not None:
            known[edit.actor] = changed
    merges = {edit.actor: edit for edit in edits if edit.merge_into and edit.actor in known}
    for source in merges:
        target = source
        while target in merges:
            target = merges[target].merge_into
        if target not in known:
            raise UnknownNameError(
                f"Unknown merge_into {target!r} in {merges[source].where}. It must be an actor of the event: "
                f"{', '.join(sorted(known)[:10])}, ..."
            )
        known[target] = replace(known[target], aliases=(*known[target].names[1:], *known[source].names))
    dropped = frozenset(edit.actor for edit in edits if edit.drop and edit.actor in known)
    return [known[id] for id in known if id not in merges], dropped


def _edit(actor: Actor | None, edit: ActorEdit) -> Actor | None:
    names = edit.names or (actor.names if actor else ())
    if not names:
        if edit.drop or edit.merge_into or edit.event == "":
            return None
        raise UnknownNameError(
            f"Unknown actor {edit.actor!r} in {edit.where}. A new actor needs names, joined by '|'."
        )
    name = edit.name or (actor.name if actor and (not edit.names or actor.name in names) else names[0])
    exact = tuple(one for one in names if one != name)
    kind = edit.kind or (actor.kind if actor else "other")
    declared = edit.declared if edit.declared is not None else actor.declared if actor else True
    return Actor(edit.actor, name, exact, kind, declared)
