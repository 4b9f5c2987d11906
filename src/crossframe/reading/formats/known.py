"""Which format a file is in, by its content; and what it holds."""

import re
from typing import Protocol

from crossframe.errors import InputError
from crossframe.reading.formats import (
    factiva,
    feed,
    mhtml,
    nexis,
    pdf_pages,
    proquest,
    rich_text,
    ris,
    rows,
    saved_page,
    scraped_text,
    word_document,
)
from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.text.site_text import is_prose


class Format(Protocol):
    """A module of this folder that reads files."""

    def recognises(self, file: File) -> bool:
        """Return whether `file` is in this format, by its content."""

    def read(self, file: File) -> Contents:
        """Return what it holds; raise InputError, one line, where it holds nothing of use."""


class Wrapper(Protocol):
    """A module of this folder that takes text or HTML out of files: what is in it may be any of the formats."""

    def recognises(self, file: File) -> bool:
        """Return whether `file` is in this format, by its content."""

    def unpack(self, file: File) -> File:
        """Return its text (UTF-8) or HTML under the same name; raise InputError, one line, where there is none."""


WRAPPERS: tuple[Wrapper, ...] = (mhtml, pdf_pages, rich_text, word_document)
FORMATS: tuple[Format, ...] = (rows, feed, factiva, nexis, proquest, saved_page, ris, scraped_text)
"""The first that recognises a file reads it: those with surer marks come first, text without any last."""
_MARKED = (mhtml, pdf_pages, rich_text, rows, feed, factiva, nexis, proquest, ris)
"""Those whose marks are among the first bytes of a file."""
_PAGE = re.compile(rb"<.{0,4000}?<?(?:!doctype\s+html|html)\b", re.DOTALL)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MIN_LETTERS = 0.92
"""Share of letters and blanks in prose; programs and style sheets have fewer."""


def read_contents(file: File) -> Contents:
    """Return what a file holds.

    Parameters
    ----------
    file : File
        In any format.

    Returns
    -------
    Contents
        Its articles, and what of it was left out.

    Raises
    ------
    InputError
        When it is in no format that is known, is damaged, or holds no article.
    """
    for wrapper in WRAPPERS:
        if wrapper.recognises(file):
            file = wrapper.unpack(file)
            break
    known = next((format for format in FORMATS if format.recognises(file)), scraped_text)
    return (rows if known is scraped_text and rows.is_named_table(file) else known).read(file)


def may_hold_articles(start: bytes) -> bool:
    """Return whether a file that begins so may hold articles, whatever its name: it has the marks of a format, or is prose.

    Parameters
    ----------
    start : bytes
        The first 4,096 bytes or more.

    Examples
    --------
    >>> may_hold_articles(b"<!DOCTYPE html><p>"), may_hold_articles(b"body { color: red }"), may_hold_articles(b"\\x89PNG")
    (True, False, False)
    """
    file = File(start, "")
    if file.head.startswith(b"pk"):
        return b"[Content_Types].xml" in start
    if start.startswith(_OLD_OFFICE):
        return True
    if file.head.startswith(b"<"):
        return _PAGE.match(file.head) is not None or feed.recognises(file)
    try:
        return any(format.recognises(file) for format in _MARKED) or _is_prose(file.text)
    except InputError:
        return False


def _is_prose(text: str) -> bool:
    """Return whether a text begins with a word, has lines of prose, and hardly anything but letters and blanks."""
    n_letters = sum(one.isalpha() or one.isspace() for one in text)
    begins = text.lstrip(" \n\"“‘'«„")[:1].isalnum()
    return begins and n_letters >= MIN_LETTERS * len(text) and any(map(is_prose, text.split("\n")))
