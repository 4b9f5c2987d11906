"""Text copied or scraped from a page: title, text, dateline and date of the article, and all lines that were dropped."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crossframe.errors import printable
from crossframe.reading.formats.contents import MAX_NAMED, Contents, File, LeftOut, Parts, no_article
from crossframe.reading.formats.stories import END_MARK, find_stories
from crossframe.reading.text.clean import Dropped, clean_text, read_dateline
from crossframe.reading.text.date_lines import date_within, day_of, published_in
from crossframe.reading.text.genre import genre_of_form, read_genre
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.wrapping import Wrapping, find_wrapping, unwrap

DATE_LINES = 3
"""Lines above the body that may hold its date: those farther up are of other stories."""


def recognises(file: File) -> bool:
    """Return whether `file` is text; raises InputError where it is not."""
    return bool(file.text)


def read(file: File) -> Contents:
    """Return the article of a text, or those that begin with its headlines.

    Raises
    ------
    InputError
        When there is no article in it.
    """
    heads = tuple(Dropped(0, "running head", text) for text in file.heads)
    lines = _unquote(file.text.split("\n"))
    stories = find_stories(lines, file.headlines)
    articles: list[Parts] = []
    left_out: list[LeftOut] = []
    for number, (at, title, text) in enumerate(_split(lines, stories.starts, file.title), 1):
        parts = _read_article(text, title, heads, at, file.wrapping)
        where = f"article {number}" if stories.starts else ""
        if parts is not None:
            articles.append(replace(parts, where=where))
        elif stories.starts:
            below = f"below '{printable(title, MAX_NAMED)}'" if title else "in it"
            left_out.append(LeftOut(where, f"No sentence of prose is {below}."))
    if not articles:
        raise no_article(file)
    articles[0] = replace(articles[0], n_stripped=file.decoded.n_stripped)
    return Contents("text", tuple(articles), tuple(left_out), notes=(stories.note,) if stories.note else ())


def _unquote(lines: Sequence[str]) -> list[str]:
    """Return lines without the marks of a quoted mail, where all of them have one."""
    are_quoted = all(line.lstrip().startswith(">") for line in lines if line.strip())
    return [re.sub(r"^\s*(?:>\s?)+", "", line) for line in lines] if are_quoted else list(lines)


def _split(
    lines: Sequence[str], starts: Sequence[tuple[int, str]], title: str
) -> Iterator[tuple[int, str, str]]:
    """Yield the articles of a text: position of the first line, headline, text; what stands above the first is listed with it."""
    first = [(0, starts[0][1] if starts else title)]
    edges = [*first, *starts[1:], (len(lines), "")]
    for (start, headline), (end, _) in pairwise(edges):
        yield start, headline, "\n".join(END_MARK.sub("", line) for line in lines[start:end])


def _read_article(
    text: str, title: str, heads: tuple[Dropped, ...], at: int, wrapping: Wrapping | None
) -> Parts | None:
    """Return the article of a text that begins behind `at` lines of its file; None where it has no prose."""
    wrapping = (find_wrapping(text) or wrapping) if wrapping else None
    unwrapped = unwrap(text, title=title or None, wrapping=wrapping)
    cleaned = clean_text(unwrapped.text, title=title or None)
    lines = (
        replace(one, line=one.line + at) if one.line else one for one in unwrapped.renumbered(cleaned.dropped)
    )
    dropped = (*heads, *lines)
    if not cleaned.paragraphs:
        return None
    body = "\n\n".join(cleaned.paragraphs)
    return Parts(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=date_beside(dropped) or _date_of_issue(dropped),
        language=detect_language(body),
        byline=cleaned.byline or None,
        genre=read_genre(titles=[cleaned.title]) or genre_of_form(unwrapped.text.split("\n")),
        dropped=dropped,
    )


def date_beside(dropped: Sequence[Dropped], between: Sequence[str] = ()) -> datetime.date | None:
    """Return when an article was published by the lines above its body, its byline, and lines with a label right behind it.

    Parameters
    ----------
    dropped : sequence of Dropped
        Lines of a text that are not the article's.
    between : sequence of str
        Further lines between headline and body, in order.
    """
    above = [line.text for line in dropped if line.reason == "before the body"]
    behind = [line.text for line in dropped if line.reason == "after the body"][:DATE_LINES]
    phrases = [line.text for line in dropped if line.reason in ("site phrase", "byline", "date line")]
    near = [*above[-DATE_LINES:], *between[-DATE_LINES:]]
    signed = [line.text for line in dropped if line.reason == "byline"][:1]
    return published_in(near, [*phrases, *between]) or published_in(signed) or published_in((), behind)


def _date_of_issue(dropped: Sequence[Dropped]) -> datetime.date | None:
    """Return the one date that running heads have."""
    dates = [when for line in dropped if line.reason == "running head" and (when := date_within(line.text))]
    return dates[0] if len({day_of(when) for when in dates}) == 1 else None
