"""The figure of claims: which outlet covers which, leaves it out, or has no sentence of it that was found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossframe.errors import InputError
from crossframe.records import Coverage, Estimates
from crossframe.showing.plots.drawing import COLOURS, as_table, make_axes, name_ticks
from crossframe.showing.tables.claim_selection import COVERED, LEFT_OUT, NOT_FOUND, list_claim_states
from crossframe.showing.tables.selection import select_event
from crossframe.showing.tables.study_names import match_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEGEND = {
    COVERED: "covered",
    LEFT_OUT: "left out (certainty)",
    NOT_FOUND: "not found (not certain enough to count as left out)",
}
_STYLES: dict[str, dict[str, Any]] = {
    COVERED: {"marker": "s", "s": 70, "color": COLOURS[0]},
    LEFT_OUT: {"marker": "x", "s": 50, "color": COLOURS[1], "linewidths": 2.2},
    NOT_FOUND: {"marker": "o", "s": 16, "facecolors": "none", "edgecolors": "0.55"},
}
"""How the three states are drawn: with shapes and sizes that differ without colour, too."""


def plot_claims(
    coverage: "Coverage | DataFrame",
    estimates: "Estimates | DataFrame | None" = None,
    *,
    event: str | None = None,
    actors: Sequence[str] | None = None,
    outlets: Sequence[str] | None = None,
    mentions: "DataFrame | None" = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw which outlet covers each claim, which leaves it out, and where it was merely not found.

    Parameters
    ----------
    coverage : Coverage or DataFrame
        The ``coverage`` table.
    estimates : Estimates or DataFrame, optional
        The ``estimates`` table, whose rows of quantity ``omission`` say what is left out; None: nothing.
    event : str, optional
        Which event; None takes the only one.
    actors, outlets : sequence of str, optional
        Only claims that mention one of these actors; only these outlets, in this order: ids, unique prefixes, or names.
    mentions : DataFrame, optional
        Columns event, claim, actor; needed with `actors`, and passed by `Comparison.plot_claims`.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        One row per claim, one column per outlet: a square where it covers the claim, a cross with its certainty where it
        leaves the claim out, a small ring where no sentence of the claim was found.

    Raises
    ------
    InputError, UnknownNameError
        When one of several events must be named, `actors` come without `mentions`, or there is no such event, actor or
        outlet.
    """
    rows = _of_actors(select_event(as_table(coverage), event), actors, mentions)
    columns = match_ids(outlets, set(rows["outlet"]), "outlet") or sorted(set(rows["outlet"]))
    labels = dict(sorted(zip(rows["claim"], rows["label"], strict=True)))
    states = list_claim_states(rows, as_table(Estimates() if estimates is None else estimates))
    ax = ax or make_axes(1.2 * len(columns) + 6, 0.3 * len(labels) + 1.8)
    _draw_states(ax, states[states["outlet"].isin(columns)], columns, list(labels))
    name_ticks(ax, "x", columns, rotation=30)
    name_ticks(ax, "y", [f"{claim}  {label}" for claim, label in labels.items()])
    ax.tick_params(length=0)
    ax.margins(x=0.1)
    ax.spines[:].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=8, frameon=False)
    ax.set_title("Claims: covered, left out, or not found", fontsize=10, pad=26)
    return ax


def _draw_states(ax: "Axes", states: "DataFrame", outlets: list[str], claims: list[str]) -> None:
    for state, style in _STYLES.items():
        cells = states[states["state"] == state]
        places = (
            [outlets.index(outlet) for outlet in cells["outlet"]],
            [claims.index(c) for c in cells["claim"]],
        )
        ax.scatter(*places, label=LEGEND[state], **style)
        if state == LEFT_OUT:
            for x, y, certainty in zip(*places, cells["certainty"], strict=True):
                ax.annotate(
                    f"{certainty:.2f}",
                    (x, y),
                    xytext=(8, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=7,
                )


def _of_actors(rows: "DataFrame", actors: Sequence[str] | None, mentions: "DataFrame | None") -> "DataFrame":
    if actors is None:
        return rows
    if mentions is None:
        raise InputError(
            f"Invalid actors {actors!r}. A coverage table does not say which actors a claim mentions; give mentions, too, "
            "or use Comparison.plot_claims."
        )
    chosen = match_ids(actors, set(mentions["actor"]), "actor") or []
    claims = mentions.loc[mentions["actor"].isin(chosen), ["event", "claim"]].drop_duplicates()
    return rows.merge(claims, on=["event", "claim"])
