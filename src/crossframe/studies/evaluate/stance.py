"""Score stance models against gold: labels of targets, whole and by voice, in cells and by holder, and BASIL's spans."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe._validation import check_choice
from crossframe.attributing.names.spotting import spot_names
from crossframe.errors import InputError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.stance_model import StanceModel, constructs_of, predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import REFERENCE
from crossframe.reading.public.registry import read_entry, splits_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    AUTHOR,
    CONSTRUCTS,
    PORTRAYAL,
    POSITIVE,
    QUOTED,
    STANCES,
    Annotation,
    Corpus,
    Sentences,
    Spans,
    score_stances,
)
from crossframe.statistics.intervals import bootstrap_macro_f1, percentile_interval
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.basil_names import find_targets
from crossframe.studies.evaluate.constructs import check_construct, check_labels
from crossframe.studies.evaluate.gold_items import holder_items, portrays_sentences, read_labels
from crossframe.studies.evaluate.metrics import (
    MIN_CLUSTERS,
    cell_metrics,
    metrics_by_kind,
    polarity_metrics,
    stance_metrics,
)
from crossframe.studies.evaluate.stance_directed import evaluate_directed
from crossframe.studies.evaluate.stance_items import Items, apart_from, refuse_debates, stance_items, to_items
from crossframe.studies.evaluate.stance_reference import evaluate_reference
from crossframe.studies.evaluate.stance_triplets import MAJORITY, evaluate_triplets, is_baseline
from crossframe.studies.evaluate.stress import stress_stance
from crossframe.studies.evaluate.stress_sentences import stress_sentences

_HOLDERS = ("seesaw", "directed-sentiment")
"""Corpora whose labels are of holders; ``dev`` is scored when no split is asked for."""


def evaluate_stance(
    on: str,
    *,
    split: str | None = None,
    model: str | Path | StanceModel | None = None,
    stress: bool = False,
    any_construct: bool = False,
) -> dict[str, Any]:
    """Score a stance model on a corpus with gold portrayal or stance of targets.

    Parameters
    ----------
    on : str
        ``newsmtsc`` (splits ``rw``, the default, and ``mt``), ``basil``, ``seesaw``, ``directed-sentiment``,
        ``reference-labels``, or a corpus with gold portrayal of sentences or gold stance of mentions.
    split : str, optional
        Split of a corpus that has splits; None takes ``rw`` of newsmtsc, ``dev`` of seesaw and directed-sentiment,
        ``train`` of gvfc, whose others have no labels of targets, else ``test``.
    model : str, Path or StanceModel, optional
        Stance model; None takes the shipped one. On seesaw and directed-sentiment ``always-other`` and ``majority`` score
        what needs no model, alone; on reference-labels ``majority`` does.
    stress : bool
        Whether the model is also tested without the target and under other names (`stress_stance`), and on invented
        sentences (`stress_sentences`).
    any_construct : bool
        Whether a model of the other construct is scored all the same; the metrics then say so.

    Returns
    -------
    dict of str to float
        macro_f1, accuracy, <class>_f1, ece, n over the whole split; macro_f1_low and macro_f1_high, a 95 % interval over
        events, or over the articles of the only one, where there are `MIN_CLUSTERS`; <kind>_macro_f1 and <kind>_n by
        kind of target. Of newsmtsc the same as the first as ``disjoint_...`` over targets whose source article and
        sentence are not in the training split; elsewhere, where gold names voices, as ``author_...`` and ``quoted_...``;
        then the metrics of the stress tests. Where a folder has gold portrayal, an item is a sentence with the actor's
        first mention in it; the parts are ``outlet_...`` and ``quoted_...``, in whose words the actor is portrayed;
        majority_macro_f1 (of always neutral); `cell_metrics` of outlets and actors; and of a model that answers stance,
        over every mention with gold stance, ``author_...`` and, of every other possible holder (`holder_items`),
        ``holders_...``. Of basil, whose gold is of spans for or against a target: what `evaluate_polarity` gives; of seesaw and directed-sentiment, of
        holders: `evaluate_triplets`, `evaluate_directed`; of reference-labels, portrayal and holders: `evaluate_reference`.

    Raises
    ------
    InputError
        When the corpus has neither gold, the model was trained on the split or answers the other construct, or stress is
        asked for where gold is of spans or holders.
    """
    refuse_debates(on)
    corpus = _read_corpus(on, split)
    if corpus.name == REFERENCE:
        asked = None if str(model) == MAJORITY else load_stance_model(model)
        return evaluate_reference(corpus, asked, any_construct=any_construct, stress=stress)
    of_holders = "triplets" in corpus.gold or "directed-sentiment" in corpus.gold
    if stress and (of_holders or corpus.name == "basil"):
        raise InputError(f"Invalid option --stress for {corpus.name}. Its gold is not of single mentions.")
    loaded = None if of_holders and is_baseline(model) else load_stance_model(model)
    if loaded is not None and portrays_sentences(corpus) and "stance" in corpus.gold:
        return _evaluate_both(corpus, loaded, any_construct=any_construct, stress=stress)
    marks = check_labels(loaded, corpus, any_construct=any_construct)
    return marks | _evaluate_gold(corpus, loaded, stress=stress)


def _evaluate_gold(corpus: Corpus, model: StanceModel | None, *, stress: bool) -> dict[str, Any]:
    """Return the metrics of the gold that a corpus has: triplets, pairs of entities, spans for or against, or labels."""
    gold = corpus.gold.get("stance")
    if "triplets" in corpus.gold:
        return evaluate_triplets(corpus, model)
    if model is None or "directed-sentiment" in corpus.gold:
        return evaluate_directed(corpus, model)
    if corpus.name == "basil" and isinstance(gold, Annotation):
        return evaluate_polarity(corpus, gold, model)
    return _evaluate_labels(corpus, model, stress=stress)


def _evaluate_labels(corpus: Corpus, model: StanceModel, *, stress: bool) -> dict[str, Any]:
    """Return the metrics of labels of targets, whole and by part, in cells, and those of the stress tests."""
    items = stance_items(corpus)
    probability = predict_stances(model, items.targets)
    metrics = _of_part("", items, probability, np.ones(len(items), dtype=bool))
    metrics |= _over_clusters(items, probability)
    for prefix, part in _parts(corpus, items).items():
        metrics |= _of_part(prefix, items, probability, part)
    if portrays_sentences(corpus):
        metrics["majority_macro_f1"] = macro_f1(items.labels, ["neutral"] * len(items))
        metrics |= _in_cells(corpus, probability)
    if not stress:
        return metrics
    return metrics | stress_stance(model, items.targets, items.labels, items.groups) | stress_sentences(model)


def _in_cells(corpus: Corpus, probability: np.ndarray) -> dict[str, Any]:
    """Return `cell_metrics` of outlet and actor over sentences with gold portrayal, whoever speaks."""
    gold = read_labels(corpus, PORTRAYAL)
    outlets = {article.id: article.outlet for article in corpus.articles}
    units = list(zip(gold.units.article, gold.units.sentence.tolist(), gold.units.actor, strict=True))
    cells = [(outlets[article], actor) for article, _, actor in units]
    return cell_metrics(cells, units, gold.score, score_stances(probability))


def _evaluate_both(
    corpus: Corpus, model: StanceModel, *, any_construct: bool, stress: bool
) -> dict[str, Any]:
    """Return the metrics of gold of portrayal and of holders beside it: of what a model answers, or of both, marked apart."""
    asked = CONSTRUCTS if any_construct else constructs_of(model)
    if stress and PORTRAYAL not in asked:
        raise InputError("Invalid option --stress. It is for models that are asked for portrayal.")
    labels = f"the labels of {corpus.name}"
    metrics: dict[str, Any] = {}
    if PORTRAYAL in asked:
        marks = check_construct(model, PORTRAYAL, labels, any_construct=any_construct)
        metrics |= {f"portrayal_{name}": value for name, value in marks.items()}
        metrics |= _evaluate_labels(corpus, model, stress=stress)
    if "stance" in asked:
        marks = check_construct(model, "stance", labels, any_construct=any_construct)
        metrics |= {
            f"{part}_{name}": value for part in ("author", "holders") for name, value in marks.items()
        }
        metrics |= _of_holders(corpus, model)
    return metrics


def _of_holders(corpus: Corpus, model: StanceModel) -> dict[str, Any]:
    """Return the metrics of the author, and of every other possible holder; who it is is told a model that answers stance."""
    items = to_items(corpus, holder_items(corpus))
    asked = items.targets
    if "stance" not in constructs_of(model):
        asked = tuple(target._replace(holder=None) for target in asked)
    probability = predict_stances(model, asked)
    author = np.array([target.holder == AUTHOR for target in items.targets])
    metrics = _of_part("author_", items, probability, author)
    return metrics | _of_part("holders_", items, probability, ~author)


def _read_corpus(on: str, split: str | None) -> Corpus:
    if on == "newsmtsc":
        if split == "train":
            raise InputError(
                "Invalid split 'train' of newsmtsc. Shipped models were trained on it; score rw or mt."
            )
        return read_corpus(on, splits=(split or "rw",))
    splits = splits_of(on)
    if on in _HOLDERS:
        return read_corpus(on, splits=(check_choice(split or "dev", "split", splits),))
    if "train" in splits:
        return read_corpus(on, splits=(check_choice(split or _labelled_split(on), "split", splits),))
    corpus = read_corpus(on)
    if split is not None:
        raise InputError(f"Invalid split {split!r}. Corpus {corpus.name!r} has none.")
    return corpus


def _labelled_split(on: str) -> str:
    """Return ``test``, or the first split with labels of targets where its registry entry counts them in others alone."""
    counts = read_entry(on).counts
    labelled = [split for split in splits_of(on) if set(CONSTRUCTS) & set(counts.get(split, ()))]
    return labelled[0] if labelled and "test" not in labelled else "test"


def _of_part(prefix: str, items: Items, probability: np.ndarray, part: np.ndarray) -> dict[str, Any]:
    """Return the metrics of the items where `part` is true, their names after `prefix`."""
    if not part.any():
        return {f"{prefix}n": 0}
    metrics = stance_metrics(np.array(items.labels)[part], probability[part], STANCES)
    return {f"{prefix}{name}": value for name, value in metrics.items()} | {f"{prefix}n": int(part.sum())}


def _over_clusters(items: Items, probability: np.ndarray) -> dict[str, Any]:
    """Return the interval of macro-F1 over groups where they are enough, and macro-F1 by kind of target."""
    predicted = np.array(STANCES)[probability.argmax(axis=1)]
    metrics: dict[str, Any] = {}
    if len(set(items.groups)) >= MIN_CLUSTERS:
        draws = bootstrap_macro_f1(np.array(items.labels), predicted, items.groups, np.random.default_rng(0))
        metrics["macro_f1_low"], metrics["macro_f1_high"] = percentile_interval(draws)
    for kind, of_kind in metrics_by_kind(items.targets, items.labels, predicted.tolist()).items():
        metrics |= {f"{kind}_macro_f1": of_kind["macro_f1"], f"{kind}_n": of_kind["n"]}
    return metrics


def _parts(corpus: Corpus, items: Items) -> dict[str, np.ndarray]:
    """Return by prefix which items are also scored apart: bool of shape (n_items,)."""
    if corpus.name == "newsmtsc":
        learned = stance_items(read_corpus("newsmtsc", splits=("train",)))
        return {"disjoint_": apart_from(items, learned)}
    if portrays_sentences(corpus):
        speakers = np.array(read_labels(corpus, PORTRAYAL).units.voice)
        return {f"{speaker}_": speakers == speaker for speaker in ("outlet", QUOTED)}
    voices = read_labels(corpus, "stance").units.voice
    if not any(voices):
        return {}
    author = np.array([voice == AUTHOR for voice in voices])
    return {"author_": author, "quoted_": ~author}


# --- spans for or against a target ----------------------------------------------------------------------


def evaluate_polarity(
    corpus: Corpus, gold: Annotation, model: str | Path | StanceModel | None = None
) -> dict[str, Any]:
    """Score a stance model on annotated spans that are against or for a target.

    Parameters
    ----------
    corpus : Corpus
        ``basil``.
    gold : Annotation
        Its 1,726 spans, 1,415 negative and 311 positive; none is neutral.
    model : str, Path or StanceModel, optional
        Stance model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        What `polarity_metrics` gives of all spans; the same as ``author_...`` and ``quoted_...`` by whose words the span
        is, and as ``named_...`` and ``unnamed_...`` by whether its sentence mentions the target.

    Notes
    -----
    The gold is of what a span says, not of a mention, and most spans do not name their target. The model reads the
    sentence that holds the span; its target is the mention of the target in that sentence that is nearest to the span
    (by name, spotted by rules, description or pronoun; of two equally near the earlier). Where the sentence
    does not mention the target the span itself serves as target, which leaves a model that masks its target with the
    rest of the sentence alone: those metrics are given apart.
    """
    targets, named = _targets(corpus, gold)
    probability = predict_stances(load_stance_model(model), targets)
    positive = gold.scores.argmax(axis=1) == POSITIVE
    author = np.array([voice == AUTHOR for voice in gold.units.voice])
    parts = {"": np.ones(len(gold), dtype=bool), "author_": author, "quoted_": ~author}
    parts |= {"named_": named, "unnamed_": ~named}
    return {
        f"{prefix}{name}": value
        for prefix, part in parts.items()
        for name, value in polarity_metrics(positive[part], probability[part]).items()
    }


def _targets(corpus: Corpus, gold: Annotation) -> tuple[list[StanceItem], np.ndarray]:
    """Return the target of every span, and whether it is a mention of the target: ndarray of shape (n_spans,)."""
    event_of = {article.id: article.event for article in corpus.articles}
    rows_of: dict[str, list[int]] = {}
    for number, article in enumerate(gold.units.article):
        rows_of.setdefault(event_of[article], []).append(number)
    targets: dict[int, StanceItem] = {}
    named = np.zeros(len(gold), dtype=bool)
    for event, numbers in track(sorted(rows_of.items()), "Finding targets"):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        actors = sorted({gold.units.actor[number] for number in numbers})
        mentions = find_targets(sentences, actors, spot_names(sentences))
        for number in numbers:
            unit = {name: column[number] for name, column in gold.units.columns().items()}
            targets[number], named[number] = place_target(unit, sentences, mentions)
    return [targets[number] for number in range(len(gold))], named


def place_target(unit: Mapping[str, Any], sentences: Sentences, mentions: Spans) -> tuple[StanceItem, bool]:
    """Return where a stance model must look to judge a span, and whether that is a mention of the span's target.

    Parameters
    ----------
    unit : mapping
        A row of `Units`: the span, its sentence and its target as ``actor``.
    sentences : Sentences
        That hold it.
    mentions : Spans
        Of actors, in the same articles.

    Returns
    -------
    tuple of (StanceItem, bool)
        The sentence with the nearest mention of the target in it; without one the span itself, and False.
    """
    row = sentences.row(unit["article"], int(unit["sentence"]))
    first, last = int(sentences.start[row]), int(sentences.end[row])
    inside = [
        (start, end)
        for article, start, end, actor in zip(
            mentions.article, mentions.start.tolist(), mentions.end.tolist(), mentions.actor, strict=True
        )
        if article == unit["article"] and actor == unit["actor"] and first <= start and end <= last
    ]
    span = int(unit["start"]), min(int(unit["end"]), last)
    start, end = min(inside, key=lambda mention: (_gap(mention, span), mention), default=span)
    return StanceItem(sentences.text[row], start - first, end - first), bool(inside)


def _gap(left: Sequence[int], right: Sequence[int]) -> int:
    """Return how many characters lie between two spans, 0 where they touch or overlap."""
    return max(left[0] - right[1], right[0] - left[1], 0)
