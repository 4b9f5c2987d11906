"""Whether a speaker belongs to the group that gold names: by the party, office and place that the articles tell."""

import re
from collections import Counter
from collections.abc import Mapping

from crossframe.attributing.coreference.profiles import (
    Profile,
    normal,
    persons_by_article,
    read_phrase,
    read_profiles,
)
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Cast, Sentences
from crossframe.text import words

_CHAMBERS = {"house": "representative", "senate": "senator"}
_LAWMAKERS = frozenset({"lawmaker", "member"})
_LEADERS = frozenset({"leader", "majority leader", "minority leader", "speaker"})


def profiles_of(sentences: Sentences, cast: Cast) -> dict[str, Profile]:
    """Return what the articles tell of every person, by id of the actor, or "~" and surname."""
    spotted = spot_names(sentences)
    return read_profiles(sentences, cast, spotted, persons_by_article(sentences, cast, spotted))


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
        By party, office, chamber, place and body that the words or the articles tell ("Rep. Doe (D-Ohio)" is of the
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
        all(_tells(profile, _singular(word)) for word in part.split("-")) for part in group.split("-and-")
    )


def _singular(word: str) -> str:
    key = normal(word.capitalize())
    return normal(key[:-1]) if key == word and key.endswith("s") and not key.endswith("ss") else key


def _tells(profile: Profile, word: str) -> bool:
    if word in _LAWMAKERS:
        return profile.bears("lawmaker") or bool(_LEADERS & profile.roles.keys()) or word in profile.marks
    if word == "official":
        return bool(profile.roles)
    return word in set(map(_singular, profile.marks)) or profile.bears(_CHAMBERS.get(word, word))
