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

    html = _sign_quotations(html)
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


def _sign_quotations(html: str) -> str:
    """Return `html` with every signed block quotation as one paragraph: its words, a dash, whose they are.

    Extractors keep the paragraphs of a block quotation, and drop whose they are or make it a line of its own: bare text
    behind an embedded post ("— Name (@handle) date"), ``cite`` or ``footer``, the caption of a figure.
    """
    if "<blockquote" not in html.lower():
        return html
    tree = parse_html(html)
    quotations = tree.xpath("//blockquote[not(ancestor::blockquote)]")
    changed = [_sign_quotation(quotation) for quotation in quotations]
    from lxml.html import tostring

    return str(tostring(tree, encoding="unicode")) if any(changed) else html


def _sign_quotation(quotation: Any) -> bool:
    """Return whether a block quotation was made a paragraph with its signature, or taken out of a figure."""
    figure = next(quotation.iterancestors("figure"), None)
    if figure is not None and "pull" in f"{figure.get('class')} {quotation.get('class')}":
        return False  # what the article says elsewhere
    signing = _signing_elements(quotation, figure)
    signature = " ".join(map(_line, signing)) or _bare_signature(quotation)
    words = _line(quotation).removesuffix(signature).rstrip()
    signed = 0 < len(signature) <= MAX_SIGNATURE and 0 < len(words) <= MAX_SIGNED
    if signed:
        for one in signing:
            one.drop_tree()
        dash = "" if _SIGNATURE_DASH.match(signature) else "— "
        _set_paragraph(quotation, f"{words} {dash}{signature}")
    if figure is not None:
        figure.tag = "div"  # extractors drop figures
    return signed or figure is not None


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


def _is_declared(html: str, date: datetime.date) -> bool:
    """Return whether the page's metadata states the full date; a copyright year or the name of an image is a guess."""
    digits = re.compile(rf"(?<!\d){date:%Y}(?P<mark>[-/.]?){date:%m}(?P=mark){date:%d}(?!\d)")
    spelt = re.compile(rf"\b0?{date.day}\b(?=.*\b{date.year}\b)", re.DOTALL)
    return any(
        digits.search(text)
        or (len(text) <= _MAX_DATE_LENGTH and date.strftime("%b") in text and spelt.search(text) is not None)
        for text in map(str, parse_html(html).xpath(_DECLARED_DATES))
    )
