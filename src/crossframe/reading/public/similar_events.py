"""Loader of the invented articles on events of one pattern, which come with crossframe."""

import datetime

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.reading.corpus.tables import read_jsonl
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import Article, Corpus, Event

SIMILAR_EVENTS = "similar-events"
"""Name of the corpus."""


def load(files: CorpusFiles) -> Corpus:
    """Return the articles of the groups: events are ``<group>-<letter>``, the title of an event is its group's pattern."""
    splits = [
        check_choice(split, "split of the similar events:", files.entry.splits)
        for split in files.choose("train", "dev", "test")
    ]
    articles, titles = [], {}
    for _, group in read_jsonl(storage.corpora_folder() / SIMILAR_EVENTS / "groups.jsonl"):
        if group["split"] not in splits:
            continue
        for row in group["articles"]:
            day = datetime.date.fromisoformat(row["published"])
            titles[row["event"]] = group["pattern"]
            articles.append(
                Article(
                    row["id"],
                    row["event"],
                    row["outlet"],
                    row["title"],
                    row["text"],
                    published=day,
                    language="en",
                    split=group["split"],
                )
            )
    return files.make_corpus(articles, events=[Event(*one) for one in titles.items()])
