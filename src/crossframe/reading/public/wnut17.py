"""Loader of WNUT17: posts of social media with rare and emerging names."""

from crossframe.reading.public.parsing import CorpusFiles, load_tagged_names
from crossframe.records import Corpus

POST_CLASSES = ("person", "location", "corporation", "group", "product", "creative-work")


def load(files: CorpusFiles) -> Corpus:
    """Return WNUT17; gold ``entities`` (see `load_tagged_names`)."""
    return load_tagged_names(files, POST_CLASSES, "train", "dev")
