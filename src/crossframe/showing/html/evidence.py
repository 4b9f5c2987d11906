"""From any number of a comparison to the sentences that it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from crossframe.records import AUTHOR
from crossframe.records.display import count_of, html_table
from crossframe.showing.html.placing import (
    PLACE,
    QUOTED,
    Asked,
    chosen_rows,
    full_name,
    moved,
    read_row,
    voices_of_quotes,
)
from crossframe.showing.html.tables import Mark, html_marked, html_score
from crossframe.text import words

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_SENTENCES = 40
COLUMNS = [*PLACE, "start", "end", "text", "actor", "voice", "score", "certain", "claim"]
"""``start`` and ``end`` bound the marked stretch, in characters of the document; "" where a column says nothing."""
_THINGS = ("event", "outlet", "actor", "voice", "claim", "frame", "term")


@dataclass(frozen=True)
class Evidence:
    """The sentences behind a number.

    Parameters
    ----------
    rows : DataFrame
        A row a judged mention, quoted stretch or sentence, with the columns of `COLUMNS`; mentions from most against
        to most for.
    asked : str
        What was asked for, in words.
    starts : tuple of int
        Where the sentence of each row starts, in characters of the document.
    """

    rows: "DataFrame"
    asked: str
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        lines = [f"{row.outlet} {row.article}:{row.sentence} {row.text}" for row in self.rows.itertuples()]
        return "\n".join([self._title(), *lines[:MOST_SENTENCES]])

    def _title(self) -> str:
        scores = self.rows["score"].dropna()
        mean = f", mean score {scores.mean():+.2f}" if len(scores) else ""
        return f"{count_of(len(self), 'row')} of evidence for {self.asked}{mean}"

    def _repr_html_(self) -> str:
        cells = []
        for row, start in list(zip(self.rows.to_dict("records"), self.starts, strict=True))[:MOST_SENTENCES]:
            score = row["score"] if row["score"] == row["score"] else None
            marks = moved(
                [Mark(int(row["start"]), int(row["end"]), score, row["actor"])], start, len(row["text"])
            )
            whole = marks and marks[0].start == 0 and marks[0].end == len(row["text"])
            doubt = "" if row["certain"] == 1 else " ?"
            shown = "" if score is None else html_score(score, f"{score:+.2f}{doubt}")
            text = html_marked(row["text"], [] if whole and score is None else marks)
            place = f"{row['article']}, sentence {row['sentence']}"
            cells.append([row["outlet"], place, row["voice"], shown, text, row["claim"]])
        left = len(self) - len(cells)
        more = Markup("<p>{}.</p>").format(count_of(left, "more row")) if left else ""
        heads = ["outlet", "where", "voice", "score", "sentence", "claim"]
        title = self._title() + (
            " (?: no verdict above one half)" if self.rows["score"].notna().any() else ""
        )
        return str(html_table(heads, cells, caption=title) + more)


def choose_evidence(
    tables: "Mapping[str, DataFrame]", estimate: Any = None, **wanted: str | None
) -> Evidence:
    """Return the sentences behind a number of a comparison.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    estimate : Series, mapping or named tuple, optional
        A row of any table of the study.
    **wanted : str or None
        event, outlet, actor, voice (``author``, ``quoted`` or a speaker), claim, frame, term: what the row says, or
        in its place. Unique prefixes will do.

    Returns
    -------
    Evidence
        Judged mentions where an actor's stance is asked for; quoted stretches where it is a voice; else sentences.

    Raises
    ------
    UnknownNameError
        When the study has none of that name; the message lists what it has.
    """
    row = read_row(tables, estimate) if estimate is not None else Asked({})
    said = row.fields
    asked = {**said} | {thing: value for thing, value in wanted.items() if value is not None}
    full = {thing: full_name(tables, thing, asked.get(thing)) for thing in _THINGS}
    quantity = said.get("quantity", "")
    outlets = {full["outlet"], full_name(tables, "outlet", said.get("reference"))} - {None}
    if quantity.startswith("omission") or "term" in said:
        # An outlet that leaves a claim or a word out has no sentence to show: those of the others tell what is missing.
        outlets = {full_name(tables, "outlet", wanted.get("outlet"))} - {None}
    rows = row.holds(_base(tables, quantity, full))
    if row.spots and rows.empty:  # a mention that was not judged
        rows = row.holds(_base(tables, quantity, full | {"actor": None}))
    rows = chosen_rows(rows, event=full["event"])
    rows = rows[rows["outlet"].isin(outlets)] if outlets else rows
    if len(outlets) == 2 and full["event"] is None and quantity.startswith(("stance", "framing")):
        paired = rows.groupby("event")["outlet"].nunique()  # over events, a difference is paired within them
        rows = rows[rows["event"].isin(paired.index[paired == 2])]
    rows = _with_claims(
        rows, tables, full["claim"], only=quantity in ("claims_covered", "claims_covered_difference")
    )
    if quantity == "stance_difference_in_claims":
        rows = _in_shared_claims(rows)
    if full["frame"]:
        frames = tables["frames"]
        rows = rows[rows["article"].isin(frames.loc[frames["frame"] == full["frame"], "article"])]
    if full["term"]:
        rows = rows[[_holds(text, full["term"]) for text in rows["text"]]]
    order = ["score", *PLACE, "start"] if rows["score"].notna().any() else [*PLACE, "start"]
    rows = rows.sort_values(order, kind="stable", ignore_index=True)
    things = [f"{thing} {value}" for thing, value in full.items() if value and thing != "outlet"]
    title = ", ".join([*dict.fromkeys(spot.article for spot in row.spots), *things])
    places = " and ".join(sorted(map(str, outlets)))
    return Evidence(
        rows[COLUMNS],
        ", ".join(part for part in (quantity, places, title) if part) or "everything",
        tuple(rows["sentence_start"].tolist()),
    )


def _base(tables: "Mapping[str, DataFrame]", quantity: str, full: Mapping[str, str | None]) -> "DataFrame":
    """Return mentions, quoted stretches or sentences, as the question asks, with the same columns."""
    actor, voice = full["actor"], full["voice"]
    of_speakers = quantity.startswith(("share_of_voice", "quoted_only_here", "own_voice"))
    if actor and not of_speakers:
        rows = tables["stance"].merge(_sentences(tables), on=PLACE)
        rows = chosen_rows(rows, actor=actor)
        if voice == QUOTED:
            return rows[rows["voice"] != AUTHOR]
        return chosen_rows(rows, voice=voice)
    if voice or of_speakers:
        rows = _stretches(tables)
        if voice == AUTHOR:
            return rows[rows["voice"] == AUTHOR]
        rows = rows[rows["voice"] != AUTHOR]
        return rows if voice in (None, QUOTED) else chosen_rows(rows, voice=voice)
    rows = _sentences(tables)
    return rows.assign(
        start=rows["sentence_start"],
        end=rows["sentence_end"],
        actor="",
        voice="",
        score=float("nan"),
        certain=0,
    )


def _sentences(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    return tables["sentences"].rename(columns={"start": "sentence_start", "end": "sentence_end"})


def _stretches(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return every sentence once for each voice that speaks in it, with the stretch of that voice."""
    import pandas as pd

    quoted: dict[str, list[tuple[int, int, str]]] = {}
    quotes = tables["quotes"]
    for article, start, end, voice in zip(
        quotes["article"], quotes["start"], quotes["end"], voices_of_quotes(tables), strict=True
    ):
        quoted.setdefault(article, []).append((int(start), int(end), voice))
    rows = []
    for row in _sentences(tables).to_dict("records"):
        first, last = row["sentence_start"], row["sentence_end"]
        for start, end, voice in _cut(first, last, quoted.get(row["article"], [])):
            rows.append(
                row
                | {
                    "start": start,
                    "end": end,
                    "actor": "",
                    "voice": voice,
                    "score": float("nan"),
                    "certain": 0,
                }
            )
    columns = [*_sentences(tables).columns, "start", "end", "actor", "voice", "score", "certain"]
    return pd.DataFrame(rows, columns=columns)


def _cut(first: int, last: int, quoted: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the stretch of each voice in [first, last), neighbours of one voice joined; the innermost quote holds."""
    over = sorted(
        (end - start, start, end, voice) for start, end, voice in quoted if start < last and end > first
    )
    borders = sorted({first, last, *(at for _, s, e, _ in over for at in (s, e) if first < at < last)})
    found: list[tuple[int, int, str]] = []
    for low, high in pairwise(borders):
        voice = next((voice for _, start, end, voice in over if start <= low and high <= end), AUTHOR)
        if found and found[-1][2] == voice:
            found[-1] = (found[-1][0], high, voice)
        else:
            found.append((low, high, voice))
    return found


def _with_claims(
    rows: "DataFrame", tables: "Mapping[str, DataFrame]", claim: str | None, *, only: bool
) -> "DataFrame":
    """Return rows with the claims of their sentences, joined by blanks; only those of `claim`, or of any."""
    told = tables["claims"]
    if claim is not None:
        told = told[told["claim"] == claim]
    joined = told.groupby(PLACE)["claim"].agg(" ".join).reset_index()
    rows = rows.merge(joined, on=PLACE, how="inner" if claim is not None or only else "left")
    return rows.assign(claim=rows["claim"].fillna("")) if len(rows) else rows.assign(claim="")


def _in_shared_claims(rows: "DataFrame") -> "DataFrame":
    """Return the rows whose sentences stand in a claim in which rows of two outlets stand."""
    each = rows.assign(one=rows["claim"].str.split()).explode("one").dropna(subset="one")
    told = each.groupby(["event", "one"])["outlet"].nunique()
    shared = each[[told[key] == 2 for key in zip(each["event"], each["one"], strict=True)]]
    return rows[rows.index.isin(shared.index)]


def _holds(text: str, term: str) -> bool:
    """Return whether the words of `term` follow each other in `text`."""
    return f" {term} " in f" {' '.join(words(text))} "
