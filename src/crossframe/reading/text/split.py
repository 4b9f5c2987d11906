"""Articles split into sentences with exact offsets: every visible character is in exactly one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from crossframe import lexicons
from crossframe.reading.text.wrapping import join_wrapped
from crossframe.records import Article, Sentences

MAX_CHARACTERS = 5000
"""A longer sentence is cut at a blank: no sentence of BASIL or NewsMTSC reaches 1,200."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK = re.compile(r"\s")
# What sentencex still cuts in English news: (end of the left part, beginning of the right part).
_TITLES = re.compile(
    r"\b(?:Govs?|Gens?|Sens?|Reps?|Lts?|Cols?|Cmdrs?|Capts?|Sgts?|Majs?|Adms?|Revs?|Hon|Messrs|vs|Pvts?|Cpls?|"
    r"Ms|Mrs|Mr|Drs?|Profs?|Supts?|Insps?|Dets?|Cllrs?|Ambs?|Attys?|Asst|Msgr|Mmes?|Mlles?)\.$"
)
_MAY_END = re.compile(r"\b(?:Fts?|Mts?|Sts?|Nos?)\.$|(?:^|[\s(“\"])[A-Z]\.$|\b[RDI]-[A-Z]\.$")
_ITEM = re.compile(r"(?:[A-Z]|\d{1,2})\.")
"""A label before a sentence ("Q. Why?", "1. The bank lied.")."""
_BEFORE_NUMBER = re.compile(
    r"\b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Vols?|Figs?|Arts?|Est|p|pp|vols?|approx|ca|est|figs?|arts?|paras?"
    r"|[A-Z][b-df-hj-np-tv-xz]{1,3})\.$"
)
"""Abbreviations before a number: those listed, and words without a vowel ("Sh. 20", "Nr. 5")."""
_OPENING_WORD = re.compile(r"[A-Z][a-z]+\b|I\b")
_STOPS = re.compile(
    r"\b(?:no|etc)\.[”\"’)]?\s+(?=[“\"‘(]?[A-Z])|(?:[-−]\d+|\d\.\d+|\d\s?°)\s?[CF]\.\s+(?=[A-Z])|[.!?…][”\"’]?\)\s+(?=[“\"‘(]?[A-Z])"
    r"|(?:\b(?:[A-Z]\.){2,}|\b(?:Ltd|Inc|Corp|Co|Bros|Plc|etc|Jr|Sr)\.)[”\"’)]?\s+(?=[“\"‘(]?(?:(?:Mrs?|Ms|Mx|Messrs|Dr|Prof)\.?|Sir|Dame)\s[A-Z])"
)
"""Where a sentence ends though sentencex sees an abbreviation, an initial or an aside: "voted no. She", "-4 C. Roads", "(He lied.) She",
"the U.N. Mr. Poe" (forms of address are of no country or firm, as "U.S. Sen. Poe" is)."""
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b[ap]\.m\.$")
_CONTINUATION = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}T\b|"
    r"Secretary|Senate|House|President|Vice|Congress|Attorney|Supreme|District|Army|Navy|Air|Marine|Embassy|"
    r"Ambassador|State|Department|Treasury|Defense|Representative|Rep\.|Sen\.|Government|Capitol|Constitution|"
    r"Court|Circuit|Coast|Border|Customs|Citizenship|Immigration|Geological|Open)"
)


def split_text(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the sentences of `text` as offsets.

    Parameters
    ----------
    text : str
        Running text; a line break ends a sentence, but where a text is hard-wrapped only one between paragraphs does.
    language : str
        ISO 639-1 code; sentencex falls back to its nearest rules for a language it does not know.

    Returns
    -------
    list of (int, int)
        Start and end in characters of `text`, without outer blanks. Every visible character is in exactly one.

    References
    ----------
    sentencex, Wikimedia Foundation, https://github.com/wikimedia/sentencex.

    Examples
    --------
    >>> text = 'U.S. Secretary Rice met Mr. Trump in St. Petersburg. "It ends." He left.'
    >>> [text[start:end] for start, end in split_text(text)]
    ['U.S. Secretary Rice met Mr. Trump in St. Petersburg.', '"It ends."', 'He left.']
    """
    return [
        span
        for line in _LINE.finditer(join_wrapped(text))
        for span in _split_line(line.group(), line.start(), language)
    ]


def split_sentences(articles: Iterable[Article]) -> Sentences:
    """Return the sentences of `articles`, in the order of the articles.

    Parameters
    ----------
    articles : iterable of Article
        A title is sentence 0; body sentences count from 1; ``Article.sentences`` overrides the splitter.

    Returns
    -------
    Sentences
        Offsets count characters of each article's document. Its articles have blanks for the line breaks that only wrap
        a paragraph, so that no later step takes one for its end.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> split_sentences([Article("a", "e", "o", "Title", "One. Two.")]).text
    ('Title', 'One.', 'Two.')
    """
    listed = tuple(map(_unwrapped, articles))
    rows: list[tuple[int, int, int, int]] = []
    for position, article in enumerate(listed):
        if article.title:
            rows.append((position, 0, 0, len(article.title)))
        spans = (
            article.sentences
            if article.sentences is not None
            else split_text(article.text, article.language or "en")
        )
        shift = article.text_start
        rows += [(position, i, start + shift, end + shift) for i, (start, end) in enumerate(spans, start=1)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    return Sentences(listed, *columns)


def _unwrapped(article: Article) -> Article:
    text = article.text if article.sentences is not None else join_wrapped(article.text)
    return article if text == article.text else replace(article, text=text)


def _split_line(line: str, offset: int, language: str) -> list[tuple[int, int]]:
    from sentencex import get_sentence_boundaries

    # sentencex 1.0.32 panics at a single letter before a blank that is no ASCII blank and a stop ("A\u00a0.").
    plain = _BLANK.sub(" ", line)
    boundaries = [(b["start_index"], b["end_index"]) for b in get_sentence_boundaries(language, plain)]
    spans = _tile(boundaries, len(line))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and _belong_together(
            line[merged[-1][0] : merged[-1][1]].rstrip(), line[start:end].lstrip()
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    trimmed = (_trim(line, *span) for piece in merged for span in _split_stops(line, *piece))
    return [
        (start + offset, end + offset) for span in trimmed if span for start, end in _cut_long(line, *span)
    ]


def _tile(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return spans that cover the line from end to end, also where the splitter left out or repeated some of it."""
    cuts = sorted({start for start, _ in spans if 0 < start < length})
    edges = [0, *cuts, length]
    return list(pairwise(edges))


def _split_stops(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _STOPS.finditer(line, start, end):
        aside = ")" in match.group()
        if not aside or line[start:end].lstrip('“"‘ ').startswith("("):
            yield start, match.end()
            start = match.end()
    yield start, end


def _belong_together(left: str, right: str) -> bool:
    if not left or not right:
        return False
    if _ITEM.fullmatch(left):
        return True
    if _goes_on(left, right):
        return True
    if _TITLES.search(left):
        return right[0].isupper() or right[0].isdigit()
    if _MAY_END.search(left):
        return (right[0].isupper() and not _opens_sentence(right)) or right[0].isdigit()
    if _ABBREVIATION.search(left):
        return bool(_CONTINUATION.match(right)) or right[0].islower()
    if _BEFORE_NUMBER.search(left) and right[0].isdigit():
        return True
    return right[0] in ",;" or (left.endswith("al.") and right[0] in "([")


def _opens_sentence(right: str) -> bool:
    """Return whether the first word is one with which no name begins ("lives in Elm St. The house burned")."""
    word = _OPENING_WORD.match(right)
    key = word.group().casefold() if word else ""
    return key in lexicons.function_words() and key not in lexicons.first_names()


def _goes_on(left: str, right: str) -> bool:
    """Return whether a full stop is an abbreviation's, by the small letter behind it; in a text without capitals none is."""
    stopped = re.search(r"[.…](?:\s?[\[(][^\[\]()]*[\])])?$", left)
    small = right[0].islower() and re.match(r"[^\W_A-Z]+\b", right)  # "iPhone" may open a sentence
    return bool(stopped and small) and not left.lstrip("“\"'‘«„([")[:1].islower()


def _trim(line: str, start: int, end: int) -> tuple[int, int] | None:
    text = line[start:end]
    bare = text.strip()
    if not bare:
        return None
    begin = start + len(text) - len(text.lstrip())
    return begin, begin + len(bare)


def _cut_long(line: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > MAX_CHARACTERS:
        blank = line.rfind(" ", start + 1, start + MAX_CHARACTERS)
        cut = blank if blank > start else start + MAX_CHARACTERS
        spans.append((start, cut))
        start = cut + len(line[cut:end]) - len(line[cut:end].lstrip())
    return [*spans, (start, end)] if end > start else spans
