"""Scraped text cleaned of its site: lines of title and body, and every other line with the reason why it is neither."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from crossframe.reading.text.language import detect_language
from crossframe.text import match_key, shingles, words

# Site text even where it is a whole sentence ...
_NOTICE = re.compile(
    r"^(?:subscribe (?:to|now|today|for|and|here)\b.*|sign (?:up|in) (?:to|now|today|for|or|here|with)\b.*|"
    r"log ?in (?:to|now|or|here|with)\b.*|already (?:a (?:member|subscriber)|have an? (?:account|subscription))\b.*|"
    r"to (?:continue|keep) reading\b.*|to participate in the discussion.*|follow (?:us|@).*|like us\b.*|"
    r"read (?:more|also|next|the full (?:story|article))\b.*|more (?:from|on) (?:this|our)\b.*|see also\b.*|click here\b.*|"
    r"all rights reserved.*|©.*|copyright (?:©|\(c\)|\d{4}).*|\(c\) ?\d{4}.*|(?:our )?(?:terms of|privacy policy|privacy notice)\b.*|"
    r"(?:we|this (?:web)?site) uses? cookies\b.*|(?:please )?(?:enable|turn on) (?:javascript|cookies)\b.*|"
    r"your browser (?:does|is)\b.*|get (?:the|our) (?:latest|daily|newsletter)\b.*|have (?:a|your) (?:tip|say)\b.*|"
    r"download our app\b.*|why trust us.*|support (?:our|independent|quality) journalism\b.*|listen to this (?:article|story)\b.*|"
    r"(?:photo|image|picture|video|source|credit)s?:.*|(?:tags?|topics?|filed under):.*|"
    r"this (?:story|article|post) (?:was|has been|is) (?:first |originally )?(?:updated|published|corrected|developing)\b.*|"
    r"advertisement.*)$",
    re.IGNORECASE,
)
# ... and where it is a fragment.
_PHRASE = re.compile(
    r"^(?:subscribe\b.*|sign (?:up|in)\b.*|log ?in\b.*|register\b.*|newsfeed|chats?|loader|loading|comments?(?: \(?\d+\)?)?|"
    r"(?:no|add|leave|post|view|show|read|write)(?: (?:a|all|your|the))? comments?.*|share(?: (?:this|on|via)\b.*)?|tweet|"
    r"e-?mail|print(?: this.*)?|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|follow\b.*|"
    r"related(?: (?:articles?|stories|topics|news|coverage|content))?:?|read full.*|more (?:from|on|news|stories)\b.*|"
    r"recommended.*|most (?:read|popular|viewed)|trending.*|you (?:may|might) (?:also )?like.*|advertising.*|sponsored.*|"
    r"promoted.*|tap to.*|skip to.*|back to top|home|menu|search|close|copyright\b.*|terms (?:of|and)\b.*|cookies?\b.*|"
    r"accept(?: all)?(?: cookies)?|your browser\b.*|contact us|about us|newsletter.*|"
    r"(?:photo|image|picture|video|source|credit)s? by .*|listen to this.*|\d+ (?:min|minutes?) read|"
    r"(?:last )?(?:updated|published|posted)\b.{0,60}|donate.*|"
    r"abonnieren|anmelden|teilen|kommentare?|mehr zum thema.*|partager|s'abonner|compartir|suscr[ií]bete|подписаться|поделиться|комментарии)[.!:… ]*$",
    re.IGNORECASE,
)
_SLOGAN = re.compile(
    r"\b(?:latest|breaking|live|exclusive) (?:news|coverage)\b|\bfrom around the world\b|\boff-?beat\b|\bnews, (?:analysis|sport|views)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+(?P<name>(?:[A-Z][\w.'’-]+(?:,? (?:and )?|$)){1,6})(?:[|,–-].{0,60})?$"
)
_TERMINAL = re.compile(r"[.!?…][\"”’'»)\]]*$")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w.'’ -]*?(?:,[ ][A-Z][\w.'’ -]+?)??)"
    rf"(?:,[ ](?P<date>(?:(?:{_MONTHS})\.?[ ]\d{{1,2}}|\d{{1,2}}[ ](?:{_MONTHS})\.?)(?:,?[ ]\d{{4}})?))?"
    r"(?:[ ]\((?P<agency>[^()]{2,40})\))?[ ]?[ ](?:[-–—]{1,2})[ ](?=\S)"
)
_DATE_LINE = re.compile(
    r"(?:(?:published|posted)(?: on)?:? )?(?:[a-z]+day,? )?"
    rf"(?:(?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}})|(?P<day_first>\d{{1,2}})\.? (?P<month_then>{_MONTHS})\.?),? (?P<year>(?:19|20)\d\d)"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,20})?",
    re.IGNORECASE,
)
_PARTICLES = frozenset(["and", "de", "del", "la", "of", "on", "the", "upon"])
MIN_WORDS = 6
"""Words from which on a line that ends like a sentence is prose."""
MIN_OVERLAP = 0.75
"""Share of a line's word triples in the next paragraph from which on the line is a teaser of it."""
MAX_PHRASE_WORDS = 14
"""Longest site phrase, in words: a longer line that begins like one may be prose."""


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


def clean_text(text: str, *, title: str | None = None) -> Cleaned:
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
    prose = [line for line in lines if _is_prose(line.text) and not _is_boilerplate(line.text)]
    if not prose:
        return Cleaned(
            title or "", "", (), tuple(Dropped(line.number, "no prose", line.text) for line in lines)
        )
    first = _first_of_body(prose)
    last = _last_of_body(lines, prose[-1])
    _mark_language(lines, prose)
    head = [line for line in lines if line.number < first.number and not line.use]
    heading = _find_title(head, first, title)
    for line in lines:
        if line.use:
            continue
        line.use = _judge(line, first, last, heading)
    _mark_repetitions(lines, heading)
    body = tuple(line.text for line in lines if line.use == "body")
    dropped = tuple(
        Dropped(line.number, line.use, line.text) for line in lines if line.use not in ("body", "title")
    )
    bylines = (_BYLINE.match(line.text) for line in lines if line.use == "byline")
    byline = next((match["name"].strip() for match in bylines if match), "")
    return Cleaned(title or heading, byline, body, dropped)


def read_date_line(line: str) -> datetime.date | None:
    """Return the date of a line that is nothing but a full date (of publication), or None.

    Examples
    --------
    >>> read_date_line("Published on Monday, May 4, 2026 at 10:15 a.m.")
    datetime.date(2026, 5, 4)
    >>> read_date_line("Updated May 4, 2026") is None
    True
    """
    match = _DATE_LINE.fullmatch(" ".join(line.split()))
    if not match:
        return None
    name = (match["month"] or match["month_then"])[:3].title()
    month = [full[:3] for full in _MONTHS.split("|")].index(name) + 1
    try:
        return datetime.date(int(match["year"]), month, int(match["day"] or match["day_first"]))
    except ValueError:
        return None


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


def _is_prose(text: str) -> bool:
    return len(words(text)) >= MIN_WORDS and bool(_TERMINAL.search(text))


def _is_boilerplate(text: str) -> bool:
    n_words = len(words(text))
    if n_words <= MAX_PHRASE_WORDS and (_NOTICE.match(text) or (not _is_prose(text) and _PHRASE.match(text))):
        return True
    return n_words < 20 and bool(_SLOGAN.search(text))


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
            if not _TERMINAL.search(line.text) or len(words(line.text)) < 2 or _is_boilerplate(line.text):
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
            or _is_prose(line.text)
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
        best = short[-1].text if len(short) and not _is_prose(short[-1].text) else ""
    return best


def _judge(line: _Line, first: _Line, last: _Line, heading: str) -> str:
    if heading and match_key(line.text) == match_key(heading):
        return "title"
    if _BYLINE.match(line.text):
        return "byline"
    if line.number < first.number:
        return "site phrase" if _is_boilerplate(line.text) else "before the body"
    if _is_boilerplate(line.text):
        return "site phrase"
    if line.number > last.number:
        return "after the body"
    return "body" if _is_inner(line.text) else "no prose"


def _is_inner(text: str) -> bool:
    """Return whether a line inside the body belongs to it: prose, a short quoted or spoken sentence, a list item, a subheading."""
    if _TERMINAL.search(text) or text.endswith((":", ";", ",", "—", "-")):
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
