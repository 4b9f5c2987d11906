"""Which rows the figures, the summary and the page show: those of one event, or those over events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True)
class StanceGrid:
    """Stance of outlets by actor in one kind of voice, as the summary and the page show it.

    Parameters
    ----------
    voice : str
        ``author`` or ``quoted``.
    what : str
        What the numbers and their intervals are: of one event, or over events.
    outlets : list of str
        Columns.
    rows : dict of str to list
        For each actor, those with the most mentions first, the row of `Estimates` of each outlet (None: no mention).
    left : int
        Actors that are not shown.
    """

    voice: str
    what: str
    outlets: list[str]
    rows: dict[str, list[Any]]
    left: int


def stance_grid(tables: "Mapping[str, DataFrame]", voice: str, most: int) -> StanceGrid:
    """Return the stance of outlets by actor, for the `most` actors with the most mentions."""
    estimates = tables["estimates"]
    rows = rows_of_event(estimates[(estimates["quantity"] == "stance") & (estimates["voice"] == voice)], None)
    cells = {(row.actor, row.outlet): row for row in rows.itertuples()}
    outlets = [outlet for outlet in tables["outlets"]["outlet"] if outlet in set(rows["outlet"])]
    actors = leading(rows, "actor", most)
    what = OVER_EVENTS if rows["event"].eq("").any() else ONE_EVENT
    shown = {actor: [cells.get((actor, outlet)) for outlet in outlets] for actor in actors}
    return StanceGrid(voice, what, outlets, shown, rows["actor"].nunique() - len(actors))


def contrasting_claims(estimates: "DataFrame", most: int) -> "DataFrame":
    """Return the `most` greatest contrasts within claims, the greatest of each claim, greatest first."""
    rows = estimates[estimates["quantity"] == "claim_contrast"]
    rows = rows.sort_values(
        ["estimate", "event", "claim", "actor", "voice"], ascending=[False, True, True, True, True]
    )
    return rows.drop_duplicates(["event", "claim"]).head(most)
