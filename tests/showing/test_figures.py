"""Figures draw what the tables hold: every row its marker and interval, nothing computed, no text run as mathematics."""

import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.records import Estimates
from crossframe.showing.choosing import contrasting_claims, leading, rows_of_event
from crossframe.showing.figures import (
    MOST_ACTORS,
    MOST_TERMS,
    plot_claims,
    plot_stance,
    plot_wording,
    save_figures,
)
from crossframe.studies.comparing import Comparison, read_comparison

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def closed() -> object:
    """Close what a test has drawn."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def demo() -> Comparison:
    """Return the committed comparison of the demo."""
    return read_comparison(ROOT / "results" / "georgia-2008")


def markers(ax: plt.Axes) -> list[float]:
    """Return where the markers stand on the x axis."""
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() not in ("None", "", None)]


@pytest.mark.parametrize("voice", ["author", "quoted"])
def test_every_estimate_has_its_marker(demo: Comparison, voice: str) -> None:
    """The actors with most mentions are drawn, each outlet's estimate where the table has it, with its interval."""
    ax = plot_stance(demo.tables["estimates"], voice=voice)
    rows = demo.tables["estimates"].query("quantity == 'stance' and voice == @voice")
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == leading(rows, "actor", MOST_ACTORS)
    rows = rows[rows["actor"].isin(shown)]
    assert sorted(markers(ax)) == sorted(rows["estimate"])
    bars = [line for line in ax.lines if line.get_alpha() is not None]
    drawn = sorted(tuple(map(float, line.get_xdata())) for line in bars)
    assert drawn == sorted(zip(rows["low"], rows["high"], strict=True))
    assert ax.get_xlim() == (-1.05, 1.05)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(set(rows["outlet"]))


def test_claims_told_and_omitted(demo: Comparison) -> None:
    """Every cell of the coverage table has a square or a ring, the surer an omission the darker."""
    ax = plot_claims(demo.tables["coverage"])
    coverage = demo.tables["coverage"]
    assert len(ax.collections) == len(coverage)
    assert len(ax.get_yticklabels()) == coverage["claim"].nunique()
    rings = [one for one in ax.collections if len(one.get_facecolor()) == 0]
    assert len(rings) == (coverage["covered"] == 0).sum()
    assert all(0.2 <= ring.get_alpha() <= 1 for ring in rings)


def test_wording(demo: Comparison) -> None:
    """The words drawn are those that an outlet uses most above the others."""
    ax = plot_wording(demo.tables["wording"])
    terms = [label.get_text() for label in ax.get_yticklabels()]
    per_outlet = demo.tables["wording"].query("log_odds > 0").groupby("outlet").size().clip(upper=MOST_TERMS)
    assert len(terms) == per_outlet.sum()


def test_over_events_is_the_default(several: Comparison) -> None:
    """With several events the rows over events are drawn; one event must be named, and be there."""
    over = several.tables["estimates"].query("event == '' and quantity == 'stance' and voice == 'author'")
    over = over[over["actor"].isin(leading(over, "actor", MOST_ACTORS))]
    assert sorted(markers(several.plot_stance())) == sorted(over["estimate"])
    assert several.plot_stance(event="event-003").get_title()
    with pytest.raises(InputError, match="name one of: event-001"):
        several.plot_claims()
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        several.plot_claims(event="x")


def test_files(demo: Comparison, several: Comparison, tmp_path: Path) -> None:
    """One event has four figures, several have the two over events; the same tables give the same bytes."""
    once = save_figures(tmp_path / "a", demo.tables)
    again = save_figures(tmp_path / "b", demo.tables)
    assert [path.name for path in once] == ["stance.png", "claims.png", "voices.png", "wording.png"]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    assert [path.name for path in save_figures(tmp_path / "c", several.tables)] == [
        "stance.png",
        "voices.png",
    ]
    assert not plt.get_fignums()


def test_hostile_names(hostile: Comparison, tmp_path: Path) -> None:
    """Names that are no mathematics are not set as such, and missing glyphs raise nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert save_figures(tmp_path, hostile.tables)


def test_nothing_to_draw(tmp_path: Path) -> None:
    """An empty table makes an empty figure, and no file."""
    assert plot_stance(Estimates()).get_yticklabels() == []


def test_choices(demo: Comparison) -> None:
    """Contrasts are the greatest of each claim, greatest first; rows of one event need not be named."""
    rows = contrasting_claims(demo.tables["estimates"], 5)
    assert rows["claim"].is_unique
    assert rows["estimate"].is_monotonic_decreasing
    assert len(rows_of_event(demo.tables["coverage"], None)) == len(demo.tables["coverage"])
