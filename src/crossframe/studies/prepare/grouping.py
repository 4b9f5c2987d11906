"""A corpus's articles grouped into events, as a table that the researcher edits."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.matching.copies import find_copies
from crossframe.matching.events import Grouping, group_articles
from crossframe.reading.public.corpora import load_corpus
from crossframe.records import Corpus
from crossframe.showing.tables.inventory import make_inventory
from crossframe.showing.text.summary import summarise_inventory

if TYPE_CHECKING:
    from pandas import DataFrame

_MAX_LISTED = 20
"""Missing outlets that a row lists; more are counted (in ECB+ every article is its own outlet)."""


def group_corpus(corpus: Corpus | str | Path, out: str | Path | None = None) -> "DataFrame":
    """Return the articles of a corpus grouped into events, as an editable table.

    The table is edited in its ``event`` column (empty leaves an article out) and applied where it is stored in the corpus
    folder as ``events.csv`` or given to ``compare --events``.

    Parameters
    ----------
    corpus : Corpus, str or Path
        A corpus, or its folder or name; its declared events are ignored.
    out : str or Path, optional
        Where the table is written as CSV. A file with another grouping is not overwritten.

    Returns
    -------
    DataFrame
        Columns event, article, outlet, published, title, similarity (mean probability that article and the others are
        of one event), misfit (why the article's place is doubtful), copy_of (another outlet's article most of which it
        is), copy_direction (by what it is known who copied, or ``unknown``), version_of (the article of its own outlet that it updates) and missing_outlets (outlets of the corpus
        without an article of the event, joined by ``|``); sorted by event, outlet and article.

    Raises
    ------
    InputError
        When `out` holds another grouping or is no table of events, or an argument has the wrong type.
    """
    import pandas as pd

    corpus = load_corpus(corpus, regrouped=False)
    grouping = group_articles(corpus.articles)
    table = pd.DataFrame(list(grouping.rows()))
    grouped = zip(corpus.articles, grouping.event, strict=True)
    copies = find_copies([replace(article, event=event) for article, event in grouped])
    for column in ("copy_of", "copy_direction", "version_of"):
        table[column] = getattr(copies, column)
    missing = _missing_outlets(corpus, grouping)
    table["missing_outlets"] = [missing[event] for event in table["event"]]
    table = table.sort_values(["event", "outlet", "article"], kind="stable", ignore_index=True)
    if out is not None:
        path = check.check_path(out, "events table")
        _refuse_other_grouping(path, zip(table["event"], table["article"], strict=True))
        storage.write_csv(path, list(table.columns), table.values.tolist())
    return table


def summarise_grouping(table: "DataFrame", corpus: Corpus) -> str:
    """Return as text what there is by event and outlet: articles there, missing, doubtful, copied, updated.

    Parameters
    ----------
    table : DataFrame
        As `group_corpus` returns it.
    corpus : Corpus
        Its outlets are those that may be missing.

    Returns
    -------
    str
        Lines without a final line break.
    """
    outlets = (outlet.id for outlet in corpus.outlets)
    extents = {article.id: article.extent or "" for article in corpus.articles}
    rows = [row | {"extent": extents[row["article"]]} for row in table.to_dict("records")]
    return summarise_inventory(make_inventory(rows, outlets))


def _missing_outlets(corpus: Corpus, grouping: Grouping) -> dict[str, str]:
    present: dict[str, set[str]] = {}
    for event, outlet in zip(grouping.event, grouping.outlet, strict=True):
        present.setdefault(event, set()).add(outlet)
    outlets = {outlet.id for outlet in corpus.outlets}
    return {event: _list_outlets(sorted(outlets - covering)) for event, covering in present.items()}


def _list_outlets(outlets: list[str]) -> str:
    return "|".join(outlets) if len(outlets) <= _MAX_LISTED else f"{len(outlets)} outlets"


def _refuse_other_grouping(out: Path, grouping: Iterable[tuple[str, str]]) -> None:
    """Raise InputError where the table at `out` has another grouping: somebody may have edited it."""
    if not out.is_file():
        return
    try:
        _, rows = storage.parse_table(storage.read_table_text(out, "events table"), str(out), "events table")
    except InputError:
        rows = []
    written = {(row.get("event"), row.get("article")) for _, row in rows}
    if written != set(grouping):
        raise InputError(
            f"Invalid table {str(out)!r}. It exists and has another grouping (it may be edited); "
            "give another file, or delete it."
        )
