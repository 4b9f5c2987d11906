"""Groups and collective actors: whom an event describes again and again and never names, as police, residents, the council."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.cast.group_phrases import (
    OF_EVERY_STATE,
    PLACE_NOUNS,
    Cases,
    GroupPhrase,
    find_group_phrases,
)
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, is_headline, split_words
from crossframe.records import Actor, Cast, Sentences, Spans
from crossframe.text import match_key, slug

MIN_OUTLETS = 2
"""A group that as many outlets speak of is an actor of the event ..."""
MIN_SENTENCES = 5
"""... and so is one of which as many sentences speak; generic sets of people ("children cannot eat a promise") reach neither."""
MIN_SENTENCES_OF_ONE = 3
"""The same where the event has one outlet only: nobody else can speak of the group. Two are enough where the later one has "the",
by which news takes up whom it has introduced."""
_NAMED_KINDS = frozenset({"organisation", "office", "party", "group"})
_UNITS = frozenset(["department", "service", "force", "authority", "board", "office", "union"])


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

    ``named`` has the ids of bodies that are named too seldom to be actors, and described often enough.
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[GroupMention, ...] = ()
    named: frozenset[str] = frozenset()

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


@dataclass(frozen=True)
class _Place:
    """A phrase where it stands; `anchor` is in the form that all names of a place or body have in common."""

    article: str
    outlet: str
    row: int
    start: int
    end: int
    phrase: GroupPhrase
    words: str
    anchor: str


def find_groups(
    sentences: Sentences, cast: Cast, names: Sequence[Name] = (), seldom: Sequence[Actor] = ()
) -> Groups:
    """Return the groups that the articles of an event describe without a name.

    Phrases with the same noun are one group, by place or body where the text states one. "Police" in an event of
    which all articles that state a place write "Quay police" is the Quay police; where several places have police, it is
    the one that its own article states, else the police in general. A body that the event names once ("Quay Town Council")
    owns its descriptions ("the council"). A group is an actor when two outlets speak of it, or five sentences; three
    where the event has one outlet.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Its other actors and all their mentions; they keep their words.
    names : sequence of Name
        Of the event: which words are names where a sentence begins with them.
    seldom : sequence of Actor
        Who is named, too seldom to be an actor of the cast.

    Returns
    -------
    Groups
        Actors of kind ``group``, sorted by id, with the forms in use as names; mentions in order.
    """
    places = list(_places(sentences, cast, _read_cases(sentences, names)))
    owners = _owners(places, [*cast.actors, *seldom], cast.mentions)
    n_outlets = len({article.outlet for article in sentences.articles})
    described = {actor.id: [one for one in owners if owners[one] == actor.id] for actor in seldom}
    named = frozenset(id for id, own in described.items() if _is_actor(own, n_outlets))
    groups = _with_anchors(_with_modifiers([one for one in places if one not in owners]))
    kept = {key: own for key, own in groups.items() if _is_actor(own, n_outlets)}
    known = {actor.id for actor in cast.actors} | named
    actors, mentions = _make_actors(kept, known)
    mentions += [_mention(one, one.words, id) for one, id in owners.items() if id in known]
    order = {article.id: number for number, article in enumerate(sentences.articles)}
    mentions.sort(key=lambda one: (order[one.article], one.start))
    return Groups(tuple(actors), tuple(mentions), named)


def _mention(one: _Place, form: str, actor: str) -> GroupMention:
    noun = one.start + one.phrase.noun - one.phrase.start
    return GroupMention(one.article, one.start, one.end, noun, form, actor)


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


def _places(sentences: Sentences, cast: Cast, cases: Cases) -> Iterator[_Place]:
    """Yield the phrases of all sentences whose noun is no mention of an actor yet."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in cast.mentions.rows():
        taken[mention["article"]].append((mention["start"], mention["end"]))
    ids = {match_key(name).removeprefix("the "): actor.id for actor in cast.actors for name in actor.names}
    for row, text in enumerate(sentences.text):
        article, offset = sentences.article_of(row), int(sentences.start[row])
        for phrase in find_group_phrases(text, cases):
            start, end = phrase.start + offset, phrase.end + offset
            noun = phrase.noun + offset
            if not any(first < noun + len(phrase.head) and noun < last for first, last in taken[article.id]):
                words, anchor = _words_of(phrase), _anchor_of(phrase.anchor, ids)
                yield _Place(article.id, article.outlet, row, start, end, phrase, words, anchor)


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
    doubtful = lexicons.people_nouns("sometimes") - lexicons.people_nouns("persons")
    heads = {one.head for text in sentences.text for one in find_group_phrases(text, cases)}
    return cases._replace(persons=frozenset(heads & doubtful))


def _words_of(phrase: GroupPhrase) -> str:
    """Return modifiers and head; of bodies without the kind of territory: "the town council" is the council."""
    bodies = lexicons.people_nouns("bodies") | lexicons.people_nouns("bare")
    if phrase.head in bodies:
        modifiers = [word for word in phrase.modifiers if word not in PLACE_NOUNS]
        return " ".join((*modifiers, phrase.head))
    people = phrase.head in lexicons.people_nouns("peoples") and phrase.head not in lexicons.people_nouns(
        "persons"
    )
    return " ".join((*phrase.modifiers, phrase.head.capitalize() if people else phrase.head))


def _anchor_of(name: str, ids: Mapping[str, str]) -> str:
    """Return what all forms of an anchor have in common: the code of a country, the id of an actor, else the words."""
    key = match_key(name).removeprefix("the ")
    return country_code(name) or ids.get(key) or key


# --- which phrases are one group -------------------------------------------------------------------------


def _owners(places: Sequence[_Place], actors: Iterable[Actor], mentions: Spans) -> dict[_Place, str]:
    """Return the phrases that mean an actor with a name: by the same words, or the one body whose name has the noun.

    Of several such bodies it is the only one that the article names; else the phrase is nobody's (""), and no group. In an
    article that names a body of a state later, "the foreign ministry" is another state's before.
    """
    by_name: dict[str, str] = {}
    bodies: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in actor.names if actor.kind != "person" else ():
            key = match_key(name).removeprefix("the ")
            by_name[key] = actor.id
            for noun in _nouns_of(key) if actor.kind in _NAMED_KINDS else ():
                bodies[noun].add(actor.id)
    first: dict[tuple[str, str], int] = {}
    for row in mentions.rows():
        where = row["article"], row["actor"]
        first[where] = min(first.get(where, row["start"]), row["start"])
    owners: dict[_Place, str] = {}
    for one in places:
        words = f"{one.phrase.anchor} {one.words}" if one.phrase.anchor else one.words
        bare = one.words == one.phrase.head and not one.phrase.anchor
        named = bodies.get(one.phrase.head, set()) if bare else set()
        here = {id for id in named if (one.article, id) in first}
        id = by_name.get(match_key(words), "")
        of_any = one.phrase.head in OF_EVERY_STATE and not one.phrase.anchor
        if id:
            behind = first.get((one.article, id), -1) < one.start
            owners[one] = id if behind or not of_any else ""
        elif len(named) > 1 and len(here) != 1:
            owners[one] = ""
        elif named and one.phrase.head not in OF_EVERY_STATE:
            owners[one] = next(iter(here or named))
    return owners


def _nouns_of(name: str) -> Iterator[str]:
    """Yield the nouns for bodies that head a name: "Quay police", "Quay Police Department", "Council of Quay"."""
    words = name.split()
    bodies = lexicons.people_nouns("bodies") | lexicons.people_nouns("bare")
    if len(words) > 1 and words[-1] in bodies:
        yield words[-1]
    elif len(words) > 2 and words[-1] in _UNITS and words[-2] in bodies:
        yield words[-2]
    elif len(words) > 2 and words[0] in bodies and words[1] in {"of", "for"}:
        yield words[0]


def _with_modifiers(places: Sequence[_Place]) -> list[_Place]:
    """Return the phrases, "owners" with the modifiers of the one longer phrase that its article has before ("boat owners").

    News introduces a group in full and then in short: of 19 such pairs read in BASIL and NeuS 16 were one group.
    """
    longer: dict[tuple[str, str], set[str]] = defaultdict(set)
    filled = []
    for one in places:
        known = longer[one.article, one.phrase.head]
        if one.words != one.phrase.head:
            known.add(one.words)
        elif len(known) == 1 and not one.phrase.anchor:
            one = replace(one, words=next(iter(known)))
        filled.append(one)
    return filled


def _with_anchors(places: Sequence[_Place]) -> dict[tuple[str, str], list[_Place]]:
    """Return the phrases by words and anchor; those without one have the only one of the event, or of their article."""
    event: dict[str, set[str]] = defaultdict(set)
    article: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in places:
        if one.anchor:
            event[one.words].add(one.anchor)
            article[one.words, one.article].add(one.anchor)
    groups: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for one in places:
        unique = len(event[one.words]) == 1 and one.phrase.head not in OF_EVERY_STATE
        own = event[one.words] if unique else article[one.words, one.article]
        anchor = one.anchor or (next(iter(own)) if len(own) == 1 else "")
        groups[one.words, anchor].append(one)
    return dict(groups)


def _is_actor(places: Sequence[_Place], n_outlets: int) -> bool:
    n_sentences = len({one.row for one in places})
    if n_outlets > 1:
        return len({one.outlet for one in places}) >= MIN_OUTLETS or n_sentences >= MIN_SENTENCES
    again = any(one.phrase.definite and one.row > places[0].row for one in places)
    return n_sentences >= MIN_SENTENCES_OF_ONE or again


# --- actors ---------------------------------------------------------------------------------------------


def _make_actors(
    groups: Mapping[tuple[str, str], Sequence[_Place]], used: set[str]
) -> tuple[list[Actor], list[GroupMention]]:
    actors: dict[str, Actor] = {}
    mentions: list[GroupMention] = []
    for (words, anchor), places in sorted(groups.items()):
        stated = _name_of_anchor(places)
        full = f"{stated} {words}" if anchor and stated else words
        id = slug(full)
        id = f"{id[:58]}-group" if id in used | actors.keys() else id
        forms = [full if one.anchor else words for one in places]
        actors[id] = Actor(
            id, full, tuple(dict.fromkeys(form for form in forms if form != full)), "group", declared=False
        )
        mentions += [_mention(one, form, id) for one, form in zip(places, forms, strict=True)]
    return [actors[id] for id in sorted(actors)], mentions


def _name_of_anchor(places: Iterable[_Place]) -> str:
    """Return the most frequent name of the place or body, those before the noun ("Israeli officials") first."""
    counts = Counter((one.phrase.anchor_before, one.phrase.anchor) for one in places if one.anchor)
    return min(counts, key=lambda one: (not one[0], -counts[one], one[1]), default=(False, ""))[1]
