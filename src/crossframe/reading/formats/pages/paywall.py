"""Whether a page holds only the beginning of its article, by what it says, where it says it, and what is missing."""

import re
from typing import Any, NamedTuple

from crossframe.reading.formats.pages.structured import Structured
from crossframe.reading.text.cut_text import is_marked_as_cut
from crossframe.reading.text.site_text import asks_for_rest, is_open_meter, is_wall

TEASER = "Only a teaser is on the page; the rest is behind a paywall. Save the page again when logged in, or leave the article out."
CUT = "The text is incomplete: the page seems to hold only the beginning or a teaser of the article."
MIN_SHARE = 0.6
"""Share of the words that an article is said to have from which on its text counts as whole."""
MAX_TEASER_WORDS = 250
"""Words of the longest text that may be a teaser where its page asks for money for the rest."""
MAX_SILENT_WORDS = 120
"""The same where a page is marked as not free, and no line of it asks for money."""
MAX_OFFERED_PARAGRAPHS = 2
"""Paragraphs of the longest text that may be a teaser where its page offers a subscription, which pages do that are whole."""
MIN_STATED_WORDS = 60
"""Fewest words that a page can say of a whole article: plugins count those of a summary."""
MAX_WALL = 400
"""Characters of the longest element that is looked at as a wall's line."""
MAX_BARRIER = 1200
"""Characters of the longest element that is a wall, whatever its name: a longer one is around the article."""
_BARRIER = re.compile(r"(?:pay|reg|meter)-?_?wall|(?:^|[\s_-])(?:wall|barrier|gate|gateway|metered|piano|locked|unlock)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_BESIDE = re.compile(r"newsletter|(?:^|[\s_-])(?:nav|navigation|menu|header|footer|comments?|related|topbar|masthead|toolbar)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_PROMOTION = re.compile(r"(?:^|[\s_-])(?:promo|promos|promotion|subscri\w*|sign-?up|cta|upsell|sidebar|ads?|banner|offer)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
"""Names of classes and ids: of walls, of what stands beside every article of a site, and of its advertising."""
_ASKS = re.compile(r"(?:please )?(?:subscribe|sign (?:in|up)|log ?in|register|start (?:your |a |my )?(?:free )?(?:\w+ )?trial|become a (?:member|subscriber))(?: (?:now|today|here|for free))?\W*", re.IGNORECASE)  # fmt: skip
"""A button that asks for money or a name: in a wall it is the way to the rest."""
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_LINES = ("p", "div", "span", "a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "li", "section", "strong", "b", "label", "td", "em")  # fmt: skip


class Walls(NamedTuple):
    """What a page says of a paywall: whether it asks for money for the rest, whether it offers a subscription, and its parts.

    `parts` are the texts of the elements that its metadata names as not free; `is_metered` says that the article is among
    those that a reader has for free, whatever the rest costs.
    """

    asks: bool = False
    offers: bool = False
    parts: tuple[str, ...] = ()
    is_metered: bool = False


def find_walls(tree: Any, structured: Structured) -> Walls:
    """Return what a page that is still whole says of a paywall; what is hidden, or stands in a box for newsletters, says nothing."""
    asks = offers = is_metered = False
    for element in tree.iter(*_LINES):
        line = _short_text(element, MAX_WALL)
        is_button, is_meter = _ASKS.fullmatch(line) is not None, is_open_meter(line)
        if not (is_button or is_meter or is_wall(line)):
            continue
        place = _place(element)
        if is_meter:
            is_metered |= place != "hidden"
        else:
            asks |= place == "barrier"
            asks |= not is_button and place in ("", "promotion") and asks_for_rest(line)
            offers |= not is_button and place == ""
    parts = [
        " ".join(element.text_content().split())
        for name in structured.walled
        for element in tree.xpath(
            "//*[contains(concat(' ', @class, ' '), concat(' ', $name, ' '))]", name=name
        )
    ]
    return Walls(asks, offers, tuple(parts), is_metered)


def paywall_note(structured: Structured, text: str, walls: Walls) -> str | None:
    """Return what a user must be told where a page has only a part of its article, else None.

    Parameters
    ----------
    structured : Structured
    text : str
        That was read as the article, paragraphs between blank lines.
    walls : Walls
    """
    n_words, paragraphs = len(text.split()), text.split("\n\n")
    stated = structured.n_words if structured.n_words and structured.n_words >= MIN_STATED_WORDS else None
    if stated and n_words >= MIN_SHARE * stated:
        return None
    if text and any(paragraphs[-1] in part for part in walls.parts):
        return None
    if walls.is_metered:
        return CUT if stated or (n_words <= MAX_TEASER_WORDS and is_marked_as_cut(text)) else None
    is_walled = structured.is_free is False or walls.asks
    limit = MAX_TEASER_WORDS if walls.asks else MAX_SILENT_WORDS
    if is_walled and (stated or n_words <= limit):
        return TEASER
    if walls.offers and len(paragraphs) <= MAX_OFFERED_PARAGRAPHS and n_words <= MAX_SILENT_WORDS:
        return TEASER
    return CUT if stated or (n_words <= MAX_TEASER_WORDS and is_marked_as_cut(text)) else None


def _short_text(element: Any, limit: int) -> str:
    """Return the text of an element in one line; "" where it is longer than `limit`."""
    pieces, n_characters = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        n_characters += len(piece.strip())
        if n_characters > limit:
            return ""
    return " ".join(" ".join(pieces).split())


def _place(element: Any) -> str:
    """Return where an element is by the innermost name that tells: "barrier", "promotion", "beside" or "hidden"; "" where none does."""
    for one in (element, *element.iterancestors()):
        if one.get("hidden") is not None or _HIDDEN.search(one.get("style") or ""):
            return "hidden"
    for one in (element, *element.iterancestors()):
        names = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('data-testid') or ''}"
        if _BARRIER.search(names) and _short_text(one, MAX_BARRIER):
            return "barrier"
        if _BESIDE.search(names) or one.tag in ("nav", "header", "footer"):
            return "beside"
        if _PROMOTION.search(names) or one.tag == "aside":
            return "promotion"
    return ""
