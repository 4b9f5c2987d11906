"""Read the quotes of one region: reported clauses, quoted stretches with their cue, and stretches that continue a quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from crossframe.attributing.coreference.discourse_state import DiscourseState, Speaker, differ, inside
from crossframe.attributing.quotes.cues import Cue, find_cues
from crossframe.attributing.quotes.indirect import Content, find_content
from crossframe.attributing.quotes.quoted_words import (
    governing_cue,
    is_name_of_work,
    is_scare,
    is_utterance,
    precedes_attribution,
    text_before,
)
from crossframe.attributing.quotes.speakers import resolve_giver, resolve_lead_in, resolve_subject
from crossframe.attributing.syntax.quotation_marks import Quoted
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import noun_phrase_after

NOBODY = re.compile(
    r"(?:nobody|no[ -]one|none|neither|not even|hardly any(?:one|body)?|no(?!\.|-|\s*\d))\b", re.IGNORECASE
)
"""Subjects that attribute nothing to anybody: that "nobody doubts it" is what the author says. (PolNeAR marks such clauses as
attributions; leaving them out costs 0.0003 of the F1 of contents on its train split.)"""


_NOT = re.compile(r"(?:\b(?:not|never)|n['’]t)\s(?:\w+ly\s)?\Z", re.IGNORECASE)
_ENGLISH = frozenset({"the", "an", "by", "of", "from", "with"})
_GESTURE = re.compile(r"(?:He|She)\b")
_GENDERS = {"He": "m", "She": "f"}
_COLON = re.compile(r"\s?:\s(?=\w)")
_DASH = re.compile(r"(?:[^\S\n]*[―—–-]+|\s*\n\s*(?:[―—–]|--))\s*(?=[A-Z])")
MAX_SIGNATURE_WORDS = 8
"""Words up to which a dash behind a quotation introduces who said it."""
_HEADED = re.compile(r"\s?[:|]\s(?:[\w.-]+\s){0,3}")


@dataclass(frozen=True)
class Fragment:
    """One fragment of a quote: offsets in the document; all fragments of a quote share its ``number``."""

    start: int
    end: int
    kind: str
    number: int
    cue: str
    speaker: Speaker


@dataclass
class _Context:
    """A region being read, the one before it, and the fragments of quotes read so far, before the region and in it."""

    state: DiscourseState
    region: Region
    before: Region | None
    cues: list[Cue]
    speakers: dict[Cue, Speaker]
    earlier: Sequence[Fragment]
    fragments: list[Fragment]
    numbers: dict[Cue, int]

    @property
    def document(self) -> str:
        """The article's document."""
        return self.state.document

    def words(self, cue: Cue) -> str:
        """Return the words of a cue."""
        return self.document[self.region.start + cue.start : self.region.start + cue.end]

    def left(self, one: Quoted) -> str:
        """Return the region's masked text before a quoted stretch."""
        return text_before(self.region, one)

    def new_number(self) -> int:
        """Return a number that no quote has yet."""
        self.state.n_quotes += 1
        return self.state.n_quotes

    def last(self) -> Fragment | None:
        """Return the fragment that ends last so far."""
        near = (*self.earlier[-len(self.region.quoted) - 8 :], *self.fragments)
        return max(near, key=lambda fragment: fragment.end, default=None)


def read_region(
    state: DiscourseState, region: Region, before: Region | None, earlier: Sequence[Fragment]
) -> list[Fragment]:
    """Return the fragments of quotes in `region`, and add the region to `state`.

    Parameters
    ----------
    state : DiscourseState
        What has been read of the article so far; changed.
    region, before : Region
        The region to read, and the one before it (None at the beginning).
    earlier : sequence of Fragment
        Fragments read so far; a quote may continue from one region to the next.
    """
    cues = find_cues(region)
    subjects = {cue: cue.subject for cue in cues if cue.subject is not None}
    speakers = {cue: resolve_subject(state, region, subject) for cue, subject in subjects.items()}
    context = _Context(state, region, before, cues, speakers, earlier, [], {})
    _read_clauses(context)
    for one in region.quoted:
        if not any(fragment.start <= one.start and one.end <= fragment.end for fragment in context.fragments):
            _read_quoted(context, one)
    spoken = list(dict.fromkeys(one.speaker for one in context.fragments))
    state.add_region(region, spoken, speakers.get(cues[-1], Speaker()) if cues else Speaker())
    return sorted(context.fragments, key=lambda one: one.start)


def _read_clauses(context: _Context) -> None:
    """Add reported clauses, those with a speaker and the longest first: "He believes it, a spokesman said" is the spokesman's."""
    region, clauses = context.region, []
    for at, cue in enumerate(context.cues):
        if cue.subject is not None and NOBODY.match(region.text[slice(*cue.subject)]):
            continue
        content = find_content(region, cue, context.cues[at + 1 :])
        if content is not None and not _opens_with_other_quote(context, content, cue):
            spans = [(start + region.start, end + region.start) for start, end in content.spans]
            if content.frame == "object":
                spans = _split_at_quotes(region, *spans[0])
            length = sum(end - start for start, end in spans)
            clauses.append(((cue.subject is None, -length), spans, cue))
    for _, spans, cue in sorted(clauses, key=lambda one: (one[0], one[1])):
        if any(one.start < end and start < one.end for one in context.fragments for start, end in spans):
            continue
        number = context.numbers[cue] = context.new_number()
        speaker = context.speakers.get(cue, Speaker())
        for start, end in spans:
            inside = [one for one in region.quoted if one.start >= start and one.end <= end + 1]
            last = max([end, *(one.end for one in inside)])
            kind = _kind_of_clause(context, start, last, inside, cue)
            context.fragments.append(Fragment(start, last, kind, number, context.words(cue), speaker))


def _opens_with_other_quote(context: _Context, content: Content, cue: Cue) -> bool:
    """Return whether a clause before its cue opens with a quotation that another cue beside it governs."""
    region, start = context.region, content.spans[0][0] + context.region.start
    first = next((one for one in region.quoted if one.start == start), None)
    if first is None or content.frame not in {"before", "around", "according"}:
        return False
    return governing_cue(region, first, [one for one in context.cues if "quote" in one.takes]) not in {
        None,
        cue,
    }


def _split_at_quotes(region: Region, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of an object, each of which ends with a quotation ('it a "farce"', 'and a "shame"')."""
    inside = [one for one in region.quoted if start <= one.start and one.end <= end]
    ends = [one.end for one in inside[:-1]]
    bounds = [start, *ends, end]
    return [
        (first + len(text) - len(text.lstrip()), last)
        for first, last in pairwise(bounds)
        for text in [region.text[first - region.start : last - region.start]]
    ]


def _kind_of_clause(context: _Context, start: int, end: int, inside: list[Quoted], cue: Cue) -> str:
    if not inside:
        return "indirect"
    around = context.document[start : inside[0].start] + context.document[inside[0].end : end]
    whole = len(inside) == 1 and not re.search(r"\w", around)
    return "direct" if whole and is_utterance(context.document, context.region, inside[0], cue) else "mixed"


def _read_quoted(context: _Context, one: Quoted) -> None:
    """Add the quote that a quoted stretch makes or continues, if it is one."""
    if is_name_of_work(context.document, context.region, one):
        return
    cues = [
        cue for cue in context.cues if cue.takes & {"quote", "according"} and not _denies(context.region, cue)
    ]
    cue = governing_cue(context.region, one, cues, _stands_apart(context, one))
    if cue is not None and cue.subject is not None and NOBODY.match(context.region.text, *cue.subject):
        return
    last = context.last()
    speaker = context.speakers[cue] if cue is not None else Speaker()
    if last is not None and _left_open(context.document, last, one) and not differ(last.speaker, speaker):
        fragment = replace(last, start=one.start, end=one.end)
        if cue is not None and not last.speaker.text:
            fragment = replace(fragment, cue=context.words(cue), speaker=speaker)
    elif cue is not None:
        number = context.numbers.get(cue) or context.new_number()
        split = context.left(one).endswith(",") and any(
            other.number == number and other.kind == "direct" for other in context.fragments
        )
        kind = "direct" if split or is_utterance(context.document, context.region, one, cue) else "mixed"
        fragment = Fragment(one.start, one.end, kind, number, context.words(cue), speaker)
    else:
        mark, speaker = _signed(context, one) or _introduced(context, one)
        if mark:
            fragment = Fragment(one.start, one.end, "direct", context.new_number(), mark, speaker)
        elif is_scare(context.document, context.region, one):
            return
        elif precedes_attribution(context.document, context.region, one):
            speaker = _named_behind(context, one)
            fragment = Fragment(one.start, one.end, "direct", context.new_number(), "", speaker)
        else:
            fragment = _continued(context, one)
    if cue is not None:
        context.numbers.setdefault(cue, fragment.number)
    context.fragments.append(fragment)


def _denies(region: Region, cue: Cue) -> bool:
    """Return whether by the cue nothing was said ("did not answer")."""
    return _NOT.search(region.text, max(cue.floor, cue.start - 20), cue.start) is not None


def _left_open(document: str, last: Fragment, one: Quoted) -> bool:
    """Return whether the last fragment was left open at its paragraph's end and `one` begins the next paragraph."""
    between = document[last.end : one.start]
    return (
        last.kind == "direct"
        and "\n" in between
        and not between.strip()
        and document[last.end - 1] not in "”\"»'’"
    )


def _stands_apart(context: _Context, one: Quoted) -> bool:
    """Return whether a quotation continues the one before it, not the one that opens right behind it.

    “We will go,” Doe said. “Soon.” “No,” Roe said: "Soon" is Doe's.
    """
    follows = next((other for other in context.region.quoted if other.start >= one.end), None)
    if follows is None or context.document[one.start : one.end].rstrip("”\"»'’")[-1:] not in set(".!?"):
        return False
    between = context.document[one.end : follows.start]
    before, last = context.before, context.last()
    same = before is not None and before.paragraph == context.region.paragraph
    attributed = last is not None and bool(last.speaker.text)
    continues = (same and not context.left(one)) or context.left(one).endswith(",")
    return not between.strip() and attributed and continues


def _signed(context: _Context, one: Quoted) -> tuple[str, Speaker] | None:
    """Return the dash and the name that sign a quotation ("..." — Jane Doe), None where there are none."""
    named = inside(context.state.entities, one.end, context.region.end) if context.region.title else []
    if named and named[0].kind == "person":
        words = context.document[named[0].start : named[0].end]
        if _HEADED.fullmatch(context.document, one.end, named[0].start) and not re.match(
            r"['’]", context.document[named[0].end : context.region.end]
        ):
            return ":", Speaker(named[0].actor, words, named[0].gender, True)
    headed = _COLON.match(context.region.text, one.end - context.region.start)
    if context.region.title and headed and not context.left(one):
        phrase = noun_phrase_after(context.region.text, headed.end())
        return (":", resolve_subject(context.state, context.region, phrase)) if phrase else None
    match = _DASH.match(context.document, one.end)
    if match is None or re.search(r"\w", context.left(one)):
        return None
    rest = context.document[match.end() :].partition("\n")[0].rstrip(" .")
    if len(rest.split()) > MAX_SIGNATURE_WORDS:
        return None
    name = next((entity for entity in context.state.entities if entity.start == match.end()), None)
    speaker = Speaker(name.actor, name.text or rest, name.gender, True) if name else Speaker("", rest)
    return match.group().strip(), speaker


def _named_behind(context: _Context, one: Quoted) -> Speaker:
    """Return whom the words behind a quotation name after an unknown verb (», sagte Anna Bell«), nobody where these are English."""
    names = inside(context.state.entities, one.end, context.region.end)
    if not names:
        return Speaker()
    between = context.document[one.end : names[0].start].strip(", ").split()
    if (
        len(between) > 6
        or not between
        or _ENGLISH.intersection(between)
        or not all(map(str.islower, between))
    ):
        return Speaker()
    words = " ".join(context.document[names[0].start : names[0].end].split())
    return Speaker(names[0].actor, words, names[0].gender, names[0].kind == "person")


def _introduced(context: _Context, one: Quoted) -> tuple[str, Speaker]:
    """Return the colon that introduces a quotation and the only person named before it; "" and nobody without a colon."""
    left = context.left(one)
    if not left.endswith(":"):
        return "", Speaker()
    giver = resolve_giver(context.state, context.region, left)
    if giver.text:
        return ":", giver
    named = [
        e
        for e in context.state.entities
        if context.region.start <= e.start and e.end <= one.start and e.kind == "person"
    ]
    people = {e.actor or e.text: e for e in named}
    if len(people) != 1:
        words = left[:-1].split()
        return (
            (":", Speaker("", " ".join(words)))
            if context.region.title and len(words) <= 6
            else ("", Speaker())
        )
    only = next(iter(people.values()))
    return ":", Speaker(only.actor, context.document[only.start : only.end], only.gender, True)


def _continued(context: _Context, one: Quoted) -> Fragment:
    """Return a quotation without a cue of its own: it continues the quote just before it, or has the same speaker.

    A paragraph that consists of a quotation alone belongs to the speaker of the sentence before it: the speaker of its
    quote, else the subject of its last cue, else the only person it is about.
    """
    alone = not re.search(r"\w", context.left(one))
    before, kind = context.before, "direct" if alone else "mixed"
    number, cue, speaker = context.new_number(), "", Speaker()
    if before is not None:
        near = _last_of(context, before)
        same = before.paragraph == context.region.paragraph
        goes_on = _GESTURE.match(before.text) if near is None and alone and same else None
        if goes_on and context.state.spoken and context.state.spoken[-1][0] == context.region.paragraph:
            last = context.state.spoken[-1][1]
            speaker = last if last.gender in {_GENDERS[goes_on.group()], ""} else Speaker()
        elif near is not None and near.speaker.text and (alone or same):
            speaker = near.speaker
            if alone and before.quoted and (same or near.kind == "direct"):
                number, cue = near.number, near.cue
        elif alone and context.region.paragraph - before.paragraph <= 1:
            speaker = context.state.introduced
            if not speaker.text:
                speaker = resolve_lead_in(context.state, before)
    return Fragment(one.start, one.end, kind, number, cue, speaker)


def _last_of(context: _Context, before: Region) -> Fragment | None:
    """Return the fragment of the region before that a quotation continues: the last direct one, else the last one."""
    inside = list(takewhile(lambda one: one.end > before.start, reversed(context.earlier)))
    return max(inside, key=lambda one: (one.kind == "direct", one.end), default=None)
