"""Names that two persons of an event have: father and son, man and wife, and surnames that are somebody else's."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from crossframe import lexicons
from crossframe.attributing.actors.person_names import Namesakes, given_and_surname, has_suffix
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor
from crossframe.text import name_key


def find_namesakes(names: Sequence[Name], declared: Sequence[Actor] = ()) -> Namesakes:
    """Return the names of which an event has two bearers, told apart by Jr. or III.

    The name with suffix is somebody else's than the name without it when an article has the surname alone before
    the name with suffix, because news introduces people by their full name (not where a middle name shows that the suffix
    is formal style); and when it has both full names, the
    one without suffix first, in the same sentence, or with a title that the other lacks. A suffix without a middle name
    serves to tell two people apart ("Jo Roe Jr."; "Jo A. Roe Jr." is formal style): then the name without it is
    somebody else's too where another article gives it an office, or it is declared.

    Parameters
    ----------
    names : sequence of Name
        Of one event, in order.
    declared : sequence of Actor
        Their names count as names without suffix.

    Returns
    -------
    frozenset of (given name, surname)
    """
    namesakes: set[tuple[str, str]] = set()
    distinctive: set[tuple[str, str]] = set()
    plain = {_first_and_surname(name) for actor in declared if actor.kind == "person" for name in actor.names}
    by_surname: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names:
        by_surname[name.article, given_and_surname(name.text)[1]].append(name)
    for bearers in by_surname.values():
        juniors = [(i, one) for i, one in enumerate(bearers) if _is_junior(one)]
        first = {_first_and_surname(one.text): i for i, one in reversed(juniors)}
        titles, rows = {one.title for _, one in juniors}, {one.row for _, one in juniors}
        for key, at in first.items():
            if any(_is_another(one, bearers[at], titles, rows, i < at) for i, one in enumerate(bearers)):
                namesakes.add(key)
        distinctive |= {
            _first_and_surname(one.text) for _, one in juniors if len(given_and_surname(one.text)[0]) == 1
        }
        plain |= {
            _first_and_surname(one.text) for one in bearers if _has_office(one) and not has_suffix(one.text)
        } - first.keys()
    formal = {
        _first_and_surname(one.text)
        for one in names
        if has_suffix(one.text) and len(given_and_surname(one.text)[0]) > 1
    }
    return frozenset(namesakes | (distinctive - formal) & plain)


def _first_and_surname(name: str) -> tuple[str, str]:
    given, surname = given_and_surname(name)
    return (given[0] if given else ""), surname


def _has_office(name: Name) -> bool:
    """Return whether a title that is no form of address stands before a name."""
    return bool(name.title) and not lexicons.name_titles().get(name.title.split()[-1])


def _is_junior(name: Name) -> bool:
    return has_suffix(name.text) and bool(given_and_surname(name.text)[0])


def _is_another(
    name: Name, junior: Name, titles: Collection[str], rows: Collection[int], before: bool
) -> bool:
    """Return whether `name`, with the surname of `junior`, is somebody else: by title, row or order."""
    given = given_and_surname(name.text)[0]
    office = _has_office(name)
    if not given:
        distinctive = len(given_and_surname(junior.text)[0]) == 1
        return distinctive and ((before and name.start > 0) or (office and name.title not in titles))
    if has_suffix(name.text) or given[0] != given_and_surname(junior.text)[0][0]:
        return False
    return before or name.row in rows or (office and name.title not in titles)


def find_couples(names: Sequence[Name]) -> frozenset[str]:
    """Return the surnames, case-folded, that the event gives alone to a man and to a woman ("Mr. Poe", "Mrs. Poe")."""
    genders: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if " " not in name.text and name.title:
            genders[name_key(name.text)].add(lexicons.name_titles().get(name.title.split()[-1], ""))
    return frozenset(key for key, both in genders.items() if {"m", "f"} <= both)


def find_apart(names: Sequence[Name], full: Sequence[str]) -> frozenset[str]:
    """Return surnames that alone mean somebody whose full name the event does not give.

    Of "President Poe's daughters, Ann and Mary Poe" no outlet gives the father's full name: in every article with a
    full name of that surname, the surname with an office comes before it, and news style has full names first.

    Parameters
    ----------
    names : sequence of Name
        Of one event, in order.
    full : sequence of str
        Full names of its persons.

    Returns
    -------
    frozenset of str
        Surnames, case-folded.
    """
    surnames = {given_and_surname(name)[1] for name in full}
    offices: set[tuple[str, str]] = set()
    after_office: dict[tuple[str, str], bool] = {}
    for name in names:
        given, surname = given_and_surname(name.text)
        if surname not in surnames:
            continue
        key = (surname, name.article)
        if not given and name.title and not lexicons.name_titles().get(name.title.split()[-1]):
            offices.add(key)
        elif given and name.kind in {"person", ""}:
            after_office.setdefault(key, key in offices)
    by_surname: dict[str, list[bool]] = defaultdict(list)
    for (surname, _), after in after_office.items():
        by_surname[surname].append(after)
    return frozenset(surname for surname, after in by_surname.items() if all(after))
