"""Measure the shipped models on held-out data beside what a user would pick instead; needs the public corpora."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe.learning.encoders import load_encoder
from crossframe.reading.public import read_corpus
from crossframe.reading.sentences import split_sentences
from crossframe.records import Alignment
from crossframe.studies.evaluating import evaluate
from crossframe.studies.reproducing import reproduce
from crossframe.studies.scoring_alignment import events_of, score_alignment

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


def tfidf_cosines(texts: list[str]) -> np.ndarray:
    """Return the cosines of TF-IDF vectors as scikit-learn makes them by default."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    return np.asarray((vectors @ vectors.T).toarray())


def encoder_cosines(texts: list[str]) -> np.ndarray:
    """Return the cosines of all-MiniLM-L6-v2."""
    vectors = load_encoder().encode(texts)
    return np.asarray(vectors @ vectors.T)


def rank_by(cosines: Callable[[list[str]], np.ndarray]) -> float:
    """Return the average precision on basil-dev of ranking an event's cross-outlet pairs by cosine."""
    corpus = read_corpus("basil")
    truth = corpus.gold["alignment-dev"]
    assert isinstance(truth, Alignment)
    found = []
    for event in events_of(truth):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        close = np.clip(cosines(list(sentences.text)), 0, 1)
        left, right = np.nonzero(np.triu(sentences.article[:, None] != sentences.article[None, :], 1))
        score = close[left, right]
        found.append(Alignment(sentences, left, right, score, ("none",) * len(left)))
    return float(score_alignment(truth, found)["average_precision"])


def main() -> None:
    """Write the table."""
    rows = []
    for task, corpus, options, figure in RUNS:
        value = evaluate(task, corpus, **options)[figure]
        rows.append(
            [task, corpus, options.get("split", ""), options.get("model", ""), figure, f"{value:.3f}"]
        )
    for name, cosines in (("TF-IDF cosine", tfidf_cosines), ("MiniLM cosine", encoder_cosines)):
        rows.append(["alignment", "basil", "dev", name, "average_precision", f"{rank_by(cosines):.3f}"])
    ngrams = reproduce("newsmtsc-stance").set_index("quantity").loc["n-grams", "ours"] / 100
    rows.append(["stance", "newsmtsc", "rw", "n-grams", "macro_f1", f"{ngrams:.3f}"])
    storage.write_csv(OUT, ["task", "corpus", "split", "model", "figure", "value"], rows)
    print(OUT.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
