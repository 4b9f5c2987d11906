"""Selection of claims: their state in each outlet, contrasts and omissions, the actors and sentences of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.lexicons import function_words
from crossframe.records import CONFLICT, CONFLICTS, DIFFERENCES
from crossframe.showing.tables.publication_order import add_changes
from crossframe.showing.tables.selection import PLACE, select_event, select_quantity, select_rows
from crossframe.showing.tables.study_names import match_name
from crossframe.text import words

if TYPE_CHECKING:
    from pandas import DataFrame

COVERED, LEFT_OUT, NOT_FOUND = "covered", "left out", "not found"
_AROUND = " \t\n,;—–"
"""Marks and blanks between two clauses."""


def list_contrasts(estimates: "DataFrame", n: int) -> "DataFrame":
    """Return the `n` largest contrasts within claims, the largest of each claim, in falling order."""
    rows = select_quantity(estimates, "claim_contrast").sort_values(
        ["estimate", "event", "claim", "actor", "voice"], ascending=[False, True, True, True, True]
    )
    return rows.drop_duplicates(["event", "claim"]).head(n)


def list_omissions(coverage: "DataFrame", estimates: "DataFrame", event: str | None = None) -> "DataFrame":
    """Return which outlet leaves out which claim, the most certain omissions first.

    Parameters
    ----------
    coverage, estimates : DataFrame
        The tables of those names; rows of quantity ``omission`` are listed.
    event : str, optional
        Only this event; None takes all.

    Returns
    -------
    DataFrame
        Columns event, claim, label, outlet, certainty.
    """
    labels = coverage[["event", "claim", "label"]].drop_duplicates()
    if event is not None:
        labels = select_event(labels, event)
    omissions = select_quantity(estimates, "omission")[["event", "claim", "outlet", "estimate"]]
    omissions = labels.merge(omissions, on=["event", "claim"]).rename(columns={"estimate": "certainty"})
    return omissions.sort_values(
        ["certainty", "event", "claim", "outlet"], ascending=[False, True, True, True], ignore_index=True
    )


def list_claim_states(coverage: "DataFrame", estimates: "DataFrame") -> "DataFrame":
    """Return the state of every claim in every outlet: `COVERED`, `LEFT_OUT`, or `NOT_FOUND`.

    Parameters
    ----------
    coverage, estimates : DataFrame
        The tables of those names; rows of quantity ``omission`` say what is left out.

    Returns
    -------
    DataFrame
        Columns event, claim, label, outlet, state, certainty (of an omission) and p_absent, sorted.
    """
    key = ["event", "claim", "outlet"]
    omissions = list_omissions(coverage, estimates)[[*key, "certainty"]]
    table = coverage.merge(omissions, on=key, how="left").sort_values(key, ignore_index=True)
    table["state"] = NOT_FOUND
    table.loc[table["certainty"].notna(), "state"] = LEFT_OUT
    table.loc[table["covered"] == 1, "state"] = COVERED
    return table[["event", "claim", "label", "outlet", "state", "certainty", "p_absent"]]


def list_actors_of_claims(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return which actors are mentioned where each claim is told: columns event, claim, actor."""
    mentions = tables["mentions"][[*PLACE, "actor", "start"]].rename(columns={"start": "at"})
    rows = tables["claims"].merge(mentions, on=PLACE)
    rows = rows[(rows["start"] <= rows["at"]) & (rows["at"] < rows["end"])]
    return rows[["event", "claim", "actor"]].drop_duplicates(ignore_index=True)


def list_actors_of_terms(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return which actors an outlet mentions in sentences that hold each of its terms: columns event, outlet, term, actor."""
    import pandas as pd

    mentions = tables["mentions"][[*PLACE, "actor"]].drop_duplicates()
    sentences = tables["sentences"].merge(mentions, on=PLACE)
    texts = {text: f" {' '.join(words(text))} " for text in set(sentences["text"])}
    terms = tables["wording"][["event", "outlet", "term"]].drop_duplicates()
    rows = [
        (event, outlet, term, actor)
        for (event, outlet), group in sentences.groupby(["event", "outlet"])
        for term in select_rows(terms, event=event, outlet=outlet)["term"]
        for actor in sorted(
            {a for a, text in zip(group["actor"], group["text"], strict=True) if f" {term} " in texts[text]}
        )
    ]
    return pd.DataFrame(rows, columns=["event", "outlet", "term", "actor"])


def list_differences(
    tables: "Mapping[str, DataFrame]",
    kind: str | None = None,
    event: str | None = None,
    actor: str | None = None,
    outlet: str | None = None,
) -> "DataFrame":
    """Return the differences inside aligned pairs: of one kind, event and outlet, or beside a mention of an actor.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    kind : str, optional
        One of `DIFFERENCES`, or ``conflict`` for those that make a pair a conflict.
    event, actor, outlet : str, optional
        As `match_name` takes them; an outlet may be either side, an actor must be mentioned in either sentence.

    Returns
    -------
    DataFrame
        Rows of the table ``differences``, the most probable first, with the columns of `add_changes`.

    Raises
    ------
    UnknownNameError
        When there is no such kind, or the study has none of a name.
    """
    rows = tables["differences"]
    if kind is not None:
        check.check_choice(kind, "kind of difference", (*DIFFERENCES, CONFLICT))
        rows = rows[rows["kind"].isin(CONFLICTS if kind == CONFLICT else (kind,))]
    event, outlet = match_name(tables, "event", event), match_name(tables, "outlet", outlet)
    rows = select_rows(rows, event=event)
    if outlet is not None:
        rows = rows[(rows["left_outlet"] == outlet) | (rows["right_outlet"] == outlet)]
    if actor is not None:
        mentions = select_rows(tables["mentions"], actor=match_name(tables, "actor", actor))
        places = set(zip(mentions["article"], mentions["sentence"], strict=True))
        sides = [
            zip(rows[f"{side}_article"], rows[f"{side}_sentence"], strict=True) for side in ("left", "right")
        ]
        rows = rows[[left in places or right in places for left, right in zip(*sides, strict=True)]]
    return add_changes(
        tables, rows.sort_values("probability", ascending=False, kind="stable", ignore_index=True)
    )


# --- claims that are asked for ------------------------------------------------------------------


@dataclass(frozen=True)
class ClaimRequest:
    """Which claims are asked for; None restricts nothing.

    Parameters
    ----------
    event, claim, actor : str or None
        Ids: only claims of this event, this one, those whose sentences mention this actor.
    outlet : str or None
        Only claims that this outlet covers or leaves out.
    omitted : bool or None
        True: only claims that `outlet` (None: any) leaves out; False: only those that `outlet` covers (None: that nobody
        leaves out).
    """

    event: str | None = None
    claim: str | None = None
    actor: str | None = None
    outlet: str | None = None
    omitted: bool | None = None

    @classmethod
    def read(
        cls, tables: "Mapping[str, DataFrame]", *, omitted: bool | None = None, **names: str | None
    ) -> Self:
        """Return the request with `names` of event, claim, actor and outlet, as `match_name` takes them.

        Raises
        ------
        InputError
            When `omitted` is neither None nor a truth value.
        UnknownNameError
            When the study has none of a name.
        """
        if omitted not in (None, True, False):
            raise InputError(f"Invalid omitted {omitted!r}. It must be True, False or None.")
        ids = {thing: match_name(tables, thing, name) for thing, name in names.items()}
        return cls(omitted=omitted, **ids)

    @property
    def title(self) -> str:
        """Which claims they are, in words."""
        names = {"event": self.event, "claim": self.claim, "actor": self.actor, "outlet": self.outlet}
        parts = [f"{thing} {name}" for thing, name in names.items() if name]
        state = "left out" if self.omitted else "covered" if self.outlet else "left out by no outlet"
        return ", ".join([*parts, *([] if self.omitted is None else [state])])


def select_claims(tables: "Mapping[str, DataFrame]", request: ClaimRequest) -> "DataFrame":
    """Return the claims that a request asks for, one row per claim and outlet.

    Returns
    -------
    DataFrame
        Columns event, claim, label, outlet, state, certainty; sorted by event and claim, where omissions are asked for by
        falling certainty of them.
    """
    states = list_claim_states(tables["coverage"], tables["estimates"]).drop(columns="p_absent")
    states = select_rows(states, event=request.event, claim=request.claim)
    keys = _keys_by_state(states, request.outlet, request.omitted)
    if request.actor is not None:
        keys &= _keys(select_rows(list_actors_of_claims(tables), actor=request.actor))
    states = _of_keys(states, keys)
    return (_sort_by_certainty(states, request.outlet) if request.omitted else states).reset_index(drop=True)


def list_claim_sentences(tables: "Mapping[str, DataFrame]", claims: "DataFrame") -> "DataFrame":
    """Return what sentences tell of `claims` (columns event, claim).

    Returns
    -------
    DataFrame
        Columns event, claim, outlet, article, sentence, start, end, text: of the sentence, or of the clauses that tell it.
    """
    spans = _of_keys(tables["claims"].drop(columns="representative"), _keys(claims))
    whole = tables["sentences"][[*PLACE, "start", "text"]].rename(columns={"start": "begin"})
    rows = spans.merge(whole, on=PLACE)
    texts = zip(rows["text"], rows["start"] - rows["begin"], rows["end"] - rows["begin"], strict=True)
    return rows.assign(text=[text[start:end] for text, start, end in texts]).drop(columns="begin")


def list_uncovered_parts(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return what no claim tells: columns of the table ``sentences``, of whole sentences and of what is left beside clauses.

    Stretches of a sentence without a word of content, as marks and conjunctions between two clauses, are left out.
    """
    import pandas as pd

    spans: dict[tuple[str, str, int], list[tuple[int, int]]] = {}
    columns = (tables["claims"][name] for name in (*PLACE, "start", "end"))
    for *place, start, end in zip(*columns, strict=True):
        spans.setdefault(tuple(place), []).append((start, end))
    rows = []
    for row in tables["sentences"].to_dict("records"):
        covered = sorted(spans.get(tuple(row[name] for name in PLACE), []))
        if not covered:
            rows.append(row)
            continue
        at = row["start"]
        for start, end in [*covered, (row["end"], row["end"])]:
            whole = row["text"][at - row["start"] : max(start, at) - row["start"]]
            part = whole.strip(_AROUND)
            if set(words(part)) - function_words():
                begin = at + whole.index(part)
                rows.append(row | {"start": begin, "end": begin + len(part), "text": part})
            at = max(at, end)
    return pd.DataFrame(rows, columns=tables["sentences"].columns)


def _keys_by_state(states: "DataFrame", outlet: str | None, omitted: bool | None) -> set[tuple[str, str]]:
    """Return the claims that `outlet` (None: any) leaves out or covers, as `omitted` says."""
    rows = select_rows(states, outlet=outlet)
    left_out, covered = _keys(select_rows(rows, state=LEFT_OUT)), _keys(select_rows(rows, state=COVERED))
    if omitted:
        return left_out
    if outlet is None:
        return _keys(rows) if omitted is None else _keys(rows) - left_out
    return covered | left_out if omitted is None else covered


def _sort_by_certainty(table: "DataFrame", outlet: str | None) -> "DataFrame":
    """Return claims with the most certain omission by `outlet` (None: any) first."""
    certainty = table["certainty"].where(table["outlet"] == outlet) if outlet else table["certainty"]
    largest = certainty.groupby([table["event"], table["claim"]]).transform("max")
    keys = ["largest", "event", "claim", "outlet"]
    table = table.assign(largest=largest).sort_values(keys, ascending=[False, True, True, True])
    return table.drop(columns="largest")


def _keys(rows: "DataFrame") -> set[tuple[str, str]]:
    return set(zip(rows["event"], rows["claim"], strict=True))


def _of_keys(rows: "DataFrame", keys: set[tuple[str, str]]) -> "DataFrame":
    return rows.loc[[key in keys for key in zip(rows["event"], rows["claim"], strict=True)]]
