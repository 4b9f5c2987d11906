"""Where on a page its article is: blocks of text, what surrounds the article, and paragraphs that an extractor left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crossframe.reading.text.site_text import TERMINAL, is_prose
from crossframe.text import match_key, words

_BLOCKS = frozenset({
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "pre", "td", "th", "div", "section",
    "article", "main", "center", "header", "footer", "aside", "nav", "figure", "figcaption", "ul", "ol", "dl", "table",
    "tbody", "tr", "form", "body", "address", "details", "summary",
})  # fmt: skip
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_IN_CARDS = ("p", "div", *_HEADINGS)
_AROUND = ("aside", "nav", "footer", "figure", "figcaption", "form", "button", "select", "dialog", "iframe")
"""Elements whose text is not the article's."""
_SIGNS = frozenset([
    "ad", "ads", "advert", "adverts", "advertisement", "advertising", "bio", "breadcrumb", "breadcrumbs",
    "byline", "caption", "comments", "comment", "consent", "cookie", "cookies", "copyright", "credit",
    "credits", "cta", "epic", "footer",
    "interstitial", "menu", "nav", "navigation", "newsletter", "newsletters", "outbrain", "popular", "promo", "promos",
    "promotion", "recirculation", "recirc", "recommended", "recommendations", "related", "share", "sharing", "sidebar",
    "signup", "social", "sponsor", "sponsored", "subscribe", "taboola", "topics", "trending", "upsell",
])  # fmt: skip
"""Words in names of classes, ids and components of what surrounds articles."""
_ADS_OF_AMP = (
    "amp-sidebar", "amp-consent", "amp-user-notification", "amp-ad", "amp-embed", "amp-sticky-ad", "amp-next-page",
    "amp-state", "amp-script", "amp-app-banner", "amp-video", "amp-analytics", "amp-auto-ads", "amp-social-share",
)  # fmt: skip
_NAMED = (
    "class", "id", "role", "data-component", "data-component-name", "data-name", "data-area", "data-module", "data-testid",
    "data-qa", "data-type", "data-block", "data-role", "data-gu-name", "data-unit", "data-region", "data-zone",
)  # fmt: skip
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"[A-Z]?[a-z]+")
MIN_CAMEL = 6
"""Letters of the shortest sign inside a name in camel case."""
MAX_LEVELS = 5
"""Elements above a paragraph that may be the article's."""
DECAY = 0.8
"""Weight of a paragraph for each element farther up."""
MAX_SHARE_AROUND = 0.4
"""Share of the prose of a page from which on an element is the article's, whatever it is called."""
MIN_COVERED = 0.4
"""Share of the article's region from which on an extractor's text is believed to be the article."""
MIN_REGION = 3
"""Fewest paragraphs of a region."""
MAX_ITEMS = 50
"""Items of a list that are looked at."""
MIN_POINT_WORDS = 4
"""Words on average from which on items of a list say something."""


@dataclass(eq=False)
class Block:
    """A smallest block of a page: its element, its lines, and whether it is wholly a link."""

    element: Any
    lines: list[str]
    is_linked: bool

    @cached_property
    def text(self) -> str:
        """All lines."""
        return " ".join(self.lines)

    @cached_property
    def key(self) -> str:
        """The text as it is matched."""
        return match_key(self.text)

    @cached_property
    def n_words(self) -> int:
        """Words of prose; 0 of what is no prose or wholly a link."""
        return sum(len(words(line)) for line in self.lines if is_prose(line)) if not self.is_linked else 0


@dataclass(frozen=True)
class Region:
    """The smallest element that has most of the article's prose (None where there is none), its blocks, and items of lists above."""

    element: Any
    blocks: tuple[Block, ...]
    above: tuple[Block, ...] = ()


def find_region(tree: Any) -> Region:
    """Return where the prose of a page is, without what surrounds it.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        Without scripts.

    References
    ----------
    Paragraphs count for the elements above them, less the farther up these are, as in Arc90's Readability (2009).
    """
    blocks = list(_blocks(tree))
    total = sum(block.n_words for block in blocks)
    scores: dict[Any, float] = {}
    for block in blocks:
        if block.n_words and not any(one.tag in _AROUND for one in block.element.iterancestors()):
            for level, ancestor in zip(range(MAX_LEVELS), block.element.iterancestors(), strict=False):
                scores[ancestor] = scores.get(ancestor, 0.0) + block.n_words * DECAY**level
    if not scores or not total:
        return Region(None, ())
    best = max(scores, key=lambda element: scores[element])
    inside = [best in block.element.iterancestors() for block in blocks]
    heads = [n for n, block in enumerate(blocks) if block.element.tag == "h1"]
    above = blocks[heads[-1] : inside.index(True)] if heads and heads[-1] < inside.index(True) else []
    items = [one for one in above if one.element.tag == "li" and not _is_in_around(one, best)]
    return Region(best, tuple(one for one, is_in in zip(blocks, inside, strict=True) if is_in), tuple(items))


def remove_surroundings(tree: Any) -> None:
    """Remove elements that are hidden or named as surroundings of articles, where they hold little of the page's prose."""
    for element in list(tree.iter(*_ADS_OF_AMP)):
        if element.getparent() is not None:
            element.drop_tree()
    prose: dict[Any, int] = {}
    for block in _blocks(tree):
        for one in (block.element, *block.element.iterancestors()):
            prose[one] = prose.get(one, 0) + block.n_words
    total = prose.get(tree, 0)
    around = [
        one for one in tree.iter() if isinstance(one.tag, str) and (_is_named_around(one) or _is_card(one))
    ]
    for element in around:
        if element.tag in ("html", "body", "head", "blockquote") or element.getparent() is None:
            continue
        if prose.get(element, 0) < MAX_SHARE_AROUND * total and not _has_heading_of_page(element):
            element.drop_tree()


def add_left_out(text: str, region: Region) -> tuple[str, list[str]]:
    """Return an extractor's text with what it left out of the article, and the lines of lists that were added.

    Added are paragraphs marked up and placed like those that it took, and lists of sentences among or right above
    them; where it took little of the region, all blocks of the region take the place of its text.

    Parameters
    ----------
    text : str
        One paragraph per line.
    region : Region
    """
    taken_whole = match_key(text)
    own = set(map(match_key, text.splitlines()))
    prose = [block for block in region.blocks if block.n_words]
    is_taken = {block: _is_in(block, taken_whole, own) for block in region.blocks}
    covered = sum(block.n_words for block in prose if is_taken[block])
    if len(prose) >= MIN_REGION and covered < MIN_COVERED * sum(block.n_words for block in prose):
        kept = [block for block in region.blocks if _is_of_region(block, region.element)]
        return "\n".join(line for block in kept for line in block.lines), _points_of(kept)
    signs = {_place(block, region.element) for block in region.blocks if is_taken[block]}
    lines, added = text.splitlines(), []
    keys = [match_key(line.removeprefix("- ")) for line in lines]
    shapes = {_shape(block, region.element) for block in prose if is_taken[block]}
    items = _lists(region.blocks)
    taken = [block for block in region.blocks if is_taken[block]]
    if not taken:
        return text, []
    points = [line for line in _points_of(region.above) if match_key(line) not in taken_whole]
    lines[:0] = points
    keys[:0] = map(match_key, points)
    first, last = region.blocks.index(taken[0]), region.blocks.index(taken[-1])
    previous: Block | None = None
    for number, block in enumerate(region.blocks):
        if is_taken[block]:
            previous = block
            continue
        among = first < number < last and _place(block, region.element) in signs and _is_sentence(block)
        among |= first - 1 <= number < last and _heads(block, region.blocks[number + 1], is_taken)
        goes_on = previous is not None and previous.element.getparent() is block.element.getparent()
        says = block.n_words or (goes_on and not block.is_linked and TERMINAL.search(block.text))
        among |= number < last and bool(says) and _shape(block, region.element) in shapes
        point = number < last and block.element.tag == "li" and _is_point(block, region.element, items)
        if among or point:
            at = _place_behind(keys, previous)
            lines[at:at] = block.lines
            keys[at:at] = map(match_key, block.lines)
            previous = block
            added += block.lines if point else []
    return "\n".join(lines), [*_points_of(region.above), *added, *_points_of(taken)]


def _is_in_around(block: Block, region: Any) -> bool:
    return any(one.tag in _AROUND for one in _path(block.element, region))


def _lists(blocks: Sequence[Block]) -> dict[Any, list[Block]]:
    lists: dict[Any, list[Block]] = {}
    for block in blocks:
        if block.element.tag == "li":
            lists.setdefault(block.element.getparent(), []).append(block)
    return lists


def _points_of(blocks: Sequence[Block]) -> list[str]:
    lists = _lists(blocks).values()
    return [line for items in lists if _says_something(items) for block in items for line in block.lines]


def _place_behind(keys: Sequence[str], previous: Block | None) -> int:
    """Return where lines with these keys go on behind a block; 0 where there is none."""
    if previous is None:
        return 0
    key = match_key(previous.lines[-1])
    return next((n for n, other in enumerate(keys, 1) if key and key in other), len(keys))


def _is_in(block: Block, whole: str, own: set[str]) -> bool:
    if len(block.key.split()) >= 4:
        return block.key in whole or any(match_key(line) in whole for line in block.lines if is_prose(line))
    return block.key in own or f"- {block.key}" in own


def _is_of_region(block: Block, region: Any) -> bool:
    if _is_in_around(block, region):
        return False
    return (
        bool(block.n_words)
        or block.element.tag in _HEADINGS
        or (not block.is_linked and len(block.lines) > 1)
        or (not block.is_linked and block.element.tag in ("p", "blockquote", "li"))
    )


def _heads(block: Block, following: Block, is_taken: dict[Block, bool]) -> bool:
    """Return whether a block is the heading of one that was taken, inside the same element."""
    is_heading = block.element.tag in _HEADINGS and not block.is_linked and len(block.key.split()) >= 2
    return (
        is_heading and is_taken[following] and block.element.getparent() in following.element.iterancestors()
    )


def _is_sentence(block: Block) -> bool:
    return is_prose(block.text) if block.is_linked else len(block.key.split()) >= 2


def _is_point(block: Block, region: Any, lists: Mapping[Any, Sequence[Block]]) -> bool:
    return not _is_in_around(block, region) and _says_something(lists[block.element.getparent()][:MAX_ITEMS])


def _says_something(items: Sequence[Block]) -> bool:
    """Return whether a list's items are statements: several words each, and no menu of links."""
    counts = [len(words(item.text)) for item in items]
    linked = sum(item.is_linked for item in items)
    return len(items) > 1 and sum(counts) >= MIN_POINT_WORDS * len(items) and 2 * linked <= len(items)


def _place(block: Block, region: Any) -> tuple[str, ...]:
    """Return how a block is marked up inside the region: tags and classes from it upwards."""
    above = list(_path(block.element, region))[1:]
    own = (
        block.element.tag
        if is_prose(block.text)
        else f"{block.element.tag} {block.element.get('class') or ''}"
    )
    return (own, *(f"{one.tag} {one.get('class') or ''}" for one in above))


def _shape(block: Block, region: Any) -> tuple[str, ...]:
    """Return the tags from a block upwards inside the region, and the block's own class: boxes of paragraphs differ in name."""
    return (block.element.get("class") or "", *(one.tag for one in _path(block.element, region)))


def _path(element: Any, region: Any) -> Iterator[Any]:
    """Yield the elements between a block and its region, with the block's own element where its name tells."""
    yield element
    for one in element.iterancestors():
        if one is region:
            return
        yield one


def _is_surrounding(element: Any) -> bool:
    is_hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
    return is_hidden or _is_named_around(element) or _is_card(element)


def _is_card(element: Any) -> bool:
    """Return whether an element is a link around blocks: a card that leads to another page."""
    return element.tag == "a" and sum(1 for _ in zip(range(2), element.iter(*_IN_CARDS), strict=False)) == 2


def _is_named_around(element: Any) -> bool:
    names = " ".join(
        filter(
            None,
            map(element.get, ("class", "id", "data-component", "data-name", "data-component-name", "role")),
        )
    )
    return bool(names) and any(map(_is_sign, re.split(r"[^A-Za-z0-9]+", names)))


def _is_sign(name: str) -> bool:
    """Return whether a part of a name is a sign; of names in camel case long words only, since names may be hashes."""
    return name.lower() in _SIGNS or any(
        len(part) >= MIN_CAMEL and part.lower() in _SIGNS for part in _CAMEL.findall(name)
    )


def _has_heading_of_page(element: Any) -> bool:
    return next(element.iter("h1"), None) is not None


def _blocks(tree: Any) -> Iterator[Block]:
    """Yield the smallest blocks of a page that have text."""
    inside: set[Any] = set()
    found = []
    for element in tree.iter():
        if element.tag in _BLOCKS:
            inside.update(_parents_until(element, inside))
            found.append(element)
    for element in found:
        if element not in inside and (block := _block(element)):
            yield block


def _parents_until(element: Any, known: set[Any]) -> Iterator[Any]:
    for ancestor in element.iterancestors():
        if ancestor in known:
            return
        yield ancestor


def _block(element: Any) -> Block | None:
    pieces = []
    for one in element.iter():
        if one.tag == "br":
            pieces.append("\n")
        if isinstance(one.tag, str) and one.text:
            pieces.append(" ".join(one.text.split("\n")))
        if one is not element and one.tail:
            pieces.append(" ".join(one.tail.split("\n")))
    lines = [line for raw in "".join(pieces).split("\n") if (line := " ".join(raw.split()))]
    if not lines:
        return None
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    is_inside = next(element.iterancestors("a"), None) is not None
    return Block(element, lines, is_inside or linked > 0.8 * sum(map(len, lines)))
