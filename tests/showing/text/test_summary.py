"""The summary says what the tables say, on lines that stay short."""

from crossframe.showing.tables.grids import MIN_GAP
from crossframe.showing.text.summary import format_interval, summarise
from crossframe.studies.compare.comparison import Comparison


def test_the_summary_of_several_events(several: Comparison) -> None:
    """Means over events are named so; the greatest mean stands in the grid as the table has it."""
    shown = summarise(several.tables, notes=["Read this."])
    assert "(mean over events, with 95% intervals over events)" in shown
    assert shown.endswith("Note: Read this.")
    rows = several.tables["estimates"].query(
        "event == '' and quantity == 'portrayal' and voice == 'outlet' and actor == 'ada-moor' and outlet == 'outlet-1'"
    )
    [row] = rows.itertuples()
    assert format_interval(row.estimate, row.low, row.high) in shown


def test_cells_without_a_mean(demo: Comparison) -> None:
    """One or two sentences are shown by their scores, in round brackets, and never as a mean."""
    shown = demo.summary()
    assert "(in round brackets: the scores of one or two sentences, which give no mean)" in shown
    portrayal = demo.tables["portrayal"].query("speaker == 'outlet' and actor == 'georgia'")
    line = next(line for line in shown.splitlines() if line.startswith("georgia "))
    sizes = portrayal.groupby("outlet").size()
    assert {1, 2} <= set(sizes)
    for outlet in sizes.index[sizes < 3]:
        scores = portrayal[portrayal["outlet"] == outlet]["score"]
        assert f"({', '.join(f'{score:+.2f}' for score in scores)})" in line


def test_cells_where_model_and_labels_part(demo: Comparison) -> None:
    """A star marks them, and the heading counts them as the table has them."""
    gaps = demo.tables["estimates"].query("quantity == 'portrayal_minus_labels' and voice == 'outlet'")
    n_parted = int((gaps["estimate"].abs() >= MIN_GAP).sum())
    assert 0 < n_parted < len(gaps)
    block = demo.summary().split("Portrayal in quoted words")[0]
    assert f"{n_parted} of {len(gaps)} cells with labels" in block
    assert block.count("*") == n_parted + 1


def test_intervals_in_words() -> None:
    """An estimate without an interval says so."""
    assert format_interval(0.5, 0.25, 0.75) == "+0.50 [+0.25, +0.75]"
    assert format_interval(-0.5, float("nan"), float("nan")) == "-0.50 [no interval]"


def test_a_hostile_summary(hostile: Comparison) -> None:
    """Texts of articles stay on one line each and are shortened."""
    assert all(len(line) < 400 for line in hostile.summary().splitlines() if not line.startswith("Note"))
