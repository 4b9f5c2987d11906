"""Words of a sentence with their base forms, and which words of two sentences correspond."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.text import match_key, name_key

_TOKEN = re.compile(
    r"\d{1,2}[:.]\d{2}(?=\s?[ap]\.?m\b)|\d{1,2}:\d{2}|(?<!\d)\d{1,2} : \d{2}(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<!\d)\d{1,3}(?: , \d{3})+(?!\d)|\d+\.\d+|\d+"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*(?:-[^\W\d_]+(?:[’'][^\W\d_]+)*)*|[^\w\s]"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_DOUBLED = re.compile(r"\w*[aeiouy]\w*ell")
MIN_LIKENESS = 0.7
"""Likeness of words from which they correspond for what they say; below, only for where they stand."""
_BY_PLACE = 0.3
_NEAR = 0.1
"""Likeness of words that only their place pairs, and what each pair of like neighbours adds."""


class Word(NamedTuple):
    """A word, number or mark: as it stands, its offsets in the sentence, its base form, whether it carries content.

    ``capital`` is never set in a title-case headline, where it says nothing.
    """

    text: str
    start: int
    end: int
    key: str
    lemma: str
    content: bool
    capital: bool

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark of punctuation."""
        return not self.text[0].isalnum()


@lru_cache(maxsize=8192)
def read_words(sentence: str) -> tuple[Word, ...]:
    """Return the words, numbers and marks of `sentence`; hyphens split only what begins with a number ("34-year-old").

    Numbers that a tokenizer has pulled apart ("2 , 116", "6 : 30") are one word, its key without blanks.

    Examples
    --------
    >>> [word.lemma for word in read_words("Shares fell, officials did not say.")]
    ['share', 'fall', ',', 'official', 'do', 'not', 'say', '.']
    """
    words = []
    headline = _is_title_case(sentence)
    for match in _TOKEN.finditer(sentence):
        for start, end in _split(match.group(), match.start()):
            text = sentence[start:end]
            key = match_key(text).replace(" ", "")
            bare = _POSSESSIVE.sub("", key) or key
            content = text[0].isalpha() and bare not in _empty_words() and not key.endswith("n't")
            capital = text[0].isupper() and not headline
            words.append(Word(text, start, end, bare, base_form(bare), content, capital))
    return tuple(map(_with_particle, words, [*words[1:], None]))


_PHRASAL = {
    ("turn", "down"): "reject", ("vote", "down"): "reject", ("throw", "out"): "reject", ("call", "off"): "cancel",
    ("go", "up"): "rise", ("go", "down"): "fall", ("step", "down"): "resign", ("set", "free"): "free", ("shut", "down"): "close",
    ("back", "down"): "retreat", ("pull", "out"): "withdraw", ("strike", "down"): "overturn", ("hold", "off"): "halt",
}  # fmt: skip
"""Base forms of verbs that mean another one with the word behind them."""


def _with_particle(word: Word, behind: Word | None) -> Word:
    """Return a verb whose meaning the particle behind it makes with the base form of that meaning."""
    meant = _PHRASAL.get((word.lemma, behind.key)) if behind is not None else None
    return word._replace(lemma=meant) if meant else word


def _is_title_case(sentence: str) -> bool:
    """Return whether most words of four or more letters are capitalised, as in the headlines of many papers."""
    long = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", sentence)]
    return len(long) >= 3 and sum(long) >= 0.7 * len(long) and not sentence.rstrip().endswith(".")


def _split(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a hyphenated word that begins with a number word, else the whole."""
    parts = text.split("-")
    if len(parts) > 1 and parts[0].casefold() in number_words():
        for part in parts:
            yield start, start + len(part)
            start += len(part) + 1
    else:
        yield start, start + len(text)


@cache
def number_words() -> dict[str, int]:
    """Return number words -> their value."""
    ones = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    values = {word: value for value, word in enumerate(ones)}
    return values | {word: 10 * value for value, word in enumerate(tens, 2)}


@cache
def _empty_words() -> frozenset[str]:
    rows = {row["class"]: row["words"].split() for row in lexicons.read_wordlist("function_words")}
    verbs = rows["verbs"][: rows["verbs"].index("get")]
    adverbs = set(rows["conjunctions and adverbs"]) - {"asked", "given", "based", "speaking", "together"}
    closed = {*rows["articles and determiners"], *rows["pronouns"], *rows["prepositions"], *verbs, *adverbs}
    return frozenset(
        closed | number_words().keys() | {"mr", "mrs", "ms", "say", "says", "said", "told", "according"}
    )


@cache
def _irregular() -> dict[str, str]:
    rows = lexicons.read_wordlist("irregular_verbs")
    return {row[column]: row["base"] for row in rows for column in ("participle", "past", "base")}


@lru_cache(maxsize=65536)
def base_form(word: str) -> str:
    """Return the base form of a lower-case word: by the list of irregular verbs, else by simplemma, British "-elled" mended.

    Examples
    --------
    >>> base_form("struck"), base_form("families"), base_form("rose"), base_form("cancelled")
    ('strike', 'family', 'rise', 'cancel')
    """
    from simplemma import is_known, lemmatize

    if word in _irregular():
        return _irregular()[word]
    lemma: str = lemmatize(word, lang="en").casefold()
    if lemma != word and _DOUBLED.fullmatch(lemma) and is_known(lemma[:-1], lang="en"):
        lemma = lemma[:-1]
    return _irregular().get(lemma, lemma)


AUXILIARIES = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "to",
    }
)
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "who", "that", "which"})


@lru_cache(maxsize=65536)
def _is_verb_form(key: str) -> bool:
    past = _irregular().get(key, key) != key and not key.endswith("ing")
    return past or (key.endswith(("ed", "ing")) and base_form(key) != key)


def may_be_verb(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at `at` reads as a verb: by its form, or by an auxiliary, "to" or pronoun before it."""
    word = words[at]
    if not word.content or (word.capital and at):
        return False
    if _is_verb_form(word.key):
        return True
    before = at - 1
    while before >= 0 and (
        words[before].key.endswith(("ly", "n't")) or words[before].key in ("not", "never", "also")
    ):
        if words[before].key.endswith("n't"):
            return True
        before -= 1
    return before >= 0 and (words[before].key in AUXILIARIES or words[before].key in _SUBJECTS)


@cache
def _directions() -> dict[str, tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]:
    """Return base form -> (rows and sides in which it stands, rows and sides of its opposites)."""
    stands: dict[str, set[tuple[int, int]]] = {}
    for number, row in enumerate(lexicons.read_wordlist("opposites")):
        for side, column in enumerate(("one", "other")):
            for word in row[column].split():
                stands.setdefault(word, set()).add((number, side))
    return {
        word: (frozenset(places), frozenset((number, 1 - side) for number, side in places))
        for word, places in stands.items()
    }


@cache
def converse_rows() -> frozenset[int]:
    """Return the rows of opposites that may be said of one event with its sides exchanged."""
    return frozenset(
        number for number, row in enumerate(lexicons.read_wordlist("opposites")) if row["converse"]
    )


@lru_cache(maxsize=65536)
def opposite_row(one: Word, other: Word) -> int | None:
    """Return the row of the list in which the two words are opposites, None where they are none."""
    forms = _directions()
    for first in (one.lemma, one.key):
        for second in (other.lemma, other.key):
            if first in forms and second in forms:
                rows = forms[first][0] & forms[second][1]
                if rows:
                    return min(rows)[0]
    return None


@lru_cache(maxsize=65536)
def likeness(one: Word, other: Word) -> float:
    """Return from 0 to 1 how like two words are for what they say, opposites included; the same base form is 1."""
    if one.lemma == other.lemma or one.key == other.key:
        return 1.0
    if one.is_mark or other.is_mark:
        return 0.0
    if country_of(one.key) and country_of(one.key) == country_of(other.key):
        return 0.9
    forms = _directions()
    first, second = forms.get(one.lemma), forms.get(other.lemma)
    if first and second and first[0] & second[0]:
        return 0.8
    shared = 0
    for a, b in zip(one.lemma, other.lemma, strict=False):
        if a != b:
            break
        shared += 1
    shorter, longer = sorted((len(one.lemma), len(other.lemma)))
    if shared >= 4 and shared >= shorter - 2 and shared >= 0.55 * longer:
        return 0.75
    return 0.7 if opposite_row(one, other) is not None else 0.0


@lru_cache(maxsize=65536)
def country_of(key: str) -> str:
    """Return the ISO 3166 code that a country's name or adjective stands for, else "".

    Examples
    --------
    >>> country_of("russian"), country_of("doe")
    ('RU', '')
    """
    full = lexicons.known_actors().get(key, ("", key))[1]
    return lexicons.territories().get(name_key(full)) or lexicons.demonyms().get(key, "")


@dataclass(frozen=True)
class WordAlignment:
    """Two sentences with their words, and which correspond.

    Parameters
    ----------
    left, right : tuple of Word
        Words of the two sentences.
    partner : dict of int to int
        Number of the right word for numbers of left ones: content words that say the same or the opposite.
    in_place : dict of int to int
        The same for content words that only stand where the other does.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    partner: dict[int, int]
    in_place: dict[int, int]

    @cached_property
    def shared(self) -> float:
        """Share of content words, of the sentence that has fewer, that correspond."""
        counts = [sum(word.content for word in side) for side in (self.left, self.right)]
        return len(self.partner) / max(min(counts), 1)

    def turned(self) -> "WordAlignment":
        """Return the alignment with its sides exchanged."""
        return WordAlignment(
            self.right,
            self.left,
            {b: a for a, b in self.partner.items()},
            {b: a for a, b in self.in_place.items()},
        )

    def near(self, left: int, right: int, reach: int) -> int:
        """Return how many other corresponding pairs stand within `reach` content words of the two given words."""
        first, second = near_words(self.left, left, reach), near_words(self.right, right, reach)
        return sum(
            self.partner.get(one) in second and one != left and self.partner.get(one) != right
            for one in first
        )


def near_words(words: Sequence[Word], at: int, reach: int) -> list[int]:
    """Return the numbers of the `reach` content words before and behind the word at `at`."""
    before = [number for number in range(at - 1, -1, -1) if words[number].content][:reach]
    behind = [number for number in range(at + 1, len(words)) if words[number].content][:reach]
    return before + behind


@lru_cache(maxsize=1024)
def align_words(left: str, right: str) -> WordAlignment:
    """Return which words of two sentences correspond: the assignment of content words with most likeness in all.

    Likeness counts a little more where neighbours are like, so that of two same words the one in like company is chosen.
    What is left over between two corresponding pairs is paired by its place where there is as much on both sides.

    Examples
    --------
    >>> words = align_words("Shares fell on Monday.", "On Monday shares rose.")
    >>> sorted((words.left[a].text, words.right[b].text) for a, b in words.partner.items())
    [('Monday', 'Monday'), ('Shares', 'shares'), ('fell', 'rose')]
    """
    from scipy.optimize import linear_sum_assignment

    one, other = read_words(left), read_words(right)
    first = [number for number, word in enumerate(one) if word.content]
    second = [number for number, word in enumerate(other) if word.content]
    if not first or not second:
        return WordAlignment(one, other, {}, {})
    alike = np.array([[likeness(one[a], other[b]) for b in second] for a in first])
    padded = np.pad(np.where(alike >= MIN_LIKENESS, 1.0, 0.0), 2)
    n, m = alike.shape
    company = sum(padded[2 + d : 2 + d + n, 2 + d : 2 + d + m] for d in (-2, -1, 1, 2))
    score = np.where(alike > 0, alike + _NEAR * company, 0.0)
    rows, columns = linear_sum_assignment(score, maximize=True)
    pairs = {int(a): int(b) for a, b in zip(rows, columns, strict=True) if alike[a, b] >= MIN_LIKENESS}
    place = _pair_places(pairs, n, m)
    return WordAlignment(
        one,
        other,
        {first[a]: second[b] for a, b in pairs.items()},
        {first[a]: second[b] for a, b in place.items()},
    )


def _pair_places(pairs: dict[int, int], n: int, m: int) -> dict[int, int]:
    """Return content words left over between neighbouring pairs, paired in order where there are one or two on both sides."""
    bounds = [(-1, -1), *sorted(pairs.items()), (n, m)]
    places: dict[int, int] = {}
    for (a, b), (c, d) in itertools.pairwise(bounds):
        if c - a == d - b and 1 < c - a <= 3:
            places.update(zip(range(a + 1, c), range(b + 1, d), strict=True))
    return places
