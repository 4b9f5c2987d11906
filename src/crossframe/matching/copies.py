"""Wire copy and updates: an article most of which another article has, of another outlet or of its own."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby

from crossframe.records import Article, Copies
from crossframe.text import shingles, words

SHINGLE = 5
COPY_SHARE = 0.5
"""Containment from which an article counts as a copy. Among the 300 independently written articles
of BASIL the greatest containment is .35: articles on one event share quotations, not prose."""

Grams = dict[str, set[tuple[str, ...]]]


def find_copies(articles: Sequence[Article]) -> Copies:
    """Return for every article how much of it appears in another outlet's article on the same event, and what it updates.

    Containment of word 5-grams: the share of the article's distinct 5-grams (of its text, the title left out) that
    the other article has too. Of two articles of which one contains half of the other, the later published is the copy,
    however much else it holds or leaves out: an agency's story that a paper prints whole inside a longer one is the original.
    Where dates are unknown or the same, the one that is contained is the copy; of two that contain each other the one with
    the larger share, then the one whose id comes later. Of two articles of one outlet, one of which contains
    half of the other, one known in part gives way to one that is not, then the later published updates the earlier (undated
    ones come first), then the longer, then the one whose id comes later.

    Parameters
    ----------
    articles : sequence of Article
        Any number of events.

    Returns
    -------
    Copies
        One row per article, in order; ``copy_of`` is "" below a share of one half. ``version_of`` is the latest earlier
        article that an update is a version of.

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
    rows: dict[str, dict[str, object]] = {}
    ordered = sorted(articles, key=lambda article: (article.event, article.id))
    for _, group in groupby(ordered, key=lambda article: article.event):
        of_event = list(group)
        grams = {article.id: shingles(words(article.text), SHINGLE) for article in of_event}
        versions = _versions_of_event(of_event, grams)
        for row in _copies_of_event(of_event, grams):
            rows[str(row["article"])] = row | {"version_of": versions.get(str(row["article"]), "")}
    return Copies.from_rows(rows[article.id] for article in articles)


def _share(article: Article, other: Article, grams: Grams) -> float:
    """Return how much of the first article the second has."""
    return len(grams[article.id] & grams[other.id]) / max(len(grams[article.id]), 1)


def _copies_of_event(articles: list[Article], grams: Grams) -> Iterator[dict[str, object]]:
    share = {
        (article.id, other.id): _share(article, other, grams)
        for article in articles
        for other in articles
        if article.outlet != other.outlet
    }
    for article in articles:
        others = sorted(
            (other for other in articles if other.outlet != article.outlet),
            key=lambda other: (-share[article.id, other.id], other.id),
        )
        source = next((other for other in others if _is_copy(article, other, share)), None)
        nearest = source or (others[0] if others else None)
        yield {
            "article": article.id,
            "copy_of": source.id if source else "",
            "copied_share": share[article.id, nearest.id] if nearest else 0.0,
        }


def _versions_of_event(articles: list[Article], grams: Grams) -> dict[str, str]:
    """Return the article that each update is a version of."""
    ordered = sorted(
        articles,
        key=lambda article: (
            article.outlet,
            not article.is_partial,
            _moment(article),
            len(grams[article.id]),
            article.id,
        ),
    )
    versions = {}
    for _, group in groupby(ordered, key=lambda article: article.outlet):
        earlier: list[Article] = []
        for article in group:
            for other in reversed(earlier):
                if max(_share(article, other, grams), _share(other, article, grams)) >= COPY_SHARE:
                    versions[article.id] = other.id
                    break
            earlier.append(article)
    return versions


def _moment(article: Article) -> str:
    """Return when a version was made, to be sorted by: undated ones first, days before times of them."""
    return max(_sortable(article.published), _sortable(article.updated))


def _sortable(moment: datetime.date | None) -> str:
    if isinstance(moment, datetime.datetime) and moment.tzinfo:
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return moment.isoformat() if moment else ""


def _is_copy(article: Article, other: Article, share: dict[tuple[str, str], float]) -> bool:
    """Return whether, of two articles, the first is the copy."""
    if share[article.id, other.id] < COPY_SHARE:
        return False
    if (is_later := article.is_later_than(other)) is not None:
        return is_later
    if share[other.id, article.id] < COPY_SHARE:
        return True
    return (share[article.id, other.id], article.id) > (share[other.id, article.id], other.id)
