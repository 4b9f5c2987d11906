"""Ids of outlets by their names, in any script: readable, the same for every spelling of a name, and never shared by two."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records import Outlet
from crossframe.text import name_key, slug


class OutletIds:
    """Ids of outlets by their names: names that differ in case, accents, blanks and punctuation only are of one outlet.

    Parameters
    ----------
    declared : iterable of Outlet
        Of the corpus.
    used : iterable of str
        Ids of the outlets of its articles.

    Examples
    --------
    >>> ids = OutletIds([Outlet("bbc", "BBC News")], ["the-times"])
    >>> [ids.of(name) for name in ("bbc", "The Times.", "Yahoo! News", "yahoo news", "Новая газета")]
    ['bbc', 'the-times', 'yahoo-news', 'yahoo-news', 'novaya-gazeta']
    """

    def __init__(self, declared: Iterable[Outlet], used: Iterable[str]) -> None:
        self.names = {id: id for id in used} | {outlet.id: outlet.name for outlet in declared}
        self._of_key = {_outlet_key(id): id for id in self.names}
        self._of_key |= {_outlet_key(name): id for id, name in self.names.items()}

    @staticmethod
    def is_usable(name: str) -> bool:
        """Return whether something is a name: whether it has a letter or digit."""
        return any(character.isalnum() for character in name)

    def of(self, name: str, url: str | None = None) -> str:
        """Return the id of the outlet with this name or id; a new name is given one.

        Parameters
        ----------
        name : str
            In any script.
        url : str, optional
            Address of an article: its host is the id of a name in Chinese characters, which do not say how they are read.

        Raises
        ------
        InputError
            When it is no name.
        """
        if name in self.names:
            return name
        if not self.is_usable(name):
            raise InputError(f"Invalid outlet {name!r}. It must have a letter or digit.")
        key = _outlet_key(name)
        if key not in self._of_key:
            id = self._new_id(name, url)
            self.names[id], self._of_key[key] = name, id
        return self._of_key[key]

    def _new_id(self, name: str, url: str | None) -> str:
        if check.ID_RULE.fullmatch(name):
            return name
        host = re.fullmatch(
            r"https?://(?:www\.)?([a-z0-9][a-z0-9.-]{0,63}).*", url or "", re.IGNORECASE | re.DOTALL
        )
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        base = slug(name)
        if not any(letter.isascii() and letter.isalnum() for letter in name) and base == "x":
            base = host[1].lower().rstrip(".-") if host else f"outlet-{digest}"
        return base if base not in self.names else f"{base[:55].rstrip('-')}-{digest}"


def _outlet_key(name: str) -> str:
    """Return what names of one outlet share: letters, digits and marks without case and accents."""
    return "".join(mark for mark in name_key(name) if unicodedata.category(mark)[0] in "LMN")
