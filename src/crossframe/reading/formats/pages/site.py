"""Whose page it is and of what kind: name of its site, address, headline without the site, date, and what it says of its genre."""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from crossframe.reading.formats.pages.structured import Structured
from crossframe.reading.text.date_lines import day_of
from crossframe.reading.text.dates import read_date
from crossframe.reading.text.genre import read_genre
from crossframe.text import match_key, words

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»›-]|::)\s+|\s*\|\s*")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+\w*/")
_AMP_CACHE = re.compile(r"^https?://[\w.-]+\.cdn\.ampproject\.org/[cv]/(?:s/)?")
_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(?::\d+)?(?:[/?#]|$)")
_PREFIX = re.compile(r"^(?:www\d?|m|amp|mobile)\.")
_KICKER = re.compile(r"(?:^|[\s_-])(?:kicker|eyebrow|overline|section-?(?:name|label|title|link)|breadcrumbs?|content-?labels?|article-?(?:label|section|category|type)|cat-links|rubric|rubrik|dachzeile)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_CATEGORY = re.compile(r"(?:^|\s)(?:category|section)-([\w-]+)")
_LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|masthead|site-?(?:title|name|branding))(?:$|[\s_-])", re.IGNORECASE
)
_LIVE = re.compile(r"live-?blog", re.IGNORECASE)
_DATED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "og:pubdate",
    "datePublished", "published_time", "publication_date", "publish-date", "publish_date", "publishdate", "published", "pubdate",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "sailthru.date", "dcterms.created", "dcterms.date", "dcterms.issued",
    "dc.date.issued", "dc.date.created", "dc.date", "DC.date", "DC.date.issued", "DC.Date", "date", "Date", "dateCreated",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "og:article:modified_time", "dateModified", "dcterms.modified", "last-modified")  # fmt: skip
"""Names of ``meta`` elements (Open Graph, schema.org, Parse.ly, Cxense, Sailthru, Dublin Core) that hold a date."""
_PUBLISHED_TIMES = "//time[@pubdate or @itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/text()"
_MODIFIED_TIMES = "//*[@itemprop='dateModified']/@datetime"
"""XPath of dates in a page's text that are marked as those of publication, or of an update."""
_DECLARED_DATES = "//meta/@content | //time/@datetime | //script[@type='application/ld+json']/text() | //link[@rel='canonical']/@href"
_MAX_DATE_LENGTH = 60
_ZERO = frozenset([datetime.date(1, 1, 1), datetime.date(1970, 1, 1)])
"""Days that programs write where they know none."""
MIN_POSTS = 2
"""Posts from which on a page marked as one is a live blog."""
MAX_SITE_WORDS = 6
"""Words of the longest name of a site."""
MAX_LABEL = 60
"""Characters of the longest label above a headline."""


def meta(tree: Any, *names: str) -> str:
    """Return the content of the first of these ``meta`` elements that has any; "" where none has."""
    for name in names:
        for value in tree.xpath(
            "//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name
        ):
            if value.strip():
                return " ".join(value.split())
    return ""


def address(tree: Any, html: str) -> str:
    """Return the address that the page states, or from which a browser saved it; "" where there is none."""
    saved = _SAVED_FROM.search(html[:4096])
    stated = tree.xpath("//link[@rel='canonical']/@href")
    for url in (*stated, meta(tree, "og:url"), saved[1] if saved else ""):
        url = _AMP_CACHE.sub("https://", _ARCHIVE.sub("", url.strip()))
        if _ADDRESS.match(url):
            return url
    return ""


def headline(tree: Any, structured: Structured) -> str:
    """Return the headline of the page as its metadata or its only first-level heading has it; "" where neither does."""
    name = match_key(meta(tree, "og:site_name"))
    headings = [" ".join(one.text_content().split()) for one in tree.iter("h1") if not _is_logo(one)]
    headings = [one for one in headings if one and match_key(one) != name]
    return (
        (headings[0] if len(headings) == 1 and len(words(headings[0])) > 2 else "")
        or meta(tree, "og:title", "twitter:title")
        or structured.headline
    )


def _is_logo(heading: Any) -> bool:
    """Return whether a first-level heading is the site's: its name says so, or it leads to the front page."""
    names = " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in (heading, *heading.iter("a"))
    )
    leads_home = any(
        re.fullmatch(r"/|https?://[^/]+/?", link.get("href") or "") for link in heading.iter("a")
    )
    return leads_home or _LOGO.search(names) is not None


def headline_among(title: str, lines: Iterable[str]) -> str:
    """Return the part of `title` that is a whole line of the page, where it is one; else `title`."""
    pieces = [*_SEPARATOR.split(title), title.partition(": ")[2]]
    keys = {match_key(piece): piece for piece in pieces if len(words(piece)) > 2 and piece != title}
    return next((keys[key] for line in lines if (key := match_key(line)) in keys), title)


_PUBLISHERS = (
    "Publisher",
    "dc.publisher",
    "DC.publisher",
    "DC.Publisher",
    "dcterms.publisher",
    "DCTERMS.publisher",
)
"""Names of the element in Dublin Core, as pages spell them."""


def site_name(tree: Any, structured: Structured, title: str, url: str) -> str:
    """Return the site's name: as stated, else of JSON-LD's publisher, the application, the title's end, another publisher, the domain."""
    stated = (meta(tree, "og:site_name"), structured.publisher, meta(tree, "application-name"))
    names = (*stated, _beside_title(tree, title), meta(tree, "publisher", *_PUBLISHERS))
    for name in names:
        if name and not name.startswith(("http", "@", "www.")) and match_key(name) != match_key(title):
            return name
    return _PREFIX.sub("", urlsplit(url).hostname or "")


def strip_site(title: str, site: str) -> str:
    """Return `title` without the name of the site behind or before it."""
    key = match_key(site)
    pieces = _SEPARATOR.split(title)
    if len(pieces) > 1 and key:
        for piece, rest in (
            (pieces[-1], title[: title.rindex(pieces[-1])]),
            (pieces[0], title[len(pieces[0]) :]),
        ):
            if match_key(piece) == key:
                return re.sub(r"^\s*(?:[|–—·•»›-]|::)\s+|\s*(?:[|–—·•»›-]|::)\s*$", "", rest).strip()
    before = f"{key}:"
    return title[len(before) :].strip() if key and match_key(title).startswith(before) else title


def updated(tree: Any, structured: Structured) -> datetime.date | None:
    """Return when the page's metadata says that its article was last changed."""
    return _stated(tree, structured.modified, _MODIFIED, _MODIFIED_TIMES)


def _stated(tree: Any, structured: str, names: Iterable[str], times: str) -> datetime.date | None:
    """Return the first date of a page's metadata, with its time where another of that day has one."""
    texts = (structured, *(meta(tree, name) for name in names), *map(str, tree.xpath(times)))
    dates = [when for text in texts if (when := read_date(text)) and day_of(when) not in _ZERO]
    same = [one for one in dates if day_of(one) == day_of(dates[0])]
    return next((one for one in same if isinstance(one, datetime.datetime)), same[0] if same else None)


def published(tree: Any, structured: Structured, guess: str | None) -> datetime.date | None:
    """Return when the page says that its article was published, with time and zone where it says them; else when it was updated.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
    structured : Structured
    guess : str or None
        Day that an extractor found, in ISO 8601: it counts where the page's metadata states it in full.
    """
    if stated := _stated(tree, structured.published, _DATED, _PUBLISHED_TIMES) or updated(tree, structured):
        return stated
    if not guess:
        return None
    day = datetime.date.fromisoformat(guess)
    times = [read_date(str(text)) for text in tree.xpath("//time/@datetime")]
    moments = {one for one in times if isinstance(one, datetime.datetime) and one.date() == day}
    if _is_declared(tree, day):
        return moments.pop() if len(moments) == 1 else day
    return None


def _is_declared(tree: Any, date: datetime.date) -> bool:
    """Return whether the page's metadata states the full date; a copyright year or the name of an image is a guess."""
    digits = re.compile(rf"(?<!\d){date:%Y}(?P<mark>[-/.]?){date:%m}(?P=mark){date:%d}(?!\d)")
    spelt = re.compile(rf"\b0?{date.day}\b(?=.*\b{date.year}\b)", re.DOTALL)
    return any(
        digits.search(text)
        or (len(text) <= _MAX_DATE_LENGTH and date.strftime("%b") in text and spelt.search(text) is not None)
        for text in map(str, tree.xpath(_DECLARED_DATES))
    )


def genre(tree: Any, structured: Structured, url: str, title: str) -> str | None:
    """Return the genre that the page states by type, section, label above the headline, address or headline."""
    types = list(structured.types)
    if is_live(tree, structured):
        types.append("LiveBlogPosting")
    if meta(tree, "og:type") == "article" and not types:
        types.append("Article")
    titles = [title, structured.headline, meta(tree, "og:title"), tree.findtext(".//title") or ""]
    stripped = [strip_site(one, site_name(tree, structured, title, url)) for one in titles]
    return read_genre(
        types=types,
        sections=_sections(tree, structured),
        path=urlsplit(url).path,
        titles=[*titles, *stripped],
    )


def is_live(tree: Any, structured: Structured) -> bool:
    """Return whether the page is a live blog: it says so, or marks several posts as such."""
    if "LiveBlogPosting" in structured.types:
        return True
    marked = tree.xpath(
        "count(//*[contains(@itemprop, 'liveBlogUpdate') or contains(@itemtype, 'LiveBlogPosting')])"
    )
    if marked >= 1:
        return True
    blogs = [
        one for one in tree.iter("div", "section", "main", "article") if _LIVE.search(one.get("class") or "")
    ]
    return any(sum(1 for _ in one.iter("time")) >= MIN_POSTS for one in blogs)


def _sections(tree: Any, structured: Structured) -> Iterator[str]:
    yield from structured.sections
    for name in (
        "article:section",
        "section",
        "og:section",
        "cg",
        "meta-section",
        "parsely-section",
        "sailthru.section",
    ):
        if value := meta(tree, name):
            yield value
    for element in tree.xpath("//body | //article | //main"):
        yield from (name.replace("-", " ") for name in _CATEGORY.findall(element.get("class") or ""))
    heading = next(tree.iter("h1"), None)
    for element in tree.xpath("//*[@class or @itemprop='articleSection' or @aria-label='Breadcrumb']"):
        is_label = _KICKER.search(element.get("class") or "") or not element.get("class")
        if not is_label or (heading is not None and not _is_near(element, heading)):
            continue
        links = [" ".join(link.text_content().split()) for link in element.iter("a")]
        texts = [*links, " ".join(element.text_content().split())]
        yield from (text for text in texts if 0 < len(text) <= MAX_LABEL)


def _is_near(element: Any, heading: Any) -> bool:
    """Return whether a label belongs to a heading: no other headline with a link is around both of them."""
    around = set(element.iterancestors())
    common = next((one for one in heading.iterancestors() if one in around), None)
    if common is None or common.tag in ("html",):
        return False
    boxes = [
        one for one in element.iterancestors("aside", "li", "nav", "footer") if common in one.iterancestors()
    ]
    return all(
        one.tag == "nav" or one.xpath("ancestor-or-self::*[contains(@class, 'crumb')]") for one in boxes
    )


def _beside_title(tree: Any, title: str) -> str:
    """Return what the page's title has behind or before the headline, where that is as short as a name."""
    whole = " ".join((tree.findtext(".//title") or "").split())
    pieces = [piece.strip() for piece in _SEPARATOR.split(whole) if piece.strip()]
    if len(pieces) == 1 and (before := re.match(r"([^:]+):\s+(.+)", whole)) and title:
        pieces = [before[1], before[2]] if match_key(before[2]) == match_key(title) else []
    if len(pieces) < 2:
        return ""
    key = match_key(title)
    if key and match_key(pieces[0]) not in key and match_key(pieces[-1]) in key:
        pieces.reverse()
    name = pieces[-1]
    has_capital = name[:1].isupper() or any(c.isupper() for c in name) or not name.isascii()
    return name if has_capital and len(name.split()) <= MAX_SITE_WORDS and match_key(name) not in key else ""
