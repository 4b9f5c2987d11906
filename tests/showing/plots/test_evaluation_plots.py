"""Figures of reproductions: marks where the numbers are, names as they stand."""

import numpy as np
import pandas as pd

from crossframe.showing.plots.evaluation_plots import plot_reproduced, plot_shares, plot_terms


def test_reproduced() -> None:
    """Every quantity has a row, on top the first; marks stand at the paper's figure and at ours, a missing one nowhere."""
    table = pd.DataFrame(
        {"quantity": ["a $x_{$", "b"], "paper": [1.0, np.nan], "ours": [1.5, 3.0], "tolerance": [1.0, np.nan]}
    )
    axes = plot_reproduced(table, unit="points")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a $x_{$", "b"]
    marks = {
        line.get_marker(): line.get_xdata()[0] for line in axes.lines if line.get_label() in ("paper", "ours")
    }
    assert marks == {"D": 1.0, "o": 1.5}
    assert axes.get_xlabel() == "points"
    assert axes.yaxis_inverted()
    axes.figure.canvas.draw()


def test_shares() -> None:
    """A line a kind and side, over four quarters."""
    table = pd.DataFrame(
        {"kind": ["k"] * 4, "quarter": [1, 2, 3, 4], "paper": [4, 3, 2, 1], "ours": [4, 4, 2, 1]}
    )
    lines = {line.get_label(): list(line.get_ydata()) for line in plot_shares(table).lines}
    assert lines == {"k, ours": [4, 4, 2, 1], "k, paper": [4, 3, 2, 1]}


def test_terms() -> None:
    """Terms of the two sides have different colours, each with its interval."""
    table = pd.DataFrame(
        {"term": ["a", "b"], "log_odds": [-1.0, 2.0], "low": [-2.0, 1.0], "high": [0.0, 3.0]}
    )
    axes = plot_terms(table, sides=("left", "right"))
    points = [line for line in axes.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in points] == [-1.0, 2.0]
    assert points[0].get_color() != points[1].get_color()
    assert [
        list(line.get_xdata())
        for line in axes.lines
        if line.get_linewidth() == 1 and len(line.get_xdata()) == 2
    ][:2] == [[-2.0, 0.0], [1.0, 3.0]]
