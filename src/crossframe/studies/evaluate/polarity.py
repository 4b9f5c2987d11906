"""Score the polarity of BASIL's annotated spans toward their targets, the author's voice and quoted ones apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.attributing.names.spotting import spot_names
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, POSITIVE, STANCES, Annotation, Corpus, Sentences, Spans, score_stances
from crossframe.studies.evaluate.target_names import find_targets


def evaluate_polarity(corpus: Corpus, gold: Annotation, model: str | None = None) -> dict[str, Any]:
    """Score a stance model on annotated spans that are against or for a target.

    Parameters
    ----------
    corpus : Corpus
        ``basil``.
    gold : Annotation
        Its 1,726 spans, 1,415 negative and 311 positive; none is neutral.
    model : str, optional
        Stance model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        macro_f1, accuracy, negative_f1, positive_f1 of the likelier of negative and positive, since no span is neutral;
        auc (positive against negative, by score); neutral_share (spans whose likeliest stance is neutral);
        majority_macro_f1 (of always saying negative); n. The same as ``author_...`` and ``quoted_...`` by whose words the span is,
        and as ``named_...`` and ``unnamed_...`` by whether its sentence mentions the target. None where a part has one
        class only.

    Notes
    -----
    A span is what is said, not whom it is said of, and most spans do not name their target. The model reads the
    sentence that holds the span; its target is the mention of the target in that sentence that is nearest to the span
    (by name, spotted by rules, description or pronoun; of two equally near the earlier). Where the sentence
    does not mention the target the span itself stands as target, which leaves a model that masks its target with the
    rest of the sentence alone: those figures are given apart.
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
        for name, value in polarity_figures(positive[part], probability[part]).items()
    }


def polarity_figures(positive: np.ndarray, probability: np.ndarray) -> dict[str, Any]:
    """Return the figures of probabilities of negative, neutral, positive against a gold of two classes.

    Parameters
    ----------
    positive : ndarray of bool of shape (n_spans,)
        Gold.
    probability : ndarray of shape (n_spans, 3)
        In the order of `STANCES`.

    Returns
    -------
    dict of str to float
        As `evaluate_polarity` names them; all but n are None where `positive` has one value only.

    Examples
    --------
    >>> figures = polarity_figures(np.array([True, False]), np.array([[0.1, 0.6, 0.3], [0.5, 0.3, 0.2]]))
    >>> figures["macro_f1"], figures["auc"], figures["neutral_share"], round(figures["majority_macro_f1"], 3)
    (1.0, 1.0, 0.5, 0.333)
    """
    from sklearn.metrics import f1_score, roc_auc_score

    if len(set(positive.tolist())) < 2:
        return {"n": len(positive)}
    score = score_stances(probability)
    found = score > 0
    negative_f1, positive_f1 = f1_score(positive, found, average=None, labels=[False, True]).tolist()
    return {
        "macro_f1": (negative_f1 + positive_f1) / 2,
        "accuracy": float(np.mean(found == positive)),
        "negative_f1": negative_f1,
        "positive_f1": positive_f1,
        "auc": float(roc_auc_score(positive, score)),
        "neutral_share": float(np.mean(probability.argmax(axis=1) == STANCES.index("neutral"))),
        "majority_macro_f1": float(
            f1_score(positive, np.zeros_like(positive), average="macro", zero_division=0.0)
        ),
        "n": len(positive),
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


def place_target(unit: dict[str, Any], sentences: Sentences, mentions: Spans) -> tuple[StanceItem, bool]:
    """Return where a stance model must look to judge a span, and whether that is a mention of the span's target.

    Parameters
    ----------
    unit : dict
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
    start, end = min(inside, key=lambda one: (_gap(one, span), one), default=span)
    return StanceItem(sentences.text[row], start - first, end - first), bool(inside)


def _gap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many characters lie between two stretches, 0 where they touch or overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)
