"""Names of bodies that look like several names, or like less than one: with "and", "&" or "/", with small words or people inside."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.names.runs import (
    capitals_end,
    end_of_peoples_body,
    list_parts,
    phrase_end,
)
from crossframe.attributing.names.spotting import Name, describe_name
from crossframe.attributing.syntax.words import (
    Word,
    is_headline,
    kind_of_known,
    split_words,
)
from crossframe.records import Sentences
from crossframe.text import name_key

MIN_TOGETHER = 2
"""Times that an event must have two words joined by "and", and never apart, for them to be one name."""
MIN_SURE = 0.85
"""Mean probability from which a finder that marks two words as bodies each is believed that they are two."""
MIN_SURE_ONE = 0.94
"""The same where it believes so of one of them. Of 27 firms with "and" in their name and of 27 pairs of bodies, in two short events
each, the shipped finder parted 1 of 54 and 30 of 54 so."""
_BEFORE_TWO = frozenset({"both", "between", "either", "neither"})
"""What stands before two names, and hardly before one."""
_JOINTS = {" & ": "&", "&": "&", " and ": "and", "/": "/"}
_QUOTED = re.compile(r"[“\"‘'].*[”\"’']", re.DOTALL)


class _Compound(NamedTuple):
    """Words of a sentence that may be one name: row, first word and the one after the last, what joins them, its parts."""

    row: int
    first: int
    end: int
    joint: str
    parts: tuple[tuple[str, ...], ...]


def join_compounds(
    sentences: Sentences, names: Sequence[Name], bodies: Mapping[str, float] | None = None
) -> list[Name]:
    """Return `names` with the compound names of bodies in place of their parts.

    Words joined by "&" are one name, unless a finder marks two given names ("Jay & Alison"). Words joined by "and" or "/" are, where the event has them together at least twice and
    never apart ("Marks and Spencer"), and words joined by a preposition where the first is no name by itself
    ("Physicians for Human Rights"); two persons, countries or given names are not. So are the subjects that a body
    lists ("Bureau of Alcohol, Tobacco and Firearms"), and a run of capitalised words with a capitalised small word inside
    ("Doctors Without Borders"), and what people have a body ("Quay Dock Workers' Federation").

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As finders and rules found them.
    bodies : mapping of str to float, optional
        Names, as they are matched -> mean probability with which a finder marks them as bodies: two joined by "and" are two
        where it is sure.

    Returns
    -------
    list of Name
        In order of sentences and offsets.
    """
    split = [split_words(text) for text in sentences.text]
    compounds = [
        one for row, words in enumerate(split) for one in _candidates(sentences.text[row], row, words)
    ]
    chosen = [one for one in compounds if _is_body(one, compounds, split, names, bodies or {})]
    added = [_name_of(sentences, split, one, names) for one in chosen]
    added = [one for one in added if all(_is_inside(name, one) for name in names if name.row == one.row)]
    covered = defaultdict(list)
    for name in added:
        covered[name.row].append(name)
    apart = [
        name
        for name in names
        if not any(one.start < name.end and name.start < one.end for one in covered[name.row])
    ]
    return sorted([*apart, *added], key=lambda name: (name.row, name.start))


def _is_inside(name: Name, compound: Name) -> bool:
    """Return whether a name lies in a compound, or beside it: a longer one, or one that crosses it, is another name."""
    beside = name.end <= compound.start or compound.end <= name.start
    return beside or (compound.start <= name.start and name.end <= compound.end)


# --- candidates -----------------------------------------------------------------------------------------


def _candidates(text: str, row: int, words: list[Word]) -> Iterator[_Compound]:
    """Yield what may be a compound name in a sentence, from left to right and without overlap."""
    title = is_headline(text, words)
    position = 0
    while position < len(words):
        end = capitals_end(text, words, position)
        if end == position:
            position += 1
            continue
        joint, after = _joint_after(text, words, end)
        last = capitals_end(text, words, after) if joint else after
        first = _skip_openers(words, position, end)
        if joint and last > after and first < end:
            parts = (_keys(words, first, end), _keys(words, after, last))
            yield _Compound(row, first, last, joint, parts)
            position = last
            continue
        if not title and _has_small_word(words, first, end) and not _is_quoted(text, words, first, end):
            yield _Compound(row, first, end, "small", (_keys(words, first, end),))
        listed = list_parts(text, words, end)
        if listed:
            ends = [(first, listed[0][1]), *listed[1:]]
            yield _Compound(row, first, ends[-1][1], "list", tuple(_keys(words, *one) for one in ends))
            position = ends[-1][1]
            continue
        last = end_of_peoples_body(text, words, end)
        if last > end and first < end:
            yield _Compound(row, first, last, "people", (_keys(words, first, last),))
            position = last
            continue
        last = phrase_end(text, words, position, end)
        if not title and last > end:
            yield _Compound(row, position, last, "phrase", (_keys(words, position, last),))
            end = last
        position = end


def _joint_after(text: str, words: list[Word], end: int) -> tuple[str, int]:
    """Return what joins the run that ends before word `end` to the next one, and the first word of that; "" for nothing."""
    if end >= len(words) or words[end - 1].possessive:
        return "", end
    between = text[words[end - 1].end : words[end].start]
    if between in _JOINTS:
        return _JOINTS[between], end
    if words[end].text == "and" and end + 1 < len(words):
        joint = text[words[end - 1].end : words[end + 1].start]
        return _JOINTS.get(joint, ""), end + 1
    return "", end


def _skip_openers(words: list[Word], first: int, end: int) -> int:
    """Return the first word of a run that may begin a name: no small word, title, adjective of a country or "former"."""
    while first < end and (
        words[first].key in lexicons.function_words()
        or words[first].key in lexicons.demonyms()
        or words[first].key in lexicons.name_parts("modifier")
    ):
        first += 1
    return first


def _has_small_word(words: list[Word], first: int, end: int) -> bool:
    """Return whether a run of three words or more has a capitalised function word inside."""
    inside = words[first + 1 : end - 1]
    if end - first == 3 and words[first].key in lexicons.name_titles():
        return False  # a person: "General To Poe"
    return any(word.key in lexicons.function_words() and not word.text.isupper() for word in inside)


def _is_quoted(text: str, words: list[Word], first: int, end: int) -> bool:
    return _QUOTED.fullmatch(text[max(0, words[first].start - 1) : words[end - 1].end + 1]) is not None


def _keys(words: list[Word], first: int, end: int) -> tuple[str, ...]:
    return tuple(word.key for word in words[first:end])


# --- judging --------------------------------------------------------------------------------------------


def _is_body(
    one: _Compound,
    compounds: Sequence[_Compound],
    split: Sequence[list[Word]],
    names: Sequence[Name],
    bodies: Mapping[str, float],
) -> bool:
    """Return whether a candidate is one name, by its joint and by what the event shows of its parts."""
    if one.joint in {"small", "people"} or kind_of_known(" and ".join(map(" ".join, one.parts))):
        return True
    if one.joint == "phrase":
        return _is_phrase(one, compounds, split, names)
    if one.joint == "list":
        marked = {name_key(name.text) for name in names if name.row == one.row and name.kind}
        return not any(_is_known(part) or " ".join(part) in marked for part in one.parts[1:])
    full = {name.text.split()[-1] for name in names if name.kind == "person" and " " in name.text}
    last = {split[one.row][one.end - 1].text, split[one.row][one.first + len(one.parts[0]) - 1].text}
    if last <= full:
        return False  # two persons of whom the event has the full names
    given = all(part[0] in lexicons.first_names() for part in one.parts)
    if one.joint == "&":
        marked = {name_key(name.text) for name in names if name.row == one.row and name.kind == "person"}
        alone = all(len(part) == 1 and part[0] in marked for part in one.parts)
        return not (given and alone) or split[one.row][one.end - 1].possessive  # "Ben & Jerry's"
    if _is_family(one.parts[1]) and not _is_known(one.parts[0][-1:]):
        return True
    if given or any(_is_known(part) for part in one.parts) or _has_title(split[one.row], one):
        return False
    if one.parts[0] == one.parts[1]:
        return True
    same = [other for other in compounds if other.parts == one.parts]
    if any(other.joint == "&" for other in same):
        return True
    if len(same) < MIN_TOGETHER or (one.joint == "and" and _are_two(same, split, bodies)):
        return False
    inside = {(other.row, at) for other in same for at in range(other.first, other.end)}
    own = {key for part in one.parts for key in part}
    apart = any(
        word.capital and word.key in own and (row, at) not in inside
        for row, words in enumerate(split)
        for at, word in enumerate(words)
    )
    return not apart and not _are_places(one, names, split)


def _are_two(same: Sequence[_Compound], split: Sequence[list[Word]], bodies: Mapping[str, float]) -> bool:
    """Return whether two words joined by "and" are two bodies: as a finder has them, or by the word before one such pair."""
    shares = [bodies.get(" ".join(part), 0) for part in same[0].parts]
    two = any(one.first and split[one.row][one.first - 1].key in _BEFORE_TWO for one in same)
    return two or max(shares) >= MIN_SURE_ONE or min(shares) >= MIN_SURE


def _is_family(part: tuple[str, ...]) -> bool:
    """Return whether a part says whose firm it is too: "and Sons", "and Partners", "and Company"."""
    persons = lexicons.people_nouns("persons") - lexicons.people_nouns("peoples")
    return len(part) == 1 and (part[0] in persons or part[0] in {"co", "company"})


def _is_phrase(
    one: _Compound, compounds: Sequence[_Compound], split: Sequence[list[Word]], names: Sequence[Name]
) -> bool:
    """Return whether a capitalised word with a preposition behind it begins a name: twice in the event, once inside a sentence.

    Its first word is no name by itself ("Poe of Iowa"), nor are the words known ("House of Lords"). At the beginning of
    sentences alone it is one if neither is what follows the preposition ("Bread for the World", but "Critics of Poe").
    """
    same = [other for other in compounds if other.parts == one.parts]
    inside = any(not split[other.row][other.first].opens for other in same)
    by_itself = {name_key(name.text) for name in names}
    if len(same) < MIN_TOGETHER or one.parts[0][0] in by_itself:
        return False
    rest = [word for word in one.parts[0][1:] if word not in lexicons.function_words()]
    people = lexicons.people_nouns("persons") | lexicons.people_nouns("plurals")
    known = any(word in by_itself or kind_of_known(word) for word in (*rest, " ".join(rest)))
    return inside or not (known or one.parts[0][0] in people)


def _is_known(part: tuple[str, ...]) -> bool:
    """Return whether a part is a name by itself by word lists: a country, body or state, or a person's full name."""
    whole = " ".join(part)
    person = len(part) > 1 and part[0] in lexicons.first_names()
    return bool(kind_of_known(whole)) or whole in lexicons.us_states() or person


def _has_title(words: list[Word], one: _Compound) -> bool:
    first = [words[one.first - 1].key] if one.first else []
    keys = [*first, *(part[0] for part in one.parts)]
    return any(form in lexicons.name_titles() for key in keys for form in (key, key.removesuffix("s")))


def _are_places(one: _Compound, names: Sequence[Name], split: Sequence[list[Word]]) -> bool:
    """Return whether a finder marks both parts as places."""
    kinds = Counter(name.text for name in names if name.row == one.row and name.kind in {"place", "country"})
    words = split[one.row]
    texts = (
        " ".join(word.text for word in words[one.first : one.first + len(one.parts[0])]),
        " ".join(word.text for word in words[one.end - len(one.parts[1]) : one.end]),
    )
    return all(kinds[text] for text in texts)


def _name_of(
    sentences: Sentences, split: Sequence[list[Word]], one: _Compound, names: Sequence[Name]
) -> Name:
    """Return the name that a compound makes; it begins and ends where an overlapping marked name does, if that is longer."""
    text, words, offset = sentences.text[one.row], split[one.row], int(sentences.start[one.row])
    start, end = words[one.first].start + offset, words[one.end - 1].end + offset
    parts = [name for name in names if name.row == one.row and name.start < end and start < name.end]
    kind = "organisation"
    if one.joint in {"small", "phrase"} and not any(name.kind == kind for name in parts):
        kind = next((name.kind for name in parts if name.kind in {"party", "group", "office"}), "other")
    name = describe_name(text, words, (one.first, one.end), {}, kind=kind, inside=True)
    written = text[name.start : name.end]
    if kind == "other" and name.acts:
        kind = "organisation"  # it says something
    return replace(
        name,
        article=sentences.article_of(one.row).id,
        row=one.row,
        start=name.start + offset,
        end=name.end + offset,
        text=" ".join(written.split()),
        kind=kind_of_known(written) or kind,
    )
