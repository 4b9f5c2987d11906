"""What a comparison answers in a notebook: claims side by side, what differs inside them, and the evidence for a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from markupsafe import Markup

from crossframe import storage
from crossframe.records.display import count_of, html_paragraph, html_table
from crossframe.showing.html.markup import Mark, html_marked, html_score, mark_portrayals
from crossframe.showing.tables.claim_selection import (
    COVERED,
    LEFT_OUT,
    NOT_FOUND,
    ClaimRequest,
    list_claim_sentences,
    list_differences,
    select_claims,
)
from crossframe.showing.tables.evidence import EvidenceRequest, select_evidence
from crossframe.showing.tables.portrayals import list_portrayed_mentions
from crossframe.showing.tables.publication_order import list_first
from crossframe.showing.tables.selection import PLACE, select_rows

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_CLAIMS_SHOWN, MAX_DIFFERENCES_SHOWN = 30, 20
MAX_SENTENCES_SHOWN = 40
_SENTENCE = [*PLACE, "start", "end", "text"]
_DOCUMENT = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{0}</title>\n</head>\n'
    "<body>\n{1}\n</body>\n</html>\n"
)


@dataclass(frozen=True)
class _Display:
    """What `Claims`, `Differences` and `Evidence` have in common.

    Parameters
    ----------
    table : DataFrame
        What was selected.
    sentences : DataFrame
        The sentences in it, each once: event, outlet, article, sentence, start, end (in characters of the document),
        text.
    title : str
        What was selected, in words.
    """

    table: "DataFrame"
    sentences: "DataFrame"
    title: str

    max_shown: ClassVar[int]

    def _caption(self) -> str:
        raise NotImplementedError

    def _html(self, n: int) -> Markup:
        """Return the first `n` rows or claims as a table."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return str(self._html(self.max_shown))

    def to_html(self, path: str | Path | None = None) -> str:
        """Return all of it as one HTML table in which every text is escaped; with `path`, write it there as a page, too.

        Parameters
        ----------
        path : str or Path, optional
            File to write.

        Returns
        -------
        str
            The table, without the limit that a notebook has.
        """
        html = self._html(len(self.table))
        if path is not None:
            storage.write_text(Path(path), str(Markup(_DOCUMENT).format(self._caption(), html)))
        return str(html)


# --- evidence -----------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Evidence(_Display):
    """The text behind a number.

    Parameters
    ----------
    table : DataFrame
        One row per portrayal or stance (from most negative to most positive), quoted stretch or sentence: event, outlet, article,
        sentence, start, end (of the mention or stretch, in characters of the document), text (of the sentence), actor,
        voice, score, certain, claim; "" where a column does not apply. Where a claim is asked for, start and end of a sentence
        are those of the clauses that tell it, and a mention is one in them.
    sentences : DataFrame
        The sentences in it, each once.
    title : str
        What it is evidence for, in words.
    """

    _parts: tuple[tuple[int, int], ...] = ()
    """Of every row, what of the sentence tells the claims that are asked for, else the sentence: marked in grey."""
    max_shown = MAX_SENTENCES_SHOWN

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the rows of the table as named tuples."""
        return iter(self.table.itertuples(index=False, name="EvidenceRow"))

    def __repr__(self) -> str:
        rows = self.table.head(MAX_SENTENCES_SHOWN).itertuples()
        return "\n".join(
            [self._caption(), *(f"{row.outlet} {row.article}:{row.sentence} {row.text}" for row in rows)]
        )

    def _caption(self) -> str:
        scores = self.table["score"].dropna()
        mean = f", mean score {scores.mean():+.2f}" if len(scores) else ""
        return f"{count_of(len(self), 'row')} of evidence for {self.title}{mean}"

    def _html(self, n: int) -> Markup:
        keys = zip(self.sentences["article"], self.sentences["sentence"], strict=True)
        starts = dict(zip(keys, self.sentences["start"].tolist(), strict=True))
        rows = [
            [
                row.outlet,
                f"{row.article}, sentence {row.sentence}",
                row.voice,
                *_judged(row, starts[row.article, row.sentence], part),
                row.claim,
            ]
            for row, part in zip(self.table.head(n).itertuples(), self._parts, strict=False)
        ]
        legend = " (?: too uncertain to call)" if self.table["score"].notna().any() else ""
        heads = ["outlet", "place", "voice", "score", "sentence", "claim"]
        table = html_table(heads, rows, caption=self._caption() + legend)
        return table + _more(len(self) - len(rows), "row")


def _judged(row: Any, start: int, part: tuple[int, int]) -> tuple[Markup | str, Markup]:
    """Return the score of a row on its colour, and its sentence with the mention or stretch, and the `part` of a claim, marked."""
    if row.score != row.score:
        return "", html_marked(row.text, [], start=start, part=(row.start, row.end))
    score = html_score(row.score, f"{row.score:+.2f}{'' if row.certain else ' ?'}")
    mention = Mark(row.start, row.end, row.score, row.actor)
    return score, html_marked(row.text, [mention], start=start, part=part)


def show_evidence(tables: "Mapping[str, DataFrame]", row: Any = None, **names: str | None) -> Evidence:
    """Return the sentences behind a number of a comparison.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    row : Series, mapping or named tuple, optional
        A row of any table of the study.
    **names : str or None
        event, outlet, actor, voice (``outlet``, ``quoted``, ``author`` or a speaker), claim, frame, term: in addition to what the row
        says, or instead. Unique prefixes will do.

    Returns
    -------
    Evidence
        Portrayals where an actor is asked for, stances where it is with a holder; quoted stretches where it is a voice; else
        sentences.

    Raises
    ------
    InputError
        When `row` is not a row of a table.
    UnknownNameError
        When the study has none of that name; the message lists what it has.
    """
    request = EvidenceRequest.read(tables, row, **names)
    rows = select_evidence(tables, request)
    bounds = {"start": rows["sentence_start"], "end": rows["sentence_end"]}
    sentences = rows.assign(**bounds)[_SENTENCE].drop_duplicates().sort_values(PLACE, ignore_index=True)
    parts = tuple(zip(rows["claim_start"], rows["claim_end"], strict=True))
    table = rows.drop(columns=["sentence_start", "sentence_end", "claim_start", "claim_end"])
    return Evidence(table, sentences, request.title, parts)


# --- claims ---------------------------------------------------------------------------------------


class ClaimRow(NamedTuple):
    """One claim and the outlets that cover it, leave it out, or have no sentence of it that was found; who reported it first, and who since an update alone."""

    event: str
    claim: str
    label: str
    covered: tuple[str, ...]
    left_out: tuple[str, ...]
    not_found: tuple[str, ...]
    first: str
    updated: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Claims(_Display):
    """Claims of a study, outlets side by side.

    Parameters
    ----------
    table : DataFrame
        One row per claim and outlet: event, claim, label, outlet, state (``covered``, ``left out`` or ``not found``),
        certainty (of what is left out), reported, first and update (where it is covered, as in `list_first`).
    sentences : DataFrame
        What sentences tell of these claims, once per claim, with the column claim: the sentence, or the clauses that tell it.
    title : str
        Which claims they are, in words.
    """

    _marks: dict[tuple[str, int], list[Mark]] = field(default_factory=dict)
    _whole: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    """Of every article and sentence in it, where the sentence starts in the document, and its text."""
    max_shown = MAX_CLAIMS_SHOWN

    def __len__(self) -> int:
        return len(self.table[["event", "claim"]].drop_duplicates())

    def __iter__(self) -> Iterator[ClaimRow]:
        """Iterate over the claims as named tuples."""
        for (event, claim, label), rows in self.table.groupby(["event", "claim", "label"], sort=False):
            covered, left_out, not_found = (
                tuple(select_rows(rows, state=state)["outlet"]) for state in (COVERED, LEFT_OUT, NOT_FOUND)
            )
            first = "".join(rows["outlet"][rows["first"] == 1])
            updated = tuple(rows["outlet"][rows["update"] == 1])
            yield ClaimRow(event, claim, label, covered, left_out, not_found, first, updated)

    def __repr__(self) -> str:
        rows = self.table[["event", "claim", "outlet", "state", "certainty"]]
        return f"{self._caption()}\n{rows.to_string(index=False)}" if len(self) else self._caption()

    def _caption(self) -> str:
        return count_of(len(self), "claim") + (f" ({self.title})" if self.title else "")

    def _html(self, n: int) -> Markup:
        outlets = sorted(set(self.table["outlet"]))
        sentences: dict[tuple[str, str, str], list[Markup]] = {}
        for row in self.sentences.itertuples():
            place, part = (row.article, row.sentence), (row.start, row.end)
            marks = [one for one in self._marks.get(place, []) if one.start < row.end and row.start < one.end]
            start, text = self._whole[place]
            marked = html_marked(text, marks, start=start, part=part)
            sentences.setdefault((row.event, row.claim, row.outlet), []).append(marked)
        several = len(set(self.table["event"])) > 1
        rows = []
        for (event, claim), group in list(self.table.groupby(["event", "claim"], sort=False))[:n]:
            cells = {row.outlet: row for row in group.itertuples()}
            head = f"{event} {claim}" if several else claim
            rows.append([head, *(_cell(cells.get(o), sentences.get((event, claim, o), [])) for o in outlets)])
        caption = f"{self._caption()}. Colour: how the sentence portrays an actor, blue positive, vermilion negative; "
        caption += "grey: what tells the claim, where that is no more than a part of the sentence."
        return html_table(["claim", *outlets], rows, caption=caption) + _more(len(self) - len(rows), "claim")


def _cell(row: Any, sentences: list[Markup]) -> Markup | str:
    if row is None:
        return ""
    if sentences:
        first = [Markup("<b>first</b> ({})").format(row.reported)] if row.first == 1 else []
        update = [Markup("<i>since an update</i>")] if row.update == 1 else []
        return Markup("<br>").join([*first, *update, *sentences])
    if row.state == LEFT_OUT:
        return Markup("<b>✕ left out</b> ({})").format(f"{row.certainty:.2f}")
    return Markup("<i>not found</i>")


def show_claims(
    tables: "Mapping[str, DataFrame]", *, omitted: bool | None = None, **names: str | None
) -> Claims:
    """Return claims side by side.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    omitted : bool, optional
        As in `ClaimRequest`.
    **names : str or None
        event, claim, actor, outlet, as in `ClaimRequest`. Unique prefixes will do.

    Returns
    -------
    Claims
        Sorted by event and claim; where `omitted` is True, the most certain omissions first.

    Raises
    ------
    InputError
        When `omitted` is neither None nor a truth value.
    UnknownNameError
        When the study has none of a name; the message lists what it has.
    """
    request = ClaimRequest.read(tables, omitted=omitted, **names)
    states = select_claims(tables, request)
    sentences = list_claim_sentences(tables, states)
    states = states.merge(list_first(tables), on=["event", "claim", "outlet"], how="left")
    known = {name: states[name].fillna(0).astype("int64") for name in ("first", "update")}
    states = states.assign(reported=states["reported"].fillna(""), **known)
    whole = tables["sentences"].merge(sentences[PLACE].drop_duplicates(), on=PLACE)
    texts = {(row.article, row.sentence): (row.start, row.text) for row in whole.itertuples()}
    return Claims(states, sentences, request.title, mark_portrayals(list_portrayed_mentions(tables)), texts)


# --- differences ----------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Differences(_Display):
    """What differs inside pairs of sentences that tell the same, the words that carry it marked on both sides.

    Parameters
    ----------
    table : DataFrame
        Rows of the table ``differences``, the most probable first, with the columns later and update of `add_changes`.
    sentences : DataFrame
        The sentences in it, each once.
    title : str
        Which differences they are, in words.
    """

    max_shown = MAX_DIFFERENCES_SHOWN

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the rows of the table as named tuples."""
        return iter(self.table.itertuples(index=False, name="DifferenceRow"))

    def __repr__(self) -> str:
        rows = self.table[["kind", "left_outlet", "left_text", "right_outlet", "right_text", "probability"]]
        return f"{self._caption()}\n{rows.to_string(index=False)}" if len(self) else self._caption()

    def _caption(self) -> str:
        return count_of(len(self), "difference") + (f" ({self.title})" if self.title else "")

    def _html(self, n: int) -> Markup:
        keys = zip(self.sentences["article"], self.sentences["sentence"], strict=True)
        sentences = dict(zip(keys, self.sentences.itertuples(), strict=True))
        several = len(set(self.table["event"])) > 1
        rows: list[list[Any]] = []
        for row in self.table.head(n).to_dict("records"):
            place = f"{row['event']} {row['claim']}" if several else row["claim"]
            sides = []
            for side in ("left", "right"):
                sentence = sentences[row[f"{side}_article"], row[f"{side}_sentence"]]
                mark = Mark(row[f"{side}_start"], row[f"{side}_end"], title=row["kind"])
                sides += [row[f"{side}_outlet"], html_marked(sentence.text, [mark], start=sentence.start)]
            order = (
                f"update of {row['update']}" if row["update"] else row["later"] and f"{row['later']} later"
            )
            rows.append([place, row["kind"], f"{row['probability']:.2f}", *sides, order])
        heads = ["claim", "kind", "probability", "outlet", "sentence", "outlet", "sentence", "in time"]
        caption = f"{self._caption()}. Grey: the words that carry it; a detail stands on one side alone."
        return html_table(heads, rows, caption=caption) + _more(len(self) - len(rows), "difference")


def show_differences(tables: "Mapping[str, DataFrame]", **names: str | None) -> Differences:
    """Return what differs inside pairs of sentences that tell the same.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    **names : str or None
        kind, event, actor, outlet, as in `list_differences`.

    Raises
    ------
    UnknownNameError
        When there is no such kind, or the study has none of a name.
    """
    rows = list_differences(tables, **names)
    places = {
        place
        for side in ("left", "right")
        for place in zip(rows[f"{side}_article"], rows[f"{side}_sentence"], strict=True)
    }
    sentences = tables["sentences"]
    keys = zip(sentences["article"], sentences["sentence"], strict=True)
    chosen = sentences.loc[[key in places for key in keys], _SENTENCE].sort_values(PLACE, ignore_index=True)
    title = ", ".join(f"{thing} {name}" for thing, name in names.items() if name)
    return Differences(rows, chosen, title)


def _more(n: int, thing: str) -> Markup:
    return html_paragraph(f"{count_of(n, f'more {thing}')}.") if n > 0 else Markup("")
