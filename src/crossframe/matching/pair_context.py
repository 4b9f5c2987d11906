"""What an event's other pairs say of a pair: rivals of either sentence, a third outlet's support, neighbours in the text."""

import numpy as np

from crossframe.matching.pair_features import PairFeatures, both_ways
from crossframe.records import Sentences

FLOOR = -8.0
"""Log-odds of pairs that were not read, and the least of those that were."""
CONTEXT = (
    "read_rank_high",
    "read_rank_low",
    "read_lead_high",
    "read_lead_low",
    "partners_high",
    "partners_low",
    "third",
    "beside_high",
    "beside_low",
    "along",
    "across",
)


def describe_context(sentences: Sentences, features: PairFeatures, read: np.ndarray) -> np.ndarray:
    """Return what the other pairs' log-odds say of every pair.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    features : PairFeatures
        Its pairs.
    read : ndarray of shape (n_pairs,)
        Log-odds that a pair aligns, as the reader gave them.

    Returns
    -------
    ndarray of shape (n_pairs, 11)
        Columns `CONTEXT`: rank of each among the other's partners in its outlet, lead over the best rival, expected
        number of partners, support by a third outlet (both align with one of its sentences), and the probability of
        pairs next to it in the texts. Swapping left and right changes none.
    """
    n = len(sentences)
    left, right = features.left, features.right
    outlet = sentences.outlet_number
    odds = np.full((n, n), FLOOR)
    odds[left, right] = odds[right, left] = read
    chance = np.where(outlet[:, None] == outlet[None, :], 0.0, 1 / (1 + np.exp(-odds)))
    rank, lead, partners = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for one in np.unique(outlet):
        own = np.flatnonzero(outlet == one)
        block = odds[:, own]
        above = (block[:, None, :] > block[:, :, None]).sum(axis=2)
        best = np.sort(np.concatenate([block, np.full((n, 2), FLOOR)], axis=1), axis=1)[:, ::-1]
        rank[:, own] = above
        lead[:, own] = block - np.where(above == 0, best[:, 1:2], best[:, :1])
        partners[:, own] = chance[:, own].sum(axis=1, keepdims=True)

    step = _steps_in_article(sentences)
    beside = np.maximum(_moved(chance, step[1], None), _moved(chance, step[-1], None))
    along = _moved(chance, step[1], step[1]) + _moved(chance, step[-1], step[-1])
    across = np.maximum(_moved(chance, step[1], step[-1]), _moved(chance, step[-1], step[1]))
    columns = np.column_stack(
        [
            both_ways(rank, left, right, np.maximum),
            both_ways(rank, left, right, np.minimum),
            both_ways(lead, left, right, np.maximum),
            both_ways(lead, left, right, np.minimum),
            both_ways(partners, left, right, np.maximum),
            both_ways(partners, left, right, np.minimum),
            _third(chance, outlet)[left, right],
            both_ways(beside, left, right, np.maximum),
            both_ways(beside, left, right, np.minimum),
            along[left, right],
            across[left, right],
        ]
    )
    # Sums over rows differ in their last bits with the order of articles, and trees ask for thresholds.
    rounded: np.ndarray = np.round(columns, 6)
    return rounded


def _third(chance: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Return the best support of a pair by a sentence of neither's outlet: the lesser of its two probabilities."""
    support = np.zeros_like(chance)
    for one in np.unique(outlet):
        best = np.zeros_like(chance)
        for row in np.flatnonzero(outlet == one):
            if chance[row].max() > 0.05:
                np.maximum(best, np.minimum.outer(chance[:, row], chance[row]), out=best)
        apart = (outlet[:, None] != one) & (outlet[None, :] != one)
        support = np.where(apart, np.maximum(support, best), support)
    return support


def _steps_in_article(sentences: Sentences) -> dict[int, np.ndarray]:
    """Return for +1 and -1 the row of the next and the previous sentence of the same article, -1 where there is none."""
    article = sentences.article
    follows = np.append(article[1:] == article[:-1], False) if len(article) else np.zeros(0, dtype=bool)
    row = np.arange(len(article))
    comes = np.insert(follows[:-1], 0, False) if len(article) else follows
    return {1: np.where(follows, row + 1, -1), -1: np.where(comes, row - 1, -1)}


def _moved(chance: np.ndarray, rows: np.ndarray, columns: np.ndarray | None) -> np.ndarray:
    """Return the matrix read at other rows and columns, 0 where there are none; its first axis is the pair's one side."""
    moved = np.where((rows >= 0)[:, None], chance[np.maximum(rows, 0)], 0.0)
    if columns is not None:
        moved = np.where((columns >= 0)[None, :], moved[:, np.maximum(columns, 0)], 0.0)
    return moved
