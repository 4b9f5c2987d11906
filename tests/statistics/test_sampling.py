"""Samples have the size asked for, and everybody is drawn as often as their probability says."""

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.statistics.sampling import draw_stratified, share_draws

STRATA = ["a"] * 1 + ["b"] * 3 + ["c"] * 9 + ["d"] * 40


def test_shares_by_the_root_of_the_size() -> None:
    """Shares are in proportion to the root of the size, no stratum gets more than it has, and they sum up."""
    assert share_draws(np.array([4, 9, 25]), 5).tolist() == pytest.approx([1.0, 1.5, 2.5])
    # the first is full: 19 of the draws are left for the others, by 2 and 10
    assert share_draws(np.array([1, 4, 100]), 20).tolist() == pytest.approx([1.0, 19 / 6, 95 / 6])
    assert share_draws(np.array([3, 5]), 8).tolist() == [3.0, 5.0]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 20, 52, 53])
def test_sizes_and_probabilities(n: int) -> None:
    """Exactly `n` are drawn, probabilities sum to `n` and are positive, also with fewer draws than strata."""
    for seed in range(20):
        drawn = draw_stratified(STRATA, n, np.random.default_rng(seed))
        assert drawn.chosen.sum() == n
        assert drawn.probability.sum() == pytest.approx(n)
        assert ((drawn.probability > 0) & (drawn.probability <= 1)).all()
        for name in "abcd":
            inside = np.array(STRATA) == name
            share = drawn.probability[inside].sum()
            assert np.floor(share - 1e-9) <= drawn.chosen[inside].sum() <= np.ceil(share + 1e-9)


def test_everybody_is_drawn_as_often_as_told() -> None:
    """Over many samples each unit's frequency is its probability."""
    rng = np.random.default_rng(0)
    often = np.mean([draw_stratified(STRATA, 7, rng).chosen for _ in range(4000)], axis=0)
    probability = draw_stratified(STRATA, 7, rng).probability
    error = np.abs(often - probability) / np.sqrt(probability * (1 - probability) / 4000)
    assert error.max() < 4


def test_the_order_of_units_does_not_matter_for_probabilities() -> None:
    """A unit's probability depends on its stratum alone."""
    order = np.random.default_rng(1).permutation(len(STRATA))
    turned = draw_stratified([STRATA[i] for i in order], 7, np.random.default_rng(2))
    assert (
        turned.probability == draw_stratified(STRATA, 7, np.random.default_rng(3)).probability[order]
    ).all()


@pytest.mark.parametrize("n", [0, -3, 54])
def test_bad_sizes(n: int) -> None:
    """Nothing, or more than there is, cannot be drawn."""
    with pytest.raises(InputError, match=f"Invalid sample {n}. It must be a number from 1 to 53"):
        draw_stratified(STRATA, n, np.random.default_rng(0))
