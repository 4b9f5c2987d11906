"""A comparison at a glance, as a notebook shows it: what was compared, how actors are framed, what to know, where to go."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe.records.display import count_of, html_paragraph, html_table
from crossframe.showing.html.tables import html_score
from crossframe.showing.tables.choosing import VOICES, StanceGrid, stance_grid
from crossframe.showing.text.summary import with_interval

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ACTORS = 8
NEXT = (
    '.claims(outlet="…", omitted=True), .evidence(actor="…", outlet="…"), .plot_stance(), .plot_claims(), '
    '.plot_voices(), .plot_wording(), .tables["estimates"]'
)


def count_study(tables: "Mapping[str, DataFrame]") -> str:
    """Return how much a study holds, in words."""
    articles, claims = tables["articles"], tables["claims"][["event", "claim"]].drop_duplicates()
    counts = {
        "event": articles["event"].nunique(),
        "outlet": articles["outlet"].nunique(),
        "article": len(articles),
        "sentence": len(tables["sentences"]),
        "claim": len(claims),
        "judged mention": len(tables["stance"]),
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
    parts = [
        Markup("<p><b>Comparison of {}</b>: {}</p>").format(
            run.get("corpus", "a corpus"), count_study(tables)
        ),
        *(_stance(stance_grid(tables, voice, MOST_ACTORS)) for voice in VOICES),
        _notes(run.get("notes", ())),
        Markup("<p>Next: <code>{}</code></p>").format(NEXT),
    ]
    return str(Markup("<div>{}</div>").format(Markup("").join(parts)))


def _stance(grid: StanceGrid) -> Markup:
    if not grid.rows:
        return Markup("")
    rows = [[actor, *map(_cell, cells)] for actor, cells in grid.rows.items()]
    title = (
        f"Stance {VOICES[grid.voice]}, from -1 against to +1 for, with the number of mentions ({grid.what})"
    )
    more = html_paragraph(f"{count_of(grid.left, 'more actor')}.") if grid.left > 0 else Markup("")
    return html_table(["actor", *grid.outlets], rows, caption=title) + more


def _cell(row: Any) -> Markup | str:
    if row is None:
        return "–"
    title = with_interval(row.estimate, row.low, row.high)
    return Markup('<span title="{}">{} <small>{}</small></span>').format(
        title, html_score(row.estimate), row.n_units
    )


def _notes(notes: Any) -> Markup:
    if not notes:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(note) for note in notes)
    return Markup("<details open><summary>What a reader must know</summary><ul>{}</ul></details>").format(
        items
    )
