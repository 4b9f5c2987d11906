"""What rooms hand each other: frozen records that check themselves at birth and never change."""

from crossframe.records.annotation import NEGATIVE, POSITIVE, Annotation, score_stances
from crossframe.records.articles import ARTICLE_KEYS, REQUIRED_ARTICLE_KEYS, Actor, Article, Event, Outlet
from crossframe.records.cast import Cast
from crossframe.records.columns import (
    Columns,
    Copies,
    Coverage,
    Estimates,
    Floats,
    Ints,
    Spans,
    Stretches,
    Texts,
    Units,
    Wording,
)
from crossframe.records.corpus import Corpus, Gold, KeptTable
from crossframe.records.names import (
    ACTOR_KINDS,
    AUTHOR,
    FRAMES,
    MENTION_KINDS,
    QUOTE_KINDS,
    RELATIONS,
    STANCES,
    UNITS,
)
from crossframe.records.quantities import QUANTITIES, Quantity, find_quantity
from crossframe.records.sentences import (
    LOWEST_PROBABILITY,
    Alignment,
    Claim,
    Embeddings,
    PairKey,
    Sentences,
)

__all__ = [
    "ACTOR_KINDS",
    "ARTICLE_KEYS",
    "AUTHOR",
    "FRAMES",
    "LOWEST_PROBABILITY",
    "MENTION_KINDS",
    "NEGATIVE",
    "POSITIVE",
    "QUANTITIES",
    "QUOTE_KINDS",
    "RELATIONS",
    "REQUIRED_ARTICLE_KEYS",
    "STANCES",
    "UNITS",
    "Actor",
    "Alignment",
    "Annotation",
    "Article",
    "Cast",
    "Claim",
    "Columns",
    "Copies",
    "Corpus",
    "Coverage",
    "Embeddings",
    "Estimates",
    "Event",
    "Floats",
    "Gold",
    "Ints",
    "KeptTable",
    "Outlet",
    "PairKey",
    "Quantity",
    "Sentences",
    "Spans",
    "Stretches",
    "Texts",
    "Units",
    "Wording",
    "find_quantity",
    "score_stances",
]
