"""Resolve spotted names into actors of an event: one actor, all its names; people of one surname kept apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crossframe import lexicons
from crossframe.attributing.names import Name
from crossframe.attributing.words import country_code, kind_of_known
from crossframe.records import Actor
from crossframe.text import match_key, slug


@dataclass
class _Form:
    """One written form of a name, with the evidence of all its occurrences."""

    text: str
    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    place: int = 0
    acts: int = 0
    subject: int = 0
    certain: int = 0
    titled: int = 0
    acronyms: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    kind: str = ""


def discover_actors(spotted: Sequence[Name], declared: Sequence[Actor]) -> list[Actor]:
    """Return the actors that the event's `spotted` names tell, those that are `declared` left out.

    Parameters
    ----------
    spotted : sequence of Name
        From all articles of one event.
    declared : sequence of Actor
        They own their names: a form that is theirs, or compatible with a declared person's, makes no new actor.

    Returns
    -------
    list of Actor
        ``declared`` False, sorted by id; ids are slugs of the fullest name.
    """
    forms = _collect_forms(spotted)
    for form in forms.values():
        form.kind = _judge(form)
    _judge_by_surname(forms)
    taken = {match_key(name).removeprefix("the ") for actor in declared for name in actor.names}
    free = {key: form for key, form in forms.items() if key not in taken}
    people = _group_people(free, declared)
    bodies = _group_bodies(free)
    return _name_actors([*people, *bodies], {actor.id for actor in declared})


def declared_short_forms(spotted: Sequence[Name], declared: Sequence[Actor]) -> dict[str, list[str]]:
    """Return declared person's id -> further forms: spellings of the full name, and the surname after it.

    A surname alone is a form of a declared person when the event has the full name somewhere. Whether somebody
    else of the event bears it too is settled where mentions are found.
    """
    forms = _collect_forms(spotted)
    found: dict[str, list[str]] = {}
    for actor in declared:
        full = [
            name for name in actor.names if actor.kind == "person" and len(_given_and_surname(name)[0]) > 0
        ]
        seen = [
            form.text
            for form in forms.values()
            if any(form.text == name or _compatible(form.text, name) for name in full) and " " in form.text
        ]
        if seen:
            short = [one for name in [*full, *seen] for one in _suffixes(name)]
            found[actor.id] = list(dict.fromkeys([*seen, *short]))
    return found


# --- forms ----------------------------------------------------------------------------------------------


def _collect_forms(spotted: Iterable[Name]) -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for name in spotted:
        text = _full_form(name)
        form = forms.setdefault(match_key(text).removeprefix("the "), _Form(text))
        form.count += 1
        form.kinds[name.kind] += 1
        form.place += name.place
        form.acts += name.acts
        form.subject += name.subject
        form.certain += name.certain
        form.titled += bool(name.title)
        form.spellings[name.text] += 1
        if name.acronym:
            form.acronyms[name.acronym] += 1
    return forms


def _full_form(name: Name) -> str:
    """Return the name, with the owner's adjective where a country owns it ("Georgia's Foreign Ministry")."""
    if name.owner and country_code(name.text.split()[0]) == "":
        adjective = next((word for word, code in lexicons.demonyms().items() if code == name.owner), "")
        if adjective:
            return f"{adjective.capitalize()} {name.text}"
    known = lexicons.known_actors().get(match_key(name.text))
    return known[1] if known else name.text


def _judge(form: _Form) -> str:
    """Return the kind of actor that the evidence of a form tells, "" where it tells none."""
    known = kind_of_known(form.text)
    if known:
        return known
    told = [kind for kind in ("organisation", "party", "group", "office") if form.kinds[kind]]
    if told:
        return told[0]
    if form.kinds["person"]:
        return "person"
    length = len(form.text.split())
    if form.kinds["other"]:
        return ""
    if form.acts and 2 <= length <= 3 and form.place == 0:
        return "person"
    return ""


def _judge_by_surname(forms: dict[str, _Form]) -> None:
    """Call a form a person's when its last word alone is somebody with a title, or somebody who says something."""
    for form in forms.values():
        words = form.text.split()
        single = forms.get(words[-1].casefold())
        if form.kind or form.kinds["other"] or not 2 <= len(words) <= 3 or single is None or single is form:
            continue
        if single.kind == "person" or (single.acts and not single.place):
            form.kind = "person"


# --- people ---------------------------------------------------------------------------------------------


def _given_and_surname(name: str) -> tuple[list[str], str]:
    words = [
        word for word in match_key(name).replace(".", "").split() if word not in lexicons.name_parts("suffix")
    ]
    first = len(words) - 1
    while first > 1 and words[first - 1] in lexicons.name_parts("particle"):
        first -= 1
    surname = " ".join(words[first:])
    return words[:first], surname.removeprefix("al-").removeprefix("el-")


def _suffixes(name: str) -> list[str]:
    words = [word for word in name.split() if word.casefold().strip(".") not in lexicons.name_parts("suffix")]
    short = [" ".join(words[i:]) for i in range(1, len(words)) if len(words[i].strip(".")) > 1]
    bare = [word[3:] for word in words[-1:] if word[:3] in {"al-", "el-"}]
    return [
        one for one in short if one.split()[0].casefold() not in lexicons.name_parts("particle") or " " in one
    ] + bare


def _compatible(left: str, right: str) -> bool:
    """Return whether two full names may be one person's: same surname, given names that do not contradict.

    Examples
    --------
    >>> _compatible("Chuck Grassley", "Charles E. Grassley"), _compatible("Bill Clinton", "Hillary Clinton")
    (True, False)
    """
    (given, surname), (other, same) = _given_and_surname(left), _given_and_surname(right)
    if surname != same or not given or not other:
        return False
    if not _same_given(given[0], other[0]):
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


def _group_people(forms: dict[str, _Form], declared: Sequence[Actor]) -> list[list[_Form]]:
    full = [form for form in forms.values() if form.kind == "person" and _given_and_surname(form.text)[0]]
    names = [name for actor in declared if actor.kind == "person" for name in actor.names]
    full = [form for form in full if not any(_compatible(form.text, name) for name in names)]
    groups: list[list[_Form]] = []
    for form in sorted(full, key=lambda one: (-len(one.text.split()), -one.count, one.text)):
        fitting = [group for group in groups if all(_compatible(form.text, one.text) for one in group)]
        if len(fitting) == 1:
            fitting[0].append(form)
        elif not fitting:
            groups.append([form])
    surnames = {_given_and_surname(one.text)[1] for group in groups for one in group}
    surnames |= {_given_and_surname(name)[1] for name in names if " " in name}
    givens = Counter(_given_and_surname(group[0].text)[0][0] for group in groups)
    for form in forms.values():
        single = " " not in form.text and form.text.casefold() not in surnames
        if form.kind == "person" and single and form.text.casefold() not in givens:
            groups.append([form])
    return groups


# --- bodies, countries, groups --------------------------------------------------------------------------


def _group_bodies(forms: dict[str, _Form]) -> list[list[_Form]]:
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
        longer = _longer_form(key, form, bodies)
        if owner[key] == key and longer:
            owner[key] = longer
    groups: dict[str, list[_Form]] = defaultdict(list)
    for key, form in bodies.items():
        if form.kind == "" and key in people:
            continue
        root = owner[key] if owner[owner[key]] == owner[key] else owner[owner[key]]
        groups[root].append(form)
    return [group for group in groups.values() if _is_actor(group)]


def _longer_form(key: str, form: _Form, bodies: dict[str, _Form]) -> str:
    """Return the one longer form that `key` shortens: same end or beginning, or the words of an acronym; else ""."""
    left, of, right = key.partition(" of ")
    turned = f"{right.removeprefix('the ')} {left}"
    if of and turned in bodies:
        return turned
    letters = key.replace(".", "")
    if letters.isalpha() and 3 <= len(letters) <= 6 and form.text.replace(".", "").isupper():
        found = [k for k in bodies if " " in k and _initials(bodies[k].text) == letters]
        return found[0] if len(found) == 1 else ""
    if form.kind not in {"organisation", "party"} or " " not in key:
        return ""
    found = [k for k in bodies if k.endswith(f" {key}") or k.startswith(f"{key} ")]
    if len(found) != 1 or bodies[found[0]].kind != form.kind:
        return ""
    rest = found[0].removesuffix(f" {key}").split()
    return "" if any(country_code(word) for word in rest) else found[0]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper()).casefold()


def _is_actor(group: Sequence[_Form]) -> bool:
    """Return whether the forms look like an actor's: of a known kind, or the subject of a clause and no mere place."""
    if any(form.kind for form in group):
        return True
    acts = sum(form.subject for form in group)
    return any(form.certain for form in group) and acts > 0 and acts >= sum(form.place for form in group)


# --- names and ids --------------------------------------------------------------------------------------


def _name_actors(groups: Iterable[Sequence[_Form]], used: set[str]) -> list[Actor]:
    made: dict[str, Actor] = {}
    for group in sorted(groups, key=lambda forms: min(form.text for form in forms)):
        fullest = min(
            group, key=lambda f: (-len(f.text.split()), -len(f.text) * (" " not in f.text), -f.count, f.text)
        )
        kind = next((form.kind for form in group if form.kind), "other")
        names = [fullest.text, *(one for form in group for one in (form.text, *sorted(form.spellings)))]
        if kind == "person":
            names += [one for form in group for one in _suffixes(form.text)]
        names += [acronym for form in group for acronym in sorted(form.acronyms)]
        plain = _without_initials(fullest.text) if kind == "person" else fullest.text
        id = slug(plain.removeprefix("The ").removeprefix("the "))
        if id in used or id in made:
            id = slug(fullest.text)
        if id in used or id in made:
            id = f"{id[:58]}-{kind}"
        if id not in used and id not in made:
            made[id] = Actor(id, fullest.text, tuple(dict.fromkeys(names)), kind, declared=False)
    return [made[id] for id in sorted(made)]


def _without_initials(name: str) -> str:
    words = name.split()
    kept = [
        w
        for i, w in enumerate(words)
        if i == 0 or (len(w.strip(".")) > 1 and w.casefold().strip(".") not in lexicons.name_parts("suffix"))
    ]
    return " ".join(kept) if len(kept) > 1 else name
