"""Figures of alignments and claims against gold pairs."""

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

PREFIX = 8
"""Characters of an event's id that name it among the figures, where they tell the events apart."""


@dataclass(frozen=True)
class Share:
    """How many of the found are gold: what precision, recall and F1 are made of."""

    gold: int
    found: int
    both: int


@dataclass(frozen=True)
class EventScore:
    """What one event adds to the figures.

    Parameters
    ----------
    event : str
        Its id.
    scores, labels : ndarray of shape (n_listed,)
        Probability of every listed pair that is not disputed, and whether it is gold.
    n_missed, n_unlisted : int
        Gold pairs that are not listed, and all pairs that are not: they rank last, all at once.
    shares : dict of str to Share
        Of pairs: all, equivalent, partial, within claims.
    omissions : OmissionScore
        Of its sentences and outlets.
    """

    event: str
    scores: np.ndarray
    labels: np.ndarray
    n_missed: int
    n_unlisted: int
    shares: Mapping[str, Share]
    omissions: OmissionScore


def events_of(alignment: Alignment) -> list[str]:
    """Return the events of the alignment's articles, sorted."""
    return sorted({article.event for article in alignment.sentences.articles})


def score_alignment(
    truth: Alignment, found: Iterable[Alignment], *, curve: AbsenceCurve | None = None
) -> dict[str, Any]:
    """Return the pooled figures of `evaluate_alignment` for alignments of events (with claims) against gold pairs.

    Parameters
    ----------
    truth : Alignment
        Gold pairs; disputed ones count neither way.
    found : iterable of Alignment
        One an event, with claims; gold of other events is not looked at.
    curve : AbsenceCurve, optional
        By which omissions are called; None takes the default.

    Returns
    -------
    dict of str to float
        None where a figure is not defined.
    """
    return pool_scores(score_events(truth, found, curve=curve))


def score_events(
    truth: Alignment, found: Iterable[Alignment], *, curve: AbsenceCurve | None = None
) -> list[EventScore]:
    """Return what every event adds to the figures, in the order of `found`."""
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    return [_score_event(relation, one, curve or AbsenceCurve()) for one in found]


def pool_scores(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return the figures over all pairs of `events`; None where one is not defined."""
    once = _figures(events, np.ones((1, len(events))))
    return {name: _finite(values[0]) for name, values in once.items()} | {
        "n_events": len(events),
        "n_gold_pairs": sum(one.shares["all"].gold for one in events),
        "n_omissions": sum(one.omissions.n_true for one in events),
        "n_omissions_called": sum(one.omissions.n_called for one in events),
    }


def bound_scores(events: Sequence[EventScore], *, seed: int = 0, draws: int = DRAWS) -> dict[str, float]:
    """Return ``<figure>_low`` and ``<figure>_high``: 95 % percentile intervals, whole events drawn with replacement.

    Parameters
    ----------
    events : sequence of EventScore
        With fewer than two there is no interval.
    seed : int
        Of the draws.
    draws : int
        How many.

    Returns
    -------
    dict of str to float
        Of all figures of `pool_scores` that are defined, but for numbers (``n_...``). Calibration errors of draws lie
        somewhat above that of all events, since noise adds to them.
    """
    if len(events) < 2:
        return {}
    return _bounds(_figures(events, _draw_times(len(events), seed, draws)))


def describe_events(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return ``event.<id>.<figure>`` for every event; ids are cut to eight characters where these tell them apart."""
    ids = [one.event for one in events]
    short = [id[:PREFIX] for id in ids]
    names = short if len(set(short)) == len(ids) else ids
    figures: dict[str, Any] = {}
    for name, one in zip(names, events, strict=True):
        pooled = pool_scores([one])
        del pooled["n_events"]
        told = {"n_pairs": len(one.scores) + one.n_unlisted, "n_gold_pairs": pooled["n_gold_pairs"], **pooled}
        figures |= {f"event.{name}.{figure}": value for figure, value in told.items()}
    return figures


def score_readings(readings: Sequence[Alignment], found: Sequence[Alignment]) -> dict[str, Any]:
    """Return how alignments of events agree with each of several readings of them, and the mean over readings.

    Parameters
    ----------
    readings : sequence of Alignment
        What each reader aligned; no pair is disputed.
    found : sequence of Alignment
        One an event, with claims.

    Returns
    -------
    dict of str to float
        ``reader_1_f1``, ``reader_1_average_precision``, ``reader_2_...``; ``reader_f1`` and
        ``reader_average_precision``: their means; with ``_low`` and ``_high``, events drawn as by `bound_scores`, all
        readings of an event together.
    """
    scored = [score_events(reading, found) for reading in readings]

    def against(times: np.ndarray) -> dict[str, np.ndarray]:
        each = [_figures(events, times) for events in scored]
        told: dict[str, np.ndarray] = {}
        for name in ("f1", "average_precision"):
            told[f"reader_{name}"] = np.mean([one[name] for one in each], axis=0)
            told |= {f"reader_{n}_{name}": one[name] for n, one in enumerate(each, 1)}
        return told

    once = against(np.ones((1, len(found))))
    bounds = _bounds(against(_draw_times(len(found)))) if len(found) > 1 else {}
    return {name: _finite(values[0]) for name, values in once.items()} | bounds


def _score_event(relation: Mapping[PairKey, str], found: Alignment, curve: AbsenceCurve) -> EventScore:
    articles = {article.id for article in found.sentences.articles}
    of_event = {key: kind for key, kind in relation.items() if articles.issuperset((key[0][0], key[1][0]))}
    disputed = {key for key, kind in of_event.items() if kind == "disputed"}
    gold = set(of_event) - disputed
    listed = {
        key: p for key, p in zip(found.keys(), found.probability.tolist(), strict=True) if key not in disputed
    }
    kinds = dict(zip(found.keys(), found.relation, strict=True))
    shares = {
        "all": _share(gold, {key for key, kind in kinds.items() if kind != "none"} - disputed),
        "claims": _share(gold, pairs_within_claims(found) - disputed),
    }
    for kind in ("equivalent", "partial"):
        truly = {key for key in gold if of_event[key] == kind}
        shares[kind] = _share(truly, {key for key, one in kinds.items() if one == kind} - disputed)
    return EventScore(
        found.sentences.articles[0].event,
        np.array(list(listed.values()), dtype=float),
        np.array([key in gold for key in listed], dtype=int),
        len(gold - set(listed)),
        _count_pairs(found.sentences) - len(listed) - len(disputed),
        shares,
        score_omissions(list_omission_units(of_event, found), curve),
    )


def _share(gold: set[PairKey], found: set[PairKey]) -> Share:
    return Share(len(gold), len(found), len(gold & found))


def _count_pairs(sentences: Sentences) -> int:
    """Return the number of cross-outlet pairs of an event: what is not listed was ranked last."""
    sizes = Counter(sentences.outlet)
    return (len(sentences) ** 2 - sum(size**2 for size in sizes.values())) // 2


def _share_of(event: EventScore, of: str) -> Share:
    if of == "omissions":
        return Share(event.omissions.n_true, event.omissions.n_called, event.omissions.n_right)
    return event.shares[of]


def _figures(events: Sequence[EventScore], times: np.ndarray) -> dict[str, np.ndarray]:
    """Return every figure for every row of `times` (how often each event counts); NaN where it is not defined."""
    brier, ece = _calibration([(one.scores, one.labels) for one in events], times)
    omissions = [(one.omissions.p_absent, one.omissions.lacks) for one in events]
    omission_brier, omission_ece = _calibration(omissions, times)
    return {
        "average_precision": _average_precision(events, times),
        "f1": _ratios(events, times, "all", "f1"),
        "precision": _ratios(events, times, "all", "precision"),
        "recall": _ratios(events, times, "all", "recall"),
        "brier": brier,
        "ece": ece,
        "equivalent_f1": _ratios(events, times, "equivalent", "f1"),
        "partial_f1": _ratios(events, times, "partial", "f1"),
        "claim_purity": _ratios(events, times, "claims", "precision"),
        "claim_recall": _ratios(events, times, "claims", "recall"),
        "omission_precision": _ratios(events, times, "omissions", "precision"),
        "omission_recall": _ratios(events, times, "omissions", "recall"),
        "omission_brier": omission_brier,
        "omission_ece": omission_ece,
    }


def _draw_times(n_events: int, seed: int = 0, draws: int = DRAWS) -> np.ndarray:
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


def _ratios(events: Sequence[EventScore], times: np.ndarray, of: str, figure: str) -> np.ndarray:
    """Return precision, recall or F1 for every row of `times`."""
    shares = [_share_of(one, of) for one in events]
    gold, found, both = (
        times @ np.array([getattr(one, name) for one in shares], dtype=float)
        for name in ("gold", "found", "both")
    )
    top, bottom = {"precision": (both, found), "recall": (both, gold), "f1": (2 * both, found + gold)}[figure]
    return _divided(top, bottom)


def _calibration(
    rated: Sequence[tuple[np.ndarray, np.ndarray]], times: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return Brier score and expected calibration error for every row of `times`."""
    n = times @ np.array([len(stated) for stated, _ in rated], dtype=float)
    squares = times @ np.array([np.sum((stated - true) ** 2) for stated, true in rated])
    gaps = times @ np.array([calibration_gaps(stated, true) for stated, true in rated])
    return _divided(squares, n), _divided(np.abs(gaps).sum(axis=1), n)


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.divide(top, bottom, out=np.full(len(bottom), np.nan), where=bottom > 0)


def _average_precision(events: Sequence[EventScore], times: np.ndarray) -> np.ndarray:
    """Return the average precision for every row of `times`, ties ranked at once, unlisted pairs last."""
    scores, labels = _joined([one.scores for one in events]), _joined([one.labels for one in events])
    number = np.repeat(np.arange(len(events)), [len(one.scores) for one in events])
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)[: len(order)]
    n_missed, n_unlisted = (
        times @ np.array([getattr(one, name) for one in events], dtype=float)
        for name in ("n_missed", "n_unlisted")
    )
    values = np.full(len(times), np.nan)
    for draw, weight in enumerate(times):
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
