"""Loader of directed sentiment: sentences with two entities, and who is for or against whom."""

import re

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.parsing import CorpusFiles, index_of, sentence_article
from crossframe.records import Annotation, Corpus, Units
from crossframe.text import slug

DIRECTED_LABELS = ("neutral", "p-q-positive", "q-p-positive", "p-q-negative", "q-p-negative")
"""In the order of upstream's numbers 0 to 4; p is the entity that comes first in the sentence."""
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def load(files: CorpusFiles) -> Corpus:
    """Return the sentences with two entities in brackets: each sentence an article of its own event.

    The brackets are upstream's and stay in the text. Gold, one row per sentence and in one order: ``first`` and
    ``second``, Annotations of spans, the places of p and q between their brackets; and ``directed-sentiment``, an
    Annotation of articles.
    """
    articles, chosen = [], []
    places: dict[str, list[dict[str, object]]] = {"first": [], "second": []}
    for split in files.choose("train", "dev"):
        path = files.paths(split)[0]
        for number, line in enumerate(files.lines(split)):
            text, first, second, label = line.split("\t")
            id = f"{split}-{number:05d}"
            spans = [match.span() for match in _BRACKETED.finditer(text)]
            if len(spans) != 2:
                raise InputError(
                    f"Invalid sentence in line {number + 1} of {path!r} of corpus {files.entry.name!r}. It must hold two "
                    f"entities in brackets, not {len(spans)}."
                )
            articles.append(sentence_article(id, text, split))
            for name, entity, (start, end) in zip(places, (first, second), spans, strict=True):
                places[name].append(
                    {"article": id, "sentence": 1, "start": start + 1, "end": end - 1, "actor": slug(entity)}
                )
            chosen.append(index_of(label, ("0", "1", "2", "3", "4"), "label", path))
    source = "annotators of directed-sentiment"
    gold = {
        name: Annotation(Units.from_rows(rows), "span", ("named",), np.ones((len(rows), 1)), source)
        for name, rows in places.items()
    }
    units = ({"article": article.id} for article in articles)
    gold["directed-sentiment"] = Annotation.of_choices(units, "article", DIRECTED_LABELS, chosen, source)
    return files.make_corpus(articles, gold)
