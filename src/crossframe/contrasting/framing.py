"""How each outlet frames each actor, as three numbers that multiply: how long, how prominent, and in what tone.

References
----------
Entman 1993, Framing: toward clarification of a fractured paradigm, Journal of Communication 43.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Measure, Subject, collect_estimates
from crossframe.contrasting.judged import (
    ALL_VOICES,
    MIN_JUDGED,
    EventValue,
    Judged,
    Values,
    describe_too_few,
)
from crossframe.records import Copies, Estimates, Sentences
from crossframe.statistics.intervals import DRAWS

_BOOTSTRAP = f"sentence bootstrap, {DRAWS}"
_NO_INTERVAL = "no interval: all draws of sentences agree"


def summarise_framing(
    portrayals: Judged,
    sentences: Sentences,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Describe one event: how long, how prominent and in what tone every outlet writes of every actor, and their product.

    Parameters
    ----------
    portrayals : Judged
        Of the event, by sentence, actor and speaker.
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
        By outlet ``length``: sentences per article, the title among them. By outlet and actor, for all actors that the
        event judges, ``prominence``: the share of the outlet's sentences that mention the actor; ``title_and_lead``: the
        same of titles and first sentences alone; ``tone``: the mean portrayal of the sentences that mention it, whoever
        speaks; ``framing``: length x prominence x tone. Between outlets ``prominence_difference`` and
        ``framing_difference``. Description only: one article is one draw, so no p- and no q-values. The interval says how
        far a number depends on the sentences it is made of: every draw takes as many of the outlet's sentences as there
        are, with replacement. Fewer than three sentences have no tone, and no product; without any, the product is 0.

    Notes
    -----
    Framing is selection and salience (Entman 1993). The product is the sum of the portrayals of an actor over the sentences
    of an article: how many sentences it has for the actor more than against, each by its probability. Its factors say why it
    is large: a long article, an actor that is everywhere in it, or a harsh tone. Title and lead are read by more people
    than the rest, but how much more is not known, so that their share stands beside the product and is no part of it. Only
    numbers of outlets on one actor in one event compare; a longer article can bring up more, and that is part of the product.
    """
    rng = check.check_seed(seed)
    outlet_of = {article.id: article.outlet for article in sentences.articles}
    merged = portrayals.merge_voices()
    sides = [_Side(outlet, merged, sentences, rng) for outlet in sorted(set(outlet_of.values()))]
    actors = sorted(set(merged.actor))
    rows = [
        *(side.measure_length() for side in sides),
        *(row for actor in actors for side in sides for row in side.describe(actor)),
        *(row for actor in actors for row in _compare_sides(sides, actor)),
    ]
    return collect_estimates(rows, event=event, copying=copies.sources(outlet_of))


class _Side:
    """The sentences of one outlet, how often each draw takes each of them, and how they portray actors."""

    def __init__(self, outlet: str, merged: Judged, sentences: Sentences, rng: np.random.Generator) -> None:
        rows = [row for row, name in enumerate(sentences.outlet) if name == outlet]
        place = {sentences.key(row): number for number, row in enumerate(rows)}
        self.outlet = outlet
        self.n = len(rows)
        self.times = rng.multinomial(self.n, np.full(self.n, 1 / self.n), size=DRAWS)
        self.n_articles = len({article for article, _ in place})
        self.opening = np.zeros(self.n)
        self.opening[[place[key] for key in _openings(place)]] = 1.0
        self.scores: dict[str, dict[int, float]] = {}
        keys = zip(merged.article, merged.sentence.tolist(), strict=True)
        for key, actor, score in zip(keys, merged.actor, merged.score.tolist(), strict=True):
            if key in place:
                self.scores.setdefault(actor, {})[place[key]] = score

    def measure_length(self) -> Estimate:
        """Return the number of sentences per article."""
        method = "count; no interval"
        length = self.n / self.n_articles
        return Estimate(Subject("length", self.outlet), length, method, self.n, self.n_articles)

    def describe(self, actor: str) -> Iterator[Estimate]:
        """Yield prominence, the same in title and lead, tone and product."""
        mentioned = self._mentioned(actor)
        yield self._estimate("prominence", actor, self.measure_prominence(actor))
        opening = float((mentioned * self.opening).sum() / self.opening.sum())
        yield Estimate(
            Subject("title_and_lead", self.outlet, actor=actor), opening, "count; no interval",
            int((mentioned * self.opening).sum()), self.n_articles,
        )  # fmt: skip
        n_sentences = int(mentioned.sum())
        if n_sentences >= MIN_JUDGED:
            yield self._estimate("tone", actor, self._measure_tone(actor))
        elif n_sentences:
            yield self._without_value("tone", actor, n_sentences)
        if 0 < n_sentences < MIN_JUDGED:
            yield self._without_value("framing", actor, n_sentences)
        else:
            yield self._estimate("framing", actor, self.measure_product(actor))

    def is_judged(self, actor: str) -> bool:
        """Return whether enough sentences mention the actor for a tone."""
        return len(self.scores.get(actor, ())) >= MIN_JUDGED

    def measure_prominence(self, actor: str) -> Measure:
        mentioned = self._mentioned(actor)
        return self._measure(mentioned.sum() / self.n, self.times @ mentioned / self.n, actor)

    def measure_product(self, actor: str) -> Measure:
        values = self._values(actor)
        return self._measure(values.sum() / self.n_articles, self.times @ values / self.n_articles, actor)

    def _measure_tone(self, actor: str) -> Measure:
        mentioned, values = self._mentioned(actor), self._values(actor)
        n_drawn = self.times @ mentioned
        draws = (self.times @ values)[n_drawn > 0] / n_drawn[n_drawn > 0]
        return self._measure(values.sum() / mentioned.sum(), draws, actor)

    def _measure(self, value: float, draws: np.ndarray, actor: str) -> Measure:
        return Measure(float(value), draws, len(self.scores.get(actor, ())), self.n_articles)

    def _mentioned(self, actor: str) -> np.ndarray:
        """Return 1 for every sentence that mentions the actor: ndarray of shape (n_sentences,)."""
        mentioned = np.zeros(self.n)
        mentioned[list(self.scores.get(actor, ()))] = 1.0
        return mentioned

    def _values(self, actor: str) -> np.ndarray:
        """Return every sentence's portrayal of the actor, 0 where it is not mentioned: ndarray of shape (n_sentences,)."""
        values = np.zeros(self.n)
        for place, score in self.scores.get(actor, {}).items():
            values[place] = score
        return values

    def _estimate(self, quantity: str, actor: str, measure: Measure) -> Estimate:
        return _estimate(Subject(quantity, self.outlet, actor=actor, voice=ALL_VOICES), measure)

    def _without_value(self, quantity: str, actor: str, n_sentences: int) -> Estimate:
        subject = Subject(quantity, self.outlet, actor=actor, voice=ALL_VOICES)
        return Estimate(subject, math.nan, describe_too_few(n_sentences), n_sentences, self.n_articles)


def _openings(keys: Mapping[tuple[str, int], int]) -> list[tuple[str, int]]:
    """Return the title of every article and the first sentence of its text."""
    numbers: dict[str, list[int]] = {}
    for article, number in keys:
        numbers.setdefault(article, []).append(number)
    return [
        (article, number)
        for article, of_article in numbers.items()
        for number in (*(n for n in of_article if n == 0), *sorted(n for n in of_article if n > 0)[:1])
    ]


def _compare_sides(sides: Sequence[_Side], actor: str) -> Iterator[Estimate]:
    for one, other in combinations(sides, 2):
        prominence = one.measure_prominence(actor) - other.measure_prominence(actor)
        yield _estimate(Subject("prominence_difference", one.outlet, other.outlet, actor), prominence)
        if one.is_judged(actor) and other.is_judged(actor):
            product = one.measure_product(actor) - other.measure_product(actor)
            yield _estimate(Subject("framing_difference", one.outlet, other.outlet, actor), product)


def _estimate(subject: Subject, measure: Measure) -> Estimate:
    method = _NO_INTERVAL if measure.is_constant else _BOOTSTRAP
    return Estimate.of_measure(subject, measure, method, interval=not measure.is_constant)


def sum_by_event(merged: Judged, n_articles: Mapping[tuple[str, str], int]) -> Values:
    """Return the product ``framing`` of every outlet and actor in each event, also of fewer than three sentences.

    Parameters
    ----------
    merged : Judged
        Of `Judged.merge_voices`, all events.
    n_articles : mapping of (event, outlet) to int
        Articles. An outlet that does not mention an actor which others of the event do has 0.
    """
    scores: dict[tuple[str, str], dict[str, list[float]]] = {}
    columns = zip(merged.event, merged.actor, merged.outlet, merged.score.tolist(), strict=True)
    for event, actor, outlet, score in columns:
        scores.setdefault((event, actor), {}).setdefault(outlet, []).append(score)
    outlets_of: dict[str, list[str]] = {}
    for event, outlet in sorted(n_articles):
        outlets_of.setdefault(event, []).append(outlet)
    values: Values = {}
    for (event, actor), by_outlet in sorted(scores.items()):
        for outlet in outlets_of[event]:
            own, n = by_outlet.get(outlet, []), n_articles[event, outlet]
            value = EventValue(event, math.fsum(own) / n, len(own), n, (len(own),))
            values.setdefault(Subject("framing", outlet, actor=actor), []).append(value)
    return values
