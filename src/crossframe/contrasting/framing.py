"""How each outlet frames each actor: how much it tells against the actor, where the mean stance says only in what tone."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.within_event import COPY, QUOTED
from crossframe.records import AUTHOR, Annotation, Copies, Estimates, Sentences
from crossframe.statistics.intervals import DRAWS, percentile_interval

ALL = ""
"""All voices together: what an outlet says itself and what it lets others say is both its choice."""
VOICES = (ALL, AUTHOR, QUOTED)
Told = dict[tuple[str, str], dict[int, float]]
Row = dict[str, Any]


def tell_against(stance: Annotation, voice: str = ALL) -> Told:
    """Return how much every sentence tells against an actor that it mentions.

    Parameters
    ----------
    stance : Annotation
        Of mentions (spans), labels negative, neutral, positive.
    voice : {"", "author", "quoted"}
        Whose words count; "" counts all.

    Returns
    -------
    dict of (article, actor) to dict of sentence number to probability
        The mean probability of negative over the mentions of the actor in that sentence and voice: a sentence counts
        once, however often it mentions the actor. An article that mentions the actor in other voices alone has an
        entry without sentences.
    """
    negative = np.round(stance.of("negative"), 4).tolist()
    found: dict[tuple[str, str], dict[int, list[float]]] = {}
    for unit, value in zip(stance.units.rows(), negative, strict=True):
        sentences = found.setdefault((unit["article"], unit["actor"]), {})
        if voice == ALL or (unit["voice"] == AUTHOR) == (voice == AUTHOR):
            sentences.setdefault(unit["sentence"], []).append(value)
    return {
        key: {number: sum(values) / len(values) for number, values in sorted(sentences.items())}
        for key, sentences in found.items()
    }


def score_framing(told: Mapping[int, float]) -> float:
    """Return the framing score of an article toward an actor: minus the sum over its sentences, 0 at most.

    Parameters
    ----------
    told : mapping of int to float
        The entry of one article and actor in what `tell_against` returns.

    Returns
    -------
    float
        -3: as much as three sentences that are surely against the actor; 0: nothing against it, or no mention.

    Examples
    --------
    >>> score_framing({1: 0.5, 4: 0.25}), score_framing({})
    (-0.75, 0.0)
    """
    return 0.0 - sum(told.values())


def summarise_framing(
    stance: Annotation,
    sentences: Sentences,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Describe one event: the framing score of every outlet toward every actor, and the differences between outlets.

    Parameters
    ----------
    stance : Annotation
        Of mentions (spans).
    sentences : Sentences
        Of the event.
    copies : Copies
        Wire copy; a difference to which a copying outlet is a side is marked in ``method``.
    event : str
        Id of the event.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Quantities ``framing`` (outlet, actor, voice: "" for all, the author's own, or all quoted ones) and
        ``framing_difference`` (outlet minus reference, all voices). Description only: one article is one draw, so no p-
        and no q-values. The interval says how far the score depends on the sentences it is made of: every draw takes as
        many of the outlet's sentences as there are, with replacement. An outlet that does not mention the actor has 0
        and no interval, and of single voices no row. ``n_units`` counts the sentences that mention it.

    Notes
    -----
    The mean stance of mentions tells the tone in which an actor is spoken of, wherever that is. It does not tell how
    much is brought up against the actor: five failings between twenty neutral sentences have a mean near zero. Framing
    is selection and salience (Entman 1993), and what is bad weighs more in a judgement than what is good (Baumeister et
    al. 2001). So this score is a sum over the outlet's sentences of the probability that a sentence speaks against
    the actor, per article; favourable sentences do not make up for unfavourable ones. No weight in it is learned. A
    longer article can bring up more, and that is part of what the score says. Only scores of outlets on one actor in
    one event compare; how well their order agrees with people's, `crossframe evaluate framing` tells.

    References
    ----------
    Entman 1993, Framing: toward clarification of a fractured paradigm, Journal of Communication 43.
    Baumeister, Bratslavsky, Finkenauer and Vohs 2001, Bad is stronger than good, Review of General Psychology 5.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in sentences.articles}
    copying = set(copies.sources(outlet_of))
    outlets, actors = sorted(set(outlet_of.values())), sorted(set(stance.units.actor))
    told = {voice: tell_against(stance, voice) for voice in VOICES}
    sides = {outlet: _Side(outlet, told, sentences, rng) for outlet in outlets}
    rows: list[Row] = []
    for actor in actors:
        for voice in VOICES:
            scores = {one: sides[one].score(actor, voice) for one in outlets}
            rows += [
                _row("framing", score, actor, voice, outlet=one)
                for one, score in scores.items()
                if voice == ALL or score.n_units
            ]
        for one, other in combinations(outlets, 2):
            gap = _difference(sides[one].score(actor, ALL), sides[other].score(actor, ALL))
            row = _row("framing_difference", gap, actor, ALL, outlet=one, reference=other)
            row["method"] += COPY if copying & {one, other} else ""
            rows.append(row)
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


class _Score(NamedTuple):
    """A score with its draws; ``n_units`` counts sentences that mention the actor."""

    estimate: float
    draws: np.ndarray
    n_units: int
    n_articles: int


class _Side:
    """The sentences of one outlet, how often each draw takes each of them, and what they tell against actors."""

    def __init__(
        self,
        outlet: str,
        told: Mapping[str, Told],
        sentences: Sentences,
        rng: np.random.Generator,
    ) -> None:
        keys = [sentences.key(row) for row, name in enumerate(sentences.outlet) if name == outlet]
        n = len(keys)
        self.times = rng.multinomial(n, np.full(n, 1 / n), size=DRAWS)
        self.articles = sorted({article for article, _ in keys})
        self.place = {key: number for number, key in enumerate(keys)}
        self.told = told

    def score(self, actor: str, voice: str) -> _Score:
        parts = {article: self.told[voice].get((article, actor), {}) for article in self.articles}
        values = np.zeros(len(self.place))
        for article, part in parts.items():
            for number, value in part.items():
                values[self.place[article, number]] = value
        n = len(self.articles)
        estimate = sum(score_framing(part) for part in parts.values()) / n
        return _Score(estimate, -(self.times @ values) / n, sum(map(len, parts.values())), n)


def _difference(one: _Score, other: _Score) -> _Score:
    return _Score(
        one.estimate - other.estimate,
        one.draws - other.draws,
        one.n_units + other.n_units,
        one.n_articles + other.n_articles,
    )


def _row(quantity: str, score: _Score, actor: str, voice: str, **where: str) -> Row:
    low, high, method = np.nan, np.nan, "no interval: nothing told against the actor"
    if score.estimate:
        method = "no interval: all draws of sentences agree"
    if np.ptp(score.draws) > 0:
        low, high = percentile_interval(score.draws)
        low, high = min(low, score.estimate), max(high, score.estimate)
        method = f"sentence bootstrap, {DRAWS}"
    return {
        "quantity": quantity, **where, "actor": actor, "voice": voice, "estimate": score.estimate, "low": low,
        "high": high, "n_units": score.n_units, "n_articles": score.n_articles, "method": method,
    }  # fmt: skip
