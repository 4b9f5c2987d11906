"""What a stance model is (`StanceModel`), and the mentions of an event annotated by one, shipped or a user's own."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import metadata
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from crossframe import _validation as check
from crossframe import storage
from crossframe.errors import InputError
from crossframe.judging.targets import StanceItem, name_holder
from crossframe.learning.model_files import Estimator
from crossframe.records import (
    CONSTRUCTS,
    PORTRAYAL,
    STANCES,
    Annotation,
    Sentences,
    Spans,
    Texts,
    Units,
)

BOTH = "both"
"""What a model answers that reads holders when asked to; one that does not say answers `PORTRAYAL`."""
TOLERANCE = 0.01
"""How far the probabilities of an item may be from 1 in sum: they may come in half precision."""


@runtime_checkable
class StanceModel(Protocol):
    """Judges stance items: any object with a name and `predict_proba` is one.

    A model may also have, each read where it is there: ``hash`` (str; identifies its weights in run.json, and lets its
    probabilities be cached per article), ``note`` (str; what a reader of its scores must know), ``classes_`` (its own
    class names, in the order of its columns), ``labels_`` (dict of class name to stance) and ``construct`` (``portrayal``,
    ``stance`` or ``both``: which question it answers; `constructs_of`).

    Attributes
    ----------
    name : str
        For run.json.

    Examples
    --------
    >>> class Alarmed:
    ...     name = "alarmed"
    ...
    ...     def predict_proba(self, items):
    ...         return np.array([[1, 0, 0] if "reckless" in item.text else [0, 1, 0] for item in items])
    >>> isinstance(Alarmed(), StanceModel)
    True
    """

    name: str

    def predict_proba(self, items: Sequence[StanceItem], /) -> np.ndarray:
        """Return probabilities of negative, neutral and positive: ndarray of shape (n_items, 3)."""
        ...


class StanceEstimator(Estimator):
    """Base of the shipped kinds of stance models: a name, a note, and the likeliest label.

    Attributes
    ----------
    name, hash, note : str
        Name and hash for run.json, and what a reader of its scores must know.
    classes_ : tuple of str
        Label names, sorted.
    labels_ : dict of str to str
        Stances that class names of other wording stand for.
    log_ : dict
        What its training measured; empty for models that were not read from a folder.
    construct : str
        ``portrayal``, ``stance`` or ``both``.
    reads_marks : bool
        Whether it reads the text as it is with its target marked, however long the target.
    caches_itself : bool
        Whether it has a cache of its own, so that its probabilities need none.
    """

    name = "untrained"
    hash = ""
    note = ""
    classes_: tuple[str, ...] = STANCES
    labels_: Mapping[str, str] = {}
    log_: Mapping[str, Any] = {}
    construct: str = PORTRAYAL
    reads_marks = False
    caches_itself = False

    def read_holders(self, items: Sequence[StanceItem]) -> list[StanceItem]:
        """Return the items as the model reads them: with the holder before the sentence where it answers stance."""
        return [name_holder(item) for item in items] if "stance" in constructs_of(self) else list(items)

    def fit(self, items: Sequence[StanceItem], labels: Sequence[str]) -> Self:
        """Return itself unchanged; models that learn override this."""
        del items, labels
        return self

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_items, n_classes)."""
        raise NotImplementedError

    def predict(self, items: Sequence[StanceItem]) -> list[str]:
        """Return the likeliest label of every item."""
        return [self.classes_[i] for i in self.predict_proba(items).argmax(axis=1)]


def annotate_mentions(model: StanceModel, sentences: Sentences, mentions: Spans, voices: Texts) -> Annotation:
    """Judge every mention in its sentence.

    Parameters
    ----------
    model : StanceModel
        Judges them.
    sentences : Sentences
        Of the articles that `mentions` are of.
    mentions : Spans
        Mentions of actors, the targets.
    voices : tuple of str
        Who speaks at each mention.

    Returns
    -------
    Annotation
        Unit span; labels negative, neutral, positive.

    Raises
    ------
    InputError
        When the model's probabilities or classes are not as `predict_stances` takes them.
    """
    items, units = items_of(sentences, mentions, voices)
    return Annotation(units, "span", STANCES, predict_by_article(model, items, units.article), model.name)


def predict_by_article(
    model: StanceModel, items: Sequence[StanceItem], articles: Sequence[str]
) -> np.ndarray:
    """Return a model's probabilities of negative, neutral and positive; an article's items are asked together, and cached.

    Parameters
    ----------
    model : StanceModel
    items : sequence of StanceItem
    articles : sequence of str
        Of each item.

    Returns
    -------
    ndarray of shape (n_items, 3)

    Raises
    ------
    InputError
        As `predict_stances`.
    """
    by_article: dict[str, list[StanceItem]] = {}
    for item, article in zip(items, articles, strict=True):
        by_article.setdefault(article, []).append(item)
    rows = {article: iter(_predict_article(model, own)) for article, own in by_article.items()}
    probability = np.array([next(rows[article]) for article in articles]).reshape(-1, len(_classes(model)))
    return to_stances(probability, _classes(model), _labels(model))


def predict_stances(model: StanceModel, items: Sequence[StanceItem]) -> np.ndarray:
    """Return a model's probabilities of negative, neutral and positive; equal items are read once.

    Parameters
    ----------
    model : StanceModel
    items : sequence of StanceItem
        With none, only the model's classes are checked.

    Returns
    -------
    ndarray of shape (n_items, 3)

    Raises
    ------
    InputError
        When the model's array has the wrong shape, or rows that are no probabilities; when one of its classes stands
        for no stance.
    """
    distinct = list(dict.fromkeys(items))
    row = {item: number for number, item in enumerate(distinct)}
    probability = to_stances(_predict_checked(model, distinct), _classes(model), _labels(model))
    return probability[[row[item] for item in items]]


def items_of(sentences: Sentences, mentions: Spans, voices: Texts) -> tuple[list[StanceItem], Units]:
    """Return each mention as an item in its sentence, and the units that a stance annotation judges."""
    places, units = [], []
    named: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row, voice in zip(mentions.rows(), voices, strict=True):
        at = sentences.locate(row["article"], row["start"])
        begin = int(sentences.start[at])
        start, end = row["start"] - begin, min(row["end"], int(sentences.end[at])) - begin
        places.append((at, row["actor"], (start, max(end, start))))
        named.setdefault((at, row["actor"]), []).append(places[-1][2])
        units.append(
            {
                "article": row["article"],
                "sentence": int(sentences.index[at]),
                "start": row["start"],
                "end": row["end"],
                "actor": row["actor"],
                "voice": voice,
            }
        )
    items = [
        StanceItem(sentences.text[at], *span, tuple(other for other in named[at, actor] if other != span))
        for at, actor, span in places
    ]
    return items, Units.from_rows(units)


def constructs_of(model: StanceModel) -> tuple[str, ...]:
    """Return the questions that a model answers: portrayal, stance, or both. A model that does not say answers portrayal.

    Examples
    --------
    >>> class OfBoth:
    ...     name, construct = "of-both", "both"
    ...
    ...     def predict_proba(self, items):
    ...         return np.zeros((len(items), 3))
    >>> constructs_of(OfBoth())
    ('portrayal', 'stance')
    """
    construct = getattr(model, "construct", PORTRAYAL)
    if construct == BOTH:
        return CONSTRUCTS
    check.check_choice(construct, f"construct of stance model {model.name!r}:", (*CONSTRUCTS, BOTH))
    return (construct,)


def to_stances(probability: np.ndarray, classes: Sequence[str], labels: Mapping[str, str]) -> np.ndarray:
    """Return probabilities of negative, neutral, positive from those of a model's own classes.

    `labels` maps class names to stances where their names differ.
    """
    scores = np.zeros((len(probability), len(STANCES)))
    for column, name in enumerate(classes):
        stance = labels.get(name, name)
        if stance not in STANCES:
            raise InputError(
                f"Invalid label {name!r} of the stance model. Map it to one of {', '.join(STANCES)} under [labels] in its configuration."
            )
        scores[:, STANCES.index(stance)] += probability[:, column]
    return scores


def _predict_article(model: StanceModel, items: Sequence[StanceItem]) -> np.ndarray:
    """Return probabilities of an article's items, from the cache where the model has a hash and judged them before."""
    return cached(model, items, "", lambda: _predict_checked(model, items))


def cached(
    model: StanceModel, items: Sequence[StanceItem], question: str, answer: Callable[[], np.ndarray]
) -> np.ndarray:
    """Return what `answer` returns of items, from the cache where the model has a hash and answered `question` before."""
    digest = getattr(model, "hash", "")
    if not digest or getattr(model, "caches_itself", False):
        return answer()
    content = json.dumps([model.name, digest, _runtimes(), items, *([question] if question else [])])
    return storage.cached_array(hashlib.sha256(content.encode()).hexdigest(), answer)


def _predict_checked(model: StanceModel, items: Sequence[StanceItem]) -> np.ndarray:
    shape = (len(items), len(_classes(model)))
    if not items:
        return np.zeros(shape)
    returned = model.predict_proba(items)
    try:
        probability = np.asarray(returned, dtype=np.float64)
    except (TypeError, ValueError):
        probability = np.zeros(0)
    if probability.shape != shape:
        found = (
            f"of shape {probability.shape!r}" if probability.size else f"of type {type(returned).__name__}"
        )
        raise InputError(
            f"Invalid probabilities {found} from stance model {model.name!r}. For {len(items)} items predict_proba must "
            f"return an array of shape {shape!r}, with columns {', '.join(_classes(model))}."
        )
    wrong = ~(
        ((probability >= 0) & (probability <= 1)).all(axis=1)
        & (abs(probability.sum(axis=1) - 1) <= TOLERANCE)
    )
    if wrong.any():
        raise InputError(
            f"Invalid probabilities {probability[wrong][0].tolist()!r} from stance model {model.name!r}. The probabilities of "
            "an item must lie between 0 and 1 and sum to 1."
        )
    return probability


def _classes(model: StanceModel) -> tuple[str, ...]:
    return tuple(getattr(model, "classes_", STANCES))


def _labels(model: StanceModel) -> Mapping[str, str]:
    labels: Mapping[str, str] = getattr(model, "labels_", {})
    return labels


@cache
def _runtimes() -> tuple[str, ...]:
    """Return the versions of what runs networks: other versions may give other last digits."""
    versions = []
    for package in ("onnxruntime", "torch"):
        try:
            versions.append(metadata.version(package))
        except metadata.PackageNotFoundError:
            versions.append("")
    return tuple(versions)
