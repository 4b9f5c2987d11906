"""Bodies of a state, named by country and common noun: "the Georgian parliament" and "Georgia's parliament" are one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from crossframe import lexicons
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, follows_phrase, is_headline, split_words
from crossframe.records import Sentences
from crossframe.text import name_key

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
"""American states have these too: whose "Georgia's Senate" is cannot be known."""
_NEVER_ALONE = frozenset(
    {"a", "an", "another", "any", "every", "future", "former", "interim", "new", "next", "no"}
)
_FOLLOWED = re.compile(r"spokes(?:man|woman|person|men|people)\b|official\b|officials\b|statement\b")
_NATIONS = {"US": "U.S.", "GB": "British"}
MIN_OCCURRENCES = 2
"""Times that an event must have a body, in any form, for names by country and common noun to be added."""


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
    """Return the form that all names of a state's body have in common, "" where `name` is no such name.

    Examples
    --------
    >>> [state_body(one) for one in ("Georgia’s parliament", "Parliament of Georgia", "the Georgian Parliament")]
    ['Georgian parliament', 'Georgian parliament', 'Georgian parliament']
    >>> state_body("US Army"), state_body("Russian Ministry of Foreign Affairs"), state_body("Georgia's Senate")
    ('U.S. army', 'Russian Foreign Ministry', '')
    """
    match = _pattern().fullmatch(name_key(name).removeprefix("the "))
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
    """Return the noun as news spells it: ministries and courts capitalised, what every state has in lower case."""
    ministry = _MINISTRY_OF.fullmatch(noun)
    spelled = f"{ministry.group(1)} ministry" if ministry else noun
    spelled = spelled.replace("defence", "defense").replace("labour", "labor")
    capitalised = spelled.endswith((" ministry", " court", " guard", " bank")) or spelled in {
        "senate",
        "congress",
    }
    return spelled.title() if capitalised else spelled


def add_state_bodies(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return `names` and the bodies that a country and a common noun name, except those that occur once.

    A body is named where its noun ends the phrase ("the Israeli army said", not "the Israeli army base"), or before a
    spokesman. A country's name inside the name of a body is replaced by it; all other names stay.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As finders and rules found them.

    Returns
    -------
    list of Name
        In order of sentences and offsets; those added have the kind organisation.
    """
    by_row: dict[int, list[Name]] = {}
    for name in names:
        by_row.setdefault(name.row, []).append(name)
    bodies = [
        body
        for row, text in enumerate(sentences.text)
        for body in _bodies_in(sentences, row, text)
        if not any(_overlaps(name, body) for name in by_row.get(row, ()))
    ]
    counts = Counter(state_body(name.text) for name in (*bodies, *names))
    bodies = [body for body in bodies if counts[state_body(body.text)] >= MIN_OCCURRENCES]
    covered = {(body.row, at) for body in bodies for at in range(body.start, body.end)}
    others = [name for name in names if (name.row, name.start) not in covered]
    return sorted([*others, *bodies], key=lambda name: (name.row, name.start))


def _overlaps(name: Name, body: Name) -> bool:
    """Return whether `name` shares characters with `body` and is more than the country in it."""
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
    """Return whether a noun phrase may end at `end`: no further noun follows, unless it is somebody who speaks for a body.

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
