"""Loader of NeuS: stories told by three outlets, of the left, the centre and the right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.corpus.gold import read_alignment
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import Article, Corpus

_LEAD = re.compile(r"\s*TITLE=> ?(.*?)\s*ARTICLE=> ?(.*)$", re.DOTALL)
_N_LEADS = 3


def load(files: CorpusFiles) -> Corpus:
    """Return NeuS: each line an event, three leads of unknown outlets; gold ``alignment`` on the events that have it.

    Leads without a body are left out. Our own sentence offsets, where there are any, override the splitter; gold is
    attached when all of its events are in the splits loaded, and no other events are split into sentences.
    """
    splits = files.choose("train", "val", "test")
    articles = [article for split in splits for article in _read_articles(files, split)]
    folder = storage.corpora_folder() / "neus" / "gold" / "alignment"
    if (folder / "sentences.tsv").is_file():
        articles = _with_sentences(articles, folder / "sentences.tsv", splits)
    corpus = files.make_corpus(articles)
    if not (folder / "neus.tsv").is_file():
        return corpus
    labelled = {row["event"] for _, row in read_tsv(folder / "neus.tsv", ("event",))}
    if not labelled <= {event.id for event in corpus.events}:
        return corpus
    part = files.make_corpus([article for article in articles if article.event in labelled])
    return replace(corpus, gold={"alignment": read_alignment(part, folder / "neus.tsv")})


def read_excluded_stories() -> frozenset[str]:
    """Return the stories that share text with test data of SEESAW, NewsMTSC or BASIL: nothing is to be learned from them."""
    path = storage.corpora_folder() / "neus" / "excluded.tsv"
    return frozenset(row["event"] for _, row in read_tsv(path, ("event",)))


def _read_articles(files: CorpusFiles, split: str) -> list[Article]:
    articles = []
    for number, line in enumerate(files.lines(split)):
        event = f"{split}-{number:04d}"
        parts = [_LEAD.match(part.strip()) for part in line.split(" [SEP] ")]
        if len(parts) != _N_LEADS or None in parts:
            raise InputError(
                f"Invalid story in line {number + 1} of split {split!r} of neus. It must have {_N_LEADS} parts "
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

    Offsets count characters of the article's text, sentences from 1; rows of other splits are ignored.
    """
    known = {article.id for article in articles}
    offsets: dict[str, list[tuple[int, int]]] = {}
    for where, row in read_tsv(path, ("article", "sentence", "start", "end")):
        id = row["article"]
        if id.split("-")[0] not in splits:
            continue
        if id not in known:
            raise InputError(f"{where}: Unknown article {id!r}. It must be an article of corpus 'neus'.")
        spans = offsets.setdefault(id, [])
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
    return [replace(a, sentences=tuple(offsets[a.id])) if a.id in offsets else a for a in articles]
