"""Join the quotes that a trained reader marks with those that the rules read: whose bounds and whose speaker stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crossframe.attributing.coreference.discourse_state import Memory, Speaker
from crossframe.attributing.coreference.entities import Entity
from crossframe.attributing.quotes.cue_links import Attribution, Part
from crossframe.attributing.quotes.fragments import Fragment
from crossframe.attributing.quotes.speakers import resolve_subject
from crossframe.attributing.syntax.quotation_marks import Quoted
from crossframe.attributing.syntax.regions import Region


def resolve_sources(
    document: str,
    region: Region,
    marked: Sequence[Attribution],
    entities: Sequence[Entity],
    memory: Memory,
) -> dict[Part, Speaker]:
    """Return who the sources that begin in `region` are, by what was read before it.

    Parameters
    ----------
    document : str
        The article's document.
    region : Region
        Where the sources stand.
    marked : sequence of Attribution
        Quotes of the article, offsets in the document.
    entities : sequence of Entity
        Names of the article.
    memory : Memory
        What was read so far.
    """
    return {
        one.source: resolve_subject(
            document,
            region,
            (one.source.start - region.start, one.source.end - region.start),
            entities,
            memory,
        )
        for one in marked
        if one.source is not None and region.start <= one.source.start < region.end
    }


def join_marked(
    document: str,
    read: Sequence[Fragment],
    marked: Sequence[Attribution],
    speakers: Mapping[Part, Speaker],
    quoted: Sequence[Quoted],
) -> list[Fragment]:
    """Return the fragments of all quotes of an article.

    Direct quotations that the rules read stand as they are; what is marked beside them is a quote of its own, in place of
    the mixed and indirect ones that share a character with it; those that nothing marked touches stay. A quote has the cue
    and the source that are marked for it, else those that the rules read. Of the ways to join tried on held-out articles of
    PolNeAR's train part this is the best by content F1 and by accuracy of sources.

    Parameters
    ----------
    document : str
        The article's document.
    read : sequence of Fragment
        Quotes that the rules read.
    marked : sequence of Attribution
        Quotes that a reader marked.
    speakers : mapping of Part to Speaker
        Who the sources marked are.
    quoted : sequence of Quoted
        Quoted stretches of the document.
    """
    known: dict[int, list[Fragment]] = {}
    for fragment in read:
        known.setdefault(fragment.number, []).append(fragment)
    direct = {number for number, each in known.items() if all(one.kind == "direct" for one in each)}
    standing = [fragment for fragment in read if fragment.number in direct]
    told: dict[int, tuple[str, Speaker]] = {}
    made: list[Fragment] = []
    replaced: set[int] = set()
    for at, one in enumerate(marked, 1 + max(known, default=0)):
        spans = [_with_marks(part, quoted) for part in one.contents]
        shared = _share(known, spans)
        most = max(shared, key=lambda number: (shared[number], -number), default=None)
        like = max(known[most], key=lambda two: two.end - two.start) if most is not None else None
        cue, speaker = _told(document, one, speakers, like)
        if most in direct:
            told.setdefault(most, (cue, speaker))
        rest = [span for span in spans if not any(_common(two, span) for two in standing)]
        if rest:
            kind = _kind(document, rest, quoted, like)
            made += [Fragment(start, end, kind, at, cue, speaker) for start, end in rest]
            replaced |= shared.keys() - direct
    kept = [one for one in read if one.number not in replaced]
    return [*(_retold(one, *told.get(one.number, ("", Speaker()))) for one in kept), *made]


def _share(known: Mapping[int, Sequence[Fragment]], spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return by number how many characters each quote shares with the spans, those that share none left out."""
    shared = {
        number: sum(_common(one, span) for one in each for span in spans) for number, each in known.items()
    }
    return {number: common for number, common in shared.items() if common}


def _common(fragment: Fragment, span: tuple[int, int]) -> int:
    return max(0, min(fragment.end, span[1]) - max(fragment.start, span[0]))


def _told(
    document: str, one: Attribution, speakers: Mapping[Part, Speaker], like: Fragment | None
) -> tuple[str, Speaker]:
    """Return the cue and the speaker marked, else those of the quote that the rules read there."""
    cue = " ".join(document[one.cue.start : one.cue.end].split()) if one.cue else ""
    speaker = speakers.get(one.source, Speaker()) if one.source else Speaker()
    if like is not None:
        cue, speaker = cue or like.cue, speaker if speaker.text else like.speaker
    return cue, speaker


def _retold(one: Fragment, cue: str, speaker: Speaker) -> Fragment:
    return replace(one, cue=one.cue or cue, speaker=speaker if speaker.text else one.speaker)


def _with_marks(part: Part, quoted: Sequence[Quoted]) -> tuple[int, int]:
    """Return the bounds of a content, moved out by one where a quotation mark stands there."""
    start, end = part.start, part.end
    for one in quoted:
        if one.start == start - 1:
            start = one.start
        if one.end == end + 1 and not one.goes_on:
            end = one.end
    return start, end


def _kind(
    document: str, spans: Sequence[tuple[int, int]], quoted: Sequence[Quoted], like: Fragment | None
) -> str:
    inside = [
        any(one.start <= at < one.end for one in quoted)
        for start, end in spans
        for at in range(start, end)
        if document[at].isalnum()
    ]
    if not any(inside):
        return "indirect"
    if not all(inside):
        return "mixed"
    return like.kind if like is not None and like.kind != "indirect" else "direct"
