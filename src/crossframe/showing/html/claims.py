"""Claims side by side: who tells which claim in which words, who leaves it out, and where it was not found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from crossframe.errors import InputError
from crossframe.records.display import count_of, html_table
from crossframe.showing.html.placing import PLACE, chosen_rows, full_name, marks_of_stance, moved
from crossframe.showing.html.tables import Mark, html_marked
from crossframe.showing.tables.choosing import called_omissions

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_CLAIMS = 30
TOLD, LEFT_OUT, NOT_FOUND = "told", "left out", "not found"
Marks = dict[tuple[str, int], list[Mark]]


@dataclass(frozen=True)
class Claims:
    """Claims of a study, outlets side by side.

    Parameters
    ----------
    table : DataFrame
        A row a claim and outlet: event, claim, label, outlet, state (``told``, ``left out`` or ``not found``) and
        certainty (of what is left out).
    sentences : DataFrame
        The sentences of these claims: event, claim, outlet, article, sentence, start, end, text.
    marks : dict
        Judged mentions in them.
    """

    table: "DataFrame"
    sentences: "DataFrame"
    marks: Marks = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.table[["event", "claim"]].drop_duplicates())

    def __repr__(self) -> str:
        rows = self.table[["event", "claim", "outlet", "state", "certainty"]]
        counted = count_of(len(self), "claim")
        return f"{counted}\n{rows.to_string(index=False)}" if len(self) else counted

    def _repr_html_(self) -> str:
        outlets = sorted(set(self.table["outlet"]))
        told: dict[tuple[str, str, str], list[Markup]] = {}
        for row in self.sentences.itertuples():
            told.setdefault((str(row.event), str(row.claim), str(row.outlet)), []).append(self._sentence(row))
        several = len(set(self.table["event"])) > 1
        rows = []
        grouped = list(self.table.groupby(["event", "claim"], sort=False))
        for (event, claim), cells in grouped[:MOST_CLAIMS]:
            states = {row.outlet: row for row in cells.itertuples()}
            head = f"{event} {claim}" if several else claim
            rows.append(
                [head, *(_cell(states.get(one), told.get((event, claim, one), [])) for one in outlets)]
            )
        left = len(grouped) - len(rows)
        more = Markup("<p>{}.</p>").format(count_of(left, "more claim")) if left else ""
        title = f"{count_of(len(self), 'claim')} side by side. Coloured: how the words frame an actor, blue for, vermilion against."
        return str(html_table(["claim", *outlets], rows, caption=title) + more)

    def _sentence(self, row: object) -> Markup:
        start, text = int(row.start), str(row.text)  # type: ignore[attr-defined]
        marks = self.marks.get((row.article, row.sentence), [])  # type: ignore[attr-defined]
        return html_marked(text, moved(marks, start, len(text)))


def _cell(row: object, told: list[Markup]) -> Markup | str:
    if row is None:
        return ""
    if told:
        return Markup("<br>").join(told)
    if row.state == LEFT_OUT:  # type: ignore[attr-defined]
        return Markup("<b>✕ left out</b> ({})").format(f"{row.certainty:.2f}")  # type: ignore[attr-defined]
    return Markup("<i>not found</i>")


def choose_claims(
    tables: "Mapping[str, DataFrame]",
    *,
    event: str | None = None,
    outlet: str | None = None,
    omitted: bool | None = None,
    actor: str | None = None,
    claim: str | None = None,
) -> Claims:
    """Return claims side by side: all, or those that an outlet tells or leaves out, or that name an actor.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    event, claim, actor : str, optional
        Only claims of this event, this one, those whose sentences mention this actor (unique prefixes will do).
    outlet : str, optional
        Only claims that this outlet tells or surely leaves out.
    omitted : bool, optional
        True: only claims that `outlet` (None: any) surely leaves out; False: only those that `outlet` tells (None:
        that nobody surely leaves out).

    Returns
    -------
    Claims
        Sorted by event and claim; what is left out surest comes first where `omitted` is True.

    Raises
    ------
    UnknownNameError
        When the study has no such event, outlet, actor or claim.
    InputError
        When `omitted` is neither None nor a truth value.
    """
    if omitted not in (None, True, False):
        raise InputError(f"Invalid omitted {omitted!r}. It must be True, False or None.")
    event, outlet = full_name(tables, "event", event), full_name(tables, "outlet", outlet)
    actor, claim = full_name(tables, "actor", actor), full_name(tables, "claim", claim)
    table = _states(tables)
    sentences = tables["claims"].merge(tables["sentences"], on=PLACE)
    table = chosen_rows(table, event=event, claim=claim)
    kept = _keys(table)
    if outlet is not None or omitted is not None:
        state = table if outlet is None else table[table["outlet"] == outlet]
        gone, told = _keys(state[state["state"] == LEFT_OUT]), _keys(state[state["state"] == TOLD])
        whole = told if outlet is not None else set(kept) - gone
        kept &= gone if omitted else whole if omitted is False else told | gone
    if actor is not None:
        named = tables["stance"].loc[tables["stance"]["actor"] == actor, PLACE].drop_duplicates()
        kept &= _keys(sentences.merge(named, on=PLACE))
    table = table[[key in kept for key in zip(table["event"], table["claim"], strict=True)]]
    if omitted:
        mine = table if outlet is None else table[table["outlet"] == outlet]
        surest = mine.groupby(["event", "claim"])["certainty"].max().rename("surest").reset_index()
        table = table.merge(surest, on=["event", "claim"])
        table = table.sort_values(["surest", "event", "claim", "outlet"], ascending=[False, True, True, True])
        table = table.drop(columns="surest")
    sentences = sentences[[key in kept for key in zip(sentences["event"], sentences["claim"], strict=True)]]
    columns = ["event", "claim", "outlet", "article", "sentence", "start", "end", "text"]
    marks = marks_of_stance(tables["stance"])
    return Claims(table.reset_index(drop=True), sentences[columns].reset_index(drop=True), marks)


def _states(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    called = called_omissions(tables["coverage"], tables["estimates"])
    key = ["event", "claim", "outlet"]
    table = tables["coverage"].merge(called[[*key, "certainty"]], on=key, how="left")
    table["state"] = NOT_FOUND
    table.loc[table["certainty"].notna(), "state"] = LEFT_OUT
    table.loc[table["covered"] == 1, "state"] = TOLD
    return table[["event", "claim", "label", "outlet", "state", "certainty"]].sort_values(key)


def _keys(rows: "DataFrame") -> set[tuple[str, str]]:
    return set(zip(rows["event"], rows["claim"], strict=True))
