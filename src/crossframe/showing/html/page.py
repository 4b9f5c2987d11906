"""The page of a comparison: one self-contained HTML file; nothing in an article can run."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe.records.display import count_of
from crossframe.showing.html.glance import arrange_first_view, name_outlets
from crossframe.showing.plots.study_figures import draw_figures
from crossframe.showing.tables.claim_selection import (
    COVERED,
    LEFT_OUT,
    list_claim_sentences,
    list_claim_states,
    list_contrasts,
    list_uncovered_parts,
)
from crossframe.showing.tables.grids import MIN_GAP, make_framing_grid, make_portrayal_grid, make_voice_grid
from crossframe.showing.tables.inventory import COUNTS, REMARKS, make_inventory, shorten_list
from crossframe.showing.tables.judged_counts import name_label
from crossframe.showing.tables.portrayals import list_portrayed_mentions
from crossframe.showing.tables.selection import (
    CORRECTED,
    OVER_EVENTS,
    RECALIBRATED,
    UNKNOWN,
    VOICES,
    select_quantity,
)
from crossframe.showing.text.leading_differences import MIN_JUDGED, list_leading_differences
from crossframe.showing.text.summary import format_interval, format_scores, format_share
from crossframe.text import match_key

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_CONTRASTS = 10
MAX_EVENT_ROWS, MAX_OUTLET_COLUMNS, MAX_REMARKS = 200, 20, 20
MAX_SPEAKERS_QUOTED, MAX_SPEAKERS_EXCLUSIVE = 3, 8
PASSAGES = "one event; intervals show how much a share depends on single passages; no significance test"
CAPTIONS = {
    "portrayal": "Portrayal by actor and outlet, in the outlet's own words and in those it quotes, where three sentences or more "
    "are judged. Lines are 95% intervals; most are wide because few sentences mention an actor.",
    "framing": "Framing of actors, by outlet: sentences per article, times the share of them that mention the actor, times "
    "the mean portrayal in these; −3 means three sentences more that are certainly negative than positive ones. Compare "
    "outlets on one actor; longer articles have more room.",
    "claims": "Claims by outlet: covered; left out, with its certainty; or not found, which is not certain enough to count as "
    "left out. A claim is covered by at least two outlets.",
    "voices": "Who quotes whom: each speaker's share of what an outlet quotes, with 95% intervals.",
    "wording": "Words that each outlet uses more than the others: log-odds ratio with informative Dirichlet prior.",
}
_MARKS = {"there": "✓", "missing": "–", "doubtful": "?", "copied": "=", "updated": "↻", "partial": "…"}
_SIGNS = {"positive": "+", "negative": "−", "neutral": "·", "uncertain": "?", "unscored": ""}
Row = dict[str, Any]


def render_page(
    tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], figures: Mapping[str, bytes] | None = None
) -> str:
    """Return the page of a study as HTML.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    run : mapping
        What ``run.json`` holds.
    figures : mapping of str to bytes, optional
        PNG files by name; None draws them.

    Returns
    -------
    str
        Self-contained: it includes style, script and figures, and loads nothing. Every text is escaped, and its content
        security policy lets only its own style and script (by their SHA-256) take effect.
    """
    from jinja2 import Environment, StrictUndefined

    style, script = _read_template("report.css"), _read_template("report.js")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    figures = draw_figures(tables) if figures is None else figures
    states = list_claim_states(tables["coverage"], tables["estimates"])
    titles = {
        event: run.get("event_titles", {}).get(event, "")
        for event in sorted(set(tables["articles"]["event"]))
    }
    return page.from_string(_read_template("report.html")).render(
        style=Markup(style),
        script=Markup(script),
        policy=_make_policy(style, script),
        run=run,
        first=_arrange_first_view(tables, run, titles),
        signs=_SIGNS,
        min_judged=MIN_JUDGED,
        outlet_names=name_outlets(tables),
        interval=format_interval,
        share=format_share,
        outlets=tables["outlets"].to_dict("records"),
        inventory=_arrange_inventory(tables["articles"], run, titles),
        scores=format_scores,
        grids=[make_portrayal_grid(tables, voice) for voice in VOICES],
        framing=make_framing_grid(tables["estimates"]),
        voices=VOICES,
        corrected=CORRECTED,
        recalibrated=RECALIBRATED,
        gap=MIN_GAP,
        has_value=_has_value,
        speaking=_list_speaking(tables),
        contrasts=list_contrasts(tables["estimates"], MAX_CONTRASTS).to_dict("records"),
        figures=_arrange_figures(figures),
        actors=_list_actors(tables["actors"]),
        n_gaps=int((states["state"] != COVERED).sum()),
        n_left_out=int((states["state"] == LEFT_OUT).sum()),
        events=[_event(event, title, tables, states) for event, title in titles.items()],
    )


def _make_policy(style: str, script: str) -> str:
    """Return the content security policy of a page: its own style and script, pictures inside it, and nothing else."""
    return (
        f"default-src 'none'; img-src data:; style-src {_hash_source(style)}; script-src {_hash_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _arrange_figures(figures: Mapping[str, bytes]) -> list[Row]:
    """Return the figures that there are, in the order of their captions."""
    return [
        {"name": name, "caption": caption, "src": _data_address(figures[name])}
        for name, caption in CAPTIONS.items()
        if name in figures
    ]


def _arrange_first_view(
    tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], titles: Mapping[str, str]
) -> Row | None:
    """Return what the page of one event opens with, None where there are several events."""
    if len(titles) != 1:
        return None
    [(event, title)] = titles.items()
    view = arrange_first_view(tables, run, event, list_leading_differences(tables, event))
    return view | {"title": title or event}


def _read_template(name: str) -> str:
    return resources.files("crossframe.showing.html").joinpath("templates", name).read_text(encoding="utf-8")


def _hash_source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _data_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _arrange_inventory(articles: "DataFrame", run: Mapping[str, Any], titles: Mapping[str, str]) -> Row:
    """Return the rows and columns of what is there as the page shows them: a column per outlet, or counts where those are many."""
    inventory = make_inventory(articles.to_dict("records"), run.get("outlets_without_articles", ()))
    events = inventory.choose_events(MAX_EVENT_ROWS)
    counted = len(inventory.outlets) > MAX_OUTLET_COLUMNS
    return {
        "summary": inventory.summary,
        "marks": _MARKS,
        "titles": titles,
        "columns": COUNTS if counted else inventory.outlets,
        "rows": {
            event: list(inventory.count(event).values()) if counted else inventory.cells[event]
            for event in events
        },
        "n_hidden": len(inventory.cells) - len(events),
        "missing": shorten_list(
            [f"{outlet} {n}" for outlet, n in inventory.count_missing() if counted], MAX_REMARKS
        ),
        "details": {
            word: {"meaning": REMARKS[word], "articles": shorten_list(listed, MAX_REMARKS)}
            for word, listed in inventory.details.items()
        },
    }


def _list_actors(actors: "DataFrame") -> list[Row]:
    names = dict(zip(actors["actor"], actors["name"], strict=True))
    return [{"id": id, "name": names[id]} for id in sorted(names, key=lambda id: (names[id].casefold(), id))]


def _has_value(row: Any) -> bool:
    """Return whether a row of estimates is there, and has an estimate."""
    return bool(row) and row.estimate == row.estimate


def _list_speaking(tables: "Mapping[str, DataFrame]") -> Row:
    """Return for every outlet its own voice, whom it quotes most, and whose words no other outlet carries."""
    grid = make_voice_grid(tables["estimates"], len(tables["estimates"]))
    names = _speaker_names(tables)
    outlets = []
    for column, outlet in enumerate(grid.outlets):
        shares = [cells[column] for cells in grid.cells.values() if cells[column]]
        # Over events a share may be that of one event; there the speakers with the most sentences come first.
        by_share = grid.unit == "passages"
        shares.sort(key=lambda row: (-row.estimate if by_share else -row.n_units, row.voice))
        exclusive = [
            names.get(speaker, speaker) for o, speaker in grid.exclusive if o == outlet and speaker != UNKNOWN
        ]
        outlets.append(
            {
                "outlet": outlet,
                "own": grid.own_voice.get(outlet),
                "most": [
                    {"name": names.get(row.voice, row.voice), "share": row.estimate}
                    for row in shares[:MAX_SPEAKERS_QUOTED]
                ],
                "exclusive_share": grid.exclusive_share.get(outlet),
                "exclusive": exclusive[:MAX_SPEAKERS_EXCLUSIVE],
                "n_hidden": max(len(exclusive) - MAX_SPEAKERS_EXCLUSIVE, 0),
            }
        )
    return {"outlets": outlets, "scope": OVER_EVENTS if grid.unit == "events" else PASSAGES}


def _speaker_names(tables: "Mapping[str, DataFrame]") -> dict[str, str]:
    """Return how voices are written: actors by their names, other speakers as the articles first write them."""
    quotes = tables["quotes"]
    written = {match_key(text).removeprefix("the "): text for text in quotes["speaker_text"][::-1]}
    return written | dict(zip(tables["actors"]["actor"], tables["actors"]["name"], strict=True))


# --- one event: claims side by side ---------------------------------------------------------------------


def _event(event: str, title: str, tables: "Mapping[str, DataFrame]", states: "DataFrame") -> Row:
    """Return the articles of an event, what two outlets share, its claims with one cell per outlet, and what is in no claim."""
    of_event = {name: table[table["event"] == event] for name, table in tables.items() if "event" in table}
    articles = of_event["articles"].to_dict("records")
    outlets = list(dict.fromkeys(row["outlet"] for row in articles))
    claims: dict[str, Row] = {}
    for row in states[states["event"] == event].to_dict("records"):
        claims.setdefault(row["claim"], {"id": row["claim"], "cells": {}})["cells"][row["outlet"]] = row | {
            "sentences": []
        }
    in_claims = list_claim_sentences(of_event, of_event["claims"])
    for claim, row in zip(in_claims["claim"], _cut_at_borders(in_claims, of_event), strict=True):
        claims[claim]["cells"][row["outlet"]]["sentences"].append(row)
    alone = _cut_at_borders(list_uncovered_parts(of_event), of_event)
    return {
        "id": event,
        "title": title,
        "size": f"{count_of(len(articles), 'article')}, {count_of(len(claims), 'claim')}",
        "articles": [row | {"link": _safe_link(row["url"])} for row in articles],
        "outlets": outlets,
        "shared": list(select_quantity(of_event["estimates"], "sentences_shared").itertuples()),
        "claims": [claims[id] for id in sorted(claims)],
        "alone": {outlet: [row for row in alone if row["outlet"] == outlet] for outlet in outlets},
    }


def _cut_at_borders(sentences: "DataFrame", tables: "Mapping[str, DataFrame]") -> list[Row]:
    """Return sentences or parts of them, in their order, cut at the borders of mentions and quotations."""
    mentions, quotes = (
        _by_article(_add_verdicts(list_portrayed_mentions(tables))),
        _by_article(tables["quotes"].to_dict("records")),
    )
    return [
        {
            "outlet": row["outlet"],
            "number": row["sentence"],
            "pieces": _pieces(row, mentions.get(row["article"], []), quotes.get(row["article"], [])),
        }
        for row in sentences.to_dict("records")
    ]


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_article: dict[str, list[Row]] = {}
    for row in rows:
        by_article.setdefault(row["article"], []).append(row)
    return by_article


def _add_verdicts(mentions: "DataFrame") -> list[Row]:
    rows = []
    for row in mentions.to_dict("records"):
        if row["score"] != row["score"]:
            verdict = "unscored"
        else:
            verdict = name_label(row) if row["certain"] else "uncertain"
        rows.append(row | {"verdict": verdict, "sign": _SIGNS[verdict]})
    return rows


def _pieces(sentence: Row, mentions: Iterable[Row], quotes: Iterable[Row]) -> list[Row]:
    start, end = sentence["start"], sentence["end"]
    mentions = [row for row in mentions if row["start"] < end and row["end"] > start]
    quotes = [row for row in quotes if row["start"] < end and row["end"] > start]
    borders = {start, end} | {at for row in (*mentions, *quotes) for at in (row["start"], row["end"])}
    pieces = []
    for low, high in pairwise(sorted(at for at in borders if start <= at <= end)):
        mention = next((row for row in mentions if row["start"] <= low and high <= row["end"]), None)
        around = (row for row in quotes if row["start"] <= low and high <= row["end"])
        quote = min(around, key=lambda row: row["end"] - row["start"], default=None)
        pieces.append(
            {
                "text": sentence["text"][low - start : high - start],
                "mention": mention,
                "ends": mention is not None and high == mention["end"],
                "speaker": (quote["speaker"] or quote["speaker_text"] or "unnamed") if quote else "",
            }
        )
    return pieces


def _safe_link(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""
