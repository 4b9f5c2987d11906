"""Who is in the story: declared actors and those the articles themselves tell, found wherever they are named."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import numpy as np

from crossframe.attributing.actors.apply_edits import apply_edits
from crossframe.attributing.actors.edits import ActorEdits, edits_of, read_actor_edits
from crossframe.attributing.actors.mentions import find_mentions
from crossframe.attributing.actors.resolution import declared_short_forms, discover_actors
from crossframe.attributing.actors.state_bodies import add_state_bodies
from crossframe.attributing.coreference.links import link_mentions
from crossframe.attributing.names.spotting import Name, spot_names
from crossframe.records import Actor, Cast, Sentences, Spans
from crossframe.text import match_key

__all__ = ["ActorEdits", "edits_of", "find_actors", "read_actor_edits"]

MIN_MENTIONS = 2
"""A discovered actor is named at least twice in the event: a name met once gives nothing to compare."""


def find_actors(
    sentences: Sentences,
    declared: Sequence[Actor],
    edits: ActorEdits | None = None,
    *,
    spotted: Sequence[Name] | None = None,
) -> Cast:
    """Return the actors of one event and where they are named.

    Declared actors come first and own their names; a declared person's surname alone is found too where the
    event has the full name. Further actors are discovered from names written large (`spot_names`), resolved
    across all articles (`discover_actors`), and kept when named at least twice. Descriptions ("the senator") and
    pronouns become mentions where they can mean one actor alone (`link_mentions`): a wrong link is worse than a
    missing one.

    Parameters
    ----------
    sentences : Sentences
        All articles of one event.
    declared : sequence of Actor
        Actors that the corpus names; they stay in the cast even when the event does not mention them.
    edits : ActorEdits, optional
        An edited actors table, obeyed.
    spotted : sequence of Name, optional
        Names that a finder found in `sentences`; None spots them by rules.

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
    spotted = add_state_bodies(sentences, spot_names(sentences) if spotted is None else spotted)
    further = declared_short_forms(spotted, declared)
    cast = [replace(one, aliases=(*one.aliases, *further.get(one.id, ()))) for one in declared]
    event = sentences.articles[0].event if sentences.articles else ""
    found = discover_actors(spotted, declared, event)
    everybody = [*cast, *found]
    mentions = find_mentions(sentences, everybody, spotted)
    counts = Counter(mentions.actor)
    kept = {one.id for one in declared} | {one.id for one in found if counts[one.id] >= MIN_MENTIONS}
    original = {actor.id: actor for actor in declared}
    if edits is not None and event:
        written = _as_used(sentences, everybody, mentions, kept, original)
        edited = apply_edits(everybody, written, edits, event)
        everybody, kept = list(edited.actors), (kept | edited.named) - edited.dropped
        original = {one.id: _restricted(one, original[one.id]) for one in everybody if one.id in original}
        mentions = find_mentions(sentences, everybody, spotted)
    mentions = mentions.select(np.array([actor in kept for actor in mentions.actor], dtype=bool))
    actors = _as_used(sentences, everybody, mentions, kept, original)
    links = link_mentions(sentences, Cast(actors, mentions), spotted)
    return Cast(actors, _in_order(sentences, mentions, links))


def _as_used(
    sentences: Sentences,
    actors: Sequence[Actor],
    mentions: Spans,
    kept: Container[str],
    declared: Mapping[str, Actor],
) -> tuple[Actor, ...]:
    """Return those of `actors` that are kept, with the names that the articles use."""
    used = _used_names(sentences, mentions.article, mentions.start, mentions.end, mentions.actor)
    return tuple(_with_used_names(one, used, declared.get(one.id)) for one in actors if one.id in kept)


def _restricted(edited: Actor, declared: Actor) -> Actor:
    """Return the edited actor with those of its names that were declared."""
    return replace(edited, aliases=tuple(name for name in edited.aliases if name in declared.names))


def _in_order(sentences: Sentences, *parts: Spans) -> Spans:
    """Return all mentions in order of articles and offsets."""
    spans = Spans.concat(parts)
    position = {article.id: number for number, article in enumerate(sentences.articles)}
    article = np.array([position[one] for one in spans.article], dtype=np.int64)
    return spans.select(np.lexsort((spans.end, spans.start, article)))


def _used_names(
    sentences: Sentences, article: Sequence[str], start: np.ndarray, end: np.ndarray, actor: Sequence[str]
) -> dict[str, Counter[str]]:
    documents = {one.id: one.document for one in sentences.articles}
    used: dict[str, Counter[str]] = {}
    for id, first, last, whom in zip(article, start.tolist(), end.tolist(), actor, strict=True):
        used.setdefault(whom, Counter())[" ".join(documents[id][first:last].split())] += 1
    return used


def _with_used_names(actor: Actor, used: dict[str, Counter[str]], declared: Actor | None) -> Actor:
    """Keep the names that the articles use (and, of a declared actor, those declared), most frequent first."""
    counts = used.get(actor.id, Counter())
    seen = {match_key(name) for name in counts}
    kept = [name for name in actor.names if match_key(name) in seen]
    own = declared.names if declared is not None else ()
    ordered = sorted(dict.fromkeys(kept), key=lambda name: (-counts[name], name))
    return replace(actor, aliases=tuple(dict.fromkeys((*own, *ordered))) if own else tuple(ordered))
