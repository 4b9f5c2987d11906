"""Which claims the text behind a number tells, and where: the sentence, or the clauses of it that tell one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crossframe.showing.tables.selection import PLACE, select_rows

if TYPE_CHECKING:
    from pandas import DataFrame


def add_claims(
    rows: "DataFrame",
    tables: "Mapping[str, DataFrame]",
    claim: str | None = None,
    *,
    required: bool = False,
    of_sentences: bool = False,
) -> "DataFrame":
    """Return rows of evidence with the claims that they tell.

    Parameters
    ----------
    rows : DataFrame
        Columns event, outlet, article, sentence, start, end (of a mention, a stretch or the sentence), actor, voice,
        sentence_start, sentence_end.
    tables : mapping of str to DataFrame
        Tables of a study.
    claim : str, optional
        Id; only rows that tell this claim are kept. None restricts nothing.
    required : bool
        Whether only rows are kept that tell any claim.
    of_sentences : bool
        Whether what is judged of an actor is its sentence, so that any mention of the actor places it in a claim.

    Returns
    -------
    DataFrame
        With columns claim (ids joined by blanks, "" for none), claim_start and claim_end: the sentence, or, where only some rows
        are kept, what of it tells the claim. Then sentences and stretches are cut to that, and once for every part that tells
        another claim; a mention of an actor is one in it.
    """
    rows = rows.reset_index(drop=True)
    bounds = {"start": "claim_start", "end": "claim_end"}
    claims = select_rows(tables["claims"], claim=claim).rename(columns=bounds)
    paired = rows.assign(row=rows.index).merge(claims[[*PLACE, "claim", *bounds.values()]], on=PLACE)
    if of_sentences:
        paired = _at_mentions(paired, tables)
    paired = paired[(paired["start"] < paired["claim_end"]) & (paired["claim_start"] < paired["end"])]
    if claim is None and not required:
        whole = {name: rows[f"sentence_{side}"] for side, name in bounds.items()}
        return rows.assign(claim=_join(paired, ["row"]).reindex(rows.index, fill_value=""), **whole)
    of_actor = paired["actor"] != ""
    paired = paired.assign(
        start=paired["start"].where(of_actor, paired[["start", "claim_start"]].max(axis=1)),
        end=paired["end"].where(of_actor, paired[["end", "claim_end"]].min(axis=1)),
    )
    part = ["row", *bounds.values()]
    once = paired.drop(columns="claim").drop_duplicates(part)
    return once.merge(_join(paired, part).reset_index(), on=part).drop(columns="row")


def in_shared_claims(rows: "DataFrame") -> "DataFrame":
    """Return the rows of evidence, with their claims, that tell a claim which rows of two outlets tell."""
    each = rows.assign(shared=rows["claim"].str.split()).explode("shared").dropna(subset="shared")
    n_outlets = each.groupby(["event", "shared"])["outlet"].transform("nunique")
    return rows[rows.index.isin(each.index[(n_outlets == 2).to_numpy()])]


def _join(paired: "DataFrame", key: list[str]) -> Any:
    """Return the claims of rows that agree in `key`, joined by blanks."""
    return paired.groupby(key)["claim"].agg(" ".join)


def _at_mentions(paired: "DataFrame", tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return every row and claim once, at a mention of the row's actor in the claim: its own, else the first; without one, not."""
    mentions = tables["mentions"][[*PLACE, "actor", "start", "end"]]
    each = paired.merge(mentions.rename(columns={"start": "at", "end": "until"}), on=[*PLACE, "actor"])
    each = each[(each["at"] < each["claim_end"]) & (each["claim_start"] < each["until"])]
    each = each.assign(other=each["at"] != each["start"], start=each["at"], end=each["until"])
    each = each.sort_values(["row", "claim", "other", "start"], kind="stable")
    return each.drop_duplicates(["row", "claim"])[paired.columns]
