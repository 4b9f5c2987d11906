"""Names of bodies that look like several names, or like less than one: with "and", "&" or "/", in "'s", with small words inside."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.names.spotting import Name, describe_name
from crossframe.attributing.syntax.words import (
    Word,
    is_headline,
    is_saying_verb,
    kind_of_known,
    split_words,
)
from crossframe.records import Sentences
from crossframe.text import name_key

MIN_TOGETHER = 2
"""Times that an event must have two words joined by "and", and never apart, for them to be one name."""
_JOINTS = {" & ": "&", "&": "&", " and ": "and", "/": "/"}
_LINKS = frozenset({"against", "for", "of", "the"})
_QUOTED = re.compile(r"[“\"‘'].*[”\"’']", re.DOTALL)


class _Compound(NamedTuple):
    """Words of a sentence that may be one name: row, first word and the one after the last, what joins them, its parts."""

    row: int
    first: int
    end: int
    joint: str
    parts: tuple[tuple[str, ...], ...]


def join_compounds(sentences: Sentences, names: Sequence[Name], bodies: Collection[str] = ()) -> list[Name]:
    """Return `names` with the compound names of bodies in place of their parts.

    Words joined by "&" are one name. Words joined by "and" or "/" are, where the event has them together at least twice and
    never apart ("Marks and Spencer"), and words joined by a preposition where the first is no name by itself
    ("Physicians for Human Rights"); two persons, countries or given names are not. So are the subjects that a body
    lists ("Bureau of Alcohol, Tobacco and Firearms"), and a run of capitalised words with a capitalised small word inside
    ("Doctors Without Borders"). A name ends in "'s" where the event never has it without, and where no noun follows
    ("Moody's cut").

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As finders and rules found them.
    bodies : collection of str
        Names, as they are matched, of which a finder is sure that they are bodies: two joined by "and" are two.

    Returns
    -------
    list of Name
        In order of sentences and offsets.
    """
    split = [split_words(text) for text in sentences.text]
    compounds = [
        one for row, words in enumerate(split) for one in _candidates(sentences.text[row], row, words)
    ]
    chosen = [one for one in compounds if _is_body(one, compounds, split, names, bodies)]
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
    whole = sorted([*apart, *added], key=lambda name: (name.row, name.start))
    return _with_possessives(sentences, split, whole)


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
        end = _run_end(text, words, position)
        if end == position:
            position += 1
            continue
        joint, after = _joint_after(text, words, end)
        last = _run_end(text, words, after) if joint else after
        first = _skip_openers(words, position, end)
        if joint and last > after and first < end:
            parts = (_keys(words, first, end), _keys(words, after, last))
            yield _Compound(row, first, last, joint, parts)
            position = last
            continue
        if not title and _has_small_word(words, first, end) and not _is_quoted(text, words, first, end):
            yield _Compound(row, first, end, "small", (_keys(words, first, end),))
        listed = _list_parts(text, words, end)
        if listed:
            ends = [(first, listed[0][1]), *listed[1:]]
            yield _Compound(row, first, ends[-1][1], "list", tuple(_keys(words, *one) for one in ends))
            position = ends[-1][1]
            continue
        last = _phrase_end(text, words, position, end)
        if not title and last > end:
            yield _Compound(row, position, last, "phrase", (_keys(words, position, last),))
            end = last
        position = end


def _run_end(text: str, words: list[Word], start: int) -> int:
    """Return the position after the capitalised words that follow one another from `start`."""
    end = start
    while end < len(words) and words[end].capital and words[end].key not in lexicons.calendar_words():
        end += 1
        if end == len(words) or not adjacent(text, words[end - 1], words[end]):
            break
    return end


def _list_parts(text: str, words: list[Word], at: int) -> list[tuple[int, int]]:
    """Return where the subjects of a body stand that lists them: "Bureau of Alcohol, Tobacco and Firearms" before word `at`."""
    if (
        words[at - 1].key not in lexicons.organisation_heads()
        or at == len(words)
        or words[at].text not in {"of", "for"}
    ):
        return []
    parts: list[tuple[int, int]] = []
    at += 1
    while at < len(words) and (end := _run_end(text, words, at)) > at:
        parts.append((at, end))
        between = text[words[end - 1].end : words[end].start] if end < len(words) else ""
        last = end < len(words) and words[end].text == "and" and between in {" ", ", "} and len(parts) > 1
        if last:
            after = _run_end(text, words, end + 1) if end + 1 < len(words) else end
            return [*parts, (end + 1, after)] if after > end + 1 else []
        at = end if between == ", " else len(words)
    return []


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


def _phrase_end(text: str, words: list[Word], first: int, end: int) -> int:
    """Return the end of "Physicians for Human Rights": one capitalised word, a preposition or "the", and a run; else `end`."""
    after = end
    while (
        after < len(words) and words[after].text in _LINKS and adjacent(text, words[after - 1], words[after])
    ):
        after += 1
    title = words[first].key in lexicons.name_titles() or words[first].key in lexicons.function_words()
    if end != first + 1 or after == end or after > end + 2 or title or after == len(words):
        return end
    return max(_run_end(text, words, after), end) if adjacent(text, words[after - 1], words[after]) else end


def _keys(words: list[Word], first: int, end: int) -> tuple[str, ...]:
    return tuple(word.key for word in words[first:end])


# --- judging --------------------------------------------------------------------------------------------


def _is_body(
    one: _Compound,
    compounds: Sequence[_Compound],
    split: Sequence[list[Word]],
    names: Sequence[Name],
    bodies: Collection[str],
) -> bool:
    """Return whether a candidate is one name, by its joint and by what the event shows of its parts."""
    if one.joint == "small" or kind_of_known(" and ".join(map(" ".join, one.parts))):
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
    if one.joint == "&":
        return True
    given = all(part[0] in lexicons.first_names() for part in one.parts)
    if _is_family(one.parts[1]) and not _is_known(one.parts[0][-1:]):
        return True
    if given or any(_is_known(part) for part in one.parts) or _has_title(split[one.row], one):
        return False
    if one.parts[0] == one.parts[1]:
        return True
    same = [other for other in compounds if other.parts == one.parts]
    if any(other.joint == "&" for other in same):
        return True
    sure = one.joint == "and" and all(" ".join(part) in bodies for part in one.parts)
    if len(same) < MIN_TOGETHER or sure:
        return False
    inside = {(other.row, at) for other in same for at in range(other.first, other.end)}
    own = {key for part in one.parts for key in part}
    apart = any(
        word.capital and word.key in own and (row, at) not in inside
        for row, words in enumerate(split)
        for at, word in enumerate(words)
    )
    return not apart and not _are_places(one, names, split)


def _is_family(part: tuple[str, ...]) -> bool:
    """Return whether a part says whose firm it is too: "and Sons", "and Partners", "and Company"."""
    persons = lexicons.people_nouns("persons") - lexicons.people_nouns("peoples")
    return len(part) == 1 and (part[0] in persons or part[0] in {"co", "company"})


def _is_phrase(
    one: _Compound, compounds: Sequence[_Compound], split: Sequence[list[Word]], names: Sequence[Name]
) -> bool:
    """Return whether a capitalised word with a preposition behind it begins a name: twice in the event, once inside a sentence.

    Its first word is no name by itself ("Poe of Iowa"), nor are the words known ("House of Lords").
    """
    same = [other for other in compounds if other.parts == one.parts]
    inside = any(not split[other.row][other.first].opens for other in same)
    by_itself = {name_key(name.text) for name in names}
    return len(same) >= MIN_TOGETHER and inside and one.parts[0][0] not in by_itself


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
    return replace(
        name,
        article=sentences.article_of(one.row).id,
        row=one.row,
        start=name.start + offset,
        end=name.end + offset,
        text=" ".join(written.split()),
        kind=kind_of_known(written) or kind,
    )


# --- possessive names -----------------------------------------------------------------------------------


def _with_possessives(sentences: Sentences, split: Sequence[list[Word]], names: Sequence[Name]) -> list[Name]:
    """Return `names`, those that end in "'s" with it: where the event has none without, and no noun follows half of them."""
    ends: dict[str, list[bool]] = defaultdict(list)
    bare: set[str] = set()
    for row, words in enumerate(split):
        for at, word in enumerate(words):
            if not word.capital:
                continue
            if sentences.text[row][word.end : word.end + 2] in {"'s", "’s"}:
                ends[word.key].append(_ends_phrase(sentences.text[row], words, at))
            else:
                bare.add(word.key)
    whole = {key for key, free in ends.items() if key not in bare and sum(free) * 2 >= len(free)}
    rows = {row: {word.end: word.key for word in words} for row, words in enumerate(split)}
    return [_extended(sentences, name, rows[name.row], whole) for name in names]


def _extended(sentences: Sentences, name: Name, words: Mapping[int, str], whole: set[str]) -> Name:
    text, offset = sentences.text[name.row], int(sentences.start[name.row])
    end = name.end - offset
    if (name.kind in {"person", "country"} and " " in name.text) or words.get(end) not in whole:
        return name
    kind = "organisation" if name.kind == "person" else name.kind
    return replace(name, end=name.end + 2, text=name.text + text[end : end + 2], kind=kind)


def _ends_phrase(text: str, words: list[Word], at: int) -> bool:
    """Return whether a noun phrase ends with the possessive word `at`: a verb, a preposition or a mark follows, no noun."""
    if at + 1 == len(words) or text[words[at].end + 2 : words[at + 1].start] != " ":
        return True
    key = words[at + 1].key
    past = key in lexicons.name_parts("past") or key in lexicons.name_parts("auxiliary")
    return past or is_saying_verb(key) or key in lexicons.function_words()
