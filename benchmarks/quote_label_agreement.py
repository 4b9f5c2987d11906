"""How far readers of quotes agree with each other, and with people on passages of PolNeAR's training split.

Needs CROSSFRAME_MIRROR or the network; about a minute on one core. Prints the tables of corpora/quote-labels/README.md.

Contents are matched as `crossframe evaluate quotes` does: one to one, overlap at least half of both. Speakers are the same as
there. On the pilot the rules are scored on the same passages, beside the readers.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crossframe import read_corpus
from crossframe.attributing.find_actors import find_actors
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
from crossframe.reading.text.split import split_sentences
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.metrics import ratio
from crossframe.studies.evaluate.quotes import Quote, match_contents, same_speaker, unite

COLUMNS = (
    "n",
    "n_other",
    "content F1",
    "precision",
    "recall",
    "direct recall",
    "speakers",
    "direct speakers",
)


def main() -> None:
    """Print both tables."""
    passages = [one for one in read_passages() if one.readings]
    documents = read_documents()
    first = [one for one in passages if one.split != PILOT]
    twice = [one for one in first if len(one.readings) > 1]
    sys.stdout.write(f"\nThe second readers against the first, {len(twice)} passages\n\n")
    parts = {"all": twice} | {
        corpus: [one for one in twice if one.corpus == corpus]
        for corpus in sorted({one.corpus for one in twice})
    }
    rows = {
        name: score(read_quotes(part, documents, 0), read_quotes(part, documents, 1))
        for name, part in parts.items()
    }
    for manner in MANNERS:
        gold = read_quotes(twice, documents, 0, (manner,))
        rows[f"found: {manner}"] = score(gold, read_quotes(twice, documents, 1))
    print_table(rows)
    pilot = [one for one in passages if one.split == PILOT]
    people, ruled = quotes_of_people_and_rules(pilot)
    sys.stdout.write(f"\nAgainst people, {len(pilot)} passages of PolNeAR's training split\n\n")
    print_table({"readers": score(people, read_quotes(pilot, documents, 0)), "rules": score(people, ruled)})
    print_counts(first)


def read_documents() -> dict[tuple[str, str], str]:
    """Return the document of every article of which passages were read, by corpus and id."""
    documents = {(INVENTED, one.id): one.document for one in read_invented()}
    for corpus in ("ecbplus", "neus", *DEMOS):
        documents |= {(corpus, one.id): one.document for one in read_corpus(corpus).articles}
    articles = read_corpus("polnear", splits=("train",)).articles
    return documents | {("polnear", one.id): one.document for one in articles}


def read_quotes(
    passages: Iterable[Passage],
    documents: Mapping[tuple[str, str], str],
    reader: int,
    manners: Sequence[str] = MANNERS,
) -> list[Quote]:
    """Return the quotes of the first (0) or the second (1) reader of each passage."""
    return [
        as_quote(passage, quote, documents[passage.corpus, passage.article])
        for passage in passages
        for quote in passage.readings[reader][1]
        if quote.manner in manners
    ]


def as_quote(passage: Passage, quote: LabelledQuote, document: str) -> Quote:
    """Return a quote in the form that is scored."""
    kind = (
        "direct" if quote.manner in ("turn", "block", "post") else quote_kind(document, list(quote.contents))
    )
    content = frozenset(at for start, end in quote.contents for at in range(start, end))
    cue, source = ("" if span is None else document[slice(*span)] for span in (quote.cue, quote.source))
    return Quote(passage.id, content, kind, cue, "", source)


def quotes_of_people_and_rules(passages: Sequence[Passage]) -> tuple[list[Quote], list[Quote]]:
    """Return the quotes of people and of rules that begin in the passages; what is beyond a passage is cut off."""
    corpus = read_corpus("polnear", splits=("train",))
    by_article = {one.article: one for one in passages}
    gold: Any = corpus.gold["quotes"]
    ruled: list[Quote] = []
    for article in corpus.articles:
        if article.id in by_article:
            sentences = split_sentences([article])
            cast = find_actors(sentences)
            names = {actor.id: actor.names for actor in cast.actors}
            ruled += cut(unite(find_quotes(sentences, cast), names), by_article)
    return cut(unite(gold), by_article), ruled


def cut(quotes: Iterable[Quote], by_article: Mapping[str, Passage]) -> list[Quote]:
    """Return the quotes in passages, whose ids take the place of the articles'."""
    kept = []
    for one in quotes:
        passage = by_article.get(one.article)
        if passage is None:
            continue
        content = frozenset(at for at in one.content if passage.start <= at < passage.end)
        if content:
            kept.append(
                Quote(
                    passage.id,
                    content,
                    one.kind,
                    one.cue,
                    one.speaker if one.names else "",
                    one.speaker_text,
                    one.names,
                )
            )
    return kept


def score(gold: Sequence[Quote], other: Sequence[Quote]) -> dict[str, float]:
    """Return the metrics of `COLUMNS`."""
    matched = match_contents(gold, other)
    direct = [one.kind == "direct" for one in gold]
    named = [(i, j) for i, j in matched if gold[i].speaker_text]
    right = [i for i, j in named if same_speaker(gold[i], other[j])]
    precision, recall = ratio(len(matched), len(other)), ratio(len(matched), len(gold))
    values = (
        len(gold), len(other), f1(precision, recall), precision, recall,
        ratio(sum(direct[i] for i, _ in matched), sum(direct)), ratio(len(right), len(named)),
        ratio(sum(direct[i] for i in right), sum(direct[i] for i, _ in named)),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def print_table(rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print the metrics as a table of Markdown."""
    sys.stdout.write("| | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|\n")
    for name, metrics in rows.items():
        cells = [f"{v:,.0f}" if column.startswith("n") else f"{v:.3f}" for column, v in metrics.items()]
        sys.stdout.write(f"| {name} | " + " | ".join(cells) + " |\n")


def print_counts(passages: Sequence[Passage]) -> None:
    """Print the passages and the quotes of first readings by corpus, split and manner."""
    sys.stdout.write("\n| corpus | split | passages | " + " | ".join(MANNERS) + " | quotes |\n")
    sys.stdout.write("|---" * (len(MANNERS) + 4) + "|\n")
    for key in sorted({(one.corpus, one.split) for one in passages}):
        part = [one for one in passages if (one.corpus, one.split) == key]
        manners = [quote.manner for one in part for quote in one.readings[0][1]]
        cells = [*key, len(part), *(manners.count(one) for one in MANNERS), len(manners)]
        sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")


if __name__ == "__main__":
    main()
