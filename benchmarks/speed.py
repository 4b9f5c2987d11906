"""Measure time and memory beside what a user would do by hand; both sides in one run, because machines differ."""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crossframe import storage

ROOT = Path(__file__).parents[1]
OUT = ROOT / "results" / "benchmarks" / "speed.csv"


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the least of several running times in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Write the table: what, seconds of ours, seconds by hand, ratio."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["CROSSFRAME_CACHE"] = cache
        rows = [*measure_encoding(), *measure_splitting(), *measure_comparing()]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(["peak memory of all of this, MiB", f"{memory:.0f}", "", ""])
    storage.write_csv(OUT, ["what", "ours", "by_hand", "ratio"], rows)
    print(OUT.read_text())  # noqa: T201


def row(what: str, ours: float, by_hand: float) -> list[str]:
    """Return a row; the ratio says how many times faster ours is."""
    return [what, f"{ours:.4f}", f"{by_hand:.4f}", f"{by_hand / ours:.2f}"]


def measure_encoding() -> list[list[str]]:
    """Encode the demo's sentences: cold, from the cache, and with sentence-transformers as it comes."""
    from crossframe import embed_sentences, load_encoder, read_corpus, split_sentences

    sentences = split_sentences(read_corpus(ROOT / "corpora" / "georgia-2008").articles)
    encoder = load_encoder()
    encoder.encode(["Load the weights."])
    texts = list(sentences.text)
    by_hand = seconds(lambda: encoder.model.encode(texts, normalize_embeddings=True))
    cold = seconds(lambda: embed_sentences(sentences, encoder), times=1)
    warm = seconds(lambda: embed_sentences(sentences, encoder))
    return [
        row(f"encode {len(texts)} sentences, cold, s", cold, by_hand),
        row(f"encode {len(texts)} sentences, cached, s", warm, by_hand),
    ]


def measure_splitting() -> list[list[str]]:
    """Split the demo's articles 200 times: ours and sentencex alone."""
    import sentencex

    from crossframe import read_corpus, split_sentences

    articles = read_corpus(ROOT / "corpora" / "georgia-2008").articles
    ours = seconds(lambda: [split_sentences(articles) for _ in range(200)])
    alone = seconds(
        lambda: [
            list(sentencex.segment("en", line))
            for _ in range(200)
            for article in articles
            for line in article.document.split("\n")
        ]
    )
    return [row("split 5 articles 200 times, s", ours, alone)]


def measure_comparing() -> list[list[str]]:
    """Compare the demo corpus again, everything cached; there is nothing to do it by hand with."""
    from crossframe import compare, read_corpus

    corpus = read_corpus(ROOT / "corpora" / "georgia-2008")
    compare(corpus)
    return [["compare one event of 5 articles, warm, s", f"{seconds(lambda: compare(corpus)):.4f}", "", ""]]


if __name__ == "__main__":
    main()
