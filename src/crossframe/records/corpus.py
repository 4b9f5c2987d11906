"""The corpus as a whole, with its gold."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError
from crossframe.records.annotation import Annotation
from crossframe.records.articles import (
    ARTICLE_KEYS,
    REQUIRED_ARTICLE_KEYS,
    Actor,
    Article,
    Event,
    Outlet,
)
from crossframe.records.columns import Differences, Spans
from crossframe.records.sentences import Alignment

if TYPE_CHECKING:
    from pandas import DataFrame

Gold = Alignment | Spans | Annotation | Differences
_SHOWN = 20
"""Outlets and events that a notebook shows."""


@dataclass(frozen=True)
class EditedTable:
    """A table of a researcher's edits that is stored with a corpus: its text as it is, and its path, for messages."""

    path: str
    text: str


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
        Declared ones; outlets and events that only the articles name are added.
    gold : mapping of str to Alignment, Spans or Annotation
        Human (or otherwise independent) labels: ``alignment``, ``mentions``, ``quotes``, ``stance``, ``frames``...
    language : str or None
        ISO 639-1 code of the corpus.
    licence, provenance : str
        As declared.
    actors_table : EditedTable or None
        The edited table of actors in its folder, applied by `find_actors`.
    left_out : mapping of str to int
        Files, documents and rows that were not imported into its folder, by reason.
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
    actors_table: EditedTable | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)

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

    @classmethod
    def from_frame(cls, frame: "DataFrame", *, name: str = "articles") -> "Corpus":
        """Return the corpus of a table with one row per article.

        Parameters
        ----------
        frame : DataFrame
            Columns ``id``, ``event``, ``outlet``, ``title`` and ``text``; optionally ``published`` (dates, or ISO 8601
            strings; of a time the date counts), ``dateline``, ``language``, ``url``, ``byline``, ``genre``, ``extent``, ``updated``,
            ``split`` and ``sentences`` (see `Article`). Empty cells (None, NaN, NaT) are unknown; an empty title is no title.
        name : str
            Id of the corpus.

        Returns
        -------
        Corpus
            Articles in the order of event, outlet and id, whatever the order of the rows; outlets and events as the
            articles name them. No actors are declared.

        Raises
        ------
        InputError
            When `frame` is no DataFrame, a column is missing or unknown, or a cell breaks the rule of its column; the
            message names the column or the row.

        Examples
        --------
        >>> import pandas as pd
        >>> rows = [("a1", "post", "Mayor praised"), ("a2", "herald", "Mayor blamed")]
        >>> frame = pd.DataFrame(rows, columns=["id", "outlet", "title"]).assign(event="flood", text="It rained.")
        >>> corpus = Corpus.from_frame(frame, name="town")
        >>> corpus
        town: 2 articles, 2 outlets, 1 event; gold: none
        >>> Corpus.from_frame(frame.rename(columns={"title": "titel"}))
        Traceback (most recent call last):
        crossframe.errors.InputError: Unknown column 'titel' in the DataFrame. Known: id, event, outlet, title, text, \
published, dateline, language, url, byline, genre, extent, updated, split, sentences. Did you mean 'title'?
        """
        rows = _rows_of_frame(frame)
        articles = [Article.from_row(row, f"row {label!r} of the DataFrame") for label, row in rows]
        articles.sort(key=lambda article: (article.event, article.outlet, article.id))
        return cls(name, tuple(articles))

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over articles, outlets, events, actors (by id) and edits of actors; gold does not take part."""
        parts: dict[str, object] = {
            kind: [_describe(one) for one in sorted(getattr(self, kind), key=lambda one: str(one.id))]
            for kind in ("articles", "outlets", "events", "actors")
        }
        if self.actors_table is not None:
            parts["actors_table"] = self.actors_table.text
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()

    def __repr__(self) -> str:
        from crossframe.records.display import count_of

        gold = ", ".join(sorted(self.gold)) or "none"
        counts = {"article": len(self), "outlet": len(self.outlets), "event": len(self.events)}
        return f"{self.name}: {', '.join(count_of(n, thing) for thing, n in counts.items())}; gold: {gold}"

    def _repr_html_(self) -> str:
        from crossframe.records.display import html_paragraph, html_table

        counts = Counter(article.outlet for article in self.articles)
        articles_of = Counter(article.event for article in self.articles)
        outlets = [
            [
                outlet.id,
                outlet.name,
                outlet.country,
                outlet.owner,
                outlet.lean,
                outlet.group,
                counts[outlet.id],
            ]
            for outlet in self.outlets[:_SHOWN]
        ]
        events = [
            [event.id, event.title, event.date, articles_of[event.id]] for event in self.events[:_SHOWN]
        ]
        left = max(len(self.outlets), len(self.events)) - _SHOWN
        parts = [
            html_paragraph(repr(self)),
            html_table(["outlet", "name", "country", "owner", "lean", "group", "articles"], outlets),
            html_table(["event", "title", "date", "articles"], events),
            html_paragraph("There are more of them.") if left > 0 else "",
            html_paragraph(f"Licence: {self.licence or 'not stated'}. {self.provenance}"),
        ]
        return "".join(parts)

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
        articles = self.articles
        for name, value in (("event", event), ("outlet", outlet), ("split", split)):
            if value is not None:
                known = {getattr(article, name) for article in self.articles} - {None}
                full = check.match_prefix(value, known, name)
                articles = tuple(article for article in articles if getattr(article, name) == full)
        if not articles:
            raise UnknownNameError(
                f"Nothing in corpus {self.name!r} has event {event!r}, outlet {outlet!r} and split {split!r} at once."
            )
        ids = {article.id for article in articles}
        outlets, events = {article.outlet for article in articles}, {article.event for article in articles}
        return replace(
            self,
            articles=articles,
            outlets=tuple(one for one in self.outlets if one.id in outlets),
            events=tuple(one for one in self.events if one.id in events),
            gold={name: _restrict(gold, ids) for name, gold in self.gold.items()},
        )


def _describe(record: Any) -> dict[str, Any]:
    """Return what of an article, outlet, event or actor counts in a fingerprint; extent and update only where there are any."""
    row = asdict(record)
    return {
        name: value for name, value in row.items() if value is not None or name not in ("extent", "updated")
    }


def _rows_of_frame(frame: "DataFrame") -> list[tuple[object, dict[str, Any]]]:
    """Return label and filled cells of every row, as `Article.from_row` takes them; InputError where columns are wrong."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            f"Invalid frame of type {type(frame).__name__}. It must be a pandas DataFrame with the columns "
            f"{', '.join(REQUIRED_ARTICLE_KEYS)}."
        )
    columns = [str(column) for column in frame.columns]
    check.check_keys(columns, ARTICLE_KEYS, "the DataFrame", thing="column")
    check.check_columns(columns, REQUIRED_ARTICLE_KEYS, "the DataFrame")
    check.check_unique(columns, "column of the DataFrame:")
    rows: list[tuple[object, dict[str, Any]]] = []
    for label, cells in zip(frame.index.tolist(), frame.itertuples(index=False, name=None), strict=True):
        row = {"title": ""} | {
            column: cell
            for column, cell in zip(columns, cells, strict=True)
            if not (pd.api.types.is_scalar(cell) and pd.isna(cell))
        }
        rows.append((label, row))
    return rows


def _restrict(gold: Gold, ids: set[str]) -> Gold:
    if isinstance(gold, Spans):
        return gold.select(np.array([article in ids for article in gold.article], dtype=bool))
    if isinstance(gold, Annotation):
        return gold.select(np.array([article in ids for article in gold.units.article], dtype=bool))
    if isinstance(gold, Differences):
        sides = zip(gold.left_article, gold.right_article, strict=True)
        return gold.select(np.array([ids.issuperset(pair) for pair in sides], dtype=bool))
    inside = np.array([article.id in ids for article in gold.sentences.articles], dtype=bool)
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
