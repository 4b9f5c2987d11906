"""Features of a pair from the event's other pairs: rivals of either sentence, a third outlet, neighbours in the text."""

import numpy as np

from crossframe.matching.pair_features import PairFeatures, both_ways
from crossframe.records import Sentences

MIN_LOG_ODDS = -8.0
"""Log-odds of pairs that late interaction did not score, and the lower bound of those that it did."""
CONTEXT = (
    "interaction_rank_high",
    "interaction_rank_low",
    "interaction_lead_high",
    "interaction_lead_low",
    "partners_high",
    "partners_low",
    "third",
    "beside_high",
    "beside_low",
    "along",
    "across",
)


def describe_context(sentences: Sentences, features: PairFeatures, log_odds: np.ndarray) -> np.ndarray:
    """Return features of every pair from the log-odds of the other pairs.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    features : PairFeatures
        Its pairs.
    log_odds : ndarray of shape (n_pairs,)
        That a pair is aligned, by late interaction.

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
    odds = np.full((n, n), MIN_LOG_ODDS)
    odds[left, right] = odds[right, left] = log_odds
    probability = np.where(outlet[:, None] == outlet[None, :], 0.0, 1 / (1 + np.exp(-odds)))
    rank, lead, partners = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for number in np.unique(outlet):
        own = np.flatnonzero(outlet == number)
        block = odds[:, own]
        above = (block[:, None, :] > block[:, :, None]).sum(axis=2)
        best = np.sort(np.concatenate([block, np.full((n, 2), MIN_LOG_ODDS)], axis=1), axis=1)[:, ::-1]
        rank[:, own] = above
        lead[:, own] = block - np.where(above == 0, best[:, 1:2], best[:, :1])
        partners[:, own] = probability[:, own].sum(axis=1, keepdims=True)

    step = _steps_in_article(sentences)
    beside = np.maximum(_shifted(probability, step[1], None), _shifted(probability, step[-1], None))
    along = _shifted(probability, step[1], step[1]) + _shifted(probability, step[-1], step[-1])
    across = np.maximum(_shifted(probability, step[1], step[-1]), _shifted(probability, step[-1], step[1]))
    columns = np.column_stack(
        [
            both_ways(rank, left, right, np.maximum),
            both_ways(rank, left, right, np.minimum),
            both_ways(lead, left, right, np.maximum),
            both_ways(lead, left, right, np.minimum),
            both_ways(partners, left, right, np.maximum),
            both_ways(partners, left, right, np.minimum),
            _third_outlet(probability, outlet)[left, right],
            both_ways(beside, left, right, np.maximum),
            both_ways(beside, left, right, np.minimum),
            along[left, right],
            across[left, right],
        ]
    )
    # Sums over rows differ in their last bits with the order of articles, and trees compare with thresholds.
    rounded: np.ndarray = np.round(columns, 6)
    return rounded


def _third_outlet(probability: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Return the best support of a pair by a sentence of neither's outlet: the lesser of its two probabilities."""
    support = np.zeros_like(probability)
    for number in np.unique(outlet):
        best = np.zeros_like(probability)
        for row in np.flatnonzero(outlet == number):
            if probability[row].max() > 0.05:
                np.maximum(best, np.minimum.outer(probability[:, row], probability[row]), out=best)
        apart = (outlet[:, None] != number) & (outlet[None, :] != number)
        support = np.where(apart, np.maximum(support, best), support)
    return support


def _steps_in_article(sentences: Sentences) -> dict[int, np.ndarray]:
    """Return for +1 and -1 the row of the next and the previous sentence of the same article, -1 where there is none."""
    article = sentences.article
    follows = np.append(article[1:] == article[:-1], False) if len(article) else np.zeros(0, dtype=bool)
    row = np.arange(len(article))
    preceded = np.insert(follows[:-1], 0, False) if len(article) else follows
    return {1: np.where(follows, row + 1, -1), -1: np.where(preceded, row - 1, -1)}


def _shifted(probability: np.ndarray, rows: np.ndarray, columns: np.ndarray | None) -> np.ndarray:
    """Return the matrix at other rows and columns, 0 where there are none (-1); its first axis is one side of the pair."""
    shifted = np.where((rows >= 0)[:, None], probability[np.maximum(rows, 0)], 0.0)
    if columns is not None:
        shifted = np.where((columns >= 0)[None, :], shifted[:, np.maximum(columns, 0)], 0.0)
    return shifted
