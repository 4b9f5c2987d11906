"""Portrayal and stance by probabilities that are recalibrated to the study's own labels, cross-fitted by article."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import collect_estimates
from crossframe.contrasting.judged import Judged, average_by_event, pair_values
from crossframe.contrasting.labelled import Labelled, join_labels
from crossframe.contrasting.over_events import compare_over_events
from crossframe.contrasting.within_event import compare_cells
from crossframe.learning.calibration import fit_scaling, scale_logits
from crossframe.learning.classifiers import softmax
from crossframe.learning.splits import folds_by_group
from crossframe.records import PORTRAYAL, Annotation, Estimates

MIN_FITTED, MIN_ARTICLES = 40, 5
"""Labels, and articles that have them, from which on probabilities are recalibrated."""
N_FOLDS = 10
N_REFITS = 20
"""Fits to articles redrawn, from which the intervals take how uncertain the recalibration is."""
PENALTY = 2.0
"""Of `fit_scaling`. On the labels of georgia-2008, by two models, each article held out, log loss is lowest from 1 to 2 of 0, 0.5,
1, 2 and 5; shifts alone gain less for stance, and a slope for each class gains nothing."""
_FLOOR = 5e-5
"""Half of the last decimal of probabilities in tables, where 0 has no logarithm."""


@dataclass(frozen=True)
class Recalibrated:
    """Recalibrated probabilities of negative, neutral and positive.

    Parameters
    ----------
    probability : ndarray of shape (n_rows, 3)
        Of every judgement by the labels of other articles.
    refits : ndarray of shape (n_refits, n_rows, 3)
        The same, with the articles that have labels redrawn before the fit.
    n_labels, n_articles : int
        What it was fitted to.
    before, after : float
        Log loss of the labels by the model's own probabilities, and by these.
    """

    probability: np.ndarray
    refits: np.ndarray
    n_labels: int
    n_articles: int
    before: float
    after: float


def recalibrate_probabilities(probability: np.ndarray, labels: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the probabilities of `target`, rescaled as those of labelled items are to fit their labels.

    Parameters
    ----------
    probability : ndarray of shape (n_labels, 3)
        Of negative, neutral and positive, of items with labels.
    labels : ndarray of shape (n_labels,)
        From -1, negative, to 1, positive. One between stands for neutral and that side, as the mean of several does.
    target : ndarray of shape (n_items, 3)
        Probabilities of the items that are asked for.

    Returns
    -------
    ndarray of shape (n_items, 3)
        By one temperature and a shift of each class (`fit_scaling`), which the penalty holds near no change where labels are
        few.
    """
    scaling = fit_scaling(_logits(probability), soften_labels(labels), penalty=PENALTY)
    return softmax(scale_logits(_logits(target), scaling))


def _logits(probability: np.ndarray) -> np.ndarray:
    logits: np.ndarray = np.log(np.maximum(probability, _FLOOR))
    return logits


def soften_labels(labels: np.ndarray) -> np.ndarray:
    """Return the probabilities of negative, neutral and positive whose mean is a label: ndarray of shape (n_labels, 3).

    Examples
    --------
    >>> soften_labels(np.array([-1.0, 0.5])).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]
    """
    return np.column_stack([np.maximum(-labels, 0), 1 - np.abs(labels), np.maximum(labels, 0)])


def recalibrate(
    judged: Judged, labels: Annotation | None, construct: str, *, seed: int = 0, n_refits: int = N_REFITS
) -> Recalibrated | str:
    """Recalibrate what was judged to the labels that the study has of it.

    Parameters
    ----------
    judged : Judged
        Portrayals or stances of all events.
    labels : Annotation or None
        Of `labels_of`, of the same `construct`.
    construct : str
        ``portrayal`` or ``stance``.
    seed : int
        Of the folds, and of the articles redrawn.
    n_refits : int
        How often.

    Returns
    -------
    Recalibrated or str
        Or, where labels are too few, one line that says so.

    Notes
    -----
    A judgement is recalibrated by labels of other articles alone: those of an article with labels by the other folds of
    articles, those of an article without by all. The labels need be no random sample, but should be of the kinds of text and
    actors that the rest is of: the scaling is one for all.
    """
    joined = join_labels(judged, labels, construct)
    known = joined.labelled
    articles = np.array(joined.article, dtype=object)
    n_labels, n_articles = int(known.sum()), len(set(articles[known]))
    if n_labels < MIN_FITTED or n_articles < MIN_ARTICLES:
        return (
            f"Not recalibrated, {construct}: {n_labels} of {len(joined)} judgements have a label, in {n_articles} articles; it "
            f"takes {MIN_FITTED} in {MIN_ARTICLES}."
        )
    probability = np.column_stack([judged.p_negative, judged.p_neutral, judged.p_positive])
    parts = list(_split(articles, known, seed))
    rng = np.random.default_rng([seed, n_labels])
    fitted = _fit_parts(probability, joined, parts)
    refits = np.array(
        [_fit_parts(probability, joined, parts, _redraw(articles, known, rng)) for _ in range(n_refits)]
    )
    soft = soften_labels(joined.label[known])
    before, after = (-(soft * _logits(one[known])).sum(axis=1).mean() for one in (probability, fitted))
    return Recalibrated(fitted, refits, n_labels, n_articles, float(before), float(after))


def _split(articles: np.ndarray, known: np.ndarray, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield labelled rows and the rows that are recalibrated by them: no article is on both sides."""
    rows = np.flatnonzero(known)
    for train, held in folds_by_group(articles[rows].tolist(), N_FOLDS, seed=seed):
        yield rows[train], np.flatnonzero(np.isin(articles, articles[rows[held]]))
    rest = np.flatnonzero(~np.isin(articles, articles[rows]))
    if len(rest):
        yield rows, rest


def _redraw(articles: np.ndarray, known: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return how often every row is in a draw of as many labelled articles, with replacement: int of shape (n_rows,)."""
    names = sorted(set(articles[known]))
    times = dict(
        zip(names, np.bincount(rng.integers(len(names), size=len(names)), minlength=len(names)), strict=True)
    )
    return np.array([times.get(article, 0) for article in articles])


def _fit_parts(
    probability: np.ndarray,
    joined: Labelled,
    parts: Sequence[tuple[np.ndarray, np.ndarray]],
    times: np.ndarray | None = None,
) -> np.ndarray:
    """Return the probabilities of every part's second rows, recalibrated by its first, each as often as `times` says."""
    fitted = probability.copy()
    for own, held in parts:
        train = own if times is None else np.repeat(own, times[own])
        if len(train):
            fitted[held] = recalibrate_probabilities(
                probability[train], joined.label[train], probability[held]
            )
    return fitted


# --- estimates ------------------------------------------------------------------------------------------


def estimate_recalibrated(
    judged: Judged,
    labels: Annotation | None,
    construct: str,
    copying: Collection[tuple[str, str]],
    *,
    seed: int = 0,
) -> list[Estimates]:
    """Estimate portrayal or stance by recalibrated probabilities: of every event, and over events where there are several.

    Parameters
    ----------
    judged : Judged
        Portrayals or stances of all events.
    labels : Annotation or None
        Of `labels_of`, of the same `construct`.
    construct : str
        ``portrayal`` or ``stance``.
    copying : collection of (event, outlet)
        Which outlets print a copy in which event.
    seed : int
        Of folds, articles redrawn and bootstrap.

    Returns
    -------
    list of Estimates
        ``<construct>_recalibrated`` and ``<construct>_recalibrated_difference``, where and as ``<construct>`` has them; empty
        where labels are too few. Intervals of one event hold how uncertain the recalibration is, those over events how much
        events differ.
    """
    result = recalibrate(judged, labels, construct, seed=seed)
    if isinstance(result, str):
        return []
    quantity = f"{construct}_recalibrated"
    whole = _with_probabilities(judged, result.probability, construct)
    rng = check.check_seed(seed)
    names = np.array(judged.event, dtype=object)
    events = sorted(set(judged.event))
    estimates = []
    for event in events:
        rows = np.flatnonzero(names == event)
        own = judged.select(rows)
        first, *fits = (
            _with_probabilities(own, fit[rows], construct) for fit in (result.probability, *result.refits)
        )
        copies = {outlet for name, outlet in copying if name == event}
        estimates.append(
            collect_estimates(compare_cells(first, quantity, rng, fits), event=event, copying=copies)
        )
    if len(events) > 1:
        values = average_by_event(whole, quantity)
        estimates.append(compare_over_events([], values | pair_values(values, copying), seed=seed))
    return estimates


def _with_probabilities(judged: Judged, probability: np.ndarray, construct: str) -> Judged:
    """Return what was judged by other probabilities; portrayals of all voices, too."""
    negative, neutral, positive = probability.T
    fitted = replace(
        judged, p_negative=negative, p_neutral=neutral, p_positive=positive, score=positive - negative
    )
    return fitted.with_all_voices() if construct == PORTRAYAL else fitted


def describe_recalibration(
    judged: Judged, labels: Annotation | None, construct: str, *, seed: int = 0
) -> str:
    """Return what a reader must know of a recalibration: what it was fitted to, and whether it helps; or why there is none."""
    result = recalibrate(judged, labels, construct, seed=seed, n_refits=0)
    if isinstance(result, str):
        return result
    helps = "It helps" if result.after < result.before else "It does not help"
    return (
        f"Recalibrated, {construct}: to {result.n_labels} labels of {result.n_articles} articles, each article by those of "
        f"others. {helps}: the log loss of the labels is {result.before:.3f} before, {result.after:.3f} after."
    )
