"""How much of an actor's score in a study comes from its name alone: its sentences scored again under other names."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from crossframe.judging.probes.name_priors import NamePrior, choose_names, measure_prior, swap_others
from crossframe.judging.stance.endpoint import EndpointStance
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.stance_model import StanceModel, constructs_of, predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.records import AUTHOR, PORTRAYAL, score_stances

if TYPE_CHECKING:
    from pandas import DataFrame

N_NAMES = 4
"""Other names under which a mention is scored."""
MIN_MENTIONS = 10
"""Mentions in the study from which on an actor is tested."""
MAX_MENTIONS = 30
MAX_ACTORS = 20
"""Actors tested, those with the most mentions; with the numbers above at most 3,000 items are scored."""
LARGE = 0.15
"""Mean difference of the score (-1 to 1) from which on a note says so, if the interval excludes 0: a choice, no estimate."""
_KINDS = {
    "person": "person",
    "country": "country",
    "party": "party",
    "organisation": "organisation",
    "office": "organisation",
}
"""By kind of actor the kind of name that replaces its own; for other kinds each mention's form decides."""


class _Mention(NamedTuple):
    """A mention by name: the item judged, and the cluster of its sentence."""

    item: StanceItem
    cluster: str


def measure_priors(
    model: StanceModel, tables: "Mapping[str, DataFrame]", *, seed: int = 0
) -> list[NamePrior]:
    """Return by actor how far the study's scores move when another name of its kind is in the same sentences.

    Of every scored actor with at least `MIN_MENTIONS` mentions, up to `MAX_MENTIONS` of those that name it are scored under
    its own and `N_NAMES` other names. Clusters of the interval are events, or the sentences of a single event.

    Parameters
    ----------
    model : StanceModel
        That of the study. Nothing is scored by the lexicon, which reads no names, nor by endpoints, which cost.
    tables : mapping of str to DataFrame
        The study's, with articles, sentences, mentions, portrayal, stance and actors.
    seed : int
        Of the choice of names and mentions.

    Returns
    -------
    list of NamePrior
        By actor id.
    """
    if isinstance(model, LexiconStance | EndpointStance):
        return []
    judged = set(tables["portrayal"]["actor"]) | set(tables["stance"]["actor"])
    holder = None if PORTRAYAL in constructs_of(model) else AUTHOR
    counts = tables["actors"].groupby("actor")["n_mentions"].sum().to_dict()
    kinds = {row.actor: _KINDS.get(row.kind) for row in tables["actors"].itertuples()}
    frequent = [actor for actor, n in counts.items() if n >= MIN_MENTIONS and actor in judged]
    tested = sorted(frequent, key=lambda actor: (-counts[actor], actor))[:MAX_ACTORS]
    names = choose_names(N_NAMES, np.random.default_rng(seed))
    priors = []
    for actor, mentions in sorted(_mentions_by_name(tables, tested, holder).items()):
        swapped = [(one, swap_others(one.item, names, kind=kinds[actor])) for one in mentions]
        pairs = [(one, others) for one, others in swapped if others]
        order = np.random.default_rng([seed, *actor.encode()]).permutation(len(pairs))
        chosen = [pairs[i] for i in sorted(order[:MAX_MENTIONS].tolist())]
        if chosen:
            priors.append(_measure_actor(model, actor, chosen))
    return priors


def _measure_actor(
    model: StanceModel, actor: str, pairs: Sequence[tuple[_Mention, Sequence[tuple[str, StanceItem]]]]
) -> NamePrior:
    """Return the prior of an actor whose mentions are paired with their items under other names."""
    items = [item for mention, others in pairs for item in (mention.item, *(item for _, item in others))]
    scores = score_stances(predict_stances(model, items)).reshape(len(pairs), 1 + N_NAMES)
    own, scores = scores[:, 0], scores[:, 1:]
    return measure_prior(actor, own, scores, [mention.cluster for mention, _ in pairs])


def _mentions_by_name(
    tables: "Mapping[str, DataFrame]", actors: Sequence[str], holder: str | None
) -> dict[str, list[_Mention]]:
    """Return the mentions by name of `actors`, other mentions of the actor in the sentence beside each."""
    mentions = tables["mentions"]
    mentions = mentions[mentions["actor"].isin(actors)]
    places = ["article", "sentence"]
    sentences = tables["sentences"].set_index(places)[["start", "text"]]
    several = len(set(tables["articles"]["event"])) > 1
    by_actor: dict[str, list[_Mention]] = {}
    for (article, sentence, actor), group in mentions.groupby([*places, "actor"], sort=True):
        place = sentences.loc[(article, sentence)]
        spans = [(int(row.start - place.start), int(row.end - place.start)) for row in group.itertuples()]
        for row, span in zip(group.itertuples(), spans, strict=True):
            if row.kind != "name" or span[1] > len(place.text):
                continue
            item = StanceItem(place.text, *span, tuple(other for other in spans if other != span), holder)
            cluster = row.event if several else f"{article} {sentence}"
            by_actor.setdefault(actor, []).append(_Mention(item, cluster))
    return by_actor


def describe_priors(priors: Sequence[NamePrior], names: Mapping[str, str]) -> list[str]:
    """Return a note for every actor whose name alone moves its score by more than `LARGE`, with an interval without 0.

    Parameters
    ----------
    priors : sequence of NamePrior
    names : mapping of str to str
        Actor id -> name.
    """
    return [
        f"The score of {names.get(prior.actor, prior.actor)} is in part the model's reaction to the name itself: in "
        f"{prior.n_targets} of its sentences the score is {prior.estimate:+.2f} [{prior.low:+.2f}, {prior.high:+.2f}] "
        "compared with other names in the same place. This shifts the level of all outlets, and differences between "
        "outlets that use the name in different shares of their mentions."
        for prior in priors
        if abs(prior.estimate) > LARGE and prior.certain
    ]


def list_priors(priors: Sequence[NamePrior]) -> list[dict[str, Any]]:
    """Return priors for run.json: numbers with four decimals, None where an interval has no bounds."""
    return [
        {
            key: value if not isinstance(value, float) else None if np.isnan(value) else round(value, 4)
            for key, value in asdict(prior).items()
        }
        for prior in priors
    ]
