"""Saved web pages and scraped text become articles' parts: title, text, dateline, date, and all that was dropped."""

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

LEAST_PARAGRAPHS = 3
"""Paragraphs that must be found where only a page's visible lines could be read: a notice or a paywall has fewer."""
NEAR = 3
"""Lines above the body that may tell its day: those farther up are of other stories."""
LEAST_WORDS = 6
"""Words from which on a line that stands in the article is taken to be the article's."""
SECONDS = 30
"""Longest time that reading one page may take; broken markup can make extractors run for minutes."""


@dataclass(frozen=True)
class Page:
    """What a saved page holds.

    Parameters
    ----------
    title, text : str
        Headline ("" when none was found) and body, paragraphs separated by blank lines.
    dateline : str or None
        As it stands at the beginning of the text, e.g. ``"MOSCOW, August 29 (RIA Novosti)"``.
    published : datetime.date or None
        Only where the page says the full date: in its metadata, or in a line of its own above the body.
    language, byline, url : str or None
        As found.
    dropped : tuple of Dropped
        Every line that was left out, with the reason.
    n_stripped : int
        Invisible characters stripped.
    encoding : str
        As found.
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
        Clean.

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
        Clean.

    Raises
    ------
    InputError
        When there is no article in it.
    """
    is_html = suffix in (".html", ".htm")
    decoded = decode(content, where, declared=is_html)
    found = _extract(decoded.text, where) if is_html else {}
    text = found.get("text") or found.get("visible") or "" if is_html else decoded.text
    cleaned = clean_text(text, title=_title(found))
    if len(cleaned.paragraphs) < (LEAST_PARAGRAPHS if found.get("visible") else 1):
        raise InputError(
            f"Invalid page {where!r}. No article was found in it; it must hold at least one sentence of prose."
        )
    body = "\n\n".join(cleaned.paragraphs)
    dropped = _dropped_markup(decoded.text, text, cleaned.dropped) if is_html else cleaned.dropped
    return Page(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=_date(found.get("date")) or _said_above(dropped),
        language=detect_language(body),
        byline=cleaned.byline or found.get("author") or None,
        url=found.get("url") or None,
        dropped=tuple(dropped),
        n_stripped=decoded.n_stripped,
        encoding=decoded.encoding,
    )


def _extract(html: str, where: str) -> dict[str, str | None]:
    """Run trafilatura in a process that can be killed."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crossframe.reading.formats.extract_html"],
            input=html.encode("utf-8"),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"Invalid page {where!r}. Reading it took more than {SECONDS} seconds; its markup is broken."
        ) from None
    if done.returncode:
        raise InputError(
            f"Invalid page {where!r}. Its markup cannot be read; save it again or as plain text."
        )
    found: dict[str, str | None] = json.loads(done.stdout.decode("utf-8"))
    return found


def _title(found: dict[str, str | None]) -> str | None:
    title, site = found.get("title"), found.get("sitename")
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


def _said_above(dropped: Sequence[Dropped]) -> datetime.date | None:
    """Return the day that a line just above the body tells, or one "Published ...": where all such lines tell one day."""
    above = [line.text for line in dropped if line.reason == "before the body"][-NEAR:]
    phrases = [line.text for line in dropped if line.reason == "site phrase"]
    days = {read_date_line(text) for text in (*above, *phrases)} - {None}
    return days.pop() if len(days) == 1 else None


def _dropped_markup(html: str, text: str, dropped: tuple[Dropped, ...]) -> list[Dropped]:
    """Return what the extractor left out of the page's visible text, and what cleaning left out of the rest."""
    whole, lines = match_key(text), {match_key(line) for line in text.splitlines()}

    def is_kept(said: str) -> bool:
        return match_key(said) in whole

    def is_surely_kept(line: list[str]) -> bool:
        """A menu's "Russia" may well stand in the article: few words tell only where they are a line of it."""
        said = _joined(line)
        return is_kept(said) and (len(said.split()) >= LEAST_WORDS or match_key(said) in lines)

    outside: list[str] = []
    for block in visible_lines(html):
        sure = [is_surely_kept(line) for line in block]
        for line, is_sure in zip(block, sure, strict=True):
            said = _joined(line)
            if is_sure or (any(sure) and is_kept(said)):
                continue
            of_article = any(is_surely_kept([piece]) for piece in line)
            outside += (
                [_joined([piece]) for piece in line if not is_kept(piece)]
                if of_article
                else [_joined([" ".join(line)])]
            )
    return [*(Dropped(0, "outside the article", line) for line in outside), *dropped]


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
