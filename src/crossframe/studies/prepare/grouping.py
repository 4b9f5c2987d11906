"""Group a corpus's articles into events and hand the table to the researcher."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import storage
from crossframe.errors import InputError
from crossframe.matching.events import Grouping, group_articles
from crossframe.records import Corpus

if TYPE_CHECKING:
    from pandas import DataFrame

_NAMED = 20
"""Outlets without an article of an event that its row names; more are counted (ECB+ has an outlet an article)."""


def group_corpus(corpus: Corpus, out: Path | None = None) -> "DataFrame":
    """Return the events found among the articles of `corpus` as an editable table.

    The table is edited in its ``event`` column (empty leaves an article out) and obeyed where it lies in the corpus
    folder as ``events.csv`` or is given to ``compare --events``.

    Parameters
    ----------
    corpus : Corpus
        Its declared events are not looked at.
    out : Path, optional
        Where the table is written as CSV. A file that groups articles otherwise is not written over.

    Returns
    -------
    DataFrame
        Columns event, article, outlet, published, title, similarity (mean probability of telling the event of the
        others), misfit (why the article's place is doubtful) and missing_outlets (those of the corpus without an
        article of the event, joined by ``|``); sorted by event, outlet and article.

    Raises
    ------
    InputError
        When `out` holds another grouping, or is no table of events.
    """
    import pandas as pd

    grouping = group_articles(corpus.articles)
    table = pd.DataFrame(list(grouping.rows()))
    missing = _missing_outlets(corpus, grouping)
    table["missing_outlets"] = [missing[event] for event in table["event"]]
    table = table.sort_values(["event", "outlet", "article"], kind="stable", ignore_index=True)
    if out is not None:
        _refuse_other_grouping(out, zip(table["event"], table["article"], strict=True))
        storage.write_csv(out, list(table.columns), table.values.tolist())
    return table


def summarise_grouping(table: "DataFrame") -> str:
    """Return one line on a table of events: how many articles, events, misfits.

    Parameters
    ----------
    table : DataFrame
        What `group_corpus` returns.

    Returns
    -------
    str
        As "9 articles, 3 events, 1 misfit".
    """
    counts = {
        "article": len(table),
        "event": table["event"].nunique(),
        "misfit": int((table["misfit"] != "").sum()),
    }
    return ", ".join(f"{n} {thing}{'' if n == 1 else 's'}" for thing, n in counts.items())


def _missing_outlets(corpus: Corpus, grouping: Grouping) -> dict[str, str]:
    told: dict[str, set[str]] = {}
    for event, outlet in zip(grouping.event, grouping.outlet, strict=True):
        told.setdefault(event, set()).add(outlet)
    outlets = {outlet.id for outlet in corpus.outlets}
    return {event: _listed(sorted(outlets - those)) for event, those in told.items()}


def _listed(outlets: list[str]) -> str:
    return "|".join(outlets) if len(outlets) <= _NAMED else f"{len(outlets)} outlets"


def _refuse_other_grouping(out: Path, found: Iterable[tuple[str, str]]) -> None:
    """Raise InputError where `out` groups articles otherwise: somebody may have edited it."""
    if not out.is_file():
        return
    try:
        with out.open(encoding="utf-8-sig", newline="") as file:
            there = {(row.get("event"), row.get("article")) for row in csv.DictReader(file)}
    except (UnicodeDecodeError, csv.Error):
        there = set()
    if there != set(found):
        raise InputError(
            f"Invalid table {str(out)!r}. It exists and does not hold this grouping (it may be edited); "
            "name another file, or delete it."
        )
