"""How far readers of quotes agree with each other, and with people on passages of PolNeAR's training split.

Needs CROSSFRAME_MIRROR or the network; about a minute on one core. Prints the tables of corpora/quote-labels/README.md.

Contents are matched as `crossframe evaluate quotes` does: one to one, overlap at least half of both. Speakers are the same as
there. On the pilot the rules are scored on the same passages, beside the readers.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crossframe import read_corpus
from crossframe.attributing.find_quotes import find_quotes
from crossframe.reading.public.polnear import quote_kind
from crossframe.reading.public.quote_labels import (
    DEMOS,
    INVENTED,
    MANNERS,
    PILOT,
    LabelledQuote,
    Passage,
    read_invented,
    read_passages,
)
from crossframe.records import QUOTE_KINDS
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.corpora import casts_by_event
from crossframe.studies.evaluate.quotes import Quote, match_contents, same_speaker, same_words, unite

COLUMNS = (
    "quotes",
    "of the other",
    "content F1",
    "exact F1",
    "precision",
    "recall",
    *QUOTE_KINDS,
    "speakers",
    "of direct ones",
    "cues",
)


def main() -> None:
    """Print all tables."""
    passages = [one for one in read_passages() if one.readings]
    documents = read_documents()
    first = [one for one in passages if one.split != PILOT]
    twice = [one for one in first if len(one.readings) > 1]
    print_counts(first)
    sys.stdout.write(f"\nThe second readers against the first, {len(twice)} passages\n\n")
    parts = {"all": twice} | {
        corpus: [one for one in twice if one.corpus == corpus]
        for corpus in sorted({one.corpus for one in twice})
    }
    parts |= {
        f"read again by {reader}": [one for one in twice if one.readings[1][0] == reader]
        for reader in sorted({one.readings[1][0] for one in twice})
    }
    print_table(
        {
            name: score(read_quotes(part, documents, 0), read_quotes(part, documents, 1))
            for name, part in parts.items()
        }
    )
    print_manners(twice, documents)
    pilot = [one for one in passages if one.split == PILOT]
    people, ruled = quotes_of_people_and_rules(pilot)
    sys.stdout.write(f"\nAgainst people, {len(pilot)} passages of PolNeAR's training split\n\n")
    print_table({"readers": score(people, read_quotes(pilot, documents, 0)), "rules": score(people, ruled)})


def read_documents() -> dict[tuple[str, str], str]:
    """Return the document of every article of which passages were read, by corpus and id."""
    documents = {(INVENTED, one.id): one.document for one in read_invented()}
    for corpus in ("ecbplus", "neus", *DEMOS):
        documents |= {(corpus, one.id): one.document for one in read_corpus(corpus).articles}
    articles = read_corpus("polnear", splits=("train",)).articles
    return documents | {("polnear", one.id): one.document for one in articles}


def read_quotes(
    passages: Iterable[Passage], documents: Mapping[tuple[str, str], str], reader: int
) -> list[Quote]:
    """Return the quotes of the first (0) or the second (1) reader of each passage."""
    return [
        as_quote(passage, quote, documents[passage.corpus, passage.article])
        for passage in passages
        for quote in passage.readings[reader][1]
    ]


def as_quote(passage: Passage, quote: LabelledQuote, document: str) -> Quote:
    """Return a quote in the form that is scored, blanks aside."""
    kind = (
        "direct" if quote.manner in ("turn", "block", "post") else quote_kind(document, list(quote.contents))
    )
    content = frozenset(
        at for start, end in quote.contents for at in range(start, end) if not document[at].isspace()
    )
    cue, source = ("" if span is None else document[slice(*span)] for span in (quote.cue, quote.source))
    return Quote(passage.id, content, kind, cue, "", source)


def quotes_of_people_and_rules(passages: Sequence[Passage]) -> tuple[list[Quote], list[Quote]]:
    """Return the quotes of people and of rules in the passages; what is beyond a passage is cut off."""
    by_article = {one.article: one for one in passages}
    corpus = read_corpus("polnear", splits=("train",))
    corpus = replace(corpus, articles=tuple(one for one in corpus.articles if one.id in by_article))
    documents = {one.id: one.document for one in corpus.articles}
    gold: Any = corpus.gold["quotes"]
    ruled: list[Quote] = []
    for sentences, cast in casts_by_event(corpus, "Finding quotes"):
        ruled += unite(find_quotes(sentences, cast), {actor.id: actor.names for actor in cast.actors})
    return cut(unite(gold), by_article, documents), cut(ruled, by_article, documents)


def cut(
    quotes: Iterable[Quote], by_article: Mapping[str, Passage], documents: Mapping[str, str]
) -> list[Quote]:
    """Return the quotes in passages, blanks aside; the passages' ids take the place of the articles'."""
    kept = []
    for one in (quote for quote in quotes if quote.article in by_article):
        passage, document = by_article[one.article], documents[one.article]
        content = frozenset(
            at for at in one.content if passage.start <= at < passage.end and not document[at].isspace()
        )
        if content:
            kept.append(replace(one, article=passage.id, content=content))
    return kept


def score(gold: Sequence[Quote], other: Sequence[Quote]) -> dict[str, str]:
    """Return the cells of `COLUMNS`."""
    matched = match_contents(gold, other)
    named = [(i, j) for i, j in matched if gold[i].speaker_text or gold[i].speaker]
    right = {i for i, j in named if same_speaker(gold[i], other[j])}
    cued = [(i, j) for i, j in matched if gold[i].cue]
    exact = len({(one.article, one.content) for one in gold} & {(one.article, one.content) for one in other})
    precision, recall = len(matched) / len(other), len(matched) / len(gold)
    direct = [i for i, _ in named if gold[i].kind == "direct"]
    kinds = [
        share(sum(gold[i].kind == kind for i, _ in matched), [one.kind for one in gold].count(kind))
        for kind in QUOTE_KINDS
    ]
    values = (
        f"{len(gold):,}", f"{len(other):,}", decimal(f1(precision, recall)),
        share(2 * exact, len(gold) + len(other)), decimal(precision), decimal(recall), *kinds, share(len(right), len(named)),
        share(len(right.intersection(direct)), len(direct)), share(sum(same_words(gold[i].cue, other[j].cue) for i, j in cued), len(cued)),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def decimal(value: float) -> str:
    """Return a share with three decimals and no leading zero."""
    return f"{value:.3f}".removeprefix("0")


def share(part: int, whole: int) -> str:
    """Return part / whole as a decimal, an empty cell where there is none to count."""
    return decimal(part / whole) if whole else ""


def print_table(rows: Mapping[str, Mapping[str, str]]) -> None:
    """Print the cells as a table of Markdown."""
    sys.stdout.write("| | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|\n")
    for name, cells in rows.items():
        sys.stdout.write(f"| {name} | " + " | ".join(cells.values()) + " |\n")


def print_manners(passages: Sequence[Passage], documents: Mapping[tuple[str, str], str]) -> None:
    """Print how many of the first readers' quotes of each manner the second found, and called the same."""
    sys.stdout.write("\n| manner | quotes | found | called the same |\n|---|---|---|---|\n")
    manners = [[quote.manner for one in passages for quote in one.readings[k][1]] for k in (0, 1)]
    gold, other = (read_quotes(passages, documents, k) for k in (0, 1))
    matched = match_contents(gold, other)
    for manner in MANNERS:
        found = [(i, j) for i, j in matched if manners[0][i] == manner]
        n = manners[0].count(manner)
        same = sum(manners[1][j] == manner for _, j in found)
        sys.stdout.write(f"| {manner} | {n} | {share(len(found), n)} | {share(same, len(found))} |\n")


def print_counts(passages: Sequence[Passage]) -> None:
    """Print the passages and the quotes of first readings by corpus, split and manner."""
    sys.stdout.write("| corpus | split | passages | " + " | ".join(MANNERS) + " | quotes |\n")
    sys.stdout.write("|---" * (len(MANNERS) + 4) + "|\n")
    keys = sorted({(one.corpus, one.split) for one in passages})
    for key in [*keys, ("all", "train"), ("all", "dev")]:
        part = [one for one in passages if (one.corpus, one.split) == key or ("all", one.split) == key]
        manners = [quote.manner for one in part for quote in one.readings[0][1]]
        cells = [*key, len(part), *(manners.count(one) for one in MANNERS), len(manners)]
        sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")


if __name__ == "__main__":
    main()
