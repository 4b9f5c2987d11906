"""Metrics of alignments and claims against gold pairs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.records import Alignment, PairKey, Sentences
from crossframe.statistics.intervals import DRAWS, percentile_interval
from crossframe.statistics.metrics import calibration_gaps
from crossframe.studies.evaluate.claim_metrics import (
    OmissionScore,
    list_omission_units,
    pairs_within_claims,
    score_omissions,
)

OF_CLAUSES = ("claim_purity", "claim_recall", "omission_precision", "omission_recall")
"""Metrics that may change where claims are split by clauses; those of pairs do not."""
PREFIX = 8
"""Characters of an event's id in the names of its metrics, where they identify it."""


@dataclass(frozen=True)
class Overlap:
    """Numbers of gold pairs, predicted pairs, and pairs that are both: what precision, recall and F1 are made of."""

    gold: int
    predicted: int
    both: int


@dataclass(frozen=True)
class EventScore:
    """What one event adds to the metrics.

    Parameters
    ----------
    event : str
        Its id.
    scores, labels : ndarray of shape (n_listed,)
        Probability of every listed pair that is not disputed, and whether it is gold.
    n_missed, n_unlisted : int
        Gold pairs that are not listed, and all pairs that are not: they rank last, all at once.
    overlaps : dict of str to Overlap
        Of pairs: all, equivalent, partial, within claims.
    omissions : OmissionScore
        Of its sentences and outlets.
    """

    event: str
    scores: np.ndarray
    labels: np.ndarray
    n_missed: int
    n_unlisted: int
    overlaps: Mapping[str, Overlap]
    omissions: OmissionScore


def events_of(alignment: Alignment) -> list[str]:
    """Return the events of the alignment's articles, sorted."""
    return sorted({article.event for article in alignment.sentences.articles})


def score_alignment(
    truth: Alignment, alignments: Iterable[Alignment], *, curve: AbsenceCurve | None = None
) -> dict[str, Any]:
    """Return the pooled metrics of `evaluate_alignment` for alignments of events (with claims) against gold pairs.

    Parameters
    ----------
    truth : Alignment
        Gold pairs; disputed ones count neither way.
    alignments : iterable of Alignment
        One per event, with claims; gold of other events does not count.
    curve : AbsenceCurve, optional
        By which omissions are called; None takes the default.

    Returns
    -------
    dict of str to float
        None where a metric is not defined.
    """
    return pool_scores(score_events(truth, alignments, curve=curve))


def score_events(
    truth: Alignment, alignments: Iterable[Alignment], *, curve: AbsenceCurve | None = None
) -> list[EventScore]:
    """Return what every event adds to the metrics, in the order of `alignments`."""
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    return [_score_event(relation, alignment, curve or AbsenceCurve()) for alignment in alignments]


def pool_scores(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return the metrics over all pairs of `events`; None where one is not defined."""
    metrics = _weighted_metrics(events, np.ones((1, len(events))))
    return {name: _finite(values[0]) for name, values in metrics.items()} | {
        "n_events": len(events),
        "n_gold_pairs": sum(event.overlaps["all"].gold for event in events),
        "n_omissions": sum(event.omissions.n_true for event in events),
        "n_omissions_called": sum(event.omissions.n_called for event in events),
    }


def score_clauses(
    truth: Alignment, alignments: Sequence[Alignment], *, curve: AbsenceCurve | None = None
) -> dict[str, Any]:
    """Return the metrics of claims that were split by clauses, as ``clauses_<metric>``, with bounds.

    Parameters
    ----------
    truth : Alignment
        Gold pairs of whole sentences: an outlet has an omitted sentence where it tells one of its claims, be it a clause.
    alignments : sequence of Alignment
        One per event, from `split_claims`.
    curve : AbsenceCurve, optional
        By which omissions are called; None takes the default.

    Returns
    -------
    dict of str to float
        `OF_CLAUSES`, and ``clauses_n_claims``: number of claims that clauses tell.
    """
    events = score_events(truth, alignments, curve=curve)
    values = pool_scores(events) | bound_scores(events)
    names = [f"{metric}{bound}" for metric in OF_CLAUSES for bound in ("", "_low", "_high")]
    n_claims = sum(len(one.clauses.claims) for one in alignments if one.clauses is not None)
    return {f"clauses_{name}": values[name] for name in names if name in values} | {
        "clauses_n_claims": n_claims
    }


def bound_scores(events: Sequence[EventScore], *, seed: int = 0, draws: int = DRAWS) -> dict[str, float]:
    """Return ``<metric>_low`` and ``<metric>_high``: 95 % percentile intervals, whole events drawn with replacement.

    Parameters
    ----------
    events : sequence of EventScore
        With fewer than two there is no interval.
    seed : int
        Of the draws.
    draws : int
        Number of draws.

    Returns
    -------
    dict of str to float
        Of all metrics of `pool_scores` that are defined, but for numbers (``n_...``). Calibration errors of draws are
        somewhat above that of all events, since noise adds to them.
    """
    if len(events) < 2:
        return {}
    return _bounds(_weighted_metrics(events, _draw_weights(len(events), seed, draws)))


def describe_events(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return ``event.<id>.<metric>`` for every event; ids are cut to eight characters where these identify them."""
    ids = [event.event for event in events]
    short = [id[:PREFIX] for id in ids]
    names = short if len(set(short)) == len(ids) else ids
    metrics: dict[str, Any] = {}
    for name, event in zip(names, events, strict=True):
        pooled = pool_scores([event])
        del pooled["n_events"]
        n_pairs = len(event.scores) + event.n_unlisted
        of_event = {"n_pairs": n_pairs, "n_gold_pairs": pooled["n_gold_pairs"], **pooled}
        metrics |= {f"event.{name}.{metric}": value for metric, value in of_event.items()}
    return metrics


def score_annotators(annotators: Sequence[Alignment], alignments: Sequence[Alignment]) -> dict[str, Any]:
    """Return how alignments of events agree with each of several annotators, and the mean over annotators.

    Parameters
    ----------
    annotators : sequence of Alignment
        What each of them aligned; no pair is disputed.
    alignments : sequence of Alignment
        One per event, with claims.

    Returns
    -------
    dict of str to float
        ``annotator_1_f1``, ``annotator_1_average_precision``, ``annotator_2_...``; ``annotator_mean_f1`` and
        ``annotator_mean_average_precision``: their means; with ``_low`` and ``_high``, events drawn as by
        `bound_scores`, all annotations of an event together.
    """
    scored = [score_events(gold, alignments) for gold in annotators]

    def against(weights: np.ndarray) -> dict[str, np.ndarray]:
        by_annotator = [_weighted_metrics(events, weights) for events in scored]
        values: dict[str, np.ndarray] = {}
        for name in ("f1", "average_precision"):
            values[f"annotator_mean_{name}"] = np.mean([metrics[name] for metrics in by_annotator], axis=0)
            values |= {f"annotator_{n}_{name}": metrics[name] for n, metrics in enumerate(by_annotator, 1)}
        return values

    metrics = against(np.ones((1, len(alignments))))
    bounds = _bounds(against(_draw_weights(len(alignments)))) if len(alignments) > 1 else {}
    return {name: _finite(values[0]) for name, values in metrics.items()} | bounds


def _score_event(relation: Mapping[PairKey, str], alignment: Alignment, curve: AbsenceCurve) -> EventScore:
    articles = {article.id for article in alignment.sentences.articles}
    of_event = {key: kind for key, kind in relation.items() if articles.issuperset((key[0][0], key[1][0]))}
    disputed = {key for key, kind in of_event.items() if kind == "disputed"}
    gold = set(of_event) - disputed
    probability = zip(alignment.keys(), alignment.probability.tolist(), strict=True)
    listed = {key: p for key, p in probability if key not in disputed}
    predicted = dict(zip(alignment.keys(), alignment.relation, strict=True))
    overlaps = {
        "all": _overlap(gold, {key for key, kind in predicted.items() if kind != "none"} - disputed),
        "claims": _overlap(gold, pairs_within_claims(alignment) - disputed),
    }
    for relation_kind in ("equivalent", "partial"):
        of_kind = {key for key in gold if of_event[key] == relation_kind}
        overlaps[relation_kind] = _overlap(
            of_kind, {key for key, kind in predicted.items() if kind == relation_kind} - disputed
        )
    return EventScore(
        alignment.sentences.articles[0].event,
        np.array(list(listed.values()), dtype=float),
        np.array([key in gold for key in listed], dtype=int),
        len(gold - set(listed)),
        _count_pairs(alignment.sentences) - len(listed) - len(disputed),
        overlaps,
        score_omissions(list_omission_units(of_event, alignment), curve),
    )


def _overlap(gold: set[PairKey], predicted: set[PairKey]) -> Overlap:
    return Overlap(len(gold), len(predicted), len(gold & predicted))


def _count_pairs(sentences: Sentences) -> int:
    """Return the number of cross-outlet pairs of an event: what is not listed was ranked last."""
    sizes = Counter(sentences.outlet)
    return (len(sentences) ** 2 - sum(size**2 for size in sizes.values())) // 2


def _overlap_of(event: EventScore, of: str) -> Overlap:
    if of == "omissions":
        return Overlap(event.omissions.n_true, event.omissions.n_called, event.omissions.n_right)
    return event.overlaps[of]


def _weighted_metrics(events: Sequence[EventScore], weights: np.ndarray) -> dict[str, np.ndarray]:
    """Return every metric for every row of `weights` (how often each event counts); NaN where it is not defined."""
    brier, ece = _calibration([(event.scores, event.labels) for event in events], weights)
    omissions = [(event.omissions.p_absent, event.omissions.lacks) for event in events]
    omission_brier, omission_ece = _calibration(omissions, weights)
    return {
        "average_precision": _average_precision(events, weights),
        "f1": _ratios(events, weights, "all", "f1"),
        "precision": _ratios(events, weights, "all", "precision"),
        "recall": _ratios(events, weights, "all", "recall"),
        "brier": brier,
        "ece": ece,
        "equivalent_f1": _ratios(events, weights, "equivalent", "f1"),
        "partial_f1": _ratios(events, weights, "partial", "f1"),
        "claim_purity": _ratios(events, weights, "claims", "precision"),
        "claim_recall": _ratios(events, weights, "claims", "recall"),
        "omission_precision": _ratios(events, weights, "omissions", "precision"),
        "omission_recall": _ratios(events, weights, "omissions", "recall"),
        "omission_brier": omission_brier,
        "omission_ece": omission_ece,
    }


def _draw_weights(n_events: int, seed: int = 0, draws: int = DRAWS) -> np.ndarray:
    """Return how often each event is drawn: ndarray of shape (draws, n_events)."""
    chosen = np.random.default_rng(seed).integers(n_events, size=(draws, n_events))
    return np.stack([np.bincount(draw, minlength=n_events) for draw in chosen]).astype(float)


def _bounds(drawn: Mapping[str, np.ndarray]) -> dict[str, float]:
    bounds = {}
    for name, values in drawn.items():
        defined = values[np.isfinite(values)]
        if len(defined):
            bounds[f"{name}_low"], bounds[f"{name}_high"] = percentile_interval(defined)
    return bounds


def _ratios(events: Sequence[EventScore], weights: np.ndarray, of: str, metric: str) -> np.ndarray:
    """Return precision, recall or F1 for every row of `weights`."""
    overlaps = [_overlap_of(event, of) for event in events]
    gold, predicted, both = (
        weights @ np.array([getattr(overlap, name) for overlap in overlaps], dtype=float)
        for name in ("gold", "predicted", "both")
    )
    ratios = {"precision": (both, predicted), "recall": (both, gold), "f1": (2 * both, predicted + gold)}
    top, bottom = ratios[metric]
    return _divided(top, bottom)


def _calibration(
    stated: Sequence[tuple[np.ndarray, np.ndarray]], weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return Brier score and expected calibration error for every row of `weights`; `stated`: probabilities and labels."""
    n = weights @ np.array([len(p) for p, _ in stated], dtype=float)
    squares = weights @ np.array([np.sum((p - true) ** 2) for p, true in stated])
    gaps = weights @ np.array([calibration_gaps(p, true) for p, true in stated])
    return _divided(squares, n), _divided(np.abs(gaps).sum(axis=1), n)


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.divide(top, bottom, out=np.full(len(bottom), np.nan), where=bottom > 0)


def _average_precision(events: Sequence[EventScore], weights: np.ndarray) -> np.ndarray:
    """Return the average precision for every row of `weights`, ties ranked at once, unlisted pairs last."""
    scores, labels = _joined([event.scores for event in events]), _joined([event.labels for event in events])
    number = np.repeat(np.arange(len(events)), [len(event.scores) for event in events])
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)[: len(order)]
    n_missed, n_unlisted = (
        weights @ np.array([getattr(event, name) for event in events], dtype=float)
        for name in ("n_missed", "n_unlisted")
    )
    values = np.full(len(weights), np.nan)
    for draw, weight in enumerate(weights):
        hits = np.cumsum(weight[number[order]] * labels[order])[last]
        ranked = np.cumsum(weight[number[order]])[last]
        hits = np.append(hits, (hits[-1] if len(hits) else 0) + n_missed[draw])
        ranked = np.append(ranked, (ranked[-1] if len(ranked) else 0) + n_unlisted[draw])
        if hits[-1]:
            values[draw] = np.sum(np.diff(hits, prepend=0.0) * hits / np.maximum(ranked, 1)) / hits[-1]
    return values


def _joined(columns: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(columns) if columns else np.zeros(0)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
