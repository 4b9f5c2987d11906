"""One article as a row or as a file with TOML front matter, both ways."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crossframe.errors import CrossframeError, InputError
from crossframe.reading.corpus.tables import read_utf8
from crossframe.records import Article

ARTICLE_KEYS = (
    "id", "event", "outlet", "title", "text",
    "published", "dateline", "language", "url", "byline", "genre", "split", "sentences",
)  # fmt: skip
REQUIRED = ("id", "event", "outlet", "title", "text")
_FENCE = "+++"


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
    refuse_unknown(row, ARTICLE_KEYS, where)
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


def refuse_unknown(row: Mapping[str, object], known: Iterable[str], where: str) -> None:
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise InputError(f"Unknown key {unknown[0]!r} in {where}. Known: {', '.join(known)}.")


def read_article(path: Path) -> Article:
    content = read_utf8(path)
    lines = content.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        raise InputError(
            f"Invalid article file {str(path)!r}. It must begin with TOML between two lines of '+++'."
        )
    close = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
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
