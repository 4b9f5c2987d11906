"""What is known without reading a word: an outlet's lean and an entity's side, and what a framing score adds to them."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np

from crossframe.learning.splits import folds_by_group
from crossframe.records import Annotation
from crossframe.statistics.intervals import bootstrap_ratio, percentile_interval
from crossframe.studies.evaluate.framing_metrics import Cases, Metric

CENTRE = 2
"""Of AllSides' scale of outlets, from 0 (left) to 4 (right)."""
N_FOLDS = 10
MIN_STORIES = 4
"""Stories of a cell, outlet x entity, from which its mean is compared."""
MIN_GAP = 0.25
"""Difference of people's means, on a scale from -1 to 1, from which two cells are compared."""


def known_ideology(cases: Cases, ideology: Annotation) -> np.ndarray:
    """Return every case's ideology of its entity as annotated in other stories, -1 (liberal) to 1, 0 where unknown.

    Parameters
    ----------
    cases : Cases
    ideology : Annotation
        Article x actor; labels in order from liberal to conservative. Its articles are among those of `cases`.

    Returns
    -------
    ndarray of shape (n_cases,)
    """
    story_of = dict(zip(cases.article, cases.event, strict=True))
    values = ideology.scores @ np.linspace(-1, 1, len(ideology.labels))
    by_actor: dict[str, list[tuple[str, float]]] = {}
    for article, actor, value in zip(
        ideology.units.article, ideology.units.actor, values.tolist(), strict=True
    ):
        if article in story_of:
            by_actor.setdefault(actor, []).append((story_of[article], value))
    known = []
    for event, actor in zip(cases.event, cases.actor, strict=True):
        others = [value for story, value in by_actor.get(actor, ()) if story != event]
        known.append(sum(others) / len(others) if others else 0.0)
    return np.array(known)


def known_lean(cases: Cases, lean_of: Mapping[str, str]) -> np.ndarray:
    """Return the lean of every case's outlet, -2 (left) to 2 (right); of an outlet without one 0: shape (n_cases,)."""
    return np.array([float(lean_of[outlet] or CENTRE) - CENTRE for outlet in cases.outlet])


def gain_over_prior(cases: Cases, lean: np.ndarray, ideology: np.ndarray, score: np.ndarray) -> Metric:
    """Return the log-loss per case that a score saves beside lean, ideology and their product.

    Parameters
    ----------
    cases : Cases
    lean, ideology, score : ndarray of shape (n_cases,)

    Returns
    -------
    Metric
        Of predicting negative (truth below 0) by logistic regression (C = 1) with the score standardised, against the
        same without it, in ten folds of stories; interval: whole stories drawn with replacement.
    """
    prior = np.column_stack([lean, ideology, lean * ideology])
    negative = cases.truth < 0
    saved = _log_loss(cases.event, prior, negative) - _log_loss(
        cases.event, np.column_stack([prior, score]), negative, standardised=prior.shape[1]
    )
    totals = np.bincount(cases.event_number, saved)
    draws = bootstrap_ratio(totals, np.bincount(cases.event_number), np.random.default_rng(0))
    return Metric(float(saved.mean()), *percentile_interval(draws))


def _log_loss(
    events: Sequence[str], features: np.ndarray, negative: np.ndarray, standardised: int | None = None
) -> np.ndarray:
    """Return the loss of every case in the fold that holds it out; column `standardised` by the training cases."""
    from sklearn.linear_model import LogisticRegression

    loss = np.zeros(len(negative))
    for train, held in folds_by_group(events, N_FOLDS, seed=0):
        values = features.astype(float)
        if standardised is not None:
            column = values[:, standardised]
            values[:, standardised] = (column - column[train].mean()) / (column[train].std() or 1.0)
        if negative[train].all() or not negative[train].any():
            share = np.full(len(held), float(negative[train].mean()))
        else:
            fit = LogisticRegression(C=1.0).fit(values[train], negative[train])
            share = fit.predict_proba(values[held])[:, 1]
        right = np.where(negative[held], share, 1 - share)
        loss[held] = -np.log(np.clip(right, 1e-12, None))
    return loss


def order_cells(cases: Cases, score: np.ndarray) -> tuple[float | None, int]:
    """Return how many pairs of outlets with one entity the mean score orders as people's means do; ties count half.

    Parameters
    ----------
    cases : Cases
    score : ndarray of shape (n_cases,)

    Returns
    -------
    tuple of (float or None, int)
        Share of the pairs whose two cells have `MIN_STORIES` and whose people's means differ by `MIN_GAP`, None
        where there is no such pair; number of pairs.
    """
    cells: dict[str, dict[str, list[int]]] = {}
    for row, (outlet, actor) in enumerate(zip(cases.outlet, cases.actor, strict=True)):
        cells.setdefault(actor, {}).setdefault(outlet, []).append(row)
    right = []
    for _, by_outlet in sorted(cells.items()):
        rows = {
            outlet: own
            for outlet, own in sorted(by_outlet.items())
            if len({cases.event[row] for row in own}) >= MIN_STORIES
        }
        for one, other in permutations(rows, 2):
            if cases.truth[rows[one]].mean() - cases.truth[rows[other]].mean() >= MIN_GAP - 1e-9:
                gap = round(float(score[rows[one]].mean() - score[rows[other]].mean()), 4)
                right.append((np.sign(gap) + 1) / 2)
    return (float(np.mean(right)) if right else None), len(right)


def order_by_hindsight(cases: Cases) -> np.ndarray:
    """Return as scores a fixed order of outlets that agrees well with people's pairs, chosen in hindsight.

    Outlets are ranked by pairs in which they are the kinder less pairs in which they are the harsher, then moved one by one
    to the place that agrees best, until no move helps.
    """
    outlets, number = np.unique(np.array(cases.outlet), return_inverse=True)
    kinder = np.zeros((len(outlets), len(outlets)))
    np.add.at(kinder, (number[cases.pairs.higher], number[cases.pairs.lower]), 1)
    net = kinder - kinder.T
    order = sorted(range(len(outlets)), key=lambda one: (net[one].sum(), outlets[one]))
    while (better := _best_move(order, net)) != order:
        order = better
    rank = np.empty(len(outlets))
    rank[order] = np.arange(len(outlets))
    scores: np.ndarray = rank[number]
    return scores


def _best_move(order: Sequence[int], net: np.ndarray) -> list[int]:
    """Return the order, harshest first, with the one move of an outlet that gains most pairs; unchanged if none gains."""
    best, gained = list(order), 0.0
    for place, one in enumerate(order):
        rest = [other for other in order if other != one]
        agreed = [net[one, rest[:at]].sum() - net[one, rest[at:]].sum() for at in range(len(order))]
        for at, value in enumerate(agreed):
            if value - agreed[place] > gained:
                best, gained = [*rest[:at], one, *rest[at:]], value - agreed[place]
    return best
