"""Deeds of which the two sentences give doer and target exchanged, or another country as the doer."""

from collections.abc import Collection, Sequence

from crossframe.matching.differences.number import Found
from crossframe.matching.differences.word_alignment import (
    AUXILIARIES,
    Word,
    WordAlignment,
    country_of,
    may_be_verb,
)

_MUTUAL = frozenset(
    {
        "meet",
        "marry",
        "fight",
        "clash",
        "talk",
        "speak",
        "trade",
        "negotiate",
        "join",
        "agree",
        "play",
        "face",
        "follow",
        "differ",
        "compete",
        "argue",
        "debate",
        "border",
        "resemble",
        "match",
        "pass",
        "accompany",
        "be",
        "have",
        "include",
    }
)
"""Base forms of verbs that say the same with doer and target exchanged, or name no deed."""
_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being", "got", "gets", "get"})
_UNCHANGED = frozenset({"beat", "hit", "hurt", "cut", "shut", "quit", "bid", "put", "set"})
"""Past forms that are the base form."""
_TO_TARGET = frozenset({"to", "at", "against", "on", "with", "from"})
_ENDS = frozenset({";", ":", ".", "!", "?", ",", "—", "–", "but", "while", "because", "although", "that", "when", "after", "before", "as"})  # fmt: skip


def find_roles(words: WordAlignment) -> list[Found]:
    """Return where one deed has its doer and target exchanged, or a doer of another country.

    Parameters
    ----------
    words : WordAlignment
        Of the two sentences.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> len(find_roles(align_words("Police shot a protester.", "A protester shot a policeman.")))
    1
    >>> find_roles(align_words("Police shot a protester.", "A protester was shot by police."))
    []
    """
    for a, b in sorted(words.partner.items()):
        one, other = words.left[a], words.right[b]
        if one.lemma != other.lemma or one.lemma in _MUTUAL:
            continue
        if not (_is_deed(words.left, a) and _is_deed(words.right, b)):
            continue
        first, second = _read_roles(words.left, a), _read_roles(words.right, b)
        if not all((*first, *second)):
            continue
        doer, target = (_partners(words, side) for side in first)
        if doer & second[1] and target & second[0] and not doer & second[0]:
            crossed = {one: words.partner[one] for one in (*first[0], *first[1]) if one in words.partner}
            crossed = {
                one: other for one, other in crossed.items() if (one in first[0]) == (other in second[1])
            }
            return [Found(_around(crossed), _around(crossed.values()), 0.9)]
        if target & second[1] and _are_apart(words, first[0], second[0]):
            return [Found(_around(first[0]), _around(second[0]), 0.7)]
    return []


Roles = tuple[set[int], set[int]]


def _is_deed(words: Sequence[Word], at: int) -> bool:
    """Return whether the word reads as a verb: by its form, or as a present form behind a name or noun."""
    if may_be_verb(words, at):
        return True
    before = words[at - 1] if at else None
    if before is None or not before.content or words[at].capital:
        return False
    behind = words[at + 1] if at + 1 < len(words) else None
    bare = words[at].key in _UNCHANGED and behind is not None and (behind.capital or not behind.content)
    return bare or words[at].key != words[at].lemma


def _around(numbers: Collection[int]) -> tuple[int, int]:
    return min(numbers), max(numbers)


def _read_roles(words: Sequence[Word], verb: int) -> Roles:
    """Return the numbers of the words that may name the doer and the target of the verb."""
    before = _phrase_before(words, verb)
    passive = any(words[at].key in _PASSIVE for at in range(max(0, verb - 3), verb))
    if passive:
        by = next((at for at in range(verb + 1, min(verb + 9, len(words))) if words[at].key == "by"), None)
        return (_phrase_behind(words, by) if by is not None else set()), before
    return before, _phrase_behind(words, verb)


def _phrase_before(words: Sequence[Word], verb: int) -> set[int]:
    """Return the content words of the phrase before a verb, auxiliaries and adverbs skipped; a comma ends an apposition."""
    at = verb - 1
    while at >= 0 and (
        words[at].key in AUXILIARIES
        or words[at].key.endswith("ly")
        or words[at].key in ("also", "not", "then", "later")
    ):
        at -= 1
    numbers: set[int] = set()
    while at >= 0 and len(numbers) < 4 and words[at].key not in _ENDS:
        if may_be_verb(words, at) and not words[at].capital:
            break
        if words[at].content:
            numbers.add(at)
        at -= 1
    return numbers


def _phrase_behind(words: Sequence[Word], at: int) -> set[int]:
    """Return the content words of the phrase behind a verb, or behind the first preposition where none follows directly."""
    numbers: set[int] = set()
    for number in range(at + 1, min(at + 8, len(words))):
        word = words[number]
        if word.content:
            if numbers and may_be_verb(words, number):
                break
            numbers.add(number)
        elif (
            word.key in _ENDS
            or (word.key in _TO_TARGET and numbers)
            or word.key in ("of", "for", "in", "by", "over", "and")
        ):
            break
    return numbers


def _are_apart(words: WordAlignment, first: set[int], second: set[int]) -> bool:
    """Return whether two doers are of different countries."""
    countries = [
        {country_of(side[number].key) for number in numbers} - {""}
        for side, numbers in ((words.left, first), (words.right, second))
    ]
    return all(countries) and not countries[0] & countries[1]


def _partners(words: WordAlignment, numbers: set[int]) -> set[int]:
    return {words.partner[number] for number in numbers if number in words.partner}
