"""Score framing against people's feelings toward entities in SEESAW's stories, beside what needs no text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.voices import assign_voices
from crossframe.contrasting.judged import ALL_VOICES, PROBABILITIES
from crossframe.judging.stance.stance_model import StanceModel, annotate_mentions
from crossframe.reading.public.seesaw import read_shared_stories
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, QUOTED, Annotation, Cast, Corpus, Sentences
from crossframe.studies.evaluate.framing_metrics import Cases, bound_metric, score_auc, score_order
from crossframe.studies.evaluate.framing_prior import (
    gain_over_prior,
    known_ideology,
    known_lean,
    order_by_hindsight,
    order_cells,
)
from crossframe.studies.evaluate.framing_recalibration import score_recalibration
from crossframe.studies.evaluate.framing_scores import (
    measure_negativity,
    sum_negativity,
    sum_portrayals,
)

HEADLINE = "negative-sum"
HEADLINE_KINDS = ("person", "organisation", "country")
"""Kinds of entities of the headline metrics; all others (topics, events, religions) are scored as ``topic``."""
_VOICES = {"": ALL_VOICES, "outlet_": AUTHOR, "quoted_": QUOTED}
SCORES = ("", "product_", "mean_", "outlet_", "quoted_")
_BY_KIND = ("", "mean_")


@dataclass(frozen=True)
class Feelings:
    """People's judgements with what is known without the text, and what the text says: one row per article x entity.

    Parameters
    ----------
    cases : Cases
        ``truth``: the annotators' mean, -1 to 1.
    kind : ndarray of str of shape (n_cases,)
        One of `HEADLINE_KINDS`, or ``topic``.
    lean, ideology : ndarray of shape (n_cases,)
        Of the outlet, and of the entity in other stories.
    scores : dict of str to ndarray of shape (n_cases,)
        By `SCORES`; by `PROBABILITIES` the mean of the entity's mentions; ``found``, as 0 or 1.
    """

    cases: Cases
    kind: np.ndarray
    lean: np.ndarray
    ideology: np.ndarray
    scores: Mapping[str, np.ndarray]

    def select(self, keep: np.ndarray) -> "Feelings":
        """Return the rows where `keep`, bool of shape (n_cases,), is true."""
        return Feelings(
            select_cases(self.cases, keep),
            self.kind[keep],
            self.lean[keep],
            self.ideology[keep],
            {name: score[keep] for name, score in self.scores.items()},
        )


def select_cases(cases: Cases, keep: np.ndarray) -> Cases:
    """Return the cases where `keep`, bool of shape (n_cases,), is true."""
    rows = np.flatnonzero(keep)
    columns = {
        name: tuple(getattr(cases, name)[row] for row in rows)
        for name in ("event", "outlet", "article", "actor")
    }
    return replace(cases, **columns, truth=cases.truth[keep])


def evaluate_feelings(corpus: Corpus, model: StanceModel) -> dict[str, Any]:
    """Compare framing scores with people's judgements of how an article's author feels toward an entity.

    Parameters
    ----------
    corpus : Corpus
        ``seesaw``.
    model : StanceModel
        Asked how sentences portray entities.

    Returns
    -------
    dict of str to float
        Of the score that ``score`` names, over persons, organisations and states: auc (people's mean below 0 against the
        rest), ordering_accuracy (pairs of outlets of one story and entity that people judged differently; ties count half),
        gain_over_prior (`gain_over_prior`), each with ``_low`` and ``_high`` (whole stories drawn with replacement);
        cells_ordering_accuracy (`order_cells`) and its cells_n_pairs; auc and ordering_accuracy as ``person_...``,
        ``organisation_...``, ``country_...``, and as ``topic_...``, which the headline leaves out.

        The same of ``product_`` (what `compare` reports as ``framing``), ``mean_`` (mean portrayal of mentions), ``outlet_``
        and ``quoted_`` (the headline score of the outlet's own words, of quoted words); auc and ordering_accuracy of ``fixed_order_`` (a fixed order of
        outlets, chosen in hindsight) and ``prior_`` (the outlet's lean times the entity's ideology in other stories).
        ``annotator_``: one annotator against another of the same article, each in the place of the score once; of
        annotator_n judgements (article and entity) that two or more gave, and annotator_n_pairs of articles that one of
        them judged differently. cells_mean_error and what recalibration by people's labels of other articles makes of it
        (`score_recalibration`, nothing of which is kept). All as ``unshared_...`` without the stories that share text with NewsMTSC's training split.

    Notes
    -----
    An entity is known by its annotated name; mentions are found and resolved as in `compare`. An entity that is not
    found has score 0.
    """
    feelings = read_feelings(corpus, model)
    shared = read_shared_stories()
    unshared = np.array([event not in shared for event in feelings.cases.event])
    annotators = pair_annotators(corpus)
    apart = np.array([event not in shared for event in annotators.event], dtype=bool)
    metrics: dict[str, Any] = {"score": HEADLINE, **_describe(feelings), **_describe_annotators(annotators)}
    without = _describe(feelings.select(unshared)) if unshared.any() else {}
    without |= _describe_annotators(select_cases(annotators, apart))
    return metrics | {f"unshared_{name}": value for name, value in without.items()}


# --- judgements and scores ------------------------------------------------------------------------------


def read_feelings(corpus: Corpus, model: StanceModel) -> Feelings:
    """Return people's judgements of `corpus` and the scores of `model`, sorted by event, outlet, article, actor."""
    gold, ideology = corpus.gold["framing"], corpus.gold["ideology"]
    if not (isinstance(gold, Annotation) and isinstance(ideology, Annotation)):
        raise TypeError("framing and ideology must be annotations")
    cases = _make_cases(corpus, zip(gold.units.article, gold.units.actor, _means(gold), strict=True))
    kind_of = {actor.id: actor.kind for actor in corpus.actors}
    kind = [kind_of[actor] if kind_of[actor] in HEADLINE_KINDS else "topic" for actor in cases.actor]
    lean = known_lean(cases, {outlet.id: outlet.lean for outlet in corpus.outlets})
    scores = score_entities(corpus, cases, model)
    return Feelings(cases, np.array(kind), lean, known_ideology(cases, ideology), scores)


def _means(gold: Annotation) -> list[float]:
    """Return what was judged on a scale from -1 to 1."""
    means: list[float] = (gold.scores @ np.linspace(-1, 1, len(gold.labels))).tolist()
    return means


def _make_cases(corpus: Corpus, rows: Iterable[tuple[str, str, float]]) -> Cases:
    """Return cases of (article, actor, judgement), sorted by event, outlet, article and actor."""
    articles = {article.id: article for article in corpus.articles}
    ordered = sorted((articles[id].event, articles[id].outlet, id, actor, value) for id, actor, value in rows)
    events, outlets, ids, actors, values = zip(*ordered, strict=True) if ordered else ((),) * 5
    return Cases(events, outlets, ids, actors, np.array(values, dtype=float))


def score_entities(corpus: Corpus, cases: Cases, model: StanceModel) -> dict[str, np.ndarray]:
    """Return the scores of every case as `Feelings` has them, 0 where its entity is not found."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for sentences, cast in casts_of_stories(corpus, cases):
        voices = assign_voices(cast.mentions, find_quotes(sentences, cast))
        judged = set(cases.actor)
        keep = np.array([actor in judged for actor in cast.mentions.actor], dtype=bool)
        own = tuple(voice for voice, kept in zip(voices, keep, strict=True) if kept)
        found |= score_mentions(annotate_mentions(model, sentences, cast.mentions.select(keep), own))
    empty = dict.fromkeys((*SCORES, *PROBABILITIES, "found"), 0.0)
    rows = [found.get(key, empty) for key in zip(cases.article, cases.actor, strict=True)]
    return {name: np.array([row[name] for row in rows]) for name in empty}


def casts_of_stories(corpus: Corpus, cases: Cases) -> list[tuple[Sentences, Cast]]:
    """Return the sentences of every story with its annotated entities, found and resolved as in a comparison."""
    finder = load_name_finder()
    actors_of: dict[str, set[str]] = {}
    for event, actor in zip(cases.event, cases.actor, strict=True):
        actors_of.setdefault(event, set()).add(actor)
    casts = []
    for event, ids in track(sorted(actors_of.items()), "Finding entities"):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        declared = [actor for actor in corpus.actors if actor.id in ids]
        casts.append((sentences, find_actors(sentences, declared, names=finder.find(sentences))))
    return casts


def score_mentions(stance: Annotation) -> dict[tuple[str, str], dict[str, float]]:
    """Return by article and actor the scores of what was judged of their mentions."""
    scores: dict[tuple[str, str], dict[str, float]] = {}
    for prefix, voice in _VOICES.items():
        for key, by_sentence in measure_negativity(stance, voice).items():
            scores.setdefault(key, {"found": 1.0})[prefix] = sum_negativity(by_sentence)
    for key, product in sum_portrayals(stance).items():
        scores[key]["product_"] = product
    rows: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(stance.units.article, stance.units.actor, strict=True)):
        rows.setdefault(key, []).append(row)
    for key, own in rows.items():
        scores[key]["mean_"] = float(stance.score[own].mean())
        means = stance.scores[own].mean(axis=0).tolist()
        scores[key] |= dict(zip(PROBABILITIES, means, strict=True))
    return scores


def pair_annotators(corpus: Corpus) -> Cases:
    """Return every ordered pair of annotators of one article and entity of the headline kinds, judged as by the first.

    The actor of a case is the entity and the two annotators, so that only judgements of the same two are compared.
    """
    gold = corpus.gold["framing-by-annotator"]
    if not isinstance(gold, Annotation):
        raise TypeError("framing-by-annotator must be an annotation")
    kind_of = {actor.id: actor.kind for actor in corpus.actors}
    by_unit: dict[tuple[str, str], dict[str, float]] = {}
    for unit, value in zip(gold.units.rows(), _means(gold), strict=True):
        if kind_of[unit["actor"]] in HEADLINE_KINDS:
            by_unit.setdefault((unit["article"], unit["actor"]), {})[unit["voice"]] = value
    return _make_cases(
        corpus,
        (
            (article, f"{actor} {one} {other}", own[one])
            for (article, actor), own in by_unit.items()
            for one, other in permutations(own, 2)
        ),
    )


def of_second_annotator(cases: Cases) -> np.ndarray:
    """Return what the second annotator of every pair said: ndarray of shape (n_cases,)."""
    value_of = dict(zip(zip(cases.article, cases.actor, strict=True), cases.truth.tolist(), strict=True))
    values = []
    for article, actor in zip(cases.article, cases.actor, strict=True):
        entity, one, other = actor.split(" ")
        values.append(value_of[article, f"{entity} {other} {one}"])
    return np.array(values)


# --- metrics --------------------------------------------------------------------------------------------


def _describe(feelings: Feelings) -> dict[str, Any]:
    """Return all metrics of the headline kinds, and those of single kinds."""
    headline = feelings.select(feelings.kind != "topic")
    cases = headline.cases
    metrics: dict[str, Any] = {}
    for prefix in SCORES:
        score = headline.scores[prefix]
        metrics |= _both(prefix, cases, score)
        metrics |= bound_metric(
            f"{prefix}gain_over_prior", gain_over_prior(cases, headline.lean, headline.ideology, score)
        )
        metrics[f"{prefix}cells_ordering_accuracy"], n_cell_pairs = order_cells(cases, score)
    metrics |= _both("fixed_order_", cases, order_by_hindsight(cases))
    metrics |= _both("prior_", cases, headline.lean * headline.ideology)
    for kind in (*HEADLINE_KINDS, "topic"):
        of_kind = feelings.select(feelings.kind == kind)
        for prefix in _BY_KIND:
            metrics |= _both(f"{prefix}{kind}_", of_kind.cases, of_kind.scores[prefix])
        metrics[f"{kind}_n"] = len(of_kind.cases)
    metrics |= _describe_recalibration(headline.select(headline.scores["found"] > 0))
    counts = {
        "n": len(cases),
        "n_negative": int((cases.truth < 0).sum()),
        "n_found": int(headline.scores["found"].sum()),
        "n_pairs": len(cases.pairs.higher),
        "cells_n_pairs": n_cell_pairs,
        "n_events": len(set(cases.event)),
    }
    return metrics | counts


def _describe_recalibration(found: Feelings) -> dict[str, Any]:
    probability = np.column_stack([found.scores[name] for name in PROBABILITIES])
    return score_recalibration(found.cases.article, found.cases.truth, probability)


def _describe_annotators(cases: Cases) -> dict[str, Any]:
    """Return the metrics of annotators, and of how many judgements and pairs, each counted once whoever gave them."""
    entity = [actor.split(" ")[0] for actor in cases.actor]
    metrics = _both("annotator_", cases, of_second_annotator(cases))
    higher, lower = (cases.pairs.higher, cases.pairs.lower) if len(cases) else ((), ())
    pairs = {
        (entity[one], *sorted((cases.article[one], cases.article[other])))
        for one, other in zip(higher, lower, strict=True)
    }
    return metrics | {
        "annotator_n": len(set(zip(cases.article, entity, strict=True))),
        "annotator_n_pairs": len(pairs),
        "annotator_n_articles": len(set(cases.article)),
        "annotator_n_events": len(set(cases.event)),
    }


def _both(prefix: str, cases: Cases, score: np.ndarray) -> dict[str, Any]:
    """Return auc and ordering_accuracy with their intervals after `prefix`; None where they are not defined."""
    metrics: dict[str, Any] = {f"{prefix}auc": None, f"{prefix}ordering_accuracy": None}
    if len(cases) and 0 < int((cases.truth < 0).sum()) < len(cases):
        metrics |= bound_metric(f"{prefix}auc", score_auc(cases, [score]))
    if len(cases) and len(cases.pairs.higher):
        metrics |= bound_metric(f"{prefix}ordering_accuracy", score_order(cases, [score]))
    return metrics
