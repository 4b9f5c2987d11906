"""Learn from people's judgements of framing out of fold by event: weights of features, baselines, and cuts into classes."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from crossframe.learning.splits import folds_by_group
from crossframe.studies.evaluate.framing_metrics import Cases, Pairs

FOLDS, REPEATS, INNER = 10, 5, 5
"""Folds of events, how often they are drawn anew, and folds of the training events that choose a penalty."""
STRENGTHS = (0.003, 0.01, 0.03, 0.1)
"""Inverse L2 penalties of the pairwise regression; few pairs ask for strong ones."""
PENALTIES = (0.1, 1.0, 10.0)
"""L2 penalties of ridge, in units of the number of training cases."""
QUANTILES = np.linspace(0.02, 0.98, 25)
Fit = Callable[[np.ndarray], np.ndarray]


def repeat_folds(cases: Cases) -> Iterator[list[tuple[np.ndarray, np.ndarray]]]:
    """Yield for every repetition its folds as (training cases, held-out cases): no event is on both sides."""
    for seed in range(REPEATS):
        yield list(folds_by_group(cases.event, FOLDS, seed=seed))


def weigh_pairs(features: np.ndarray, cases: Cases) -> list[np.ndarray]:
    """Return scores of features weighed by logistic regression on differences between outlets, out of fold.

    Parameters
    ----------
    features : ndarray of shape (n_cases, n_features)
    cases : Cases
        Whose pairs of training events teach the weights, which have no intercept.

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One a repetition. Scale and weights of a case's score come from events other than its own; so does the strength,
        by log loss over folds of those.
    """
    return _out_of_fold(
        cases, lambda train: _weights(features, cases, train, _strength(features, cases, train)), features
    )


def _out_of_fold(
    cases: Cases, fit: Callable[[np.ndarray], np.ndarray], features: np.ndarray
) -> list[np.ndarray]:
    repeated = []
    for folds in repeat_folds(cases):
        scores = np.zeros(len(cases))
        for train, held in folds:
            scores[held] = features[held] @ fit(train)
        repeated.append(scores)
    return repeated


def _strength(features: np.ndarray, cases: Cases, train: np.ndarray) -> float:
    loss = dict.fromkeys(STRENGTHS, 0.0)
    for inner, held in folds_by_group([cases.event[i] for i in train], INNER):
        pairs = _pairs_of(cases, train[held])
        gaps = features[pairs.higher] - features[pairs.lower]
        for strength in STRENGTHS:
            weights = _weights(features, cases, train[inner], strength, unit=False)
            loss[strength] += float(np.logaddexp(0.0, -gaps @ weights).sum())
    return min(STRENGTHS, key=lambda one: (loss[one], one))


def _weights(
    features: np.ndarray, cases: Cases, train: np.ndarray, strength: float, *, unit: bool = True
) -> np.ndarray:
    """Return the weights of raw features; of `unit` length on standardised ones, so that folds share a scale."""
    from sklearn.linear_model import LogisticRegression

    scale = features[train].std(axis=0)
    scale = np.where(scale > 1e-8, scale, 1.0)
    pairs = _pairs_of(cases, train)
    gaps = (features[pairs.higher] - features[pairs.lower]) / scale
    model = LogisticRegression(C=strength, fit_intercept=False)
    model.fit(np.concatenate([gaps, -gaps]), np.repeat([1, 0], len(gaps)))
    weights: np.ndarray = model.coef_[0]
    if unit:
        weights = weights / max(float(np.linalg.norm(weights)), 1e-8)
    return weights / scale


def _pairs_of(cases: Cases, chosen: np.ndarray) -> Pairs:
    inside = np.zeros(len(cases), dtype=bool)
    inside[chosen] = True
    pairs = cases.pairs
    keep = inside[pairs.higher] & inside[pairs.lower]
    return Pairs(pairs.higher[keep], pairs.lower[keep], pairs.event[keep])


def regress_out_of_fold(features: np.ndarray, cases: Cases) -> list[np.ndarray]:
    """Return scores by ridge regression of the judgements on features, out of fold.

    Parameters
    ----------
    features : ndarray of shape (n_cases, n_features)
        Vectors; zero where there is nothing to read.
    cases : Cases
        With the judgements that are learned.

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One a repetition; the penalty is chosen by squared error over folds of the training events.
    """
    whole = np.column_stack([features, np.ones(len(features))])

    def fit(train: np.ndarray) -> np.ndarray:
        loss = dict.fromkeys(PENALTIES, 0.0)
        for inner, held in folds_by_group([cases.event[i] for i in train], INNER):
            for penalty in PENALTIES:
                found = whole[train[held]] @ _ridge(whole, cases.truth, train[inner], penalty)
                loss[penalty] += float(((found - cases.truth[train[held]]) ** 2).sum())
        return _ridge(whole, cases.truth, train, min(PENALTIES, key=lambda one: (loss[one], -one)))

    return _out_of_fold(cases, fit, whole)


def _ridge(whole: np.ndarray, truth: np.ndarray, train: np.ndarray, penalty: float) -> np.ndarray:
    """Return ridge weights of standardised features and an intercept (the last column), for raw ones."""
    given = whole[train, :-1]
    mean, scale = given.mean(axis=0), given.std(axis=0)
    scale = np.where(scale > 1e-8, scale, 1.0)
    standard, centre = (given - mean) / scale, float(truth[train].mean())
    gram = standard.T @ standard + penalty * len(train) * np.eye(standard.shape[1])
    weights = np.linalg.solve(gram, standard.T @ (truth[train] - centre)) / scale
    return np.append(weights, centre - mean @ weights)


def rates_out_of_fold(names: Sequence[str], cases: Cases) -> list[np.ndarray]:
    """Return the mean judgement of each case's outlet, actor or the like in other events, shrunk to the overall mean.

    Parameters
    ----------
    names : sequence of str
        Outlet or actor of every case.
    cases : Cases

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One a repetition; a name that other events lack has the overall mean, which also counts as one case of each name.
    """
    _, number = np.unique(np.array(names), return_inverse=True)
    member = np.eye(int(number.max()) + 1)[number]

    def fit(train: np.ndarray) -> np.ndarray:
        overall = float(cases.truth[train].mean())
        rates: np.ndarray = (member[train].T @ cases.truth[train] + overall) / (member[train].sum(axis=0) + 1)
        return rates

    return _out_of_fold(cases, fit, member)


def classify_out_of_fold(scores: Sequence[np.ndarray], cases: Cases) -> float:
    """Return the macro-F1 of negative, neutral, positive by two cuts of the scores, chosen on the other events.

    Parameters
    ----------
    scores : sequence of ndarray of shape (n_cases,)
        One a repetition, or one for all.
    cases : Cases
        With judgements -1, 0, 1.

    Returns
    -------
    float
        Mean over the repetitions.
    """
    found = []
    for number, folds in enumerate(repeat_folds(cases)):
        score = scores[number % len(scores)]
        classes = np.zeros(len(cases), dtype=int)
        for train, held in folds:
            low, high = _cuts(score[train], cases.truth[train])
            classes[held] = (score[held] >= high).astype(int) - (score[held] <= low)
        found.append(_macro_f1(cases.truth, classes))
    return float(np.mean(found))


def _cuts(score: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    values = np.unique(np.quantile(score, QUANTILES)).tolist()
    choices = [(low, high) for low in values for high in [*values, np.inf] if low < high]
    return max(
        choices or [(-np.inf, np.inf)],
        key=lambda cut: _macro_f1(truth, (score >= cut[1]).astype(int) - (score <= cut[0])),
    )


def _macro_f1(truth: np.ndarray, found: np.ndarray) -> float:
    both = np.array([((truth == c) & (found == c)).sum() for c in (-1, 0, 1)])
    either = np.array([(truth == c).sum() + (found == c).sum() for c in (-1, 0, 1)])
    return float(np.mean(2 * both / np.maximum(either, 1)))
