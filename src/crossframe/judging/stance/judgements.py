"""Portrayal of actors by sentences and stance of holders toward them, as far as a model answers the two questions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import (
    StanceModel,
    annotate_mentions,
    cached,
    constructs_of,
    items_of,
    predict_by_article,
)
from crossframe.judging.targets import StanceItem
from crossframe.records import (
    AUTHOR,
    BASES,
    PORTRAYAL,
    SPEAKERS,
    STANCES,
    Annotation,
    Sentences,
    Spans,
    Texts,
    Units,
    group_by_sentence,
    rows_by_sentence,
)

MIN_SIDED = 0.5
"""Probability of taking a side, for or against, from which a possible holder has a row: it is likelier than not that there
is a stance to speak of. Most actors of a sentence take none toward most others of it."""
# In whose words a portrayal stands is read from the quotations, also where a model predicts it: on the two demos' gold the
# quotations give the speaker of .80 and .91 of the sentences, a base model trained on the reference labels .76 and .86.
UNKNOWN = "unknown"
_NEUTRAL = STANCES.index("neutral")
_MANNERS = "predict_manners"


class Judgements(NamedTuple):
    """What a model says of actors: their portrayal by sentences, and the stance of holders toward their mentions."""

    portrayal: Annotation
    stance: Annotation


class _Asked(NamedTuple):
    """What is asked of one event: targets as items with their units, and the stances of possible holders."""

    targets: list[StanceItem]
    units: Units
    stances: list[StanceItem]
    stance_units: list[dict[str, Any]]


def judge_actors(
    model: StanceModel,
    sentences: Sentences,
    mentions: Spans,
    voices: Texts,
    *,
    targets: Collection[str],
    names: Mapping[str, str],
) -> Judgements:
    """Judge how sentences portray actors, and who takes which side toward them.

    Parameters
    ----------
    model : StanceModel
        Judges them.
    sentences : Sentences
        Of one event.
    mentions : Spans
        Of all actors, who may be holders.
    voices : tuple of str
        Who speaks at each mention.
    targets : collection of str
        Ids of the actors that are judged.
    names : mapping of str to str
        Actor id -> name, by which a speaker is asked for whom the sentence itself does not name.

    Returns
    -------
    Judgements
        ``portrayal`` (unit sentence) has a row per sentence, actor and speaker: the mean of the actor's mentions in the
        outlet's own words, or in quoted ones; ``basis`` is "" unless the model predicts it. ``stance`` (unit span) has a row
        per mention for the author, and one for every other actor of the sentence, and for the speaker of the quotation in
        which the mention stands, who takes a side with a probability of at least `MIN_SIDED`; ``voice`` is the holder.

        A model that does not read holders fills both with what it says of the sentence: ``stance`` has a row per mention,
        by the voice in which it stands. One that answers stance alone leaves ``portrayal`` empty.

    Raises
    ------
    InputError
        When the model's probabilities or classes are not as `predict_stances` takes them.
    """
    own = np.array([actor in targets for actor in mentions.actor], dtype=bool)
    judged = mentions.select(own)
    own_voices = tuple(voice for voice, is_own in zip(voices, own, strict=True) if is_own)
    if constructs_of(model) == (PORTRAYAL,):
        said = annotate_mentions(model, sentences, judged, own_voices)
        return Judgements(_portray(model, said, items_of(sentences, judged, own_voices)[0]), said)
    return _answer(model, _ask(sentences, mentions, judged, own_voices, names))


def _answer(model: StanceModel, asked: _Asked) -> Judgements:
    """Return what a model that reads holders says: all in one call, so that it may read a target once for all holders."""
    portrayed = PORTRAYAL in constructs_of(model)
    portrayals, units = (asked.targets, asked.units) if portrayed else ([], Units())
    articles = [*units.article, *(unit["article"] for unit in asked.stance_units)]
    probability = predict_by_article(model, [*portrayals, *asked.stances], articles)
    said = Annotation(units, "span", STANCES, probability[: len(portrayals)], model.name)
    stance_units = Units.from_rows(asked.stance_units)
    stance = Annotation(stance_units, "span", STANCES, probability[len(portrayals) :], model.name)
    return Judgements(_portray(model, said, portrayals), stance.select(_is_listed(stance)))


def _is_listed(stance: Annotation) -> np.ndarray:
    """Return which rows of stance are the author's, or of a holder who is likely enough to take a side."""
    is_author = np.array([voice == AUTHOR for voice in stance.units.voice], dtype=bool)
    listed: np.ndarray = is_author | (1 - stance.rounded[:, _NEUTRAL] >= MIN_SIDED)
    return listed


def _ask(
    sentences: Sentences, mentions: Spans, judged: Spans, voices: Texts, names: Mapping[str, str]
) -> _Asked:
    targets, units = items_of(sentences, judged, voices)
    present = _list_present(sentences, mentions)
    stances, stance_units = [], []
    for item, unit in zip(targets, units.rows(), strict=True):
        others = dict(present.get((unit["article"], unit["sentence"]), {}))
        speaker = unit["voice"]
        if speaker not in (AUTHOR, UNKNOWN):
            others.setdefault(speaker, names.get(speaker, speaker))
        others.pop(unit["actor"], None)
        for holder, words in ((AUTHOR, AUTHOR), *sorted(others.items())):
            stances.append(item._replace(holder=words))
            stance_units.append(unit | {"voice": holder})
    return _Asked(targets, units, stances, stance_units)


def _list_present(sentences: Sentences, mentions: Spans) -> dict[tuple[str, int], dict[str, str]]:
    """Return by article and sentence the actors mentioned there, and the words of the first mention of each."""
    present: dict[tuple[str, int], dict[str, str]] = {}
    items, units = items_of(sentences, mentions, ("",) * len(mentions))
    for item, unit in sorted(zip(items, units.rows(), strict=True), key=lambda pair: pair[1]["start"]):
        words = item.text[item.start : item.end]
        present.setdefault((unit["article"], unit["sentence"]), {}).setdefault(unit["actor"], words)
    return present


# --- portrayal and its basis ----------------------------------------------------------------------------


def _portray(model: StanceModel, said: Annotation, items: Sequence[StanceItem]) -> Annotation:
    """Return the portrayal by sentences of the mentions that are judged, with its basis where the model says it."""
    portrayal = group_by_sentence(said)
    asked = np.flatnonzero(portrayal.rounded.argmax(axis=1) != _NEUTRAL)
    first = [rows[0] for rows in rows_by_sentence(said.units).values()]
    bases = _predict_bases(
        model, [items[first[row]] for row in asked], [portrayal.units.article[row] for row in asked]
    )
    if bases is None:
        return portrayal
    basis = np.full(len(portrayal), BASES[-1], dtype=object)
    basis[asked] = bases
    return replace(portrayal, units=replace(portrayal.units, basis=tuple(basis.tolist())))


def _predict_bases(
    model: StanceModel, items: Sequence[StanceItem], articles: Sequence[str]
) -> list[str] | None:
    """Return wording or facts for every portrayal that is not neutral; None from a model that was not taught to tell.

    The manners of a target need no more than one of its mentions, for all of them are marked in its text.
    """
    predict = getattr(model, _MANNERS, None)
    if predict is None or not items:
        return None
    by_article: dict[str, list[StanceItem]] = {}
    for item, article in zip(items, articles, strict=True):
        by_article.setdefault(article, []).append(item)
    bases: dict[str, list[str]] = {}
    for article, own in by_article.items():
        manners = cached(model, own, _MANNERS, partial(_flatten_manners, predict, own))
        if not manners.size:
            return None
        if manners.shape[1] != len(SPEAKERS) + len(BASES):
            raise InputError(
                f"Invalid manners of shape {manners.shape!r} from stance model {model.name!r}. For every item predict_manners "
                f"must return the probabilities of {', '.join(SPEAKERS)} and of {', '.join(BASES)}."
            )
        bases[article] = [BASES[best] for best in manners[:, len(SPEAKERS) : -1].argmax(axis=1)]
    rows = {article: iter(own) for article, own in bases.items()}
    return [next(rows[article]) for article in articles]


def _flatten_manners(
    predict: Callable[[Sequence[StanceItem]], np.ndarray], items: Sequence[StanceItem]
) -> np.ndarray:
    """Return speaker and basis side by side: ndarray of shape (n_items, 6), or (n_items, 0)."""
    return np.asarray(predict(items)).reshape(len(items), -1)
