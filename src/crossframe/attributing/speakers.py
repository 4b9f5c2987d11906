"""Who speaks: a cue's subject resolved to an actor; pronouns and descriptions only where the text leaves no doubt."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.clauses import Region
from crossframe.attributing.mentions import gender_of
from crossframe.attributing.names import Name
from crossframe.records import Cast

_HE = re.compile(r"(?:he|she)$", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|that|this|which|him|her|them)$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:for|of|at|from|with|in|to|on|by|who|whose|about|representing)\s")
_SPOKES = re.compile(
    r"\bspokes(?:man|woman|person|men|people)\b|\bpress secretary\b|\bstatement$|\bcommuniqu[eé]$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:meanwhile|however|but|and|yet|on \w+day|in a statement|earlier|later|still|instead|also|the next day|whom|what|which|where|how|when|as|because|though|although)\b[\s,]*)+",
    re.IGNORECASE,
)


class Entity(NamedTuple):
    """A name in an article: offsets in the document, actor id ("" when it is none of the cast), kind, gender."""

    start: int
    end: int
    actor: str
    text: str
    kind: str
    gender: str


class Speaker(NamedTuple):
    """A speaker: actor id ("" when none), the words that name him, and his gender ("" unknown)."""

    actor: str = ""
    text: str = ""
    gender: str = ""
    person: bool = False


@dataclass
class Memory:
    """What of an article has been read: names outside quotations by region, and who spoke last."""

    names: list[tuple[int, list[Entity]]]
    spoken: list[tuple[int, Speaker]]
    leads: Speaker = field(default_factory=Speaker)
    """Who the last region says is about to speak: the subject of its last cue, or the only person it is about."""


def entities_by_article(cast: Cast, spotted: Sequence[Name]) -> dict[str, list[Entity]]:
    """Return per article its names in order: the cast's mentions, and persons spotted who are not of the cast."""
    kinds = {actor.id: actor.kind for actor in cast.actors}
    genders = {actor.id: gender_of(actor) for actor in cast.actors}
    titled: dict[str, Counter[str]] = {}
    by_start = {(name.article, name.start): name for name in spotted}
    named = [row for row in cast.mentions.rows() if row["kind"] == "name"]
    found: dict[str, list[Entity]] = {}
    for row in named:
        name = by_start.get((row["article"], row["start"]))
        gender = _gender_of_title(name.title) if name is not None else ""
        if gender:
            titled.setdefault(row["actor"], Counter())[gender] += 1
    genders.update(
        {actor: counts.most_common(1)[0][0] for actor, counts in titled.items() if len(counts) == 1}
    )
    for row in named:
        id = row["actor"]
        one = Entity(row["start"], row["end"], id, "", kinds[id], genders[id])
        found.setdefault(row["article"], []).append(one)
    for name in spotted:
        known = found.setdefault(name.article, [])
        if name.kind in {"person", ""} and not any(e.start < name.end and name.start < e.end for e in known):
            first = lexicons.first_names().get(name.text.split()[0].casefold(), "")
            known.append(
                Entity(name.start, name.end, "", name.text, name.kind, _gender_of_title(name.title) or first)
            )
    return {article: sorted(entities) for article, entities in found.items()}


def _gender_of_title(title: str) -> str:
    return lexicons.name_titles().get(title.split()[-1], "") if title else ""


def resolve_subject(
    document: str, region: Region, subject: tuple[int, int], entities: Sequence[Entity], memory: Memory
) -> Speaker:
    """Return who the words `subject` (offsets in the region) name.

    A name that heads the phrase is taken ("White House counsel Jane Doe"); a name that only modifies it is not
    ("Mr. Doe's lawyer", "a spokesman for Mr. Doe"), but a body's spokesman speaks for the body. He and she go to
    the last person of that gender where only one can be meant; "the ministry" to the last name of that head noun.
    """
    start, end = region.start + subject[0], region.start + subject[1]
    phrase = document[start:end]
    lead = _LEAD.match(phrase)
    if lead and lead.end() < len(phrase):
        start, phrase = start + lead.end(), phrase[lead.end() :]
    words = " ".join(phrase.split())
    if _PRONOUN.fullmatch(words):
        return _resolve_pronoun(document, words, region, start, entities, memory)
    named = _head_name(document, start, end, entities)
    if named is not None:
        text = document[named.start : named.end]
        return Speaker(named.actor, " ".join(text.split()), named.gender, named.kind == "person")
    apposed = _apposed_name(document, region, end, entities)
    if apposed is not None:
        text = document[apposed.start : apposed.end]
        return Speaker(apposed.actor, " ".join(text.split()), apposed.gender, True)
    body = _spoken_for(document, start, end, entities)
    if body:
        return Speaker(body, words)
    return _resolve_description(words, document, start, entities, memory, region)


def _inside(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    first = bisect_left(entities, (start,))
    return [one for one in entities[first : first + 40] if one.start < end and one.end <= end + 1]


def _head_name(document: str, start: int, end: int, entities: Sequence[Entity]) -> Entity | None:
    """Return the name that heads the phrase: its last name before any preposition, with no common noun after it."""
    inside = _inside(entities, start, end)
    persons = [one for one in inside if one.kind == "person"]
    for one in reversed(inside):
        if persons and one.kind != "person" and one.end < persons[-1].end:
            break
        before, after = document[start : one.start], document[one.end : end].strip(" ,")
        modifies = _PREPOSITION.search(f" {before} ") and not _PREPOSITION.search(f" {after} ")
        if modifies and (one.kind != "person" or re.search(r"\b(?:a|an|the|his|her|its|their)\b", before)):
            continue
        if not after or re.match(r"(?:of|from|and|himself|herself|Jr|Sr|\(|who|[RDI]-|in|at)\b", after):
            return one
    return None


def _apposed_name(document: str, region: Region, end: int, entities: Sequence[Entity]) -> Entity | None:
    """Return the person named after a description and a comma ("the ministry's spokesman, Jane Doe")."""
    if document[end : end + 2] != ", ":
        return None
    for one in _inside(entities, end + 2, min(region.end, end + 42)):
        if one.kind == "person" and document[end + 2 : one.start].count(" ") <= 2:
            after = document[one.end : one.end + 1]
            return one if after in {",", ".", ""} else None
    return None


def _spoken_for(document: str, start: int, end: int, entities: Sequence[Entity]) -> str:
    """Return the body that a spokesman in the phrase speaks for, "" where there is none."""
    if not _SPOKES.search(document[start:end]):
        return ""
    bodies = [
        one
        for one in _inside(entities, start, end)
        if one.actor and one.kind in {"organisation", "office", "party"}
    ]
    return bodies[-1].actor if len({one.actor for one in bodies}) == 1 else ""


def _resolve_pronoun(
    document: str, words: str, region: Region, start: int, entities: Sequence[Entity], memory: Memory
) -> Speaker:
    if not _HE.fullmatch(words):
        return Speaker("", words)
    gender = "m" if words.casefold() == "he" else "f"
    outside = [
        one
        for one in _inside(entities, region.start, start)
        if one.kind == "person" and one.gender in {gender, ""} and not _in_quotes(region, one)
    ]
    chosen = _only(outside) or (_subject_of(document, region, outside) if outside else None)
    if chosen is None and not outside:
        chosen = _recall(region.paragraph, gender, memory)
    if chosen is None:
        return Speaker("", words)
    return Speaker(chosen.actor, words if chosen.actor else chosen.text or words, gender, True)


def _subject_of(document: str, region: Region, entities: Sequence[Entity]) -> Speaker | None:
    """Return the first of several persons in a sentence when a verb follows the name: it is the subject."""
    first = entities[0]
    after = re.match(
        r"\s(?:also |then |later |had |has |[a-z]+ly )?([a-z]+)", document[first.end : region.end]
    )
    if after is None or after.group(1) in {
        "and",
        "or",
        "of",
        "in",
        "at",
        "on",
        "to",
        "for",
        "with",
        "from",
        "by",
        "as",
    }:
        return None
    return Speaker(first.actor, first.text, first.gender, True)


def _in_quotes(region: Region, one: Entity) -> bool:
    return any(quoted.start <= one.start < quoted.end for quoted in region.quoted)


def _only(entities: Sequence[Entity]) -> Speaker | None:
    """Return the one person that all `entities` are, None where there are none or several."""
    people = {one.actor or one.text.split()[-1]: one for one in entities}
    if len(people) != 1:
        return None
    one = next(iter(people.values()))
    return Speaker(one.actor, one.text, one.gender, True)


def _recall(paragraph: int, gender: str, memory: Memory) -> Speaker | None:
    """Return whom "he" or "she" means by what was read: the last speaker, else the only person just named."""
    last = next((s for p, s in reversed(memory.spoken) if s.person and s.gender in {gender, ""}), None)
    last_at = max((i for i, (p, s) in enumerate(memory.spoken) if s is last), default=-1)
    spoken_paragraph = memory.spoken[last_at][0] if last_at >= 0 else -10
    for named_paragraph, entities in reversed(memory.names[-4:]):
        fitting = [one for one in entities if one.kind == "person" and one.gender in {gender, ""}]
        if not fitting:
            continue
        if last is not None and any(
            (one.actor == last.actor and one.actor) or one.text == last.text != "" for one in fitting
        ):
            return last
        if spoken_paragraph > named_paragraph:
            return last
        return _only(fitting) or _first_subject(fitting)
    return last if last is not None and paragraph - spoken_paragraph <= 4 else None


def _first_subject(entities: Sequence[Entity]) -> Speaker | None:
    """Several persons were named: take the first when the others are named only once after it."""
    first = entities[0]
    same = [one for one in entities if (one.actor or one.text) == (first.actor or first.text)]
    return Speaker(first.actor, first.text, first.gender, True) if len(same) > 1 else None


def _resolve_description(
    words: str, document: str, start: int, entities: Sequence[Entity], memory: Memory, region: Region
) -> Speaker:
    """Resolve "the ministry", "the spokesman" to the last name that bears the noun; else to nobody."""
    match = re.fullmatch(r"(?:the|The)\s+((?:[\w’'-]+\s+){0,3})([\w-]+)", words)
    if match is None:
        return Speaker("", words)
    noun = match.group(2).casefold()
    earlier = [one for one in entities if one.start < start]
    if noun in lexicons.organisation_heads():
        for one in reversed(earlier):
            if (
                one.actor
                and one.kind != "person"
                and document[one.start : one.end].casefold().endswith(f" {noun}")
            ):
                return Speaker(one.actor, words)
        return Speaker("", words)
    if noun not in lexicons.name_parts("person-noun"):
        return Speaker("", words)
    bearing = [one for one in earlier if one.kind == "person" and one.actor and _bears(document, one, noun)]
    if bearing and len({one.actor for one in bearing}) == 1:
        return Speaker(bearing[-1].actor, words, bearing[-1].gender, True)
    last = memory.spoken[-1] if memory.spoken else None
    near = last is not None and last[1].person and last[1].actor and region.paragraph - last[0] <= 1
    if not bearing and near and last is not None and not match.group(1).strip():
        return Speaker(last[1].actor, words, last[1].gender, True)
    return Speaker("", words)


def _bears(document: str, one: Entity, noun: str) -> bool:
    """Return whether title or apposition beside the name have the noun ("Senator Doe", "Doe, a ministry spokesman")."""
    before = document[max(0, one.start - 40) : one.start]
    title = re.search(r"([A-Z][\w.’'-]*\s+|[a-z]+\s+){1,4}$", before)
    after = re.match(r",\s[^.,;:“”\"]{0,80}", document[one.end : one.end + 90])
    near = f"{title.group() if title else ''} {after.group() if after else ''}".casefold()
    short = {
        "governor": "gov",
        "senator": "sen",
        "congressman": "rep",
        "congresswoman": "rep",
        "general": "gen",
    }.get(noun)
    return bool(re.search(rf"\b(?:{re.escape(noun)}{'|' + short if short else ''})\b", near))


def remember(
    memory: Memory, region: Region, entities: Sequence[Entity], speakers: Sequence[Speaker], cued: Speaker
) -> None:
    """Add what `region` names outside quotations, who spoke in it, and whose cue came last, to `memory`."""
    named = [one for one in _inside(entities, region.start, region.end) if not _in_quotes(region, one)]
    memory.names.append((region.paragraph, named))
    memory.spoken.extend((region.paragraph, one) for one in speakers if one.text)
    people = {one.actor or one.text: one for one in named if one.kind == "person"}
    if cued.text:
        memory.leads = cued
    elif len(people) == 1 and named[0].start - region.start <= 60 and not region.title:
        only = next(iter(people.values()))
        memory.leads = Speaker(only.actor, only.text, only.gender, True)
    else:
        memory.leads = Speaker()
