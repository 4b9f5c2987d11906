"""Score what is found to differ inside aligned pairs against the reference labels of differences."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.readers import load_quote_reader
from crossframe.attributing.voices import split_voices
from crossframe.errors import InputError
from crossframe.matching.differences.find_differences import find_differences
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.difference_labels import (
    DIFFERENCE_LABELS,
    MINIMAL,
    Difference,
    LabelledPair,
    has_conflict,
    match_differences,
    merge_readings,
    read_pairs,
)
from crossframe.records import DIFFERENCES, Alignment, Corpus
from crossframe.statistics.intervals import DRAWS, percentile_interval
from crossframe.studies.evaluate.corpora import casts_by_event, list_gold

METRICS = ("conflict", *DIFFERENCES)
Counts = dict[str, tuple[int, int, int]]
"""Of every metric: gold, predicted, and both."""


@dataclass(frozen=True)
class ScoredPair:
    """A pair that its readers align, with its event and what was found in it."""

    pair: LabelledPair
    event: str
    found: tuple[Difference, ...]

    @property
    def source(self) -> str:
        """The corpus that its texts are of."""
        return self.pair.corpus

    @property
    def marked(self) -> list[tuple[Difference, ...]]:
        """What each reader marked."""
        return [reading for _, reading in self.pair.readings if reading is not None]


def evaluate_differences(on: str, *, split: str | None = None) -> dict[str, Any]:
    """Score `find_differences` on the pairs of ``difference-labels`` that all their readers align.

    Parameters
    ----------
    on : str
        ``difference-labels``.
    split : str, optional
        ``test`` (None takes it), ``dev`` or ``train``.

    Returns
    -------
    dict of str to float
        ``conflict_f1``, ``_precision``, ``_recall``: pairs with a number, polarity or roles; pairs of which one of two
        readers sees a conflict are left out. ``<kind>_f1``, ``_precision``, ``_recall``: differences of that kind, the same
        where they overlap (`match_differences`); what one of two readers marked counts neither way. ``n_pairs`` and
        ``n_conflict``, ``n_<kind>``: what there is to find. Pooled over all but minimal pairs, and
        ``<source>_<metric>`` for each source, minimal pairs among them. Over pairs of two readers: ``readers_<metric>_f1``,
        the second against the first, and ``reader_mean_<metric>_f1``, ours against each, nothing left out. F1 with
        ``_low`` and ``_high``: 95 % intervals, whole events drawn. None where a metric is not defined.

    Raises
    ------
    InputError
        When the corpus is another one.
    """
    if Path(on).name != DIFFERENCE_LABELS:
        raise InputError(
            f"Invalid corpus {on!r} for task 'differences'. It must be {DIFFERENCE_LABELS!r}, which alone has gold of them."
        )
    corpus = read_corpus(on, splits=(split or "test",))
    return score_differences(find_in_pairs(corpus))


def find_in_pairs(corpus: Corpus) -> list[ScoredPair]:
    """Return what is found in the pairs of a corpus that all readers align, as a comparison finds it, quotes read first."""
    gold = corpus.gold.get("alignment")
    if not isinstance(gold, Alignment):
        raise InputError(f"Missing gold of corpus {corpus.name!r}; it has: {list_gold(corpus)}.")
    keys = gold.keys()
    aligned = {left.rpartition("-")[0] for (left, _), _ in keys}
    pairs = {
        one.id: one
        for one in read_pairs()
        if one.id in aligned and None not in [reading for _, reading in one.readings]
    }
    reader = load_quote_reader(None)
    scored = []
    for sentences, cast in casts_by_event(corpus, "Finding differences"):
        event = sentences.articles[0].event
        ids = sorted({name for one in sentences.articles if (name := one.id.rpartition("-")[0]) in pairs})
        sides = [[sentences.row(f"{id}-{outlet}", 1) for id in ids] for outlet in ("a", "b")]
        alignment = Alignment(
            sentences, np.array(sides[0]), np.array(sides[1]), np.ones(len(ids)), ("equivalent",) * len(ids)
        )
        stretches = split_voices(sentences, find_quotes(sentences, cast, reader=reader))
        found: dict[str, list[Difference]] = defaultdict(list)
        for row in find_differences(alignment, stretches).rows():
            spans = [(row[f"{side}_start"], row[f"{side}_end"]) for side in ("left", "right")]
            found[row["left_article"].rpartition("-")[0]].append(Difference(row["kind"], *spans))
        scored += [ScoredPair(pairs[id], event, tuple(found[id])) for id in ids]
    return scored


def score_differences(pairs: Sequence[ScoredPair]) -> dict[str, Any]:
    """Return the metrics that `evaluate_differences` describes."""
    metrics = _score([one for one in pairs if one.source != MINIMAL], "", count_agreed)
    for source in sorted({one.source for one in pairs}):
        metrics |= _score([one for one in pairs if one.source == source], f"{source}_", count_agreed)
    twice = [one for one in pairs if len(one.marked) > 1 and one.source != MINIMAL]
    if twice:
        readers = _f1s(twice, lambda one: count(one.marked[0], one.marked[1]))
        ours = [_f1s(twice, lambda one, n=n: count(one.marked[n], one.found)) for n in (0, 1)]  # type: ignore[misc]
        for name in METRICS:
            metrics[f"readers_{name}_f1"] = readers[name]
            both = [scores[name] for scores in ours]
            metrics[f"reader_mean_{name}_f1"] = None if None in both else float(np.mean(both))  # type: ignore[arg-type]
    return metrics


def count(gold: Sequence[Difference], predicted: Sequence[Difference]) -> Counts:
    """Return what one reading of a pair says beside another."""
    conflicts = has_conflict(gold), has_conflict(predicted)
    counts = {"conflict": (int(conflicts[0]), int(conflicts[1]), int(all(conflicts)))}
    kinds = [gold[i].kind for i, _ in match_differences(gold, predicted)]
    for kind in DIFFERENCES:
        sides = [sum(one.kind == kind for one in side) for side in (gold, predicted)]
        counts[kind] = (sides[0], sides[1], kinds.count(kind))
    return counts


def count_agreed(one: ScoredPair) -> Counts:
    """Return what was found in a pair beside what all its readers marked; what one of two marked counts neither way."""
    relation, merged = merge_readings(one.marked)
    gold = [difference for difference, probability in merged if probability == 1.0]
    predicted = set(range(len(one.found))) - {j for _, j in match_differences(gold, one.found)}
    disputed = [difference for difference, probability in merged if probability < 1.0]
    rest = sorted(predicted)
    ignored = {rest[j] for _, j in match_differences(disputed, [one.found[number] for number in rest])}
    counts = count(gold, [each for number, each in enumerate(one.found) if number not in ignored])
    # Readers may see the conflict in different words, and what is ignored may be one.
    conflicts = has_conflict(one.marked[0]), has_conflict(one.found)
    counts["conflict"] = (int(conflicts[0]), int(conflicts[1]), int(all(conflicts)))
    return counts | {"conflict": (0, 0, 0)} if relation == "disputed" else counts


def _f1s(pairs: Iterable[ScoredPair], counted: Callable[[ScoredPair], Counts]) -> dict[str, float | None]:
    counts = [counted(one) for one in pairs]
    sums = {name: np.array([one[name] for one in counts], dtype=float).sum(axis=0) for name in METRICS}
    return {name: _finite(2 * both, gold + found) for name, (gold, found, both) in sums.items()}


def _score(
    pairs: Sequence[ScoredPair], prefix: str, counted: Callable[[ScoredPair], Counts]
) -> dict[str, float | None]:
    """Return precision, recall and F1 of every metric with the interval of F1, and how much there is of each."""
    by_event: dict[str, list[Counts]] = defaultdict(list)
    for one in pairs:
        by_event[one.event].append(counted(one))
    metrics: dict[str, float | None] = {f"{prefix}n_pairs": len(pairs)}
    for name in METRICS:
        table = np.array(
            [np.sum([one[name] for one in counts], axis=0) for counts in by_event.values()], dtype=float
        ).reshape(-1, 3)
        gold, found, both = table.sum(axis=0).tolist()
        metrics |= {
            f"{prefix}{name}_f1": _finite(2 * both, gold + found),
            f"{prefix}{name}_precision": _finite(both, found),
            f"{prefix}{name}_recall": _finite(both, gold),
            f"{prefix}n_{name}": int(gold),
        }
        metrics |= {f"{prefix}{name}_f1_{end}": value for end, value in _bound_f1(table).items()}
    return metrics


def _bound_f1(table: np.ndarray) -> Mapping[str, float]:
    """Return low and high of F1, whole events drawn; `table` has gold, predicted and both of every event."""
    if len(table) < 2:
        return {}
    chosen = np.random.default_rng(0).integers(len(table), size=(DRAWS, len(table)))
    gold, found, both = table[chosen].sum(axis=1).T
    drawn = 2 * both[gold + found > 0] / (gold + found)[gold + found > 0]
    return dict(zip(("low", "high"), percentile_interval(drawn), strict=True)) if len(drawn) else {}


def _finite(part: float, whole: float) -> float | None:
    return part / whole if whole else None
