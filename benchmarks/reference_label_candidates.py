"""Find sentences with mentions of actors that may be given reference labels, and which hard kind each is of."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crossframe.records import Article
from crossframe.studies.train.candidates import KINDS, Mention, find_candidates, pattern_of

WORDS = Path(__file__).with_name("reference_label_words.tsv")
HARD_KINDS = (
    "acquittal or denial",
    "irony",
    "loaded noun",
    "praise",
    "accusation",
    "bad event",
    "two targets",
)
"""Hard kinds, the rarer first: a sentence has the first that applies."""
_SCARE_QUOTES = re.compile(r"(?<!\w)(?:[\"“‘]|``|')\s?([\w-]+(?: [\w-]+){0,2})\s?(?:[\"”’]|''|')(?!\w)")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its candidates: corpus, article, offsets in the document, hard kind, mentions."""

    corpus: str
    article: Article
    start: int
    end: int
    hard_kind: str
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.document[self.start : self.end]

    @property
    def kind(self) -> str:
        """The first of `KINDS` among its mentions: the stratum that it is of."""
        return min((kind for _, _, kind in self.mentions), key=KINDS.index)


@cache
def read_patterns() -> dict[str, re.Pattern[str]]:
    """Return what finds the words of every class of the table beside this file."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        return {row["class"]: pattern_of(row["words"].split("|")) for row in rows}


def find_sentences(corpus: str, articles: Sequence[Article]) -> Iterator[Sentence]:
    """Yield the sentences of `articles` that hold a candidate."""
    for found in find_candidates(articles):
        kind = find_hard_kind(found.text, found.mentions)
        yield Sentence(corpus, found.article, found.start, found.end, kind, found.mentions)


def find_hard_kind(text: str, mentions: Sequence[Mention]) -> str:
    """Return the first of `HARD_KINDS` that applies to a sentence, "" where none does.

    A bad event counts where no word of praise or blame stands beside it (of the first five kinds, none applies); words in
    marks count as scare quotes up to three words long.
    """
    for kind in HARD_KINDS:
        if kind == "two targets" and len(mentions) < 2:
            continue
        if read_patterns()[kind].search(text) or (kind == "irony" and _SCARE_QUOTES.search(text)):
            return kind
    return ""
