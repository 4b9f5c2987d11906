"""Where the articles of a text begin that holds several: numbered heads, headlines with authors, dates or places below, end marks."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from crossframe.reading.formats.contents import Headline
from crossframe.reading.text.clean import MAX_TITLE_WORDS, is_byline, read_dateline
from crossframe.reading.text.date_lines import date_within, read_date_line
from crossframe.reading.text.dates import read_date
from crossframe.reading.text.site_text import TERMINAL, is_prose
from crossframe.text import match_key, words

MAX_BELOW = 4
"""Lines below a headline in which the date, author or place of its article stands: subtitles may be before it."""
MIN_STORY = 40
"""Words of the shortest article, its head included: a teaser of another page's article has fewer."""
MAX_DATE = 60
"""Characters of the longest line that is a date."""
MIN_HEADLINE = 3
"""Words of the shortest line that is a headline though nothing in its style says so."""
SAME_SIZE = 0.9
"""Share of a headline's height from which on another is as large."""
MIN_RATIO = 1.5
"""Height of a headline without author and date, in heights of the text, at least: subheadings are smaller."""
_OF = r"(?:of|von|de|van|di|/)"
_UNIT = r"(?:documents?|dokumente?|documentos?|documenten|documenti|articles?|artikel|art[ií]culos?|articoli|artigos?|stories|story|items?)"
NUMBERED_HEAD = re.compile(
    rf"(?P<number>\d{{1,5}}) {_OF} (?P<all>\d{{1,5}}) {_UNIT}|{_UNIT} (?P<number_behind>\d{{1,5}}) {_OF} (?P<all_behind>\d{{1,5}})",
    re.IGNORECASE,
)
"""What stands above each document of a download ("3 of 12 DOCUMENTS", "Document 3 of 12")."""
DOCUMENT_END = re.compile(
    r"end of document|ende des dokuments|fin du document|fin del documento|einde van document", re.IGNORECASE
)
"""What stands below each document of a download."""
END_MARK = re.compile(
    r"(?:^(?:#{3,}|[-–—] ?30 ?[-–—]|\((?i:ends?)\)|ENDS?)|(?<=[.!?…\"”’»)])\s*[■◼▪◾●♦◆□•])$"
)
"""What stands below an article, or behind its last word."""


class Stories(NamedTuple):
    """Where the articles of a text begin, and what a user must be told of it.

    Parameters
    ----------
    starts : tuple of (int, str)
        Position of each article's first line, and its headline ("" where its style does not tell it); () where the text is
        one article.
    note : str
        How it was divided, or why it may hold several articles though it was not; "" where nothing says so.
    """

    starts: tuple[tuple[int, str], ...]
    note: str


def find_stories(lines: Sequence[str], headlines: Sequence[Headline] = ()) -> Stories:
    """Return where the articles of a text begin.

    Parameters
    ----------
    lines : sequence of str
        All lines of the text, blank ones included.
    headlines : sequence of Headline
        Those of the lines, in their order, that have the style of a headline.

    Examples
    --------
    >>> find_stories(["Document 1 of 2", "It rained.", "Document 2 of 2", "It snowed."]).starts
    ((0, ''), (2, ''))
    >>> find_stories(["Rain", "It rained.", "Snow", "It snowed."]).starts
    ()
    """
    bare = [" ".join(line.split()) for line in lines]
    styled = list(_place(bare, headlines))
    found = [
        (_numbered(bare), "numbered head"),
        (_headed(bare, styled), "headline with an author, a date or a place below"),
        (_long(bare, _below_headlines(bare, _is_signed)), "headline with author and date below"),
        (_ended(bare), "mark of an article's end"),
    ]
    for starts, mark in found:
        if len(starts) > 1:
            return Stories(_titled(starts, styled), f"Read as {len(starts)} articles, one per {mark}.")
    doubt = _doubt(bare, styled)
    return Stories(
        (), f"It may hold several articles: {doubt}. Give each a file of its own." if doubt else ""
    )


def _place(lines: Sequence[str], headlines: Sequence[Headline]) -> Iterator[tuple[int, Headline]]:
    """Yield each headline with the position of its line."""
    after = 0
    for headline in headlines:
        at = next((at for at in range(after, len(lines)) if lines[at] == headline.text), None)
        if at is not None:
            yield at, headline
            after = at + 1


def _titled(starts: Sequence[int], styled: Sequence[tuple[int, Headline]]) -> tuple[tuple[int, str], ...]:
    """Return starts with the first headline at or behind each, before the next."""
    edges = [*starts, inf]
    return tuple(
        (start, next((one.text for at, one in styled if start <= at < end), ""))
        for start, end in zip(starts, edges[1:], strict=True)
    )


def _numbered(lines: Sequence[str]) -> list[int]:
    """Return the positions of heads that count from 1 to the same number."""
    starts: list[int] = []
    totals = set()
    for at, line in enumerate(lines):
        match = NUMBERED_HEAD.fullmatch(line)
        if match and int(match["number"] or match["number_behind"]) == len(starts) + 1:
            starts.append(at)
            totals.add(match["all"] or match["all_behind"])
    return starts if len(totals) == 1 else []


def _headed(lines: Sequence[str], styled: Sequence[tuple[int, Headline]]) -> list[int]:
    """Return the positions of headlines where below several is a date line, byline or dateline; of others those as large."""
    edges = [*(at for at, _ in styled), len(lines)]
    marked = [
        (at, one)
        for (at, one), end in zip(styled, edges[1:], strict=True)
        if any(_is_mark(line) for line in _below(lines[at + 1 : end]))
    ]
    if len({one.text for _, one in marked}) < 2:
        return []
    least = SAME_SIZE * min(one.ratio for _, one in marked)
    return [
        at for at, one in styled if (at, one) in marked or not one.ratio or one.ratio >= max(least, MIN_RATIO)
    ]


def _below(lines: Sequence[str]) -> Iterator[str]:
    """Yield the first lines that are not blank; those that go on with a sentence are not counted."""
    n_lines = 0
    for line in filter(None, lines):
        n_lines += not line[0].islower()
        if n_lines > MAX_BELOW:
            return
        yield line


def _is_mark(line: str) -> bool:
    return read_date_line(line) is not None or is_byline(line) or read_dateline(line) is not None


def _below_headlines(lines: Sequence[str], is_headed: Callable[[Sequence[str]], bool]) -> list[int]:
    """Return the positions of lines that may be headlines by their words, with lines below that tell of an article."""
    starts: list[int] = []
    last = -1
    for at in range(len(lines)):
        if at <= last or not _may_be_headline(lines, at):
            continue
        below: list[str] = []
        for number, one in enumerate(lines[at + 1 :], at + 1):
            if len(below) == MAX_BELOW or is_prose(one) or one[:1].islower():
                break
            below += [one] if one else []
            if is_headed(below):
                starts.append(at)
                last = number
                break
    return starts


def _may_be_headline(lines: Sequence[str], at: int) -> bool:
    """Return whether a line has the words of a headline, and nothing above goes on in it."""
    line = lines[at]
    above = lines[at - 1] if at else ""
    begins = not above or TERMINAL.search(above) is not None or END_MARK.search(above) is not None
    return (
        begins
        and not line[:1].islower()
        and MIN_HEADLINE <= len(words(line)) <= MAX_TITLE_WORDS
        and not line.endswith((".", ",", ";", ":"))
        and not _is_mark(line)
    )


def _is_signed(below: Sequence[str]) -> bool:
    """Return whether lines name an author and a full date, or a date beside a name or behind a label."""
    is_dated = any(read_date_line(line) is not None or date_within(line) is not None for line in below)
    is_named = any(is_byline(line) or (read_date_line(line) and read_date(line) is None) for line in below)
    return is_dated and is_named


def _long(lines: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Return those of the starts behind which an article stands, and not only a teaser of one."""
    edges = [*starts, len(lines)]
    return [
        start
        for start, end in pairwise(edges)
        if sum(len(line.split()) for line in lines[start:end]) >= MIN_STORY
    ]


def _ended(lines: Sequence[str]) -> list[int]:
    """Return the positions behind marks of an end, where every article has one: what is behind the last mark is of the last."""
    ends = [at for at, line in enumerate(lines) if END_MARK.search(line)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return starts if len(ends) > 1 and _long(lines, starts) == starts else []


def _doubt(lines: Sequence[str], styled: Sequence[tuple[int, Headline]]) -> str:
    """Return what speaks for several articles in a text that is not divided; "" where nothing does."""
    largest = SAME_SIZE * max((one.ratio for _, one in styled), default=0.0)
    if len({one.text for _, one in styled if one.ratio and one.ratio >= largest}) > 1:
        return "several headlines are equally large"
    if any(_is_mark_of_another(lines, at) for at, one in styled if one.ratio):
        return "a headline amid the text has an author, a date or a place below"
    if len(_long(lines, _below_headlines(lines, lambda below: any(map(_is_mark, below))))) > 1:
        return "several headlines have an author or a date below"
    if len({match_key(line) for line in _long_bylines(lines)}) > 1:
        return "several authors stand above parts of it"
    dates = [at for at, line in enumerate(lines) if len(line) <= MAX_DATE and read_date(line) is not None]
    if len({lines[at] for at in _long(lines, dates)}) > 1:
        return "several dates stand above parts of it"
    ends = [at for at, line in enumerate(lines) if END_MARK.search(line)]
    if ends and _long(lines, [ends[0] + 1]):
        return "the mark of an article's end stands amid it"
    return ""


def _is_mark_of_another(lines: Sequence[str], at: int) -> bool:
    """Return whether an article may end above a headline, and another begin."""
    return bool(_long(lines[:at], [0])) and any(_is_mark(line) for line in _below(lines[at + 1 :]))


def _long_bylines(lines: Sequence[str]) -> list[str]:
    return [lines[at] for at in _long(lines, [at for at, line in enumerate(lines) if is_byline(line)])]
