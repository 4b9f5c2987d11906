"""Score who is for or against whom of two entities: the five classes of directed sentiment, by two questions per sentence."""

import re
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import StanceModel, constructs_of, predict_stances
from crossframe.judging.targets import StanceItem, hide_target
from crossframe.records import NEGATIVE, POSITIVE, STANCES, Annotation, Corpus
from crossframe.statistics.intervals import bootstrap_macro_f1, percentile_interval
from crossframe.statistics.metrics import expected_calibration_error, macro_f1

_MARKS = re.compile(r"[\[\]]")
_REST_OF_WORD = re.compile(r"\w*")
_NEUTRAL = STANCES.index("neutral")


def evaluate_directed(corpus: Corpus, model: StanceModel | None) -> dict[str, Any]:
    """Score a stance model on sentences with two entities, p before q.

    Parameters
    ----------
    corpus : Corpus
        ``directed-sentiment``.
    model : StanceModel or None
        None scores the baseline alone.

    Returns
    -------
    dict of str to float
        micro_f1 (every sentence has one class, so it is accuracy, too), macro_f1 with an interval over sentences,
        average_precision (mean over classes), <class>_f1, ece, n; ``direction_accuracy`` (of the sentences that are not
        neutral, which of the two judges the other); ``sentence_only_``: the same model when neither entity is marked and no
        holder is named; ``majority_``: always the commonest class.

    Notes
    -----
    The model is asked twice: where p stands toward q, and where q stands toward p. That neither judges the other has the
    product of both probabilities of neutral; that one does, its probability times the other's of neutral; both at once,
    which the classes do not provide for, is left out and the rest scaled to 1. A model that answers portrayal alone says how
    the sentence portrays q, and p. Upstream's brackets are taken off, and a mark that cuts a word reaches its end.

    References
    ----------
    Park, Pan and Joo 2021, Who blames or endorses whom? Entity-to-entity directed sentiment extraction in news text,
    Findings of ACL-IJCNLP.
    """
    gold = corpus.gold["directed-sentiment"]
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing labels of corpus {corpus.name!r}.")
    truth = gold.scores.argmax(axis=1)
    common = np.full(len(truth), np.bincount(truth).argmax())
    metrics: dict[str, Any] = {}
    if model is not None:
        metrics = _describe(truth, judge_directed(corpus, model), gold.labels)
        unmarked = judge_directed(corpus, model, marked=False).argmax(axis=1)
        metrics["sentence_only_micro_f1"] = float(np.mean(truth == unmarked))
        metrics["sentence_only_macro_f1"] = macro_f1(truth, unmarked)
    return metrics | {
        "majority_micro_f1": float(np.mean(truth == common)),
        "majority_macro_f1": macro_f1(truth, common),
        "n": len(truth),
    }


def judge_directed(corpus: Corpus, model: StanceModel, *, marked: bool = True) -> np.ndarray:
    """Return the probability of every class: ndarray of shape (n_sentences, 5), in the order of `DIRECTED_LABELS`.

    Without `marked` the model reads the sentence alone (`hide_target`), so that both questions have one answer.
    """
    toward_second, toward_first = make_items(corpus)
    if "stance" not in constructs_of(model) or not marked:
        toward_second = [item._replace(holder=None) for item in toward_second]
        toward_first = [item._replace(holder=None) for item in toward_first]
    if not marked:
        whole = getattr(model, "reads_marks", False)
        toward_second, toward_first = (
            [hide_target(item, whole=whole) for item in items] for items in (toward_second, toward_first)
        )
    by_first = predict_stances(model, toward_second)
    by_second = predict_stances(model, toward_first)
    idle_first, idle_second = by_first[:, _NEUTRAL], by_second[:, _NEUTRAL]
    classes = np.column_stack(
        [
            idle_first * idle_second,
            by_first[:, POSITIVE] * idle_second,
            by_second[:, POSITIVE] * idle_first,
            by_first[:, NEGATIVE] * idle_second,
            by_second[:, NEGATIVE] * idle_first,
        ]
    )
    probability: np.ndarray = classes / np.maximum(classes.sum(axis=1, keepdims=True), 1e-12)
    return probability


def make_items(corpus: Corpus) -> tuple[list[StanceItem], list[StanceItem]]:
    """Return of every sentence the item that asks where p stands toward q, and the one where q stands toward p."""
    first, second = corpus.gold["first"], corpus.gold["second"]
    if not (isinstance(first, Annotation) and isinstance(second, Annotation)):
        raise InputError(f"Missing places of the entities of corpus {corpus.name!r}.")
    text_of = {article.id: article.document for article in corpus.articles}
    toward_second, toward_first = [], []
    for one, other in zip(first.units.rows(), second.units.rows(), strict=True):
        marked = text_of[one["article"]]
        text = _MARKS.sub("", marked)
        p, q = (_place(marked, text, unit["start"], unit["end"]) for unit in (one, other))
        toward_second.append(StanceItem(text, *q, (), text[slice(*p)]))
        toward_first.append(StanceItem(text, *p, (), text[slice(*q)]))
    return toward_second, toward_first


def _place(marked: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of the marked sentence in the one without brackets, up to the end of its last word."""
    shift = len(_MARKS.findall(marked[:start]))
    rest = _REST_OF_WORD.match(text, end - shift)
    return start - shift, rest.end() if rest else end - shift


def _describe(truth: np.ndarray, probability: np.ndarray, labels: tuple[str, ...]) -> dict[str, Any]:
    from sklearn.metrics import average_precision_score, f1_score

    predicted = probability.argmax(axis=1)
    by_class = f1_score(truth, predicted, average=None, labels=list(range(len(labels))), zero_division=0.0)
    draws = bootstrap_macro_f1(truth, predicted, list(map(str, range(len(truth)))), np.random.default_rng(0))
    low, high = percentile_interval(draws)
    precision = [average_precision_score(truth == j, probability[:, j]) for j in sorted(set(truth.tolist()))]
    judged = truth > 0
    by_first = probability[:, [1, 3]].sum(axis=1) >= probability[:, [2, 4]].sum(axis=1)
    right = by_first[judged] == np.isin(truth[judged], (1, 3))
    return {
        "micro_f1": float(np.mean(predicted == truth)),
        "macro_f1": macro_f1(truth, predicted),
        "macro_f1_low": low,
        "macro_f1_high": high,
        "average_precision": float(np.mean(precision)),
        **{f"{name}_f1": float(value) for name, value in zip(labels, by_class, strict=True)},
        "direction_accuracy": float(np.mean(right)) if len(right) else None,
        "ece": expected_calibration_error(probability.max(axis=1), (predicted == truth).astype(float)),
    }
