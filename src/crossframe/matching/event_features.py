"""What speaks for two articles telling one event: shared words of their leads, word pairs, names, and their dates."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from crossframe.lexicons import stop_words
from crossframe.records import Article
from crossframe.text import WORD, match_key, words

LEAD_WORDS = 100
"""Words of the text that count as lead beside the title: of 100, 200 and 300 the best on the 30 events of BASIL that the
aligner is trained on."""

OTHER_ARTICLES = 100
"""Articles of other events that are thought to lie beside those given when words are weighted, so that what all
articles of a small corpus share still counts: of 0, 100, 300 and 1,000 the fewest after which samples of 1, 2, 5 and
10 events (BASIL's 30 events and the train topics of ECB+) are found as well as with more."""

SLOPES = {"lead": 18.5, "pairs": 6.2, "names": 5.7}
INTERCEPT = -9.5
"""Logistic regression on the square roots of the three cosines, both outcomes weighted alike: all pairs of articles of
BASIL's 30 events, of the train topics of ECB+, and of samples of five events of each (``benchmarks/events.py``)."""

CHOSEN_AMONG = 575
"""Articles of the largest corpus among them. The more articles, the less likely any two are of one event: beyond this
number the odds fall in proportion, as Bayes' rule has it for events that do not grow with the corpus."""

WINDOW_DAYS = 3
"""Days between the articles of one event that say nothing against it: the longest gap within BASIL's 30 events."""

EVERY = slice(None)
Rows = slice | np.ndarray
_LONG_WORD = 5
_ENDING = re.compile(r"(?:'s|s|ing|ed)$")


class Evidence:
    """What speaks for any two of some articles telling one event.

    Parameters
    ----------
    articles : sequence of Article
        At least one; their declared events are not looked at.
    dates : bool
        Whether dates are looked at. Articles more than `WINDOW_DAYS` apart lose one unit of log-odds each time the
        gap doubles; an unknown date says nothing.

    Examples
    --------
    >>> told = [Article("a", "e", "x", "Snow in May", "Snow fell in Ulm."), Article("b", "e", "y", "", "Ulm: snow fell.")]
    >>> bool(Evidence(told).probability(slice(0, 1))[0, 1] > 0.9)
    True
    """

    def __init__(self, articles: Sequence[Article], *, dates: bool = True) -> None:
        leads = [_lead(article) for article in articles]
        documents = [article.document for article in articles]
        self._vectors = {
            "lead": _vectors(leads, _stems),
            "pairs": _vectors(documents, _pairs),
            "names": _vectors(documents, _names),
        }
        days = [article.published.toordinal() if article.published and dates else 0 for article in articles]
        self._days = np.array(days, dtype=float)
        self._intercept = INTERCEPT - np.log(max(1, len(articles) / CHOSEN_AMONG))

    def cosines(self, rows: Rows, columns: Rows = EVERY) -> dict[str, np.ndarray]:
        """Return the square roots of the cosines of articles in `rows` to those in `columns`, by kind."""
        return {
            kind: np.sqrt(np.clip((vectors[rows] @ vectors[columns].T).toarray(), 0, 1))
            for kind, vectors in self._vectors.items()
        }

    def probability(self, rows: Rows, columns: Rows = EVERY) -> np.ndarray:
        """Return the probability that articles in `rows` and in `columns` tell one event, four decimals.

        Returns
        -------
        ndarray of shape (n_rows, n_columns)
        """
        cosines = self.cosines(rows, columns)
        odds = self._intercept + sum(slope * cosines[kind] for kind, slope in SLOPES.items())
        return np.round(1 / (1 + np.exp(self._apart(rows, columns) - odds)), 4)

    def _apart(self, rows: Rows, columns: Rows) -> np.ndarray:
        left, right = self._days[rows][:, None], self._days[columns][None, :]
        gap = np.where((left > 0) & (right > 0), np.abs(left - right), 0)
        lost: np.ndarray = np.log2(np.maximum(1, (gap + 1) / (WINDOW_DAYS + 1)))
        return lost


def _lead(article: Article) -> str:
    return f"{article.title}\n{' '.join(article.text.split()[:LEAD_WORDS])}"


def _stem(word: str) -> str:
    """Return a long word without its commonest endings, so that plural, possessive and tense do not matter."""
    return _ENDING.sub("", word) if len(word) >= _LONG_WORD else word


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in words(text) if word not in stop_words()]


def _pairs(text: str) -> list[str]:
    stems = _stems(text)
    return [f"{left} {right}" for left, right in pairwise(stems)]


def _names(text: str) -> list[str]:
    """Return the words that begin with a capital or a figure."""
    found = WORD.findall(unicodedata.normalize("NFKC", text))
    keys = (match_key(word) for word in found if word[0].isupper() or word[0].isdigit())
    return [_stem(key) for key in keys if key not in stop_words()]


def _vectors(texts: Sequence[str], terms: Callable[[str], list[str]]) -> Any:
    """Return TF-IDF vectors of unit length: sparse, of shape (n_texts, n_terms)."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    listed = [terms(text) for text in texts]
    if not any(listed):
        return csr_matrix((len(texts), 1))
    counts = CountVectorizer(analyzer=lambda one: one).fit_transform(listed).astype(float)
    n_with = counts.getnnz(axis=0)
    counts.data = 1 + np.log(counts.data)
    weights = np.log((len(texts) + OTHER_ARTICLES + 1) / (n_with + 1)) + 1
    return normalize(counts.multiply(weights).tocsr())
