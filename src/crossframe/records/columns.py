"""Records that are tables: spans, names, stretches of one voice, judged units, coverage, wording, estimates, copies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, Self

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records.names import DIFFERENCES, MENTION_KINDS, NAME_KINDS, QUOTE_KINDS, QUOTE_PARTS

Ints = Annotated[np.ndarray, np.int64]
Floats = Annotated[np.ndarray, np.float64]
Texts = tuple[str, ...]


def read_only(values: object, dtype: type) -> np.ndarray:
    """Return `values` as an array that cannot be written to."""
    array: np.ndarray = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


@dataclass(frozen=True)
class Columns:
    """Base of records that are tables: every field is a column, all of one length.

    ``Ints`` become read-only int64 arrays, ``Floats`` read-only float64 arrays (NaN: unknown or not
    applicable), ``Texts`` tuples of strings ("": none).
    """

    def __post_init__(self) -> None:
        for column in fields(self):
            value = getattr(self, column.name)
            values = tuple(value) if column.type is Texts else read_only(value, column.type.__metadata__[0])  # type: ignore[union-attr]
            object.__setattr__(self, column.name, values)
        check.check_same_length(type(self).__name__, **self.columns())

    def __len__(self) -> int:
        return len(next(iter(self.columns().values())))

    def columns(self) -> dict[str, Any]:
        """Return the columns by name, in the order of the fields."""
        return {column.name: getattr(self, column.name) for column in fields(self)}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Make the record from one mapping per row; a missing text is "", a missing number -1 or NaN."""
        listed = list(rows)
        kinds = {column.name: column.type for column in fields(cls)}
        unknown = sorted({name for row in listed for name in row} - set(kinds))
        if unknown:
            raise InputError(f"Invalid columns {unknown!r} for {cls.__name__}. Known: {', '.join(kinds)}.")
        empty = {
            name: "" if kind is Texts else -1 if kind is Ints else np.nan for name, kind in kinds.items()
        }
        return cls(**{name: [row.get(name, empty[name]) for row in listed] for name in kinds})

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield one mapping per row, with plain Python values."""
        columns = {n: c.tolist() if isinstance(c, np.ndarray) else c for n, c in self.columns().items()}
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True))

    def select(self, keep: np.ndarray) -> Self:
        """Return the rows chosen by `keep` (a boolean mask, or row numbers in the order wanted)."""
        rows = np.flatnonzero(keep) if np.asarray(keep).dtype == bool else np.asarray(keep, dtype=np.int64)
        return replace(
            self,
            **{
                name: column[rows] if isinstance(column, np.ndarray) else tuple(column[row] for row in rows)
                for name, column in self.columns().items()
            },
        )

    @classmethod
    def concat(cls, parts: Iterable[Self]) -> Self:
        """Return all rows of `parts`, one after another."""
        return cls.from_rows(row for part in parts for row in part.rows())


@dataclass(frozen=True)
class Spans(Columns):
    """Stretches of articles: mentions of actors, or fragments of quotes.

    ``start`` and ``end`` are offsets in characters of ``Article.document``. Mentions fill ``actor`` (id) and
    ``kind`` (name, nominal, pronoun). Quotes fill ``kind`` (direct, indirect, mixed), ``quote`` (an id unique
    within the article, shared by the fragments of one quote), ``cue`` (verb of saying as in the text),
    ``speaker`` (actor id, "" when it is no actor) and ``speaker_text`` (the words that name the speaker). What a
    `QuoteReader` returns may also have rows of the kinds content, cue and source.
    """

    article: Texts = ()
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    actor: Texts = ()
    kind: Texts = ()
    quote: Texts = ()
    cue: Texts = ()
    speaker: Texts = ()
    speaker_text: Texts = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_spans(self.start, self.end, "span")
        for kind in sorted(set(self.kind)):
            check.check_choice(kind, "kind of span", MENTION_KINDS + QUOTE_KINDS + QUOTE_PARTS)


@dataclass(frozen=True)
class NameSpans(Columns):
    """Names that a `NameFinder` marks, one row per name.

    ``start`` and ``end`` are offsets in characters of ``Article.document``. ``kind`` is person, organisation, party,
    place, group, office, other, or "" where the finder does not say. ``probability`` says how sure it is; NaN, where it
    does not say, counts as 1.
    """

    article: Texts = ()
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    kind: Texts = ()
    probability: Floats = ()  # type: ignore[assignment]

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_spans(self.start, self.end, "name")
        for kind in sorted(set(self.kind)):
            check.check_choice(kind, "kind of name", NAME_KINDS)
        stated = self.probability[~np.isnan(self.probability)]
        check.check_range(stated, "probability of a name", 0.0, 1.0)


@dataclass(frozen=True)
class Stretches(Columns):
    """Whose words sentences are made of, one row per stretch; the stretches of a sentence tile it.

    ``sentence`` is the sentence's number in its article; ``start`` and ``end`` are offsets in characters of
    ``Article.document``. ``voice`` is ``"author"`` or the id or text of the quoted speaker; ``speaker`` the speaker's
    actor id ("" for the author, and for a speaker who is no actor).
    """

    article: Texts = ()
    sentence: Ints = ()  # type: ignore[assignment]
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    voice: Texts = ()
    speaker: Texts = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_spans(self.start, self.end, "stretch")


@dataclass(frozen=True)
class Differences(Columns):
    """What differs inside aligned pairs, one row per difference.

    The sides of a pair are two sentences (``left_article`` and number ``left_sentence``, and so on). ``left_start`` and
    ``left_end`` are offsets in characters of ``Article.document``; a stretch is empty (start equals end) where the side has
    nothing to set against the other's. ``kind`` is number, polarity, roles, certainty, detail or wording; ``probability``
    that a reader would see the difference. ``asserting`` is the side, ``left`` or ``right``, that states as a fact what the
    other calls possible, alleged or somebody's words ("" for kinds other than certainty).
    """

    left_article: Texts = ()
    left_sentence: Ints = ()  # type: ignore[assignment]
    left_start: Ints = ()  # type: ignore[assignment]
    left_end: Ints = ()  # type: ignore[assignment]
    right_article: Texts = ()
    right_sentence: Ints = ()  # type: ignore[assignment]
    right_start: Ints = ()  # type: ignore[assignment]
    right_end: Ints = ()  # type: ignore[assignment]
    kind: Texts = ()
    probability: Floats = ()  # type: ignore[assignment]
    asserting: Texts = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_spans(self.left_start, self.left_end, "left difference")
        check.check_spans(self.right_start, self.right_end, "right difference")
        check.check_range(self.probability, "probability of a difference", 0.0, 1.0)
        for kind in sorted(set(self.kind)):
            check.check_choice(kind, "kind of difference", DIFFERENCES)
        for side in sorted(set(self.asserting) - {""}):
            check.check_choice(side, "asserting side of a difference", ("left", "right"))


@dataclass(frozen=True)
class Units(Columns):
    """What an annotation judges, one row per unit.

    ``sentence`` is the sentence's number in its article, ``start`` and ``end`` offsets in characters of the
    document (-1 where the unit is larger); ``actor`` the target ("" where there is none); ``voice``
    ``"author"`` or the id or text of the quoted speaker ("" where voice does not apply), of a portrayal in whose words it
    is: ``"outlet"``, ``"quoted"`` or ``"mixed"``. ``basis`` says what a portrayal is made of ("" where that is not known).
    """

    article: Texts = ()
    sentence: Ints = ()  # type: ignore[assignment]
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    actor: Texts = ()
    voice: Texts = ()
    basis: Texts = ()


@dataclass(frozen=True)
class Coverage(Columns):
    """One row per claim and outlet: does the outlet cover the claim (``covered`` 0 or 1), with how many sentences.

    ``p_absent`` is the probability that the outlet really lacks the claim, given the aligner's scores. ``start`` and
    ``end`` are offsets in characters of ``Article.document`` where the claim's representative tells it: ``label``.
    """

    event: Texts = ()
    claim: Texts = ()
    label: Texts = ()
    outlet: Texts = ()
    covered: Ints = ()  # type: ignore[assignment]
    n_sentences: Ints = ()  # type: ignore[assignment]
    p_absent: Floats = ()  # type: ignore[assignment]
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]


@dataclass(frozen=True)
class Wording(Columns):
    """Words that set an outlet apart from the others: log-odds with informative Dirichlet prior."""

    event: Texts = ()
    claim: Texts = ()
    outlet: Texts = ()
    term: Texts = ()
    log_odds: Floats = ()  # type: ignore[assignment]
    low: Floats = ()  # type: ignore[assignment]
    high: Floats = ()  # type: ignore[assignment]
    z: Floats = ()  # type: ignore[assignment]
    q_value: Floats = ()  # type: ignore[assignment]


@dataclass(frozen=True)
class Estimates(Columns):
    """Quantities with their intervals; the columns of the ``estimates`` table. ``method`` names the interval."""

    quantity: Texts = ()
    event: Texts = ()
    outlet: Texts = ()
    reference: Texts = ()
    actor: Texts = ()
    voice: Texts = ()
    claim: Texts = ()
    frame: Texts = ()
    estimate: Floats = ()  # type: ignore[assignment]
    low: Floats = ()  # type: ignore[assignment]
    high: Floats = ()  # type: ignore[assignment]
    p_value: Floats = ()  # type: ignore[assignment]
    q_value: Floats = ()  # type: ignore[assignment]
    n_units: Ints = ()  # type: ignore[assignment]
    n_articles: Ints = ()  # type: ignore[assignment]
    n_events: Ints = ()  # type: ignore[assignment]
    method: Texts = ()


COPY_DIRECTIONS = ("published", "agency", "unknown")
"""By what it is known which of two articles is the copy: it was published later, or the other is an agency's that one of them names;
or nothing tells."""


@dataclass(frozen=True)
class Copies(Columns):
    """Wire copy: ``article`` shares ``copied_share`` of its word 5-grams with ``copy_of`` ("" when no copy).

    ``copy_direction`` says by what it, and not ``copy_of``, is known to be the copy, one of `COPY_DIRECTIONS` ("" when no copy).
    ``version_of`` is the article of the same outlet that it updates ("" when none).
    """

    article: Texts = ()
    copy_of: Texts = ()
    copied_share: Floats = ()  # type: ignore[assignment]
    copy_direction: Texts = ()
    version_of: Texts = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for direction in sorted(set(self.copy_direction) - {""}):
            check.check_choice(direction, "direction of a copy", COPY_DIRECTIONS)

    def sources(self, outlet_of: Mapping[str, str]) -> dict[str, str]:
        """Return the outlet whose article an outlet prints, by the outlet that prints it (`outlet_of`: by article)."""
        return {
            outlet_of[article]: outlet_of[source]
            for article, source in zip(self.article, self.copy_of, strict=True)
            if source
        }
