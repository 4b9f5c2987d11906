"""Draw the passages that get reference labels of quotes: consecutive sentences, or whole short articles, seeded.

Needs CROSSFRAME_MIRROR or the network; about a minute on one core. Writes corpora/quote-labels/items.tsv: offsets, no text.

Of ECB+ and PolNeAR a passage is three to six consecutive sentences, one an article; of NeuS and the demo corpora an article; of
the invented texts each. Passages that share eight words in a row with PolNeAR, and the stories of NeuS that share text with
other test data, are left out: PolNeAR is the test, and passages of its training split are read as a pilot alone.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np

from crossframe import read_corpus
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.quote_labels import DEMOS, INVENTED, PILOT, read_invented
from crossframe.reading.public.reference_labels import topic_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article
from crossframe.text import shingles, words

ROOT = Path(__file__).parents[1]
ITEMS = ROOT / "corpora" / "quote-labels" / "items.tsv"
SEED = 26
N_PASSAGES = {"ecbplus": 230, "neus": 330, "polnear": 60}
SHARE_MARKED = 0.8
"""Of the passages of each corpus those that hold quotation marks or a common verb of saying."""
DEV_SHARE = 0.1
"""Of the topics of ECB+, stories of NeuS and invented texts; the demo corpora are dev, too, since they are no training data."""
N_SENTENCES = (3, 6)
N_WORDS = (40, 200)
N_SHARED = 8
"""Words in a row that no passage may share with PolNeAR."""
_MARKED = re.compile(r"[\"“”]|''|``|\b(?:said|says|told|according|called|warned|believes?)\b")
_ADDRESS = re.compile(r"https? ?:")


@dataclass(frozen=True)
class Passage:
    """A row of the table; offsets in characters of the article's document."""

    id: str
    corpus: str
    article: str
    start: int
    end: int
    split: str


def main() -> None:
    """Draw the passages and write the table to the path given, or to its place in the repository."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ITEMS, help="table to write (default: %(default)s)")
    out = parser.parse_args().out
    rng = np.random.default_rng(SEED)
    polnear = read_corpus("polnear", splits=("train", "dev")).articles
    tested = {run for article in polnear for run in runs_of_words(article.document)}
    passages = []
    for corpus, articles in read_sources().items():
        found = [
            one for one in (cut_passage(corpus, article, rng) for article in articles) if one is not None
        ]
        left = [one for one in found if not tested.intersection(runs_of_words(text_of(one, articles)))]
        sys.stderr.write(
            f"{corpus}: {len(found)} passages, {len(found) - len(left)} share words with PolNeAR\n"
        )
        passages += split_passages(draw(corpus, left, articles, rng), articles, rng)
    train = [article for article in polnear if article.split == "train"]
    pilot = [one for article in train if (one := cut_passage("polnear", article, rng)) is not None]
    passages += [replace(one, split=PILOT) for one in draw("polnear", pilot, train, rng)]
    rng.shuffle(passages)  # type: ignore[arg-type]
    write(out, [replace(one, id=f"q{number:04d}") for number, one in enumerate(passages, 1)])


def read_sources() -> dict[str, list[Article]]:
    """Return the articles of every source of training and dev data."""
    excluded = read_excluded_stories()
    sources = {
        "ecbplus": list(read_corpus("ecbplus").articles),
        "neus": [one for one in read_corpus("neus").articles if one.event not in excluded],
    }
    sources |= {name: list(read_corpus(name).articles) for name in DEMOS}
    return {**sources, INVENTED: read_invented()}


def cut_passage(corpus: str, article: Article, rng: np.random.Generator) -> Passage | None:
    """Return a passage of an article at random, None where it has none of fitting length."""
    start, end = 0, len(article.document)
    if corpus in ("ecbplus", "polnear"):
        sentences = split_sentences([article])
        rows = [row for row, text in enumerate(sentences.text) if not _ADDRESS.match(text)]
        n = int(rng.integers(N_SENTENCES[0], N_SENTENCES[1] + 1))
        if len(rows) < n:
            return None
        first = int(rng.integers(rows[0], rows[-1] - n + 2))
        start, end = int(sentences.start[first]), int(sentences.end[first + n - 1])
    passage = Passage("", corpus, article.id, start, end, "")
    n_words = len(article.document[start:end].split())
    return passage if corpus in DEMOS or N_WORDS[0] <= n_words <= N_WORDS[1] else None


def text_of(passage: Passage, articles: Iterable[Article]) -> str:
    """Return the text of a passage of one of `articles`."""
    return next(one for one in articles if one.id == passage.article).document[passage.start : passage.end]


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    """Return every run of `N_SHARED` words of a text."""
    return shingles(words(text), N_SHARED)


def draw(
    corpus: str, passages: Sequence[Passage], articles: Sequence[Article], rng: np.random.Generator
) -> list[Passage]:
    """Return the passages drawn of a corpus, one per story of NeuS; all where no number is set."""
    if corpus not in N_PASSAGES:
        return list(passages)
    documents = {article.id: article for article in articles}
    order = [passages[i] for i in rng.permutation(len(passages)).tolist()]
    if corpus == "neus":
        order = list({documents[one.article].event: one for one in order}.values())
    marked = [one for one in order if _MARKED.search(documents[one.article].document[one.start : one.end])]
    n_marked = round(SHARE_MARKED * N_PASSAGES[corpus])
    others = [one for one in order if one not in set(marked)]
    return marked[:n_marked] + others[: N_PASSAGES[corpus] - n_marked]


def split_passages(
    passages: Sequence[Passage], articles: Iterable[Article], rng: np.random.Generator
) -> list[Passage]:
    """Return the passages with their split: those of one event are in one."""
    event_of = {article.id: topic_of(article) for article in articles}
    events = sorted({event_of[one.article] for one in passages})
    chosen = set(rng.permutation(events)[: round(DEV_SHARE * len(events))].tolist())
    return [
        replace(one, split="dev" if one.corpus in DEMOS or event_of[one.article] in chosen else "train")
        for one in passages
    ]


def write(path: Path, passages: Sequence[Passage]) -> None:
    """Write the table, and say how many passages there are by corpus and split."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow([one.name for one in fields(Passage)])
        writer.writerows(map(astuple, passages))
    for (corpus, split), n in sorted(Counter((one.corpus, one.split) for one in passages).items()):
        sys.stdout.write(f"{corpus} {split}: {n}\n")


if __name__ == "__main__":
    main()
