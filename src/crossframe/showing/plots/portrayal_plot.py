"""Figures of portrayal, how each outlet portrays each actor in its own or in quoted words, and of the stance of holders."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crossframe._validation import check_choice
from crossframe.records import Estimates
from crossframe.records.quantities import find_quantity
from crossframe.showing.plots.drawing import MAX_ACTORS_DRAWN, as_table, draw_estimates, style_outlets
from crossframe.showing.tables.grids import MIN_GAP
from crossframe.showing.tables.selection import (
    HOLDERS,
    VOICES,
    list_leading,
    select_event,
    select_labelled,
    select_quantity,
)
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def plot_portrayal(
    estimates: "Estimates | DataFrame",
    *,
    voice: str = "outlet",
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw how each outlet portrays each actor, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``portrayal`` are drawn where they have a mean.
    voice : str
        ``"outlet"``: the outlet's own words; ``"quoted"``: the words it quotes.
    event : str, optional
        Which event; None draws estimates over events, or those of the only event.
    actors, outlets : sequence of str, optional
        Which to draw, in this order: ids, unique prefixes, or names. None draws the ten actors with the most judged
        sentences, and all outlets.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        One row per actor, in it one marker with its interval per outlet. Where labels of the study correct an estimate
        (``portrayal_corrected``), a hollow marker is beside the filled one; where model and labels part, as on the page, ≠.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, or the table has no such event, actor or outlet.

    Examples
    --------
    >>> from crossframe import Estimates, plot_portrayal
    >>> row = dict(quantity="portrayal", event="e", outlet="post", actor="mayor", voice="outlet")
    >>> ax = plot_portrayal(Estimates.from_rows([row | dict(estimate=0.4, low=0.1, high=0.7, n_units=5)]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['mayor']
    """
    return _plot(_Judged(estimates, "portrayal", VOICES, voice, event), actors, outlets, ax)


def plot_stance(
    estimates: "Estimates | DataFrame",
    *,
    voice: str = "author",
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw who takes which side toward each actor in the articles of each outlet, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``stance`` are drawn where they have a mean.
    voice : str
        ``"author"``: stance of the author; ``"quoted"``: of all other holders in the sentences.
    event : str, optional
        Which event; None draws estimates over events, or those of the only event.
    actors, outlets : sequence of str, optional
        As for `plot_portrayal`.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        As of `plot_portrayal`.

    Raises
    ------
    InputError, UnknownNameError
        As of `plot_portrayal`.
    """
    return _plot(_Judged(estimates, "stance", HOLDERS, voice, event), actors, outlets, ax)


class _Judged(NamedTuple):
    """What is drawn: estimates of a quantity in one of its voices, of an event or over events."""

    estimates: "Estimates | DataFrame"
    quantity: str
    voices: Mapping[str, str]
    voice: str
    event: str | None


def _plot(
    judged: _Judged, actors: Sequence[str] | None, outlets: Sequence[str] | None, ax: "Axes | None"
) -> "Axes":
    voice = check_choice(judged.voice, "voice", judged.voices)
    table, quantity = as_table(judged.estimates), find_quantity(judged.quantity)
    of_quantity = select_quantity(table, quantity.name)
    rows = select_event(of_quantity[of_quantity["voice"] == voice], judged.event)
    rows = rows[rows["estimate"].notna()]
    leading = list_leading(rows, "actor", MAX_ACTORS_DRAWN)
    chosen = match_ids(actors, set(of_quantity["actor"]), "actor") or leading
    corrected, gaps = (
        select_labelled(table, f"{quantity.name}_{made}", voice, judged.event)
        for made in ("corrected", "minus_labels")
    )
    parted = gaps[gaps["estimate"].abs() >= MIN_GAP]
    styles = style_outlets(of_quantity, outlets)
    ax = draw_estimates(rows, quantity, chosen, styles, ax, corrected=corrected, parted=parted)
    ax.set_title(f"{quantity.label.capitalize()} {judged.voices[voice]}", fontsize=10)
    return ax
