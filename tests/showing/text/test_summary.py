"""The summary says what the tables say, on lines that stay short."""

from crossframe.showing.text.summary import format_interval, summarise
from crossframe.studies.compare.comparison import Comparison


def test_the_summary_of_several_events(several: Comparison) -> None:
    """Means over events are named so; the greatest mean stands in the grid as the table has it."""
    shown = summarise(several.tables, notes=["Read this."])
    assert "(mean over events, with 95% intervals over events)" in shown
    assert shown.endswith("Note: Read this.")
    rows = several.tables["estimates"].query(
        "event == '' and quantity == 'stance' and voice == 'author' and actor == 'ada-moor' and outlet == 'outlet-1'"
    )
    [row] = rows.itertuples()
    assert format_interval(row.estimate, row.low, row.high) in shown


def test_intervals_in_words() -> None:
    """An estimate without an interval says so."""
    assert format_interval(0.5, 0.25, 0.75) == "+0.50 [+0.25, +0.75]"
    assert format_interval(-0.5, float("nan"), float("nan")) == "-0.50 [no interval]"


def test_a_hostile_summary(hostile: Comparison) -> None:
    """Texts of articles stay on one line each and are shortened."""
    assert all(len(line) < 400 for line in hostile.summary().splitlines() if not line.startswith("Note"))
