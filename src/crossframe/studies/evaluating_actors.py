"""Score the finding of actors against gold: spans of mentions, or the entities that annotators call main."""

from typing import Any

from crossframe.errors import InputError
from crossframe.records import Corpus
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluating_attribution import (
    casts_by_event,
    last_word,
    name_gold,
    names_person,
    read_scored,
    share_of,
)
from crossframe.text import slug


def evaluate_actors(on: str, split: str | None = None) -> dict[str, float]:
    """Score the finding of actors on a corpus with gold mentions, or on ``basil``.

    Parameters
    ----------
    on : str
        Corpus with ``gold["mentions"]``; or ``basil``, whose main entities are looked for without declaration.
    split : str, optional
        Part of the corpus; None takes all.

    Returns
    -------
    dict of str to float
        With gold mentions: f1, precision, recall of spans (boundaries strict, kinds pooled, declared actors only),
        name_recall (of gold mentions of kind name) and link_accuracy (right actor, among spans found). On basil:
        found (share of the annotated main entities, per event, of which an actor has the same last word),
        found_persons (entities that are no groups or offices by their last word) and n_entities.

    Raises
    ------
    InputError
        When the corpus has no such gold.
    """
    corpus = read_scored(on, split)
    if "mentions" in corpus.gold:
        return _score_mentions(corpus, corpus.gold["mentions"])
    if "main-entities" in corpus.gold:
        return _score_main_entities(corpus, corpus.gold["main-entities"])
    raise InputError(
        f"Invalid corpus {on!r} for task 'actors'. It must have gold mentions; it has: {name_gold(corpus)}."
    )


def _score_mentions(corpus: Corpus, gold: Any) -> dict[str, float]:
    declared = {actor.id for actor in corpus.actors}
    found: dict[tuple[str, int, int], str] = {}
    for _, cast in casts_by_event(corpus, "Finding actors"):
        rows = zip(cast.mentions.article, cast.mentions.start.tolist(), cast.mentions.end.tolist(), cast.mentions.actor, strict=True)  # fmt: skip
        found.update({(a, s, e): actor for a, s, e, actor in rows if actor in declared})
    keys = list(zip(gold.article, gold.start.tolist(), gold.end.tolist(), strict=True))
    truth = dict(zip(keys, gold.actor, strict=True))
    names = {key for key, kind in zip(keys, gold.kind, strict=True) if kind == "name"}
    both = found.keys() & truth.keys()
    precision, recall = share_of(len(both), len(found)), share_of(len(both), len(truth))
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "name_recall": share_of(len(names & both), len(names)),
        "link_accuracy": share_of(sum(found[key] == truth[key] for key in both), len(both)),
        "n_gold": float(len(truth)),
    }


def _score_main_entities(corpus: Corpus, gold: Any) -> dict[str, float]:
    events = {article.id: article.event for article in corpus.articles}
    wanted = sorted(
        {(events[a], actor) for a, actor in zip(gold.units.article, gold.units.actor, strict=True)}
    )
    endings: dict[str, set[str]] = {}
    for sentences, cast in casts_by_event(corpus, "Finding actors"):
        names = (name for actor in cast.actors for name in actor.names)
        endings[sentences.articles[0].event] = {last_word(slug(name)) for name in names}
    hits = [last_word(entity) in endings[event] for event, entity in wanted]
    persons = [hit for hit, (_, entity) in zip(hits, wanted, strict=True) if names_person(entity)]
    return {
        "found": share_of(sum(hits), len(hits)),
        "found_persons": share_of(sum(persons), len(persons)),
        "n_entities": float(len(hits)),
    }
