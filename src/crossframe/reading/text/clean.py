"""Scraped text cleaned of its site: lines of title and body, and every other line with the reason why it is neither."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from crossframe.reading.text.date_lines import is_dated_label
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.site_text import (
    MIN_WORDS,
    TERMINAL,
    biography_lines,
    end_matter,
    is_prose,
    is_site_phrase,
)
from crossframe.text import match_key, shingles, words

_BYLINE = re.compile(
    r"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+(?P<name>(?:[A-Z][\w.'’-]+(?:,? (?:and )?|$)){1,6})(?:[|,–-].{0,60})?$"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w.'’ -]*?(?:,[ ][A-Z][\w.'’ -]+?)??)"
    rf"(?:,[ ](?P<date>(?:(?:{_MONTHS})\.?[ ]\d{{1,2}}|\d{{1,2}}[ ](?:{_MONTHS})\.?)(?:,?[ ]\d{{4}})?))?"
    r"(?:[ ]\((?P<agency>[^()]{2,40})\))?[ ]?[ ](?:[-–—]{1,2})[ ](?=\S)"
)
_PARTICLES = frozenset(["and", "de", "del", "la", "of", "on", "the", "upon"])
MIN_OVERLAP = 0.75
"""Share of a line's word triples in the next paragraph from which on the line is a teaser of it."""


@dataclass(frozen=True)
class Dropped:
    """A line of the input that is not part of the article, and the reason (``line`` counts from 1)."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Cleaned:
    """Title and byline ("" when there is none), paragraphs of the body, and the dropped lines."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]
    dropped: tuple[Dropped, ...]


@dataclass
class _Line:
    number: int
    text: str
    use: str = ""


def clean_text(text: str, *, title: str | None = None, points: Collection[str] = ()) -> Cleaned:
    """Find title and body in scraped text.

    The body is the block of prose: lines of some length that end like sentences, with the short ones between them.
    Dropped are lines before and after it, site phrases, lines in another language, and repetitions (a second title, a
    teaser whose words are in the paragraph that follows).

    Parameters
    ----------
    text : str
        Normalised text, one paragraph (or piece of navigation) per line.
    title : str, optional
        Known title, from a page's metadata.
    points : collection of str
        Lines that are known to be of the article's lists: they stay above the first paragraph, too.

    Returns
    -------
    Cleaned
        Title, body and dropped lines together are all non-blank lines of the input.

    Examples
    --------
    >>> page = "Daily Star\\nSubscribe\\nRain floods town\\nHeavy rain flooded the old town on Monday night.\\nChats"
    >>> cleaned = clean_text(page)
    >>> cleaned.title, len(cleaned.paragraphs), [line.text for line in cleaned.dropped]
    ('Rain floods town', 1, ['Daily Star', 'Subscribe', 'Chats'])
    """
    lines = [_Line(i, " ".join(raw.split())) for i, raw in enumerate(text.split("\n"), 1) if raw.strip()]
    prose = [line for line in lines if is_prose(line.text) and not _is_boilerplate(line.text)]
    if not prose:
        return Cleaned(
            title or "", "", (), tuple(Dropped(line.number, "no prose", line.text) for line in lines)
        )
    known = {match_key(point) for point in points}
    for line in lines:
        if line.text.startswith("- ") and match_key(line.text[2:]) in known:
            line.text = line.text[2:]  # the mark is an extractor's
    first = _first_of_body(prose)
    last = _last_of_body(lines, prose[-1])
    _mark_language(lines, prose)
    head = [line for line in lines if line.number < first.number and not line.use]
    heading = _find_title(head, first, title)
    for line in lines:
        if line.use:
            continue
        line.use = _judge(line, first, last, heading, known)
    _mark_repetitions(lines, heading)
    _mark_biographies(lines, heading)
    body = tuple(line.text for line in lines if line.use == "body")
    dropped = tuple(
        Dropped(line.number, line.use, line.text) for line in lines if line.use not in ("body", "title")
    )
    bylines = (_BYLINE.match(line.text) for line in lines if line.use == "byline")
    byline = next((match["name"].strip() for match in bylines if match), "")
    return Cleaned(title or heading, byline, body, dropped)


def read_dateline(paragraph: str) -> str | None:
    """Return the dateline at the beginning of a first paragraph, unaltered, or None.

    Examples
    --------
    >>> read_dateline("OSLO, August 29 (Agency) - It rained.")
    'OSLO, August 29 (Agency)'
    >>> read_dateline("The mayor - a doctor - left.") is None
    True
    """
    match = _DATELINE.match(paragraph[:160])
    if not match:
        return None
    names = match["place"].replace(",", "").split()
    capital = match["place"].split(",")[0].isupper() and len(names[0]) > 2
    is_place = len(names) <= 6 and all(name[:1].isupper() or name in _PARTICLES for name in names)
    if not is_place or not (capital or match["date"] or match["agency"]):
        return None
    return re.sub(r"\s*[-–—]+\s*$", "", match.group(0)).strip()


def _is_boilerplate(text: str) -> bool:
    return is_site_phrase(text) or bool(end_matter(text)) or is_dated_label(text)


def _first_of_body(prose: Sequence[_Line]) -> _Line:
    """Return where the body begins: at a dateline near the top, else at the first prose that no later one repeats."""
    for line in prose[:4]:
        if read_dateline(line.text):
            return line
    for line, following in pairwise(prose):
        if not _repeats(line.text, following.text):
            return line
    return prose[-1]


def _last_of_body(lines: Sequence[_Line], last: _Line) -> _Line:
    """Return where the body ends: short sentences right after the last prose ("He declined to comment.") belong to it."""
    for line in lines:
        if line.number > last.number:
            if not TERMINAL.search(line.text) or len(words(line.text)) < 2 or _is_boilerplate(line.text):
                break
            last = line
    return last


def _repeats(short: str, long: str) -> bool:
    """Return whether `short` is a teaser of `long`: most of its word triples are in it."""
    own, other = words(short), words(long)
    if len(own) > len(other) or not own:
        return False
    grams = shingles(own, 3) or {tuple(own)}
    return len(grams & shingles(other, len(next(iter(grams))))) / len(grams) >= MIN_OVERLAP


def _find_title(head: Sequence[_Line], first: _Line, known: str | None) -> str:
    """Return the title among the lines before the body: the one that shares most words with it, the last of equals."""
    if known:
        return known
    lead = set(words(first.text.removeprefix(read_dateline(first.text) or "")))
    best, score = "", 0.0
    for position, line in enumerate(head):
        tokens = words(line.text)
        if (
            not 3 <= len(tokens) <= 35
            or _is_boilerplate(line.text)
            or _BYLINE.match(line.text)
            or is_prose(line.text)
        ):
            continue
        shared = len(set(tokens) & lead) / len(set(tokens))
        value = shared + 0.1 * (position + 1) / len(head)
        if value >= score:
            best, score = line.text, value
    if not best:
        short = [
            line
            for line in head
            if len(words(line.text)) >= 2 and not _is_boilerplate(line.text) and not _BYLINE.match(line.text)
        ]
        best = short[-1].text if len(short) and not is_prose(short[-1].text) else ""
    return best


def _judge(line: _Line, first: _Line, last: _Line, heading: str, known: Collection[str]) -> str:
    if heading and match_key(line.text) == match_key(heading):
        return "title"
    if _BYLINE.match(line.text):
        return "byline"
    if reason := end_matter(line.text):
        return reason
    if is_site_phrase(line.text):
        return "site phrase"
    if is_dated_label(line.text):
        return "date line"
    if line.number < first.number:
        return "body" if match_key(line.text) in known else "before the body"
    if line.number > last.number:
        return "after the body"
    return "body" if _is_inner(line.text) else "no prose"


def _is_inner(text: str) -> bool:
    """Return whether a line inside the body belongs to it: prose, a short quoted or spoken sentence, a list item, a subheading."""
    if TERMINAL.search(text) or text.endswith((":", ";", ",", "—", "-")):
        return True
    return (len(words(text)) >= 2 and text[:1].isupper()) or text.startswith(("-", "•", "*", "–", "“", '"'))


def _mark_language(lines: Sequence[_Line], prose: Sequence[_Line]) -> None:
    """Mark lines whose letters are mostly of another script than the body's, and prose in another language."""
    body = " ".join(line.text for line in prose)
    script, language = _script(body), detect_language(body)
    for line in lines:
        other = _script(line.text)
        if (other and script and other != script) or (
            language and len(line.text) > 250 and detect_language(line.text) not in (None, language)
        ):
            line.use = "another language"


def _script(text: str) -> str:
    """Return the first word of the Unicode name that most letters share ("LATIN", "CYRILLIC"), "" without letters."""
    import unicodedata

    names = [unicodedata.name(c, "").split(" ")[0] for c in text[:4000] if c.isalpha()]
    return max(sorted(set(names)), key=names.count) if names else ""


def _mark_biographies(lines: Sequence[_Line], heading: str) -> None:
    body = [line for line in lines if line.use == "body"]
    for number in biography_lines([line.text for line in body], heading):
        body[number].use = "biography"


def _mark_repetitions(lines: Sequence[_Line], heading: str) -> None:
    """Mark repetitions: a second title, a repeated paragraph, a teaser of the paragraph that follows."""
    seen: set[str] = set()
    for line in lines:
        if line.use not in ("title", "body"):
            continue
        key = match_key(line.text)
        if key in seen and (line.use == "title" or len(words(line.text)) >= MIN_WORDS):
            line.use = "repetition"
        seen.add(key)
    body = [line for line in lines if line.use == "body"]
    if len(body) > 1 and _repeats(body[0].text, body[1].text):
        body[0].use = "teaser"
    for line in body:
        if (
            heading
            and len(words(line.text)) < 30
            and SequenceMatcher(None, match_key(line.text), match_key(heading)).ratio() > 0.95
        ):
            line.use = "repetition"
