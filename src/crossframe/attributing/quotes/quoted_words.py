"""What quoted words are (utterances, scare quotes, names of works, nicknames), and the cue that governs them."""

import re
from collections.abc import Sequence

from crossframe.attributing.quotes.cues import Cue
from crossframe.attributing.syntax.quotation_marks import MASK, Quoted
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import SENTENCE_END

_LED_IN = re.compile(rf"[^,;:{MASK}]{{0,60}}[:,]\s?\Z")

MAX_SCARE_WORDS = 2
"""Quoted words without a cue are the author's ("scare quotes") up to this number of words, and up to twice the number where
they neither begin nor end like a sentence. Of 0, 2, 3, 4, 6 and 8 this gives the best content F1 (.507) on the first
150 articles of PolNeAR's train split."""


def text_before(region: Region, one: Quoted) -> str:
    """Return the region's masked text before a quoted stretch."""
    return region.text[: one.start - region.start].rstrip()


def is_utterance(document: str, region: Region, one: Quoted, cue: Cue) -> bool:
    """Return whether the quoted words are an utterance of their own rather than part of the author's clause."""
    left = text_before(region, one)
    inner = inner_words(document, one)
    if not left or left[-1] in f",:;.!?—–-{MASK}":
        return bool(inner) and (
            inner[0].isupper() or len(inner.split()) > MAX_SCARE_WORDS or not left or left[-1] == ":"
        )
    beside = len(left) == cue.end or left.endswith(region.text[cue.start : cue.end])
    return beside and (len(inner.split()) > MAX_SCARE_WORDS or inner[:1].isupper())


def inner_words(document: str, one: Quoted) -> str:
    """Return the quoted words without their marks."""
    return document[one.start + 1 : one.end if one.goes_on else one.end - 1].strip().strip("'`").strip(" [(…")


def is_scare(document: str, region: Region, one: Quoted) -> bool:
    """Return whether quoted words without a cue are the author's: short, and no clause.

    In languages whose cues are not known an utterance shows by its place: it opens its sentence before a comma, or
    follows a colon ("« Nous avons tout essayé », a déclaré la maire").
    """
    inner = inner_words(document, one)
    placed = text_before(region, one).endswith(":") or precedes_attribution(document, region, one)
    sentence = any(word.islower() for word in inner.split()[1:]) or inner[-1:] in ".!?…"
    if placed and inner[:1].isupper() and sentence:
        return False
    if region.title and not text_before(region, one) and document[one.end : one.end + 2] == ": ":
        return False
    clause = inner[:1].isupper() and inner[-1:] in ".,!?…"
    alone = one.goes_on or not re.search(r"\w", region.text)
    if clause and (alone or len(inner.split()) > MAX_SCARE_WORDS):
        return False
    return len(inner.split()) <= (MAX_SCARE_WORDS if clause else 2 * MAX_SCARE_WORDS)


def precedes_attribution(document: str, region: Region, one: Quoted) -> bool:
    """Return whether quoted words open their sentence, and a comma and a small letter follow (», sagte Anna Bell«)."""
    after = document[one.end : region.end]
    comma = after.startswith(",") or document[one.start : one.end].rstrip("”\"»«“'’ \u00a0").endswith(",")
    return comma and not text_before(region, one) and after.lstrip(", ")[:1].islower()


_LOWER_IN_TITLES = frozenset(
    ["a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "is"]
)


def is_name_of_work(document: str, region: Region, one: Quoted) -> bool:
    """Return whether the marks enclose the name of a work ("Face the Nation") or a nickname (Joseph "Joe" Doe)."""
    inner = inner_words(document, one).rstrip(",.")
    words = inner.split()
    if not words or len(words) > 7 or region.title:
        return not words
    before, after = document[max(0, one.start - 12) : one.start], document[one.end : one.end + 3]
    nickname = re.search(r"[A-Z][\w.]*\s$", before) and re.match(r"\s[A-Z]", after)
    if len(words) == 1 and nickname and document[one.end - 2] not in ".!?":
        return True
    title_case = all(word[0].isupper() or word[0].isdigit() or word in _LOWER_IN_TITLES for word in words)
    return (
        title_case
        and len(words) > 1
        and inner[-1] not in "!?"
        and not re.search(r"[,:]\s$", before)
        and after[:1] != ","
        and document[one.end - 2] != ","
    )


def governing_cue(region: Region, one: Quoted, cues: Sequence[Cue], apart: bool = False) -> Cue | None:
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
    earlier = [cue for cue in cues if cue.end <= start]
    if earlier and "quote" in earlier[-1].takes and _LED_IN.fullmatch(region.text, _last(earlier[-1]), start):
        return earlier[-1]
    if beside and not re.search(r"[\w]\s*$", region.text[:start].rstrip(" ")[-1:]):
        return beside[0]
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


def _last(cue: Cue) -> int:
    """Return where a cue and the subject behind it end."""
    return cue.subject[1] if cue.inverted and cue.subject is not None else cue.end
