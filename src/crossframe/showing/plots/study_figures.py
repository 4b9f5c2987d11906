"""The figures of a study as PNG files: which are drawn from its tables, and under which names."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.showing.plots.claims_plot import plot_claims
from crossframe.showing.plots.drawing import encode_figure
from crossframe.showing.plots.framing_plot import plot_framing
from crossframe.showing.plots.portrayal_plot import plot_portrayal
from crossframe.showing.plots.voices_plot import plot_voices
from crossframe.showing.plots.wording_plot import plot_wording
from crossframe.showing.tables.selection import VOICES, select_quantity

if TYPE_CHECKING:
    from pandas import DataFrame


def draw_figures(tables: "Mapping[str, DataFrame]") -> dict[str, bytes]:
    """Return the figures of a study as PNG.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.

    Returns
    -------
    dict of str to bytes
        ``portrayal``, ``framing`` and ``voices``, over events where there are several; with one event also ``claims`` (of three
        outlets or more: two both cover every claim) and ``wording``. A figure without a row to draw is left out.
    """
    single = len(set(tables["articles"]["event"])) == 1
    estimates = tables["estimates"] if single else tables["estimates"].query("event == ''")
    figures: dict[str, Any] = {}
    if len(select_quantity(estimates, "portrayal")):
        figures["portrayal"] = _draw_portrayal(estimates)
    if len(select_quantity(estimates, "framing")):
        figures["framing"] = plot_framing(estimates).figure
    if single and tables["coverage"]["outlet"].nunique() > 2:
        figures["claims"] = plot_claims(tables["coverage"], estimates).figure
    if len(select_quantity(estimates, "share_of_voice")):
        figures["voices"] = plot_voices(estimates).figure
    if single and len(tables["wording"]):
        figures["wording"] = plot_wording(tables["wording"]).figure
    return {name: encode_figure(figure) for name, figure in figures.items()}


def _draw_portrayal(estimates: "DataFrame") -> Any:
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, len(VOICES), figsize=(12, 6.5), layout="constrained")
    for ax, voice in zip(panels, VOICES, strict=True):
        plot_portrayal(estimates, voice=voice, ax=ax)
    panels[1].get_legend().remove()
    return figure


def save_figures(folder: Path, figures: Mapping[str, bytes]) -> list[Path]:
    """Write figures to ``<name>.png`` in `folder`, which is made where it is new, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, png in figures.items():
        storage.write_bytes(folder / f"{name}.png", png)
    return [folder / f"{name}.png" for name in figures]
