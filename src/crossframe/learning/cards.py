"""Model cards: what a model is, what it was trained on, how good it is, where it fails, how to train it again."""

from collections.abc import Mapping
from typing import Any


def render_card(
    *,
    name: str,
    summary: str,
    data: str,
    licence: str,
    metrics: Mapping[str, Mapping[str, Any]],
    limits: str,
    command: str,
) -> str:
    """Return a model card in Markdown.

    Parameters
    ----------
    name, summary, data, licence, limits : str
        Paragraphs.
    metrics : mapping of str to mapping of str to float
        By the data they were measured on.
    command : str
        The command that trains the model again.

    Returns
    -------
    str
        Ends with a line break.

    References
    ----------
    Mitchell et al. 2019, Model cards for model reporting.
    """
    parts = [f"# {name}", summary, "## Training data", data, "## Licence", licence, "## Metrics"]
    for where, measured in metrics.items():
        rows = [f"| {key} | {_shown(value)} |" for key, value in measured.items()]
        parts.append("\n".join([f"Measured on: {where}.", "", "| metric | value |", "|---|---|", *rows]))
    parts += ["## Limits", limits, "## Made by", f"```\n{command}\n```"]
    return "\n\n".join(parts) + "\n"


def _shown(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else "-" if value is None else str(value)
