"""A comparison in plain text: stance by actor and outlet with intervals, contrasting claims, omissions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossframe.records import AUTHOR
from crossframe.showing.tables.claim_selection import list_contrasts, list_omissions
from crossframe.showing.tables.selection import (
    CORRECTED,
    PLACE,
    QUOTED,
    VOICES,
    StanceGrid,
    make_stance_grid,
)

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_CLAIMS_LISTED = 5


def summarise(tables: "Mapping[str, DataFrame]", *, notes: Iterable[str] = ()) -> str:
    """Return stance by actor and outlet, the largest contrasts within claims and the most certain omissions as plain text.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    notes : iterable of str
        Notes and limitations; printed last.

    Returns
    -------
    str
        Lines without a final line break.
    """
    parts = [
        *(_stance(make_stance_grid(tables, voice)) for voice in VOICES),
        _contrasts(tables),
        _omissions(tables),
        "\n".join(f"Note: {note}" for note in notes),
    ]
    return "\n\n".join(part for part in parts if part)


def _stance(grid: StanceGrid) -> str:
    if not grid.cells:
        return ""
    title = f"Stance {VOICES[grid.voice]}, from -1 (against) to +1 (for) [95% interval] number of mentions\n({grid.scope})"
    lines = [["actor", *grid.outlets]]
    for actor, cells in grid.cells.items():
        lines.append([actor, *map(_cell, cells)])
        if actor in grid.corrected:
            lines.append(["  corrected", *map(_cell, grid.corrected[actor])])
    if grid.corrected:
        title += f"\n({CORRECTED})"
    more = f"\n({grid.n_hidden} more in tables/estimates.csv)" if grid.n_hidden > 0 else ""
    return f"{title}\n{_align(lines)}{more}"


def _cell(row: Any) -> str:
    return f"{format_interval(row.estimate, row.low, row.high)} {row.n_units}" if row else "-"


def _contrasts(tables: "Mapping[str, DataFrame]") -> str:
    rows = list_contrasts(tables["estimates"], MAX_CLAIMS_LISTED)
    if rows.empty:
        return ""
    mentions = tables["claims"].merge(tables["stance"][[*PLACE, "actor", "voice"]], on=PLACE)
    mentions = mentions.merge(tables["sentences"][[*PLACE, "text"]], on=PLACE)
    mentions["voice"] = mentions["voice"].where(mentions["voice"] == AUTHOR, QUOTED)
    texts = mentions.groupby(["event", "claim", "outlet", "actor", "voice"])["text"].first()
    several = len(set(tables["articles"]["event"])) > 1
    lines = [
        "Most contrasting claims: aligned sentences of two outlets with the largest difference in stance toward an actor\n"
        "(pairs were selected for their difference, so it overstates what to expect of other pairs)"
    ]
    for row in rows.itertuples():
        difference = format_interval(row.estimate, row.low, row.high)
        event = f"{row.event} " if several else ""
        lines.append(f"{event}{row.claim}  toward {row.actor}, {VOICES[str(row.voice)]}: {difference}")
        for outlet in (row.outlet, row.reference):
            sentence = texts[row.event, row.claim, outlet, row.actor, row.voice]
            lines.append(f"    {outlet}: {_shorten(str(sentence))}")
    return "\n".join(lines)


def _omissions(tables: "Mapping[str, DataFrame]") -> str:
    omissions = list_omissions(tables["coverage"], tables["estimates"])
    if omissions.empty:
        return ""
    several = len(set(tables["articles"]["event"])) > 1
    lines = ["Left out: claims that other outlets cover and this one does not (certainty)"]
    claims = list(omissions.groupby(["event", "claim", "label"], sort=False))
    for (event, claim, label), rows in claims[:MAX_CLAIMS_LISTED]:
        outlets = ", ".join(f"{row.outlet} ({row.certainty:.2f})" for row in rows.itertuples())
        lines.append(f"{event + ' ' if several else ''}{claim}  by {outlets}: {_shorten(label)}")
    n_hidden = len(claims) - MAX_CLAIMS_LISTED
    if n_hidden > 0:
        lines.append(f"({n_hidden} more in tables/estimates.csv, quantity omission)")
    return "\n".join(lines)


def format_interval(estimate: float, low: float, high: float) -> str:
    """Return an estimate with its interval as text, or with the words that it has none."""
    return f"{estimate:+.2f} [{low:+.2f}, {high:+.2f}]" if low == low else f"{estimate:+.2f} [no interval]"


def _shorten(text: str, n: int = 150) -> str:
    """Return a text on one line, cut after a word to at most `n` characters."""
    joined = " ".join(text.split())
    return joined if len(joined) <= n else f"{joined[: n - 1].rsplit(' ', 1)[0]} …"


def _align(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
