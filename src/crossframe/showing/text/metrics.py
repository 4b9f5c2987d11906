"""Metrics of an evaluation as plain text: pooled ones one per line, then a table per event, kind of target, actor, stress test."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

GROUPINGS = ("event", "kind", "actor", "name", "roles", "praise", "accusation", "deed", "variant")
"""What metrics are grouped by, beside the pooled ones: ``<grouping>.<id>.<metric>``; the last five are stress tests."""
MAX_WIDTH = 100
"""Characters per line of a table; columns that do not fit go into another table below."""


def format_metrics(metrics: Mapping[str, Any]) -> str:
    """Return flat metrics as lines of text.

    Parameters
    ----------
    metrics : mapping of str to float, int, str or None
        As `crossframe evaluate --json` writes them. ``<metric>_low`` and ``<metric>_high`` follow their metric,
        ``<grouping>.<id>.<metric>`` go into a table for each of `GROUPINGS`, one row per id. None is shown as ``-``.

    Returns
    -------
    str
        Without a final line break.

    Examples
    --------
    >>> print(format_metrics({"f1": 0.5, "n": 3, "f1_low": 0.4, "f1_high": 0.6, "event.e1.f1": 0.5, "event.e1.n": 3}))
    f1       0.5000
    f1_low   0.4000
    f1_high  0.6000
    n        3
    <BLANKLINE>
    event      f1  n
    e1     0.5000  3
    """
    pooled = {name: value for name, value in metrics.items() if name.split(".")[0] not in GROUPINGS}
    bounds = {
        name: [f"{name}_{side}" for side in ("low", "high") if f"{name}_{side}" in pooled] for name in pooled
    }
    following = {bound for names in bounds.values() for bound in names}
    width = max(len(name) for name in pooled)
    lines = [
        f"{row:<{width}}  {_format_value(pooled[row])}"
        for name in pooled
        if name not in following
        for row in (name, *bounds[name])
    ]
    tables = (table for grouping in GROUPINGS for table in _tabulate(metrics, grouping))
    return "\n\n".join(["\n".join(lines), *tables])


def _tabulate(metrics: Mapping[str, Any], grouping: str) -> Iterator[str]:
    """Yield ``<grouping>.<id>.<metric>`` as tables: one row per id, one column per metric, no line over `MAX_WIDTH`."""
    rows: dict[str, dict[str, str]] = {}
    for name, value in metrics.items():
        if name.startswith(f"{grouping}."):
            id, _, metric = name.removeprefix(f"{grouping}.").rpartition(".")
            rows.setdefault(id, {})[metric] = _format_value(value)
    heads = [grouping, *rows]
    names = list(dict.fromkeys(metric for row in rows.values() for metric in row))
    columns = [[name, *(row.get(name, "-") for row in rows.values())] for name in names]
    block: list[Sequence[str]] = []
    for column in columns:
        if (
            block
            and sum(2 + max(map(len, cells)) for cells in (*block, column)) + max(map(len, heads)) > MAX_WIDTH
        ):
            yield _align_right(heads, block)
            block = []
        block.append(column)
    if block:
        yield _align_right(heads, block)


def _align_right(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> str:
    first = max(map(len, heads))
    widths = [max(map(len, column)) for column in columns]
    return "\n".join(
        f"{head:<{first}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        for head, *cells in zip(heads, *columns, strict=True)
    )


def _format_value(value: float | int | str | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int | str) else f"{value:.4f}"
