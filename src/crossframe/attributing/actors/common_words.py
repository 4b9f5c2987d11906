"""Names that are words too ("Labour", "Shell", "May"): where a capitalised word is the name."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.matches import Match
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.syntax.words import (
    Word,
    follows_phrase,
    is_headline,
    is_past,
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
_OBJECTS = _DETERMINED - {"i", "he", "she", "we", "they"}
_OF_STATES = frozenset(["minister", "ministers", "official", "officials", "secretary", "commissioner"])
"""Who belongs to a portfolio, too: "Labour ministers" of several countries."""
_PLURAL_VERBS = frozenset(["are", "were", "have", "do"])
_BEFORE_NOUNS = frozenset(["about", "against", "among", "between", "for", "from", "of", "over", "with"])
"""Prepositions that join a noun with its complement; "in Spain" and "on Friday" say where and when somebody acts, too."""
_WHERE = frozenset(["at", "in", "on"])
_BE_FORMS = frozenset(["is", "are", "was", "were"])
_HAS = frozenset(["has", "have", "had"])
_MODALS = frozenset(["will", "would", "can", "could", "must", "should"])
_OF_ACTIONS = frozenset(
    ["essential", "impossible", "inevitable", "necessary", "needed", "overdue", "possible", "required"]
)
"""What is said of actions and events, and hardly of who acts."""


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

    def prefers_name(self, article: str, key: str, ahead: int = 0) -> bool:
        """Return whether the article, or the event where the article shows nothing, capitalises `key` `ahead` times more often."""
        place = article if self.lower[article, key] or self.capital[article, key] else ""
        return self.capital[place, key] > 0 and self.capital[place, key] >= self.lower[place, key] + ahead


def is_name_here(
    cases: WordCases,
    article: str,
    text: str,
    name: Match,
    *,
    marked: bool,
    person: bool = False,
    in_title: bool = False,
) -> bool:
    """Return whether a capitalised word is a name and no word of the sentence, as far as case and neighbours show.

    Where a sentence opens, or a headline capitalises all words, what shows it is a name finder, a verb of actors behind it, what
    it owns ("Target shares"), or that its article writes it capitalised elsewhere [1]_, unless the next word shows that it is
    the word ("Hunt for"). A month is a name only before a verb or "'s" or by a finder, and never in a date.

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
    in_title : bool
        Whether the sentence is a title: there verbs are in the present ("Shell quits Arctic") or infinitive ("May to go").

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
    """
    start, end, key = name
    words = split_words(text)
    own = next((word for word in words if word.start <= start < word.end), None)
    behind = [word for word in words if word.start >= end]
    beside = behind if behind and text[end : behind[0].start] == " " else []
    possessive = own is not None and own.possessive
    if key in lexicons.calendar_words():
        marked = marked or (in_title and _acts_in_title(beside))
        return _is_no_date(text, start, end, beside, possessive, marked=marked)
    opens = start <= 1 or (own is not None and own.opens)
    title_case = is_headline(text, words) and not _has_lower_case(words)
    if person and not (marked or title_case) and cases.is_word(key) and _is_in_run(text, words, own):
        return False
    place = _Place(text, key, possessive, beside, opens, title_case, in_title)
    return _is_name_by_neighbours(cases, article, place, marked=marked)


class _Place(NamedTuple):
    """Where a word stands: sentence, key, whether it owns something, the words right behind it, and where capitals say little."""

    text: str
    key: str
    possessive: bool
    behind: Sequence[Word]
    opens: bool
    title_case: bool
    in_title: bool


def _is_name_by_neighbours(cases: WordCases, article: str, place: _Place, *, marked: bool) -> bool:
    """Return whether a capitalised word is a name: where it is capitalised anyway, as finder, neighbours and the event show."""
    free = not (place.text.isupper() and place.key in lexicons.function_words())
    if not (place.opens or place.title_case):
        return free
    known, small, acts = cases.is_word(place.key), _is_small(place.key), _acts(place)
    if place.opens and not acts and (known or not marked) and _reads_as_word(place, known=known or small):
        return False
    if not known:
        return free
    ahead = int(
        bool(place.behind) and place.behind[0].key in _BE_FORMS
    )  # "Unity is strength", "Unity is ahead"
    return marked or acts or (not place.title_case and cases.prefers_name(article, place.key, ahead))


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


def _reads_as_word(place: _Place, *, known: bool) -> bool:
    """Return whether a word that opens a sentence is no name, as the words behind it show.

    Before a determiner or pronoun it is a verb; before "of", a plural with its verb ("Price rises hurt") and what is said of no
    actor ("is needed") it is a noun. A `known` word, which the event writes in lower case too, is so before other prepositions
    of nouns, and before a noun: a word that is no verb behind a subject and stands before no object.
    """
    text, behind = place.text, place.behind
    if not behind:
        return False
    after, second = behind[0], behind[1] if len(behind) > 1 else None
    plural = _is_plural(after, second)
    if _belongs(after.key) or (is_saying_verb(after.key) and not plural and not _is_passive(second)):
        return False
    if after.text in _DETERMINED or (_is_small(place.key) and after.capital):
        return True
    if place.title_case or after.capital:
        return False
    beside = second is not None and text[after.end : second.start] == " "
    key = second.key if second is not None and beside else ""
    joined = after.key in _BEFORE_NOUNS or (after.key in _WHERE and key and behind[1].text.islower())
    if after.key == "of" or (known and (joined or (after.key == "to" and not place.in_title))):
        return True
    if after.key in _BE_FORMS and key in _OF_ACTIONS:
        return True
    verb = follows_phrase(after.key) and not plural
    if verb or key in _OBJECTS | {"to"} or text[after.end :].strip("”\"’'") == ".":
        return False
    return (known and not after.key.endswith("s")) or key in _PLURAL_VERBS or may_be_finite(key)


def _acts(place: _Place) -> bool:
    """Return whether the words behind a word show that it is an actor's name.

    It owns something, or a verb that only actors take is next, in any tense, or a noun for who and what belongs to a body.
    """
    key, behind = place.key, place.behind
    if not behind or (place.possessive and not _is_small(key)):
        return place.possessive and not _is_small(key)
    after, second = behind[0], behind[1] if len(behind) > 1 else None
    if _is_small(key):
        return is_saying_verb(after.key) or (is_past(after.key) and after.key.endswith("ed"))
    belongs = _belongs(after.key) and not _is_of_state(after.key, key)
    if belongs or (is_saying_verb(after.key) and not _is_plural(after, second) and not _is_passive(second)):
        return True
    happens = lexicons.name_parts("happening")
    if is_past(after.key):
        return not _is_passive(second) and after.key not in happens
    if second is None or (place.in_title and _acts_in_title(behind)):
        return second is not None
    if after.key in _HAS:
        return is_past(second.key) and second.key not in happens
    if after.key in _MODALS:
        verb = second.text.islower() and not second.key.endswith("ly")
        return verb and second.key not in happens | lexicons.function_words()
    governs = second.text in _DETERMINED or (second.capital and not place.title_case)
    return after.key.endswith("s") and governs and place.text[after.end : second.start] == " "


def _is_plural(word: Word, following: Word | None) -> bool:
    """Return whether a word that may be a verb is a plural noun, as a verb behind it shows ("Reform plans are", "hopes rose")."""
    finite = following is not None and (following.key in _PLURAL_VERBS or may_be_finite(following.key))
    return word.key.endswith("s") and word.key not in _BE_FORMS | {"has", "does"} and finite


def _is_passive(following: Word | None) -> bool:
    """Return whether "by" follows a past form, which is a participle then ("Reform promised by Poe")."""
    return following is not None and following.key == "by"


def _has_lower_case(words: Sequence[Word]) -> bool:
    """Return whether a long word that is no function word is in lower case, as in no title-case headline."""
    return any(
        len(word.key) >= 4 and word.text.islower() and word.key not in lexicons.function_words()
        for word in words
    )


def _belongs(noun: str) -> bool:
    """Return whether a noun is for who or what belongs to a body."""
    offices = lexicons.offices("office")
    return noun in offices or noun.removesuffix("s") in offices or noun in lexicons.name_parts("belonging")


def _is_of_state(noun: str, key: str) -> bool:
    return noun in _OF_STATES and key in lexicons.name_parts("portfolio")


def _acts_in_title(behind: Sequence[Word]) -> bool:
    """Return whether the words behind the first one of a title begin with its verb: the only one in it, or an infinitive."""
    if len(behind) < 2:
        return False
    after, second, *rest = (word.key for word in behind)
    if after == "to":
        return second not in lexicons.function_words()
    finite = any(may_be_finite(key) or key in _PLURAL_VERBS for key in (second, *rest))
    return after.endswith("s") and not finite and second not in lexicons.function_words()


def _is_small(key: str) -> bool:
    return key in lexicons.function_words() or key in lexicons.name_parts("auxiliary")


def _is_no_date(
    text: str, start: int, end: int, behind: Sequence[Word], possessive: bool, *, marked: bool
) -> bool:
    """Return whether the name of a month or a day stands where no date does, and a person may."""
    if _DATE_AFTER.match(text, end):
        return False
    if _DATE_BEFORE.search(text[:start]):
        return marked and bool(behind) and is_saying_verb(behind[0].key)
    asked = bool(behind) and start <= 1 and behind[0].key in _ASKED
    acts = bool(behind) and may_be_finite(behind[0].key)
    return not asked and (marked or possessive or acts)
