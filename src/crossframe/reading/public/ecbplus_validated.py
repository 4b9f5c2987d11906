"""Loader of the sentences of ECB+ whose annotation was checked a second time."""

import csv

from crossframe.reading.public.ecbplus import EVENT_TAGS, Rows, annotate, read_documents
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.registry import read_entry
from crossframe.records import Article, Corpus


def load(files: CorpusFiles) -> Corpus:
    """Return the documents of ECB+ with gold on the sentences whose annotation was checked a second time.

    Gold ``validated-sentences``, and ``event-mentions`` in them: one unit per mention, from its first to its last token,
    its chain as ``actor``; a mention that upstream links to no chain is alone in one of its own,
    ``<document>-m<number>``. Documents are those of the corpus ``ecbplus``, whose files are needed too.
    """
    listed = {
        (f"{row['Topic']}_{row['File']}", int(row["Sentence Number"]) + 1)
        for row in csv.DictReader(files.read(files.paths("train")[0]).splitlines())
    }
    articles: list[Article] = []
    sentences: Rows = []
    mentions: Rows = []
    for document in read_documents(CorpusFiles(read_entry("ecbplus"), files.splits)):
        article = document.article
        articles.append(article)
        numbers = range(1, len(article.sentences or ()) + 1)
        sentences += [{"article": article.id, "sentence": n} for n in numbers if (article.id, n) in listed]
        mentions += [
            {"article": article.id, **mention}
            for mention in document.mentions(EVENT_TAGS, alone=True)
            if (article.id, mention["sentence"]) in listed
        ]
    gold = {
        "validated-sentences": annotate(sentences, "sentence"),
        "event-mentions": annotate(mentions, "span"),
    }
    return files.make_corpus(articles, gold)
