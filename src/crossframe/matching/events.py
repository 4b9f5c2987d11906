"""Group articles into events by what they tell: TF-IDF, average linkage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crossframe.records import Article, Columns, Floats, Texts
from crossframe.text import words

LEAST_SIMILARITY = 0.25
"""Mean TF-IDF cosine from which groups of articles are one event; the best of 0.15, 0.17, 0.2, 0.25 and 0.3 by B-cubed F1
on the 30 events of BASIL that the aligner is trained on."""


@dataclass(frozen=True)
class Grouping(Columns):
    """Events found among articles, an article a row: an editable table.

    ``similarity`` is the mean cosine to the other articles of the event (NaN for an article alone).
    """

    event: Texts = ()
    article: Texts = ()
    outlet: Texts = ()
    published: Texts = ()
    title: Texts = ()
    similarity: Floats = ()  # type: ignore[assignment]


def group_articles(articles: Sequence[Article]) -> Grouping:
    """Return the articles grouped into events, in the order given.

    Parameters
    ----------
    articles : sequence of Article
        Their declared events are not looked at.

    Returns
    -------
    Grouping
        Events are called event-001, ... in the order of their first article's id.

    Examples
    --------
    >>> group_articles([Article("a", "e", "x", "Snow in May", "Snow fell in May.")]).event
    ('event-001',)
    """
    listed = sorted(articles, key=lambda article: article.id)
    cosine = _cosine(listed)
    label = _clusters(cosine)
    first: dict[int, int] = {}
    for one in label.tolist():
        first.setdefault(one, len(first) + 1)
    width = max(3, len(str(len(first))))
    rows = {}
    for i, article in enumerate(listed):
        others = np.flatnonzero((label == label[i]) & (np.arange(len(listed)) != i))
        rows[article.id] = {
            "event": f"event-{first[int(label[i])]:0{width}d}",
            "article": article.id,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else "",
            "title": article.title,
            "similarity": float(cosine[i, others].mean()) if len(others) else float("nan"),
        }
    return Grouping.from_rows(rows[article.id] for article in articles)


def _cosine(articles: Sequence[Article]) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(words(article.document) for article in articles):
        return np.zeros((len(articles), len(articles)))
    vectorizer = TfidfVectorizer(analyzer=words, sublinear_tf=True)
    vectors = vectorizer.fit_transform([article.document for article in articles])
    return np.asarray((vectors @ vectors.T).toarray())


def _clusters(cosine: np.ndarray) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(cosine) < 2:
        return np.ones(len(cosine), dtype=int)
    distance = np.round(np.clip(1 - cosine, 0, 1), 6)
    np.fill_diagonal(distance, 0)
    return np.asarray(
        fcluster(linkage(squareform(distance, checks=False), "average"), 1 - LEAST_SIMILARITY, "distance")
    )
