"""Saved web pages: title, text, dateline and date of the article, and all lines that were dropped."""

import datetime
import re

from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File, Parts
from crossframe.reading.formats.extract_html import extract_parts, visible_lines
from crossframe.reading.formats.scraped_text import date_above
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.clean import Dropped, clean_text, read_dateline
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.wrapping import unwrap
from crossframe.text import match_key

MIN_PARAGRAPHS = 3
"""Fewest paragraphs of an article where only a page's visible lines could be read: a notice or a paywall has fewer."""
MIN_LINE_WORDS = 6
"""Words from which on a line whose words are in the article is taken to be the article's."""
_TAG = re.compile(rb"<(?:!doctype html|html|head|body|title|article|main|div|p|h1|br|table)\b", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Return whether `file` is a web page: it begins with markup, and has elements of HTML near its beginning."""
    return file.head.startswith(b"<") and _TAG.search(file.content[:20_000]) is not None


def read(file: File) -> Contents:
    """Return the article of a saved web page, read in a process that can be killed.

    Raises
    ------
    InputError
        When there is no article in it, or its markup cannot be read.
    """
    return read_in_worker(_read_page, file)


def _read_page(file: File) -> Contents:
    html = file.text
    parts = extract_parts(html)
    text = parts.get("text") or parts.get("visible") or ""
    unwrapped = unwrap(text, title=_title(parts))
    cleaned = clean_text(unwrapped.text, title=_title(parts))
    if len(cleaned.paragraphs) < (MIN_PARAGRAPHS if parts.get("visible") else 1):
        raise InputError(
            f"Invalid page {file.where!r}. No article was found in it; it must hold at least one sentence of prose."
        )
    body = "\n\n".join(cleaned.paragraphs)
    dropped = _dropped_markup(html, text, unwrapped.renumbered(cleaned.dropped))
    article = Parts(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=_date(parts.get("date")) or date_above(dropped),
        language=detect_language(body),
        byline=cleaned.byline or parts.get("author") or None,
        site=parts.get("sitename") or None,
        url=parts.get("url") or None,
        dropped=tuple(dropped),
        n_stripped=file.decoded.n_stripped,
    )
    return Contents("saved page", (article,))


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
