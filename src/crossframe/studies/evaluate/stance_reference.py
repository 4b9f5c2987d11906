"""Score stance models on the reference labels: portrayal, the author and other holders, against each of two readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import StanceModel, constructs_of, predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.reference_labels import REFERENCE, read_labelled_items
from crossframe.reading.public.reference_readings import DISPUTED, SIDES, Item
from crossframe.records import AUTHOR, CONSTRUCTS, PORTRAYAL, STANCES, Corpus, score_stances
from crossframe.statistics.intervals import bootstrap_macro_f1, percentile_interval
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.constructs import check_construct
from crossframe.studies.evaluate.metrics import MIN_CLUSTERS, MIN_TARGETS, ratio, stance_metrics
from crossframe.studies.evaluate.stance_items import stance_items
from crossframe.studies.evaluate.stress import stress_stance
from crossframe.studies.evaluate.stress_sentences import stress_sentences
from crossframe.text import slug

_UNCLEAR = ("mixed", "unclear")
_PREFIX_OF = {PORTRAYAL: "", "author": "author_", "holders": "holders_"}
"""What readers of the reference labels were asked, by what stands before the metrics of each."""
_BELOW_PERSONS = ("state", "organisation", "group")
"""Kinds of actors that are compared with persons."""
_PARTS = ("kind", "corpus", "half", "hard_kind")


@dataclass(frozen=True)
class Questions:
    """What a model is asked, and what two readers answer.

    Parameters
    ----------
    items : tuple of StanceItem
    classes : tuple of str
        Against, neutral, for.
    answers : ndarray of str of shape (n_questions, 2)
        Of the first and the second reader; of a reader alone twice. "" where it is none of the classes.
    twice : ndarray of bool of shape (n_questions,)
        Whether two readers answered.
    groups : tuple of str
        Event of each.
    """

    items: tuple[StanceItem, ...]
    classes: tuple[str, ...]
    answers: np.ndarray
    twice: np.ndarray
    groups: tuple[str, ...]

    @property
    def answered(self) -> np.ndarray:
        """Whether a reader's answer is one of the classes: ndarray of bool of shape (n_questions,)."""
        found: np.ndarray = (self.answers != "").any(axis=1)
        return found


def evaluate_reference(
    corpus: Corpus, model: StanceModel | None, *, any_construct: bool = False, stress: bool = False
) -> dict[str, Any]:
    """Score a stance model against what two readers, both of them language models, said independently of each other.

    Parameters
    ----------
    corpus : Corpus
        ``reference-labels``.
    model : StanceModel or None
        Asked for what it answers: portrayal, the stance of author and holders, or both. None scores the majority alone.
    any_construct : bool
        Whether it is also asked for what it does not answer; the metrics of that are marked.
    stress : bool
        Whether it is also tested without the target, under other names, and on invented sentences.

    Returns
    -------
    dict of str to float
        Every metric is the mean of those against the first and the second reader of a mention, each without what that
        reader calls mixed, unclear or no mention; where there is one reading, it is against that.

        - macro_f1 with an interval over events, accuracy, <class>_f1, ece, classwise_ece, n: of portrayal; ``<part>_macro_f1``
          (of `MIN_TARGETS` or more) and ``<part>_n`` by kind of actor, source corpus, half and hard kind; ``bias_<kind>``: mean
          score minus mean label;
        - ``author_...``: the same without parts, of the author's stance (oppose, neutral, support);
        - ``holders_...``: of the stance of everybody else who may hold one, neutral where a reader does not name them;
        - ``...readers_macro_f1``: of one reader against the other; ``...ceiling_share``: macro_f1 on what two have read as a
          share of it (None where nothing is read twice); ``majority_...macro_f1``: of always neutral;
        - unclear_share: of readings that see a mention, those that are mixed or unclear; n_disputed: items on whose portrayal
          no majority agrees.

    Raises
    ------
    InputError
        When stress is asked for, and the model is not asked for portrayal.
    """
    items = read_labelled_items(corpus.articles)
    asked = CONSTRUCTS if model is None or any_construct else constructs_of(model)
    if stress and (model is None or PORTRAYAL not in asked):
        raise InputError("Invalid option --stress. It is for models that are asked for portrayal.")
    metrics: dict[str, Any] = {}
    if PORTRAYAL in asked:
        questions = ask_portrayal(items, corpus)
        probability = judge(model, questions)
        metrics |= _mark("portrayal_", PORTRAYAL, model) | describe("", questions, probability)
        if probability is not None:
            metrics |= describe_parts(items, questions, probability)
        metrics |= describe_unclear(items)
    if "stance" in asked:
        for prefix, ask in (("author_", ask_author), ("holders_", ask_holders)):
            questions = ask(items, corpus)
            metrics |= _mark(prefix, "stance", model) | describe(prefix, questions, judge(model, questions))
    else:
        metrics["holders"] = "not asked: the model answers portrayal; --any-construct asks it all the same"
    if stress and model is not None:
        gold = stance_items(corpus)
        metrics |= stress_stance(model, gold.targets, gold.labels, gold.groups) | stress_sentences(model)
    return metrics


def _mark(prefix: str, construct: str, model: StanceModel | None) -> dict[str, Any]:
    """Return what marks the metrics of a model that does not answer `construct`."""
    if model is None:
        return {}
    marks = check_construct(model, construct, f"the labels of {REFERENCE}", any_construct=True)
    return {f"{prefix}{name}": value for name, value in marks.items()}


def describe_ceilings(metrics: Mapping[str, Any]) -> dict[str, float]:
    """Return ceiling and share of it by question, and how far macro-F1 of each kind of actor is below that of persons.

    Parameters
    ----------
    metrics : mapping of str to float
        What `evaluate_reference` gives.

    Returns
    -------
    dict of str to float
        ``<question>_readers_macro_f1``: of one reader against the other; ``<question>_macro_f1``: of the model, the mean
        against either; ``<question>_share_of_readers``: on what both read, as a share of the ceiling. Questions are portrayal,
        author and holders, those that the model answers. ``person_minus_<kind>``: difference of macro-F1 of portrayal.

    Examples
    --------
    >>> describe_ceilings({"macro_f1": 0.72, "readers_macro_f1": 0.9, "ceiling_share": 0.8,
    ...     "person_macro_f1": 0.75, "state_macro_f1": 0.5})  # doctest: +NORMALIZE_WHITESPACE
    {'portrayal_readers_macro_f1': 0.9, 'portrayal_macro_f1': 0.72, 'portrayal_share_of_readers': 0.8,
    'person_minus_state': 0.25}
    """
    names = {
        "readers_macro_f1": "readers_macro_f1",
        "macro_f1": "macro_f1",
        "ceiling_share": "share_of_readers",
    }
    found = {
        f"{question}_{name}": metrics[f"{prefix}{given}"]
        for question, prefix in _PREFIX_OF.items()
        for given, name in names.items()
        if f"{prefix}{given}" in metrics
    }
    gaps = {
        f"person_minus_{kind}": metrics["person_macro_f1"] - metrics[f"{kind}_macro_f1"]
        for kind in _BELOW_PERSONS
        if {"person_macro_f1", f"{kind}_macro_f1"} <= set(metrics)
    }
    return found | gaps


# --- questions ------------------------------------------------------------------------------------------


def ask_portrayal(items: Sequence[Item], corpus: Corpus) -> Questions:
    """Return one question per item: how its sentence portrays it."""
    rows = ((item, None, [reading.portrayal for reading in item.readings]) for item in items)
    return _ask(rows, corpus, STANCES)


def ask_author(items: Sequence[Item], corpus: Corpus) -> Questions:
    """Return one question per item: where the author stands toward it."""
    rows = ((item, AUTHOR, [reading.author for reading in item.readings]) for item in items)
    return _ask(rows, corpus, SIDES)


def ask_holders(items: Sequence[Item], corpus: Corpus) -> Questions:
    """Return one question per item and possible holder: where this holder stands toward it."""
    documents = {article.id: article.document for article in corpus.articles}
    rows = (
        (
            item,
            documents[item.article][slice(*holder)],
            [reading.side_of(holder) if reading.is_mention else "" for reading in item.readings],
        )
        for item in items
        for holder in item.holders
    )
    return _ask(rows, corpus, SIDES)


def _ask(
    rows: Iterable[tuple[Item, str | None, list[str]]], corpus: Corpus, classes: tuple[str, ...]
) -> Questions:
    """Return the questions of `rows`: item, holder, and what its readers answer, of whom the first two count."""
    articles = {article.id: article for article in corpus.articles}
    items, answers, twice, groups = [], [], [], []
    for item, holder, given in rows:
        first, last = item.sentence
        start, end = (offset - first for offset in item.target)
        items.append(StanceItem(articles[item.article].document[first:last], start, end, holder=holder))
        answers.append([one if one in classes else "" for one in (given[0], given[:2][-1])])
        twice.append(len(given) > 1)
        groups.append(articles[item.article].event)
    listed = np.array(answers, dtype=str).reshape(-1, 2)
    return Questions(tuple(items), classes, listed, np.array(twice, dtype=bool), tuple(groups))


def judge(model: StanceModel | None, questions: Questions) -> np.ndarray | None:
    """Return a model's probabilities: ndarray of shape (n_questions, 3). One that answers portrayal alone is not told the holder."""
    if model is None:
        return None
    items = questions.items
    if "stance" not in constructs_of(model):
        items = tuple(item._replace(holder=None) for item in items)
    return predict_stances(model, items)


# --- metrics --------------------------------------------------------------------------------------------


def describe(prefix: str, questions: Questions, probability: np.ndarray | None) -> dict[str, Any]:
    """Return what a model, the readers and always neutral reach on `questions`, the names after `prefix`.

    `probability` is an ndarray of shape (n_questions, 3) in the order of their classes; None: there is no model.
    """
    readers = agree(questions)
    metrics: dict[str, Any] = {}
    if probability is not None:
        metrics |= score(questions, probability) | _bound(questions, probability)
        of_twice = score(questions, probability, questions.twice)
        metrics["ceiling_share"] = of_twice["macro_f1"] / readers if of_twice and readers else None
    metrics |= {"readers_macro_f1": readers, "n": int(questions.answered.sum())}
    neutral = np.tile([0.0, 1.0, 0.0], (len(questions.items), 1))
    majority = {f"majority_{prefix}macro_f1": score(questions, neutral).get("macro_f1")}
    return {f"{prefix}{name}": value for name, value in metrics.items()} | majority


def score(questions: Questions, probability: np.ndarray, part: np.ndarray | None = None) -> dict[str, float]:
    """Return `stance_metrics` against either reader, averaged; nothing where there are no answers.

    Parameters
    ----------
    questions : Questions
    probability : ndarray of shape (n_questions, 3)
        In the order of their classes.
    part : ndarray of bool of shape (n_questions,), optional
        Of these questions alone.
    """
    by_reader = []
    for answers in questions.answers.T:
        keep = (answers != "") if part is None else (answers != "") & part
        if keep.any():
            by_reader.append(stance_metrics(answers[keep], probability[keep], questions.classes))
    names = by_reader[0] if by_reader else {}
    return {name: float(np.mean([own[name] for own in by_reader])) for name in names}


def agree(questions: Questions) -> float | None:
    """Return macro-F1 of one reader against the other, which is the same both ways; None where nothing is read twice."""
    both = questions.twice & (questions.answers != "").all(axis=1)
    return macro_f1(questions.answers[both, 0], questions.answers[both, 1]) if both.any() else None


def _bound(questions: Questions, probability: np.ndarray) -> dict[str, float]:
    """Return the interval of macro-F1 over events where they are enough: the same events are drawn for both readers."""
    answered = questions.answered
    groups = np.array(questions.groups)[answered]
    if len(set(groups)) < MIN_CLUSTERS:
        return {}
    predicted = np.array(questions.classes)[probability.argmax(axis=1)][answered]
    draws = [
        bootstrap_macro_f1(answers, predicted, groups.tolist(), np.random.default_rng(0), keep=answers != "")
        for answers in questions.answers[answered].T
        if (answers != "").any()
    ]
    low, high = percentile_interval(np.mean(draws, axis=0))
    return {"macro_f1_low": low, "macro_f1_high": high}


def describe_parts(items: Sequence[Item], questions: Questions, probability: np.ndarray) -> dict[str, Any]:
    """Return macro-F1 and number of items by kind, source corpus, half and hard kind, and the bias of every kind.

    `questions` are of the portrayal of the `items`, one each.
    """
    metrics: dict[str, Any] = {}
    for name in _PARTS:
        values = np.array([getattr(item, name) for item in items])
        for value in sorted(set(values.tolist()) - {""}):
            part = values == value
            n = int((part & questions.answered).sum())
            if n >= MIN_TARGETS:
                metrics[f"{slug(value)}_macro_f1"] = score(questions, probability, part)["macro_f1"]
            metrics[f"{slug(value)}_n"] = n
            if name == "kind":
                metrics[f"bias_{value}"] = _bias(questions, probability, part)
    return metrics


def describe_unclear(items: Sequence[Item]) -> dict[str, Any]:
    """Return the share of readings that say mixed or unclear, and the number of items without a majority."""
    seen = [reading for item in items for reading in item.readings[:2] if reading.is_mention]
    unclear = sum(reading.portrayal in _UNCLEAR for reading in seen)
    n_disputed = sum(item.portrayal == DISPUTED for item in items)
    return {"unclear_share": ratio(unclear, len(seen)), "n_disputed": n_disputed}


def _bias(questions: Questions, probability: np.ndarray, part: np.ndarray) -> float | None:
    """Return mean score minus mean label of a part, against either reader, averaged."""
    gaps = []
    for answers in questions.answers.T:
        keep = part & (answers != "")
        if keep.any():
            labels = score_stances(1.0 * (answers[keep][:, None] == np.array(questions.classes)))
            gaps.append(float(np.mean(score_stances(probability[keep]) - labels)))
    return float(np.mean(gaps)) if gaps else None
