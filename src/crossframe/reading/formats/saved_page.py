"""Saved web pages: title, text, dateline and date of the article, and all lines that were dropped."""

import re
from collections.abc import Sequence

from crossframe.reading.formats.contents import Contents, File, Parts, no_article
from crossframe.reading.formats.extract_html import extract_page
from crossframe.reading.formats.pages.paywall import paywall_note
from crossframe.reading.formats.scraped_text import date_beside
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.clean import Dropped, clean_text, read_dateline
from crossframe.reading.text.date_lines import finer
from crossframe.reading.text.genre import genre_of_form
from crossframe.reading.text.html_text import visible_lines
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
    return file.head.startswith(b"<") and _TAG.search(file.start) is not None


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
    page = extract_page(html)
    unwrapped = unwrap(page.text, title=page.title or None)
    cleaned = clean_text(unwrapped.text, title=page.title or None, points=page.points)
    body = "\n\n".join(cleaned.paragraphs)
    dropped = _dropped_markup(html, page.text, unwrapped.renumbered(cleaned.dropped))
    note = paywall_note(page.structured, body, page.walls)
    if len(cleaned.paragraphs) < (MIN_PARAGRAPHS if page.is_visible else 1):
        wall = " It is behind a paywall: save it when logged in." if note else ""
        raise no_article(file, wall)
    article = Parts(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=finer(
            page.published, date_beside(dropped, _between(html, cleaned.title, cleaned.paragraphs[0]))
        ),
        language=detect_language(body),
        byline=cleaned.byline or page.author or None,
        site=page.site or None,
        url=page.url or None,
        genre=_genre(page.genre, cleaned.paragraphs),
        extent="teaser" if note else None,
        updated=page.updated if page.updated != page.published else None,
        dropped=tuple(dropped),
        n_stripped=file.decoded.n_stripped,
        notes=(note,) if note else (),
    )
    return Contents("saved page", (article,))


def _genre(stated: str | None, paragraphs: Sequence[str]) -> str | None:
    """Return the stated genre; where it is none or only news, the one that the form of the text shows, if any."""
    return (genre_of_form(paragraphs) or stated) if stated in (None, "news") else stated


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


def _between(html: str, title: str, first: str) -> list[str]:
    """Return the visible lines between the headline and the first paragraph, their pieces between bars; none without either."""
    lines = [(match_key("".join(line)), line) for block in visible_lines(html) for line in block]
    heading, body = match_key(title), match_key(first)
    start = next(
        (
            n
            for n, (key, _) in enumerate(lines)
            if body.startswith(key) and len(key.split()) >= MIN_LINE_WORDS
        ),
        0,
    )
    head = [n for n, (key, _) in enumerate(lines[:start]) if heading and heading in key]
    between = [line for _, line in lines[head[-1] + 1 : start]] if head else []
    return [" | ".join(piece for one in line if (piece := _joined([one]))) for line in between]


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
