"""Loader of Wikigold: sentences of Wikipedia with names."""

from crossframe.reading.public.parsing import CorpusFiles, load_tagged_names
from crossframe.records import Corpus

WIKIPEDIA_CLASSES = ("PER", "LOC", "ORG", "MISC")


def load(files: CorpusFiles) -> Corpus:
    """Return Wikigold; gold ``entities`` (see `load_tagged_names`)."""
    return load_tagged_names(files, WIKIPEDIA_CLASSES, "all")
