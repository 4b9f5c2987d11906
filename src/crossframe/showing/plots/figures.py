"""Figures: each draws the rows of one table with their intervals, and computes nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe.records import Coverage, Estimates, Wording
from crossframe.showing.plots.drawing import (
    COLOURS,
    add_legend,
    as_table,
    choose_styles,
    draw_bar,
    draw_dots,
    make_axes,
    name_ticks,
    save_figure,
)
from crossframe.showing.plots.framing import plot_framing
from crossframe.showing.plots.quoting import plot_voices
from crossframe.showing.tables.choosing import (
    VOICES,
    called_omissions,
    corrected_rows,
    leading,
    rows_of_event,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_ACTORS = 10
MOST_TERMS = 6
TOLD, LEFT_OUT, NOT_FOUND = "told", "left out (certainty)", "not found: not sure enough to say"
_STATES: dict[str, dict[str, Any]] = {
    TOLD: {"marker": "s", "s": 70, "color": COLOURS[0]},
    LEFT_OUT: {"marker": "x", "s": 50, "color": COLOURS[1], "linewidths": 2.2},
    NOT_FOUND: {"marker": "o", "s": 16, "facecolors": "none", "edgecolors": "0.55"},
}
"""How the three states of a claim in an outlet are drawn: told apart by shape and size, so that grey will do."""


def plot_stance(
    estimates: "Estimates | DataFrame",
    *,
    voice: str = "author",
    event: str | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw how each outlet frames each actor, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``stance`` are drawn.
    voice : str
        ``"author"``: the outlet's own voice; ``"quoted"``: the voices it quotes.
    event : str, optional
        Which event; None takes what holds over events, or the only event.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        Actors with the most mentions from top to bottom, ten at most; a marker with its interval an outlet. Where
        labels of the study correct it (``stance_corrected``), a hollow marker stands beside the filled one.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.

    Examples
    --------
    >>> from crossframe import Estimates, plot_stance
    >>> row = dict(quantity="stance", event="e", outlet="post", actor="mayor", voice="author")
    >>> ax = plot_stance(Estimates.from_rows([row | dict(estimate=0.4, low=0.1, high=0.7, n_units=5)]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['mayor']
    """
    table = as_table(estimates)
    rows = rows_of_event(table[(table["quantity"] == "stance") & (table["voice"] == voice)], event)
    outlets = sorted(set(table.loc[table["quantity"] == "stance", "outlet"]))
    corrected = corrected_rows(table, voice, event)
    ax = draw_dots(rows, "actor", leading(rows, "actor", MOST_ACTORS), outlets, ax, beside=corrected)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set_xlim(-1.05, 1.05)
    covers = "events" if set(rows["event"]) == {""} else "sentences and the classifier's doubt"
    hollow = "; hollow: corrected by labels" if len(corrected) else ""
    ax.set_xlabel(f"stance: -1 against, +1 for{hollow}\nlines: 95 % intervals over {covers}", fontsize=8)
    ax.set_title(f"Stance {VOICES[voice]}", fontsize=10)
    return ax


def plot_claims(
    coverage: "Coverage | DataFrame",
    estimates: "Estimates | DataFrame | None" = None,
    *,
    event: str | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw which outlet tells each claim, which surely leaves it out, and where it was merely not found.

    Parameters
    ----------
    coverage : Coverage or DataFrame
        The ``coverage`` table.
    estimates : Estimates or DataFrame, optional
        The ``estimates`` table, whose rows of quantity ``omission`` say what is left out; None: nothing is sure
        enough.
    event : str, optional
        Which event; None takes the only one.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        A row a claim, a column an outlet: a filled square where it tells the claim; a cross with its certainty where
        it surely leaves it out; a small ring where no sentence of it was found and that is not sure enough to say.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.
    """
    table = as_table(coverage)
    rows = rows_of_event(table, event)
    outlets = sorted(set(rows["outlet"]))
    labels = dict(zip(rows["claim"], rows["label"], strict=True))
    claims = sorted(labels)
    called = called_omissions(rows, as_table(Estimates() if estimates is None else estimates))
    certainty = {(row.outlet, row.claim): row.certainty for row in called.itertuples()}
    ax = ax or make_axes(1.2 * len(outlets) + 6, 0.3 * len(claims) + 1.8)
    places: dict[str, list[tuple[int, int]]] = {state: [] for state in _STATES}
    for row in rows.itertuples():
        at, sure = (outlets.index(row.outlet), claims.index(row.claim)), (row.outlet, row.claim) in certainty
        places[TOLD if row.covered else LEFT_OUT if sure else NOT_FOUND].append(at)
        if sure:
            said = f"{certainty[row.outlet, row.claim]:.2f}"
            ax.annotate(said, at, xytext=(8, 0), textcoords="offset points", va="center", fontsize=7)
    for state, style in _STATES.items():
        ax.scatter([at for at, _ in places[state]], [at for _, at in places[state]], label=state, **style)
    name_ticks(ax, "x", outlets, rotation=30)
    name_ticks(ax, "y", [f"{claim}  {labels[claim]}" for claim in claims])
    ax.tick_params(length=0)
    ax.margins(x=0.1)
    ax.spines[:].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=8, frameon=False)
    ax.set_title("Claims: told, left out, or not found", fontsize=10, pad=26)
    return ax


def plot_wording(
    wording: "Wording | DataFrame", *, event: str | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw the words that set outlets apart: log-odds with informative Dirichlet prior, with intervals.

    Parameters
    ----------
    wording : Wording or DataFrame
        The ``wording`` table.
    event : str, optional
        Which event; None takes the only one.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        For each outlet the six terms it uses most above the others.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, Fightin' Words, Political Analysis 16:372-403.
    """
    rows = rows_of_event(as_table(wording), event)
    favoured = rows[rows["log_odds"] > 0].sort_values(
        ["outlet", "z", "term"], ascending=[True, False, True], kind="stable"
    )
    favoured = favoured.groupby("outlet", sort=True).head(MOST_TERMS)
    ax = ax or make_axes(7, 0.2 * len(favoured) + 1.2)
    styles = choose_styles(sorted(set(rows["outlet"])))
    for place, row in enumerate(favoured.itertuples()):
        draw_bar(ax, row.log_odds, row.low, row.high, place, styles[row.outlet], row.outlet)
    name_ticks(ax, "y", list(favoured["term"]))
    add_legend(ax)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set_xlabel("log-odds against the other outlets\na line that crosses 0 says little", fontsize=8)
    ax.set_title("Words that set outlets apart", fontsize=10)
    return ax


def save_figures(folder: Path, tables: "Mapping[str, DataFrame]") -> list[Path]:
    """Save the figures of a study as PNG.

    Parameters
    ----------
    folder : Path
        Made where it is new.
    tables : mapping of str to DataFrame
        Tables of a study.

    Returns
    -------
    list of Path
        ``stance.png``, ``framing.png`` and ``voices.png``, over events where there are several; with one event also ``claims.png`` and
        ``wording.png``. A figure without a row to draw is not made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    single = len(set(tables["articles"]["event"])) == 1
    estimates = tables["estimates"] if single else tables["estimates"].query("event == ''")
    saved = []
    if (estimates["quantity"] == "stance").any():
        saved.append(_save_stance(folder / "stance.png", estimates))
    if (estimates["quantity"] == "framing").any():
        saved.append(save_figure(plot_framing(estimates).figure, folder / "framing.png"))
    if single and len(tables["coverage"]):
        claims = plot_claims(tables["coverage"], estimates)
        saved.append(save_figure(claims.figure, folder / "claims.png"))
    if (estimates["quantity"] == "share_of_voice").any():
        saved.append(save_figure(plot_voices(estimates).figure, folder / "voices.png"))
    if single and len(tables["wording"]):
        saved.append(save_figure(plot_wording(tables["wording"]).figure, folder / "wording.png"))
    return saved


def _save_stance(path: Path, estimates: "DataFrame") -> Path:
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, len(VOICES), figsize=(12, 6.5), layout="constrained")
    for ax, voice in zip(panels, VOICES, strict=True):
        plot_stance(estimates, voice=voice, ax=ax)
    panels[1].get_legend().remove()
    return save_figure(figure, path)
