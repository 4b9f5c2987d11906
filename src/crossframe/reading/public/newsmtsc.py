"""Loader of NewsMTSC: sentences of political news with the stance toward targets in them."""

import hashlib
import json

from crossframe.reading.public.parsing import CorpusFiles, sentence_article
from crossframe.records import STANCES, Annotation, Article, Corpus, Gold, Spans
from crossframe.text import slug

_MTSC_STANCE = {2.0: 0, 4.0: 1, 6.0: 2}


def load(files: CorpusFiles) -> Corpus:
    """Return NewsMTSC: each sentence an article, its source document the event; gold ``mentions`` and ``stance``."""
    articles: list[Article] = []
    mentions, labels = [], []
    for split in files.choose("train", "rw"):
        for line in files.lines(split):
            item = json.loads(line)
            text, gid = item["sentence_normalized"], item["primary_gid"]
            id = f"{split}-{hashlib.sha256(f'{gid} {text}'.encode()).hexdigest()[:16]}"
            articles.append(sentence_article(id, text, split, event=source_document(gid)))
            for target in item["targets"]:
                place = {"start": target["from"], "end": target["to"], "actor": slug(target["mention"])}
                mentions.append({"article": id, **place, "kind": "name"})
                labels.append(_MTSC_STANCE[target["polarity"]])
    units = [{"sentence": 1} | {k: v for k, v in mention.items() if k != "kind"} for mention in mentions]
    gold: dict[str, Gold] = {
        "mentions": Spans.from_rows(mentions),
        "stance": Annotation.of_choices(units, "span", STANCES, labels, "NewsMTSC annotators"),
    }
    return files.make_corpus(articles, gold)


def source_document(gid: str) -> str:
    """Return the source document of an item, as an id.

    Examples
    --------
    >>> source_document("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides-1000-401'
    >>> source_document("polusa_v1_6154_12_Mr. Trump_3_9")
    'polusa-6154'
    """
    parts = gid.split("_")
    return f"allsides-{parts[1]}-{parts[2]}" if parts[0] == "allsides" else f"polusa-{slug(parts[2])}"
