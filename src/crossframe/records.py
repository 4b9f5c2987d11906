"""What rooms hand each other: frozen records that check themselves at birth and never change."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError

ACTOR_KINDS = ("person", "organisation", "party", "country", "group", "office", "other")
MENTION_KINDS = ("name", "nominal", "pronoun")
QUOTE_KINDS = ("direct", "indirect", "mixed")
RELATIONS = ("equivalent", "partial", "none")
STANCES = ("negative", "neutral", "positive")
FRAMES = ("conflict", "economic", "human-interest", "moral", "resolution")
UNITS = ("sentence", "span", "article", "article x actor")
AUTHOR = "author"

Ints = Annotated[np.ndarray, np.int64]
Floats = Annotated[np.ndarray, np.float64]
Texts = tuple[str, ...]


def _read_only(values: object, dtype: type) -> np.ndarray:
    array: np.ndarray = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


# --- the corpus -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Article:
    """One article of one outlet on one event.

    Parameters
    ----------
    id, event, outlet : str
        Ids (``[a-z0-9][a-z0-9._-]{0,63}``).
    title : str
        Headline; may be empty: there is then no sentence 0.
    text : str
        Body, at least one visible character.
    published : datetime.date or None
        None when unknown; never guessed.
    dateline : str or None
        As read from the text, e.g. ``"MOSCOW, August 29 (RIA Novosti)"``.
    language : str or None
        ISO 639-1 code.
    url, byline, genre, split : str or None
        Address, author line, genre (``"news"``, ``"opinion"``, ...), and part of an official split.
    sentences : tuple of (int, int) or None
        Offsets into ``text`` that override the splitter; empty sentences are legal.

    Raises
    ------
    InputError
        When a field breaks its rule.
    """

    id: str
    event: str
    outlet: str
    title: str
    text: str
    published: datetime.date | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    byline: str | None = None
    genre: str | None = None
    split: str | None = None
    sentences: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        check.check_id(self.id, "article")
        check.check_id(self.event, f"event of article {self.id!r}:")
        check.check_id(self.outlet, f"outlet of article {self.id!r}:")
        check.check_text(self.text, f"text of article {self.id!r}:")
        if not isinstance(self.title, str):
            raise InputError(f"Invalid title {self.title!r} of article {self.id!r}. It must be a string.")
        object.__setattr__(
            self, "published", check.check_date(self.published, f"publication date of article {self.id!r}:")
        )
        if self.sentences is not None:
            object.__setattr__(self, "sentences", tuple((int(a), int(b)) for a, b in self.sentences))
            before = 0
            for start, end in self.sentences:
                if not before <= start <= end <= len(self.text):
                    raise InputError(
                        f"Invalid sentence offsets ({start}, {end}) of article {self.id!r}. "
                        f"They must rise, not overlap, and end within the {len(self.text)} characters of the text."
                    )
                before = end

    @property
    def document(self) -> str:
        """Title, blank line, text (text alone without a title): all offsets count its characters."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @property
    def text_start(self) -> int:
        """Offset in characters of the text's first character in ``document``."""
        return len(self.title) + 2 if self.title else 0


@dataclass(frozen=True)
class Outlet:
    """An outlet and what is known of it ("" where nothing is)."""

    id: str
    name: str = ""
    country: str = ""
    owner: str = ""
    lean: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        check.check_id(self.id, "outlet")
        object.__setattr__(self, "name", self.name or self.id)


@dataclass(frozen=True)
class Event:
    """An event that outlets told; ``date`` is None when unknown."""

    id: str
    title: str = ""
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        check.check_id(self.id, "event")
        object.__setattr__(self, "date", check.check_date(self.date, f"date of event {self.id!r}:"))


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts in the news, with all names it goes by.

    ``names`` begins with the display name; ``declared`` says that the corpus names it, else it was discovered.
    """

    id: str
    name: str
    aliases: Texts = ()
    kind: str = "other"
    declared: bool = True

    def __post_init__(self) -> None:
        check.check_id(self.id, "actor")
        check.check_text(self.name, f"name of actor {self.id!r}:")
        check.check_choice(self.kind, f"kind of actor {self.id!r}:", ACTOR_KINDS)
        object.__setattr__(self, "aliases", tuple(self.aliases))

    @property
    def names(self) -> Texts:
        """Display name and aliases without repetition, in that order."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


# --- tables: every field is a column --------------------------------------------------------------------


@dataclass(frozen=True)
class Columns:
    """Base of records that are tables: every field is a column, all of one length.

    ``Ints`` become read-only int64 arrays, ``Floats`` read-only float64 arrays (NaN: unknown or not
    applicable), ``Texts`` tuples of strings ("": none).
    """

    def __post_init__(self) -> None:
        for column in fields(self):
            value = getattr(self, column.name)
            made = tuple(value) if column.type is Texts else _read_only(value, column.type.__metadata__[0])  # type: ignore[union-attr]
            object.__setattr__(self, column.name, made)
        check.check_same_length(type(self).__name__, **self.columns())

    def __len__(self) -> int:
        return len(next(iter(self.columns().values())))

    def columns(self) -> dict[str, Any]:
        """Return the columns by name, in the order of the fields."""
        return {column.name: getattr(self, column.name) for column in fields(self)}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Make the record from one mapping a row; a missing text is "", a missing number -1 or NaN."""
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
        """Yield one mapping a row, with plain Python values."""
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
    within the article, shared by the fragments of one quote), ``cue`` (verb of saying as it stands there),
    ``speaker`` (actor id, "" when it is no actor) and ``speaker_text`` (the words that name the speaker).
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
            check.check_choice(kind, "kind of span", MENTION_KINDS + QUOTE_KINDS)


@dataclass(frozen=True)
class Cast:
    """Who is in the story: the actors and where they are mentioned (``mentions.actor`` names their ids)."""

    actors: tuple[Actor, ...]
    mentions: Spans

    def __post_init__(self) -> None:
        object.__setattr__(self, "actors", tuple(self.actors))
        check.check_unique((actor.id for actor in self.actors), "actor id")
        unknown = sorted(set(self.mentions.actor) - {actor.id for actor in self.actors})
        if unknown:
            raise UnknownNameError(
                f"Unknown actor {unknown[0]!r} in mentions. It must be one of the cast's actors."
            )


@dataclass(frozen=True)
class Units(Columns):
    """What an annotation judges, a row a unit.

    ``sentence`` is the sentence's number in its article, ``start`` and ``end`` offsets in characters of the
    document (-1 where the unit is larger); ``actor`` the target ("" where there is none); ``voice``
    ``"author"`` or the id or text of the quoted speaker ("" where voice does not apply).
    """

    article: Texts = ()
    sentence: Ints = ()  # type: ignore[assignment]
    start: Ints = ()  # type: ignore[assignment]
    end: Ints = ()  # type: ignore[assignment]
    actor: Texts = ()
    voice: Texts = ()


@dataclass(frozen=True)
class Annotation:
    """Judgements of units by people or models: one record for both, so that they compare directly.

    Parameters
    ----------
    units : Units
        What was judged.
    unit : str
        Kind of unit: sentence, span, article, or article x actor.
    labels : tuple of str
        Label names.
    scores : ndarray of shape (n_units, n_labels)
        Probabilities of the labels in [0, 1] (rows sum to 1 where labels exclude each other, not where several
        may hold, as frames do); human labels are 0 or 1.
    source : str
        Who judged: a model's name or the annotators.
    """

    units: Units
    unit: str
    labels: Texts
    scores: np.ndarray
    source: str

    def __post_init__(self) -> None:
        check.check_choice(self.unit, "kind of unit", UNITS)
        object.__setattr__(self, "labels", tuple(self.labels))
        check.check_unique(self.labels, "label")
        scores = _read_only(self.scores, np.float64).reshape(-1, len(self.labels))
        object.__setattr__(self, "scores", scores)
        check.check_same_length("annotation", units=range(len(self.units)), scores=scores)
        check.check_range(scores, "score", 0.0, 1.0)

    def __len__(self) -> int:
        return len(self.units)

    def select(self, keep: np.ndarray) -> Self:
        """Return the annotation of the units chosen by `keep` (mask or row numbers)."""
        return replace(self, units=self.units.select(keep), scores=self.scores[keep])

    def of(self, label: str) -> np.ndarray:
        """Return the scores of `label`: ndarray of shape (n_units,)."""
        return self.scores[:, self.labels.index(check.check_choice(label, "label", self.labels))]


# --- sentences, vectors, pairs, claims ------------------------------------------------------------------


@dataclass(frozen=True)
class Sentences:
    """Sentences of articles in order, each with its number and its offsets in the article's document.

    Parameters
    ----------
    articles : tuple of Article
        The articles, in the order of their sentences.
    article : ndarray of shape (n_sentences,)
        Position of each sentence's article in ``articles``; rises.
    index : ndarray of shape (n_sentences,)
        Number of the sentence in its article; 0 is the title, body sentences count from 1.
    start, end : ndarray of shape (n_sentences,)
        Offsets in characters of ``document``; ``text == document[start:end]``; empty sentences are legal.
    """

    articles: tuple[Article, ...]
    article: np.ndarray
    index: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "articles", tuple(self.articles))
        check.check_unique((article.id for article in self.articles), "article id")
        columns = ("article", "index", "start", "end")
        for name in columns:
            object.__setattr__(self, name, _read_only(getattr(self, name), np.int64))
        check.check_same_length("sentences", **{name: getattr(self, name) for name in columns})
        check.check_spans(self.start, self.end, "sentence")
        if (np.diff(self.article) < 0).any():
            raise InputError("Invalid order of sentences. They must follow the order of their articles.")

    def __len__(self) -> int:
        return len(self.index)

    @cached_property
    def text(self) -> Texts:
        """Text of every sentence."""
        documents = [article.document for article in self.articles]
        return tuple(
            documents[a][s:e]
            for a, s, e in zip(self.article.tolist(), self.start.tolist(), self.end.tolist(), strict=True)
        )

    @cached_property
    def _row_of(self) -> dict[tuple[str, int], int]:
        return {self.key(row): row for row in range(len(self))}

    def key(self, row: int) -> tuple[str, int]:
        """Return (article id, sentence number) of `row`."""
        return self.articles[self.article[row]].id, int(self.index[row])

    def row(self, article: str, index: int) -> int:
        """Return the row of sentence number `index` of `article`; raises UnknownNameError where there is none."""
        try:
            return self._row_of[article, index]
        except KeyError:
            raise UnknownNameError(
                f"Unknown sentence {index!r} of article {article!r}. It does not exist."
            ) from None

    def article_of(self, row: int) -> Article:
        """Return the article that holds `row`."""
        return self.articles[self.article[row]]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {article.id: position for position, article in enumerate(self.articles)}

    def rows_of(self, article: str) -> np.ndarray:
        """Return the rows of `article` (id), in order."""
        low, high = np.searchsorted(self.article, [self._position[article], self._position[article] + 1])
        return np.arange(low, high)

    def locate(self, article: str, offset: int) -> int:
        """Return the row of the sentence of `article` that holds character `offset`.

        A character between two sentences belongs to the earlier one; before the first, to the first.
        """
        rows = self.rows_of(article)
        if len(rows) == 0:
            raise UnknownNameError(
                f"Unknown sentence at {offset!r} of article {article!r}. It has no sentences."
            )
        return int(rows[max(int(np.searchsorted(self.start[rows], offset, side="right")) - 1, 0)])

    def select(self, articles: Iterable[str]) -> "Sentences":
        """Return the sentences of the `articles` named by id, in the order they stand here."""
        wanted = set(articles)
        keep = [i for i, article in enumerate(self.articles) if article.id in wanted]
        mask = np.isin(self.article, keep)
        return Sentences(
            tuple(self.articles[i] for i in keep),
            np.searchsorted(keep, self.article[mask]),
            self.index[mask],
            self.start[mask],
            self.end[mask],
        )


@dataclass(frozen=True)
class Embeddings:
    """Vectors of sentences: float32 ndarray of shape (n_sentences, n_dims), unit length (zero for empty text)."""

    vectors: np.ndarray
    encoder: str
    fingerprint: str

    def __post_init__(self) -> None:
        vectors = _read_only(self.vectors, np.float32)
        if vectors.ndim != 2:
            raise InputError(f"Invalid shape {vectors.shape!r} of vectors. It must be (n_sentences, n_dims).")
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
        if not (np.isclose(lengths, 1.0, atol=1e-3) | (lengths == 0.0)).all():
            raise InputError(
                "Invalid vectors. Every vector must have unit length, or be zero for an empty text."
            )
        object.__setattr__(self, "vectors", vectors)


@dataclass(frozen=True)
class Claim:
    """Sentences of several outlets that tell the same thing: ``rows`` of Sentences, one of them representative."""

    id: str
    rows: tuple[int, ...]
    representative: int

    def __post_init__(self) -> None:
        check.check_id(self.id, "claim")
        object.__setattr__(self, "rows", tuple(sorted(int(row) for row in self.rows)))
        if self.representative not in self.rows:
            raise InputError(
                f"Invalid representative {self.representative!r} of claim {self.id!r}. It must be a row."
            )


@dataclass(frozen=True)
class Alignment:
    """Pairs of sentences across outlets, and the claims they make up.

    Parameters
    ----------
    sentences : Sentences
        What ``left`` and ``right`` number.
    left, right : ndarray of shape (n_pairs,)
        Rows of ``sentences``, of different articles.
    probability : ndarray of shape (n_pairs,)
        That a reader would align the two.
    relation : tuple of str
        equivalent, partial, or none below the decision threshold; gold may say disputed.
    claims : tuple of Claim
        May be empty.
    source : str
        The aligner's name, or the annotators.
    """

    sentences: Sentences
    left: np.ndarray
    right: np.ndarray
    probability: np.ndarray
    relation: Texts
    claims: tuple[Claim, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for name, dtype in (("left", np.int64), ("right", np.int64), ("probability", np.float64)):
            object.__setattr__(self, name, _read_only(getattr(self, name), dtype))
        object.__setattr__(self, "relation", tuple(self.relation))
        object.__setattr__(self, "claims", tuple(self.claims))
        check.check_same_length(
            "alignment",
            left=self.left,
            right=self.right,
            probability=self.probability,
            relation=self.relation,
        )
        check.check_range(self.probability, "probability of a pair", 0.0, 1.0)
        for relation in sorted(set(self.relation)):
            check.check_choice(relation, "relation", (*RELATIONS, "disputed"))

    def __len__(self) -> int:
        return len(self.left)

    def keys(self) -> list[tuple[tuple[str, int], tuple[str, int]]]:
        """Return ((article, sentence), (article, sentence)) of every pair, the smaller first."""
        return [
            tuple(sorted((self.sentences.key(a), self.sentences.key(b))))  # type: ignore[misc]
            for a, b in zip(self.left.tolist(), self.right.tolist(), strict=True)
        ]


# --- what is found out ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Coverage(Columns):
    """One row per claim and outlet: does the outlet tell the claim (``covered`` 0 or 1), with how many sentences.

    ``p_absent`` is the probability that the outlet really lacks the claim, given the aligner's scores.
    """

    event: Texts = ()
    claim: Texts = ()
    label: Texts = ()
    outlet: Texts = ()
    covered: Ints = ()  # type: ignore[assignment]
    n_sentences: Ints = ()  # type: ignore[assignment]
    p_absent: Floats = ()  # type: ignore[assignment]


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


@dataclass(frozen=True)
class Copies(Columns):
    """Wire copy: ``article`` shares ``copied_share`` of its word 5-grams with ``copy_of`` ("" when no copy)."""

    article: Texts = ()
    copy_of: Texts = ()
    copied_share: Floats = ()  # type: ignore[assignment]


# --- the corpus as a whole ------------------------------------------------------------------------------

Gold = Alignment | Spans | Annotation


@dataclass(frozen=True)
class Corpus:
    """Articles with what is declared about them.

    Parameters
    ----------
    name : str
        Id of the corpus.
    articles : tuple of Article
        At least one; unique ids.
    actors, outlets, events : tuples
        Declared ones; outlets and events that only the articles name are added at birth.
    gold : mapping of str to Alignment, Spans or Annotation
        Human (or otherwise independent) labels: ``alignment``, ``mentions``, ``quotes``, ``stance``, ``frames``...
    language : str or None
        ISO 639-1 code of the corpus.
    licence, provenance : str
        As declared.
    """

    name: str
    articles: tuple[Article, ...]
    actors: tuple[Actor, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    events: tuple[Event, ...] = ()
    gold: Mapping[str, Gold] = field(default_factory=dict)
    language: str | None = None
    licence: str = ""
    provenance: str = ""

    def __post_init__(self) -> None:
        check.check_id(self.name, "corpus")
        object.__setattr__(self, "articles", tuple(self.articles))
        if not self.articles:
            raise InputError(f"Invalid corpus {self.name!r}. It has no articles; it needs at least one.")
        check.check_unique((article.id for article in self.articles), "article id")
        for thing, kind in (("outlet", Outlet), ("event", Event)):
            declared = tuple(getattr(self, f"{thing}s"))
            check.check_unique((one.id for one in declared), f"{thing} id")
            known = {one.id for one in declared}
            used = sorted({getattr(article, thing) for article in self.articles} - known)
            object.__setattr__(self, f"{thing}s", declared + tuple(kind(id=one) for one in used))
        object.__setattr__(self, "actors", tuple(self.actors))
        check.check_unique((actor.id for actor in self.actors), "actor id")

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over articles, outlets, events and actors in order of their ids; gold does not take part."""
        parts = {
            kind: [asdict(one) for one in sorted(getattr(self, kind), key=lambda one: str(one.id))]
            for kind in ("articles", "outlets", "events", "actors")
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()

    def article(self, id: str) -> Article:
        """Return the article called `id` (a unique prefix will do)."""
        articles = {article.id: article for article in self.articles}
        return articles[check.match_prefix(id, articles.keys(), "article")]

    def select(
        self, *, event: str | None = None, outlet: str | None = None, split: str | None = None
    ) -> "Corpus":
        """Return the part of the corpus with the `event`, `outlet` and `split` asked for (unique prefixes will do).

        Gold is kept for the articles that remain; actors stay declared; outlets and events are those still used.

        Raises
        ------
        UnknownNameError
            When nothing of that name is here.
        """
        kept = self.articles
        for name, value in (("event", event), ("outlet", outlet), ("split", split)):
            if value is not None:
                known = {getattr(article, name) for article in self.articles} - {None}
                full = check.match_prefix(value, known, name)
                kept = tuple(article for article in kept if getattr(article, name) == full)
        if not kept:
            raise UnknownNameError(
                f"Nothing in corpus {self.name!r} has event {event!r}, outlet {outlet!r} and split {split!r} at once."
            )
        ids = {article.id for article in kept}
        outlets, events = {article.outlet for article in kept}, {article.event for article in kept}
        return replace(
            self,
            articles=kept,
            outlets=tuple(one for one in self.outlets if one.id in outlets),
            events=tuple(one for one in self.events if one.id in events),
            gold={name: _restrict(gold, ids) for name, gold in self.gold.items()},
        )


def _restrict(gold: Gold, ids: set[str]) -> Gold:
    if isinstance(gold, Spans):
        return gold.select(np.array([article in ids for article in gold.article], dtype=bool))
    if isinstance(gold, Annotation):
        return gold.select(np.array([article in ids for article in gold.units.article], dtype=bool))
    inside = np.array([article.id in ids for article in gold.sentences.articles])
    article = gold.sentences.article
    keep = inside[article[gold.left]] & inside[article[gold.right]]
    sentences = gold.sentences.select(ids)
    moved = np.cumsum(inside[article]) - 1
    return replace(
        gold,
        sentences=sentences,
        left=moved[gold.left[keep]],
        right=moved[gold.right[keep]],
        probability=gold.probability[keep],
        relation=tuple(r for r, k in zip(gold.relation, keep, strict=True) if k),
        claims=(),
    )
