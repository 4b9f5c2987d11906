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
_COUNTRY_FIRST = re.compile(r"(?:u\.?s\.?|united states|u\.?k\.?|united kingdom)\s")
_PARTY_NOUNS = frozenset({"party", "union", "alliance", "movement", "front"})
_OF_A_PARTY = frozenset(
    ["democratic", "republican", "democratic-led", "republican-led", "labour", "conservative"]
)
_SHORTENING_RULES = frozenset({"initials", "part", "state", "group", "surname", "clipped", "capital"})
"""Rules of names that leave something out, which two others may have."""
_SYNONYMS = {"army": "military", "armed forces": "military", "defence": "defense", "labour": "labor"}
MIN_ALIKE = 0.8
"""Share of letters in which two words must agree to be spellings of one."""


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
    "initials": Rule("it has the initials of the other", 0.67, False),
    "synonym": Rule("another word for the same body", 0.5, True),
    "clipped": Rule("the words of the other, cut short", 0.5, True),
    "members": Rule("the members of the party", 0.9, True),
    "house": Rule("where the leaders of the country sit", 0.75, True),
    "capital": Rule("the capital of the country", 0.5, True),
    "seats": Rule("the capital, and where the leaders of its country sit", 0.5, True),
    "government": Rule("the government of the country", 0.75, True),
    "state": Rule("the same body, with its state named", 0.5, False),
    "part": Rule("the same name with words left out", 0.83, False),
    "group": Rule("the same kind of people, described with fewer words", 0.87, False),
    "spelling": Rule("spelt nearly alike", 0.67, False),
    "surname": Rule("the surname of the other", 0.8, False),
}
"""The reasons. The probability of each is the share (Laplace: one right and one wrong added) that was right of the pairs it gave in
550 events of BASIL and NeuS: ``benchmarks/suggested_merges.tsv`` has them and says how they were judged, and
``benchmarks/suggested_merges.py`` counts. Few stand behind some: one pair each behind initials and spelling, and none behind
synonym, clipped, seats and state, whose 0.5 says that nothing is known."""


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
        return rule
    another, same = _seat_of(other.name)
    if not codes & same or another != "house":
        return ""
    if rule == "capital":
        return "seats"
    return "house" if actor.name < other.name else ""


def _reason_of_state(actor: FoundActor, code: str) -> str:
    rule, codes = _seat_of(actor.name)
    if code in codes:
        return rule
    body = state_body(actor.name)
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
    if _are_clipped(key, full):
        return "clipped"
    if other.kind in {"party", "organisation"} and _are_members(key, full):
        return "members"
    letters = key.replace(".", "")
    if (
        " " not in key
        and 3 <= len(letters) <= 7
        and letters in {_initials(full), _initials(match_key(other.name))}
    ):
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
    for word, other in _SYNONYMS.items():
        key = re.sub(rf"\b{word}\b", other, key)
    return _content(key)


def _are_clipped(key: str, full: str) -> bool:
    """Return whether every word of a name begins the other's word, and is shorter: "Lib Dems", "Liberal Democrats"."""
    short, words = key.split(), full.split()
    if len(short) != len(words) or len(short) < 2:
        return False
    stems = [word.removesuffix("s") for word in short]
    return all(
        len(stem) >= 3 and len(stem) < len(word.removesuffix("s")) and word.startswith(stem)
        for stem, word in zip(stems, words, strict=True)
    )


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
    for kind in ("capital", "house"):
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


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in _FILLERS)
