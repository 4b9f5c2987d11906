"""Indirect speech, by the few patterns that are sure: said that ..., ... he said, according to X."""

import re

from crossframe.attributing.clauses import Cue, Region, only_adverbial
from crossframe.attributing.marks import MASK
from crossframe.attributing.words import dateline_end

_THAT = re.compile(r"(?:\s+(?:reporters|lawmakers|him|her|them|us|me|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3}|the [\w ]{3,30}?))?"
                   r"(?:\s+(?:on|in|at|during)\s+[\w ]{3,30}?)?,?\s+that\s+")  # fmt: skip
_BARE = re.compile(
    r"\s+(?:(?=(?:he|she|it|they|we|i|you|there|this|these|those|his|her|its|their|the|a|an|no|any|if|while|both|most|many|"
    r"some|all|such|it['’]s|he['’]s|she['’]s|they['’]re)\b)|(?=[A-Z“\"]))",
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|not|be|been|\w+ed|"
    r"(?:\w+n|is|are|has|was|were|wo|ca|do)['’]t|\w+['’](?:s|re|ll|ve|d)|came|went|made|took|gave|told|said|won|lost|left|kept|met|got|"
    r"knew|held|brought|began|wrote|ran|spoke|became|felt|found|meant|needs|wants|plans|seems|means|takes|makes|remains)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r",?\s+(?:adding|saying|noting|according to)\b|;\s|,\s(?:but|and|while|though|although)\s")
_REMARK = re.compile(
    r",\s+(?:an?\s+|the\s+)?(?:accusation|allegation|argument|assertion|assessment|charge|claim|comment|contention|figure|move|"
    r"number|remark|statement|suggestion|view)s?\s+(?:few|he|it|many|no|not|most|she|that|they|to|which|with)\b|"
    r",\s+(?:an?\s+|the\s+)?(?:hour|day|week|month|year)s?\s+(?:after|before)\b"
)
"""The outlet's own remark on what was said, which is no part of it ("..., a claim that few take seriously")."""
_LEAST_WORDS = 3
"""Fewer words than these are no clause."""


def find_clause(region: Region, cue: Cue, after: Cue | None) -> tuple[int, int] | None:
    """Return the reported clause of `cue` as offsets in the region, None where no pattern is sure.

    Parameters
    ----------
    region : Region
        Where the cue stands.
    cue : Cue
        A cue with a subject.
    after : Cue or None
        The next cue in the region; a clause ends before that cue's own clause begins.
    """
    text = region.text
    if cue.takes == "according":
        span = _according(text, cue)
    elif cue.takes not in {"bare", "clause"}:
        return None
    else:
        span = _clause_after(text, cue) or _clause_before(text, cue)
    if span is None:
        return None
    start, end = _cut(text, span, cue, after)
    start, end = _trim(text, max(start, dateline_end(text, 0)), end)
    piece = text[start:end]
    enough = len(re.findall(r"\w+", piece)) >= _LEAST_WORDS
    told = text[:start].endswith("that ") or MASK in piece or region.title or bool(_FINITE.search(piece))
    return (start, end) if enough and told else None


def _clause_after(text: str, cue: Cue) -> tuple[int, int] | None:
    first = min(cue.start, cue.subject[0]) if cue.subject is not None and cue.tense == "finite" else cue.start
    if cue.inverted or text[:first].rstrip(" ,").endswith(MASK):
        return None
    right = text[cue.end :]
    that = _THAT.match(right)
    if that:
        return cue.end + that.end(), len(text)
    bare = _BARE.match(right) if cue.takes == "bare" else None
    if bare and not right[bare.end() :].startswith(MASK):
        return cue.end + bare.end(), len(text)
    return None


def _clause_before(text: str, cue: Cue) -> tuple[int, int] | None:
    """Return the clause that ends with the comma before subject and verb ("..., Doe said.")."""
    if cue.subject is None or cue.tense != "finite":
        return None
    if not cue.inverted and not only_adverbial(text[cue.end :]):
        return None
    left = text[: cue.start if cue.inverted else min(cue.subject[0], cue.start)].rstrip()
    if not left.endswith((",", "—", "–")):
        return None
    clause = left[:-1]
    if clause.rstrip().endswith(MASK) and not re.search(r"\w", clause.replace(MASK, "")):
        return None
    return (0, len(clause)) if _FINITE.search(clause) and len(clause.split()) > _LEAST_WORDS else None


def _according(text: str, cue: Cue) -> tuple[int, int] | None:
    if cue.subject is None:
        return None
    left = text[: cue.start].rstrip()
    if left.strip():
        return 0, len(left.rstrip(","))
    comma = text.find(", ", cue.subject[1] - 1)
    return (comma + 2, len(text)) if comma >= 0 else None


def _cut(text: str, span: tuple[int, int], cue: Cue, after: Cue | None) -> tuple[int, int]:
    """Cut a clause that runs to the end where another cue's clause, or an added remark, begins."""
    start, end = span
    if start < cue.start:
        return start, end
    if after is not None and after.start < end and after.subject is not None and after.subject[0] > start:
        before = text[: after.subject[0]].rstrip()
        if before.endswith((",", MASK)) or re.search(r"\b(?:and|but|while)$", before):
            end = min(end, len(re.sub(r"[,\s]*(?:and|but|while)?$", "", before)))
    remark = _REMARK.search(text, start + 15, end)
    end = remark.start() if remark else end
    for stop in _STOP.finditer(text, start + 15, end):
        word = stop.group().strip(" ,;").split(" ")[0]
        if word in {"adding", "saying", "noting", "according"}:
            return start, stop.start()
    return start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
