"""Whom a pronoun may mean: persons without a name too, and the syntactic place of each in its clause."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import follows_phrase, kind_of_known, may_be_finite
from crossframe.records import Sentences
from crossframe.text import WORD

_GOVERNING_PREPOSITION = re.compile(
    r"\b(?:about|against|alongside|among|around|at|behind|below|beside|between|by|for|from|in|into|like|near|of|on|over|"
    r"than|to|toward|towards|under|unlike|via|with|without)\s(?:[A-Z][\w.’\'-]*\s|(?:the|a|an|his|her|its|their|former|"
    r"then|vice|president|[a-z]+-[a-z]+)\s){0,5}$"
)
_CLAUSE_OPENING = re.compile(
    r"(?:^|[,;:—–“”\"]|\b(?:that|and|but|because|when|while|after|before|if|as|where|whether|although|"
    r"though|since|until|so|said|says)\b)\W*(?:[A-Z][\w.’\'-]*\s|(?:the|a|an|former|then|vice|president|says?)\s){0,5}$"
)
_VERB = re.compile(
    r"(?:\s?[,(][^,()]{1,90}[,)]|\s?,[^,]{1,60},[^,]{1,60},)?\s(?:also |then |later |never |now |still |first |just |[a-z]+ly )?([a-z]+(?:n[’\']t)?)\b"
)
_FROM_PLACE = re.compile(
    r"\s(?:of|from|in)\s(?:the\s)?(?:[a-z][a-z-]+\s){0,4}[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}(?=,?\s[a-z])"
)
"""Behind a name: "Ann Poe of Ohio said", "Ann Poe of the relief agency Lake Aid said"."""
_APPOSED = re.compile(
    r"\W*(?:The|An?|Its|Their|His|Her|[A-Z][\w’'-]*[’']s?)\s(?:(?!(?:against|by|from|in|on|that|to|who|with)\b)[\w’'-]+\s)*"
    r"[\w’'-]+,\s(?:[A-Z][\w’'-]*\.?\s){0,3}"
)
"""From the beginning of the sentence to a name, where it is what the description before it calls: "The premier, Dr. Ann Poe, said", "A
spokesman for the army, Tim Roe, said"."""
_JOINED = re.compile(r"[A-Z][\w.’'-]*\)?,?\s(?:and|or)\s(?:[A-Z][\w.’'-]*\s){0,3}$")
_JOINS = re.compile(r",?\s(?:and|or)\s[A-Z]")
"""Before the second and behind the first of two names that are one subject: "Ann Poe of Ohio and Bob Roe said"."""
_DETERMINER = r"(?:a|an|the|his|her|their|its|my|our|this|that|one|another|some|every|each|no|[’\']s)"
_COPULA = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|became|become|as|named|called|not|remains?)|,)\s$"
)


_NEW = re.compile(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s((?:[\w’'-]+\s){0,2}[\w’'-]+)")
"""Somebody new: an indefinite article, and a noun."""
_TAKES_UP = re.compile(r"(?:(?:But|And|Yet|Then|Later|Still)\s)?(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")


class Referent(NamedTuple):
    """Somebody whom a pronoun may mean: offsets in the document, id ("" without a name), gender ("" unknown), place.

    ``place`` is ``subject``, ``possessive``, ``oblique`` (after a preposition) or ``other``.
    """

    start: int
    end: int
    id: str
    gender: str
    place: str
    pronoun: bool = False


def read_place(text: str, start: int, end: int, pronoun: str = "") -> str:
    """Return the syntactic place of the words from `start` to `end` of a sentence in their clause.

    Examples
    --------
    >>> text = "After talks with Ann Poe, Senator Roe backed Mr. Lee's plan."
    >>> [read_place(text, text.index(name), text.index(name) + len(name)) for name in ("Ann Poe", "Roe", "Lee")]
    ['oblique', 'subject', 'possessive']
    >>> read_place("Fiji's premier, Ann Poe, said no.", 16, 23)
    'subject'
    """
    if pronoun:
        return (
            "subject" if pronoun in {"he", "she"} else "possessive" if pronoun in {"his", "her"} else "other"
        )
    before, after = text[max(0, start - 80) : start], text[end : end + 160]
    if after[:2] in {"'s", "’s", "’ ", "' "} or after[:3] == " 's":
        return "possessive"
    if _GOVERNING_PREPOSITION.search(before):
        return "oblique"
    place = _FROM_PLACE.match(after)
    after = after[place.end() :] if place else after
    if _JOINED.search(before) or _JOINS.match(after):
        return "other"
    if after[:2] == ", " and _is_apposed(text, start):
        after = after[1:]
    verb = _VERB.match(after)
    word = verb.group(1) if verb else ""
    if may_be_finite(word) or (_CLAUSE_OPENING.search(before) and (word.endswith("s") or not before.strip())):
        return "subject"
    return "other"


def _is_apposed(text: str, start: int) -> bool:
    """Return whether the description that opens a sentence is of the name at `start`, and of nobody inside it."""
    match = _APPOSED.fullmatch(text, 0, start)
    inside = match is not None and re.search(r"\s(?:at|for)\s(?:[\w’'-]+\s)*([\w’'-]+),", match.group())
    return match is not None and not (inside and inside.group(1) in lexicons.person_nouns())


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(lexicons.person_nouns(), key=lambda noun: (-len(noun), noun)))
    return re.compile(
        rf"(?:\b|(?<=\w)){_DETERMINER}\s((?:[\w’\'-]+\s){{0,3}}?)({nouns})\b(?!-)", re.IGNORECASE
    )


@cache
def _singulars() -> Mapping[str, str]:
    """Return nouns for one person, of all lists of nouns for people -> gender."""
    nouns: dict[str, str] = {}
    for plural in sorted(lexicons.people_nouns("persons")):
        if plural.endswith(("men", "women")):
            nouns[f"{plural[:-2]}an"] = "f" if plural.endswith("women") else "m"
        elif plural.endswith("ies"):
            nouns[f"{plural[:-3]}y"] = ""
        elif plural.endswith("s"):
            nouns[plural.removesuffix("es" if plural.endswith(("ches", "shes", "sses", "xes")) else "s")] = ""
    nouns |= {noun: "f" for noun in nouns if noun.endswith("ess") and not noun.endswith("ness")}
    return MappingProxyType(nouns | dict(lexicons.person_nouns()))


def name_persons(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return the names, as persons those that "he" or "she" takes up: what a finder took for a body is none.

    The name is the subject of its sentence, in which nobody else is named or described, and the next begins with the pronoun.
    All places with the same words are persons then.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As found and described.
    """
    by_row: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        by_row[name.row].append(name)
    persons = {name.text for name in names if _is_taken_up(sentences, name, by_row[name.row])}
    return [replace(name, kind="person") if name.text in persons else name for name in names]


def _is_taken_up(sentences: Sentences, name: Name, beside: Sequence[Name]) -> bool:
    words, row = name.text.split(), name.row
    plain = all(word[:1].isupper() and word.isalpha() for word in words) and 2 <= len(words) <= 4
    if name.kind not in {"", "organisation", "other"} or not plain or kind_of_known(name.text):
        return False
    if words[-1].casefold() in lexicons.organisation_heads() or row + 1 >= len(sentences.text):
        return False
    text, start = sentences.text[row], name.start - int(sentences.start[row])
    same = sentences.article_of(row) is sentences.article_of(row + 1) and int(sentences.index[row]) > 0
    others = any(one is not name and one.kind in {"", "person"} for one in beside)
    described = any(
        word in _singulars() for word in WORD.findall(text[name.end - int(sentences.start[row]) :].casefold())
    )
    return (
        same
        and start == 0
        and not others
        and not described
        and _TAKES_UP.match(sentences.text[row + 1]) is not None
        and read_place(text, start, start + len(name.text)) == "subject"
    )


def unnamed_referents(text: str, offset: int, taken: Sequence[tuple[int, int]]) -> list[Referent]:
    """Return the persons in a sentence who have no name there: "his wife", "the officer", "a woman".

    Descriptions beside a name ("Ann Poe, an actress", "his wife Ann", "Poe was a lawyer") are no further persons. Of nouns that
    mean one person in a longer list ("a fisherman") those count that are new to the story and the subject.

    Parameters
    ----------
    text : str
        Sentence.
    offset : int
        Where it begins in the document.
    taken : sequence of (start, end)
        Names and resolved descriptions, in characters of the document.

    Examples
    --------
    >>> [(one.start, one.gender) for one in unnamed_referents("His wife thanked a doctor.", 0, [])]
    [(0, 'f'), (17, '')]
    """
    referents = []
    for match in _pattern().finditer(text):
        start, end = match.start(), match.end()
        if any(first < end + offset and start + offset < last for first, last in taken):
            continue
        if not text[:start].strip("“\"‘'") and any(_is_apposed(text, first - offset) for first, _ in taken):
            continue
        after = text[end : end + 4]
        if re.match(r"\s?,?\s[A-Z]", after) or _COPULA.search(text[max(0, start - 12) : start]):
            continue
        if lexicons.person_nouns().get(after.strip()) is not None:
            continue
        gender = lexicons.person_nouns()[match.group(2).casefold()]
        referents.append(Referent(start + offset, end + offset, "", gender, read_place(text, start, end)))
    return referents + _new_subjects(text, offset, taken, [one.start - offset for one in referents])


def _new_subjects(
    text: str, offset: int, taken: Sequence[tuple[int, int]], found: Sequence[int]
) -> list[Referent]:
    """Return somebody new of whom a sentence tells ("A fisherman had drowned"), but for those `found` already."""
    opens = any(_is_apposed(text, first - offset) for first, _ in taken)
    new = []
    for match in _NEW.finditer(text):
        start, end, word = match.start(), 0, ""
        for each in WORD.finditer(text, match.start(1), match.end(1)):
            word = each.group().casefold()
            if word in _singulars():
                end = each.end()
                break
        free = not any(first < end + offset and start + offset < last for first, last in taken)
        following = re.match(r"\s([a-z]+)\b", text[end:])
        ends = following is None or follows_phrase(following.group(1)) or following.group(1).endswith("s")
        beside = re.match(r",?\s[A-Z]", text[end:]) or (opens and not text[:start].strip("“\"‘'"))
        if end and free and ends and not beside and start not in found:
            place = read_place(text, start, end)
            new += [Referent(start + offset, end + offset, "", _singulars()[word], place)]
    return [one for one in new if one.place == "subject"]
