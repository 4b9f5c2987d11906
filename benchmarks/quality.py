"""Measure the shipped models on held-out data beside what a user would pick instead; needs the public corpora.

The peers of the aligner have a table of their own, by ``benchmarks/alignment.py``.
"""

from pathlib import Path

from crossframe import storage
from crossframe.studies.evaluating import evaluate
from crossframe.studies.reproducing import reproduce

OUT = Path("results/benchmarks/quality.csv")
# task, corpus, options of evaluate, the figure that counts
RUNS = [
    ("alignment", "basil", {"split": "dev"}, "average_precision"),
    ("alignment", "basil", {"split": "dev", "model": "aligner-lexical"}, "average_precision"),
    ("alignment", "basil", {"split": "dev"}, "f1"),
    ("alignment", "basil", {"split": "dev", "model": "aligner-lexical"}, "f1"),
    ("events", "basil", {}, "b_cubed_f1"),
    ("actors", "basil", {}, "found"),
    ("quotes", "basil", {}, "speaker_accuracy"),
    ("stance", "newsmtsc", {"split": "rw"}, "macro_f1"),
    ("stance", "newsmtsc", {"split": "rw"}, "disjoint_macro_f1"),
    ("stance", "newsmtsc", {"split": "rw", "model": "stance-lexicon"}, "macro_f1"),
    ("frames", "narrative-frames", {"split": "test"}, "macro_f1"),
    ("frames", "narrative-frames", {"split": "test", "model": "frames-lexicon"}, "macro_f1"),
    ("frames", "narrative-frames", {"split": "test"}, "always_yes_macro_f1"),
]


def main() -> None:
    """Write the table."""
    rows = []
    for task, corpus, options, figure in RUNS:
        value = evaluate(task, corpus, **options)[figure]
        rows.append(
            [task, corpus, options.get("split", ""), options.get("model", ""), figure, f"{value:.3f}"]
        )
    ngrams = reproduce("newsmtsc-stance").set_index("quantity").loc["n-grams", "ours"] / 100
    rows.append(["stance", "newsmtsc", "rw", "n-grams", "macro_f1", f"{ngrams:.3f}"])
    storage.write_csv(OUT, ["task", "corpus", "split", "model", "figure", "value"], rows)
    print(OUT.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
