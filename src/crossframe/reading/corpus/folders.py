"""Corpora on disk: a folder with corpus.toml, articles and gold becomes a Corpus, and articles go back into it."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe._validation import MAX_LISTED
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.article_files import read_article
from crossframe.reading.corpus.events_table import EVENTS_TABLE, regroup
from crossframe.reading.corpus.gold import read_gold
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE, count_left_out
from crossframe.reading.corpus.tables import read_jsonl
from crossframe.reading.text.language import language_of_article
from crossframe.records import Actor, Article, Corpus, EditedTable, Event, Outlet

ACTORS_TABLES = ("actors.tsv", "actors.csv")
"""Names of an edited table of actors in a corpus folder."""

_CORPUS_KEYS = ("name", "title", "language", "licence", "provenance", "events", "outlets", "actors")
_TABLE_KEYS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "events": (Event, ("id", "title", "date")),
    "outlets": (Outlet, ("id", "name", "country", "owner", "lean", "group")),
    "actors": (Actor, ("id", "name", "aliases", "kind")),
}


def read_folder(folder: str | Path, *, regrouped: bool = True) -> Corpus:
    """Read the corpus that is stored in `folder`.

    Parameters
    ----------
    folder : str or Path
        Holds ``corpus.toml`` and ``articles/<event>/<id>.md`` or ``articles.jsonl``; optionally ``gold/``, the edited
        table of ``crossframe group`` as ``events.csv`` and an edited table of actors as ``actors.tsv`` or
        ``actors.csv``.
    regrouped : bool
        Whether ``events.csv`` is applied.

    Returns
    -------
    Corpus
        Articles in the order of event, outlet and id, with gold.

    Raises
    ------
    UnknownNameError
        When there is no such folder or it holds no corpus.
    InputError
        When a file is invalid; the message names file and line or record.
    """
    folder = check.check_path(folder, "corpus folder")
    if not folder.is_dir():
        raise UnknownNameError(
            f"Unknown corpus folder {str(folder)!r}. It must be a folder with corpus.toml."
        )
    if not (folder / "corpus.toml").is_file():
        raise UnknownNameError(f"Invalid corpus folder {str(folder)!r}. It has no corpus.toml.")
    settings = read_settings(folder / "corpus.toml")
    articles = sorted(_read_articles(folder), key=lambda article: (article.event, article.outlet, article.id))
    try:
        corpus = Corpus(
            name=settings["name"],
            articles=tuple(articles),
            actors=settings["actors"],
            outlets=settings["outlets"],
            events=settings["events"],
            language=settings.get("language"),
            licence=settings.get("licence", ""),
            provenance=settings.get("provenance", ""),
            actors_table=_edited_actors(folder),
            left_out=count_left_out(folder / LEFT_OUT_TABLE),
        )
    except CrossframeError as error:
        raise type(error)(f"{folder}: {error}") from None
    corpus = read_gold(corpus, folder / "gold")
    if regrouped and (folder / EVENTS_TABLE).exists():
        corpus = regroup(corpus, folder / EVENTS_TABLE)
    _warn_of_languages(corpus)
    _warn_of_single_outlets(corpus)
    return corpus


def read_settings(path: Path) -> dict[str, Any]:
    """Return the declarations of a ``corpus.toml``, checked, with records for events, outlets and actors.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        name, title, language, licence, provenance where given; events, outlets, actors as tuples of records.

    Raises
    ------
    InputError
        When a key is unknown, missing, or of a wrong kind.
    """
    table = dict(storage.read_toml(path))
    check.check_keys(table, _CORPUS_KEYS, str(path))
    if "name" not in table:
        raise InputError(f"Missing key 'name' in {path}. A corpus needs a name.")
    for key in ("name", "title", "language", "licence", "provenance"):
        if not isinstance(table.get(key, ""), str):
            raise InputError(f"Invalid {key} {table[key]!r} in {path}. It must be a string.")
    for key, (kind, known) in _TABLE_KEYS.items():
        if not isinstance(table.get(key, []), list):
            raise InputError(
                f"Invalid {key} {table[key]!r} in {path}. It must be a list of tables ([[{key}]])."
            )
        table[key] = tuple(
            _declaration(kind, known, row, f"{path}, {key} {i}")
            for i, row in enumerate(table.get(key, ()), 1)
        )
    return table


def _declaration(kind: type, known: tuple[str, ...], row: object, where: str) -> Any:
    if not isinstance(row, dict):
        raise InputError(
            f"Invalid entry {row!r} in {where}. It must be a table with the keys {', '.join(known)}."
        )
    check.check_keys(row, known, where)
    if "id" not in row or (kind is Actor and "name" not in row):
        raise InputError(f"Missing key {'id' if 'id' not in row else 'name'!r} in {where}.")
    aliases = row.get("aliases", ())
    if not isinstance(aliases, (list, tuple)) or not all(isinstance(alias, str) for alias in aliases):
        raise InputError(f"Invalid aliases {aliases!r} in {where}. They must be a list of strings.")
    for key, value in row.items():
        if key not in ("aliases", "date") and not isinstance(value, str):
            raise InputError(f"Invalid {key} {value!r} in {where}. It must be a string.")
    try:
        return kind(**row)
    except CrossframeError as error:
        raise type(error)(f"{where}: {error}") from None


def _edited_actors(folder: Path) -> EditedTable | None:
    """Return the edited table of actors in `folder`, unread: it is checked where actors are found."""
    paths = [folder / name for name in ACTORS_TABLES if (folder / name).exists()]
    if len(paths) > 1:
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has {' and '.join(ACTORS_TABLES)}; keep one of them."
        )
    return EditedTable(str(paths[0]), storage.read_table_text(paths[0], "actors table")) if paths else None


# --- articles -------------------------------------------------------------------------------------------


def _read_articles(folder: Path) -> list[Article]:
    files, table = sorted((folder / "articles").glob("*/*.md")), folder / "articles.jsonl"
    if files and table.exists():
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has articles/ and articles.jsonl; keep one of them."
        )
    articles = [read_article(path) for path in files]
    if table.exists():
        articles = [Article.from_row(row, f"{table}, line {line}") for line, row in read_jsonl(table)]
    if not articles:
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has no articles/<event>/<id>.md and no articles.jsonl."
        )
    seen: dict[str, Article] = {}
    for article in articles:
        if article.id in seen:
            raise InputError(
                f"Duplicate article id {article.id!r} in {folder}: in events {seen[article.id].event!r} and "
                f"{article.event!r}. Ids must be unique in a corpus."
            )
        seen[article.id] = article
    return articles


def _warn_of_languages(corpus: Corpus) -> None:
    if corpus.language is None:
        return
    languages = {article.id: language_of_article(article) for article in corpus.articles}
    others = [
        f"{id} ({language})" for id, language in languages.items() if language not in (None, corpus.language)
    ]
    if others:
        more = f" and {len(others) - MAX_LISTED} more" if len(others) > MAX_LISTED else ""
        warnings.warn(
            f"{len(others)} of {len(corpus)} articles are in another language than corpus {corpus.name!r} "
            f"({corpus.language!r}): {', '.join(others[:MAX_LISTED])}{more}.",
            CrossframeWarning,
            stacklevel=3,
        )


def _warn_of_single_outlets(corpus: Corpus) -> None:
    outlets: dict[str, set[str]] = {}
    for article in corpus.articles:
        outlets.setdefault(article.event, set()).add(article.outlet)
    single = [event.id for event in corpus.events if len(outlets.get(event.id, ())) == 1]
    if not single:
        return
    more = f" and {len(single) - MAX_LISTED} more" if len(single) > MAX_LISTED else ""
    which = (
        f"Event {single[0]!r} has a single outlet, {min(outlets[single[0]])!r}."
        if len(single) == 1
        else f"Events with a single outlet: {len(single)} of {len(outlets)} ({', '.join(single[:MAX_LISTED])}{more})."
    )
    warnings.warn(f"{which} Nothing can be compared there.", CrossframeWarning, stacklevel=3)
