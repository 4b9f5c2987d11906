"""The figures of a study: which are drawn, under which names, the same tables giving the same bytes."""

import warnings
from pathlib import Path

import matplotlib.pyplot as plt

from crossframe.showing.plots.study_figures import draw_figures, save_figures
from crossframe.studies.compare.comparison import Comparison


def test_files(demo: Comparison, several: Comparison, two_outlets: Comparison, tmp_path: Path) -> None:
    """One event has five figures, without claims where two outlets cover it; several have three; the same tables, the same bytes."""
    figures = draw_figures(demo.tables)
    assert list(figures) == ["portrayal", "framing", "claims", "voices", "wording"]
    assert draw_figures(demo.tables) == figures
    assert list(draw_figures(several.tables)) == ["portrayal", "framing", "voices"]
    assert {"portrayal"} <= set(draw_figures(two_outlets.tables)) <= set(figures) - {"claims"}
    paths = save_figures(tmp_path / "new", figures)
    assert [path.name for path in paths] == [f"{name}.png" for name in figures]
    assert [path.read_bytes() for path in paths] == list(figures.values())
    assert not plt.get_fignums()


def test_hostile_names(hostile: Comparison) -> None:
    """Names that are no mathematics are not set as such, and missing glyphs raise nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert draw_figures(hostile.tables)


def test_nothing_to_draw(demo: Comparison) -> None:
    """Empty tables make no figure."""
    empty = {name: table.iloc[:0] for name, table in demo.tables.items()}
    assert draw_figures(empty | {"articles": demo.tables["articles"]}) == {}
