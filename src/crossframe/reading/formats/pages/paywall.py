"""Whether a page holds only the beginning of its article, by what it says and by what is missing."""

import re
from collections.abc import Iterable

from crossframe.reading.formats.pages.structured import Structured
from crossframe.reading.text.site_text import is_wall

_CUT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\(more…\))\s*[\"”’]?$")
TEASER = "Only a teaser is on the page; the rest is behind a paywall. Save the page again when logged in, or leave the article out."
CUT = "The text is incomplete: the page seems to hold only the beginning or a teaser of the article."
MIN_SHARE = 0.6
"""Share of the words that an article is said to have from which on its text counts as whole."""
MAX_TEASER_WORDS = 250
"""Words of the longest text that may be a teaser where its page has a paywall."""
MAX_SILENT_WORDS = 120
"""The same where a page is marked as not free, and no line of it asks for money."""
MIN_STATED_WORDS = 60
"""Fewest words that a page can say of a whole article: plugins count those of a summary."""


def paywall_note(structured: Structured, text: str, lines: Iterable[str]) -> str | None:
    """Return what a user must be told where a page has only a part of its article, else None.

    Parameters
    ----------
    structured : Structured
    text : str
        That was read as the article.
    lines : iterable of str
        Lines of the page that are not the article's.
    """
    n_words = len(text.split())
    stated = structured.n_words if structured.n_words and structured.n_words >= MIN_STATED_WORDS else None
    limit = MAX_TEASER_WORDS if any(map(is_wall, lines)) else MAX_SILENT_WORDS
    is_walled = structured.is_free is False or limit == MAX_TEASER_WORDS
    if stated and n_words >= MIN_SHARE * stated:
        return None
    if is_walled and (stated or n_words <= limit):
        return TEASER
    return CUT if stated or (n_words <= MAX_TEASER_WORDS and _CUT.search(text)) else None
