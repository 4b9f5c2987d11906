"""Figures draw what the tables hold: every row its marker and interval, nothing computed, no text run as mathematics."""

import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.records import Coverage, Estimates
from crossframe.showing.plots.drawing import as_table
from crossframe.showing.plots.figures import (
    LEFT_OUT,
    MOST_ACTORS,
    MOST_TERMS,
    NOT_FOUND,
    TOLD,
    plot_claims,
    plot_stance,
    plot_wording,
    save_figures,
)
from crossframe.showing.tables.choosing import contrasting_claims, leading, rows_of_event
from crossframe.studies.compare.comparison import Comparison, read_comparison

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def closed() -> object:
    """Close what a test has drawn."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def demo() -> Comparison:
    """Return the committed comparison of the demo."""
    return read_comparison(ROOT / "results" / "georgia-2008")


def markers(ax: plt.Axes, *, hollow: bool = False) -> list[float]:
    """Return where the filled (or the hollow) markers stand on the x axis."""
    drawn = [line for line in ax.lines if line.get_marker() not in ("None", "", None)]
    return [float(line.get_xdata()[0]) for line in drawn if (line.get_markerfacecolor() == "white") == hollow]


@pytest.mark.parametrize("voice", ["author", "quoted"])
def test_every_estimate_has_its_marker(demo: Comparison, voice: str) -> None:
    """The actors with most mentions are drawn, each outlet's estimate where the table has it, with its interval."""
    ax = plot_stance(demo.tables["estimates"], voice=voice)
    rows = demo.tables["estimates"].query("quantity == 'stance' and voice == @voice")
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == leading(rows, "actor", MOST_ACTORS)
    rows = rows[rows["actor"].isin(shown)]
    assert sorted(markers(ax)) == sorted(rows["estimate"])
    corrected = demo.tables["estimates"].query("quantity == 'stance_corrected' and voice == @voice")
    corrected = corrected[corrected["actor"].isin(shown)].dropna(subset="low")
    bars = [line for line in ax.lines if line.get_alpha() is not None]
    for style, told in (("-", rows), (":", corrected)):
        drawn = [tuple(map(float, line.get_xdata())) for line in bars if line.get_linestyle() == style]
        assert sorted(drawn) == sorted(zip(told["low"], told["high"], strict=True))
    assert ax.get_xlim() == (-1.05, 1.05)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(set(rows["outlet"]))


def drawn(ax: plt.Axes, state: str) -> set[tuple[str, str]]:
    """Return outlet and claim of every marker of a state."""
    outlets = [label.get_text() for label in ax.get_xticklabels()]
    claims = [label.get_text().split()[0] for label in ax.get_yticklabels()]
    [markers] = [one for one in ax.collections if one.get_label() == state]
    return {(outlets[round(x)], claims[round(y)]) for x, y in markers.get_offsets()}


COVERAGE = Coverage.from_rows(
    {
        "event": event,
        "claim": claim,
        "label": f"What {claim} says",
        "outlet": outlet,
        "covered": int(outlet in told),
    }
    for event in ("e", "f")
    for claim, told in (("c01", "abc"), ("c02", "ab"), ("c03", "bc"))
    for outlet in "abc"
)
OMISSIONS = Estimates.from_rows(
    {"quantity": "omission", "event": event, "outlet": outlet, "claim": claim, "estimate": certainty}
    for event, outlet, claim, certainty in (
        ("e", "c", "c02", 0.71),
        ("f", "c", "c02", 0.62),
        ("f", "a", "c03", 0.9),
    )
)


def test_claims_told_left_out_and_not_found() -> None:
    """Only what the estimates call is crossed out, with its certainty; every other gap is a ring; the legend names all."""
    ax = plot_claims(COVERAGE, OMISSIONS, event="e")
    assert drawn(ax, TOLD) == {*(("a", c) for c in ("c01", "c02")), *(("b", f"c0{n}") for n in (1, 2, 3)), ("c", "c01"), ("c", "c03")}  # fmt: skip
    assert drawn(ax, LEFT_OUT) == {("c", "c02")}
    assert drawn(ax, NOT_FOUND) == {("a", "c03")}
    assert [text.get_text() for text in ax.texts] == ["0.71"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [TOLD, LEFT_OUT, NOT_FOUND]
    assert drawn(plot_claims(COVERAGE, event="e"), NOT_FOUND) == {("a", "c03"), ("c", "c02")}


def test_states_are_told_apart_in_grey() -> None:
    """The three states have three shapes, so that no colour is needed."""
    ax = plot_claims(COVERAGE, OMISSIONS, event="f")
    shapes = {str(one.get_paths()[0].vertices.tolist()) for one in ax.collections}
    assert len(shapes) == len(ax.collections) == 3


def test_every_gap_of_the_demo_has_its_marker(demo: Comparison) -> None:
    """Every cell of the coverage table is drawn once, as the tables have it."""
    ax = demo.plot_claims()
    coverage = demo.tables["coverage"]
    states = [drawn(ax, state) for state in (TOLD, LEFT_OUT, NOT_FOUND)]
    assert sum(map(len, states)) == len(set.union(*states)) == len(coverage)
    assert len(states[0]) == coverage["covered"].sum()
    called = demo.tables["estimates"].query("quantity == 'omission'")
    assert states[1] == set(zip(called["outlet"], called["claim"], strict=True))
    assert len(ax.get_yticklabels()) == coverage["claim"].nunique()


def test_omissions_are_listed_surest_first() -> None:
    """Event, claim, its label, the outlet and the certainty; of one event or of all."""
    tables = {"coverage": as_table(COVERAGE), "estimates": as_table(OMISSIONS)}
    listed = Comparison(tables).list_omissions()
    assert listed.to_dict("list") == {
        "event": ["f", "e", "f"], "claim": ["c03", "c02", "c02"], "label": ["What c03 says", "What c02 says", "What c02 says"],
        "outlet": ["a", "c", "c"], "certainty": [0.9, 0.71, 0.62],
    }  # fmt: skip
    assert len(Comparison(tables).list_omissions(event="e")) == 1
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        Comparison(tables).list_omissions(event="x")


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
    corrected = several.tables["estimates"].query(
        "event == '' and quantity == 'stance_corrected' and voice == 'author' and estimate == estimate"
    )
    drawn = several.plot_stance()
    assert sorted(markers(drawn, hollow=True)) == sorted(corrected["estimate"])
    assert "hollow: corrected by labels" in drawn.get_xlabel()
    assert several.plot_stance(event="event-003").get_title()
    with pytest.raises(InputError, match="name one of: event-001"):
        several.plot_claims()
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        several.plot_claims(event="x")


def test_files(demo: Comparison, several: Comparison, tmp_path: Path) -> None:
    """One event has five figures, several have the three over events; the same tables give the same bytes."""
    once = save_figures(tmp_path / "a", demo.tables)
    again = save_figures(tmp_path / "b", demo.tables)
    assert [path.name for path in once] == [
        "stance.png",
        "framing.png",
        "claims.png",
        "voices.png",
        "wording.png",
    ]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    assert [path.name for path in save_figures(tmp_path / "c", several.tables)] == [
        "stance.png",
        "framing.png",
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
