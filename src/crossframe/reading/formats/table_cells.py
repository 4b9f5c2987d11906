"""What single cells of a table say: text that may be HTML, names in lists, languages by name or code."""

import ast
import html
import math
import re
from functools import lru_cache

from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.decode import normalise, repair
from crossframe.reading.text.html_text import BLOCK_TAG, TAG, parse_html, read_paragraphs
from crossframe.reading.text.site_text import is_site_phrase

_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,8}|#\d{2,7}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_BY_CLASS = " or ".join(
    f"contains(concat(' ', translate(concat(@class, ' ', @id), '-_', '  '), ' '), ' {word} ')"
    for word in (
        "ad",
        "ads",
        "advert",
        "advertisement",
        "promo",
        "newsletter",
        "related",
        "share",
        "social",
        "caption",
    )
)
_FURNITURE = (
    f"//figure|//figcaption|//aside|//nav|//footer|//form|//button|//iframe|//select|//*[{_BY_CLASS}]"
)
"""XPath of what stands in an article's HTML and is not its text."""
_NOTHING = frozenset(["", "nan", "nat", "none", "null", "n/a", "#n/a", "na", "-"])
_CODE = re.compile(r"[a-z]{2}(?![a-z])")


def is_empty(value: object) -> bool:
    """Return whether a cell holds nothing, in whatever way a program writes that.

    Examples
    --------
    >>> is_empty(None), is_empty(float("nan")), is_empty(" NULL "), is_empty(0), is_empty("Rain.")
    (True, True, True, False, False)
    """
    if isinstance(value, list | tuple | dict):
        return not value
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or str(value).strip().casefold() in _NOTHING
    )


def read_text(value: object) -> tuple[str, tuple[Dropped, ...], int]:
    """Return the text of a cell, what of its HTML was left out, and the number of invisible characters stripped.

    A list is its paragraphs. Tags become paragraphs and entities letters; where all markup is inside lines, the cell's own
    line breaks stay.
    """
    if isinstance(value, list | tuple):
        value = "\n\n".join(str(part) for part in value)
    text, n_stripped = normalise(repair(str(value)))
    dropped: tuple[Dropped, ...] = ()
    if TAG.search(text):
        text, dropped = _read_html(text)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    else:
        return text.strip(), (), n_stripped
    text, n_more = normalise(text)
    return text.strip(), dropped, n_stripped + n_more


def read_line(value: object) -> tuple[str, int]:
    """Return the text of a cell in one line, and the number of invisible characters stripped."""
    text, _, n_stripped = read_text(value)
    return " ".join(text.split()), n_stripped


def read_names(value: object) -> str:
    """Return names, also of a list or of a list as Python writes it, separated by commas.

    Examples
    --------
    >>> read_names(["Ann Poe", "Tom Roe"]), read_names("['Ann Poe']"), read_names("Ann Poe")
    ('Ann Poe, Tom Roe', 'Ann Poe', 'Ann Poe')
    """
    text = str(value).strip()
    if isinstance(value, str) and text.startswith("[") and text.endswith("]"):
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return text
    if isinstance(value, list | tuple):
        names = [name.get("name", "") if isinstance(name, dict) else name for name in value]
        return ", ".join(read_line(name)[0] for name in names if not is_empty(name))
    return read_line(value)[0]


def read_language(value: object) -> str | None:
    """Return the ISO 639-1 code of a language by its code or name; None where it is neither.

    Examples
    --------
    >>> read_language("en-GB"), read_language("English"), read_language("eng"), read_language("?")
    ('en', 'en', 'en', None)
    """
    name = str(value).strip().casefold()
    if match := _CODE.match(name):
        return match[0]
    return _languages().get(name)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Return codes of two letters by English names, own names and codes of three letters."""
    from babel import Locale
    from babel.core import get_global

    english = Locale.parse("en").languages
    codes = {name.casefold(): code for code, name in english.items() if len(code) == 2}
    codes |= {
        long: short
        for long, short in get_global("language_aliases").items()
        if len(long) == 3 and len(short) == 2
    }
    for code in (
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "pt",
        "pl",
        "ru",
        "uk",
        "tr",
        "sv",
        "da",
        "fi",
        "cs",
        "hu",
        "ro",
        "el",
    ):
        codes[str(Locale.parse(code).languages[code]).casefold()] = code
    return codes


def _read_html(cell: str) -> tuple[str, tuple[Dropped, ...]]:
    if BLOCK_TAG.search(cell) is None:
        return read_paragraphs(cell), ()
    from lxml.etree import tostring

    tree = parse_html(f"<div>{cell}</div>")
    dropped: list[str] = []
    for element in tree.xpath(_FURNITURE):
        if element.getparent() is not None and len(element.text_content()) < len(tree.text_content()) / 2:
            dropped += [" ".join(element.text_content().split())]
            element.drop_tree()
    paragraphs = read_paragraphs(str(tostring(tree, encoding="unicode"))).split("\n\n")
    notices = [line for line in paragraphs if is_site_phrase(line)]
    left = (Dropped(0, "outside the article", line) for line in [*dropped, *notices] if line)
    return "\n\n".join(line for line in paragraphs if line and line not in notices), tuple(left)
