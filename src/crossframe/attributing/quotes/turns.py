"""An article by paragraphs, and the turns of transcripts: whole paragraphs that are a speaker's words without marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.discourse_state import Entity, Speaker, inside
from crossframe.attributing.quotes.cues import NO_SPEAKERS
from crossframe.attributing.syntax.quotation_marks import MASK, split_paragraphs
from crossframe.records import Article
from crossframe.text import slug

FIRST_PERSON = re.compile(r"\b(?:(?<!War\s)I(?!\.)|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Oo]ur|[Oo]urs|us)\b")
SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_TIMED = r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s+)?"
_TURN_LABEL = re.compile(
    rf"[*_“\"]{{0,3}}{_TIMED}(?P<name>[^\W\d_][\w.’'&-]*(?:\s[\w.’'&-]+){{0,4}}?)"
    r"(?:,\s[^:\n]{2,40}|(?:\s\([^():\n]{1,40}\)){1,3})?[*_]{0,3}:[*_]{0,3}\s+(?=\S)"
)
QUESTION_LABEL = re.compile(r"[*_]{0,3}(?:Q|Question|Interviewer)\s?[.:][*_]{0,3}\s+(?=\S)", re.IGNORECASE)
_ASKER = "Interviewer"
_BRACKETED_ASIDE = re.compile(r"[\[(][^\[\]()]*[\])][.]?")
ABOUT_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed|s)?|(?:was|were)\s(?:speaking|talking)|(?:spoke|talked|sat\sdown)\s(?:to|with)|condensed|Q\s?&\s?A|(?:edited|shortened)\sfor"
    r"|(?:we|I|our\s\w+)\s(?:met|asked|reached|called|visited|caught))\b",
    re.IGNORECASE,
)
_TRANSCRIBED = re.compile(r"\b(?:transcripts?|recordings?)\b", re.IGNORECASE)
MAY_BE_PERSON = frozenset({"person", ""})


class Turn(NamedTuple):
    """Words of one speaker without marks: the offsets of their paragraphs in the document, what attributes them, who speaks."""

    spans: tuple[tuple[int, int], ...]
    cue: str
    speaker: Speaker


@dataclass(frozen=True)
class Script:
    """An article by paragraphs.

    Parameters
    ----------
    article : Article
    masked : str
        Its document with quoted characters masked.
    entities : sequence of Entity
        Its names.
    paragraphs : tuple of (int, int)
        Offsets of the paragraphs of its body.
    """

    article: Article
    masked: str
    entities: Sequence[Entity]
    paragraphs: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, article: Article, masked: str, entities: Sequence[Entity]) -> "Script":
        """Return the script of an article."""
        body = (one for one in split_paragraphs(article.document) if one[0] >= article.text_start)
        return cls(article, masked, entities, tuple(body))

    def is_first_person(self, paragraph: tuple[int, int]) -> bool:
        """Return whether somebody speaks of himself or herself in a paragraph, quotations aside."""
        return FIRST_PERSON.search(self.masked, *paragraph) is not None

    def tells_of(self, paragraph: tuple[int, int], speaker: Speaker) -> bool:
        """Return whether a paragraph is not the speaker's but about the speaker, or an aside in brackets."""
        if _BRACKETED_ASIDE.fullmatch(self.masked, *paragraph):
            return True
        about = self.names(paragraph, speaker) or ABOUT_INTERVIEW.search(self.masked, *paragraph) is not None
        return about and not self.is_first_person(paragraph)

    def names(self, paragraph: tuple[int, int], speaker: Speaker) -> bool:
        """Return whether a paragraph names the speaker."""
        return any(self.is_name_of(one, speaker) for one in inside(self.entities, *paragraph))

    def is_name_of(self, entity: Entity, speaker: Speaker) -> bool:
        """Return whether a name is the speaker's, by actor or by surname."""
        if entity.kind not in MAY_BE_PERSON or not speaker.text:
            return False
        if entity.actor and speaker.actor:
            return entity.actor == speaker.actor
        return surname(self.words(entity)) == surname(speaker.text)

    def words(self, entity: Entity) -> str:
        """Return the words of a name as they stand."""
        return " ".join(self.article.document[entity.start : entity.end].split())

    def possible_people(self, until: int | None = None) -> list[Entity]:
        """Return the persons named outside of quotations before `until`, and names of several words that may be persons'."""
        return [
            one
            for one in self.entities
            if self.masked[one.start] != MASK
            and (until is None or one.end <= until)
            and (one.kind == "person" or (one.kind == "" and " " in self.words(one)))
        ]

    def speaker(self, entity: Entity) -> Speaker:
        """Return the person of a name as a speaker, by the longest form of the name in the article."""
        same = [
            self.words(entity),
            *(self.words(one) for one in self.possible_people() if one.actor == entity.actor != ""),
        ]
        return Speaker(entity.actor, max(same, key=len), entity.gender, True)


def read_transcript(script: Script) -> list[Turn]:
    """Return the turns of paragraphs that begin with their speaker's name and a colon, with the paragraphs that go on with them."""
    document, paragraphs = script.article.document, script.paragraphs
    labels = [_label(document, *one) for one in paragraphs]
    names = [name for name, _ in labels if name]
    if not names or not _is_transcript(script, labels):
        return []
    turns: list[Turn] = []
    last = max(at for at, (name, _) in enumerate(labels) if name)
    askers = {script.article.outlet.replace("-", ""), slug(_ASKER)}
    goes_on = False
    for at, ((name, begin), (start, end)) in enumerate(zip(labels, paragraphs, strict=True)):
        if name:
            goes_on = slug(name).replace("-", "") not in askers
            if goes_on:
                turns.append(Turn(((begin, end),), ":", _labelled(script, name, names)))
        elif goes_on:
            about = script.tells_of((start, end), turns[-1].speaker)
            goes_on = not about and (at < last or script.is_first_person((start, end)))
            if goes_on:
                turns[-1] = turns[-1]._replace(spans=(*turns[-1].spans, (start, end)))
    return turns


def _label(document: str, start: int, end: int) -> tuple[str, int]:
    """Return the speaker's name that begins a paragraph, and where the words begin; "" where there is none."""
    if question := QUESTION_LABEL.match(document, start, end):
        return _ASKER, question.end()
    match = _TURN_LABEL.match(document, start, end)
    if match is None or match["name"].casefold() in NO_SPEAKERS:
        return "", start
    words = match["name"].split()
    small = {"of", "the", "and", "for"} | lexicons.name_parts("particle")
    capital = all(word[0].isupper() or word in small for word in words)
    return (match["name"], match.end()) if capital else ("", start)


def _is_transcript(script: Script, labels: Sequence[tuple[str, int]]) -> bool:
    """Return whether the labels of paragraphs are speakers: one of them is known, and they alternate or speak of themselves."""
    names = [name for name, _ in labels if name]
    titles = lexicons.name_titles()
    titled = {name for name in names if name.split()[0].casefold().rstrip(".") in titles and " " in name}
    known = [name for name in dict.fromkeys(names) if _known(script, name) is not None] or sorted(titled)
    if len(titled) > 1 and all(map(str.isupper, titled)):
        return True
    if len(names) == 1:
        return bool(known) and names[0].isupper() and len(names[0]) > 1
    said = [surname(name) for name in names]
    alternate = any(name in said[:at] and said[at - 1] != name for at, name in enumerate(said) if at > 1)
    spoken = [
        script.is_first_person((begin, end)) or SECOND_PERSON.search(script.masked, begin, end) is not None
        for (name, begin), (_, end) in zip(labels, script.paragraphs, strict=True)
        if name
    ]
    first = next(start for (name, _), (start, _) in zip(labels, script.paragraphs, strict=True) if name)
    speak = 3 * sum(spoken) >= len(spoken) or _TRANSCRIBED.search(script.masked, 0, first) is not None
    return (bool(known) and (alternate or speak)) or (alternate and speak and len(set(names)) > 1)


def _known(script: Script, label: str) -> Entity | None:
    """Return the person of the article whom a label names, in full, by surname or by initials; the first of several."""
    titles = lexicons.name_titles()
    words = [word.casefold().strip(".") for word in label.split()]
    words = [word for word in words if word not in titles] or words
    starts = {start for start, end in script.paragraphs if _label(script.article.document, start, end)[0]}
    for one in script.entities:
        if one.kind not in MAY_BE_PERSON or (one.kind == "" and one.start in starts):
            continue
        name = [word.casefold().strip(".") for word in script.words(one).split()]
        initials = "".join(word[0] for word in name)
        full = words[-1] == name[-1] and (set(words) <= set(name) or set(name) <= set(words))
        letters = "".join(words).replace(".", "")
        short = len(letters) > 1 and label.isupper() and initials.endswith(letters)
        if full or short:
            return one
    return None


def _labelled(script: Script, label: str, labels: Sequence[str]) -> Speaker:
    """Return who speaks under a label; a surname alone is the person of the longer label that ends with it."""
    entity = _known(script, label)
    if entity is not None:
        return script.speaker(entity)
    longer = [one for one in labels if surname(one) == surname(label)]
    return Speaker("", max(longer, key=len), "", True)


def surname(name: str) -> str:
    """Return the last word of a name, case-folded."""
    return name.split()[-1].casefold().strip(".") if name.split() else ""
