"""What stands beside a name and calls it a body ("the relief agency Lake Aid") or a state ("Velm's foreign minister")."""

import re
from functools import cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.syntax.words import country_code

_BEFORE_NAME = re.compile(r"(?P<words>(?:[\w’'-]+\s){0,4})(?P<noun>[\w-]+)(?:,?\s)$")
_BEHIND_NAME = re.compile(
    r"(?:\s\([^()]{2,12}\))?(?:\s?,\s|\s(?:is|was|became|remains)\s)(?:(?:once|now|still|long)\s)?"
    r"(?:an?|the|its|their|[\w’' -]{2,30}[’']s)\s(?P<words>(?:[\w’'-]+\s){0,5}?[\w-]+)"
    r"(?=[,.;:)]|$|\s(?:of|for|at|from|in|on|with|to|by|that|which|whose|where|based|owned|run|led|backed|founded|made|known|called)\b)"
)
"""An apposition or predicate up to its noun: what is no apposition goes on with a verb ("In Velm, the ministry said")."""
_OWNS_STATE_BODY = re.compile(
    r"(?:[’']s?)?\s(?:(?:foreign|prime|interior|defen[cs]e|finance)\s)(?:minister|ministry)\b|[’']s?\s(?:army|navy|armed forces|embassy)\b"
)
"""Behind a name: offices and bodies that only states have, beside persons of whom one says "his army"."""
_BESIDE_STATE = re.compile(
    r"(?:\b[Nn]eighbou?ring|\bborders? (?:with|to)|\b[Tt]he government (?:in|of)|\bcapital of|\brelations with|\b(?:invasion|annexation) of)\s$"
)
"""Before the name of a state or country, and of no person."""


class Described(NamedTuple):
    """What stands beside a name: nouns that call it a body, all words with them, and codes of the nations among these."""

    nouns: frozenset[str]
    words: frozenset[str]
    nations: frozenset[str]


@cache
def body_classes(key: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes of bodies for any of which a lower-case noun is used, and those of which it names one sort.

    Examples
    --------
    >>> [sorted(classes) for classes in body_classes("carmaker")]
    [[], ['company']]
    """
    persons = lexicons.people_nouns("persons") | lexicons.people_nouns("plurals")
    makes = key == "maker" or (key.endswith("maker") and f"{key}s" not in persons)
    return lexicons.body_nouns().get(key, (frozenset(), frozenset({"company"} if makes else ())))


@cache
def is_body_noun(key: str) -> bool:
    """Return whether a lower-case word is a noun for any body of some class ("club"), or for one sort of them ("carmaker").

    Examples
    --------
    >>> [is_body_noun(noun) for noun in ("club", "ministry", "carmaker", "river")]
    [True, True, True, False]
    """
    return bool(body_classes(key)[0] | body_classes(key)[1])


def describe_body(text: str, start: int, end: int) -> Described:
    """Return what is said of the name from `start` to `end` of a sentence before it and in an apposition or predicate behind.

    Examples
    --------
    >>> text = "The Danish investment firm Brandt met Poe and Sons, the oldest tyre maker of Velm."
    >>> found = describe_body(text, 27, 33)
    >>> sorted(found.nouns), sorted(found.words), sorted(found.nations)
    (['firm'], ['danish', 'firm', 'investment'], ['DK'])
    >>> sorted(describe_body(text, 38, 50).nouns)
    ['maker']
    """
    phrases: list[list[str]] = []
    found = _BEFORE_NAME.search(text[max(0, start - 90) : start])
    if found:
        phrases.append([*found["words"].split(), found["noun"]])
    behind = _BEHIND_NAME.match(text[end : end + 130])
    if behind:
        phrases.append(behind["words"].split())
    phrases = [words for words in phrases if words and is_body_noun(words[-1])]
    listed = [word for words in phrases for word in words if word.casefold() not in lexicons.function_words()]
    nations = {country_code(word) for word in listed if word[:1].isupper()} - {""}
    keys = frozenset(word.casefold() for word in listed)
    return Described(frozenset(words[-1] for words in phrases), keys, frozenset(nations))


def state_evidence(text: str, start: int, end: int) -> int:
    """Return what shows that a name is a state's: 2 what stands before it, 1 what it owns, as a ruler may too, 0 nothing.

    Examples
    --------
    >>> [state_evidence(text, 12, 16) for text in ("Neighboring Velm left.", "A letter by Velm’s army.", "A memory of Velm.")]
    [2, 1, 0]
    """
    if _BESIDE_STATE.search(text[max(0, start - 40) : start]):
        return 2
    return 1 if _OWNS_STATE_BODY.match(text[end : end + 40]) else 0
