"""Scores of an article's framing of an actor, made of what a model says of its mentions, held against people's judgements.

References
----------
Baumeister, Bratslavsky, Finkenauer and Vohs 2001, Bad is stronger than good, Review of General Psychology 5.
"""

from collections.abc import Mapping

from crossframe.contrasting.judged import ALL_VOICES
from crossframe.records import AUTHOR, QUOTED, Annotation, group_by_sentence

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


def sum_negativity(negativity: Mapping[int, float]) -> float:
    """Return minus the sum over sentences of what speaks against an actor, 0 at most.

    What is bad weighs more in a judgement than what is good (Baumeister et al. 2001): here favourable sentences do not make
    up for unfavourable ones.

    Parameters
    ----------
    negativity : mapping of int to float
        The entry of one article and actor in what `measure_negativity` returns.

    Examples
    --------
    >>> sum_negativity({1: 0.5, 4: 0.25}), sum_negativity({})
    (-0.75, 0.0)
    """
    return 0.0 - sum(negativity.values())


def sum_portrayals(stance: Annotation) -> dict[tuple[str, str], float]:
    """Return by article and actor the product that `compare` reports as ``framing``: the sum of portrayals by sentences.

    Parameters
    ----------
    stance : Annotation
        Of mentions (spans).
    """
    portrayals = group_by_sentence(stance)
    by_sentence: dict[tuple[str, str, int], list[float]] = {}
    for unit, score in zip(portrayals.units.rows(), portrayals.score.tolist(), strict=True):
        by_sentence.setdefault((unit["article"], unit["actor"], unit["sentence"]), []).append(score)
    sums: dict[tuple[str, str], float] = {}
    for (article, actor, _), scores in by_sentence.items():
        sums[article, actor] = sums.get((article, actor), 0.0) + sum(scores) / len(scores)
    return sums
