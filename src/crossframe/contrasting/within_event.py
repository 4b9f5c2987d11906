"""Outlet against outlet within one event: stance by actor and voice, contrasts within claims, frames."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product
from typing import NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import (
    Estimate,
    Measure,
    Subject,
    collect_estimates,
    group_mentions,
    kind_of_voice,
)
from crossframe.records import Alignment, Annotation, Claim, Copies, Estimates
from crossframe.statistics.intervals import DRAWS


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
        With claims; its sentences hold the articles of the event.
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
        the labels are drawn, and ``method`` notes it).

    Notes
    -----
    Quantities: ``stance`` and ``stance_difference`` (outlet, actor, voice: the author's own, or all quoted ones);
    ``stance_difference_in_claims`` (the same, mean over the claims in which directly aligned sentences of both outlets
    name the actor); ``claim_contrast`` (the greatest of those differences within a claim); ``frame`` and
    ``frame_difference``. Who speaks is estimated by `summarise_voices`.
    """
    outlet_of = {article.id: article.outlet for article in alignment.sentences.articles}
    copying = frozenset(copies.sources(outlet_of))
    mentions = _Mentions(stance, check.check_seed(seed))
    rows = [
        *_compare_stance(mentions, outlet_of),
        *_compare_in_claims(mentions, alignment, copying),
        *_compare_frames(frames, outlet_of),
    ]
    return collect_estimates(rows, event=event, copying=copying)


# --- stance ---------------------------------------------------------------------------------------------


class _Mentions:
    """Judged mentions; cells are lists of their numbers."""

    def __init__(self, stance: Annotation, rng: np.random.Generator) -> None:
        self.units = stance.units
        self.sentence_of = list(zip(stance.units.article, stance.units.sentence.tolist(), strict=True))
        self.score = stance.score
        self.cumulative = np.cumsum(stance.scores, axis=1)
        self.value = np.array(
            [{"negative": -1.0, "positive": 1.0}.get(label, 0.0) for label in stance.labels]
        )
        self.rng = rng

    def measure(self, cell: Sequence[int]) -> Measure:
        """Return the mean score and its draws: sentences redrawn, labels drawn from their probabilities."""
        number = {key: i for i, key in enumerate(sorted({self.sentence_of[i] for i in cell}))}
        sentence = np.array([number[self.sentence_of[i]] for i in cell])
        cumulative = self.cumulative[list(cell)]
        pick = (self.rng.random((DRAWS, len(cell), 1)) * cumulative[:, -1:] > cumulative).sum(axis=2)
        label = self.value[np.minimum(pick, len(self.value) - 1)]
        chosen = self.rng.integers(len(number), size=(DRAWS, len(number)))
        times = np.zeros((DRAWS, len(number)))
        np.add.at(times, (np.arange(DRAWS)[:, None], chosen), 1)
        weight = times[:, sentence]
        draws = (weight * label).sum(axis=1) / weight.sum(axis=1)
        mean = float(self.score[list(cell)].mean())
        return Measure(mean, draws, len(cell), self.count_articles(cell))

    def count_articles(self, cell: Sequence[int]) -> int:
        return len({self.units.article[i] for i in cell})

    def estimate(self, subject: Subject, measure: Measure, cell: Sequence[int]) -> Estimate:
        """Return the row of what was measured on the mentions of `cell`."""
        n_sentences = len({self.sentence_of[i] for i in cell})
        how = (
            "sentence bootstrap with drawn labels"
            if n_sentences > 1 + bool(subject.reference)
            else "drawn labels, sentences not redrawn"
        )
        return Estimate.of_measure(subject, measure, f"{how}, {DRAWS}")


def _compare_stance(mentions: _Mentions, outlet_of: Mapping[str, str]) -> Iterator[Estimate]:
    units = mentions.units
    outlets = [outlet_of[article] for article in units.article]
    for (actor, voice), cells in group_mentions(units.actor, units.voice, outlets):
        measures = {}
        for outlet, cell in cells.items():
            measures[outlet] = mentions.measure(cell)
            yield mentions.estimate(
                Subject("stance", outlet, actor=actor, voice=voice), measures[outlet], cell
            )
        for one, other in combinations(cells, 2):
            subject = Subject("stance_difference", one, other, actor, voice)
            yield mentions.estimate(subject, measures[one] - measures[other], cells[one] + cells[other])


# --- stance within claims -------------------------------------------------------------------------------

_ByRow = dict[int, list[int]]
"""Numbers of mentions by the row of their sentence."""


class _Gap(NamedTuple):
    """Mean score of `outlet` minus that of `reference` toward an actor within a claim, and the mentions in it."""

    outlet: str
    reference: str
    measure: Measure
    cell: list[int]


def _compare_in_claims(
    mentions: _Mentions, alignment: Alignment, copying: frozenset[str]
) -> Iterator[Estimate]:
    """Yield the greatest contrast of every claim, then the means over claims of the differences within them."""
    by_row = _mentions_by_row(mentions, alignment)
    linked = _linked_rows(alignment)
    gaps_of: dict[tuple[str, str, str, str], dict[tuple[int, ...], _Gap]] = {}
    for claim in alignment.claims:
        for (actor, voice), by_outlet in _mentions_in_claim(claim, mentions, alignment, by_row, copying):
            gaps = [
                _measure_gap(mentions, one, other, by_outlet)
                for one, other in combinations(sorted(by_outlet), 2)
                if not linked.isdisjoint(product(by_outlet[one], by_outlet[other]))
            ]
            for gap in gaps:
                known = gaps_of.setdefault((actor, voice, gap.outlet, gap.reference), {})
                known.setdefault(tuple(gap.cell), gap)  # the same mentions may meet in several claims
            greatest = max(gaps, key=lambda gap: abs(round(gap.measure.value, 4)), default=None)
            if greatest and greatest.measure.value:
                yield _contrast(mentions, greatest, actor, voice, claim.id)
    for (actor, voice, one, other), known in sorted(gaps_of.items()):
        measures = [gap.measure for gap in known.values()]
        cell = sorted(set(chain(*(gap.cell for gap in known.values()))))
        mean = Measure(
            float(np.mean([measure.value for measure in measures])),
            np.mean([measure.draws for measure in measures], axis=0),
            len(cell),
            mentions.count_articles(cell),
        )
        yield mentions.estimate(Subject("stance_difference_in_claims", one, other, actor, voice), mean, cell)


def _mentions_by_row(mentions: _Mentions, alignment: Alignment) -> _ByRow:
    by_row: _ByRow = {}
    for number, key in enumerate(mentions.sentence_of):
        by_row.setdefault(alignment.sentences.row(*key), []).append(number)
    return by_row


def _linked_rows(alignment: Alignment) -> set[tuple[int, int]]:
    """Return the pairs of rows that are aligned, both ways."""
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    aligned = [(left, right) for left, right, relation in pairs if relation not in ("none", "disputed")]
    return {*aligned, *((right, left) for left, right in aligned)}


def _mentions_in_claim(
    claim: Claim, mentions: _Mentions, alignment: Alignment, by_row: _ByRow, copying: frozenset[str]
) -> list[tuple[tuple[str, str], dict[str, _ByRow]]]:
    """Return by actor and kind of voice, by outlet, the mentions in each row of a claim; copies are left out."""
    cells: dict[tuple[str, str], dict[str, _ByRow]] = {}
    for row in claim.rows:
        outlet = alignment.sentences.outlet[row]
        if outlet in copying:
            continue
        for number in by_row.get(row, ()):
            key = mentions.units.actor[number], kind_of_voice(mentions.units.voice[number])
            cells.setdefault(key, {}).setdefault(outlet, {}).setdefault(row, []).append(number)
    return sorted(cells.items())


def _measure_gap(mentions: _Mentions, one: str, other: str, by_outlet: Mapping[str, _ByRow]) -> _Gap:
    cells = [list(chain(*by_outlet[outlet].values())) for outlet in (one, other)]
    first, second = (mentions.measure(cell) for cell in cells)
    return _Gap(one, other, first - second, cells[0] + cells[1])


def _contrast(mentions: _Mentions, gap: _Gap, actor: str, voice: str, claim: str) -> Estimate:
    outlets, measure = (gap.outlet, gap.reference), gap.measure
    if measure.value < 0:
        outlets, measure = outlets[::-1], -measure
    row = mentions.estimate(Subject("claim_contrast", *outlets, actor, voice, claim), measure, gap.cell)
    return replace(row, method=f"{row.method}; outlets chosen as highest and lowest")


# --- frames ---------------------------------------------------------------------------------------------


def _compare_frames(frames: Annotation, outlet_of: Mapping[str, str]) -> Iterator[Estimate]:
    articles: dict[str, list[int]] = {}
    for number, article in enumerate(frames.units.article):
        articles.setdefault(outlet_of[article], []).append(number)
    scores, method = frames.rounded, "classifier's probability; no interval from one article"
    for column, frame in enumerate(frames.labels):
        mean = {outlet: float(scores[cell, column].mean()) for outlet, cell in sorted(articles.items())}
        for outlet, value in mean.items():
            n = len(articles[outlet])
            yield Estimate(Subject("frame", outlet, frame=frame), value, method, n, n)
        for one, other in combinations(mean, 2):
            n = len(articles[one]) + len(articles[other])
            subject = Subject("frame_difference", one, other, frame=frame)
            yield Estimate(subject, mean[one] - mean[other], method, n, n)
