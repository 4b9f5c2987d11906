"""What the loaders of public corpora share: the files of a corpus, short texts as articles, tagged tokens, pairs of sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.fetching import need_files
from crossframe.reading.public.registry import Entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import Actor, Alignment, Annotation, Article, Corpus, Event, Gold, Outlet


@dataclass(frozen=True)
class CorpusFiles:
    """The files of a public corpus, fetched and verified when they are read: what a loader is given.

    Parameters
    ----------
    entry : Entry
        From the registry.
    splits : tuple of str or None
        Splits to load; None leaves them to the loader.
    """

    entry: Entry
    splits: tuple[str, ...] | None = None

    def choose(self, *usual: str) -> tuple[str, ...]:
        """Return the splits to load, `usual` where none were asked for."""
        return self.splits or usual

    def paths(self, split: str) -> list[str]:
        """Return the paths of a split in the corpus's repository, sorted."""
        return self.entry.files_of(split)

    def fetch(self, *paths: str) -> Path:
        """Return the folder that holds `paths`, fetched first where they are not cached.

        Raises
        ------
        MissingDataError
            When one of them cannot be fetched.
        """
        return need_files(self.entry, paths)

    def read(self, path: str) -> str:
        """Return the text of the file at `path`, which is UTF-8."""
        return (self.fetch(path) / path).read_text(encoding="utf-8-sig")

    def lines(self, split: str) -> list[str]:
        """Return the lines of a split's first file; other characters that Python takes for line breaks stay in them."""
        return self.read(self.paths(split)[0]).removesuffix("\n").split("\n")

    def make_corpus(
        self,
        articles: Sequence[Article],
        gold: Mapping[str, Gold] | None = None,
        *,
        actors: Sequence[Actor] = (),
        outlets: Sequence[Outlet] = (),
        events: Sequence[Event] = (),
    ) -> Corpus:
        """Return the corpus of `articles` and `gold` with name, language, licence and citation of the registry."""
        return Corpus(
            self.entry.name,
            tuple(articles),
            actors=tuple(actors),
            outlets=tuple(outlets),
            events=tuple(events),
            gold=gold or {},
            language=self.entry.language,
            licence=self.entry.licence,
            provenance=self.entry.citation,
        )


def sentence_article(id: str, text: str, split: str, *, event: str = "", outlet: str = "unknown") -> Article:
    """Return a text without title as an article of one sentence, by default of an event of its own."""
    return Article(id, event or id, outlet, "", text, language="en", split=split, sentences=((0, len(text)),))


def index_of(value: str, choices: Sequence[str], thing: str, path: str) -> int:
    """Return the position of `value` in `choices`; raise InputError naming the file where it is none of them."""
    if value not in choices:
        raise InputError(f"Invalid {thing} {value!r} in {path!r}. It must be one of: {', '.join(choices)}.")
    return choices.index(value)


# --- tokens with tags of names --------------------------------------------------------------------------


def load_tagged_names(files: CorpusFiles, classes: Sequence[str], *usual: str) -> Corpus:
    """Return a corpus of tokens tagged O, B- or I-: an article per block of upstream, each its own event.

    Tokens are joined by single blanks; a block is one sentence. Gold ``entities``: an Annotation of spans, one unit per
    entity with its offsets, labels upstream's `classes` as upstream writes them.
    """
    articles, units, labels = [], [], []
    for split in files.choose(*usual):
        path = files.paths(split)[0]
        for number, rows in enumerate(_blocks(files.read(path), path)):
            id = f"{split}-{number:04d}"
            articles.append(sentence_article(id, " ".join(word for word, _ in rows), split))
            for start, end, label in _entities(rows):
                if label not in classes:
                    raise InputError(
                        f"Invalid class {label!r} in {path!r} of corpus {files.entry.name!r}. "
                        f"It must be one of: {', '.join(classes)}."
                    )
                units.append({"article": id, "sentence": 1, "start": start, "end": end})
                labels.append(classes.index(label))
    source = f"annotators of {files.entry.name}"
    return files.make_corpus(
        articles, {"entities": Annotation.of_choices(units, "span", classes, labels, source)}
    )


def _blocks(content: str, path: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the (token, tag) rows of every block; blocks are separated by blank lines, columns by a tab or a blank."""
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*content.replace("\r\n", "\n").split("\n"), ""], 1):
        if line.strip():
            word, _, tag = line.rpartition("\t" if "\t" in line else " ")
            if not word or not (tag == "O" or tag[:2] in {"B-", "I-"}):
                raise InputError(
                    f"{path}: line {number}: Invalid row {line!r}. It must be a token and a tag (O, B-..., I-...)."
                )
            rows.append((word, tag))
        elif rows:
            yield rows
            rows = []


def _entities(rows: Sequence[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """Return (start, end, class) of the entities; an I- tag after another class, or after O, opens one."""
    entities: list[tuple[int, int, str]] = []
    at, before = 0, ""
    for word, tag in rows:
        label = tag[2:]
        if label and tag[0] == "I" and label == before:
            entities[-1] = (entities[-1][0], at + len(word), label)
        elif label:
            entities.append((at, at + len(word), label))
        at, before = at + len(word) + 1, label
    return entities


# --- pairs of sentences ---------------------------------------------------------------------------------


def pair_articles(event: str, split: str, left: str, right: str) -> list[Article]:
    """Return two sentences as the articles of an event, of the outlets ``a`` and ``b``."""
    return [
        sentence_article(f"{event}-{outlet}", text, split, event=event, outlet=outlet)
        for outlet, text in (("a", left), ("b", right))
    ]


def align_pairs(articles: Sequence[Article], equivalent: np.ndarray, source: str) -> Alignment:
    """Return the pairs numbered `equivalent` as aligned; pair n is articles 2n and 2n + 1, of one sentence each."""
    n = len(equivalent)
    return Alignment(
        split_sentences(articles),
        2 * equivalent,
        2 * equivalent + 1,
        np.ones(n),
        ("equivalent",) * n,
        source=source,
    )
