"""Loader of the reference labels: mentions in four corpora and in invented sentences, read by language models."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.reading.corpus.tables import read_tsv
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
SPLITS = {"train": 0.58, "dev": 0.13, "test": 0.29}
"""Shares of articles outside of `RECORDED`, so that of all mentions that were drawn first about 60, 15 and 25 % are train, dev and test."""
RECORDED = ("narrative-frames",)
"""Corpora whose articles keep the split that upstream gives them."""
_SPLIT_SEED = 24
INVENTED = "invented"
"""Name, as a source, of the sentences that were invented for training and come with crossframe."""
_TOPIC = re.compile(r"-ecb(plus)?$")


def load(files: CorpusFiles) -> Corpus:
    """Return the articles of four corpora in which mentions were marked, and invented sentences, with what readers agree on.

    Ids are ``<corpus>.<article>``, events ``<corpus>.<event>``; the two events of a topic of ECB+ are one, since splits keep
    them together. An invented sentence is an article and an event of its own. Gold, of spans, with labels negative, neutral
    and positive:

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
        replace(article, id=id, event=f"{source}.{topic_of(article)}", split=split_of[id])
        for source, splits in files.entry.sources.items()
        for article in load_entry(read_entry(source), splits).articles
        if (id := article_id(source, article.id)) in split_of
    ]
    articles += [
        replace(article, split=split_of[article.id]) for article in read_invented() if article.id in split_of
    ]
    return files.make_corpus(articles, make_gold(read_labelled_items(articles), split_sentences(articles)))


def topic_of(article: Article) -> str:
    """Return the event of an article, of ECB+ the topic of its two events."""
    return _TOPIC.sub("", article.event)


def split_articles(corpus: str, articles: Sequence[Article]) -> dict[str, str]:
    """Return the split of every article by id; articles of one topic, story or event are in one split.

    Parameters
    ----------
    corpus : str
        Whose articles they are: one that the texts of ``reference-labels`` are of.
    articles : sequence of Article
        All of it, without the stories of NeuS that share text with test data (`neus.read_excluded_stories`): the splits hang
        on which there are.
    """
    if corpus in RECORDED:
        return {article.id: str(article.split) for article in articles}
    units: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        units[topic_of(article)].append(article.id)
    names = sorted(units)
    np.random.default_rng(_SPLIT_SEED).shuffle(names)
    ends = np.cumsum([len(units[name]) for name in names]) / len(articles)
    bounds = np.cumsum(list(SPLITS.values()))
    return {
        id: tuple(SPLITS)[min(int(np.searchsorted(bounds, end - 1e-9)), len(SPLITS) - 1)]
        for name, end in zip(names, ends.tolist(), strict=True)
        for id in units[name]
    }


def read_invented() -> list[Article]:
    """Return the invented sentences as articles, of the outlet ``invented``."""
    path = storage.corpora_folder() / REFERENCE / "invented.tsv"
    return [
        Article(id := article_id(INVENTED, row["id"]), id, INVENTED, "", row["text"])
        for _, row in read_tsv(path, ("id", "text"))
    ]


def read_labelled_items(articles: Iterable[Article]) -> list[Item]:
    """Return the items in `articles` of ``reference-labels`` that were read, with all readings and possible holders."""
    return add_holders(_all_items(), {article.id: article.document for article in articles})


def _all_items() -> tuple[Item, ...]:
    return _read_all(storage.corpora_folder() / REFERENCE)


@lru_cache(maxsize=1)
def _read_all(folder: Path) -> tuple[Item, ...]:
    """Return all items of a folder, which are read a dozen times in one training otherwise."""
    return tuple(read_items(folder))


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
