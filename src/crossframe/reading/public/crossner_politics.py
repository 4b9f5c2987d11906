"""Loader of CrossNER politics: Wikipedia sentences with names of politicians, parties, elections and others."""

from crossframe.reading.public.parsing import CorpusFiles, load_tagged_names
from crossframe.records import Corpus

POLITICS_CLASSES = (
    "politician", "person", "organisation", "politicalparty", "event", "election", "country", "location", "misc"
)  # fmt: skip


def load(files: CorpusFiles) -> Corpus:
    """Return CrossNER politics; gold ``entities`` (see `load_tagged_names`)."""
    return load_tagged_names(files, POLITICS_CLASSES, "train", "dev")
