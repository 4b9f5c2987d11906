"""Resolve the names of an event into actors, each with all its names and an id that is the same in every event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

from crossframe import lexicons
from crossframe.attributing.actors.addressed import Addressed, find_addressed
from crossframe.attributing.actors.people import find_namesakes, gender_of, group_people
from crossframe.attributing.actors.person_names import (
    find_apart,
    find_couples,
    given_and_surname,
    has_suffix,
    plain_name,
    short_names,
)
from crossframe.attributing.actors.spellings import listed_spellings, same_spelling, usual_name
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.actors.surface_forms import SurfaceForm, collect_forms, form_key
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code
from crossframe.records import Actor
from crossframe.text import name_key, slug

MIN_WORDS = 3
"""Words, without small ones, from which the name of a body is hardly another country's, too."""


class Resolution(NamedTuple):
    """Further names of declared actors by id, and the actors that were discovered."""

    further: dict[str, list[str]]
    discovered: list[Actor]


def resolve_names(names: Sequence[Name], declared: Sequence[Actor], event: str = "") -> Resolution:
    """Return whose the event's `names` are: those of `declared` actors, and the actors discovered.

    A declared actor owns its names and their spellings: none is a name of another actor. A declared person's surname alone,
    and what else is short for the full name, is a name of that person when the event has the full name somewhere; whether
    somebody else of the event has it too is decided where mentions are found (`disambiguate`). In an event without the
    full name the surname alone is that person's where no other full name has it and no title of the other gender stands before it. A body of a state has
    all its forms ("Georgia's parliament" where "Georgian parliament" is declared).

    Parameters
    ----------
    names : sequence of Name
        From all articles of one event.
    declared : sequence of Actor
        Actors that the corpus names.
    event : str
        Id of the event: it ends the id of a person of whom only the surname is known, so that a surname alone never
        links actors of several events.

    Returns
    -------
    Resolution
        Discovered actors are sorted by id; ids are slugs of the fullest name, for persons without initials.
    """
    forms = collect_forms(names, declared)
    full = [one.text for one in forms.values() if one.kind == "person" and " " in one.text and not one.owner]
    apart = find_apart(names, full) - {given_and_surname(name)[1] for one in declared for name in one.names}
    couples = find_couples(names)
    single = {
        key: one for key, one in forms.items() if one.owner or one.kind != "person" or key not in couples
    }
    people = group_people(single, find_namesakes(names, declared), apart)
    bodies = _group_bodies({key: form for key, form in forms.items() if not form.owner})
    owned = {form_key(name): actor.id for actor in declared for name in actor.names}
    further = {
        actor.id: [name for name in own if owned.get(form_key(name), actor.id) == actor.id]
        for actor in declared
        if (own := _further_names(actor, forms.values(), people, apart))
    }
    free = [[form for form in group if not form.owner] for group in people if not group[0].owner]
    others = _name_actors([*free, *bodies], {actor.id for actor in declared}, apart, event)
    persons = [name for actor in declared if actor.kind == "person" for name in actor.names]
    others += [_name_addressed(one, event) for one in find_addressed(names, [*full, *persons])]
    return Resolution(further, sorted((_without(one, owned) for one in others), key=lambda one: one.id))


def _name_addressed(one: Addressed, event: str) -> Actor:
    """Return the actor of whom form of address and surname alone are known."""
    id = f"{one.surname}-{'man' if one.gender == 'm' else 'woman'}"
    surname = one.name.partition(" ")[2]
    return Actor(
        _with_event(id, event) if event else slug(id), one.name, (surname,), "person", declared=False
    )


def _with_event(id: str, event: str) -> str:
    """Return an id that holds in one event alone."""
    ending = event if len(f"{id}-{event}") <= 64 else f"{crc32(event.encode()):08x}"
    return slug(f"{id}-{ending}")


def _further_names(
    actor: Actor, forms: Iterable[SurfaceForm], people: Sequence[Sequence[SurfaceForm]], apart: frozenset[str]
) -> list[str]:
    """Return how the event names a declared actor beside its declared names: other spellings, and short forms of a person."""
    names = [one for form in forms if form.owner == actor.id for one in sorted(form.spellings)]
    group = next((group for group in people if group[0].owner == actor.id), [])
    full = [form for form in group if " " in form.text]
    if any(form.count for form in full):
        named = [form for form in group if form.count or (form.owner and given_and_surname(form.text)[0])]
        names += _names(actor.name, named, "person", apart)
    else:
        others = [form for other in people if other is not group for form in other]
        names += [text for form in _surnames_alone(actor, group) if form not in others for text in form.texts]
    names += [other for name in (*actor.names, *names) for other in listed_spellings(name)]
    return [name for name in dict.fromkeys(names) if name not in actor.names]


def _surnames_alone(actor: Actor, group: Sequence[SurfaceForm]) -> list[SurfaceForm]:
    """Return the forms of a declared person's surname in an event without the full name, but for those with another gender's title."""
    short = [one for form in group if form.owner for one in short_names(form.text)]
    genders = {gender_of(actor), ""}
    return [
        form
        for form in group
        if form.count
        and any(same_spelling(form.text, one) for one in short)
        and genders.issuperset(lexicons.name_titles().get(title, "") for title in form.titles)
    ]


def _without(actor: Actor, owned: Mapping[str, str]) -> Actor:
    """Return a discovered actor without names that are a declared one's."""
    return replace(actor, aliases=tuple(name for name in actor.aliases if form_key(name) not in owned))


# --- bodies, countries, groups --------------------------------------------------------------------------


def _group_bodies(forms: Mapping[str, SurfaceForm]) -> list[list[SurfaceForm]]:
    """Group the forms of organisations, parties, offices, countries and groups, and those of unknown kind."""
    bodies = {key: form for key, form in forms.items() if form.kind != "person"}
    people = {
        word for form in forms.values() if form.kind == "person" for word in name_key(form.text).split()
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
    if form.kind not in {"organisation", "party"} or key in lexicons.known_actors():
        return ""
    if " " not in key and (key in lexicons.organisation_heads() or form.text.isupper() or country_code(key)):
        return ""
    longer = [k for k in bodies if k.endswith(f" {key}") or k.startswith(f"{key} ")]
    if len(longer) != 1 or bodies[longer[0]].kind not in {form.kind, ""}:
        return ""
    if " " not in key and bodies[longer[0]].articles.isdisjoint(form.articles):
        return ""
    rest = longer[0].removesuffix(f" {key}").split()
    countries = [word for word in rest if country_code(word)]
    if countries and not (countries == rest and _is_of_one_country(key, form, bodies[longer[0]])):
        return ""
    return longer[0]


def _is_of_one_country(key: str, form: SurfaceForm, stated: SurfaceForm) -> bool:
    """Return whether a body that one form names with its country is that body where another leaves the country out.

    Its name says more than every country's does ("Fish and Wildlife Service"), or an article has both forms. What every state
    has is left to its country ("the Ministry of Defence").
    """
    words = [word for word in key.split() if word not in lexicons.function_words()]
    both = not form.articles.isdisjoint(stated.articles)
    return not state_body(stated.text) and (len(words) >= MIN_WORDS or (both and len(words) > 1))


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
    known = len(words) > 1 and name_key(form.text) in lexicons.known_actors()
    given = form.kind == "person" and len(words) > 1 and name_key(words[0]) in lexicons.first_names()
    return not (known or given), -len(words), -len(form.text) * (len(words) == 1), -form.count, form.text


def _names(fullest: str, group: Sequence[SurfaceForm], kind: str, apart: frozenset[str]) -> list[str]:
    names = [fullest, *(text for form in group for text in form.texts)]
    if kind == "person":
        short = [one for form in group for text in form.texts for one in short_names(text)]
        names += [
            one
            for one in short
            if name_key(one) not in apart and (len(one) > 2 or name_key(one) not in lexicons.function_words())
        ]
    names += [other for name in dict.fromkeys(names) for other in listed_spellings(name)]
    return names + [acronym for form in group for acronym in sorted(form.acronyms)]


def _ids(fullest: str, group: Sequence[SurfaceForm], kind: str, event: str) -> list[str]:
    """Return ids for an actor of that fullest name, the best first."""
    if kind == "person" and " " not in fullest and event:
        return [_with_event(fullest, event), _with_event(f"{fullest}-{kind}", event)]
    plain = plain_name(fullest, [form.text for form in group]) if kind == "person" else fullest
    plain = usual_name(plain)
    id = slug(plain.removeprefix("The ").removeprefix("the "))
    own = [slug(f"{id} {fullest.split()[-1]}")] if kind == "person" and has_suffix(fullest) else []
    return [id, *own, slug(fullest), f"{id[:58]}-{kind}"]
