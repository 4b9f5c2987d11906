"""What was judged in a study with its labels: which these are, how they are joined, in cells, and what they can correct."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe.contrasting.judged import ALL_VOICES, MIN_JUDGED, Judged, describe_too_few, group_cells
from crossframe.records import PORTRAYAL, STANCE, Annotation, Columns, Corpus, Floats, Texts, speaker_of

MIN_LABELS = 10
MIN_SENTENCES = 5
"""Below this number of labels, in this number of sentences, no sample corrects: in simulations with ten labels an interval is
about half as wide as the scale, and it covers; with five it is all of it."""
_TOLERANCE = 0.2
"""Share by which the judgements that the labels represent may miss the detected ones before a note says so."""
_SPEAKERS = {"outlet": ("outlet", "mixed"), "quoted": ("quoted", "mixed"), "mixed": ("mixed",)}
"""Which labels of a sentence are of a portrayal in these words: the first that there is."""


@dataclass(frozen=True)
class Labelled(Columns):
    """Judgements: ``score`` is the classifier's, ``label`` the study's own (NaN: not labelled), in [-1, 1]."""

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

    @property
    def n_sentences(self) -> int:
        return len(set(self.sentence))

    @property
    def is_compared(self) -> bool:
        """Whether enough sentences are labelled to say by how much labels and classifier differ: three, or all of fewer."""
        return self.select(self.labelled).n_sentences >= min(MIN_JUDGED, self.n_sentences)


def labels_of(corpus: Corpus, construct: str = PORTRAYAL) -> Annotation | None:
    """Return the labels of a study's own judgements; None without any.

    Parameters
    ----------
    corpus : Corpus
        With gold.
    construct : str
        ``portrayal``: gold portrayal, else what gold stance alone says of single mentions, which is how their sentences
        portray them. ``stance``: gold stance beside gold portrayal, which is that of holders.
    """
    portrayal, stance = (_with_sides(corpus.gold.get(name)) for name in (PORTRAYAL, STANCE))
    if construct == STANCE:
        return stance if portrayal is not None else None
    return stance if portrayal is None else portrayal


def _with_sides(gold: object) -> Annotation | None:
    is_sided = isinstance(gold, Annotation) and {"negative", "positive"} <= set(gold.labels)
    return gold if isinstance(gold, Annotation) and is_sided else None


Known = dict[tuple[Any, ...], dict[str, tuple[float, float]]]
"""By place and actor, by speaker or holder: label, and the probability with which it was drawn."""


def join_labels(judged: Judged, labels: Annotation | None, construct: str) -> Labelled:
    """Return what was judged with its labels.

    Parameters
    ----------
    judged : Judged
        Portrayals by speaker, or stances.
    labels : Annotation or None
        Of `labels_of`, of the same `construct`. Portrayals are joined by sentence, actor and speaker: ``outlet`` for own
        words, ``quoted`` for quoted ones, ``mixed`` for both where there is no such label; where the voices of a sentence are
        merged, it is the mean of all its labels. Labels of mentions stand for their sentences: the mean, where several
        mentions in the same words have one. Stances are joined by mention and holder; a holder that a labelled mention lacks
        takes no side.
    construct : str
        ``portrayal`` or ``stance``.

    Returns
    -------
    Labelled
        In the order of `judged`; ``label`` and ``probability`` are NaN where there is none.
    """
    is_portrayal = construct == PORTRAYAL
    known: Known = {}
    if labels is not None:
        known = _index_portrayals(labels) if is_portrayal else _index_stances(labels)
    rows = []
    for row in judged.rows():
        if is_portrayal:
            of_place = known.get((row["article"], row["sentence"], row["actor"]), {})
            found = _choose_portrayal(of_place, row["voice"])
        else:
            of_place = known.get((row["article"], row["start"], row["end"], row["actor"]), {})
            found = _choose_stance(of_place, row["holder"])
        rows.append(
            {name: row[name] for name in ("event", "outlet", "article", "actor", "voice", "score")}
            | {"sentence": f"{row['article']} {row['sentence']}"}
            | dict(zip(("label", "probability"), found, strict=True))
        )
    return Labelled.from_rows(rows)


def _list_labels(labels: Annotation) -> Iterator[tuple[dict[str, Any], float, float]]:
    """Yield the unit of every label, its value, and the probability with which it was drawn."""
    drawn = np.full(len(labels), np.nan) if labels.probability is None else labels.probability
    yield from zip(labels.units.rows(), labels.score.tolist(), drawn.tolist(), strict=True)


def _index_portrayals(labels: Annotation) -> Known:
    listed: dict[tuple[Any, ...], dict[str, list[tuple[float, float]]]] = {}
    for unit, value, chance in _list_labels(labels):
        speaker = unit["voice"] if labels.unit == "sentence" else speaker_of(unit["voice"])
        place = unit["article"], unit["sentence"], unit["actor"]
        listed.setdefault(place, {}).setdefault(speaker, []).append((value, chance))
    return {
        place: {speaker: _average(values) for speaker, values in by_speaker.items()}
        for place, by_speaker in listed.items()
    }


def _average(values: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean label of mentions, and how probable it was that any of them was drawn."""
    missed = math.prod(1 - chance for _, chance in values)
    return math.fsum(value for value, _ in values) / len(values), 1 - missed


def _index_stances(labels: Annotation) -> Known:
    known: Known = {}
    for unit, value, chance in _list_labels(labels):
        place = unit["article"], unit["start"], unit["end"], unit["actor"]
        known.setdefault(place, {}).setdefault(unit["voice"], (value, chance))
    return known


def _choose_portrayal(by_speaker: Mapping[str, tuple[float, float]], speaker: str) -> tuple[float, float]:
    """Return the label of a portrayal and its probability: that of its words, or of all where voices are merged."""
    if speaker == ALL_VOICES and by_speaker:
        labels, chances = zip(*by_speaker.values(), strict=True)
        return math.fsum(labels) / len(labels), math.prod(chances)
    fitting = (by_speaker[one] for one in _SPEAKERS.get(speaker, ()) if one in by_speaker)
    return next(fitting, (math.nan, math.nan))


def _choose_stance(by_holder: Mapping[str, tuple[float, float]], holder: str) -> tuple[float, float]:
    """Return the label of a holder and its probability; who is not named at a labelled mention takes no side."""
    if holder in by_holder or not by_holder:
        return by_holder.get(holder, (math.nan, math.nan))
    return 0.0, next(iter(by_holder.values()))[1]


def join_all_voices(judged: Judged, labels: Annotation | None) -> Labelled:
    """Return portrayals with their labels, then one row per sentence and actor, whoever speaks.

    Where labels are of mentions, a merged row has one where all its portrayals have, for whose words were drawn is chance.
    """
    joined = join_labels(judged, labels, PORTRAYAL)
    if labels is not None and labels.unit == "sentence":
        return Labelled.concat([joined, join_labels(judged.merge_voices(), labels, PORTRAYAL)])
    return Labelled.concat([joined, _merge(joined)])


def _merge(judged: Labelled) -> Labelled:
    rows_of: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(judged.sentence, judged.actor, strict=True)):
        rows_of.setdefault(key, []).append(row)
    first = judged.select(np.array([rows[0] for rows in rows_of.values()], dtype=np.int64))
    return Labelled.from_rows(
        row
        | {name: float(getattr(judged, name)[rows].mean()) for name in ("score", "label")}
        | {"voice": ALL_VOICES, "probability": float(judged.probability[rows].prod())}
        for row, rows in zip(first.rows(), rows_of.values(), strict=True)
    )


def group_labelled(judged: Labelled) -> Iterator[tuple[tuple[str, str], dict[str, Labelled]]]:
    """Yield by actor and voice what was judged of each outlet, for actors that have a label."""
    labelled = {actor for actor, has in zip(judged.actor, judged.labelled.tolist(), strict=True) if has}
    for key, by_outlet in group_cells(judged.actor, judged.voice, judged.outlet):
        if key[0] in labelled:
            yield key, {outlet: judged.select(np.array(cell)) for outlet, cell in by_outlet.items()}


def pair_events(
    one: Labelled, other: Labelled, copying: Collection[tuple[str, str]]
) -> tuple[Labelled, Labelled]:
    """Return what was judged of two outlets in the events where both have some and neither prints a copy."""

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
    if cell.n_sentences < MIN_JUDGED:
        return describe_too_few(cell.n_sentences)
    if k == n:
        return ""
    drawn = cell.probability[known]
    if k and np.isnan(drawn).any():
        return f"not corrected: {k} of {n} judgements labelled, the sample's probabilities are not known"
    if _is_broken_census(cell):
        return f"not corrected: {k} of {n} judgements labelled, though all were to be"
    sentences = len({sentence for sentence, has in zip(cell.sentence, known.tolist(), strict=True) if has})
    if k < MIN_LABELS or sentences < MIN_SENTENCES:
        return (
            f"too little data: {k} of {n} judgements labelled, in {sentences} sentences; a corrected estimate needs "
            f"{MIN_LABELS} in {MIN_SENTENCES}, or all"
        )
    return ""


def _is_broken_census(cell: Labelled) -> bool:
    """Return whether in some event all labelled judgements were sure to be drawn, and yet others have no label."""
    chances: dict[str, set[float]] = {}
    for event, chance, has in zip(cell.event, cell.probability.tolist(), cell.labelled.tolist(), strict=True):
        chances.setdefault(event, set()).add(chance if has else 0.0)
    return any(values == {0.0, 1.0} for values in chances.values())


def describe_labels(
    judged: Judged, labels: Annotation | None, construct: str, actors: Collection[str]
) -> list[str]:
    """Return what a reader must know of the labels: how many there are, and what they represent.

    Parameters
    ----------
    judged : Judged
        Portrayals or stances of all events.
    labels : Annotation or None
        Of `labels_of`.
    construct : str
        ``portrayal`` or ``stance``.
    actors : collection of str
        Declared actors, whose mentions the sample was drawn from.

    Returns
    -------
    list of str
        Empty where no judgement has a label.
    """
    own = judged.select(np.array([actor in actors for actor in judged.actor], dtype=bool))
    joined = join_labels(own, labels, construct)
    n, known = len(joined), joined.labelled
    k = int(known.sum())
    if not k or labels is None:
        return []
    cells = [cell for _, by_outlet in group_labelled(joined) for cell in by_outlet.values()]
    n_corrected = sum(not find_fault(cell) for cell in cells)
    unit = (
        "sentences with declared actors"
        if construct == PORTRAYAL
        else "judgements of declared actors by holders"
    )
    notes = [
        f"Labels of the study itself, {construct}: {k} of {n} {unit} have one. They correct {n_corrected} of {len(cells)} "
        "cells (outlet, actor, voice); tables/estimates.csv gives the reasons for the others."
    ]
    drawn = joined.probability[known]
    if np.isnan(drawn).all():
        if k < n:
            notes[0] += (
                " The probabilities with which they were chosen are not known: only cells that are labelled as a whole are "
                "corrected."
            )
        return notes
    represented = float(np.nansum(1 / drawn))
    unmatched = len(labels) - k
    if unmatched > 0:
        notes[0] += f" {unmatched} labels are of mentions that this comparison does not detect."
    if abs(represented - n) > _TOLERANCE * n:
        notes.append(
            f"By their probabilities the labels represent {represented:.0f} of them, but {n} were detected: drawn mentions "
            "have no label, or mentions were not there when the sample was drawn. Corrected estimates hold only if these "
            "are like the labelled ones."
        )
    return notes
