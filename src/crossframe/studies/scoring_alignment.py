"""Figures of alignments and claims against gold pairs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.records import Alignment, PairKey, Sentences
from crossframe.statistics.intervals import DRAWS, percentile_interval
from crossframe.statistics.metrics import expected_calibration_error, f1
from crossframe.studies.scoring_claims import (
    OmissionScore,
    list_omission_units,
    pairs_within_claims,
    score_omissions,
)

BOUNDED = ("average_precision", "f1", "claim_purity", "claim_recall", "omission_precision", "omission_recall")
"""Figures that are given with an interval over events."""
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
    """Return the figures over all pairs of `events`."""
    times = np.ones((1, len(events)))
    scores, labels = _joined([one.scores for one in events]), _joined([one.labels for one in events])
    p_absent = _joined([one.omissions.p_absent for one in events])
    lacks = _joined([one.omissions.lacks for one in events])
    pairs = _total(events, "all")
    return {
        "average_precision": _first(_average_precision(events, times)),
        "f1": f1(_ratio(pairs.both, pairs.found) or 0.0, _ratio(pairs.both, pairs.gold) or 0.0),
        "precision": _ratio(pairs.both, pairs.found) or 0.0,
        "recall": _ratio(pairs.both, pairs.gold) or 0.0,
        "brier": float(np.mean((scores - labels) ** 2)) if len(scores) else None,
        "ece": expected_calibration_error(scores, labels) if len(scores) else None,
        "equivalent_f1": _first(_ratios(events, times, "equivalent", "f1")) or 0.0,
        "partial_f1": _first(_ratios(events, times, "partial", "f1")) or 0.0,
        "claim_purity": _first(_ratios(events, times, "claims", "precision")) or 0.0,
        "claim_recall": _first(_ratios(events, times, "claims", "recall")) or 0.0,
        "omission_precision": _first(_ratios(events, times, "omissions", "precision")),
        "omission_recall": _first(_ratios(events, times, "omissions", "recall")),
        "omission_brier": float(np.mean((p_absent - lacks) ** 2)) if len(lacks) else None,
        "omission_ece": expected_calibration_error(p_absent, lacks) if len(lacks) else None,
        "n_events": len(events),
        "n_gold_pairs": pairs.gold,
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
        Of the figures in `BOUNDED` that are defined.
    """
    if len(events) < 2:
        return {}
    chosen = np.random.default_rng(seed).integers(len(events), size=(draws, len(events)))
    times = np.stack([np.bincount(draw, minlength=len(events)) for draw in chosen]).astype(float)
    drawn = {
        "average_precision": _average_precision(events, times),
        "f1": _ratios(events, times, "all", "f1"),
        "claim_purity": _ratios(events, times, "claims", "precision"),
        "claim_recall": _ratios(events, times, "claims", "recall"),
        "omission_precision": _ratios(events, times, "omissions", "precision"),
        "omission_recall": _ratios(events, times, "omissions", "recall"),
    }
    bounds = {}
    for name in BOUNDED:
        defined = drawn[name][np.isfinite(drawn[name])]
        if len(defined):
            bounds[f"{name}_low"], bounds[f"{name}_high"] = percentile_interval(defined)
    return bounds


def describe_events(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return ``event.<id>.<figure>`` for every event; ids are cut to eight characters where these tell them apart."""
    ids = [one.event for one in events]
    short = [id[:PREFIX] for id in ids]
    names = short if len(set(short)) == len(ids) else ids
    shown = ("average_precision", "f1", "claim_purity", "claim_recall")
    figures: dict[str, Any] = {}
    for name, one in zip(names, events, strict=True):
        pooled = pool_scores([one])
        figures[f"event.{name}.n_pairs"] = len(one.scores) + one.n_unlisted
        figures[f"event.{name}.n_gold_pairs"] = pooled["n_gold_pairs"]
        figures |= {f"event.{name}.{figure}": pooled[figure] for figure in shown}
    return figures


def decided_pairs(found: Iterable[Alignment]) -> set[PairKey]:
    return {
        key for one in found for key, kind in zip(one.keys(), one.relation, strict=True) if kind != "none"
    }


def share(part: set[PairKey], whole: set[PairKey]) -> float:
    return len(part) / len(whole) if whole else 0.0


def pair_f1(gold: set[PairKey], found: set[PairKey]) -> float:
    return f1(share(found & gold, found), share(found & gold, gold))


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


def _total(events: Sequence[EventScore], of: str) -> Share:
    shares = [_share_of(one, of) for one in events]
    return Share(sum(s.gold for s in shares), sum(s.found for s in shares), sum(s.both for s in shares))


def _ratios(events: Sequence[EventScore], times: np.ndarray, of: str, figure: str) -> np.ndarray:
    """Return precision, recall or F1 for every row of `times` (how often each event counts); NaN if undefined."""
    shares = [_share_of(one, of) for one in events]
    gold, found, both = (
        times @ np.array([getattr(one, name) for one in shares], dtype=float)
        for name in ("gold", "found", "both")
    )
    top, bottom = {"precision": (both, found), "recall": (both, gold), "f1": (2 * both, found + gold)}[figure]
    return np.divide(top, bottom, out=np.full(len(times), np.nan), where=bottom > 0)


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


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _first(values: np.ndarray) -> float | None:
    return float(values[0]) if np.isfinite(values[0]) else None
