"""What the scores of actors and of quotes share: the corpus, its cast event by event, and how names are compared."""

from collections.abc import Iterator
from pathlib import Path

from crossframe._progress import track
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.finders import Finder, load_finder
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import registered_names
from crossframe.reading.text.split import split_sentences
from crossframe.records import Cast, Corpus, Sentences

_GROUPS = frozenset(
    ["lawmakers", "democrats", "republicans", "officials", "campaign", "party", "companies", "members", "department",
     "house", "foundation", "administration", "committee", "now", "america", "plaintiffs", "protesters", "police", "congress"]
)  # fmt: skip


_USUAL = {"polnear": "dev", "crossner-politics": "dev", "wnut17": "dev"}


def read_scored(on: str, split: str | None) -> Corpus:
    """Return the corpus `on`, or its part `split`; None takes ``dev`` of public corpora that have one, else all."""
    public = Path(on).name if not (Path(on) / "corpus.toml").is_file() else ""
    chosen = split or _USUAL.get(public)
    if chosen is None:
        return read_corpus(on)
    if public in registered_names():
        return read_corpus(on, splits=(chosen,))
    return read_corpus(on).select(split=chosen)


def name_gold(corpus: Corpus) -> str:
    """Return the names of the gold that `corpus` has, for an error."""
    return ", ".join(sorted(corpus.gold)) or "none"


def casts_by_event(
    corpus: Corpus, what: str, finder: Finder | None = None
) -> Iterator[tuple[Sentences, Cast]]:
    """Yield the sentences of every event with its actors, events by id; None finds names as comparisons do."""
    finder = finder or load_finder()
    for event in track(sorted({article.event for article in corpus.articles}), what):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        yield sentences, find_actors(sentences, corpus.actors, spotted=finder.find(sentences))


def last_word(name: str) -> str:
    """Return the last word of a slug."""
    return name.rsplit("-", 1)[-1]


def names_person(name: str) -> bool:
    """Return whether a slug of BASIL names a person: two words or more, none of them a group's or an office's."""
    return "-" in name and not _GROUPS & set(name.split("-"))


def share_of(part: int, whole: int) -> float:
    """Return part / whole, 0 where there is no whole."""
    return part / whole if whole else 0.0
