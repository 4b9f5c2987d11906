"""Group a corpus's articles into events and hand the table to the researcher."""

from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import storage
from crossframe.matching.events import group_articles
from crossframe.records import Corpus

if TYPE_CHECKING:
    from pandas import DataFrame


def group_corpus(corpus: Corpus, out: Path | None = None) -> "DataFrame":
    """Return the events found among the articles of `corpus` as an editable table.

    Parameters
    ----------
    corpus : Corpus
        Its declared events are not looked at.
    out : Path, optional
        Where the table is written as CSV.

    Returns
    -------
    DataFrame
        Columns event, article, outlet, published, title, similarity; sorted by event, outlet and article.
    """
    import pandas as pd

    table = pd.DataFrame(list(group_articles(corpus.articles).rows()))
    table = table.sort_values(["event", "outlet", "article"], kind="stable", ignore_index=True).round(
        {"similarity": 4}
    )
    if out is not None:
        storage.write_csv(out, list(table.columns), table.values.tolist())
    return table
