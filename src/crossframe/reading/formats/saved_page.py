"""Saved web pages and scraped text: title, text, dateline and date of the article, and all lines that were dropped."""

import datetime
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crossframe.errors import InputError
from crossframe.reading.formats.extract_html import visible_lines
from crossframe.reading.text.clean import Dropped, clean_text, read_date_line, read_dateline
from crossframe.reading.text.decode import decode
from crossframe.reading.text.language import detect_language
from crossframe.text import match_key

MIN_PARAGRAPHS = 3
"""Fewest paragraphs of an article where only a page's visible lines could be read: a notice or a paywall has fewer."""
DATE_LINES = 3
"""Lines above the body that may hold its date: those farther up are of other stories."""
MIN_LINE_WORDS = 6
"""Words from which on a line whose words are in the article is taken to be the article's."""
MAX_SECONDS = 30
"""Longest time for reading one page; broken markup can make extractors run for minutes."""


@dataclass(frozen=True)
class Page:
    """The article of a saved page.

    Parameters
    ----------
    title, text : str
        Headline ("" when there is none) and body, paragraphs separated by blank lines.
    dateline : str or None
        As at the beginning of the text, e.g. ``"MOSCOW, August 29 (RIA Novosti)"``.
    published : datetime.date or None
        Only where the page states the full date: in its metadata, or in a line of its own above the body.
    language, byline, url : str or None
        None where the page has none.
    dropped : tuple of Dropped
        Every line that was left out, with the reason.
    n_stripped : int
        Invisible characters stripped.
    encoding : str
        Name of the encoding.
    """

    title: str
    text: str
    dateline: str | None
    published: datetime.date | None
    language: str | None
    byline: str | None
    url: str | None
    dropped: tuple[Dropped, ...]
    n_stripped: int
    encoding: str


def read_page(path: Path) -> Page:
    """Read the saved page (.html, .htm) or scraped text (.txt) at `path`.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Page
        The article.

    Raises
    ------
    InputError
        When the file is empty, binary, too large, or holds no article.
    """
    return clean_page(path.read_bytes(), suffix=path.suffix.lower(), where=str(path))


def clean_page(content: bytes, *, suffix: str, where: str = "page") -> Page:
    """Return the article in the bytes of a page; see `read_page`.

    Parameters
    ----------
    content : bytes
        The file's content.
    suffix : str
        ``.html``, ``.htm`` or ``.txt``.
    where : str
        Name of the file in messages.

    Returns
    -------
    Page
        The article.

    Raises
    ------
    InputError
        When there is no article in it.
    """
    is_html = suffix in (".html", ".htm")
    decoded = decode(content, where, declared=is_html)
    parts = _extract(decoded.text, where) if is_html else {}
    text = parts.get("text") or parts.get("visible") or "" if is_html else decoded.text
    cleaned = clean_text(text, title=_title(parts))
    if len(cleaned.paragraphs) < (MIN_PARAGRAPHS if parts.get("visible") else 1):
        raise InputError(
            f"Invalid page {where!r}. No article was found in it; it must hold at least one sentence of prose."
        )
    body = "\n\n".join(cleaned.paragraphs)
    dropped = _dropped_markup(decoded.text, text, cleaned.dropped) if is_html else cleaned.dropped
    return Page(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=_date(parts.get("date")) or _date_above(dropped),
        language=detect_language(body),
        byline=cleaned.byline or parts.get("author") or None,
        url=parts.get("url") or None,
        dropped=tuple(dropped),
        n_stripped=decoded.n_stripped,
        encoding=decoded.encoding,
    )


def _extract(html: str, where: str) -> dict[str, str | None]:
    """Run trafilatura in a process that can be killed."""
    try:
        process = subprocess.run(
            [sys.executable, "-m", "crossframe.reading.formats.extract_html"],
            input=html.encode("utf-8"),
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"Invalid page {where!r}. Reading it took more than {MAX_SECONDS} seconds; its markup is broken."
        ) from None
    if process.returncode:
        raise InputError(
            f"Invalid page {where!r}. Its markup cannot be read; save it again or as plain text."
        )
    parts: dict[str, str | None] = json.loads(process.stdout.decode("utf-8"))
    return parts


def _title(parts: dict[str, str | None]) -> str | None:
    title, site = parts.get("title"), parts.get("sitename")
    if title and site:
        for mark in (" - ", " | ", " – ", " — ", " :: "):
            head, _, tail = title.rpartition(mark)
            if head and match_key(tail) == match_key(site):
                return head.strip()
    return " ".join(title.split()) if title else None


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _date_above(dropped: Sequence[Dropped]) -> datetime.date | None:
    """Return the date in a line just above the body, or in one "Published ...", where all such lines have the same."""
    above = [line.text for line in dropped if line.reason == "before the body"][-DATE_LINES:]
    phrases = [line.text for line in dropped if line.reason == "site phrase"]
    dates = {read_date_line(text) for text in (*above, *phrases)} - {None}
    return dates.pop() if len(dates) == 1 else None


def _dropped_markup(html: str, text: str, dropped: tuple[Dropped, ...]) -> list[Dropped]:
    """Return the lines that the extractor left out of the page's visible text, and those that cleaning left out."""
    whole, lines = match_key(text), {match_key(line) for line in text.splitlines()}

    def is_inside(words: str) -> bool:
        return match_key(words) in whole

    def is_surely_inside(line: list[str]) -> bool:
        """A menu's "Russia" may be in the article, too: a few words count only where they are a whole line of it."""
        words = _joined(line)
        return is_inside(words) and (len(words.split()) >= MIN_LINE_WORDS or match_key(words) in lines)

    outside: list[str] = []
    for block in visible_lines(html):
        sure = [is_surely_inside(line) for line in block]
        for line, is_sure in zip(block, sure, strict=True):
            if is_sure or (any(sure) and is_inside(_joined(line))):
                continue
            of_article = any(is_surely_inside([piece]) for piece in line)
            outside += (
                [_joined([piece]) for piece in line if not is_inside(piece)]
                if of_article
                else [_joined([" ".join(line)])]
            )
    return [*(Dropped(0, "outside the article", line) for line in outside), *dropped]


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
