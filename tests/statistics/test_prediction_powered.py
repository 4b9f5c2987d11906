"""Corrected means: by hand, and over invented classifiers whose errors differ by outlet, with clusters and unequal chances."""

from typing import NamedTuple

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.statistics.intervals import cluster_t_interval
from crossframe.statistics.prediction_powered import PoweredMean, estimate_difference, estimate_mean
from crossframe.statistics.sampling import draw_stratified
from crossframe.statistics.tests import sign_flip_p_value

NAN = np.nan


def test_by_hand() -> None:
    """With power 1: the mean score plus the weighted mean error, weights the inverse of the probabilities."""
    scores = np.array([0.2, 0.4, -0.6, 0.8])
    labels = np.array([1.0, NAN, -1.0, NAN])
    found = estimate_mean(scores, labels, np.array([0.5, NAN, 0.25, NAN]), list("abcd"), power=1.0)
    # weights 2 and 4: errors .8 and -.4, weighted mean (2 * .8 - 4 * .4) / 6 = 0
    assert found.estimate == pytest.approx(0.2 + 0.0)
    assert (found.n_units, found.n_labelled, found.power) == (4, 2, 1.0)
    # errors: (score - .2) / 4, and a third (two thirds) of error less mean error
    assert found.errors == pytest.approx([0.0 + 0.8 / 3, 0.05, -0.2 - 0.8 / 3, 0.15])
    labels_alone = estimate_mean(scores, labels, np.array([0.5, NAN, 0.25, NAN]), list("abcd"), power=0.0)
    assert labels_alone.estimate == pytest.approx((2 * 1 - 4 * 1) / 6)


def test_a_census_is_the_mean_of_the_labels() -> None:
    """Scores play no part where every unit is labelled, and events weigh the same: the t interval over event means."""
    rng = np.random.default_rng(0)
    events = [f"e{i}" for i in range(6) for _ in range(i + 1)]
    labels = rng.choice([-1.0, 0.0, 1.0], len(events))
    weights = np.array([1 / events.count(event) for event in events])
    found = estimate_mean(rng.normal(size=len(events)), labels, np.ones(len(events)), events, weights=weights)
    means = [labels[np.array(events) == event].mean() for event in sorted(set(events))]
    assert found.interval() == pytest.approx(cluster_t_interval(np.array(means)))
    assert found.values() == pytest.approx(means)
    assert found.unseen == 0


def test_the_power_is_the_one_of_least_variance() -> None:
    """No other power gives a smaller sum of squared errors; scores that tell nothing get little of it."""
    rng = np.random.default_rng(1)
    labels = rng.choice([-1.0, 0.0, 1.0], 200)
    hidden = np.where(rng.random(200) < 0.4, labels, NAN)
    clusters = [str(i // 2) for i in range(200)]
    for scores, least, most in (
        (labels + rng.normal(0, 0.5, 200), 0.5, 1.0),
        (rng.normal(size=200), 0.0, 0.3),
    ):
        chosen = estimate_mean(scores, hidden, np.full(200, 0.4), clusters)
        assert least <= chosen.power <= most
        for power in (0.0, 0.3, 0.6, 1.0):
            other = estimate_mean(scores, hidden, np.full(200, 0.4), clusters, power=power)
            assert (chosen.errors**2).sum() <= (other.errors**2).sum() + 1e-12


def test_differences_pair_clusters_of_one_name() -> None:
    """Differences of a census are those of paired events, and of independent sentences their variances add."""
    rng = np.random.default_rng(2)
    one, other = rng.normal(size=8), rng.normal(size=8)
    sides = [estimate_mean(side, side, np.ones(8), [f"e{i}" for i in range(8)]) for side in (one, other)]
    assert estimate_difference(*sides).interval() == pytest.approx(cluster_t_interval(one - other))
    apart = estimate_mean(other, other, np.ones(8), [f"f{i}" for i in range(8)])
    squares = (estimate_difference(sides[0], apart).errors ** 2).sum()
    assert squares == pytest.approx((sides[0].errors ** 2).sum() + (apart.errors**2).sum())


def test_labels_that_all_agree_leave_doubt() -> None:
    """Ten labels that are all neutral do not prove that everything is: half a label on either side is allowed for."""
    labels = np.concatenate([np.zeros(10), np.full(90, NAN)])
    found = estimate_mean(np.zeros(100), labels, np.full(100, 0.1), [str(i) for i in range(100)], power=1.0)
    estimate, low, high = found.interval()
    # variance 1 / 10**2, nine tenths of it for the units without a label; t(9) = 2.262
    assert (estimate, low, high) == pytest.approx((0.0, -2.262 * 0.009**0.5, 2.262 * 0.009**0.5), abs=1e-3)


def test_order_does_not_matter() -> None:
    """The estimate is a function of the set of units."""
    rng = np.random.default_rng(3)
    scores, labels = rng.normal(size=60), np.where(rng.random(60) < 0.5, rng.choice([-1.0, 1.0], 60), NAN)
    clusters, turn = [str(i // 3) for i in range(60)], rng.permutation(60)
    one = estimate_mean(scores, labels, np.full(60, 0.5), clusters)
    other = estimate_mean(scores[turn], labels[turn], np.full(60, 0.5), [clusters[i] for i in turn])
    assert one.interval() == pytest.approx(other.interval())


def test_too_few_clusters_have_no_interval() -> None:
    """Two clusters and a chosen power leave no degree of freedom."""
    found = estimate_mean(np.zeros(3), np.array([1.0, 0.0, NAN]), np.full(3, 0.5), ["a", "b", "c"])
    assert found.degrees == 0
    assert np.isnan(found.interval()[1:]).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": np.full(3, NAN)}, "At least one unit must have a label"),
        ({"scores": np.array([0.0, NAN, 0.0])}, "Invalid scores. Every unit needs one"),
        ({"probabilities": np.array([0.0, 1.0, 1.0])}, "Invalid probabilities"),
        ({"probabilities": np.array([1.1, 1.0, 1.0])}, "Invalid probabilities"),
        ({"probabilities": np.array([NAN, 1.0, 1.0])}, "Invalid probabilities"),
        ({"weights": np.array([1.0, 0.0, 1.0])}, "Invalid weights"),
        ({"power": 1.5}, "Invalid power 1.5"),
        ({"scores": np.zeros(2)}, "All columns must have the same length"),
    ],
)
def test_bad_input(change: dict, message: str) -> None:
    """Every column is checked."""
    sound = {"scores": np.zeros(3), "labels": np.array([0.0, 1.0, NAN]), "probabilities": np.ones(3)}
    with pytest.raises(InputError, match=message):
        estimate_mean(**(sound | {"clusters": ["a", "b", "c"]} | change))


# --- coverage -------------------------------------------------------------------------------------------


class World(NamedTuple):
    """Mentions of two outlets: whose, in which sentence and event, the classifier's score, and the truth."""

    outlet: np.ndarray
    event: list[str]
    sentence: list[str]
    score: np.ndarray
    label: np.ndarray


BIAS = (0.25, -0.15)
"""What the classifier adds for each outlet: an error of .4 in their difference."""


def make_world(rng: np.random.Generator, kind: str, *, n_events: int, n_sentences: int, gap: float) -> World:
    """Return mentions in sentences of events; mentions of one sentence, and of one event, resemble each other."""
    per = rng.integers(1, 4, size=(2, n_events, n_sentences))
    at = np.repeat(np.arange(per.size), per.ravel())
    outlet, event, _ = np.unravel_index(at, per.shape)
    mean = -0.1 + np.where(outlet == 0, gap / 2, -gap / 2) + 0.1 * rng.choice([-1, 1], n_events)[event]
    own, shared = rng.random(len(at)), rng.random(per.size)[at]
    rank = np.where(rng.random(len(at)) < 0.4, shared, own)
    label = np.where(rank < 0.25 - mean / 2, -1.0, np.where(rank > 0.75 - mean / 2, 1.0, 0.0))
    bias = np.array(BIAS)[outlet]
    score = {
        "biased": np.clip(0.5 * label + bias + 0.25 * rng.normal(size=len(at)), -1, 1),
        "useless": bias + 0.3 * rng.normal(size=len(at)),
        "perfect": label.copy(),
    }[kind]
    return World(outlet, [f"e{one:02}" for one in event], [f"s{one:04}" for one in at], score, label)


def correct(
    world: World, rng: np.random.Generator, n: int, *, power: float | None = None, over_events: bool = False
) -> PoweredMean:
    """Return the corrected difference of the outlets, from `n` labels drawn with unequal chances."""
    strata = list(zip(world.outlet.tolist(), (rng.random(len(world.outlet)) < 0.25).tolist(), strict=True))
    drawn = draw_stratified(strata, n, rng)
    sides = []
    for outlet in (0, 1):
        mine = np.flatnonzero(world.outlet == outlet)
        event, sentence = ([names[i] for i in mine] for names in (world.event, world.sentence))
        sides.append(
            estimate_mean(
                world.score[mine],
                np.where(drawn.chosen, world.label, NAN)[mine],
                drawn.probability[mine],
                event if over_events else sentence,
                weights=np.array([1 / event.count(one) for one in event]) if over_events else None,
                small=sentence,
                power=power,
            )
        )
    return estimate_difference(*sides)


def uncorrected(world: World) -> tuple[float, float]:
    """Return the interval of the difference of mean scores over sentences: what a classifier alone would give."""
    sides = [
        estimate_mean(world.score[mine], world.score[mine], np.ones(mine.sum()), np.array(world.sentence)[mine].tolist())
        for mine in (world.outlet == 0, world.outlet == 1)
    ]  # fmt: skip
    return estimate_difference(*sides).interval()[1:]


@pytest.mark.slow
@pytest.mark.parametrize("n", [24, 60, 160])
def test_intervals_cover_where_the_classifiers_do_not(n: int) -> None:
    """The classifier errs by outlet: its interval misses the true difference, the corrected one holds it at 95 %."""
    rng, gap = np.random.default_rng(10 + n), 0.2
    plain, held, widths = [], [], []
    for _ in range(400):
        world = make_world(rng, "biased", n_events=1, n_sentences=60, gap=gap)
        low, high = uncorrected(world)
        plain.append(low <= gap <= high)
        low, high = correct(world, rng, n).interval()[1:]
        held.append(low <= gap <= high)
        widths.append(high - low)
    assert np.mean(plain) < 0.3
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(widths) < {24: 1.2, 60: 0.75, 160: 0.5}[n]


@pytest.mark.slow
@pytest.mark.parametrize(("n_events", "n"), [(6, 60), (12, 60), (12, 200)])
def test_intervals_cover_over_events(n_events: int, n: int) -> None:
    """With the event as unit and labels in few of its sentences, intervals hold and null tests reject at their level."""
    rng, held, called = np.random.default_rng(n_events + n), [], []
    for _ in range(300):
        found = correct(
            make_world(rng, "biased", n_events=n_events, n_sentences=6, gap=0.0), rng, n, over_events=True
        )
        low, high = found.interval()[1:]
        held.append(low <= 0.0 <= high)
        called.append(sign_flip_p_value(found.values()) <= 0.05)
    assert 0.92 <= np.mean(held) <= 0.995
    assert np.mean(called) <= 0.09


@pytest.mark.slow
@pytest.mark.parametrize("n_labelled", [3, 6])
def test_labels_in_few_of_many_events(n_labelled: int) -> None:
    """Where whole events are labelled, and few of them, intervals hold and the t test of no difference keeps its level."""
    rng, held, called = np.random.default_rng(n_labelled), [], []
    for _ in range(400):
        world = make_world(rng, "biased", n_events=20, n_sentences=6, gap=0.0)
        drawn = {f"e{number:02}" for number in rng.choice(20, n_labelled, replace=False)}
        known = np.array([event in drawn for event in world.event])
        sides = [
            estimate_mean(
                world.score[mine],
                np.where(known, world.label, NAN)[mine],
                np.full(mine.sum(), n_labelled / 20),
                np.array(world.event)[mine].tolist(),
                small=np.array(world.sentence)[mine].tolist(),
            )
            for mine in (world.outlet == 0, world.outlet == 1)
        ]
        found = estimate_difference(*sides)
        low, high = found.interval()[1:]
        held.append(low <= 0.0 <= high)
        called.append(found.p_value() <= 0.05)
        assert called[-1] == (not held[-1])
    assert np.mean(held) >= 0.92


@pytest.mark.slow
def test_a_useless_classifier_does_no_harm() -> None:
    """Scores that tell nothing: intervals cover, and are hardly wider than those of the labels alone."""
    rng, held, widths, alone = np.random.default_rng(30), [], [], []
    for seed in range(300):
        world = make_world(rng, "useless", n_events=1, n_sentences=60, gap=0.2)
        low, high = correct(world, np.random.default_rng(seed), 80).interval()[1:]
        held.append(low <= 0.2 <= high)
        widths.append(high - low)
        low, high = correct(world, np.random.default_rng(seed), 80, power=0.0).interval()[1:]
        alone.append(high - low)
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(widths) < 1.05 * np.mean(alone)


@pytest.mark.slow
def test_a_perfect_classifier_narrows() -> None:
    """Scores that are the labels: the interval is little wider than if every mention were labelled."""
    rng, held, widths, whole, alone = np.random.default_rng(40), [], [], [], []
    for seed in range(300):
        world = make_world(rng, "perfect", n_events=1, n_sentences=60, gap=0.2)
        low, high = correct(world, np.random.default_rng(seed), 80).interval()[1:]
        held.append(low <= 0.2 <= high)
        widths.append(high - low)
        low, high = uncorrected(world)
        whole.append(high - low)
        low, high = correct(world, np.random.default_rng(seed), 80, power=0.0).interval()[1:]
        alone.append(high - low)
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(widths) < 1.15 * np.mean(whole)
    assert np.mean(widths) < 0.75 * np.mean(alone)
