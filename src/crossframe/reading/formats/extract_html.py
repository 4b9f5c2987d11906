"""HTML pages taken apart: what an extractor finds, mended by what the page itself says, and all visible lines."""

import datetime
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from crossframe.reading.formats.pages import article_region, site
from crossframe.reading.formats.pages.paywall import Walls, find_walls
from crossframe.reading.formats.pages.structured import Structured, read_structured
from crossframe.reading.text.html_text import parse_html, visible_lines
from crossframe.text import match_key

_DATES = {"extensive_search": False, "original_date": True}
_BY_CLASS = " or ".join(
    f"contains(concat(' ', translate(@class, '-_', '  '), ' '), ' {word} ')"
    for word in ("author", "attribution", "cite", "citation", "signature", "source")
)
"""XPath of the classes by which pages mark whose words a block quotation holds."""
_ENDS = frozenset('.!?…"”’»)')
_SIGNATURE_DASH = re.compile(r"[—–―-]{1,3}\s?\S")
MAX_SIGNATURE = 160
"""Characters of the longest signature."""
MAX_SIGNED = 3000
"""Characters of the longest block quotation that has one; a longer one is the page's layout."""
_TIME = re.compile(
    r"(?:(?:updated|posted|published)(?: at)?:? )?(?:\d{1,2}[.:h]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?(?:,? .{0,30}\d{4})?|"
    r"\d+ ?(?:m|min|mins|minutes?|h|hrs?|hours?) ago)",
    re.IGNORECASE,
)
"""Times of a live blog's posts."""
MIN_SHARE_OF_STATED = 0.6
"""Share of the text in a page's metadata from which on the visible text is taken for whole."""


@dataclass(frozen=True)
class ExtractedPage:
    """What was found on a page.

    Parameters
    ----------
    title, text : str
        Headline without the site's name, and the article with a paragraph per line; "" where there is none.
    is_visible : bool
        Whether no article was found, and `text` is all visible lines (pages laid out as tables, paragraphs as line breaks).
    points : tuple of str
        Lines of `text` that are items of the article's lists.
    published : datetime.date, datetime.datetime or None
        Only where the page's metadata states it in full; with the time and zone stated there.
    updated : datetime.date, datetime.datetime or None
        When it was last changed, as the metadata states it.
    author, url, site : str
        "" where the page does not say.
    genre : str or None
    structured : Structured
        What the page's JSON-LD says.
    walls : Walls
        What it says of a paywall.
    """

    title: str
    text: str
    is_visible: bool = False
    points: tuple[str, ...] = ()
    published: datetime.date | None = None
    updated: datetime.date | None = None
    author: str = ""
    url: str = ""
    site: str = ""
    genre: str | None = None
    structured: Structured = field(default_factory=Structured)
    walls: Walls = field(default_factory=Walls)


def extract_page(html: str) -> ExtractedPage:
    """Return what is found of the article of a page.

    References
    ----------
    Barbaresi 2021, Trafilatura: a web scraping library and command-line tool for text discovery and extraction, ACL.
    Bevendorff et al. 2018, Elastic ChatNoir (Resiliparse).
    """
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    tree = parse_html(html)
    url = site.address(tree, html)
    structured = read_structured(
        tree, site.headline(tree, Structured()) or tree.findtext(".//title") or "", url
    )
    metadata = deepcopy(tree)
    if structured.has_others:
        for script in metadata.xpath("//script[contains(@type, 'ld+json')]"):
            script.drop_tree()
    found = trafilatura.extract_metadata(metadata, date_config=_DATES)
    title = site.headline(tree, structured) or found.title or ""
    name = site.site_name(tree, structured, title, url)
    title = site.strip_site(" ".join(title.split()), name)
    genre = site.genre(tree, structured, url, title)
    published = site.published(tree, structured, found.date)
    walls = find_walls(tree, structured)
    text, points = _extract_text(tree, title, is_live=genre == "live")
    if _says_more(structured.text, text):
        text, points = structured.text, structured.text.splitlines() if genre == "live" else []
    visible = "" if text else extract_plain_text(html, main_content=False, links=False).replace("\t", "\n")
    return ExtractedPage(
        title=title if structured.headline else site.headline_among(title, (text or visible).splitlines()),
        text=text or visible,
        is_visible=bool(visible),
        points=tuple(points),
        published=published,
        updated=site.updated(tree, structured),
        author=structured.author or found.author,
        url=url,
        site=name,
        genre=genre,
        structured=structured,
        walls=walls,
    )


def _extract_text(tree: Any, title: str, *, is_live: bool) -> tuple[str, list[str]]:
    """Return the article's text, a paragraph per line, and its lines that are items of lists; changes the tree."""
    import trafilatura

    for element in tree.xpath(
        "//script|//style|//noscript|//template|//comment()|//processing-instruction()"
    ):
        if element.getparent() is not None:
            element.drop_tree()
    for quotation in tree.xpath("//blockquote[not(ancestor::blockquote)]"):
        _sign_quotation(quotation)
    if is_live:
        _strip_posts(tree)
    else:
        _keep_one_article(tree, title)
    article_region.remove_surroundings(tree)
    document = trafilatura.bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=False, favor_precision=True, deduplicate=False
    )
    text, points = article_region.add_left_out(
        document.text if document else "", article_region.find_region(tree)
    )
    heads = [one.text_content() for one in tree.iter("h2", "h3", "h4")] if is_live else []
    return text, points + heads


def _says_more(stated: str, text: str) -> bool:
    """Return whether the text in a page's metadata is the article, of which the page shows a part at most."""
    n_stated, n_shown = len(stated.split()), len(text.split())
    return n_stated > 0 and n_shown < MIN_SHARE_OF_STATED * n_stated


def _keep_one_article(tree: Any, title: str) -> None:
    """Remove further articles, with first-level headings of their own, from a page that goes on with them."""
    key = match_key(title)
    outer = [one for one in tree.iter("article") if next(one.iterancestors("article"), None) is None]
    heads = {
        one: match_key(" ".join(next(one.iter("h1")).text_content().split()))
        for one in outer
        if next(one.iter("h1"), None) is not None
    }
    if key and key in heads.values():
        for article, head in heads.items():
            if head != key and article.getparent() is not None:
                article.drop_tree()


def _strip_posts(tree: Any) -> None:
    """Leave of the heads of a live blog's posts their headings only, and of its times nothing."""
    for element in list(tree.iter("time", "span", "p", "div", "small")):
        is_time = element.tag == "time" or (
            len(element) == 0 and _TIME.fullmatch((element.text or "").strip())
        )
        if is_time and element.getparent() is not None:
            element.drop_tree()
    for post in [one for one in tree.iter("li") if next(one.iter("p"), None) is not None]:
        post.tag = post.getparent().tag = "div"  # extractors make one line of an item
    for header in list(tree.iter("header")):
        parents = list(header.iterancestors("article", "section", "div", "li"))
        heading = next(header.iter("h2", "h3", "h4"), None)
        if not parents or heading is None or next(header.iter("h1"), None) is not None:
            continue
        tail, heading.tail = header.tail, None
        header.getparent().replace(header, heading)
        heading.tail = tail


def _sign_quotation(quotation: Any) -> None:
    """Make a signed block quotation one paragraph: its words, a dash, whose they are; take it out of its figure.

    Extractors keep the paragraphs of a block quotation, and drop whose they are or make it a line of its own: bare text
    behind an embedded post ("— Name (@handle) date"), ``cite`` or ``footer``, the caption of a figure.
    """
    figure = next(quotation.iterancestors("figure"), None)
    if figure is not None and "pull" in f"{figure.get('class')} {quotation.get('class')}":
        return  # what the article says elsewhere
    signing = _signing_elements(quotation, figure)
    signature = " ".join(map(_line, signing)) or _bare_signature(quotation)
    words = _line(quotation).removesuffix(signature).rstrip()
    if 0 < len(signature) <= MAX_SIGNATURE and 0 < len(words) <= MAX_SIGNED:
        for one in signing:
            one.drop_tree()
        dash = "" if _SIGNATURE_DASH.match(signature) else "— "
        _set_paragraph(quotation, f"{words} {dash}{signature}")
    if figure is not None:
        figure.tag = "div"  # extractors drop figures


def _signing_elements(quotation: Any, figure: Any) -> list[Any]:
    """Return the elements that say whose words a block quotation holds: at its end, behind it, or in the figure's caption."""
    text = _line(quotation)
    for one in quotation.xpath(f".//cite|.//footer|.//p|.//*[{_BY_CLASS}]"):
        signature = _line(one)
        before = text.removesuffix(signature).rstrip()
        if one.tag == "p" and not _SIGNATURE_DASH.match(signature):
            continue
        if signature and text.endswith(signature) and before[-1:] in _ENDS:
            return [one]
    if figure is not None:
        return list(figure.iter("figcaption"))[:1]
    following = quotation.getnext()
    alone = following is not None and following.tag == "cite" and not (quotation.tail or "").strip()
    return [following] if alone else []


def _bare_signature(quotation: Any) -> str:
    """Return the text behind the last paragraph that begins with a dash, "" where there is none."""
    last = next((child for child in reversed(quotation) if child.tag == "p"), None)
    if last is None:
        return ""
    pieces = [last.tail or "", *(f"{_line(one)} {one.tail or ''}" for one in last.itersiblings())]
    signature = " ".join(" ".join(pieces).split())
    return signature if _SIGNATURE_DASH.match(signature) else ""


def _line(element: Any) -> str:
    """Return the visible text of an element as one line."""
    from lxml.html import tostring

    html = tostring(element, encoding="unicode", with_tail=False)
    pieces = ("".join(line) for block in visible_lines(html) for line in block)
    return " ".join(" ".join(pieces).split())


def _set_paragraph(quotation: Any, text: str) -> None:
    from lxml.html import builder

    for child in list(quotation):
        quotation.remove(child)
    quotation.text = None
    quotation.append(builder.P(text))
