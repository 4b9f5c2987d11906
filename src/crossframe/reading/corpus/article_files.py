"""One article as a file with TOML front matter, both ways."""

import json
import tomllib
from pathlib import Path

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.reading.corpus.tables import read_utf8
from crossframe.records import ARTICLE_KEYS, DATED, Article

_FENCE = "+++"


def read_article(path: Path) -> Article:
    """Return the article in the file at `path`, whose folder and name are its event and id; raises InputError."""
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
    article = Article.from_row(front | {"text": "\n".join(lines[close + 1 :]).strip()}, str(path))
    for thing, name in (("event", path.parent.name), ("id", path.stem)):
        if getattr(article, thing) != name:
            raise InputError(
                f"Invalid {thing} {getattr(article, thing)!r} in {path}. It must equal the name of its "
                f"{'folder' if thing == 'event' else 'file'}, {name!r}."
            )
    return article


def article_file(article: Article) -> str:
    """Return the content of an article's file: TOML front matter between ``+++`` lines, blank line, text."""
    if not all(check.is_encodable(value) for value in vars(article).values() if isinstance(value, str)):
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
            lines.append(f"{key} = {value.isoformat() if key in DATED else toml_string(value)}")
    return "\n".join([*lines, _FENCE, "", article.text, ""])


def toml_string(text: str) -> str:
    """Return `text` as a TOML basic string.

    Examples
    --------
    >>> toml_string('He said "no".')
    '"He said \\\\"no\\\\"."'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
