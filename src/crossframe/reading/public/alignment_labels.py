"""Loader of the reference labels of alignment: events of news and invented ones, their sentences aligned by language models."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.difference_labels import ALIGNMENT_LABELS, check_fingerprint, read_sources
from crossframe.reading.public.loading import SOURCE
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Corpus

_PLACE_COLUMNS = ("id", "corpus", "article", "split", "sha256", "sentences")
_READING_COLUMNS = ("id", "reader", "pairs")
_PAIR = re.compile(r"([A-Z])(\d+) ([A-Z])(\d+) (equivalent|partial)")
Place = tuple[str, int]
"""An article and a sentence's number in it, 0 its title."""
Pairs = dict[tuple[Place, Place], str]
"""Relation of every pair that a reader aligned, sides in order."""


@dataclass(frozen=True)
class ReadArticle:
    """An article that was read: its corpus and id, hash, and offsets of its sentences in its document."""

    corpus: str
    article: str
    split: str
    sha256: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class ReadEvent:
    """An event that was read: its articles, in the order of their letters, and what each reader aligned."""

    id: str
    articles: list[ReadArticle] = field(default_factory=list)
    readings: dict[str, Pairs] = field(default_factory=dict)


def load(files: CorpusFiles) -> Corpus:
    """Return the events that were read, with gold ``alignment``.

    Ids are ``<corpus>.<article>``, events ``<corpus>.<event>``, and outlets ``a`` to ``d``, the articles of an event in
    order. A pair has the relation that all readers of its event give it, ``partial`` where they say equivalent and
    partial, and is ``disputed`` where one of two aligns it.
    """
    splits = [
        check_choice(split, "split of the reference labels of alignment:", files.entry.splits)
        for split in files.choose("train", "dev", "test")
    ]
    events = [one for one in read_events() if one.articles[0].split in splits and one.readings]
    documents = dict(read_sources(files))
    articles: list[Article] = []
    pairs: Pairs = {}
    for event in events:
        for number, one in enumerate(event.articles):
            source = documents[one.corpus, one.article]
            check_fingerprint(one.article, one.sha256, source.document)
            articles.append(_as_read(source, one, "abcd"[number]))
        pairs |= merge_readings(list(event.readings.values()))
    sentences = split_sentences(articles)
    rows = np.array([[sentences.row(*place) for place in pair] for pair in pairs], dtype=np.int64).reshape(
        -1, 2
    )
    gold = Alignment(
        sentences, rows[:, 0], rows[:, 1], np.ones(len(rows)), tuple(pairs.values()), source=SOURCE
    )
    return files.make_corpus(articles, {"alignment": gold})


def _as_read(source: Article, one: ReadArticle, outlet: str) -> Article:
    """Return an article with the sentences that readers saw."""
    body = len(source.document) - len(source.text)
    spans = one.sentences[1:] if source.title else one.sentences
    return replace(
        source,
        id=f"{one.corpus}.{source.id}",
        event=f"{one.corpus}.{source.event}",
        outlet=outlet,
        split=one.split,
        sentences=tuple((start - body, end - body) for start, end in spans),
    )


def read_events(folder: Path | None = None) -> list[ReadEvent]:
    """Return all events with the readings that they have.

    Parameters
    ----------
    folder : Path, optional
        Holds ``items.tsv`` and ``readings.tsv``; None takes that of the corpus.

    Raises
    ------
    InputError
        When a reading is of an unknown event, or a pair is not written as it should be.
    """
    folder = folder or storage.corpora_folder() / ALIGNMENT_LABELS
    events: dict[str, ReadEvent] = {}
    for _, row in read_tsv(folder / "items.tsv", _PLACE_COLUMNS):
        spans = [tuple(map(int, span.split("-"))) for span in row["sentences"].split(",")]
        events.setdefault(row["id"], ReadEvent(row["id"])).articles.append(
            ReadArticle(
                row["corpus"],
                row["article"],
                row["split"],
                row["sha256"],
                tuple((start, end) for start, end in spans),
            )
        )
    for where, row in read_tsv(folder / "readings.tsv", _READING_COLUMNS):
        if row["id"] not in events:
            raise InputError(f"{where}: Unknown event {row['id']!r}. It must be one of items.tsv.")
        event = events[row["id"]]
        event.readings[row["reader"]] = _parse_pairs(row["pairs"], event, where)
    return list(events.values())


def _parse_pairs(cell: str, event: ReadEvent, where: str) -> Pairs:
    """Return the pairs of a cell, each ``A0 B1 partial``: letter of the article, number of the sentence, relation."""
    pairs: Pairs = {}
    letters = {"ABCD"[number]: f"{one.corpus}.{one.article}" for number, one in enumerate(event.articles)}
    for text in filter(None, cell.split("; ")):
        found = _PAIR.fullmatch(text)
        if not found or found[1] == found[3] or not letters.keys() >= {found[1], found[3]}:
            raise InputError(
                f"{where}: Invalid pair {text!r}. It must be 'A0 B1 relation', letters of two articles of the event, the "
                "relation equivalent or partial."
            )
        left, right = sorted([(letters[found[1]], int(found[2])), (letters[found[3]], int(found[4]))])
        pairs[left, right] = found[5]
    return pairs


def merge_readings(readings: Sequence[Mapping[tuple[Place, Place], str]]) -> Pairs:
    """Return the relations of pairs that any of the readings has, as `load` describes them."""
    listed: dict[tuple[Place, Place], list[str]] = defaultdict(list)
    for reading in readings:
        for pair, relation in reading.items():
            listed[pair].append(relation)
    return {pair: _merge(relations, len(readings)) for pair, relations in sorted(listed.items())}


def _merge(relations: Iterable[str], n_readers: int) -> str:
    named = list(relations)
    if len(named) < n_readers:
        return "disputed"
    return named[0] if len(set(named)) == 1 else "partial"
