"""Score a finder of names on public corpora of entities: strict spans, kinds pooled and apart, interval over blocks."""

from collections import Counter
from collections.abc import Callable, Set
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.attributing.names.spotting import Name
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation, Corpus, Sentences
from crossframe.statistics.intervals import bootstrap_ratio, percentile_interval
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.metrics import ratio

Find = Callable[[Sentences], list[Name]]
Span = tuple[str, int, int]

KINDS = ("person", "organisation", "party", "place")
_GOLD_KINDS = {
    "politician": "person", "person": "person", "PER": "person",
    "organisation": "organisation", "corporation": "organisation", "group": "organisation", "ORG": "organisation",
    "politicalparty": "party",
    "country": "place", "location": "place", "LOC": "place",
}  # fmt: skip
_PREDICTED_KINDS = {
    "person": "person", "organisation": "organisation", "party": "party", "country": "place", "place": "place",
    "group": "group", "": "",
}  # fmt: skip


def score_names(corpus: Corpus, gold: Annotation, find: Find, *, seed: int = 0) -> dict[str, float | None]:
    """Return the metrics of `find` on gold entities; the finder is given one event (here: one block) at a time.

    Parameters
    ----------
    corpus : Corpus
        Blocks of text.
    gold : Annotation of spans
        Entities; classes that are no persons, organisations, parties or places (events, elections, products, works,
        miscellaneous) are passed over.
    find : callable
        Sentences of one event to names. Names of other kinds (offices) are passed over.
    seed : int
        Of the bootstrap.

    Returns
    -------
    dict of str to float or None
        f1, precision, recall: same start and end, kinds pooled (groups and names of no kind count as predicted); f1_low
        and f1_high: 95 % percentile interval, blocks drawn with replacement; typed_f1: the kind is the same too;
        <kind>_f1 of each kind that gold has; n_gold, n_found, n_blocks.
    """
    truth = {
        (article, start, end): _GOLD_KINDS[gold.labels[label]]
        for article, start, end, label in zip(
            gold.units.article,
            gold.units.start.tolist(),
            gold.units.end.tolist(),
            gold.scores.argmax(axis=1).tolist(),
            strict=True,
        )
        if gold.labels[label] in _GOLD_KINDS
    }
    predicted = {
        (name.article, name.start, name.end): _PREDICTED_KINDS[name.kind]
        for name in _find_all(corpus, find)
        if name.kind in _PREDICTED_KINDS
    }
    precision, recall = _rates(set(truth), set(predicted))
    low, high = _interval([article.id for article in corpus.articles], truth, predicted, seed)
    metrics: dict[str, float | None] = {
        "f1": f1(precision, recall),
        "f1_low": low,
        "f1_high": high,
        "precision": precision,
        "recall": recall,
    }
    metrics["typed_f1"] = f1(*_rates(set(truth.items()), set(predicted.items())))
    for kind in KINDS:
        if kind in truth.values():
            of_kind = [
                {span for span, its_kind in spans.items() if its_kind == kind} for spans in (truth, predicted)
            ]
            metrics[f"{kind}_f1"] = f1(*_rates(*of_kind))
    sizes = {"n_gold": len(truth), "n_found": len(predicted), "n_blocks": len(corpus.articles)}
    return metrics | {name: float(size) for name, size in sizes.items()}


def _find_all(corpus: Corpus, find: Find) -> list[Name]:
    blocks: dict[str, list[int]] = {}
    for number, article in enumerate(corpus.articles):
        blocks.setdefault(article.event, []).append(number)
    names: list[Name] = []
    for numbers in track(list(blocks.values()), "Finding names"):
        names += find(split_sentences([corpus.articles[number] for number in numbers]))
    return names


def _rates(truth: Set[Any], predicted: Set[Any]) -> tuple[float, float]:
    """Return precision and recall."""
    hits = len(truth & predicted)
    return ratio(hits, len(predicted)), ratio(hits, len(truth))


def _interval(
    blocks: list[str], truth: dict[Span, str], predicted: dict[Span, str], seed: int
) -> tuple[float | None, float | None]:
    """Return the interval of the pooled F1: twice the hits over the spans of both, summed over drawn blocks.

    None where a draw may hold no span at all.
    """
    hits = Counter(span[0] for span in truth.keys() & predicted.keys())
    spans = Counter(span[0] for side in (truth, predicted) for span in side)
    totals = np.array([2.0 * hits[block] for block in blocks])
    counts = np.array([float(spans[block]) for block in blocks])
    draws = bootstrap_ratio(totals, counts, np.random.default_rng(seed))
    return percentile_interval(draws) if np.isfinite(draws).all() else (None, None)
