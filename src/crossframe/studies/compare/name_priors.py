"""How much of an actor's stance in a study its name alone makes: its sentences scored again under other names."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe.judging.probes.name_priors import NamePrior, choose_names, measure_prior, swap_others
from crossframe.judging.stance.endpoint import EndpointStance
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.records import score_stances

if TYPE_CHECKING:
    from pandas import DataFrame

NAMES = 4
LEAST_MENTIONS = 10
"""Mentions in the study from which on an actor is tested."""
MOST_MENTIONS = 30
MOST_ACTORS = 20
"""Actors tested, the most often mentioned ones; with the two numbers above at most 2,400 targets are scored."""
LARGE = 0.15
"""Mean difference of the score (-1 to 1) from which on a reader is told, if its interval excludes 0: a choice, no estimate."""
_KINDS = {
    "person": "person",
    "country": "country",
    "party": "party",
    "organisation": "organisation",
    "office": "organisation",
}
"""Whose names stand in for an actor of which kind; for others the form of each mention tells."""


def measure_priors(model: Any, tables: "Mapping[str, DataFrame]", *, seed: int = 0) -> list[NamePrior]:
    """Return by actor how far the study's scores move when another name of its kind stands in the same sentences.

    Of every actor with at least `LEAST_MENTIONS` mentions, up to `MOST_MENTIONS` of those that name it are scored under
    `NAMES` other names. Clusters of the interval are events, or the sentences of a single event.

    Parameters
    ----------
    model : stance model
        What made the study's scores. The lexicon, which reads no names, and endpoints, which cost, are not asked.
    tables : mapping of str to DataFrame
        The study's, with sentences, mentions, stance and actors.
    seed : int
        Of the choice of names and mentions.

    Returns
    -------
    list of NamePrior
        By actor id.
    """
    if isinstance(model, LexiconStance | EndpointStance):
        return []
    counts = tables["actors"].groupby("actor")["n_mentions"].sum().to_dict()
    kinds = {row.actor: _KINDS.get(row.kind) for row in tables["actors"].itertuples()}
    often = sorted(
        (actor for actor, n in counts.items() if n >= LEAST_MENTIONS), key=lambda a: (-counts[a], a)
    )
    found = _named_targets(tables, often[:MOST_ACTORS])
    names = choose_names(NAMES, np.random.default_rng(seed))
    priors = []
    for actor, rows in sorted(found.items()):
        swapped = [
            (score, cluster, swap_others(target, names, kind=kinds[actor])) for target, score, cluster in rows
        ]
        kept = [row for row in swapped if row[2]]
        chosen = np.random.default_rng([seed, *actor.encode()]).permutation(len(kept))[:MOST_MENTIONS]
        kept = [kept[i] for i in sorted(chosen.tolist())]
        if kept:
            asked = [target for _, _, others in kept for _, target in others]
            probability = predict_stances(model, asked)
            scores = score_stances(probability)
            own = np.array([score for score, _, _ in kept])
            priors.append(
                measure_prior(
                    actor, own, scores.reshape(len(kept), NAMES), [cluster for _, cluster, _ in kept]
                )
            )
    return priors


def _named_targets(
    tables: "Mapping[str, DataFrame]", actors: list[str]
) -> dict[str, list[tuple[StanceItem, float, str]]]:
    """Return the mentions by name of `actors`: each as a target, with its score and its cluster."""
    mentions = tables["mentions"]
    mentions = mentions[mentions["actor"].isin(actors)]
    places = ["article", "sentence"]
    sentences = tables["sentences"].set_index(places)[["start", "text"]]
    scores = tables["stance"].set_index(["article", "start", "end", "actor"])["score"].to_dict()
    several = len(set(tables["articles"]["event"])) > 1
    found: dict[str, list[tuple[StanceItem, float, str]]] = {}
    for (article, sentence, actor), group in mentions.groupby([*places, "actor"], sort=True):
        place = sentences.loc[(article, sentence)]
        spans = [(row.start - place.start, row.end - place.start) for row in group.itertuples()]
        for row, span in zip(group.itertuples(), spans, strict=True):
            score = scores.get((article, row.start, row.end, actor))
            if row.kind != "name" or score is None or span[1] > len(place.text):
                continue
            target = StanceItem(place.text, *span, tuple(other for other in spans if other != span))
            cluster = row.event if several else f"{article} {sentence}"
            found.setdefault(actor, []).append((target, float(score), cluster))
    return found


def describe_priors(priors: Sequence[NamePrior], names: Mapping[str, str]) -> list[str]:
    """Return a note for every actor whose name alone moves its score by more than `LARGE`, surely.

    Parameters
    ----------
    priors : sequence of NamePrior
    names : mapping of str to str
        Actor id -> name.
    """
    return [
        f"Stance toward {names.get(one.actor, one.actor)} is in part what the model knows of the name: in {one.n_targets} of "
        f"its sentences the score is {one.estimate:+.2f} [{one.low:+.2f}, {one.high:+.2f}] against other names in the same "
        "place. That moves the level of all outlets; where outlets name the actor in unlike shares of their mentions, their differences too."
        for one in priors
        if abs(one.estimate) > LARGE and one.certain
    ]


def list_priors(priors: Sequence[NamePrior]) -> list[dict[str, Any]]:
    """Return priors for run.json: numbers with four decimals, None for bounds that there are not."""
    return [
        {
            key: value if not isinstance(value, float) else None if np.isnan(value) else round(value, 4)
            for key, value in asdict(one).items()
        }
        for one in priors
    ]
