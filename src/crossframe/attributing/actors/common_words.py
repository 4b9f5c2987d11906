"""Names that are words too ("Labour", "Shell", "May"): where a capitalised word is the name."""

import re
from collections import Counter

from crossframe import lexicons
from crossframe.attributing.actors.matches import Match
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.syntax.words import (
    Word,
    follows_phrase,
    is_headline,
    is_saying_verb,
    may_be_finite,
    split_words,
)
from crossframe.records import Sentences

_DATE_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|till|before|after|during|from|through|between|last|next|this|each|every|early|late|mid|to|and)"
    r"|\b(?:end|start|beginning|middle|month|half|week|weeks|days?|rest) of|\d(?:st|nd|rd|th)?(?: of)?|mid-)\s?$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(r"\s?[,.]?\s?(?:\d|Day\b)|-\w|\s(?:of (?:last|this|next)|and (?:[A-Z]\w+) \d)")
_ASKED = frozenset(
    {"i", "he", "she", "it", "we", "they", "you", "the", "this", "that", "all", "there", "god"}
)
_DETERMINED = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "our",
        "your",
        "his",
        "her",
        "its",
        "their",
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "you",
    ]
)
"""Words that open an object or a clause."""
_PLURAL_VERBS = frozenset(["are", "were", "have", "do"])
_BEFORE_NOUNS = frozenset(["about", "against", "among", "between", "for", "from", "of", "over", "with"])
"""Prepositions that join a noun with its complement; "in Spain" and "on Friday" say where and when somebody acts, too."""


class WordCases:
    """How often an event and each of its articles write a word capitalised inside a sentence, and how often in lower case.

    Parameters
    ----------
    sentences : Sentences
        Of one event; title-case headlines are passed over, as are words that open a sentence.
    """

    def __init__(self, sentences: Sentences) -> None:
        self.lower: Counter[tuple[str, str]] = Counter()
        self.capital: Counter[tuple[str, str]] = Counter()
        for row, text in enumerate(sentences.text):
            words = split_words(text)
            title = is_headline(text, words)
            article = sentences.article_of(row).id
            for word in words:
                if text[max(0, word.start - 1) : word.start] in {"@", "#", "/"}:
                    continue  # an account, a tag or an address
                counts = self.capital if word.capital else self.lower
                if counts is self.lower or not (word.opens or title):
                    counts[article, word.key] += 1
                    counts["", word.key] += 1

    def is_word(self, key: str) -> bool:
        """Return whether the event writes `key` in lower case, too."""
        return self.lower["", key] > 0

    def prefers_name(self, article: str, key: str) -> bool:
        """Return whether the article, or the event where the article shows nothing, writes `key` mostly capitalised."""
        place = article if self.lower[article, key] or self.capital[article, key] else ""
        return self.capital[place, key] > 0 and self.capital[place, key] >= self.lower[place, key]


def is_name_here(
    cases: WordCases,
    article: str,
    text: str,
    name: Match,
    *,
    marked: bool,
    person: bool = False,
) -> bool:
    """Return whether a capitalised word is a name and no word of the sentence, as far as case and neighbours show.

    Where a sentence opens, or a headline capitalises all words, what shows it is a name finder, a verb behind it, or that
    its article writes it capitalised elsewhere [1]_, unless the next word shows that it is the word ("Hunt for", "Price
    rises hurt", "Mark the date"). A month is a name only before a verb or "'s" or by a finder, and never in a date.

    Parameters
    ----------
    cases : WordCases
        Of the event.
    article : str
        Article id.
    text : str
        Sentence.
    name : Match
        The word in it, offsets in its characters.
    marked : bool
        Whether a finder marks just this word as a name, or a title stands before it.
    person : bool
        Whether it is a person's: then it is no name beside another capitalised word ("Green New Deal", "the Health Bill").

    References
    ----------
    .. [1] Lita, L., Ittycheriah, A., Roukos, S., Kambhatla, N. (2003). tRuEcasIng. ACL.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> text = "Labour lost. Critics of Labour left. The labour was hard. Labour is cheap."
    >>> event = Sentences((Article("a", "e", "o", "", text),), [0] * 4, [1, 2, 3, 4], [0, 13, 37, 58], [12, 36, 57, 74])
    >>> is_name_here(WordCases(event), "a", "Labour lost.", Match(0, 6, "labour"), marked=False)
    True
    >>> is_name_here(WordCases(event), "a", "It began on 3 May.", Match(14, 17, "may"), marked=False)
    False
    """
    start, end, key = name
    words = split_words(text)
    own = next((word for word in words if word.start <= start < word.end), None)
    after = next((word for word in words if word.start >= end), None)
    if key in lexicons.calendar_words():
        return _is_no_date(text, start, end, own, after, marked=marked)
    opens = start <= 1 or (own is not None and own.opens)
    title = is_headline(text, words)
    if person and not (marked or title) and cases.is_word(key) and _is_in_run(text, words, own):
        return False
    if opens and not marked and _reads_as_word(cases, text, end, key, title=title):
        return False
    if not cases.is_word(key) or not (opens or title):
        return not (text.isupper() and key in lexicons.function_words())
    return marked or _is_subject(text, end, after) or (not title and cases.prefers_name(article, key))


def _is_in_run(text: str, words: list[Word], own: Word | None) -> bool:
    """Return whether a capitalised word stands beside the word, other than an opener, a title or a suffix."""
    if own is None:
        return False
    at = words.index(own)
    before = words[at - 1] if at and adjacent(text, words[at - 1], own) else None
    after = words[at + 1] if at + 1 < len(words) and adjacent(text, own, words[at + 1]) else None
    led = (
        before is not None
        and before.capital
        and not before.opens
        and before.key not in lexicons.name_titles()
    )
    return led or (after is not None and after.capital and after.key not in lexicons.name_parts("suffix"))


def _reads_as_word(cases: WordCases, text: str, end: int, key: str, *, title: bool) -> bool:
    """Return whether the word that ends at `end` and opens a sentence is no name, as the words behind it show.

    Before a determiner or pronoun it is a verb. Where the event writes it in lower case, too, it is a noun before a preposition
    of nouns, and before a noun: a word that is no verb behind a subject and stands before no object.
    """
    behind = [word for word in split_words(text) if word.start >= end][:2]
    if not behind or text[end : behind[0].start] != " " or is_saying_verb(behind[0].key):
        return False
    after = behind[0]
    if after.text in _DETERMINED or (_is_small(key) and after.capital):
        return True
    if title or after.capital or not (_is_small(key) or cases.is_word(key)):
        return False
    beside = len(behind) > 1 and text[after.end : behind[1].start] == " "
    second = behind[1].key if beside else ""
    if after.key in _BEFORE_NOUNS or (after.key in {"at", "in", "on"} and second in _DETERMINED):
        return True
    if follows_phrase(after.key) or second in _DETERMINED | {"to"} or text[after.end :].strip("”\"’'") == ".":
        return False
    return not after.key.endswith("s") or second in _PLURAL_VERBS or may_be_finite(second)


def _is_small(key: str) -> bool:
    return key in lexicons.function_words() or key in lexicons.name_parts("auxiliary")


def _is_subject(text: str, end: int, after: Word | None) -> bool:
    """Return whether the next word is a verb that only an actor takes."""
    return after is not None and text[end : after.start] == " " and is_saying_verb(after.key)


def _is_no_date(
    text: str, start: int, end: int, own: Word | None, after: Word | None, *, marked: bool
) -> bool:
    """Return whether the name of a month or a day stands where no date does, and a person may."""
    if _DATE_AFTER.match(text, end):
        return False
    if _DATE_BEFORE.search(text[:start]):
        return marked and _is_subject(text, end, after)
    beside = after is not None and text[end : after.start] == " "
    asked = beside and start <= 1 and after is not None and after.key in _ASKED
    possessive = own is not None and own.possessive
    acts = beside and after is not None and may_be_finite(after.key)
    return not asked and (marked or possessive or acts)
