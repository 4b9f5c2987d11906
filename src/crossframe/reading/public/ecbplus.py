"""Loader of ECB+: documents on similar events, with coreference of events and people across them."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import Annotation, Article, Corpus, Units

EVENT_TAGS = ("ACTION_", "NEG_ACTION_")
_ENTITY_TAGS = ("HUMAN_",)
Rows = list[dict[str, int | str]]


def load(files: CorpusFiles) -> Corpus:
    """Return ECB+: each document an article and its own outlet; gold ``event-chains`` and ``entity-chains``.

    Events are ``<topic>-ecb`` and ``<topic>-ecbplus``, the two similar ones of a topic. Tokens are joined by single
    blanks and sentences by line breaks, in upstream's order; there are no titles, so upstream's sentence n is
    sentence n + 1. A unit of ``event-chains`` is a sentence and, as ``actor``, an event's chain across documents that
    has a mention in it; one of ``entity-chains`` a mention of people or a body (upstream's ``HUMAN_`` tags: names,
    nouns and pronouns, as a rule without article) and its chain. Mentions that upstream links to no chain are left
    out: it links by far not all ("he" and names of chains are among them).
    """
    articles: list[Article] = []
    chains: Rows = []
    entities: Rows = []
    for document in read_documents(files):
        id = document.article.id
        articles.append(document.article)
        entities += [{"article": id, **mention} for mention in document.mentions(_ENTITY_TAGS)]
        chains += [
            {"article": id, "sentence": sentence, "actor": chain}
            for sentence, chain in document.event_chains()
        ]
    gold = {"event-chains": annotate(chains, "sentence"), "entity-chains": annotate(entities, "span")}
    return files.make_corpus(articles, gold)


@dataclass(frozen=True)
class Document:
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
            if mention.tag.startswith(EVENT_TAGS)
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

        A chain across documents takes precedence over one within. Mentions that no chain links are left out, or with
        `alone` given a chain of their own.
        """
        name = self.article.id
        chains = {
            source.attrib["m_id"]: link.attrib.get("note") or f"{name}-{link.attrib['r_id']}"
            for link in sorted(self.root.iterfind("Relations/*"), key=lambda link: link.tag, reverse=True)
            for source in link.iter("source")
        }
        rows: Rows = []
        for mention in self.root.iterfind("Markables/*"):
            number = mention.attrib["m_id"]
            tokens = [anchor.attrib["t_id"] for anchor in mention.iter("token_anchor")]
            chain = chains.get(number, f"{name}-m{number}" if alone else "")
            if not tokens or not chain or not mention.tag.startswith(tags):
                continue
            rows.append(
                {
                    "sentence": self.sentence_of[tokens[0]],
                    "start": self.places[tokens[0]][0],
                    "end": self.places[tokens[-1]][1],
                    "actor": chain,
                }
            )
        return sorted(rows, key=lambda row: (row["start"], row["end"]))


def read_documents(files: CorpusFiles) -> Iterator[Document]:
    """Yield the documents of the chosen splits, by default of the training and development topics."""
    for split in files.choose("train", "dev"):
        paths = files.paths(split)
        folder = files.fetch(*paths)
        for path in paths:
            yield _read_document(folder / path, split)


def _read_document(path: Path, split: str) -> Document:
    root = ElementTree.parse(path).getroot()
    if root.get("doc_name") != path.name:
        raise InputError(
            f"Invalid document {root.get('doc_name')!r} in {str(path)!r}. It must be {path.name!r}."
        )
    words: dict[int, list[str]] = {}
    sentence_of, token_at = {}, {}
    for token in root.iter("token"):
        number = int(token.attrib["sentence"]) + 1
        sentence = words.setdefault(number, [])
        begin = sum(map(len, sentence)) + len(sentence)
        sentence.append(token.text or "")
        sentence_of[token.attrib["t_id"]] = number
        token_at[token.attrib["t_id"]] = (begin, begin + len(sentence[-1]))
    if list(words) != list(range(1, len(words) + 1)):
        raise InputError(f"Invalid sentences {list(words)!r} in {str(path)!r}. They must count without gaps.")
    text, spans = _join_sentences(words.values())
    event = f"{path.parent.name}-{'ecbplus' if path.stem.endswith('plus') else 'ecb'}"
    article = Article(path.stem, event, path.stem, "", text, language="en", split=split, sentences=spans)
    starts = {id: spans[number - 1][0] for id, number in sentence_of.items()}
    places = {id: (starts[id] + begin, starts[id] + end) for id, (begin, end) in token_at.items()}
    return Document(article, root, sentence_of, places)


def _join_sentences(sentences: Iterable[Sequence[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return tokens joined by blanks and sentences by line breaks, with the sentences' offsets."""
    texts = [" ".join(words) for words in sentences]
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1
    return "\n".join(texts), tuple(
        (int(end) - len(text), int(end)) for end, text in zip(ends, texts, strict=True)
    )


def annotate(rows: Rows, unit: str) -> Annotation:
    """Return the annotation of `rows` with the one label ``mentioned``."""
    return Annotation(Units.from_rows(rows), unit, ("mentioned",), np.ones((len(rows), 1)), "ECB+ annotators")
