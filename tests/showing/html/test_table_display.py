"""Tables for notebooks: bars, colours, intervals, gaps and counts."""

import pandas as pd
import pytest

from crossframe.errors import UnknownNameError
from crossframe.showing.html.markup import mix_colour
from crossframe.showing.html.table_display import show_table


def test_bars_scores_and_intervals() -> None:
    """A share has a bar of its length, a score its colour, and an estimate its interval in one cell."""
    table = pd.DataFrame(
        {"outlet": ["post"], "share": [0.5], "estimate": [-1.0], "low": [-1.0], "high": [0.25]}
    )
    html = show_table(table, caption="Shares", bars=["share"], scores=["estimate"])._repr_html_()
    assert "width:45px" in html
    assert "-1.00 [-1.00, +0.25]" in html
    assert f"background-color:{mix_colour(-1.0)}" in html
    assert ">low<" not in html
    assert "<caption" in html


def test_missing_numbers_and_many_rows() -> None:
    """What is missing is a dash, and rows beyond the most are counted."""
    html = show_table(pd.DataFrame({"n": pd.array([1, None] * 40, dtype="Int64")}))._repr_html_()
    assert "–" in html
    assert "20 more rows" in html


def test_counts_with_gaps() -> None:
    """Floats that are whole are shown as counts, also under names that are numbers."""
    html = show_table(pd.DataFrame({1: [300.0, float("nan")], 2: [0.25, 1.0]}), bars=[2])._repr_html_()
    assert ">300<" in html
    assert "1.00" in html


def test_small_numbers_are_not_zero() -> None:
    """What would round to zero and is none says how small it is."""
    html = show_table(pd.DataFrame({"p_value": [0.0001, 0.0, 0.5]}), digits=3)._repr_html_()
    assert "&lt; 0.001" in html
    assert ">0.000<" in html


def test_unknown_column() -> None:
    """A column that is not there is refused with those that are."""
    with pytest.raises(UnknownNameError, match=r"Invalid column 'shre'\. It must be one of: share"):
        show_table(pd.DataFrame({"share": [0.5]}), bars=["shre"])
