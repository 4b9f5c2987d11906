"""Learning from judgements out of fold: what is planted is found, and nothing of an event serves its own score."""

import numpy as np
import pytest
from out_of_fold import average_others, regress_judgements, regress_pairs

from crossframe.studies.evaluate.framing_metrics import (
    REPEATS,
    Cases,
    classify_out_of_fold,
    repeat_folds,
    score_auc,
    score_order,
)

EVENTS, OUTLETS = 30, ("a", "b", "c")


@pytest.fixture(scope="module")
def planted() -> tuple[Cases, np.ndarray]:
    """Return judgements that follow the first of three features, which an event's own level hides, and the features."""
    rng = np.random.default_rng(1)
    kind = rng.normal(size=(EVENTS, 3))
    features = np.stack([kind.ravel(), *rng.normal(size=(2, EVENTS * 3))], axis=1)
    truth = np.digitize(kind.ravel() + rng.normal(scale=0.3, size=EVENTS * 3), [-0.7, 1.2]) - 1
    event = tuple(f"e{n:02d}" for n in range(EVENTS) for _ in OUTLETS)
    outlet = OUTLETS * EVENTS
    return Cases(event, outlet, tuple(map(str, range(len(event)))), ("doe",) * len(event), truth), features


def test_no_event_is_on_both_sides(planted: tuple[Cases, np.ndarray]) -> None:
    """Every case is held out once per repetition, and its event with it."""
    cases, _ = planted
    for folds in repeat_folds(cases):
        assert sorted(np.concatenate([held for _, held in folds]).tolist()) == list(range(len(cases)))
        for train, held in folds:
            assert not {cases.event[i] for i in train} & {cases.event[i] for i in held}


def test_weights_find_what_is_planted(planted: tuple[Cases, np.ndarray]) -> None:
    """The planted feature orders outlets out of fold; features of noise do not."""
    cases, features = planted
    scores = regress_pairs(features, cases)
    assert len(scores) == REPEATS
    assert score_order(cases, scores).value > 0.8
    assert score_order(cases, regress_pairs(features[:, 1:], cases)).value < 0.65
    assert score_auc(cases, regress_judgements(features, cases)).value > 0.8
    assert classify_out_of_fold(scores, cases) > 0.5


def test_own_judgements_do_not_leak(planted: tuple[Cases, np.ndarray]) -> None:
    """Other judgements of an event leave the scores of that event as they were."""
    cases, features = planted
    first = next(n for n in range(0, len(cases), 3) if cases.truth[n] != cases.truth[n + 2])
    own = np.arange(first, first + 3)
    turned = cases.truth.copy()
    turned[own] = turned[own[::-1]]
    other = Cases(cases.event, cases.outlet, cases.article, cases.actor, turned)
    for learn in (regress_pairs, regress_judgements):
        for one, again in zip(learn(features, cases), learn(features, other), strict=True):
            assert one[own].tolist() == again[own].tolist()
            assert one.tolist() != again.tolist()


def test_rates(planted: tuple[Cases, np.ndarray]) -> None:
    """The rate of an outlet comes from other events, shrunk by one case of the overall mean; the unknown has that mean."""
    cases, _ = planted
    names = ("only", *cases.outlet[1:])
    [(train, held)] = [fold for fold in next(repeat_folds(cases)) if 0 in fold[1]]
    assert 0 in held
    score = average_others(names, cases)[0]
    overall = cases.truth[train].mean()
    assert score[0] == pytest.approx(overall)
    mine = [cases.truth[i] for i in train if names[i] == "b"]
    assert score[1] == pytest.approx((sum(mine) + overall) / (len(mine) + 1))
