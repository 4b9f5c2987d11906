"""Titles inside what a finder marks: words before a name whose bearer the event names without them."""

from collections.abc import Mapping, Sequence

from crossframe import lexicons
from crossframe.attributing.syntax.words import Word, kind_of_known

_ADDRESS = frozenset({"mr", "mrs", "ms", "mx", "mme", "mlle"})
"""Forms of address: no name of a body begins with one."""


def title_length(words: Sequence[Word], kinds: Mapping[str, str]) -> int:
    """Return how many of the first `words` of what a finder marks are a title, 0 where none is.

    What follows a title is somebody's name elsewhere in the event ("Cpl. Poe", "Poe"). A form of address is always a title,
    unless a body's noun follows.

    Parameters
    ----------
    words : sequence of Word
        What is marked.
    kinds : mapping of str to str
        Key of every marked name of the event -> its kind.

    Examples
    --------
    >>> from crossframe.attributing.syntax.words import split_words
    >>> persons = {"ann poe": "person", "poe": "person"}
    >>> [title_length(split_words(name), persons) for name in ("Cpl. Poe", "Cpl. Roe", "Ms Roe", "Jo Poe")]
    [1, 0, 1, 0]
    """
    keys = [word.key for word in words]
    if not lexicons.organisation_heads().keys().isdisjoint(keys[1:]) or kind_of_known(" ".join(keys)):
        return 0
    if len(keys) > 1 and keys[0] in _ADDRESS:
        return 1
    for length in range(len(keys) - 1, 0, -1):
        lead, rest = keys[:length], " ".join(keys[length:])
        titles = all(is_title(key) or key in lexicons.name_parts("modifier") for key in lead)
        if titles and (kinds.get(rest) == "person" or _has_bearer(rest, kinds)):
            return length
    return 0


def is_title(key: str) -> bool:
    """Return whether a case-folded word is a title, or one that somebody had ("ex-mayor").

    Examples
    --------
    >>> is_title("sgt"), is_title("ex-mayor"), is_title("ann")
    (True, True, False)
    """
    return key.removeprefix("ex-") in lexicons.name_titles()


def _has_bearer(surname: str, kinds: Mapping[str, str]) -> bool:
    """Return whether the full name of a person ends with the surname."""
    return any(kind == "person" and key.endswith(f" {surname}") for key, kind in kinds.items())
