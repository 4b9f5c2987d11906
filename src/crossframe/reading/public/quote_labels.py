"""Loader of the reference labels of quotes: passages of news and invented texts, read by language models."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.tables import read_jsonl, read_tsv
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.polnear import quote_kind
from crossframe.reading.public.reference_labels import topic_of
from crossframe.reading.public.registry import read_entry
from crossframe.records import Article, Corpus, Spans

QUOTE_LABELS = "quote-labels"
"""Name of the corpus."""
DEMOS = ("georgia-2008", "mill-street")
"""Corpora that come with crossframe, of which passages were read."""
INVENTED = "invented"
"""Name, as a source, of the texts that were invented for training and come with crossframe."""
PILOT = "pilot"
"""Split of the passages of PolNeAR that were read to see how far readers agree with people; `load` never has them."""
MANNERS = ("speech", "thought", "turn", "block", "post")
"""How words are attributed: said or written; believed or wanted; a turn of an interview or transcript; a block; a post."""
_VERBATIM = frozenset(["turn", "block", "post"])
_ITEM_COLUMNS = ("id", "corpus", "article", "start", "end", "split")
_READING_COLUMNS = ("id", "reader", "quotes")
_QUOTE = re.compile(r"(\w+) (\d+-\d+(?:,\d+-\d+)*) (\d+-\d+|-) (\d+-\d+|-)")
Span = tuple[int, int]


@dataclass(frozen=True)
class LabelledQuote:
    """A quote as a reader marked it, offsets in characters of the source article's document.

    Parameters
    ----------
    manner : str
        One of `MANNERS`.
    contents : tuple of (int, int)
        Its fragments in order.
    cue, source : (int, int) or None
        Of the words that attribute it, and of those that name the speaker.
    """

    manner: str
    contents: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None


@dataclass(frozen=True)
class Passage:
    """A stretch of an article and what readers marked in it, by the readers' names in order."""

    id: str
    corpus: str
    article: str
    start: int
    end: int
    split: str
    readings: tuple[tuple[str, tuple[LabelledQuote, ...]], ...] = ()


def load(files: CorpusFiles) -> Corpus:
    """Return the passages that were read, each an article of its own, with gold ``quotes``, ``cues`` and ``sources``.

    Ids are ``<corpus>.<article>``, events ``<corpus>.<event>``. Gold, all spans, is what the first reader of a passage
    marked: a row of ``quotes`` per fragment of content, with the words of cue and speaker, and a row per cue and per
    source. Turns, blocks and posts are direct; of all else the quotation marks tell (`polnear.quote_kind`).
    """
    splits = [
        check_choice(split, "split of the reference labels of quotes:", files.entry.splits)
        for split in files.choose("train", "dev")
    ]
    passages = {(one.corpus, one.article): one for one in read_passages() if one.split in splits}
    articles = []
    rows: dict[str, list[dict[str, object]]] = {"quotes": [], "cues": [], "sources": []}
    for corpus, article in _read_sources(files):
        passage = passages.get((corpus, article.id))
        if passage is None or not passage.readings:
            continue
        articles.append(_cut(article, passage))
        _add_rows(rows, articles[-1], passage)
    return files.make_corpus(articles, {name: Spans.from_rows(listed) for name, listed in rows.items()})


def _read_sources(files: CorpusFiles) -> Iterator[tuple[str, Article]]:
    for source, splits in files.entry.sources.items():
        yield from ((source, article) for article in load_entry(read_entry(source), splits).articles)
    for demo in DEMOS:
        yield from ((demo, article) for article in read_folder(storage.corpora_folder() / demo).articles)
    yield from ((INVENTED, article) for article in read_invented())


def read_invented() -> list[Article]:
    """Return the invented texts as articles of the outlet ``invented``, each its own event."""
    path = storage.corpora_folder() / QUOTE_LABELS / "invented.jsonl"
    return [Article(row["id"], row["id"], INVENTED, row["title"], row["text"]) for _, row in read_jsonl(path)]


def read_passages(folder: Path | None = None) -> list[Passage]:
    """Return all passages, those of the pilot too, with the readings that they have.

    Parameters
    ----------
    folder : Path, optional
        Holds ``items.tsv`` and ``readings.tsv``; None takes that of the corpus.

    Raises
    ------
    InputError
        When a reading is of an unknown passage, or a quote is not written as it should be or not inside its passage.
    """
    folder = folder or storage.corpora_folder() / QUOTE_LABELS
    passages = {}
    for where, row in read_tsv(folder / "items.tsv", _ITEM_COLUMNS):
        if not (row["start"] + row["end"]).isdecimal():
            raise InputError(f"{where}: Invalid offsets. They must be whole numbers.")
        start, end = int(row["start"]), int(row["end"])
        passages[row["id"]] = Passage(row["id"], row["corpus"], row["article"], start, end, row["split"])
    for where, row in read_tsv(folder / "readings.tsv", _READING_COLUMNS):
        passage = passages.get(row["id"])
        if passage is None:
            raise InputError(f"{where}: Unknown passage {row['id']!r}. It must be one of items.tsv.")
        quotes = tuple(
            _parse_quote(cell, passage, where) for cell in row["quotes"].split("; ") if cell.strip()
        )
        readings = sorted([*passage.readings, (row["reader"], quotes)])
        passages[row["id"]] = replace(passage, readings=tuple(readings))
    return list(passages.values())


def _parse_quote(cell: str, passage: Passage, where: str) -> LabelledQuote:
    """Return the quote of a cell: manner, fragments of content, cue and source, ``-`` for none."""
    found = _QUOTE.fullmatch(cell)
    if not found or found[1] not in MANNERS:
        raise InputError(
            f"{where}: Invalid quote {cell!r}. It must be 'manner start-end,start-end start-end start-end', manner one of: "
            f"{', '.join(MANNERS)}, a hyphen for no cue or source."
        )
    contents, cue, source = (
        tuple(_parse_span(one) for one in part.split(",") if one != "-") for part in found.groups()[1:]
    )
    for start, end in (*contents, *cue, *source):
        if not passage.start <= start < end <= passage.end:
            raise InputError(f"{where}: Invalid offsets {start}-{end}. They must be inside the passage.")
    return LabelledQuote(found[1], contents, *(one[0] if one else None for one in (cue, source)))


def _parse_span(text: str) -> Span:
    start, _, end = text.partition("-")
    return int(start), int(end)


def _cut(article: Article, passage: Passage) -> Article:
    """Return the passage as an article; one that is the whole article keeps its title."""
    named = replace(
        article,
        id=f"{passage.corpus}.{article.id}",
        event=f"{passage.corpus}.{topic_of(article)}",
        split=passage.split,
    )
    if (passage.start, passage.end) == (0, len(article.document)):
        return named
    return replace(named, title="", text=article.document[passage.start : passage.end], sentences=None)


def _add_rows(rows: Mapping[str, list[dict[str, object]]], article: Article, passage: Passage) -> None:
    for number, quote in enumerate(passage.readings[0][1], 1):
        contents, cues, sources = (
            [(start - passage.start, end - passage.start) for start, end in spans]
            for spans in (quote.contents, _listed(quote.cue), _listed(quote.source))
        )
        shared = {
            "article": article.id,
            "quote": f"q{number:02d}",
            "kind": "direct" if quote.manner in _VERBATIM else quote_kind(article.document, contents),
            "cue": _words(article, cues),
            "speaker_text": _words(article, sources),
        }
        for name, spans in (("quotes", contents), ("cues", cues), ("sources", sources)):
            rows[name] += [{**shared, "start": start, "end": end} for start, end in spans]


def _listed(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _words(article: Article, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(article.document[start:end].split()) for start, end in spans)
