"""What a page's JSON-LD says of its article: text, type, section, publisher, and whether it is behind a paywall."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crossframe.reading.text.html_text import TAG, read_paragraphs
from crossframe.text import match_key, words

MAX_NODES = 20_000
"""Objects of JSON-LD that are looked at on a page."""
_ARTICLE_TYPE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report)$")
_COMMENTS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$")  # fmt: skip
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_BY = re.compile(r"(?:by|von|par|por|door|di)\s+(?=\S)", re.IGNORECASE)
_NAMES = ("name", "legalName", "alternateName")
MIN_NAME = 4
"""Letters of the words that a text must share with the title of its page."""
_GLUED = re.compile(r"(?<=[a-z0-9)]{2}[.!?])(?=[A-Z“\"])|(?<=[a-z0-9][.!?][”\"’])(?=[A-Z“])")
"""Where the paragraphs of a text lost what separated them."""


@dataclass(frozen=True)
class Structured:
    """What JSON-LD says of the article of a page; None or empty where it says nothing.

    Parameters
    ----------
    types : tuple of str
        Names of schema.org, e.g. ``"OpinionNewsArticle"``.
    headline, text, published, modified, publisher, author : str
        `text` has paragraphs separated by blank lines; dates are as written.
    sections : tuple of str
        Sections of the article, and the names of the page's breadcrumbs.
    is_free : bool or None
        Whether it is said to be accessible for free.
    n_words : int or None
        Words that the article is said to have.
    walled : tuple of str
        Classes of the elements that are said not to be free.
    has_others : bool
        Whether it also tells of articles of other pages.
    """

    types: tuple[str, ...] = ()
    headline: str = ""
    text: str = ""
    published: str = ""
    modified: str = ""
    publisher: str = ""
    author: str = ""
    sections: tuple[str, ...] = ()
    is_free: bool | None = None
    n_words: int | None = None
    walled: tuple[str, ...] = ()
    has_others: bool = False


def read_structured(tree: Any, title: str, url: str = "") -> Structured:
    """Return what the JSON-LD of `tree` says of the article with this title or address.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
    title, url : str
        Headline and address of the page, "" where they are not known: they tell which of several articles is meant.

    References
    ----------
    https://schema.org/NewsArticle; https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    article = _main_article(articles, nodes, title, url)
    others = any(one is not article and _is_of_other(one, title, url) for one in articles)
    crumbs = tuple(name for node in nodes if "BreadcrumbList" in _types(node) for name in _crumbs(node))
    site = _site(nodes, by_id)
    if article is None:
        return Structured(publisher=site, sections=crumbs, is_free=_is_free(nodes), has_others=others)
    owner = article.get("publisher") or article.get("sourceOrganization")
    authors = (_name(one, by_id) for one in _unlisted(article.get("author") or article.get("creator")))
    return Structured(
        types=_types(article),
        headline=_plain(article.get("headline") or article.get("name")),
        text=_text(article),
        published=_plain(article.get("datePublished")) or _plain(article.get("dateCreated")),
        modified=_plain(article.get("dateModified")),
        publisher=_name(owner, by_id) or site,
        author=", ".join(dict.fromkeys(filter(None, (_BY.sub("", one, count=1) for one in authors)))),
        sections=tuple(filter(None, map(_plain, _listed(article.get("articleSection"))))) + crumbs,
        is_free=_is_free([article, *(node for node in nodes if "WebPage" in _types(node))]),
        n_words=_number(article.get("wordCount")),
        walled=tuple(_walled(article)),
        has_others=others,
    )


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects of the page's JSON-LD, outer ones first; what is no JSON is passed over."""
    stack: list[Any] = []
    for script in reversed(tree.xpath("//script[contains(@type, 'ld+json')]")):
        text = _COMMENTS.sub("", _COMMENTS.sub("", script.text or ""))
        for attempt in (text, _TRAILING_COMMA.sub("", text)):
            try:
                stack.append(json.loads(attempt, strict=False))
                break
            except (ValueError, RecursionError):
                continue
    for _ in range(MAX_NODES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, dict):
            yield value
            inner = [one for key, one in value.items() if key not in ("liveBlogUpdate", "comment")]
            stack += reversed([one for one in inner if isinstance(one, dict | list)])
        elif isinstance(value, list):
            stack += reversed([one for one in value if isinstance(one, dict | list)])


def _main_article(
    articles: list[dict[str, Any]], nodes: list[dict[str, Any]], title: str, url: str
) -> dict[str, Any] | None:
    """Return the article of the page: by its address, as what the page is about, or by its title.

    Else the first that has text, else the first, those of other pages left out; one of many others is none.
    """
    about = [one for node in nodes if "WebPage" in _types(node) for one in _listed(node.get("mainEntity"))]
    named = {one["@id"] for one in about if isinstance(one, dict) and isinstance(one.get("@id"), str)}
    tests = (
        lambda one: url and _page_key(url) in _page_keys(one),
        lambda one: one in about or one.get("@id") in named,
        lambda one: _has_title(one, title),
    )
    for test in tests:
        if found := next((one for one in articles if test(one)), None):
            return found
    own = [one for one in articles if not _is_of_other(one, title, url)]
    with_text = [one for one in own if one.get("articleBody")]
    if len(with_text) > 1 or not own:
        return None
    return (with_text or own)[0]


def _has_title(article: dict[str, Any], title: str) -> bool:
    key, own = match_key(title), match_key(_plain(article.get("headline") or article.get("name")))
    return bool(own and key) and (own in key or key in own)


def _is_of_other(article: dict[str, Any], title: str, url: str) -> bool:
    """Return whether an article has another page's title, and also its address or a text that says nothing of this title."""
    if _has_title(article, title):
        return False
    keys = _page_keys(article)
    if url and keys:
        return _page_key(url) not in keys
    named = {word for word in words(title) if len(word) >= MIN_NAME}
    body = set(words(_paragraphs(article.get("articleBody"))))
    return bool(named and body) and not named & body


def _page_keys(article: dict[str, Any]) -> set[str]:
    """Return the addresses of an article's page, as `_page_key` gives them."""
    stated = [article.get("url"), article.get("@id"), *_listed(article.get("mainEntityOfPage"))]
    urls = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in stated]
    return {_page_key(one) for one in urls if isinstance(one, str) and one.startswith("http")}


def _page_key(url: str) -> str:
    """Return what the addresses of a page have in common: domain and path, without what says that it is for mobiles."""
    parts = urlsplit(url)
    host = re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", parts.netloc.casefold())
    path = re.sub(r"/(?:amp|index\.html?)?$|^/amp(?=/)|[./]amp(?:\.html)?$", "", parts.path.casefold())
    return f"{host}{path}?{parts.query}" if path in ("", "/") and parts.query else f"{host}{path.rstrip('/')}"


def _site(nodes: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> str:
    """Return the name of the only site, else of the only organisation; "" where there are several."""
    for kind in (re.compile("WebSite$"), re.compile("Organization$")):
        names = {_name(node, by_id): None for node in nodes if any(map(kind.search, _types(node)))}
        names.pop("", None)
        if len(names) == 1:
            return next(iter(names))
    return ""


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPE.search(one) for one in _types(node))


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    listed = (one for one in _listed(node.get("@type")) if isinstance(one, str))
    return tuple(one.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in listed)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: Any) -> str:
    from html import unescape

    return " ".join(unescape(unescape(value)).split()) if isinstance(value, str) else ""


def _unlisted(value: Any) -> list[Any]:
    """Return a list of persons, also where it is an object that holds one, or one person has several names."""
    if isinstance(value, dict):
        value = value.get("@list") or value.get("@set") or value
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return [{**value, "name": name} for name in value["name"]]
    return _listed(value)


def _name(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """Return the name of a person or body that is given as an object, a list, a reference, or a name."""
    value = next(iter(_listed(value)), None)
    if isinstance(value, str):
        value = by_id.get(value, value)
    if isinstance(value, dict):
        if not any(name in value for name in _NAMES) and isinstance(value.get("@id"), str):
            value = by_id.get(value["@id"], value)
        given = " ".join(filter(None, (_plain(value.get(one)) for one in ("givenName", "familyName"))))
        value = next((value[name] for name in _NAMES if value.get(name)), given)
    value = next(iter(_listed(value)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    return "" if isinstance(value, str) and value.startswith(("http", "#")) else _plain(value)


def _crumbs(node: dict[str, Any]) -> Iterator[str]:
    for element in _listed(node.get("itemListElement")):
        if isinstance(element, dict):
            item = element.get("item")
            name = _plain(element.get("name") or (item.get("name") if isinstance(item, dict) else None))
            if name:
                yield name


def _is_free(nodes: list[dict[str, Any]]) -> bool | None:
    stated = [str(node["isAccessibleForFree"]).lower() for node in nodes if "isAccessibleForFree" in node]
    if any(
        value in ("false", "0", "no", "http://schema.org/false", "https://schema.org/false")
        for value in stated
    ):
        return False
    return True if stated else None


def _walled(article: dict[str, Any]) -> Iterator[str]:
    """Yield the classes of the parts of an article that are said not to be free."""
    for part in _listed(article.get("hasPart")):
        if isinstance(part, dict) and _is_free([part]) is False:
            for selector in _listed(part.get("cssSelector")):
                yield from re.findall(r"\.([\w-]+)", selector) if isinstance(selector, str) else ()


def _number(value: Any) -> int | None:
    digits = str(value).replace(",", "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else None


def _text(article: dict[str, Any]) -> str:
    """Return the text of an article, or of the updates of a live blog where these are more."""
    own = _paragraphs(article.get("articleBody"))
    updates = [one for one in _listed(article.get("liveBlogUpdate")) if isinstance(one, dict)]
    posts = [_plain(one.get("headline")) + "\n\n" + _paragraphs(one.get("articleBody")) for one in updates]
    live = "\n\n".join(posts).strip()
    return live if len(live) > len(own) else own


def _paragraphs(value: Any) -> str:
    """Return text with its paragraphs separated by blank lines, whether they are marked up, on lines, or run together."""
    from html import unescape

    value = "\n".join(one for one in value if isinstance(one, str)) if isinstance(value, list) else value
    if not isinstance(value, str) or not value.strip():
        return ""
    text = unescape(value)
    if "&lt;" in text or "&amp;" in text or "&quot;" in text or "&#" in text:
        text = unescape(text)
    if TAG.search(text):
        text = read_paragraphs(text)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n\n".join(piece for line in lines if line for piece in _GLUED.split(line))
