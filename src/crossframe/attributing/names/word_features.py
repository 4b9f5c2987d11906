"""Features of words for a tagger: letter case and shape, which an uncased encoder does not see, and word lists."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from crossframe import lexicons
from crossframe.attributing.syntax.words import Word, kind_of_known, split_words
from crossframe.learning.tagging.words import WordText

_MARK = re.compile(r"\S")
_MARK_CLASSES = ("'\"‘’“”", ",;", ".!?", ":–—-", "()[]", "@#/&")
_KINDS = ("person", "organisation", "party", "country", "group", "office")
N_WORD_FEATURES = 36
"""Features of a word: 14 of its shape, 2 of its place, 14 of word lists, 6 of known names it is part of."""


def describe_words(sentence: str) -> tuple[WordText, list[Word]]:
    """Return the words of a sentence with their features; punctuation marks are words of their own.

    Parameters
    ----------
    sentence : str
        Any text.

    Returns
    -------
    (WordText, list of Word)
        The features, and the words themselves. Features are 0 or 1, except for the share of capitalised long words,
        which all words of a sentence have in common.

    Examples
    --------
    >>> text, words = describe_words("Mr. Doe’s U.S. visit, he said.")
    >>> [word.text for word in words]
    ['Mr.', 'Doe', '’', 's', 'U.S.', 'visit', ',', 'he', 'said', '.']
    >>> text.features.shape
    (10, 36)
    """
    words = _with_marks(sentence, split_words(sentence))
    features = np.zeros((len(words), N_WORD_FEATURES), dtype=np.float32)
    if words:
        features[:, :28] = np.stack([_features_of(word.text) for word in words])
        features[:, 28] = [word.opens for word in words]
        long = [word.text[0].isupper() for word in words if len(word.text) >= 4 and word.text[0].isalpha()]
        features[:, 29] = sum(long) / len(long) if long else 0
        _mark_known(words, features[:, 30:])
    start = np.array([word.start for word in words], dtype=np.int64)
    end = np.array([word.end for word in words], dtype=np.int64)
    return WordText(sentence, start, end, features), words


def _with_marks(sentence: str, words: Sequence[Word]) -> list[Word]:
    with_marks: list[Word] = []
    position = 0
    for word in [*words, None]:
        until = len(sentence) if word is None else word.start
        for mark in _MARK.finditer(sentence, position, until):
            with_marks.append(Word(mark.group(), mark.start(), mark.end(), False, False))
        if word is not None:
            with_marks.append(word)
            position = word.end
    return with_marks


def _shapes_of(text: str) -> list[bool]:
    """Return whether a word is lower-case, capitalised, an initial, in capitals, a number, mixed, hyphenated, or has a digit."""
    letters = [letter for letter in text if letter.isalpha()]
    upper = [letter.isupper() for letter in letters]
    return [
        bool(letters) and not any(upper),
        len(letters) > 1 and upper[0] and not any(upper[1:]),
        len(letters) == 1 and upper[0] and len(text) < 3,
        len(letters) > 1 and all(upper[:-1] if text[-1] == "s" and len(upper) > 2 else upper),
        text[0].isdigit(),
        any(upper[1:]) and not all(upper),
        "-" in text and len(text) > 1,
        any(letter.isdigit() for letter in text),
    ]


@lru_cache(maxsize=65536)
def _features_of(text: str) -> np.ndarray:
    key = text.casefold().replace(".", "").replace("’", "'")
    plain = key.removesuffix("s")
    marks = [text in marks for marks in _MARK_CLASSES]
    lists = [
        key in lexicons.first_names(),
        key in lexicons.name_titles(),
        lexicons.organisation_heads().get(key) == "organisation",
        lexicons.organisation_heads().get(key) == "party",
        lexicons.organisation_heads().get(key) in {"group", "office"},
        key in lexicons.demonyms(),
        plain in lexicons.demonyms(),
        key in lexicons.function_words(),
        key in lexicons.calendar_words(),
        key in lexicons.name_parts("particle"),
        key in lexicons.role_nouns(),
        key in lexicons.saying_verbs(),
        key in lexicons.name_parts("place"),
        key in _EVENT_NOUNS,
    ]
    return np.array([*_shapes_of(text), *marks, *lists], dtype=np.float32)


_EVENT_NOUNS = frozenset(
    ["act", "campaign", "conference", "election", "elections", "primary", "referendum", "revolution", "summit", "treaty", "war"]
)  # fmt: skip
"""Words that make the name before them part of the name of an event or a law."""


@cache
def _known_names() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the first word of every known name -> the words of the names that begin with it, longest first."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for name in [*lexicons.known_actors(), *lexicons.territories()]:
        words = tuple(word.key for word in split_words(name))
        if words:
            by_first.setdefault(words[0], set()).add(words)
    return {
        first: tuple(sorted(names, key=lambda one: (-len(one), one))) for first, names in by_first.items()
    }


def _mark_known(words: Sequence[Word], features: np.ndarray) -> None:
    """Mark the words of capitalised known names by the kind of actor that has the name."""
    known = _known_names()
    keys = [word.key for word in words]
    position = 0
    while position < len(words):
        names = known.get(keys[position], ()) if words[position].capital else ()
        name = next((one for one in names if tuple(keys[position : position + len(one)]) == one), ())
        kind = kind_of_known(" ".join(name)) if name else ""
        if kind in _KINDS:
            features[position : position + len(name), _KINDS.index(kind)] = 1
        position += max(1, len(name))
