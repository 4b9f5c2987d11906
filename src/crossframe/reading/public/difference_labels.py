"""Loader of the reference labels of differences: pairs of sentences, and what differs in them, read by language models."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.reading.corpus.tables import read_jsonl, read_tsv
from crossframe.reading.public.loading import SOURCE, load_entry
from crossframe.reading.public.parsing import CorpusFiles, pair_articles
from crossframe.reading.public.reference_labels import topic_of
from crossframe.reading.public.registry import read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import CONFLICT, CONFLICTS, DIFFERENCES, Alignment, Article, Corpus, Differences

DIFFERENCE_LABELS = "difference-labels"
"""Name of the corpus."""
ALIGNMENT_LABELS = "alignment-labels"
"""Name of the corpus of aligned sentences, which has the invented events."""
INVENTED, MINIMAL = "invented", "minimal"
"""Names, as sources, of the events that were invented and of the pairs that were written one for the other."""
MIN_OVERLAP = 0.5
"""Of the characters of two differences of one kind, from which they are the same: intersection over union on both sides."""
_ITEM_COLUMNS = (
    "id",
    "corpus",
    "left_article",
    "left_start",
    "left_end",
    "right_article",
    "right_start",
    "right_end",
    "split",
    "sha256",
)
_READING_COLUMNS = ("id", "reader", "aligned", "differences")
_DIFFERENCE = re.compile(r"(\w+) (\d+-\d+|-) (\d+-\d+|-)")
Span = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """What differs between the two sentences of a pair: kind, and offsets in characters of each sentence.

    Parameters
    ----------
    kind : str
        One of `DIFFERENCES`.
    left, right : (int, int)
        (0, 0) on the side that lacks a detail.
    """

    kind: str
    left: Span
    right: Span


Reading = tuple[Difference, ...] | None
"""What a reader marked in a pair, None where they found the sentences not aligned."""


@dataclass(frozen=True)
class LabelledPair:
    """Two sentences and what readers marked in them.

    Parameters
    ----------
    id, corpus, split : str
    sha256 : str
        The first 16 hex digits of the hash of both sentences, with a line break between.
    places : tuple of (str, int, int)
        Article, start and end of either sentence in its document; none of a minimal pair.
    texts : tuple of str
        Of a minimal pair both sentences, else empty.
    readings : tuple of (str, Reading)
        By the readers' names in order.
    """

    id: str
    corpus: str
    split: str
    sha256: str = ""
    places: tuple[tuple[str, int, int], ...] = ()
    texts: tuple[str, ...] = ()
    readings: tuple[tuple[str, Reading], ...] = ()


def load(files: CorpusFiles) -> Corpus:
    """Return the pairs that were read: each sentence an article, ``<pair>-a`` and ``<pair>-b``, in the event of its source.

    Events are ``<corpus>.<event>``, of ECB+ the topic. Gold ``alignment`` has the pairs that readers align: ``conflict``
    where all of them see a number, polarity or roles, else ``partial`` where all see a detail, else ``equivalent``;
    ``disputed`` where one of two aligns, or one of two sees a conflict. Gold ``differences`` has what they marked in pairs
    that all align: probability 1 where all of them did, 0.5 where one of two did.
    """
    splits = [
        check_choice(split, "split of the reference labels of differences:", files.entry.splits)
        for split in files.choose("train", "dev", "test")
    ]
    pairs = [one for one in read_pairs() if one.split in splits and one.readings]
    documents = dict(read_sources(files)) if any(one.places for one in pairs) else {}
    articles: list[Article] = []
    relations: dict[str, str] = {}
    rows = []
    for pair in pairs:
        event, texts = _find_texts(pair, documents)
        articles += [replace(one, event=event) for one in pair_articles(pair.id, pair.split, *texts)]
        relation, merged = merge_readings([reading for _, reading in pair.readings])
        if relation:
            relations[pair.id] = relation
        rows += [describe_difference(pair.id, *one) for one in merged]
    sentences = split_sentences(articles)
    aligned = np.array([number for number, one in enumerate(pairs) if one.id in relations], dtype=np.int64)
    gold = Alignment(
        sentences,
        2 * aligned,
        2 * aligned + 1,
        np.ones(len(aligned)),
        tuple(relations.values()),
        source=SOURCE,
    )
    return files.make_corpus(articles, {"alignment": gold, "differences": Differences.from_rows(rows)})


def describe_difference(pair: str, one: Difference, probability: float) -> dict[str, str | int | float]:
    """Return the row of `Differences` of a difference of a pair, whose articles are one sentence each."""
    row: dict[str, str | int | float] = {"kind": one.kind, "probability": probability}
    for side, outlet, (start, end) in (("left", "a", one.left), ("right", "b", one.right)):
        row |= {
            f"{side}_article": f"{pair}-{outlet}",
            f"{side}_sentence": 1,
            f"{side}_start": start,
            f"{side}_end": end,
        }
    return row


def read_sources(files: CorpusFiles) -> Iterator[tuple[tuple[str, str], Article]]:
    """Yield every article of the corpora that the labels are of, and of the invented events, by corpus and id."""
    for source, splits in files.entry.sources.items():
        for article in load_entry(read_entry(source), splits).articles:
            yield (source, article.id), article
    for article in read_invented():
        yield (INVENTED, article.id), article


def read_invented() -> list[Article]:
    """Return the articles of the invented events, which stand in the folder of `ALIGNMENT_LABELS`."""
    path = storage.corpora_folder() / ALIGNMENT_LABELS / "invented.jsonl"
    return [
        Article(
            row["id"],
            row["event"],
            row["outlet"],
            row["title"],
            row["text"],
            language="en",
            sentences=tuple((start, end) for start, end in row["sentences"]),
        )
        for _, row in read_jsonl(path)
    ]


def fingerprint(*texts: str) -> str:
    """Return the first sixteen hex digits of the hash of texts, line breaks between them."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def check_fingerprint(id: str, stored: str, *texts: str) -> None:
    """Raise InputError where texts are not those that were read."""
    if stored != fingerprint(*texts):
        raise InputError(
            f"Invalid text of {id!r}, {texts[0][:40]!r}. It must be the one that was read, whose hash begins {stored!r}."
        )


def _find_texts(
    pair: LabelledPair, documents: Mapping[tuple[str, str], Article]
) -> tuple[str, tuple[str, ...]]:
    """Return the event and the two sentences of a pair."""
    if pair.texts:
        return f"{MINIMAL}.{pair.id}", pair.texts
    articles = [documents[pair.corpus, article] for article, _, _ in pair.places]
    texts = tuple(one.document[start:end] for one, (_, start, end) in zip(articles, pair.places, strict=True))
    check_fingerprint(pair.id, pair.sha256, *texts)
    return f"{pair.corpus}.{topic_of(articles[0])}", texts


# --- readings ---------------------------------------------------------------------------------------------


def read_pairs(folder: Path | None = None) -> list[LabelledPair]:
    """Return all pairs, the minimal ones last, with the readings that they have.

    Parameters
    ----------
    folder : Path, optional
        Holds ``items.tsv``, ``minimal.tsv`` and ``readings.tsv``; None takes that of the corpus.

    Raises
    ------
    InputError
        When a reading is of an unknown pair, or a difference is not written as it should be or not inside its sentences.
    UnknownNameError
        When ``aligned`` is neither yes nor no.
    """
    folder = folder or storage.corpora_folder() / DIFFERENCE_LABELS
    pairs = {}
    for where, row in read_tsv(folder / "items.tsv", _ITEM_COLUMNS):
        offsets = [row[f"{side}_{end}"] for side in ("left", "right") for end in ("start", "end")]
        if not "".join(offsets).isdecimal():
            raise InputError(f"{where}: Invalid offsets. They must be whole numbers.")
        first, last, start, end = map(int, offsets)
        places = ((row["left_article"], first, last), (row["right_article"], start, end))
        pairs[row["id"]] = LabelledPair(row["id"], row["corpus"], row["split"], row["sha256"], places)
    for _, row in read_tsv(folder / "minimal.tsv", ("id", "split", "left", "right")):
        texts = (row["left"], row["right"])
        pairs[row["id"]] = LabelledPair(row["id"], MINIMAL, row["split"], texts=texts)
    for where, row in read_tsv(folder / "readings.tsv", _READING_COLUMNS):
        pair = pairs.get(row["id"])
        if pair is None:
            raise InputError(
                f"{where}: Unknown pair {row['id']!r}. It must be one of items.tsv or minimal.tsv."
            )
        check_choice(row["aligned"], f"{where}: aligned", ("yes", "no"))
        found = [
            _parse_difference(cell, pair, where) for cell in row["differences"].split("; ") if cell.strip()
        ]
        if found and row["aligned"] == "no":
            raise InputError(f"{where}: Invalid differences. A pair that is not aligned must have none.")
        reading = tuple(found) if row["aligned"] == "yes" else None
        pairs[row["id"]] = replace(pair, readings=tuple(sorted([*pair.readings, (row["reader"], reading)])))
    return list(pairs.values())


def _parse_difference(cell: str, pair: LabelledPair, where: str) -> Difference:
    """Return the difference of a cell: kind, and a stretch on each side, ``-`` for none."""
    found = _DIFFERENCE.fullmatch(cell)
    if not found or found[1] not in DIFFERENCES or (found[1] == "detail") != ("-" in found.groups()):
        raise InputError(
            f"{where}: Invalid difference {cell!r}. It must be 'kind start-end start-end', kind one of: "
            f"{', '.join(DIFFERENCES)}, of a detail one hyphen for the side that lacks it."
        )
    sizes = [len(text) for text in pair.texts] or [end - start for _, start, end in pair.places]
    spans = []
    for words, size in zip(found.groups()[1:], sizes, strict=True):
        start, end = (0, 0) if words == "-" else map(int, words.split("-"))
        if words != "-" and not start < end <= size:
            raise InputError(f"{where}: Invalid offsets {words!r}. They must be inside the sentence.")
        spans.append((start, end))
    return Difference(found[1], *spans)


def merge_readings(readings: Sequence[Reading]) -> tuple[str, list[tuple[Difference, float]]]:
    """Return the relation of a pair, "" for none, and its differences with their probabilities, as `load` describes them."""
    marked = [one for one in readings if one is not None]
    if len(marked) < len(readings):
        return ("disputed" if marked else ""), []
    first, second = marked[0], marked[-1]
    same = dict(match_differences(first, second))
    merged = [(one, 1.0 if number in same else 0.5) for number, one in enumerate(first)]
    merged += [(one, 0.5) for number, one in enumerate(second) if number not in same.values()]
    conflicts = {has_conflict(one) for one in marked}
    if len(conflicts) > 1:
        return "disputed", merged
    details = all(any(one.kind == "detail" for one in reading) for reading in marked)
    return (CONFLICT if conflicts == {True} else "partial" if details else "equivalent"), merged


def has_conflict(differences: Sequence[Difference]) -> bool:
    """Return whether differences make their pair a conflict."""
    return any(one.kind in CONFLICTS for one in differences)


def match_differences(gold: Sequence[Difference], predicted: Sequence[Difference]) -> list[tuple[int, int]]:
    """Return (gold, predicted) of the differences that are the same, best overlap first, one to one.

    The same are two of one kind whose overlap is `MIN_OVERLAP` at least: the characters that both have, of the characters
    that either has, on both sides together.

    Examples
    --------
    >>> match_differences([Difference("number", (0, 4), (0, 3))], [Difference("number", (0, 4), (0, 6))])
    [(0, 0)]
    """
    overlaps = [
        (-overlap, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if one.kind == other.kind and (overlap := _overlap(one, other)) >= MIN_OVERLAP
    ]
    left, right, matched = set(), set(), []
    for _, i, j in sorted(overlaps):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            matched.append((i, j))
    return matched


def _overlap(one: Difference, other: Difference) -> float:
    """Return the intersection over the union of the characters of two differences, both sides together."""
    sides = [(one.left, other.left), (one.right, other.right)]
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in sides)
    either = sum(end - start for spans in sides for start, end in spans) - shared
    return shared / either if either else 0.0
