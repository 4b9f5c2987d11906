"""What claims side by side and evidence share: which rows are meant, whose voice a quote is, and marked sentences."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.records import AUTHOR
from crossframe.showing.html import Mark
from crossframe.text import match_key

if TYPE_CHECKING:
    from pandas import DataFrame

QUOTED, UNKNOWN = "quoted", "unknown"
PLACE = ["event", "outlet", "article", "sentence"]


def known_names(tables: "Mapping[str, DataFrame]", thing: str) -> list[str]:
    """Return the ids of one kind that a study knows: events, outlets, actors, voices, claims, frames or terms."""
    estimates = tables["estimates"]
    if thing == "voice":
        told = {*estimates["voice"], *tables["stance"]["voice"], AUTHOR, QUOTED}
        return sorted(told - {""})
    table = {
        "event": "articles",
        "outlet": "articles",
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


def fields_of(estimate: Any) -> dict[str, str]:
    """Return what a row of the ``estimates`` or ``wording`` table says, its empty cells left out.

    Raises
    ------
    InputError
        When it is something else.
    """
    row = estimate._asdict() if hasattr(estimate, "_asdict") else dict(getattr(estimate, "items", dict)())
    if not any(isinstance(row.get(name), str) for name in ("quantity", "term")):
        raise InputError(
            f"Invalid row of type {type(estimate).__name__}. It must be one row of the table estimates or wording; ask for "
            "other evidence by actor, outlet, voice, claim, frame, term or event."
        )
    names = ("quantity", "event", "outlet", "reference", "actor", "voice", "claim", "frame", "term")
    return {name: row[name] for name in names if isinstance(row.get(name), str) and row[name]}
