"""From numbers over events to their sentences."""

import pytest

from crossframe.studies.compare.comparison import Comparison


@pytest.mark.parametrize("quantity", ["portrayal_difference", "stance_difference"])
def test_differences_over_events_are_paired(several: Comparison, quantity: str) -> None:
    """The evidence of a difference over events is from the events in which both outlets mention the actor."""
    rows = several.tables["estimates"].query("quantity == @quantity and event == '' and voice != ''")
    assert len(rows) > 3
    for row in rows.itertuples():
        rows_behind = several.evidence(row).table
        assert len(rows_behind) == row.n_units
        assert rows_behind["event"].nunique() == row.n_events


@pytest.mark.parametrize("quantity", ["portrayal", "stance"])
def test_means_over_events_have_all_judgements(several: Comparison, quantity: str) -> None:
    """A mean over events shows every judgement, and an event narrows it; whoever speaks, sentences are counted."""
    rows = several.tables["estimates"].query("quantity == @quantity and event == ''")
    for row in rows.itertuples():
        found = several.evidence(row).table
        n = len(found) if row.voice else len(found[["article", "sentence"]].drop_duplicates())
        assert n == row.n_units
        assert set(several.evidence(row, event="event-001").table["event"]) <= {"event-001"}
