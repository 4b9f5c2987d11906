"""Names of a study: its events, outlets, actors and voices by id, by what people call them, and completed in notebooks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossframe._validation import match_prefix
from crossframe.errors import InputError
from crossframe.records import AUTHOR, SPEAKERS
from crossframe.records.display import html_table
from crossframe.text import match_key, slug

if TYPE_CHECKING:
    from pandas import DataFrame

_TABLES = {
    "event": "articles",
    "outlet": "articles",
    "article": "articles",
    "actor": "actors",
    "claim": "coverage",
    "frame": "frames",
    "term": "wording",
}
"""Table that lists the ids of each kind."""


def list_names(tables: "Mapping[str, DataFrame]", thing: str) -> list[str]:
    """Return the ids of one kind in a study: events, outlets, articles, actors, voices, claims, frames or terms."""
    if thing == "voice":
        voices = {*tables["estimates"]["voice"], *tables["stance"]["voice"], AUTHOR, *SPEAKERS}
        return sorted(voices - {""})
    return sorted(set(tables[_TABLES[thing]][thing]) - {""})


def match_name(tables: "Mapping[str, DataFrame]", thing: str, name: str | None) -> str | None:
    """Return the id that `name` means: an id, the name of one outlet or actor, or the beginning of one id alone.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    thing : str
        Kind of name: event, outlet, article, actor, voice, claim, frame or term.
    name : str or None
        None returns None.

    Returns
    -------
    str or None
        An id.

    Raises
    ------
    UnknownNameError
        When the study has no such thing; the message lists what it has.
    """
    if name is None:
        return None
    ids = list_names(tables, thing)
    return match_prefix(_id_of_name(tables, thing, name, ids) or name, ids, thing)


def _id_of_name(tables: "Mapping[str, DataFrame]", thing: str, name: str, ids: list[str]) -> str | None:
    """Return the one id of `ids` whose outlet or actor has this name; a speaker has the name of the actor."""
    column = {"outlet": "outlet", "actor": "actor", "voice": "actor"}.get(thing)
    if column is None or name in ids:
        return None
    table = tables[f"{column}s"]
    matches = set(table[column][table["name"].map(match_key) == match_key(str(name))]) & set(ids)
    return matches.pop() if len(matches) == 1 else None


def match_names(
    tables: "Mapping[str, DataFrame]", thing: str, names: Sequence[str] | str | None
) -> list[str] | None:
    """Return the ids that `names` mean, as `match_name` does; None for None."""
    if names is None:
        return None
    if not isinstance(names, Iterable):
        raise InputError(f"Invalid {thing}s {names!r}. Name one, or several in a list.")
    return [str(match_name(tables, thing, name)) for name in ([names] if isinstance(names, str) else names)]


def match_ids(names: Sequence[str] | str | None, ids: Collection[str], thing: str) -> list[str] | None:
    """Return those of `ids` that `names` mean: ids, beginnings of one id alone, or names that an id is made from.

    Parameters
    ----------
    names : sequence of str, str or None
        One name alone may be given as a string; None returns None.
    ids : collection of str
        Known ids.
    thing : str
        What they name, for messages.

    Returns
    -------
    list of str or None
        Ids in the order of `names`, each once.

    Raises
    ------
    InputError
        When `names` is empty.
    UnknownNameError
        When one of them is unknown.

    Examples
    --------
    >>> match_ids(["Volga Wire", "mtk"], ["mtkvari-post", "volga-wire"], "outlet")
    ['volga-wire', 'mtkvari-post']
    """
    if names is None:
        return None
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise InputError(
            f"Invalid {thing}s []. Name one or several of: {', '.join(sorted(ids))}; or None for all."
        )
    by_slug = {slug(id): id for id in sorted(ids)}
    return list(
        dict.fromkeys(
            match_prefix(name if name in ids else by_slug.get(slug(str(name)), name), ids, thing)
            for name in wanted
        )
    )


@dataclass(frozen=True)
class Names(Sequence[str]):
    """Ids of one kind, with the names that people read.

    Parameters
    ----------
    thing : str
        What they name, for messages: ``actor``, ``outlet``...
    ids : tuple of str
        In the order in which they are shown.
    names : tuple of str
        As people read them, one per id.

    Examples
    --------
    >>> outlets = Names("outlet", ("mtkvari-post", "volga-wire"), ("Mtkvari Post", "Volga Wire"))
    >>> outlets.volga_wire, outlets["volga"], outlets[0]
    ('volga-wire', 'volga-wire', 'mtkvari-post')
    """

    thing: str
    ids: tuple[str, ...]
    names: tuple[str, ...]

    def __getitem__(self, which: Any) -> Any:
        return match_prefix(which, self.ids, self.thing) if isinstance(which, str) else self.ids[which]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __getattr__(self, attribute: str) -> str:
        for id in () if attribute.startswith("_") else self.ids:
            if _attribute_of(id) == attribute:
                return id
        raise AttributeError(
            f"Unknown {self.thing} {attribute!r}. It must be one of: {', '.join(map(_attribute_of, self.__dict__.get('ids', ())))}."
        )

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *map(_attribute_of, self.ids)})

    def __repr__(self) -> str:
        return f"{len(self.ids)} {self.thing}s: {', '.join(self.ids)}"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.ids)

    def _repr_html_(self) -> str:
        return str(html_table([self.thing, "name"], zip(self.ids, self.names, strict=True)))


def _attribute_of(id: str) -> str:
    """Return an id as an attribute can be written: ``volga-wire`` as ``volga_wire``, ``2008-war`` as ``n2008_war``."""
    plain = "".join(letter if letter.isalnum() else "_" for letter in id)
    return plain if plain[:1].isalpha() else f"n{plain}"
