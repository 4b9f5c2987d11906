"""Wire copy and updates: an article most of which another article has, of another outlet or of its own."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from crossframe import lexicons
from crossframe.records import Article, Copies
from crossframe.text import name_key, shingles, words

SHINGLE = 5
COPY_SHARE = 0.5
"""Containment from which an article counts as a copy. Among the 300 independently written articles
of BASIL the greatest containment is .35: articles on one event share quotations, not prose."""

_BETWEEN = re.compile(r"[,;/|()–—&]|(?:^|\s)(?:[Bb]y|BY|and|for|from|of|via|with|in|-)(?=\s)")
"""What stands between the persons, agencies, places and dates of a byline or dateline."""
_OPENING = re.compile(
    r"(?P<line>[^()\n]{0,60}\([^()\n]{2,40}\)|[^\W\d_][^\W_]{1,20}(?: [^\W_]+){0,3})\s?[-–—]{1,2}\s"
)
"""The opening of a text that has its dateline left in it: "OSLO, May 4 (Reuters) - ", "(Reuters) - ", "AFP - "."""
_BEHIND_NAMES = frozenset(
    ["agency", "co", "com", "en", "english", "net", "news", "newswire", "org", "uk", "us", "wire"]
)
"""Words behind an agency's name in the ids of outlets."""

Grams = dict[str, set[tuple[str, ...]]]


def find_copies(articles: Sequence[Article]) -> Copies:
    """Return for every article how much of it appears in another outlet's article on the same event, and what it updates.

    Containment of word 5-grams: the share of the article's distinct 5-grams (of its text, the title left out) that
    the other article has too. Of two articles of which one contains half of the other, the later published is the copy,
    however much else it holds or leaves out: an agency's story that a paper prints whole inside a longer one is the original.
    Where dates are unknown or the same, an agency's own article is the original: its outlet is named in byline or dateline of
    one of the two, or is an agency of crossframe's list, and the other's is not. Else the direction is unknown; that the one
    which is contained, of two that contain each other the one with the larger share, then the one whose id comes later, has
    the other in ``copy_of`` says only that the two count once. Of two articles of one outlet, one of which contains
    half of the other, one known in part gives way to one that is not, then the later published updates the earlier (undated
    ones come first), then the longer, then the one whose id comes later.

    Parameters
    ----------
    articles : sequence of Article
        Any number of events.

    Returns
    -------
    Copies
        One row per article, in order; ``copy_of`` is "" below a share of one half. ``copy_direction`` is ``published``,
        ``agency`` or ``unknown``. ``version_of`` is the latest earlier article that an update is a version of.

    References
    ----------
    Broder 1997, On the resemblance and containment of documents. Clough, Gaizauskas, Piao and Wilks 2002, METER:
    measuring text reuse.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> agency = Article("a", "e", "agency", "", "one two three four five six seven eight nine ten")
    >>> paper = Article("b", "e", "paper", "", "one two three four five six seven eight")
    >>> found = find_copies([agency, paper])
    >>> found.copy_of, found.copy_direction
    (('', 'a'), ('', 'unknown'))
    >>> paper = Article("b", "e", "paper", "", paper.text, dateline="OSLO, May 4 (Agency)")
    >>> find_copies([agency, paper]).copy_direction
    ('', 'agency')
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
            "copy_direction": _direction(article, source)[0] if source else "",
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
    """Return whether, of two articles, the first is the copy, or counts as it where nothing tells."""
    if share[article.id, other.id] < COPY_SHARE:
        return False
    evidence, is_copy = _direction(article, other)
    if evidence != "unknown":
        return is_copy
    if share[other.id, article.id] < COPY_SHARE:
        return True
    return (share[article.id, other.id], article.id) > (share[other.id, article.id], other.id)


def _direction(article: Article, other: Article) -> tuple[str, bool]:
    """Return by what it is known which of two articles is the copy, one of `COPY_DIRECTIONS`, and whether the first is it."""
    if (is_later := article.is_later_than(other)) is not None:
        return "published", is_later
    names, others = _names_of_outlet(article.outlet), _names_of_outlet(other.outlet)
    dateline, of_other = _read_dateline(article), _read_dateline(other)
    for is_original, is_copy in (
        (_name(of_other + _read_byline(other), names), _name(dateline + _read_byline(article), others)),
        (_is_agency(article.outlet), _is_agency(other.outlet)),
        (_name(dateline, names), _name(of_other, others)),
    ):
        if is_original != is_copy:
            return "agency", is_copy
    return "unknown", False


def _is_agency(outlet: str) -> bool:
    return len(_names_of_outlet(outlet)) > 1


@cache
def _names_of_outlet(outlet: str) -> tuple[str, ...]:
    """Return the names of the agency that an outlet is by its id ("reuters.com"), else the words of the id."""
    words = re.split(r"[._-]", outlet.removeprefix("www."))
    for n in range(len(words), 0, -1):
        agency = lexicons.news_agencies().get(" ".join(words[:n]))
        if agency and set(words[n:]) <= _BEHIND_NAMES:
            return agency
    return (" ".join(words),)


def _read_byline(article: Article) -> list[str]:
    """Return who wrote it, one by one: persons, and what they write for."""
    return _BETWEEN.split(article.byline or "")


def _read_dateline(article: Article) -> list[str]:
    """Return what stands behind the place of a dateline, or what opens a text before a dash: a date, an agency."""
    opening = _OPENING.match(article.text)
    line = article.dateline or (opening["line"] if opening else "")
    first, *rest = _BETWEEN.split(line)
    return rest if rest or article.dateline else [first]


def _name(credits: Iterable[str], names: Iterable[str]) -> bool:
    """Return whether one of the credits is one of the names, which are in capitals there where they are short for others."""
    listed = [(name, name_key(name).removeprefix("the ")) for name in names]
    return any(
        name_key(credit).strip().removeprefix("the ") == key
        and (credit.strip() == name or not name.isupper())
        for credit in credits
        for name, key in listed
    )
