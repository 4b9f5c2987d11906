"""Which names are one person's: full names that agree, what is short for them, and namesakes such as father and son."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from crossframe import lexicons
from crossframe.attributing.actors.person_names import (
    Namesakes,
    compatible,
    given_and_surname,
    has_suffix,
    name_words,
    short_names,
)
from crossframe.attributing.actors.spellings import same_spelling, similar_spelling, spelling_key
from crossframe.attributing.actors.surface_forms import SurfaceForm, are_spelled_apart
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor
from crossframe.text import name_key

Group = list[SurfaceForm]
MIN_LEAD = 2
"""A declared surname alone is that of the person whom the event names at least this many times as often as any other bearer."""


def group_people(
    forms: Mapping[str, SurfaceForm], namesakes: Namesakes, apart: frozenset[str]
) -> list[Group]:
    """Return the forms of persons, one group per person; those of a declared person begin with a form that has an owner.

    Full names that agree are one person's. A name that ends somebody's full name is that person's surname. A word that
    begins or stands inside a full name is that person's too where the event uses it as a name: the surname comes first
    in many languages, and a person may go by the given name.

    Parameters
    ----------
    forms : mapping of str to SurfaceForm
        By key.
    namesakes, apart
        From `find_namesakes` and `find_apart`.

    Returns
    -------
    list of list of SurfaceForm
        A surname alone is a person of its own when no full name of the event has it, or when it is in `apart`. A form may
        be in several groups: then its mentions are told apart where they stand.
    """
    persons = [form for form in forms.values() if form.kind == "person"]
    tails = {_tail_key(short) for form in persons for text in form.texts for short in short_names(text)}
    groups = _declared_groups(persons)
    full = [one for one in persons if not one.owner and given_and_surname(one.text)[0]]
    introduced = [one for one in full if _tail_key(one.text) not in tails]
    for form in sorted(introduced, key=lambda one: (-len(one.text.split()), -one.count, one.text)):
        _add_full_name(form, groups, namesakes)
    groups = _with_epithets(groups)
    _absorb_bearers(groups)
    singles = [one for one in persons if not one.owner and one not in introduced]
    return groups + _place_singles(singles, groups, apart)


def _tail_key(name: str) -> str:
    return " ".join(name_words(name))


def _declared_groups(persons: Iterable[SurfaceForm]) -> list[Group]:
    by_owner: dict[str, Group] = defaultdict(list)
    for form in persons:
        if form.owner:
            by_owner[form.owner].append(form)
    return list(by_owner.values())


def _add_full_name(form: SurfaceForm, groups: list[Group], namesakes: Namesakes) -> None:
    """Add a full name to the declared persons with a name that agrees, else to the one person all of whose names do."""
    own = [
        group
        for group in groups
        if group[0].owner and any(one.owner and compatible(form.text, one.text, namesakes) for one in group)
    ]
    for group in own:
        group.append(form)
    if own:
        return
    others = [group for group in groups if not group[0].owner]
    fitting = [
        group
        for group in others
        if all(
            compatible(form.text, one.text, namesakes) and not are_spelled_apart(form, one) for one in group
        )
    ]
    if len(fitting) == 1:
        fitting[0].append(form)
    elif not fitting:
        groups.append([form])


def _with_epithets(groups: Sequence[Group]) -> list[Group]:
    """Join a name without given names ("Mad Dog Poe") to the one person of that surname who has a given name."""
    firsts = lexicons.first_names()
    bearers: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        given, surname = given_and_surname(group[0].text)
        if any(set(given_and_surname(form.text)[0][:1]) & firsts.keys() for form in group):
            bearers[surname].append(group)
    joined = []
    for group in groups:
        given, surname = given_and_surname(group[0].text)
        own = bearers.get(surname, [])
        titled = len(given) > 1 and not set(given) & firsts.keys() and not group[0].owner
        if titled and len(own) == 1 and own[0] is not group:
            own[0].extend(group)
        else:
            joined.append(group)
    return joined


def _absorb_bearers(groups: list[Group]) -> None:
    """Give a declared person of whom only the surname is declared the full name of the one who bears it, in some spelling."""
    for group in [one for one in groups if one[0].owner]:
        names = {name_key(form.text) for form in group}
        if any(form.text[0].isupper() and given_and_surname(form.text)[0] for form in group):
            continue
        others = [(one, _surnames_of(one[0].text)) for one in groups if not one[0].owner]
        bearers = [one for one, surnames in others if surnames & names] or [
            one
            for one, surnames in others
            if any(_is_respelled(name, surname) for name in sorted(names) for surname in sorted(surnames))
        ]
        bearers.sort(key=lambda one: -sum(form.count for form in one))
        counts = [sum(form.count for form in one) for one in bearers]
        if counts and (len(counts) == 1 or counts[0] >= MIN_LEAD * counts[1]):
            group.extend(bearers[0])
            groups.remove(bearers[0])


def _is_respelled(left: str, right: str) -> bool:
    """Return whether two surnames are spellings of one, and not those of husband and wife ("Zelensky", "Zelenska")."""
    ends = {spelling_key(one)[-1:] for one in (left, right)}
    return (len(ends) == 1 or "a" not in ends or ends <= set("aeo")) and similar_spelling(left, right)


def _surnames_of(name: str) -> set[str]:
    """Return what may be the surname of a full name: its end, and its first word where that is no given name known."""
    given, surname = given_and_surname(name)
    return {surname} | (set(given[:1]) - lexicons.first_names().keys())


def _place_singles(
    singles: Sequence[SurfaceForm], groups: Sequence[Group], apart: frozenset[str]
) -> list[Group]:
    """Add names that are not full to the persons they are short for; return those that are a person of their own."""
    alone: list[Group] = []
    used = {name_key(form.text) for form in singles}
    full = [[text for form in group for text in form.texts if " " in text] for group in groups]
    firsts = {name_words(name)[0] for names in full for name in names}
    for form in singles:
        key = name_key(form.text)
        bearers = [] if key in apart else _bearers_of(form, full, used)
        for at in bearers:
            groups[at].append(form)
        if not bearers and (key in apart or key not in firsts):
            alone.append([form])
    return alone


def _bearers_of(form: SurfaceForm, full: Sequence[Sequence[str]], used: set[str]) -> list[int]:
    """Return the persons, by their full names, whom another name may mean: by surname, its spelling, first or inner word."""
    key = _tail_key(form.text)
    shorts = [{_tail_key(short) for name in names for short in short_names(name)} for names in full]
    bearers = [at for at, short in enumerate(shorts) if key in short]
    bearers = bearers or [
        at for at, short in enumerate(shorts) if any(same_spelling(key, one) for one in sorted(short))
    ]
    if bearers or " " in key:
        return bearers
    inner = [at for at, names in enumerate(full) if any(key in name_words(name)[1:-1] for name in names)]
    if len(inner) == 1:
        return inner
    first = [at for at, names in enumerate(full) if any(name_words(name)[0] == key for name in names)]
    family = [at for at in first if _has_surname_first(full[at], form, used, len(first))]
    if family:
        return family
    return first if len(first) == 1 and set(form.titles) <= lexicons.name_parts("given-name-title") else []


def _has_surname_first(names: Sequence[str], form: SurfaceForm, used: set[str], n_bearers: int) -> bool:
    """Return whether a person's full names begin with the surname `form`.

    The event uses the first word alone and the last one never, and the first word has a title of surnames, is no given name
    known, or is that of several persons.
    """
    if {name_key(short) for name in names for short in short_names(name)} & used:
        return False
    known = name_key(form.text) in lexicons.first_names()
    return not known or n_bearers > 1 or bool(set(form.titles) - lexicons.name_parts("given-name-title"))


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


def gender_of(actor: Actor) -> str:
    """Return the gender of the actor's given names or form of address: ``m``, ``f``, or ``""`` where it is unknown.

    Examples
    --------
    >>> gender_of(Actor("hillary-clinton", "Hillary Clinton", kind="person"))
    'f'
    >>> gender_of(Actor("poe-man-e", "Mr Poe", ("Poe",), kind="person"))
    'm'
    """
    if actor.kind != "person":
        return ""
    firsts = lexicons.first_names()
    first = {name_key(name.split()[0]).removesuffix(".") for name in actor.names if " " in name}
    genders = {firsts.get(word) or lexicons.name_titles().get(word, "") for word in first} - {""}
    return genders.pop() if len(genders) == 1 else ""
