"""Counts of judged sentences: how many sentences of each outlet portray an actor negatively, neutrally or positively."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossframe.records import STANCES
from crossframe.showing.tables.dividing_claims import list_outlets
from crossframe.showing.tables.selection import PLACE, VOICES, select_rows

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class JudgedCounts:
    """Judged sentences of one outlet, actor and kind of words, by their likeliest label.

    Parameters
    ----------
    certain, uncertain : mapping of str to int
        Sentences by ``negative``, ``neutral``, ``positive``: those whose label is certain (column ``certain``), and the others.

    Examples
    --------
    >>> counts = JudgedCounts({"negative": 2}, {"neutral": 1})
    >>> counts.n, counts.total("negative"), counts.total("neutral"), counts.n_uncertain
    (3, 2, 1, 1)
    """

    certain: Mapping[str, int] = field(default_factory=dict)
    uncertain: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Judged sentences."""
        return sum(self.certain.values()) + self.n_uncertain

    @property
    def n_uncertain(self) -> int:
        """Those of them whose label is uncertain."""
        return sum(self.uncertain.values())

    def total(self, label: str) -> int:
        """Return the sentences of a label, the uncertain ones too."""
        return self.certain.get(label, 0) + self.uncertain.get(label, 0)


@dataclass(frozen=True)
class JudgementGrid:
    """Judged sentences of an event by actor, outlet and kind of words.

    Parameters
    ----------
    outlets : list of str
        Outlets with an article on the event.
    cells : dict of str to dict
        By actor, those with the most judged sentences first: counts by (outlet, kind of words, one of `VOICES`). A pair without
        a judged sentence is not there.
    n_mixed : int
        Judged sentences in which the outlet's own words and quoted ones cannot be told apart; in no cell.
    """

    outlets: list[str]
    cells: dict[str, dict[tuple[str, str], JudgedCounts]]
    n_mixed: int

    @property
    def longest(self) -> int:
        """The largest number of sentences with one label in a cell, the unit of a common scale; 0 where none is judged."""
        every = [counts for cells in self.cells.values() for counts in cells.values()]
        return max((counts.total(label) for counts in every for label in STANCES), default=0)


def name_label(row: Mapping[str, Any]) -> str:
    """Return the likeliest label of a row of probabilities; of equals neutral, then negative."""
    return max(("neutral", "negative", "positive"), key=lambda label: float(row[f"p_{label}"]))


def make_judgement_grid(tables: "Mapping[str, DataFrame]", event: str) -> JudgementGrid:
    """Return how many sentences of each outlet portray each actor of an event negatively, neutrally and positively.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    event : str
        Id of the event.

    Returns
    -------
    JudgementGrid
        Counts of rows of the table ``portrayal``; of actors with as many sentences the first by id comes first.
    """
    rows = select_rows(tables["portrayal"], event=event).to_dict("records")
    shown = Counter(
        (row["actor"], row["outlet"], row["speaker"], bool(row["certain"]), name_label(row))
        for row in rows
        if row["speaker"] in VOICES
    )
    by_actor: dict[str, dict[tuple[str, str], tuple[dict[str, int], dict[str, int]]]] = {}
    for (actor, outlet, speaker, certain, label), n in shown.items():
        pair = by_actor.setdefault(actor, {}).setdefault((outlet, speaker), ({}, {}))
        pair[0 if certain else 1][label] = n
    counts = {
        actor: {key: JudgedCounts(*pair) for key, pair in cells.items()} for actor, cells in by_actor.items()
    }
    actors = sorted(counts, key=lambda actor: (-sum(cell.n for cell in counts[actor].values()), actor))
    n_mixed = len(rows) - shown.total()
    return JudgementGrid(list_outlets(tables, event), {actor: counts[actor] for actor in actors}, n_mixed)


def list_judged_sentences(tables: "Mapping[str, DataFrame]", event: str) -> dict[str, list[dict[str, Any]]]:
    """Return by actor the judged sentences of an event, with text and likeliest label.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.
    event : str
        Id of the event.

    Returns
    -------
    dict of str to list of dict
        Rows of the table ``portrayal`` with ``text`` and ``label``, in the order of outlets and sentences.
    """
    rows = select_rows(tables["portrayal"], event=event).merge(
        tables["sentences"][[*PLACE, "text"]], on=PLACE
    )
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dict("records"):
        listed.setdefault(row["actor"], []).append(row | {"label": name_label(row)})
    order = {outlet: n for n, outlet in enumerate(list_outlets(tables, event))}
    return {
        actor: sorted(of_actor, key=lambda row: (order[row["outlet"]], row["article"], row["sentence"]))
        for actor, of_actor in listed.items()
    }
