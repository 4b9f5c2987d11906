"""Loader of the Microsoft Research Paraphrase Corpus: pairs of sentences of news, paraphrases or not."""

import numpy as np

from crossframe.reading.public.parsing import CorpusFiles, align_pairs, pair_articles
from crossframe.records import Article, Corpus, Outlet


def load(files: CorpusFiles) -> Corpus:
    """Return MSRP: an event per pair of sentences; gold ``alignment``: the paraphrases, relation equivalent."""
    articles: list[Article] = []
    equivalent = []
    for split in files.choose("train", "test"):
        for number, line in enumerate(files.lines(split)[1:]):
            quality, _, _, left, right = line.split("\t")
            articles += pair_articles(f"{split}-{number:04d}", split, left, right)
            equivalent.append(quality == "1")
    gold = {"alignment": align_pairs(articles, np.flatnonzero(equivalent), "MSRP annotators")}
    outlets = (Outlet("a", "first sentence"), Outlet("b", "second sentence"))
    return files.make_corpus(articles, gold, outlets=outlets)
