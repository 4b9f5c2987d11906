"""A comparison at a glance, as a notebook shows it: its size, portrayals by actor and outlet, notes, and next steps."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe.records.display import count_of, html_paragraph, html_table
from crossframe.showing.html.markup import html_score
from crossframe.showing.tables.grids import MIN_GAP, Cell, PortrayalGrid, make_portrayal_grid
from crossframe.showing.tables.selection import VOICES
from crossframe.showing.text.summary import format_interval, format_scores

if TYPE_CHECKING:
    from pandas import DataFrame

NEXT_STEPS = (
    '.claims(outlet="…", omitted=True), .evidence(actor="…", outlet="…"), .plot_portrayal(), .plot_claims(), '
    '.plot_voices(), .plot_wording(), .tables["estimates"]'
)


def count_study(tables: "Mapping[str, DataFrame]") -> str:
    """Return the size of a study in words."""
    articles, claims = tables["articles"], tables["claims"][["event", "claim"]].drop_duplicates()
    counts = {
        "event": articles["event"].nunique(),
        "outlet": articles["outlet"].nunique(),
        "article": len(articles),
        "sentence": len(tables["sentences"]),
        "claim": len(claims),
        "judged portrayal": len(tables["portrayal"]),
        "quoted stretch": len(tables["quotes"]),
    }
    return ", ".join(count_of(n, thing) for thing, n in counts.items())


def html_comparison(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> str:
    """Return a comparison at a glance as HTML.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    run : mapping
        What ``run.json`` holds.

    Returns
    -------
    str
        Every text in it is escaped.
    """
    name = run.get("corpus", "a corpus")
    notes = Markup("").join(Markup("<li>{}</li>").format(note) for note in run.get("notes", ()))
    summary = Markup("<details open><summary>Notes and limitations</summary><ul>{}</ul></details>").format(
        notes
    )
    parts = [
        Markup("<p><b>Comparison of {}</b>: {}</p>").format(name, count_study(tables)),
        *(_portrayal_table(make_portrayal_grid(tables, voice)) for voice in VOICES),
        summary if notes else "",
        Markup("<p>Next: <code>{}</code></p>").format(NEXT_STEPS),
    ]
    return str(Markup("<div>{}</div>").format(Markup("").join(parts)))


def _portrayal_table(grid: PortrayalGrid) -> Markup:
    if not grid.cells:
        return Markup("")
    rows = [[actor, *map(_portrayal_cell, cells)] for actor, cells in grid.cells.items()]
    labels = (
        f"; ≠: the labels' mean lies {MIN_GAP:.2f} or more from it, in {grid.n_parted} of {grid.n_labelled} cells with labels"
        if grid.n_labelled
        else ""
    )
    title = (
        f"Portrayal {VOICES[grid.voice]}, from -1 (negative) to +1 (positive), and the number of sentences "
        f"({grid.scope}{labels})"
    )
    table = html_table(["actor", *grid.outlets], rows, caption=title)
    return table + (html_paragraph(f"{count_of(grid.n_hidden, 'more actor')}.") if grid.n_hidden else "")


def _portrayal_cell(cell: Cell | None) -> Markup | str:
    if cell is None:
        return "–"
    shown = Markup("<small>({})</small>").format(format_scores(cell.judgements))
    if cell.has_mean:
        interval = format_interval(cell.estimate, cell.low, cell.high)
        text = Markup('<span title="{}">{} <small>{}</small></span>')
        shown = text.format(interval, html_score(cell.estimate), cell.n_units)
    if cell.gap is None or not cell.parts:
        return shown
    return shown + Markup(' <b title="model minus labels">≠ {}</b>').format(f"{cell.gap:+.2f}")
