"""The figure of wording: the words that set each outlet apart from the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossframe.errors import InputError
from crossframe.records import Wording
from crossframe.showing.plots.drawing import (
    add_legend,
    as_table,
    draw_interval,
    make_axes,
    name_ticks,
    style_outlets,
)
from crossframe.showing.tables.selection import select_event
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MAX_TERMS = 6
"""Terms drawn per outlet."""


def plot_wording(
    wording: "Wording | DataFrame",
    *,
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    mentions: "DataFrame | None" = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw the words that set outlets apart: log-odds with informative Dirichlet prior, with intervals.

    Parameters
    ----------
    wording : Wording or DataFrame
        The ``wording`` table.
    event : str, optional
        Which event; None takes the only one.
    actors, outlets : sequence of str, optional
        Only terms in sentences that mention one of these actors (the log-odds stay those of the whole text); only these
        outlets: ids, unique prefixes, or names.
    mentions : DataFrame, optional
        Columns event, outlet, term, actor; needed with `actors`, and passed by `Comparison.plot_wording`.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        For each outlet the six terms it uses most above the others.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, `actors` come without `mentions`, or there is no such event, actor or
        outlet.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, Fightin' Words, Political Analysis 16:372-403.
    """
    rows = select_event(as_table(wording), event)
    styles = style_outlets(rows, outlets)
    title = "Words that set outlets apart"
    if actors is not None:
        rows, chosen = _near_actors(rows, actors, mentions)
        title += f", in sentences that mention {' or '.join(chosen)}"
    favoured = rows[(rows["log_odds"] > 0) & rows["outlet"].isin(styles)]
    favoured = favoured.assign(rank=-favoured["z"]).sort_values(["outlet", "rank", "term"], kind="stable")
    favoured = favoured.groupby("outlet", sort=True).head(MAX_TERMS)
    ax = ax or make_axes(7, 0.2 * len(favoured) + 1.2)
    for place, row in enumerate(favoured.itertuples()):
        draw_interval(ax, (row.log_odds, row.low, row.high), place, styles[row.outlet], row.outlet)
    name_ticks(ax, "y", list(favoured["term"]))
    add_legend(ax)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set_xlabel("log-odds ratio against the other outlets, with 95% intervals", fontsize=8)
    ax.set_title(title, fontsize=10, parse_math=False)
    return ax


def _near_actors(
    rows: "DataFrame", actors: Sequence[str], mentions: "DataFrame | None"
) -> tuple["DataFrame", list[str]]:
    if mentions is None:
        raise InputError(
            f"Invalid actors {actors!r}. A wording table does not say which actors are mentioned with a term; give mentions, "
            "too, or use Comparison.plot_wording."
        )
    chosen = match_ids(actors, set(mentions["actor"]), "actor") or []
    key = ["event", "outlet", "term"]
    return rows.merge(mentions.loc[mentions["actor"].isin(chosen), key].drop_duplicates(), on=key), chosen
