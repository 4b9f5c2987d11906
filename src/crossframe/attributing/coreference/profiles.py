"""What an event tells of its persons beside their names: gender, offices, party and place, by title and apposition."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.records import Cast, Sentences

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'-][^\W_]+)*")
_BEFORE = re.compile(r"(?:[\w’'-]+\.?\s){1,6}$")
_LEADING = re.compile(r"(?:^|\W)((?:the|a|an|its|their)\s[^,.;:“”\"()]{2,60}?),\s$", re.IGNORECASE)
_DEGREE = re.compile(r"\s?(?:,|\()\s?([RDI])-([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)")
_FROM = re.compile(r"\s(?:of|from)\s([A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})")
_FOLLOWING = re.compile(
    r"\s?(?:, (?:who (?:is|was) )?| (?:is|was|became|has been) )"
    r"((?:the|a|an|its|their)\s[^,.;:“”\"()]{2,80}|(?:Democrat|Republican|[a-z])[^,.;:“”\"()]{2,60})"
)
_CLAUSE = re.compile(r"\b(?:who|whom|whose|which|that|and|said|says|told|when|where|while|after|before|as)\b")
_OF = re.compile(r"\b(?:of|for|at|from|in|on|with|to|by)\b")
_QUALIFIERS = frozenset(
    [
        "vice",
        "deputy",
        "former",
        "ex",
        "acting",
        "interim",
        "assistant",
        "associate",
        "incoming",
        "outgoing",
        "shadow",
        "late",
        "then",
    ]
)
_PARTIES = {
    "r": "republican", "gop": "republican", "republicans": "republican", "democrats": "democrat",
    "d": "democrat", "democratic": "democrat", "dem": "democrat", "tory": "conservative",
}  # fmt: skip
_SHORT = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "gen": "general", "prof": "professor", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant",
    "rev": "reverend", "dr": "doctor", "chair": "chairman", "chairwoman": "chairman", "chairperson": "chairman",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "attorney": "lawyer", "advisor": "adviser",
    "congressman": "representative", "congresswoman": "representative", "pm": "premier",
}  # fmt: skip
_OF_ANYTHING = frozenset({"president", "chief", "head"})
_LAWMAKERS = frozenset({"senator", "representative", "lawmaker", "legislator"})


class Person(NamedTuple):
    """A person where named: offsets in the document, row of the sentence, and who ("~" and surname if of no cast)."""

    start: int
    end: int
    row: int
    id: str


@dataclass
class Profile:
    """What an event tells of one person.

    Parameters
    ----------
    gender : str
        ``m``, ``f`` or "" where nothing tells.
    roles : Counter of str
        Offices and other nouns that title and apposition give ("senator", "former president").
    marks : set of str
        Party, places and further words of those ("republican", "iowa", "house").
    """

    gender: str = ""
    roles: Counter[str] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)

    def bears(self, role: str) -> bool:
        """Return whether the person has the office `role`, by itself or as one that is such an office."""
        return role in self.roles or (role == "lawmaker" and bool(_LAWMAKERS & self.roles.keys()))


class Phrase(NamedTuple):
    """A description taken apart: its roles in order, and its other words."""

    roles: tuple[str, ...]
    marks: frozenset[str]


def read_phrase(text: str) -> Phrase:
    """Return the roles and the marks in a title or description; short forms are spelled out.

    Examples
    --------
    >>> phrase = read_phrase("former Iowa Republican Sen.")
    >>> phrase.roles, sorted(phrase.marks)
    (('former senator',), ['iowa', 'republican'])
    >>> read_phrase("the Russian vice president").roles, read_phrase("Attorney General").roles
    (('vice president',), ('lawyer general',))
    """
    roles: list[str] = []
    marks: set[str] = set()
    former = vice = ""
    words = _TOKEN.findall(text)
    position = 0
    while position < len(words):
        pair = " ".join(words[position : position + 2]).casefold()
        place = " " in pair and words[position].casefold() not in lexicons.function_words()
        two = place and (pair in lexicons.us_states() or bool(country_code(pair)))
        word = pair if two else words[position]
        position += 2 if two else 1
        key = normal(word)
        if key in {"former", "ex", "then", "late"}:
            former = "former "
        elif key in _QUALIFIERS:
            vice = f"{key} "
        elif key == "general" and roles and roles[-1].endswith(("lawyer", "secretary", "surgeon")):
            roles[-1] += " general"
        elif key in person_roles() and key not in {"republican", "democrat"}:
            roles.append(former + vice + key)
            vice = ""
        elif key not in lexicons.function_words() or word[:1].isupper():
            marks.add(key)
    return Phrase(tuple(roles), frozenset(marks))


def normal(word: str) -> str:
    """Return a word of a description in the form that all its spellings share.

    Examples
    --------
    >>> normal("Sen."), normal("N.H."), normal("GOP"), normal("Georgian"), normal("IN"), normal("in")
    ('senator', 'new hampshire', 'republican', 'GE', 'indiana', 'in')
    """
    plain = word.replace(".", "")
    states = lexicons.us_states()
    if plain in states and (len(plain) > 2 or plain.isupper()):
        return states[plain]
    key = plain.casefold()
    if key in states and word[:1].isupper() and (len(key) > 2 or "." in word):
        return states[key]
    if key in _PARTIES:
        return _PARTIES[key]
    return _SHORT.get(key) or (country_code(plain) if word[:1].isupper() else "") or key


@cache
def person_roles() -> frozenset[str]:
    """Return the nouns that say a person's office or work, in their normal form."""
    nouns = lexicons.person_nouns().keys() & (lexicons.role_nouns() | lexicons.name_titles().keys())
    return frozenset(_SHORT.get(noun, noun) for noun in nouns) | {"senator", "representative", "premier"}


# --- who is named where ---------------------------------------------------------------------------------


def persons_by_article(sentences: Sentences, cast: Cast, spotted: Sequence[Name]) -> dict[str, list[Person]]:
    """Return per article the persons named in it, in order: those of the cast, and others who are spotted."""
    kinds = {actor.id: actor.kind for actor in cast.actors}
    names = [name for actor in cast.actors if actor.kind == "person" for name in actor.names]
    surnames = {name.split()[-1].casefold() for name in names}
    bodies = _with_article(sentences, cast)
    found: dict[str, list[Person]] = defaultdict(list)
    taken: dict[str, set[int]] = defaultdict(set)
    for row in cast.mentions.rows():
        article, start = row["article"], row["start"]
        taken[article] |= set(range(start, row["end"]))
        if kinds[row["actor"]] == "person" and row["actor"] not in bodies:
            found[article].append(Person(start, row["end"], sentences.locate(article, start), row["actor"]))
    for name in spotted:
        surname = name.text.split()[-1].casefold()
        may = _may_be_person(name) or (surname in surnames and name.kind == "")
        if may and taken[name.article].isdisjoint(range(name.start, name.end)):
            found[name.article].append(Person(name.start, name.end, name.row, f"~{surname}"))
    return {article: sorted(persons) for article, persons in found.items()}


def _with_article(sentences: Sentences, cast: Cast) -> frozenset[str]:
    """Return the actors that are named with "the" half the time or more: teams and bodies, whatever else they seem."""
    documents = {article.id: article.document for article in sentences.articles}
    counts: Counter[str] = Counter(cast.mentions.actor)
    for row in cast.mentions.rows():
        if documents[row["article"]][max(0, row["start"] - 4) : row["start"]].casefold() == "the ":
            counts[row["actor"]] -= 2
    return frozenset(actor for actor, left in counts.items() if left <= 0)


def _may_be_person(name: Name) -> bool:
    if name.kind:
        return name.kind == "person"
    return not name.place and not kind_of_known(name.text) and (" " in name.text or name.acts or name.subject)


def read_profiles(
    sentences: Sentences, cast: Cast, spotted: Sequence[Name], persons: Mapping[str, Sequence[Person]]
) -> dict[str, Profile]:
    """Return what all articles of the event tell of every person.

    Parameters
    ----------
    sentences, cast, spotted
        The event, its actors and mentions by name, and its names.
    persons : mapping of article to sequence of Person
        From `persons_by_article`.

    Returns
    -------
    dict of str to Profile
        By id of the actor, or "~" and surname.
    """
    profiles: dict[str, Profile] = defaultdict(Profile)
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    by_start = {(name.article, name.start): name for name in spotted}
    for article, named in persons.items():
        for person in named:
            name = by_start.get((article, person.start))
            offset = int(sentences.start[person.row])
            text = sentences.text[person.row]
            _learn(
                profiles[person.id],
                genders[person.id],
                name,
                text,
                person.start - offset,
                person.end - offset,
            )
    firsts = {actor.id: gender_of(actor) for actor in cast.actors}
    for id, profile in profiles.items():
        told = genders[id]
        profile.gender = firsts.get(id) or (next(iter(told)) if len(told) == 1 else "")
    return dict(profiles)


def _learn(
    profile: Profile, genders: Counter[str], name: Name | None, text: str, start: int, end: int
) -> None:
    first = (
        lexicons.first_names().get(text[start:end].split()[0].casefold(), "")
        if " " in text[start:end]
        else ""
    )
    title = lexicons.name_titles().get(name.title.split()[-1], "") if name is not None and name.title else ""
    before, after = text[max(0, start - 90) : start], text[end : end + 110]
    told = [_title_before(before)]
    leading = _LEADING.search(before)
    if leading and after[:1] in {",", "."}:
        told.append(leading.group(1))
    degree = _DEGREE.match(after)
    if degree:
        told.append(f"{degree.group(1)} {degree.group(2)}")
    place = _FROM.match(after)
    if place:
        told.append(f"of {place.group(1)}")
        after = after[place.end() :]
    following = _FOLLOWING.match(after)
    if following:
        told.append(_CLAUSE.split(following.group(1))[0])
    for gender in (first, title, *(_gender_of_noun(words) for words in told[1:])):
        if gender:
            genders[gender] += 1
    for number, words in enumerate(told):
        _add(profile, words, title=number == 0)


def _title_before(before: str) -> str:
    """Return the title, party and place directly before a name."""
    match = _BEFORE.search(before)
    kept: list[str] = []
    for word in reversed(match.group().split() if match else []):
        key = normal(word)
        known = key in person_roles() or key in _QUALIFIERS or word[:1].isupper()
        if not known or (key in lexicons.function_words() and key not in {"of"}):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _add(profile: Profile, words: str, *, title: bool) -> None:
    """Add a title or description: the roles before any "of", and all other words as marks.

    A president by description alone may be of anything: his role is "president of" unless a country is told.
    """
    if not words:
        return
    head, *rest = _OF.split(words, maxsplit=1)
    phrase = read_phrase(head)
    of = read_phrase(rest[0]).marks if rest else frozenset()
    country = any(mark.isupper() for mark in phrase.marks | of)
    for role in phrase.roles:
        weak = role.split()[-1] in _OF_ANYTHING and not country and (bool(rest) or not title)
        profile.roles[f"{role} of" if weak else role] += 1
    profile.marks |= phrase.marks | of | {role.split()[-1] for role in phrase.roles}


def _gender_of_noun(words: str) -> str:
    """Return the gender that the head of a description tells ("the actress and singer")."""
    head = _OF.split(words, maxsplit=1)[0]
    nouns: Iterable[str] = (word.casefold() for word in _TOKEN.findall(head))
    genders = {lexicons.person_nouns().get(noun, "") for noun in nouns} - {""}
    return genders.pop() if len(genders) == 1 else ""
