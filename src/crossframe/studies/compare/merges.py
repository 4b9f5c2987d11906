"""Actors of a study that may be one under two names: suggested in a table, merged on request, noted where they differ."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from crossframe._progress import track
from crossframe.attributing.actors.edits import MERGED, ActorEdit, ActorEdits
from crossframe.attributing.cast.suggested_merges import (
    MIN_PROBABILITY,
    FoundActor,
    Merge,
    suggest_merges,
)
from crossframe.records.display import count_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from crossframe.studies.compare.checks import Study

_COMPARED = ("portrayal", "portrayal_difference", "stance", "stance_difference")
_CELL = ["quantity", "event", "outlet", "reference", "voice"]


def list_merges(actors: "DataFrame") -> list[Merge]:
    """Return the merges that a study suggests, from its table of actors."""
    return suggest_merges(
        [
            FoundActor(row.event, row.actor, row.name, row.kind)
            for row in actors[["event", "actor", "name", "kind"]].itertuples(index=False, name="Row")
        ]
    )


def merge_suggested(study: "Study") -> ActorEdits:
    """Return the edits of a study and the merges that it suggests, those at least as often right as wrong.

    The actors of all events are found once beforehand, so that an actor is merged in all events alike. What the edited table
    says of an actor goes first: one that it drops or merges is left alone.

    Parameters
    ----------
    study : Study
        Of `prepare_study`.

    Returns
    -------
    ActorEdits
        Of the edited table, with a merge in the row for all events of every actor that is merged.
    """
    from crossframe.attributing.find_actors import find_actors
    from crossframe.reading.text.split import split_sentences

    found = []
    for event in track(sorted({article.event for article in study.compared.articles}), "Finding actors"):
        sentences = split_sentences(study.compared.select(event=event).articles)
        names = study.models.name_finder.find(sentences)
        cast = find_actors(sentences, study.corpus.actors, study.edits, names=names)
        found += [FoundActor(event, one.id, one.name, one.kind) for one in cast.actors]
    merges = [merge for merge in suggest_merges(found) if merge.probability >= MIN_PROBABILITY]
    return add_merges(study.edits, merges, {one.id: one for one in found})


def add_merges(
    edits: ActorEdits | None, merges: "list[Merge]", actors: Mapping[str, FoundActor]
) -> ActorEdits:
    """Return the edits with `merges`, except of actors that a row drops or merges."""
    rows = list(edits.rows) if edits is not None else []
    edited = {row.actor for row in rows if row.drop or row.merge_into}
    for merge in merges:
        if edited & {merge.actor, merge.other}:
            continue
        into = actors[merge.other]
        own = ActorEdit("", merge.actor, into.name, into.kind, merge_into=into.id, where=MERGED)
        at = next((i for i, row in enumerate(rows) if (row.event, row.actor) == ("", merge.actor)), None)
        if at is None:
            rows.append(own)
        else:
            rows[at] = replace(rows[at], merge_into=into.id)
    return ActorEdits(tuple(rows))


def describe_opposites(tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return a note for every two actors that may be one, and of which estimates differ in sign.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of the study.

    Returns
    -------
    list of str
        With the number of such estimates and the two that lie furthest apart.
    """
    estimates = tables["estimates"]
    estimates = estimates[estimates["quantity"].isin(_COMPARED) & estimates["estimate"].notna()]
    notes = []
    suggested = tables["suggested_merges"]
    for merge in suggested[suggested["probability"] >= MIN_PROBABILITY].itertuples():
        both = _pair_estimates(estimates, merge.actor, merge.other)
        opposite = both[both["estimate"] * both["estimate_other"] < 0]
        if len(opposite):
            apart = (opposite["estimate"] - opposite["estimate_other"]).abs()
            most = opposite.loc[apart.idxmax()]
            of, of_other = (f" of {one}" if one else "" for one in (most["outlet"], most["outlet_other"]))
            other = "" if of == of_other else f"that{of_other} "
            against = f" against {most['reference']}" if most["reference"] else ""
            notes.append(
                f"{merge.actor} and {merge.other} may be one actor under two names ({merge.why}; probability "
                f"{merge.probability:.2f}), and {count_of(len(opposite), 'estimate')} of theirs differ in sign: "
                f"{most['quantity'].replace('_', ' ')}{of}{against} is {most['estimate']:+.2f} for {merge.actor} and "
                f"{other}{most['estimate_other']:+.2f} for {merge.other}. Names may follow from house style: read them "
                "together, or merge them with --merge suggested."
            )
    return notes


def _pair_estimates(estimates: "DataFrame", actor: str, other: str) -> "DataFrame":
    """Return the estimates of two actors side by side: of one outlet, and of two outlets that have one of the names each."""
    import pandas as pd

    left, right = (estimates[estimates["actor"] == one] for one in (actor, other))
    same = left.merge(right, on=_CELL, suffixes=("", "_other"))
    cells = {*same[_CELL].itertuples(index=False, name=None)}
    alone = [
        one.loc[[cell not in cells for cell in one[_CELL].itertuples(index=False, name=None)]]
        for one in (left, right)
    ]
    across = alone[0].merge(alone[1], on=[one for one in _CELL if one != "outlet"], suffixes=("", "_other"))
    return pd.concat([same.assign(outlet_other=same["outlet"]), across], ignore_index=True)
