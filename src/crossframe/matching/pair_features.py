"""Features of all cross-outlet sentence pairs of one event: lexical, embedding, rank and position, all symmetric."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from crossframe.records import Sentences
from crossframe.text import match_key, words

NEIGHBOURS = 4
"""Nearest neighbours of the margin (Artetxe & Schwenk 2019)."""
N_BEST = 8
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_QUOTED = re.compile(r"[“\"]([^“”\"]{3,})[”\"]")

EMBEDDING_FEATURES = ("cosine", "margin", "rank_high", "rank_low", "cosine_x_words")
LEXICAL_FEATURES = (
    "words",
    "pairs",
    "characters",
    "contained_high",
    "contained_low",
    "words_rank_high",
    "words_rank_low",
    "words_margin",
    "names",
    "numbers",
    "quoted",
    "numbers_clash",
    "position",
    "early",
    "title",
    "length_high",
    "length_low",
    "best_high",
    "best_low",
)


@dataclass(frozen=True)
class PairFeatures:
    """Pairs of an event and what is known of each.

    Parameters
    ----------
    left, right : ndarray of shape (n_pairs,)
        Rows of the sentences; left < right; always of different outlets.
    names : tuple of str
        Names of the features.
    values : ndarray of shape (n_pairs, n_features)
        Features; swapping left and right changes none.
    """

    left: np.ndarray
    right: np.ndarray
    names: tuple[str, ...]
    values: np.ndarray


def describe_pairs(sentences: Sentences, vectors: np.ndarray | None) -> PairFeatures:
    """Return the features of all pairs of non-empty sentences of different outlets.

    Parameters
    ----------
    sentences : Sentences
        Of one event; any number of outlets and articles.
    vectors : ndarray of shape (n_sentences, n_dims) or None
        Unit length; None leaves the embedding features out.

    Returns
    -------
    PairFeatures
        In the order of rows.

    References
    ----------
    Margin: Artetxe and Schwenk 2019, Margin-based parallel corpus mining. Containment: Broder 1997.
    """
    filled = np.array([bool(text.strip()) for text in sentences.text], dtype=bool)
    outlet = sentences.outlet_number
    left, right = np.nonzero(
        np.triu((outlet[:, None] != outlet[None, :]) & filled[:, None] & filled[None, :])
    )
    tokens = [words(text) for text in sentences.text]
    lexical = _lexical(sentences, tokens, outlet, left, right)
    columns = dict(lexical)
    names: tuple[str, ...] = LEXICAL_FEATURES
    if vectors is not None:
        columns |= _embedded(vectors.astype(np.float64), outlet, left, right, lexical["words"])
        names = (*EMBEDDING_FEATURES, *names)
    values = np.column_stack([columns[name] for name in names]) if len(left) else np.zeros((0, len(names)))
    return PairFeatures(left, right, names, values)


def is_candidate(features: PairFeatures) -> np.ndarray:
    """Return which pairs late interaction scores: ndarray of bool of shape (n_pairs,).

    One of the two ranks among the other's eight best partners in its outlet, by vectors or by words: 98 in 100 of the
    aligned pairs of BASIL's training events, and two thirds of all pairs.
    """
    ranks = [features.names.index(name) for name in ("rank_high", "words_rank_high")]
    chosen: np.ndarray = features.values[:, ranks].max(axis=1, initial=0.0) >= 1 / N_BEST - 1e-9
    return chosen


Columns = dict[str, np.ndarray]


def _embedded(
    vectors: np.ndarray, outlet: np.ndarray, left: np.ndarray, right: np.ndarray, lexical: np.ndarray
) -> Columns:
    cosine = vectors @ vectors.T
    ranks = _ranks(cosine, outlet)
    pair = cosine[left, right]
    return {
        "cosine": pair,
        "margin": (cosine - neighbourhood(cosine, outlet, NEIGHBOURS))[left, right],
        "rank_high": np.maximum(ranks[left, right], ranks[right, left]),
        "rank_low": np.minimum(ranks[left, right], ranks[right, left]),
        "cosine_x_words": pair * lexical,
    }


def _lexical(
    sentences: Sentences, tokens: list[list[str]], outlet: np.ndarray, left: np.ndarray, right: np.ndarray
) -> Columns:
    by_words = _cosine(tokens)
    by_pairs = _cosine([[f"{a} {b}" for a, b in pairwise(t)] for t in tokens])
    by_characters = _cosine([_character_grams(text) for text in sentences.text])
    contained = _containment(tokens)
    ranks = _ranks(by_words, outlet)
    position, title = _positions(sentences)
    length = np.log1p([len(t) for t in tokens])
    names = _containment([_NAME.findall(text) for text in sentences.text])
    numbers = [_NUMBER.findall(text) for text in sentences.text]
    shared_numbers = _containment(numbers)
    quoted = _containment([words(" ".join(_QUOTED.findall(text))) for text in sentences.text])
    has_number = np.array([bool(n) for n in numbers])
    best = _best(by_words, outlet)

    return {
        "words": by_words[left, right],
        "pairs": by_pairs[left, right],
        "characters": by_characters[left, right],
        "contained_high": both_ways(contained, left, right, np.maximum),
        "contained_low": both_ways(contained, left, right, np.minimum),
        "words_rank_high": both_ways(ranks, left, right, np.maximum),
        "words_rank_low": both_ways(ranks, left, right, np.minimum),
        "words_margin": (by_words - neighbourhood(by_words, outlet, NEIGHBOURS))[left, right],
        "names": both_ways(names, left, right, np.maximum),
        "numbers": both_ways(shared_numbers, left, right, np.maximum),
        "quoted": both_ways(quoted, left, right, np.maximum),
        "numbers_clash": (
            has_number[left] & has_number[right] & (both_ways(shared_numbers, left, right, np.maximum) == 0)
        ).astype(float),
        "position": np.abs(position[left] - position[right]),
        "early": np.minimum(position[left], position[right]),
        "title": title[left] + title[right],
        "length_high": np.maximum(length[left], length[right]),
        "length_low": np.minimum(length[left], length[right]),
        "best_high": np.maximum(best[left], best[right]),
        "best_low": np.minimum(best[left], best[right]),
    }


def _character_grams(text: str, n: int = 4) -> list[str]:
    key = f" {match_key(text)} "
    return [key[i : i + n] for i in range(len(key) - n + 1)]


def _weights(lists: Sequence[Sequence[str]]) -> tuple[dict[str, int], np.ndarray]:
    frequency = Counter(token for tokens in lists for token in set(tokens))
    vocabulary = {token: i for i, token in enumerate(sorted(frequency))}
    idf = np.array([math.log((1 + len(lists)) / (1 + frequency[token])) + 1 for token in vocabulary])
    return vocabulary, idf


def _matrix(lists: Sequence[Sequence[str]], vocabulary: dict[str, int], *, binary: bool) -> object:
    from scipy.sparse import csr_matrix

    rows, columns, values = [], [], []
    for row, tokens in enumerate(lists):
        for token, count in sorted(Counter(tokens).items()):
            rows.append(row)
            columns.append(vocabulary[token])
            values.append(1.0 if binary else 1.0 + math.log(count))
    return csr_matrix((values, (rows, columns)), shape=(len(lists), max(len(vocabulary), 1)))


def _cosine(lists: Sequence[Sequence[str]]) -> np.ndarray:
    """Return the TF-IDF cosines (sublinear) of token lists: ndarray of shape (n, n)."""
    from sklearn.preprocessing import normalize

    vocabulary, idf = _weights(lists)
    if not vocabulary:
        return np.zeros((len(lists), len(lists)))
    weighted = normalize(_matrix(lists, vocabulary, binary=False).multiply(idf).tocsr())  # type: ignore[attr-defined]
    return np.asarray((weighted @ weighted.T).toarray())


def _containment(lists: Sequence[Sequence[str]]) -> np.ndarray:
    """Return the IDF-weighted share of row i's tokens that row j has: ndarray of shape (n, n); 0 for no tokens."""
    vocabulary, idf = _weights(lists)
    if not vocabulary:
        return np.zeros((len(lists), len(lists)))
    matrix = _matrix(lists, vocabulary, binary=True)
    shared = np.asarray((matrix.multiply(idf).tocsr() @ matrix.T).toarray())  # type: ignore[attr-defined]
    total = np.asarray(matrix @ idf)
    return shared / np.maximum(total, 1e-12)[:, None]


def _ranks(similarity: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Return 1 / rank of column j among row i's candidates in j's outlet; ties share the better rank."""
    ranks = np.zeros_like(similarity)
    for number in np.unique(outlet):
        block = similarity[:, outlet == number]
        above = (block[:, None, :] > block[:, :, None] + 1e-9).sum(axis=2)
        ranks[:, outlet == number] = 1.0 / (1.0 + above)
    return ranks


def both_ways(
    matrix: np.ndarray, left: np.ndarray, right: np.ndarray, pick: Callable[..., np.ndarray]
) -> np.ndarray:
    """Return for every pair the greater (np.maximum) or the lesser (np.minimum) of its two entries in `matrix`."""
    chosen: np.ndarray = pick(matrix[left, right], matrix[right, left])
    return chosen


def neighbourhood(similarity: np.ndarray, outlet: np.ndarray, neighbours: int) -> np.ndarray:
    """Return for every pair the mean similarity of both sides' nearest neighbours in the other's outlet."""
    near = np.zeros_like(similarity, dtype=np.float64)
    for number in np.unique(outlet):
        block = similarity[:, outlet == number]
        nearest = np.sort(block, axis=1)[:, -min(neighbours, block.shape[1]) :]
        near[:, outlet == number] = nearest.mean(axis=1)[:, None]
    mean: np.ndarray = (near + near.T) / 2
    return mean


def _best(similarity: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Return each row's greatest similarity to another outlet's sentence."""
    other = outlet[:, None] != outlet[None, :]
    return np.where(other, similarity, 0.0).max(axis=1, initial=0.0)


def _positions(sentences: Sentences) -> tuple[np.ndarray, np.ndarray]:
    position = np.zeros(len(sentences))
    for article in sentences.articles:
        rows = sentences.rows_of(article.id)
        position[rows] = np.linspace(0, 1, len(rows)) if len(rows) > 1 else 0.0
    return position, (sentences.index == 0).astype(float)
