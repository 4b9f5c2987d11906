"""Other names in a target's place: for stress tests of stance models, and to train them on other kinds of actors."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np

from crossframe import lexicons
from crossframe._validation import check_choice
from crossframe.judging.targets import (
    MARKS,
    NAMED_KINDS,
    POLITE,
    Naming,
    StanceItem,
    is_title,
    kind_of,
    read_name,
)

_DETERMINERS = "the a an this these those my your his her its our their whose each every no some any"
_MISTER = {"m": "Mr.", "f": "Ms."}


def names_of(kind: str) -> tuple[str, ...]:
    """Return the listed names of `kind`, one of `NAMED_KINDS`, in a fixed order; bodies and parties with their article.

    Examples
    --------
    >>> names_of("country")[:2], names_of("party")[0]
    (('Norway', 'Portugal'), 'the Labour Party')
    """
    check_choice(kind, "kind of name", NAMED_KINDS)
    return tuple(name for name, (own, _) in _listed().items() if own == kind)


def swap(item: StanceItem, name: str) -> StanceItem:
    """Return the same sentence with `name` in the target's place.

    Titles before a person's name stay where another person takes its place ("Mr." becomes "Ms." with a woman's name)
    and go elsewhere, also where they or a given name stand just before the target; a single word is replaced by the
    surname alone; a possessive ending stays; "the", "a" and "an" are put right. Where ``others`` name the target, they are
    replaced too; pronouns among them stay. Targets that are pronouns or have no name of their own (`kind_of` is ``other``)
    stay as they are.

    Parameters
    ----------
    item : StanceItem
    name : str
        One of `names_of`, or any other name; one that begins with "the" takes its article.

    Returns
    -------
    StanceItem
        With the offsets of the new name (and of titles and endings that were part of the target).

    Examples
    --------
    >>> swap(StanceItem("Critics attacked President Trump's plan.", 17, 34), "Anna Keller").text
    "Critics attacked President Keller's plan."
    >>> swap(StanceItem("Mr. Trump failed.", 4, 9), "the Foreign Ministry")[:3]
    ('The Foreign Ministry failed.', 0, 20)
    """
    if kind_of(item) not in NAMED_KINDS:
        return item
    text = item.text
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for old in sorted({(item.start, item.end), *item.others}, reverse=True):
        swapped = _swap_mention(text, *old, name)
        shift = len(swapped.text) - len(text)
        spans = {key: (start + shift, end + shift) for key, (start, end) in spans.items()}
        text, spans[old] = swapped.text, (swapped.start, swapped.end)
    main = spans.pop((item.start, item.end))
    others = tuple(spans[old] for old in item.others if old in spans and not _overlap(spans[old], main))
    return StanceItem(text, *main, others, item.holder)


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _swap_mention(whole: str, start: int, end: int, name: str) -> StanceItem:
    reading = read_name(whole[start:end])
    if reading.kind not in NAMED_KINDS:
        return StanceItem(whole, start, end)
    before, after = whole[:start], whole[end:]
    if _kind_of_name(name) == "person":
        before, lead, new = _as_person(before, reading, name)
        tail = reading.tail if reading.kind == "person" else _ending(reading.tail)
    else:
        marks = MARKS.match(reading.lead)
        lead, new, tail = marks.group() if marks else "", name, _ending(reading.tail)
        if reading.kind == "person":
            before = before if lead else _without_titles(before)
    if reading.core.isupper() and len(reading.core) > 4:
        new = new.upper()
    before, new = _with_article(before, lead, new)
    if (
        re.match(r"['’](?!\w)", after)
        and reading.core.endswith("s")
        and not re.search(r"(?:^|\s)['‘]", before)
    ):
        after = f"{after[0]}s{after[1:]}"
    text = lead + new + tail
    return StanceItem(before + text + after, len(before), len(before) + len(text))


def draw_swap(item: StanceItem, rng: np.random.Generator, kinds: Sequence[str] | None = None) -> StanceItem:
    """Return the item with a drawn name in its target's place: first a kind is drawn, then a name of it.

    Parameters
    ----------
    item : StanceItem
    rng : numpy.random.Generator
    kinds : sequence of str, optional
        Of `NAMED_KINDS`; None takes them all.

    Returns
    -------
    StanceItem
        The same where the target bears no name of its own; `rng` is drawn from all the same.

    Examples
    --------
    >>> draw_swap(StanceItem("They praised Norway.", 13, 19), np.random.default_rng(0), ["country"]).text
    'They praised Indonesia.'
    """
    chosen = NAMED_KINDS if kinds is None else tuple(kinds)
    names = names_of(chosen[int(rng.integers(len(chosen)))])
    return swap(item, names[int(rng.integers(len(names)))])


@cache
def _listed() -> Mapping[str, tuple[str, str]]:
    """Return the listed names with kind and gender."""
    rows = lexicons.read_wordlist("swap_names")
    return MappingProxyType({row["name"]: (row["kind"], row["gender"]) for row in rows})


def _kind_of_name(name: str) -> str:
    if name in _listed():
        return _listed()[name][0]
    return "organisation" if name.startswith("the ") else read_name(name).kind


def _as_person(before: str, reading: Naming, name: str) -> tuple[str, str, str]:
    """Return the text before, the titles, and the name as long as the target's was: full, or the surname alone."""
    if reading.kind != "person":
        marks = MARKS.match(reading.lead)
        return before, marks.group() if marks else "", name
    particles = lexicons.name_parts("particle")
    single = len([word for word in reading.core.split() if word.casefold() not in particles]) == 1
    lead = reading.lead
    gender = gender_of(name)
    if lead.strip():
        lead = _fit_titles(lead, gender)
    elif single:
        shorter = _without_given(before)
        single = shorter == before
        before = shorter
    if not lead.strip():
        before = _fit_titles(before, gender)
    return before, lead, name.split()[-1] if single else name


def gender_of(name: str) -> str:
    """Return the gender of a name, as listed or by its given name: ``m``, ``f`` or ``""``."""
    if name in _listed():
        return _listed()[name][1]
    return lexicons.first_names().get(name.split()[0].casefold(), "")


def _fit_titles(lead: str, gender: str) -> str:
    """Return `lead` with the form of address at its end put right for `gender`."""
    title = re.search(r"(\w+)\.?(\s+)$", lead)
    if not title or title.group(1).casefold() not in POLITE or not gender:
        return lead
    title_gender = lexicons.name_titles()[title.group(1).casefold()]
    return lead if title_gender == gender else lead[: title.start()] + _MISTER[gender] + title.group(2)


def _without_given(before: str) -> str:
    """Return `before` without a given name and initials at its end."""
    given = re.search(r"(?:\b[A-Z][\w'’-]+\s+)(?:[A-Z]\.\s+)*$", before)
    if given and given.group().split()[0].casefold() in lexicons.first_names():
        return before[: given.start()]
    return before


def _without_titles(before: str) -> str:
    """Return `before` without a given name, titles and what modifies them at its end ("White House press secretary").

    Lower-case titles stay where a determiner stands before them: "the leader Trump admires" is no apposition.
    """
    before = _without_given(before)
    words = list(re.finditer(r"\S+", before)) if before[-1:].isspace() else []
    modifiers = lexicons.name_parts("modifier") | lexicons.name_parts("portfolio")
    modifiers -= lexicons.function_words() | {"then"}
    at, capital = len(words), False
    while at:
        word = words[at - 1].group()
        named = word[0].isupper() and word[-1].isalnum() and word.casefold() not in lexicons.function_words()
        modifies = at < len(words) and (word.casefold() in modifiers or (named and at > 1))
        if word.endswith((",", ";", ":")) or not (is_title(word) or modifies):
            break
        capital = capital or (word[0].isupper() and is_title(word))
        at -= 1
    determined = at and not capital and words[at - 1].group().casefold() in _DETERMINERS.split()
    return before if at == len(words) or determined else before[: words[at].start()]


def _ending(tail: str) -> str:
    """Return a possessive ending and marks of a tail, without appositions."""
    ending = re.match(r"(?:\s(?:himself|herself|itself))?(['’]s?)?", tail)
    return "" if not ending or not ending.group(1) else ending.group(1)[0] + "s"


def _with_article(before: str, lead: str, name: str) -> tuple[str, str]:
    """Return the text before and the name with "the", "a" and "an" put right, and a capital where a sentence begins."""
    word = re.search(r"(\w+)(\s+)$", before)
    last = word.group(1).casefold() if word and not lead.strip() else ""
    if name.casefold().startswith("the "):
        if last in _DETERMINERS.split() or before.endswith(("’s ", "'s ")):
            name = name[4:]
        elif not lead.strip() and not before.strip(" \"'“”‘’([-—"):
            name = name[0].upper() + name[1:]
    elif last == "the" and word and not lead.strip():
        before = before[: word.start()]
    if last in {"a", "an"} and word:
        article = "an" if name[0].casefold() in "aeiou" else "a"
        article = article.capitalize() if word.group(1)[0].isupper() else article
        before = before[: word.start()] + article + word.group(2)
    return before, name
