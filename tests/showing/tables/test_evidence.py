"""From numbers over events to their sentences."""

from crossframe.studies.compare.comparison import Comparison


def test_differences_over_events_are_paired(several: Comparison) -> None:
    """The evidence of a difference over events is from the events in which both outlets mention the actor."""
    rows = several.tables["estimates"].query("quantity == 'stance_difference' and event == ''")
    assert len(rows) > 3
    for row in rows.itertuples():
        rows_behind = several.evidence(row).table
        assert len(rows_behind) == row.n_units
        assert rows_behind["event"].nunique() == row.n_events


def test_means_over_events_have_all_mentions(several: Comparison) -> None:
    """A mean over events shows every mention, and an event narrows it."""
    rows = several.tables["estimates"].query("quantity == 'stance' and event == ''")
    for row in rows.itertuples():
        assert len(several.evidence(row)) == row.n_units
        assert set(several.evidence(row, event="event-001").table["event"]) <= {"event-001"}
