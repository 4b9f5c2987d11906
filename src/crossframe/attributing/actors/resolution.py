"""Resolve spotted names into actors of an event: one actor, all its names; ids that hold over events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from crossframe import lexicons
from crossframe.attributing.actors.people import (
    called_both,
    compatible,
    find_apart,
    find_namesakes,
    given_and_surname,
    group_people,
    has_suffix,
    plain_name,
    short_names,
)
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.actors.surface_forms import Form, collect_forms
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code
from crossframe.records import Actor
from crossframe.text import match_key, slug


def discover_actors(spotted: Sequence[Name], declared: Sequence[Actor], event: str = "") -> list[Actor]:
    """Return the actors that the event's `spotted` names tell, those that are `declared` left out.

    Parameters
    ----------
    spotted : sequence of Name
        From all articles of one event.
    declared : sequence of Actor
        They own their names: a form that is theirs, or compatible with a declared person's, makes no new actor.
    event : str
        Id of the event: it ends the id of a person of whom only a surname is known, so that a surname alone links
        nobody over events.

    Returns
    -------
    list of Actor
        ``declared`` False, sorted by id; ids are slugs of the fullest name, of persons without initials.
    """
    forms = collect_forms(spotted)
    taken = {match_key(name).removeprefix("the ") for actor in declared for name in actor.names}
    taken |= {match_key(state_body(name)) for actor in declared for name in actor.names} - {""}
    free = {key: form for key, form in forms.items() if key not in taken}
    full = [form.text for form in free.values() if form.kind == "person" and " " in form.text]
    apart = find_apart(spotted, full) - {given_and_surname(name)[1] for one in declared for name in one.names}
    both = called_both(spotted)
    single = {key: form for key, form in free.items() if form.kind != "person" or key not in both}
    people = group_people(single, declared, find_namesakes(spotted, declared), apart)
    bodies = _group_bodies(free)
    return _name_actors([*people, *bodies], {actor.id for actor in declared}, apart, event)


def declared_short_forms(spotted: Sequence[Name], declared: Sequence[Actor]) -> dict[str, list[str]]:
    """Return declared person's id -> further forms: spellings of the full name, and the surname after it.

    A surname alone is a form of a declared person when the event has the full name somewhere. Whether somebody
    else of the event bears it too is settled where mentions are found. A body of a state has all its forms
    ("Georgia's parliament" where "Georgian parliament" is declared).
    """
    forms = collect_forms(spotted)
    namesakes = find_namesakes(spotted, declared)
    found: dict[str, list[str]] = {}
    for actor in declared:
        own = {state_body(name) for name in actor.names} - {""}
        bodies = [
            one for form in forms.values() if state_body(form.text) in own for one in sorted(form.spellings)
        ]
        if bodies:
            found[actor.id] = bodies
        full = [
            name for name in actor.names if actor.kind == "person" and len(given_and_surname(name)[0]) > 0
        ]
        seen = [
            form.text
            for form in forms.values()
            if any(form.text == name or compatible(form.text, name, namesakes) for name in full)
            and " " in form.text
        ]
        if seen:
            short = [one for name in [*full, *seen] for one in short_names(name)]
            found[actor.id] = list(dict.fromkeys([*seen, *short]))
    return found


# --- bodies, countries, groups --------------------------------------------------------------------------


def _group_bodies(forms: Mapping[str, Form]) -> list[list[Form]]:
    """Group the forms of organisations, parties, offices, countries and groups, and of what no evidence tells."""
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
    groups: dict[str, list[Form]] = defaultdict(list)
    for key, form in bodies.items():
        if form.kind == "" and key in people:
            continue
        root = owner[key] if owner[owner[key]] == owner[key] else owner[owner[key]]
        groups[root].append(form)
    return [group for group in groups.values() if _is_actor(group)]


def _american_form(key: str, bodies: Mapping[str, Form]) -> str:
    """Return the known body that `key` names with its country ("U.S. Supreme Court"), where no other is named so."""
    country, _, short = key.partition(" ")
    if country == "united":
        country, _, short = "us", "", key.removeprefix("united states ")
    if country.replace(".", "") not in {"us", "american"} or short not in lexicons.known_actors():
        return ""
    same = [k for k in bodies if k.endswith(f" {short}")]
    return short if short in bodies and same == [key] else ""


def _longer_form(key: str, form: Form, bodies: Mapping[str, Form]) -> str:
    """Return the one longer form that `key` shortens: same end or beginning, or the words of an acronym; else ""."""
    left, of, right = key.partition(" of ")
    turned = f"{right.removeprefix('the ')} {left}"
    if of and turned in bodies:
        return turned
    letters = key.replace(".", "")
    if letters.isalpha() and 3 <= len(letters) <= 6 and form.text.replace(".", "").isupper():
        found = [k for k in bodies if " " in k and _initials(bodies[k].text) == letters]
        return found[0] if len(found) == 1 else ""
    if form.kind not in {"organisation", "party"} or " " not in key or key in lexicons.known_actors():
        return ""
    found = [k for k in bodies if k.endswith(f" {key}") or k.startswith(f"{key} ")]
    if len(found) != 1 or bodies[found[0]].kind != form.kind:
        return ""
    rest = found[0].removesuffix(f" {key}").split()
    return "" if any(country_code(word) for word in rest) else found[0]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper()).casefold()


def _is_actor(group: Sequence[Form]) -> bool:
    """Return whether the forms look like an actor's: of a known kind, or the subject of a clause and no mere place."""
    if any(form.kind for form in group):
        return True
    acts = sum(form.subject for form in group)
    return any(form.certain for form in group) and acts > 0 and acts >= sum(form.place for form in group)


# --- names and ids --------------------------------------------------------------------------------------


def _name_actors(
    groups: Iterable[Sequence[Form]], used: set[str], apart: frozenset[str], event: str
) -> list[Actor]:
    """Name every group's actor; who has no suffix is named first, so that the plain id is his and not his son's."""
    made: dict[str, Actor] = {}
    full = [(min(group, key=_fullness), group) for group in groups]
    for fullest, group in sorted(
        full, key=lambda one: (has_suffix(one[0].text), min(f.text for f in one[1]))
    ):
        kind = next((form.kind for form in group if form.kind), "other")
        id = next(
            (one for one in _ids(fullest.text, group, kind, event) if one not in used | made.keys()), ""
        )
        if id:
            names = dict.fromkeys(_names(fullest.text, group, kind, apart))
            made[id] = Actor(id, fullest.text, tuple(names), kind, declared=False)
    return [made[id] for id in sorted(made)]


def _fullness(form: Form) -> tuple[bool, int, int, int, str]:
    """Return what sorts the fullest form first: a known body's name, a given name in front, then the most words."""
    words = form.text.split()
    known = len(words) > 1 and match_key(form.text) in lexicons.known_actors()
    given = form.kind == "person" and words[0].casefold() in lexicons.first_names()
    return not (known or given), -len(words), -len(form.text) * (len(words) == 1), -form.count, form.text


def _names(fullest: str, group: Sequence[Form], kind: str, apart: frozenset[str]) -> list[str]:
    names = [fullest, *(one for form in group for one in (form.text, *sorted(form.spellings)))]
    if kind == "person":
        short = [one for form in group for one in short_names(form.text)]
        names += [one for one in short if one.casefold() not in apart]
    return names + [acronym for form in group for acronym in sorted(form.acronyms)]


def _ids(fullest: str, group: Sequence[Form], kind: str, event: str) -> list[str]:
    """Return ids for an actor of that fullest name, the best first."""
    if kind == "person" and " " not in fullest and event:
        ending = event if len(f"{fullest}-{event}") <= 64 else f"{crc32(event.encode()):08x}"
        return [slug(f"{fullest}-{ending}"), slug(f"{fullest}-{kind}-{ending}")]
    plain = plain_name(fullest, [form.text for form in group]) if kind == "person" else fullest
    id = slug(plain.removeprefix("The ").removeprefix("the "))
    own = [slug(f"{id} {fullest.split()[-1]}")] if kind == "person" and has_suffix(fullest) else []
    return [id, *own, slug(fullest), f"{id[:58]}-{kind}"]
