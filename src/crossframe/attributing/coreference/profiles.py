"""Profiles of the persons of an event: gender, roles, party and place, by title and apposition."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.coreference.genders import Evidence, decide_gender, gender_evidence
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.records import Cast, Sentences

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'-][^\W_]+)*")
_BEFORE = re.compile(r"(?:[\w’'-]+\.?\s){1,6}$")
_LEADING = re.compile(r"(?:^|\W)((?:the|a|an|its|their)\s[^,.;:“”\"()]{2,60}?),\s$", re.IGNORECASE)
_PARTY_AND_PLACE = re.compile(r"\s?(?:,|\()\s?([RDI])-([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)")
_FROM = re.compile(r"\s(?:of|from)\s([A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})")
_FOLLOWING = re.compile(
    r"\s?(?:, (?:who (?:is|was) )?| (?:is|was|became|has been) )"
    r"((?:the|a|an|its|their)\s[^,.;:“”\"()]{2,80}|(?:Democrat|Republican|[a-z])[^,.;:“”\"()]{2,60})"
)
_CLAUSE = re.compile(r"\b(?:who|whom|whose|which|that|and|said|says|told|when|where|while|after|before|as)\b")
_OF = re.compile(r"\b(?:of|for|at|from|in|on|with|to|by)\b")
_QUALIFIERS = frozenset(
    ["vice", "deputy", "former", "ex", "acting", "interim", "assistant", "associate", "incoming", "outgoing", "shadow",
     "late", "then"]
)  # fmt: skip
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
    """A person where named: offsets in the document, row of the sentence, actor id ("~" and surname if not in the cast)."""

    start: int
    end: int
    row: int
    id: str


@dataclass
class Profile:
    """What an event says about one person.

    Parameters
    ----------
    gender : str
        ``m``, ``f`` or "" where it is unknown.
    roles : Counter of str
        Offices and other nouns in titles and appositions ("senator", "former president").
    marks : set of str
        Party, places and further words in them ("republican", "iowa", "house").
    """

    gender: str = ""
    roles: Counter[str] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)

    def has_role(self, role: str) -> bool:
        """Return whether the person has the role, or one that is a kind of it (a senator is a lawmaker)."""
        return role in self.roles or (role == "lawmaker" and bool(_LAWMAKERS & self.roles.keys()))


class Phrase(NamedTuple):
    """A title or description, parsed: its roles in order, and its other words."""

    roles: tuple[str, ...]
    marks: frozenset[str]


def read_phrase(text: str) -> Phrase:
    """Return the roles and the marks in a title or description, with short forms spelled out.

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
    """Return the normal form of a word in a description, which all its spellings have in common.

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
    """Return the nouns for a person's office or occupation, in their normal form."""
    nouns = lexicons.person_nouns().keys() & (lexicons.role_nouns() | lexicons.name_titles().keys())
    return frozenset(_SHORT.get(noun, noun) for noun in nouns) | {"senator", "representative", "premier"}


# --- who is named where ---------------------------------------------------------------------------------


def persons_by_article(sentences: Sentences, cast: Cast, names: Sequence[Name]) -> dict[str, list[Person]]:
    """Return by article the persons named in it, in order: those of the cast, and others of `names`."""
    kinds = {actor.id: actor.kind for actor in cast.actors}
    own = [name for actor in cast.actors if actor.kind == "person" for name in actor.names]
    surnames = {name.split()[-1].casefold() for name in own}
    bodies = _with_article(sentences, cast)
    persons: dict[str, list[Person]] = defaultdict(list)
    taken: dict[str, set[int]] = defaultdict(set)
    for row in cast.mentions.rows():
        article, start = row["article"], row["start"]
        taken[article] |= set(range(start, row["end"]))
        if kinds[row["actor"]] == "person" and row["actor"] not in bodies:
            persons[article].append(Person(start, row["end"], sentences.locate(article, start), row["actor"]))
    for name in names:
        surname = name.text.split()[-1].casefold()
        may = _may_be_person(name) or (surname in surnames and name.kind == "")
        if may and taken[name.article].isdisjoint(range(name.start, name.end)):
            persons[name.article].append(Person(name.start, name.end, name.row, f"~{surname}"))
    return {article: sorted(each) for article, each in persons.items()}


def _with_article(sentences: Sentences, cast: Cast) -> frozenset[str]:
    """Return the actors named with "the" at least half of the time: these are teams and bodies, whatever else they seem."""
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
    sentences: Sentences, cast: Cast, names: Sequence[Name], persons: Mapping[str, Sequence[Person]]
) -> dict[str, Profile]:
    """Return the profile of every person by all articles of the event.

    Parameters
    ----------
    sentences, cast, names
        The event, its actors and mentions by name, and its names.
    persons : mapping of article to sequence of Person
        From `persons_by_article`.

    Returns
    -------
    dict of str to Profile
        By id of the actor, or "~" and surname.
    """
    profiles: dict[str, Profile] = defaultdict(Profile)
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    by_start = {(name.article, name.start): name for name in names}
    for article, named in persons.items():
        for person in named:
            name = by_start.get((article, person.start))
            offset = int(sentences.start[person.row])
            text, start, end = sentences.text[person.row], person.start - offset, person.end - offset
            evidence[person.id] |= _add_mention(profiles[person.id], name, text, start, end)
    by_given_name = {actor.id: gender_of(actor) for actor in cast.actors}
    for id, profile in profiles.items():
        profile.gender = by_given_name.get(id) or decide_gender(evidence[id])
    return dict(profiles)


def read_genders(sentences: Sentences, cast: Cast, names: Sequence[Name]) -> dict[str, str]:
    """Return the gender of every person by all articles of the event, that of `read_profiles`.

    The pronouns that `cast` links to a person count, so that speakers have the gender that mentions have.
    """
    profiles = read_profiles(sentences, cast, names, persons_by_article(sentences, cast, names))
    return {id: profile.gender for id, profile in profiles.items()}


def _add_mention(profile: Profile, name: Name | None, text: str, start: int, end: int) -> set[Evidence]:
    """Add what stands beside a name, from `start` to `end` of a sentence, to the profile; return evidence of the gender."""
    before, after = text[max(0, start - 90) : start], text[end : end + 110]
    phrases = [_title_before(before)]
    leading = _LEADING.search(before)
    if leading and after[:1] in {",", "."}:
        phrases.append(leading.group(1))
    degree = _PARTY_AND_PLACE.match(after)
    if degree:
        phrases.append(f"{degree.group(1)} {degree.group(2)}")
    place = _FROM.match(after)
    if place:
        phrases.append(f"of {place.group(1)}")
        after = after[place.end() :]
    following = _FOLLOWING.match(after)
    if following:
        phrases.append(_CLAUSE.split(following.group(1))[0])
    for number, words in enumerate(phrases):
        _add_phrase(profile, words, title=number == 0)
    title = name.title if name is not None else ""
    return set(gender_evidence(text, start, end, title=title, descriptions=phrases[1:]))


def _title_before(before: str) -> str:
    """Return the title, party and place directly before a name."""
    match = _BEFORE.search(before)
    words: list[str] = []
    for word in reversed(match.group().split() if match else []):
        key = normal(word)
        known = key in person_roles() or key in _QUALIFIERS or word[:1].isupper()
        if not known or (key in lexicons.function_words() and key not in {"of"}):
            break
        words.append(word)
    return " ".join(reversed(words))


def _add_phrase(profile: Profile, words: str, *, title: bool) -> None:
    """Add a title or description: the roles before any "of", and all other words as marks.

    "President" in a description may be of anything: the role is then "president of", unless a country is named.
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
