"""Names, descriptions and pronouns of an article, as the subject of a cue can mean them: where, who, of what gender."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.mentions import gender_of
from crossframe.attributing.names.spotting import Name
from crossframe.records import Cast

MOST = 40
"""More names than these are in no stretch that is asked for."""


class Entity(NamedTuple):
    """A name in an article: offsets in the document, actor id ("" when it is none of the cast), kind, gender."""

    start: int
    end: int
    actor: str
    text: str
    kind: str
    gender: str


def entities_by_article(cast: Cast, spotted: Sequence[Name]) -> dict[str, list[Entity]]:
    """Return per article its names in order: the cast's mentions, and persons spotted who are not of the cast."""
    kinds = {actor.id: actor.kind for actor in cast.actors}
    genders = {actor.id: gender_of(actor) for actor in cast.actors}
    titled: dict[str, Counter[str]] = {}
    by_start = {(name.article, name.start): name for name in spotted}
    found: dict[str, list[Entity]] = {}
    for row in cast.mentions.rows():
        name = by_start.get((row["article"], row["start"]))
        gender = _gender_of_title(name.title) if name is not None else ""
        if gender:
            titled.setdefault(row["actor"], Counter())[gender] += 1
    genders.update(
        {actor: counts.most_common(1)[0][0] for actor, counts in titled.items() if len(counts) == 1}
    )
    for row in cast.mentions.rows():
        if row["kind"] != "name":
            continue
        id = row["actor"]
        one = Entity(row["start"], row["end"], id, "", kinds[id], genders[id])
        found.setdefault(row["article"], []).append(one)
    taken = {
        article: {at for one in known for at in range(one.start, one.end)} for article, known in found.items()
    }
    for name in spotted:
        covered = taken.get(name.article, set())
        if name.kind in {"person", ""} and covered.isdisjoint(range(name.start, name.end)):
            first = lexicons.first_names().get(name.text.split()[0].casefold(), "")
            gender = _gender_of_title(name.title) or first
            found.setdefault(name.article, []).append(
                Entity(name.start, name.end, "", name.text, name.kind, gender)
            )
    return {article: sorted(entities) for article, entities in found.items()}


def links_by_article(cast: Cast) -> dict[str, dict[int, Entity]]:
    """Return per article the descriptions and pronouns that the cast links to an actor, by where they begin."""
    kinds = {actor.id: actor.kind for actor in cast.actors}
    genders = {actor.id: gender_of(actor) for actor in cast.actors}
    found: dict[str, dict[int, Entity]] = {}
    for row in cast.mentions.rows():
        if row["kind"] != "name":
            id = row["actor"]
            one = Entity(row["start"], row["end"], id, "", kinds[id], genders[id])
            found.setdefault(row["article"], {})[row["start"]] = one
    return found


def _gender_of_title(title: str) -> str:
    return lexicons.name_titles().get(title.split()[-1], "") if title else ""


def inside(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """Return the entities that begin at `start` or later and end by `end`."""
    first = bisect_left(entities, (start,))
    return [one for one in entities[first : first + MOST] if one.start < end and one.end <= end + 1]
