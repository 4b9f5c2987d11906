"""What a file holds: the parts of its articles, and what of it was left out."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any, NamedTuple

from crossframe.errors import InputError, printable
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.dates import DateFormat
from crossframe.reading.text.decode import Decoded, decode, in_utf8
from crossframe.reading.text.wrapping import Wrapping

MAX_REASON = 320
"""Characters of the longest reason why something was left out: with its place it is a message."""
MAX_PLACE = 150
"""Characters of its place in a file."""
MAX_NAMED = 120
"""Characters of a title, or of another text of a file, that a message shows."""


class Headline(NamedTuple):
    """A line that has the style of a headline, and its height in heights of the text (0 where only its style is known)."""

    text: str
    ratio: float = 0.0


@dataclass(frozen=True)
class File:
    """A file that somebody brings: every format recognises and reads it.

    Parameters
    ----------
    content : bytes
        All of it.
    where : str
        Its path, for messages, and for the ending of its name where the content leaves two formats possible.
    columns : mapping of str to str
        Columns of a table by the field of an article that they hold, as the user says.
    date_format : DateFormat, optional
        How dates are read in which day and month may be either, as the user says.
    title : str
        Headline that what unpacked the file saw by its size or style; "" where it saw none.
    heads : tuple of str
        Running heads and feet that it left out of the text.
    headlines : tuple of Headline
        Lines of the text that have the style of a headline, in order: articles may begin with them.
    wrapping : Wrapping, optional
        How the lines of a text are wrapped that was laid out on pages: columns may be too narrow to tell.
    """

    content: bytes
    where: str
    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: DateFormat | None = None
    title: str = ""
    heads: tuple[str, ...] = ()
    headlines: tuple[Headline, ...] = ()
    wrapping: Wrapping | None = None

    @cached_property
    def start(self) -> bytes:
        """The first 20,000 bytes without a byte order mark, in UTF-8 where that says UTF-16 or UTF-32."""
        return in_utf8(self.content[:20_000])

    @property
    def head(self) -> bytes:
        """The first 4,096 bytes, without a byte order mark and blanks before, in lower case."""
        return self.start[:4096].lstrip().lower()

    @property
    def ending(self) -> str:
        """The ending of its name in lower case, with its dot; "" where there is none."""
        return PurePath(self.where).suffix.lower()

    @cached_property
    def decoded(self) -> Decoded:
        """Its text; raises InputError where it is none."""
        is_page = b"<html" in self.head or b"<!doctype html" in self.head or b"<meta" in self.head
        return decode(self.content, self.where, declared=is_page or self.head.startswith(b"<?xml"))

    @property
    def text(self) -> str:
        """Its text, normalised; raises InputError where it is none."""
        return self.decoded.text


@dataclass(frozen=True)
class Parts:
    """What a file says of one article.

    Parameters
    ----------
    text, title : str
        Body, paragraphs separated by blank lines, and headline ("" when there is none); normalised and cleaned.
    where : str
        Place inside the file, e.g. ``"document 2"`` or ``"row 3"``; "" where the file is one article.
    published : datetime.date, datetime.datetime, str or None
        A string is as the file writes it, and is read by `crossframe.reading.text.dates`.
    outlet, event, id, byline, url, language, dateline, genre : str or None
        As the file names them; None where it does not.
    extent : str or None
        What of the article the text is, one of `crossframe.records.EXTENTS`; None where nothing says that it is not all.
    updated : datetime.date, datetime.datetime or None
        When its outlet last changed it, as the file says.
    site : str or None
        Name of its site that a page states: the outlet where nobody names one.
    other : mapping
        Further fields of an article that a table has (``extent``, ``split``, ``sentences``), unchecked.
    dropped : tuple of Dropped
        Every line that was left out, with the reason.
    n_stripped : int
        Invisible characters stripped.
    notes : tuple of str
        What a user must be told of it, a sentence each (``"Only a teaser is on the page, the rest is behind a paywall."``).
    """

    text: str
    title: str = ""
    where: str = ""
    published: datetime.date | str | None = None
    outlet: str | None = None
    event: str | None = None
    id: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: str | None = None
    genre: str | None = None
    extent: str | None = None
    updated: datetime.date | None = None
    site: str | None = None
    other: Mapping[str, Any] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    n_stripped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A document or row that is no article of use, and the reason: one sentence that says what would be accepted.

    Inside a format ``where`` is the place in the file. In an import it is the file, and ``row`` the place, "" for all of it.
    Reason and place are shown on one line, and cut where they are too long.
    """

    where: str
    reason: str
    row: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", printable(self.reason, MAX_REASON))
        object.__setattr__(self, "row", printable(self.row, MAX_PLACE))

    @property
    def place(self) -> str:
        """File and place in it."""
        return f"{self.where}, {self.row}" if self.row else self.where


@dataclass(frozen=True)
class Contents:
    """The articles of a file.

    Parameters
    ----------
    format : str
        Its name, as users know it, e.g. ``"saved page"`` or ``"Nexis export"``.
    articles : tuple of Parts
        In the order of the file.
    left_out : tuple of LeftOut
        Documents or rows that are no articles: with `articles`, all that the file holds.
    unused : tuple of str
        Columns of a table that say nothing of articles.
    notes : tuple of str
        What a user must be told of the whole file, a sentence each.
    """

    format: str
    articles: tuple[Parts, ...]
    left_out: tuple[LeftOut, ...] = ()
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def no_article(file: File, more: str = "") -> InputError:
    """Return the error that says that no article was found in a page or text, with `more` behind it."""
    return InputError(
        f"Invalid page {file.where!r}. No article was found in it; it must hold at least one sentence of prose.{more}"
    )
