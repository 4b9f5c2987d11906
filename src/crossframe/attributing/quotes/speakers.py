"""Who speaks: the subject of a cue resolved to an actor; "he" and "she" by who was named and who spoke last."""

import re
from collections.abc import Sequence

from crossframe import lexicons
from crossframe.attributing.coreference.discourse_state import (
    DiscourseState,
    Entity,
    Speaker,
    in_quotes,
    inside,
    only_person,
    speaker_of,
)
from crossframe.attributing.coreference.nominals import unnamed
from crossframe.attributing.coreference.pronouns import ANSWERS
from crossframe.attributing.syntax.appositions import apposition_end, names_somebody
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import SENTENCE_END

_HE = re.compile(r"(?:he|she)$", re.IGNORECASE)
_ANY_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|that|this|which|him|her|them)$", re.IGNORECASE)
_PREPOSITION_INSIDE = re.compile(r"\s(?:for|of|at|from|with|in|to|on|by|who|whose|about|representing)\s")
_BODIES = frozenset({"organisation", "office", "party"})
_NO_VERB = frozenset(["and", "or", "of", "in", "at", "on", "to", "for", "with", "from", "by", "as"])
_GOVERNED = re.compile(
    r"\b(?:of|about|on|against|at|to|toward|towards|with|for|from|by|than|like|unlike)\s(?:Mr\.\s|Mrs\.\s|Ms\.\s)?$",
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


def resolve_subject(state: DiscourseState, region: Region, subject: tuple[int, int]) -> Speaker:
    """Return whom the words `subject` (offsets in the region) name.

    A name that heads the phrase is taken ("White House counsel Jane Doe"); a name that only modifies it is not
    ("Mr. Doe's lawyer", "a spokesman for Mr. Doe"), but the spokesman of a body speaks for the body. "He" and "she" mean
    whom the cast links them to, else the last person of that gender where only one can be meant; descriptions
    mean somebody only where the cast links them.
    """
    document, entities = state.document, state.entities
    start, end = region.start + subject[0], region.start + subject[1]
    phrase = document[start:end]
    lead = _LEAD.match(phrase)
    if lead and lead.end() < len(phrase):
        start, phrase = start + lead.end(), phrase[lead.end() :]
    words = " ".join(phrase.split())
    if words.casefold() == "it" and (written := _of_document(state, end)):
        return written
    link = state.links.get(start)
    if link is not None and link.end >= end - 1 and link.actor != _spoken_of(state, region, start):
        gender = {"he": "m", "she": "f"}.get(words.casefold(), link.gender)
        return Speaker(link.actor, words, gender, link.kind == "person")
    if _ANY_PRONOUN.fullmatch(words):
        return _resolve_pronoun(state, region, words, start)
    if _are_several(document, start, end, entities):
        return Speaker("", words)
    named = _head_name(document, start, end, entities)
    if named is not None:
        text = words + _apposition(document, region, start, end)
        return Speaker(named.actor, text, named.gender, named.kind == "person")
    apposed = _apposed_name(document, region, end, entities)
    if apposed is not None:
        text = document[start : apposed.end]
        return Speaker(apposed.actor, " ".join(text.split()), apposed.gender, apposed.kind == "person")
    described = _resolve_description(state, region, words, start, end)
    return described._replace(text=described.text + _apposition(document, region, start, end))


_TEXTS = r"(?:letter|e-?mail|message|memo(?:randum)?|note|statement|post|tweet|leaflet|flyer|poster|banner|sign|notice|petition|manifesto|plaque|card|text|report)"
_DOCUMENT_BEFORE = re.compile(
    rf"(?P<whose>\b(?:the|an?|his|her|its|their|another|one)|[^\W\d_][\w.-]*(?:['’]s|s['’]))\s"
    rf"(?:(?!(?:the|an?|his|her|its|their)\b)[\w’'-]+\s){{0,3}}?{_TEXTS}\b"
    r"(?:\s(?:from|by)\s(?P<author>(?:(?!\w+ed\b|(?:on|in|at|to|is|was|were|had|has)\b)[\w’'-]+\b\s?)+(?:,\s(?-i:[A-Z])[^,.;:!?]+)?))?",
    re.IGNORECASE,
)
"""A document that a sentence tells of, by its noun, whose it is, and from whom."""
_IS_READ = re.compile(r"\s(?:also\s|then\s)?(?:reads?|begins|began|ends|ended|goes)\b")
_IS_SAID = re.compile(r"\s(?:also\s|then\s)?(?:says|said|adds|added|continue[sd])\b")
_RECEIVES = re.compile(
    r"\b(?:receive[sd]?|got|found|finds|obtain(?:s|ed)|discover(?:s|ed)|intercept(?:s|ed)|seen|saw|handed|given|shown|leaked|delivered|pinned|taped|nailed|posted\son)\b"
)
"""What is done with the words of others."""
_SENDS = re.compile(
    r"\b(?:wrote|writes|sent|sends|issue[sd]|posted|penned|release[sd]|put\sout|gave|made|circulate[sd]|tweeted)\s(?:[^\W\d_]+\s){0,3}\Z"
)
"""What authors do with their own words."""


def _of_document(state: DiscourseState, end: int) -> Speaker | None:
    """Return who wrote the document that "it", which ends at `end`, means; None where "it" means none.

    A document is read ("It reads"); it says something where somebody was given or found it in the sentence before. It is of
    whom it comes from, or of its owner, and of nobody known where the sentence has it from nobody.
    """
    document = state.document
    read = _IS_READ.match(document, end)
    if read is None and not _IS_SAID.match(document, end):
        return None
    before = document[max(0, end - MAX_BEFORE) : end - len("it")].rstrip()
    floor = end - len("it") - len(document[max(0, end - MAX_BEFORE) : end - len("it")])
    begins = max((one.end() for one in SENTENCE_END.finditer(before)), default=0)
    begins = max(begins, before.rfind("\n") + 1)
    found = list(_DOCUMENT_BEFORE.finditer(before, begins))
    if not found or (read is None and not _RECEIVES.search(before, begins, found[-1].start())):
        return None
    last = found[-1]
    if author := last["author"]:
        start = floor + last.start("author")
        named = inside(state.entities, start, start + len(author))
        people = [one for one in named if one.kind == "person"] or named
        if people:
            words = " ".join(document[people[0].start : people[0].end].split())
            return Speaker(people[0].actor, words, people[0].gender, people[0].kind == "person")
        return Speaker("", " ".join(author.split()))
    whose = last["whose"].casefold()
    if whose in {"his", "her", "its", "their"} or _SENDS.search(before, begins, last.start()):
        return None
    owner = [one for one in state.entities if one.start < floor + last.end("whose") <= one.end + 2]
    if owner:
        return Speaker(
            owner[-1].actor,
            " ".join(document[owner[-1].start : owner[-1].end].split()),
            owner[-1].gender,
            owner[-1].kind == "person",
        )
    return Speaker("", " ".join(last.group().split()))


MAX_BEFORE = 400
"""Characters before "it" in which the sentence stands that tells of a document."""
_LEAD_IN = re.compile(
    r"(?:\S+\s){0,4}?(?P<who>(?:the\s)?[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,4})\s?:\s*"
)
_GIVEN_BY = re.compile(r"\b(?:from|by)\s(?P<who>[^,;:.!?“”\"]{2,80}?)\s?:\s*\Z")


def resolve_lead_in(state: DiscourseState, region: Region) -> Speaker:
    """Return whom a short line without a verb introduces ("And from Mayor Anna Bell:"), nobody where it introduces none."""
    match = _LEAD_IN.fullmatch(region.text) if not region.title else None
    return (
        resolve_subject(state, region, match.span("who"))
        if match
        else resolve_giver(state, region, region.text)
    )


def resolve_giver(state: DiscourseState, region: Region, left: str) -> Speaker:
    """Return who a colon at the end of `left` says is speaking behind "from" or "by" ("And then, from a spokesman:")."""
    match = _GIVEN_BY.search(left)
    if match is None:
        return Speaker()
    start, end = match.span("who")
    named = inside(state.entities, region.start + start, region.start + end)
    words = _PREPOSITION_INSIDE.split(f" {left[start:end]} ", maxsplit=1)[0].split()
    head = words[-1].casefold() if words else ""
    body = {head, head.removesuffix("s")} & lexicons.organisation_heads().keys()
    spoken = names_somebody(head) or body or _SPOKES.search(left, start, end)
    if spoken or any(one.kind in _BODIES | {"person", "party", "group", ""} for one in named):
        return resolve_subject(state, region, (start, end))
    return Speaker()


_SPOKEN_OF = re.compile(r"(?:^(?:Of|About|On|To|For|Against|With)\s[^,]{2,60},\s|,\swhom\s)\Z")


def _spoken_of(state: DiscourseState, region: Region, start: int) -> str | None:
    """Return the person whom a pronoun at `start` cannot mean: "Of Doe, he said", "Doe, whom he called"; None without one."""
    if not _SPOKEN_OF.search(state.document[region.start : start]):
        return None
    named = [one for one in inside(state.entities, region.start, start) if one.kind == "person"]
    return named[-1].actor if named else None


def _resolve_description(state: DiscourseState, region: Region, words: str, start: int, end: int) -> Speaker:
    """Return who speaks where no person is named: a body by its spokesman, or the last speaker."""
    body = _represented(state, start, end)
    if body:
        return Speaker(body, words)
    if _SPOKESMAN.fullmatch(words):
        return Speaker(_only_body(state, region, start), words)
    body = _body_of_headline(state, region, words)
    if body:
        return Speaker(body, words)
    last = state.spoken[-1] if state.spoken else None
    if last is not None and _is_only_person(state, words, start, last[1]):
        return last[1]._replace(text=words)
    if _STATEMENT.fullmatch(words) and last is not None and region.paragraph - last[0] <= 1:
        return last[1]._replace(text=words)
    return Speaker("", words)


_STATEMENT = re.compile(r"(?:[Tt]he|[Hh]is|[Hh]er) (?:statement|post|tweet|message)")
_IN_BRACKETS = re.compile(r"\s\([^()]{2,40}\)")


def _apposition(document: str, region: Region, start: int, end: int) -> str:
    """Return the apposition behind a name: " (D-Ohio)", ", the minister of trade"."""
    opens = document[region.start : start].endswith("According to ")
    brackets = _IN_BRACKETS.match(document, end, region.end)
    stop = brackets.end() if brackets else end
    text = " ".join(document[end : apposition_end(document, stop, region.end, before_clause=opens)].split())
    return f" {text}" if brackets else text


_SEVERAL = re.compile(
    r"(?:,\s(?:[A-Z][\w.’'-]*\s?)+)*,?\sand\s(?:the\s|both\s)?(?:[A-Z][\w.’'-]*(?<!['’]s)(?:\s|$))+"
)


def _are_several(document: str, start: int, end: int, entities: Sequence[Entity]) -> bool:
    """Return whether the phrase joins names by "and" ("Jane Doe and Bob Roe"), so that no single one of them speaks."""
    names = inside(entities, start, end)
    if not names or _PREPOSITION_INSIDE.search(f" {document[start : names[0].start]} "):
        return False
    return _SEVERAL.fullmatch(document, names[0].end, end) is not None


def _head_name(document: str, start: int, end: int, entities: Sequence[Entity]) -> Entity | None:
    """Return the name that heads the phrase: its last name before any preposition, with no common noun after it."""
    names = inside(entities, start, end)
    persons = [one for one in names if one.kind == "person"]
    for one in reversed(names):
        if persons and one.kind != "person" and one.end < persons[-1].end:
            break
        before, behind = document[start : one.start], document[one.end : end]
        after = behind.strip(" ,")
        governed = _governs(before) if one.kind == "person" else _PREPOSITION_INSIDE.search(f" {before} ")
        if governed and not _PREPOSITION_INSIDE.search(f" {after} "):
            continue
        if (
            not after
            or behind.startswith(",")
            or re.match(r"(?:of|from|and|himself|herself|Jr|Sr|\(|who|[RDI]-|in|at)\b", after)
        ):
            return one
    return None


def _governs(before: str) -> bool:
    """Return whether a person's name behind `before` belongs to its last preposition ("critics of", "a lawyer for former President").

    In "on Monday in Lund Mr." the preposition has a name of its own, and "a letter from" is its author's words.
    """
    prepositions = list(_PREPOSITION_INSIDE.finditer(f" {before} "))
    if not prepositions:
        return False
    last = prepositions[-1]
    noun = before[: last.start()].split()[-1:]
    people = lexicons.person_nouns().keys() | lexicons.role_nouns()
    if last.group().strip() in {"from", "by"} and not people.intersection(word.casefold() for word in noun):
        return False
    titles = lexicons.name_titles()
    between = f" {before} "[last.end() :].split()
    return not any(word[0].isupper() and word.casefold().rstrip(".") not in titles for word in between)


def _apposed_name(document: str, region: Region, end: int, entities: Sequence[Entity]) -> Entity | None:
    """Return who is named after a description and a comma ("the ministry's spokesman, Jane Doe", "the ferry's owner, Acme")."""
    if document[end : end + 2] != ", ":
        return None
    for one in inside(entities, end + 2, min(region.end, end + 42)):
        if one.kind in {"person", "organisation"} and document[end + 2 : one.start].count(" ") <= 2:
            after = document[one.end : one.end + 1]
            return one if after in {",", ".", ""} else None
    return None


def _represented(state: DiscourseState, start: int, end: int) -> str:
    """Return the body that a spokesman in the phrase speaks for, "" where there is none."""
    if not _SPOKES.search(state.document[start:end]):
        return ""
    named = inside(state.entities, start, end)
    bodies = [one for one in named if one.actor and one.kind in _BODIES]
    return bodies[-1].actor if len({one.actor for one in bodies}) == 1 else ""


def _body_of_headline(state: DiscourseState, region: Region, words: str) -> str:
    """Return the one body of the article whose name ends with the bare noun that speaks in its headline ("ministry says")."""
    kind = lexicons.organisation_heads().get(words.casefold(), "")
    if not region.title or kind not in {"organisation", "party"}:
        return ""
    bodies = {
        one.actor
        for one in state.entities
        if one.kind in _BODIES
        and state.document[one.start : one.end].casefold().split()[-1] == words.casefold()
    }
    return bodies.pop() if len(bodies) == 1 else ""


_DESCRIPTION = re.compile(r"[Tt]he ([a-z]+)")


def _is_only_person(state: DiscourseState, words: str, start: int, last: Speaker) -> bool:
    """Return whether "the diplomat" can only be the last speaker: nobody else is named and no other diplomat mentioned so far."""
    match = _DESCRIPTION.fullmatch(words)
    if match is None or match.group(1) not in lexicons.role_nouns() & lexicons.person_nouns().keys():
        return False
    named = {one.actor or one.text for one in state.entities if one.kind == "person" and one.end <= start}
    alone = last.person and bool(last.actor) and named == {last.actor}
    return alone and not unnamed(match.group(1)).search(state.document[:start])


_SPOKESMAN = re.compile(r"[Tt]he spokes(?:man|woman|person)")


def _only_body(state: DiscourseState, region: Region, start: int) -> str:
    """Return the one body named in this paragraph and the one before, "" where another one or a person is named too."""
    near = [one for at, named, _ in state.named if region.paragraph - at <= 1 for one in named]
    near += [one for one in inside(state.entities, region.start, start) if not in_quotes(region, one)]
    bodies = {one.actor if one.kind in _BODIES else "" for one in near}
    return bodies.pop() if len(bodies) == 1 else ""


def _resolve_pronoun(state: DiscourseState, region: Region, words: str, start: int) -> Speaker:
    if words.casefold() in {"who", "which"}:
        return _resolve_relative(words, region, start, state.entities)
    if not _HE.fullmatch(words):
        return Speaker("", words)
    gender = "m" if words.casefold() == "he" else "f"
    excluded = _spoken_of(state, region, start)
    outside = [
        one
        for one in inside(state.entities, region.start, start)
        if one.kind == "person"
        and one.gender in {gender, ""}
        and not in_quotes(region, one)
        and not (one.actor and one.actor == excluded)
        and not _GOVERNED.search(state.document[max(region.start, one.start - 12) : one.start])
    ]
    chosen = only_person(outside) or (_subject_of(state.document, region, outside) if outside else None)
    if chosen is None and not outside and not _answers_one_of_two(state, words, start, gender):
        chosen = state.find_antecedent(region.paragraph, gender)
    if chosen is None:
        return Speaker("", words)
    return Speaker(chosen.actor, words if chosen.actor else chosen.text or words, gender, True)


def _answers_one_of_two(state: DiscourseState, words: str, start: int, gender: str) -> bool:
    """Return whether "he" or "she" denies or answers where two were named: "Doe called Roe a liar. He denied it."."""
    before = state.named[-1].entities if state.named else []
    fitting = {one.actor or one.text for one in before if one.kind == "person" and one.gender in {gender, ""}}
    fitting -= {one.actor or one.text for _, one in state.spoken if one.gender not in {gender, ""}}
    return len(fitting) > 1 and ANSWERS.match(state.document, start + len(words)) is not None


def _resolve_relative(words: str, region: Region, start: int, entities: Sequence[Entity]) -> Speaker:
    """Return whom "who" or "which" refers to: the name just before it, appositions aside."""
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
"""Characters that an apposition between a name and "who" may take ("Jane Doe, the minister of trade, who")."""


def _subject_of(document: str, region: Region, entities: Sequence[Entity]) -> Speaker | None:
    """Return the first of several persons in a sentence when a verb follows the name, which is then the subject."""
    first = entities[0]
    after = re.match(
        r"(?:,[^,]{1,80},)?\s(?:also |then |later |had |has |[a-z]+ly )?([a-z]+)",
        document[first.end : region.end],
    )
    if after is None or after.group(1) in _NO_VERB:
        return None
    return speaker_of(first)
