"""Scraped text cleaned of its site: lines of title and body, and every other line with the reason why it is neither."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from crossframe.reading.text.date_lines import is_dated_label, read_date_line
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
    r"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+(?P<name>(?:[A-Z][\w.'’-]+(?:,? (?:and )?|$)){1,6})"
    r"(?:[|,–-].{0,60}|(?:(?:and|in|of|for|at|the|de|[A-Z][\w.'’-]*),?(?: |$)){1,16})?$"
)
_NAMES_ALONE = re.compile(
    r"^[A-ZÀ-Þ][\w.'’-]+,?(?: (?:[A-ZÀ-Þ][\w.'’-]*|and|de|da|und|van|von|der|et|y),?){1,7}$"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w.'’ -]*?(?:,[ ][A-Z][\w.'’ -]+?)??)"
    rf"(?:,[ ](?P<date>(?:(?:{_MONTHS})\.?[ ]\d{{1,2}}|\d{{1,2}}[ ](?:{_MONTHS})\.?)(?:,?[ ]\d{{4}})?))?"
    r"(?:[ ]\((?P<agency>[^()]{2,40})\))?[ ]?[ ](?:[-–—]{1,2})[ ](?=\S)"
)
_PARTICLES = frozenset(["and", "de", "del", "la", "of", "on", "the", "upon"])
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Za-z]\.){1,4}$")
_MARKED = re.compile(r"^(?:[-–—•*·▪]|\d{1,2}[.)])\s")
_LISTED = re.compile(r"[;,]$|^[^:]{2,60}:\s\S|\d")
"""A line of a list: with a comma behind it, a label before it, or a number in it."""
_CALLING = re.compile(r"[!?][\"”’'»)]*$")
"""The end of a line that asks or calls: as the first of a text without another headline it is that."""
_SEVERAL = re.compile(r"[.!?…][\"”’»)]*\s+[\"“‘«(]*[A-ZÀ-Þ]")
_INTERRUPTION = re.compile(
    r"^(?:advertisements?|ads?|(?:story|article|content|post) continues\b.*|.{0,20}\bscroll (?:down )?to continue\b.*|\d{1,2}[.:h]\d\d\b.{0,20})$",
    re.IGNORECASE,
)
"""A line behind which an article goes on: an advertisement's, or the time of a live page's entry."""
MIN_OVERLAP = 0.75
"""Share of a line's word triples in the next paragraph from which on the line is a teaser of it."""
MAX_TITLE_WORDS = 35
"""Words of the longest headline."""
MAX_ABOVE = 4
"""Paragraphs among the first of which a dateline is that of the article."""
MIN_NAME = 4
"""Letters of the words that a headline must share with a paragraph below it."""
MIN_INTRODUCTION = 3
"""Words of the shortest line with a colon that introduces a list whatever stands in it."""
MIN_LONG = 12
"""Words from which on a line of several sentences is prose, though its last one lacks its stop."""
MIN_ITEM = 3
"""Words of the shortest unmarked line that goes on a list."""
MAX_ITEMS = 15
"""Lines of the longest list of bare names."""


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
    first = _first_of_body(lines, prose, title)
    _mark_language(lines, prose)
    heading, head, first = _find_heading(lines, prose, first, title)
    first = _first_sentence(head, first, heading)
    last = _last_of_body(lines, prose[-1], known)
    before = ""
    for line in lines:
        line.use = line.use or _judge(line, first, last, heading, known, before)
        before = line.text if line.use in ("body", "no prose") else before
    for line, following in pairwise([line for line in lines if line.use == "body"]):
        if _NAMES_ALONE.match(line.text) and read_dateline(following.text):
            line.use = "byline"
    _mark_repetitions(lines, heading)
    _mark_biographies(lines, heading)
    body = tuple(line.text for line in lines if line.use == "body")
    dropped = tuple(
        Dropped(line.number, line.use, line.text) for line in lines if line.use not in ("body", "title")
    )
    bylines = (_BYLINE.match(line.text) for line in lines if line.use == "byline")
    byline = next((match["name"].strip() for match in bylines if match), "")
    return Cleaned(title or heading, byline, body, dropped)


def is_byline(line: str) -> bool:
    """Return whether a line says who wrote an article, and nothing else.

    Examples
    --------
    >>> is_byline("By Petra Holm"), is_byline("By noon the ferry was full.")
    (True, False)
    """
    return _BYLINE.match(line) is not None


def read_dateline(paragraph: str) -> str | None:
    """Return the dateline at the beginning of a first paragraph, unaltered, or None.

    Examples
    --------
    >>> read_dateline("OSLO, August 29 (Agency) - It rained.")
    'OSLO, August 29 (Agency)'
    >>> read_dateline("The mayor - a doctor - left."), read_dateline("NATO - which it joined in May - met.")
    (None, None)
    """
    match = _DATELINE.match(paragraph[:160])
    if not match:
        return None
    names = match["place"].replace(",", "").split()
    capital = match["place"].split(",")[0].isupper() and len(names[0]) > 2
    is_place = len(names) <= 6 and all(name[:1].isupper() or name in _PARTICLES for name in names)
    begins = any(one.isupper() or one.isdigit() for one in paragraph[match.end() :].split(maxsplit=1)[0])
    if not is_place or not begins or not (capital or match["date"] or match["agency"]):
        return None
    return re.sub(r"\s*[-–—]+\s*$", "", match.group(0)).strip()


def _is_boilerplate(text: str) -> bool:
    return is_site_phrase(text) or bool(end_matter(text)) or is_dated_label(text)


def _first_of_body(lines: Sequence[_Line], prose: Sequence[_Line], title: str | None) -> _Line:
    """Return the first prose that no later one repeats; above a dateline only what stands below the headline."""
    dated = next((line for line in prose[:MAX_ABOVE] if read_dateline(line.text)), None)
    if dated:
        heading = _heading_above(lines, dated, title)
        prose = [line for line in prose if line.number > heading]
    for line, following in pairwise(prose):
        above = dated is not None and line.number < dated.number
        if not _repeats(line.text, following.text) and not (
            dated and above and (_repeats(line.text, dated.text) or _says_only(line.text, title))
        ):
            return line
    return prose[-1]


def _heading_above(lines: Sequence[_Line], dated: _Line, title: str | None) -> int:
    """Return the number of the headline's line above a paragraph with a dateline, 0 where there is none."""
    head = [line for line in lines if line.number < dated.number]
    if title:
        return max((line.number for line in head if match_key(line.text) == match_key(title)), default=0)
    lead = _names(dated.text)
    shared = {
        line.number: len(_names(line.text) & lead) / len(_names(line.text))
        for line in head
        if _may_be_title(line) and _is_headline(line.text) and _names(line.text) & lead
    }
    return next((number for number, share in shared.items() if 2 * share >= max(shared.values())), 0)


def _bare_words(text: str) -> set[str]:
    """Return the words of a line without the endings of possessives."""
    return {word.removesuffix("'s") for word in words(text)}


def _names(text: str) -> set[str]:
    return {word for word in _bare_words(text) if len(word) >= MIN_NAME}


def _says_only(text: str, title: str | None) -> bool:
    """Return whether nearly all words of a line are in the title."""
    own, other = words(text), set(words(title or ""))
    return sum(word in other for word in own) >= MIN_OVERLAP * len(own)


def _first_sentence(head: Sequence[_Line], first: _Line, heading: str) -> _Line:
    """Return where the body begins: short sentences right above the first prose belong to it."""
    run: list[_Line] = []
    for line in reversed(head):
        if (
            not _is_sentence(line.text)
            or is_prose(line.text)
            or _repeats(line.text, first.text)
            or match_key(line.text) == match_key(heading)
        ):
            break
        run.append(line)
    return run[-1] if run else first


def _last_of_body(lines: Sequence[_Line], last: _Line, points: Collection[str]) -> _Line:
    """Return where the body ends: right after the last prose short sentences, and lists that one of them introduces, belong to it.

    Subheadings, bare names of a list, and lines that interrupt an article belong to it where sentences follow them.
    """
    tail = [line for line in lines if line.number > last.number]
    n_skipped, is_list = 0, False
    for position, line in enumerate(tail):
        following = [one.text for one in tail[position + 1 : position + 3]]
        if _INTERRUPTION.match(line.text):
            n_skipped += 1
        elif _is_boilerplate(line.text) or _BYLINE.match(line.text):
            break
        elif _is_sentence(line.text) or match_key(line.text) in points:
            if n_skipped and line.text.endswith("?"):
                break
            if not _is_bare_word(line.text):
                last, n_skipped, is_list = line, 0, line.text.endswith(":")
        elif is_list and (_LISTED.search(line.text) or _MARKED.match(line.text)):
            last, n_skipped = line, 0
        elif (line.text.endswith(":") and _introduces(line.text, following)) or _heads_list(following):
            n_skipped, is_list = n_skipped + 1, True
        elif (
            (is_list and n_skipped < MAX_ITEMS)
            or (_MARKED.match(line.text) and n_skipped < MAX_ITEMS)
            or line.text.endswith((",", ";", "–", "—"))
            or _heads(line.text, following)
        ):
            n_skipped += 1
        else:
            break
    return last


def _introduces(text: str, following: Sequence[str]) -> bool:
    """Return whether a line with a colon is the article's: of several words, or with a sentence or an item behind it."""
    return len(words(text)) >= MIN_INTRODUCTION or (
        bool(following) and (_is_sentence(following[0]) or _LISTED.search(following[0]) is not None)
    )


def _heads(text: str, following: Sequence[str]) -> bool:
    """Return whether a line is a subheading: two sentences stand below it."""
    are_sentences = [_is_sentence(one) and not one.endswith("?") for one in following]
    return text[:1].isupper() and len(are_sentences) == 2 and all(are_sentences)


def _heads_list(following: Sequence[str]) -> bool:
    """Return whether a line is above a list of values: two lines with bullets and labels stand below it."""
    return len(following) == 2 and all(_MARKED.match(one) and ": " in one for one in following)


def _is_sentence(text: str) -> bool:
    """Return whether a line ends like a sentence and is the article's, however short it is."""
    if (
        not any(map(str.isalpha, text))
        or (text.isupper() and len(words(text)) < MIN_WORDS)
        or _is_boilerplate(text)
        or _BYLINE.match(text)
    ):
        return False
    if TERMINAL.search(text):
        return _ABBREVIATED.search(text) is None and read_date_line(text) is None
    return len(words(text)) >= MIN_LONG and _SEVERAL.search(text) is not None


def _is_bare_word(text: str) -> bool:
    """Return whether a sentence is one word that nobody says or asks, as a site's labels and an agency's name are."""
    return (
        len(words(text)) < 2
        and not text.endswith("?")
        and not text.startswith(("“", '"', "«", "„", "‘", "'", "–", "—", "-"))
    )


def _repeats(short: str, long: str) -> bool:
    """Return whether `short` is a teaser of `long`: most of its word triples are in it."""
    own, other = words(short), words(long)
    if len(own) > len(other) or not own:
        return False
    grams = shingles(own, 3) or {tuple(own)}
    return len(grams & shingles(other, len(next(iter(grams))))) / len(grams) >= MIN_OVERLAP


def _find_heading(
    lines: Sequence[_Line], prose: Sequence[_Line], first: _Line, title: str | None
) -> tuple[str, list[_Line], _Line]:
    """Return the title, the lines above the body, and the first prose: one that asks or calls is the title where nothing else is."""
    head = [line for line in lines if line.number < first.number and not line.use]
    heading = _find_title(head, first, title)
    following = next((line for line in prose if line.number > first.number), None)
    if (
        heading
        or following is None
        or len(words(first.text)) > MAX_TITLE_WORDS
        or not _CALLING.search(first.text)
    ):
        return heading, head, first
    return first.text, [line for line in lines if line.number < following.number and not line.use], following


def _find_title(head: Sequence[_Line], first: _Line, known: str | None) -> str:
    """Return the title among the lines before the body: the one that shares most words with it, the last of equals."""
    if known:
        return known
    lead = _bare_words(first.text.removeprefix(read_dateline(first.text) or ""))
    best, score = "", 0.0
    candidates = [(position, line) for position, line in enumerate(head) if _may_be_title(line)]
    headlines = [one for one in candidates if _is_headline(one[1].text)]
    for position, line in headlines or candidates:
        tokens = _bare_words(line.text)
        shared = len(tokens & lead) / len(tokens)
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


def _is_headline(text: str) -> bool:
    """Return whether a line is neither a sentence with its full stop nor an item of a list."""
    is_sentence = text.rstrip('"”’»)').endswith(".") and _ABBREVIATED.search(text) is None
    return not is_sentence and _MARKED.match(text) is None


def _may_be_title(line: _Line) -> bool:
    return (
        3 <= len(words(line.text)) <= MAX_TITLE_WORDS
        and sum(word[:1].isalpha() for word in words(line.text)) > 1
        and not _is_boilerplate(line.text)
        and not _BYLINE.match(line.text)
        and not is_prose(line.text)
    )


def _judge(line: _Line, first: _Line, last: _Line, heading: str, known: Collection[str], before: str) -> str:
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
    return "body" if _is_inner(line.text, before) else "no prose"


def _is_inner(text: str, before: str) -> bool:
    """Return whether a line inside the body belongs to it: prose, a short quoted or spoken sentence, a list item, a subheading.

    `before` is the line of the body above it: what it introduces or goes on with belongs to it, too.
    """
    is_in_list = _MARKED.match(before) or (not before[:1].isupper() and not TERMINAL.search(before))
    if any(map(str.isalpha, text)) and (
        before.endswith((":", ";", ",")) or (before and is_in_list and len(words(text)) >= MIN_ITEM)
    ):
        return True
    if TERMINAL.search(text) or text.endswith((":", ";", ",", "—", "-")):
        return True
    return (
        (len(words(text)) >= 2 and text[:1].isupper())
        or text.startswith(("-", "•", "*", "–", "“", '"'))
        or bool(_MARKED.match(text))
    )


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
