"""Regions, stretches of text to read at once: the sentences of an article, united where a quotation spans several."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from crossframe import lexicons
from crossframe.attributing.syntax.quotation_marks import MASK, Quoted, mask_quoted
from crossframe.attributing.syntax.subjects import SENTENCE_END
from crossframe.attributing.syntax.words import dateline_end
from crossframe.records import Article, Sentences

_ADVERBIAL = re.compile(
    r"\s*,?\s*(?:(?:on|in|at|during|to|after|last|late|early|earlier|this|via|through|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|yesterday|today|later|again|here|recently|afterward|reporters)\b[^,;:\ue000]{0,70})?[.!?]?\s*"
)

_LEADS_ON = re.compile(rf"(\s+)[A-Z][^{MASK}.!?]{{1,60}}[,:]\s*{MASK}")


@dataclass(frozen=True)
class Region:
    """One sentence of a paragraph, or several that a quotation spans.

    Parameters
    ----------
    start, end : int
        Offsets in characters of the document.
    paragraph : int
        Number of its paragraph.
    text : str
        The document's text with every quoted character replaced by `MASK`.
    quoted : tuple of Quoted
        The quoted stretches that begin in it.
    title : bool
        Whether it is the headline.
    """

    start: int
    end: int
    paragraph: int
    text: str
    quoted: tuple[Quoted, ...]
    title: bool = False


def split_regions(article: Article, sentences: Sentences, quoted: Sequence[Quoted]) -> list[Region]:
    """Return the regions of `article`: its sentences without datelines, united where a quoted stretch spans several."""
    document = article.document
    masked = mask_quoted(document, quoted)
    starts = [one.start for one in quoted]
    bounds: list[list[int]] = []
    for row in sentences.rows_of(article.id).tolist():
        start, end = dateline_end(document, int(sentences.start[row])), int(sentences.end[row])
        if start >= end:
            continue
        last_mark = bisect_left(starts, start) - 1
        split_inside = last_mark >= 0 and start < quoted[last_mark].end
        attributes = bounds and _is_attribution(masked[bounds[-1][0] : bounds[-1][1]], masked[start:end])
        if (
            bounds
            and (split_inside or start < bounds[-1][1] or attributes)
            and "\n" not in document[bounds[-1][1] : start]
        ):
            bounds[-1][1] = end
        else:
            bounds.append([start, end])
    ends = [one.end for one in quoted if document[max(0, one.end - 2)] in ".!?"]
    bounds = [piece for start, end in bounds for piece in _split_beside_quotes(masked, ends, start, end)]
    regions: list[Region] = []
    paragraph, last = 0, 0
    for start, end in bounds:
        paragraph += "\n" in document[last:start]
        last = end
        inside = tuple(quoted[bisect_left(starts, start) : bisect_left(starts, end)])
        title = bool(article.title) and end <= len(article.title)
        regions.append(Region(start, end, paragraph, masked[start:end], inside, title))
    return regions


def _split_beside_quotes(masked: str, ends: Sequence[int], start: int, end: int) -> list[list[int]]:
    """Return a stretch cut where a quotation opens behind a full stop, or where a sentence behind a quoted one introduces another.

    'Doe said. "We must."' is cut behind "said.", and '"We must." She added, "Soon."' behind "must."; `ends` are the ends
    of quotations that end a sentence.
    """
    pieces = [[start, end]]
    stops = [(match.start() + 1, match.end()) for match in SENTENCE_END.finditer(masked, start, end)]
    stops = [(last, first) for last, first in stops if masked[first : first + 1] == MASK]
    for at in ends[bisect_left(ends, start) : bisect_left(ends, end)]:
        lead = _LEADS_ON.match(masked, at, end)
        stops += [(at, lead.end(1))] if lead else []
    for last, first in sorted(stops):
        if first < end:
            pieces[-1][1] = last
            pieces.append([first, end])
    return pieces


def _is_attribution(before: str, text: str) -> bool:
    """Return whether `text` is the attribution of the quotation before it, cut off as a sentence ("Why?" Doe asked.)."""
    if not before.endswith(MASK):
        return False
    if re.match(r"\s*[―—–-]+\s*[A-Z]", text) and len(text.split()) <= 6:
        return True
    match = _cue_pattern().search(text[:80])
    if match is None or match.group()[0].isupper():
        return False
    subject, rest = text[: match.start()], text[match.end() :]
    short = len(subject.split()) <= 5 and not re.search(
        r"[,.;:]\s", re.sub(r"\b[A-Z][a-z]{1,3}\.\s", "", subject)
    )
    return short and (only_adverbial(rest) or rest[:1] in {",", "."} or not subject.strip())


@cache
def _cue_pattern() -> re.Pattern[str]:
    quoting = (form for form, (_, takes) in lexicons.saying_verbs().items() if "quote" in takes)
    forms = sorted(quoting, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(according to|{'|'.join(forms)})\b(?![-’'])", re.IGNORECASE)


def without_doubtful(document: str, quoted: Sequence[Quoted]) -> list[Quoted]:
    """Return the quoted stretches without those that reach to the end of their paragraph only because a mark is missing.

    Such a stretch ends with its own attribution ("..., Jane Doe said."), and the quotation of the next paragraph is
    attributed too, so that it is no continuation of the first.

    Examples
    --------
    >>> from crossframe.attributing.syntax.quotation_marks import pair_marks
    >>> text = "“We will go, Jane Doe said.\\n\\n“We will not,” Bob Roe said."
    >>> [text[one.start : one.end] for one in without_doubtful(text, pair_marks(text))]
    ['“We will not,”']
    """
    return [
        one
        for one, other in zip_longest(quoted, quoted[1:])
        if not (
            one.goes_on
            and other is not None
            and "\n" in document[one.end : other.start]
            and _own_attribution().search(document, one.start, one.end)
            and _own_attribution().match(document, other.end - 2)
        )
    ]


@cache
def _own_attribution() -> re.Pattern[str]:
    """Return the pattern of a named speaker with a cue behind a comma, at a sentence's end."""
    cue, name = f"(?i:{_cue_pattern().pattern})", r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}"
    return re.compile(rf"[,?!][”\"]?\s(?:{name}\s{cue}|{cue}\s{name})(?:\s[^.,;:?!]{{1,40}})?\.(?=\s|$)")


def only_adverbial(text: str) -> bool:
    """Return whether `text` is nothing but an adverbial ("on Friday", "in a statement")."""
    match = _ADVERBIAL.match(text)
    return match is not None and match.end() == len(text)
