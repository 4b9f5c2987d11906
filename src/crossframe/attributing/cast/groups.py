"""Groups and collective actors: whom an event describes again and again and never names, as police, residents, the council."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.cast.group_heads import ABROAD, Cases, body_plurals, unnamed_bodies
from crossframe.attributing.cast.group_owners import (
    FIELDED,
    Place,
    find_owners,
    join_phrases,
    name_anchor,
    take_up_nations,
    words_of,
)
from crossframe.attributing.cast.group_phrases import find_group_phrases
from crossframe.attributing.cast.group_signs import find_people
from crossframe.attributing.coreference.bodies import Bodies
from crossframe.attributing.coreference.plurals import find_plurals
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import is_headline, split_words
from crossframe.records import Actor, Cast, Sentences, Spans
from crossframe.text import match_key, slug

MIN_OUTLETS = 2
"""A group that as many outlets speak of is an actor of the event ..."""
MIN_SENTENCES = 5
"""... and so is one of which as many sentences speak; generic sets of people ("children cannot eat a promise") reach neither."""
MIN_MENTIONS_OF_ONE = 3
"""Mentions where the event has one outlet only: nobody else can speak of the group. Two are enough where the later one has "the" or
a pronoun, by which news takes up whom it has introduced."""
MIN_MENTIONS_OF_BODY = 2
"""A body of a stated place ("Velm's embassy in Quay"), and one that is named once, count as those that have a name."""


class GroupMention(NamedTuple):
    """A phrase that means a group: article, offsets in the document, where its noun begins, its name there, id of the actor."""

    article: str
    start: int
    end: int
    noun: int
    form: str
    actor: str


@dataclass(frozen=True)
class Groups:
    """The groups of an event: actors, their mentions and further descriptions of actors that have a name.

    ``named`` has the ids of bodies that are named too seldom to be actors, and described often enough; ``renamed`` has article and
    start of mentions by name that mean one of these groups or bodies ("the Danes").
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[GroupMention, ...] = ()
    named: frozenset[str] = frozenset()
    renamed: frozenset[tuple[str, int]] = frozenset()

    def spans(self, taken: Spans) -> Spans:
        """Return the mentions, of kind ``nominal``, without those whose noun lies in a mention of `taken`."""
        by_article: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in taken.rows():
            by_article[row["article"]].append((row["start"], row["end"]))
        return Spans.from_rows(
            {
                "article": one.article,
                "start": one.start,
                "end": one.end,
                "actor": one.actor,
                "kind": "nominal",
            }
            for one in self.mentions
            if not any(start <= one.noun < end for start, end in by_article[one.article])
        )


def find_groups(
    sentences: Sentences, cast: Cast, names: Sequence[Name], bodies: Bodies, seldom: Sequence[Actor] = ()
) -> Groups:
    """Return the groups, and the bodies without a name, that the articles of an event describe.

    Phrases with the same noun are one group, by place or body where the text states one. "Police" in an event of
    which all articles that state a place write "Quay police" is the Quay police; where several places have police, it is
    the one that its own article states, else the police in general. A body that the event names once ("Quay Town Council")
    owns its descriptions ("the council"). A group is an actor when two outlets speak of it, or five sentences; three
    mentions where the event has one outlet; pronouns that mean it count. "The company" is an actor where no article
    has a name for it, and it says something.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Its other actors and all their mentions; they keep their words.
    names : sequence of Name
        Of the event: which words are names where a sentence begins with them.
    bodies : Bodies
        What the event says of the bodies that it names.
    seldom : sequence of Actor
        Who is named, too seldom to be an actor of the cast.

    Returns
    -------
    Groups
        Actors of kind ``group``, sorted by id, with the forms in use as names; mentions in order.
    """
    cases = _read_cases(sentences, names)
    places, of_bodies = take_up_nations([*_places(sentences, cast, cases)], bodies)
    people = lexicons.natives().keys() | cases.persons
    seldom = [one for one in seldom if match_key(one.name) not in people]
    owners = find_owners(places, [*cast.actors, *seldom], cast.mentions, bodies) | of_bodies
    n_outlets = len({article.outlet for article in sentences.articles})
    described = {actor.id: [one for one in owners if owners[one] == actor.id] for actor in seldom}
    named = frozenset(
        id
        for id, own in described.items()
        if _is_actor(own, n_outlets) or len({one.row for one in own}) >= MIN_MENTIONS_OF_BODY
    )
    groups = dict(sorted(join_phrases([one for one in places if one not in owners]).items()))
    known = {actor.id for actor in cast.actors} | named
    made = dict(zip(_make_actors(groups, known), groups.values(), strict=True))
    taken_up = _taken_up(sentences, cast, names, made)
    kept = {
        actor: own
        for actor, own in made.items()
        if _is_actor(own, n_outlets, taken_up[actor.id]) and _is_somebody(own)
    }
    mentions = [_mention(one, _form_of(actor, one), actor.id) for actor, own in kept.items() for one in own]
    mentions += [_mention(one, one.words, id) for one, id in owners.items() if id in known]
    order = {article.id: number for number, article in enumerate(sentences.articles)}
    mentions.sort(key=lambda one: (order[one.article], one.start))
    meant = {one for own in kept.values() for one in own} | {one for one, id in owners.items() if id in known}
    renamed = frozenset((one.article, _noun_at(one)) for one in meant if one.named)
    return Groups(tuple(sorted(kept, key=lambda actor: actor.id)), tuple(mentions), named, renamed)


def _mention(one: Place, form: str, actor: str) -> GroupMention:
    return GroupMention(one.article, one.start, one.end, _noun_at(one), form, actor)


def _noun_at(one: Place) -> int:
    return one.start + one.phrase.noun - one.phrase.start


def without_forms(actors: Sequence[Actor], groups: Groups) -> list[Actor]:
    """Return the actors without the names that are forms of groups: these are found as phrases, not as names."""
    forms = {match_key(name) for actor in groups.actors for name in actor.names}
    left = {actor.id: [name for name in actor.names if match_key(name) not in forms] for actor in actors}
    return [
        replace(actor, name=left[actor.id][0], aliases=tuple(left[actor.id][1:]))
        for actor in actors
        if left[actor.id]
    ]


def edit_groups(groups: Groups, before: Sequence[Actor], actors: Sequence[Actor]) -> Groups:
    """Return the groups as a researcher's edits have them.

    Parameters
    ----------
    groups : Groups
        As found.
    before, actors : sequence of Actor
        The event's actors without the edits, and with them.

    Returns
    -------
    Groups
        A mention belongs to whoever has its form now: the group, or an actor that it was merged into or that took the form.
        ``actors`` are the owners.
    """
    forms = {(actor.id, match_key(name)) for actor in groups.actors for name in actor.names}
    named = {actor.id: match_key(actor.name) for actor in before}
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for name in actor.names:
            bearers[match_key(name)].append(actor.id)
    mentions = []
    for one in groups.mentions:
        form = match_key(one.form)
        ids = bearers.get(form if (one.actor, form) in forms else named[one.actor], ())
        if ids:
            mentions.append(one._replace(actor=one.actor if one.actor in ids else ids[0]))
    owners = {one.actor for one in mentions} & {actor.id for actor in actors}
    kept = [actor for actor in actors if actor.id in owners]
    return Groups(tuple(kept), tuple(mentions))


# --- phrases --------------------------------------------------------------------------------------------


def _places(sentences: Sentences, cast: Cast, cases: Cases) -> Iterator[Place]:
    """Yield the phrases of all sentences whose noun is no mention of an actor yet, but for nations' names behind "the"."""
    taken: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention in cast.mentions.rows():
        taken[mention["article"]].append((mention["start"], mention["end"], mention["actor"]))
    ids = {match_key(name).removeprefix("the "): actor.id for actor in cast.actors for name in actor.names}
    nations = {actor.id for actor in cast.actors if actor.kind == "group" and not actor.declared}
    for row, text in enumerate(sentences.text):
        article, offset = sentences.article_of(row), int(sentences.start[row])
        for phrase in find_group_phrases(text, cases):
            start, end = phrase.start + offset, phrase.end + offset
            noun = phrase.noun + offset
            named = next(
                (
                    id
                    for first, last, id in taken[article.id]
                    if first < noun + len(phrase.head) and noun < last
                ),
                "",
            )
            native = phrase.head in lexicons.natives() and bool(phrase.definite or phrase.anchor)
            if not named or (named in nations and native):
                words, anchor = words_of(phrase), name_anchor(phrase.anchor, ids)
                title = bool(article.title) and int(sentences.index[row]) == 0
                yield Place(article.id, article.outlet, row, start, end, phrase, words, anchor, named, title)


def _read_cases(sentences: Sentences, names: Sequence[Name]) -> Cases:
    lower: set[str] = set()
    capitals = {word for name in names if name.kind for word in match_key(name.text).split()}
    for text in sentences.text:
        words = split_words(text)
        headline = is_headline(text, words)
        for word in words:
            if not word.capital:
                lower.add(word.key)
            elif not word.opens and not headline:
                capitals.add(word.key)
    cases = Cases(frozenset(lower), frozenset(capitals))
    return cases._replace(persons=find_people(sentences, names, cases))


def _is_actor(places: Sequence[Place], n_outlets: int, taken_up: Sequence[int] = ()) -> bool:
    """Return whether a group is an actor; `taken_up` are the rows of pronouns that mean it."""
    if not places:
        return False
    rows = {one.row for one in places}
    n_sentences = len(rows | {*taken_up})
    states = all(one.anchor for one in places) and places[0].phrase.head in lexicons.people_nouns("bodies")
    if states and len(places) + len(taken_up) >= MIN_MENTIONS_OF_BODY:
        return True
    if n_outlets > 1:
        return len({one.outlet for one in places}) >= MIN_OUTLETS or n_sentences >= MIN_SENTENCES
    if len(places) + len(taken_up) >= MIN_MENTIONS_OF_ONE:
        return True
    again = any(one.phrase.definite and one.row > places[0].row for one in places)
    return again or any(row > places[0].row for row in taken_up)


def _is_somebody(places: Sequence[Place]) -> bool:
    """Return whether a body without a name says something somewhere; all other groups are somebody."""
    heads = unnamed_bodies() | body_plurals()
    return places[0].phrase.head not in heads or any(one.phrase.speaks for one in places)


def _taken_up(
    sentences: Sentences, cast: Cast, names: Sequence[Name], groups: Mapping[Actor, Sequence[Place]]
) -> dict[str, list[int]]:
    """Return by id of a group the rows of the pronouns that mean it."""
    spans = Spans.from_rows(
        {"article": one.article, "start": one.start, "end": one.end, "actor": actor.id, "kind": "nominal"}
        for actor, places in groups.items()
        for one in places
        if not one.named
    )
    whole = Cast((*cast.actors, *groups), Spans.concat([cast.mentions, spans]))
    rows: dict[str, list[int]] = defaultdict(list)
    for article, links in find_plurals(sentences, whole, names).items():
        for one in links:
            rows[one.id].append(sentences.locate(article, one.start))
    return rows


# --- actors ---------------------------------------------------------------------------------------------


def _make_actors(groups: Mapping[tuple[str, str], Sequence[Place]], used: set[str]) -> list[Actor]:
    """Return an actor for every group, in their order."""
    actors: dict[str, Actor] = {}
    for (words, anchor), places in groups.items():
        stated = _name_of_anchor(places)
        parts = (words, stated) if stated == ABROAD else (stated, words)
        full = " ".join(part for part in parts if part) if anchor else words
        id = slug(full)
        id = f"{id[:58]}-group" if id in used | actors.keys() else id
        kind = "organisation" if places[0].phrase.head in unnamed_bodies() else "group"
        actor = Actor(id, full, (), kind, declared=False)
        forms = dict.fromkeys(_form_of(actor, one) for one in places)
        actors[id] = replace(actor, aliases=tuple(form for form in forms if form != full))
    return [*actors.values()]


def _form_of(group: Actor, one: Place) -> str:
    """Return the form of a group's name that a phrase has: all of it where it states the place or body."""
    if one.anchor and one.phrase.head in FIELDED:
        return " ".join((*group.name.split()[:-1], one.phrase.head))
    return group.name if one.anchor else one.words


def _name_of_anchor(places: Iterable[Place]) -> str:
    """Return the most frequent name of the place or body, those before the noun ("Israeli officials") first."""
    counts = Counter((one.phrase.anchor_before, one.phrase.anchor) for one in places if one.anchor)
    return min(
        counts, key=lambda one: (one[1] == ABROAD, not one[0], -counts[one], one[1]), default=(False, "")
    )[1]
