"""A researcher's edited table of events: read with every row checked, and applied (articles moved, or left out)."""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError
from crossframe.records import Alignment, Annotation, Article, Corpus, Differences, Event, Spans
from crossframe.records.corpus import Gold
from crossframe.storage import parse_table, read_table_text

EVENTS_TABLE = "events.csv"
"""Name of the edited table in a corpus folder; `read_folder` applies it."""

_MAX_LISTED = 5


def regroup(corpus: Corpus, path: str | Path) -> Corpus:
    """Return `corpus` with its articles in the events that an edited table gives them.

    Parameters
    ----------
    corpus : Corpus
        Holds the articles that the table names.
    path : str or Path
        CSV (UTF-8) with the columns ``event`` and ``article``, as ``crossframe group`` writes it, and its ``similarity``;
        others are ignored. An empty event leaves the article out.

    Returns
    -------
    Corpus
        Articles in the order of event, outlet and id; articles that the table does not name keep their event.
        Events keep title and date where their id stays; one without a title has that of its most central article, which is
        the one of greatest similarity. Of aligned gold the pairs within one event remain.

    Raises
    ------
    UnknownNameError
        When there is no such file.
    InputError
        When a row is invalid; the message names file and line.

    Warns
    -----
    CrossframeWarning
        Naming the articles that are left out, and those that the table does not name.
    """
    path = check.check_path(path, "events table")
    rows = _read_events(path, corpus)
    event_of = {article: row["event"] for article, row in rows.items()}
    _warn(corpus, path, "left out", [id for id, event in event_of.items() if not event])
    unnamed = [article.id for article in corpus.articles if article.id not in event_of]
    _warn(corpus, path, "not named and kept in their declared events", unnamed)
    moved = [
        replace(article, event=event_of.get(article.id, article.event))
        for article in corpus.articles
        if event_of.get(article.id, article.event)
    ]
    if not moved:
        raise InputError(f"Invalid events table {str(path)!r}. It leaves out every article.")
    articles = {a.id: a for a in sorted(moved, key=lambda a: (a.event, a.outlet, a.id))}
    used = {article.event for article in moved}
    known = [event for event in corpus.events if event.id in used]
    events = [*known, *map(Event, sorted(used - {event.id for event in known}))]
    titles = _find_titles(articles.values(), rows)
    return replace(
        corpus,
        articles=tuple(articles.values()),
        events=tuple(replace(event, title=event.title or titles.get(event.id, "")) for event in events),
        gold={name: _select_gold(gold, articles) for name, gold in corpus.gold.items()},
    )


def _find_titles(articles: Iterable[Article], rows: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return by event the title of its most central article; "" where the table does not say how central they are."""
    best: dict[str, tuple[float, str]] = {}
    for article in articles:
        cell = rows.get(article.id, {}).get("similarity")
        if cell is None or not article.title:
            continue
        try:
            similarity = float(cell or 0)
        except ValueError:
            continue
        if article.event not in best or similarity > best[article.event][0]:
            best[article.event] = (similarity, article.title)
    return {event: title for event, (_, title) in best.items()}


def _read_events(path: Path, corpus: Corpus) -> dict[str, Mapping[str, str]]:
    """Return by article its row, with the event ("" where it is left out)."""
    columns, rows = parse_table(read_table_text(path, "events table"), str(path), "events table")
    check.check_columns(columns, ("event", "article"), str(path))
    known = {article.id for article in corpus.articles}
    row_of: dict[str, Mapping[str, str]] = {}
    for number, row in rows:
        where = f"{path}, line {number}"
        article = _check_row(row, where)
        if article not in known:
            raise InputError(
                f"{where}: Unknown article {article!r}. It must be an article of corpus {corpus.name!r}."
            )
        if article in row_of:
            raise InputError(f"{where}: Invalid article {article!r}. It occurs twice; give it one row.")
        row_of[article] = row
    return row_of


def _check_row(row: Mapping[str, str], where: str) -> str:
    """Return the article of a row whose event is none or an id."""
    if row["event"]:
        try:
            check.check_id(row["event"], "event")
        except InputError as error:
            raise InputError(f"{where}: {error}") from None
    return row["article"]


def _warn(corpus: Corpus, path: Path, what: str, articles: list[str]) -> None:
    if articles:
        named = ", ".join(articles[:_MAX_LISTED]) + (", ..." if len(articles) > _MAX_LISTED else "")
        warnings.warn(
            f"Articles of corpus {corpus.name!r} {what} ({path}): {len(articles)} of {len(corpus)}: {named}.",
            CrossframeWarning,
            stacklevel=4,
        )


# --- gold of the articles that remain --------------------------------------------------------------------------


def _select_gold(gold: Gold, articles: Mapping[str, Article]) -> Gold:
    """Return the gold of the articles that remain, in their new events."""
    if isinstance(gold, Spans):
        return gold.select(np.array([article in articles for article in gold.article], dtype=bool))
    if isinstance(gold, Annotation):
        return gold.select(np.array([article in articles for article in gold.units.article], dtype=bool))
    if isinstance(gold, Differences):
        sides = zip(gold.left_article, gold.right_article, strict=True)
        return gold.select(np.array([articles.keys() >= set(pair) for pair in sides], dtype=bool))
    event = np.array([articles[a.id].event if a.id in articles else "" for a in gold.sentences.articles])
    left, right = (event[gold.sentences.article[rows]] for rows in (gold.left, gold.right))
    keep = (left == right) & (left != "")
    row = np.cumsum((event != "")[gold.sentences.article]) - 1
    remaining = gold.sentences.select(articles)
    return Alignment(
        sentences=replace(remaining, articles=tuple(articles[a.id] for a in remaining.articles)),
        left=row[gold.left[keep]],
        right=row[gold.right[keep]],
        probability=gold.probability[keep],
        relation=tuple(r for r, k in zip(gold.relation, keep.tolist(), strict=True) if k),
        source=gold.source,
    )
