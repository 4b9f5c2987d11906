"""Ids that complete themselves: names of a study as attributes, in brackets and in lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crossframe._validation import match_prefix
from crossframe.records.display import html_table


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
        As people read them, one an id.

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
