"""HTML pages taken apart: title, text, date and author that an extractor finds, and all visible lines."""

import datetime
import re
from typing import Any

_DATES = {"extensive_search": False, "original_date": True}
_DECLARED_DATES = (
    "//meta/@content | //time/@datetime | //script[@type='application/ld+json']/text() | "
    "//link[@rel='canonical']/@href | //*[@itemprop='datePublished']/text()"
)
_MAX_DATE_LENGTH = 60
_BLOCKS = frozenset({
    "article", "aside", "body", "button", "details", "dialog", "figcaption", "figure", "footer", "header", "html",
    "main", "nav", "search", "section", "select", "summary", "textarea",
})  # fmt: skip
"""Elements that end a visible line, beside those that lxml lists."""

_SIGNING = ("a", "cite", "footer", "span", "small", "em", "b", "strong", "i", "time")
"""Elements behind the paragraphs of a block quotation that may say whose words they are."""
_SIGNATURE_DASH = re.compile(r"[—–―-]{1,3}\s?\S")
MAX_SIGNATURE = 160
"""Characters of the longest signature."""


def extract_parts(html: str) -> dict[str, str | None]:
    """Return title, text, date, author, sitename and url that trafilatura finds in `html` (None where there is none).

    The date is given only where the page's metadata states it in full. Where no text is found (pages laid out as
    tables, paragraphs as line breaks), ``visible`` holds all visible lines of the page.

    References
    ----------
    Barbaresi 2021, Trafilatura: a web scraping library and command-line tool for text discovery and extraction, ACL.
    Bevendorff et al. 2018, Elastic ChatNoir (Resiliparse).
    """
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    html = _join_signatures(html)
    document = trafilatura.bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        deduplicate=False,
        date_extraction_params=_DATES,
    )
    extracted = (document or trafilatura.extract_metadata(html, date_config=_DATES)).as_dict()
    parts = {name: extracted.get(name) for name in ("title", "text", "date", "author", "sitename", "url")}
    if not parts["text"]:
        parts["visible"] = extract_plain_text(html, main_content=False, links=False).replace("\t", "\n")
    if parts["date"] and not _is_declared(html, datetime.date.fromisoformat(parts["date"])):
        parts["date"] = None
    return parts


def parse_html(html: str) -> Any:
    """Return the tree of `html`, read as the UTF-8 it is given in, whatever encoding the page declares."""
    from lxml.html import HTMLParser, fromstring

    return fromstring(html.encode("utf-8"), parser=HTMLParser(encoding="utf-8"))


def visible_lines(html: str) -> list[list[list[str]]]:
    """Return the visible text of a page: blocks of lines (separated by ``br``) of pieces (separated by other markup)."""
    from lxml.etree import iterwalk
    from lxml.html import defs

    ends_line = (defs.block_tags - {"del", "ins"}) | _BLOCKS
    tree = parse_html(html)
    for element in tree.xpath(
        "//script|//style|//noscript|//template|//head|//comment()|//processing-instruction()"
    ):
        if element.getparent() is not None:  # a browser's "saved from url" is beside the page, not in it
            element.drop_tree()
    blocks: list[list[list[str]]] = [[[]]]
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in ends_line:
            blocks.append([[]])
        elif element.tag == "br" and event == "end":
            blocks[-1].append([])
        if piece := element.text if event == "start" else element.tail:
            blocks[-1][-1].append(piece)
    lines = ([line for line in block if "".join(line).strip()] for block in blocks)
    return [block for block in lines if block]


def _join_signatures(html: str) -> str:
    """Return `html` with what stands behind the paragraphs of a block quotation, which says whose words they are, inside the last one.

    Extractors keep the paragraphs of an embedded post and drop the bare text behind them ("— Name (@handle) date").
    """
    if "<blockquote" not in html.lower():
        return html
    from lxml.html import tostring

    tree = parse_html(html)
    joined = False
    for quotation in tree.iter("blockquote"):
        last = next((child for child in reversed(quotation) if child.tag == "p"), None)
        if last is None:
            continue
        behind = [
            last.tail or "",
            *(f"{one.text_content()} {one.tail or ''}" for one in last.itersiblings(tag=_SIGNING)),
        ]
        signature = " ".join(" ".join(behind).split())
        if not 0 < len(signature) <= MAX_SIGNATURE or _SIGNATURE_DASH.match(signature) is None:
            continue
        for one in list(last.itersiblings(tag=_SIGNING)):
            quotation.remove(one)
        last.tail = None
        end = last[-1] if len(last) else None
        if end is None:
            last.text = f"{last.text or ''} {signature}"
        else:
            end.tail = f"{end.tail or ''} {signature}"
        joined = True
    return tostring(tree, encoding="unicode") if joined else html


def _is_declared(html: str, date: datetime.date) -> bool:
    """Return whether the page's metadata states the full date; a copyright year or the name of an image is a guess."""
    digits = re.compile(rf"(?<!\d){date:%Y}(?P<mark>[-/.]?){date:%m}(?P=mark){date:%d}(?!\d)")
    spelt = re.compile(rf"\b0?{date.day}\b(?=.*\b{date.year}\b)", re.DOTALL)
    return any(
        digits.search(text)
        or (len(text) <= _MAX_DATE_LENGTH and date.strftime("%b") in text and spelt.search(text) is not None)
        for text in map(str, parse_html(html).xpath(_DECLARED_DATES))
    )
