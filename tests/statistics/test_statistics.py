"""Intervals that cover, tests that hold their level, metrics against known answers and other implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.errors import InputError
from crossframe.statistics.intervals import (
    bootstrap_macro_f1,
    bootstrap_ratio,
    cluster_t_interval,
    percentile_interval,
)
from crossframe.statistics.metrics import (
    b_cubed,
    best_f1,
    expected_calibration_error,
    f1,
    krippendorff_alpha,
    macro_f1,
)
from crossframe.statistics.tests import MIN_EVENTS, benjamini_hochberg, sign_flip_p_value


def test_the_t_interval_covers() -> None:
    """Of 95 % intervals over few independent events about 95 in a hundred hold the truth."""
    rng = np.random.default_rng(0)
    for n in (3, 6, 12):
        intervals = [cluster_t_interval(rng.normal(0.2, 0.5, n)) for _ in range(2000)]
        covered = np.mean([one.low <= 0.2 <= one.high for one in intervals])
        assert covered == pytest.approx(0.95, abs=0.015)


def test_the_t_interval_needs_two_events() -> None:
    """One event has a mean and no interval; none has neither."""
    one = cluster_t_interval(np.array([0.3]))
    assert one.estimate == 0.3
    assert np.isnan([one.low, one.high]).all()
    assert np.isnan(cluster_t_interval(np.array([])).estimate)


def test_the_bootstrap_covers_whole_clusters() -> None:
    """Mentions of one sentence stand or fall together: the interval is as wide as its few sentences make it."""
    rng = np.random.default_rng(1)
    covered = []
    for _ in range(400):
        sentence = rng.normal(0.0, 1.0, 25)
        counts = rng.integers(1, 5, 25).astype(float)
        low, high = percentile_interval(bootstrap_ratio(sentence * counts, counts, rng, draws=400))
        covered.append(low <= 0 <= high)
    assert 0.88 < np.mean(covered) < 0.97


def test_the_bootstrap_of_macro_f1_is_of_whole_clusters() -> None:
    """Its draws are those of drawing clusters one by one, and wider where units of a cluster err together."""
    rng = np.random.default_rng(3)
    truth = rng.integers(3, size=240)
    found = np.where(rng.random(240) < 0.8, truth, rng.integers(3, size=240))
    of = np.repeat(np.arange(60), 4)
    draws = bootstrap_macro_f1(truth, found, of, rng, draws=4000)
    by_hand = []
    for _ in range(1000):
        units = np.concatenate([np.flatnonzero(of == one) for one in rng.integers(60, size=60)])
        by_hand.append(macro_f1(truth[units], found[units]))
    assert np.mean(draws) == pytest.approx(np.mean(by_hand), abs=0.004)
    assert np.std(draws) == pytest.approx(np.std(by_hand), rel=0.1)
    assert np.allclose(bootstrap_macro_f1(truth, found, np.zeros(240), rng), macro_f1(truth, found))
    copies = [np.repeat(values, 4) for values in (truth[::4], found[::4])]
    together = np.std(bootstrap_macro_f1(*copies, of, rng))
    assert together > 1.5 * np.std(bootstrap_macro_f1(*copies, np.arange(240), rng))


def test_the_bootstrap_of_macro_f1_leaves_units_out() -> None:
    """Units that do not count change no metric, but their clusters are drawn: two sets of units get the same draws."""
    truth, found = np.array(["a", "b", "a", "b"] * 6), np.array(["a", "a", "b", "b"] * 6)
    clusters = np.repeat(np.arange(12), 2).astype(str).tolist()
    keep = np.arange(24) >= 2
    draws = bootstrap_macro_f1(truth, found, clusters, np.random.default_rng(0), keep=keep, draws=300)
    drawn = np.random.default_rng(0).integers(12, size=(300, 12))
    by_hand = []
    for one in drawn:
        rows = np.concatenate([[2 * cluster, 2 * cluster + 1] for cluster in one if cluster])
        by_hand.append(macro_f1(truth[rows], found[rows]))
    assert np.allclose(draws, by_hand)


def test_the_sign_flip_test_holds_its_level() -> None:
    """Without a difference the test calls one in twenty at .05; with one it calls most; below six events none."""
    rng = np.random.default_rng(2)
    null = [sign_flip_p_value(rng.normal(0, 1, 10)) for _ in range(1500)]
    assert np.mean(np.array(null) <= 0.05) <= 0.065
    assert np.mean([sign_flip_p_value(rng.normal(1, 1, 12)) <= 0.05 for _ in range(300)]) > 0.8
    assert np.isnan(sign_flip_p_value(np.ones(MIN_EVENTS - 1)))
    assert sign_flip_p_value(np.ones(MIN_EVENTS)) == pytest.approx(2 / 2**MIN_EVENTS)
    assert sign_flip_p_value(np.zeros(8)) == 1.0


def test_many_events_are_flipped_at_random() -> None:
    """Beyond fourteen events random flips give nearly the exact p-value, never zero, the same for the same seed."""
    from scipy.stats import ttest_1samp

    rng = np.random.default_rng(3)
    values = rng.normal(0.3, 1, 40)
    found = sign_flip_p_value(values, seed=5)
    assert found == sign_flip_p_value(values, seed=5)
    assert found == pytest.approx(ttest_1samp(values, 0).pvalue, abs=0.02)
    assert sign_flip_p_value(np.full(40, 2.0)) > 0


def test_q_values_are_scipys() -> None:
    """q-values are those of scipy's Benjamini-Hochberg; what was not tested takes no part."""
    from scipy.stats import false_discovery_control

    p_values = np.random.default_rng(4).random(50) ** 2
    assert np.allclose(benjamini_hochberg(p_values), false_discovery_control(p_values))
    holes = np.insert(p_values, 10, np.nan)
    assert np.allclose(np.delete(benjamini_hochberg(holes), 10), benjamini_hochberg(p_values))
    assert np.isnan(benjamini_hochberg(holes)[10])
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()


def test_krippendorffs_own_example() -> None:
    """The worked example of Krippendorff 2011, section C: four observers, twelve units, missing values."""
    x = None
    ratings = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
        [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ]
    for level, expected in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        assert krippendorff_alpha(ratings, level=level) == pytest.approx(expected, abs=5e-4)


def test_alpha_at_its_limits() -> None:
    """Perfect agreement is 1, chance about 0, one value or one annotator has no alpha; wrong input is refused."""
    rng = np.random.default_rng(5)
    values = rng.choice(["a", "b", "c"], 3000).tolist()
    assert krippendorff_alpha([values, values]) == 1.0
    assert krippendorff_alpha([values, rng.permutation(values).tolist()]) == pytest.approx(0, abs=0.05)
    assert np.isnan(krippendorff_alpha([["a", "a"], ["a", "a"]]))
    assert np.isnan(krippendorff_alpha([["a", "b"]]))
    order = krippendorff_alpha(
        [["low", "high"], ["low", "mid"]], level="ordinal", order=["low", "mid", "high"]
    )
    assert order < 1
    with pytest.raises(InputError, match="must be one of: nominal"):
        krippendorff_alpha([["a"], ["a"]], level="ratio")
    with pytest.raises(InputError, match="one rating"):
        krippendorff_alpha([["a"], ["a", "b"]])


def test_b_cubed_of_bagga_and_baldwin() -> None:
    """The example of Bagga and Baldwin 1998: one of two responses errs less, and B-cubed says so."""
    truth = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3]
    first = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
    second = [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1]
    assert [round(b_cubed(truth, one)[0], 2) for one in (first, second)] == [0.76, 0.58]
    assert b_cubed(truth, first)[1] == 1.0
    assert b_cubed(truth, truth) == (1.0, 1.0, 1.0)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_best_f1_is_the_best(items: list[tuple[bool, float]]) -> None:
    """No threshold does better than the one returned, and that one does as well as it says."""
    truth = np.array([t for t, _ in items], dtype=int)
    score = np.array([s for _, s in items])

    def at(threshold: float) -> float:
        decided = score >= threshold
        hits = float((truth[decided]).sum())
        return 2 * hits / (decided.sum() + truth.sum()) if hits else 0.0

    best, threshold = best_f1(truth, score)
    assert best == pytest.approx(at(threshold))
    assert all(at(one) <= best + 1e-9 for one in score)


def test_calibration_error() -> None:
    """Honest probabilities have none, the sure and wrong have all; nothing has no error to speak of."""
    rng = np.random.default_rng(6)
    probability = rng.random(20000)
    assert expected_calibration_error(probability, (rng.random(20000) < probability).astype(float)) < 0.02
    assert expected_calibration_error(np.ones(10), np.zeros(10)) == 1.0
    assert np.isnan(expected_calibration_error(np.array([]), np.array([])))
    assert f1(0, 0) == 0.0
