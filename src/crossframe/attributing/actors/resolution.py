"""Resolve the names of an event into actors, each with all its names and an id that is the same in every event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from crossframe import lexicons
from crossframe.attributing.actors.people import (
    compatible,
    find_apart,
    find_couples,
    find_namesakes,
    given_and_surname,
    group_people,
    has_suffix,
    plain_name,
    short_names,
)
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.actors.surface_forms import SurfaceForm, collect_forms
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code
from crossframe.records import Actor
from crossframe.text import match_key, slug


def discover_actors(names: Sequence[Name], declared: Sequence[Actor], event: str = "") -> list[Actor]:
    """Return the actors that the event's `names` name, except those that are `declared`.

    Parameters
    ----------
    names : sequence of Name
        From all articles of one event.
    declared : sequence of Actor
        They own their names: a form that is theirs, or compatible with a declared person's, makes no new actor.
    event : str
        Id of the event: it ends the id of a person of whom only the surname is known, so that a surname alone never
        links actors of several events.

    Returns
    -------
    list of Actor
        ``declared`` False, sorted by id; ids are slugs of the fullest name, for persons without initials.
    """
    forms = collect_forms(names)
    taken = {match_key(name).removeprefix("the ") for actor in declared for name in actor.names}
    taken |= {match_key(state_body(name)) for actor in declared for name in actor.names} - {""}
    free = {key: form for key, form in forms.items() if key not in taken}
    full = [form.text for form in free.values() if form.kind == "person" and " " in form.text]
    apart = find_apart(names, full) - {given_and_surname(name)[1] for one in declared for name in one.names}
    couples = find_couples(names)
    single = {key: form for key, form in free.items() if form.kind != "person" or key not in couples}
    people = group_people(single, declared, find_namesakes(names, declared), apart)
    bodies = _group_bodies(free)
    return _name_actors([*people, *bodies], {actor.id for actor in declared}, apart, event)


def declared_short_forms(names: Sequence[Name], declared: Sequence[Actor]) -> dict[str, list[str]]:
    """Return id -> further forms of declared actors: of persons, spellings of the full name, and the surname.

    A surname alone is a form of a declared person when the event has the full name somewhere. Whether somebody
    else of the event has it too is decided where mentions are found (`disambiguate`). A body of a state has all its
    forms ("Georgia's parliament" where "Georgian parliament" is declared).
    """
    forms = collect_forms(names)
    namesakes = find_namesakes(names, declared)
    further: dict[str, list[str]] = {}
    for actor in declared:
        own = {state_body(name) for name in actor.names} - {""}
        bodies = [
            one for form in forms.values() if state_body(form.text) in own for one in sorted(form.spellings)
        ]
        if bodies:
            further[actor.id] = bodies
        full = [
            name for name in actor.names if actor.kind == "person" and len(given_and_surname(name)[0]) > 0
        ]
        spellings = [
            form.text
            for form in forms.values()
            if any(form.text == name or compatible(form.text, name, namesakes) for name in full)
            and " " in form.text
        ]
        if spellings:
            short = [one for name in [*full, *spellings] for one in short_names(name)]
            further[actor.id] = list(dict.fromkeys([*spellings, *short]))
    return further


# --- bodies, countries, groups --------------------------------------------------------------------------


def _group_bodies(forms: Mapping[str, SurfaceForm]) -> list[list[SurfaceForm]]:
    """Group the forms of organisations, parties, offices, countries and groups, and those of unknown kind."""
    bodies = {key: form for key, form in forms.items() if form.kind != "person"}
    people = {
        word for form in forms.values() if form.kind == "person" for word in match_key(form.text).split()
    }
    owner = {key: key for key in bodies}
    for key, form in bodies.items():
        for acronym in form.acronyms:
            if acronym.casefold() in bodies and form.kind in {"organisation", ""}:
                owner[acronym.casefold()] = key
    for key, form in bodies.items():
        longer = _american_form(key, bodies) or _longer_form(key, form, bodies)
        if owner[key] == key and longer:
            owner[key] = longer
    groups: dict[str, list[SurfaceForm]] = defaultdict(list)
    for key, form in bodies.items():
        if form.kind == "" and key in people:
            continue
        root = owner[key] if owner[owner[key]] == owner[key] else owner[owner[key]]
        groups[root].append(form)
    return [group for group in groups.values() if _is_actor(group)]


def _american_form(key: str, bodies: Mapping[str, SurfaceForm]) -> str:
    """Return the known body that `key` names with its country ("U.S. Supreme Court"), where no other country has one here."""
    country, _, short = key.partition(" ")
    if country == "united":
        country, _, short = "us", "", key.removeprefix("united states ")
    if country.replace(".", "") not in {"us", "american"} or short not in lexicons.known_actors():
        return ""
    same = [k for k in bodies if k.endswith(f" {short}")]
    return short if short in bodies and same == [key] else ""


def _longer_form(key: str, form: SurfaceForm, bodies: Mapping[str, SurfaceForm]) -> str:
    """Return the one longer form that `key` shortens: same end or beginning, or the words of an acronym; else ""."""
    left, of, right = key.partition(" of ")
    turned = f"{right.removeprefix('the ')} {left}"
    if of and turned in bodies:
        return turned
    letters = key.replace(".", "")
    if letters.isalpha() and 3 <= len(letters) <= 6 and form.text.replace(".", "").isupper():
        spelled_out = [k for k in bodies if " " in k and _initials(bodies[k].text) == letters]
        return spelled_out[0] if len(spelled_out) == 1 else ""
    if form.kind not in {"organisation", "party"} or " " not in key or key in lexicons.known_actors():
        return ""
    longer = [k for k in bodies if k.endswith(f" {key}") or k.startswith(f"{key} ")]
    if len(longer) != 1 or bodies[longer[0]].kind != form.kind:
        return ""
    rest = longer[0].removesuffix(f" {key}").split()
    return "" if any(country_code(word) for word in rest) else longer[0]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper()).casefold()


def _is_actor(group: Sequence[SurfaceForm]) -> bool:
    """Return whether the forms are an actor's: of a known kind, or subjects of clauses at least as often as places."""
    if any(form.kind for form in group):
        return True
    acts = sum(form.subject for form in group)
    return any(form.certain for form in group) and acts > 0 and acts >= sum(form.place for form in group)


# --- names and ids --------------------------------------------------------------------------------------


def _name_actors(
    groups: Iterable[Sequence[SurfaceForm]], used: set[str], apart: frozenset[str], event: str
) -> list[Actor]:
    """Return an actor for every group; persons without suffix get their id first, so that a father has the plain one."""
    actors: dict[str, Actor] = {}
    full = [(min(group, key=_fullness), group) for group in groups]
    for fullest, group in sorted(
        full, key=lambda one: (has_suffix(one[0].text), min(f.text for f in one[1]))
    ):
        kind = next((form.kind for form in group if form.kind), "other")
        id = next(
            (one for one in _ids(fullest.text, group, kind, event) if one not in used | actors.keys()), ""
        )
        if id:
            names = dict.fromkeys(_names(fullest.text, group, kind, apart))
            actors[id] = Actor(id, fullest.text, tuple(names), kind, declared=False)
    return [actors[id] for id in sorted(actors)]


def _fullness(form: SurfaceForm) -> tuple[bool, int, int, int, str]:
    """Return the sort key of forms, fullest first: names of known bodies and given names in front, then the most words."""
    words = form.text.split()
    known = len(words) > 1 and match_key(form.text) in lexicons.known_actors()
    given = form.kind == "person" and words[0].casefold() in lexicons.first_names()
    return not (known or given), -len(words), -len(form.text) * (len(words) == 1), -form.count, form.text


def _names(fullest: str, group: Sequence[SurfaceForm], kind: str, apart: frozenset[str]) -> list[str]:
    names = [fullest, *(one for form in group for one in (form.text, *sorted(form.spellings)))]
    if kind == "person":
        short = [one for form in group for one in short_names(form.text)]
        names += [one for one in short if one.casefold() not in apart]
    return names + [acronym for form in group for acronym in sorted(form.acronyms)]


def _ids(fullest: str, group: Sequence[SurfaceForm], kind: str, event: str) -> list[str]:
    """Return ids for an actor of that fullest name, the best first."""
    if kind == "person" and " " not in fullest and event:
        ending = event if len(f"{fullest}-{event}") <= 64 else f"{crc32(event.encode()):08x}"
        return [slug(f"{fullest}-{ending}"), slug(f"{fullest}-{kind}-{ending}")]
    plain = plain_name(fullest, [form.text for form in group]) if kind == "person" else fullest
    id = slug(plain.removeprefix("The ").removeprefix("the "))
    own = [slug(f"{id} {fullest.split()[-1]}")] if kind == "person" and has_suffix(fullest) else []
    return [id, *own, slug(fullest), f"{id[:58]}-{kind}"]
