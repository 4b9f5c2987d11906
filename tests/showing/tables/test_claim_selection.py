"""Claims by their state: omissions, contrasts, and the claims that are asked for."""

import pandas as pd
import pytest

from claims_of_two_events import COVERAGE, OMISSIONS
from crossframe.errors import UnknownNameError
from crossframe.showing.plots.drawing import as_table
from crossframe.showing.tables.claim_selection import list_claim_states, list_contrasts
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
