"""What claims side by side and evidence share: which rows are meant, whose voice a quote is, and marked sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records import AUTHOR
from crossframe.showing.html.tables import Mark
from crossframe.text import match_key

if TYPE_CHECKING:
    from pandas import DataFrame

QUOTED, UNKNOWN = "quoted", "unknown"
PLACE = ["event", "outlet", "article", "sentence"]


def known_names(tables: "Mapping[str, DataFrame]", thing: str) -> list[str]:
    """Return the ids of one kind that a study knows: events, outlets, articles, actors, voices, claims, frames or terms."""
    estimates = tables["estimates"]
    if thing == "voice":
        told = {*estimates["voice"], *tables["stance"]["voice"], AUTHOR, QUOTED}
        return sorted(told - {""})
    table = {
        "event": "articles",
        "outlet": "articles",
        "article": "articles",
        "actor": "actors",
        "claim": "coverage",
        "frame": "frames",
        "term": "wording",
    }
    return sorted(set(tables[table[thing]][thing]) - {""})


def full_name(tables: "Mapping[str, DataFrame]", thing: str, name: str | None) -> str | None:
    """Return the id that `name` means: an id, the name of one outlet or actor, or a unique prefix of an id; None for None.

    Raises
    ------
    UnknownNameError
        When it means none.
    """
    if name is None:
        return None
    ids = known_names(tables, thing)
    return check.match_prefix(_id_of_name(tables, thing, name, ids) or name, ids, thing)


def _id_of_name(tables: "Mapping[str, DataFrame]", thing: str, name: str, ids: list[str]) -> str | None:
    """Return the one id of `ids` whose outlet or actor is called `name`; a speaker is called as the actor is."""
    column = {"outlet": "outlet", "actor": "actor", "voice": "actor"}.get(thing)
    if column is None or name in ids:
        return None
    table = tables[f"{column}s"]
    called = table[column][table["name"].map(match_key) == match_key(str(name))]
    found = set(called) & set(ids)
    return found.pop() if len(found) == 1 else None


def chosen_rows(table: "DataFrame", **wanted: str | None) -> "DataFrame":
    """Return the rows whose columns hold what is wanted; None takes all."""
    for column, value in wanted.items():
        if value is not None:
            table = table[table[column] == value]
    return table


def voices_of_quotes(tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return the voice of every fragment of the ``quotes`` table, as estimates name it."""
    known = set(known_names(tables, "voice"))
    found = []
    for speaker, text in zip(tables["quotes"]["speaker"], tables["quotes"]["speaker_text"], strict=True):
        words = match_key(text).removeprefix("the ")
        words = f"the {words}" if words == AUTHOR else words
        found.append(speaker or (words if words in known else UNKNOWN))
    return found


def marks_of_stance(rows: "DataFrame") -> dict[tuple[str, int], list[Mark]]:
    """Return the judged mentions of every (article, sentence) as marks, offsets in characters of the document."""
    marks: dict[tuple[str, int], list[Mark]] = {}
    for row in rows.itertuples():
        title = f"{row.actor}: {row.score:+.2f}, voice {row.voice}"
        mark = Mark(int(row.start), int(row.end), float(row.score), title)
        marks.setdefault((str(row.article), int(row.sentence)), []).append(mark)
    return marks


def moved(marks: list[Mark], start: int, length: int) -> list[Mark]:
    """Return marks with offsets from where their sentence starts, cut to its length."""
    found = [
        Mark(max(mark.start - start, 0), min(mark.end - start, length), mark.score, mark.title)
        for mark in marks
    ]
    return [mark for mark in found if mark.start < mark.end]


@dataclass(frozen=True)
class Spot:
    """Where a row of a table stands: an article, a sentence of it, a stretch of the document; None is any."""

    article: str
    sentence: int | None = None
    start: int | None = None
    end: int | None = None

    def is_at(self, article: str, sentence: int, start: int, end: int) -> bool:
        """Return whether what stands there is of the spot, or overlaps it."""
        inside = self.start is None or self.end is None or (start < self.end and end > self.start)
        return self.article == article and self.sentence in (None, sentence) and inside


@dataclass(frozen=True)
class Asked:
    """What a row of a table says: names of things by kind, and the spots that it stands at (none: wherever these are)."""

    fields: Mapping[str, str]
    spots: tuple[Spot, ...] = ()

    def holds(self, rows: "DataFrame") -> "DataFrame":
        """Return the rows that stand at one of the spots, their stretch cut to it; all where there are no spots."""
        if not self.spots:
            return rows
        places = zip(rows["article"], rows["sentence"], rows["start"], rows["end"], strict=True)
        at = [next((spot for spot in self.spots if spot.is_at(*place)), None) for place in places]
        kept = rows[[spot is not None for spot in at]]
        bounds = [(spot.start or 0, spot.end) for spot in at if spot is not None]
        return kept.assign(
            start=[max(own, first) for own, (first, _) in zip(kept["start"], bounds, strict=True)],
            end=[min(own, last or own) for own, (_, last) in zip(kept["end"], bounds, strict=True)],
        )


_ARTICLES = ("article", "left_article", "right_article")
_SHAPES = (
    ("quantity",),
    ("term",),
    ("p_absent", "covered", "claim", "outlet"),
    ("left_article", "left_sentence", "right_article", "right_sentence"),
    ("quote", "article", "start", "end"),
    ("actor", "article", "sentence", "start", "end"),
    ("article",),
    ("actor",),
    ("outlet",),
)
"""Columns by which the row of a table is known: of the first shape whose columns it has."""


def read_row(tables: "Mapping[str, DataFrame]", estimate: Any) -> Asked:
    """Return what a row of any table of a study asks for, its empty cells left out.

    Raises
    ------
    InputError
        When it is something else.
    UnknownNameError
        When the study has no such article.
    """
    whole = hasattr(estimate, "columns")
    row = estimate._asdict() if hasattr(estimate, "_asdict") else dict(getattr(estimate, "items", dict)())
    told = {name: value for name, value in row.items() if isinstance(value, str) and value}
    shape = next((one for one in _SHAPES if set(one) <= set(row)), None)
    if whole or shape is None or not told:
        raise InputError(
            f"Invalid row of type {type(estimate).__name__}. It must be one row of a table of the study, with its columns; "
            "ask for other evidence by actor, outlet, voice, claim, frame, term or event."
        )
    articles = known_names(tables, "article")
    told |= {name: check.match_prefix(told[name], articles, "article") for name in _ARTICLES if name in told}
    if shape[0] == "p_absent":
        omitted = {} if int(row["covered"]) else {"quantity": "omission"}
        return Asked(_part(told, ("event", "claim", "outlet")) | omitted)
    if shape[0] == "left_article":
        sides = [(told[f"{side}_article"], _whole(row[f"{side}_sentence"])) for side in ("left", "right")]
        return Asked({}, tuple(Spot(*side) for side in sides))
    if "article" in shape:
        sentence, start, end = (_whole(row.get(name)) for name in ("sentence", "start", "end"))
        if shape[0] == "quote":
            return Asked({"voice": QUOTED}, (Spot(told["article"], None, start, end),))
        if shape[0] == "actor":
            return Asked(_part(told, ("actor",)), (Spot(told["article"], sentence, start, end),))
        return Asked({}, (Spot(told["article"], sentence),))
    return Asked(
        _part(told, ("quantity", "event", "outlet", "reference", "actor", "voice", "claim", "frame", "term"))
    )


def _part(told: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: told[name] for name in names if name in told}


def _whole(cell: Any) -> int | None:
    """Return the whole number in a cell, None where it is empty."""
    import pandas as pd

    return None if pd.isna(cell) or cell == "" else int(cell)
