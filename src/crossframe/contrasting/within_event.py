"""Outlet against outlet within one event: stance by actor and voice, contrasts within claims, frames."""

from collections.abc import Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any, NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.records import AUTHOR, Alignment, Annotation, Claim, Copies, Estimates
from crossframe.statistics.intervals import DRAWS, percentile_interval

QUOTED = "quoted"
VOICES = (AUTHOR, QUOTED)
COPY = "; copy: not independent"
"""Ends the method of every difference to which an outlet that prints a copy is a side."""
Row = dict[str, Any]


def summarise_event(
    stance: Annotation,
    frames: Annotation,
    alignment: Alignment,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Describe one event: stance per outlet, actor and voice, differences, contrasts within claims, frames.

    Parameters
    ----------
    stance : Annotation
        Of mentions (spans), labels negative, neutral, positive.
    frames : Annotation
        Of articles.
    alignment : Alignment
        With claims; its sentences say which outlet an article is of.
    copies : Copies
        Wire copy; a difference to which a copying outlet is a side is marked in ``method``, and copies take no part in
        contrasts within claims.
    event : str
        Id of the event.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Description only: one article is one draw, so no p- and no q-values. The interval of a stance says how far
        the mean score depends on the sentences it is made of and on the classifier's doubt: every draw takes
        sentences with replacement and a label for each mention from its probabilities (from a single sentence only
        the labels are drawn, and ``method`` says so).

    Notes
    -----
    Quantities: ``stance`` and ``stance_difference`` (outlet, actor, voice: the author's own, or all quoted ones);
    ``stance_difference_in_claims`` (the same, mean over the claims in which directly aligned sentences of both outlets
    name the actor); ``claim_contrast`` (the greatest of those differences within a claim); ``frame`` and
    ``frame_difference``. Who speaks is told by `summarise_voices`.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in alignment.sentences.articles}
    copying = frozenset(copies.sources(outlet_of))
    rows = _stance_rows(stance, outlet_of, copying, rng)
    rows += _claim_rows(stance, alignment, copying, rng)
    rows += _frame_rows(frames, outlet_of, copying)
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


# --- stance ---------------------------------------------------------------------------------------------


def _stance_rows(
    stance: Annotation, outlet_of: dict[str, str], copying: frozenset[str], rng: np.random.Generator
) -> list[Row]:
    cells: dict[tuple[str, str], dict[str, list[int]]] = {}
    for number, unit in enumerate(stance.units.rows()):
        cells.setdefault((unit["actor"], _voice(unit["voice"])), {}).setdefault(
            outlet_of[unit["article"]], []
        ).append(number)
    rows = []
    for (actor, voice), by_outlet in sorted(cells.items()):
        draws = {}
        for outlet in sorted(by_outlet):
            units = by_outlet[outlet]
            mean, draws[outlet] = _mean_and_draws(stance, units, rng)
            rows.append(
                _row("stance", mean, draws[outlet], units, stance, outlet=outlet, actor=actor, voice=voice)
            )
        for one, other in combinations(sorted(by_outlet), 2):
            units = by_outlet[one] + by_outlet[other]
            gap = _score(stance, by_outlet[one]).mean() - _score(stance, by_outlet[other]).mean()
            row = _row(
                "stance_difference", float(gap), draws[one] - draws[other], units, stance,
                outlet=one, reference=other, actor=actor, voice=voice,
            )  # fmt: skip
            row["method"] += COPY if copying & {one, other} else ""
            rows.append(row)
    return rows


def _claim_rows(
    stance: Annotation, alignment: Alignment, copying: frozenset[str], rng: np.random.Generator
) -> list[Row]:
    mentions = _rows_of_mentions(stance, alignment)
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    decided = [(a, b) for a, b, relation in pairs if relation not in ("none", "disputed")]
    linked = {*decided, *((b, a) for a, b in decided)}
    rows: list[Row] = []
    paired: dict[tuple[str, str, str, str], dict[tuple[int, ...], _Gap]] = {}
    for claim in alignment.claims:
        for (actor, voice), told in sorted(_told(claim, stance, alignment, mentions, copying).items()):
            gaps = [
                _gap(stance, one, other, told, rng)
                for one, other in combinations(sorted(told), 2)
                if not linked.isdisjoint(product(told[one], told[other]))
            ]
            for gap in gaps:
                of_pair = paired.setdefault((actor, voice, gap.outlet, gap.reference), {})
                of_pair.setdefault(tuple(gap.units), gap)  # the same mentions may meet in several claims
            greatest = max(gaps, key=lambda gap: abs(round(gap.value, 4)), default=None)
            if greatest and greatest.value:
                rows.append(_contrast(stance, greatest, actor=actor, voice=voice, claim=claim.id))
    for (actor, voice, one, other), gaps_of in sorted(paired.items()):
        found = list(gaps_of.values())
        value = float(np.mean([gap.value for gap in found]))
        draws = np.mean([gap.draws for gap in found], axis=0)
        units = sorted(set(chain(*(gap.units for gap in found))))
        row = _row(
            "stance_difference_in_claims", value, draws, units, stance,
            outlet=one, reference=other, actor=actor, voice=voice,
        )  # fmt: skip
        rows.append(row)
    return rows


def _told(
    claim: Claim,
    stance: Annotation,
    alignment: Alignment,
    mentions: Mapping[int, list[int]],
    copying: frozenset[str],
) -> dict[tuple[str, str], dict[str, dict[int, list[int]]]]:
    """Return by actor and voice, by outlet, which rows of a claim name the actor, and their judged mentions."""
    told: dict[tuple[str, str], dict[str, dict[int, list[int]]]] = {}
    for row in claim.rows:
        outlet = alignment.sentences.outlet[row]
        if outlet in copying:
            continue
        for number in mentions.get(row, ()):
            key = stance.units.actor[number], _voice(stance.units.voice[number])
            told.setdefault(key, {}).setdefault(outlet, {}).setdefault(row, []).append(number)
    return told


class _Gap(NamedTuple):
    """Mean score of `outlet` minus that of `reference` toward an actor within a claim."""

    outlet: str
    reference: str
    value: float
    draws: np.ndarray
    units: list[int]


def _gap(
    stance: Annotation,
    one: str,
    other: str,
    told: Mapping[str, Mapping[int, list[int]]],
    rng: np.random.Generator,
) -> _Gap:
    sides = [list(chain(*told[side].values())) for side in (one, other)]
    (mean, draws), (mean_other, draws_other) = (_mean_and_draws(stance, units, rng) for units in sides)
    return _Gap(one, other, mean - mean_other, draws - draws_other, sides[0] + sides[1])


def _contrast(stance: Annotation, gap: _Gap, **where: str) -> Row:
    high, low = (gap.outlet, gap.reference) if gap.value > 0 else (gap.reference, gap.outlet)
    sign = 1 if gap.value > 0 else -1
    found = _row(
        "claim_contrast",
        sign * gap.value,
        sign * gap.draws,
        gap.units,
        stance,
        outlet=high,
        reference=low,
        **where,
    )
    found["method"] += "; outlets chosen as highest and lowest"
    return found


def _rows_of_mentions(stance: Annotation, alignment: Alignment) -> dict[int, list[int]]:
    """Return which judged mentions stand in each row of the sentences."""
    at: dict[int, list[int]] = {}
    for number, unit in enumerate(stance.units.rows()):
        at.setdefault(alignment.sentences.row(unit["article"], unit["sentence"]), []).append(number)
    return at


def _voice(voice: str) -> str:
    return AUTHOR if voice == AUTHOR else QUOTED


def _score(stance: Annotation, units: Sequence[int]) -> np.ndarray:
    rounded = np.round(stance.scores[list(units)], 4)
    score: np.ndarray = (
        rounded[:, stance.labels.index("positive")] - rounded[:, stance.labels.index("negative")]
    )
    return score


def _mean_and_draws(
    stance: Annotation, units: Sequence[int], rng: np.random.Generator
) -> tuple[float, np.ndarray]:
    """Return the mean score of mentions and its draws: sentences redrawn, labels drawn from their probabilities."""
    keys = [(stance.units.article[i], int(stance.units.sentence[i])) for i in units]
    number = {key: i for i, key in enumerate(sorted(set(keys)))}
    sentence = np.array([number[key] for key in keys])
    value = np.array([{"negative": -1.0, "positive": 1.0}.get(label, 0.0) for label in stance.labels])
    cumulative = np.cumsum(stance.scores[list(units)], axis=1)
    pick = (rng.random((DRAWS, len(units), 1)) * cumulative[:, -1:] > cumulative).sum(axis=2)
    drawn = value[np.minimum(pick, len(value) - 1)]
    chosen = rng.integers(len(number), size=(DRAWS, len(number)))
    times = np.zeros((DRAWS, len(number)))
    np.add.at(times, (np.arange(DRAWS)[:, None], chosen), 1)
    weight = times[:, sentence]
    return float(_score(stance, units).mean()), (weight * drawn).sum(axis=1) / weight.sum(axis=1)


def _row(
    quantity: str, estimate: float, draws: np.ndarray, units: Sequence[int], stance: Annotation, **where: str
) -> Row:
    low, high = percentile_interval(draws)
    articles = {stance.units.article[i] for i in units}
    sentences = {(stance.units.article[i], int(stance.units.sentence[i])) for i in units}
    how = (
        "sentence bootstrap with drawn labels"
        if len(sentences) > 1 + ("reference" in where)
        else "drawn labels, sentences not redrawn"
    )
    return {
        "quantity": quantity, **where, "estimate": estimate, "low": min(low, estimate), "high": max(high, estimate),
        "n_units": len(units), "n_articles": len(articles), "method": f"{how}, {DRAWS}",
    }  # fmt: skip


# --- frames ---------------------------------------------------------------------------------------------


def _frame_rows(frames: Annotation, outlet_of: dict[str, str], copying: frozenset[str]) -> list[Row]:
    articles: dict[str, list[int]] = {}
    for number, article in enumerate(frames.units.article):
        articles.setdefault(outlet_of[article], []).append(number)
    rows = []
    scores = np.round(frames.scores, 4)
    for column, frame in enumerate(frames.labels):
        mean = {outlet: float(scores[units, column].mean()) for outlet, units in sorted(articles.items())}
        for outlet, value in mean.items():
            rows.append(_frame_row("frame", value, len(articles[outlet]), frame, outlet, ""))
        for one, other in combinations(mean, 2):
            n = len(articles[one]) + len(articles[other])
            row = _frame_row("frame_difference", mean[one] - mean[other], n, frame, one, other)
            row["method"] += COPY if copying & {one, other} else ""
            rows.append(row)
    return rows


def _frame_row(quantity: str, value: float, n: int, frame: str, outlet: str, reference: str) -> Row:
    return {
        "quantity": quantity, "outlet": outlet, "reference": reference, "frame": frame, "estimate": value,
        "n_units": n, "n_articles": n, "method": "classifier's probability; no interval from one article",
    }  # fmt: skip
