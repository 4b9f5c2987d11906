"""How much each outlet tells against each actor: the framing score, drawn with intervals."""

from typing import TYPE_CHECKING

from crossframe.records import Estimates
from crossframe.showing.plots.drawing import as_table, draw_dots
from crossframe.showing.tables.choosing import leading, rows_of_event

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_ACTORS = 10


def plot_framing(
    estimates: "Estimates | DataFrame", *, event: str | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw how much each outlet tells against each actor, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``framing`` over all voices are drawn.
    event : str, optional
        Which event; None takes what holds over events, or the only event.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        Actors with the most sentences from top to bottom, ten at most; a marker with its
        interval an outlet: the further to the left, the more is told against the actor.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.

    Examples
    --------
    >>> from crossframe import Estimates
    >>> row = dict(quantity="framing", event="e", outlet="post", actor="mayor")
    >>> ax = plot_framing(Estimates.from_rows([row | dict(estimate=-2.4, low=-4.1, high=-1.0, n_units=9)]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['mayor']
    """
    table = as_table(estimates)
    rows = rows_of_event(table[(table["quantity"] == "framing") & (table["voice"] == "")], event)
    ax = draw_dots(rows, "actor", leading(rows, "actor", MOST_ACTORS), sorted(set(rows["outlet"])), ax)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    covers = "events" if set(rows["event"]) == {""} else "sentences"
    ax.set_xlabel(
        f"framing: sentences against the actor, summed by probability\nlines: 95 % intervals over {covers}",
        fontsize=8,
    )
    ax.set_title("How much is told against actors", fontsize=10)
    return ax
