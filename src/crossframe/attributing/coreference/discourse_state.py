"""What has been read of an article before a quote: who was named, who spoke last, and whom "he" and "she" then mean."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.genders import decide_gender, gender_evidence
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.regions import Region
from crossframe.records import Cast

MAX_BACK = 4
"""Regions back in which "he" and "she" look for an antecedent, and paragraphs back in which the last speaker counts."""
MAX_ENTITIES = 40
"""No stretch of text that is searched for names holds more than these."""
_LEADS_WITHIN = 60
"""A sentence about one person introduces a quotation when it names the person within these characters, or ends in a colon."""
_OPENS_REGION = re.compile(
    r"(?:(?:But|And|Yet|Then|Meanwhile|Still|The|the|[Ff]ellow|[Ff]ormer|[A-Z][\w.’'-]*)[\s,]+)*$"
)
_PRONOUNS = frozenset(["He", "She", "They", "It", "We", "I", "You", "Who"])


# --- names, descriptions and pronouns of an article -------------------------------------------------------


class Entity(NamedTuple):
    """A name in an article: offsets in the document, actor id ("" when it is not in the cast), kind, gender."""

    start: int
    end: int
    actor: str
    text: str
    kind: str
    gender: str


def entities_by_article(
    cast: Cast, names: Sequence[Name], genders: Mapping[str, str]
) -> dict[str, list[Entity]]:
    """Return by article its names in order: mentions of the cast, and of `names` the persons who are not in the cast.

    `genders` are those of `read_genders`, by id of the actor, or "~" and surname.
    """
    kinds = {one.id: one.kind for one in cast.actors}
    entities: dict[str, list[Entity]] = {}
    for row in cast.mentions.rows():
        if row["kind"] == "name":
            id = row["actor"]
            entity = Entity(row["start"], row["end"], id, "", kinds[id], genders.get(id, ""))
            entities.setdefault(row["article"], []).append(entity)
    covered = {
        article: {at for one in mentioned for at in range(one.start, one.end)}
        for article, mentioned in entities.items()
    }
    for name in names:
        free = covered.get(name.article, set()).isdisjoint(range(name.start, name.end))
        if name.kind in {"person", ""} and free:
            own = decide_gender(gender_evidence(name.text, 0, len(name.text), title=name.title))
            gender = own or genders.get(f"~{name.text.split()[-1].casefold()}", "")
            kind = name.kind or _kind_by_role(name.text)
            entity = Entity(name.start, name.end, "", name.text, kind, gender)
            entities.setdefault(name.article, []).append(entity)
    return {article: sorted(listed) for article, listed in entities.items()}


def _kind_by_role(text: str) -> str:
    """Return ``person`` where a noun for persons opens a name ("Nurse Abena Osei"), else ""."""
    role, _, name = text.partition(" ")
    listed = f"{role.casefold()}s" in lexicons.people_nouns("persons")
    return "person" if " " in name and listed else ""


def links_by_article(cast: Cast, genders: Mapping[str, str]) -> dict[str, dict[int, Entity]]:
    """Return by article the descriptions and pronouns that the cast links to an actor, by where they begin."""
    kinds = {one.id: one.kind for one in cast.actors}
    links: dict[str, dict[int, Entity]] = {}
    for row in cast.mentions.rows():
        if row["kind"] != "name":
            id = row["actor"]
            entity = Entity(row["start"], row["end"], id, "", kinds[id], genders.get(id, ""))
            links.setdefault(row["article"], {})[row["start"]] = entity
    return links


def inside(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """Return the entities that begin at `start` or later and end by `end`."""
    first = bisect_left(entities, (start,))
    return [one for one in entities[first : first + MAX_ENTITIES] if one.start < end and one.end <= end + 1]


# --- speakers ---------------------------------------------------------------------------------------------


class Speaker(NamedTuple):
    """A speaker: actor id ("" when there is none), the words that name the speaker, gender ("" when unknown)."""

    actor: str = ""
    text: str = ""
    gender: str = ""
    person: bool = False


def speaker_of(entity: Entity) -> Speaker:
    """Return the person that `entity` names as a speaker."""
    return Speaker(entity.actor, entity.text, entity.gender, True)


def differ(one: Speaker, other: Speaker) -> bool:
    """Return whether two speakers are surely different: both are named, by different names."""
    if not all(each.text[:1].isupper() and each.text not in _PRONOUNS for each in (one, other)):
        return False
    if one.actor and other.actor:
        return one.actor != other.actor
    last = [each.text.partition(",")[0].split()[-1] for each in (one, other)]
    return one.person and other.person and last[0] != last[1]


# --- the state --------------------------------------------------------------------------------------------


class NamedIn(NamedTuple):
    """What a region names outside quotations: its paragraph, the names, and the person whose name opens it, if any."""

    paragraph: int
    entities: list[Entity]
    opening: Entity | None


@dataclass
class DiscourseState:
    """What has been read of an article so far.

    Parameters
    ----------
    document : str
        The article's document.
    entities : sequence of Entity
        All its names, in order.
    links : mapping of int to Entity
        Descriptions and pronouns that the cast links to an actor, by where they begin.
    named : list of NamedIn
        Names outside quotations, one entry per region read.
    spoken : list of (int, Speaker)
        Speakers in order, each with the paragraph.
    introduced : Speaker
        Who, by the last region, is about to speak: the subject of its last cue, or the only person it is about.
    n_quotes : int
        Number of quotes so far.
    """

    document: str = ""
    entities: Sequence[Entity] = ()
    links: Mapping[int, Entity] = field(default_factory=dict)
    named: list[NamedIn] = field(default_factory=list)
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    introduced: Speaker = field(default_factory=Speaker)
    n_quotes: int = 0

    def add_region(self, region: Region, speakers: Sequence[Speaker], last_subject: Speaker) -> None:
        """Add what `region` names outside quotations, who spoke in it, and the subject of its last cue."""
        within = inside(self.entities, region.start, region.end)
        named = [one for one in within if not in_quotes(region, one)]
        self.named.append(NamedIn(region.paragraph, named, _opening_of(region, named)))
        self.spoken.extend((region.paragraph, one) for one in speakers if one.text)
        people = {one.actor or one.text: one for one in named if one.kind == "person"}
        if last_subject.text:
            self.introduced = last_subject
        elif (
            len(people) == 1
            and (named[0].start - region.start <= _LEADS_WITHIN or region.text.rstrip().endswith(":"))
            and not region.title
        ):
            self.introduced = speaker_of(next(iter(people.values())))
        else:
            self.introduced = Speaker()

    def find_antecedent(self, paragraph: int, gender: str) -> Speaker | None:
        """Return whom "he" or "she" in `paragraph` means: the last speaker, else the only person just named."""
        last = next((s for p, s in reversed(self.spoken) if s.person and s.gender in {gender, ""}), None)
        last_at = max((i for i, (p, s) in enumerate(self.spoken) if s is last), default=-1)
        spoken_paragraph = self.spoken[last_at][0] if last_at >= 0 else -10
        others = {one.actor or one.text for _, one in self.spoken if one.gender not in {gender, ""}}
        for named_paragraph, entities, opening in reversed(self.named[-MAX_BACK:]):
            fitting = [
                one
                for one in entities
                if one.kind == "person"
                and one.gender in {gender, ""}
                and (one.actor or one.text) not in others
            ]
            if not fitting:
                continue
            if opening in fitting and spoken_paragraph <= named_paragraph < paragraph:
                return speaker_of(opening)
            if last is not None and any(
                (one.actor == last.actor and one.actor) or one.text == last.text != "" for one in fitting
            ):
                return last
            if spoken_paragraph > named_paragraph:
                return last
            return only_person(fitting) or _first_subject(fitting)
        return last if last is not None and paragraph - spoken_paragraph <= MAX_BACK else None


def in_quotes(region: Region, one: Entity) -> bool:
    """Return whether a name stands inside quotation marks."""
    return any(quoted.start <= one.start < quoted.end for quoted in region.quoted)


def only_person(entities: Sequence[Entity]) -> Speaker | None:
    """Return the one person that all `entities` are, None where there are none or several."""
    people = {one.actor or one.text.split()[-1]: one for one in entities}
    return speaker_of(next(iter(people.values()))) if len(people) == 1 else None


def _first_subject(entities: Sequence[Entity]) -> Speaker | None:
    """Return the first of several persons when that one is named again among them, else None."""
    first = entities[0]
    same = [one for one in entities if (one.actor or one.text) == (first.actor or first.text)]
    return speaker_of(first) if len(same) > 1 else None


def _opening_of(region: Region, named: Sequence[Entity]) -> Entity | None:
    """Return the person whose name opens a region as its subject, None where there is none."""
    if not named or region.title:
        return None
    before = region.text[: named[0].start - region.start]
    after = region.text[named[0].end - region.start : named[0].end - region.start + 5]
    if not _OPENS_REGION.match(before) or re.match(r"['’]|\s(?:and|or)\b", after):
        return None
    person = next((one for one in named if one.kind == "person"), None)
    opens = person is not None and (
        person == named[0] or _OPENS_REGION.match(region.text[: person.start - region.start])
    )
    return person if opens else None
