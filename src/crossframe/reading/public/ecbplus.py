"""Loaders of ECB+: documents on similar events with coreference across them, and the sentences that were checked twice."""

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.registry import Entry, need_files, read_entry
from crossframe.records import Annotation, Article, Corpus, Units

_EVENT_TAGS = ("ACTION_", "NEG_ACTION_")
_ENTITY_TAGS = ("HUMAN_",)
Rows = list[dict[str, int | str]]


def load_ecbplus(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return ECB+: one article a document, its own outlet; gold ``event-chains`` and ``entity-chains``.

    Events are ``<topic>-ecb`` and ``<topic>-ecbplus``, the two similar ones of a topic. Tokens are joined by single
    blanks and sentences by line breaks, in upstream's order; there are no titles, so upstream's sentence n is
    sentence n + 1. A unit of ``event-chains`` is a sentence and, as ``actor``, an event's chain across documents that
    has a mention in it; one of ``entity-chains`` a mention of people or a body (upstream's ``HUMAN_`` tags: names,
    nouns and pronouns, as a rule without article) and its chain. Mentions that upstream links to no chain are left
    out: it links by far not all ("he" and names of chains are among them).
    """
    articles: list[Article] = []
    units: Rows = []
    named: Rows = []
    for document in _documents(entry, splits):
        article = document.article
        articles.append(article)
        named += [{"article": article.id, **one} for one in document.mentions(_ENTITY_TAGS)]
        units += [
            {"article": article.id, "sentence": sentence, "actor": chain}
            for sentence, chain in document.event_chains()
        ]
    gold = {"event-chains": _mentioned(units, "sentence"), "entity-chains": _mentioned(named, "span")}
    return _corpus(entry, articles, gold)


def load_validated(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return the documents of ECB+ with gold on the sentences whose annotation was checked a second time.

    Gold ``validated-sentences``, and ``event-mentions`` in them: a unit a mention, from its first to its last token, its
    chain as ``actor``; a mention that upstream links to no chain is alone in one of its own, ``<document>-m<number>``.
    Documents are those of the corpus ``ecbplus``, whose files are needed too.
    """
    path = entry.files_of("train")[0]
    content = (need_files(entry, [path]) / path).read_text(encoding="utf-8-sig")
    listed = {
        (f"{row['Topic']}_{row['File']}", int(row["Sentence Number"]) + 1)
        for row in csv.DictReader(content.splitlines())
    }
    articles: list[Article] = []
    checked: Rows = []
    named: Rows = []
    for document in _documents(read_entry("ecbplus"), splits):
        article = document.article
        articles.append(article)
        sentences = range(1, len(article.sentences or ()) + 1)
        checked += [{"article": article.id, "sentence": n} for n in sentences if (article.id, n) in listed]
        named += [
            {"article": article.id, **one}
            for one in document.mentions(_EVENT_TAGS, alone=True)
            if (article.id, one["sentence"]) in listed
        ]
    gold = {
        "validated-sentences": _mentioned(checked, "sentence"),
        "event-mentions": _mentioned(named, "span"),
    }
    return _corpus(entry, articles, gold)


@dataclass(frozen=True)
class _Document:
    """A document: its article, its XML, and sentence number and offsets of every token by upstream's id."""

    article: Article
    root: ElementTree.Element
    sentence_of: dict[str, int]
    places: dict[str, tuple[int, int]]

    def event_chains(self) -> list[tuple[int, str]]:
        """Return sentence and chain of every event that is linked across documents."""
        mentions = {
            mention.attrib["m_id"]: [
                self.sentence_of[anchor.attrib["t_id"]] for anchor in mention.iter("token_anchor")
            ]
            for mention in self.root.iterfind("Markables/*")
            if mention.tag.startswith(_EVENT_TAGS)
        }
        return sorted(
            {
                (sentence, link.attrib["note"])
                for link in self.root.iterfind("Relations/CROSS_DOC_COREF")
                for source in link.iter("source")
                for sentence in mentions.get(source.attrib["m_id"], ())
            }
        )

    def mentions(self, tags: tuple[str, ...], *, alone: bool = False) -> Rows:
        """Return sentence, start, end and chain (as ``actor``) of the mentions of `tags`, in order.

        A chain across documents goes before one within. Mentions that no chain links are left out, or with `alone` each
        given one of its own.
        """
        name = self.article.id
        chains = {
            source.attrib["m_id"]: link.attrib.get("note") or f"{name}-{link.attrib['r_id']}"
            for link in sorted(self.root.iterfind("Relations/*"), key=lambda one: one.tag, reverse=True)
            for source in link.iter("source")
        }
        found: Rows = []
        for mention in self.root.iterfind("Markables/*"):
            number = mention.attrib["m_id"]
            tokens = [anchor.attrib["t_id"] for anchor in mention.iter("token_anchor")]
            chain = chains.get(number, f"{name}-m{number}" if alone else "")
            if not tokens or not chain or not mention.tag.startswith(tags):
                continue
            found.append(
                {
                    "sentence": self.sentence_of[tokens[0]],
                    "start": self.places[tokens[0]][0],
                    "end": self.places[tokens[-1]][1],
                    "actor": chain,
                }
            )
        return sorted(found, key=lambda one: (one["start"], one["end"]))


def _documents(entry: Entry, splits: tuple[str, ...] | None) -> Iterator[_Document]:
    for split in splits or ("train", "dev"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for path in paths:
            yield _read_document(folder / path, split)


def _read_document(path: Path, split: str) -> _Document:
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
    article = Article(path.stem, event, path.stem, "", text, language="en", split=split, sentences=spans)
    starts = {id: spans[number - 1][0] for id, number in sentence_of.items()}
    places = {id: (starts[id] + begin, starts[id] + end) for id, (begin, end) in token_at.items()}
    return _Document(article, root, sentence_of, places)


def _joined(sentences: Iterable[Sequence[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return tokens joined by blanks and sentences by line breaks, with the sentences' offsets."""
    told = [" ".join(words) for words in sentences]
    ends = np.cumsum([len(text) + 1 for text in told]) - 1
    return "\n".join(told), tuple(
        (int(end) - len(text), int(end)) for end, text in zip(ends, told, strict=True)
    )


def _mentioned(rows: Rows, unit: str) -> Annotation:
    return Annotation(Units.from_rows(rows), unit, ("mentioned",), np.ones((len(rows), 1)), "ECB+ annotators")


def _corpus(entry: Entry, articles: Sequence[Article], gold: dict[str, Annotation]) -> Corpus:
    return Corpus(
        entry.name,
        tuple(articles),
        gold=dict(gold),
        language=entry.language,
        licence=entry.licence,
        provenance=entry.citation,
    )
