"""Where names stand in a document: by their letters, at word boundaries, capitals respected, the longest first."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from crossframe.attributing.actors.state_bodies import ends_phrase, state_body
from crossframe.records import Actor
from crossframe.text import name_key

_PLAIN = re.compile(r"[!-%'-_a-~]+(?: [!-%'-_a-~]+)*")
_LOWER_PREFIX = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W_]*-$")
MAX_ACRONYM = 3
"""Letters up to which capitals make another name of a word, unless the whole line is in capitals."""


class Match(NamedTuple):
    """A name in a document: offsets in its characters, and the form in which names are matched."""

    start: int
    end: int
    key: str


def build_automaton(keys: Iterable[str]) -> Any:
    """Return what finds all `keys` in a text at once (Aho-Corasick)."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for key in keys:
        automaton.add_word(key, key)
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=4096)
def _character_key(cluster: str) -> str:
    return name_key(f"x{cluster}x")[1:-1]


def keyed(text: str) -> tuple[str, list[int]]:
    """Return `text` in the form of `name_key`, and the offset in `text` of each of its characters.

    Examples
    --------
    >>> keyed("U.S.’s  ﬁt")
    ("u.s.'s fit", [0, 1, 2, 3, 4, 5, 6, 8, 8, 9])
    """
    import unicodedata

    key: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        plain = _PLAIN.match(text, position)
        if plain:
            end = plain.end() - bool(unicodedata.combining(text[plain.end() : plain.end() + 1] or " "))
            key.append(text[position:end].lower())
            offsets.extend(range(position, end))
            position = end
            if end == plain.end():
                continue
        end = position + 1
        while end < len(text) and (
            text[end].isspace() if text[position].isspace() else unicodedata.combining(text[end])
        ):
            end += 1
        characters = " " if text[position].isspace() else _character_key(text[position:end])
        key.append(characters)
        offsets.extend([position] * len(characters))
        position = end
    return "".join(key), offsets


def find_matches(
    document: str, automaton: Any, bearers: Mapping[str, list[str]], known: Mapping[str, Actor]
) -> list[Match]:
    """Return where a document has the names of `bearers` (ids by key), in order; of overlapping ones the longest."""
    text, offsets = keyed(document)
    offsets.append(len(document))
    matches = []
    for last, key in automaton.iter(text):
        first = last - len(key) + 1
        if _bounded(text, first, last + 1):
            match = Match(offsets[first], offsets[last + 1], key)
            if any(case_fits(document, match, known[one]) for one in bearers[key]):
                matches.append(match)
    longest: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in longest):
            longest.append(match)
    return sorted(longest)


def _bounded(text: str, start: int, end: int) -> bool:
    """Return whether start and end are word boundaries, outside web addresses and hashtags."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in {"@", "#", "/", "_"}:
        return False
    if after[:1].isalnum() or after[:1] in {"_", "@"}:
        return False
    if after[:1] == "'" and after[1:2].isalpha() and after[1:2] != "s":
        return False
    return not (after[:1] == "." and after[1:2].isalnum())


def case_fits(document: str, match: Match, actor: Actor) -> bool:
    """Return whether the text capitalises every word that is capitalised in one of the actor's names of that key."""
    text = document[match.start : match.end]
    after = document[match.end : match.end + 2]
    if (after[:1] == "-" and after[1:2].islower()) or _LOWER_PREFIX.search(document[: match.start][-20:]):
        return False  # a compound adjective: "US-led", "anti-Doe"
    lower = text.split()[-1].islower() and not actor.declared and bool(state_body(text))
    if lower and not ends_phrase(document, match.end):
        return False  # "the Israeli army base"
    for name in actor.names:
        plain = name[4:] if name[:4].casefold() == "the " else name
        if name_key(plain) != match.key:
            continue
        own, written = plain.split(), text.split()
        if len(own) == len(written) and all(map(_word_case_fits, own, written)):
            return not _is_acronym(plain, text) or _line_of(document, match).isupper()
    return False


def _word_case_fits(own: str, written: str) -> bool:
    letters = [c for c in own if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return own == written
    return not own[:1].isupper() or written[:1].isupper()


def _is_acronym(name: str, written: str) -> bool:
    """Return whether a text has a short name in capitals that are not the name's: "UN" is not "Un"."""
    return written.isupper() and not name.isupper() and 1 < len(written) <= MAX_ACRONYM


def _line_of(document: str, match: Match) -> str:
    return document[document.rfind("\n", 0, match.start) + 1 :].split("\n", 1)[0]
