"""Who is in the story: declared actors and those that the articles name, found wherever they are mentioned."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from crossframe.attributing.actors.apply_edits import apply_edits
from crossframe.attributing.actors.edits import ActorEdits
from crossframe.attributing.actors.mentions import find_mentions
from crossframe.attributing.actors.resolution import resolve_names
from crossframe.attributing.actors.state_bodies import add_state_bodies
from crossframe.attributing.cast.groups import edit_groups, find_groups, without_forms
from crossframe.attributing.cast.reasons import explain_actors
from crossframe.attributing.coreference.bodies import find_bodies, read_bodies
from crossframe.attributing.coreference.nominals import find_nominals
from crossframe.attributing.coreference.plurals import find_plurals
from crossframe.attributing.coreference.profiles import Person, persons_by_article, read_profiles
from crossframe.attributing.coreference.pronouns import Link, find_pronouns
from crossframe.attributing.coreference.referents import name_persons
from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.spotting import Name
from crossframe.records import Actor, Cast, NameSpans, Sentences, Spans
from crossframe.text import name_key

MIN_MENTIONS = 2
"""A discovered actor is mentioned at least twice in the event, by name or by a description or pronoun that is linked to its name:
who is mentioned once gives nothing to compare."""
_DESCRIBED_KINDS = frozenset({"person", "organisation", "party", "office", "country"})
"""Kinds of actors that descriptions and pronouns are linked to."""


def find_actors(
    sentences: Sentences,
    declared: Sequence[Actor],
    edits: ActorEdits | None = None,
    *,
    names: NameSpans | None = None,
) -> Cast:
    """Return the actors of one event and where they are mentioned.

    Declared actors come first and own their names; the surname alone of a declared person is found too, unless only somebody
    else has it in the event. Further actors are discovered from `names`, resolved across all articles
    (`resolve_names`), and kept when they are mentioned at least twice. Descriptions ("the senator") and pronouns become
    mentions where they can mean one actor alone: a wrong link is worse than a missing one.

    Parameters
    ----------
    sentences : Sentences
        All articles of one event.
    declared : sequence of Actor
        Actors that the corpus names; they stay in the cast even when the event does not mention them.
    edits : ActorEdits, optional
        An edited actors table, which is applied.
    names : NameSpans, optional
        Names that a `NameFinder` found in `sentences`; None finds them by rules.

    Returns
    -------
    Cast
        Declared actors in their order, then discovered ones by id; mentions in order of articles and offsets.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> text = "Jane Doe spoke. Mr. Roe, of the Trade Ministry, heard Doe’s speech."
    >>> article = Article("a", "e", "o", "", text)
    >>> cast = find_actors(Sentences((article,), [0, 0], [1, 2], [0, 16], [15, 67]), [])
    >>> [(actor.id, actor.kind) for actor in cast.actors]
    [('jane-doe', 'person')]
    >>> [text[start:end] for start, end in zip(cast.mentions.start, cast.mentions.end)]
    ['Jane Doe', 'Doe']
    """
    return cast_names(sentences, declared, describe_names(sentences, names), edits)


def cast_names(
    sentences: Sentences, declared: Sequence[Actor], names: Sequence[Name], edits: ActorEdits | None = None
) -> Cast:
    """Return what `find_actors` returns, of names that are already described."""
    names = name_persons(sentences, add_state_bodies(sentences, names))
    event = sentences.articles[0].event if sentences.articles else ""
    further, discovered = resolve_names(names, declared, event)
    actors = [replace(one, aliases=(*one.aliases, *further.get(one.id, ()))) for one in declared]
    actors += discovered
    mentions = find_mentions(sentences, actors, names)
    counts = Counter(mentions.actor)
    ids = {one.id for one in declared} | {one.id for one in discovered if counts[one.id] >= MIN_MENTIONS}
    original = {actor.id: actor for actor in declared}
    alone = {one.name for one in discovered if one.kind == "person" and " " not in one.name}
    known = ids | {
        one.id
        for one in discovered
        if counts[one.id] and one.kind in _DESCRIBED_KINDS and one.name.split()[-1] not in alone
    }  # who has the surname of another may be that one
    cast = _name_cast(sentences, actors, mentions, known, original)
    links = link_mentions(sentences, cast, names)
    counts.update(links.actor)
    plurals = find_plurals(sentences, _joined(sentences, cast, links), names)
    counts.update(one.id for each in plurals.values() for one in each)
    ids |= {id for id in known if counts[id] >= MIN_MENTIONS}
    cast, links = _name_cast(sentences, actors, mentions, ids, original), _of_actors(links, ids)
    seldom = [one for one in discovered if one.id not in ids]
    bodies = read_bodies(sentences, cast, names)
    groups = find_groups(sentences, _joined(sentences, cast, links), names, bodies, seldom)
    if groups.named or groups.renamed:
        counts.subtract(mentions.actor)
        mentions = _without(mentions, groups.renamed)
        counts.update(mentions.actor)
        ids = {id for id in ids if id in original or counts[id] >= MIN_MENTIONS} | groups.named
        cast = _name_cast(sentences, actors, mentions, ids, original)
    if edits is not None and event:
        before = (*cast.actors, *groups.actors)
        edited = apply_edits([*actors, *groups.actors], before, edits, event)
        ids = ({one.id for one in before} | edited.named) - edited.dropped
        original = {one.id: _restricted(one, original[one.id]) for one in edited.actors if one.id in original}
        actors = without_forms(edited.actors, groups)
        mentions = _without(find_mentions(sentences, actors, names), groups.renamed)
        cast = _name_cast(sentences, actors, mentions, ids | known, original)
        links = _of_actors(link_mentions(sentences, cast, names), ids)
        cast = _name_cast(sentences, actors, mentions, ids, original)
        groups = edit_groups(groups, before, [one for one in edited.actors if one.id in ids])
    cast = _joined(sentences, cast, links)
    cast = _joined(sentences, cast, groups.spans(cast.mentions), groups.actors)
    cast = _joined(sentences, cast, _spans(sentences, pronoun=find_plurals(sentences, cast, names)))
    edited_ids = {row.actor for row in edits.of(event)} if edits is not None else ()
    return replace(cast, how=explain_actors(sentences, cast, names, groups, edited_ids))


def _name_cast(
    sentences: Sentences,
    actors: Sequence[Actor],
    mentions: Spans,
    ids: Collection[str],
    declared: Mapping[str, Actor],
) -> Cast:
    """Return the actors with these ids and their mentions by name."""
    mentions = _of_actors(mentions, ids)
    return Cast(_with_used_names(sentences, actors, mentions, ids, declared), mentions)


def _of_actors(mentions: Spans, ids: Collection[str]) -> Spans:
    """Return the mentions of the actors with these ids."""
    return mentions.select(np.array([actor in ids for actor in mentions.actor], dtype=bool))


def _without(mentions: Spans, places: Collection[tuple[str, int]]) -> Spans:
    """Return the mentions but for those that begin at these offsets of these articles."""
    kept = [(row["article"], row["start"]) not in places for row in mentions.rows()]
    return mentions.select(np.array(kept, dtype=bool))


def _joined(sentences: Sentences, cast: Cast, mentions: Spans, groups: Sequence[Actor] = ()) -> Cast:
    """Return the cast with further mentions and with groups; declared actors come first, others by id."""
    actors = {actor.id: actor for actor in cast.actors}
    for group in groups:
        own = actors.get(group.id)
        if own is None or not own.declared:
            actors[group.id] = group
    order = sorted(actors.values(), key=lambda actor: "" if actor.declared else actor.id)
    return Cast(tuple(order), _in_order(sentences, cast.mentions, mentions))


def link_mentions(sentences: Sentences, cast: Cast, names: Sequence[Name]) -> Spans:
    """Return the descriptions ("the senator") and pronouns (he, she) that can mean one actor of `cast` alone.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Actors and their mentions by name.
    names : sequence of Name
        All names of the event: persons who are not in the cast stand in the way of a link.

    Returns
    -------
    Spans
        Mentions of kind ``nominal`` and ``pronoun``, articles in the order of `sentences`.
    """
    persons = persons_by_article(sentences, cast, names)
    profiles = read_profiles(sentences, cast, names, persons)
    nominals = find_nominals(sentences, cast, persons, profiles)
    bodies = find_bodies(sentences, read_bodies(sentences, cast, names))
    pronouns = find_pronouns(sentences, persons, nominals, profiles)
    links = Spans.concat(
        [_spans(sentences, nominal=nominals, pronoun=pronouns), _spans(sentences, nominal=bodies)]
    )
    return _of_actors(links, {actor.id for actor in cast.actors})


def _spans(sentences: Sentences, **links: Mapping[str, Sequence[Person | Link]]) -> Spans:
    """Return links by kind and article as mentions."""
    return Spans.from_rows(
        {"article": article.id, "start": one.start, "end": one.end, "actor": one.id, "kind": kind}
        for article in sentences.articles
        for kind, by_article in links.items()
        for one in by_article.get(article.id, ())
    )


def _restricted(edited: Actor, declared: Actor) -> Actor:
    """Return the edited actor with those of its names that were declared."""
    return replace(edited, aliases=tuple(name for name in edited.aliases if name in declared.names))


def _in_order(sentences: Sentences, *mentions: Spans) -> Spans:
    """Return all mentions in order of articles and offsets."""
    spans = Spans.concat(mentions)
    position = {article.id: number for number, article in enumerate(sentences.articles)}
    article = np.array([position[one] for one in spans.article], dtype=np.int64)
    return spans.select(np.lexsort((spans.end, spans.start, article)))


def _with_used_names(
    sentences: Sentences,
    actors: Sequence[Actor],
    mentions: Spans,
    ids: Collection[str],
    declared: Mapping[str, Actor],
) -> tuple[Actor, ...]:
    """Return the actors with these ids; of their names those that the articles use, most frequent first.

    Declared actors keep the names that were declared.
    """
    documents = {one.id: one.document for one in sentences.articles}
    used: dict[str, Counter[str]] = {}
    for row in mentions.rows():
        text = " ".join(documents[row["article"]][row["start"] : row["end"]].split())
        used.setdefault(row["actor"], Counter())[text] += 1
    chosen = []
    for actor in actors:
        if actor.id in ids:
            counts = used.get(actor.id, Counter())
            keys = {name_key(name) for name in counts}
            names = {name for name in actor.names if name_key(name) in keys}
            own = declared[actor.id].names if actor.id in declared else ()
            ordered = [name for _, name in sorted((-counts[name], name) for name in names)]
            chosen.append(replace(actor, aliases=tuple(dict.fromkeys((*own, *ordered)))))
    return tuple(chosen)
