"""What was judged of actors, portrayals of sentences or stances of holders, and its cells: actor and voice by outlet."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple, Self

import numpy as np

from crossframe.contrasting.cells import Subject
from crossframe.records import AUTHOR, PORTRAYAL, QUOTED, STANCES, Annotation, Columns, Floats, Ints, Texts

ALL_VOICES = ""
"""The outlet's own words and those it quotes together: whom one lets speak is a choice, too."""
MIN_JUDGED = 3
"""Sentences from which on a cell has a mean. One has no spread, and half of the draws from two are of one of them alone: they
are judgements to be read, not a tendency."""
PROBABILITIES = tuple(f"p_{label}" for label in STANCES)
"""Columns of the tables ``portrayal`` and ``stance``."""
_VALUES = np.array([-1.0, 0.0, 1.0])
"""Of negative, neutral and positive."""


@dataclass(frozen=True)
class Judged(Columns):
    """Rows of the table ``portrayal`` or ``stance``.

    ``voice`` is, of a portrayal, its speaker, or "" where those of a sentence are merged; of a stance ``author`` or
    ``quoted``, and ``holder`` says who. ``start`` and ``end`` are those of a mention, -1 of a portrayal.
    """

    event: Texts = ()
    outlet: Texts = ()
    article: Texts = ()
    sentence: Ints = ()  # type: ignore[assignment]
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    actor: Texts = ()
    voice: Texts = ()
    holder: Texts = ()
    p_negative: Floats = ()  # type: ignore[assignment]
    p_neutral: Floats = ()  # type: ignore[assignment]
    p_positive: Floats = ()  # type: ignore[assignment]
    score: Floats = ()  # type: ignore[assignment]

    @classmethod
    def of_annotation(
        cls, annotation: Annotation, construct: str, event: str, outlet_of: Mapping[str, str]
    ) -> Self:
        """Return what a model judged in one event; `outlet_of` has the outlet of every article."""
        columns = [annotation.scores[:, annotation.labels.index(label)].tolist() for label in STANCES]
        scores = zip(annotation.score.tolist(), *columns, strict=True)
        column = "speaker" if construct == PORTRAYAL else "voice"
        return cls._of_rows(
            (
                unit
                | dict(zip(("score", *PROBABILITIES), values, strict=True))
                | {"event": event, "outlet": outlet_of[unit["article"]], column: unit["voice"]}
                for unit, values in zip(annotation.units.rows(), scores, strict=True)
            ),
            construct,
        )

    @classmethod
    def of_table(cls, rows: Iterable[Mapping[str, Any]], construct: str) -> Self:
        """Return the rows of the table that `construct` names."""
        return cls._of_rows(rows, construct)

    @classmethod
    def _of_rows(cls, rows: Iterable[Mapping[str, Any]], construct: str) -> Self:
        shared = ("event", "outlet", "article", "sentence", "actor", "score", *PROBABILITIES)
        kept = []
        for row in rows:
            own = {name: row[name] for name in shared}
            if construct == PORTRAYAL:
                own |= {"voice": row["speaker"]}
            else:
                holder = row["voice"]
                own |= {"start": row["start"], "end": row["end"], "holder": holder}
                own |= {"voice": AUTHOR if holder == AUTHOR else QUOTED}
            kept.append(own)
        return cls.from_rows(kept)

    def merge_voices(self) -> Self:
        """Return one row per sentence and actor: the mean of its portrayals in the outlet's own and in quoted words."""
        rows_of: dict[tuple[str, int, str], list[int]] = {}
        keys = zip(self.article, self.sentence.tolist(), self.actor, strict=True)
        for row, key in enumerate(keys):
            rows_of.setdefault(key, []).append(row)
        first = self.select(np.array([rows[0] for rows in rows_of.values()], dtype=np.int64))
        return type(self).from_rows(
            row
            | {name: float(getattr(self, name)[rows].mean()) for name in ("score", *PROBABILITIES)}
            | {"voice": ALL_VOICES}
            for row, rows in zip(first.rows(), rows_of.values(), strict=True)
        )

    def with_all_voices(self) -> Self:
        """Return all rows, then those of `merge_voices`."""
        return type(self).concat([self, self.merge_voices()])

    def select_likely(self, min_confidence: float) -> Self:
        """Return the rows whose likeliest label has at least this probability, by four decimals as tables have it."""
        likeliest = np.max([self.p_negative, self.p_neutral, self.p_positive], axis=0, initial=0.0)
        return self.select(likeliest.round(4) >= min_confidence)

    def cells(self) -> Iterator[tuple[tuple[str, str], dict[str, list[int]]]]:
        """Yield by actor and voice the numbers of the rows of each outlet, all in order.

        Examples
        --------
        >>> rows = [{"actor": "mayor", "voice": "outlet", "outlet": outlet} for outlet in ("post", "herald", "post")]
        >>> list(Judged.from_rows(rows).cells())
        [(('mayor', 'outlet'), {'herald': [1], 'post': [0, 2]})]
        """
        return group_cells(self.actor, self.voice, self.outlet)

    def sentences_of(self, cell: Sequence[int]) -> list[tuple[str, int]]:
        """Return the sentences of a cell, each once, sorted: article and number."""
        return sorted({(self.article[row], int(self.sentence[row])) for row in cell})

    def has_mean(self, cell: Sequence[int]) -> bool:
        """Return whether a cell has enough sentences for a mean (`MIN_JUDGED`)."""
        return len(self.sentences_of(cell)) >= MIN_JUDGED

    def draw_values(self, cell: Sequence[int], n: int, rng: np.random.Generator) -> np.ndarray:
        """Return values drawn from the probabilities of a cell's rows, -1, 0 or 1: ndarray of shape (n, n_rows)."""
        rows = list(cell)
        cumulative = np.cumsum([self.p_negative[rows], self.p_neutral[rows], self.p_positive[rows]], axis=0).T
        pick = (rng.random((n, len(rows), 1)) * cumulative[:, -1:] > cumulative).sum(axis=2)
        values: np.ndarray = _VALUES[np.minimum(pick, len(_VALUES) - 1)]
        return values


def group_cells(
    actors: Sequence[str], voices: Sequence[str], outlets: Sequence[str]
) -> Iterator[tuple[tuple[str, str], dict[str, list[int]]]]:
    """Yield by actor and voice the numbers of the rows of each outlet, all in order."""
    cells: dict[tuple[str, str], dict[str, list[int]]] = {}
    for number, (actor, voice, outlet) in enumerate(zip(actors, voices, outlets, strict=True)):
        cells.setdefault((actor, voice), {}).setdefault(outlet, []).append(number)
    for key, by_outlet in sorted(cells.items()):
        yield key, dict(sorted(by_outlet.items()))


def describe_too_few(n_sentences: int) -> str:
    """Return why a cell of so few sentences has no mean.

    Examples
    --------
    >>> describe_too_few(1)
    'no mean: 1 judged sentence, a mean needs 3'
    """
    return f"no mean: {n_sentences} judged sentence{'s' * (n_sentences != 1)}, a mean needs {MIN_JUDGED}"


class EventValue(NamedTuple):
    """What one event says of a subject: its value, of how much, and the judged sentences of each side."""

    event: str
    value: float
    n_units: int
    n_articles: int
    n_sentences: tuple[int, ...]

    def __sub__(self, other: "EventValue") -> "EventValue":
        return EventValue(
            self.event,
            self.value - other.value,
            self.n_units + other.n_units,
            self.n_articles + other.n_articles,
            self.n_sentences + other.n_sentences,
        )


Values = dict[Subject, list[EventValue]]
"""By subject its value in every event that has one, in order of events."""


def pair_values(values: Values, copying: Collection[tuple[str, str]]) -> Values:
    """Return the differences between outlets, paired within events in which neither prints a copy.

    Parameters
    ----------
    values : dict of Subject to list of EventValue
        Of single outlets.
    copying : collection of (event, outlet)
        Which outlets print a copy in which event.
    """
    outlets: dict[Subject, dict[str, dict[str, EventValue]]] = {}
    for subject, of_events in values.items():
        own = {one.event: one for one in of_events if (one.event, subject.outlet) not in copying}
        outlets.setdefault(subject._replace(outlet=""), {})[subject.outlet] = own
    differences: Values = {}
    for subject, by_outlet in outlets.items():
        for one, other in combinations(sorted(by_outlet), 2):
            first, second = by_outlet[one], by_outlet[other]
            pairs = [first[event] - second[event] for event in sorted(set(first) & set(second))]
            if pairs:
                name = f"{subject.quantity}_difference"
                differences[subject._replace(quantity=name, outlet=one, reference=other)] = pairs
    return differences


def average_by_event(judged: Judged, quantity: str) -> Values:
    """Return every cell's mean score in each event, also of fewer sentences than a mean of their own takes."""
    values: Values = {}
    for (actor, voice), by_outlet in judged.cells():
        for outlet, cell in by_outlet.items():
            by_event: dict[str, list[int]] = {}
            for row in cell:
                by_event.setdefault(judged.event[row], []).append(row)
            values[Subject(quantity, outlet, actor=actor, voice=voice)] = [
                EventValue(
                    event,
                    float(judged.score[rows].mean()),
                    len(rows),
                    len({judged.article[row] for row in rows}),
                    (len(judged.sentences_of(rows)),),
                )
                for event, rows in sorted(by_event.items())
            ]
    return values
