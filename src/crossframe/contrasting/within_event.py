"""Outlet against outlet within one event: portrayal and stance by actor and voice, contrasts within claims, frames."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product
from typing import NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Measure, Subject, collect_estimates
from crossframe.contrasting.judged import Judged, describe_too_few
from crossframe.records import PORTRAYAL, STANCE, Alignment, Annotation, Claim, Copies, Estimates, Spans
from crossframe.statistics.intervals import DRAWS


def summarise_event(
    portrayals: Judged,
    stances: Judged,
    frames: Annotation,
    alignment: Alignment,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
    mentions: Spans | None = None,
) -> Estimates:
    """Describe one event: portrayal and stance per outlet, actor and voice, differences, contrasts within claims, frames.

    Parameters
    ----------
    portrayals, stances : Judged
        Of the event: portrayals by sentences, by actor and speaker; stances toward mentions, by holder.
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
    mentions : Spans, optional
        Of actors in the articles of `alignment`: a portrayal counts in a claim where the actor is mentioned in what tells it,
        which may be a clause of the sentence. None counts it in every claim of its sentence.

    Returns
    -------
    Estimates
        Description only: one article is one draw, so no p- and no q-values. The interval of a portrayal says how far
        the mean score depends on the sentences it is made of and on the classifier's doubt: every draw takes
        sentences with replacement and a label for each judgement from its probabilities. A cell of fewer than three
        sentences has no mean: its row has no estimate, its number of judgements, and the reason in ``method``.

    Notes
    -----
    Quantities: ``portrayal`` and ``portrayal_difference`` (outlet, actor, voice: the outlet's own words, quoted words,
    mixed, or "" for all, where a sentence counts once); ``stance`` and ``stance_difference`` (outlet, actor, voice: the
    author, or all other holders); ``portrayal_difference_in_claims`` (mean over the claims in which directly aligned
    sentences of both outlets name the actor, where both have a mean); ``claim_contrast`` (the greatest of those differences within a claim: two
    outlets' judgements of it, no means); ``frame`` and ``frame_difference``. Who speaks is estimated by `summarise_voices`.
    """
    outlet_of = {article.id: article.outlet for article in alignment.sentences.articles}
    copying = frozenset(copies.sources(outlet_of))
    rng = check.check_seed(seed)
    rows = [
        *compare_cells(portrayals.with_all_voices(), PORTRAYAL, rng),
        *compare_cells(stances, STANCE, rng),
        *_compare_in_claims(_Cells(portrayals, rng), alignment, copying, mentions),
        *_compare_frames(frames, outlet_of),
    ]
    return collect_estimates(rows, event=event, copying=copying)


# --- portrayal and stance -------------------------------------------------------------------------------


class _Cells:
    """What was judged; cells are lists of its rows. Labels are drawn from `fits` in turn, where there are any."""

    def __init__(self, judged: Judged, rng: np.random.Generator, fits: Sequence[Judged] = ()) -> None:
        self.judged = judged
        self.rng = rng
        self.fits = fits or (judged,)

    def measure(self, cell: Sequence[int]) -> Measure:
        """Return the mean score and its draws: sentences redrawn, labels drawn from their probabilities."""
        number = {key: i for i, key in enumerate(self.judged.sentences_of(cell))}
        sentence = np.array(
            [number[self.judged.article[row], int(self.judged.sentence[row])] for row in cell]
        )
        n_draws = [len(part) for part in np.array_split(np.arange(DRAWS), len(self.fits))]
        label = np.concatenate(
            [fit.draw_values(cell, n, self.rng) for fit, n in zip(self.fits, n_draws, strict=True)]
        )
        chosen = self.rng.integers(len(number), size=(DRAWS, len(number)))
        times = np.zeros((DRAWS, len(number)))
        np.add.at(times, (np.arange(DRAWS)[:, None], chosen), 1)
        weight = times[:, sentence]
        draws = (weight * label).sum(axis=1) / weight.sum(axis=1)
        mean = float(self.judged.score[list(cell)].mean())
        return Measure(mean, draws, len(cell), self.count_articles(cell))

    def count_articles(self, cell: Sequence[int]) -> int:
        return len({self.judged.article[row] for row in cell})

    def estimate(self, subject: Subject, measure: Measure, cell: Sequence[int]) -> Estimate:
        """Return the row of what was measured on the rows of `cell`."""
        n_sentences = len(self.judged.sentences_of(cell))
        how = (
            "sentence bootstrap with drawn labels"
            if n_sentences > 1 + bool(subject.reference)
            else "drawn labels, sentences not redrawn"
        )
        return Estimate.of_measure(subject, measure, f"{how}, {DRAWS}")


def compare_cells(
    judged: Judged, quantity: str, rng: np.random.Generator, fits: Sequence[Judged] = ()
) -> Iterator[Estimate]:
    """Yield every cell's mean, or why it has none, and the differences of those that have one.

    Parameters
    ----------
    judged : Judged
        Of one event.
    quantity : str
        Of the means; differences are those of ``<quantity>_difference``.
    rng : Generator
        Of the bootstrap.
    fits : sequence of Judged
        The same rows with other probabilities, from which labels are drawn in place of those of `judged`.
    """
    cells = _Cells(judged, rng, fits)
    for (actor, voice), by_outlet in judged.cells():
        measures = {}
        for outlet, cell in by_outlet.items():
            subject = Subject(quantity, outlet, actor=actor, voice=voice)
            if judged.has_mean(cell):
                measures[outlet] = cells.measure(cell)
                yield cells.estimate(subject, measures[outlet], cell)
            else:
                why = describe_too_few(len(judged.sentences_of(cell)))
                yield Estimate(subject, math.nan, why, len(cell), cells.count_articles(cell))
        for one, other in combinations(measures, 2):
            subject = Subject(f"{quantity}_difference", one, other, actor, voice)
            both = by_outlet[one] + by_outlet[other]
            yield cells.estimate(subject, measures[one] - measures[other], both)


# --- portrayal within claims ----------------------------------------------------------------------------

_ByRow = dict[int, list[int]]
"""Numbers of portrayals by the row of their sentence."""


class _Gap(NamedTuple):
    """Mean score of `outlet` minus that of `reference` toward an actor within a claim, and the portrayals in it."""

    outlet: str
    reference: str
    measure: Measure
    cell: list[int]


def _compare_in_claims(
    cells: _Cells, alignment: Alignment, copying: frozenset[str], mentions: Spans | None
) -> Iterator[Estimate]:
    """Yield the greatest contrast of every claim, then the means over claims of the differences within them."""
    by_claim = _portrayals_by_claim(cells.judged, alignment, mentions)
    linked = _linked_rows(alignment)
    gaps_of: dict[tuple[str, str, str, str], dict[tuple[int, ...], _Gap]] = {}
    for claim in alignment.claims:
        by_row = by_claim[claim.id]
        for (actor, voice), by_outlet in _portrayals_in_claim(
            claim, cells.judged, alignment, by_row, copying
        ):
            gaps = [
                _measure_gap(cells, one, other, by_outlet)
                for one, other in combinations(sorted(by_outlet), 2)
                if not linked.isdisjoint(product(by_outlet[one], by_outlet[other]))
            ]
            for gap in gaps:
                known = gaps_of.setdefault((actor, voice, gap.outlet, gap.reference), {})
                known.setdefault(tuple(gap.cell), gap)  # the same sentences may meet in several claims
            greatest = max(gaps, key=lambda gap: abs(round(gap.measure.value, 4)), default=None)
            if greatest and greatest.measure.value:
                yield _contrast(cells, greatest, actor, voice, claim.id)
    compared = {
        (*key, outlet)
        for key, by_outlet in cells.judged.cells()
        for outlet, cell in by_outlet.items()
        if cells.judged.has_mean(cell)
    }
    for (actor, voice, one, other), known in sorted(gaps_of.items()):
        if {(actor, voice, one), (actor, voice, other)} <= compared:
            subject = Subject("portrayal_difference_in_claims", one, other, actor, voice)
            yield _average_gaps(cells, subject, list(known.values()))


def _average_gaps(cells: _Cells, subject: Subject, gaps: Sequence[_Gap]) -> Estimate:
    """Return the mean over claims of the gaps within them."""
    cell = sorted({row for gap in gaps for row in gap.cell})
    mean = Measure(
        float(np.mean([gap.measure.value for gap in gaps])),
        np.mean([gap.measure.draws for gap in gaps], axis=0),
        len(cell),
        cells.count_articles(cell),
    )
    return cells.estimate(subject, mean, cell)


def _portrayals_by_claim(judged: Judged, alignment: Alignment, mentions: Spans | None) -> dict[str, _ByRow]:
    """Return by claim the portrayals in each of its rows: of the actors that `mentions` has where the claim is told, or of all."""
    by_row: _ByRow = {}
    for number, key in enumerate(zip(judged.article, judged.sentence.tolist(), strict=True)):
        by_row.setdefault(alignment.sentences.row(*key), []).append(number)
    if mentions is None:
        return {claim.id: by_row for claim in alignment.claims}
    named: set[tuple[str, int, str]] = set()
    for mention in mentions.rows():
        row = alignment.sentences.locate(mention["article"], mention["start"])
        found_in = alignment.claims_at(row, mention["start"], mention["end"])
        named |= {(claim, row, mention["actor"]) for claim in found_in}
    return {
        claim.id: {
            row: [n for n in by_row.get(row, ()) if (claim.id, row, judged.actor[n]) in named]
            for row in claim.rows
        }
        for claim in alignment.claims
    }


def _linked_rows(alignment: Alignment) -> set[tuple[int, int]]:
    """Return the pairs of rows that are aligned, both ways."""
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    aligned = [(left, right) for left, right, relation in pairs if relation not in ("none", "disputed")]
    return {*aligned, *((right, left) for left, right in aligned)}


def _portrayals_in_claim(
    claim: Claim, judged: Judged, alignment: Alignment, by_row: _ByRow, copying: frozenset[str]
) -> list[tuple[tuple[str, str], dict[str, _ByRow]]]:
    """Return by actor and voice, by outlet, the portrayals in each row of a claim; copies are left out."""
    cells: dict[tuple[str, str], dict[str, _ByRow]] = {}
    for row in claim.rows:
        outlet = alignment.sentences.outlet[row]
        if outlet in copying:
            continue
        for number in by_row.get(row, ()):
            key = judged.actor[number], judged.voice[number]
            cells.setdefault(key, {}).setdefault(outlet, {}).setdefault(row, []).append(number)
    return sorted(cells.items())


def _measure_gap(cells: _Cells, one: str, other: str, by_outlet: Mapping[str, _ByRow]) -> _Gap:
    own, others = (list(chain(*by_outlet[outlet].values())) for outlet in (one, other))
    return _Gap(one, other, cells.measure(own) - cells.measure(others), own + others)


def _contrast(cells: _Cells, gap: _Gap, actor: str, voice: str, claim: str) -> Estimate:
    outlets, measure = (gap.outlet, gap.reference), gap.measure
    if measure.value < 0:
        outlets, measure = outlets[::-1], -measure
    row = cells.estimate(Subject("claim_contrast", *outlets, actor, voice, claim), measure, gap.cell)
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
