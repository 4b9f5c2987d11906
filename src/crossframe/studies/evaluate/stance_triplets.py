"""Score who judges whom against SEESAW's triplets: targets, whole triplets, polarity, author or other, and the holder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.judging.stance.stance_model import StanceModel
from crossframe.reading.public.seesaw import OTHER_HOLDER, read_shared_stories
from crossframe.records import AUTHOR, NEGATIVE, POSITIVE, STANCES, Corpus, score_stances
from crossframe.statistics.intervals import bootstrap_ratio, percentile_interval
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.metrics import ratio
from crossframe.studies.evaluate.stance_holders import (
    Key,
    Triplets,
    judge_pairs,
    possible_holders,
    read_triplets,
)

ALWAYS_OTHER, MAJORITY = "always-other", "majority"
BASELINES = (ALWAYS_OTHER, MAJORITY)
"""Names that stand for a model where only what needs no model is asked for."""
Judged = Mapping[tuple[Key, str], np.ndarray]
Triplet = tuple[Key, str, int]


def evaluate_triplets(corpus: Corpus, model: StanceModel | None) -> dict[str, Any]:
    """Score a stance model on who judges whom in a sentence.

    Parameters
    ----------
    corpus : Corpus
        ``seesaw``.
    model : StanceModel or None
        None scores the baselines alone.

    Returns
    -------
    dict of str to float
        - target_f1, target_precision, target_recall: which entities of a sentence are judged;
        - triplet_f1, triplet_precision, triplet_recall: holder, target and polarity all right;
        - polarity_accuracy, polarity_macro_f1, polarity_auc: of people's pairs of holder and target, for or against;
          ``located_...``: of those whose target stands in the sentence;
        - author_f1, author_macro_f1, author_accuracy, author_auc: of the targets that people say are judged, whether the
          author judges them or somebody else;
        - holder_accuracy: of those that a listed entity judges, whether the holder is such an entity of people's triplets;
        - ``always_other_``: every entity that a sentence mentions is judged negatively by somebody else;
          ``majority_``: polarity always negative.

        target_f1, triplet_f1 and author_f1 with ``_low`` and ``_high``: whole stories drawn with replacement. Counts: n_triplets,
        n_unlisted (left out: their target is not in the article's list), n_targets, n_located. All as ``unshared_...`` without the
        stories that share text with NewsMTSC's training split.

    Notes
    -----
    A target is located by its mentions in the sentence, by name, description or pronoun, found and resolved as in
    `compare` among the entities annotated in the story. Where there is none, its name is set before the sentence ("Name:
    sentence") to judge polarity and holder; as a target it counts as missed. A holder that is not in the list is ``other``,
    never the author. A model that answers portrayal alone has no holder of its own: whose words the mention is stands in.
    """
    triplets = read_triplets(corpus)
    judged = _judge(triplets, model)
    metrics = _describe(triplets, judged, model) | {"n_unlisted": triplets.n_unlisted}
    apart = triplets.select(set(triplets.event_of.values()) - read_shared_stories())
    if apart.polarity and len(apart.places) < len(triplets.places):
        without = _describe(apart, judged, model)
        metrics |= {f"unshared_{name}": value for name, value in without.items()}
    return metrics


def _judge(triplets: Triplets, model: StanceModel | None) -> Judged:
    """Return the model's probabilities of every possible holder, and of people's own pairs; none without a model."""
    if model is None:
        return {}
    pairs = {
        (key, holder) for key, place in triplets.places.items() for holder in possible_holders(place, model)
    }
    return judge_pairs(model, triplets, sorted(pairs | set(triplets.polarity)))


def _describe(triplets: Triplets, judged: Judged, model: StanceModel | None) -> dict[str, Any]:
    truth = {(key, holder, value) for (key, holder), value in triplets.polarity.items()}
    located = [key for key, place in triplets.places.items() if place.located]
    always = {(key, OTHER_HOLDER, -1) for key in located}
    metrics: dict[str, Any] = {}
    if model is not None:
        found = {
            (key, holder, -1 if judged[key, holder].argmax() == NEGATIVE else 1)
            for key in located
            for holder in possible_holders(triplets.places[key], model)
            if judged[key, holder].argmax() != STANCES.index("neutral")
        }
        metrics |= _of_sets(triplets, truth, found)
        metrics |= _polarity(triplets, judged) | _author(triplets, judged, model)
    baseline = _of_sets(triplets, truth, always)
    metrics |= {f"always_other_{name}": value for name, value in baseline.items()}
    negative = [value < 0 for value in triplets.polarity.values()]
    share = max(ratio(sum(negative), len(negative)), 1 - ratio(sum(negative), len(negative)))
    by_author = _author_truth(triplets)
    metrics |= {
        "majority_polarity_accuracy": share,
        "majority_polarity_macro_f1": share / (1 + share),
        "always_other_author_f1": 0.0,
        "always_other_author_macro_f1": macro_f1(by_author, np.zeros_like(by_author)),
        "always_other_author_accuracy": float(np.mean(~by_author)),
        "n_triplets": len(truth),
        "n_targets": len(by_author),
        "n_located": sum(triplets.places[key].located for key in _targets(triplets)),
    }
    return metrics


def _targets(triplets: Triplets) -> list[Key]:
    """Return the targets that people say are judged, sorted."""
    return sorted({key for key, _ in triplets.polarity})


def _of_sets(triplets: Triplets, truth: set[Triplet], found: set[Triplet]) -> dict[str, float]:
    """Return precision, recall and F1 of targets and of whole triplets."""
    targets = {key for key, *_ in truth}, {key for key, *_ in found}
    return _f1("target_", triplets, *targets) | _f1("triplet_", triplets, truth, found)


def _f1(prefix: str, triplets: Triplets, truth: set[Any], found: set[Any]) -> dict[str, float]:
    """Return precision, recall and F1 of `found`, sets of keys or of triplets; F1 with an interval over stories."""
    events = sorted({triplets.event_of[key.article] for key in triplets.places})
    row = {event: number for number, event in enumerate(events)}
    right, either = np.zeros(len(events)), np.zeros(len(events))
    for one in truth & found:
        right[row[_event(triplets, one)]] += 2
    for one in [*truth, *found]:
        either[row[_event(triplets, one)]] += 1
    draws = bootstrap_ratio(right, either, np.random.default_rng(0))
    low, high = percentile_interval(draws[~np.isnan(draws)]) if either.any() else (0.0, 0.0)
    return {
        f"{prefix}f1": ratio(2 * len(truth & found), len(truth) + len(found)),
        f"{prefix}f1_low": low,
        f"{prefix}f1_high": high,
        f"{prefix}precision": ratio(len(truth & found), len(found)),
        f"{prefix}recall": ratio(len(truth & found), len(truth)),
    }


def _event(triplets: Triplets, one: Any) -> str:
    key = one if isinstance(one, Key) else one[0]
    return triplets.event_of[key.article]


def _polarity(triplets: Triplets, judged: Judged) -> dict[str, Any]:
    """Return whether the model knows for or against, given holder and target."""
    pairs = sorted(triplets.polarity)
    positive = np.array([triplets.polarity[pair] > 0 for pair in pairs])
    score = np.array([float(score_stances(judged[pair])) for pair in pairs])
    located = np.array([triplets.places[key].located for key, _ in pairs])
    parts = {"": np.ones(len(pairs), dtype=bool), "located_": located}
    return {
        f"{prefix}polarity_{name}": value
        for prefix, part in parts.items()
        for name, value in _of_polarity(positive[part], score[part]).items()
    }


def _of_polarity(positive: np.ndarray, score: np.ndarray) -> dict[str, float | None]:
    from sklearn.metrics import roc_auc_score

    if len(set(positive.tolist())) < 2:
        return {"accuracy": None, "macro_f1": None, "auc": None}
    return {
        "accuracy": float(np.mean((score > 0) == positive)),
        "macro_f1": macro_f1(positive, score > 0),
        "auc": float(roc_auc_score(positive, score)),
    }


def _author_truth(triplets: Triplets) -> np.ndarray:
    """Return of every target that is judged whether the author judges it: bool of shape (n_targets,)."""
    return np.array([(key, AUTHOR) in triplets.polarity for key in _targets(triplets)], dtype=bool)


def _author(triplets: Triplets, judged: Judged, model: StanceModel) -> dict[str, Any]:
    """Return author against other, and the holder's identity, of the targets that people say are judged."""
    from sklearn.metrics import roc_auc_score

    keys, truth = _targets(triplets), _author_truth(triplets)
    taken = [_taken_sides(triplets, judged, key, model) for key in keys]
    others = [{holder: value for holder, value in own.items() if holder != AUTHOR} for own in taken]
    score = np.array(
        [
            own.get(AUTHOR, 0.0) - max(rest.values(), default=0.0)
            for own, rest in zip(taken, others, strict=True)
        ]
    )
    found = score > 0
    by_author = {key for key, one in zip(keys, truth, strict=True) if one}
    metrics: dict[str, Any] = _f1(
        "author_", triplets, by_author, {key for key, one in zip(keys, found, strict=True) if one}
    )
    two = len(set(truth.tolist())) == 2
    metrics |= {
        "author_macro_f1": macro_f1(truth, found),
        "author_accuracy": float(np.mean(truth == found)),
        "author_auc": float(roc_auc_score(truth, score)) if two else None,
    }
    return metrics | _holder(triplets, keys, others)


def _taken_sides(triplets: Triplets, judged: Judged, key: Key, model: StanceModel) -> dict[str, float]:
    """Return how likely each possible holder takes a side; the only one has 1, since people say that somebody does."""
    holders = possible_holders(triplets.places[key], model)
    if len(holders) == 1:
        return {holders[0]: 1.0}
    return {holder: float(judged[key, holder][[NEGATIVE, POSITIVE]].sum()) for holder in holders}


def _holder(triplets: Triplets, keys: Sequence[Key], others: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Return how often the likeliest holder is one of people's, where a listed entity judges the target."""
    listed: dict[Key, set[str]] = {}
    for key, holder in triplets.polarity:
        if holder not in (AUTHOR, OTHER_HOLDER):
            listed.setdefault(key, set()).add(holder)
    right = [
        bool(own) and max(sorted(own), key=lambda holder: own[holder]) in listed[key]
        for key, own in zip(keys, others, strict=True)
        if key in listed
    ]
    return {"holder_accuracy": ratio(sum(right), len(right)), "holder_n": len(right)}


def is_baseline(model: object) -> bool:
    """Return whether `model` names a baseline that needs no model."""
    return isinstance(model, str | Path) and str(model) in BASELINES
