"""How BASIL's gold names people and groups by slugs: their words, the actors they declare, and who is of which group."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from crossframe.attributing.coreference.profiles import (
    Profile,
    normal,
    persons_by_article,
    read_phrase,
    read_profiles,
)
from crossframe.attributing.find_actors import cast_names
from crossframe.attributing.names.spotting import Name, spot_names
from crossframe.records import Actor, Cast, Sentences, Spans
from crossframe.text import words

_GROUP_WORDS = frozenset(
    ["lawmakers", "democrats", "republicans", "officials", "campaign", "party", "companies", "members", "department",
     "house", "foundation", "administration", "committee", "now", "america", "plaintiffs", "protesters", "police", "congress"]
)  # fmt: skip
_REPUBLICANS, _DEMOCRATS = ("Republicans", "Republican", "GOP"), ("Democrats", "Democratic")
_PARTY = {
    "republican": _REPUBLICANS, "republicans": _REPUBLICANS, "gop": _REPUBLICANS,
    "democratic": _DEMOCRATS, "democrats": _DEMOCRATS,
}  # fmt: skip
"""How news calls the members of a party, by the words of a slug that name it ("house-democrats")."""
MIN_LETTERS = 3
"""A shorter last word is no surname that can stand alone ("chick-fil-a")."""
_CHAMBERS = {"house": "representative", "senate": "senator"}
_LAWMAKERS = frozenset({"lawmaker", "member"})
_LEADERS = frozenset({"leader", "majority leader", "minority leader", "speaker"})


def last_word(name: str) -> str:
    """Return the last word of a slug."""
    return name.rsplit("-", 1)[-1]


def names_person(name: str) -> bool:
    """Return whether a slug names one person: two words or more, none of them a group's or an office's."""
    return "-" in name and not _GROUP_WORDS & set(name.split("-"))


# --- targets --------------------------------------------------------------------------------------------


def declare_target(target: str) -> Actor:
    """Return the actor that a slug of BASIL means.

    Parameters
    ----------
    target : str
        Slug of a target or of a judged actor.

    Returns
    -------
    Actor
        A person goes by full name and surname, a group by its name, capitalised and in lower case, and by its party's names.

    Examples
    --------
    >>> declare_target("paul-ryan").names
    ('Paul Ryan', 'Ryan')
    >>> declare_target("house-democrats").names
    ('House Democrats', 'house democrats', 'Democrats', 'Democratic')
    """
    plain = target.replace("-", " ")
    party = [name for word in target.split("-") for name in _PARTY.get(word, ())]
    if names_person(target) and not party and len(last_word(target)) >= MIN_LETTERS:
        return Actor(target, plain.title(), (last_word(target).title(),), "person")
    return Actor(target, plain.title(), tuple(dict.fromkeys((plain, *party))))


def find_targets(sentences: Sentences, targets: Sequence[str], names: Sequence[Name]) -> Spans:
    """Return where the articles of one event mention each target: by name, description or pronoun.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    targets : sequence of str
        Slugs. Each is looked for by itself, since several may go by one name ("gop-leaders", "republicans").
    names : sequence of Name
        Names found in `sentences`.

    Returns
    -------
    Spans
        Mentions, target after target.
    """
    by_target = []
    for target in targets:
        mentions = cast_names(sentences, [declare_target(target)], names).mentions
        by_target.append(mentions.select(np.array([actor == target for actor in mentions.actor], dtype=bool)))
    return Spans.concat(by_target)


# --- groups ---------------------------------------------------------------------------------------------


def profiles_of(sentences: Sentences, cast: Cast) -> dict[str, Profile]:
    """Return what the articles say about every person, by id of the actor, or "~" and surname."""
    names = spot_names(sentences)
    return read_profiles(sentences, cast, names, persons_by_article(sentences, cast, names))


def is_member(group: str, speaker: str, speaker_text: str, profiles: Mapping[str, Profile]) -> bool:
    """Return whether a speaker is said to be what every word of the group's name says.

    Parameters
    ----------
    group : str
        Slug of the group ("house-democrats"); of several joined by "and" one is enough.
    speaker, speaker_text : str
        Id of the actor, or "", and the words that name the speaker.
    profiles : mapping of str to Profile
        From `profiles_of`.

    Returns
    -------
    bool
        By party, office, chamber, place and body that the words or the articles name ("Rep. Doe (D-Ohio)" is of the
        House Democrats); a candidate is of his campaign.

    Examples
    --------
    >>> doe = Profile(marks={"democrat", "ohio"})
    >>> doe.roles.update(["representative"])
    >>> is_member("house-democrats", "jane-doe", "Doe", {"jane-doe": doe})
    True
    >>> is_member("senate-democrats", "jane-doe", "Doe", {"jane-doe": doe})
    False
    """
    surname = (words(re.split(r"[,(]", speaker_text)[0]) or [""])[-1]
    if group in {f"{name.rsplit('-', 1)[-1]}-campaign" for name in (speaker, surname) if name}:
        return True
    profile = profiles.get(speaker) or profiles.get(f"~{surname}") or Profile()
    phrase = read_phrase(speaker_text)
    profile = Profile("", profile.roles + Counter(phrase.roles), profile.marks | phrase.marks)
    return any(
        all(_is_called(profile, _singular(word)) for word in part.split("-")) for part in group.split("-and-")
    )


def _singular(word: str) -> str:
    key = normal(word.capitalize())
    return normal(key[:-1]) if key == word and key.endswith("s") and not key.endswith("ss") else key


def _is_called(profile: Profile, word: str) -> bool:
    if word in _LAWMAKERS:
        return profile.has_role("lawmaker") or bool(_LEADERS & profile.roles.keys()) or word in profile.marks
    if word == "official":
        return bool(profile.roles)
    return word in set(map(_singular, profile.marks)) or profile.has_role(_CHAMBERS.get(word, word))
