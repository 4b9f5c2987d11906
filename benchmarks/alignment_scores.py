"""Scores of sentence pairs by published methods: margin, mutual best match, transport, an ordered programme."""

from itertools import product

import numpy as np

from crossframe import _validation as check
from crossframe.matching.pair_features import neighbourhood

SINKHORN_ROUNDS = 50
"""On twelve of BASIL's training events, at the default blur, further rounds change no coupling by 1e-12."""
BLOCKS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Numbers of sentences that the ordered programme may set against each other, after Vecalign's and Bertalign's;
leaving a sentence of either side alone (1-0, 0-1) comes with them."""


def margins(similarity: np.ndarray, outlet: np.ndarray, *, neighbours: int, form: str) -> np.ndarray:
    """Return each similarity relative to that of both sentences' nearest neighbours.

    Parameters
    ----------
    similarity : ndarray of shape (n_sentences, n_sentences)
        Symmetric, at least 0.
    outlet : ndarray of shape (n_sentences,)
        Neighbours of a pair are looked for in the outlet of the other sentence.
    neighbours : int
        How many.
    form : str
        ``ratio`` r to the neighbours' mean, as r / (1 + r), or ``distance`` d from it, as (1 + d) / 2.

    Returns
    -------
    ndarray of shape (n_sentences, n_sentences)
        In [0, 1]; 0.5 where a pair is as similar as its neighbourhood.

    Raises
    ------
    UnknownNameError
        When there is no such form.

    References
    ----------
    Artetxe and Schwenk 2019, Margin-based parallel corpus mining with multilingual sentence embeddings.

    Examples
    --------
    >>> similarity = np.array([[1, 0.6, 0.2], [0.6, 1, 0.1], [0.2, 0.1, 1]])
    >>> float(margins(similarity, np.array([0, 1, 1]), neighbours=1, form="ratio")[0, 1])
    0.5
    """
    check.check_choice(form, "form of margin", ("distance", "ratio"))
    usual = neighbourhood(similarity, outlet, neighbours)
    if form == "distance":
        return np.asarray((1 + similarity - usual) / 2)
    ratio = similarity / np.where(usual > 0, usual, 1.0)
    return np.asarray(ratio / (1 + ratio))


def mutual_best(similarity: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Return the similarity of pairs of which each is the other's best in its outlet, 0 for others; ties are all best.

    Parameters
    ----------
    similarity : ndarray of shape (n_sentences, n_sentences)
        Symmetric; compared with four decimals.
    outlet : ndarray of shape (n_sentences,)
        Outlet of every sentence.

    Returns
    -------
    ndarray of shape (n_sentences, n_sentences)

    Examples
    --------
    >>> mutual_best(np.array([[1, 0.6, 0.2], [0.6, 1, 0.1], [0.2, 0.1, 1]]), np.array([0, 1, 1]))[0]
    array([0. , 0.6, 0. ])
    """
    rounded = np.round(similarity, 4)
    best = np.zeros(similarity.shape, dtype=bool)
    for one in np.unique(outlet):
        block = rounded[:, outlet == one]
        best[:, outlet == one] = block == block.max(axis=1, keepdims=True)
    other = outlet[:, None] != outlet[None, :]
    return np.where(best & best.T & other, similarity, 0.0)


def couplings(cost: np.ndarray, *, alone: float, blur: float, rounds: int = SINKHORN_ROUNDS) -> np.ndarray:
    """Return how much of each sentence entropic optimal transport carries to each sentence of the other outlet.

    Every sentence has mass 1, and each side a bin that takes in what has no partner.

    Parameters
    ----------
    cost : ndarray of shape (n_left, n_right)
        Of carrying one sentence to another; 0 is free.
    alone : float
        Cost of leaving a sentence in the bin: partners that cost more are left alone.
    blur : float
        Weight of the entropy; the smaller, the closer to a hard assignment.
    rounds : int
        Of scaling rows and columns.

    Returns
    -------
    ndarray of shape (n_left, n_right)
        In [0, 1]; without the bins.

    References
    ----------
    Cuturi 2013, Sinkhorn distances; the bins as in Sarlin et al. 2020, SuperGlue.

    Examples
    --------
    >>> couplings(np.array([[0.1, 0.9], [0.9, 0.9]]), alone=0.5, blur=0.05).round(2)
    array([[0.98, 0.  ],
           [0.  , 0.  ]])
    """
    n, m = cost.shape
    kernel = np.full((n + 1, m + 1), -alone / blur)
    kernel[:n, :m] = -cost / blur
    log_rows = np.log(np.append(np.ones(n), m))
    log_columns = np.log(np.append(np.ones(m), n))
    row, column = np.zeros(n + 1), np.zeros(m + 1)
    for _ in range(rounds):
        row = log_rows - _log_sum(kernel + column[None, :], axis=1)
        column = log_columns - _log_sum(kernel + row[:, None], axis=0)
    mass = np.exp(kernel + row[:, None] + column[None, :])[:n, :m]
    return np.asarray(np.clip(mass, 0.0, 1.0))


def _log_sum(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis=axis, keepdims=True)
    total = np.log(np.exp(values - top).sum(axis=axis, keepdims=True)) + top
    return np.asarray(total.squeeze(axis))


def ordered_blocks(one: np.ndarray, other: np.ndarray, *, skip: float) -> np.ndarray:
    """Return the scores of an alignment in which both articles keep their order, block against block.

    A dynamic programme takes the blocks whose similarities, less `skip` and times half the sentences in the block, have
    the greatest sum; sentences left alone add nothing. A block's similarity is the cosine of its sides' summed vectors.

    Parameters
    ----------
    one, other : ndarray of shape (n_sentences, n_dims)
        Unit vectors of the two articles' sentences in order.
    skip : float
        Similarity below which sentences are rather left alone.

    Returns
    -------
    ndarray of shape (n_one, n_other)
        The block's similarity for every pair across its sides, 0 for other pairs.

    References
    ----------
    Thompson and Koehn 2019, Vecalign; Liu and Zhu 2023, Bertalign. Gale and Church 1993 for the programme.

    Examples
    --------
    >>> one, other = np.eye(3)[[0, 1]], np.eye(3)[[0, 2, 1]]
    >>> ordered_blocks(one, other, skip=0.5)
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    similar = {block: _block_similarity(one, other, *block) for block in BLOCKS}
    gain = {block: (similar[block] - skip) * sum(block) / 2 for block in BLOCKS}
    best = _best_sums(gain, len(one), len(other))
    score = np.zeros((len(one), len(other)))
    i, j = len(one), len(other)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            a, b = next(block for block in BLOCKS if _reaches(best, gain[block], i, j, *block))
            score[i - a : i, j - b : j] = similar[a, b][i - a, j - b]
            i, j = i - a, j - b
    return np.clip(score, 0.0, 1.0)


def _block_similarity(one: np.ndarray, other: np.ndarray, a: int, b: int) -> np.ndarray:
    """Return the cosine of every run of `a` sentences with every run of `b`: shape (n_one - a + 1, n_other - b + 1)."""
    left, right = _summed(one, a), _summed(other, b)
    return np.asarray(left @ right.T)


def _summed(vectors: np.ndarray, size: int) -> np.ndarray:
    n = max(len(vectors) - size + 1, 0)
    total = np.sum([vectors[start : start + n] for start in range(size)], axis=0)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.where(length > 0, length, 1.0))


def _best_sums(gain: dict[tuple[int, int], np.ndarray], n: int, m: int) -> np.ndarray:
    """Return the greatest sum of gains over the first i and j sentences: shape (n + 1, m + 1)."""
    best = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        reached = best[i - 1].copy()
        for (a, b), values in gain.items():
            if a <= i and b <= m:
                np.maximum(reached[b:], best[i - a, : m + 1 - b] + values[i - a], out=reached[b:])
        best[i] = np.maximum.accumulate(reached)
    return best


def _reaches(best: np.ndarray, gain: np.ndarray, i: int, j: int, a: int, b: int) -> bool:
    return a <= i and b <= j and bool(best[i, j] == best[i - a, j - b] + gain[i - a, j - b])


def over_groups(group: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the rows of every two groups, the smaller group first.

    Examples
    --------
    >>> [(one.tolist(), other.tolist()) for one, other in over_groups(np.array([0, 0, 1]))]
    [([0, 1], [2])]
    """
    numbers = np.unique(group)
    return [
        (np.flatnonzero(group == one), np.flatnonzero(group == other))
        for one, other in product(numbers, numbers)
        if one < other
    ]
