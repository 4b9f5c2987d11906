"""Draw the passages that get reference labels of quotes: consecutive sentences, or whole short articles, seeded.

Needs CROSSFRAME_MIRROR or the network; about a minute on one core, with `--further` two. Writes
corpora/quote-labels/items.tsv: offsets, no text.

Of ECB+ and PolNeAR a passage is three to six consecutive sentences, one an article; of NeuS and the demo corpora an article; of
the invented texts each. Passages that share eight words in a row with PolNeAR, and the stories of NeuS that share text with
other test data, are left out: PolNeAR is the test, and passages of its training split are read as a pilot alone.

With `--further` passages for training are added to those of the table: at random, and where the rules and a quote reader
disagree, so that these depend on the reader (of the rows there: the one trained on the first draw). No article is drawn
twice, no story of NeuS twice, and none of a topic or story of the dev split.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np

from crossframe import read_corpus
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.readers import QuoteReader, load_quote_reader
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.quote_labels import DEMOS, INVENTED, PILOT, read_invented
from crossframe.reading.public.reference_labels import topic_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Cast, Spans
from crossframe.studies.evaluate.quotes import match_contents, unite
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
FURTHER_SEED = 27
N_FIRST = 702
"""Passages of the first draw."""
N_RANDOM = {"ecbplus": 220, "neus": 380}
"""Of the further passages those at random."""
N_CANDIDATES = {"ecbplus": 250, "neus": 350}
"""Passages with a quotation mark or a verb of saying in which rules and reader are compared."""
N_DISPUTED = 200
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


Drawn = tuple[Passage, Article]
"""A passage, and its text as an article."""


def main() -> None:
    """Draw the passages and write the table to the path given, or to its place in the repository."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ITEMS, help="table to write (default: %(default)s)")
    parser.add_argument(
        "--further", metavar="READER", help="add passages by a quote reader: a name, or a folder"
    )
    options = parser.parse_args()
    polnear = read_corpus("polnear", splits=("train", "dev")).articles
    tested = {run for article in polnear for run in runs_of_words(article.document)}
    if options.further is None:
        write(options.out, draw_first([one for one in polnear if one.split == "train"], tested))
        return
    reader = load_quote_reader(options.further)
    if reader is None:
        parser.error("Invalid reader 'rules'. It must be a trained one.")
    first = read_first(ITEMS)
    write(options.out, [*first, *draw_further(first, tested, reader)])


def draw_first(pilot: Sequence[Article], tested: set[tuple[str, ...]]) -> list[Passage]:
    """Return the passages of all sources, and those of the articles `pilot` of PolNeAR."""
    rng = np.random.default_rng(SEED)
    passages = []
    for corpus, articles in read_sources().items():
        found = cut_passages(corpus, articles, tested, rng)
        passages += split_passages(draw(corpus, found, rng), articles, rng)
    passages += [
        replace(one, split=PILOT) for one in draw("polnear", cut_passages("polnear", pilot, set(), rng), rng)
    ]
    rng.shuffle(passages)  # type: ignore[arg-type]
    return [replace(one, id=f"q{number:04d}") for number, one in enumerate(passages, 1)]


def draw_further(
    first: Sequence[Passage], tested: set[tuple[str, ...]], reader: QuoteReader
) -> list[Passage]:
    """Return further passages: at random, and those in which `reader` and the rules disagree most."""
    rng = np.random.default_rng(FURTHER_SEED)
    drawn, candidates = [], []
    for corpus, articles in read_sources().items():
        if corpus not in N_RANDOM:
            continue
        order = [articles[i] for i in rng.permutation(len(articles)).tolist()]
        passages = cut_passages(corpus, leave_fresh(order, articles, first), tested, rng)
        chosen = set(map(id, choose(passages, N_RANDOM[corpus])))
        drawn += [passage for passage, _ in passages if id(passage) in chosen]
        left = [one for one in passages if id(one[0]) not in chosen and is_marked(one[1].document)]
        candidates += left[: N_CANDIDATES[corpus]]
    disputes = count_disputes([article for _, article in candidates], reader)
    drawn += [one for one, _ in sorted(candidates, key=lambda one: -disputes[one[1].id])[:N_DISPUTED]]
    rng.shuffle(drawn)  # type: ignore[arg-type]
    return [
        replace(one, id=f"q{number:04d}", split="train") for number, one in enumerate(drawn, len(first) + 1)
    ]


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


def cut_passages(
    corpus: str, articles: Iterable[Article], tested: set[tuple[str, ...]], rng: np.random.Generator
) -> list[Drawn]:
    """Return a passage of each article that has one and shares no run of words with `tested`."""
    found = []
    for article in articles:
        passage = cut_passage(corpus, article, rng)
        if passage is not None:
            text = article.document[passage.start : passage.end]
            if not tested.intersection(runs_of_words(text)):
                part = Article(f"{corpus}.{article.id}", article.event, article.outlet, "", text)
                found.append((passage, part))
    return found


def is_marked(text: str) -> bool:
    """Return whether a text holds a quotation mark or a common verb of saying."""
    return bool(_MARKED.search(text))


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    """Return every run of `N_SHARED` words of a text."""
    return shingles(words(text), N_SHARED)


def draw(corpus: str, passages: Sequence[Drawn], rng: np.random.Generator) -> list[Passage]:
    """Return the passages drawn of a corpus, one per story of NeuS; all where no number is set."""
    if corpus not in N_PASSAGES:
        return [passage for passage, _ in passages]
    order = [passages[i] for i in rng.permutation(len(passages)).tolist()]
    if corpus == "neus":
        order = list({article.event: (passage, article) for passage, article in order}.values())
    return choose(order, N_PASSAGES[corpus])


def choose(passages: Sequence[Drawn], n: int) -> list[Passage]:
    """Return the first `n` passages, `SHARE_MARKED` of them with marks or a verb of saying; these come first."""
    marked = [one for one, article in passages if is_marked(article.document)]
    others = [one for one, article in passages if not is_marked(article.document)]
    n_marked = round(SHARE_MARKED * n)
    return marked[:n_marked] + others[: n - n_marked]


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


def read_first(path: Path) -> list[Passage]:
    """Return the passages of the first draw."""
    columns = ("id", "corpus", "article", "start", "end", "split")
    rows = [row for _, row in read_tsv(path, columns)][:N_FIRST]
    return [
        Passage(row["id"], row["corpus"], row["article"], int(row["start"]), int(row["end"]), row["split"])
        for row in rows
    ]


def leave_fresh(
    order: Sequence[Article], articles: Sequence[Article], first: Sequence[Passage]
) -> list[Article]:
    """Return what may be drawn, in `order`: no article drawn before, no topic of the dev split, one article a story of NeuS.

    Parameters
    ----------
    order, articles : sequence of Article
        The articles of a corpus, those of `order` in the order in which they are drawn.
    first : sequence of Passage
        Drawn before.
    """
    by_id = {article.id: article for article in articles}
    drawn = [one for one in first if one.article in by_id]
    taken = {one.article for one in drawn}
    held = {topic_of(by_id[one.article]) for one in drawn if one.split == "dev"}
    stories = {by_id[id_].event for id_ in taken}
    fresh = []
    for article in order:
        if article.id in taken or topic_of(article) in held:
            continue
        if topic_of(article) == article.event:
            if article.event in stories:
                continue
            stories.add(article.event)
        fresh.append(article)
    return fresh


def count_disputes(articles: Sequence[Article], reader: QuoteReader) -> Mapping[str, int]:
    """Return by article how many contents only the rules read or only the reader."""
    sentences = split_sentences(articles)
    marked = reader.find(sentences)
    contents = np.array([kind not in {"cue", "source"} for kind in marked.kind], dtype=bool)
    by_reader = unite(marked.select(contents))
    by_rules = unite(find_quotes(sentences, Cast((), Spans())))
    pairs = match_contents(by_rules, by_reader)
    both = {id(by_rules[i]) for i, _ in pairs} | {id(by_reader[j]) for _, j in pairs}
    counts = {article.id: 0 for article in articles}
    for one in (*by_rules, *by_reader):
        counts[one.article] += id(one) not in both
    return counts


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
