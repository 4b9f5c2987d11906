"""A comparison at a glance: what the page opens with, and what a notebook shows of it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe.records.display import count_of, html_paragraph, html_table
from crossframe.showing.html.markup import html_score, svg_counts
from crossframe.showing.tables.dividing_claims import list_copying, list_dividing_claims
from crossframe.showing.tables.grids import MIN_GAP, Cell, PortrayalGrid, find_gaps, make_portrayal_grid
from crossframe.showing.tables.judged_counts import (
    JudgementGrid,
    list_judged_sentences,
    make_judgement_grid,
)
from crossframe.showing.tables.selection import VOICES, select_rows
from crossframe.showing.text.leading_differences import LeadingDifference, list_leading_differences
from crossframe.showing.text.summary import format_interval, format_scores

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_CLAIMS, MAX_PANELS = 5, 6
"""Claims and actors that the page opens with."""
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


def arrange_first_view(
    tables: "Mapping[str, DataFrame]",
    run: Mapping[str, Any],
    event: str,
    differences: Iterable[LeadingDifference],
) -> dict[str, Any]:
    """Return what the page of one event opens with, as its template takes it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    run : mapping
        What ``run.json`` holds.
    event : str
        Id of the event.
    differences : iterable of LeadingDifference
        The sentences that it shows; their actors have a panel, however few their sentences are.

    Returns
    -------
    dict of str to object
        Scope, outlets, claims that divide most, panels of actors, numbers of what is beyond those.
    """
    differences = list(differences)
    grid, gaps = make_judgement_grid(tables, event), find_gaps(tables, event)
    sentences = list_judged_sentences(tables, event)
    names = select_rows(tables["actors"], event=event).set_index("actor")["name"]
    shown = list(
        dict.fromkeys([*list(grid.cells)[:MAX_PANELS], *(one.actor for one in differences if one.actor)])
    )
    panels = [
        {
            "id": actor,
            "name": names.get(actor) or actor,
            "rows": _arrange_panel(grid, gaps, actor),
            "sentences": sentences[actor],
        }
        for actor in shown
    ]
    claims = list_dividing_claims(tables, event)
    return {
        "scope": _describe_scope(tables, run, event),
        "outlets": grid.outlets,
        "outlet_names": name_outlets(tables),
        "copying": list_copying(tables, event),
        "undirected": set(select_rows(tables["articles"], event=event, copy_direction="unknown")["outlet"]),
        "differences": differences,
        "anchors": {actor: f"judged-{n}" for n, actor in enumerate(shown, 1)},
        "claims": claims[:MAX_CLAIMS],
        "n_dividing": len(claims),
        "panels": panels,
        "n_hidden": len(grid.cells) - len(shown),
        "n_mixed": grid.n_mixed,
        "labels_part": any(
            (outlet, voice) in grid.cells[actor] for actor, outlet, voice in gaps if actor in shown
        ),
    }


def _arrange_panel(
    grid: JudgementGrid, gaps: Mapping[tuple[str, str, str], float], actor: str
) -> list[dict[str, Any]]:
    """Return the rows of an actor's panel, one per outlet: by voice its counts, their picture and how far labels are from them."""
    rows = []
    for outlet in grid.outlets:
        found = [(grid.cells[actor].get((outlet, voice)), voice) for voice in VOICES]
        cells = [
            counts
            and {
                "counts": counts,
                "svg": svg_counts(counts, grid.longest),
                "gap": gaps.get((actor, outlet, voice)),
            }
            for counts, voice in found
        ]
        rows.append({"outlet": outlet, "cells": cells})
    return rows


def name_outlets(tables: "Mapping[str, DataFrame]") -> dict[str, str]:
    """Return outlets by id, those without a name by their id."""
    outlets = tables["outlets"]
    return {id: name or id for id, name in zip(outlets["outlet"], outlets["name"], strict=True)}


def _describe_scope(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], event: str) -> dict[str, Any]:
    """Return days, languages and number of articles of an event, and what was left out of its comparison."""
    articles = select_rows(tables["articles"], event=event)
    days = sorted({published[:10] for published in articles["published"]} - {""})
    languages = sorted(set(articles["language"]) - {""})
    unread = set(run.get("unread", {})) & set(articles["article"])
    counts = {
        ("article given, not compared", "articles given, not compared"): run.get("articles_in", 0)
        - run.get("articles_compared", 0),
        ("text not imported", "texts not imported"): sum(run.get("left_out_of_imports", {}).values()),
        ("article not judged (language)", "articles not judged (language)"): len(unread),
        ("article known in part only", "articles known in part only"): int(
            (~articles["extent"].isin(["", "full"])).sum()
        ),
        ("article that may be of another event", "articles that may be of another event"): int(
            articles["misfit"].ne("").sum()
        ),
    }
    left_out = [f"{n} {one if n == 1 else several}" for (one, several), n in counts.items() if n > 0]
    absent = run.get("outlets_without_articles", ())
    return {
        "days": " to ".join(dict.fromkeys(days[:1] + days[-1:])),
        "languages": ", ".join(languages),
        "n_articles": count_of(len(articles), "article"),
        "left_out": [*left_out, *([f"no article of {', '.join(absent)}"] if absent else [])],
    }


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
        _list_differences(tables),
        *(_portrayal_table(make_portrayal_grid(tables, voice)) for voice in VOICES),
        summary if notes else "",
        Markup("<p>Next: <code>{}</code></p>").format(NEXT_STEPS),
    ]
    return str(Markup("<div>{}</div>").format(Markup("").join(parts)))


def _list_differences(tables: "Mapping[str, DataFrame]") -> Markup:
    """Return what differs most between the outlets as a list; nothing for several events."""
    events = sorted(set(tables["articles"]["event"]))
    differences = list_leading_differences(tables, events[0]) if len(events) == 1 else []
    items = Markup("").join(Markup("<li>{}</li>").format(one.text) for one in differences)
    return Markup("<ol>{}</ol>").format(items) if items else Markup("")


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
