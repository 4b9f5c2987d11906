"""Outlet against outlet: one event described, several events estimated with the event as the unit."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.records import AUTHOR, Alignment, Annotation, Copies, Estimates, Spans
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio, cluster_t_interval, percentile_interval
from crossframe.statistics.tests import LEAST_EVENTS, benjamini_hochberg, sign_flip_p_value

QUOTED = "quoted"
VOICES = (AUTHOR, QUOTED)
DIFFERENCES = {
    "stance": "stance_difference",
    "frame": "frame_difference",
    "claims_covered": "claims_covered_difference",
}
_COPY = "; copy: not independent"
_RANGES = {"stance": (-1.0, 1.0), "frame": (0.0, 1.0), "claims_covered": (0.0, 1.0)}
Row = dict[str, Any]


def summarise_event(
    stance: Annotation,
    frames: Annotation,
    quotes: Spans,
    alignment: Alignment,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Describe one event: stance per outlet, actor and voice, differences, contrasts within claims, voices, frames.

    Parameters
    ----------
    stance : Annotation
        Of mentions (spans), labels negative, neutral, positive.
    frames : Annotation
        Of articles.
    quotes : Spans
        Fragments of quotes with their speakers.
    alignment : Alignment
        With claims; its sentences say which outlet an article is of.
    copies : Copies
        Wire copy; a difference between a copy and its source is marked in ``method``.
    event : str
        Id of the event.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Description only: one article is one draw, so no p- and no q-values. The interval of a stance says how far
        the mean score depends on the sentences it is made of and on the classifier's doubt: every draw takes
        sentences with replacement and a label for each mention from its probabilities.

    Notes
    -----
    Quantities: ``stance`` and ``stance_difference`` (outlet, actor, voice: the author's own, or all quoted ones),
    ``claim_contrast`` (claim, actor, voice: highest minus lowest outlet, unless one copies the other), ``share_of_voice`` (outlet, speaker: share of
    the quoted characters), ``frame`` and ``frame_difference``.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in alignment.sentences.articles}
    copied = _copied_pairs(copies, outlet_of)
    rows = _stance_rows(stance, outlet_of, copied, rng)
    rows += _claim_rows(stance, alignment, copied, rng)
    rows += _voice_rows(quotes, outlet_of, rng)
    rows += _frame_rows(frames, outlet_of, copied)
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


# --- stance ---------------------------------------------------------------------------------------------


def _stance_rows(
    stance: Annotation, outlet_of: dict[str, str], copied: set[frozenset[str]], rng: np.random.Generator
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
            row["method"] += _COPY if frozenset((one, other)) in copied else ""
            rows.append(row)
    return rows


def _claim_rows(
    stance: Annotation, alignment: Alignment, copied: set[frozenset[str]], rng: np.random.Generator
) -> list[Row]:
    sentences = alignment.sentences
    at: dict[tuple[str, int], list[int]] = {}
    for number, unit in enumerate(stance.units.rows()):
        at.setdefault((unit["article"], unit["sentence"]), []).append(number)
    rows = []
    for claim in alignment.claims:
        cells: dict[tuple[str, str], dict[str, list[int]]] = {}
        for row in claim.rows:
            for number in at.get(sentences.key(row), ()):
                key = stance.units.actor[number], _voice(stance.units.voice[number])
                cells.setdefault(key, {}).setdefault(sentences.article_of(row).outlet, []).append(number)
        for (actor, voice), by_outlet in sorted(cells.items()):
            mean = {
                outlet: float(_score(stance, units).mean()) for outlet, units in sorted(by_outlet.items())
            }
            high = max(mean, key=lambda outlet: (round(mean[outlet], 4), outlet))
            low = min(mean, key=lambda outlet: (round(mean[outlet], 4), outlet))
            if round(mean[high], 4) == round(mean[low], 4) or frozenset((high, low)) in copied:
                continue
            draws = [_mean_and_draws(stance, by_outlet[outlet], rng)[1] for outlet in (high, low)]
            found = _row(
                "claim_contrast", mean[high] - mean[low], draws[0] - draws[1], by_outlet[high] + by_outlet[low],
                stance, outlet=high, reference=low, actor=actor, voice=voice, claim=claim.id,
            )  # fmt: skip
            found["method"] += "; outlets chosen as highest and lowest"
            rows.append(found)
    return rows


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
    return {
        "quantity": quantity, **where, "estimate": estimate, "low": min(low, estimate), "high": max(high, estimate),
        "n_units": len(units), "n_articles": len(articles), "method": f"sentence bootstrap with drawn labels, {DRAWS}",
    }  # fmt: skip


# --- voices and frames ----------------------------------------------------------------------------------


def _voice_rows(quotes: Spans, outlet_of: dict[str, str], rng: np.random.Generator) -> list[Row]:
    lengths: dict[str, dict[tuple[str, str], dict[str, float]]] = {}
    for row in quotes.rows():
        speaker = row["speaker"] or row["speaker_text"] or "unknown"
        of_outlet = lengths.setdefault(outlet_of[row["article"]], {})
        of_quote = of_outlet.setdefault((row["article"], row["quote"]), {"speaker": speaker, "length": 0.0})  # type: ignore[dict-item]
        of_quote["length"] += row["end"] - row["start"]
    rows = []
    for outlet, by_quote in sorted(lengths.items()):
        told = list(by_quote.values())
        length = np.array([one["length"] for one in told])
        for speaker in sorted({str(one["speaker"]) for one in told}):
            own = length * np.array([one["speaker"] == speaker for one in told])
            low, high = percentile_interval(bootstrap_ratio(own, length, rng))
            share = float(own.sum() / length.sum())
            rows.append(
                {
                    "quantity": "share_of_voice", "outlet": outlet, "voice": speaker, "estimate": share,
                    "low": min(low, share), "high": max(high, share), "n_units": int((own > 0).sum()),
                    "n_articles": len({article for article, _ in by_quote}),
                    "method": f"bootstrap over quotes, {DRAWS}",
                }
            )  # fmt: skip
    return rows


def _frame_rows(frames: Annotation, outlet_of: dict[str, str], copied: set[frozenset[str]]) -> list[Row]:
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
            row["method"] += _COPY if frozenset((one, other)) in copied else ""
            rows.append(row)
    return rows


def _frame_row(quantity: str, value: float, n: int, frame: str, outlet: str, reference: str) -> Row:
    return {
        "quantity": quantity, "outlet": outlet, "reference": reference, "frame": frame, "estimate": value,
        "n_units": n, "n_articles": n, "method": "classifier's probability; no interval from one article",
    }  # fmt: skip


def _copied_pairs(copies: Copies, outlet_of: dict[str, str]) -> set[frozenset[str]]:
    return {
        frozenset((outlet_of[article], outlet_of[source]))
        for article, source in zip(copies.article, copies.copy_of, strict=True)
        if source
    }


# --- over events ----------------------------------------------------------------------------------------


def compare_over_events(
    estimates: Sequence[Estimates], *, seed: int | np.random.Generator | None = 0
) -> Estimates:
    """Estimate over events: means of outlets, and differences paired within events.

    Parameters
    ----------
    estimates : sequence of Estimates
        One an event, from `summarise_event` (and `estimate_coverage`).
    seed : int, Generator or None
        Of the random flips beyond 14 events.

    Returns
    -------
    Estimates
        ``event`` is "". The event is the unit: intervals are cluster t with n_events - 1 degrees of freedom, tests
        flip the signs of the events' differences. Below six events there is no p-value, and ``method`` says so.
        q-values correct within each quantity (Benjamini and Hochberg). Differences between a copy and its source do
        not take part.
    """
    rng = check.check_seed(seed)
    single: dict[tuple[str, ...], list[Row]] = {}
    for one in estimates:
        for row in one.rows():
            if row["quantity"] in {*DIFFERENCES, *DIFFERENCES.values()} and not row["method"].endswith(_COPY):
                key = ("quantity", "outlet", "reference", "actor", "voice", "frame")
                single.setdefault(tuple(row[name] for name in key), []).append(row)
    rows = [_over_events(key, found, rng) for key, found in sorted(single.items())]
    for quantity in sorted(DIFFERENCES.values()):
        tested = [row for row in rows if row["quantity"] == quantity]
        q_values = benjamini_hochberg(np.array([row["p_value"] for row in tested], dtype=float))
        for row, q_value in zip(tested, q_values.tolist(), strict=True):
            row["q_value"] = q_value
    return Estimates.from_rows(rows)


def _over_events(key: tuple[str, ...], found: list[Row], rng: np.random.Generator) -> Row:
    quantity, outlet, reference, actor, voice, frame = key
    values = np.array([row["estimate"] for row in found])
    interval = cluster_t_interval(values)
    low, high = np.clip(interval[1:], *_range(quantity)).tolist()
    method = "cluster t over events" if len(values) > 1 else "one event: no interval"
    p_value = float("nan")
    if reference:
        p_value = sign_flip_p_value(values, seed=rng)
        method += "; sign-flip test" if len(values) >= LEAST_EVENTS else "; too few events for a test"
    return {
        "quantity": quantity, "outlet": outlet, "reference": reference, "actor": actor, "voice": voice,
        "frame": frame, "estimate": interval.estimate, "low": low, "high": high,
        "p_value": p_value, "n_units": sum(row["n_units"] for row in found),
        "n_articles": sum(row["n_articles"] for row in found), "n_events": len(found), "method": method,
    }  # fmt: skip


def _range(quantity: str) -> tuple[float, float]:
    """Return the least and the greatest value that a quantity can have; an interval ends there."""
    if quantity in _RANGES:
        return _RANGES[quantity]
    low, high = _RANGES[quantity.removesuffix("_difference")]
    return low - high, high - low
