"""Who quotes whom is drawn as the table has it: shares with intervals, frames where nobody else carries the words."""

import matplotlib.pyplot as plt
import pytest

from crossframe.errors import InputError
from crossframe.records import Estimates
from crossframe.showing.plots.voices_plot import MAX_SPEAKERS, plot_voices


def row(quantity: str, outlet: str, voice: str, estimate: float, **rest: object) -> dict:
    """Return a row of estimates."""
    return {
        "quantity": quantity, "event": "e", "outlet": outlet, "voice": voice, "estimate": estimate,
        "n_units": int(estimate * 100), "n_articles": 1, "n_events": 1, **rest,
    }  # fmt: skip


def drawn(ax: plt.Axes) -> dict[tuple[int, int], list[str]]:
    """Return the texts of every cell by its column and row, from top to bottom."""
    cells: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for text in ax.texts:
        column, place = text.get_position()
        cells.setdefault((round(column), round(place)), []).append((place, text.get_text()))
    return {key: [text for _, text in sorted(found) if text] for key, found in cells.items()}


ROWS = [
    row("own_voice", "post", "author", 0.7, low=0.6, high=0.8),
    row("own_voice", "wire", "author", 1.0),
    row("share_of_voice", "post", "anna", 0.75, low=0.5, high=0.9),
    row("share_of_voice", "post", "unknown", 0.25),
    row("share_of_voice", "wire", "anna", 0.0),
    row("quoted_only_here", "post", "anna", 0.4),
    row("quoted_only_here", "post", "unknown", 1.0),
    row("quoted_only_here", "post", "quoted", 1.0),
]


def test_cells_and_heads() -> None:
    """Shares stand in their cells with their intervals, own voices in the heads; only a share of one is framed."""
    ax = plot_voices(Estimates.from_rows(ROWS))
    assert drawn(ax) == {(0, 0): ["75%", "50 to 90"], (0, 1): ["25%"]}
    heads = [label.get_text() for label in ax.get_xticklabels()]
    assert heads == ["post\nown voice 70%\n60 to 80", "wire\nown voice 100%\n"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["anna", "unknown speaker"]
    assert ax.images[0].get_array().tolist() == [[0.75, 0.0], [0.25, 0.0]]
    [frame] = ax.patches
    assert (round(frame.get_x() + 0.47), round(frame.get_y() + 0.45)) == (0, 1)
    assert "over passages" in ax.get_xlabel()


def test_many_speakers_of_long_names() -> None:
    """The leading speakers have rows of their own, all others one; names are cut and are no mathematics."""
    names = [f"$x_{{$ the deputy under-secretary for rivers and bridges no. {n:02d}" for n in range(15)]
    rows = [row("share_of_voice", "post", name, (20 - n) / 195) for n, name in enumerate(names)]
    ax = plot_voices(Estimates.from_rows(rows))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(labels) == MAX_SPEAKERS + 1
    assert labels[-1] == "3 other speakers"
    assert max(map(len, labels)) <= 34
    assert drawn(ax)[0, MAX_SPEAKERS] == [f"{(8 + 7 + 6) / 195 * 100:.0f}%"]
    ax.figure.canvas.draw()


def test_nobody_is_quoted() -> None:
    """Outlets that quote nobody have their heads and no cell; an empty table has nothing at all."""
    ax = plot_voices(Estimates.from_rows(ROWS[1:2]))
    assert [label.get_text().split("\n")[0] for label in ax.get_xticklabels()] == ["wire"]
    assert not ax.texts
    assert not plot_voices(Estimates()).texts
    ax.figure.canvas.draw()


def test_over_events() -> None:
    """Rows over events are drawn where there are any, without a row for all others; several events must be named."""
    over = [{**one, "event": ""} for one in ROWS]
    rows = [row("share_of_voice", "post", f"speaker {n}", 0.1, event="") for n in range(20)]
    ax = plot_voices(Estimates.from_rows([*ROWS, *over, *rows]))
    assert len(ax.get_yticklabels()) == MAX_SPEAKERS
    assert "mean over the events" in ax.get_xlabel()
    assert plot_voices(Estimates.from_rows([*ROWS, *over]), event="e").get_xlabel().count("passages") == 1
    with pytest.raises(InputError, match="name one of: e, f"):
        plot_voices(Estimates.from_rows([*ROWS, {**ROWS[0], "event": "f"}]))
