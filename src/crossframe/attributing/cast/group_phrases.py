"""Noun phrases for groups of people: "residents", "Quay police", "the council", "officials in Kyiv", "Kenyans"."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.cast.group_heads import (
    ABOUT,
    ABROAD,
    ARTICLES,
    DEFINITE,
    EXCLUDING,
    MIN_NUMBER,
    NUMBERS,
    OF_EVERY_STATE,
    OWN,
    OWN_STATE,
    PRONOUN_SUBJECTS,
    QUANTITIES,
    Cases,
    body_plurals,
    determines,
    group_heads,
    is_head,
    is_of_story,
    is_plain,
    means_group,
    modifies,
)
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
    is_headline,
    is_saying_verb,
    may_be_finite,
    split_words,
)

_COMPLEMENT = re.compile(
    r"\s(of|in|from|at)\s(the\s)?([A-Z][\w.-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w.-]*)*|(?:[a-z-]+\s?){1,4})(?P<owns>['’]s)?"
)
_ABROAD = re.compile(r"\s(?:abroad|overseas)\b")
_COPULAS = frozenset(["are", "were", "be", "become", "became", "being", "been"])
MAX_MODIFIERS = 3
_WORDS_TO_VERB = 8
"""Words behind a phrase among which its verb shows that "as" begins a clause."""


class GroupPhrase(NamedTuple):
    """A phrase for a group of people in a sentence.

    Parameters
    ----------
    start, end : int
        Offsets in characters of the sentence, from the article to the head, or to the name of a place or body behind it.
    noun : int
        Where the head begins.
    head : str
        Its noun, case-folded, in the plural where it has one.
    modifiers : tuple of str
        Words before the head that make another group of it ("riot" police), case-folded.
    anchor : str
        Place, body, party or person that owns it or where it is ("Quay" police, "residents of Velm"), "" where none is stated;
        ``abroad`` of natives away from their country ("Kenyans overseas").
    anchor_before : bool
        Whether the anchor stands before the head.
    definite : bool
        Whether "the", "these" or "those" stands before it, or whose it is ("his government").
    speaks : bool
        Whether a verb of saying follows.
    """

    start: int
    end: int
    noun: int
    head: str
    modifiers: tuple[str, ...]
    anchor: str
    anchor_before: bool
    definite: bool = False
    speaks: bool = False


def find_group_phrases(text: str, cases: Cases) -> Iterator[GroupPhrase]:
    """Yield the phrases of a sentence that mean a group of people.

    Heads are plurals of nouns for persons and nouns for bodies of people (``wordlists/people_nouns.tsv``); nouns that mean
    people only in their second sense count where "who" or a verb of saying follows, there or elsewhere in the event. So do
    adjectives of nations behind "the" ("the French"). Phrases with a small number or a pronoun
    as owner ("two officers", "his officers"), and those that deny or exclude ("no residents", "other residents"), are passed
    over, for they mean single persons or somebody else.

    Parameters
    ----------
    text : str
        Sentence.
    cases : Cases
        Of the event: whether the first word of a sentence is a name.

    Examples
    --------
    >>> text = "Angry Quay residents and riot police met officials in Kyiv, where shares fell."
    >>> phrases = find_group_phrases(text, Cases(frozenset(), frozenset({"quay"})))
    >>> [(text[one.start:one.end], one.anchor, one.modifiers) for one in phrases]
    [('Quay residents', 'Quay', ()), ('riot police', '', ('riot',)), ('officials in Kyiv', 'Kyiv', ())]
    """
    words = split_words(text)
    headline = is_headline(text, words)
    for at in range(len(words)):
        if is_head(text, words, at, headline, cases):
            phrase = _read_phrase(text, words, at, headline, cases)
            if phrase is not None:
                yield phrase


def _read_phrase(
    text: str, words: Sequence[Word], at: int, headline: bool, cases: Cases
) -> GroupPhrase | None:
    """Return the phrase whose head stands at `at`, None where it means nobody in particular."""
    head = words[at].key
    modifiers, first = _read_modifiers(text, words, at, headline, cases)
    owner, first_of_owner = _read_owner(text, words, first, headline, cases)
    own = owner in OWN_STATE and head in OF_EVERY_STATE and not modifiers
    if not own and (owner.casefold() in OWN or (owner and owner[:1].islower() and first_of_owner is None)):
        return None
    start_at = first if first_of_owner is None else first_of_owner
    determiner, start_at = _read_determiner(text, words, start_at, of_bodies=head in body_plurals())
    if (
        determiner in EXCLUDING
        or (determiner in OWN and not own)
        or _is_marked(text, words[start_at].start, words[at].end)
    ):
        return None
    anchor = owner if owner[:1].isupper() else ""
    if owner and not anchor and not own and not is_of_story(owner, head):
        modifiers = (owner, *modifiers)
    noun, end = "", words[at].end
    if not anchor:
        behind, noun, end = _read_complement(text, words[at])
        if behind is None:
            return None
        anchor, modifiers = behind, ((noun, *modifiers) if noun else modifiers)
    if not means_group(head, determiner or (anchor and owner), modifiers, anchor, noun):
        return None
    if start_at and not determiner and _is_predicate(words, start_at, at):
        return None
    following = words[at + 1] if at + 1 < len(words) else None
    return GroupPhrase(
        start=words[start_at].start,
        end=end,
        noun=words[at].start,
        head=head,
        modifiers=modifiers,
        anchor=anchor,
        anchor_before=anchor != "" and anchor == owner,
        definite=determiner in DEFINITE or own,
        speaks=following is not None and is_saying_verb(following.key) and not words[at].possessive,
    )


def _is_marked(text: str, start: int, end: int) -> bool:
    """Return whether a phrase stands alone in quotation marks: a word that somebody used (“losers”), and no group."""
    return text[start - 1 : start] in set("“\"‘'") and text[end : end + 2].lstrip(".,")[:1] in set("”\"’'")


def _is_predicate(words: Sequence[Word], first: int, at: int) -> bool:
    """Return whether the phrase says what somebody is: "they are residents", but not "as residents slept"."""
    before = words[first - 1].key
    if before != "as":
        return before in _COPULAS
    behind = words[at + 1 : at + 1 + _WORDS_TO_VERB]
    opens_clause = behind and not behind[0].capital and behind[0].key not in lexicons.function_words()
    return not opens_clause and not any(may_be_finite(word.key) for word in behind)


def _is_beside(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between == " " or (left.possessive and between in {"’s ", "'s ", "’ ", "' "})


def _read_modifiers(
    text: str, words: Sequence[Word], at: int, headline: bool, cases: Cases
) -> tuple[tuple[str, ...], int]:
    """Return the words before the head that make another group of it, and the position of the first word of the phrase."""
    modifiers: list[str] = []
    first = at
    while first and len(modifiers) < MAX_MODIFIERS and _is_beside(text, words[first - 1], words[first]):
        word = words[first - 1]
        passive = word.key.endswith("ed") and first > 1 and determines(words[first - 2].key)
        if word.possessive or _is_name(word, headline, cases) or not (passive or modifies(word.key)):
            break
        first -= 1
        if not is_plain(word.key):
            modifiers.insert(0, word.key)
    if modifiers and first and _may_be_verb(text, words, first):
        first += 1
        modifiers = modifiers[1:]
    return tuple(modifiers), first


def _may_be_verb(text: str, words: Sequence[Word], first: int) -> bool:
    """Return whether the first modifier may be a verb whose object the phrase is: "to protect residents", "Poe backs voters"."""
    key, before = words[first].key, words[first - 1]
    if not _is_beside(text, before, words[first]):
        return False
    if before.key in {"to", *lexicons.name_parts("auxiliary"), *PRONOUN_SUBJECTS}:
        return True
    if before.key in group_heads() and not before.possessive:
        return True
    return key.endswith("s") and (before.capital or before.key not in lexicons.function_words())


def _is_name(word: Word, headline: bool, cases: Cases) -> bool:
    """Return whether a word before the head is part of a name rather than a word that a beginning capitalises."""
    if not word.capital:
        return False
    if word.key in lexicons.function_words():
        return False
    known = word.key in cases.capitals or bool(country_code(word.text)) or word.key in lexicons.us_states()
    return not (word.opens or headline) or known


def _read_owner(
    text: str, words: Sequence[Word], first: int, headline: bool, cases: Cases
) -> tuple[str, int | None]:
    """Return the name or owner before the modifiers, and the position of its first word (None where there is none)."""
    if not first or not _is_beside(text, words[first - 1], words[first]):
        return "", None
    last = words[first - 1]
    if not _is_name(last, headline, cases):
        if last.possessive and not last.capital and not last.key.endswith(("day", "week", "year", "month")):
            return last.key, first - 1
        return ("", None) if last.key not in OWN else (last.key, None)
    if last.key in lexicons.calendar_words():
        return "", None
    begin = first - 1
    while (
        begin
        and not words[begin - 1].possessive
        and text[words[begin - 1].end : words[begin].start] == " "
        and _is_name(words[begin - 1], headline, cases)
        and words[begin - 1].key not in lexicons.calendar_words()
    ):
        begin -= 1
    return text[words[begin].start : last.end], begin


def _read_determiner(
    text: str, words: Sequence[Word], first: int, *, of_bodies: bool = False
) -> tuple[str, int]:
    """Return what stands before the phrase (article, number, "no"), and the position of its first word with it.

    Small numbers say "no", for they mean single persons; `of_bodies` says that they may count bodies ("the three companies").
    """
    determiner = ""
    while first and text[words[first - 1].end : words[first].start] == " ":
        word = words[first - 1]
        key = word.key
        if key[:1].isdigit():
            while first > 1 and text[words[first - 2].end : words[first - 1].start] == ",":
                first -= 1  # "2,000" is two words
            number = text[words[first - 1].start : word.end].replace(",", "")
            few = number.isdigit() and int(number) < MIN_NUMBER and not of_bodies
            determiner = "no" if few else determiner or key
        elif key in QUANTITIES:
            determiner = determiner or key
        elif key in ABOUT and determiner[:1].isdigit():
            pass
        elif key == "which" and text[: word.start].endswith(", "):
            break  # relative: "a tax, which fishermen say is new"
        elif of_bodies and key in NUMBERS:
            pass
        elif key in DEFINITE | ARTICLES | EXCLUDING | OWN:
            return (key if determiner != "no" else determiner), first - 1
        else:
            break
        first -= 1
    return determiner, first


def _read_complement(text: str, word: Word) -> tuple[str | None, str, int]:
    """Return the name and the noun behind the head ("of Velm", "of the union"), and where the phrase ends.

    The name is None where the phrase means nobody known.
    """
    away = _ABROAD.match(text, word.end)
    if away and word.key in lexicons.natives():
        return ABROAD, "", away.end()
    match = _COMPLEMENT.match(text, word.end)
    if match is None or word.possessive:
        return "", "", word.end
    preposition, name = match.group(1), match.group(3).strip()
    first = name.split()[0].casefold()
    if first in lexicons.calendar_words() or preposition == "at":
        return "", "", word.end
    if match["owns"]:
        return (None if preposition == "of" else ""), "", word.end
    if name[:1].isupper():
        name = name.rstrip(".")
        return name, "", match.start(3) + len(name)
    if preposition != "of" or word.key in lexicons.people_nouns("bodies"):
        return "", "", word.end  # "the jury of seven women" is the jury
    if first in OWN:
        return None, "", word.end
    nouns = list(takewhile(_is_noun, name.split()))
    return "", nouns[-1] if nouns and not is_of_story(nouns[-1], word.key) else "", word.end


def _is_noun(key: str) -> bool:
    return not (key in lexicons.function_words() and key not in group_heads()) and not may_be_finite(key)
