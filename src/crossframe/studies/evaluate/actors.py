"""Score the finding of actors against gold: spans of mentions, or the entities that annotators call main."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from crossframe import lexicons
from crossframe.attributing.names.finders import NameFinder, TrainedNameFinder, load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.errors import InputError
from crossframe.records import Annotation, Cast, Corpus
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.basil_names import last_word, names_person
from crossframe.studies.evaluate.coreference import score_links
from crossframe.studies.evaluate.corpora import casts_by_event, list_gold, read_split, training_split
from crossframe.studies.evaluate.metrics import ratio
from crossframe.studies.evaluate.names import score_names
from crossframe.text import slug


def evaluate_actors(
    on: str, split: str | None = None, model: str | Path | NameFinder | None = None
) -> dict[str, float | None]:
    """Score the finding of actors on a corpus with gold mentions or entities, or on ``basil``.

    Parameters
    ----------
    on : str
        Corpus with ``gold["mentions"]``; ``crossner-politics``, ``wnut17`` or ``wikigold``, whose entities the name
        finder is scored on; or ``basil``, whose main entities are looked for without declaration.
    split : str, optional
        Split of the corpus; None takes ``dev`` of crossner-politics and wnut17, else all.
    model : str, Path or NameFinder, optional
        Name finder; None takes the one that comparisons use. On its training data, only the out-of-fold metrics that its
        training recorded are given.

    Returns
    -------
    dict of str to float or None
        With gold mentions: f1, precision, recall of spans (boundaries strict, kinds pooled, declared actors only),
        name_recall (of gold mentions of kind name) and link_accuracy (right actor, among spans found). With gold
        entities: what `score_names` gives; with gold chains (ecbplus): what `score_links` gives; on training data of
        the finder: out_of_fold_<name> for every metric recorded. On basil: found (share of the annotated main entities, per
        event, of which an actor has the same last word), found_persons (entities that are no groups or offices by their
        last word), persons_split (share of the persons named of whom names, other than those that two actors may have, lie under
        two ids), n_entities, n_unmatched (mentions with the last word of several entities, which may name either: no
        purity counts them), and what `_purities` gives.

    Raises
    ------
    InputError
        When the corpus has no such gold, or the finder was trained on it and recorded no out-of-fold metrics.
    """
    corpus, finder = read_split(on, split), load_name_finder(model)
    entities = corpus.gold.get("entities")
    if isinstance(entities, Annotation):
        if _has_learned(finder, corpus.name, split):
            return _out_of_fold(finder, corpus.name)
        return score_names(
            corpus, entities, lambda sentences: describe_names(sentences, finder.find(sentences))
        )
    chains = corpus.gold.get("entity-chains")
    if isinstance(chains, Annotation):
        return {**score_links(casts_by_event(corpus, "Linking mentions", finder), chains)}
    if "mentions" in corpus.gold:
        return {**_score_mentions(corpus, corpus.gold["mentions"], finder)}
    if "main-entities" in corpus.gold:
        return {**_score_main_entities(corpus, corpus.gold["main-entities"], finder)}
    raise InputError(
        f"Invalid corpus {on!r} for task 'actors'. It must have gold mentions, entities, entity-chains or "
        f"main-entities; it has: {list_gold(corpus)}."
    )


def _has_learned(finder: NameFinder, name: str, split: str | None) -> bool:
    """Return whether the finder was trained on `split` of the corpus; None is the split that is usually scored."""
    if not isinstance(finder, TrainedNameFinder) or name not in finder.files.log.get("data", ()):
        return False
    return training_split(name) in (None, split)


def _out_of_fold(finder: NameFinder, name: str) -> dict[str, float | None]:
    """Return the metrics that the training recorded on blocks that the finder had not seen."""
    log = finder.files.log if isinstance(finder, TrainedNameFinder) else {}
    metrics = log.get("out_of_fold", {}).get(name)
    if not metrics:
        raise InputError(
            f"Invalid corpus {name!r} for finder {finder.name!r}, which learned from it. It must be one that the finder "
            "has not seen, or of which its training recorded out-of-fold metrics."
        )
    return {f"out_of_fold_{metric}": value for metric, value in metrics.items()}


def _score_mentions(corpus: Corpus, gold: Any, finder: NameFinder) -> dict[str, float]:
    declared = {actor.id for actor in corpus.actors}
    predicted: dict[tuple[str, int, int], str] = {}
    for _, cast in casts_by_event(corpus, "Finding actors", finder):
        rows = zip(cast.mentions.article, cast.mentions.start.tolist(), cast.mentions.end.tolist(), cast.mentions.actor, strict=True)  # fmt: skip
        predicted.update({(a, s, e): actor for a, s, e, actor in rows if actor in declared})
    keys = list(zip(gold.article, gold.start.tolist(), gold.end.tolist(), strict=True))
    truth = dict(zip(keys, gold.actor, strict=True))
    names = {key for key, kind in zip(keys, gold.kind, strict=True) if kind == "name"}
    both = predicted.keys() & truth.keys()
    precision, recall = ratio(len(both), len(predicted)), ratio(len(both), len(truth))
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "name_recall": ratio(len(names & both), len(names)),
        "link_accuracy": ratio(sum(predicted[key] == truth[key] for key in both), len(both)),
        "n_gold": float(len(truth)),
    }


def _score_main_entities(corpus: Corpus, gold: Any, finder: NameFinder) -> dict[str, float]:
    events = {article.id: article.event for article in corpus.articles}
    main = sorted({(events[a], actor) for a, actor in zip(gold.units.article, gold.units.actor, strict=True)})
    entities: dict[str, list[str]] = {}
    for event, entity in main:
        entities.setdefault(event, []).append(entity)
    endings: dict[str, set[str]] = {}
    actors: list[Counter[str]] = []
    bearers: dict[str, set[str]] = {}
    named_persons: set[str] = set()
    unmatched = 0
    for sentences, cast in casts_by_event(corpus, "Finding actors", finder):
        event = sentences.articles[0].event
        endings[event] = {last_word(slug(name)) for actor in cast.actors for name in actor.names}
        documents = {article.id: article.document for article in sentences.articles}
        shared, kinds = _shared_names(cast), {actor.id: actor.kind for actor in cast.actors}
        labels: dict[str, Counter[str]] = {}
        for row in cast.mentions.rows():
            if row["kind"] == "name":
                mention = slug(documents[row["article"]][row["start"] : row["end"]])
                label = name_entity(mention, entities.get(event, ()))
                unmatched += not label and any(_alike(mention, entity) for entity in entities.get(event, ()))
                labels.setdefault(row["actor"], Counter())[f"{event} {label}" if label else ""] += 1
                if label and label[0] != "~" and not shared.intersection({mention, _ends_of(mention)}):
                    bearers.setdefault(f"{event} {label}", set()).add(row["actor"])
                    named_persons |= {f"{event} {label}"} if _is_person(label, kinds[row["actor"]]) else set()
        actors += labels.values()
    hits = [last_word(entity) in endings[event] for event, entity in main]
    persons = [hit for hit, (_, entity) in zip(hits, main, strict=True) if names_person(entity)]
    return {
        "found": ratio(sum(hits), len(hits)),
        "found_persons": ratio(sum(persons), len(persons)),
        "n_entities": float(len(hits)),
        "persons_split": ratio(sum(len(bearers[one]) > 1 for one in named_persons), len(named_persons)),
        "n_unmatched": float(unmatched),
        **_purities(actors),
    }


def _is_person(label: str, kind: str) -> bool:
    """Return whether an entity is one person, by its slug and by an actor that has its name."""
    return names_person(label) and "-and-" not in label and kind in {"person", "other"}


def _shared_names(cast: Cast) -> set[str]:
    """Return the surnames, and given names with surnames, that two actors or more have: they may mean either."""
    full = {(actor.id, _without_suffix(slug(name))) for actor in cast.actors for name in actor.names}
    owners = {(id, short) for id, name in full if "-" in name for short in (last_word(name), _ends_of(name))}
    counts = Counter(short for _, short in owners)
    return {short for short, n in counts.items() if n > 1}


def _ends_of(name: str) -> str:
    """Return the first and the last word of a slug, suffix aside."""
    words = _without_suffix(name).split("-")
    return f"{words[0]}-{words[-1]}"


def name_entity(mention: str, entities: Collection[str]) -> str:
    """Return the main entity that a mention names: itself, or the one entity with the same last word that it agrees with.

    The two agree when all words of one are words of the other, or their first words begin with one letter (Jim is
    James) or are one name for short (Dick is Richard). A mention that has an entity's last word and agrees with none names somebody else, ``"~"`` and itself;
    one without such a word, or that agrees with several entities, is ambiguous: "". A suffix after given name and
    surname alone names somebody else than the name without it (Jo Roe Jr.); after a middle name it is formal style.

    Parameters
    ----------
    mention : str
        Slug of the words in the text.
    entities : collection of str
        Slugs of the event's main entities.

    Examples
    --------
    >>> entities = ["donald-trump", "james-mattis", "bill-clinton", "hillary-clinton"]
    >>> [name_entity(m, entities) for m in ("trump", "jim-mattis", "donald-trump-jr", "clinton")]
    ['donald-trump', 'james-mattis', '~donald-trump-jr', '']
    """
    if mention in entities:
        return mention
    alike = [entity for entity in entities if _alike(mention, entity)]
    if _has_bare_suffix(mention):
        return f"~{mention}" if alike else ""
    words = set(_without_suffix(mention).split("-"))
    alike = [entity for entity in alike if not _has_bare_suffix(entity)] or alike
    agreeing = [
        entity for entity in alike if words <= set(entity.split("-")) or words >= set(entity.split("-"))
    ]
    agreeing = agreeing or [entity for entity in alike if _may_be_short(entity, mention)]
    if len(agreeing) == 1:
        return agreeing[0]
    return f"~{mention}" if alike and not agreeing else ""


def _may_be_short(entity: str, mention: str) -> bool:
    """Return whether the first words of two slugs begin with one letter, or one is short for the other."""
    one, other = entity.split("-")[0], mention.split("-")[0]
    short = lexicons.nicknames()
    return one[0] == other[0] or one in short.get(other, ()) or other in short.get(one, ())


def _alike(mention: str, entity: str) -> bool:
    """Return whether the two have the same last word, suffixes aside."""
    return last_word(_without_suffix(mention)) == last_word(_without_suffix(entity))


def _without_suffix(name: str) -> str:
    return (
        name.rpartition("-")[0] if "-" in name and last_word(name) in lexicons.name_parts("suffix") else name
    )


def _has_bare_suffix(name: str) -> bool:
    """Return whether the name is a given name, a surname and a suffix."""
    return name != _without_suffix(name) and name.count("-") == 2


def _purities(actors: list[Counter[str]]) -> dict[str, float]:
    """Return how well actors and main entities are the same.

    Counted are the actors with a mention that names a main entity (`name_entity`), by their named mentions that are
    not ambiguous. purity: share of these actors whose mentions all name one entity and nobody else; mention_purity: share of
    their mentions that name the actor's most frequent one. completeness: share of the main entities mentioned whose
    mentions all belong to one actor; mention_completeness: share of their mentions that belong to the entity's most
    frequent actor. n_actors, n_mentioned: numbers of these actors and entities.
    """
    labelled = [Counter({label: n for label, n in counts.items() if label}) for counts in actors]
    labelled = [counts for counts in labelled if any(" ~" not in label for label in counts)]
    spread: dict[str, list[int]] = {}
    for counts in labelled:
        for label, n in counts.items():
            if " ~" not in label:
                spread.setdefault(label, []).append(n)
    return {
        "purity": ratio(sum(len(counts) == 1 for counts in labelled), len(labelled)),
        "mention_purity": _weighted([list(counts.values()) for counts in labelled]),
        "completeness": ratio(sum(len(counts) == 1 for counts in spread.values()), len(spread)),
        "mention_completeness": _weighted(list(spread.values())),
        "n_actors": float(len(labelled)),
        "n_mentioned": float(len(spread)),
    }


def _weighted(groups: list[list[int]]) -> float:
    return ratio(sum(max(group) for group in groups), sum(sum(group) for group in groups))
