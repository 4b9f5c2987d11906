"""Who is quoted, saying what: direct, mixed and indirect quotations with cue and speaker; scare quotes are no quotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossframe.attributing.clauses import MASK, SENTENCE_END, Cue, Region, find_cues, split_regions
from crossframe.attributing.indirect import find_clause
from crossframe.attributing.marks import Quoted, pair_marks
from crossframe.attributing.names import spot_names
from crossframe.attributing.speakers import (
    Entity,
    Memory,
    Speaker,
    entities_by_article,
    remember,
    resolve_subject,
)
from crossframe.attributing.voices import assign_voices
from crossframe.records import Article, Cast, Sentences, Spans

__all__ = ["assign_voices", "find_quotes"]

SCARE_WORDS = 4
"""A quotation of at most so many words, without a cue beside it and no clause of its own, is the author's ("scare
quotes"); in BASIL's annotation quotations of speakers without a cue in their sentence are longer."""


@dataclass(frozen=True)
class _Fragment:
    """One fragment of a quote: offsets in the document; fragments of one quote share ``number``."""

    start: int
    end: int
    kind: str
    number: int
    cue: str
    speaker: Speaker


def find_quotes(sentences: Sentences, cast: Cast) -> Spans:
    """Return the quotations in `sentences`, one row a fragment.

    Direct quotations stand for themselves (``direct``), quoted words inside a reported clause make it ``mixed``,
    reported clauses without marks are ``indirect`` and found only by sure patterns. Spans of quoted words include
    their marks. Quoted words without a cue of saying that are neither a clause nor long are the author's.

    Parameters
    ----------
    sentences : Sentences
        Articles of one event.
    cast : Cast
        Its actors and their mentions, from `find_actors`.

    Returns
    -------
    Spans
        In order of articles and offsets; ``quote`` ids are ``q01``, ``q02``, ... within an article; ``speaker`` is
        the id of an actor of the cast or "", ``speaker_text`` the words that name the speaker ("" where nobody is).

    References
    ----------
    Cue and speaker patterns follow Pouliquen, B., Steinberger, R., Best, C. (2007). Automatic detection of
    quotations in multilingual news. RANLP; Asr, F. T. et al. (2021). The Gender Gap Tracker. PLoS ONE 16(1).

    Examples
    --------
    >>> text = '"We will go," said Jane Doe, the minister. Mr. Roe called it a "farce."'
    >>> article = Article("a", "e", "o", "", text)
    >>> quotes = find_quotes(Sentences((article,), [0, 0], [1, 2], [0, 43], [42, 71]), Cast((), Spans()))
    >>> [(text[row["start"]:row["end"]], row["kind"], row["cue"], row["speaker_text"]) for row in quotes.rows()]
    [('"We will go,"', 'direct', 'said', 'Jane Doe'), ('"farce."', 'mixed', 'called', 'Roe')]
    """
    entities = entities_by_article(cast, spot_names(sentences))
    rows = []
    for article in sentences.articles:
        fragments = _quotes_of(article, sentences, entities.get(article.id, []))
        numbers = {number: at for at, number in enumerate(dict.fromkeys(one.number for one in fragments), 1)}
        for one in fragments:
            rows.append(
                {
                    "article": article.id,
                    "start": one.start,
                    "end": one.end,
                    "kind": one.kind,
                    "quote": f"q{numbers[one.number]:02d}",
                    "cue": one.cue,
                    "speaker": one.speaker.actor,
                    "speaker_text": one.speaker.text,
                }
            )
    return Spans.from_rows(rows)


def _quotes_of(article: Article, sentences: Sentences, entities: Sequence[Entity]) -> list[_Fragment]:
    quoted = pair_marks(article.document)
    memory = Memory([], [])
    found: list[_Fragment] = []
    before: Region | None = None
    for region in split_regions(article, sentences, quoted):
        fresh = _quotes_of_region(article.document, region, before, entities, memory, found)
        remember(memory, region, entities, list(dict.fromkeys(one.speaker for one in fresh)))
        found += fresh
        before = region
    return sorted(found, key=lambda one: (one.start, one.end))


def _quotes_of_region(
    document: str,
    region: Region,
    before: Region | None,
    entities: Sequence[Entity],
    memory: Memory,
    found: Sequence[_Fragment],
) -> list[_Fragment]:
    cues = find_cues(region)
    speakers = {
        cue: resolve_subject(document, region, cue.subject, entities, memory)
        for cue in cues
        if cue.subject is not None
    }
    number = max((one.number for one in found), default=0)
    fragments: list[_Fragment] = []
    numbers: dict[Cue, int] = {}
    for cue, clause in _reported_clauses(region, cues):
        start, end = clause[0] + region.start, clause[1] + region.start
        if any(one.start < end and start < one.end for one in fragments):
            continue
        inside = [one for one in region.quoted if one.start >= start and one.end <= end + 1]
        end = max([end, *(one.end for one in inside)])
        whole = len(inside) == 1 and not re.search(
            r"\w", document[start : inside[0].start] + document[inside[0].end : end]
        )
        numbers[cue] = number = number + 1
        kind = (
            ("direct" if _is_utterance(document, region, inside[0], cue) else "mixed")
            if whole
            else "mixed"
            if inside
            else "indirect"
        )
        fragments.append(_Fragment(start, end, kind, number, _words(document, region, cue), speakers[cue]))
    for one in region.quoted:
        if any(fragment.start <= one.start and one.end <= fragment.end for fragment in fragments):
            continue
        made = _quote(document, region, before, one, cues, speakers, entities, [*found, *fragments])
        if made is None:
            continue
        governing = _governing(region, one, cues)
        if made.number == 0:
            if governing is not None and governing in numbers:
                made = replace(made, number=numbers[governing])
            else:
                number += 1
                made = replace(made, number=number)
        if governing is not None:
            numbers.setdefault(governing, made.number)
        fragments.append(made)
        number = max(number, made.number)
    return sorted(fragments, key=lambda one: one.start)


def _reported_clauses(region: Region, cues: Sequence[Cue]) -> list[tuple[Cue, tuple[int, int]]]:
    """Return the clauses that cues report, the longest first: "He believes it, a spokesman said" is the spokesman's."""
    found = []
    for at, cue in enumerate(cues):
        clause = find_clause(region, cue, cues[at + 1] if at + 1 < len(cues) else None)
        if clause is not None:
            found.append((cue, clause))
    return sorted(found, key=lambda pair: (pair[1][0] - pair[1][1], pair[1][0]))


def _words(document: str, region: Region, cue: Cue) -> str:
    return document[region.start + cue.start : region.start + cue.end]


def _quote(
    document: str,
    region: Region,
    before: Region | None,
    one: Quoted,
    cues: Sequence[Cue],
    speakers: dict[Cue, Speaker],
    entities: Sequence[Entity],
    found: Sequence[_Fragment],
) -> _Fragment | None:
    """Return the quote that the stretch `one` is (number 0: a new one), None when it is no quote."""
    if _is_name_of_work(document, region, one):
        return None
    last = max(found, key=lambda fragment: fragment.end, default=None)
    opened = last is not None and document[last.end : one.start].strip() == "" and last.kind == "direct"
    if last is not None and opened and _ends_open(document, last) and not cues:
        return replace(last, start=one.start, end=one.end)
    cue = _governing(region, one, cues)
    if cue is not None:
        kind = "direct" if _is_utterance(document, region, one, cue) else "mixed"
        return _Fragment(one.start, one.end, kind, 0, _words(document, region, cue), speakers[cue])
    mark, speaker = _signed(document, region, one, entities) or _introduced(document, region, one, entities)
    if mark:
        return _Fragment(one.start, one.end, "direct", 0, mark, speaker)
    if _is_scare(document, one):
        return None
    return _carried_on(document, region, before, one, last)


def _ends_open(document: str, last: _Fragment) -> bool:
    return "\n" in document[last.end : last.end + 1] and document[last.end - 1] not in "”\"»'’"


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


def _is_utterance(document: str, region: Region, one: Quoted, cue: Cue) -> bool:
    """Return whether the quoted words stand for themselves rather than inside the author's clause."""
    left = region.text[: one.start - region.start].rstrip()
    inner = document[one.start + 1 : one.end - 1].strip()
    if not left or left[-1] in f",:;.!?—–-{MASK}":
        return bool(inner) and (
            inner[0].isupper() or len(inner.split()) > SCARE_WORDS or not left or left[-1] == ":"
        )
    beside = len(left) == cue.end or left.endswith(region.text[cue.start : cue.end])
    return beside and (len(inner.split()) > SCARE_WORDS or inner[:1].isupper())


def _is_scare(document: str, one: Quoted) -> bool:
    inner = document[one.start + 1 : one.end - 1].strip()
    clause = inner[:1].isupper() and inner[-1:] in ".,!?…"
    return (len(inner.split()) <= SCARE_WORDS and not (clause and len(inner.split()) > 1)) or (
        not clause and len(inner.split()) <= 2 * SCARE_WORDS
    )


_TITLE_SMALL = frozenset(
    ["a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "is"]
)


def _is_name_of_work(document: str, region: Region, one: Quoted) -> bool:
    """Return whether the marks hold the name of a work ("Face the Nation") or a nickname (Joseph "Joe" Doe)."""
    inner = document[one.start + 1 : one.end - 1].strip().rstrip(",.")
    words = inner.split()
    if not words or len(words) > 7 or region.title:
        return not words
    before, after = document[max(0, one.start - 12) : one.start], document[one.end : one.end + 3]
    if len(words) == 1 and re.search(r"[A-Z][\w.]*\s$", before) and re.match(r"\s[A-Z]", after):
        return True
    large = all(word[0].isupper() or word[0].isdigit() or word in _TITLE_SMALL for word in words)
    return (
        large
        and len(words) > 1
        and inner[-1] not in "!?"
        and not re.search(r"[,:]\s$", before)
        and after[:1] != ","
        and document[one.end - 2] != ","
    )


def _signed(
    document: str, region: Region, one: Quoted, entities: Sequence[Entity]
) -> tuple[str, Speaker] | None:
    """Return dash and name that sign a quotation ("..." — Jane Doe), None where nothing does."""
    match = re.match(r"\s*([―—–-]+)\s*(?=[A-Z])", document[one.end : region.end])
    if match is None or re.search(r"\w", region.text[: one.start - region.start]):
        return None
    at, rest = one.end + match.end(), document[one.end + match.end() : region.end].rstrip(" .")
    if len(rest.split()) > 6:
        return None
    name = next((e for e in entities if e.start == at), None)
    speaker = Speaker(name.actor, name.text or rest, name.gender, True) if name else Speaker("", rest)
    return match.group(1), speaker


def _introduced(
    document: str, region: Region, one: Quoted, entities: Sequence[Entity]
) -> tuple[str, Speaker]:
    """Return the colon that introduces a quotation and the only person named before it; ("", nobody) without."""
    left = region.text[: one.start - region.start].rstrip()
    if not left.endswith(":"):
        return "", Speaker()
    named = [e for e in entities if region.start <= e.start and e.end <= one.start and e.kind == "person"]
    people = {e.actor or e.text: e for e in named}
    if len(people) != 1:
        return "", Speaker()
    only = next(iter(people.values()))
    return ":", Speaker(only.actor, document[only.start : only.end], only.gender, True)


def _carried_on(
    document: str, region: Region, before: Region | None, one: Quoted, last: _Fragment | None
) -> _Fragment | None:
    """Return a quotation without a cue of its own: it goes on with the quote just before it, or with its speaker."""
    alone = not re.search(r"\w", region.text[: one.start - region.start])
    if last is None or before is None or not last.speaker.text:
        return _Fragment(one.start, one.end, "direct" if alone else "mixed", 0, "", Speaker())
    near = last.start >= before.start or last.end > before.start
    if near and alone and before.paragraph == region.paragraph:
        number = last.number if last.kind == "direct" else 0
        return _Fragment(one.start, one.end, "direct", number, last.cue if number else "", last.speaker)
    if near and (alone or before.paragraph == region.paragraph):
        return _Fragment(one.start, one.end, "direct" if alone else "mixed", 0, "", last.speaker)
    return _Fragment(one.start, one.end, "direct" if alone else "mixed", 0, "", Speaker())
