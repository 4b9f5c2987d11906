"""Articles of the files that people have: the parts that a file states, and what it does not say from the command."""

import datetime
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.formats.contents import File, LeftOut, Parts
from crossframe.reading.formats.known import read_contents
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.dates import read_date
from crossframe.records import ARTICLE_KEYS, Article, Outlet
from crossframe.text import slug


@dataclass(frozen=True)
class ImportedArticle:
    """An imported article, the file it is from, and the lines that were left out.

    Parameters
    ----------
    article : Article
    source : str
        File, and line or row of a table.
    dropped : tuple of Dropped
        With the reason of each.
    n_stripped : int
        Invisible characters stripped.
    notes : tuple of str
        What a user must be told of it.
    """

    article: Article
    source: str
    dropped: tuple[Dropped, ...] = ()
    n_stripped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: its articles, and the documents or rows that were left out."""

    path: Path
    articles: tuple[ImportedArticle, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Defaults:
    """Values for what a page or a row of a table does not say; they overwrite nothing."""

    event: str
    outlet: str
    published: datetime.date | None


class OutletIds:
    """Ids of outlets by their names; two names never share one.

    Parameters
    ----------
    declared : iterable of Outlet
        Of the corpus.
    used : iterable of str
        Ids of the outlets of its articles.
    """

    def __init__(self, declared: Iterable[Outlet], used: Iterable[str]) -> None:
        self.names = {id: id for id in used} | {outlet.id: outlet.name for outlet in declared}

    def of(self, name: str) -> str:
        """Return the id of the outlet with this name or id; a new name is given one.

        Raises
        ------
        InputError
            When no id can be made of the name, or the id is another outlet's.
        """
        if name in self.names:
            return name
        for id, other in self.names.items():
            if other == name:
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


def read_articles(path: Path, defaults: Defaults, taken: set[str], ids: OutletIds) -> ReadFile:
    """Return the articles of a file.

    Parameters
    ----------
    path : Path
        In any format of `crossframe.reading.formats`.
    defaults : Defaults
        For what the file does not say.
    taken : set of str
        Ids of articles that the corpus has already.
    ids : OutletIds
        Of the corpus; new outlets are added.

    Raises
    ------
    UnknownNameError
        When there is no such file.
    InputError
        When it is in no known format, or holds no article or an invalid one.
    """
    if not path.is_file():
        raise UnknownNameError(f"Unknown file {str(path)!r}. It must be an existing file.")
    contents = read_contents(File(path.read_bytes(), str(path)))
    taken = set(taken)
    imported: list[ImportedArticle] = []
    for parts in contents.articles:
        where = f"{path}, {parts.where}" if parts.where else str(path)
        article = _make_article(parts, where, defaults, taken, ids)
        taken.add(article.id)
        imported.append(ImportedArticle(article, where, parts.dropped, parts.n_stripped, parts.notes))
    left_out = tuple(replace(one, where=f"{path}, {one.where}") for one in contents.left_out)
    if contents.unused:
        warnings.warn(
            f"Columns {', '.join(contents.unused)} of {path} are not used. Used are: {', '.join(ARTICLE_KEYS)}.",
            CrossframeWarning,
            stacklevel=3,
        )
    return ReadFile(path, tuple(imported), left_out)


def _make_article(parts: Parts, where: str, defaults: Defaults, taken: set[str], ids: OutletIds) -> Article:
    outlet = ids.of(parts.outlet or defaults.outlet)
    id = parts.id or _new_id(outlet, parts.title or parts.text[:60], taken)
    if id in taken:
        raise InputError(f"Duplicate article id {id!r} in {where}. Ids must be unique in a corpus.")
    return Article.from_row(
        {
            "id": id,
            "event": parts.event or defaults.event,
            "outlet": outlet,
            "title": parts.title,
            "text": parts.text,
            "published": _published(parts.published, where) or defaults.published,
            "dateline": parts.dateline,
            "language": parts.language,
            "url": parts.url,
            "byline": parts.byline,
            "genre": parts.genre,
            **parts.other,
        },
        where,
    )


def _published(value: datetime.date | str | None, where: str) -> datetime.date | None:
    if value is None or (day := read_date(value)) is not None:
        return None if value is None else day
    raise InputError(
        f"Invalid publication date {value!r} in {where}. It must be a full date, e.g. 2026-05-05."
    )


def _new_id(outlet: str, title: str, taken: set[str]) -> str:
    base = f"{outlet}-{slug(title)}"[:60].rstrip("-._")
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)
