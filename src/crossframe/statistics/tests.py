"""Tests over events, and the correction for many of them."""

import numpy as np

MIN_EVENTS = 6
"""Below six events a two-sided sign-flip test cannot reach p = .05 (2 / 2**5 = .0625): no p-value is given."""
_EXACT = 14
_DRAWS = 9999


def sign_flip_p_value(differences: np.ndarray, *, seed: int | np.random.Generator | None = 0) -> float:
    """Return the two-sided p-value that paired differences of independent events are centred on zero.

    Parameters
    ----------
    differences : ndarray of shape (n_events,)
        One difference per event.
    seed : int, Generator or None
        For the random flips beyond 14 events; up to 14 all flips are counted.

    Returns
    -------
    float
        NaN below six events.

    References
    ----------
    Fisher 1935, The design of experiments; Phipson and Smyth 2010, Permutation p-values should never be zero.

    Examples
    --------
    >>> sign_flip_p_value(np.array([1.0, 2.0, 1.5, 1.0, 2.0, 1.0]))
    0.03125
    >>> sign_flip_p_value(np.array([1.0, 2.0]))
    nan
    """
    n = len(differences)
    if n < MIN_EVENTS:
        return float("nan")
    observed = abs(differences.sum()) - 1e-12
    if n <= _EXACT:
        signs = 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return float(np.mean(np.abs(signs @ differences) >= observed))
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
    signs = rng.choice((-1, 1), size=(_DRAWS, n))
    return float((1 + np.sum(np.abs(signs @ differences) >= observed)) / (1 + _DRAWS))


def benjamini_hochberg(p_values: np.ndarray) -> np.ndarray:
    """Return q-values: the false discovery rate at which each test would be called.

    Parameters
    ----------
    p_values : ndarray of shape (n_tests,)
        NaN entries are no tests and stay NaN.

    Returns
    -------
    ndarray of shape (n_tests,)

    References
    ----------
    Benjamini and Hochberg 1995, Controlling the false discovery rate.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, np.nan, 0.03])).round(3).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    q_values = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    if not len(tested):
        return q_values
    order = tested[np.argsort(p_values[tested], kind="stable")]
    raw = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    q_values[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return q_values
