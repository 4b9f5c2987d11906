"""The corpora that are scored or learned from: which split of each, and its actors event by event."""

from collections.abc import Iterator
from pathlib import Path

from crossframe._progress import track
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.finders import NameFinder, load_name_finder
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import registered_names, splits_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Cast, Corpus, Sentences

_USUAL_SPLITS = {"polnear": "dev", "crossner-politics": "dev", "wnut17": "dev"}
"""Scored of these corpora when no split is asked for; of others all that is read without a split."""


def read_split(on: str, split: str | None) -> Corpus:
    """Return `split` of the corpus `on`; None takes ``dev`` of the corpora of quotes and names that have one, else all."""
    public = Path(on).name if not (Path(on) / "corpus.toml").is_file() else ""
    chosen = split or _USUAL_SPLITS.get(public)
    if chosen is None:
        return read_corpus(on)
    if public in registered_names():
        return read_corpus(on, splits=(chosen,))
    return read_corpus(on).select(split=chosen)


def training_split(name: str) -> str | None:
    """Return ``train`` where the public corpus `name` has that split; None where all of a corpus may be learned from."""
    return "train" if "train" in splits_of(name) else None


def read_training_corpus(name: str) -> Corpus:
    """Return the training split of a public corpus that has one, else the whole corpus."""
    split = training_split(name)
    return read_corpus(name, splits=None if split is None else (split,))


def list_gold(corpus: Corpus) -> str:
    """Return the names of the gold that `corpus` has, for an error."""
    return ", ".join(sorted(corpus.gold)) or "none"


def casts_by_event(
    corpus: Corpus, what: str, finder: NameFinder | None = None
) -> Iterator[tuple[Sentences, Cast]]:
    """Yield the sentences of every event with its actors, events by id.

    Parameters
    ----------
    corpus : Corpus
    what : str
        What the progress bar says.
    finder : NameFinder, optional
        None takes the one that comparisons use.
    """
    finder = finder or load_name_finder()
    for event in track(sorted({article.event for article in corpus.articles}), what):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        yield sentences, find_actors(sentences, corpus.actors, names=finder.find(sentences))
