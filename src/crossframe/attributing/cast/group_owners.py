"""Which phrases mean one group, and which mean an actor with a name: by noun, by place or body, and by nationality."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crossframe import lexicons
from crossframe.attributing.cast.group_heads import ABROAD, OF_EVERY_STATE, PLACE_NOUNS, unnamed_bodies
from crossframe.attributing.cast.group_phrases import GroupPhrase
from crossframe.attributing.coreference.bodies import Bodies
from crossframe.attributing.syntax.words import country_code
from crossframe.records import Actor, Spans
from crossframe.text import match_key

_NAMED_KINDS = frozenset({"organisation", "office", "party", "group"})
FIELDED = frozenset(["forces", "troops"])
"""Two words for the armed people whom a state or side has in the field."""
_UNITS = frozenset(["department", "service", "force", "authority", "board", "office", "union"])
_STAFFED_UNITS = frozenset(["department", "office", "service"])
"""Units that are who works there: "prosecutors" of the Quay Prosecutors' Office, but not "firefighters" of their union."""


@dataclass(frozen=True)
class Place:
    """A phrase where it stands; `anchor` is in the form that all names of a place or body have in common.

    ``named`` is the id of the actor of whose name it is a mention already ("the Danes"), "" for all others; ``title`` says whether
    it stands in the article's title.
    """

    article: str
    outlet: str
    row: int
    start: int
    end: int
    phrase: GroupPhrase
    words: str
    anchor: str
    named: str = ""
    title: bool = False


def find_owners(
    places: Sequence[Place], actors: Iterable[Actor], mentions: Spans, bodies: Bodies
) -> dict[Place, str]:
    """Return the phrases that mean an actor with a name: by the same words, or the one body whose name has the noun.

    Of several such bodies it is the only one that the article names; else the phrase is nobody's (""), and no group. In an
    article that names a body of a state later, "the foreign ministry" is another state's before. A company or club that
    an article names may be meant by "the company", which then is no group either; "the Danes" are the one body that the
    article introduces as Danish.

    Parameters
    ----------
    places : sequence of Place
        In order.
    actors : iterable of Actor
        Who has a name, also too seldom to be an actor of the event.
    mentions : Spans
        Where the actors of the event are mentioned.
    bodies : Bodies
        What the event says of its bodies.
    """
    by_name, by_noun = _named_bodies(actors)
    first: dict[tuple[str, str], int] = {}
    for row in mentions.rows():
        where = row["article"], row["actor"]
        first[where] = min(first.get(where, row["start"]), row["start"])
    owners: dict[Place, str] = {}
    unnamed: set[tuple[str, str]] = set()
    for one in places:
        head = one.phrase.head
        words = f"{one.phrase.anchor} {one.words}" if one.phrase.anchor else one.words
        bare = one.words == head and not one.phrase.anchor
        named = by_noun.get(head, set()) if bare else set()
        here = {id for id in named if (one.article, id) in first}
        id = by_name.get(match_key(words), "")
        of_any = head in OF_EVERY_STATE and not one.phrase.anchor
        if one.named:
            continue
        if id:
            behind = first.get((one.article, id), -1) < one.start
            owners[one] = id if behind or not of_any else ""
        elif len(named) > 1 and len(here) != 1:
            owners[one] = ""
        elif named and head not in OF_EVERY_STATE:
            owners[one] = next(iter(here or named))
        elif head in unnamed_bodies():
            named_before = bodies.fitting(one.article, head, one.start) or bodies.unclear(
                one.article, one.start
            )
            if (one.article, head) in unnamed or not named_before:
                unnamed.add((one.article, head))
            else:
                owners[one] = ""
    return owners


def _named_bodies(actors: Iterable[Actor]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return name -> id of actors that are no persons, and the noun in a body's name -> ids."""
    by_name: dict[str, str] = {}
    by_noun: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in actor.names if actor.kind != "person" else ():
            key = match_key(name).removeprefix("the ")
            by_name[key] = actor.id
            for noun in _nouns_of(key) if actor.kind in _NAMED_KINDS else ():
                by_noun[noun].add(actor.id)
    return by_name, by_noun


def _nouns_of(name: str) -> Iterator[str]:
    """Yield the nouns for bodies that head a name: "Quay police", "Quay Police Department", "Council of Quay"."""
    words = name.split()
    bodies = lexicons.people_nouns("bodies") | lexicons.people_nouns("bare")
    people = words[-2].rstrip("'’") if len(words) > 2 else ""
    if len(words) > 1 and words[-1] in bodies:
        yield words[-1]
    elif len(words) > 2 and words[-1] in _UNITS and words[-2] in bodies:
        yield words[-2]
    elif words[-1] in _STAFFED_UNITS and people in lexicons.people_nouns("persons"):
        yield people
    elif len(words) > 2 and words[0] in bodies and words[1] in {"of", "for"}:
        yield words[0]


def take_up_nations(places: Sequence[Place], bodies: Bodies) -> tuple[list[Place], dict[Place, str]]:
    """Return the phrases with "the Kenyans" as what its article introduces as Kenyan, and those that mean such a body.

    That is one group ("Kenyan peacekeepers") or one body ("the Kenyan airline Uhuru Air"), and nobody where there are two.
    """
    introduced: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    taken: list[Place] = []
    owners: dict[Place, str] = {}
    for one in places:
        code = lexicons.natives().get(one.phrase.head, "")
        bare = one.words.casefold() == one.phrase.head and not one.phrase.anchor
        if not code:
            if (
                country_code(one.phrase.anchor) == one.anchor != ""
                and one.phrase.anchor_before
                and one.phrase.head not in lexicons.people_nouns("bodies") | unnamed_bodies()
                and not one.title
            ):
                introduced[one.article, one.anchor].add((one.words, one.anchor))
            taken.append(one)
            continue
        groups = introduced[one.article, code] if one.phrase.definite and bare else set()
        firms = {
            body.id
            for body in bodies.named.get(one.article, ())
            if body.start < one.start
            and code in bodies.profiles[body.id].nations
            and one.phrase.definite
            and bare
        }
        if len(groups) + len(firms) != 1:
            taken += [] if one.named and not one.phrase.anchor else [one]
        elif groups:
            [(words, anchor)] = groups
            taken.append(replace(one, words=words, anchor=anchor))
        else:
            owners[one] = firms.pop()
            taken.append(one)
    return taken, owners


def join_phrases(places: Sequence[Place]) -> dict[tuple[str, str], list[Place]]:
    """Return the phrases by words and anchor; those without one have the only one of the event, or of their article.

    "Owners" has the modifiers of the one longer phrase that its article has before ("boat owners"): news introduces a group
    in full and then in short; of 19 such pairs read in BASIL and NeuS 16 were one group. "Kenyans" are not the Kenyans in London,
    but "the Kenyans" of the same article are; Kenyans abroad are those of the only place that the event states. The Kenyan forces
    are the Kenyan troops.
    """
    places = _with_modifiers(places)
    event: dict[str, set[str]] = defaultdict(set)
    article: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in places:
        if one.anchor and one.anchor != ABROAD:
            event[one.words].add(one.anchor)
            article[one.words, one.article].add(one.anchor)
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for one in places:
        unique = len(event[one.words]) == 1 and one.phrase.head not in OF_EVERY_STATE
        native = one.phrase.head in lexicons.natives() and one.anchor != ABROAD
        own = event[one.words] if unique and not native else article[one.words, one.article]
        if native and not one.phrase.definite:
            own = set()
        anchor = next(iter(own)) if len(own) == 1 and one.anchor in {"", ABROAD} else one.anchor
        groups[one.words, anchor].append(one)
    return _with_fielded(groups)


def _with_fielded(groups: Mapping[tuple[str, str], list[Place]]) -> dict[tuple[str, str], list[Place]]:
    """Return the groups, the forces and troops of one state or side as one, by the more frequent word."""
    sides: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for words, anchor in groups:
        before, _, head = words.rpartition(" ")
        if head in FIELDED and (before or anchor):
            sides[before, anchor].append((words, anchor))
    joined = dict(groups)
    for keys in sides.values():
        whole = [one for key in keys for one in joined.pop(key)]
        joined[max(sorted(keys), key=lambda key: len(groups[key]))] = whole
    return joined


def _with_modifiers(places: Sequence[Place]) -> list[Place]:
    longer: dict[tuple[str, str], set[str]] = defaultdict(set)
    filled = []
    for one in places:
        known = longer[one.article, one.phrase.head]
        if one.words != one.phrase.head:
            known.add(one.words)
        elif len(known) == 1 and not one.phrase.anchor:
            one = replace(one, words=next(iter(known)))
        filled.append(one)
    return filled


def name_anchor(name: str, ids: Mapping[str, str]) -> str:
    """Return what all forms of an anchor have in common: the code of a country, the id of an actor, else the words."""
    key = match_key(name).removeprefix("the ")
    return country_code(name) or ids.get(key) or key


def words_of(phrase: GroupPhrase) -> str:
    """Return modifiers and head; of bodies without the kind of territory: "the town council" is the council."""
    bodies = lexicons.people_nouns("bodies") | lexicons.people_nouns("bare")
    if phrase.head in bodies:
        modifiers = [word for word in phrase.modifiers if word in drop_places(phrase.modifiers)]
        return " ".join((*modifiers, phrase.head))
    people = phrase.head in lexicons.people_nouns("peoples") and phrase.head not in lexicons.people_nouns(
        "persons"
    )
    return " ".join((*phrase.modifiers, phrase.head.capitalize() if people else phrase.head))


def drop_places(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a body's name without those for the kind of territory: "the town council" is the council."""
    return frozenset(words) - PLACE_NOUNS
