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
    """Return accuracy on the first frame and F1 over all frames of linear SVMs on TF-IDF, cross-validated in five folds."""
    from sklearn.metrics import f1_score

    texts, truth = _read("train")
    first = truth.argmax(axis=1)
    predicted_first, predicted = _cross_validate_first(texts, first), _cross_validate(texts, truth, first)
    beside = "nothing comparable is published on folds of the train split"
    missing = missing_files(CORPUS, "test")
    held_out = {} if missing else _score_held_out(texts, truth, first)
    rows = [
        Row(
            "training split, TF-IDF, first frame: accuracy", _FIRST, 100 * float(np.mean(predicted_first == first)), 3.0,
            "3 points: folds are ours, of the train split alone; of two frames the first column counts as first",
        ),
        Row("training split, TF-IDF, first frame: macro F1", None, 100 * float(f1_score(first, predicted_first, average="macro")), None, beside),
        Row("training split, TF-IDF, all frames: macro F1", None, _f1(truth, predicted, "macro"), None, beside),
        Row("training split, TF-IDF, all frames: micro F1", None, _f1(truth, predicted, "micro"), None, beside),
        *(
            Row(f"upstream's dev split, TF-IDF, {name}", None, held_out.get(name), None, missing or "beside BERT, below")
            for name in _BERT
        ),
        *(
            Row(f"upstream's dev split, BERT, {name}", published, None, None, "published; not run here")
            for name, published in _BERT.items()
        ),
    ]  # fmt: skip
    table = tabulate_rows(rows)
    return Reproduction(
        tuple(rows),
        lambda: plot_reproduced(table, unit="per cent"),
        {CORPUS: source_of(CORPUS), "folds": FOLDS},
    )


def _read(split: str) -> tuple[list[str], np.ndarray]:
    """Return the headlines of a split and which frames each has: ndarray of shape (n_headlines, n_frames)."""
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


def _cross_validate_first(texts: list[str], first: np.ndarray) -> np.ndarray:
    """Return the first frame of every headline, predicted by a model that had not seen it."""
    predicted = np.empty_like(first)
    for train, test in _folds(first):
        model = _model().fit([texts[i] for i in train], first[train])
        predicted[test] = model.predict([texts[i] for i in test])
    return predicted


def _cross_validate(texts: list[str], truth: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return the frames of every headline, predicted by models that had not seen it."""
    predicted = np.zeros_like(truth)
    for train, test in _folds(first):
        predicted[test] = _predict([texts[i] for i in train], truth[train], [texts[i] for i in test])
    return predicted


def _predict(train: list[str], truth: np.ndarray, test: list[str]) -> np.ndarray:
    """Return the frames of the test headlines, one model per frame; where none is predicted, the likeliest one."""
    values = np.stack([_model().fit(train, column).decision_function(test) for column in truth.T], axis=1)
    predicted = (values > 0).astype(int)
    predicted[np.arange(len(test)), values.argmax(axis=1)] = 1
    return predicted


def _score_held_out(texts: list[str], truth: np.ndarray, first: np.ndarray) -> dict[str, float]:
    """Return the metrics of the published rows on the split that they are of, trained on all of the train split."""
    test, held_out = _read("test")
    answers = {
        "first frame": (held_out.argmax(axis=1), _model().fit(texts, first).predict(test)),
        "all frames": (held_out, _predict(texts, truth, test)),
    }
    return {
        f"{what}: {average} F1": _f1(*pair, average)
        for what, pair in answers.items()
        for average in ("macro", "micro")
    }


def _f1(truth: np.ndarray, predicted: np.ndarray, average: str) -> float:
    from sklearn.metrics import f1_score

    return 100 * float(f1_score(truth, predicted, average=average, zero_division=0.0))
