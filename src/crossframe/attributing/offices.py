"""Which persons hold an office or bear a title, by what the articles say beside their names."""

import re
from collections.abc import Iterator
from functools import cache

from crossframe import lexicons
from crossframe.records import Cast, Sentences

ADULT = 18
"""Years from which on an office can be meant: who is younger is a minor, whatever else is said of them."""
_TOKENS = re.compile(r"[^\W_](?:[\w.’'-]*\w)?\.?")
_LEADING_DETERMINER = re.compile(r"(?:the|a|an|its|their|his|her|our|\w+[’']s?)\s", re.IGNORECASE)
_AGE_AFTER = re.compile(
    r",?\s\(?(?:aged?\s|an?\s)?(\d{1,2})(?:,|\)|\.|;|\s(?:and|was|who|said)\b|-year-old\b)"
)
_AGE_BEFORE = re.compile(r"\b(\d{1,2})-year-old\s(?:[\w’'-]+\s){0,3}$")
_AGE = re.compile(r",\s\d{1,3}(?=,)")
_IS = re.compile(
    r",\s(?:who\s(?:is|was)\s|now\s|then\s|formerly\s|currently\s)?"
    r"|\s(?:is|was|became|remains|has\sbeen|had\sbeen|served\sas|serves\sas)\s(?:now\s|then\s|still\s|also\s)?"
    r"|\s\((?=[^)]*\))"
)
_BECAME = re.compile(
    r",?\s(?:who\s)?(?:(?:was|is|has\sbeen|had\sbeen)\s)?"
    r"(?:re-?elected|elected|appointed|named|nominated|sworn\sin|inaugurated)\s(?:as\s|to\sbe\s|to\s|for\s)?"
)
_LEFT = re.compile(
    r",?\s(?:who\s)?(?:has\s|had\s)?(?:quit|resigned|retired|returned|stepped\sdown|served|serves|serving)\sas\s"
)
_RUNS = re.compile(
    r",?\s(?:who\s)?(?:is\s|was\s)?(?:running|ran|runs|stood|standing|campaigning|elected)\s(?:for|as|to)\s"
)
_MADE = re.compile(r"\b(?:elected|appointed|named|nominated|made)\s$")
_PARTY_AND_STATE = re.compile(r"\s?[,(]\s?[RDI]-[A-Z]")
_APPOSITION_BEFORE = re.compile(
    r"(?:^|[\s(])((?:the|a|an|its|their|his|her|our|\w+[’']s?)\s[^,.;:“”\"()]{2,60}), $", re.IGNORECASE
)
_END = re.compile(
    r"(?<=[a-z0-9)])\.(?=\s|$)|[,;:()“”\"—–]|\s(?:who|whom|whose|which|that|where|when|while|after|before|since|until)\s"
)
_AFTER_HEAD = re.compile(r"\s(?:of|for|at|from|in|on|with|to|by|under|over|during|against)\s")
_AND = re.compile(r"\s(?:and|&)\s")
_ADJACENT = re.compile(r"(\S+)\s$")
_PLURAL = re.compile(r"\b([A-Za-z]+s)\.?\s(?:like\s|including\s)?")
_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*(?:\s|,\s|,?\sand\s))+")
_OF_PLACE = re.compile(r"(\S+)\sof\s(?:the\s)?((?:[A-Z][\w.’'-]*\s){1,3})$")
_ELECT = ("-elect", "-designate")


def find_officeholders(sentences: Sentences, cast: Cast) -> frozenset[str]:
    """Return the persons of a cast to whom the articles give an office, a rank or a title.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Its actors and their mentions.

    Returns
    -------
    frozenset of str
        Ids of actors of kind person. What counts stands beside a name, in any article: a title before it ("Mayor Bell"),
        an apposition ("Bell, the mayor of Velm,", "the mayor, Ann Bell,"), a predicate ("Bell was elected mayor"), or party
        and state ("Bell, D-Ohio"). Nobody whom an article says to be younger than `ADULT` is among them.

    Examples
    --------
    >>> from crossframe.records import Actor, Article, Spans
    >>> text = "Mayor Ann Bell met Tim Roe, a driver."
    >>> people = (Actor("ann-bell", "Ann Bell", kind="person"), Actor("tim-roe", "Tim Roe", kind="person"))
    >>> rows = [{"article": "a", "start": at, "end": at + n, "actor": id, "kind": "name"}
    ...         for id, at, n in (("ann-bell", 6, 8), ("tim-roe", 19, 7))]
    >>> article = Article("a", "e", "o", "", text)
    >>> sorted(find_officeholders(Sentences((article,), [0], [1], [0], [37]), Cast(people, Spans.from_rows(rows))))
    ['ann-bell']
    """
    persons = {actor.id for actor in cast.actors if actor.kind == "person"}
    found, minors = set(), set()
    for row in cast.mentions.rows():
        if row["actor"] not in persons or row["kind"] != "name":
            continue
        at = sentences.locate(row["article"], row["start"])
        offset, text = int(sentences.start[at]), sentences.text[at]
        start, end = row["start"] - offset, min(row["end"] - offset, len(text))
        before, name, after = text[:start], text[start:end], text[end:]
        if is_minor(before, after):
            minors.add(row["actor"])
        elif has_office(before, name, after):
            found.add(row["actor"])
    return frozenset(found - minors)


def is_minor(before: str, after: str) -> bool:
    """Return whether what stands before and after a name says that its bearer is a minor.

    Examples
    --------
    >>> is_minor("The 15-year-old student ", " was hurt."), is_minor("", ", 34, was hurt.")
    (True, False)
    """
    matches = (_AGE_AFTER.match(after), _AGE_BEFORE.search(before))
    return any(int(match.group(1)) < ADULT for match in matches if match is not None)


def has_office(before: str, name: str, after: str) -> bool:
    """Return whether a sentence gives the bearer of a name an office, by what stands before and after it.

    Examples
    --------
    >>> has_office("Police said ", "Ann Bell", ", the mayor of Velm, was out.")
    True
    >>> has_office("The driver was ", "Ann Bell", ", the mayor said.")
    False
    """
    return (
        _is_titled(before, name)
        or _PARTY_AND_STATE.match(after) is not None
        or any(map(_names_office, _list_descriptions(before, after)))
        or any(_names_post(words) for words in _after(_RUNS, after))
    )


def _list_descriptions(before: str, after: str) -> Iterator[str]:
    """Yield the appositions and predicates of a name, each with what follows it."""
    aged = _AGE.match(after)
    rest = after[aged.end() :] if aged else after
    yield from _after(_IS, rest)
    yield from _after(_BECAME, rest)
    yield from _after(_LEFT, rest)
    if _MADE.search(before):
        yield after.lstrip().removeprefix("as ")
    leading = _APPOSITION_BEFORE.search(before)
    if leading and after[:1] in {",", "."}:
        yield leading.group(1)


def _after(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    match = pattern.match(text)
    if match is not None:
        yield text[match.end() :]


def _is_titled(before: str, name: str) -> bool:
    """Return whether a title stands before a name, or is its first word."""
    first, *others = name.split()
    if others and first.casefold() not in lexicons.first_names() and _is_title(first):
        return True
    adjacent = _ADJACENT.search(before)
    if adjacent is None:
        return False
    lowered = f" {before.casefold()}"
    if _is_title(adjacent.group(1)) or any(
        lowered.endswith(f" {one} ") for one in lexicons.offices("compound")
    ):
        return True
    if _is_listed(before):
        return True
    placed = _OF_PLACE.search(before)
    titles = lexicons.name_titles()
    return (
        placed is not None
        and _key(placed.group(1)) in lexicons.offices("office")
        and not any(_key(word) in titles for word in placed.group(2).split())
    )


def _is_listed(before: str) -> bool:
    """Return whether a name is one of several after a title in the plural: "Sens. Ann Bell, Tim Roe and ..."."""
    titles = lexicons.offices("office") | lexicons.offices("before")
    return any(
        _key(match.group(1)).removesuffix("s") in titles and _NAMES.fullmatch(before, match.end())
        for match in _PLURAL.finditer(before)
    )


def _is_title(word: str) -> bool:
    key = _key(word)
    is_any = key in lexicons.offices("office") or key in lexicons.offices("before")
    return is_any or (key in lexicons.offices("title") and word[:1].isupper())


def _key(word: str) -> str:
    """Return a word as the list has it: without quotation marks, full stop, "then-" before and "-elect" behind it."""
    key = word.strip("“”\"'’(").casefold().rstrip(".")
    for ending in _ELECT:
        key = key.removesuffix(ending)
    return key if key in lexicons.offices("office") else key.rsplit("-", 1)[-1]


def _names_office(words: str) -> bool:
    """Return whether a description begins with an office: "the mayor of Velm", "chairman and chief executive"."""
    phrase = _END.split(words, maxsplit=1)[0].strip()
    if not phrase or any(word in _verbs() for word in _TOKENS.findall(phrase)):
        return False
    bare = _LEADING_DETERMINER.sub("", phrase, count=1) if _LEADING_DETERMINER.match(phrase) else phrase
    if _begins_with_compound(bare):
        return True
    parts = [_TOKENS.findall(part) for part in _AND.split(_AFTER_HEAD.split(f"{bare} ", maxsplit=1)[0])]
    if not all(parts) or any(_is_grammar(word) for part in parts for word in part):
        return False
    lasts = [_key(part[-1]) for part in parts]
    known = lexicons.offices("office")
    whole = [" ".join(part).casefold() for part in parts]
    ends = [
        last in known or any(one.endswith(c) for c in lexicons.offices("compound"))
        for last, one in zip(lasts, whole, strict=True)
    ]
    return any(ends) and all(
        end or last in lexicons.person_nouns() for end, last in zip(ends, lasts, strict=True)
    )


def _names_post(words: str) -> bool:
    """Return whether what somebody runs for is an office, or the seat that goes with one."""
    if _names_office(words):
        return True
    phrase = _AFTER_HEAD.split(f"{_END.split(words, maxsplit=1)[0].strip()} ", maxsplit=1)[0]
    found = _TOKENS.findall(phrase)
    return bool(found) and found[-1].casefold() in lexicons.offices("post")


def _begins_with_compound(phrase: str) -> bool:
    lowered = phrase.casefold()
    for one in lexicons.offices("compound"):
        at = re.search(rf"(?<![\w’'-]){re.escape(one)}(?![\w’'-])", lowered)
        if at and len(before := lowered[: at.start()].split()) <= 4 and not any(map(_is_grammar, before)):
            return True
    return False


def _is_grammar(word: str) -> bool:
    """Return whether a word shows that a phrase is more than one noun with its adjectives."""
    return word.casefold() in lexicons.stop_words() or word.casefold() in {"not", "no", "never"}


@cache
def _verbs() -> frozenset[str]:
    """Return forms after which a phrase is a clause: "the mayor said", "the mayor has gone"."""
    finite = {
        form for form, (tense, _) in lexicons.saying_verbs().items() if tense == "finite" and " " not in form
    }
    nouns = lexicons.name_parts("verb-or-noun")
    return frozenset(finite - nouns) | lexicons.name_parts("auxiliary") | {"had", "were", "are", "been"}
