"""The figure of stance: how each outlet frames each actor, in its own words or in those it quotes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossframe._validation import check_choice
from crossframe.records import Estimates
from crossframe.records.quantities import find_quantity
from crossframe.showing.plots.drawing import MAX_ACTORS_DRAWN, as_table, draw_estimates, style_outlets
from crossframe.showing.tables.selection import (
    VOICES,
    list_leading,
    select_corrected,
    select_event,
    select_quantity,
)
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def plot_stance(
    estimates: "Estimates | DataFrame",
    *,
    voice: str = "author",
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw how each outlet frames each actor, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``stance`` are drawn.
    voice : str
        ``"author"``: the outlet's own words; ``"quoted"``: the words it quotes.
    event : str, optional
        Which event; None draws estimates over events, or those of the only event.
    actors, outlets : sequence of str, optional
        Which to draw, in this order: ids, unique prefixes, or names. None draws the ten actors with the most mentions,
        and all outlets.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        One row per actor, in it one marker with its interval per outlet. Where labels of the study correct an estimate
        (``stance_corrected``), a hollow marker is beside the filled one.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, or the table has no such event, actor or outlet.

    Examples
    --------
    >>> from crossframe import Estimates, plot_stance
    >>> row = dict(quantity="stance", event="e", outlet="post", actor="mayor", voice="author")
    >>> ax = plot_stance(Estimates.from_rows([row | dict(estimate=0.4, low=0.1, high=0.7, n_units=5)]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['mayor']
    """
    check_choice(voice, "voice", VOICES)
    table, quantity = as_table(estimates), find_quantity("stance")
    stance = select_quantity(table, quantity.name)
    rows = select_event(stance[stance["voice"] == voice], event)
    chosen = match_ids(actors, set(stance["actor"]), "actor") or list_leading(rows, "actor", MAX_ACTORS_DRAWN)
    corrected = select_corrected(table, voice, event)
    ax = draw_estimates(rows, quantity, chosen, style_outlets(stance, outlets), ax, corrected=corrected)
    ax.set_title(f"Stance {VOICES[voice]}", fontsize=10)
    return ax
