"""A comparison in plain text: stance of outlets by actor with intervals, and the most contrasting claims."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ACTORS = 12
MOST_CLAIMS = 5
_VOICES = {"author": "in the outlet's own voice", "quoted": "in the voices it quotes"}


def summarise(tables: "Mapping[str, DataFrame]", *, notes: Iterable[str] = ()) -> str:
    """Return the outlet-by-actor stance table and the most contrasting claims as plain text.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    notes : iterable of str
        What a reader must know; printed last.

    Returns
    -------
    str
        Lines without a final line break.
    """
    parts = [
        *(_stance(tables["estimates"], tables["outlets"], voice) for voice in _VOICES),
        _claims(tables),
        "\n".join(f"Note: {note}" for note in notes),
    ]
    return "\n\n".join(part for part in parts if part)


def _stance(estimates: "DataFrame", outlets: "DataFrame", voice: str) -> str:
    rows = estimates[(estimates["quantity"] == "stance") & (estimates["voice"] == voice)]
    over_events = rows["event"].eq("").any()
    if over_events:
        rows = rows[rows["event"] == ""]
    if rows.empty:
        return ""
    totals = rows.groupby("actor")["n_units"].sum().sort_index().sort_values(ascending=False, kind="stable")
    shown = list(totals.index[:MOST_ACTORS])
    columns = [outlet for outlet in outlets["outlet"] if outlet in set(rows["outlet"])]
    cells = {
        (row.actor, row.outlet): f"{row.estimate:+.2f} [{row.low:+.2f}, {row.high:+.2f}] {row.n_units}"
        for row in rows.itertuples()
    }
    what = "mean over events" if over_events else "this event only: a description, no test"
    title = f"Stance {_VOICES[voice]}, -1 against to +1 for [interval] mentions ({what})"
    left = len(totals) - len(shown)
    more = f"\n({left} more actors in tables/estimates.csv)" if left > 0 else ""
    grid = [
        ["actor", *columns],
        *([actor, *(cells.get((actor, o), "-") for o in columns)] for actor in shown),
    ]
    return f"{title}\n{_grid(grid)}{more}"


def _claims(tables: "Mapping[str, DataFrame]") -> str:
    estimates = tables["estimates"]
    rows = estimates[estimates["quantity"] == "claim_contrast"]
    rows = rows.sort_values(["estimate", "event", "claim", "actor"], ascending=[False, True, True, True])
    rows = rows.drop_duplicates(["event", "claim"]).head(MOST_CLAIMS)
    if rows.empty:
        return ""
    text = {
        (row.event, row.outlet, row.article, row.sentence): row.text
        for row in tables["sentences"].itertuples()
    }
    members = tables["claims"]
    lines = ["Most contrasting claims (highest against lowest stance toward an actor in the same claim)"]
    for row in rows.itertuples():
        lines.append(
            f"{row.claim}  toward {row.actor}: {row.estimate:+.2f} [{row.low:+.2f}, {row.high:+.2f}]"
        )
        for outlet in (row.outlet, row.reference):
            told = members[
                (members["event"] == row.event)
                & (members["claim"] == row.claim)
                & (members["outlet"] == outlet)
            ]
            first = next(told.itertuples())
            lines.append(f"    {outlet}: {_short(text[row.event, outlet, first.article, first.sentence])}")
    return "\n".join(lines)


def _short(text: str, most: int = 150) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= most else f"{joined[: most - 1].rsplit(' ', 1)[0]} …"


def _grid(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join(lines)
