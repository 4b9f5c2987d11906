"""The figure of stance draws what the table holds: every estimate its marker and interval, nothing computed."""

import matplotlib.pyplot as plt
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.records import Estimates
from crossframe.showing.plots.drawing import COLOURS, MAX_ACTORS_DRAWN
from crossframe.showing.plots.stance_plot import plot_stance
from crossframe.showing.tables.selection import list_leading
from crossframe.studies.compare.comparison import Comparison


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
    assert shown == list_leading(rows, "actor", MAX_ACTORS_DRAWN)
    rows = rows[rows["actor"].isin(shown)]
    assert sorted(markers(ax)) == sorted(rows["estimate"])
    corrected = demo.tables["estimates"].query("quantity == 'stance_corrected' and voice == @voice")
    corrected = corrected[corrected["actor"].isin(shown)].dropna(subset="low")
    bars = [line for line in ax.lines if line.get_alpha() is not None]
    for style, drawn_rows in (("-", rows), (":", corrected)):
        drawn = [tuple(map(float, line.get_xdata())) for line in bars if line.get_linestyle() == style]
        assert sorted(drawn) == sorted(zip(drawn_rows["low"], drawn_rows["high"], strict=True))
    assert ax.get_xlim() == (-1.05, 1.05)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(set(rows["outlet"]))


def test_over_events_is_the_default(several: Comparison) -> None:
    """With several events the rows over events are drawn; one event must be named, and be there."""
    over = several.tables["estimates"].query("event == '' and quantity == 'stance' and voice == 'author'")
    over = over[over["actor"].isin(list_leading(over, "actor", MAX_ACTORS_DRAWN))]
    assert sorted(markers(several.plot_stance())) == sorted(over["estimate"])
    corrected = several.tables["estimates"].query(
        "event == '' and quantity == 'stance_corrected' and voice == 'author' and estimate == estimate"
    )
    drawn = several.plot_stance()
    assert sorted(markers(drawn, hollow=True)) == sorted(corrected["estimate"])
    assert "hollow: corrected by labels" in drawn.get_xlabel()
    assert several.plot_stance(event="event-003").get_title()
    events = several.tables["estimates"].query("event != ''")
    with pytest.raises(InputError, match="name one of: event-001"):
        plot_stance(events)
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        several.plot_stance(event="x")


def test_chosen_actors_and_outlets(demo: Comparison) -> None:
    """Ids, prefixes and names choose what is drawn, in the order given; an outlet keeps its colour and its estimates."""
    ax = demo.plot_stance(actors=["David Miliband", "russia"], outlets=["volga", "Harbour Echo"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["david-miliband", "russia"]
    chosen = demo.tables["estimates"].query(
        "quantity == 'stance' and voice == 'author' and actor in ('david-miliband', 'russia') "
        "and outlet in ('volga-wire', 'harbour-echo')"
    )
    assert sorted(markers(ax)) == sorted(chosen["estimate"])
    colours = {line.get_label(): line.get_color() for line in ax.lines}
    assert (colours["harbour-echo"], colours["volga-wire"]) == (COLOURS[0], COLOURS[4])


def test_unknown_choices(demo: Comparison) -> None:
    """An unknown actor or outlet is refused in one line with the nearest known; an empty choice, too."""
    estimates = demo.tables["estimates"]
    with pytest.raises(UnknownNameError, match=r"Unknown actor 'rusia'.*Did you mean 'russia'"):
        plot_stance(estimates, actors=["rusia"])
    with pytest.raises(UnknownNameError, match=r"Unknown outlet 'wolga-wire'.*Did you mean 'volga-wire'"):
        demo.plot_stance(outlets=["wolga-wire"])
    with pytest.raises(InputError, match=r"Invalid actors \[\]\. Name one or several of: abkhazia"):
        plot_stance(estimates, actors=[])


def test_nothing_to_draw() -> None:
    """An empty table makes an empty figure."""
    assert plot_stance(Estimates()).get_yticklabels() == []
