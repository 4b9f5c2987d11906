"""Loaders of public corpora of alignment: stories, propositions, paraphrases and documents that tell the same."""

import csv
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.gold import read_alignment, read_tsv
from crossframe.reading.registry import Entry, need_files
from crossframe.reading.sentences import split_sentences
from crossframe.records import Alignment, Annotation, Article, Corpus, Event, Gold, Outlet, Units

# --- NeuS -----------------------------------------------------------------------------------------------

_NEUS_PART = re.compile(r"\s*TITLE=> ?(.*?)\s*ARTICLE=> ?(.*)$", re.DOTALL)
_NEUS_LEADS = 3


def load_neus(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return NeuS: an event a line, three leads of unknown outlets; gold ``alignment`` on the events that have it.

    Leads without a body are left out. Our own sentence offsets, where there are any, override the splitter; gold is
    attached when all of its events are in the splits loaded, and nothing is split into sentences but these events.
    """
    chosen = splits or ("train", "val", "test")
    articles = [article for split in chosen for article in _neus_articles(entry, split)]
    folder = storage.corpora_folder() / "neus" / "gold" / "alignment"
    if (folder / "sentences.tsv").is_file():
        articles = _with_sentences(articles, folder / "sentences.tsv", chosen)
    corpus = _corpus(entry, articles)
    if not (folder / "neus.tsv").is_file():
        return corpus
    named = {row["event"] for _, row in read_tsv(folder / "neus.tsv", ("event",))}
    if not named <= {event.id for event in corpus.events}:
        return corpus
    part = _corpus(entry, [article for article in articles if article.event in named])
    return replace(corpus, gold={"alignment": read_alignment(part, folder / "neus.tsv")})


def _neus_articles(entry: Entry, split: str) -> list[Article]:
    articles = []
    for number, line in enumerate(_lines(entry, split)):
        event = f"{split}-{number:04d}"
        parts = [_NEUS_PART.match(part.strip()) for part in line.split(" [SEP] ")]
        if len(parts) != _NEUS_LEADS or None in parts:
            raise InputError(
                f"Invalid story in line {number + 1} of split {split!r} of neus. It must have {_NEUS_LEADS} parts "
                "'TITLE=> ... ARTICLE=> ...'."
            )
        for k, part in enumerate(parts, 1):
            title, body = part.groups() if part else ("", "")
            if body.strip():
                articles.append(
                    Article(f"{event}-{k}", event, f"unknown-{k}", title, body, language="en", split=split)
                )
    return articles


def _with_sentences(articles: Sequence[Article], path: Path, splits: Iterable[str]) -> list[Article]:
    """Return the articles with the sentence offsets that the table at `path` gives (columns article, sentence, start, end).

    Offsets count characters of the article's text, sentences from 1; rows of other splits are passed over.
    """
    known = {article.id for article in articles}
    given: dict[str, list[tuple[int, int]]] = {}
    for where, row in read_tsv(path, ("article", "sentence", "start", "end")):
        id = row["article"]
        if id.split("-")[0] not in splits:
            continue
        if id not in known:
            raise InputError(f"{where}: Unknown article {id!r}. It must be an article of corpus 'neus'.")
        spans = given.setdefault(id, [])
        try:
            number, start, end = (int(row[name]) for name in ("sentence", "start", "end"))
        except ValueError:
            raise InputError(
                f"{where}: Invalid row {row!r}. sentence, start and end must be numbers."
            ) from None
        if number != len(spans) + 1:
            raise InputError(
                f"{where}: Invalid sentence {number!r} of article {id!r}. Sentences count from 1, in order."
            )
        spans.append((start, end))
    return [replace(a, sentences=tuple(given[a.id])) if a.id in given else a for a in articles]


# --- pairs: SuperPAL and the Microsoft Research Paraphrase Corpus -----------------------------------------


def load_superpal(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return SuperPAL: an event a pair, the document's proposition of outlet ``a``, the summary's of ``b``.

    An event's title is the upstream topic. Gold ``alignment``: all pairs, relation equivalent.
    """
    articles: list[Article] = []
    events = []
    for split in splits or ("dev", "test"):
        with _file(entry, split).open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                id = f"{split}-{number:04d}"
                articles += _pair(id, split, row["docSpanText"], row["summarySpanText"])
                events.append(Event(id, row["topic"]))
    outlets = (Outlet("a", "document"), Outlet("b", "summary"))
    gold = {"alignment": _paired(articles, np.arange(len(events)), "SuperPAL annotators")}
    return _corpus(entry, articles, outlets=outlets, events=events, gold=gold)


def load_msrp(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return MSRP: an event a pair of sentences; gold ``alignment``: the paraphrases, relation equivalent."""
    articles: list[Article] = []
    same = []
    for split in splits or ("train", "test"):
        for number, line in enumerate(_lines(entry, split)[1:]):
            quality, _, _, left, right = line.split("\t")
            articles += _pair(f"{split}-{number:04d}", split, left, right)
            same.append(quality == "1")
    outlets = (Outlet("a", "first sentence"), Outlet("b", "second sentence"))
    gold = {"alignment": _paired(articles, np.flatnonzero(same), "MSRP annotators")}
    return _corpus(entry, articles, outlets=outlets, gold=gold)


def _pair(event: str, split: str, *texts: str) -> list[Article]:
    return [
        Article(
            f"{event}-{side}",
            event,
            side,
            "",
            text,
            language="en",
            split=split,
            sentences=((0, len(text)),),
        )
        for side, text in zip("ab", texts, strict=True)
    ]


def _paired(articles: Sequence[Article], chosen: np.ndarray, source: str) -> Alignment:
    """Return the pairs numbered `chosen` as aligned; pair n is articles 2n and 2n + 1, of one sentence each."""
    n = len(chosen)
    return Alignment(
        split_sentences(articles),
        2 * chosen,
        2 * chosen + 1,
        np.ones(n),
        ("equivalent",) * n,
        source=source,
    )


# --- ECB+ -----------------------------------------------------------------------------------------------

_EVENT_TAGS = ("ACTION_", "NEG_ACTION_")
_ENTITY_TAG = "HUMAN_"


def load_ecbplus(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return ECB+: one article a document, its own outlet; gold ``event-chains`` and ``entity-chains``.

    Events are ``<topic>-ecb`` and ``<topic>-ecbplus``, the two similar ones of a topic. Tokens are joined by single
    blanks and sentences by line breaks, in upstream's order; there are no titles, so upstream's sentence n is
    sentence n + 1. A unit of ``event-chains`` is a sentence and, as ``actor``, an event's chain across documents that
    has a mention in it; one of ``entity-chains`` a mention of people or a body (upstream's ``HUMAN_`` tags: names,
    nouns and pronouns, as a rule without article) and its chain. Mentions that upstream links to no chain are left
    out: it links by far not all ("he" and names of chains are among them).
    """
    articles, units, named = [], [], []
    for split in splits or ("train", "dev"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for path in paths:
            article, chains, entities = _ecb_document(folder / path, split)
            articles.append(article)
            named += [{"article": article.id, **entity} for entity in entities]
            units += [
                {"article": article.id, "sentence": sentence, "actor": chain} for sentence, chain in chains
            ]
    gold = {
        f"{name}-chains": Annotation(
            Units.from_rows(rows), unit, ("mentioned",), np.ones((len(rows), 1)), "ECB+ annotators"
        )
        for name, unit, rows in (("event", "sentence", units), ("entity", "span", named))
    }
    return _corpus(entry, articles, gold=gold)


def _ecb_document(
    path: Path, split: str
) -> tuple[Article, list[tuple[int, str]], list[dict[str, int | str]]]:
    """Return the article, the (sentence, chain) pairs and the mentions of entities of one document."""
    root = ElementTree.parse(path).getroot()
    if root.get("doc_name") != path.name:
        raise InputError(
            f"Invalid document {root.get('doc_name')!r} in {str(path)!r}. It must be {path.name!r}."
        )
    words: dict[int, list[str]] = {}
    sentence_of, token_at = {}, {}
    for token in root.iter("token"):
        number = int(token.attrib["sentence"]) + 1
        told = words.setdefault(number, [])
        begin = sum(map(len, told)) + len(told)
        told.append(token.text or "")
        sentence_of[token.attrib["t_id"]] = number
        token_at[token.attrib["t_id"]] = (begin, begin + len(told[-1]))
    if list(words) != list(range(1, len(words) + 1)):
        raise InputError(f"Invalid sentences {list(words)!r} in {str(path)!r}. They must count without gaps.")
    text, spans = _joined(words.values())
    event = f"{path.parent.name}-{'ecbplus' if path.stem.endswith('plus') else 'ecb'}"
    article = Article(
        path.stem,
        event,
        path.stem,
        "",
        text,
        language="en",
        split=split,
        sentences=spans,
    )
    starts = {id: spans[number - 1][0] for id, number in sentence_of.items()}
    places = {id: (starts[id] + begin, starts[id] + end) for id, (begin, end) in token_at.items()}
    return article, _ecb_chains(root, sentence_of), _ecb_entities(root, sentence_of, places, path.stem)


def _joined(sentences: Iterable[Sequence[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return tokens joined by blanks and sentences by line breaks, with the sentences' offsets."""
    told = [" ".join(words) for words in sentences]
    ends = np.cumsum([len(text) + 1 for text in told]) - 1
    return "\n".join(told), tuple(
        (int(end) - len(text), int(end)) for end, text in zip(ends, told, strict=True)
    )


def _ecb_chains(root: ElementTree.Element, sentence_of: dict[str, int]) -> list[tuple[int, str]]:
    mentions = {
        mention.attrib["m_id"]: [
            sentence_of[anchor.attrib["t_id"]] for anchor in mention.iter("token_anchor")
        ]
        for mention in root.iterfind("Markables/*")
        if mention.tag.startswith(_EVENT_TAGS)
    }
    return sorted(
        {
            (sentence, link.attrib["note"])
            for link in root.iterfind("Relations/CROSS_DOC_COREF")
            for source in link.iter("source")
            for sentence in mentions.get(source.attrib["m_id"], ())
        }
    )


def _ecb_entities(
    root: ElementTree.Element,
    sentence_of: dict[str, int],
    places: dict[str, tuple[int, int]],
    document: str,
) -> list[dict[str, int | str]]:
    """Return sentence, start, end and chain (as ``actor``) of every linked mention of people and bodies, in order."""
    chains = {
        source.attrib["m_id"]: link.attrib.get("note") or f"{document}-{link.attrib['r_id']}"
        for link in root.iterfind("Relations/*")
        for source in link.iter("source")
    }
    found: list[dict[str, int | str]] = []
    for mention in root.iterfind("Markables/*"):
        tokens = [anchor.attrib["t_id"] for anchor in mention.iter("token_anchor")]
        chain = chains.get(mention.attrib["m_id"], "")
        if not tokens or not chain or not mention.tag.startswith(_ENTITY_TAG):
            continue
        found.append(
            {
                "sentence": sentence_of[tokens[0]],
                "start": places[tokens[0]][0],
                "end": places[tokens[-1]][1],
                "actor": chain,
            }
        )
    return sorted(found, key=lambda one: (one["start"], one["end"]))


# --- what they share ------------------------------------------------------------------------------------


def _file(entry: Entry, split: str) -> Path:
    paths = entry.files_of(split)
    return need_files(entry, paths) / paths[0]


def _lines(entry: Entry, split: str) -> list[str]:
    """Return the lines of a split's file; other characters that Python takes for line breaks stay in them."""
    return _file(entry, split).read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")


def _corpus(
    entry: Entry,
    articles: Sequence[Article],
    *,
    outlets: Sequence[Outlet] = (),
    events: Sequence[Event] = (),
    gold: Mapping[str, Gold] | None = None,
) -> Corpus:
    return Corpus(
        entry.name,
        tuple(articles),
        outlets=tuple(outlets),
        events=tuple(events),
        gold=gold or {},
        language=entry.language,
        licence=entry.licence,
        provenance=entry.citation,
    )
