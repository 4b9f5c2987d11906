"""A man and a woman of one surname: who of them the event never names in full is an actor by form of address and surname."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.person_names import given_and_surname
from crossframe.attributing.names.spotting import Name
from crossframe.text import name_key

_OTHER = {"m": "f", "f": "m"}


class Addressed(NamedTuple):
    """Somebody called by form of address and surname alone: surname, name ("Mrs Poe"), and gender (m or f)."""

    surname: str
    name: str
    gender: str


def find_addressed(names: Sequence[Name], full: Iterable[str]) -> list[Addressed]:
    """Return who is called by form of address and surname, where somebody of the other gender is too, and no full name is of this one.

    Parameters
    ----------
    names : sequence of Name
        Of one event, in order.
    full : iterable of str
        Full names of its persons, and those declared.

    Returns
    -------
    list of Addressed
        In order of surnames and genders. A form of address before a full name counts as one before the surname: a given name
        alone shows too little ("Jo Poe", "Mr. Poe"). A bearer whose gender nothing shows has that of the form of address that
        the surname first has behind the full name.

    Examples
    --------
    >>> names = [Name("a", 0, at, at + 3, "Poe", title) for at, title in enumerate(("mr", "mrs", "mrs"))]
    >>> [one.name for one in find_addressed(names, ["Bob Poe"])], [one.name for one in find_addressed(names, ["Ann Poe"])]
    (['Mrs Poe'], ['Mr Poe'])
    >>> [one.name for one in find_addressed(names, ["Ann Poe", "Bob Poe"])], [one.name for one in find_addressed(names, [])]
    ([], ['Mrs Poe', 'Mr Poe'])
    """
    called: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for name in names:
        gender, (given, surname) = _gender_of_title(name.title), given_and_surname(name.text)
        if gender and name.kind in {"person", ""}:
            forms = [] if given else [f"{name.title.split()[-1].capitalize()} {name.text}"]
            called[surname][gender].update(forms)
    bearers = _genders_of_bearers(names, full)
    return [
        Addressed(surname, min(forms, key=lambda form: (-forms[form], form)), gender)
        for surname, by_gender in sorted(called.items())
        for gender, forms in sorted(by_gender.items())
        if forms and _OTHER[gender] in by_gender and {gender, ""}.isdisjoint(bearers[surname])
    ]


def _gender_of_title(title: str) -> str:
    return lexicons.name_titles().get(title.split()[-1], "") if title else ""


def _genders_of_bearers(names: Sequence[Name], full: Iterable[str]) -> Mapping[str, list[str]]:
    """Return surname -> the gender of everybody who has it in a full name, "" where it is unknown."""
    by_title = {
        name_key(name.text): _gender_of_title(name.title) for name in names if _gender_of_title(name.title)
    }
    genders: dict[str, dict[str, str]] = defaultdict(dict)
    for text in full:
        given, surname = given_and_surname(text)
        if given:
            known = by_title.get(name_key(text)) or lexicons.first_names().get(given[0], "")
            genders[surname][given[0]] = known or genders[surname].get(given[0], "")
    return defaultdict(
        list,
        {
            surname: [
                gender or (_gender_behind(surname, names) if len(own) == 1 else "") for gender in own.values()
            ]
            for surname, own in genders.items()
        },
    )


def _gender_behind(surname: str, names: Sequence[Name]) -> str:
    """Return the gender of the first form of address before a surname alone that stands behind a full name with it."""
    article = ""
    for name in names:
        given, own = given_and_surname(name.text)
        if own != surname:
            continue
        if given:
            article = name.article
        elif name.article == article and _gender_of_title(name.title):
            return _gender_of_title(name.title)
    return ""
