"""The figure of claims: every cell of the coverage table is drawn once, in the state that the tables give it."""

import matplotlib.pyplot as plt
import pytest

from claims_of_two_events import COVERAGE, OMISSIONS
from crossframe.errors import InputError, UnknownNameError
from crossframe.showing.plots.claims_plot import LEGEND, plot_claims
from crossframe.showing.tables.claim_selection import COVERED, LEFT_OUT, NOT_FOUND
from crossframe.studies.compare.comparison import Comparison


def drawn(ax: plt.Axes, state: str) -> set[tuple[str, str]]:
    """Return outlet and claim of every marker of a state."""
    outlets = [label.get_text() for label in ax.get_xticklabels()]
    claims = [label.get_text().split()[0] for label in ax.get_yticklabels()]
    [markers] = [points for points in ax.collections if points.get_label() == LEGEND[state]]
    return {(outlets[round(x)], claims[round(y)]) for x, y in markers.get_offsets()}


def test_claims_covered_left_out_and_not_found() -> None:
    """Only what the estimates call is crossed out, with its certainty; every other gap is a ring; the legend names all."""
    ax = plot_claims(COVERAGE, OMISSIONS, event="e")
    assert drawn(ax, COVERED) == {*(("a", c) for c in ("c01", "c02")), *(("b", f"c0{n}") for n in (1, 2, 3)), ("c", "c01"), ("c", "c03")}  # fmt: skip
    assert drawn(ax, LEFT_OUT) == {("c", "c02")}
    assert drawn(ax, NOT_FOUND) == {("a", "c03")}
    assert [text.get_text() for text in ax.texts] == ["0.71"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        LEGEND[COVERED],
        LEGEND[LEFT_OUT],
        LEGEND[NOT_FOUND],
    ]
    assert drawn(plot_claims(COVERAGE, event="e"), NOT_FOUND) == {("a", "c03"), ("c", "c02")}


def test_states_differ_without_colour() -> None:
    """The three states have three shapes, so that no colour is needed."""
    ax = plot_claims(COVERAGE, OMISSIONS, event="f")
    shapes = {str(points.get_paths()[0].vertices.tolist()) for points in ax.collections}
    assert len(shapes) == len(ax.collections) == 3


def test_every_gap_of_the_demo_has_its_marker(demo: Comparison) -> None:
    """Every cell of the coverage table is drawn once, as the tables have it."""
    ax = demo.plot_claims()
    coverage = demo.tables["coverage"]
    states = [drawn(ax, state) for state in (COVERED, LEFT_OUT, NOT_FOUND)]
    assert sum(map(len, states)) == len(set.union(*states)) == len(coverage)
    assert len(states[0]) == coverage["covered"].sum()
    called = demo.tables["estimates"].query("quantity == 'omission'")
    assert states[1] == set(zip(called["outlet"], called["claim"], strict=True))
    assert len(ax.get_yticklabels()) == coverage["claim"].nunique()


def test_events_must_be_named(several: Comparison) -> None:
    """Of several events one must be named, and exist."""
    with pytest.raises(InputError, match="name one of: event-001"):
        several.plot_claims()
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        several.plot_claims(event="x")


def test_claims_of_chosen_actors_and_outlets(demo: Comparison) -> None:
    """Claims that mention a chosen actor are rows, chosen outlets are columns in their order."""
    ax = demo.plot_claims(actors=["NATO"], outlets=["volga-wire", "harbour"])
    claims = [label.get_text().split()[0] for label in ax.get_yticklabels()]
    assert claims == sorted({claim.claim for claim in demo.claims(actor="nato")})
    assert [label.get_text() for label in ax.get_xticklabels()] == ["volga-wire", "harbour-echo"]
    assert sum(len(drawn(ax, state)) for state in LEGEND) == 2 * len(claims)
    with pytest.raises(InputError, match="give mentions, too, or use Comparison"):
        plot_claims(demo.tables["coverage"], actors=["nato"])
    with pytest.raises(UnknownNameError, match="Unknown outlet 'times'"):
        plot_claims(demo.tables["coverage"], outlets=["times"])
