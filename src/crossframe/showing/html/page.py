"""The page of a comparison: one self-contained HTML file in which nothing of an article can run."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from crossframe.showing.tables.choosing import (
    CORRECTED,
    OVER_EVENTS,
    VOICES,
    called_omissions,
    contrasting_claims,
    stance_grid,
    voice_grid,
)
from crossframe.showing.text.summary import with_interval
from crossframe.text import match_key

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ACTORS = 12
MOST_CONTRASTS = 10
MOST_QUOTED, MOST_ALONE = 3, 8
PASSAGES = "this event only: intervals say how far a share depends on its passages; no test"
CAPTIONS = {
    "stance": "Stance of outlets by actor. Lines are intervals; most are wide, because few sentences speak of an actor.",
    "framing": "How much each outlet tells against each actor: the sum over its sentences of the probability that a sentence speaks "
    "against the actor, per article; -3 is as much as three sentences surely against it. The mean stance tells in what tone an "
    "actor is spoken of; this tells how much is brought up, and good words do not make up for bad ones. Nothing in it is "
    "weighted by training. Compare outlets on one actor; longer articles have more room.",
    "claims": "Claims by outlet: told; left out, with its certainty; or not found, which is not sure enough to say. A claim is "
    "told by two outlets or more.",
    "voices": "Who quotes whom: share of what each outlet quotes, by speaker, with intervals.",
    "wording": "Words each outlet uses more than the others: log-odds with informative Dirichlet prior.",
}
_SIGNS = {"positive": "+", "negative": "−", "neutral": "·", "uncertain": "?"}
Row = dict[str, Any]


def render_report(
    tables: "Mapping[str, DataFrame]", run: Mapping[str, Any], figures: Mapping[str, bytes]
) -> str:
    """Return the page of a study as HTML.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    run : mapping
        What ``run.json`` holds.
    figures : mapping of str to bytes
        PNG files by name.

    Returns
    -------
    str
        Self-contained: style, script and figures are in it, nothing is loaded. Every text is escaped, and the
        page's content security policy lets only its own style and script (by their SHA-256) take effect.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style, script = _part("report.css"), _part("report.js")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    events = sorted(set(tables["articles"]["event"]))
    return page.from_string(_part("report.html")).render(
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; img-src data:; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'",
        run=run,
        interval=with_interval,
        share=_share,
        outlets=tables["outlets"].to_dict("records"),
        grids=[stance_grid(tables, voice, MOST_ACTORS) for voice in VOICES],
        voices=VOICES,
        corrected=CORRECTED,
        speaking=_speaking(tables),
        contrasts=_contrasts(tables),
        figures=[
            {"name": name, "caption": CAPTIONS[name], "src": _data_address(figures[name])}
            for name in CAPTIONS
            if name in figures
        ],
        actors=_actor_names(tables["actors"]),
        absent=_count_absent(tables),
        events=[_event(event, tables) for event in events],
    )


def _part(name: str) -> str:
    return resources.files("crossframe.showing").joinpath("templates", name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _data_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _actor_names(actors: "DataFrame") -> list[Row]:
    names = dict(zip(actors["actor"], actors["name"], strict=True))
    return [{"id": id, "name": names[id]} for id in sorted(names, key=lambda id: (names[id].casefold(), id))]


def _share(row: Any) -> str:
    """Return a share of text in per cent, with its interval where it has one."""
    bounds = f" [{row.low * 100:.0f}, {row.high * 100:.0f}]" if row.low == row.low else ""
    return f"{row.estimate * 100:.0f} %{bounds}"


def _contrasts(tables: "Mapping[str, DataFrame]") -> list[Row]:
    rows = contrasting_claims(tables["estimates"], MOST_CONTRASTS)
    return [row | {"told": VOICES[row["voice"]]} for row in rows.to_dict("records")]


def _speaking(tables: "Mapping[str, DataFrame]") -> Row:
    """Return for every outlet its own voice, whom it quotes most, and whose words it alone carries."""
    grid = voice_grid(tables["estimates"], len(tables["estimates"]))
    names = _speaker_names(tables)
    outlets = []
    for column, outlet in enumerate(grid.outlets):
        told = [cells[column] for cells in grid.rows.values() if cells[column]]
        if grid.over == "passages":  # over events a share may be of one event: there the most sentences lead
            told.sort(key=lambda row: (-row.estimate, row.voice))
        else:
            told.sort(key=lambda row: (-row.n_units, row.voice))
        alone = [names.get(voice, voice) for one, voice in grid.alone if one == outlet and voice != "unknown"]
        outlets.append(
            {
                "outlet": outlet,
                "own": grid.own.get(outlet),
                "most": [
                    {"name": names.get(row.voice, row.voice), "share": row.estimate}
                    for row in told[:MOST_QUOTED]
                ],
                "only": grid.only.get(outlet),
                "alone": alone[:MOST_ALONE],
                "left": max(len(alone) - MOST_ALONE, 0),
            }
        )
    return {"outlets": outlets, "what": OVER_EVENTS if grid.over == "events" else PASSAGES}


def _count_absent(tables: "Mapping[str, DataFrame]") -> Row:
    """Return how often an outlet has no sentence of a claim, and how often that is sure enough to call it left out."""
    called = called_omissions(tables["coverage"], tables["estimates"])
    return {"all": int((tables["coverage"]["covered"] == 0).sum()), "called": len(called)}


def _speaker_names(tables: "Mapping[str, DataFrame]") -> dict[str, str]:
    """Return how voices are written: actors by their names, other speakers as the articles first write them."""
    quotes = tables["quotes"]
    written = {match_key(text).removeprefix("the "): text for text in quotes["speaker_text"][::-1]}
    return written | dict(zip(tables["actors"]["actor"], tables["actors"]["name"], strict=True))


# --- one event: claims side by side ---------------------------------------------------------------------


def _event(event: str, tables: "Mapping[str, DataFrame]") -> Row:
    of = {name: table[table["event"] == event] for name, table in tables.items() if "event" in table}
    articles = of["articles"].to_dict("records")
    outlets = list(dict.fromkeys(row["outlet"] for row in articles))
    told = _told_sentences(of)
    claims: dict[str, Row] = {}
    for row in of["coverage"].to_dict("records"):
        claim = claims.setdefault(row["claim"], {"id": row["claim"], "cells": {}})
        claim["cells"][row["outlet"]] = {"p_absent": row["p_absent"], "certainty": None, "sentences": []}
    for row in called_omissions(of["coverage"], of["estimates"]).to_dict("records"):
        claims[row["claim"]]["cells"][row["outlet"]]["certainty"] = row["certainty"]
    inside = set()
    for row in of["claims"].to_dict("records"):
        key = row["article"], row["sentence"]
        inside.add(key)
        claims[row["claim"]]["cells"][row["outlet"]]["sentences"].append(told[key])
    alone = {
        outlet: [one for key, one in told.items() if one["outlet"] == outlet and key not in inside]
        for outlet in outlets
    }
    return {
        "id": event,
        "articles": [row | {"link": _safe_link(row["url"])} for row in articles],
        "outlets": outlets,
        "claims": [claims[id] for id in sorted(claims)],
        "alone": alone,
    }


def _told_sentences(of: "Mapping[str, DataFrame]") -> dict[tuple[str, int], Row]:
    """Return every sentence of an event cut at the borders of mentions and quotations."""
    mentions, quotes = _by_article(_judged(of["stance"])), _by_article(of["quotes"].to_dict("records"))
    return {
        (row["article"], row["sentence"]): {
            "outlet": row["outlet"],
            "number": row["sentence"],
            "pieces": _pieces(row, mentions.get(row["article"], []), quotes.get(row["article"], [])),
        }
        for row in of["sentences"].to_dict("records")
    }


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["article"], []).append(row)
    return found


def _judged(stance: "DataFrame") -> list[Row]:
    rows = []
    for row in stance.to_dict("records"):
        likeliest = max(("neutral", "negative", "positive"), key=lambda label: row[f"p_{label}"])
        verdict = likeliest if row["certain"] else "uncertain"
        rows.append(row | {"verdict": verdict, "sign": _SIGNS[verdict]})
    return rows


def _pieces(sentence: Row, mentions: Iterable[Row], quotes: Iterable[Row]) -> list[Row]:
    start, end = sentence["start"], sentence["end"]
    marks = [row for row in mentions if row["start"] < end and row["end"] > start]
    spoken = [row for row in quotes if row["start"] < end and row["end"] > start]
    borders = {start, end} | {at for row in (*marks, *spoken) for at in (row["start"], row["end"])}
    cuts = sorted(at for at in borders if start <= at <= end)
    pieces = []
    for low, high in pairwise(cuts):
        mention = next((row for row in marks if row["start"] <= low and high <= row["end"]), None)
        holding = (row for row in spoken if row["start"] <= low and high <= row["end"])
        quote = min(holding, key=lambda row: row["end"] - row["start"], default=None)
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
