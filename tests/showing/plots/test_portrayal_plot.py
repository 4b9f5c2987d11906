"""The figures of portrayal and stance draw what the table holds: every estimate its marker and interval, nothing computed."""

import matplotlib.pyplot as plt
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.records import Estimates
from crossframe.showing.plots.drawing import COLOURS, MAX_ACTORS_DRAWN
from crossframe.showing.plots.portrayal_plot import plot_portrayal, plot_stance
from crossframe.showing.tables.grids import MIN_GAP
from crossframe.showing.tables.selection import list_leading
from crossframe.studies.compare.comparison import Comparison


def markers(ax: plt.Axes, *, hollow: bool = False) -> list[float]:
    """Return where the filled (or the hollow) markers stand on the x axis."""
    drawn = [line for line in ax.lines if line.get_marker() not in ("None", "", None)]
    return [float(line.get_xdata()[0]) for line in drawn if (line.get_markerfacecolor() == "white") == hollow]


@pytest.mark.parametrize(
    ("quantity", "voice"),
    [("portrayal", "outlet"), ("portrayal", "quoted"), ("stance", "author"), ("stance", "quoted")],
)
def test_every_estimate_has_its_marker(demo: Comparison, quantity: str, voice: str) -> None:
    """The actors with most judgements are drawn, each outlet's estimate where there is a mean, with its interval."""
    ax = {"portrayal": plot_portrayal, "stance": plot_stance}[quantity](demo.tables["estimates"], voice=voice)
    rows = demo.tables["estimates"].query(
        "quantity == @quantity and voice == @voice and estimate == estimate"
    )
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == list_leading(rows, "actor", MAX_ACTORS_DRAWN)
    rows = rows[rows["actor"].isin(shown)]
    assert sorted(markers(ax)) == sorted(rows["estimate"])
    corrected = demo.tables["estimates"].query(f"quantity == '{quantity}_corrected' and voice == @voice")
    corrected = corrected[corrected["actor"].isin(shown)].dropna(subset="low")
    bars = [line for line in ax.lines if line.get_alpha() is not None]
    for style, drawn_rows in (("-", rows), (":", corrected)):
        drawn = [tuple(map(float, line.get_xdata())) for line in bars if line.get_linestyle() == style]
        assert sorted(drawn) == sorted(zip(drawn_rows["low"], drawn_rows["high"], strict=True))
    assert ax.get_xlim() == (-1.05, 1.05)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(set(rows["outlet"]))


def test_over_events_is_the_default(several: Comparison) -> None:
    """With several events the rows over events are drawn; one event must be named, and be there."""
    over = several.tables["estimates"].query("event == '' and quantity == 'portrayal' and voice == 'outlet'")
    over = over.dropna(subset="estimate")
    over = over[over["actor"].isin(list_leading(over, "actor", MAX_ACTORS_DRAWN))]
    assert sorted(markers(several.plot_portrayal())) == sorted(over["estimate"])
    corrected = several.tables["estimates"].query(
        "event == '' and quantity == 'portrayal_corrected' and voice == 'outlet' and estimate == estimate"
    )
    drawn = several.plot_portrayal()
    assert sorted(markers(drawn, hollow=True)) == sorted(corrected["estimate"])
    assert "hollow: corrected by labels" in drawn.get_xlabel()
    assert several.plot_portrayal(event="event-003").get_title()
    events = several.tables["estimates"].query("event != ''")
    with pytest.raises(InputError, match="name one of: event-001"):
        plot_portrayal(events)
    with pytest.raises(UnknownNameError, match="Unknown event 'x'"):
        several.plot_portrayal(event="x")


@pytest.mark.parametrize("voice", ["outlet", "quoted"])
def test_where_model_and_labels_part(demo: Comparison, voice: str) -> None:
    """Beside every estimate from which the labels lie 0.30 or more away stands ≠, and beside no other."""
    ax = demo.plot_portrayal(voice=voice)
    shown = [label.get_text() for label in ax.get_yticklabels()]
    rows = demo.tables["estimates"].query("voice == @voice")
    rows = rows[rows["actor"].isin(shown)]
    gaps = rows[(rows["quantity"] == "portrayal_minus_labels") & (rows["estimate"].abs() >= MIN_GAP)]
    cells = set(zip(gaps["actor"], gaps["outlet"], strict=True))
    means = rows[rows["quantity"] == "portrayal"].dropna(subset="estimate")
    wanted = [row.estimate for row in means.itertuples() if (row.actor, row.outlet) in cells]
    marks = [text for text in ax.texts if text.get_text() == "≠"]
    assert sorted(mark.xy[0] for mark in marks) == sorted(wanted)
    assert 0 < len(wanted) < len(means)
    assert "≠: model and labels 0.30 or more apart" in ax.get_xlabel()
    alone = demo.plot_portrayal(voice=voice, actors=["united-states"])
    assert not [text for text in alone.texts if text.get_text() == "≠"]
    assert "≠" not in alone.get_xlabel()


@pytest.mark.parametrize(("gap", "marked"), [(0.3, True), (-0.5, True), (0.2, False), (None, False)])
def test_stance_is_marked_alike(gap: float | None, marked: bool) -> None:
    """Where labels of holders lie 0.30 or more from the estimate, in the same voice."""
    row = {"quantity": "stance", "event": "e", "outlet": "post", "actor": "mayor", "voice": "quoted"}
    rows = [row | {"estimate": 0.4, "low": 0.1, "high": 0.7, "n_units": 5}]
    if gap is not None:
        rows.append(row | {"quantity": "stance_minus_labels", "estimate": gap, "n_units": 5})
    ax = plot_stance(Estimates.from_rows(rows), voice="quoted")
    assert [text.get_text() for text in ax.texts if text.get_text() == "≠"] == ["≠"] * marked


def test_chosen_actors_and_outlets(demo: Comparison) -> None:
    """Ids, prefixes and names choose what is drawn, in the order given; an outlet keeps its colour and its estimates."""
    ax = demo.plot_portrayal(actors=["Andrei Beloretsky", "russia"], outlets=["volga", "Harbour Echo"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["andrei-beloretsky", "russia"]
    chosen = demo.tables["estimates"].query(
        "quantity == 'portrayal' and voice == 'outlet' and actor in ('andrei-beloretsky', 'russia') "
        "and outlet in ('volga-wire', 'harbour-echo') and estimate == estimate"
    )
    assert sorted(markers(ax)) == sorted(chosen["estimate"])
    colours = {line.get_label(): line.get_color() for line in ax.lines}
    assert (colours["harbour-echo"], colours["volga-wire"]) == (COLOURS[0], COLOURS[4])


def test_unknown_choices(demo: Comparison) -> None:
    """An unknown actor or outlet is refused in one line with the nearest known; an empty choice, too."""
    estimates = demo.tables["estimates"]
    with pytest.raises(UnknownNameError, match=r"Unknown actor 'rusia'.*Did you mean 'russia'"):
        plot_portrayal(estimates, actors=["rusia"])
    with pytest.raises(UnknownNameError, match=r"Unknown outlet 'wolga-wire'.*Did you mean 'volga-wire'"):
        demo.plot_portrayal(outlets=["wolga-wire"])
    with pytest.raises(InputError, match=r"Invalid actors \[\]\. Name one or several of: abkhazia"):
        plot_portrayal(estimates, actors=[])


def test_nothing_to_draw() -> None:
    """An empty table makes an empty figure."""
    assert plot_portrayal(Estimates()).get_yticklabels() == []
