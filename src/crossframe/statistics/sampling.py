"""Samples with known inclusion probabilities: strata share a number of draws, nobody's probability is zero."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from crossframe.errors import InputError


class Drawn(NamedTuple):
    """A stratified sample: who is in it, and with what probability everybody could have been.

    ``chosen`` is a boolean ndarray of shape (n_units,), ``probability`` a float ndarray of that shape, in (0, 1].
    """

    chosen: np.ndarray
    probability: np.ndarray


def share_draws(sizes: np.ndarray, n: int) -> np.ndarray:
    """Return how many of `n` draws each stratum gets on average: in proportion to the root of its size.

    Parameters
    ----------
    sizes : ndarray of shape (n_strata,)
        Units of each stratum, at least 1.
    n : int
        Draws, from 1 to the number of all units.

    Returns
    -------
    ndarray of shape (n_strata,)
        Positive, not whole, at most the stratum's size; they sum to `n`.

    References
    ----------
    Bankier 1988, Power allocations: determining sample sizes for subnational areas, The American Statistician
    42:174-177. The power 1/2 lies between equal shares, which serve each stratum, and shares by size, which serve the
    total.

    Examples
    --------
    >>> share_draws(np.array([1, 4, 16]), 7).tolist()
    [1.0, 2.0, 4.0]
    >>> share_draws(np.array([1, 4, 16]), 14).round(2).tolist()
    [1.0, 4.0, 9.0]
    """
    full = np.zeros(len(sizes), dtype=bool)
    while True:
        root = np.where(full, 0.0, np.sqrt(sizes))
        left = n - sizes[full].sum()
        share = np.where(full, sizes, left * root / root.sum() if root.any() else 0.0)
        over = ~full & (share >= sizes)
        if not over.any():
            return np.asarray(share, dtype=np.float64)
        full |= over


def draw_stratified(strata: Sequence[Hashable], n: int, rng: np.random.Generator) -> Drawn:
    """Draw `n` units from strata: each stratum's share is rounded at random, then units are drawn without replacement.

    Parameters
    ----------
    strata : sequence
        Stratum of each unit; the values must sort. Neighbours in that order balance each other's rounding.
    n : int
        Units to draw, from 1 to their number.
    rng : Generator
        Source of randomness; the probabilities do not depend on it.

    Returns
    -------
    Drawn
        Exactly `n` units; a unit's probability is its stratum's share divided by the stratum's size. It is positive
        also where there are fewer draws than strata.

    Raises
    ------
    InputError
        When `n` is not between 1 and the number of units.

    References
    ----------
    Cox 1987, A constructive procedure for unbiased controlled rounding, JASA 82:520-524. Särndal, Swensson and Wretman
    1992, Model assisted survey sampling, sections 3.4 and 3.7.
    """
    if not 1 <= n <= len(strata):
        raise InputError(f"Invalid sample {n!r}. It must be a number from 1 to {len(strata)}.")
    names = sorted(set(strata))  # type: ignore[type-var]
    number = {name: i for i, name in enumerate(names)}
    stratum = np.array([number[name] for name in strata])
    sizes = np.bincount(stratum)
    share = share_draws(sizes, n)
    borders = np.concatenate([[0.0], np.cumsum(share)])
    borders[-1] = n
    counts = np.diff(np.floor(borders - rng.random())).astype(int)
    chosen = np.zeros(len(stratum), dtype=bool)
    for i, count in enumerate(np.minimum(counts, sizes).tolist()):
        chosen[rng.choice(np.flatnonzero(stratum == i), size=count, replace=False)] = True
    return Drawn(chosen, (share / sizes)[stratum])
