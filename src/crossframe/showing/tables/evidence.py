"""Evidence: which mentions, quoted stretches or sentences a row of a table, or a set of names, stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from crossframe._validation import match_prefix
from crossframe.errors import InputError
from crossframe.records import AUTHOR, SPEAKERS
from crossframe.records.quantities import Quantity, find_quantity
from crossframe.showing.tables.claims_in_evidence import add_claims, in_shared_claims
from crossframe.showing.tables.portrayals import (
    OUTLET,
    list_evidence_of_portrayals,
    list_portrayed_mentions,
)
from crossframe.showing.tables.selection import PLACE, QUOTED, UNKNOWN, select_rows
from crossframe.showing.tables.study_names import list_names, match_name
from crossframe.text import match_key, words

if TYPE_CHECKING:
    from pandas import DataFrame

_THINGS = ("event", "actor", "voice", "claim", "frame", "term")
_ARTICLES = ("article", "left_article", "right_article")
_SHAPES = (
    ("quantity",),
    ("term",),
    ("p_absent", "covered", "claim", "outlet"),
    ("left_article", "left_sentence", "right_article", "right_sentence"),
    ("quote", "article", "start", "end"),
    ("p_negative", "speaker", "actor", "article", "sentence"),
    ("p_negative", "voice", "actor", "article", "sentence", "start", "end"),
    ("actor", "article", "sentence", "start", "end"),
    ("representative", "claim", "article", "sentence", "start", "end"),
    ("article",),
    ("actor",),
    ("outlet",),
)
"""Columns that identify the table of a row: the first of these whose columns it has."""
_NOT_JUDGED = {"actor": "", "score": float("nan"), "certain": 0}


@dataclass(frozen=True)
class Span:
    """Part of a document that a row of a table refers to: an article, a sentence, a stretch of characters; None is any."""

    article: str
    sentence: int | None = None
    start: int | None = None
    end: int | None = None

    def overlaps(self, article: str, sentence: int, start: int, end: int) -> bool:
        """Return whether characters of a sentence are in the span, or overlap it."""
        inside = self.start is None or self.end is None or (start < self.end and end > self.start)
        return self.article == article and self.sentence in (None, sentence) and inside


@dataclass(frozen=True)
class EvidenceRequest:
    """What evidence is asked for; None and empty collections restrict nothing.

    Parameters
    ----------
    quantity : Quantity or None
        Of the row of estimates.
    outlets : frozenset of str
        One, or the two that are compared.
    event, actor, voice, claim, frame, term : str or None
        Ids; `voice` may be ``outlet`` or ``quoted``: anybody quoted.
    spans : tuple of Span
        Parts of documents.
    """

    quantity: Quantity | None = None
    outlets: frozenset[str] = frozenset()
    event: str | None = None
    actor: str | None = None
    voice: str | None = None
    claim: str | None = None
    frame: str | None = None
    term: str | None = None
    spans: tuple[Span, ...] = ()

    @classmethod
    def read(cls, tables: "Mapping[str, DataFrame]", row: Any = None, **names: str | None) -> Self:
        """Return the request of a row of a table, its empty cells left out, and of `names`, which override its cells.

        Parameters
        ----------
        tables : mapping of str to DataFrame
            Tables of a study.
        row : Series, mapping or named tuple, optional
            A row of any of them.
        **names : str or None
            event, outlet, actor, voice, claim, frame, term, as `match_name` takes them.

        Raises
        ------
        InputError
            When `row` is not a row of a table.
        UnknownNameError
            When the study has none of a name.
        """
        cells, spans = _read_row(tables, row) if row is not None else ({}, ())
        quantity = find_quantity(cells["quantity"]) if "quantity" in cells else None
        values = cells | {thing: name for thing, name in names.items() if name is not None}
        outlets = [values.get("outlet"), cells.get("reference")]
        if "term" in cells or (quantity is not None and quantity.evidence == "other outlets"):
            # An outlet has no sentence of what it leaves out: those of the others show what is missing.
            outlets = [names.get("outlet")]
        ids = {match_name(tables, "outlet", outlet) for outlet in outlets}
        matched = {thing: match_name(tables, thing, values.get(thing)) for thing in _THINGS}
        return cls(quantity, frozenset(id for id in ids if id), spans=spans, **matched)

    @property
    def of_holders(self) -> bool:
        """Whether stances are asked for: by their quantity, or by a voice that portrayals do not have."""
        if self.quantity is not None:
            return self.quantity.evidence == "mentions"
        return self.voice is not None and self.voice not in SPEAKERS

    @property
    def title(self) -> str:
        """What the evidence is for, in words."""
        things = [f"{thing} {getattr(self, thing)}" for thing in _THINGS if getattr(self, thing)]
        articles = dict.fromkeys(span.article for span in self.spans)
        parts = (
            self.quantity.label if self.quantity else "",
            " and ".join(sorted(self.outlets)),
            *articles,
            *things,
        )
        return ", ".join(part for part in parts if part) or "everything"

    def within_spans(self, rows: "DataFrame") -> "DataFrame":
        """Return the rows that overlap one of the spans, their stretch cut to it; all where there are no spans."""
        if not self.spans:
            return rows
        places = zip(rows["article"], rows["sentence"], rows["start"], rows["end"], strict=True)
        first = [next((span for span in self.spans if span.overlaps(*place)), None) for place in places]
        bounds = [(span.start or 0, span.end) for span in first if span is not None]
        rows = rows.loc[[span is not None for span in first]]
        return rows.assign(
            start=[max(own, start) for own, (start, _) in zip(rows["start"], bounds, strict=True)],
            end=[min(own, end or own) for own, (_, end) in zip(rows["end"], bounds, strict=True)],
        )


def _read_row(tables: "Mapping[str, DataFrame]", row: Any) -> tuple[dict[str, str], tuple[Span, ...]]:
    """Return the names in a row of any table, and the spans it refers to (none: wherever the names occur)."""
    values = row._asdict() if hasattr(row, "_asdict") else dict(getattr(row, "items", dict)())
    cells = {name: value for name, value in values.items() if isinstance(value, str) and value}
    shape = next((columns for columns in _SHAPES if set(columns) <= set(values)), None)
    if hasattr(row, "columns") or shape is None or not cells:
        raise InputError(
            f"Invalid row of type {type(row).__name__}. It must be one row of a table of the study, with its columns; "
            "ask for other evidence by actor, outlet, voice, claim, frame, term or event."
        )
    articles = list_names(tables, "article")
    cells |= {name: match_prefix(cells[name], articles, "article") for name in _ARTICLES if name in cells}
    if shape[0] == "p_absent":
        omitted = {} if int(values["covered"]) else {"quantity": "omission"}
        return {name: cells[name] for name in ("event", "claim", "outlet") if name in cells} | omitted, ()
    if shape[0] == "left_article":
        sides = [(cells[f"{side}_article"], _whole(values[f"{side}_sentence"])) for side in ("left", "right")]
        return {}, tuple(Span(*side) for side in sides)
    if "article" not in shape:
        return cells, ()
    sentence, start, end = (_whole(values.get(name)) for name in ("sentence", "start", "end"))
    if shape[0] == "quote":
        return {"voice": QUOTED}, (Span(cells["article"], None, start, end),)
    if shape[0] == "p_negative":
        judged = {"actor": cells["actor"], "quantity": "portrayal", "voice": cells.get("speaker", "")}
        if "start" in shape:
            judged |= {"quantity": "stance", "voice": cells["voice"]}
        return judged, (Span(cells["article"], sentence, start, end),)
    if shape[0] == "actor":
        return {"actor": cells["actor"]}, (Span(cells["article"], sentence, start, end),)
    if shape[0] == "representative":
        return {"claim": cells["claim"]}, (Span(cells["article"], sentence, start, end),)
    return {}, (Span(cells["article"], sentence),)


def _whole(cell: Any) -> int | None:
    """Return the whole number in a cell, None where it is empty."""
    import pandas as pd

    return None if pd.isna(cell) or cell == "" else int(cell)


def select_evidence(tables: "Mapping[str, DataFrame]", request: EvidenceRequest) -> "DataFrame":
    """Return the rows of text that a request asks for.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    request : EvidenceRequest
        Made by `EvidenceRequest.read`.

    Returns
    -------
    DataFrame
        What was judged of an actor, from most against to most for: portrayals, or stances toward its mentions; stretches of
        a voice; else sentences, of a claim what they tell of it. Columns event, outlet, article, sentence, start, end (of the
        mention or stretch, in characters of the document), text (of the sentence), actor, voice, score, certain, claim,
        sentence_start, sentence_end, claim_start, claim_end (of what tells the claims that are asked for, else of the sentence).
    """
    rows = request.within_spans(_list_units(tables, request))
    if request.spans and rows.empty:  # a mention that was not judged
        rows = request.within_spans(_list_units(tables, replace(request, actor=None)))
    rows = select_rows(rows, event=request.event)
    evidence = request.quantity.evidence if request.quantity else ""
    if request.outlets:
        rows = rows[rows["outlet"].isin(request.outlets)]
    if len(request.outlets) == 2 and request.event is None and evidence in ("portrayals", "mentions"):
        n_outlets = rows.groupby("event")[
            "outlet"
        ].nunique()  # over events, a difference is paired within them
        rows = rows[rows["event"].isin(n_outlets.index[n_outlets == 2])]
    of_sentences = not request.of_holders and bool(rows["actor"].any())
    rows = add_claims(rows, tables, request.claim, required=evidence == "claims", of_sentences=of_sentences)
    if request.quantity is find_quantity("portrayal_difference_in_claims"):
        rows = in_shared_claims(rows)
    if request.frame:
        articles = select_rows(tables["frames"], frame=request.frame)["article"]
        rows = rows[rows["article"].isin(articles)]
    if request.term:
        rows = rows[[f" {request.term} " in f" {' '.join(words(text))} " for text in rows["text"]]]
    order = ["score", *PLACE, "start"] if rows["score"].notna().any() else [*PLACE, "start"]
    rows = rows.sort_values(order, kind="stable", ignore_index=True)
    columns = ["start", "end", "text", "actor", "voice", "score", "certain", "claim"]
    return rows[[*PLACE, *columns, "sentence_start", "sentence_end", "claim_start", "claim_end"]]


def _list_units(tables: "Mapping[str, DataFrame]", request: EvidenceRequest) -> "DataFrame":
    """Return what was judged, quoted stretches or sentences, as the request needs, all with the same columns."""
    sentences = tables["sentences"].rename(columns={"start": "sentence_start", "end": "sentence_end"})
    if not request.spans:  # an earlier version of an article takes no part in numbers
        sentences = sentences[~sentences["article"].isin(tables["articles"]["version_of"])]
    of_voices = request.quantity is not None and request.quantity.evidence == "stretches"
    if request.actor and not of_voices:
        return _list_judged(tables, request, sentences)
    if not request.voice and not of_voices:
        bounds = {"start": sentences["sentence_start"], "end": sentences["sentence_end"]}
        return sentences.assign(**bounds, voice="", **_NOT_JUDGED)
    rows = _cut_by_voice(tables, sentences)
    if request.voice in (None, QUOTED):
        return rows[rows["voice"] != AUTHOR]
    return select_rows(rows, voice=AUTHOR if request.voice == OUTLET else request.voice)


def _list_judged(
    tables: "Mapping[str, DataFrame]", request: EvidenceRequest, sentences: "DataFrame"
) -> "DataFrame":
    """Return what was judged of an actor: stances of holders where they are asked for, else portrayals."""
    if request.of_holders:
        rows = select_rows(tables["stance"], actor=request.actor)
        is_other = rows["voice"] != AUTHOR
        rows = rows[is_other] if request.voice == QUOTED else select_rows(rows, voice=request.voice)
    else:
        of_mentions = any(span.start is not None for span in request.spans)
        listed = list_portrayed_mentions(tables) if of_mentions else list_evidence_of_portrayals(tables)
        rows = select_rows(listed.dropna(subset="score"), actor=request.actor, speaker=request.voice)
        rows = rows.rename(columns={"speaker": "voice"})
    return rows.merge(sentences, on=PLACE)


def _cut_by_voice(tables: "Mapping[str, DataFrame]", sentences: "DataFrame") -> "DataFrame":
    """Return every sentence once for each stretch of a voice in it."""
    import pandas as pd

    quotes: dict[str, list[tuple[int, int, str]]] = {}
    table = tables["quotes"]
    for article, start, end, voice in zip(
        table["article"], table["start"], table["end"], _voices_of_quotes(tables), strict=True
    ):
        quotes.setdefault(article, []).append((int(start), int(end), voice))
    rows = [
        row | {"start": start, "end": end, "voice": voice, **_NOT_JUDGED}
        for row in sentences.to_dict("records")
        for start, end, voice in _stretches(
            row["sentence_start"], row["sentence_end"], quotes.get(row["article"], [])
        )
    ]
    return pd.DataFrame(rows, columns=[*sentences.columns, "start", "end", "voice", *_NOT_JUDGED])


def _stretches(start: int, end: int, quotes: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the stretch of each voice in [start, end), the innermost quote's, neighbours of one voice joined."""
    inside = sorted(
        (high - low, low, high, voice) for low, high, voice in quotes if low < end and high > start
    )
    borders = sorted(
        {start, end, *(at for _, low, high, _ in inside for at in (low, high) if start < at < end)}
    )
    stretches: list[tuple[int, int, str]] = []
    for first, last in pairwise(borders):
        voice = next((voice for _, low, high, voice in inside if low <= first and last <= high), AUTHOR)
        if stretches and stretches[-1][2] == voice:
            stretches[-1] = (stretches[-1][0], last, voice)
        else:
            stretches.append((first, last, voice))
    return stretches


def _voices_of_quotes(tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return the voice of every fragment in the ``quotes`` table, by the name that estimates give it."""
    known = set(list_names(tables, "voice"))
    voices = []
    for speaker, text in zip(tables["quotes"]["speaker"], tables["quotes"]["speaker_text"], strict=True):
        name = match_key(text).removeprefix("the ")
        name = f"the {name}" if name == AUTHOR else name
        voices.append(speaker or (name if name in known else UNKNOWN))
    return voices
