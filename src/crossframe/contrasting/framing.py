"""How each outlet frames each actor: how much it brings up against the actor, where the mean stance gives only the tone.

References
----------
Entman 1993, Framing: toward clarification of a fractured paradigm, Journal of Communication 43.
Baumeister, Bratslavsky, Finkenauer and Vohs 2001, Bad is stronger than good, Review of General Psychology 5.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Measure, Subject, collect_estimates
from crossframe.records import AUTHOR, QUOTED, Annotation, Copies, Estimates, Sentences
from crossframe.statistics.intervals import DRAWS

ALL_VOICES = ""
"""Both what an outlet writes itself and whom it quotes are its choice."""
FRAMING_VOICES = (ALL_VOICES, AUTHOR, QUOTED)
Negativity = dict[tuple[str, str], dict[int, float]]
"""By article and actor, by sentence number: the probability that the sentence speaks against the actor."""


def measure_negativity(stance: Annotation, voice: str = ALL_VOICES) -> Negativity:
    """Return how likely every sentence speaks against an actor that it mentions.

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
    negative = stance.rounded[:, stance.labels.index("negative")].tolist()
    mentions: dict[tuple[str, str], dict[int, list[float]]] = {}
    for unit, value in zip(stance.units.rows(), negative, strict=True):
        sentences = mentions.setdefault((unit["article"], unit["actor"]), {})
        if voice == ALL_VOICES or (unit["voice"] == AUTHOR) == (voice == AUTHOR):
            sentences.setdefault(unit["sentence"], []).append(value)
    return {
        key: {number: sum(values) / len(values) for number, values in sorted(sentences.items())}
        for key, sentences in mentions.items()
    }


def score_framing(negativity: Mapping[int, float]) -> float:
    """Return the framing score of an article toward an actor: minus the sum over its sentences, 0 at most.

    Parameters
    ----------
    negativity : mapping of int to float
        The entry of one article and actor in what `measure_negativity` returns.

    Returns
    -------
    float
        -3: as much as three sentences that are surely against the actor; 0: nothing against it, or no mention.

    Examples
    --------
    >>> score_framing({1: 0.5, 4: 0.25}), score_framing({})
    (-0.75, 0.0)
    """
    return 0.0 - sum(negativity.values())


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
    The mean stance of mentions is the tone in which an actor is spoken of; five failings between twenty neutral
    sentences have a mean near zero. Framing is selection and salience (Entman 1993), and what is bad weighs more in a
    judgement than what is good (Baumeister et al. 2001). So this score is a sum over the outlet's sentences of the
    probability that a sentence speaks against the actor, per article; favourable sentences do not make up for
    unfavourable ones, and no weight in it is learned. A longer article can bring up more, and that is part of what the
    score says. Only scores of outlets on one actor in one event compare; `crossframe evaluate framing` measures how
    well their order agrees with people's.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in sentences.articles}
    negativity = {voice: measure_negativity(stance, voice) for voice in FRAMING_VOICES}
    sides = {outlet: _Side(outlet, negativity, sentences, rng) for outlet in sorted(set(outlet_of.values()))}
    rows = (row for actor in sorted(set(stance.units.actor)) for row in _compare_sides(sides, actor))
    return collect_estimates(rows, event=event, copying=copies.sources(outlet_of))


class _Side:
    """The sentences of one outlet, how often each draw takes each of them, and how they speak of actors."""

    def __init__(
        self,
        outlet: str,
        negativity: Mapping[str, Negativity],
        sentences: Sentences,
        rng: np.random.Generator,
    ) -> None:
        keys = [sentences.key(row) for row, name in enumerate(sentences.outlet) if name == outlet]
        n = len(keys)
        self.times = rng.multinomial(n, np.full(n, 1 / n), size=DRAWS)
        self.articles = sorted({article for article, _ in keys})
        self.place = {key: number for number, key in enumerate(keys)}
        self.negativity = negativity

    def measure(self, actor: str, voice: str) -> Measure:
        """Return the framing score; its units are the sentences that mention the actor."""
        by_article = {article: self.negativity[voice].get((article, actor), {}) for article in self.articles}
        values = np.zeros(len(self.place))
        for article, by_sentence in by_article.items():
            for number, value in by_sentence.items():
                values[self.place[article, number]] = value
        n = len(self.articles)
        score = sum(score_framing(by_sentence) for by_sentence in by_article.values()) / n
        return Measure(score, -(self.times @ values) / n, sum(map(len, by_article.values())), n)


def _compare_sides(sides: Mapping[str, _Side], actor: str) -> Iterator[Estimate]:
    for voice in FRAMING_VOICES:
        for outlet, side in sides.items():
            measure = side.measure(actor, voice)
            if voice == ALL_VOICES or measure.n_units:
                yield _estimate(Subject("framing", outlet, actor=actor, voice=voice), measure)
    for one, other in combinations(sides, 2):
        gap = sides[one].measure(actor, ALL_VOICES) - sides[other].measure(actor, ALL_VOICES)
        yield _estimate(Subject("framing_difference", one, other, actor, ALL_VOICES), gap)


def _estimate(subject: Subject, measure: Measure) -> Estimate:
    method = f"sentence bootstrap, {DRAWS}"
    if measure.is_constant:
        method = (
            "no interval: all draws of sentences agree"
            if measure.value
            else "no interval: nothing told against the actor"
        )
    return Estimate.of_measure(subject, measure, method, interval=not measure.is_constant)
