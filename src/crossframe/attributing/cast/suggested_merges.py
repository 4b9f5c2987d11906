"""Suggest which actors of a study may be one under two names: parties and members, seats of power, words left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.cast.group_owners import drop_places
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.text import match_key, name_key

_FILLERS = frozenset(["the", "of", "and", "&", "for", "on", "in", "to", "at"])
_FORMS = frozenset(
    [
        "news",
        "company",
        "corporation",
        "corp",
        "inc",
        "ltd",
        "group",
        "party",
        "organisation",
        "organization",
        "service",
    ]
)
"""Words that say what kind of body a name is, which news leaves out: "NBC" and "NBC News"."""
_OF_SUBJECTS = frozenset(["department", "ministry", "office", "bureau", "board", "bank"])
"""Bodies whose subject or place stands before or behind them: "Justice Department", "Department of Justice"."""
_COUNTRY_FIRST = re.compile(r"(?:u\.?s\.?|united states|u\.?k\.?|united kingdom)\s")
_PARTY_NOUNS = frozenset({"party", "union", "alliance", "movement", "front"})
_OF_A_PARTY = frozenset(
    ["democratic", "republican", "democratic-led", "republican-led", "labour", "conservative"]
)
_SHORTENING_RULES = frozenset(
    {"initials", "part", "state", "group", "surname", "clipped", "capital", "listed", "armed"}
)
"""Rules of names that leave something out, which two others may have."""
_SYNONYMS = {
    "army": "military", "armed forces": "military", "defence": "defense", "labour": "labor", "demonstrators": "protesters",
    "protestors": "protesters", "legislators": "lawmakers", "locals": "residents", "employees": "workers",
    "police officers": "police", "firefighters": "fire crews", "regime": "government",
}  # fmt: skip
"""Words for the same body or people, each with the one that stands for it."""
_ARMED = ("military", "forces", "troops", "soldiers")
MIN_ALIKE = 0.8
"""Share of letters in which two words must agree to be spellings of one."""
MIN_PROBABILITY = 0.5
"""Suggestions that are less often right are shown, and neither merged on request nor noted."""
_MAX_CLIPPED = 5
"""Letters that the only word of a name may have and still be another name's first, cut short ("Fed", "Met")."""
_MAX_CLIPPED_SHARE = 2 / 3
"""Letters of a word that are left where it is cut short ("Dept"); with more it may be another word."""


class FoundActor(NamedTuple):
    """An actor as the table of actors has it: event, id, name, kind."""

    event: str
    id: str
    name: str
    kind: str


class Merge(NamedTuple):
    """A suggestion that `actor` is `other` under another name: why, and how often that was right (probability)."""

    actor: str
    other: str
    why: str
    probability: float


class Rule(NamedTuple):
    """A reason for a merge: what it says, how often it was right, and whether it holds for actors of different events too."""

    why: str
    probability: float
    everywhere: bool


MERGE_RULES = {
    "words": Rule("the same words, but for a country or their order", 0.83, True),
    "initials": Rule("it has the initials of the other", 0.8, False),
    "synonym": Rule("another word for the same body", 0.67, True),
    "listed": Rule("another name of it in crossframe's lists", 0.67, True),
    "armed": Rule("the armed people of the same state or side", 0.5, False),
    "clipped": Rule("the words of the other, cut short", 0.75, True),
    "members": Rule("the members of the party", 0.9, True),
    "house": Rule("where the leaders of the country sit", 0.75, True),
    "white-house": Rule("where the president sits, and mostly the president's office alone", 0.08, True),
    "capital": Rule("the capital of the country", 0.67, True),
    "seats": Rule("the capital, and where the leaders of its country sit", 0.5, True),
    "government": Rule("the government of the country", 0.75, True),
    "state": Rule("the same body, with its state named", 0.5, False),
    "part": Rule("the same name with words left out", 0.83, False),
    "group": Rule("the same kind of people, described with fewer words", 0.87, False),
    "spelling": Rule("spelt nearly alike", 0.75, False),
    "surname": Rule("the surname of the other", 0.8, False),
}
"""The reasons. The probability of each is the share (Laplace: one right and one wrong added) that was right of the pairs it gave in
550 events of BASIL and NeuS: ``benchmarks/suggested_merges.tsv`` has them and says how they were judged, and
``benchmarks/suggested_merges.py`` counts, with Wilson's intervals. Few stand behind some: one to four pairs each behind listed,
clipped, spelling, house, initials, surname, synonym, part and words, and none behind armed, seats and state, whose 0.5 says that
nothing is known."""


def suggest_merges(actors: Sequence[FoundActor]) -> list[Merge]:
    """Return which actors may be one under two names.

    Parameters
    ----------
    actors : sequence of FoundActor
        Of all events of a study.

    Returns
    -------
    list of Merge
        The likeliest first. An actor is merged into one other at most, and never into one that is merged itself; a name that is
        short for two others, which are not one themselves, is merged into neither.

    Examples
    --------
    >>> [one] = suggest_merges([FoundActor("e", "republicans", "Republicans", "group"),
    ...                         FoundActor("e", "republican-party", "Republican Party", "party")])
    >>> one.actor, one.other, one.why
    ('republicans', 'republican-party', 'the members of the party')
    """
    found: dict[tuple[str, str], Merge] = {}
    for rule, actor, other in _without_rivals(list(list_pairs(actors))):
        merge = Merge(actor.id, other.id, MERGE_RULES[rule].why, MERGE_RULES[rule].probability)
        if (actor.id, other.id) not in found and (other.id, actor.id) not in found:
            found[actor.id, other.id] = merge
    chosen: dict[str, Merge] = {}
    targets: set[str] = set()
    for merge in sorted(found.values(), key=lambda one: (-one.probability, one.actor, one.other)):
        if merge.actor not in chosen and merge.actor not in targets and merge.other not in chosen:
            chosen[merge.actor] = merge
            targets.add(merge.other)
    return list(chosen.values())


def list_pairs(actors: Sequence[FoundActor]) -> Iterator[tuple[str, FoundActor, FoundActor]]:
    """Yield the name of a rule, the actor and the other for all pairs for which a rule has a reason."""
    by_id = {one.id: one for one in actors}
    events: dict[str, set[str]] = defaultdict(set)
    for one in actors:
        events[one.id].add(one.event)
    for one, two in combinations(sorted(by_id.values(), key=lambda actor: actor.id), 2):
        for left, right in ((one, two), (two, one)):
            rule = _reason(left, right)
            if rule and (MERGE_RULES[rule].everywhere or events[left.id] & events[right.id]):
                yield rule, left, right
                break


def _without_rivals(
    pairs: Sequence[tuple[str, FoundActor, FoundActor]],
) -> list[tuple[str, FoundActor, FoundActor]]:
    """Return the pairs without those in which one name may be short for two others: "police" beside Quay and Velm police."""
    both = {frozenset((actor.id, other.id)) for _, actor, other in pairs}
    others: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rule, actor, other in pairs:
        others[rule, actor.id].add(other.id)
    return [
        (rule, actor, other)
        for rule, actor, other in pairs
        if rule not in _SHORTENING_RULES
        or all(frozenset(two) in both for two in combinations(sorted(others[rule, actor.id]), 2))
    ]


def _reason(actor: FoundActor, other: FoundActor) -> str:
    """Return the rule by which `actor` may be `other` under another name, "" where there is none."""
    if actor.kind == other.kind == "person":
        return _reason_of_persons(actor.name, other.name)
    if "person" in {actor.kind, other.kind}:
        return ""
    code = "EU" if match_key(other.name) == "european union" else country_code(other.name)
    if other.kind == "country" or code == "EU":
        return _reason_of_state(actor, code)
    seat = _reason_of_seat(actor, other)
    if seat:
        return seat
    return "" if actor.kind == "country" else _reason_of_bodies(actor, other)


def _reason_of_seat(actor: FoundActor, other: FoundActor) -> str:
    """Return the rule by which a capital or seat of power may be a government, or another seat of it."""
    rule, codes = _seat_of(actor.name)
    body = state_body(other.name)
    words = body.split()
    if body.endswith(" government") and codes & {country_code(words[0]), country_code(" ".join(words[:-1]))}:
        return "house" if rule == "executive" else rule
    another, same = _seat_of(other.name)
    if not codes & same or another != "house" or rule not in {"capital", "house"}:
        return ""
    if rule == "capital":
        return "seats"
    return "house" if actor.name < other.name else ""


def _reason_of_state(actor: FoundActor, code: str) -> str:
    rule, codes = _seat_of(actor.name)
    if code in codes:
        return "white-house" if rule == "executive" else rule
    body = state_body(re.sub(r"\bregime$", "government", actor.name))
    if code and body.endswith(("government", "cabinet")):
        words = body.split()
        return "government" if code in {country_code(words[0]), country_code(" ".join(words[:2]))} else ""
    return ""


def _reason_of_bodies(actor: FoundActor, other: FoundActor) -> str:
    key, full = _plain(actor.name), _plain(other.name)
    words, longer = _content(key), _content(full)
    if words == longer and (len(actor.name), actor.id) <= (len(other.name), other.id):
        return "words"
    if _synonym(key) == _synonym(full) and (len(actor.name), actor.id) <= (len(other.name), other.id):
        return "synonym"
    called = _bodies_called(actor.name)
    if _synonym(full) in map(_synonym, called) or any(_are_members(full, body) for body in called):
        return "listed"
    if _are_armed(key, full) and _ARMED.index(_synonyms(full)[-1]) < _ARMED.index(_synonyms(key)[-1]):
        return "armed"
    if _are_clipped(key, full) or _begins(key, full) or _is_blend(key, full):
        return "clipped"
    if other.kind in {"party", "organisation"} and _are_members(key, full):
        return "members"
    if _has_initials(actor.name, other):
        return "initials"
    if "group" in {actor.kind, other.kind}:
        described = actor.kind == "group" and not actor.name[:1].isupper()
        return (
            "group"
            if described and drop_places(words) <= longer and key.split()[-1] == full.split()[-1]
            else ""
        )
    rest = _content(match_key(other.name)) - words
    if words and words < longer and "party" not in {actor.kind, other.kind}:
        return _reason_of_part(actor, key, full, rest)
    return "spelling" if key < full and _are_spellings(key, full) else ""


def _reason_of_part(actor: FoundActor, key: str, full: str, rest: frozenset[str]) -> str:
    """Return the rule by which a name may be a longer one without the words `rest`.

    A body of the lists by the short name, one of a state of America, and a place (of no known kind) are other actors.
    """
    listed = key in lexicons.known_actors() or kind_of_known(full) == "office"
    if rest <= _FORMS and actor.kind != "other":
        return "part"
    if listed or actor.kind == "other" or any(word in lexicons.us_states() for word in rest):
        return ""
    countries = {word for word in rest if country_code(word)}
    if countries:
        body = key.split()[-1] in lexicons.organisation_heads()
        stated = key != match_key(actor.name).removeprefix("the ")
        return (
            ("" if stated else "state")
            if countries == rest
            else ""
            if body
            else _part_by_head(key, full, rest)
        )
    return _part_by_head(key, full, rest)


def _part_by_head(key: str, full: str, rest: frozenset[str]) -> str:
    return "part" if key.split()[-1] == full.split()[-1] and not rest & _OF_A_PARTY else ""


def _synonym(key: str) -> frozenset[str]:
    """Return the words of a name, those that mean the same body replaced by one of them."""
    return _content(" ".join(_synonyms(key)))


def _synonyms(key: str) -> list[str]:
    for word, other in _SYNONYMS.items():
        key = re.sub(rf"\b{word}\b", other, key)
    return key.split()


@cache
def _bodies_called(name: str) -> frozenset[str]:
    """Return the full names of the bodies that a name means by crossframe's lists: what they are called, and where they sit."""
    key = name_key(name).removeprefix("the ")
    known = {name_key(lexicons.known_actors()[key][1])} - {key} if key in lexicons.known_actors() else set()
    return lexicons.other_names().get(key, frozenset()) | known


def _are_armed(key: str, full: str) -> bool:
    """Return whether two names are those of the armed people of one state or side: "Russian troops", "the Russian army"."""
    (*side, one), (*other_side, two) = _synonyms(key), _synonyms(full)
    return bool(side) and side == other_side and {one, two} <= set(_ARMED)


# --- short forms ------------------------------------------------------------------------------------------


def _are_clipped(key: str, full: str) -> bool:
    """Return whether a name has the other's words, some cut short: "Lib Dems", "Met Police", "Dept of Health"."""
    short, words = key.split(), full.split()
    if len(short) != len(words) or len(short) < 2 or key == full:
        return False
    return all(one == word or _is_short_for(one, word) for one, word in zip(short, words, strict=True))


def _is_short_for(short: str, word: str) -> bool:
    """Return whether a word begins another, or has its first letter, others of it in order, and its last ("dept", "govt")."""
    stem, whole = short.removesuffix("s").rstrip("."), word.removesuffix("s")
    if not 3 <= len(stem) <= _MAX_CLIPPED_SHARE * len(whole) or (country_code(short) and country_code(word)):
        return False
    letters = iter(whole)
    contracted = stem[0] == whole[0] and stem[-1] == whole[-1]
    return whole.startswith(stem) or (contracted and all(letter in letters for letter in stem))


def _begins(key: str, full: str) -> bool:
    """Return whether a name is the beginning of the other's first word, of several: "Fed", "Federal Reserve"."""
    first, *others = full.split()
    stem = key.removesuffix("s")
    cut = " " not in key and 3 <= len(stem) <= min(_MAX_CLIPPED, len(first) // 2)
    return bool(others) and cut and first.startswith(stem) and not country_code(key)


def _is_blend(key: str, full: str) -> bool:
    """Return whether a name is made of the beginnings of the other's words: "Ofcom", "Office of Communications"."""
    words = [word for word in full.split() if word not in _FILLERS]
    pattern = "".join(
        f"(?:{'|'.join(word[:n] for n in range(len(word), 0, -1))})" for word in map(re.escape, words)
    )
    return (
        2 <= len(words) < len(key)
        and len(key) >= 5
        and " " not in key
        and re.fullmatch(pattern, key) is not None
    )


def _has_initials(name: str, other: FoundActor) -> bool:
    """Return whether a name is the initials of the other, with or without its small words: "DOJ", "Justice Department".

    Two letters are initials in capitals only. A plural for the members of a party stands for it ("New Democrats", NDP).
    """
    letters = match_key(name).replace(".", "")
    if " " in letters or not 2 <= len(letters) <= 7 or (len(letters) < 3 and not name.isupper()):
        return False
    own = match_key(other.name).removeprefix("the ").replace("-", " ")
    *first, last = _plain(own).split()
    forms = [own, " ".join((*first, last))]
    if last in _OF_SUBJECTS:
        forms.append(" ".join((last, "of", *first)))
    if other.kind in {"party", "group"} and last.endswith("s"):
        forms.append(f"{forms[1]} party")
    return any(_are_initials(letters, form) for form in forms)


def _are_initials(letters: str, name: str) -> bool:
    """Return whether `letters` are the first ones of the words of a name; its small words may be left out."""
    words = [(re.escape(word[0]), "?" if word in _FILLERS else "") for word in name.split()]
    return re.fullmatch("".join(letter + optional for letter, optional in words), letters) is not None


def _are_members(key: str, party: str) -> bool:
    """Return whether a plural is what the members of a party are called: "republicans", "greens", "social democrats"."""
    *before, head = key.split()
    words = party.split()
    if words[-1] not in _PARTY_NOUNS or len(words) != len(before) + 2 or not head.endswith("s"):
        return False
    stem, word = head.removesuffix("s"), words[-2]
    alike = len(stem) >= 4 and (word in {stem, head} or (len(stem) >= 6 and word[:6] == stem[:6]))
    return alike and before == words[:-2]


def _reason_of_persons(name: str, other: str) -> str:
    one, two = _plain(name).split(), _plain(other).split()
    if len(one) == 1 and len(two) > 1:
        if one[0] == two[-1]:
            return "surname"
        return "spelling" if _are_spellings(one[0], two[-1]) else ""
    if len(one) != len(two) or len(one) < 2 or name > other:
        return ""
    return "spelling" if _are_spellings(one[-1], two[-1]) and _are_spellings(one[0], two[0]) else ""


def _are_spellings(one: str, two: str) -> bool:
    """Return whether two names have as many words, each nearly alike, and one of them long."""
    from rapidfuzz.distance import Levenshtein

    pairs = list(zip(re.split(r"[\s-]", one), re.split(r"[\s-]", two), strict=False))
    if len(one.replace("-", " ").split()) != len(two.replace("-", " ").split()) or len(one) < 5:
        return False
    return all(
        left == right
        or (min(len(left), len(right)) >= 5 and Levenshtein.normalized_similarity(left, right) >= MIN_ALIKE)
        for left, right in pairs
    )


@cache
def _seat_of(name: str) -> tuple[str, frozenset[str]]:
    """Return whether `name` is that of a capital or house of power, which are names of rules, and the codes of its states."""
    key = name_key(name)
    for kind in ("capital", "house", "executive"):
        for form in (key, key.removeprefix("the ")):
            if form in lexicons.seats(kind):
                return kind, lexicons.seats(kind)[form]
    return "", frozenset()


def _plain(name: str) -> str:
    key = match_key(name).removeprefix("the ")
    match = _COUNTRY_FIRST.match(key)
    return key[match.end() :] if match else key


def _content(key: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s").strip("'’") for word in key.split()) - _FILLERS
