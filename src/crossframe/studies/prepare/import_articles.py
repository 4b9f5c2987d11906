"""Articles of the files that people have: a saved page or scraped text holds one, a table one per row."""

import datetime
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.tables import read_table
from crossframe.reading.formats.saved_page import read_page
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.decode import normalise, repair
from crossframe.reading.text.language import detect_language
from crossframe.records import ARTICLE_KEYS, Article, Outlet
from crossframe.text import slug

_PAGES = (".html", ".htm", ".txt")
_TABLES = (".jsonl", ".csv", ".parquet")


@dataclass(frozen=True)
class ImportedArticle:
    """An imported article, the file it is from, and the lines that were left out.

    Parameters
    ----------
    article : Article
    source : str
        File, and line or row of a table.
    dropped : tuple of Dropped
        Empty for articles of tables.
    n_stripped : int
        Invisible characters stripped.
    """

    article: Article
    source: str
    dropped: tuple[Dropped, ...] = ()
    n_stripped: int = 0


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


def read_articles(path: Path, defaults: Defaults, taken: set[str], ids: OutletIds) -> list[ImportedArticle]:
    """Return the articles of a file.

    Parameters
    ----------
    path : Path
        Saved page (.html, .htm), scraped text (.txt), or table (.jsonl, .csv, .parquet) with one article per row.
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
        When it is of another format, or holds no article or an invalid one.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise UnknownNameError(f"Unknown file {str(path)!r}. It must be an existing file.")
    if suffix in _PAGES:
        return [_read_page_article(path, defaults, taken, ids)]
    if suffix in _TABLES:
        return _read_table_articles(path, defaults, taken, ids)
    raise InputError(
        f"Invalid file {str(path)!r}. Its name must end in one of: {', '.join((*_PAGES, *_TABLES))}."
    )


def _read_page_article(path: Path, defaults: Defaults, taken: set[str], ids: OutletIds) -> ImportedArticle:
    page = read_page(path)
    outlet = ids.of(defaults.outlet)
    article = Article(
        id=_new_id(outlet, page.title or page.text[:60], taken),
        event=defaults.event,
        outlet=outlet,
        title=page.title,
        text=page.text,
        published=page.published or defaults.published,
        dateline=page.dateline,
        language=page.language,
        url=page.url,
        byline=page.byline,
    )
    return ImportedArticle(article, str(path), page.dropped, page.n_stripped)


def _read_table_articles(
    path: Path, defaults: Defaults, taken: set[str], ids: OutletIds
) -> list[ImportedArticle]:
    rows = read_table(path)
    if not rows:
        raise InputError(f"Invalid table {str(path)!r}. It has no rows; it must have one per article.")
    _warn_of_unused(path, (row for _, row in rows))
    taken = set(taken)
    imported: list[ImportedArticle] = []
    for where, row in rows:
        fields, n_stripped = _read_fields(row, where, defaults, ids)
        if "id" not in fields:
            fields["id"] = _new_id(fields["outlet"], fields["title"] or str(fields["text"])[:60], taken)
        article = Article.from_row(fields, where)
        if article.id in taken:
            raise InputError(
                f"Duplicate article id {article.id!r} in {where}. Ids must be unique in a corpus."
            )
        if article.language is None:
            article = replace(article, language=detect_language(article.document))
        taken.add(article.id)
        imported.append(ImportedArticle(article, where, (), n_stripped))
    return imported


def _new_id(outlet: str, title: str, taken: set[str]) -> str:
    base = f"{outlet}-{slug(title)}"[:60].rstrip("-._")
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)


def _warn_of_unused(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Warn of columns of a table that articles do not have."""
    unused = sorted({str(key) for row in rows for key in row} - set(ARTICLE_KEYS))
    if unused:
        warnings.warn(
            f"Columns {', '.join(unused)} of {path} are not used. Used are: {', '.join(ARTICLE_KEYS)}.",
            CrossframeWarning,
            stacklevel=5,
        )


def _read_fields(
    row: Mapping[str, Any], where: str, defaults: Defaults, ids: OutletIds
) -> tuple[dict[str, Any], int]:
    """Return the fields of an article from a row of a table, and the number of invisible characters stripped.

    Title and text are normalised, the outlet is its id, a date-time its date; columns that articles do not have are left
    out.
    """
    fields = {key: value for key, value in row.items() if key in ARTICLE_KEYS and value not in (None, "")}
    if "text" not in fields:
        raise InputError(
            f"Missing field 'text' in {where}. A row needs text; missing id, event, outlet and title are filled in."
        )
    fields = {
        "event": defaults.event, "outlet": defaults.outlet, "title": "", "published": defaults.published
    } | fields  # fmt: skip
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
