"""Selection of rows to show: of a quantity, of one event or over events, of the leading actors and speakers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records.quantities import find_quantity

if TYPE_CHECKING:
    from pandas import DataFrame

PLACE = ["event", "outlet", "article", "sentence"]
QUOTED, UNKNOWN = "quoted", "unknown"
MAX_ACTORS = 12
"""Actors in a table of stance."""
ONE_EVENT = (
    "one event; intervals show how much a mean depends on single sentences and on the classifier's uncertainty; "
    "no significance test"
)
OVER_EVENTS = "mean over events, with 95% intervals over events"
CORRECTED = (
    "corrected: estimated with labels of this study's own mentions; the number is that of labelled mentions, and "
    "tables/estimates.csv names the method"
)
VOICES = {"author": "in the outlet's own words", "quoted": "in quoted words"}


def select_rows(table: "DataFrame", **values: str | None) -> "DataFrame":
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


@dataclass(frozen=True)
class StanceGrid:
    """Stance by actor and outlet in one kind of voice, as the summary and the page show it.

    Parameters
    ----------
    voice : str
        ``author`` or ``quoted``.
    scope : str
        What the estimates and their intervals describe: one event, or a mean over events.
    outlets : list of str
        Columns.
    cells : dict of str to list
        By actor, those with the most mentions first: the row of `Estimates` of each outlet (None: no mention).
    n_hidden : int
        Actors beyond those shown.
    corrected : dict of str to list
        The same cells corrected by labels, of actors that have any (None: no corrected estimate).
    """

    voice: str
    scope: str
    outlets: list[str]
    cells: dict[str, list[Any]]
    n_hidden: int
    corrected: dict[str, list[Any]] = field(default_factory=dict)


def make_stance_grid(tables: "Mapping[str, DataFrame]", voice: str) -> StanceGrid:
    """Return the stance of each outlet toward the `MAX_ACTORS` actors with the most mentions."""
    estimates = tables["estimates"]
    rows = select_event(select_quantity(estimates, "stance", voice=voice), None)
    outlets = [outlet for outlet in tables["outlets"]["outlet"] if outlet in set(rows["outlet"])]
    actors = list_leading(rows, "actor", MAX_ACTORS)
    scope = OVER_EVENTS if rows["event"].eq("").any() else ONE_EVENT
    cells = _cells(rows, "actor", actors, outlets)
    corrected = _cells(select_corrected(estimates, voice, None), "actor", actors, outlets)
    corrected = {actor: row for actor, row in corrected.items() if any(row)}
    return StanceGrid(voice, scope, outlets, cells, rows["actor"].nunique() - len(actors), corrected)


def _cells(rows: "DataFrame", column: str, values: list[str], outlets: list[str]) -> dict[str, list[Any]]:
    by_key = {(getattr(row, column), row.outlet): row for row in rows.itertuples()}
    return {value: [by_key.get((value, outlet)) for outlet in outlets] for value in values}


def select_corrected(estimates: "DataFrame", voice: str, event: str | None) -> "DataFrame":
    """Return the estimates of stance corrected by labels, in one kind of voice; `event` as in `select_event`."""
    events = set(select_event(select_quantity(estimates, "stance", voice=voice), event)["event"])
    rows = select_quantity(estimates, "stance_corrected", voice=voice)
    return rows[rows["event"].isin(events) & rows["estimate"].notna()]


@dataclass(frozen=True)
class VoiceGrid:
    """Who quotes whom, as figure and page show it.

    Parameters
    ----------
    outlets : list of str
        Columns: outlets that quote somebody, or have an estimate of their own voice.
    cells : dict of str to list
        By speaker, those quoted in the most sentences (of equals: with the largest shares) first: the row of
        ``share_of_voice`` of each outlet (None: not quoted there).
    n_hidden : int
        Speakers beyond those shown.
    rest : list of float
        Their share in each outlet; empty where there are none, and over events, where shares do not add up.
    own_voice, exclusive_share : dict of str to row
        By outlet: the share of its text in its own voice, and the share of what it quotes that no other outlet carries.
    exclusive : list of (str, str)
        Outlet and speaker where no other outlet carries any of the words.
    unit : str
        What intervals are over: passages, or events.
    """

    outlets: list[str]
    cells: dict[str, list[Any]]
    n_hidden: int
    rest: list[float]
    own_voice: dict[str, Any]
    exclusive_share: dict[str, Any]
    exclusive: list[tuple[str, str]]
    unit: str


def make_voice_grid(
    estimates: "DataFrame",
    n: int,
    *,
    event: str | None = None,
    speakers: list[str] | None = None,
    outlets: list[str] | None = None,
) -> VoiceGrid:
    """Return who quotes whom.

    Parameters
    ----------
    estimates : DataFrame
        The table of that name.
    n : int
        How many speakers are shown, those quoted in the most sentences.
    event : str, optional
        As in `select_event`.
    speakers, outlets : list of str, optional
        Ids of those shown; None takes the `n` speakers, and all outlets.

    Returns
    -------
    VoiceGrid
    """
    names = ("share_of_voice", "own_voice", "quoted_only_here")
    rows = select_event(
        estimates[estimates["quantity"].isin([find_quantity(name).name for name in names])], event
    )
    rows = rows if outlets is None else rows[rows["outlet"].isin(outlets)]
    shares, own, carried_alone = (select_quantity(rows, name) for name in names)
    quoted = shares[shares["estimate"] > 0]
    totals = quoted.groupby("voice")[["n_units", "estimate"]].sum().round(4).sort_index()
    totals = totals.sort_values(["n_units", "estimate"], ascending=False, kind="stable")
    shown = list(totals.index[:n]) if speakers is None else speakers
    hidden = quoted[~quoted["voice"].isin(shown)]
    outlets = outlets or sorted({*shares["outlet"], *own["outlet"]})
    over_events = bool(rows["event"].eq("").any())
    rest = hidden.groupby("outlet")["estimate"].sum()
    exclusive = carried_alone[(carried_alone["estimate"] == 1.0) & (carried_alone["voice"] != QUOTED)]
    return VoiceGrid(
        outlets,
        _cells(quoted, "voice", shown, outlets),
        hidden["voice"].nunique(),
        [float(rest.get(outlet, 0.0)) for outlet in outlets] if len(hidden) and not over_events else [],
        {row.outlet: row for row in own.itertuples()},
        {row.outlet: row for row in select_rows(carried_alone, voice=QUOTED).itertuples()},
        list(zip(exclusive["outlet"], exclusive["voice"], strict=True)),
        "events" if over_events else "passages",
    )
