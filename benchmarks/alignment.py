"""Measure the shipped aligners beside baselines on basil's ten test events, all tuned on the same training events.

Thresholds and parameters of the baselines are learned here on the 30 events of gold ``alignment-train``; where they differ
from the recorded ones (``aligner_baselines.LEARNED``), this is printed. Ours come trained on the same events. Every aligner
then aligns the ten events of ``alignment-dev`` once, its encoder's vectors given: what it encodes itself counts as aligning.
Average precision of baselines is over all pairs by their uncut scores; of ours, pairs below 0.05 all rank last at once.
``:int8`` is the same aligner given the vectors of the quantised encoder; it takes no longer than the row above says.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from aligner_baselines import BASELINES, LEARNED, choose_baseline

from crossframe import storage
from crossframe.learning.encoders.by_name import Encoder, load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligners import load_aligner
from crossframe.matching.baselines import BaselineAligner
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Embeddings, Sentences
from crossframe.studies.evaluate.alignment_metrics import (
    EventScore,
    bound_scores,
    events_of,
    pool_scores,
    score_events,
)

OUT = Path(__file__).parents[1] / "results" / "benchmarks"
METRICS = ("average_precision", "f1", "precision", "recall")
COLUMNS = (
    "aligner", "parameters", "threshold", "train_f1",
    *(f"{metric}{end}" for metric in METRICS for end in ("", "_low", "_high")),
    "seconds_aligning", "seconds_encoding",
)  # fmt: skip
"""``train_f1``: of baselines on the events they were tuned on, of ours out of fold; ``_low``, ``_high``: 95 % intervals,
whole events drawn with replacement; seconds for all ten events together."""
LABELS = {
    "tfidf": "TF-IDF cosine",
    "cosine": "encoder cosine",
    "margin": "margin",
    "mutual": "mutual best match",
    "transport": "optimal transport",
    "monotone": "monotone programme",
}
COLOURS = {"baseline": "#0072B2", "ours": "#D55E00"}  # Okabe and Ito 2008
MARKERS = {"baseline": "o", "ours": "s"}

Events = list[tuple[Sentences, Embeddings]]


class Clock:
    """Seconds that pass inside ``with``."""

    seconds = 0.0

    def __enter__(self) -> "Clock":
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._start


def encode(sentences: Sequence[Sentences], encoder: Encoder, clock: Clock) -> tuple[Events, Clock]:
    """Return sentences with their vectors and the clock; every event is encoded by itself, nothing from the cache."""
    encoder.encode(["Wake up."])
    encoded = []
    for one in sentences:
        with clock:
            vectors = encoder.encode(one.text)
        encoded.append((one, Embeddings(vectors, encoder.name, encoder.fingerprint)))
    return encoded, clock


def learn_baselines(events: Events, truth: Alignment) -> Iterator[BaselineAligner]:
    """Yield every baseline, tuned on the events, and print where it differs from its recorded numbers."""
    for name in BASELINES:
        baseline = choose_baseline(name, events, truth)
        learned = (baseline.slope_, baseline.intercept_, baseline.threshold_)
        if not np.allclose(learned, LEARNED[name], atol=0.001) or repr(baseline) != repr(BASELINES[name]()):
            print(f"{name} in use: {BASELINES[name]()!r} {LEARNED[name]}, chosen: {baseline!r} {learned}")  # noqa: T201
        yield baseline


def align_uncut(baseline: BaselineAligner, sentences: Sentences, embeddings: Embeddings) -> Alignment:
    """Return all pairs with their scores, so that also the lowest are ranked; relations by the threshold."""
    left, right, score = baseline.score_pairs(sentences, embeddings.vectors)
    decided = baseline.probability(score) >= baseline.threshold_
    relation = tuple("partial" if one else "none" for one in decided.tolist())
    return Alignment(sentences, left, right, score, relation)


def align_all(aligner: Any, events: Events, clock: Clock) -> list[Alignment]:
    """Return the alignments of all events, timed."""
    alignments = []
    for sentences, embeddings in events:
        with clock:
            alignments.append(aligner.align(sentences, embeddings if aligner.embedding else None))
    return alignments


def row(
    aligner: Any,
    train_f1: float | None,
    scored: Sequence[EventScore],
    aligning: Clock,
    encoding: Clock | None,
) -> dict[str, str]:
    """Return a row of the table."""
    parameters = aligner.get_params() if isinstance(aligner, BaselineAligner) else {}
    metrics = pool_scores(scored) | bound_scores(scored)
    return {
        "aligner": aligner.name,
        "parameters": " ".join(f"{name}={value}" for name, value in parameters.items()),
        "threshold": f"{aligner.threshold_:.4f}",
        "train_f1": "" if train_f1 is None else f"{train_f1:.3f}",
        **{name: f"{metrics[name]:.3f}" for name in COLUMNS if name.startswith(METRICS)},
        "seconds_aligning": f"{aligning.seconds:.2f}",
        "seconds_encoding": f"{encoding.seconds:.2f}" if encoding else "",
    }


def measure() -> list[dict[str, str]]:
    """Return the rows of the table, baselines first."""
    corpus = read_corpus("basil")
    gold = {split: corpus.gold[f"alignment-{split}"] for split in ("train", "dev")}
    sentences = {
        split: [split_sentences(corpus.select(event=event).articles) for event in events_of(truth)]
        for split, truth in gold.items()
    }
    rows = []
    encoder = load_encoder()
    events, encoding = encode(sentences["dev"], encoder, Clock())
    for baseline in learn_baselines(
        [(s, embed_sentences(s, encoder)) for s in sentences["train"]], gold["train"]
    ):
        aligning = Clock()
        align_all(baseline, events, aligning)
        scored = score_events(gold["dev"], [align_uncut(baseline, *event) for event in events])
        rows.append(row(baseline, baseline.f1_, scored, aligning, encoding if baseline.embedding else None))
    for folder in sorted(storage.models_folder().glob("aligner-*")):
        aligner, aligning = load_aligner(folder.name), Clock()
        if aligner.embedding and aligner.encoder_ != encoder.name:
            encoder = load_encoder(aligner.encoder_)
            events, encoding = encode(sentences["dev"], encoder, Clock())
        first, _ = encode(sentences["train"][:1], encoder, Clock())
        align_all(aligner, first, Clock())  # loads what it needs
        scored = score_events(gold["dev"], align_all(aligner, events, aligning))
        rows.append(
            row(aligner, out_of_fold(folder), scored, aligning, encoding if aligner.embedding else None)
        )
        if aligner.embedding:
            coarse, quick = encode(sentences["dev"], load_encoder(f"{encoder.name}:int8"), Clock())
            scored = score_events(gold["dev"], align_all(aligner, coarse, Clock()))
            coarse_row = {"aligner": f"{aligner.name}:int8", "seconds_aligning": ""}
            rows.append(row(aligner, None, scored, Clock(), quick) | coarse_row)
    return rows


def out_of_fold(folder: Path) -> float | None:
    """Return the F1 on the training events that the training of a shipped aligner wrote down."""
    log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    value = log.get("out_of_fold", {}).get("f1")
    return None if value is None else float(value)


def draw(rows: Sequence[dict[str, str]]) -> bytes:
    """Return the figure: average precision and F1 of every aligner as dots, with their intervals."""
    from matplotlib.figure import Figure

    ranked = sorted(rows, key=lambda one: (float(one["f1"]), float(one["average_precision"])))
    figure = Figure(figsize=(8.4, 0.42 * len(rows) + 1.2), layout="constrained")
    for ax, name, title in zip(
        figure.subplots(1, 2, sharey=True),
        ("average_precision", "f1"),
        ("average precision, all pairs", "F1 at the training threshold"),
        strict=True,
    ):
        for place, one in enumerate(ranked):
            kind = "baseline" if one["aligner"] in BASELINES else "ours"
            ends = [float(one[f"{name}_low"]), float(one[f"{name}_high"])]
            ax.plot(ends, [place, place], color=COLOURS[kind], linewidth=1.6)
            ax.plot(float(one[name]), place, MARKERS[kind], color=COLOURS[kind], markersize=7)
            ax.annotate(
                one[name], (ends[1], place), (5, 0), textcoords="offset points", va="center", fontsize=8
            )
        ax.set_xlim(0, 1)
        ax.set_xlabel(title, fontsize=9)
        ax.grid(axis="x", color="0.9")
        ax.set_axisbelow(True)
        ax.spines[["top", "right"]].set_visible(False)
        ax.set_yticks(range(len(ranked)), [LABELS.get(one["aligner"], one["aligner"]) for one in ranked])
    figure.suptitle(
        "Aligning sentences of ten events (circles: baselines, squares: crossframe; lines: 95 % intervals over events)",
        fontsize=9,
    )
    content = BytesIO()
    figure.savefig(content, dpi=160, metadata={"Software": None})
    return content.getvalue()


def main() -> None:
    """Write table and figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="folder for alignment.csv and alignment.png")
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as cache:
        os.environ["CROSSFRAME_CACHE"] = cache
        rows = measure()
    storage.write_csv(out / "alignment.csv", COLUMNS, [[one[name] for name in COLUMNS] for one in rows])
    storage.write_bytes(out / "alignment.png", draw(rows))
    print((out / "alignment.csv").read_text())  # noqa: T201


if __name__ == "__main__":
    main()
