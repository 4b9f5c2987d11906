"""Figures: each draws the rows of one table with their intervals, and computes nothing."""

import warnings
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe.records import Columns, Coverage, Estimates, Wording
from crossframe.showing.choosing import VOICES, leading, rows_of_event

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_ACTORS = 10
MOST_SPEAKERS = 10
MOST_TERMS = 6
DPI = 160
# Okabe and Ito 2008, Color Universal Design: told apart by colour-blind readers; yellow left out on white.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")


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
        Actors with the most mentions from top to bottom, ten at most; a marker with its interval an outlet.

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
    table = _table(estimates)
    rows = rows_of_event(table[(table["quantity"] == "stance") & (table["voice"] == voice)], event)
    outlets = sorted(set(table.loc[table["quantity"] == "stance", "outlet"]))
    ax = _dots(rows, "actor", leading(rows, "actor", MOST_ACTORS), outlets, ax)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set_xlim(-1.05, 1.05)
    covers = "events" if set(rows["event"]) == {""} else "sentences and the classifier's doubt"
    ax.set_xlabel(f"stance: -1 against, +1 for\nlines: 95 % intervals over {covers}", fontsize=8)
    ax.set_title(f"Stance {VOICES[voice]}", fontsize=10)
    return ax


def plot_voices(
    estimates: "Estimates | DataFrame", *, event: str | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw whose words each outlet quotes: share of the quoted characters, with intervals.

    Parameters
    ----------
    estimates : Estimates or DataFrame
        The ``estimates`` table; rows of quantity ``share_of_voice`` are drawn.
    event : str, optional
        Which event; None takes the only one.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        Speakers with the most quotes from top to bottom, ten at most.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.
    """
    table = _table(estimates)
    rows = rows_of_event(table[table["quantity"] == "share_of_voice"], event)
    speakers = leading(rows, "voice", MOST_SPEAKERS)
    ax = _dots(rows, "voice", speakers, sorted(set(rows["outlet"])), ax)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel("share of the outlet's quoted characters\nlines: 95 % intervals over quotes", fontsize=8)
    ax.set_title("Share of voice", fontsize=10)
    return ax


def plot_claims(
    coverage: "Coverage | DataFrame", *, event: str | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw which outlet tells and which omits each claim.

    Parameters
    ----------
    coverage : Coverage or DataFrame
        The ``coverage`` table.
    event : str, optional
        Which event; None takes the only one.
    ax : Axes, optional
        Where to draw; None makes a figure.

    Returns
    -------
    Axes
        A row a claim, a column an outlet: a filled square where it tells the claim; elsewhere a ring, the darker
        the surer that the claim is absent.

    Raises
    ------
    InputError
        When `event` is needed to choose among several.
    """
    rows = rows_of_event(_table(coverage), event)
    outlets = sorted(set(rows["outlet"]))
    labels = dict(zip(rows["claim"], rows["label"], strict=True))
    claims = sorted(labels)
    ax = ax or _new_axes(1.2 * len(outlets) + 6, 0.3 * len(claims) + 1.2)
    for row in rows.itertuples():
        at = ([outlets.index(row.outlet)], [claims.index(row.claim)])
        if row.covered:
            ax.scatter(*at, marker="s", s=70, color=_COLOURS[0])
        else:
            ax.scatter(
                *at, marker="o", s=50, facecolors="none", edgecolors=_COLOURS[1], alpha=_alpha(row.p_absent)
            )
    _name_ticks(ax, "x", outlets, rotation=30)
    _name_ticks(ax, "y", [f"{claim}  {labels[claim]}" for claim in claims])
    ax.tick_params(length=0)
    ax.margins(x=0.1)
    ax.spines[:].set_visible(False)
    ax.set_title("Claims: told (square) or omitted (ring, darker = surer)", fontsize=10)
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
    rows = rows_of_event(_table(wording), event)
    favoured = rows[rows["log_odds"] > 0].sort_values(
        ["outlet", "z", "term"], ascending=[True, False, True], kind="stable"
    )
    favoured = favoured.groupby("outlet", sort=True).head(MOST_TERMS)
    ax = ax or _new_axes(7, 0.2 * len(favoured) + 1.2)
    styles = _styles(sorted(set(rows["outlet"])))
    for place, row in enumerate(favoured.itertuples()):
        _bar(ax, row.log_odds, row.low, row.high, place, styles[row.outlet], row.outlet)
    _name_ticks(ax, "y", list(favoured["term"]))
    _finish(ax)
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
        ``stance.png``; with one event also ``claims.png``, ``voices.png`` and ``wording.png``. A figure without a
        row to draw is not made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    single = len(set(tables["articles"]["event"])) == 1
    saved = []
    if (tables["estimates"]["quantity"] == "stance").any():
        saved.append(_save_stance(folder / "stance.png", tables["estimates"]))
    for draw, table, name in (
        (plot_claims, tables["coverage"], "claims"),
        (plot_voices, tables["estimates"].query("quantity == 'share_of_voice'"), "voices"),
        (plot_wording, tables["wording"], "wording"),
    ):
        if single and len(table):
            saved.append(_save(draw(table).figure, folder / f"{name}.png"))
    return saved


def _save_stance(path: Path, estimates: "DataFrame") -> Path:
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, len(VOICES), figsize=(12, 6.5), layout="constrained")
    for ax, voice in zip(panels, VOICES, strict=True):
        plot_stance(estimates, voice=voice, ax=ax)
    panels[1].get_legend().remove()
    return _save(figure, path)


def _save(figure: Any, path: Path) -> Path:
    import matplotlib.pyplot as plt

    with warnings.catch_warnings():
        # A font that lacks a character of a scraped name draws a box; that is no fault of the figure.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    return path


# --- parts ----------------------------------------------------------------------------------------------


def _table(record: "Columns | DataFrame") -> "DataFrame":
    if isinstance(record, Columns):
        import pandas as pd

        return pd.DataFrame(record.columns())
    return record


def _new_axes(width: float, height: float) -> "Axes":
    import matplotlib.pyplot as plt

    axes: Axes = plt.figure(figsize=(width, height), layout="constrained").subplots()
    return axes


def _styles(outlets: Sequence[str]) -> dict[str, tuple[str, str]]:
    return dict(zip(outlets, zip(cycle(_COLOURS), cycle(_MARKERS), strict=False), strict=False))


def _dots(
    rows: "DataFrame", key: str, values: Sequence[str], outlets: Sequence[str], ax: "Axes | None"
) -> "Axes":
    """Draw a marker with its interval for every outlet beside each of the `values` of the column `key`."""
    ax = ax or _new_axes(7, 0.13 * len(values) * max(len(outlets), 3) + 1.3)
    styles = _styles(outlets)
    step = 0.75 / max(len(outlets), 1)
    for row in rows[rows[key].isin(values)].itertuples():
        aside = (outlets.index(row.outlet) - (len(outlets) - 1) / 2) * step
        place = values.index(getattr(row, key)) + aside
        _bar(ax, row.estimate, row.low, row.high, place, styles[row.outlet], row.outlet)
    for between in range(1, len(values)):
        ax.axhline(between - 0.5, color="0.9", linewidth=0.6, zorder=0)
    _name_ticks(ax, "y", [_short(value, 32) for value in values])
    _finish(ax)
    return ax


def _bar(
    ax: "Axes", estimate: float, low: float, high: float, place: float, style: tuple[str, str], outlet: str
) -> None:
    colour, marker = style
    ax.plot([low, high], [place, place], color=colour, linewidth=1.0, alpha=0.6)
    ax.plot([estimate], [place], color=colour, marker=marker, markersize=5, linestyle="none", label=outlet)


def _name_ticks(ax: "Axes", axis: str, names: Sequence[str], *, rotation: float = 0) -> None:
    side = "right" if rotation or axis == "y" else "center"
    setter = ax.set_xticks if axis == "x" else ax.set_yticks
    setter(
        range(len(names)),
        [_short(name, 40 if axis == "x" else 60) for name in names],
        fontsize=8,
        parse_math=False,
        rotation=rotation,
        ha=side,
    )
    if axis == "y":
        ax.set_ylim(len(names) - 0.4, -0.6)


def _finish(ax: "Axes") -> None:
    """Add the legend below, an entry an outlet, and take away what carries nothing."""
    from matplotlib.transforms import ScaledTranslation

    handles = {str(line.get_label()): line for line in ax.lines if not str(line.get_label()).startswith("_")}
    names = sorted(handles)
    below = ax.transAxes + ScaledTranslation(0, -0.6, ax.figure.dpi_scale_trans)
    legend = ax.legend(
        [handles[name] for name in names], names, fontsize=8, frameon=False, ncols=3, columnspacing=1,
        loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=below,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)
    ax.spines[["top", "right"]].set_visible(False)


def _alpha(p_absent: float) -> float:
    return 0.2 + 0.8 * float(p_absent)


def _short(text: str, most: int) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= most else f"{joined[: most - 1].rstrip()}…"
