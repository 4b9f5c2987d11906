"""Whether a text breaks off: by what stands at its end, or because it fills what it was stored in."""

import re
from collections.abc import Sequence

from crossframe.reading.text.site_text import TERMINAL

MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet holds, those beyond 16 bits counted twice (Microsoft, Excel specifications and limits)."""
MIN_LIMIT = 255
"""Characters of the shortest text that may fill what it was stored in: databases and old programs cut cells there."""
_MARK = re.compile(
    r"(?:…|\.{3}|\[(?:…|\.{3})\]|\(more…\)|&hellip;)(?:\s*[\[(]?(?:read more|continue reading)[\])]?\W*)?$|"
    r"\[\+\s?\d+ (?:chars|characters|words)\]$",
    re.IGNORECASE,
)
"""An ellipsis outside quotation marks, or the number of what is missing, as NewsAPI writes it."""


def is_marked_as_cut(text: str) -> bool:
    """Return whether a text ends with an ellipsis outside quotation marks, or with the number of what is missing.

    Examples
    --------
    >>> is_marked_as_cut("The mayor said that ..."), is_marked_as_cut("It rained… [+1431 chars]")
    (True, True)
    >>> is_marked_as_cut("He only said: “And then …”"), is_marked_as_cut("It rained.")
    (False, False)
    """
    return _MARK.search(text.rstrip()) is not None


def find_full(texts: Sequence[str]) -> set[int]:
    """Return which of the texts of a column fill what they were stored in, and break off there.

    These are texts as long as a cell of a spreadsheet may be; and, whatever the limit was, the longest of all, where
    several that differ are as long and none of them ends like a sentence.

    Examples
    --------
    >>> sorted(find_full(["Rain " * 60, "Snow " * 60, "It was dry."])), find_full(["Rain " * 59 + "fell.", "Snow " * 60])
    ([0, 1], set())
    """
    lengths = [len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts]
    open_ended = [TERMINAL.search(text.rstrip()) is None for text in texts]
    full = {
        number
        for number, length in enumerate(lengths)
        if length == MAX_CELL or (MAX_CELL - 2 <= length < MAX_CELL and open_ended[number])
    }
    limit = max(map(len, texts), default=0)
    longest = [number for number, text in enumerate(texts) if len(text) == limit]
    n_different = len({texts[number] for number in longest})
    if limit >= MIN_LIMIT and n_different > 1 and all(open_ended[number] for number in longest):
        full |= set(longest)
    return full
