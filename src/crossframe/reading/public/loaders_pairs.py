"""Loaders of public corpora of alignment: stories, propositions and paraphrases that tell the same."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.corpus.gold import read_alignment, read_tsv
from crossframe.reading.public.registry import Entry, need_files
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Corpus, Event, Gold, Outlet

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
