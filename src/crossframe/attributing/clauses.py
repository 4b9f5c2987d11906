"""Stretches of text around quotations, the cues of saying in them, and the words that are a cue's subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crossframe import lexicons
from crossframe.attributing.marks import MASK, Quoted
from crossframe.attributing.subjects import DETERMINER, first_noun_phrase, noun_phrase_after, subject_before
from crossframe.attributing.words import is_headline, split_words
from crossframe.records import Article, Sentences

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|gets?|got)\s+(?:\w+ly\s+|not\s+|also\s+|once\s+)?$", re.IGNORECASE
)
_BASE_BEFORE = re.compile(
    r"\b(?:to|will|would|can|could|did|does|do|may|might|must|should|not|I|we|they|you|who|\w+s)\s+$",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|his|her|their|its|our|my|your|this|these|those|of|any|no|some|to|in|for|with|by|on|from|such|"
    r"new|recent|other|official|formal|latest|several|many|two|more|and)|['’]s?)\s+$",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|should|may|might)\b"
)
_ADVERBIAL = re.compile(
    r"\s*,?\s*(?:(?:on|in|at|during|to|after|last|late|early|earlier|this|via|through|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|yesterday|today|later|again|here|recently|afterward|reporters)\b[^,;:\ue000]{0,70})?[.!?]?\s*"
)


@dataclass(frozen=True)
class Region:
    """One or several sentences of a paragraph that quotations hold together.

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


@dataclass(frozen=True)
class Cue:
    """A verb of saying (or "according to") with its subject's place; all offsets count from the region's start."""

    start: int
    end: int
    takes: str
    tense: str
    subject: tuple[int, int] | None
    inverted: bool


def split_regions(article: Article, sentences: Sentences, quoted: Sequence[Quoted]) -> list[Region]:
    """Return the regions of `article`: its sentences, united where a quoted stretch covers several."""
    document = article.document
    characters = list(document)
    for one in quoted:
        characters[one.start : one.end] = MASK * (one.end - one.start)
    masked = "".join(characters)
    bounds: list[list[int]] = []
    for row in sentences.rows_of(article.id).tolist():
        start, end = int(sentences.start[row]), int(sentences.end[row])
        if start == end:
            continue
        split_inside = any(one.start < start < one.end for one in quoted)
        asked = bounds and _is_attribution(masked[bounds[-1][0] : bounds[-1][1]], masked[start:end])
        if (
            bounds
            and (split_inside or start < bounds[-1][1] or asked)
            and "\n" not in document[bounds[-1][1] : start]
        ):
            bounds[-1][1] = end
        else:
            bounds.append([start, end])
    regions: list[Region] = []
    paragraph, last = 0, 0
    for start, end in bounds:
        paragraph += "\n" in document[last:start]
        last = end
        inside = tuple(one for one in quoted if start <= one.start < end)
        title = bool(article.title) and end <= len(article.title)
        regions.append(Region(start, end, paragraph, masked[start:end], inside, title))
    return regions


def _is_attribution(before: str, text: str) -> bool:
    """Return whether `text` is the rest of a sentence cut behind a quotation ("Why?" Doe asked.)."""
    if not before.endswith(MASK):
        return False
    if re.match(r"\s*[―—–-]+\s*[A-Z]", text) and len(text.split()) <= 6:
        return True
    match = _cue_pattern().search(text[:80])
    if match is None or match.group()[0].isupper():
        return False
    subject, rest = text[: match.start()], text[match.end() :]
    short = len(subject.split()) <= 5 and not re.search(
        r"[,.;:]\s", subject.replace("Mr. ", "").replace("Ms. ", "")
    )
    return short and (only_adverbial(rest) or rest[:1] in {",", "."} or not subject.strip())


@cache
def _cue_pattern() -> re.Pattern[str]:
    forms = sorted(lexicons.saying_verbs(), key=lambda form: (-len(form), form))
    return re.compile(rf"\b(according to|{'|'.join(forms)})\b(?![-’'])", re.IGNORECASE)


def find_cues(region: Region) -> list[Cue]:
    """Return the cues of saying in `region` that have a subject, in order."""
    found: list[Cue] = []
    headline = region.title or is_headline(region.text, split_words(region.text))
    for match in _cue_pattern().finditer(region.text):
        form = match.group().casefold()
        capital = match.group()[0].isupper() and match.start() > 0 and not headline
        if capital or region.text[match.start() - 1 : match.start()] == "-":
            continue
        if form == "according to":
            subject = noun_phrase_after(region.text, match.end())
            cue = Cue(match.start(), match.end(), "according", "finite", subject, True)
        else:
            tense, takes = lexicons.saying_verbs()[form]
            cue = _verb_cue(region.text, match.start(), match.end(), tense, takes, found)
        if cue.subject is not None:
            found.append(cue)
    return found


def _verb_cue(text: str, start: int, end: int, tense: str, takes: str, before: Sequence[Cue]) -> Cue:
    left, subject, inverted = text[:start], None, False
    beside_quote = left.rstrip(" ,").endswith(MASK) or MASK in text[end : end + 12]
    if tense == "ing":
        if before and not _NOUN_BEFORE.search(left):
            subject = before[-1].subject
        elif left.rstrip().endswith(","):
            subject = first_noun_phrase(text, start)
    elif tense == "part" or (tense == "base" and not (beside_quote and _BASE_BEFORE.search(left))):
        subject = None
    elif _PASSIVE.search(left):
        by = re.match(r"[^,.;:\ue000]{0,40}?\bby\s+", text[end:])
        subject = noun_phrase_after(text, end + by.end()) if by else None
    elif _inverts(left, text[end:]):
        subject, inverted = noun_phrase_after(text, end), True
    elif re.search(r"\b(?:and|but|or|then)\s+(?:also |then |later )?$", left):
        subject = before[-1].subject if before else first_noun_phrase(text, start)
    elif not _noun_use(text, start, end):
        subject = subject_before(text, start)
    return Cue(start, end, takes, tense, subject, inverted)


def _noun_use(text: str, start: int, end: int) -> bool:
    """Return whether a form that is also a noun ("reports", "calls") stands as one here."""
    form = text[start:end].casefold()
    if form not in lexicons.name_parts("verb-or-noun") and not form.endswith("s"):
        return False
    return bool(_NOUN_BEFORE.search(text[:start])) or bool(
        re.match(r"\s+(?:of|from|by|about|on|for|against|was|were|is|are|have|had|has)\b", text[end:])
    )


def _inverts(left: str, right: str) -> bool:
    """Return whether the subject follows the verb: a quotation or a comma before it, a name or description after."""
    before = left.rstrip()
    if before and before[-1] not in f"{MASK},—–-":
        return False
    if before.endswith(",") and _is_apposition(before):
        return False
    after = right.lstrip()
    if before.endswith(",") and _AUXILIARY.search(re.split(r"[,.;:]", after, maxsplit=1)[0]):
        return False
    return bool(after) and (after[0].isupper() or bool(DETERMINER.match(after)) or _role_start(after))


def _role_start(text: str) -> bool:
    word = re.match(r"[A-Za-z]+", text)
    words = re.findall(r"[A-Za-z’'-]+", text[:60])[:4]
    return bool(word) and any(one.casefold() in lexicons.role_nouns() for one in words)


def _is_apposition(before: str) -> bool:
    """Return whether a comma closes an apposition to the subject before it ("Doe, the minister, said")."""
    piece = before.rstrip(",")
    opening = max(piece.rfind(MASK), piece.rfind(", "))
    if opening < 0:
        return False
    head = piece[:opening].rstrip(" ,")
    apposition = piece[opening + 1 :].strip(" ,")
    starts = (
        bool(DETERMINER.match(apposition)) or apposition[:4] in {"who ", "whos"} or apposition[:1].isdigit()
    )
    role = any(word in lexicons.role_nouns() for word in re.findall(r"[a-z]+", apposition.casefold()))
    named = (
        bool(re.search(r"[A-Z][\w’'.-]*$", head)) or head.split(" ")[-1].casefold() in lexicons.role_nouns()
    )
    return named and (starts or role or bool(re.match(r"[RDI]-", apposition)))


def only_adverbial(text: str) -> bool:
    """Return whether nothing but an adverbial ("on Friday", "in a statement") stands in `text`."""
    match = _ADVERBIAL.match(text)
    return match is not None and match.end() == len(text)
