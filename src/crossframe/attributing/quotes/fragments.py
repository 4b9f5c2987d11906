"""Read the quotes of one region: reported clauses, quoted stretches with their cue, and stretches that go on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from crossframe.attributing.coreference.discourse_state import Memory, Speaker, differ, remember
from crossframe.attributing.coreference.entities import Entity
from crossframe.attributing.quotes.cues import Cue, find_cues
from crossframe.attributing.quotes.indirect import Content, find_content
from crossframe.attributing.quotes.scare_quotes import is_name_of_work, is_scare, is_utterance, text_before
from crossframe.attributing.quotes.speakers import resolve_subject
from crossframe.attributing.syntax.quotation_marks import Quoted
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import SENTENCE_END

_NOBODY = re.compile(
    r"(?:nobody|no[ -]one|none|neither|not even|hardly any(?:one|body)?|no(?!\.|-|\s*\d))\b", re.IGNORECASE
)
"""Whose words are nobody's: that "nobody doubts it" is what the author says. (PolNeAR marks such clauses as attributions; to
leave them out costs 0.0003 of the F1 of contents on its train part.)"""


@dataclass(frozen=True)
class Fragment:
    """One fragment of a quote: offsets in the document; fragments of one quote share ``number``."""

    start: int
    end: int
    kind: str
    number: int
    cue: str
    speaker: Speaker


@dataclass
class _Scene:
    """A region being read, with what was found before it and in it."""

    document: str
    region: Region
    before: Region | None
    entities: Sequence[Entity]
    memory: Memory
    cues: list[Cue]
    speakers: dict[Cue, Speaker]
    earlier: Sequence[Fragment]
    fragments: list[Fragment]
    numbers: dict[Cue, int]

    def words(self, cue: Cue) -> str:
        """The words of a cue."""
        return self.document[self.region.start + cue.start : self.region.start + cue.end]

    def left(self, one: Quoted) -> str:
        """The region's masked text before a quoted stretch."""
        return text_before(self.region, one)

    def new_number(self) -> int:
        """A number no quote has yet."""
        self.memory.quotes += 1
        return self.memory.quotes

    def last(self) -> Fragment | None:
        """The fragment that ends last so far."""
        near = (*self.earlier[-len(self.region.quoted) - 8 :], *self.fragments)
        return max(near, key=lambda fragment: fragment.end, default=None)


def read_region(
    document: str,
    region: Region,
    before: Region | None,
    entities: Sequence[Entity],
    memory: Memory,
    earlier: Sequence[Fragment],
) -> list[Fragment]:
    """Return the fragments of quotes in `region`, and add what it tells to `memory`.

    Parameters
    ----------
    document : str
        The article's document.
    region, before : Region
        The region to read, and the one before it (None at the beginning).
    entities : sequence of Entity
        Names of the article.
    memory : Memory
        What was read so far; changed.
    earlier : sequence of Fragment
        Fragments found so far; quotes may go on from one region to the next.
    """
    cues = find_cues(region)
    speakers = {
        cue: resolve_subject(document, region, cue.subject, entities, memory)
        for cue in cues
        if cue.subject is not None
    }
    scene = _Scene(document, region, before, entities, memory, cues, speakers, earlier, [], {})
    _read_clauses(scene)
    for one in region.quoted:
        if not any(fragment.start <= one.start and one.end <= fragment.end for fragment in scene.fragments):
            _read_quoted(scene, one)
    spoken = list(dict.fromkeys(one.speaker for one in scene.fragments))
    remember(memory, region, entities, spoken, speakers.get(cues[-1], Speaker()) if cues else Speaker())
    return sorted(scene.fragments, key=lambda one: one.start)


def _read_clauses(scene: _Scene) -> None:
    """Add reported clauses, the longest first: "He believes it, a spokesman said" is the spokesman's."""
    region, found = scene.region, []
    for at, cue in enumerate(scene.cues):
        if cue.subject is not None and _NOBODY.match(region.text[slice(*cue.subject)]):
            continue
        content = find_content(region, cue, scene.cues[at + 1 :])
        if content is not None and not _holds_anothers(scene, content, cue):
            spans = [(start + region.start, end + region.start) for start, end in content.spans]
            if content.frame == "object":
                spans = _split_at_quotes(region, *spans[0])
            found.append((sum(start - end for start, end in spans), spans, cue))
    for _, spans, cue in sorted(found, key=lambda one: (one[0], one[1])):
        if any(one.start < end and start < one.end for one in scene.fragments for start, end in spans):
            continue
        scene.numbers[cue] = scene.new_number()
        for start, end in spans:
            inside = [one for one in region.quoted if one.start >= start and one.end <= end + 1]
            last = max([end, *(one.end for one in inside)])
            kind = _kind_of_clause(scene, start, last, inside, cue)
            scene.fragments.append(
                Fragment(
                    start,
                    last,
                    kind,
                    scene.numbers[cue],
                    scene.words(cue),
                    scene.speakers.get(cue, Speaker()),
                )
            )


def _holds_anothers(scene: _Scene, content: Content, cue: Cue) -> bool:
    """Return whether a clause before its cue opens with a quotation that another cue beside it governs."""
    region, start = scene.region, content.spans[0][0] + scene.region.start
    first = next((one for one in region.quoted if one.start == start), None)
    if first is None or content.frame not in {"before", "around", "according"}:
        return False
    return _governing(region, first, [one for one in scene.cues if "quote" in one.takes]) not in {None, cue}


def _split_at_quotes(region: Region, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of an object: each ends with a quotation ('it a "farce"', 'and a "shame"')."""
    inside = [one for one in region.quoted if start <= one.start and one.end <= end]
    ends = [one.end for one in inside[:-1]]
    bounds = [start, *ends, end]
    return [
        (first + len(text) - len(text.lstrip()), last)
        for first, last in pairwise(bounds)
        for text in [region.text[first - region.start : last - region.start]]
    ]


def _kind_of_clause(scene: _Scene, start: int, end: int, inside: list[Quoted], cue: Cue) -> str:
    if not inside:
        return "indirect"
    around = scene.document[start : inside[0].start] + scene.document[inside[0].end : end]
    whole = len(inside) == 1 and not re.search(r"\w", around)
    return "direct" if whole and is_utterance(scene.document, scene.region, inside[0], cue) else "mixed"


def _read_quoted(scene: _Scene, one: Quoted) -> None:
    """Add the quote that a quoted stretch is, when it is one."""
    if is_name_of_work(scene.document, scene.region, one):
        return
    cues = [cue for cue in scene.cues if cue.takes & {"quote", "according"}]
    cue = _governing(scene.region, one, cues, _stands_apart(scene, one))
    last = scene.last()
    speaker = scene.speakers[cue] if cue is not None else Speaker()
    if last is not None and _left_open(scene.document, last, one) and not differ(last.speaker, speaker):
        made = replace(last, start=one.start, end=one.end)
        if cue is not None and not last.speaker.text:
            made = replace(made, cue=scene.words(cue), speaker=speaker)
    elif cue is not None:
        number = scene.numbers.get(cue) or scene.new_number()
        split = scene.left(one).endswith(",") and any(
            other.number == number and other.kind == "direct" for other in scene.fragments
        )
        kind = "direct" if split or is_utterance(scene.document, scene.region, one, cue) else "mixed"
        made = Fragment(one.start, one.end, kind, number, scene.words(cue), speaker)
    else:
        mark, speaker = _signed(scene, one) or _introduced(scene, one)
        if mark:
            made = Fragment(one.start, one.end, "direct", scene.new_number(), mark, speaker)
        elif is_scare(scene.document, scene.region, one):
            return
        else:
            made = _carried_on(scene, one)
    if cue is not None:
        scene.numbers.setdefault(cue, made.number)
    scene.fragments.append(made)


def _left_open(document: str, last: Fragment, one: Quoted) -> bool:
    """Return whether the last fragment was left open at its paragraph's end and `one` begins the next paragraph."""
    between = document[last.end : one.start]
    return (
        last.kind == "direct"
        and "\n" in between
        and not between.strip()
        and document[last.end - 1] not in "”\"»'’"
    )


def _stands_apart(scene: _Scene, one: Quoted) -> bool:
    """Return whether a quotation goes on with what was said before it, not with the one that opens right behind it.

    “We will go,” Doe said. “Soon.” “No,” Roe said: "Soon" is Doe's.
    """
    follows = next((other for other in scene.region.quoted if other.start >= one.end), None)
    if follows is None or scene.document[one.start : one.end].rstrip("”\"»'’")[-1:] not in set(".!?"):
        return False
    between = scene.document[one.end : follows.start]
    before, last = scene.before, scene.last()
    same = before is not None and before.paragraph == scene.region.paragraph
    attributed = last is not None and bool(last.speaker.text)
    told = (same and not scene.left(one)) or scene.left(one).endswith(",")
    return not between.strip() and attributed and told


def _governing(region: Region, one: Quoted, cues: Sequence[Cue], apart: bool = False) -> Cue | None:
    """Return the cue that governs a quoted stretch: the one beside it, else the last before it, else the next.

    Nothing behind a quotation that stands `apart` governs it.
    """
    if not cues:
        return None
    start, end = one.start - region.start, one.end - region.start

    def first(cue: Cue) -> int:
        inside = cue.subject is not None and not cue.inverted and cue.tense == "finite"
        return min(cue.start, cue.subject[0]) if inside and cue.subject is not None else cue.start

    after = [cue for cue in cues if cue.start >= end and first(cue) >= end - 1]
    beside = [cue for cue in after if not re.search(r"[\w.!?]", region.text[end : first(cue)])]
    if apart:
        after, beside = [], []
    if beside and not re.search(r"[\w]\s*$", region.text[:start].rstrip(" ")[-1:]):
        return beside[0]
    earlier = [cue for cue in cues if cue.end <= start]
    if earlier and not SENTENCE_END.search(region.text, earlier[-1].end, start + 1):
        return earlier[-1]
    if beside:
        return beside[0]
    near = [
        cue
        for cue in after
        if cue.takes & {"bare", "that", "according"}
        and not SENTENCE_END.search(region.text, end, cue.start + 1)
    ]
    return near[0] if near else None


def _signed(scene: _Scene, one: Quoted) -> tuple[str, Speaker] | None:
    """Return dash and name that sign a quotation ("..." — Jane Doe), None where nothing does."""
    after = scene.document[one.end : scene.region.end]
    match = re.match(r"\s*([―—–-]+)\s*(?=[A-Z])", after)
    if match is None or re.search(r"\w", scene.left(one)):
        return None
    rest = after[match.end() :].rstrip(" .")
    if len(rest.split()) > 6:
        return None
    name = next((entity for entity in scene.entities if entity.start == one.end + match.end()), None)
    speaker = Speaker(name.actor, name.text or rest, name.gender, True) if name else Speaker("", rest)
    return match.group(1), speaker


def _introduced(scene: _Scene, one: Quoted) -> tuple[str, Speaker]:
    """Return the colon that introduces a quotation and the only person named before it; ("", nobody) without."""
    left = scene.left(one)
    if not left.endswith(":"):
        return "", Speaker()
    named = [
        e
        for e in scene.entities
        if scene.region.start <= e.start and e.end <= one.start and e.kind == "person"
    ]
    people = {e.actor or e.text: e for e in named}
    if len(people) != 1:
        words = left[:-1].split()
        return (
            (":", Speaker("", " ".join(words))) if scene.region.title and len(words) <= 6 else ("", Speaker())
        )
    only = next(iter(people.values()))
    return ":", Speaker(only.actor, scene.document[only.start : only.end], only.gender, True)


def _carried_on(scene: _Scene, one: Quoted) -> Fragment:
    """Return a quotation without a cue of its own: it goes on with the quote just before it, or with its speaker.

    A paragraph that is all quotation belongs to the speaker of the sentence before it: of its quote, else the subject
    of its last cue, else the only person it is about.
    """
    alone = not re.search(r"\w", scene.left(one))
    before, kind = scene.before, "direct" if alone else "mixed"
    number, cue, speaker = scene.new_number(), "", Speaker()
    if before is not None:
        near = _last_of(scene, before)
        same = before.paragraph == scene.region.paragraph
        if near is not None and near.speaker.text and (alone or same):
            speaker = near.speaker
            if alone and before.quoted and (same or near.kind == "direct"):
                number, cue = near.number, near.cue
        elif alone and scene.region.paragraph - before.paragraph <= 1:
            speaker = scene.memory.leads
    return Fragment(one.start, one.end, kind, number, cue, speaker)


def _last_of(scene: _Scene, before: Region) -> Fragment | None:
    """Return the fragment of the region before that a quotation goes on with: the last direct one, else the last."""
    inside = list(takewhile(lambda one: one.end > before.start, reversed(scene.earlier)))
    return max(inside, key=lambda one: (one.kind == "direct", one.end), default=None)
