"""Text handling that several wings need: matching keys, words, shingles, slugs."""

import re
import unicodedata
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")


def match_key(text: str) -> str:
    """Return `text` in the form in which names and words are matched: NFKC, case-folded, straight apostrophes, single blanks.

    Examples
    --------
    >>> match_key("Mr.  TRUMP’s")
    "mr. trump's"
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(folded.split())


def words(text: str) -> list[str]:
    """Return the words of `text`, case-folded; full stops, apostrophes and hyphens inside a word stay ("U.S", "well-known").

    Examples
    --------
    >>> words("The U.S. Secretary said: “Don’t.”")
    ['the', 'u.s', 'secretary', 'said', "don't"]
    """
    return WORD.findall(match_key(text))


def shingles(tokens: Sequence[str], n: int) -> set[tuple[str, ...]]:
    """Return all runs of `n` consecutive `tokens`; the empty set when there are fewer than `n`."""
    return {tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)}


def slug(text: str) -> str:
    """Return an id made from `text`: ASCII letters, digits and hyphens, at most 64; "x" when nothing is left.

    Examples
    --------
    >>> slug("Mikheil Saakashvili’s Œuvre")
    'mikheil-saakashvilis-oeuvre'
    """
    special = (
        text.replace("Œ", "OE").replace("œ", "oe").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    plain = unicodedata.normalize("NFKD", special).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:64].strip("-") or "x"
