"""Find mentions of actors that may be given reference labels, and which hard kind their sentence is of."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crossframe import lexicons
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import dateline_end, kind_of_known
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, NameSpans, Sentences

WORDS = Path(__file__).with_name("reference_label_words.tsv")
KINDS = ("state", "group", "organisation", "person")
"""Kinds of targets; the stratum of a sentence is the first that it has."""
HARD_KINDS = (
    "acquittal or denial",
    "irony",
    "loaded noun",
    "praise",
    "accusation",
    "bad event",
    "two targets",
)
"""Hard kinds, the rarer first: a sentence has the first that applies."""
MIN_WORDS, MAX_WORDS = 6, 80
_SCARE_QUOTES = re.compile(r"(?<!\w)(?:[\"“‘]|``|')\s?([\w-]+(?: [\w-]+){0,2})\s?(?:[\"”’]|''|')(?!\w)")
_STRAIGHT = re.compile(r"^\s?(?:'s\b|[’'\"”]|[^\w\s]|$)")
_MODIFIES = re.compile(
    r"[\s-](officers?|chiefs?|spokes\w+|departments?|members?|leaders?|officials?|headquarters|stations?|custody"
    r"|sources?|workers|employees|ship|ships|policy|policies|rally|event|reports?|data|building|games?)\b"
)
_MARKS = re.compile(r"[\"“”‘`()]")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its candidates: corpus, article, offsets in the document, hard kind, (start, end, kind) of each mention."""

    corpus: str
    article: Article
    start: int
    end: int
    hard_kind: str
    mentions: tuple[tuple[int, int, str], ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.document[self.start : self.end]

    @property
    def kind(self) -> str:
        """The first of `KINDS` among its mentions."""
        return min((kind for _, _, kind in self.mentions), key=KINDS.index)


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a class of the table beside this file."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        classes = {row["class"]: tuple(row["words"].split("|")) for row in rows}
    return classes[name]


@cache
def _pattern(name: str, lead: str = "") -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in read_words(name))
    return re.compile(rf"(?<![\w-]){lead}({'|'.join(words)})(?![\w-])", re.IGNORECASE)


def find_sentences(corpus: str, articles: Sequence[Article], batch: int = 200) -> Iterator[Sentence]:
    """Yield the sentences of `articles` that hold a candidate, by batches of articles of whole events."""
    finder = load_name_finder()
    for part in _batches(articles, batch):
        spans = finder.find(split_sentences(part))
        by_article: dict[str, list[dict[str, object]]] = {}
        for span in spans.rows():
            by_article.setdefault(span["article"], []).append(span)
        for article in part:
            sentences = split_sentences([article])
            names = describe_names(sentences, NameSpans.from_rows(by_article.get(article.id, [])))
            yield from _sentences_of(corpus, sentences, names)


def _batches(articles: Sequence[Article], size: int) -> Iterator[Sequence[Article]]:
    for first in range(0, len(articles), size):
        yield articles[first : first + size]


def _sentences_of(corpus: str, sentences: Sentences, names: Sequence[Name]) -> Iterator[Sentence]:
    for row, text in enumerate(sentences.text):
        if not MIN_WORDS <= len(text.split()) <= MAX_WORDS or "\n" in text:
            continue
        article, start = sentences.article_of(row), int(sentences.start[row])
        first = dateline_end(article.document, start)
        found = [*_named(article.document, [name for name in names if name.row == row])]
        found += [(start + a, start + b, kind) for a, b, kind in _described(text)]
        mentions = tuple(mention for mention in _longest(found) if mention[0] >= first)
        if mentions:
            yield Sentence(
                corpus, article, start, int(sentences.end[row]), find_hard_kind(text, mentions), mentions
            )


def _named(document: str, names: Iterable[Name]) -> Iterator[tuple[int, int, str]]:
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


def _described(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield descriptions of governments, bodies and groups with a demonym before them."""
    for kind in ("state", "organisation", "group"):
        for match in _pattern(f"{kind} nouns", lead=r"(?:\w+ )?").finditer(text):
            if _MODIFIES.match(text, match.end()):
                continue
            lead = text[match.start() : match.start(1)].strip().casefold()
            start = match.start() if lead in lexicons.demonyms() else match.start(1)
            yield start, match.end(), kind


def _longest(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the mentions in order, of overlapping ones the longest."""
    chosen: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda mention: (mention[0] - mention[1], mention[0])):
        if all(one[1] <= start or end <= one[0] for start, end, _ in chosen):
            chosen.append(one)
    return sorted(chosen)


def find_hard_kind(text: str, mentions: Sequence[tuple[int, int, str]]) -> str:
    """Return the first of `HARD_KINDS` that applies to a sentence, "" where none does.

    A bad event counts where no word of praise or blame stands beside it (of the first five kinds, none applies); words in
    marks count as scare quotes up to three words long.
    """
    for kind in HARD_KINDS:
        if kind == "two targets" and len(mentions) < 2:
            continue
        if _pattern(kind).search(text) or (kind == "irony" and _SCARE_QUOTES.search(text)):
            return kind
    return ""
