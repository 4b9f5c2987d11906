"""Measure the shipped models on held-out data beside what a user would pick instead; needs the public corpora.

The baselines of the aligner have a table of their own, by ``benchmarks/alignment.py``.
"""

import argparse
import csv
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.reproduce.run import reproduce

OUT = Path("results/benchmarks/quality.csv")
WITH_INTERVAL = ("macro_f1", "macro_f1_low", "macro_f1_high")
BY_KIND = ("person_macro_f1", "country_macro_f1", "organisation_macro_f1")
# task, corpus, options of evaluate, the metrics that count
RUNS: list[tuple[str, str, dict[str, str], tuple[str, ...]]] = [
    (
        "alignment",
        "basil",
        {"split": "dev"},
        (
            "average_precision",
            "f1",
            "ece",
            "claim_purity",
            "claim_recall",
            "omission_precision",
            "omission_recall",
        ),
    ),
    ("alignment", "basil", {"split": "dev", "model": "aligner-lexical"}, ("average_precision", "f1")),
    ("events", "basil", {}, ("b_cubed_f1", "tfidf_b_cubed_f1")),
    ("actors", "crossner-politics", {"split": "dev"}, ("f1",)),
    ("actors", "crossner-politics", {"split": "dev", "model": "rules"}, ("f1",)),
    ("actors", "basil", {}, ("found", "found_persons", "purity")),
    ("quotes", "polnear", {"split": "dev"}, ("content_f1", "direct_recall", "direct_speaker_accuracy")),
    ("quotes", "basil", {}, ("speaker_accuracy", "person_accuracy", "n_named", "n_members")),
    ("stance", "newsmtsc", {"split": "rw"}, (*WITH_INTERVAL, "disjoint_macro_f1", "ece")),
    ("stance", "newsmtsc", {"split": "rw", "model": "stance-lexicon"}, ("macro_f1",)),
    ("stance", "georgia-2008", {}, ("macro_f1", "ece")),
    ("stance", "narrative-frames", {}, (*WITH_INTERVAL, *BY_KIND, "accuracy", "ece")),
    (
        "framing",
        "basil",
        {},
        (
            "ordering_accuracy",
            "auc",
            "fixed_order_ordering_accuracy",
            "gain_over_fixed_order",
            "gain_over_fixed_order_low",
            "gain_over_fixed_order_high",
        ),
    ),
    ("frames", "narrative-frames", {"split": "test"}, ("macro_f1", "always_yes_macro_f1")),
    ("frames", "narrative-frames", {"split": "test", "model": "frames-lexicon"}, ("macro_f1",)),
]


COLUMNS = ["task", "corpus", "split", "model", "metric", "value"]


def measure(tasks: Collection[str]) -> list[list[Any]]:
    """Return the rows of some tasks."""
    rows: list[list[Any]] = []
    for task, corpus, options, wanted in RUNS:
        metrics = evaluate(task, corpus, **options) if task in tasks else {}  # type: ignore[arg-type]
        for metric in wanted if metrics else ():
            split, model = options.get("split", ""), options.get("model", "")
            rows.append([task, corpus, split, model, metric, Decimal(f"{metrics[metric]:.3f}")])
    if "stance" in tasks:
        table = reproduce("newsmtsc-stance").set_index("quantity")
        ngrams = table.loc["rw: n-grams around the masked target", "ours"] / 100
        rows.append(["stance", "newsmtsc", "rw", "n-grams", "macro_f1", Decimal(f"{ngrams:.3f}")])
    return rows


def main() -> None:
    """Write the table; with --tasks the rows of the others are kept."""
    every = list(dict.fromkeys(task for task, *_ in RUNS))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", nargs="+", choices=every, default=every, help="measure these alone")
    chosen = parser.parse_args().tasks
    before = list(csv.reader(OUT.read_text().splitlines()))[1:] if OUT.is_file() else []
    rows = [[*row[:-1], Decimal(row[-1])] for row in before if row[0] not in chosen] + measure(chosen)
    rows.sort(key=lambda row: every.index(row[0]))
    storage.write_csv(OUT, COLUMNS, rows)
    print(OUT.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
