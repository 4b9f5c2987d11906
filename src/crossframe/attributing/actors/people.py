"""Which names are one person's: given names that agree, initials and nicknames; namesakes such as father and son apart."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from crossframe import lexicons
from crossframe.attributing.actors.surface_forms import SurfaceForm
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor
from crossframe.text import match_key

Namesakes = frozenset[tuple[str, str]]
"""Given name and surname of which an event has two bearers: the one with Jr. or III is somebody else."""


def given_and_surname(name: str) -> tuple[list[str], str]:
    """Return the given names (with initials) and the surname (with particles), without case, accents and suffix.

    Examples
    --------
    >>> given_and_surname("Charles E. Poe Jr."), given_and_surname("Ursula von der Poe")
    ((['charles', 'e'], 'poe'), (['ursula'], 'von der poe'))
    """
    plain = unicodedata.normalize("NFKD", match_key(name).replace(".", ""))
    words = [
        word
        for word in "".join(one for one in plain if not unicodedata.combining(one)).split()
        if word not in lexicons.name_parts("suffix")
    ]
    first = len(words) - 1
    while first > 1 and words[first - 1] in lexicons.name_parts("particle"):
        first -= 1
    surname = " ".join(words[first:])
    return words[:first], surname.removeprefix("al-").removeprefix("el-")


def has_suffix(name: str) -> bool:
    """Return whether the name ends with Jr., III and the like."""
    return bool(_suffix(name))


def _suffix(name: str) -> str:
    last = match_key(name).replace(".", "").split()[-1]
    return last if last in lexicons.name_parts("suffix") else ""


def short_names(name: str) -> list[str]:
    """Return the short forms of a person's full name: the name without its first words."""
    words = [word for word in name.split() if word.casefold().strip(".") not in lexicons.name_parts("suffix")]
    short = [" ".join(words[i:]) for i in range(1, len(words)) if len(words[i].strip(".")) > 1]
    bare = [word[3:] for word in words[-1:] if word[:3] in {"al-", "el-"}]
    return [
        one for one in short if one.split()[0].casefold() not in lexicons.name_parts("particle") or " " in one
    ] + bare


def compatible(left: str, right: str, namesakes: Namesakes = frozenset()) -> bool:
    """Return whether two full names may be one person's: same surname, and given names that do not contradict each other.

    Examples
    --------
    >>> compatible("Chuck Grassley", "Charles E. Grassley"), compatible("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> compatible("Jo Roe Jr.", "Jo Roe"), compatible("Jo Roe Jr.", "Jo Roe", frozenset({("jo", "roe")}))
    (True, False)
    """
    (given, surname), (other, same) = given_and_surname(left), given_and_surname(right)
    if surname != same or not given or not other:
        return False
    if not _same_given(given[0], other[0]) and not (
        (len(given[0]) == 1 and given[1:2] == other[:1]) or (len(other[0]) == 1 and other[1:2] == given[:1])
    ):  # "K. Michael Poe" is called Michael
        return False
    suffix, another = _suffix(left), _suffix(right)
    if suffix and another and suffix != another:
        return False
    if suffix != another and {(given[0], surname), (other[0], surname)} & namesakes:
        return False
    middle, others = {w[0] for w in given[1:]}, {w[0] for w in other[1:]}
    return not (middle and others and not middle & others)


def _same_given(left: str, right: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    if left == right or (min(len(left), len(right)) == 1 and left[0] == right[0]):
        return True
    short = lexicons.nicknames()
    full, fuller = short.get(left, frozenset({left})), short.get(right, frozenset({right}))
    if full & fuller or left in fuller or right in full:
        return True
    both = lexicons.first_names()
    spelled = len(left) >= 5 and len(right) >= 5 and left[0] == right[0]
    return spelled and not (left in both and right in both) and Levenshtein.distance(left, right) <= 1


def find_namesakes(names: Sequence[Name], declared: Sequence[Actor] = ()) -> Namesakes:
    """Return the names of which an event has two bearers, told apart by Jr. or III.

    The name with suffix is somebody else's than the name without it when an article has the surname alone before
    the name with suffix, because news introduces people by their full name; and when it has both full names, the
    one without suffix first, in the same sentence, or with a title that the other lacks. A suffix without a middle name
    serves to tell two people apart ("Jo Roe Jr."; "Jo A. Roe Jr." is formal style): then the name without it in
    another article, or declared, is somebody else's too.

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
        plain |= {_first_and_surname(one.text) for one in bearers if not has_suffix(one.text)} - first.keys()
    formal = {
        _first_and_surname(one.text)
        for one in names
        if has_suffix(one.text) and len(given_and_surname(one.text)[0]) > 1
    }
    return frozenset(namesakes | (distinctive - formal) & plain)


def _first_and_surname(name: str) -> tuple[str, str]:
    given, surname = given_and_surname(name)
    return (given[0] if given else ""), surname


def _is_junior(name: Name) -> bool:
    return has_suffix(name.text) and bool(given_and_surname(name.text)[0])


def _is_another(
    name: Name, junior: Name, titles: Collection[str], rows: Collection[int], before: bool
) -> bool:
    """Return whether `name`, with the surname of `junior`, is somebody else: by title, row or order."""
    given = given_and_surname(name.text)[0]
    office = bool(name.title) and not lexicons.name_titles().get(name.title.split()[-1])
    if not given:
        distinctive = len(given_and_surname(junior.text)[0]) == 1
        return (before and name.start > 0) or (distinctive and office and name.title not in titles)
    if has_suffix(name.text) or given[0] != given_and_surname(junior.text)[0][0]:
        return False
    return before or name.row in rows or (office and name.title not in titles)


def find_couples(names: Sequence[Name]) -> frozenset[str]:
    """Return the surnames, case-folded, that the event gives alone to a man and to a woman ("Mr. Poe", "Mrs. Poe")."""
    genders: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if " " not in name.text and name.title:
            genders[match_key(name.text)].add(lexicons.name_titles().get(name.title.split()[-1], ""))
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


def group_people(
    forms: Mapping[str, SurfaceForm], declared: Sequence[Actor], namesakes: Namesakes, apart: frozenset[str]
) -> list[list[SurfaceForm]]:
    """Return the forms of persons, one group per person, without those compatible with a declared person's name.

    Parameters
    ----------
    forms : mapping of str to SurfaceForm
        By key.
    declared : sequence of Actor
        They own their names.
    namesakes, apart
        From `find_namesakes` and `find_apart`.

    Returns
    -------
    list of list of SurfaceForm
        A surname alone is a person of its own when no full name of the event has it, or when it is in `apart`.
    """
    full = [form for form in forms.values() if form.kind == "person" and given_and_surname(form.text)[0]]
    names = [name for actor in declared if actor.kind == "person" for name in actor.names]
    full = [form for form in full if not any(compatible(form.text, name, namesakes) for name in names)]
    groups: list[list[SurfaceForm]] = []
    for form in sorted(full, key=lambda one: (-len(one.text.split()), -one.count, one.text)):
        fitting = [
            group for group in groups if all(compatible(form.text, one.text, namesakes) for one in group)
        ]
        if len(fitting) == 1:
            fitting[0].append(form)
        elif not fitting:
            groups.append([form])
    groups = _with_epithets(groups)
    surnames = {given_and_surname(one.text)[1] for group in groups for one in group} - apart
    surnames |= {given_and_surname(name)[1] for name in names if " " in name}
    bearers = [*(group[0].text for group in groups), *names]
    givens = {first for one in bearers for first in given_and_surname(one)[0][:1]}
    for form in forms.values():
        single = " " not in form.text and form.text.casefold() not in surnames
        if form.kind == "person" and single and form.text.casefold() not in givens:
            groups.append([form])
    return groups


def _with_epithets(groups: Sequence[list[SurfaceForm]]) -> list[list[SurfaceForm]]:
    """Join a name without given names ("Mad Dog Poe") to the one person of that surname who has a given name."""
    firsts = lexicons.first_names()
    bearers: dict[str, list[list[SurfaceForm]]] = defaultdict(list)
    for group in groups:
        given, surname = given_and_surname(group[0].text)
        if any(given_and_surname(form.text)[0][0] in firsts for form in group):
            bearers[surname].append(group)
    joined = []
    for group in groups:
        given, surname = given_and_surname(group[0].text)
        own = bearers.get(surname, [])
        if len(given) > 1 and not set(given) & firsts.keys() and len(own) == 1 and own[0] is not group:
            own[0].extend(group)
        else:
            joined.append(group)
    return joined


def plain_name(fullest: str, names: Sequence[str]) -> str:
    """Return `fullest` without initials, and without middle names that others of `names` leave out.

    A Roman numeral behind a middle initial is formal style and left out too; without one it tells father and son apart.

    Examples
    --------
    >>> plain_name("Charles E. Poe Jr.", []), plain_name("Ann Roe Poe", ["Ann Poe"]), plain_name("Ann Roe Poe", [])
    ('Charles Poe Jr', 'Ann Poe', 'Ann Roe Poe')
    >>> plain_name("Robert S. Poe III", []), plain_name("Robert Poe III", [])
    ('Robert Poe', 'Robert Poe Iii')
    """
    words = fullest.split()
    suffix = [_suffix(fullest).capitalize()] if has_suffix(fullest) else []
    words = words[:-1] if suffix else words
    if suffix and suffix != ["Jr"] and suffix != ["Sr"] and any(len(w.strip(".")) == 1 for w in words[1:-1]):
        suffix = []
    words = [w for i, w in enumerate(words) if i == 0 or len(w.strip(".")) > 1]
    short = f"{words[0]} {words[-1]}"
    if len(words) > 2 and any(match_key(name) == match_key(short) for name in names):
        words = short.split()
    return " ".join([*words, *suffix]) if len(words) > 1 else fullest


def gender_of(actor: Actor) -> str:
    """Return the gender of the actor's given names: ``m``, ``f``, or ``""`` where it is unknown.

    Examples
    --------
    >>> gender_of(Actor("hillary-clinton", "Hillary Clinton", kind="person"))
    'f'
    """
    if actor.kind != "person":
        return ""
    firsts = lexicons.first_names()
    genders = {firsts.get(name.split()[0].casefold(), "") for name in actor.names if " " in name} - {""}
    return genders.pop() if len(genders) == 1 else ""
