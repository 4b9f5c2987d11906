"""The figures of an evaluation as plain text: pooled ones a line each, then tables by event, kind of target, actor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PARTS = ("event", "kind", "actor", "name")
"""What figures are told by, beside the pooled ones: ``<part>.<id>.<figure>``."""
WIDEST = 100
"""Characters of a line of a table; what does not fit goes into a table of its own below."""


def list_figures(figures: Mapping[str, Any]) -> str:
    """Return flat figures as lines of text.

    Parameters
    ----------
    figures : mapping of str to float, int or None
        As `crossframe evaluate --json` writes them. ``<figure>_low`` and ``<figure>_high`` follow their figure,
        ``<part>.<id>.<figure>`` go into a table for each of `PARTS`, a row an id. None is shown as ``-``.

    Returns
    -------
    str
        Without a line break at its end.

    Examples
    --------
    >>> print(list_figures({"f1": 0.5, "n": 3, "f1_low": 0.4, "f1_high": 0.6, "event.e1.f1": 0.5, "event.e1.n": 3}))
    f1       0.5000
    f1_low   0.4000
    f1_high  0.6000
    n        3
    <BLANKLINE>
    event      f1  n
    e1     0.5000  3
    """
    pooled = {name: value for name, value in figures.items() if name.split(".")[0] not in PARTS}
    ends = {
        name: [f"{name}_{end}" for end in ("low", "high") if f"{name}_{end}" in pooled] for name in pooled
    }
    bounds = {end for bounds in ends.values() for end in bounds}
    width = max(len(name) for name in pooled)
    lines = [
        f"{one:<{width}}  {_shown(pooled[one])}"
        for name in pooled
        if name not in bounds
        for one in (name, *ends[name])
    ]
    return "\n\n".join(["\n".join(lines), *(table for part in PARTS for table in _by_part(figures, part))])


def _by_part(figures: Mapping[str, Any], part: str) -> Iterator[str]:
    """Yield ``<part>.<id>.<figure>`` as tables: a row an id, a column a figure, no line wider than `WIDEST`."""
    rows: dict[str, dict[str, str]] = {}
    for name, value in figures.items():
        if name.startswith(f"{part}."):
            key, _, figure = name.removeprefix(f"{part}.").rpartition(".")
            rows.setdefault(key, {})[figure] = _shown(value)
    keys = [part, *rows]
    names = list(dict.fromkeys(figure for row in rows.values() for figure in row))
    columns = [[name, *(row.get(name, "-") for row in rows.values())] for name in names]
    first = max(map(len, keys))
    block: list[Sequence[str]] = []
    for column in columns:
        if block and first + sum(2 + max(map(len, one)) for one in [*block, column]) > WIDEST:
            yield _table(keys, block)
            block = []
        block.append(column)
    if block:
        yield _table(keys, block)


def _table(keys: Sequence[str], columns: Sequence[Sequence[str]]) -> str:
    first = max(map(len, keys))
    widths = [max(map(len, column)) for column in columns]
    return "\n".join(
        f"{key:<{first}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        for key, *cells in zip(keys, *columns, strict=True)
    )


def _shown(value: float | int | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"
