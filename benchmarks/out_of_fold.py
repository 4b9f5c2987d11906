"""Learn from people's judgements of framing out of fold by event: weights of features, and baselines."""

from collections.abc import Callable, Sequence

import numpy as np

from crossframe.learning.splits import folds_by_group
from crossframe.studies.evaluate.framing_metrics import Cases, Pairs, repeat_folds

INNER = 5
"""Folds of the training events that choose a penalty."""
GRID = (0.003, 0.01, 0.03, 0.1)
"""Values of C (inverse L2 penalty) that are tried for the pairwise regression; few pairs need a strong penalty."""
PENALTIES = (0.1, 1.0, 10.0)
"""L2 penalties of ridge, in units of the number of training cases."""
Fit = Callable[[np.ndarray], np.ndarray]


def regress_pairs(features: np.ndarray, cases: Cases) -> list[np.ndarray]:
    """Return scores of features by logistic regression on differences between outlets, out of fold.

    Parameters
    ----------
    features : ndarray of shape (n_cases, n_features)
    cases : Cases
        Whose pairs of the training events the weights, without an intercept, are fitted to.

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One per repetition. Scale and weights of a case's score come from events other than its own; so does C, chosen by
        log loss over folds of those.
    """
    return _out_of_fold(
        cases, lambda train: _weights(features, cases, train, _choose_c(features, cases, train)), features
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


def _choose_c(features: np.ndarray, cases: Cases, train: np.ndarray) -> float:
    loss = dict.fromkeys(GRID, 0.0)
    for inner, held in folds_by_group([cases.event[i] for i in train], INNER):
        pairs = _pairs_of(cases, train[held])
        gaps = features[pairs.higher] - features[pairs.lower]
        for c in GRID:
            weights = _weights(features, cases, train[inner], c, unit=False)
            loss[c] += float(np.logaddexp(0.0, -gaps @ weights).sum())
    return min(GRID, key=lambda c: (loss[c], c))


def _weights(
    features: np.ndarray, cases: Cases, train: np.ndarray, c: float, *, unit: bool = True
) -> np.ndarray:
    """Return the weights of raw features; of `unit` length on standardised ones, so that folds share a scale."""
    from sklearn.linear_model import LogisticRegression

    scale = features[train].std(axis=0)
    scale = np.where(scale > 1e-8, scale, 1.0)
    pairs = _pairs_of(cases, train)
    gaps = (features[pairs.higher] - features[pairs.lower]) / scale
    model = LogisticRegression(C=c, fit_intercept=False)
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


def regress_judgements(features: np.ndarray, cases: Cases) -> list[np.ndarray]:
    """Return scores by ridge regression of the judgements on features, out of fold.

    Parameters
    ----------
    features : ndarray of shape (n_cases, n_features)
        Vectors; zero where there is no text.
    cases : Cases
        With the judgements that are predicted.

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One per repetition; the penalty is chosen by squared error over folds of the training events.
    """
    whole = np.column_stack([features, np.ones(len(features))])

    def fit(train: np.ndarray) -> np.ndarray:
        loss = dict.fromkeys(PENALTIES, 0.0)
        for inner, held in folds_by_group([cases.event[i] for i in train], INNER):
            for penalty in PENALTIES:
                found = whole[train[held]] @ _ridge(whole, cases.truth, train[inner], penalty)
                loss[penalty] += float(((found - cases.truth[train[held]]) ** 2).sum())
        return _ridge(
            whole, cases.truth, train, min(PENALTIES, key=lambda penalty: (loss[penalty], -penalty))
        )

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


def average_others(names: Sequence[str], cases: Cases) -> list[np.ndarray]:
    """Return the mean judgement of each case's outlet, actor or the like in other events, shrunk to the overall mean.

    Parameters
    ----------
    names : sequence of str
        Outlet or actor of every case.
    cases : Cases

    Returns
    -------
    list of ndarray of shape (n_cases,)
        One per repetition; a name that other events lack has the overall mean, which also counts as one case of each name.
    """
    _, number = np.unique(np.array(names), return_inverse=True)
    member = np.eye(int(number.max()) + 1)[number]

    def fit(train: np.ndarray) -> np.ndarray:
        overall = float(cases.truth[train].mean())
        rates: np.ndarray = (member[train].T @ cases.truth[train] + overall) / (member[train].sum(axis=0) + 1)
        return rates

    return _out_of_fold(cases, fit, member)
