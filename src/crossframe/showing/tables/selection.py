"""Selection of rows to show: of a quantity, of one event or over events, of the leading actors and speakers."""

from typing import TYPE_CHECKING

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records.quantities import QUANTITIES, find_quantity

if TYPE_CHECKING:
    from pandas import DataFrame

PLACE = ["event", "outlet", "article", "sentence"]
QUOTED, UNKNOWN = "quoted", "unknown"
ONE_EVENT = (
    "one event; intervals show how much a mean depends on single sentences and on the classifier's uncertainty; "
    "no significance test"
)
OVER_EVENTS = "mean over events, with 95% intervals over events"
CORRECTED = (
    "corrected: estimated with labels of this study's own sentences; the number is that of labelled sentences, and "
    "tables/estimates.csv names the method"
)
RECALIBRATED = "recalibrated: by the model's probabilities rescaled to fit this study's own labels, each article's by those of others"
VOICES = {"outlet": "in the outlet's own words", "quoted": "in quoted words"}
"""Of portrayals, the headline first."""
HOLDERS = {"author": "of the author", "quoted": "of others in the sentence"}


def select_rows(table: "DataFrame", **values: str | int | None) -> "DataFrame":
    """Return the rows whose columns hold these `values`; None takes all."""
    for column, value in values.items():
        if value is not None:
            table = table[table[column] == value]
    return table


def select_quantity(estimates: "DataFrame", quantity: str, **values: str | None) -> "DataFrame":
    """Return the rows of a quantity whose columns hold these `values`; a quantity that is not registered is refused."""
    return select_rows(estimates, quantity=find_quantity(quantity).name, **values)


def select_event(table: "DataFrame", event: str | None) -> "DataFrame":
    """Return the rows of `event`; None: the rows over events where there are any, else those of the only event.

    Parameters
    ----------
    table : DataFrame
        With a column ``event``, "" for rows over events.
    event : str or None
        Its id, or the beginning of one id alone.

    Returns
    -------
    DataFrame
        Rows of one event, or over events.

    Raises
    ------
    InputError
        When `event` is None and the table holds several events and no rows over events.
    UnknownNameError
        When the table has no such event.
    """
    known = sorted(set(table["event"]))
    if event is not None:
        return table[table["event"] == check.match_prefix(event, known, "event")]
    if "" not in known and len(known) > 1:
        raise InputError(f"Invalid event None. The table holds several; name one of: {', '.join(known)}.")
    return table[table["event"] == ("" if "" in known or not known else known[0])]


def list_leading(rows: "DataFrame", column: str, n: int) -> list[str]:
    """Return the `n` values of `column` with the most units, largest first, ties by name."""
    totals = rows.groupby(column)["n_units"].sum().sort_index()
    return list(totals.sort_values(ascending=False, kind="stable").index[:n])


def select_labelled(estimates: "DataFrame", quantity: str, voice: str, event: str | None) -> "DataFrame":
    """Return the estimates of a quantity that is made with labels, in one kind of voice; `event` as in `select_event`."""
    made = [
        name
        for name in QUANTITIES
        if any(f"_{how}" in name for how in ("corrected", "recalibrated", "minus_labels"))
    ]
    events = set(select_event(estimates[~estimates["quantity"].isin(made)], event)["event"])
    rows = select_quantity(estimates, quantity, voice=voice)
    return rows[rows["event"].isin(events) & rows["estimate"].notna()]
