"""Loader of the invented sentences with names, which come with crossframe."""

import re

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.reading.public.parsing import CorpusFiles, sentence_article
from crossframe.records import Annotation, Corpus

INVENTED_NAMES = "invented-names"
"""Name of the corpus."""
SOURCE = "a language model"
"""Who wrote the sentences and said which words are names."""
INVENTED_CLASSES = ("location", "organisation", "person", "politicalparty")
_NAME = re.compile(r"\[(\w+) ([^\]]+)\]")


def load(files: CorpusFiles) -> Corpus:
    """Return a corpus of blocks, each an article of its own; gold ``entities``: an Annotation of spans with their classes."""
    for split in files.choose("train"):
        check_choice(split, "split of the invented names:", files.entry.splits)
    path = storage.corpora_folder() / INVENTED_NAMES / "blocks.txt"
    articles, units, labels = [], [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        id, text, position = f"train-{number:04d}", "", 0
        for name in _NAME.finditer(line):
            text += line[position : name.start()]
            units.append({"article": id, "sentence": 1, "start": len(text), "end": len(text) + len(name[2])})
            labels.append(INVENTED_CLASSES.index(name[1]))
            text, position = text + name[2], name.end()
        articles.append(sentence_article(id, text + line[position:], "train"))
    return files.make_corpus(
        articles, {"entities": Annotation.of_choices(units, "span", INVENTED_CLASSES, labels, SOURCE)}
    )
