"""Measure the shipped models on held-out data beside what a user would pick instead; needs the public corpora.

The baselines of the aligner have a table of their own, by ``benchmarks/alignment.py``.

Of framing, each single score is measured on BASIL and on SEESAW: the one that leads on BASIL is the one that is chosen, and is
named first wherever figures of SEESAW are given; the others stand beside it. On directed-sentiment a model's reading of the
sentence alone (``sentence_only_``: neither entity marked) and the majority stand beside it. Published there, by a model that
learned all 13,144 sentences of train: macro-F1 0.683, micro-F1 0.807 (Park, Pan and Joo 2021, DSE2QA on RoBERTa with pseudo
questions; on this split as Wen, Hovy and Hauptmann give it, table 3 of Transitive consistency constrained learning for
entity-to-entity stance detection).
"""

import argparse
import csv
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.studies.evaluate.alignment_metrics import OF_CLAUSES
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.reproduce.run import reproduce

OUT = Path("results/benchmarks/quality.csv")
WITH_INTERVAL = ("macro_f1", "macro_f1_low", "macro_f1_high")
BY_KIND = ("person_macro_f1", "country_macro_f1", "organisation_macro_f1")
_BY_SCORE = [
    f"{part}{score}{metric}"
    for part in ("", "unshared_")
    for score in ("", "product_", "mean_", "outlet_", "quoted_")
    for metric in ("auc", "ordering_accuracy", "gain_over_prior")
]
_WITHOUT_TEXT = [
    f"{source}_{metric}"
    for source in ("fixed_order", "prior", "annotator")
    for metric in ("auc", "ordering_accuracy")
]
OF_FEELINGS = (
    *_BY_SCORE,
    "auc_low", "auc_high", "ordering_accuracy_low", "ordering_accuracy_high", "mean_auc_low", "mean_auc_high",
    "gain_over_prior_low", "gain_over_prior_high",
    "cells_ordering_accuracy", "mean_cells_ordering_accuracy", "cells_n_pairs",
    *(f"{kind}_auc" for kind in ("person", "organisation", "country", "topic")),
    *_WITHOUT_TEXT,
    "annotator_auc_low", "annotator_auc_high", "annotator_ordering_accuracy_low", "annotator_ordering_accuracy_high",
    "annotator_n", "annotator_n_pairs", "annotator_n_articles", "annotator_n_events", "n", "n_found", "n_pairs", "unshared_n",
    "cells_n", *(
        f"{how}{error}"
        for how in ("", "recalibrated_100_", "constant_100_", "recalibrated_200_", "constant_200_")
        for error in ("cells_mean_error", "cells_rmse")
    ),
)  # fmt: skip
OF_HOLDERS = (
    "target_f1", "target_f1_low", "target_f1_high", "triplet_f1", "triplet_f1_low", "triplet_f1_high",
    "polarity_accuracy", "polarity_macro_f1", "polarity_auc", "located_polarity_macro_f1",
    "author_f1", "author_accuracy", "author_macro_f1", "author_auc", "holder_accuracy",
    "always_other_target_f1", "always_other_triplet_f1", "always_other_author_macro_f1", "always_other_author_accuracy",
    "majority_polarity_accuracy", "majority_polarity_macro_f1",
    "unshared_target_f1", "unshared_triplet_f1", "unshared_polarity_macro_f1", "unshared_author_f1",
    "n_triplets", "n_targets", "n_located",
)  # fmt: skip
OF_DIRECTION = (
    "micro_f1", *WITH_INTERVAL, "average_precision", "direction_accuracy", "sentence_only_micro_f1",
    "sentence_only_macro_f1", "majority_micro_f1", "majority_macro_f1",
)  # fmt: skip
OF_DEMO = (
    "macro_f1",
    "majority_macro_f1",
    "outlet_macro_f1",
    "quoted_macro_f1",
    "ece",
    "cells_n",
    "cells_wrong",
    "cells_mean_error",
    "author_macro_f1",
    "holders_macro_f1",
    "holders_n",
)
OF_REFERENCE = (
    *WITH_INTERVAL, "accuracy", "ece", "classwise_ece", "readers_macro_f1", "ceiling_share", "majority_macro_f1",
    *(f"{kind}_macro_f1" for kind in ("person", "state", "organisation", "group")),
    *(f"bias_{kind}" for kind in ("person", "state", "organisation", "group")),
    *(f"{corpus}_macro_f1" for corpus in ("ecbplus", "gvfc", "narrative-frames", "neus")),
    "random_macro_f1", "hard_macro_f1", "unclear_share", "n",
    *(
        f"{part}_{name}"
        for part in ("holders", "author")
        for name in ("macro_f1", "macro_f1_low", "macro_f1_high", "readers_macro_f1", "ceiling_share", "n")
    ),
    "majority_holders_macro_f1", "majority_author_macro_f1",
    "holders_ece", "holders_classwise_ece", "author_ece",
)  # fmt: skip
OF_FRAMES = (*WITH_INTERVAL, "average_precision", "auc")
KINDS = ("conflict", "number", "polarity", "roles", "certainty", "detail", "wording")
OF_DIFFERENCES = (
    "n_pairs",
    *(f"{kind}_{metric}" for kind in KINDS for metric in ("f1", "f1_low", "f1_high")),
    *(f"{kind}_{metric}" for kind in KINDS[:3] for metric in ("precision", "recall")),
    *(f"{of}{kind}_f1" for of in ("readers_", "reader_mean_", "minimal_") for kind in KINDS),
    *(f"n_{kind}" for kind in KINDS),
)
# task, corpus, options of evaluate, the metrics that count
RUNS: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
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
            *(f"clauses_{metric}" for metric in OF_CLAUSES),
            "clauses_n_claims",
        ),
    ),
    ("alignment", "basil", {"split": "dev", "model": "aligner-lexical"}, ("average_precision", "f1")),
    ("differences", "difference-labels", {"split": "test"}, OF_DIFFERENCES),
    ("events", "basil", {}, ("b_cubed_f1", "tfidf_b_cubed_f1")),
    (
        "actors",
        "crossner-politics",
        {"split": "dev"},
        ("f1", *(f"{kind}_f1" for kind in ("person", "organisation", "party", "place"))),
    ),
    ("actors", "crossner-politics", {"split": "dev", "model": "rules"}, ("f1",)),
    ("actors", "wnut17", {}, ("f1", "person_f1", "organisation_f1", "place_f1")),
    ("actors", "wikigold", {}, ("out_of_fold_f1", "out_of_fold_f1_sd")),
    ("actors", "basil", {}, ("found", "found_persons", "purity", "persons_split")),
    ("quotes", "polnear", {"split": "dev"}, ("content_f1", "direct_recall", "direct_speaker_accuracy")),
    (
        "quotes",
        "basil",
        {},
        ("speaker_accuracy", "speaker_accuracy_by_name", "person_accuracy", "n_named", "n_members"),
    ),
    ("stance", "newsmtsc", {"split": "rw"}, (*WITH_INTERVAL, "disjoint_macro_f1", "ece")),
    ("stance", "newsmtsc", {"split": "rw", "model": "stance-lexicon"}, ("macro_f1",)),
    ("stance", "reference-labels", {"split": "test"}, OF_REFERENCE),
    ("stance", "georgia-2008", {}, OF_DEMO),
    ("stance", "mill-street", {}, OF_DEMO),
    ("stance", "narrative-frames", {}, (*WITH_INTERVAL, *BY_KIND, "accuracy", "ece")),
    ("stance", "gvfc", {}, (*WITH_INTERVAL, *BY_KIND, "accuracy", "ece", "n")),
    (
        "framing",
        "basil",
        {},
        (
            "auc",
            "ordering_accuracy",
            "product_auc",
            "product_ordering_accuracy",
            "mean_auc",
            "mean_ordering_accuracy",
            "fixed_order_ordering_accuracy",
            "gain_over_fixed_order",
            "gain_over_fixed_order_low",
            "gain_over_fixed_order_high",
        ),
    ),
    ("framing", "seesaw", {"split": "dev"}, OF_FEELINGS),
    ("stance", "seesaw", {"split": "dev"}, OF_HOLDERS),
    ("stance", "directed-sentiment", {"split": "dev"}, OF_DIRECTION),
    ("frames", "narrative-frames", {"split": "test"}, (*OF_FRAMES, "always_yes_macro_f1", "prevalence")),
    ("frames", "narrative-frames", {"split": "test", "model": "frames-base"}, OF_FRAMES),
    ("frames", "narrative-frames", {"split": "test", "model": "frames-lexicon"}, OF_FRAMES),
]
BASE = "stance-base"
RUNS += [
    (task, corpus, {**options, "model": BASE}, wanted)
    for task, corpus, options, wanted in RUNS
    if task in ("stance", "framing") and "model" not in options
]
COLUMNS = ["task", "corpus", "split", "model", "metric", "value"]


def measure(tasks: Collection[str], corpora: Collection[str], models: Collection[str]) -> list[list[Any]]:
    """Return the rows of some tasks on some corpora by some models; "" is the default of a task."""
    rows: list[list[Any]] = []
    for task, corpus, options, wanted in RUNS:
        if task not in tasks or corpus not in corpora or options.get("model", "") not in models:
            continue
        metrics = evaluate(task, corpus, **options)
        for metric in wanted:
            split, model = options.get("split", ""), options.get("model", "")
            value = metrics[metric]
            number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.3f}")
            rows.append([task, corpus, split, model, metric, number])
    if "stance" in tasks and "newsmtsc" in corpora and "" in models:
        table = reproduce("newsmtsc-stance").set_index("quantity")
        ngrams = table.loc["rw: n-grams around the masked target", "ours"] / 100
        rows.append(["stance", "newsmtsc", "rw", "n-grams", "macro_f1", Decimal(f"{ngrams:.3f}")])
    return rows


def main() -> None:
    """Write the table; with --tasks, --on or --model the rows of other tasks, corpora or models are kept."""
    every = list(dict.fromkeys(task for task, *_ in RUNS))
    corpora = sorted({corpus for _, corpus, *_ in RUNS})
    models = sorted({options.get("model", "") for *_, options, _ in RUNS})
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", nargs="+", choices=every, default=every, help="measure these alone")
    parser.add_argument("--on", nargs="+", choices=corpora, default=corpora, help="measure on these alone")
    parser.add_argument(
        "--model", nargs="+", choices=models, default=models, help='these alone; "": the default'
    )
    chosen = parser.parse_args()
    before = list(csv.reader(OUT.read_text().splitlines()))[1:] if OUT.is_file() else []
    again = {*chosen.model, *(["n-grams"] if "" in chosen.model else [])}
    kept = [
        row for row in before if row[0] not in chosen.tasks or row[1] not in chosen.on or row[3] not in again
    ]
    rows = [[*row[:-1], Decimal(row[-1])] for row in kept] + measure(chosen.tasks, chosen.on, chosen.model)
    order = {
        (task, corpus, options.get("model", "")): place
        for place, (task, corpus, options, _) in enumerate(RUNS)
    }
    rows.sort(key=lambda row: (every.index(row[0]), order.get((row[0], row[1], row[3]), len(order))))
    storage.write_csv(OUT, COLUMNS, rows)
    print(OUT.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
