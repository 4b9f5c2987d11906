"""Find mentions of actors that may be labelled, and draw those that a student learns from without labels: none that is held out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from crossframe import lexicons, storage
from crossframe._progress import track
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import dateline_end, kind_of_known
from crossframe.errors import InputError
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.reference_labels import REFERENCE, split_articles
from crossframe.reading.public.reference_readings import article_id, read_items
from crossframe.reading.public.registry import read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, PORTRAYAL, STANCE, Annotation, Article, Corpus, NameSpans, Sentences
from crossframe.studies.evaluate.corpora import read_training_corpus
from crossframe.studies.evaluate.stance_items import join_items, refuse_untrainable
from crossframe.studies.train.stance_data import StanceData

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
N_UNLABELLED = 15_000
"""Targets that are drawn: nearly all mentions but persons that labels leave of the training articles of the reference labels."""
KIND_WEIGHTS = {"state": 3.0, "organisation": 3.0, "group": 3.0, "person": 1.0}
"""How much likelier a mention of a kind is drawn: nearly all labels of NewsMTSC are of persons."""
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
    for first in track(range(0, len(articles), BATCH), "Finding mentions"):
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


# --- targets without labels -----------------------------------------------------------------------------


class Target(NamedTuple):
    """A mention that a teacher is asked about.

    Parameters
    ----------
    item : StanceItem
        Without holder.
    kind : str
        As in `candidates.KINDS`.
    holders : tuple of str
        Words of the other mentions of the sentence, each once, without those of the target.
    corpus : str
    """

    item: StanceItem
    kind: str
    holders: tuple[str, ...]
    corpus: str

    def ask(self, construct: str) -> list[StanceItem]:
        """Return the questions of a construct: the portrayal, the stance of the author and of all others, or all of these."""
        portrayal = [] if construct == STANCE else [self.item]
        holders = () if construct == PORTRAYAL else (AUTHOR, *self.holders)
        return [*portrayal, *(self.item._replace(holder=holder) for holder in holders)]


@dataclass(frozen=True)
class Unlabelled:
    """Targets that were drawn, licences of their corpora by name, and numbers of articles and sentences that were left out."""

    targets: tuple[Target, ...]
    licences: dict[str, str]
    left_out: dict[str, int]

    def describe(self) -> dict[str, Any]:
        """Return numbers and licences for the log."""
        counts = Counter(target.corpus for target in self.targets)
        return {
            "corpora": list(self.licences),
            "targets": {corpus: counts[corpus] for corpus in self.licences},
            "kinds": dict(sorted(Counter(target.kind for target in self.targets).items())),
            "licences": dict(self.licences),
            "left_out": dict(self.left_out),
        }


def draw_unlabelled(names: Sequence[str], data: StanceData, seed: int) -> Unlabelled:
    """Return `N_UNLABELLED` targets of corpora, drawn without replacement by `KIND_WEIGHTS`; all where there are fewer.

    Parameters
    ----------
    names : sequence of str
        Registered corpora, or corpus folders.
    data : StanceData
        Nothing is drawn from the articles, events and sentences that it holds out or tests on, and no target that it trains on;
        nor marked words that were read for reference labels, many of which are no mention.
    seed : int
        Of the draw.

    Raises
    ------
    InputError
        When a corpus may not be learned from, or no target is found.
    """
    held = join_items([data.dev, *data.tests.values()])
    seen = {plain_words(item.text) for item in held.targets}
    labelled = {item[:3] for item in data.train.targets}
    items = read_items(storage.corpora_folder() / REFERENCE)
    read = {(item.article, item.target) for item in items if item.readings}
    found: list[Target] = []
    licences, left_out = {}, Counter(articles=0, sentences=0)
    for name in names:
        refuse_untrainable(name)
        corpus, articles = read_training_articles(name, set(held.groups))
        licences[corpus.name] = corpus.licence
        left_out["articles"] += len(corpus.articles) - len(articles)
        starts = _labelled_starts(corpus)
        for sentence in find_candidates(articles):
            words = plain_words(sentence.text)
            if words in seen or any(
                sentence.start <= at < sentence.end for at in starts.get(sentence.article.id, ())
            ):
                left_out["sentences"] += 1
                continue
            seen.add(words)
            article = article_id(corpus.name, sentence.article.id)
            new = [mention for mention in sentence.mentions if (article, mention[:2]) not in read]
            found += [one for one in targets_of(sentence, corpus.name, new) if one.item[:3] not in labelled]
    if not found:
        raise InputError(
            f"Invalid corpora {', '.join(names)} without labels. No mention of an actor is left in their training articles."
        )
    weights = np.array([KIND_WEIGHTS[target.kind] for target in found])
    n = min(N_UNLABELLED, len(found))
    rows = np.random.default_rng(seed).choice(len(found), n, replace=False, p=weights / weights.sum())
    return Unlabelled(tuple(found[row] for row in sorted(rows.tolist())), licences, dict(left_out))


def read_training_articles(name: str, held: set[str]) -> tuple[Corpus, list[Article]]:
    """Return a corpus and those of its articles that may be learned from.

    Of the corpora that ``reference-labels`` is of, the articles of its train split (`split_articles`), without the stories of
    NeuS that share text with test data; of others the articles of no other split than train. Never an article whose id or
    event is among `held`.
    """
    if name in read_entry(REFERENCE).sources:
        corpus = read_corpus(name)
        excluded = read_excluded_stories() if name == "neus" else frozenset()
        apart = [article for article in corpus.articles if article.event not in excluded]
        splits = split_articles(name, apart)
        articles = [article for article in apart if splits[article.id] == "train"]
    else:
        corpus = read_training_corpus(name)
        articles = [article for article in corpus.articles if article.split in (None, "", "train")]
    return corpus, [article for article in articles if not {article.id, article.event} & held]


def _labelled_starts(corpus: Corpus) -> dict[str, list[int]]:
    """Return by article where mentions begin that have gold of single mentions: their sentences stay a test."""
    starts: dict[str, list[int]] = {}
    gold = corpus.gold.get("stance")
    if isinstance(gold, Annotation) and gold.unit == "span":
        for unit in gold.units.rows():
            starts.setdefault(unit["article"], []).append(unit["start"])
    return starts


def targets_of(sentence: Candidates, corpus: str, asked: Sequence[Mention]) -> Iterator[Target]:
    """Yield those mentions of a sentence that are `asked` about, each with all others as possible holders."""
    text, begin = sentence.text, sentence.start
    named: dict[str, str] = {}
    for start, end, _ in sentence.mentions:
        words = text[start - begin : end - begin]
        named.setdefault(words.casefold(), words)
    for start, end, kind in asked:
        own = text[start - begin : end - begin].casefold()
        holders = tuple(words for key, words in named.items() if key != own)
        yield Target(StanceItem(text, start - begin, end - begin), kind, holders, corpus)
