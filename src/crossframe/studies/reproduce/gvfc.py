"""Akyürek et al. 2020, GVFC: frames of headlines, TF-IDF here beside the published transformers."""

from typing import Any

import numpy as np

from crossframe.errors import MissingDataError
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import Annotation
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.reproduce.rows import Reproduction, Row, missing_files, source_of, tabulate_rows

CORPUS = "gvfc"
FOLDS = 5
# Akyürek et al. 2020, Multi-label and multilingual news framing analysis, table 1: F1 in per cent.
_BERT = {
    "first frame: macro F1": 77.0,
    "first frame: micro F1": 83.0,
    "all frames: macro F1": 76.0,
    "all frames: micro F1": 82.0,
}
_FIRST = 71.9


def reproduce_gvfc() -> Reproduction:
    """Return accuracy on the first frame and F1 over all frames of linear machines on TF-IDF, by five folds."""
    from sklearn.metrics import f1_score

    texts, truth = _read("train")
    first = truth.argmax(axis=1)
    one, every = _first_of(texts, first), _all_of(texts, truth, first)
    beside = "nothing of the kind is published on folds of the training part"
    missing = missing_files(CORPUS, "test")
    held = {} if missing else _on_held(texts, truth, first)
    rows = [
        Row(
            "training part, TF-IDF, first frame: accuracy", _FIRST, 100 * float(np.mean(one == first)), 3.0,
            "3 points: folds are ours, of the training part alone; of two frames the first column counts as first",
        ),
        Row("training part, TF-IDF, first frame: macro F1", None, 100 * float(f1_score(first, one, average="macro")), None, beside),
        Row("training part, TF-IDF, all frames: macro F1", None, _f1(truth, every, "macro"), None, beside),
        Row("training part, TF-IDF, all frames: micro F1", None, _f1(truth, every, "micro"), None, beside),
        *(
            Row(f"upstream's dev part, TF-IDF, {name}", None, held.get(name), None, missing or "beside BERT, below")
            for name in _BERT
        ),
        *(
            Row(f"upstream's dev part, BERT, {name}", figure, None, None, "published; not run here")
            for name, figure in _BERT.items()
        ),
    ]  # fmt: skip
    table = tabulate_rows(rows)
    return Reproduction(
        tuple(rows),
        lambda: plot_reproduced(table, unit="per cent"),
        {CORPUS: source_of(CORPUS), "folds": FOLDS},
    )


def _read(split: str) -> tuple[list[str], np.ndarray]:
    """Return the headlines of a part and which frames hold: ndarray of shape (n_headlines, n_frames)."""
    corpus = read_corpus(CORPUS, splits=(split,))
    gold = corpus.gold.get("gun-frames")
    if not isinstance(gold, Annotation):
        raise MissingDataError(f"Missing frames of corpus {CORPUS!r}. Its loader gives them.")
    return [article.text for article in corpus.articles], gold.scores.astype(int)


def _model() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    return make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LinearSVC(C=1.0))


def _folds(first: np.ndarray) -> Any:
    from sklearn.model_selection import StratifiedKFold

    return StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(first, first)


def _first_of(texts: list[str], first: np.ndarray) -> np.ndarray:
    found = np.empty_like(first)
    for train, held in _folds(first):
        fitted = _model().fit([texts[i] for i in train], first[train])
        found[held] = fitted.predict([texts[i] for i in held])
    return found


def _all_of(texts: list[str], truth: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return which frames hold, a machine a frame; where none says yes, the one that comes nearest to it."""
    found = np.zeros_like(truth)
    for train, held in _folds(first):
        found[held] = _decide([texts[i] for i in train], truth[train], [texts[i] for i in held])
    return found


def _decide(told: list[str], truth: np.ndarray, asked: list[str]) -> np.ndarray:
    values = np.stack(
        [_model().fit(told, column).decision_function(asked) for column in truth.T],
        axis=1,
    )
    found = (values > 0).astype(int)
    found[np.arange(len(asked)), values.argmax(axis=1)] = 1
    return found


def _on_held(texts: list[str], truth: np.ndarray, first: np.ndarray) -> dict[str, float]:
    """Return the figures of the published rows on the part that they are of, learned from all of the training part."""
    asked, held = _read("test")
    one, every = _model().fit(texts, first).predict(asked), _decide(texts, truth, asked)
    found = {"first frame": (held.argmax(axis=1), one), "all frames": (held, every)}
    return {
        f"{what}: {average} F1": _f1(*pair, average)
        for what, pair in found.items()
        for average in ("macro", "micro")
    }


def _f1(truth: np.ndarray, found: np.ndarray, average: str) -> float:
    from sklearn.metrics import f1_score

    return 100 * float(f1_score(truth, found, average=average, zero_division=0.0))
