"""Read the quotes of one region: reported clauses, quoted stretches with their cue, and stretches that go on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossframe.attributing.clauses import Cue, Region, find_cues
from crossframe.attributing.indirect import find_clause
from crossframe.attributing.marks import MASK, Quoted
from crossframe.attributing.speakers import Entity, Memory, Speaker, remember, resolve_subject
from crossframe.attributing.subjects import SENTENCE_END

SCARE_WORDS = 2
"""Quoted words without a cue are the author's ("scare quotes") when they are at most so many, and twice as many when
they neither begin nor end like a sentence. Of 0, 2, 3, 4, 6 and 8 this gives the best content F1 (.507) on the first
150 articles of PolNeAR's train part."""


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
        return self.region.text[: one.start - self.region.start].rstrip()

    def new_number(self) -> int:
        """A number no quote has yet."""
        return 1 + max((one.number for one in (*self.earlier, *self.fragments)), default=0)


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
    remember(memory, region, entities, spoken, speakers[cues[-1]] if cues else Speaker())
    return sorted(scene.fragments, key=lambda one: one.start)


def _read_clauses(scene: _Scene) -> None:
    """Add reported clauses, the longest first: "He believes it, a spokesman said" is the spokesman's."""
    region, found = scene.region, []
    for at, cue in enumerate(scene.cues):
        clause = find_clause(region, cue, scene.cues[at + 1] if at + 1 < len(scene.cues) else None)
        if clause is not None:
            found.append((clause[0] + region.start, clause[1] + region.start, cue))
    for start, end, cue in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if any(one.start < end and start < one.end for one in scene.fragments):
            continue
        inside = [one for one in region.quoted if one.start >= start and one.end <= end + 1]
        last = max([end, *(one.end for one in inside)])
        scene.numbers[cue] = scene.new_number()
        kind = _kind_of_clause(scene, start, last, inside, cue)
        scene.fragments.append(
            Fragment(start, last, kind, scene.numbers[cue], scene.words(cue), scene.speakers[cue])
        )


def _kind_of_clause(scene: _Scene, start: int, end: int, inside: list[Quoted], cue: Cue) -> str:
    if not inside:
        return "indirect"
    around = scene.document[start : inside[0].start] + scene.document[inside[0].end : end]
    whole = len(inside) == 1 and not re.search(r"\w", around)
    return "direct" if whole and _is_utterance(scene, inside[0], cue) else "mixed"


def _read_quoted(scene: _Scene, one: Quoted) -> None:
    """Add the quote that a quoted stretch is, when it is one."""
    if _is_name_of_work(scene, one):
        return
    cue = _governing(scene.region, one, scene.cues)
    last = max((*scene.earlier, *scene.fragments), key=lambda fragment: fragment.end, default=None)
    if last is not None and _left_open(scene.document, last, one):
        made = replace(last, start=one.start, end=one.end)
        if cue is not None and not last.speaker.text:
            made = replace(made, cue=scene.words(cue), speaker=scene.speakers[cue])
    elif cue is not None:
        number = scene.numbers.get(cue) or scene.new_number()
        split = scene.left(one).endswith(",") and any(
            other.number == number and other.kind == "direct" for other in scene.fragments
        )
        kind = "direct" if split or _is_utterance(scene, one, cue) else "mixed"
        made = Fragment(one.start, one.end, kind, number, scene.words(cue), scene.speakers[cue])
    else:
        mark, speaker = _signed(scene, one) or _introduced(scene, one)
        if mark:
            made = Fragment(one.start, one.end, "direct", scene.new_number(), mark, speaker)
        elif _is_scare(scene, one):
            return
        else:
            made = _carried_on(scene, one, last)
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


def _governing(region: Region, one: Quoted, cues: Sequence[Cue]) -> Cue | None:
    """Return the cue that governs a quoted stretch: the one beside it, else the last before it, else the next."""
    if not cues:
        return None
    start, end = one.start - region.start, one.end - region.start

    def first(cue: Cue) -> int:
        inside = cue.subject is not None and not cue.inverted and cue.tense == "finite"
        return min(cue.start, cue.subject[0]) if inside and cue.subject is not None else cue.start

    after = [cue for cue in cues if cue.start >= end and first(cue) >= end - 1]
    beside = [cue for cue in after if not re.search(r"[\w.!?]", region.text[end : first(cue)])]
    if beside and not re.search(r"[\w]\s*$", region.text[:start].rstrip(" ")[-1:]):
        return beside[0]
    earlier = [cue for cue in cues if cue.end <= start]
    gap = [cue for cue in earlier if not SENTENCE_END.search(region.text, cue.end, start + 1)]
    if gap:
        return gap[-1]
    if beside:
        return beside[0]
    near = [
        cue
        for cue in after
        if cue.takes in {"bare", "clause", "according"}
        and not SENTENCE_END.search(region.text, end, cue.start + 1)
    ]
    return near[0] if near else None


def _is_utterance(scene: _Scene, one: Quoted, cue: Cue) -> bool:
    """Return whether the quoted words stand for themselves rather than inside the author's clause."""
    left = scene.left(one)
    inner = _inner(scene.document, one)
    if not left or left[-1] in f",:;.!?—–-{MASK}":
        return bool(inner) and (
            inner[0].isupper() or len(inner.split()) > SCARE_WORDS or not left or left[-1] == ":"
        )
    beside = len(left) == cue.end or left.endswith(scene.region.text[cue.start : cue.end])
    return beside and (len(inner.split()) > SCARE_WORDS or inner[:1].isupper())


def _inner(document: str, one: Quoted) -> str:
    """Return the quoted words without their marks."""
    return document[one.start + 1 : one.end if one.goes_on else one.end - 1].strip().strip("'")


def _is_scare(scene: _Scene, one: Quoted) -> bool:
    """Return whether quoted words without a cue are the author's: short, and no clause of their own."""
    inner = _inner(scene.document, one)
    clause = inner[:1].isupper() and inner[-1:] in ".,!?…"
    alone = one.goes_on or not re.search(r"\w", scene.region.text)
    if clause and (alone or len(inner.split()) > SCARE_WORDS):
        return False
    return len(inner.split()) <= (SCARE_WORDS if clause else 2 * SCARE_WORDS)


_TITLE_SMALL = frozenset(
    ["a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "is"]
)


def _is_name_of_work(scene: _Scene, one: Quoted) -> bool:
    """Return whether the marks hold the name of a work ("Face the Nation") or a nickname (Joseph "Joe" Doe)."""
    inner = _inner(scene.document, one).rstrip(",.")
    words = inner.split()
    if not words or len(words) > 7 or scene.region.title:
        return not words
    before, after = scene.document[max(0, one.start - 12) : one.start], scene.document[one.end : one.end + 3]
    if len(words) == 1 and re.search(r"[A-Z][\w.]*\s$", before) and re.match(r"\s[A-Z]", after):
        return True
    large = all(word[0].isupper() or word[0].isdigit() or word in _TITLE_SMALL for word in words)
    return (
        large
        and len(words) > 1
        and inner[-1] not in "!?"
        and not re.search(r"[,:]\s$", before)
        and after[:1] != ","
        and scene.document[one.end - 2] != ","
    )


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


def _carried_on(scene: _Scene, one: Quoted, last: Fragment | None) -> Fragment:
    """Return a quotation without a cue of its own: it goes on with the quote just before it, or with its speaker.

    A paragraph that is all quotation belongs to the speaker of the sentence before it: of its quote, else the subject
    of its last cue, else the only person it is about.
    """
    alone = not re.search(r"\w", scene.left(one))
    before, kind = scene.before, "direct" if alone else "mixed"
    number, cue, speaker = scene.new_number(), "", Speaker()
    if before is not None:
        near = last is not None and last.end > before.start and bool(last.speaker.text)
        same = before.paragraph == scene.region.paragraph
        if near and last is not None and (alone or same):
            speaker = last.speaker
            if alone and same and last.kind == "direct":
                number, cue = last.number, last.cue
        elif alone and scene.region.paragraph - before.paragraph <= 1:
            speaker = scene.memory.leads
    return Fragment(one.start, one.end, kind, number, cue, speaker)
