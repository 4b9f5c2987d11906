"""HTML as text: its tree, the lines that a browser shows, and its paragraphs."""

import html as entities
import re
from typing import Any

_BLOCKS = frozenset({
    "article", "aside", "body", "button", "details", "dialog", "figcaption", "figure", "footer", "header", "html",
    "main", "nav", "search", "section", "select", "summary", "textarea",
})  # fmt: skip
"""Elements that end a visible line, beside those that lxml lists."""
TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|body|br|cite|center|code|del|div|em|figcaption|figure|font|footer|h[1-6]|header|hr|html|i|"
    r"iframe|img|ins|li|main|mark|ol|p|pre|q|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|time|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
BLOCK_TAG = re.compile(
    r"</?(?:article|aside|blockquote|body|br|center|div|figure|figcaption|footer|h[1-6]|header|hr|html|li|main|ol|p|pre|section|table|td|th|tr|ul)\b",
    re.IGNORECASE,
)
"""Tags that begin or end a paragraph or line."""
_UNSEEN = "//script|//style|//noscript|//template|//head|//comment()|//processing-instruction()"
_BREAKS = re.compile(r"<br\b[^<>]*>\s*(?:<br\b[^<>]*>\s*)+", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|head|body|title)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def parse_html(html: str) -> Any:
    """Return the tree of `html`, read as the UTF-8 it is given in, whatever encoding the page declares; empty without elements."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(html.encode("utf-8"), parser=HTMLParser(encoding="utf-8"))
    except ParserError:
        return document_fromstring("<html><body></body></html>")


def visible_lines(html: str) -> list[list[list[str]]]:
    """Return the visible text of a page: blocks of lines (separated by ``br``) of pieces (separated by other markup)."""
    from lxml.etree import iterwalk
    from lxml.html import defs

    ends_line = (defs.block_tags - {"del", "ins"}) | _BLOCKS
    tree = parse_html(html)
    for element in tree.xpath(_UNSEEN):
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


def read_paragraphs(html: str) -> str:
    """Return the text of a piece of HTML as it shows: paragraphs between blank lines, a line for each ``br``.

    Two ``br``, and blank lines inside an element, which some programs write for a new paragraph, begin one, too. Where all
    markup is inside lines, the text's own line breaks stay.

    Examples
    --------
    >>> read_paragraphs("<p>Rain <b>fell</b>.<br>It stopped.</p><div>Anna Bell &amp; others left.<br><br>Nobody stayed.</div>")
    'Rain fell.\\nIt stopped.\\n\\nAnna Bell & others left.\\n\\nNobody stayed.'
    """
    if BLOCK_TAG.search(html) is None:
        return entities.unescape(TAG.sub("", html)).strip()
    source = _BREAKS.sub("\n\n", html)
    blocks = visible_lines(source if _WHOLE.search(html[:4096]) else f"<div>{source}</div>")
    paragraphs: list[list[str]] = []
    for block in blocks:
        paragraphs.append([])
        for line in block:
            first, *others = _BLANK_LINE.split("".join(line))
            paragraphs[-1].append(first)
            paragraphs += [[other] for other in others]
    shown = ("\n".join(words for line in lines if (words := " ".join(line.split()))) for lines in paragraphs)
    return "\n\n".join(text for text in shown if text)
