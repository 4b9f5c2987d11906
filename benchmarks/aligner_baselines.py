"""Published baselines of the aligner beside the two that the package has, and how their numbers are learned from gold."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from alignment_scores import couplings, margins, mutual_best, ordered_blocks, over_groups

from crossframe._validation import check_choice
from crossframe.matching import baselines
from crossframe.matching.baselines import BaselineAligner, EventView
from crossframe.records import Alignment, Embeddings, Sentences


class MarginAligner(BaselineAligner):
    """Cosine relative to the nearest neighbours' (Artetxe and Schwenk 2019).

    Parameters
    ----------
    neighbours : int
        How many; the paper takes 4, which is worse on the 30 training events (F1 0.416 against 0.444).
    form : str
        ``ratio`` or ``distance``, the paper's two.
    """

    name = "margin"

    def __init__(self, *, neighbours: int = 16, form: str = "distance") -> None:
        self.neighbours = neighbours
        self.form = form

    def _score(self, event: EventView) -> np.ndarray:
        return margins(event.cosines(), event.outlet, neighbours=self.neighbours, form=self.form)


class MutualAligner(BaselineAligner):
    """Cosine of pairs that rank each other first in the other's outlet; other pairs score 0."""

    name = "mutual"

    def __init__(self) -> None:
        """Take no parameters."""

    def _score(self, event: EventView) -> np.ndarray:
        return mutual_best(event.cosines(), event.outlet)


class TransportAligner(BaselineAligner):
    """Entropic optimal transport between every two outlets, with a bin for sentences that have no partner.

    Parameters
    ----------
    alone : float
        Cost (1 - cosine) beyond which a sentence is left alone.
    blur : float
        Weight of the entropy.
    """

    name = "transport"

    def __init__(self, *, alone: float = 0.5, blur: float = 0.1) -> None:
        self.alone = alone
        self.blur = blur

    def _score(self, event: EventView) -> np.ndarray:
        score = np.zeros((len(event.rows), len(event.rows)))
        cost = 1 - event.cosines()
        for one, other in over_groups(event.outlet):
            score[np.ix_(one, other)] = couplings(cost[np.ix_(one, other)], alone=self.alone, blur=self.blur)
        return np.maximum(score, score.T)


class MonotoneAligner(BaselineAligner):
    """A dynamic programme over blocks of sentences in order, for every two articles of different outlets.

    Parameters
    ----------
    skip : float
        Similarity below which sentences are left alone.
    """

    name = "monotone"

    def __init__(self, *, skip: float = 0.65) -> None:
        self.skip = skip

    def _score(self, event: EventView) -> np.ndarray:
        score = np.zeros((len(event.rows), len(event.rows)))
        for one, other in over_groups(event.article):
            if event.outlet[one[0]] != event.outlet[other[0]]:
                blocks = ordered_blocks(event.vectors[one], event.vectors[other], skip=self.skip)
                score[np.ix_(one, other)] = blocks
        return np.maximum(score, score.T)


BASELINES: dict[str, type[BaselineAligner]] = baselines.BASELINES | {
    kind.name: kind for kind in (MarginAligner, MutualAligner, TransportAligner, MonotoneAligner)
}
LEARNED = baselines.LEARNED | {
    "margin": (7.4467, -3.7676, 0.1811),
    "mutual": (0.5165, -0.1956, 0.4566),
    "transport": (1.4633, 2.582, 0.2344),
    "monotone": (0.4348, -0.83, 0.3858),
}
"""Slope, intercept and threshold by baseline, learned on BASIL's 30 training events (gold ``alignment-train``) by
`choose_baseline`, as are the default parameters."""
GRIDS: dict[str, dict[str, tuple[Any, ...]]] = {
    "margin": {"neighbours": (4, 8, 16), "form": ("ratio", "distance")},
    "transport": {"alone": (0.3, 0.4, 0.5, 0.6), "blur": (0.05, 0.1, 0.15, 0.2)},
    "monotone": {"skip": (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)},
}
"""Values tried for the parameters of a baseline; those not named have none."""


def load_baseline(name: str) -> BaselineAligner:
    """Return the baseline called `name` with its learned numbers; raises UnknownNameError where there is none."""
    baseline = BASELINES[check_choice(name, "baseline", BASELINES)]()
    baselines.set_learned(baseline, LEARNED[name])
    return baseline


def choose_baseline(
    name: str, events: Sequence[tuple[Sentences, Embeddings | None]], truth: Alignment
) -> BaselineAligner:
    """Return the baseline called `name` with the parameters and numbers that are best on events with gold.

    Parameters
    ----------
    name : str
        One of `BASELINES`.
    events : sequence of (Sentences, Embeddings or None)
        Each of one event; embeddings where the baseline needs them.
    truth : Alignment
        Gold of the same events; pairs it does not list are not aligned, disputed ones are left out.

    Returns
    -------
    BaselineAligner
        With the parameters (of `GRIDS`, the first of equals) and the threshold of best F1 over all pairs, and the
        probability that a score stands for.

    Raises
    ------
    UnknownNameError
        When there is no such baseline.
    """
    kind = BASELINES[check_choice(name, "baseline", BASELINES)]
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    grid = GRIDS.get(name, {})
    candidates = [
        _fit(kind(**dict(zip(grid, values, strict=True))), events, relation)
        for values in product(*grid.values())
    ]
    return max(candidates, key=lambda baseline: round(baseline.f1_, 4))


def _fit(
    baseline: BaselineAligner,
    events: Sequence[tuple[Sentences, Embeddings | None]],
    relation: dict[Any, str],
) -> BaselineAligner:
    scores, aligned = [], []
    for sentences, embeddings in events:
        left, right, score = baseline.score_pairs(sentences, embeddings.vectors if embeddings else None)
        kind = np.array([relation.get(k, "none") for k in sentences.pair_keys(left, right)], dtype=str)
        scores.append(score[kind != "disputed"])
        aligned.append(kind[kind != "disputed"] != "none")
    return baseline.fit(scores, aligned)
