"""Actors that BASIL's gold calls by a slug, declared by the names that news gives them, and found in its articles."""

from collections.abc import Sequence

import numpy as np

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor, Sentences, Spans
from crossframe.studies.evaluate.attribution import last_word, names_person

_REPUBLICANS, _DEMOCRATS = ("Republicans", "Republican", "GOP"), ("Democrats", "Democratic")
_PARTY = {
    "republican": _REPUBLICANS, "republicans": _REPUBLICANS, "gop": _REPUBLICANS,
    "democratic": _DEMOCRATS, "democrats": _DEMOCRATS,
}  # fmt: skip
"""How news calls the members of a party, by the words of a slug that name it ("house-democrats")."""


LEAST_LETTERS = 3
"""A shorter last word is no surname that can stand alone ("chick-fil-a")."""


def declare_target(target: str) -> Actor:
    """Return the actor that a slug of BASIL means.

    Parameters
    ----------
    target : str
        Slug of a target or of a judged actor.

    Returns
    -------
    Actor
        A person goes by full name and surname, a group by its name, written large or small, and by its party's names.

    Examples
    --------
    >>> declare_target("paul-ryan").names
    ('Paul Ryan', 'Ryan')
    >>> declare_target("house-democrats").names
    ('House Democrats', 'house democrats', 'Democrats', 'Democratic')
    """
    plain = target.replace("-", " ")
    party = [name for word in target.split("-") for name in _PARTY.get(word, ())]
    if names_person(target) and not party and len(last_word(target)) >= LEAST_LETTERS:
        return Actor(target, plain.title(), (last_word(target).title(),), "person")
    return Actor(target, plain.title(), tuple(dict.fromkeys((plain, *party))))


def find_targets(sentences: Sentences, targets: Sequence[str], spotted: Sequence[Name]) -> Spans:
    """Return where the articles of one event mention each target: by name, description or pronoun.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    targets : sequence of str
        Slugs. Each is looked for by itself, since several may go by one name ("gop-leaders", "republicans").
    spotted : sequence of Name
        Names found in `sentences`.

    Returns
    -------
    Spans
        Mentions, target after target.
    """
    parts = []
    for target in targets:
        mentions = find_actors(sentences, [declare_target(target)], spotted=spotted).mentions
        parts.append(mentions.select(np.array([actor == target for actor in mentions.actor], dtype=bool)))
    return Spans.concat(parts)
