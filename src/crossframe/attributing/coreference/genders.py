"""Genders of persons by what stands beside their names: given name, form of address, description; and by pronouns."""

import re
from collections.abc import Iterable, Iterator, Sequence

from crossframe import lexicons
from crossframe.attributing.syntax.words import title_before

PRONOUN_GENDERS = dict.fromkeys(("he", "him", "his", "himself"), "m") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "f"
)
_RANKS = ("given name", "address", "description", "pronoun")
"""Kinds of evidence, the most reliable first: the first kind that a person has decides."""
_OWNED_RELATION = re.compile(
    r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|whose)|[’']s)\s(?:[\w’'-]+\s){0,2}([a-z]+)(,?)\s$"
)
"""A relation before the name, with its owner: "his wife Ann Poe", "Roe's late husband, Tom Lee,"."""
_HEAD_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_HEAD_ENDS = re.compile(r"\b(?:of|for|at|from|in|on|with|to|by)\b")
_ADJECTIVES = {"female": "f", "male": "m"}

Evidence = tuple[str, str]
"""Kind of evidence, one of `_RANKS`, and gender: ``m`` or ``f``."""


def gender_evidence(
    text: str, start: int, end: int, *, title: str = "", descriptions: Sequence[str] = ()
) -> Iterator[Evidence]:
    """Yield what a mention of a person, from `start` to `end` of a sentence, shows of the gender.

    Parameters
    ----------
    text : str
        Sentence.
    start, end : int
        Offsets in it of the name, or of a pronoun that means the person.
    title : str
        Title before the name, case-folded; "" reads it from the sentence. Nouns that are titles too ("chairman",
        "actress") count as descriptions.
    descriptions : sequence of str
        Appositions and predicates of the name.

    Examples
    --------
    >>> sorted(gender_evidence("Roe and his wife, Xanq Quill, met Sir Keir.", 18, 28))
    [('description', 'f')]
    >>> sorted(gender_evidence("Sir Keir met Roe.", 4, 8))
    [('address', 'm')]
    """
    nouns, name = lexicons.person_nouns(), text[start:end]
    word = name.casefold()
    found: list[Evidence] = [("pronoun", PRONOUN_GENDERS.get(word, ""))]
    if " " in name:
        found.append(("given name", lexicons.first_names().get(word.split()[0], "")))
    last = title.split()[-1] if title else title_before(text, start)
    rank = "description" if last in nouns else "address"
    found.append((rank, lexicons.name_titles().get(last, "") or nouns.get(last, "")))
    relation = _OWNED_RELATION.search(text[max(0, start - 60) : start])
    if relation and (not relation.group(2) or text[end : end + 1] in {",", "."}):
        found.append(("description", nouns.get(relation.group(1), "")))
    found += [("description", gender_of_description(words)) for words in descriptions]
    yield from (one for one in found if one[1])


def gender_of_description(words: str) -> str:
    """Return the gender of the head of a description, "" where it has none; capitalised nouns are names.

    Examples
    --------
    >>> gender_of_description("the actress and singer"), gender_of_description("the first female premier of Fiji")
    ('f', 'f')
    >>> gender_of_description("a lawyer for the actress"), gender_of_description("a Burger King manager")
    ('', '')
    """
    head = _HEAD_ENDS.split(words, maxsplit=1)[0]
    listed = lexicons.person_nouns()
    genders = {listed.get(noun) or _ADJECTIVES.get(noun, "") for noun in _HEAD_WORD.findall(head)} - {""}
    return genders.pop() if len(genders) == 1 else ""


def decide_gender(evidence: Iterable[Evidence]) -> str:
    """Return the gender that the most reliable kind of evidence shows, "" where it shows none or contradicts itself.

    Examples
    --------
    >>> decide_gender([("description", "m"), ("address", "f")]), decide_gender([("address", "m"), ("address", "f")])
    ('f', '')
    """
    found = set(evidence)
    for rank in _RANKS:
        genders = {gender for kind, gender in found if kind == rank}
        if genders:
            return genders.pop() if len(genders) == 1 else ""
    return ""
