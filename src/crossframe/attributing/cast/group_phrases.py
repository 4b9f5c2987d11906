"""Noun phrases for groups of people: "residents", "Quay police", "the council", "officials in Kyiv", "Kenyans"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.state_bodies import ends_phrase
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
    follows_phrase,
    is_headline,
    is_saying_verb,
    may_be_finite,
    split_words,
)

_DEFINITE = frozenset(["the", "these", "those"])
_ARTICLES = frozenset({"a", "an"})
_QUANTITIES = frozenset(
    ["all", "some", "many", "most", "more", "several", "few", "fewer", "half", "dozens", "hundreds", "thousands", "tens",
     "scores", "millions", "dozen", "hundred", "thousand", "million", "numerous", "countless", "both"]
)  # fmt: skip
_EXCLUDING = frozenset(
    ["no", "any", "other", "another", "every", "each", "such", "what", "which", "whatever", "neither", "either", "fellow",
     "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)  # fmt: skip
"""Words with which a phrase means nobody in particular, others, or a few single persons."""
_OWN = frozenset(["his", "her", "its", "their", "our", "my", "your", "whose"])
_MIN_NUMBER = 20
"""Figures below it count single persons ("17 people were hurt")."""
_DESCRIBING = frozenset(
    ["local", "nearby", "senior", "top", "leading", "high-ranking", "rank-and-file", "ordinary", "fellow", "main", "own",
     "present", "current", "whole", "entire", "very", "same", "certain", "various", "so-called", "young", "new"]
)  # fmt: skip
"""Words before a noun that say how many, how near, how high or which, and make no other group of it."""
PLACE_NOUNS = frozenset(
    ["city", "town", "village", "county", "state", "country", "nation", "region", "island", "district", "province", "capital",
     "area", "borough", "territory", "community", "world"]
)  # fmt: skip
"""Owners that the story names elsewhere: "the city's police" are the police."""
OF_EVERY_STATE = frozenset(
    ["government", "army", "cabinet", "military", "navy", "ministry", "parliament", "legislature", "embassy"]
)
"""Bodies that every state has: where an event names one, "the government" may still be another."""
_RELATIONS = frozenset(
    ["members", "colleagues", "friends", "partners", "counterparts", "peers", "sons", "daughters", "brothers", "sisters",
     "wives", "husbands", "siblings", "others", "persons", "folks", "guys", "ones", "selves", "somebodies", "nobodies"]
)  # fmt: skip
"""Nouns that mean people only by somebody whose they are, or any people at all."""
_COMPLEMENT = re.compile(
    r"\s(of|in|from|at)\s(the\s)?([A-Z][\w.-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w.-]*)*|(?:[a-z-]+\s?){1,4})(?P<owns>['’]s)?"
)
_OPENS_OBJECT = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "my", "our", "your", "them", "him", "himself", "itself"]
)
_PRONOUN_SUBJECTS = frozenset(["he", "she", "it", "who", "which", "they", "we", "i", "you", "people"])
_ACRONYMS = re.compile(r"[A-Z]{2,4}s")
_COPULAS = frozenset(["are", "were", "be", "become", "became", "being", "been"])
MAX_MODIFIERS = 3
_WORDS_TO_VERB = 8
"""Words behind a phrase among which its verb shows that "as" begins a clause."""


class Cases(NamedTuple):
    """The words that an event has in lower case, and those that it capitalises where no sentence begins; case-folded.

    ``persons`` are the nouns with a further meaning ("fans") that the event somewhere uses for people.
    """

    lower: frozenset[str]
    capitals: frozenset[str]
    persons: frozenset[str] = frozenset()


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
        Place, body, party or person that owns it or where it is ("Quay" police, "residents of Velm"), "" where none is stated.
    anchor_before : bool
        Whether the anchor stands before the head.
    definite : bool
        Whether "the", "these" or "those" stands before it.
    """

    start: int
    end: int
    noun: int
    head: str
    modifiers: tuple[str, ...]
    anchor: str
    anchor_before: bool
    definite: bool = False


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
    for at, word in enumerate(words):
        head = word.key.rsplit("-", 1)[-1]
        if head not in _heads() or not (
            _is_nation(text, words, at)
            if head in _nations()
            else _is_head(text, words, at, head, headline, cases)
        ):
            continue
        phrase = _read_phrase(text, words, at, headline, cases)
        if phrase is not None:
            yield phrase


@cache
def _heads() -> frozenset[str]:
    kinds = ("persons", "sometimes", "peoples", "bodies", "bare", "compound", "plurals")
    return frozenset().union(_nations(), *(lexicons.people_nouns(kind) for kind in kinds))


@cache
def _nations() -> frozenset[str]:
    """Return the adjectives of nations that mean its people behind "the": the French, the Dutch, the Swiss, the Japanese."""
    return frozenset(word for word in lexicons.demonyms() if word.endswith(("sh", "ch", "ese", "iss")))


def _is_nation(text: str, words: Sequence[Word], at: int) -> bool:
    """Return whether an adjective of a nation stands for its people: behind "the", before no noun."""
    word = words[at]
    the = at > 0 and words[at - 1].key == "the" and _is_beside(text, words[at - 1], word)
    following = words[at + 1] if at + 1 < len(words) else None
    if not the or not word.capital or word.possessive or following is None:
        return False
    if text[word.end : following.start].strip():
        return True
    key, then = following.key, words[at + 2].key if at + 2 < len(words) else ""
    verb = lexicons.saying_verbs().get(key, ("", ""))[0] == "base"
    sure = key not in lexicons.name_parts("verb-or-noun") or then in _OPENS_OBJECT
    return not following.capital and key not in _heads() and (follows_phrase(key) or (verb and sure))


def _is_head(text: str, words: Sequence[Word], at: int, head: str, headline: bool, cases: Cases) -> bool:
    """Return whether the word at `at` is a noun for people that ends its phrase."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    beside = following is not None and text[word.end : following.start] == " "
    if beside and following is not None and following.key in _OPENS_OBJECT and not word.possessive:
        return False  # a verb with its object: "Poe hosts the talks"
    following_verb = (
        beside and following is not None and (may_be_finite(following.key) or _says(following.key))
    )
    if at and words[at - 1].key in _PRONOUN_SUBJECTS and not following_verb:
        return False  # a verb: "who guards the gate", but "which guards say"
    nouns = lexicons.people_nouns
    named = word.capital and not headline and not word.opens and not _ACRONYMS.fullmatch(word.text)
    if named and head not in nouns("peoples"):
        return False  # part of a name: "Rangers"
    only_people = head in nouns("peoples") and head not in nouns("persons")
    if word.opens and only_people and head in cases.lower and head not in cases.capitals:
        return False
    says = following is not None and beside and (following.key == "who" or _says(following.key))
    if head in nouns("persons") or head in nouns("plurals") or (head in nouns("peoples") and word.capital):
        return not (beside and following is not None and _makes_compound(following))
    if head in nouns("bodies") or head in nouns("bare") or head in nouns("compound"):
        if word.capital and headline and at and words[at - 1].capital:
            return False
        return word.possessive or _ends(text, word, following)
    return head in nouns("sometimes") and (head in cases.persons or says)


def _says(key: str) -> bool:
    """Return whether a word behind a plural is a verb of saying and nothing else."""
    base = lexicons.saying_verbs().get(key, ("", ""))[0] == "base"
    return is_saying_verb(key) or (base and key not in lexicons.name_parts("verb-or-noun"))


def _makes_compound(following: Word) -> bool:
    """Return whether the word behind a plural is a noun that it modifies: "workers union", "residents association"."""
    if following.capital:
        return False
    return following.key in lexicons.organisation_heads() and not may_be_finite(following.key)


def _ends(text: str, word: Word, following: Word | None) -> bool:
    """Return whether a phrase whose head has no plural ending ends there: "police said", not "police station" or "official"."""
    if following is not None and text[word.end : following.start] == " ":
        if following.key in lexicons.person_nouns() or following.key in lexicons.role_nouns():
            return False
        if lexicons.saying_verbs().get(following.key, ("", ""))[0] == "base":
            return following.key not in lexicons.name_parts("verb-or-noun")
        if following.key in lexicons.people_nouns("evaluative"):
            return True  # what it is called: "called the council reckless"
    return ends_phrase(text, word.end) and not (following is not None and following.key == "statement")


def _read_phrase(
    text: str, words: Sequence[Word], at: int, headline: bool, cases: Cases
) -> GroupPhrase | None:
    """Return the phrase whose head stands at `at`, None where it means nobody in particular."""
    head = words[at].key
    modifiers, first = _read_modifiers(text, words, at, headline, cases)
    owner, first_of_owner = _read_owner(text, words, first, headline, cases)
    if owner.casefold() in _OWN or (owner and owner[:1].islower() and first_of_owner is None):
        return None
    start_at = first if first_of_owner is None else first_of_owner
    determiner, start_at = _read_determiner(text, words, start_at)
    if (
        determiner in _EXCLUDING
        or determiner in _OWN
        or _is_marked(text, words[start_at].start, words[at].end)
    ):
        return None
    anchor = owner if owner[:1].isupper() else ""
    if owner and not anchor and owner not in PLACE_NOUNS:
        modifiers = (owner, *modifiers)
    noun, end = "", words[at].end
    if not anchor:
        behind, noun, end = _read_complement(text, words[at])
        if behind is None:
            return None
        anchor, modifiers = behind, ((noun, *modifiers) if noun else modifiers)
    if not _means_group(head, determiner or (anchor and owner), modifiers, anchor, noun):
        return None
    if start_at and not determiner and _is_predicate(words, start_at, at):
        return None
    return GroupPhrase(
        start=words[start_at].start,
        end=end,
        noun=words[at].start,
        head=head,
        modifiers=modifiers,
        anchor=anchor,
        anchor_before=anchor != "" and anchor == owner,
        definite=determiner in _DEFINITE,
    )


def _means_group(head: str, determiner: str, modifiers: Sequence[str], anchor: str, behind: str) -> bool:
    """Return whether the phrase is complete: a body has an article or owner, a relation its owner, "forces" a word before it."""
    nouns = lexicons.people_nouns
    if head in _RELATIONS:
        return bool(modifiers or anchor)
    if head in nouns("compound"):
        return bool(anchor or any(word != behind for word in modifiers))
    if determiner in _ARTICLES and (
        head not in nouns("bodies") or head in OF_EVERY_STATE | {"administration"}
    ):
        return False  # "a teachers' strike"; "an army" is one of several
    if head in nouns("bodies") and head not in nouns("bare"):
        return bool(determiner)
    return head != "people"


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
        if word.possessive or _is_name(word, headline, cases) or not _modifies(word.key):
            break
        first -= 1
        if not _is_plain(word.key):
            modifiers.insert(0, word.key)
    if modifiers and first and _may_be_verb(text, words, first):
        first += 1
        modifiers = modifiers[1:]
    return tuple(modifiers), first


def _modifies(key: str) -> bool:
    """Return whether a lower-case word may stand between article and noun."""
    if key in _DEFINITE | _ARTICLES | _QUANTITIES | _EXCLUDING | _OWN or key[:1].isdigit():
        return False
    if key in lexicons.function_words() and key not in _DESCRIBING | _heads():
        return False
    if key.endswith(("ed", "ing", "ly")) or may_be_finite(key):
        return False
    return lexicons.saying_verbs().get(key, ("", ""))[0] not in {"base", "finite", "ing", "part"}


def _is_plain(key: str) -> bool:
    """Return whether a word before a noun makes no other group of it: ranks, numbers, and words that evaluate."""
    return key in _DESCRIBING or key in lexicons.people_nouns("evaluative")


def _may_be_verb(text: str, words: Sequence[Word], first: int) -> bool:
    """Return whether the first modifier may be a verb whose object the phrase is: "to protect residents", "Poe backs voters"."""
    key, before = words[first].key, words[first - 1]
    if not _is_beside(text, before, words[first]):
        return False
    if before.key in {"to", *lexicons.name_parts("auxiliary"), *_PRONOUN_SUBJECTS}:
        return True
    if before.key in _heads() and not before.possessive:
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
        return ("", None) if last.key not in _OWN else (last.key, None)
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


def _read_determiner(text: str, words: Sequence[Word], first: int) -> tuple[str, int]:
    """Return what stands before the phrase (article, number, "no"), and the position of its first word with it."""
    determiner = ""
    while first and text[words[first - 1].end : words[first].start] == " ":
        word = words[first - 1]
        key = word.key
        if key[:1].isdigit():
            number = key.replace(",", "")
            determiner = "no" if number.isdigit() and int(number) < _MIN_NUMBER else determiner or key
        elif key in _QUANTITIES:
            determiner = determiner or key
        elif key == "which" and text[: word.start].endswith(", "):
            break  # relative: "a tax, which fishermen say is new"
        elif key in _DEFINITE | _ARTICLES | _EXCLUDING | _OWN:
            return (key if determiner != "no" else determiner), first - 1
        else:
            break
        first -= 1
    return determiner, first


def _read_complement(text: str, word: Word) -> tuple[str | None, str, int]:
    """Return the name and the noun behind the head ("of Velm", "of the union"), and where the phrase ends.

    The name is None where the phrase means nobody known.
    """
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
    if first in _OWN:
        return None, "", word.end
    nouns = list(takewhile(_is_noun, name.split()))
    return "", nouns[-1] if nouns and nouns[-1] not in PLACE_NOUNS else "", word.end


def _is_noun(key: str) -> bool:
    return not (key in lexicons.function_words() and key not in _heads()) and not may_be_finite(key)
