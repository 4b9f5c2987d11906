"""Who speaks: a cue's subject resolved to an actor; he and she by who was named and spoke last; several to nobody."""

import re
from collections.abc import Sequence

from crossframe import lexicons
from crossframe.attributing.coreference.discourse_state import Memory, Speaker, in_quotes, only_one, recall
from crossframe.attributing.coreference.entities import Entity, inside
from crossframe.attributing.coreference.nominals import unnamed
from crossframe.attributing.coreference.pronouns import ANSWERS
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import apposed_after

_HE = re.compile(r"(?:he|she)$", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|that|this|which|him|her|them)$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:for|of|at|from|with|in|to|on|by|who|whose|about|representing)\s")
_NO_VERB = frozenset(["and", "or", "of", "in", "at", "on", "to", "for", "with", "from", "by", "as"])
_GOVERNED = re.compile(
    r"\b(?:of|about|on|against|to|with|for|from|by|than|like|unlike)\s(?:Mr\.\s|Mrs\.\s|Ms\.\s)?$",
    re.IGNORECASE,
)
_SPOKES = re.compile(
    r"\bspokes(?:man|woman|person|men|people)\b|\bpress secretary\b|\bstatement$|\bcommuniqu[eé]$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:(?:only |just |barely |some )?(?:an? |two |three |\w+ )?(?:hours?|minutes?|days?|weeks?|months?|years?) (?:later|earlier|ago)|"
    r"(?:last|this|that) (?:week|month|year|morning|night|spring|summer|fall|autumn|winter)|yesterday|today|tonight|meanwhile|however|but|and|yet|on \w+day|in a statement|earlier|later|still|instead|also|the next day|whom|what|which|where|how|when|in which|by the time|as|because|though|although)\b(?!['’])[\s,]*)+",
    re.IGNORECASE,
)


def resolve_subject(
    document: str, region: Region, subject: tuple[int, int], entities: Sequence[Entity], memory: Memory
) -> Speaker:
    """Return who the words `subject` (offsets in the region) name.

    A name that heads the phrase is taken ("White House counsel Jane Doe"); a name that only modifies it is not
    ("Mr. Doe's lawyer", "a spokesman for Mr. Doe"), but a body's spokesman speaks for the body. He and she go to
    whom the cast links them to, else to the last person of that gender where only one can be meant; descriptions
    only where the cast links them.
    """
    start, end = region.start + subject[0], region.start + subject[1]
    phrase = document[start:end]
    lead = _LEAD.match(phrase)
    if lead and lead.end() < len(phrase):
        start, phrase = start + lead.end(), phrase[lead.end() :]
    words = " ".join(phrase.split())
    link = memory.links.get(start)
    if link is not None and link.end >= end - 1:
        gender = {"he": "m", "she": "f"}.get(words.casefold(), link.gender)
        return Speaker(link.actor, words, gender, link.kind == "person")
    if _PRONOUN.fullmatch(words):
        return _resolve_pronoun(document, words, region, start, entities, memory)
    if _are_several(document, start, end, entities):
        return Speaker("", words)
    named = _head_name(document, start, end, entities)
    if named is not None:
        text = words + _apposition(document, region, start, end)
        return Speaker(named.actor, text, named.gender, named.kind == "person")
    apposed = _apposed_name(document, region, end, entities)
    if apposed is not None:
        text = document[start : apposed.end]
        return Speaker(apposed.actor, " ".join(text.split()), apposed.gender, True)
    body = _spoken_for(document, start, end, entities)
    if body:
        return Speaker(body, words)
    if _SPOKESMAN.fullmatch(words):
        return Speaker(_only_body(region, start, entities, memory), words)
    body = _of_headline(document, region, words, entities)
    if body:
        return Speaker(body, words)
    last = memory.spoken[-1] if memory.spoken else None
    if last is not None and _is_only_person(document, words, start, entities, last[1]):
        return last[1]._replace(text=words)
    if _STATEMENT.fullmatch(words) and last is not None and region.paragraph - last[0] <= 1:
        return last[1]._replace(text=words)
    return Speaker("", words)


_STATEMENT = re.compile(r"(?:[Tt]he|[Hh]is|[Hh]er) (?:statement|post|tweet|message)")
_APPOSITION = re.compile(
    r"(?:\s\([^()]{2,40}\))?(?:,\s(?:(?:the|a|an|who (?:is|was|has))\s|(?:Democrat|Republican|independent)\b|[RDI]-|(?=([a-z]+)\b))(?:[^,;:.“”\"()—]|(?<=\b[A-Z])\.|(?<=\bMr|\bMs|\bDr)\.|(?<=\bMrs|\bSen|\bRep|\bGov|\bGen)\.){1,90}(?=[,.]))?"
)


def _apposition(document: str, region: Region, start: int, end: int) -> str:
    """Return what stands beside a name and says who that is: "(D-Ohio)", ", the minister of trade"."""
    if document[region.start : start].endswith("According to "):
        return document[end : apposed_after(document[: region.end], end)]
    match = _APPOSITION.match(document, end, region.end)
    if match is None:
        return ""
    text = " ".join(match.group().split())
    if match.group(1) and match.group(1) not in lexicons.role_nouns():
        text = text.partition(",")[0].rstrip()
    return f" {text}" if text.startswith("(") else text


_SEVERAL = re.compile(
    r"(?:,\s(?:[A-Z][\w.’'-]*\s?)+)*,?\sand\s(?:the\s|both\s)?(?:[A-Z][\w.’'-]*(?<!['’]s)(?:\s|$))+"
)


def _are_several(document: str, start: int, end: int, entities: Sequence[Entity]) -> bool:
    """Return whether the phrase joins names with "and" ("Jane Doe and Bob Roe"): no single one of them speaks."""
    names = inside(entities, start, end)
    if not names or _PREPOSITION.search(f" {document[start : names[0].start]} "):
        return False
    return _SEVERAL.fullmatch(document, names[0].end, end) is not None


def _head_name(document: str, start: int, end: int, entities: Sequence[Entity]) -> Entity | None:
    """Return the name that heads the phrase: its last name before any preposition, with no common noun after it."""
    names = inside(entities, start, end)
    persons = [one for one in names if one.kind == "person"]
    for one in reversed(names):
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
    for one in inside(entities, end + 2, min(region.end, end + 42)):
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
        for one in inside(entities, start, end)
        if one.actor and one.kind in {"organisation", "office", "party"}
    ]
    return bodies[-1].actor if len({one.actor for one in bodies}) == 1 else ""


def _of_headline(document: str, region: Region, words: str, entities: Sequence[Entity]) -> str:
    """Return the one body of the article whose name ends with the bare noun that speaks in its headline ("ministry says")."""
    kind = lexicons.organisation_heads().get(words.casefold(), "")
    if not region.title or kind not in {"organisation", "party"}:
        return ""
    bodies = {
        one.actor
        for one in entities
        if one.kind in {"organisation", "office", "party"}
        and document[one.start : one.end].casefold().split()[-1] == words.casefold()
    }
    return bodies.pop() if len(bodies) == 1 else ""


_DESCRIPTION = re.compile(r"[Tt]he ([a-z]+)")


def _is_only_person(document: str, words: str, start: int, entities: Sequence[Entity], last: Speaker) -> bool:
    """Return whether "the diplomat" can be the last speaker alone: nobody else is named so far, no other is spoken of."""
    match = _DESCRIPTION.fullmatch(words)
    if match is None or match.group(1) not in lexicons.role_nouns() & lexicons.person_nouns().keys():
        return False
    named = {one.actor or one.text for one in entities if one.kind == "person" and one.end <= start}
    alone = last.person and bool(last.actor) and named == {last.actor}
    return alone and not unnamed(match.group(1)).search(document[:start])


_SPOKESMAN = re.compile(r"[Tt]he spokes(?:man|woman|person)")


def _only_body(region: Region, start: int, entities: Sequence[Entity], memory: Memory) -> str:
    """Return the one body named in this paragraph and the one before, "" where another or a person is named too."""
    near = [one for at, names, _ in memory.names if region.paragraph - at <= 1 for one in names]
    near += [one for one in inside(entities, region.start, start) if not in_quotes(region, one)]
    bodies = {one.actor if one.kind in {"organisation", "office", "party"} else "" for one in near}
    return bodies.pop() if len(bodies) == 1 else ""


def _resolve_pronoun(
    document: str, words: str, region: Region, start: int, entities: Sequence[Entity], memory: Memory
) -> Speaker:
    if words.casefold() in {"who", "which"}:
        return _antecedent(words, region, start, entities)
    if not _HE.fullmatch(words):
        return Speaker("", words)
    gender = "m" if words.casefold() == "he" else "f"
    outside = [
        one
        for one in inside(entities, region.start, start)
        if one.kind == "person"
        and one.gender in {gender, ""}
        and not in_quotes(region, one)
        and not _GOVERNED.search(document[max(region.start, one.start - 12) : one.start])
    ]
    chosen = only_one(outside) or (_subject_of(document, region, outside) if outside else None)
    if chosen is None and not outside and not _answers_one_of_two(document, words, start, gender, memory):
        chosen = recall(region.paragraph, gender, memory)
    if chosen is None:
        return Speaker("", words)
    return Speaker(chosen.actor, words if chosen.actor else chosen.text or words, gender, True)


def _answers_one_of_two(document: str, words: str, start: int, gender: str, memory: Memory) -> bool:
    """Return whether he or she denies or answers what the sentence before says of two: "Doe called Roe a liar. He denied it."."""
    before = memory.names[-1][1] if memory.names else []
    fitting = {one.actor or one.text for one in before if one.kind == "person" and one.gender in {gender, ""}}
    return len(fitting) > 1 and ANSWERS.match(document, start + len(words)) is not None


def _antecedent(words: str, region: Region, start: int, entities: Sequence[Entity]) -> Speaker:
    """Return whom "who" or "which" means: the name just before it, appositions aside."""
    person = words.casefold() == "who"
    near = [
        one
        for one in inside(entities, max(region.start, start - _NEAR), start)
        if (one.kind == "person") == person and not in_quotes(region, one)
    ]
    if not near or (not person and start - near[-1].end > 2):
        return Speaker("", words)
    one = near[-1]
    return Speaker(one.actor, words if one.actor else one.text or words, one.gender, person)


_NEAR = 60
"""Characters in which an apposition may stand between a name and "who" (Jane Doe, the minister of trade, who)."""


def _subject_of(document: str, region: Region, entities: Sequence[Entity]) -> Speaker | None:
    """Return the first of several persons in a sentence when a verb follows the name: it is the subject."""
    first = entities[0]
    after = re.match(
        r"(?:,[^,]{1,80},)?\s(?:also |then |later |had |has |[a-z]+ly )?([a-z]+)",
        document[first.end : region.end],
    )
    if after is None or after.group(1) in _NO_VERB:
        return None
    return Speaker(first.actor, first.text, first.gender, True)
