"""Nouns that head a phrase for a group of people or a body without a name: "residents", "police", "the council", "the French"."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.state_bodies import ends_phrase
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.syntax.words import Word, follows_phrase, is_saying_verb, may_be_finite

_OPENS_OBJECT = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "my", "our", "your", "them", "him", "himself", "itself"]
)
DEFINITE = frozenset(["the", "these", "those"])
ARTICLES = frozenset({"a", "an"})
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
QUANTITIES = frozenset(
    ["all", "some", "many", "most", "more", "several", "few", "fewer", "half", "dozens", "hundreds", "thousands", "tens",
     "scores", "millions", "dozen", "hundred", "thousand", "million", "numerous", "countless", "both"]
)  # fmt: skip
NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)  # fmt: skip
ABOUT = frozenset(["about", "almost", "around", "nearly", "over", "roughly", "some"])
_CLASSES_OF_BODIES = frozenset(["church", "company", "hospital", "museum", "school", "team"])
"""Bodies whose people a story calls by their noun alone; a party's or a union's are others than people of that noun."""
EXCLUDING = NUMBERS | frozenset(
    [
        "no",
        "any",
        "other",
        "another",
        "every",
        "each",
        "such",
        "what",
        "which",
        "whatever",
        "neither",
        "either",
        "fellow",
    ]
)
"""Words with which a phrase means nobody in particular, others, or a few single persons."""
ABROAD = "abroad"
"""Where natives are of whom a text says that they are not at home."""
OWN = frozenset(["his", "her", "its", "their", "our", "my", "your", "whose"])
OWN_STATE = frozenset(["his", "her", "its", "their"])
MIN_NUMBER = 20
"""Figures below it count single persons ("17 people were hurt")."""
_DESCRIBING = frozenset(
    ["local", "nearby", "senior", "top", "leading", "high-ranking", "rank-and-file", "ordinary", "fellow", "main", "own",
     "present", "current", "whole", "entire", "very", "same", "certain", "various", "so-called", "young", "new"]
)  # fmt: skip
"""Words before a noun that say how many, how near, how high or which, and make no other group of it."""
PRONOUN_SUBJECTS = frozenset(["he", "she", "it", "who", "which", "they", "we", "i", "you", "people"])
_ACRONYMS = re.compile(r"[A-Z]{2,4}s")


class Cases(NamedTuple):
    """The words that an event has in lower case, and those that it capitalises where no sentence begins; case-folded.

    ``persons`` are the nouns with a further meaning ("fans"), or in no list, that the event somewhere uses for people.
    """

    lower: frozenset[str]
    capitals: frozenset[str]
    persons: frozenset[str] = frozenset()


@cache
def group_heads() -> frozenset[str]:
    """Return all nouns that may head a phrase, in the form that heads it."""
    kinds = ("persons", "sometimes", "peoples", "bodies", "bare", "compound", "plurals")
    people = frozenset[str]().union(nations(), *(lexicons.people_nouns(kind) for kind in kinds))
    return people | unnamed_bodies() | body_plurals()


@cache
def unnamed_bodies() -> frozenset[str]:
    """Return nouns for bodies that mostly have a name: "the company" heads a phrase by itself where the story names none."""
    people = (
        lexicons.people_nouns("bodies") | lexicons.people_nouns("bare") | lexicons.people_nouns("persons")
    )
    return frozenset(lexicons.body_nouns()) - people


@cache
def body_plurals() -> frozenset[str]:
    """Return plurals of nouns for bodies: "the companies" are a group of their own."""
    return (
        plurals_of(lexicons.body_nouns())
        - lexicons.people_nouns("persons")
        - lexicons.people_nouns("plurals")
    )


def plurals_of(nouns: Iterable[str]) -> frozenset[str]:
    """Return the regular plurals of nouns for bodies and places."""
    return frozenset(f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s" for noun in nouns)


def is_head(text: str, words: Sequence[Word], at: int, headline: bool, cases: Cases) -> bool:
    """Return whether the word at `at` heads a phrase for a group and ends it.

    Parameters
    ----------
    text : str
        Sentence.
    words : sequence of Word
        All its words.
    at : int
        Position of the word.
    headline : bool
        Whether the sentence is a title-case headline.
    cases : Cases
        Of the event.
    """
    head = words[at].key.rsplit("-", 1)[-1]
    if head not in group_heads() and head not in cases.persons:
        return False
    if head in nations():
        return _is_nation(text, words, at)
    return _is_people(text, words, at, head, headline, cases)


@cache
def nations() -> frozenset[str]:
    """Return the adjectives of nations that mean its people behind "the": the French, the Dutch, the Swiss, the Japanese."""
    return frozenset(word for word in lexicons.demonyms() if word.endswith(("sh", "ch", "ese", "iss")))


def _is_nation(text: str, words: Sequence[Word], at: int) -> bool:
    """Return whether an adjective of a nation stands for its people: behind "the", before no noun."""
    word = words[at]
    the = at > 0 and words[at - 1].key == "the" and adjacent(text, words[at - 1], word)
    following = words[at + 1] if at + 1 < len(words) else None
    if not the or not word.capital or word.possessive or following is None:
        return False
    if text[word.end : following.start].strip():
        return True
    key, then = following.key, words[at + 2].key if at + 2 < len(words) else ""
    verb = lexicons.saying_verbs().get(key, ("", ""))[0] == "base"
    sure = key not in lexicons.name_parts("verb-or-noun") or then in _OPENS_OBJECT
    return not following.capital and key not in group_heads() and (follows_phrase(key) or (verb and sure))


def _is_people(text: str, words: Sequence[Word], at: int, head: str, headline: bool, cases: Cases) -> bool:
    """Return whether the word at `at` is a noun for people that ends its phrase."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    beside = following is not None and text[word.end : following.start] == " "
    if beside and following is not None and following.key in _OPENS_OBJECT and not word.possessive:
        return False  # a verb with its object: "Poe hosts the talks"
    following_verb = (
        beside and following is not None and (may_be_finite(following.key) or _says(following.key))
    )
    if at and words[at - 1].key in PRONOUN_SUBJECTS and not following_verb:
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
    if head in unnamed_bodies() | body_plurals():
        of_name = beside and following is not None and following.capital and not word.possessive
        return not (word.capital or of_name) and (word.possessive or _ends(text, word, following))
    if head in nouns("bodies") or head in nouns("bare") or head in nouns("compound"):
        if word.capital and headline and at and words[at - 1].capital:
            return False
        return word.possessive or _ends(text, word, following)
    return head in cases.persons or (head in nouns("sometimes") and says)


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


def means_group(head: str, determiner: str, modifiers: Sequence[str], anchor: str, behind: str) -> bool:
    """Return whether the phrase is complete: a body has an article or owner, a relation its owner, "forces" a word before it."""
    nouns = lexicons.people_nouns
    if head in unnamed_bodies() | body_plurals():
        return determiner in DEFINITE
    if head in _RELATIONS:
        return bool(modifiers or anchor)
    if head in nouns("compound"):
        return bool(anchor or any(word != behind for word in modifiers))
    if determiner in ARTICLES and (
        head not in nouns("bodies") or head in OF_EVERY_STATE | {"administration"}
    ):
        return False  # "a teachers' strike"; "an army" is one of several
    if head in nouns("bodies") and head not in nouns("bare"):
        return bool(determiner)
    return head != "people"


def is_of_story(owner: str, head: str) -> bool:
    """Return whether whose people they are makes no other group of them: "the city's police", "the club's players".

    The story names place and body elsewhere. Members are people only by what they are of, and a club's officials are no others'.
    """
    classes = frozenset[str]().union(*lexicons.body_nouns().get(owner, ()))
    role = head in _RELATIONS or head.removesuffix("s") in lexicons.role_nouns()
    return owner in PLACE_NOUNS or (not classes.isdisjoint(_CLASSES_OF_BODIES) and not role)


def modifies(key: str) -> bool:
    """Return whether a lower-case word may stand between article and noun."""
    if key in DEFINITE | ARTICLES | QUANTITIES | EXCLUDING | OWN or key[:1].isdigit():
        return False
    if key in lexicons.function_words() and key not in _DESCRIBING | group_heads():
        return False
    if key.endswith(("ed", "ing", "ly")) or may_be_finite(key):
        return False
    return lexicons.saying_verbs().get(key, ("", ""))[0] not in {"base", "finite", "ing", "part"}


def determines(key: str) -> bool:
    """Return whether the word behind a number or article is no verb: "40 retired firefighters", "the striking nurses"."""
    return key[:1].isdigit() or key in DEFINITE | QUANTITIES - {
        "all",
        "some",
        "many",
        "most",
        "more",
        "few",
        "both",
        "several",
    }


def is_plain(key: str) -> bool:
    """Return whether a word before a noun makes no other group of it: ranks, numbers, and words that evaluate."""
    return key in _DESCRIBING or key in lexicons.people_nouns("evaluative")
