"""Persons by descriptions that can mean one alone: "the Iowa Republican", "the senator"; doubtful ones are left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.profiles import Person, Profile, normal, person_roles, read_phrase
from crossframe.attributing.syntax.words import follows_phrase
from crossframe.records import Cast, Sentences

_THE = re.compile(r"\b[Tt]he\s(?=[A-Za-z])")
_NOUN_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'-](?![sS]\b)[^\W_]+)*")
_RESTRICTS = frozenset(
    ["of", "for", "from", "who", "whom", "whose", "that", "which", "with", "against", "behind", "to"]
)
_OFFICES = frozenset(
    ["president", "governor", "senator", "representative", "lawmaker", "minister", "premier", "chancellor", "secretary",
     "general", "speaker", "leader", "whip", "chairman", "mayor", "judge", "justice", "sheriff", "ambassador", "nominee",
     "commissioner", "director", "counsel", "king", "queen", "prince", "pope"]
)  # fmt: skip


class _Candidate(NamedTuple):
    """A description in a sentence: offsets, its head noun, the words before the head, and the word that follows."""

    start: int
    end: int
    head: str
    before: str
    following: str


def find_nominals(
    sentences: Sentences,
    cast: Cast,
    persons: Mapping[str, Sequence[Person]],
    profiles: Mapping[str, Profile],
) -> dict[str, list[Person]]:
    """Return by article the descriptions that mean a person of the cast.

    "the senator" means a person when the article has named exactly one before to whom some outlet gives that role, by
    title or apposition; every further word ("Iowa", "Republican") must apply to that person too. Descriptions with an
    owner ("the president of"), before a name ("the president Doe") or inside a longer noun phrase are passed over.

    Parameters
    ----------
    sentences, cast
        The event, its actors and their mentions by name.
    persons, profiles
        From `persons_by_article` and `read_profiles`.

    Returns
    -------
    dict of str to list of Person
        By article, in order.
    """
    named = {(row["article"], row["end"]) for row in cast.mentions.rows()}
    nominals: dict[str, list[Person]] = {}
    for row, text in enumerate(sentences.text):
        article, offset = sentences.article_of(row).id, int(sentences.start[row])
        for one in _descriptions(text):
            at = offset + one.start
            if (article, offset + one.end) in named:
                continue
            before = sentences.article_of(row).document[:at]
            id = _person(one, before, persons.get(article, ()), profiles)
            if id:
                nominals.setdefault(article, []).append(Person(at, offset + one.end, row, id))
    known = {actor.id for actor in cast.actors}
    return {article: [one for one in each if one.id in known] for article, each in nominals.items()}


def _descriptions(text: str) -> Iterator[_Candidate]:
    for match in _THE.finditer(text):
        words = list(_NOUN_WORD.finditer(text[match.end() : match.end() + 70]))
        end = 0
        while end < min(len(words), 5) and _joins(text[match.end() :], words, end):
            end += 1
        if not end or not _ends(text[match.end() :], words, end):
            continue
        head = words[end - 1]
        noun = head.group()
        following = words[end].group() if end < len(words) else ""
        before = text[match.end() : match.end() + head.start()].strip()
        yield _Candidate(match.start(), match.end() + head.end(), noun, before, following)


def _joins(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Return whether the word at `at` continues the description: party, place, office, body, or a capitalised word."""
    if at and text[words[at - 1].end() : words[at].start()] != " ":
        return False
    word = words[at].group()
    key = normal(word)
    if key in lexicons.function_words():
        return False
    return (
        word[:1].isupper()
        or key in person_roles()
        or key in lexicons.name_parts("modifier")
        or key in lexicons.organisation_heads()
    )


def _ends(text: str, words: Sequence[re.Match[str]], end: int) -> bool:
    """Return whether the description ends here: no further noun, name or owner follows."""
    rest = text[words[end - 1].end() :]
    if re.match(r"\s?,\s[A-Z]", rest):
        return False
    if rest[:2].casefold() in {"'s", "’s"} or rest[:3].casefold() == " 's":
        return True
    if end >= len(words) or not rest.startswith(" ") or rest[1:2] in set(',.;:!?"”’)–—-'):
        return not rest[:1].isalnum() and rest[:1] not in set("-(/&")
    word = words[end].group()
    key = word.casefold()
    return key not in _RESTRICTS and not word[:1].isupper() and follows_phrase(key)


# --- persons --------------------------------------------------------------------------------------------


def _person(one: _Candidate, before: str, persons: Sequence[Person], profiles: Mapping[str, Profile]) -> str:
    """Return the one person named before whom the description fits, "" where there is none or several.

    `before` is the document up to the description. An occupation of which a story may have several ("the lawyer") means
    nobody once the story has mentioned one without a name ("his lawyer").
    """
    noun = normal(one.head)
    phrase = read_phrase(f"{one.before} {one.head}")
    party = one.head.casefold() in {"republican", "democrat"}
    if not party and (not phrase.roles or phrase.roles[-1].split()[-1] != noun):
        return ""
    if not party and noun not in _OFFICES and unnamed(one.head).search(before):
        return ""
    role = "" if party else phrase.roles[-1]
    marks = phrase.marks | {other.split()[-1] for other in phrase.roles[:-1]}
    ids = [person.id for person in persons if person.end <= len(before)]
    fitting = {id for id in ids if _fits(profiles[id], role, marks)}
    return fitting.pop() if len(fitting) == 1 else ""


@lru_cache(maxsize=256)
def unnamed(noun: str) -> re.Pattern[str]:
    """Return the pattern of somebody of that description without a name ("a lawyer", "his lawyer")."""
    owner = r"(?<!, )(?<!\bis )(?<!\bwas )\b(?:[Aa]n?|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir|whose)"
    return re.compile(rf"(?:{owner}|[’']s)\s(?:[\w’'-]+\s){{0,2}}{re.escape(noun)}s?\b(?!,?\s[A-Z])")


def _fits(profile: Profile, role: str, marks: frozenset[str]) -> bool:
    if not marks <= profile.marks:
        return False
    return not role or profile.has_role(role) or (bool(marks) and profile.has_role(f"{role} of"))
