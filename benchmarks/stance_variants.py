"""Print how models of stance do on invented sentences: stress tests, and by kind of error the share of variants that hold.

Run: python benchmarks/stance_variants.py MODEL... [--failing]

A model is a name or a folder. ``--failing`` also prints the rows that do not hold, with the probabilities of negative, neutral
and positive, of the last model.
"""

import argparse
import sys
from typing import Any

from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.targets import NAMED_KINDS
from crossframe.studies.evaluate.stress_sentences import judge_variants, stress_sentences


def tabulate(metrics: dict[str, dict[str, Any]]) -> str:
    """Return metrics by model as a table, one row per metric of any model; tests by kind of actor only of deeds.

    Examples
    --------
    >>> print(tabulate({"a": {"roles.all.n": 4, "roles.person.n": 2}, "b": {"roles.all.n": 4}}))
                 a  b
    roles.all.n  4  4
    """
    rows = [
        name
        for name in dict.fromkeys(name for own in metrics.values() for name in own)
        if name.startswith("deed.") or name.split(".")[1] not in NAMED_KINDS
    ]
    columns = [[model, *(_format(own.get(name)) for name in rows)] for model, own in metrics.items()]
    widths = [max(map(len, column)) for column in columns]
    first = max(map(len, rows))
    return "\n".join(
        f"{name:<{first}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        for name, *cells in zip(["", *rows], *columns, strict=True)
    )


def _format(value: Any) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def list_failing(model: Any) -> list[str]:
    """Return a line per row that does not hold: kind, what was asked, what was expected, what was said."""
    lines = []
    for row, probability, holds in judge_variants(model):
        if holds:
            continue
        item = row.item
        text = f"{item.text[: item.start]}[{item.text[item.start : item.end]}]{item.text[item.end :]}"
        said = " ".join(f"{value:.2f}" for value in probability)
        asked = f"{item.holder}: " if item.holder else ""
        above = "" if row.above is None else f", above {item.text[row.above.start : row.above.end]}"
        lines.append(
            f"{row.kind} {row.variant}: {asked}{text} is {said}, not {'/'.join(row.expected)}{above}"
        )
    return lines


def main() -> None:
    """Print the table, and what fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--failing", action="store_true")
    options = parser.parse_args()
    metrics = {name: stress_sentences(load_stance_model(name)) for name in options.models}
    sys.stdout.write(tabulate(metrics) + "\n")
    if options.failing:
        sys.stdout.write("\n".join(list_failing(load_stance_model(options.models[-1]))) + "\n")


if __name__ == "__main__":
    main()
