"""Put another name in a target's place: for stress tests of stance models, and to train them on other kinds of actors."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe._validation import check_choice
from crossframe.judging.stance_features import Target

ACTOR_KINDS = ("person", "country", "party", "organisation")
"""Kinds of targets that bear a name of their own, which another can replace."""
KINDS = (*ACTOR_KINDS, "pronoun", "other")
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it its "
    "itself they them their theirs themselves who whom whose this that these those one someone everyone nobody"
)
_ARTICLES = frozenset({"the", "a", "an"})
_CLITICS = ("’m", "'m", "’re", "'re", "’ve", "'ve")
_DETERMINERS = "the a an this that these those my your his her its our their whose each every no some any"
_MISTER = {"m": "Mr.", "f": "Ms."}
_POLITE = frozenset({"mr", "mrs", "ms", "miss"})
_TAIL = re.compile(
    r"(?:,\s.*|\s\([^)]*\)?|(?:\s(?:himself|herself|itself))?(?:['’]s|(?<=s)['’])?[^\w.)]*)$", re.DOTALL
)
_HEAD = re.compile(r"^[^\w]*")
_UPPER = re.compile(r"^(?:[A-Z]\.?){2,4}$")
_NO_NAME = "a an and or & was is were are who that to with my your his her its our their this just"
"""Words that the name of a body does not hold: with one of them, a target is a description, a clause or several names."""


class _Reading(NamedTuple):
    """A target's words, cut: what precedes the name (titles, marks), the name, what follows (possessive, apposition)."""

    kind: str
    lead: str
    core: str
    tail: str


def kind_of(target: Target) -> str:
    """Return what kind of actor a target's words name, by word lists.

    Parameters
    ----------
    target : Target

    Returns
    -------
    str
        ``person`` (titles and given names; also any other capitalised name: of NewsMTSC's named targets nearly all
        are persons), ``country`` (also states of the United States), ``party``, ``organisation``, ``pronoun``, or
        ``other``: descriptions without a name, several names, groups and peoples, adjectives, days, places.

    Examples
    --------
    >>> [kind_of(Target(t, 0, len(t))) for t in ("President Jane Doe", "Norway", "the Foreign Ministry", "he", "voters")]
    ['person', 'country', 'organisation', 'pronoun', 'other']
    """
    return _read(target.text[target.start : target.end]).kind


def names_of(kind: str) -> tuple[str, ...]:
    """Return the names that stand for `kind`, one of `ACTOR_KINDS`, in a fixed order.

    Bodies and parties are named with their article.

    Examples
    --------
    >>> names_of("country")[:2], names_of("party")[0]
    (('Norway', 'Portugal'), 'the Labour Party')
    """
    check_choice(kind, "kind of name", ACTOR_KINDS)
    return tuple(row["name"] for row in lexicons.read_wordlist("swap_names") if row["kind"] == kind)


def swap(target: Target, name: str) -> Target:
    """Return the same sentence with `name` in the target's place.

    Titles before a person's name stay where another person takes its place ("Mr." becomes "Ms." with a woman's name)
    and go elsewhere, also where they or a given name stand just before the target; a single word is replaced by the
    surname alone; a possessive ending stays; "the", "a" and "an" are put right. Where ``others`` name the target, they are
    replaced too; pronouns among them stay. Targets that are pronouns or have no name of their own (`kind_of` is ``other``)
    stay as they are.

    Parameters
    ----------
    target : Target
    name : str
        One of `names_of`, or any other name; one that begins with "the" takes its article.

    Returns
    -------
    Target
        With the offsets of the new name (and of titles and endings that were part of the target).

    Examples
    --------
    >>> swap(Target("Critics attacked President Trump's plan.", 17, 34), "Anna Keller").text
    "Critics attacked President Keller's plan."
    >>> swap(Target("Mr. Trump failed.", 4, 9), "the Foreign Ministry")[:3]
    ('The Foreign Ministry failed.', 0, 20)
    """
    if kind_of(target) not in ACTOR_KINDS:
        return target
    text, spans = target.text, {}
    for old in sorted({(target.start, target.end), *target.others}, reverse=True):
        found = _swap_one(text, *old, name)
        shift = len(found.text) - len(text)
        spans = {key: (start + shift, end + shift) for key, (start, end) in spans.items()}
        text, spans[old] = found.text, (found.start, found.end)
    main = spans.pop((target.start, target.end))
    others = tuple(spans[old] for old in target.others if old in spans and not _overlap(spans[old], main))
    return Target(text, *main, others)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _swap_one(whole: str, start: int, end: int, name: str) -> Target:
    reading = _read(whole[start:end])
    if reading.kind not in ACTOR_KINDS:
        return Target(whole, start, end)
    before, after = whole[:start], whole[end:]
    if _kind_of_name(name) == "person":
        before, lead, new = _as_person(before, reading, name)
        tail = reading.tail if reading.kind == "person" else _ending(reading.tail)
    else:
        marks = _HEAD.match(reading.lead)
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
    return Target(before + text + after, len(before), len(before) + len(text))


def draw_swap(target: Target, rng: np.random.Generator, kinds: Sequence[str] | None = None) -> Target:
    """Return the target with a drawn name in its place: first a kind is drawn, then a name of it.

    Parameters
    ----------
    target : Target
    rng : numpy.random.Generator
    kinds : sequence of str, optional
        Of `ACTOR_KINDS`; None takes them all.

    Returns
    -------
    Target
        The same where the target bears no name of its own; `rng` is drawn from all the same.

    Examples
    --------
    >>> draw_swap(Target("They praised Norway.", 13, 19), np.random.default_rng(0), ["country"]).text
    'They praised Indonesia.'
    """
    chosen = ACTOR_KINDS if kinds is None else tuple(kinds)
    names = names_of(chosen[int(rng.integers(len(chosen)))])
    return swap(target, names[int(rng.integers(len(names)))])


@cache
def _read(text: str) -> _Reading:
    head = _HEAD.match(text)
    marks = head.group() if head else ""
    found = _TAIL.search(text, len(marks))
    cut = found.start() if found else len(text)
    body, tail = text[len(marks) : cut], text[cut:]
    words = body.split()
    if not words:
        return _Reading("other", marks, body, tail)
    if text in _CLITICS or (len(words) == 1 and words[0].casefold() in _PRONOUNS.split()):
        return _Reading("pronoun", marks, body, tail)
    named = _body_kind(words)
    if named != "person":
        return _Reading("other" if tail.startswith(",") else named, marks, body, tail)
    at = _name_start(words)
    core = words[at:]
    plural = at > 0 and words[at - 1].casefold() in _ARTICLES
    if not core or len(core) > 4 or plural:
        return _Reading("other", marks, body, tail)
    start = body.rfind(core[0]) if len(core) == 1 else body.rfind(body.split(None, at)[at])
    return _Reading("person", marks + body[:start], body[start:], tail)


def _body_kind(words: Sequence[str]) -> str:
    """Return the kind that lists tell, ``person`` where they tell none."""
    rest = words[1:] if words[0].casefold() == "the" else words
    name = " ".join(rest)
    key = name.casefold().rstrip(".")
    if not rest or {"and", "or", "&"} & set(words) or key in {"jr", "sr"}:
        return "other"
    known = lexicons.known_actors().get(name.casefold())
    if known and (name[0].isupper() or not name.islower()):
        return {"country": "country", "party": "party", "group": "other"}.get(known[0], "organisation")
    if key in lexicons.territories() or key in lexicons.us_states():
        return "country" if name[0].isupper() else "other"
    if name.casefold() in lexicons.demonyms() or name.casefold().removesuffix("s") in lexicons.demonyms():
        return "other"
    if key in lexicons.calendar_words():
        return "other"
    addressed = len(rest) > 1 and (rest[-2].endswith(".") or rest[-2].casefold() in _POLITE)
    heads = lexicons.organisation_heads()
    head = (rest[rest.index("of") - 1] if "of" in rest[1:] else rest[-1]).casefold()
    if head in heads and not addressed:
        if any(word.casefold() in _NO_NAME.split() for word in words) or (
            name.islower() and head.endswith("s")
        ):
            return "other"
        return {"party": "party", "organisation": "organisation", "office": "organisation"}.get(
            heads[head], "other"
        )
    if any(word.endswith(("’s", "'s")) for word in rest[:-1]) and not addressed:
        return "other"
    if len(rest) == 1 and _UPPER.match(name) and name.casefold() not in lexicons.first_names():
        return "organisation"
    return "person"


def _is_title(word: str) -> bool:
    key = word.casefold().rstrip(".").rsplit("-", 1)[-1]
    return key in lexicons.name_titles() or key in lexicons.person_nouns()


def _name_start(words: Sequence[str]) -> int:
    """Return where the name begins: after the last title or word that is written small and is no particle."""
    particles = lexicons.name_parts("particle")
    start = 0
    for i, word in enumerate(words):
        small = not word[0].isupper() and word.casefold() not in particles and not word.startswith("al-")
        surname = i and i == len(words) - 1 and words[i - 1].casefold() in lexicons.first_names()
        if small or (_is_title(word) and not surname):
            start = i + 1
    return start


def _kind_of_name(name: str) -> str:
    listed = {row["name"]: row["kind"] for row in lexicons.read_wordlist("swap_names")}
    return listed.get(name) or ("organisation" if name.startswith("the ") else _read(name).kind)


def _as_person(before: str, reading: _Reading, name: str) -> tuple[str, str, str]:
    """Return what precedes, titles and the name as far as the target had it: full, or the surname alone."""
    if reading.kind != "person":
        marks = _HEAD.match(reading.lead)
        return before, marks.group() if marks else "", name
    particles = lexicons.name_parts("particle")
    single = len([word for word in reading.core.split() if word.casefold() not in particles]) == 1
    lead = reading.lead
    gender = _gender(name)
    if lead.strip():
        lead = _fit_titles(lead, gender)
    elif single:
        shorter = _without_given(before)
        single = shorter == before
        before = shorter
    if not lead.strip():
        before = _fit_titles(before, gender)
    return before, lead, name.split()[-1] if single else name


def _gender(name: str) -> str:
    listed = {row["name"]: row["gender"] for row in lexicons.read_wordlist("swap_names")}
    return listed.get(name) or lexicons.first_names().get(name.split()[0].casefold(), "")


def _fit_titles(lead: str, gender: str) -> str:
    """Return `lead` with the form of address at its end put right for `gender`."""
    found = re.search(r"(\w+)\.?(\s+)$", lead)
    if not found or found.group(1).casefold() not in _POLITE or not gender:
        return lead
    told = lexicons.name_titles()[found.group(1).casefold()]
    return lead if told == gender else lead[: found.start()] + _MISTER[gender] + found.group(2)


def _without_given(before: str) -> str:
    """Return `before` without a given name and initials at its end."""
    found = re.search(r"(?:\b[A-Z][\w'’-]+\s+)(?:[A-Z]\.\s+)*$", before)
    if found and found.group().split()[0].casefold() in lexicons.first_names():
        return before[: found.start()]
    return before


def _without_titles(before: str) -> str:
    """Return `before` without given names and capitalised titles at its end."""
    before = _without_given(before)
    while found := re.search(r"\b[A-Z][\w-]*\.?\s+$", before):
        if not _is_title(found.group().strip()):
            break
        before = before[: found.start()]
    return before


def _ending(tail: str) -> str:
    """Return a possessive ending and marks of a tail, without appositions."""
    found = re.match(r"(?:\s(?:himself|herself|itself))?(['’]s?)?", tail)
    return "" if not found or not found.group(1) else found.group(1)[0] + "s"


def _with_article(before: str, lead: str, name: str) -> tuple[str, str]:
    """Return what precedes and the name with "the", "a" and "an" put right, and a capital where a sentence begins."""
    found = re.search(r"(\w+)(\s+)$", before)
    last = found.group(1).casefold() if found and not lead.strip() else ""
    if name.casefold().startswith("the "):
        if last in _DETERMINERS.split() or before.endswith(("’s ", "'s ")):
            name = name[4:]
        elif not lead.strip() and not before.strip(" \"'“”‘’([-—"):
            name = name[0].upper() + name[1:]
    elif last == "the" and found and not lead.strip():
        before = before[: found.start()]
    if last in {"a", "an"} and found:
        article = "an" if name[0].casefold() in "aeiou" else "a"
        article = article.capitalize() if found.group(1)[0].isupper() else article
        before = before[: found.start()] + article + found.group(2)
    return before, name
