"""Print how often each rule for merging actors was right, with Wilson's 95 % interval, of pairs that were judged by reading.

Run: python benchmarks/suggested_merges.py. The judged pairs lie in suggested_merges.tsv beside it; its head says by whom and how.
"""

from collections import Counter
from pathlib import Path

from crossframe.attributing.cast.suggested_merges import MERGE_RULES
from crossframe.statistics.intervals import wilson_interval

JUDGED = Path(__file__).with_suffix(".tsv")


def count_judged(path: Path = JUDGED) -> dict[str, tuple[int, int]]:
    """Return rule -> (pairs that are one actor, all pairs)."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    total, same = Counter(row[4] for row in rows), Counter(row[4] for row in rows if row[5] == "1")
    return {rule: (same[rule], total[rule]) for rule in sorted(total)}


def estimate_probability(n_same: int, n_pairs: int) -> float:
    """Return the share of right pairs by Laplace's rule, with two digits: few pairs say little.

    Examples
    --------
    >>> estimate_probability(1, 1), estimate_probability(27, 29)
    (0.67, 0.9)
    """
    return round((n_same + 1) / (n_pairs + 2), 2)


if __name__ == "__main__":
    for name, (n_same, n_pairs) in count_judged().items():
        given = f"in use at {MERGE_RULES[name].probability}" if name in MERGE_RULES else "given up"
        share = f"{n_same:3} of {n_pairs:3} right: {estimate_probability(n_same, n_pairs):.2f}"
        low, high = wilson_interval(n_same, n_pairs)
        share += f" [{max(low, 0):.2f}, {high:.2f}]"
        print(f"{name:12} {share}, {given}")  # noqa: T201
