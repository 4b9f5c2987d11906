"""Rows of users' tables and names of outlets, brought into the form that articles have."""

import datetime
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.text.decode import normalise, repair
from crossframe.records import ARTICLE_KEYS, Outlet
from crossframe.text import slug


class OutletIds:
    """Which id an outlet of some name has; two names never share one.

    Parameters
    ----------
    declared : iterable of Outlet
        Of the corpus.
    used : iterable of str
        Ids of outlets that its articles name.
    """

    def __init__(self, declared: Iterable[Outlet], used: Iterable[str]) -> None:
        self.names = {id: id for id in used} | {one.id: one.name for one in declared}

    def of(self, name: str) -> str:
        """Return the id of the outlet called `name` (or whose id it is), made where it is new.

        Raises
        ------
        InputError
            When no id can be made of the name, or the id is another outlet's.
        """
        if name in self.names:
            return name
        for id, known in self.names.items():
            if known == name:
                return id
        id = name if check.ID_RULE.fullmatch(name) else slug(name)
        if not any(character.isascii() and character.isalnum() for character in name):
            raise InputError(
                f"Invalid outlet {name!r}. No id can be made of it; give an id from a-z, 0-9 and '-'."
            )
        if self.names.get(id, id) != id:
            raise InputError(
                f"Invalid outlet {name!r}. Its id would be {id!r}, which is that of outlet {self.names[id]!r}; give an id."
            )
        self.names.setdefault(id, name)
        return id


def warn_of_unused(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Warn of columns of a table that articles do not have."""
    unused = sorted({str(key) for row in rows for key in row} - set(ARTICLE_KEYS))
    if unused:
        warnings.warn(
            f"Columns {', '.join(unused)} of {path} are not used. Used are: {', '.join(ARTICLE_KEYS)}.",
            CrossframeWarning,
            stacklevel=4,
        )


def fields_of_row(
    row: Mapping[str, Any], where: str, *, event: str, outlet: str, day: datetime.date | None, ids: OutletIds
) -> tuple[dict[str, Any], int]:
    """Return the fields of an article as a row has them, and how many invisible characters were stripped.

    Parameters
    ----------
    row : mapping
        Columns that articles do not have are left out.
    where : str
        File and row.
    event, outlet, day : str, str, date or None
        Fill what the row lacks.
    ids : OutletIds
        Of the corpus.

    Returns
    -------
    tuple of (dict, int)
        Title and text normalised, the outlet as its id, a date-time as its date.

    Raises
    ------
    InputError
        When there is no text.
    """
    fields = {key: value for key, value in row.items() if key in ARTICLE_KEYS and value not in (None, "")}
    if "text" not in fields:
        raise InputError(
            f"Missing field 'text' in {where}. A row needs text; id, event, outlet and title are filled where they lack."
        )
    fields = {"event": event, "outlet": outlet, "title": "", "published": day} | fields
    n_stripped = 0
    for key in ("title", "text"):
        if isinstance(fields[key], str):
            fields[key], n = normalise(repair(fields[key].strip()))
            n_stripped += n
    fields["title"] = " ".join(str(fields["title"]).split())
    fields["outlet"] = ids.of(str(fields["outlet"]))
    fields["published"] = _date(fields["published"])
    return fields, n_stripped


def _date(value: object) -> object:
    """Return the date of an ISO 8601 date-time; anything else as it is."""
    if not isinstance(value, str) or len(value) <= len("2008-08-29"):
        return value
    try:
        return datetime.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return value
