"""A comparison in plain text: stance of outlets by actor with intervals, and the most contrasting claims."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossframe.showing.tables.choosing import (
    CORRECTED,
    VOICES,
    StanceGrid,
    called_omissions,
    contrasting_claims,
    stance_grid,
)

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ACTORS = 12
MOST_CLAIMS = 5


def summarise(tables: "Mapping[str, DataFrame]", *, notes: Iterable[str] = ()) -> str:
    """Return the outlet-by-actor stance table, the most contrasting claims and the surest omissions as plain text.

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
        *(_stance(stance_grid(tables, voice, MOST_ACTORS)) for voice in VOICES),
        _claims(tables),
        _omissions(tables),
        "\n".join(f"Note: {note}" for note in notes),
    ]
    return "\n\n".join(part for part in parts if part)


def _stance(grid: StanceGrid) -> str:
    if not grid.rows:
        return ""
    title = f"Stance {VOICES[grid.voice]}, -1 against to +1 for [95 % interval] mentions\n({grid.what})"
    lines = [["actor", *grid.outlets]]
    for actor, cells in grid.rows.items():
        lines.append([actor, *map(_cell, cells)])
        if actor in grid.corrected:
            lines.append(["  corrected", *map(_cell, grid.corrected[actor])])
    if grid.corrected:
        title += f"\n({CORRECTED})"
    more = f"\n({grid.left} more actors in tables/estimates.csv)" if grid.left > 0 else ""
    return f"{title}\n{_grid(lines)}{more}"


def _cell(row: Any) -> str:
    return f"{with_interval(row.estimate, row.low, row.high)} {row.n_units}" if row else "-"


def _claims(tables: "Mapping[str, DataFrame]") -> str:
    rows = contrasting_claims(tables["estimates"], MOST_CLAIMS)
    if rows.empty:
        return ""
    place = ["event", "outlet", "article", "sentence"]
    named = tables["claims"].merge(tables["stance"][[*place, "actor", "voice"]], on=place)
    named = named.merge(tables["sentences"][[*place, "text"]], on=place)
    named["voice"] = named["voice"].where(named["voice"] == "author", "quoted")
    text = named.groupby(["event", "claim", "outlet", "actor", "voice"])["text"].first()
    several = len(set(tables["articles"]["event"])) > 1
    lines = [
        (
            "Most contrasting claims: aligned sentences that differ most in stance toward an actor\n"
            "(the outlets are chosen for differing most, so the differences are large by choice)"
        )
    ]
    for row in rows.itertuples():
        found = with_interval(row.estimate, row.low, row.high)
        event = f"{row.event} " if several else ""
        lines.append(f"{event}{row.claim}  toward {row.actor}, {VOICES[str(row.voice)]}: {found}")
        for outlet in (row.outlet, row.reference):
            sentence = text[row.event, row.claim, outlet, row.actor, row.voice]
            lines.append(f"    {outlet}: {_short(str(sentence))}")
    return "\n".join(lines)


def _omissions(tables: "Mapping[str, DataFrame]") -> str:
    called = called_omissions(tables["coverage"], tables["estimates"])
    if called.empty:
        return ""
    several = len(set(tables["articles"]["event"])) > 1
    lines = ["Left out: claims that others tell and an outlet, surely enough, does not (certainty)"]
    for (event, claim, label), rows in list(called.groupby(["event", "claim", "label"], sort=False))[
        :MOST_CLAIMS
    ]:
        who = ", ".join(f"{row.outlet} ({row.certainty:.2f})" for row in rows.itertuples())
        lines.append(f"{event + ' ' if several else ''}{claim}  by {who}: {_short(label)}")
    left = called.groupby(["event", "claim"]).ngroups - MOST_CLAIMS
    if left > 0:
        lines.append(f"({left} more in tables/estimates.csv, quantity omission)")
    return "\n".join(lines)


def with_interval(estimate: float, low: float, high: float) -> str:
    """Return an estimate with its interval as text; without one where there is none."""
    return f"{estimate:+.2f} [{low:+.2f}, {high:+.2f}]" if low == low else f"{estimate:+.2f} [no interval]"


def _short(text: str, most: int = 150) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= most else f"{joined[: most - 1].rsplit(' ', 1)[0]} …"


def _grid(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join(lines)
