"""Metrics of framing scores: pairs, ties, the area under the curve, and intervals over events, by hand."""

import numpy as np
import pytest

from crossframe.studies.evaluate.framing_metrics import Cases, score_auc, score_order


def cases_of(rows: list[tuple[str, str, str, int]]) -> Cases:
    """Return cases of (event, outlet, actor, judgement)."""
    event, outlet, actor, truth = zip(*rows, strict=True)
    article = tuple(f"{a}-{b}" for a, b in zip(event, outlet, strict=True))
    return Cases(event, outlet, article, actor, np.array(truth))


CASES = cases_of(
    [("e", "fox", "doe", 0), ("e", "hpo", "doe", -1), ("e", "nyt", "doe", 1), ("e", "fox", "roe", 1),
     ("f", "fox", "doe", -1), ("f", "hpo", "doe", 0), ("f", "hpo", "roe", -1)]
)  # fmt: skip


def test_pairs_are_of_one_event_and_actor() -> None:
    """Only outlets of one event that people judged differently toward one actor make a pair, the kinder one first."""
    pairs = sorted(zip(CASES.pairs.higher.tolist(), CASES.pairs.lower.tolist(), strict=True))
    assert pairs == [(0, 1), (2, 0), (2, 1), (5, 4)]


def test_order() -> None:
    """A tie counts half; repetitions are averaged."""
    score = np.array([0.3, 0.3, 0.2, 0.0, -1.0, 0.5, 0.0])
    assert score_order(CASES, [score]).value == pytest.approx((0.5 + 0 + 0 + 1) / 4)
    assert score_order(CASES, [score, CASES.truth.astype(float)]).value == pytest.approx((0.375 + 1) / 2)
    low, high = score_order(CASES, [score])[1:]
    assert (low, high) == (pytest.approx(0.5 / 3), 1.0)


def test_auc_is_that_of_scikit_learn() -> None:
    """Negative against the rest; the interval holds the figure and narrows to nothing where all is right."""
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(0)
    rows = [(f"e{n % 12}", f"o{n}", "doe", int(rng.integers(-1, 2))) for n in range(60)]
    cases, score = cases_of(rows), rng.normal(size=60).round(1)
    found = score_auc(cases, [score])
    assert found.value == pytest.approx(roc_auc_score(cases.truth < 0, -score))
    assert found.low < found.value < found.high
    assert score_auc(cases, [cases.truth.astype(float)]) == (1.0, 1.0, 1.0)
