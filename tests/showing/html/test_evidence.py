"""From numbers over events to their sentences."""

from crossframe.studies.compare.comparison import Comparison


def test_differences_over_events_are_paired(several: Comparison) -> None:
    """What stands behind a difference over events is of the events in which both outlets mention the actor."""
    rows = several.tables["estimates"].query("quantity == 'stance_difference' and event == ''")
    assert len(rows) > 3
    for row in rows.itertuples():
        found = several.evidence(row).rows
        assert len(found) == row.n_units
        assert found["event"].nunique() == row.n_events


def test_means_over_events_have_all_mentions(several: Comparison) -> None:
    """A mean over events shows every mention, and an event narrows it."""
    rows = several.tables["estimates"].query("quantity == 'stance' and event == ''")
    for row in rows.itertuples():
        assert len(several.evidence(row)) == row.n_units
        assert set(several.evidence(row, event="event-001").rows["event"]) <= {"event-001"}
