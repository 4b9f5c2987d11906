"""Which rows the figures, the summary and the page show: those of one event, or those over events."""

from typing import TYPE_CHECKING

from crossframe.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from pandas import DataFrame

ONE_EVENT = "this event only: intervals say how far a mean depends on its sentences and on the classifier's doubt; no test"
OVER_EVENTS = "mean over events, with the 95 % interval over events"
VOICES = {"author": "in the outlet's own voice", "quoted": "in the voices it quotes"}


def rows_of_event(table: "DataFrame", event: str | None) -> "DataFrame":
    """Return the rows of `event`; None: the rows over events where there are any, else those of the only event.

    Parameters
    ----------
    table : DataFrame
        With a column ``event``, "" for what holds over events.
    event : str or None
        Its id.

    Returns
    -------
    DataFrame
        Rows of one event, or over events.

    Raises
    ------
    InputError
        When `event` is None and the table holds several events and nothing over them.
    UnknownNameError
        When the table has no such event.
    """
    known = sorted(set(table["event"]))
    if event is None:
        if "" not in known and len(known) > 1:
            raise InputError(f"Invalid event None. The table holds several; name one of: {', '.join(known)}.")
        event = "" if "" in known or not known else known[0]
    elif event not in known:
        raise UnknownNameError(f"Unknown event {event!r}. The table holds: {', '.join(known)}.")
    return table[table["event"] == event]


def leading(rows: "DataFrame", column: str, most: int) -> list[str]:
    """Return the `most` values of `column` with the most units, most first, ties by name."""
    totals = rows.groupby(column)["n_units"].sum().sort_index()
    return list(totals.sort_values(ascending=False, kind="stable").index[:most])


def contrasting_claims(estimates: "DataFrame", most: int) -> "DataFrame":
    """Return the `most` greatest contrasts within claims, the greatest of each claim, greatest first."""
    rows = estimates[estimates["quantity"] == "claim_contrast"]
    rows = rows.sort_values(
        ["estimate", "event", "claim", "actor", "voice"], ascending=[False, True, True, True, True]
    )
    return rows.drop_duplicates(["event", "claim"]).head(most)
