"""What of an article has been read before a quote: who was named, who spoke last, and whom he and she then mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crossframe.attributing.coreference.entities import Entity, inside
from crossframe.attributing.syntax.regions import Region

REACH = 4
"""Regions back in which he and she may find their person, and paragraphs back in which the last speaker counts."""
_LEADS_WITHIN = 60
"""A sentence about one person leads a quotation in when it names him within so many characters, or ends in a colon."""
_OPENS = re.compile(
    r"(?:(?:But|And|Yet|Then|Meanwhile|Still|The|the|[Ff]ellow|[Ff]ormer|[A-Z][\w.’'-]*)[\s,]+)*$"
)


_PRONOUNS = frozenset(["He", "She", "They", "It", "We", "I", "You", "Who"])


class Speaker(NamedTuple):
    """A speaker: actor id ("" when none), the words that name him, and his gender ("" unknown)."""

    actor: str = ""
    text: str = ""
    gender: str = ""
    person: bool = False


def differ(one: Speaker, other: Speaker) -> bool:
    """Return whether two speakers are surely not the same: each is named, by another name."""
    if not all(each.text[:1].isupper() and each.text not in _PRONOUNS for each in (one, other)):
        return False
    if one.actor and other.actor:
        return one.actor != other.actor
    last = [each.text.partition(",")[0].split()[-1] for each in (one, other)]
    return one.person and other.person and last[0] != last[1]


@dataclass
class Memory:
    """What of an article has been read: names outside quotations by region with its opening one, and who spoke last."""

    names: list[tuple[int, list[Entity], Entity | None]]
    spoken: list[tuple[int, Speaker]]
    leads: Speaker = field(default_factory=Speaker)
    """Who the last region says is about to speak: the subject of its last cue, or the only person it is about."""
    links: Mapping[int, Entity] = field(default_factory=dict)
    """Descriptions and pronouns that the cast links to an actor, by where they begin."""
    quotes: int = 0
    """How many quotes were numbered."""


def in_quotes(region: Region, one: Entity) -> bool:
    """Return whether a name stands inside quotation marks."""
    return any(quoted.start <= one.start < quoted.end for quoted in region.quoted)


def only_one(entities: Sequence[Entity]) -> Speaker | None:
    """Return the one person that all `entities` are, None where there are none or several."""
    people = {one.actor or one.text.split()[-1]: one for one in entities}
    if len(people) != 1:
        return None
    one = next(iter(people.values()))
    return Speaker(one.actor, one.text, one.gender, True)


def recall(paragraph: int, gender: str, memory: Memory) -> Speaker | None:
    """Return whom "he" or "she" means by what was read: the last speaker, else the only person just named."""
    last = next((s for p, s in reversed(memory.spoken) if s.person and s.gender in {gender, ""}), None)
    last_at = max((i for i, (p, s) in enumerate(memory.spoken) if s is last), default=-1)
    spoken_paragraph = memory.spoken[last_at][0] if last_at >= 0 else -10
    for named_paragraph, entities, opening in reversed(memory.names[-REACH:]):
        fitting = [one for one in entities if one.kind == "person" and one.gender in {gender, ""}]
        if not fitting:
            continue
        if opening in fitting and spoken_paragraph <= named_paragraph < paragraph:
            return Speaker(opening.actor, opening.text, opening.gender, True)
        if last is not None and any(
            (one.actor == last.actor and one.actor) or one.text == last.text != "" for one in fitting
        ):
            return last
        if spoken_paragraph > named_paragraph:
            return last
        return only_one(fitting) or _first_subject(fitting)
    return last if last is not None and paragraph - spoken_paragraph <= REACH else None


def _first_subject(entities: Sequence[Entity]) -> Speaker | None:
    """Several persons were named: take the first when the others are named only once after it."""
    first = entities[0]
    same = [one for one in entities if (one.actor or one.text) == (first.actor or first.text)]
    return Speaker(first.actor, first.text, first.gender, True) if len(same) > 1 else None


def _opening_of(region: Region, named: Sequence[Entity]) -> Entity | None:
    """Return the person whose name opens a region as its subject, None where nobody's does."""
    if not named or region.title:
        return None
    before = region.text[: named[0].start - region.start]
    after = region.text[named[0].end - region.start : named[0].end - region.start + 5]
    if not _OPENS.match(before) or re.match(r"['’]|\s(?:and|or)\b", after):
        return None
    persons = [one for one in named if one.kind == "person"]
    return (
        persons[0]
        if persons
        and (persons[0] == named[0] or _OPENS.match(region.text[: persons[0].start - region.start]))
        else None
    )


def remember(
    memory: Memory, region: Region, entities: Sequence[Entity], speakers: Sequence[Speaker], cued: Speaker
) -> None:
    """Add what `region` names outside quotations, who spoke in it, and whose cue came last, to `memory`."""
    named = [one for one in inside(entities, region.start, region.end) if not in_quotes(region, one)]
    memory.names.append((region.paragraph, named, _opening_of(region, named)))
    memory.spoken.extend((region.paragraph, one) for one in speakers if one.text)
    people = {one.actor or one.text: one for one in named if one.kind == "person"}
    if cued.text:
        memory.leads = cued
    elif (
        len(people) == 1
        and (named[0].start - region.start <= _LEADS_WITHIN or region.text.rstrip().endswith(":"))
        and not region.title
    ):
        only = next(iter(people.values()))
        memory.leads = Speaker(only.actor, only.text, only.gender, True)
    else:
        memory.leads = Speaker()
