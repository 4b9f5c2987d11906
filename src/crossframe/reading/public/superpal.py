"""Loader of SuperPAL: propositions of documents aligned with propositions of their summaries."""

import csv

import numpy as np

from crossframe.reading.public.parsing import CorpusFiles, align_pairs, pair_articles
from crossframe.records import Article, Corpus, Event, Outlet


def load(files: CorpusFiles) -> Corpus:
    """Return SuperPAL: an event per pair, the document's proposition of outlet ``a``, the summary's of ``b``.

    An event's title is the upstream topic. Gold ``alignment``: all pairs, relation equivalent.
    """
    articles: list[Article] = []
    events = []
    for split in files.choose("dev", "test"):
        path = files.paths(split)[0]
        with (files.fetch(path) / path).open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                id = f"{split}-{number:04d}"
                articles += pair_articles(id, split, row["docSpanText"], row["summarySpanText"])
                events.append(Event(id, row["topic"]))
    gold = {"alignment": align_pairs(articles, np.arange(len(events)), "SuperPAL annotators")}
    outlets = (Outlet("a", "document"), Outlet("b", "summary"))
    return files.make_corpus(articles, gold, outlets=outlets, events=events)
