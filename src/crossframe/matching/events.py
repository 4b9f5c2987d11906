"""Group articles into events by content and date: average linkage of the probability that two report one event."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from crossframe.lexicons import stop_words
from crossframe.records import Article, Columns, Floats, Texts
from crossframe.text import WORD, match_key, words

MIN_PROBABILITY = 0.8
"""Mean probability from which groups of articles are one event (chosen where the slopes of the evidence were)."""

LIKELY = 0.5
"""Mean probability from which a single article is noted as near an event."""

_BLOCK = 512
"""Articles compared with all others at a time: 40 MB per kind of evidence at 10,000 articles."""

LEAD_WORDS = 100
"""Words of the text that count as lead beside the title: of 100, 200 and 300 the best on BASIL's 30 training events."""

OTHER_ARTICLES = 100
"""Articles of other events that are assumed beside those given when words are weighted, so that words which all articles
of a small corpus share still count: of 0, 100, 300 and 1,000 the fewest after which samples of 1, 2, 5 and 10 events
(BASIL's 30 events and the train topics of ECB+) are grouped as well as with more."""

SLOPES = {"lead": 18.5, "pairs": 6.2, "names": 5.7}
INTERCEPT = -9.5
"""Logistic regression on the square roots of the three cosines, both classes weighted alike: all pairs of articles of
BASIL's 30 events, of the train topics of ECB+, and of samples of five events of each (``benchmarks/events.py``)."""

N_FITTED = 575
"""Articles of the largest of these corpora. The more articles, the less likely any two are of one event: beyond this
number the odds fall in proportion, by Bayes' rule for events that do not grow with the corpus."""

WINDOW_DAYS = 3
"""Days between two articles up to which dates are no evidence: the longest gap within BASIL's 30 events."""

EVERY = slice(None)
Rows = slice | np.ndarray
_LONG_WORD = 5
_ENDING = re.compile(r"(?:'s|s|ing|ed)$")


@dataclass(frozen=True)
class Grouping(Columns):
    """Events among articles, one row per article: an editable table.

    ``similarity`` is the mean probability that the article reports the event of the others in its group (NaN for a single
    article); ``misfit`` says in a few words why its place is doubtful, "" where it is not.
    """

    event: Texts = ()
    article: Texts = ()
    outlet: Texts = ()
    published: Texts = ()
    title: Texts = ()
    similarity: Floats = ()  # type: ignore[assignment]
    misfit: Texts = ()


def group_articles(articles: Sequence[Article], *, dates: bool = True) -> Grouping:
    """Return the articles grouped into events, in the order given.

    Articles are compared in blocks and linked within the connected parts of the graph of likely pairs, which gives
    what linking all at once would. Time grows with the square of the articles, memory with that of the largest such
    part: 9,176 undated leads of NeuS took 40 seconds of one core and 650 MB. More than that is better split by date.

    Parameters
    ----------
    articles : sequence of Article
        Their declared events are ignored.
    dates : bool
        Whether dates count where they are known.

    Returns
    -------
    Grouping
        Events are called event-001, ... in the order of their first article's id.

    References
    ----------
    Sokal and Michener 1958, A statistical method for evaluating systematic relationships (average linkage).

    Examples
    --------
    >>> group_articles([Article("a", "e", "x", "Snow in May", "Snow fell in May.")]).event
    ('event-001',)
    """
    if not articles:
        return Grouping()
    listed = sorted(articles, key=lambda article: article.id)
    evidence = Evidence(listed, dates=dates)
    label = _link(evidence, len(listed))
    names = _event_names(int(label.max()) + 1)
    similarity, misfit = _places(evidence, label, names, np.ones(len(label)))
    rows = {
        article.id: {
            "event": names[label[i]],
            "article": article.id,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else "",
            "title": article.title,
            "similarity": float(similarity[i]),
            "misfit": misfit[i],
        }
        for i, article in enumerate(listed)
    }
    return Grouping.from_rows(rows[article.id] for article in articles)


def find_misfits(articles: Sequence[Article]) -> dict[str, str]:
    """Return why an article's place in its declared event is doubtful, by id; "" where it is not.

    The articles of each event are linked as `group_articles` links them; what is not in the largest part of its event is
    far from it. Where no part is the largest, all of the event are held against each other.

    Parameters
    ----------
    articles : sequence of Article
        Of all events that are compared: an article of another event may be nearer than those of its own.

    Returns
    -------
    dict of str to str
        In the order given; the words are those of `Grouping.misfit`.

    Examples
    --------
    >>> find_misfits([Article("a", "e", "x", "Snow in May", "Snow fell in May.")])
    {'a': 'alone'}
    """
    if not articles:
        return {}
    listed = sorted(articles, key=lambda article: article.id)
    names = sorted({article.event for article in articles})
    number = {name: i for i, name in enumerate(names)}
    label = np.array([number[article.event] for article in listed])
    evidence = Evidence(listed)
    counted = np.ones(len(label))
    for own in range(len(names)):
        members = np.flatnonzero(label == own)
        part = average_linkage(_distances(evidence, members), MIN_PROBABILITY)
        size = np.bincount(part)
        if (size == size.max()).sum() == 1:
            counted[members] = part == size.argmax()
    _, misfit = _places(evidence, label, names, counted)
    found = dict(zip((article.id for article in listed), misfit, strict=True))
    return {article.id: found[article.id] for article in articles}


def average_linkage(distance: np.ndarray, min_similarity: float) -> np.ndarray:
    """Return groups whose mean similarity between any two merged parts is at least `min_similarity`.

    Parameters
    ----------
    distance : ndarray of shape (n * (n - 1) / 2,)
        One minus the similarity of every two items, in the order (0, 1), (0, 2), ..., (1, 2), ...
    min_similarity : float
        In (0, 1].

    Returns
    -------
    ndarray of shape (n,)
        Group of every item, numbered from 0 in the order of their first items.

    Examples
    --------
    >>> average_linkage(np.array([0.8, 0.1, 0.7]), 0.8).tolist()
    [0, 1, 0]
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(distance) == 0:
        return np.zeros(1, dtype=int)
    return _in_order(fcluster(linkage(distance, "average"), 1 - min_similarity + 1e-9, "distance"))


def _in_order(label: np.ndarray) -> np.ndarray:
    """Return `label` renumbered from 0 in the order in which groups first occur."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    numbered: np.ndarray = np.argsort(np.argsort(first))[inverse]
    return numbered


def _blocks(n: int) -> Iterator[slice]:
    return (slice(start, min(start + _BLOCK, n)) for start in range(0, n, _BLOCK))


def _link(evidence: "Evidence", n: int) -> np.ndarray:
    """Return the group of every article: no two parts can be merged that no likely pair connects."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    left, right = [], []
    for rows in _blocks(n):
        likely = np.argwhere(evidence.probability(rows) >= MIN_PROBABILITY)
        left.append(likely[:, 0] + rows.start)
        right.append(likely[:, 1])
    ends = np.concatenate(left), np.concatenate(right)
    graph = coo_matrix((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(n, n))
    _, part = connected_components(graph, directed=False)
    label = np.zeros(n, dtype=int)
    n_groups = 0
    order = np.argsort(part, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        label[members] = n_groups + average_linkage(_distances(evidence, members), MIN_PROBABILITY)
        n_groups = int(label[members].max()) + 1
    return _in_order(label)


def _distances(evidence: "Evidence", members: np.ndarray) -> np.ndarray:
    """Return one minus the probability of every two `members`, as `average_linkage` takes it."""
    rest = [
        np.round(1 - row[first + 1 :], 4)
        for rows in _blocks(len(members))
        for first, row in enumerate(evidence.probability(members[rows], members), rows.start)
    ]
    return np.concatenate(rest)


def _event_names(n: int) -> list[str]:
    width = max(3, len(str(n)))
    return [f"event-{number:0{width}d}" for number in range(1, n + 1)]


def _places(
    evidence: "Evidence", label: np.ndarray, names: Sequence[str], counted: np.ndarray
) -> tuple[np.ndarray, list[str]]:
    """Return every article's mean probability with the others of its event, and why its place is doubtful.

    An event is what is `counted` of it (1, else 0).
    """
    size = np.bincount(label, counted)
    similarity, misfit = np.full(len(label), np.nan), []
    for rows in _blocks(len(label)):
        total = _sums(evidence.probability(rows), np.arange(rows.start, rows.stop), label, counted)
        for i, sums in enumerate(total, rows.start):
            own = label[i]
            means = np.round(sums / size, 4)
            means[own] = -1
            near = int(means.argmax())
            if size[own] > counted[i]:
                similarity[i] = np.round(sums[own] / (size[own] - counted[i]), 4)
            misfit.append(_doubt(float(similarity[i]), names[near], float(means[near])))
    return similarity, misfit


def _sums(probability: np.ndarray, rows: np.ndarray, label: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Return the sum of the probabilities of `rows` with what is `counted` of each event, an article itself left out."""
    from scipy.sparse import csr_matrix

    probability[np.arange(len(rows)), rows] = 0
    member = csr_matrix((counted, (np.arange(len(label)), label)))
    return np.asarray(probability @ member)


def _doubt(similarity: float, near: str, nearness: float) -> str:
    """Return why an article's place is doubtful.

    Examples
    --------
    >>> _doubt(float("nan"), "event-002", 0.61), _doubt(0.7, "event-002", 0.1), _doubt(0.9, "event-002", 0.3)
    ('alone, near event-002 (0.61)', 'far from its event', '')
    """
    if np.isnan(similarity):
        return f"alone, near {near} ({nearness:.2f})" if nearness >= LIKELY else "alone"
    if nearness > max(similarity, LIKELY):
        return f"nearer to {near} ({nearness:.2f})"
    return "far from its event" if similarity < MIN_PROBABILITY else ""


class Evidence:
    """Evidence that two articles report one event: shared words of their leads, word pairs, names, and dates.

    Parameters
    ----------
    articles : sequence of Article
        At least one; their declared events are ignored.
    dates : bool
        Whether dates count. Articles more than `WINDOW_DAYS` apart lose one unit of log-odds each time the gap doubles;
        an unknown date is no evidence.

    Examples
    --------
    >>> one, other = Article("a", "e", "x", "Snow", "Snow fell in Ulm."), Article("b", "e", "y", "", "Ulm: snow fell.")
    >>> bool(Evidence([one, other]).probability(slice(0, 1))[0, 1] > 0.9)
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
        self._intercept = INTERCEPT - np.log(max(1, len(articles) / N_FITTED))

    def cosines(self, rows: Rows, columns: Rows = EVERY) -> dict[str, np.ndarray]:
        """Return the square roots of the cosines of articles in `rows` to those in `columns`, by kind."""
        return {
            kind: np.sqrt(np.clip((vectors[rows] @ vectors[columns].T).toarray(), 0, 1))
            for kind, vectors in self._vectors.items()
        }

    def probability(self, rows: Rows, columns: Rows = EVERY) -> np.ndarray:
        """Return the probability that articles in `rows` and in `columns` report one event, four decimals.

        Returns
        -------
        ndarray of shape (n_rows, n_columns)
        """
        cosines = self.cosines(rows, columns)
        odds = self._intercept + sum(slope * cosines[kind] for kind, slope in SLOPES.items())
        return np.round(1 / (1 + np.exp(self._penalty(rows, columns) - odds)), 4)

    def _penalty(self, rows: Rows, columns: Rows) -> np.ndarray:
        """Return the log-odds that two articles lose by the days between them."""
        left, right = self._days[rows][:, None], self._days[columns][None, :]
        gap = np.where((left > 0) & (right > 0), np.abs(left - right), 0)
        lost: np.ndarray = np.log2(np.maximum(1, (gap + 1) / (WINDOW_DAYS + 1)))
        return lost


def _lead(article: Article) -> str:
    return f"{article.title}\n{' '.join(article.text.split()[:LEAD_WORDS])}"


def _stem(word: str) -> str:
    """Return a long word without its most frequent endings, so that plural, possessive and tense do not matter."""
    return _ENDING.sub("", word) if len(word) >= _LONG_WORD else word


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in words(text) if word not in stop_words()]


def _pairs(text: str) -> list[str]:
    stems = _stems(text)
    return [f"{left} {right}" for left, right in pairwise(stems)]


def _names(text: str) -> list[str]:
    """Return the words that begin with a capital letter or a digit."""
    tokens = WORD.findall(unicodedata.normalize("NFKC", text))
    keys = (match_key(word) for word in tokens if word[0].isupper() or word[0].isdigit())
    return [_stem(key) for key in keys if key not in stop_words()]


def _vectors(texts: Sequence[str], terms: Callable[[str], list[str]]) -> Any:
    """Return TF-IDF vectors of unit length: sparse, of shape (n_texts, n_terms)."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    tokens = [terms(text) for text in texts]
    if not any(tokens):
        return csr_matrix((len(texts), 1))
    counts = CountVectorizer(analyzer=lambda document: document).fit_transform(tokens).astype(float)
    n_with = counts.getnnz(axis=0)
    counts.data = 1 + np.log(counts.data)
    weights = np.log((len(texts) + OTHER_ARTICLES + 1) / (n_with + 1)) + 1
    return normalize(counts.multiply(weights).tocsr())
