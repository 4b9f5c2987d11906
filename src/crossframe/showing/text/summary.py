"""A comparison in plain text: what there is to compare, portrayal with intervals, conflicts, contrasting claims, omissions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossframe.records import CONFLICT
from crossframe.records.display import count_of
from crossframe.showing.tables.claim_selection import list_contrasts, list_differences, list_omissions
from crossframe.showing.tables.evidence import EvidenceRequest, select_evidence
from crossframe.showing.tables.grids import MIN_GAP, Cell, PortrayalGrid, make_portrayal_grid
from crossframe.showing.tables.inventory import COUNTS, REMARKS, Inventory, shorten_list
from crossframe.showing.tables.selection import (
    CORRECTED,
    OVER_EVENTS,
    PLACE,
    RECALIBRATED,
    VOICES,
    select_event,
    select_quantity,
    select_rows,
)

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_CLAIMS_LISTED = 5
MAX_EVENTS_LISTED, MAX_ARTICLES_LISTED = 20, 10
MAX_WIDTH = 100
"""Columns of a terminal that a table of events and outlets may take; a wider one gives way to counts."""


def summarise(tables: "Mapping[str, DataFrame]", *, notes: Iterable[str] = ()) -> str:
    """Return portrayals, conflicts, contrasts within claims, what two outlets share and the surest omissions as plain text.

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
        *(_portrayal(make_portrayal_grid(tables, voice)) for voice in VOICES),
        _conflicts(tables),
        _contrasts(tables),
        _shared(tables["estimates"]),
        _omissions(tables),
        "\n".join(f"Note: {note}" for note in notes),
    ]
    return "\n\n".join(part for part in parts if part)


def summarise_inventory(inventory: Inventory) -> str:
    """Return what there is to compare as plain text: events by outlets, or by counts where that is too wide.

    Parameters
    ----------
    inventory : Inventory
        Of a corpus or study.

    Returns
    -------
    str
        Lines without a final line break: numbers, table, doubtful, copied and updated articles by name.
    """
    events = inventory.choose_events(MAX_EVENTS_LISTED)
    names = {event: event if len(event) <= 36 else f"{event[:35]}…" for event in events}
    table = _align(
        [
            ["event", *inventory.outlets],
            *([names[event], *map(str, inventory.cells[event])] for event in events),
        ]
    )
    lacking = []
    if max(map(len, table.splitlines())) > MAX_WIDTH:
        table = _align(
            [
                ["event", *COUNTS],
                *([names[event], *map(str, inventory.count(event).values())] for event in events),
            ]
        )
        lacking = [f"{outlet} {n}" for outlet, n in inventory.count_missing()]
    n_hidden = len(inventory.cells) - len(events)
    lines = [*f"What is there: {inventory.summary}".split("; ", 1), "", table]
    if n_hidden:
        lines.append(f"({count_of(n_hidden, 'more event')}; those with most to look at are listed)")
    if lacking:
        lines += ["", f"events missing by outlet: {', '.join(shorten_list(lacking, MAX_ARTICLES_LISTED))}"]
    for word, listed in inventory.details.items():
        lines += ["", f"{word} ({REMARKS[word]}):"]
        lines += [f"  {line}" for line in shorten_list(listed, MAX_ARTICLES_LISTED)]
    return "\n".join(lines)


def _portrayal(grid: PortrayalGrid) -> str:
    if not grid.cells:
        return ""
    title = [
        f"Portrayal {VOICES[grid.voice]}, from -1 (negative) to +1 (positive) [95% interval] number of sentences",
        f"({grid.scope})",
    ]
    lines = [["actor", *grid.outlets]]
    for actor, cells in grid.cells.items():
        lines.append([actor, *(format_cell(cell) if cell else "-" for cell in cells)])
        for how in ("corrected", "recalibrated"):
            rows = [cell and getattr(cell, how) for cell in cells]
            if any(rows):
                lines.append([f"  {how}", *map(_format_row, rows)])
    if any(cell and not cell.has_mean for cells in grid.cells.values() for cell in cells):
        title.append("(in round brackets: the scores of one or two sentences, which give no mean)")
    if grid.has_corrected:
        title.append(f"({CORRECTED})")
    if grid.has_recalibrated:
        title.append(f"({RECALIBRATED})")
    if grid.n_labelled:
        title.append(
            f"(*: the mean of the labels lies {MIN_GAP:.2f} or more from that of the model: {grid.n_parted} of "
            f"{grid.n_labelled} cells with labels)"
        )
    more = f"\n({grid.n_hidden} more in tables/estimates.csv)" if grid.n_hidden > 0 else ""
    return "\n".join([*title, _align(lines)]) + more


def format_cell(cell: Cell) -> str:
    """Return a cell as text: its mean with interval and number of sentences, or the scores of one or two; a star where labels part from them."""
    mark = "*" if cell.parts else ""
    if not cell.has_mean:
        return f"({format_scores(cell.judgements)}){mark}"
    return f"{format_interval(cell.estimate, cell.low, cell.high)} {cell.n_units}{mark}"


def format_scores(scores: Sequence[float]) -> str:
    """Return single scores as text.

    Examples
    --------
    >>> format_scores([0.5, -0.25])
    '+0.50, -0.25'
    """
    return ", ".join(f"{score:+.2f}" for score in scores)


def _format_row(row: Any) -> str:
    return f"{format_interval(row.estimate, row.low, row.high)} {row.n_units}" if row else "-"


def _conflicts(tables: "Mapping[str, DataFrame]") -> str:
    """Return the likeliest conflicts with their sentences, one per pair of stretches."""
    rows = list_differences(tables, CONFLICT)
    rows = rows.drop_duplicates(["event", "kind", "left_outlet", "left_text", "right_outlet", "right_text"])
    if rows.empty:
        return ""
    texts = tables["sentences"].set_index(["article", "sentence"])["text"]
    several = len(set(tables["articles"]["event"])) > 1
    lines = [
        "Conflicts: the same point, told in ways that cannot both be true (probability; found by rules, so read them)"
    ]
    for row in rows.head(MAX_CLAIMS_LISTED).to_dict("records"):
        place = " ".join(part for part in (row["event"] if several else "", row["claim"]) if part)
        change = f", from an update by {row['update']}" if row["update"] else ""
        lines.append(f"{place + '  ' if place else ''}{row['kind']} ({row['probability']:.2f}){change}")
        for side in ("left", "right"):
            sentence = texts[row[f"{side}_article"], row[f"{side}_sentence"]]
            lines.append(f"    {row[f'{side}_outlet']}: {_quote_part(row[f'{side}_text'], str(sentence))}")
    n_hidden = len(rows) - MAX_CLAIMS_LISTED
    if n_hidden > 0:
        lines.append(f"({n_hidden} more in tables/differences.csv)")
    return "\n".join(lines)


def _contrasts(tables: "Mapping[str, DataFrame]") -> str:
    rows = list_contrasts(tables["estimates"], MAX_CLAIMS_LISTED)
    if rows.empty:
        return ""
    several = len(set(tables["articles"]["event"])) > 1
    lines = [
        "Most contrasting claims: aligned sentences of two outlets with the largest difference in the portrayal of an actor\n"
        "(pairs were selected for their difference, so it overstates what to expect of other pairs)"
    ]
    for row in rows.itertuples():
        difference = format_interval(row.estimate, row.low, row.high)
        event = f"{row.event} " if several else ""
        words = VOICES.get(str(row.voice), str(row.voice))
        lines.append(f"{event}{row.claim}  of {row.actor}, {words}: {difference}")
        behind = select_evidence(tables, EvidenceRequest.read(tables, row)).sort_values([*PLACE, "start"])
        for outlet in (row.outlet, row.reference):
            for one in select_rows(behind, outlet=outlet).head(1).to_dict("records"):
                start, end = (one[f"claim_{side}"] - one["sentence_start"] for side in ("start", "end"))
                lines.append(f"    {outlet}: {_quote_part(one['text'][start:end], one['text'])}")
    return "\n".join(lines)


def _shared(estimates: "DataFrame") -> str:
    """Return how much of each outlet's sentences the other has, of events of two outlets: claims say nothing there."""
    rows = select_event(select_quantity(estimates, "sentences_shared"), None)
    if rows.empty:
        return ""
    scope = OVER_EVENTS if rows["event"].eq("").any() else "one event; intervals over sentences, as aligned"
    lines = [
        "Shared: where two outlets cover an event, the share of each one's sentences that the other has [95% interval] number "
        f"of sentences\n({scope})"
    ]
    shown = [[row.outlet, f"{format_share(row)} {row.n_units}"] for row in rows.itertuples()]
    return "\n".join([*lines, _align(shown)])


def _omissions(tables: "Mapping[str, DataFrame]") -> str:
    omissions = list_omissions(tables["coverage"], tables["estimates"])
    if omissions.empty:
        return ""
    several = len(set(tables["articles"]["event"])) > 1
    typical = select_rows(tables["claims"], representative=1).merge(
        tables["sentences"][[*PLACE, "text"]], on=PLACE
    )
    texts = typical.set_index(["event", "claim"])["text"]
    lines = ["Left out: claims that other outlets cover and this one does not (certainty)"]
    claims = list(omissions.groupby(["event", "claim", "label"], sort=False))
    for (event, claim, label), rows in claims[:MAX_CLAIMS_LISTED]:
        outlets = ", ".join(f"{row.outlet} ({row.certainty:.2f})" for row in rows.itertuples())
        lines.append(
            f"{event + ' ' if several else ''}{claim}  by {outlets}: {_quote_part(label, texts[event, claim])}"
        )
    n_hidden = len(claims) - MAX_CLAIMS_LISTED
    if n_hidden > 0:
        lines.append(f"({n_hidden} more in tables/estimates.csv, quantity omission)")
    return "\n".join(lines)


def format_interval(estimate: float, low: float, high: float) -> str:
    """Return an estimate with its interval as text, or with the words that it has none."""
    return f"{estimate:+.2f} [{low:+.2f}, {high:+.2f}]" if low == low else f"{estimate:+.2f} [no interval]"


def format_share(row: Any) -> str:
    """Return a row of estimates that is a share in per cent, with its interval where it has one."""
    bounds = f" [{row.low * 100:.0f}, {row.high * 100:.0f}]" if row.low == row.low else ""
    return f"{row.estimate:.0%}{bounds}"


def _quote_part(part: str, sentence: str) -> str:
    """Return a part of a sentence with the sentence that it stands in, each shortened; the sentence alone where it is all of it."""
    shown = _shorten(sentence)
    whole = " ".join(part.split()) == " ".join(sentence.split())
    return shown if whole else f"“{_shorten(part)}” in: {shown}"


def _shorten(text: str, n: int = 150) -> str:
    """Return a text on one line, cut after a word to at most `n` characters."""
    joined = " ".join(text.split())
    return joined if len(joined) <= n else f"{joined[: n - 1].rsplit(' ', 1)[0]} …"


def _align(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
