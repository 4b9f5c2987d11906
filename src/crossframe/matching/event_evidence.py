"""Evidence that two articles report one event: shared words, word pairs and names, days between them, persons apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np

from crossframe.lexicons import calendar_words, demonyms, first_names, seats, stop_words, territories
from crossframe.matching.differences.word_alignment import number_words
from crossframe.records import Article
from crossframe.text import WORD, match_key, name_key, words

LEAD_WORDS = 100
"""Words of the text that count as lead beside the title: of 100, 200 and 300 the best on BASIL's 30 training events."""

OTHER_ARTICLES = 100
"""Articles of other events that are assumed beside those given when words are weighted, so that words which all articles
of a small corpus share still count: of 0, 100, 300 and 1,000 the fewest after which samples of 1, 2, 5 and 10 events
(BASIL's 30 events and the train topics of ECB+) are grouped as well as with more."""

SLOPES = {"lead": 18.5, "pairs": 6.2, "names": 5.7, "near": 3.5, "strangers": -1.5, "gap": -3.3}
INTERCEPT = -9.5
"""Logistic regression on what `Evidence.values` gives, both classes weighted alike, by ``benchmarks/events.py``: the first three
slopes and the intercept on all pairs of articles of BASIL's 30 events, of the train topics of ECB+ and of samples of five events
of each; the others, with these fixed, on BASIL, ECB+ and each of its topics, and the train groups of similar-events."""

N_FITTED = 575
"""Articles of the largest of these corpora. The more articles, the less likely any two are of one event: beyond this
number the odds fall in proportion, by Bayes' rule for events that do not grow with the corpus."""

WINDOW_DAYS = 3
"""Days between two articles up to which dates are no evidence: the longest gap within BASIL's 30 events."""

_GENITIVE = re.compile(r"'s?$")
_ENDING = re.compile(r"(?:'s|s|ing|ed)$")
_LONG_WORD = 5
_MIN_COUNT = 3
"""Number words from which a count is an anchor: "one" and "two" are in every text."""
_LONGEST_COUNTRY = 3
"""Words of the longest names of countries and capitals that are looked for ("Bosnia and Herzegovina")."""

EVERY = slice(None)
Rows = slice | np.ndarray


class Evidence:
    """Evidence that two articles report one event, as `SLOPES` weighs it.

    Parameters
    ----------
    articles : sequence of Article
        At least one; their declared events are ignored.
    dates : bool
        Whether dates count; an unknown date is no evidence.

    Examples
    --------
    >>> one, other = Article("a", "e", "x", "Snow", "Snow fell in Ulm."), Article("b", "e", "y", "", "Ulm: snow fell.")
    >>> bool(Evidence([one, other]).probability(slice(0, 1))[0, 1] > 0.9)
    True
    """

    def __init__(self, articles: Sequence[Article], *, dates: bool = True) -> None:
        documents = [article.document for article in articles]
        self._leads = _vectors([_stems(_lead(article)) for article in articles])
        self._pairs = _vectors([_pairs(document) for document in documents])
        self._names = _vectors([_names(document) for document in documents])
        anchors = [read_anchors(document) for document in documents]
        self._anchors = _vectors(anchors)
        vocabulary = {anchor: number for number, anchor in enumerate(sorted(set(chain(*anchors))))}
        self._marks = _indicators(anchors, vocabulary)
        self._persons = _indicators([sorted(read_persons(document)) for document in documents], vocabulary)
        self._has_persons = self._persons.getnnz(axis=1) > 0
        days = [article.published.toordinal() if article.published and dates else 0 for article in articles]
        self._days = np.array(days, dtype=float)
        self._intercept = INTERCEPT - np.log(max(1, len(articles) / N_FITTED))

    def values(self, rows: Rows, columns: Rows = EVERY) -> dict[str, np.ndarray]:
        """Return the evidence on articles in `rows` and in `columns` by name: ndarrays of shape (n_rows, n_columns).

        ``lead``, ``pairs``, ``names``: square roots of the TF-IDF cosines of the leads' words, of word pairs, and of words that
        begin with a capital letter or a digit; ``near``: that of all names, countries and figures (`read_anchors`) where both
        dates are known and at most `WINDOW_DAYS` apart, falling to 0 at twice as much; ``strangers``: 1 where both name
        persons and neither one of the other's; ``gap``: how often the days between them double beyond `WINDOW_DAYS`.
        """
        gap, dated = self._gap(rows, columns)
        return {
            "lead": _cosines(self._leads, rows, columns),
            "pairs": _cosines(self._pairs, rows, columns),
            "names": _cosines(self._names, rows, columns),
            "near": _cosines(self._anchors, rows, columns) * dated * np.maximum(0, 1 - gap),
            "strangers": self._strangers(rows, columns),
            "gap": gap,
        }

    def probability(self, rows: Rows, columns: Rows = EVERY) -> np.ndarray:
        """Return the probability that articles in `rows` and in `columns` report one event, four decimals.

        Returns
        -------
        ndarray of shape (n_rows, n_columns)
        """
        values = self.values(rows, columns)
        odds = self._intercept + sum(slope * values[name] for name, slope in SLOPES.items())
        return np.round(1 / (1 + np.exp(-odds)), 4)

    def _gap(self, rows: Rows, columns: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Return doublings of the days between articles beyond `WINDOW_DAYS`, 0 where unknown, and where they are known."""
        left, right = self._days[rows][:, None], self._days[columns][None, :]
        dated = (left > 0) & (right > 0)
        days = np.where(dated, np.abs(left - right), 0)
        return np.log2(np.maximum(1, (days + 1) / (WINDOW_DAYS + 1))), dated

    def _strangers(self, rows: Rows, columns: Rows) -> np.ndarray:
        met = (self._persons[rows] @ self._marks[columns].T).toarray()
        met += (self._persons[columns] @ self._marks[rows].T).toarray().T
        both = self._has_persons[rows][:, None] & self._has_persons[columns][None, :]
        return (both & (met == 0)).astype(float)


def _lead(article: Article) -> str:
    return f"{article.title}\n{' '.join(article.text.split()[:LEAD_WORDS])}"


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in stop_words()]


def _pairs(text: str) -> list[str]:
    return [f"{left} {right}" for left, right in pairwise(_stems(text))]


def _names(text: str) -> list[str]:
    """Return the words that begin with a capital letter or a digit."""
    tokens = WORD.findall(unicodedata.normalize("NFKC", text))
    keys = (match_key(word) for word in tokens if word[0].isupper() or word[0].isdigit())
    return [stem(key) for key in keys if key not in stop_words()]


def _cosines(vectors: Any, rows: Rows, columns: Rows) -> np.ndarray:
    """Return the square roots of the cosines of vectors in `rows` to those in `columns`."""
    cosines: np.ndarray = np.sqrt(np.clip((vectors[rows] @ vectors[columns].T).toarray(), 0, 1))
    return cosines


def _indicators(tokens: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> Any:
    """Return which words of `vocabulary` each list has: sparse, of shape (n_lists, n_words), 1 or 0."""
    from scipy.sparse import csr_matrix

    cells = sorted(
        {(row, vocabulary[word]) for row, own in enumerate(tokens) for word in own if word in vocabulary}
    )
    ends = np.array(cells, dtype=int).reshape(-1, 2).T
    return csr_matrix((np.ones(len(cells)), (ends[0], ends[1])), shape=(len(tokens), max(1, len(vocabulary))))


def _vectors(tokens: Sequence[list[str]]) -> Any:
    """Return TF-IDF vectors of unit length of lists of words: sparse, of shape (n_lists, n_words)."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    if not any(tokens):
        return csr_matrix((len(tokens), 1))
    counts = CountVectorizer(analyzer=lambda document: document).fit_transform(tokens).astype(float)
    n_with = counts.getnnz(axis=0)
    counts.data = 1 + np.log(counts.data)
    weights = np.log((len(tokens) + OTHER_ARTICLES + 1) / (n_with + 1)) + 1
    return normalize(counts.multiply(weights).tocsr())


def stem(word: str) -> str:
    """Return a long word without its most frequent endings, so that plural, possessive and tense do not matter.

    Examples
    --------
    >>> stem("minister's"), stem("voted"), stem("gas")
    ('minister', 'vot', 'gas')
    """
    return _ENDING.sub("", word) if len(word) >= _LONG_WORD else word


def read_anchors(text: str) -> list[str]:
    """Return the anchors of a text in order: capitalised words, figures in digits or words, and countries as ``@CODE``.

    A country's name, its adjective and its capital all give its ISO 3166 code beside the word itself: one outlet's "Kyiv" is
    another's "Ukrainian capital". Names of days and months are none, nor are numbers below three that are spelled out.

    Examples
    --------
    >>> read_anchors("Nine died in Kyiv on Sunday."), read_anchors("The Ukrainian capital buried 9.")
    (['9', 'kyiv', '@UA'], ['ukrainian', '@UA', '9'])
    """
    words = _split_words(text)
    keys = [key for _, _, _, key in words]
    found = []
    for at, (_, _, word, key) in enumerate(words):
        count = number_words().get(key, 0)
        if count >= _MIN_COUNT:
            found.append(str(count))
        elif word[0].isdigit():
            found.append(key)
        elif word[0].isupper() and key not in stop_words() and key not in calendar_words():
            found += [stem(key), *_countries(keys[at : at + _LONGEST_COUNTRY])]
    return found


def read_persons(text: str) -> set[str]:
    """Return the surnames of a text, as `read_anchors` gives them: capitalised words behind a common given name.

    Examples
    --------
    >>> sorted(read_persons("Tom Roe beat Anna Bell in Harbour Town."))
    ['bell', 'roe']
    """
    words = _split_words(text)
    return {
        stem(key)
        for (_, end, given, first), (start, _, word, key) in pairwise(words)
        if start == end + 1 and given[0].isupper() and word[0].isupper() and first in first_names()
    }


def _split_words(text: str) -> list[tuple[int, int, str, str]]:
    """Return start, end, form and key of every word; the possessive is no part of the key."""
    matches = WORD.finditer(unicodedata.normalize("NFKC", text))
    return [
        (one.start(), one.end(), one.group(), _GENITIVE.sub("", name_key(one.group()))) for one in matches
    ]


def _countries(keys: list[str]) -> Iterator[str]:
    for length in range(1, len(keys) + 1):
        name = " ".join(keys[:length])
        codes = {territories().get(name), demonyms().get(name), *seats("capital").get(name, ())}
        yield from (f"@{code}" for code in sorted(code for code in codes if code))
