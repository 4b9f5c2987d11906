"""Claims by their state: omissions, contrasts, and the claims that are asked for."""

import pandas as pd
import pytest

from claims_of_two_events import COVERAGE, OMISSIONS
from crossframe.errors import UnknownNameError
from crossframe.showing.plots.drawing import as_table
from crossframe.showing.tables.claim_selection import (
    list_actors_of_claims,
    list_claim_sentences,
    list_claim_states,
    list_contrasts,
    list_uncovered_parts,
)
from crossframe.showing.tables.schema import TABLES
from crossframe.studies.compare.comparison import Comparison


def test_omissions_are_listed_surest_first() -> None:
    """Event, claim, its label, the outlet and the certainty; of one event or of all."""
    tables = {"coverage": as_table(COVERAGE), "estimates": as_table(OMISSIONS)}
    listed = Comparison(tables).list_omissions()
    assert listed.to_dict("list") == {
        "event": ["f", "e", "f"], "claim": ["c03", "c02", "c02"], "label": ["What c03 says", "What c02 says", "What c02 says"],
        "outlet": ["a", "c", "c"], "certainty": [0.9, 0.71, 0.62],
    }  # fmt: skip
    assert len(Comparison(tables).list_omissions(event="e")) == 1
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        Comparison(tables).list_omissions(event="x")


def test_states() -> None:
    """A claim is covered where a sentence was aligned, left out where an estimate says so, else not found."""
    states = list_claim_states(as_table(COVERAGE), as_table(OMISSIONS)).query("event == 'e'")
    by_state = states.groupby("state").apply(
        lambda rows: set(zip(rows["outlet"], rows["claim"], strict=True))
    )
    assert by_state["left out"] == {("c", "c02")}
    assert by_state["not found"] == {("a", "c03")}
    assert len(by_state["covered"]) == 7
    assert states.loc[states["state"] == "left out", "certainty"].tolist() == [0.71]
    assert states.loc[states["state"] != "left out", "certainty"].isna().all()


def test_what_is_told_of_a_claim_is_its_clause() -> None:
    """Text and actors of a claim are those from start to end; a sentence may tell another claim with its rest."""
    place = {"event": "e", "outlet": "x", "article": "a", "sentence": 1}
    text = "Ada Bell came and Bo Cole went."
    tables = {
        "sentences": pd.DataFrame([place | {"start": 10, "end": 10 + len(text), "text": text}]),
        "claims": pd.DataFrame(
            [
                place | {"claim": "c01", "representative": 1, "start": 10, "end": 23},
                place | {"claim": "c02", "representative": 1, "start": 28, "end": 41},
            ]
        ),
        "mentions": pd.DataFrame(
            [place | {"actor": "bell", "start": 10}, place | {"actor": "cole", "start": 28}]
        ),
    }
    told = list_claim_sentences(tables, tables["claims"])
    assert dict(zip(told["claim"], told["text"], strict=True)) == {
        "c01": "Ada Bell came",
        "c02": "Bo Cole went.",
    }
    assert told[["start", "end"]].to_numpy().tolist() == [[10, 23], [28, 41]]
    actors = list_actors_of_claims(tables)
    assert actors[["claim", "actor"]].to_numpy().tolist() == [["c01", "bell"], ["c02", "cole"]]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([], ["Ada Bell came, and Bo Cole went home."]),
        (["Ada Bell came, and Bo Cole went home."], []),
        (["Ada Bell came", "Bo Cole went home."], []),
        (["Ada Bell came"], ["and Bo Cole went home."]),
        (["Bo Cole went home."], ["Ada Bell came, and"]),
        (["Bo Cole"], ["Ada Bell came, and", "went home."]),
        (["Ada Bell came, and Bo Cole", "Bo Cole went home."], []),
    ],
)
def test_what_no_claim_tells(told: list[str], left: list[str]) -> None:
    """A sentence in no claim is listed whole, one that tells a claim with a clause by the rest of it, if that says something."""
    place = {"event": "e", "outlet": "x", "article": "a", "sentence": 1}
    text = "Ada Bell came, and Bo Cole went home."
    spans = [{"start": 10 + text.index(part), "end": 10 + text.index(part) + len(part)} for part in told]
    tables = {
        "sentences": pd.DataFrame([place | {"start": 10, "end": 10 + len(text), "text": text}]),
        "claims": pd.DataFrame([place | span for span in spans], columns=[*place, "start", "end"]),
    }
    parts = list_uncovered_parts(tables)
    assert parts["text"].tolist() == left
    assert [
        text[start - 10 : end - 10] for start, end in zip(parts["start"], parts["end"], strict=True)
    ] == left


def test_contrasts(demo: Comparison) -> None:
    """Contrasts are the largest of each claim, in falling order."""
    rows = list_contrasts(demo.tables["estimates"], 5)
    assert rows["claim"].is_unique
    assert rows["estimate"].is_monotonic_decreasing
    largest = (
        demo.tables["estimates"].query("quantity == 'claim_contrast'").groupby("claim")["estimate"].max()
    )
    pd.testing.assert_series_equal(
        rows["estimate"], largest.nlargest(5), check_index=False, check_names=False
    )


def make_differences() -> dict[str, pd.DataFrame]:
    """Return tables with three differences between three outlets; the second outlet's sentence mentions an actor."""
    rows = [
        ("e", "c01", "a", "a-e", 1, 0, 2, "b", "b-e", 1, 4, 6, "number", "12", "40", 0.9),
        ("e", "c01", "a", "a-e", 1, 5, 9, "b", "b-e", 1, 9, 12, "wording", "mob", "men", 0.6),
        ("f", "", "b", "b-f", 2, 0, 4, "c", "c-f", 1, 0, 8, "polarity", "rose", "fell", 0.95),
    ]
    places = [("e", "a", "a-e", 1), ("e", "b", "b-e", 1), ("f", "b", "b-f", 2), ("f", "c", "c-f", 1)]
    return {
        "differences": pd.DataFrame(rows, columns=list(TABLES["differences"])),
        "articles": pd.DataFrame(
            [
                {"event": e, "outlet": o, "article": a, "published": f"2026-05-0{n}", "version_of": ""}
                for n, (e, o, a, _) in enumerate(places, start=1)
            ]
        ),
        "outlets": pd.DataFrame([{"outlet": one, "name": one.upper()} for one in "abc"]),
        "actors": pd.DataFrame([{"event": "e", "actor": "doe", "name": "Jane Doe"}]),
        "mentions": pd.DataFrame(
            [{"event": "e", "outlet": "b", "article": "b-e", "sentence": 1, "actor": "doe"}]
        ),
        "sentences": pd.DataFrame(
            [
                {
                    "event": e,
                    "outlet": o,
                    "article": a,
                    "sentence": n,
                    "start": 0,
                    "end": 16,
                    "text": f"Sentence of {a}.",
                }
                for e, o, a, n in places
            ]
        ),
    }


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ({}, ["polarity", "number", "wording"]),
        ({"kind": "wording"}, ["wording"]),
        ({"kind": "conflict"}, ["polarity", "number"]),
        ({"outlet": "b"}, ["polarity", "number", "wording"]),
        ({"outlet": "C"}, ["polarity"]),
        ({"actor": "Jane Doe"}, ["number", "wording"]),
        ({"event": "f", "outlet": "a"}, []),
    ],
)
def test_differences_are_chosen(chosen: dict[str, str], kinds: list[str]) -> None:
    """Of one kind or of all that make a conflict, of an event, an outlet on either side, an actor in either sentence."""
    assert [row.kind for row in Comparison(make_differences()).differences(**chosen)] == kinds


def test_unknown_differences() -> None:
    """A kind and an outlet that are none are refused."""
    comparison = Comparison(make_differences())
    with pytest.raises(UnknownNameError, match="'tone'"):
        comparison.differences(kind="tone")
    with pytest.raises(UnknownNameError, match="Unknown outlet 'x'"):
        comparison.differences(outlet="x")
