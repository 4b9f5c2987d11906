"""Bodies of a state named by country and common noun: "the Georgian parliament", "Georgia's parliament", one body."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from crossframe import lexicons
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, follows_phrase, is_headline, split_words
from crossframe.records import Sentences
from crossframe.text import match_key

_PORTFOLIOS = (
    "foreign|defen[cs]e|interior|finance|justice|health|energy|economy|education|culture|agriculture|transport|trade|"
    "labou?r|environment|emergencies|oil|information"
)
_MINISTRY_OF = re.compile(r"ministry of ([a-z]+)(?: affairs)?")
_NOUNS = (
    rf"parliament|government|cabinet|army|military|navy|air force|police|coast guard|(?:{_PORTFOLIOS}) ministry|"
    rf"ministry of (?:{_PORTFOLIOS})(?: affairs)?|senate|congress|supreme court|constitutional court|high court|central bank"
)
_NOUN = re.compile(rf"\b(?:{_NOUNS})\b", re.IGNORECASE)
_OF_STATES_TOO = frozenset({"government", "police", "senate", "congress", "supreme court"})
"""American states have these: "Georgia's Senate" is of nobody knows whom."""
_NEVER_ALONE = frozenset(
    {"a", "an", "another", "any", "every", "future", "former", "interim", "new", "next", "no"}
)
_FOLLOWED = re.compile(r"spokes(?:man|woman|person|men|people)\b|official\b|officials\b|statement\b")
_NATIONS = {"US": "U.S.", "GB": "British"}
LEAST = 2
"""A body that only capitals or a country tell is spotted when the event has it so often in any form."""


@cache
def _pattern() -> re.Pattern[str]:
    of_country = sorted(
        (re.escape(word) for word in (*lexicons.demonyms(), *_countries())), key=lambda one: (-len(one), one)
    )
    country = "|".join(of_country)
    return re.compile(
        rf"\b(?:({country})(?:'s?)?\s({_NOUNS})|({_NOUNS}) of (?:the )?({country}))(?![\w-])", re.IGNORECASE
    )


@cache
def _countries() -> frozenset[str]:
    short = {name for name, (kind, _) in lexicons.known_actors().items() if kind == "country"}
    return frozenset(lexicons.territories()) | short


@lru_cache(maxsize=8192)
def state_body(name: str) -> str:
    """Return the form that all names of a state's body share, "" where `name` is no such name.

    Examples
    --------
    >>> [state_body(one) for one in ("Georgia’s parliament", "Parliament of Georgia", "the Georgian Parliament")]
    ['Georgian parliament', 'Georgian parliament', 'Georgian parliament']
    >>> state_body("US Army"), state_body("Russian Ministry of Foreign Affairs"), state_body("Georgia's Senate")
    ('U.S. army', 'Russian Foreign Ministry', '')
    """
    match = _pattern().fullmatch(match_key(name).removeprefix("the "))
    if match is None:
        return ""
    country, noun = match.group(1) or match.group(4), match.group(2) or match.group(3)
    if country in lexicons.us_states() and noun in _OF_STATES_TOO:
        return ""
    code = country_code(country)
    if code == "EU":
        return ""  # its parliament is no state's
    adjective = _NATIONS.get(code) or next(
        (word.capitalize() for word, own in lexicons.demonyms().items() if own == code), ""
    )
    return f"{adjective} {_spell(noun)}" if adjective else ""


def _spell(noun: str) -> str:
    """Return the noun as news spells it: ministries and courts large, what every state has small."""
    ministry = _MINISTRY_OF.fullmatch(noun)
    told = f"{ministry.group(1)} ministry" if ministry else noun
    told = told.replace("defence", "defense").replace("labour", "labor")
    large = told.endswith((" ministry", " court", " guard", " bank")) or told in {"senate", "congress"}
    return told.title() if large else told


def add_state_bodies(sentences: Sentences, spotted: Sequence[Name]) -> list[Name]:
    """Return `spotted` with the bodies that a country and a common noun name, those met once left out.

    A body is named where its noun ends the phrase ("the Israeli army said", not "the Israeli army base"), or before a
    spokesman. Names that a finder spotted stand: of those, only the country's inside a body's name gives way.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    spotted : sequence of Name
        From a finder.

    Returns
    -------
    list of Name
        In order of sentences and offsets; `text` of those added as written, `kind` organisation.
    """
    by_row: dict[int, list[Name]] = {}
    for name in spotted:
        by_row.setdefault(name.row, []).append(name)
    found = [
        one
        for row, text in enumerate(sentences.text)
        for one in _bodies_in(sentences, row, text)
        if not any(_claims(name, one) for name in by_row.get(row, ()))
    ]
    counts = Counter(state_body(name.text) for name in (*found, *spotted))
    found = [one for one in found if counts[state_body(one.text)] >= LEAST]
    covered = {(one.row, at) for one in found for at in range(one.start, one.end)}
    kept = [name for name in spotted if (name.row, name.start) not in covered]
    return sorted([*kept, *found], key=lambda name: (name.row, name.start))


def _claims(name: Name, body: Name) -> bool:
    """Return whether a spotted name that lies across `body` is more than the country in it."""
    return name.start < body.end and body.start < name.end and not country_code(name.text)


def _bodies_in(sentences: Sentences, row: int, text: str) -> Iterator[Name]:
    if _NOUN.search(text) is None:
        return
    offset = int(sentences.start[row])
    for match in _pattern().finditer(text.replace("’", "'")):
        written = text[match.start() : match.end()]
        country = (match.group(1) or match.group(4))[:1]
        before = text[: match.start()].rsplit(None, 1)[-1:]
        spoken = _FOLLOWED.match(text[match.end() :].lstrip())
        indefinite = bool(before) and before[0].casefold() in _NEVER_ALONE and spoken is None
        if (
            not country.isupper()
            or indefinite
            or not state_body(written)
            or not ends_phrase(text, match.end())
        ):
            continue
        yield Name(
            article=sentences.article_of(row).id,
            row=row,
            start=offset + match.start(),
            end=offset + match.end(),
            text=" ".join(written.split()),
            kind="organisation",
            certain=not is_headline(text, split_words(text)),
        )


def ends_phrase(text: str, end: int) -> bool:
    """Return whether a noun phrase may end at `end`: no noun goes on with it, but for those who speak for a body.

    Examples
    --------
    >>> [ends_phrase(f"the Georgian parliament{rest}", 23) for rest in (" voted", " in May", " speaker", "’s vote")]
    [True, True, False, True]
    """
    rest = text[end : end + 40]
    word = re.match(r"\s([^\W_]+(?:[’'-][^\W_]+)*)", rest)
    if word is None:
        return not rest[:1].isalnum() and rest[:1] not in {"-", "/"}
    key = word.group(1).casefold()
    return (
        word.group(1)[:1].isupper()
        or key.isdigit()
        or _FOLLOWED.match(key) is not None
        or follows_phrase(key)
    )
