"""Sentences with their offsets, their vectors, their pairs and claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError
from crossframe.records.articles import Article
from crossframe.records.columns import Texts, read_only
from crossframe.records.names import RELATIONS

LOWEST_PROBABILITY = 0.05
"""Alignments do not list pairs below."""
PairKey = tuple[tuple[str, int], tuple[str, int]]


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
            object.__setattr__(self, name, read_only(getattr(self, name), np.int64))
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
    def outlet(self) -> Texts:
        """Outlet of every sentence."""
        outlets = [article.outlet for article in self.articles]
        return tuple(outlets[position] for position in self.article.tolist())

    @cached_property
    def outlet_number(self) -> np.ndarray:
        """Number of every sentence's outlet, from 0 in the order of their names: int64 of shape (n_sentences,)."""
        number = {outlet: i for i, outlet in enumerate(sorted(set(self.outlet)))}
        return read_only([number[outlet] for outlet in self.outlet], np.int64)

    @cached_property
    def _row_of(self) -> dict[tuple[str, int], int]:
        return {self.key(row): row for row in range(len(self))}

    def key(self, row: int) -> tuple[str, int]:
        """Return (article id, sentence number) of `row`."""
        return self.articles[self.article[row]].id, int(self.index[row])

    def pair_keys(self, left: np.ndarray, right: np.ndarray) -> list[PairKey]:
        """Return the keys of the two sentences of every pair of rows, the smaller first."""
        pairs = ((self.key(a), self.key(b)) for a, b in zip(left.tolist(), right.tolist(), strict=True))
        return [(one, other) if one < other else (other, one) for one, other in pairs]

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
        """Return the sentences of the `articles` named by id, in their order here."""
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
        vectors = read_only(self.vectors, np.float32)
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
    """Sentences of several outlets that report the same thing: ``rows`` of Sentences, one of them representative."""

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
    clauses : Alignment or None
        Clauses of the same articles, aligned. Its claims are those of ``claims``, by id, of which a sentence tells no more
        than a part; their rows are clauses.
    """

    sentences: Sentences
    left: np.ndarray
    right: np.ndarray
    probability: np.ndarray
    relation: Texts
    claims: tuple[Claim, ...] = ()
    source: str = ""
    clauses: "Alignment | None" = None

    def __post_init__(self) -> None:
        for name, dtype in (("left", np.int64), ("right", np.int64), ("probability", np.float64)):
            object.__setattr__(self, name, read_only(getattr(self, name), dtype))
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

    def keys(self) -> list[PairKey]:
        """Return ((article, sentence), (article, sentence)) of every pair, the smaller first."""
        return self.sentences.pair_keys(self.left, self.right)

    def units_of(self, claim: Claim) -> "tuple[Alignment, Claim]":
        """Return what tells one of ``claims``: the alignment of clauses and the claim in its rows, or this one and `claim` itself."""
        of_clauses = self._claims_of_clauses.get(claim.id)
        return (self, claim) if self.clauses is None or of_clauses is None else (self.clauses, of_clauses)

    def spans(self, claim: Claim) -> dict[int, tuple[int, int]]:
        """Return where every row of one of ``claims`` tells it, in characters of its document: a clause, or the sentence."""
        alignment, of_units = self.units_of(claim)
        units = alignment.sentences
        spans: dict[int, tuple[int, int]] = {}
        for unit in of_units.rows:
            start, end = int(units.start[unit]), int(units.end[unit])
            row = unit if alignment is self else self.sentences.locate(units.article_of(unit).id, start)
            first, last = spans.get(row, (start, end))
            spans[row] = min(start, first), max(end, last)
        return spans

    def claims_at(self, row: int, start: int, end: int) -> set[str]:
        """Return the ids of the claims that a row tells in a stretch of its document; an empty one may be at a border."""
        spans = self._claim_spans.get(row, ())
        return {
            claim
            for claim, first, last in spans
            if (first < end and start < last) or first <= start == end <= last
        }

    @cached_property
    def _claims_of_clauses(self) -> dict[str, Claim]:
        """The claims whose rows are clauses, by id."""
        return {one.id: one for one in self.clauses.claims} if self.clauses is not None else {}

    @cached_property
    def _claim_spans(self) -> dict[int, list[tuple[str, int, int]]]:
        """The claims of every row, each with where the row tells it."""
        spans: dict[int, list[tuple[str, int, int]]] = {}
        for claim in self.claims:
            for row, span in self.spans(claim).items():
                spans.setdefault(row, []).append((claim.id, *span))
        return spans

    @cached_property
    def probabilities(self) -> dict[tuple[int, int], float]:
        """Probability of every listed pair of rows, both ways."""
        columns = (self.left.tolist(), self.right.tolist(), self.probability.tolist())
        listed = {(a, b): p for a, b, p in zip(*columns, strict=True)}
        return listed | {(b, a): p for (a, b), p in listed.items()}
