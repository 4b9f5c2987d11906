"""Words of a sentence: their case and marks, headlines and datelines, finite verbs, and the kinds of known names."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.text import name_key

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'&.-][^\W_]+)*")
_INITIAL = re.compile(r"[^\W\d_]")
_POSSESSIVE = re.compile(r"[’'][sS]$")
_OPENS = re.compile(r"(?:^|[“\"‘'(\[:;—–…]|[.!?]\s|\s-)\s*$")
_TITLE = re.compile(r"(?:^|[^\w’'-])([A-Z][\w’'-]*)\.?\s$")
_ARTICLE = re.compile(r"(?:(?:al|an|ar|as|ash|az|el|ul)-|[dl]['’])(?=[^\W\d_a-z])")
"""The article of an Arabic surname, or a French and Italian one without its vowel."""
_PAST_IN_EED = frozenset(["agreed", "decreed", "disagreed", "freed", "guaranteed", "refereed"])
_SUFFIX = frozenset({"jr", "sr"})
PARTY_AND_STATE = re.compile(r"[RDI]-")
"""Beginning of an American politician's party and state ("R-Ohio")."""
MIN_CAPITALISED = 0.6
"""Share of capitalised long words from which a sentence is a title-case headline: 76 % of BASIL's titles reach it
(the others are in sentence case) and 2.7 % of its body sentences, most of which end with a full stop."""


class Word(NamedTuple):
    """A word of a sentence: text without possessive ending, offsets in characters, and whether it opens a sentence."""

    text: str
    start: int
    end: int
    possessive: bool
    opens: bool

    @property
    def key(self) -> str:
        """The word as names are matched (`name_key`), without points."""
        return name_key(self.text).replace(".", "")

    @property
    def capital(self) -> bool:
        """Whether the word is capitalised like a name ("Trump", "al-Assad", "d'Amato", "G7")."""
        return self.text[:1].isupper() or _ARTICLE.match(self.text) is not None


@lru_cache(maxsize=4096)
def split_words(sentence: str) -> list[Word]:
    """Return the words of `sentence`; points of titles and initials ("Sen.", "J.") belong to the word.

    The list is cached and must not be changed.

    Examples
    --------
    >>> [word.text for word in split_words("Sen. J. Doe’s U.S. visit.")]
    ['Sen.', 'J.', 'Doe', 'U.S.', 'visit']
    """
    words: list[Word] = []
    titles = lexicons.name_titles()
    for match in _WORD.finditer(sentence):
        text, start, end = match.group(), match.start(), match.end()
        possessive = bool(_POSSESSIVE.search(text))
        if possessive:
            text, end = text[:-2], end - 2
        elif text.endswith("s") and sentence[end : end + 2] in ("’ ", "' "):
            possessive = True
        if sentence[end : end + 1] == "." and (
            _INITIAL.fullmatch(text) or text.casefold() in titles or text.casefold() in _SUFFIX
        ):
            text, end = text + ".", end + 1
        opens = not words or bool(_OPENS.search(sentence[max(0, start - 4) : start]))
        words.append(Word(text, start, end, possessive, opens))
    return words


def is_headline(sentence: str, words: Sequence[Word]) -> bool:
    """Return whether `sentence` is capitalised like a title-case (or all-capitals) headline.

    A sentence that ends with a full stop is one only when it is long and nearly every word is capitalised.

    Examples
    --------
    >>> text = "Senate Panel Votes Against Trade Pact"
    >>> is_headline(text, split_words(text))
    True
    >>> text = "The Regional Trade Council met."
    >>> is_headline(text, split_words(text))
    False
    """
    long = [word.text[0].isupper() for word in words if len(word.text) >= 4]
    if sentence.rstrip("\"'”’) ").endswith("."):
        return len(long) >= 6 and sum(long) / len(long) >= 0.9
    return len(long) >= 2 and len(words) >= 3 and sum(long) / len(long) >= MIN_CAPITALISED


_DATELINE = re.compile(r"[A-ZÀ-Þ][^\W\d_a-zß-ÿ]*[A-ZÀ-Þ][^\n]{0,60}?\s?(?:[—–]|--?\s)")


def dateline_end(document: str, start: int) -> int:
    """Return where a dateline ("MOSCOW, August 29 (Agency) -") that begins at `start` ends, else `start`.

    Examples
    --------
    >>> dateline_end("MOSCOW, August 29 (Agency) - The ministry", 0)
    29
    >>> dateline_end("The U.S. - or", 0)
    0
    """
    match = _DATELINE.match(document, start)
    if match is None:
        return start
    place = re.split(r"[,(—–-]", match.group(), maxsplit=1)[0].strip()
    capitals = place.isupper() and len(place) > 3
    return match.end() if capitals else start


def title_before(text: str, start: int) -> str:
    """Return the last word of a capitalised title directly before a name at `start`, case-folded; "" where there is none.

    Examples
    --------
    >>> title_before("Mrs. Poe left.", 5), title_before("a judge Poe knew", 8)
    ('mrs', '')
    """
    match = _TITLE.search(text[max(0, start - 30) : start])
    word = match.group(1).casefold() if match else ""
    return word if word in lexicons.name_titles() else ""


@lru_cache(maxsize=8192)
def kind_of_known(key: str) -> str:
    """Return the kind of actor that the case-folded name `key` is known for, "" where it is unknown.

    Examples
    --------
    >>> kind_of_known("georgia"), kind_of_known("kremlin"), kind_of_known("russians"), kind_of_known("doe")
    ('country', 'office', 'group', '')
    """
    plain = name_key(key).removeprefix("the ")
    known = lexicons.known_actors().get(plain)
    if known:
        return known[0]
    if plain in lexicons.territories():
        return "country"
    if plain in lexicons.seats("house") and not any(letter.isdigit() for letter in plain):
        return "office"  # but "No 10" is a bus, too
    last = plain.rsplit(" ", 1)[-1]
    if (last.endswith("ns") or last.endswith("is")) and last[:-1] in lexicons.demonyms():
        return "group"
    return ""


def is_capital(name: str) -> bool:
    """Return whether `name` is that of a capital, which news has speak and act for its state.

    Examples
    --------
    >>> [is_capital(name) for name in ("Nairobi", "The Hague", "Hague", "Springfield")]
    [True, True, False, False]
    """
    return name_key(name) in lexicons.seats("capital")


@lru_cache(maxsize=8192)
def country_code(name: str) -> str:
    """Return the ISO 3166 code that a country's name or adjective stands for, else "".

    Examples
    --------
    >>> country_code("Georgia"), country_code("Georgian"), country_code("Britain"), country_code("Doe")
    ('GE', 'GE', 'GB', '')
    """
    key = name_key(name).removeprefix("the ")
    full = lexicons.known_actors().get(key, ("", key))[1]
    return lexicons.territories().get(name_key(full)) or lexicons.demonyms().get(key, "")


def is_saying_verb(key: str) -> bool:
    """Return whether `key`, case-folded, is a finite form of a verb of saying, thinking or wanting.

    Examples
    --------
    >>> is_saying_verb("said"), is_saying_verb("saying"), is_saying_verb("ran")
    (True, False, False)
    """
    return lexicons.saying_verbs().get(key, ("", ""))[0] == "finite"


def may_be_finite(key: str) -> bool:
    """Return whether `key`, case-folded, reads as a finite verb behind its subject: by word list, else by its ending.

    Examples
    --------
    >>> [may_be_finite(word) for word in ("has", "won", "said", "voted", "table", "need")]
    [True, True, True, True, False, False]
    """
    return key in lexicons.name_parts("auxiliary") or is_saying_verb(key) or is_past(key)


def is_past(key: str) -> bool:
    """Return whether `key`, case-folded, reads as the past form of a verb.

    Examples
    --------
    >>> [is_past(word) for word in ("won", "voted", "disagreed", "has", "need")]
    [True, True, True, False, False]
    """
    regular = key.endswith("ed") and (not key.endswith("eed") or key in _PAST_IN_EED)
    return regular or key in lexicons.name_parts("past")


def follows_phrase(key: str) -> bool:
    """Return whether a noun phrase may end before the lower-case word `key`, which is no further noun of it.

    Examples
    --------
    >>> [follows_phrase(word) for word in ("voted", "quickly", "of", "base")]
    [True, True, True, False]
    """
    return may_be_finite(key) or key in lexicons.function_words() or key.endswith("ly")
