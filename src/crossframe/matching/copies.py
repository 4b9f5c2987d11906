"""Wire copy: an article most of which appears in another outlet's article is not an independent voice."""

from collections.abc import Sequence
from itertools import groupby

from crossframe.records import Article, Copies
from crossframe.text import shingles, words

SHINGLE = 5
COPY_SHARE = 0.5
"""Containment from which an article counts as a copy. Among the 300 independently written articles
of BASIL the greatest containment is .35: articles on one event share quotations, not prose."""


def find_copies(articles: Sequence[Article]) -> Copies:
    """Return for every article how much of it appears in another outlet's article on the same event.

    Containment of word 5-grams: the share of the article's distinct 5-grams (of its text, the title left out) that
    the other article has too. Of two articles that contain each other, the later published is the copy, then the
    one with the larger share, then the one whose id comes later.

    Parameters
    ----------
    articles : sequence of Article
        Any number of events.

    Returns
    -------
    Copies
        One row per article, in order; ``copy_of`` is "" below a share of one half.

    References
    ----------
    Broder 1997, On the resemblance and containment of documents. Clough, Gaizauskas, Piao and Wilks 2002, METER:
    measuring text reuse.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> agency = Article("a", "e", "agency", "", "one two three four five six seven eight nine ten")
    >>> paper = Article("b", "e", "paper", "", "one two three four five six seven eight")
    >>> find_copies([agency, paper]).copy_of
    ('', 'a')
    """
    grams = {article.id: shingles(words(article.text), SHINGLE) for article in articles}
    rows = {}
    ordered = sorted(articles, key=lambda article: (article.event, article.id))
    for _, group in groupby(ordered, key=lambda article: article.event):
        rows.update(_copies_of_event(list(group), grams))
    return Copies.from_rows(rows[article.id] for article in articles)


def _copies_of_event(
    articles: list[Article], grams: dict[str, set[tuple[str, ...]]]
) -> dict[str, dict[str, object]]:
    share = {
        (article.id, other.id): len(grams[article.id] & grams[other.id]) / max(len(grams[article.id]), 1)
        for article in articles
        for other in articles
        if article.outlet != other.outlet
    }
    rows: dict[str, dict[str, object]] = {}
    for article in articles:
        others = sorted(
            (other for other in articles if other.outlet != article.outlet),
            key=lambda other: (-share[article.id, other.id], other.id),
        )
        source = next((other for other in others if _is_copy(article, other, share)), None)
        nearest = source or (others[0] if others else None)
        rows[article.id] = {
            "article": article.id,
            "copy_of": source.id if source else "",
            "copied_share": share[article.id, nearest.id] if nearest else 0.0,
        }
    return rows


def _is_copy(article: Article, other: Article, share: dict[tuple[str, str], float]) -> bool:
    """Return whether, of two articles, the first is the copy."""
    if share[article.id, other.id] < COPY_SHARE:
        return False
    if share[other.id, article.id] < COPY_SHARE:
        return True
    if article.published and other.published and article.published != other.published:
        return article.published > other.published
    return (share[article.id, other.id], article.id) > (share[other.id, article.id], other.id)
