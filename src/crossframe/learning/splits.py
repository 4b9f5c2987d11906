"""Splits that keep what belongs together on one side: by article, event or outlet, never by item."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from crossframe.errors import InputError


def split_by_group(groups: Sequence[str], *, share: float, seed: int = 0) -> np.ndarray:
    """Return which items are held out, whole groups at a time, chosen by hash so that it never depends on order.

    Parameters
    ----------
    groups : sequence of str
        Group (article, event) of every item.
    share : float
        Share of groups held out, in (0, 1).
    seed : int
        Another seed, another choice.

    Returns
    -------
    ndarray of bool of shape (n_items,)
        True where held out; both sides are non-empty.

    Raises
    ------
    InputError
        When there are fewer than two groups.

    Examples
    --------
    >>> split_by_group(["a", "a", "b", "c"], share=0.3).tolist()
    [False, False, True, False]
    """
    distinct = sorted(set(groups), key=lambda g: hashlib.sha256(f"{seed} {g}".encode()).hexdigest())
    if len(distinct) < 2:
        raise InputError(f"Invalid number of groups {len(distinct)!r}. Holding some out needs at least two.")
    n_held = min(max(1, round(share * len(distinct))), len(distinct) - 1)
    held = set(distinct[:n_held])
    return np.array([group in held for group in groups], dtype=bool)


def folds_by_group(
    groups: Sequence[str], n_folds: int, *, seed: int = 0
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield (training rows, held-out rows) of `n_folds` folds, whole groups at a time, balanced by number of items."""
    distinct, counts = np.unique(np.array(groups), return_counts=True)
    order = sorted(
        range(len(distinct)),
        key=lambda i: (-counts[i], hashlib.sha256(f"{seed} {distinct[i]}".encode()).hexdigest()),
    )
    size = np.zeros(min(n_folds, len(distinct)), dtype=int)
    fold_of = {}
    for i in order:
        fold = int(size.argmin())
        fold_of[distinct[i]] = fold
        size[fold] += counts[i]
    fold_of_row = np.array([fold_of[group] for group in groups])
    for fold in range(len(size)):
        yield np.flatnonzero(fold_of_row != fold), np.flatnonzero(fold_of_row == fold)
