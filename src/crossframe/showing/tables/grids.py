"""Grids of actors or speakers by outlet, as page, figures and summary show them: portrayal, framing, voices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossframe.records.quantities import find_quantity
from crossframe.showing.tables.selection import (
    ONE_EVENT,
    OVER_EVENTS,
    QUOTED,
    VOICES,
    list_leading,
    select_event,
    select_labelled,
    select_quantity,
    select_rows,
)

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_ACTORS = 12
"""Actors in a table of portrayals."""
MIN_GAP = 0.3
"""Difference between the mean score of the model and that of the labels from which on they part; `crossframe evaluate stance`
counts the same of those with opposite signs."""


@dataclass(frozen=True)
class Cell:
    """How an outlet portrays an actor in one kind of words.

    Parameters
    ----------
    estimate, low, high : float
        Mean and interval; NaN where too few sentences are judged for a mean.
    n_units : int
        Judged sentences.
    judgements : tuple of float
        Where there is no mean: the scores of the sentences, in order.
    corrected, recalibrated : row or None
        The same estimate corrected by labels; by probabilities recalibrated to labels.
    gap : float or None
        By how much the model's mean lies above that of the labels, on labelled sentences; None where they are too few (less
        than three, and not all).
    """

    estimate: float
    low: float
    high: float
    n_units: int
    judgements: tuple[float, ...] = ()
    corrected: Any = None
    recalibrated: Any = None
    gap: float | None = None

    @property
    def has_mean(self) -> bool:
        """Whether there is a mean."""
        return self.estimate == self.estimate

    @property
    def parts(self) -> bool:
        """Whether model and labels part: their means are `MIN_GAP` or more apart."""
        return self.gap is not None and abs(self.gap) >= MIN_GAP


@dataclass(frozen=True)
class PortrayalGrid:
    """Portrayal by actor and outlet in one kind of words, as the summary and the page show it.

    Parameters
    ----------
    voice : str
        ``outlet`` or ``quoted``.
    scope : str
        What the estimates and their intervals describe: one event, or a mean over events.
    outlets : list of str
        Columns.
    cells : dict of str to list of Cell or None
        By actor, those with the most judged sentences first: the cell of each outlet (None: no mention).
    n_hidden : int
        Actors beyond those shown.
    n_labelled, n_parted : int
        Cells with enough labelled sentences, and those of them where model and labels part; hidden ones, too.
    """

    voice: str
    scope: str
    outlets: list[str]
    cells: dict[str, list[Cell | None]]
    n_hidden: int
    n_labelled: int = 0
    n_parted: int = 0

    @property
    def has_corrected(self) -> bool:
        """Whether a cell shown is corrected by labels."""
        return any(cell and cell.corrected for row in self.cells.values() for cell in row)

    @property
    def has_recalibrated(self) -> bool:
        """Whether a cell shown has an estimate by recalibrated probabilities."""
        return any(cell and cell.recalibrated for row in self.cells.values() for cell in row)


def make_portrayal_grid(tables: "Mapping[str, DataFrame]", voice: str) -> PortrayalGrid:
    """Return the portrayal by each outlet of the `MAX_ACTORS` actors with the most judged sentences."""
    estimates = tables["estimates"]
    rows = select_event(select_quantity(estimates, "portrayal", voice=voice), None)
    outlets = [outlet for outlet in tables["outlets"]["outlet"] if outlet in set(rows["outlet"])]
    actors = list_leading(rows, "actor", MAX_ACTORS)
    over_events = bool(rows["event"].eq("").any())
    corrected, recalibrated, gap_of = (
        {
            (row.actor, row.outlet): row
            for row in select_labelled(estimates, f"portrayal_{made}", voice, None).itertuples()
        }
        for made in ("corrected", "recalibrated", "minus_labels")
    )
    judged: dict[tuple[str, str], list[float]] = {}
    for row in select_rows(tables["portrayal"], speaker=voice).itertuples():
        judged.setdefault((row.actor, row.outlet), []).append(row.score)
    cells = {}
    for row in rows.itertuples():
        key = row.actor, row.outlet
        scores = () if row.estimate == row.estimate else tuple(judged.get(key, ()))
        gap = gap_of[key].estimate if key in gap_of else None
        cells[key] = Cell(
            row.estimate,
            row.low,
            row.high,
            row.n_units,
            scores,
            corrected.get(key),
            recalibrated.get(key),
            gap,
        )
    return PortrayalGrid(
        voice,
        OVER_EVENTS if over_events else ONE_EVENT,
        outlets,
        {actor: [cells.get((actor, outlet)) for outlet in outlets] for actor in actors},
        rows["actor"].nunique() - len(actors),
        sum(cell.gap is not None for cell in cells.values()),
        sum(cell.parts for cell in cells.values()),
    )


def find_gaps(tables: "Mapping[str, DataFrame]", event: str) -> dict[tuple[str, str, str], float]:
    """Return by (actor, outlet, kind of words) by how much the model's mean lies above that of labels, where they part."""
    rows = select_quantity(tables["estimates"], "portrayal_minus_labels", event=event)
    rows = rows[rows["voice"].isin(list(VOICES)) & (rows["estimate"].abs() >= MIN_GAP)]
    return {(row.actor, row.outlet, row.voice): float(row.estimate) for row in rows.itertuples()}


def _cells(rows: "DataFrame", column: str, values: list[str], outlets: list[str]) -> dict[str, list[Any]]:
    by_key = {(getattr(row, column), row.outlet): row for row in rows.itertuples()}
    return {value: [by_key.get((value, outlet)) for outlet in outlets] for value in values}


@dataclass(frozen=True)
class FramingGrid:
    """Framing by actor and outlet, as the page shows it: how long, how prominent, in what tone, and the product.

    Parameters
    ----------
    scope : str
        What the numbers describe.
    lengths : dict of str to float
        By outlet, sentences per article: the columns.
    cells : dict of str to list
        By actor, those with the most judged sentences first: of each outlet the rows of ``prominence``, ``title_and_lead``,
        ``tone`` and ``framing`` by quantity, and ``parted``, the row of ``portrayal_minus_labels`` whoever speaks, where model
        and labels part by `MIN_GAP` (None where the outlet does not mention the actor).
    n_hidden : int
        Actors beyond those shown.
    n_labelled, n_parted : int
        Cells with enough labelled sentences, and those of them where model and labels part; hidden ones, too.
    """

    scope: str
    lengths: dict[str, float]
    cells: dict[str, list[dict[str, Any] | None]]
    n_hidden: int
    n_labelled: int = 0
    n_parted: int = 0


def make_framing_grid(estimates: "DataFrame") -> FramingGrid:
    """Return the framing by each outlet of the `MAX_ACTORS` actors with the most judged sentences."""
    parts = ("prominence", "title_and_lead", "tone", "framing")
    rows = {name: select_event(select_quantity(estimates, name), None) for name in ("length", *parts)}
    lengths = {row.outlet: row.estimate for row in rows["length"].itertuples()}
    mentioned = rows["prominence"][rows["prominence"]["estimate"] > 0]
    actors = list_leading(mentioned, "actor", MAX_ACTORS)
    cells: dict[tuple[str, str], dict[str, Any]] = {
        (row.actor, row.outlet): {"parted": None} for row in mentioned.itertuples()
    }
    for name in parts:
        for row in rows[name].itertuples():
            cells.get((row.actor, row.outlet), {})[name] = row
    gaps = select_event(select_quantity(estimates, "portrayal_minus_labels", voice=""), None)
    parted = gaps[gaps["estimate"].abs() >= MIN_GAP]
    for row in parted.itertuples():
        cells.get((row.actor, row.outlet), {})["parted"] = row
    return FramingGrid(
        OVER_EVENTS if mentioned["event"].eq("").any() else ONE_EVENT,
        lengths,
        {actor: [cells.get((actor, outlet)) for outlet in lengths] for actor in actors},
        mentioned["actor"].nunique() - len(actors),
        len(gaps),
        len(parted),
    )


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
