"""Mentions of a study with their labels: which these are, how they are joined, in cells, and what they can correct."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe.contrasting.cells import group_mentions, kind_of_voice
from crossframe.records import AUTHOR, QUOTED, Annotation, Columns, Corpus, Floats, Texts

MIN_LABELS = 10
MIN_SENTENCES = 5
"""Below this number of labelled mentions, in this number of sentences, no sample corrects: in simulations with ten labels an interval is
about half as wide as the scale, and it covers; with five it is all of it."""
_TOLERANCE = 0.2
"""Share by which the mentions that the labels represent may miss the detected ones before a note says so."""
_SPEAKERS = {AUTHOR: ("outlet", "mixed"), QUOTED: ("quoted", "mixed")}
"""Which portrayals in a sentence label a mention: the first that there is, by the voice it stands in."""


@dataclass(frozen=True)
class Labelled(Columns):
    """Judged mentions: ``score`` is the classifier's, ``label`` the study's own (NaN: not labelled), in [-1, 1]."""

    event: Texts = ()
    outlet: Texts = ()
    article: Texts = ()
    sentence: Texts = ()
    actor: Texts = ()
    voice: Texts = ()
    score: Floats = ()  # type: ignore[assignment]
    label: Floats = ()  # type: ignore[assignment]
    probability: Floats = ()  # type: ignore[assignment]

    @property
    def labelled(self) -> np.ndarray:
        mask: np.ndarray = ~np.isnan(self.label)
        return mask

    @property
    def is_census(self) -> bool:
        return bool(self.labelled.all())


def labels_of(corpus: Corpus) -> Annotation | None:
    """Return the labels of a study's own mentions: gold portrayal, else what gold says of single mentions; None without any.

    Gold stance beside gold portrayal is of holders: it answers another question, and labels no mention.
    """
    for name in ("portrayal", "stance"):
        gold = corpus.gold.get(name)
        if isinstance(gold, Annotation) and {"negative", "positive"} <= set(gold.labels):
            return gold
    return None


def join_labels(stance: Iterable[Mapping[str, Any]], labels: Annotation | None) -> Labelled:
    """Return mentions with their labels.

    Parameters
    ----------
    stance : iterable of mapping
        Mentions as rows of the ``stance`` table have them.
    labels : Annotation or None
        Of `labels_of`. Labels of spans hold for the same span and actor. Labels of sentences hold for the mentions of
        the actor in the sentence that stand in the voice of their speaker: ``outlet`` for the author's own words, ``quoted``
        for quoted ones, ``mixed`` for both where there is no such label.

    Returns
    -------
    Labelled
        In the order of `stance`; ``label`` and ``probability`` are NaN where there is none.
    """
    of_sentences = labels is not None and labels.unit == "sentence"
    known: dict[tuple[Any, ...], dict[str, tuple[float, float]]] = {}
    if labels is not None:
        drawn = np.full(len(labels), np.nan) if labels.probability is None else labels.probability
        for unit, score, chance in zip(
            labels.units.rows(), labels.score.tolist(), drawn.tolist(), strict=True
        ):
            by_speaker = known.setdefault(_key(unit, of_sentences=of_sentences), {})
            by_speaker.setdefault(unit["voice"] if of_sentences else "", (score, chance))
    rows = []
    for row in stance:
        voice = kind_of_voice(row["voice"])
        label, probability = _choose(known.get(_key(row, of_sentences=of_sentences), {}), voice)
        rows.append(
            {name: row[name] for name in ("event", "outlet", "article", "actor", "score")}
            | {
                "sentence": f"{row['article']} {row['sentence']}",
                "voice": voice,
                "label": label,
                "probability": probability,
            }
        )
    return Labelled.from_rows(rows)


def _key(row: Mapping[str, Any], *, of_sentences: bool) -> tuple[Any, ...]:
    place = (int(row["sentence"]),) if of_sentences else (int(row["start"]), int(row["end"]))
    return row["article"], *place, row["actor"]


def _choose(by_speaker: Mapping[str, tuple[float, float]], voice: str) -> tuple[float, float]:
    """Return label and probability of a mention in `voice`; NaN where none is of its voice. A label of a span has no speaker."""
    speakers = ("", *_SPEAKERS[voice])
    return next((by_speaker[one] for one in speakers if one in by_speaker), (math.nan, math.nan))


def group_labelled(mentions: Labelled) -> Iterator[tuple[tuple[str, str], dict[str, Labelled]]]:
    """Yield by actor and voice the mentions of each outlet, for actors that have a label."""
    labelled = {actor for actor, has in zip(mentions.actor, mentions.labelled.tolist(), strict=True) if has}
    for key, by_outlet in group_mentions(mentions.actor, mentions.voice, mentions.outlet):
        if key[0] in labelled:
            yield key, {outlet: mentions.select(np.array(cell)) for outlet, cell in by_outlet.items()}


def pair_events(
    one: Labelled, other: Labelled, copying: Collection[tuple[str, str]]
) -> tuple[Labelled, Labelled]:
    """Return the mentions of two outlets in the events where both have some and neither prints a copy."""

    def events(side: Labelled) -> set[str]:
        return {e for e, outlet in zip(side.event, side.outlet, strict=True) if (e, outlet) not in copying}

    both = events(one) & events(other)
    first, second = (
        side.select(np.array([e in both for e in side.event], dtype=bool)) for side in (one, other)
    )
    return first, second


def find_fault(cell: Labelled) -> str:
    """Return why labels cannot correct a cell; "" where they can."""
    known = cell.labelled
    k, n = int(known.sum()), len(cell)
    if k == n:
        return ""
    drawn = cell.probability[known]
    if k and np.isnan(drawn).any():
        return f"not corrected: {k} of {n} mentions labelled, the sample's probabilities are not known"
    if _is_broken_census(cell):
        return f"not corrected: {k} of {n} mentions labelled, though all were to be"
    sentences = len({sentence for sentence, has in zip(cell.sentence, known.tolist(), strict=True) if has})
    if k < MIN_LABELS or sentences < MIN_SENTENCES:
        return (
            f"too little data: {k} of {n} mentions labelled, in {sentences} sentences; a corrected estimate needs "
            f"{MIN_LABELS} in {MIN_SENTENCES}, or all"
        )
    return ""


def _is_broken_census(cell: Labelled) -> bool:
    """Return whether in some event all labelled mentions were sure to be drawn, and yet others have no label."""
    chances: dict[str, set[float]] = {}
    for event, chance, has in zip(cell.event, cell.probability.tolist(), cell.labelled.tolist(), strict=True):
        chances.setdefault(event, set()).add(chance if has else 0.0)
    return any(values == {0.0, 1.0} for values in chances.values())


def describe_labels(
    stance: Iterable[Mapping[str, Any]], labels: Annotation | None, actors: Collection[str]
) -> list[str]:
    """Return what a reader must know of the labels: how many there are, and what they represent.

    Parameters
    ----------
    stance : iterable of mapping
        Rows of the ``stance`` tables of all events.
    labels : Annotation or None
        Of `labels_of`.
    actors : collection of str
        Declared actors, whose mentions the sample was drawn from.

    Returns
    -------
    list of str
        Empty where no mention has a label.
    """
    mentions = join_labels((row for row in stance if row["actor"] in actors), labels)
    n, known = len(mentions), mentions.labelled
    k = int(known.sum())
    if not k or labels is None:
        return []
    cells = [cell for _, by_outlet in group_labelled(mentions) for cell in by_outlet.values()]
    n_corrected = sum(not find_fault(cell) for cell in cells)
    notes = [
        f"Labels of the study itself: {k} of {n} mentions of declared actors have one. They correct the stance of "
        f"{n_corrected} of {len(cells)} cells (outlet, actor, voice); tables/estimates.csv gives the reasons for the others."
    ]
    drawn = mentions.probability[known]
    if np.isnan(drawn).all():
        if k < n:
            notes[0] += (
                " The probabilities with which they were chosen are not known: only cells whose mentions are all labelled "
                "are corrected."
            )
        return notes
    represented = float(np.nansum(1 / drawn))
    unmatched = len(labels) - k
    if unmatched:
        notes[0] += f" {unmatched} labels are of mentions that this comparison does not detect."
    if abs(represented - n) > _TOLERANCE * n:
        notes.append(
            f"By their probabilities the labels represent {represented:.0f} mentions, but {n} were detected: drawn mentions "
            "have no label, or mentions were not there when the sample was drawn. Corrected estimates hold only if these "
            "are like the labelled ones."
        )
    return notes
