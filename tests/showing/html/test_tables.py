"""Tables for notebooks: bars, colours, intervals, and nothing that runs."""

import pandas as pd
import pytest

from crossframe.errors import UnknownNameError
from crossframe.showing.html.tables import Mark, colour_of, html_marked, show_table
from crossframe.studies.compare.comparison import Comparison


def test_bars_scores_and_intervals() -> None:
    """A share has a bar of its length, a score its colour, and an estimate its interval in one cell."""
    table = pd.DataFrame(
        {"outlet": ["post"], "share": [0.5], "estimate": [-1.0], "low": [-1.0], "high": [0.25]}
    )
    html = show_table(table, caption="Shares", bars=["share"], scores=["estimate"])._repr_html_()
    assert "width:45px" in html
    assert "-1.00 [-1.00, +0.25]" in html
    assert f"background-color:{colour_of(-1.0)}" in html
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


@pytest.mark.parametrize(
    ("score", "colour"), [(0.0, "#ffffff"), (1.0, "#4095c5"), (-1.0, "#e08640"), (7.0, "#4095c5")]
)
def test_colours(score: float, colour: str) -> None:
    """Zero is white; for is blue, against vermilion, three quarters of the full colour at most."""
    assert colour_of(score) == colour


def test_marks() -> None:
    """A mark bounds its words, of overlapping ones the first holds, and all text is escaped."""
    html = html_marked("<b> Bell lied", [Mark(4, 8, -0.5, '"x"'), Mark(6, 13, 0.5)])
    assert html.startswith("&lt;b&gt; <span")
    assert ">Bell</span> lied" in html
    assert "&#34;x&#34;" in html
    assert html.count("<span") == 1


def test_nothing_hostile_gets_through(hostile: Comparison) -> None:
    """Whatever articles, names and titles hold, a notebook gets tables of escaped text."""
    article = hostile.tables["articles"]["article"].iloc[0]
    assert article
    shown = (
        hostile,
        hostile.claims(),
        hostile.evidence(actor="bell"),
        hostile.evidence(outlet="one"),
        hostile.actors,
        hostile.outlets,
        show_table(hostile.tables["articles"]),
    )
    for one in shown:
        html = one._repr_html_()
        assert "&lt;script&gt;" in html or "script" not in html
        for bad in ("<script", "<img", "<svg", "</style", "onload=alert(1)>"):
            assert bad not in html
