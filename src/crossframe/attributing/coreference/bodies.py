"""Bodies by descriptions: "the company", "the union", "the museum", each the one body of that sort that its article names before."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.profiles import Person, normal
from crossframe.attributing.names.body_descriptions import body_classes, describe_body
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, follows_phrase, is_saying_verb, kind_of_known
from crossframe.records import Cast, Sentences
from crossframe.text import match_key

_NAMED_BODIES = frozenset({"organisation", "party", "office"})
_ACTING = frozenset(
    ["administration", "campaign", "house", "service", "services", "group", "force", "forces", "team", "press", "staff"]
)  # fmt: skip
"""Nouns that mean a body only where they are the subject of a verb of saying or an auxiliary."""
_EVERYWHERE = frozenset({"government", "army", "cabinet"})
"""Every state has these, and news need not name the outlet's own country before "the government"."""
_PLURAL_HEADS = frozenset({"us", "forces", "services", "police", "staff", "states", "nations"})
_PARTY_NAMES = {"republican party": "r", "republicans": "r", "democratic party": "d", "democrats": "d"}
_BODY_MARKS = dict.fromkeys(("fc", "afc", "cf", "sc", "rc", "cc", "bc"), "club") | dict.fromkeys(
    (
        "ltd",
        "inc",
        "corp",
        "plc",
        "llc",
        "gmbh",
        "ag",
        "co",
        "bhd",
        "pty",
        "&",
        "sons",
        "bros",
        "brothers",
        "partners",
    ),
    "company",
)
"""What stands in names for a club or a company; "&" joins partners."""
_OPEN_CLASSES = frozenset({"company", "team", "association", "charity"})
"""Classes of bodies whose names often have no noun that shows it ("Kennemer", "Lake Aid")."""
_RESTRICTS = frozenset(
    ["of", "for", "from", "who", "whom", "whose", "that", "which", "with", "against", "behind", "to"]
)
_NEXT_WORD = re.compile(r"[^\W_]+(?:[’'-](?![sS]\b)[^\W_]+)*")


class Body(NamedTuple):
    """A body where it is named: offsets in the document, row of the sentence, actor id ("~" and name if not in the cast)."""

    start: int
    end: int
    row: int
    id: str


@dataclass
class BodyProfile:
    """What an event says about one body.

    Parameters
    ----------
    nouns : set of str
        Nouns for bodies in its names and descriptions ("firm", "union").
    words : set of str
        All words of them, as `normal` has them: further words of a description must be among these.
    nations : set of str
        Codes of the nations in its descriptions ("the Danish firm").
    known : bool
        Whether word lists know the body: then it is no company or team without saying so.
    """

    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)
    known: bool = False

    @property
    def classes(self) -> frozenset[str]:
        """Classes of bodies that its nouns show, those that are used for several classes ("group") aside."""
        shown = [body_classes(noun) for noun in self.nouns if len(body_classes(noun)[0]) < 2]
        return frozenset().union(*(one for classes in shown for one in classes))


class Bodies(NamedTuple):
    """The bodies of an event: by article where each is named, in order, and by id what the event says of it."""

    named: Mapping[str, Sequence[Body]]
    profiles: Mapping[str, BodyProfile]

    def fitting(self, article: str, noun: str, before: int) -> list[Body]:
        """Return the mentions before an offset of bodies that a description with `noun` may mean.

        A body of the same noun comes first; else those of a class of which the noun is used for any; else, for companies,
        teams and the like, those of which nothing shows the class.
        """
        general, special = body_classes(noun)
        named = [one for one in self.named.get(article, ()) if one.start < before]
        for fits in (
            lambda one: noun in one.nouns,
            lambda one: (
                bool(general & one.classes) or (bool(special & one.classes) and _is_general(one, special))
            ),
        ):
            found = [one for one in named if fits(self.profiles[one.id])]
            if found:
                return found
        return self.unclear(article, before) if general & _OPEN_CLASSES else []

    def unclear(self, article: str, before: int) -> list[Body]:
        """Return the mentions before an offset of bodies of which neither their names nor word lists show the class."""
        named = [one for one in self.named.get(article, ()) if one.start < before]
        return [one for one in named if not self.profiles[one.id].classes and not self.profiles[one.id].known]


def _is_general(profile: BodyProfile, classes: frozenset[str]) -> bool:
    """Return whether all nouns of a body are used for any of a class: a "firm" may be the shipbuilder, a bank may not."""
    return all(
        classes & body_classes(noun)[0]
        for noun in profile.nouns
        if classes & frozenset().union(*body_classes(noun))
    )


# --- reading --------------------------------------------------------------------------------------------


def read_bodies(sentences: Sentences, cast: Cast, names: Sequence[Name]) -> Bodies:
    """Return the bodies of an event, those of the cast by id and others by name, with what stands beside their names.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Its actors and their mentions by name.
    names : sequence of Name
        All names of the event.

    Examples
    --------
    >>> from crossframe.records import Actor, Article, Spans
    >>> text = "The Danish investment firm Brandt paid."
    >>> row = {"article": "a", "start": 27, "end": 33, "actor": "brandt", "kind": "name"}
    >>> cast = Cast((Actor("brandt", "Brandt", (), "organisation"),), Spans.from_rows([row]))
    >>> profile = read_bodies(Sentences((Article("a", "e", "o", "", text),), [0], [1], [0], [39]), cast, []).profiles["brandt"]
    >>> sorted(profile.nouns), sorted(profile.words)
    (['firm'], ['DK', 'brandt', 'firm', 'investment'])
    """
    kinds = {actor.id: actor.kind for actor in cast.actors}
    named: dict[str, list[Body]] = defaultdict(list)
    profiles: dict[str, BodyProfile] = defaultdict(BodyProfile)
    taken: set[tuple[str, int]] = set()
    places = [
        (row["article"], row["start"], row["end"], row["actor"], kinds[row["actor"]])
        for row in cast.mentions.rows()
    ]
    taken = {(article, start) for article, start, *_ in places}
    places += [
        (name.article, name.start, name.end, f"~{match_key(name.text)}", name.kind)
        for name in names
        if (name.article, name.start) not in taken
    ]
    full = {actor.id: actor.name for actor in cast.actors}
    for article, start, end, id, kind in sorted(places):
        if kind not in _NAMED_BODIES and not (kind == "group" and id.startswith("~")):
            continue
        row = sentences.locate(article, start)
        named[article].append(Body(start, end, row, id))
        _add_name(profiles[id], match_key(full.get(id, id.removeprefix("~"))), kind)
        offset = int(sentences.start[row])
        described = describe_body(sentences.text[row], start - offset, end - offset)
        profiles[id].nouns |= described.nouns
        profiles[id].words |= {normal(word.capitalize()) for word in described.words}
        profiles[id].nations |= described.nations
    return Bodies(dict(named), dict(profiles))


def _add_name(profile: BodyProfile, key: str, kind: str) -> None:
    words = key.split()
    profile.known |= bool(kind_of_known(key)) and key not in _PARTY_NAMES
    profile.nouns |= {_BODY_MARKS[word] for word in words if word in _BODY_MARKS}
    profile.words |= {normal(word.capitalize()) for word in words} | (
        {country_code(word) for word in words} - {""}
    )
    if kind == "party":
        profile.nouns.add("party")
    if len(words) > 1:
        heads = [word for word, then in pairwise(words) if then in {"of", "for", "on"}]
        profile.nouns |= {words[-1], *heads[:1]}


# --- descriptions ---------------------------------------------------------------------------------------


class _Description(NamedTuple):
    """A description in a sentence: offsets, its noun, the words before the noun, and the word that follows."""

    start: int
    end: int
    noun: str
    before: Sequence[str]
    following: str


def find_bodies(sentences: Sentences, bodies: Bodies) -> dict[str, list[Person]]:
    """Return by article the descriptions of bodies that can mean one alone.

    "The company" is the body that its article names before and whose name or description shows it to be a company. Of
    several it is the only one that this sentence or the one before names. Every further word ("the Danish firm") must be
    said of that body, and no other of that noun without a name ("a company") may stand between.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    bodies : Bodies
        From `read_bodies`.

    Returns
    -------
    dict of str to list of Person
        By article, in order.
    """
    links: dict[str, list[Person]] = {}
    for row, text in enumerate(sentences.text):
        article, offset = sentences.article_of(row), int(sentences.start[row])
        named = {one.start for one in bodies.named.get(article.id, ())}
        for one in _descriptions(text):
            start, end = offset + one.start, offset + one.end
            if any(end < other <= end + 2 for other in named):
                continue
            id = _body(one, bodies, article.id, article.document, start, row)
            if id:
                links.setdefault(article.id, []).append(Person(start, end, row, id))
    return links


@cache
def _pattern() -> re.Pattern[str]:
    heads = {
        head for head, kind in lexicons.organisation_heads().items() if kind in {"organisation", "party"}
    }
    nouns = "|".join(sorted(heads | lexicons.body_nouns().keys(), key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"\b[Tt]he\s((?:[\w’'.-]+\s){{0,3}}?)({nouns}|[a-z]{{3,}}maker)(?![\w-])")


def _descriptions(text: str) -> Iterator[_Description]:
    for match in _pattern().finditer(text):
        before = match.group(1).split()
        if any(
            word.endswith(("’s", "'s", "s’", "s'")) or word.casefold() in lexicons.function_words()
            for word in before
        ):
            continue
        rest = text[match.end() :]
        word = _NEXT_WORD.match(rest, 1) if rest[:1] == " " else None
        if _ends(rest, word):
            yield _Description(
                match.start(), match.end(), match.group(2), before, word.group() if word else ""
            )


def _ends(rest: str, word: re.Match[str] | None) -> bool:
    """Return whether a description ends before `rest`, which `word` opens: no further noun, name or owner follows."""
    if re.match(r"\s?,\s[A-Z]", rest):
        return False
    if rest[:2].casefold() in {"'s", "’s"} or rest[:3].casefold() == " 's":
        return True
    if word is None:
        return not rest[:1].isalnum() and rest[:1] not in set("-(/&")
    key = word.group().casefold()
    return key not in _RESTRICTS and not word.group()[:1].isupper() and follows_phrase(key)


def _body(one: _Description, bodies: Bodies, article: str, document: str, start: int, row: int) -> str:
    """Return the one body that a description means, "" where there is none or several."""
    following = one.following.casefold()
    acting = is_saying_verb(following) or following in lexicons.name_parts("auxiliary")
    if one.noun in _EVERYWHERE:
        return ""
    fitting = bodies.fitting(article, one.noun, start)
    if one.noun == "party" and len({_PARTY_NAMES.get(one.id, one.id) for one in fitting}) > 1:
        return ""
    fitting = [
        body for body in fitting if all(normal(word) in bodies.profiles[body.id].words for word in one.before)
    ]
    ids = {body.id for body in fitting}
    if len(ids) > 1:
        fitting = [body for body in fitting if body.row >= row - 1]
        ids = {body.id for body in fitting}
    if len(ids) != 1 or _is_another(one.noun, document[fitting[-1].end : start]):
        return ""
    [id] = ids
    if one.noun in _ACTING and not acting and not bodies.profiles[id].classes & body_classes(one.noun)[0]:
        return ""
    if one.noun in bodies.profiles[id].nouns:
        return id
    if bodies.profiles[id].classes:
        last = fitting[-1]
        nearer = last.row < row - 1 and any(
            other.start > last.start for other in bodies.unclear(article, start)
        )
        return "" if nearer else id
    first = next(body.start for body in bodies.named[article] if body.id == id)
    return id if not re.search(rf"\b{one.noun}\b", document[:first]) else ""


def _is_another(noun: str, between: str) -> bool:
    """Return whether a body of that noun without a name stands between ("a company", "two clubs")."""
    return (
        re.search(
            rf"(?<!, )(?<!\bis )(?<!\bwas )\b(?:[Aa]n?|[Aa]nother|[Oo]ther|two|three)\s(?:[\w’'-]+\s){{0,3}}{noun}s?\b",
            between,
        )
        is not None
    )
