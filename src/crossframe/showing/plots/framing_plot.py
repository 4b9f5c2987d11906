"""The figure of framing: how much each outlet writes for or against each actor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossframe.records import Estimates
from crossframe.records.quantities import find_quantity
from crossframe.showing.plots.drawing import MAX_ACTORS_DRAWN, as_table, draw_estimates, style_outlets
from crossframe.showing.tables.selection import list_leading, select_event, select_quantity
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def plot_framing(
    estimates: "Estimates | DataFrame",
    *,
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw how much each outlet writes for or against each actor, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``framing`` (length x prominence x tone) are drawn where they have a value.
    event : str, optional
        Which event; None draws estimates over events, or those of the only event.
    actors, outlets : sequence of str, optional
        Which to draw, in this order: ids, unique prefixes, or names. None draws the ten actors with the most sentences,
        and all outlets.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        One row per actor, in it one marker with its interval per outlet: the further to the left, the more sentences per
        article portray the actor negatively rather than positively.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, or the table has no such event, actor or outlet.

    Examples
    --------
    >>> from crossframe import Estimates
    >>> row = dict(quantity="framing", event="e", outlet="post", actor="mayor")
    >>> ax = plot_framing(Estimates.from_rows([row | dict(estimate=-2.4, low=-4.1, high=-1.0, n_units=9)]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['mayor']
    """
    quantity = find_quantity("framing")
    framing = select_quantity(as_table(estimates), quantity.name)
    rows = select_event(framing, event)
    rows = rows[rows["estimate"].notna()]
    leading = list_leading(rows[rows["n_units"] > 0], "actor", MAX_ACTORS_DRAWN)
    chosen = match_ids(actors, set(framing["actor"]), "actor") or leading
    ax = draw_estimates(rows, quantity, chosen, style_outlets(rows, outlets), ax)
    ax.set_title("Framing: length x prominence x tone", fontsize=10)
    return ax
