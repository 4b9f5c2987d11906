"""The figure of framing scores: which rows are drawn, and where."""

import pytest

from crossframe.errors import InputError
from crossframe.records import Estimates
from crossframe.showing.plots.framing_plot import plot_framing

ROW = {"quantity": "framing", "event": "e", "outlet": "post", "actor": "mayor", "n_units": 3}


def test_products_of_one_event() -> None:
    """Products are drawn with their intervals where there is one, the actor with the most sentences on top."""
    rows = [
        ROW | {"estimate": -1.5, "low": -2.0, "high": -1.0},
        ROW | {"outlet": "herald", "estimate": -0.1, "low": -0.3, "high": 0.0},
        ROW | {"actor": "union", "estimate": -0.4, "low": -0.5, "high": -0.2, "n_units": 9},
        ROW | {"outlet": "wire", "estimate": float("nan"), "n_units": 2},
        ROW | {"actor": "nobody", "estimate": 0.0, "n_units": 0},
    ]
    ax = plot_framing(Estimates.from_rows(rows))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["union", "mayor"]
    drawn = sorted(line.get_xdata()[0] for line in ax.lines if line.get_label() in ("post", "herald"))
    assert drawn == [-1.5, -0.4, -0.1]
    assert "over sentences" in ax.get_xlabel()


def test_over_events() -> None:
    """Where there are rows over events, these are drawn; of several events alone one must be named."""
    rows = [ROW | {"estimate": -1.0, "low": -1.5, "high": -0.5}, ROW | {"event": "f", "estimate": -2.0}]
    over = ROW | {"event": "", "estimate": -1.5, "low": -2.0, "high": -1.0}
    assert "over events" in plot_framing(Estimates.from_rows([*rows, over])).get_xlabel()
    with pytest.raises(InputError, match="name one of: e, f"):
        plot_framing(Estimates.from_rows(rows))
