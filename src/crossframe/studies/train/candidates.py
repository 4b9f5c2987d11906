"""Find mentions of actors that may be labelled, or learned from without labels: names, and nouns for governments, bodies and groups."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crossframe import lexicons
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import dateline_end, kind_of_known
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, NameSpans, Sentences

KINDS = ("state", "group", "organisation", "person")
"""Kinds of targets, the one that leads a sentence with several of them first."""
MIN_WORDS, MAX_WORDS = 6, 80
"""Words of a sentence: shorter ones say little, longer ones are lists or faults of the splitter."""
BATCH = 200
"""Articles whose names are found at once."""
_STRAIGHT = re.compile(r"^\s?(?:'s\b|[’'\"”]|[^\w\s]|$)")
_MODIFIES = re.compile(
    r"[\s-](officers?|chiefs?|spokes\w+|departments?|members?|leaders?|officials?|headquarters|stations?|custody"
    r"|sources?|workers|employees|ship|ships|policy|policies|rally|event|reports?|data|building|games?)\b"
)
_MARKS = re.compile(r"[\"“”‘`()]")
Mention = tuple[int, int, str]
"""Start and end in characters of the document, and the kind (`KINDS`)."""


@dataclass(frozen=True)
class Candidates:
    """A sentence with the mentions of actors in it, in order and apart from each other; offsets in characters of the document."""

    article: Article
    start: int
    end: int
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.document[self.start : self.end]


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a class of the word list ``candidate_words``.

    Examples
    --------
    >>> read_words("state heads")[:2]
    ('ministry', 'department')
    """
    classes = {
        row["class"]: tuple(row["words"].split("|")) for row in lexicons.read_wordlist("candidate_words")
    }
    return classes[name]


def pattern_of(words: Iterable[str], lead: str = "") -> re.Pattern[str]:
    """Return what finds one of `words` after `lead`, whatever the case; ``*`` stands for any ending.

    Examples
    --------
    >>> pattern_of(["accus*"]).search("He was accused.")[1]
    'accused'
    """
    escaped = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<![\w-]){lead}({'|'.join(escaped)})(?![\w-])", re.IGNORECASE)


@cache
def _nouns(kind: str) -> re.Pattern[str]:
    return pattern_of(read_words(f"{kind} nouns"), lead=r"(?:\w+ )?")


def plain_words(text: str) -> str:
    """Return the words of a text without case, marks and spacing: sentences that have the same are one.

    Examples
    --------
    >>> plain_words("They won, he  SAID.")
    'they won he said'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


def find_candidates(articles: Sequence[Article]) -> Iterator[Candidates]:
    """Yield the sentences of `articles` that mention an actor, in order; names by the shipped finder."""
    finder = load_name_finder()
    for first in range(0, len(articles), BATCH):
        part = articles[first : first + BATCH]
        spans = finder.find(split_sentences(part))
        by_article: dict[str, list[dict[str, object]]] = {}
        for span in spans.rows():
            by_article.setdefault(span["article"], []).append(span)
        for article in part:
            sentences = split_sentences([article])
            names = describe_names(sentences, NameSpans.from_rows(by_article.get(article.id, [])))
            yield from _candidates_in(sentences, names)


def _candidates_in(sentences: Sentences, names: Sequence[Name]) -> Iterator[Candidates]:
    for row, text in enumerate(sentences.text):
        if not MIN_WORDS <= len(text.split()) <= MAX_WORDS or "\n" in text:
            continue
        article, start = sentences.article_of(row), int(sentences.start[row])
        first = dateline_end(article.document, start)
        found = [*_named(article.document, [name for name in names if name.row == row])]
        found += [(start + a, start + b, kind) for a, b, kind in _described(text)]
        mentions = tuple(mention for mention in _longest(found) if mention[0] >= first)
        if mentions:
            yield Candidates(article, start, int(sentences.end[row]), mentions)


def _named(document: str, names: Iterable[Name]) -> Iterator[Mention]:
    for name in names:
        if _MARKS.search(document, name.start, name.end):
            continue
        if kind := _kind_of_name(name, document[name.end : name.end + 40]):
            yield name.start, name.end, kind


def _kind_of_name(name: Name, rest: str) -> str:
    """Return the kind of target that a name is, "" for one that is unlikely to be a mention of an actor."""
    last = name.text.casefold().split()[-1]
    if name.kind in ("country", "place"):
        return "state" if _acts_as_state(name, rest) else ""
    if name.kind == "office" or (
        last in read_words("state heads") and not name.text.casefold().endswith(read_words("no state heads"))
    ):
        return "state"
    return {"party": "organisation"}.get(name.kind, name.kind if name.kind in KINDS else "")


def _acts_as_state(name: Name, rest: str) -> bool:
    """Tell whether a country, capital or American state stands where an actor may: neither place nor attribute."""
    if name.place or not _stands_alone(rest):
        return False
    if name.kind == "country" or kind_of_known(name.text) == "country":
        return True
    listed = name.text in read_words("capitals") or name.text.casefold() in lexicons.us_states()
    return listed and (name.acts or name.subject)


def _stands_alone(rest: str) -> bool:
    """Tell whether a name is followed by a mark, a function word or a finite verb, not by a noun."""
    match = re.match(r"\s([\w'’-]+)", rest)
    if match is None:
        return _STRAIGHT.match(rest) is not None
    word = match[1].casefold()
    return (
        word in lexicons.function_words()
        or word in lexicons.name_parts("auxiliary")
        or word in lexicons.saying_verbs()
        or word.endswith("ed")
    )


def _described(text: str) -> Iterator[Mention]:
    """Yield descriptions of governments, bodies and groups with a demonym before them."""
    for kind in ("state", "organisation", "group"):
        for match in _nouns(kind).finditer(text):
            if _MODIFIES.match(text, match.end()):
                continue
            lead = text[match.start() : match.start(1)].strip().casefold()
            start = match.start() if lead in lexicons.demonyms() else match.start(1)
            yield start, match.end(), kind


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in order, of overlapping ones the longest."""
    chosen: list[Mention] = []
    for one in sorted(found, key=lambda mention: (mention[0] - mention[1], mention[0])):
        if all(one[1] <= start or end <= one[0] for start, end, _ in chosen):
            chosen.append(one)
    return sorted(chosen)
