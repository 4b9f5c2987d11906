"""Loader of the reference labels: mentions in four corpora whose portrayal, and whoever takes a side, language models read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.reading.public.loading import SOURCE, load_entry
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.reference_readings import (
    DISPUTED,
    SIDES,
    Item,
    add_holders,
    article_id,
    read_items,
)
from crossframe.reading.public.registry import read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Annotation, Article, Corpus, Sentences
from crossframe.text import slug

REFERENCE = "reference-labels"
"""Name of the corpus; its labels answer both questions, portrayal and stance."""
_TOPIC = re.compile(r"-ecb(plus)?$")


def load(files: CorpusFiles) -> Corpus:
    """Return the articles of four corpora in which mentions were marked, with what readers agree on.

    Ids are ``<corpus>.<article>``, events ``<corpus>.<event>``; the two events of a topic of ECB+ are one, since splits keep
    them together. Gold, of spans, with labels negative, neutral and positive:

    - ``portrayal``: of a mention; ``voice`` is whose words they are (outlet, quoted, mixed; "" where readers part).
    - ``stance``: a row for the author and one for everybody else who may hold a stance toward the mention, whose words, or
      ``author``, are the ``voice``.

    What readers part on, and what is mixed or unclear, is left out; `read_labelled_items` has it all.
    """
    chosen = [
        check_choice(split, "split of the reference labels:", files.entry.splits)
        for split in files.choose("train", "dev", "test")
    ]
    split_of = {item.article: item.split for item in _all_items() if item.split in chosen}
    articles = [
        replace(article, id=id, event=f"{source}.{_TOPIC.sub('', article.event)}", split=split_of[id])
        for source, splits in files.entry.sources.items()
        for article in load_entry(read_entry(source), splits).articles
        if (id := article_id(source, article.id)) in split_of
    ]
    return files.make_corpus(articles, make_gold(read_labelled_items(articles), split_sentences(articles)))


def read_labelled_items(articles: Iterable[Article]) -> list[Item]:
    """Return the items in `articles` of ``reference-labels`` that were read, with all readings and possible holders."""
    return add_holders(_all_items(), {article.id: article.document for article in articles})


def _all_items() -> list[Item]:
    return read_items(storage.corpora_folder() / REFERENCE)


def make_gold(items: Sequence[Item], sentences: Sentences) -> dict[str, Annotation]:
    """Return ``portrayal`` and ``stance`` of the items, as `load` describes them."""
    portrayals, stances = [], []
    labels: dict[str, list[int]] = {"portrayal": [], "stance": []}
    for item in items:
        row = sentences.locate(item.article, item.target[0])
        document = sentences.article_of(row).document
        unit = {
            "article": item.article,
            "sentence": int(sentences.index[row]),
            "start": item.target[0],
            "end": item.target[1],
            "actor": slug(document[slice(*item.target)]),
        }
        if item.portrayal in STANCES:
            portrayals.append({**unit, "voice": "" if item.speaker == DISPUTED else item.speaker})
            labels["portrayal"].append(STANCES.index(item.portrayal))
        for voice, side in _sides(item, document):
            stances.append({**unit, "voice": voice})
            labels["stance"].append(SIDES.index(side))
    rows = {"portrayal": portrayals, "stance": stances}
    return {name: Annotation.of_choices(rows[name], "span", STANCES, labels[name], SOURCE) for name in rows}


def _sides(item: Item, document: str) -> Iterator[tuple[str, str]]:
    """Yield the author and every possible holder with the side that most readers see it on, where they do."""
    if not item.mention:
        return
    sides = [(AUTHOR, item.author)]
    sides += [(document[slice(*holder)], item.side_of(holder)) for holder in item.holders]
    yield from ((voice, side) for voice, side in sides if side in SIDES)
