"""What a page's JSON-LD says of its article: text, type, section, publisher, and whether it is behind a paywall."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crossframe.reading.text.html_text import TAG, read_paragraphs
from crossframe.text import match_key

MAX_NODES = 20_000
"""Objects of JSON-LD that are looked at on a page."""
_ARTICLE_TYPE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report)$")
_COMMENTS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$")  # fmt: skip
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
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


def read_structured(tree: Any, title: str) -> Structured:
    """Return what the JSON-LD of `tree` says of the article with this title.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
    title : str
        Of the page; tells which of several articles is meant.

    References
    ----------
    https://schema.org/NewsArticle; https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    publishers = [node for node in nodes if any(one.endswith("Organization") for one in _types(node))]
    article = _main_article([node for node in nodes if _is_article(node)], title)
    crumbs = tuple(name for node in nodes if "BreadcrumbList" in _types(node) for name in _crumbs(node))
    if article is None:
        publisher = _name(publishers[0], by_id) if len(publishers) == 1 else ""
        return Structured(publisher=publisher, sections=crumbs, is_free=_is_free(nodes))
    owner = article.get("publisher") or article.get("sourceOrganization")
    return Structured(
        types=_types(article),
        headline=_plain(article.get("headline") or article.get("name")),
        text=_text(article),
        published=_plain(article.get("datePublished")) or _plain(article.get("dateCreated")),
        modified=_plain(article.get("dateModified")),
        publisher=_name(owner, by_id) or (_name(publishers[0], by_id) if len(publishers) == 1 else ""),
        author=", ".join(filter(None, (_name(one, by_id) for one in _listed(article.get("author"))))),
        sections=tuple(filter(None, map(_plain, _listed(article.get("articleSection"))))) + crumbs,
        is_free=_is_free([article, *(node for node in nodes if "WebPage" in _types(node))]),
        n_words=_number(article.get("wordCount")),
        walled=tuple(_walled(article)),
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


def _main_article(articles: list[dict[str, Any]], title: str) -> dict[str, Any] | None:
    """Return the article with this title, else the first that has text, else the first; one of many others is none."""
    key = match_key(title)
    for article in articles:
        headline = match_key(_plain(article.get("headline") or article.get("name")))
        if headline and key and (headline in key or key in headline):
            return article
    with_text = [article for article in articles if article.get("articleBody")]
    if len(with_text) > 1 or not articles:
        return None
    return (with_text or articles)[0]


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


def _name(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """Return the name of a person or body that is given as an object, a list, a reference, or a name."""
    value = next(iter(_listed(value)), None)
    if isinstance(value, dict):
        if "name" not in value and isinstance(value.get("@id"), str):
            value = by_id.get(value["@id"], value)
        value = value.get("name")
    value = next(iter(_listed(value)), None)
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
