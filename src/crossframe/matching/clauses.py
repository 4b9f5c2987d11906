"""Split sentences into clauses, each a statement of its own, by rules and with exact offsets."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from crossframe import lexicons
from crossframe.matching.differences.word_alignment import AUXILIARIES, Word, may_be_verb, read_words
from crossframe.records import Sentences

_ENGLISH = ("", "en")
MIN_WORDS = 4
"""Words that a clause has at least; what has fewer, or no verb, stays with what is before it."""
_COORDINATORS = frozenset({"and", "but"})
_SUBORDINATORS = frozenset({"after", "although", "because", "before", "though", "when", "whereas", "while"})
_RELATIVES = frozenset({"which", "who", "whose", "where"})
_RESTRICTIVE = _RELATIVES | {"that", "whom"}
_NEGATIVE_SUBJECTS = frozenset({"few", "neither", "no", "nobody", "none", "nothing"})
_PRONOUNS = frozenset({"he", "i", "it", "she", "that", "there", "they", "we", "you"})
_DETERMINERS = frozenset({"a", "an", "any", "her", "his", "its", "my", "no", "our", "some", "that", "the", "their", "these", "this", "those", "your"})  # fmt: skip
_OBJECTS = frozenset({"a", "an", "her", "him", "his", "its", "no", "the", "their", "them", "this"})
"""Words behind which a word in "-s" reads as a verb ("opposes the plan"), and hardly as a plural."""
_NO_PARTICIPLES = frozenset({"according", "concerning", "during", "excluding", "following", "including", "involving", "regarding"})  # fmt: skip
_FINITE = AUXILIARIES - {"to", "be", "been", "being", "having"}
_ASIDES = frozenset({"also", "later", "not", "now", "once", "only", "still", "then", "thus"})
_CLOSED = re.compile(
    r"\([^)]*\)|^[^“”\"]*(?:”|[.,!?]\")|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)"
    r"|^[^‘]*[.,!?]’(?!\w)|‘(?!\d)(?:[^‘]*’(?!\w)|[^‘]*$)"
)


@lru_cache(maxsize=8192)
def split_clauses(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return the clauses of a sentence that can each stand alone as a statement: offsets of start and end, in order.

    A sentence is cut before a coordinated verb phrase or clause ("and found", "but the mayor refused"), a clause of time,
    reason or contrast ("after", "because", "while"), a relative clause behind a comma, and a participle behind a comma.
    Each part keeps a verb and `MIN_WORDS` words, or it is not cut off. A verb phrase without a subject of its own is not cut off
    inside a relative clause without comma ("the man who shot the mayor and fled") or in what is said, thought or denied ("denied
    that he took bribes and hid them"). Nothing is cut inside quotation marks and brackets. Commas and
    "and" between two clauses are in neither.

    Parameters
    ----------
    sentence : str
        One English sentence.

    Returns
    -------
    tuple of (int, int)
        One, of the whole sentence, where there is nothing to cut.

    Examples
    --------
    >>> text = "Police raided the party's office on Monday and found receipts for a secret donation."
    >>> [text[start:end] for start, end in split_clauses(text)]
    ["Police raided the party's office on Monday", 'found receipts for a secret donation.']
    >>> split_clauses("Police and prosecutors met.")
    ((0, 27),)
    """
    words = read_words(sentence)
    closed = [match.span() for match in _CLOSED.finditer(sentence)]
    kept = [0]
    for at in range(1, len(words)):
        inside = any(first < words[at].start < last for first, last in closed)
        stands = not inside and _may_cut(words, at, kept[-1]) and _stands(words, kept[-1], at)
        if stands and _stands(words, at, _next_cut(words, at)):
            kept.append(at)
    if len(kept) == 1:
        return ((0, len(sentence)),)
    return tuple(
        _trim(words, first, last, sentence) for first, last in zip(kept, [*kept[1:], len(words)], strict=True)
    )


def _next_cut(words: Sequence[Word], at: int) -> int:
    """Return where the next cut may be behind `at`: the end of the clause that is cut off there."""
    return next((number for number in range(at + 2, len(words)) if _may_cut(words, number, at)), len(words))


def _stands(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether words make a statement: `MIN_WORDS` without conjunctions and marks, among them a verb.

    A participle is a verb where it opens the clause ("killing", "after leaving"), and not elsewhere ("a man leaving").
    """
    counted = [
        at for at in range(first, last) if not words[at].is_mark and words[at].key not in _COORDINATORS
    ]
    if len(counted) < MIN_WORDS:
        return False
    opens = counted[words[counted[0]].key in _SUBORDINATORS]
    participle = first > 0 and words[opens].key.endswith("ing") and may_be_verb(words, opens)
    return participle or any(_is_finite(words, at) for at in counted)


def _may_cut(words: Sequence[Word], at: int, first: int) -> bool:
    """Return whether a clause may begin at the word `at`, where the one before it began at `first`."""
    word, before = words[at], words[at - 1]
    if word.is_mark:
        return word.key == ";"
    if before.key == ",":
        if word.key in _RELATIVES or _is_participle(words, at):
            return True
        if words[first].key in _SUBORDINATORS and first == 0:
            return _begins_clause(words, at)
        if any(
            words[number].key in _RELATIVES and _follows_comma(words, number) for number in range(first, at)
        ):
            return word.key not in _COORDINATORS and _begins_predicate(words, at)
    if word.key in _COORDINATORS:
        if _begins_predicate(words, at + 1):
            return _has_subject(words, at + 1) or not _is_governed(words, first, at)
        return before.key == "," and _begins_subject(words, at + 1)
    if word.key not in _SUBORDINATORS or before.key in _COORDINATORS or before.key == "that":
        return False
    if word.key == "when" and before.key in lexicons.saying_verbs():
        return False
    return _is_participle(words, at + 1) or _begins_subject(words, at + 1)


def _follows_comma(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].key == ","


def _has_subject(words: Sequence[Word], at: int) -> bool:
    """Return whether a predicate that begins at `at` has a pronoun before its verb, adverbs aside."""
    return words[_skip_adverbs(words, at)].key in _PRONOUNS


def _is_governed(words: Sequence[Word], first: int, at: int) -> bool:
    """Return whether a verb phrase at `at` would lose what governs it: a relative clause, "that", what is said, or a negative subject.

    What is said may have no "that": then a verb of saying or thinking, or a verb with a pronoun behind it, has a verb behind it.
    """
    if any(words[number].key in _NEGATIVE_SUBJECTS for number in range(first, min(first + 2, at))):
        return True
    for number in range(first, at):
        key = words[number].key
        if key in _RESTRICTIVE and not _follows_comma(words, number):
            return True
        bare = "bare" in lexicons.saying_verbs().get(key, ("", ""))[1].split()
        pronoun = _is_finite(words, number) and key not in _FINITE and words[number + 1].key in _PRONOUNS
        if (bare or pronoun) and any(_is_finite(words, later) for later in range(number + 2, at)):
            return True
    return False


def _is_participle(words: Sequence[Word], at: int) -> bool:
    return (
        at < len(words)
        and words[at].key.endswith("ing")
        and words[at].key not in _NO_PARTICIPLES
        and may_be_verb(words, at)
    )


def _skip_adverbs(words: Sequence[Word], at: int) -> int:
    while at < len(words) and (words[at].key in _ASIDES or words[at].key.endswith("ly")):
        at += 1
    return at


def _begins_predicate(words: Sequence[Word], at: int) -> bool:
    """Return whether a finite verb, or a pronoun with one, begins at `at`, adverbs aside."""
    at = _skip_adverbs(words, at)
    if at >= len(words):
        return False
    if words[at].key in _PRONOUNS:
        return any(_is_finite(words, number) for number in range(at + 1, min(at + 8, len(words))))
    return _is_finite(words, at)


def _begins_clause(words: Sequence[Word], at: int) -> bool:
    """Return whether a subject with its verb, or a verb alone, begins at `at`."""
    return _begins_predicate(words, at) or _begins_subject(words, at)


def _begins_subject(words: Sequence[Word], at: int) -> bool:
    """Return whether a subject with its verb begins at `at`: no mark and no relative clause comes before the verb."""
    if at >= len(words) or (_is_finite(words, at) and words[at].key not in _PRONOUNS):
        return False
    for number in range(at, min(at + 10, len(words))):
        if words[number].is_mark or words[number].key in _RELATIVES:
            return False
        if number > at and _is_finite(words, number):
            return True
    return False


def _is_finite(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at `at` reads as a finite verb in its place: behind a determiner, a number or "to" it is none."""
    word, before = words[at], words[at - 1].key if at else ""
    if word.key in _FINITE or word.key.endswith("n't"):
        return not (word.capital and at)
    if before in _DETERMINERS or before.isdigit() or before == "to" or word.key.endswith("ing"):
        return False
    if may_be_verb(words, at) or lexicons.saying_verbs().get(word.key, ("",))[0] == "finite":
        return True
    behind = words[at + 1].key if at + 1 < len(words) else ""
    plain = word.content and not word.capital and word.key.endswith("s") and word.lemma != word.key
    return plain and behind in _OBJECTS


def _trim(words: Sequence[Word], first: int, last: int, sentence: str) -> tuple[int, int]:
    """Return offsets of a clause without the conjunction before it and the commas around it; the last keeps its end."""
    end = len(sentence) if last == len(words) else 0
    while words[first].key in _COORDINATORS or words[first].key in (",", ";"):
        first += 1
    while words[last - 1].key in _COORDINATORS or words[last - 1].key in (",", ";", "—", "–"):
        last -= 1
    return (0 if first == 0 else words[first].start), end or words[last - 1].end


def cut_sentences(sentences: Sentences, rows: Iterable[int]) -> Sentences:
    """Return `sentences` with the English ones among `rows` cut into their clauses, titles aside, numbered anew.

    Examples
    --------
    >>> from crossframe.reading.text.split import split_sentences
    >>> from crossframe.records import Article
    >>> text = "Police raided the office on Monday and found a secret list of donors."
    >>> cut_sentences(split_sentences([Article("a", "e", "x", "Raid", text)]), [1]).text
    ('Raid', 'Police raided the office on Monday', 'found a secret list of donors.')
    """
    chosen = {row for row in rows if sentences.index[row] and _is_english(sentences, row)}
    article: list[int] = []
    index: list[int] = []
    start, end = [], []
    for row, text in enumerate(sentences.text):
        number = int(sentences.article[row])
        for first, last in split_clauses(text) if row in chosen else ((0, len(text)),):
            index.append(index[-1] + 1 if article and article[-1] == number else int(sentences.index[row]))
            article.append(number)
            start.append(int(sentences.start[row]) + first)
            end.append(int(sentences.start[row]) + last)
    columns = (np.array(column, dtype=np.int64) for column in (article, index, start, end))
    return Sentences(sentences.articles, *columns)


def _is_english(sentences: Sentences, row: int) -> bool:
    return (sentences.article_of(row).language or "") in _ENGLISH


def rows_of_clauses(sentences: Sentences, clauses: Sentences) -> list[int]:
    """Return the row in `sentences` of every one of their `clauses`."""
    return [
        sentences.locate(clauses.articles[article].id, start)
        for article, start in zip(clauses.article.tolist(), clauses.start.tolist(), strict=True)
    ]
