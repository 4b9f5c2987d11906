"""Which rows the figures, the summary and the page show: those of one event, or those over events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossframe.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from pandas import DataFrame

ONE_EVENT = "this event only: intervals say how far a mean depends on its sentences and on the classifier's doubt; no test"
OVER_EVENTS = "mean over events, with the 95 % interval over events"
CORRECTED = "corrected: by labels of this study's own mentions, with the number labelled; how, tables/estimates.csv says"
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
    corrected : dict of str to list
        The same rows corrected by labels, of actors that have any (None: no corrected estimate).
    """

    voice: str
    what: str
    outlets: list[str]
    rows: dict[str, list[Any]]
    left: int
    corrected: dict[str, list[Any]] = field(default_factory=dict)


def stance_grid(tables: "Mapping[str, DataFrame]", voice: str, most: int) -> StanceGrid:
    """Return the stance of outlets by actor, for the `most` actors with the most mentions."""
    estimates = tables["estimates"]
    rows = rows_of_event(estimates[(estimates["quantity"] == "stance") & (estimates["voice"] == voice)], None)
    cells = {(row.actor, row.outlet): row for row in rows.itertuples()}
    outlets = [outlet for outlet in tables["outlets"]["outlet"] if outlet in set(rows["outlet"])]
    actors = leading(rows, "actor", most)
    what = OVER_EVENTS if rows["event"].eq("").any() else ONE_EVENT
    shown = {actor: [cells.get((actor, outlet)) for outlet in outlets] for actor in actors}
    by_labels = {(row.actor, row.outlet): row for row in corrected_rows(estimates, voice, None).itertuples()}
    corrected = {actor: [by_labels.get((actor, outlet)) for outlet in outlets] for actor in actors}
    corrected = {actor: found for actor, found in corrected.items() if any(found)}
    return StanceGrid(voice, what, outlets, shown, rows["actor"].nunique() - len(actors), corrected)


def corrected_rows(estimates: "DataFrame", voice: str, event: str | None) -> "DataFrame":
    """Return the rows of stance that labels correct, in one kind of voice; `event` as in `rows_of_event`."""
    rows = estimates[(estimates["quantity"] == "stance") & (estimates["voice"] == voice)]
    events = set(rows_of_event(rows, event)["event"])
    found = estimates[(estimates["quantity"] == "stance_corrected") & (estimates["voice"] == voice)]
    return found[found["event"].isin(events) & found["estimate"].notna()]


@dataclass(frozen=True)
class VoiceGrid:
    """Who quotes whom, as figure and page show it.

    Parameters
    ----------
    outlets : list of str
        Columns: the outlets that quote somebody, or have a voice of their own.
    rows : dict of str to list
        For each speaker, those quoted in most sentences (of equals: at the greatest shares) first, the row of ``share_of_voice`` of each outlet (None:
        not quoted there).
    left : int
        Speakers that are not shown.
    rest : list of float
        Share of those in each outlet; empty where none is left, and over events, where shares do not add up.
    own, only : dict of str to row
        By outlet: its own voice; and what no other outlet carries of all that it quotes.
    alone : list of (str, str)
        Outlet and speaker where no other outlet carries any of the words.
    over : str
        What intervals are over: passages, or events.
    """

    outlets: list[str]
    rows: dict[str, list[Any]]
    left: int
    rest: list[float]
    own: dict[str, Any]
    only: dict[str, Any]
    alone: list[tuple[str, str]]
    over: str


def voice_grid(estimates: "DataFrame", most: int, event: str | None = None) -> VoiceGrid:
    """Return who quotes whom, for the `most` speakers quoted in most sentences; `event` as in `rows_of_event`."""
    rows = rows_of_event(
        estimates[estimates["quantity"].isin(["share_of_voice", "own_voice", "quoted_only_here"])], event
    )
    of = {quantity: rows[rows["quantity"] == quantity] for quantity in ("share_of_voice", "own_voice")}
    shares = of["share_of_voice"]
    quoted = shares[shares["estimate"] > 0]
    outlets = sorted({*shares["outlet"], *of["own_voice"]["outlet"]})
    totals = quoted.groupby("voice")[["n_units", "estimate"]].sum().round(4).sort_index()
    totals = totals.sort_values(["n_units", "estimate"], ascending=False, kind="stable")
    speakers = list(totals.index[:most])
    cells = {(row.voice, row.outlet): row for row in quoted.itertuples()}
    only = rows[rows["quantity"] == "quoted_only_here"]
    over_events = bool(rows["event"].eq("").any())
    left = len(totals) - len(speakers)
    rest = quoted[~quoted["voice"].isin(speakers)].groupby("outlet")["estimate"].sum()
    alone = only[(only["estimate"] == 1.0) & (only["voice"] != "quoted")]
    return VoiceGrid(
        outlets,
        {speaker: [cells.get((speaker, outlet)) for outlet in outlets] for speaker in speakers},
        left,
        [float(rest.get(outlet, 0.0)) for outlet in outlets] if left and not over_events else [],
        {row.outlet: row for row in of["own_voice"].itertuples()},
        {row.outlet: row for row in only[only["voice"] == "quoted"].itertuples()},
        list(zip(alone["outlet"], alone["voice"], strict=True)),
        "events" if over_events else "passages",
    )


def contrasting_claims(estimates: "DataFrame", most: int) -> "DataFrame":
    """Return the `most` greatest contrasts within claims, the greatest of each claim, greatest first."""
    rows = estimates[estimates["quantity"] == "claim_contrast"]
    rows = rows.sort_values(
        ["estimate", "event", "claim", "actor", "voice"], ascending=[False, True, True, True, True]
    )
    return rows.drop_duplicates(["event", "claim"]).head(most)


def called_omissions(coverage: "DataFrame", estimates: "DataFrame", event: str | None = None) -> "DataFrame":
    """Return who surely leaves out which claim, the surest first.

    Parameters
    ----------
    coverage, estimates : DataFrame
        The tables of those names; rows of quantity ``omission`` are listed.
    event : str, optional
        Only this event; None takes all.

    Returns
    -------
    DataFrame
        Columns event, claim, label, outlet, certainty.
    """
    labels = coverage[["event", "claim", "label"]].drop_duplicates()
    if event is not None:
        labels = rows_of_event(labels, event)
    called = estimates.loc[estimates["quantity"] == "omission", ["event", "claim", "outlet", "estimate"]]
    called = labels.merge(called, on=["event", "claim"]).rename(columns={"estimate": "certainty"})
    return called.sort_values(
        ["certainty", "event", "claim", "outlet"], ascending=[False, True, True, True], ignore_index=True
    )
