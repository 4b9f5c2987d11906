"""Train the aligner on alignment gold: out-of-fold metrics by event, threshold from held-out events, then all events."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import DEFAULT, Encoder, load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.learning.encoders.transformer import TransformerEncoder, is_bert_like
from crossframe.learning.pairs.fitting import LabelledPairs, fit_interaction
from crossframe.learning.pairs.late_interaction import LateInteraction
from crossframe.matching.claims import group_claims
from crossframe.matching.pair_features import PairFeatures, describe_pairs, is_candidate
from crossframe.matching.trained_aligner import TrainedAligner, add_interaction
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.difference_labels import ALIGNMENT_LABELS
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Corpus, Sentences
from crossframe.statistics.metrics import best_f1
from crossframe.studies.evaluate.alignment_metrics import (
    bound_scores,
    describe_events,
    events_of,
    pool_scores,
    score_events,
)
from crossframe.studies.train.cards import describe_aligner
from crossframe.studies.train.claims import FOLDS, calibrate_claims

LEXICAL = "tfidf"
"""What ``--encoder`` is where no embedding shall take part."""
INTERACTION_FOLDS = 3
"""Interaction models fitted for the events they have not seen; fewer than the models' folds, as each takes minutes."""
MIN_EVENTS = 5


class EventPairs(NamedTuple):
    """The pairs of one event: sentences, features, and relation (none where gold lists no pair) of shape (n_pairs,)."""

    sentences: Sentences
    features: PairFeatures
    relation: np.ndarray


def train_aligner(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train an aligner on the alignment gold of corpora and write its folder.

    The first corpus is the one the aligner is made for: its events are held out in turn, and thresholds and calibration
    come from them. On any others only the interaction model is trained, before the first.

    Out-of-fold is the ranking: each event's log-odds come from models and an interaction model that had not seen it (of
    the interaction models that described the events those models were fitted on, two in three had). Slope, threshold and
    the settings of claims and omissions are chosen on all of these, so metrics that rest on them are slightly optimistic.

    Parameters
    ----------
    on : sequence of str
        ``basil`` (30 training events), ``neus`` (without stories that share text with test data), ``alignment-labels`` (train), or folders with gold.
    out : Path
        Model folder.
    encoder : str, optional
        Name or folder; None takes the default, ``tfidf`` trains on lexical features alone. An encoder that is no plain
        transformer of BERT's build has its vectors in the features and no interaction model.
    seed : int
        Of the interaction model and the trees.

    Returns
    -------
    str
        Out-of-fold metrics.

    Raises
    ------
    InputError
        When the first corpus has fewer than five events with gold, or two corpora have one name.
    """
    loaded = None if encoder == LEXICAL else load_encoder(encoder)
    corpora = _read_corpora(on, encoder, is_bert_like(loaded))
    gold = {corpus.name: _describe_pairs(corpus, loaded) for corpus in corpora}
    events, *rest = gold.values()
    others = list(chain(*rest))
    _check_size(events)
    interaction = None
    if is_bert_like(loaded):
        interaction, events = _fit_interaction_model(loaded, events, others, seed)
    model, odds = _fit_calibrated(events, loaded, seed)
    model.interaction_, model.data_ = interaction, tuple(gold)
    metrics, details = _calibrate_claims(model, events, odds, _alignment_gold(corpora[0]))
    log: dict[str, Any] = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "interaction": interaction is not None,
        "seed": seed,
        "gold": {name: _count_pairs(part) for name, part in gold.items()},
        "left_out": {corpus.name: _count_left_out(corpus) for corpus in corpora},
        "events": len(events),
        "events_of_the_interaction_alone": len(others) if interaction else 0,
        "threshold": model.threshold_,
        "out_of_fold": metrics | details,
    }
    card = describe_aligner(out.name, log, embedding=loaded is not None, metrics=metrics)
    model.to_files(out.name, card, log).write(out)
    shown = ", ".join(f"{name} {value:.3f}" for name, value in metrics.items() if isinstance(value, float))
    return f"Wrote {out}\nOut-of-fold over {len(events)} events: {shown}"


# --- gold -----------------------------------------------------------------------------------------------


def _read_corpora(on: Sequence[str], encoder: str | None, interacts: bool) -> list[Corpus]:
    if len(on) > 1 and not interacts:
        raise InputError(
            f"Invalid corpora {', '.join(on)!r} for encoder {encoder!r}. An aligner without an interaction model is trained on "
            "one corpus."
        )
    labelled = {ALIGNMENT_LABELS: ("train",)}
    corpora = [read_corpus(name, splits=labelled.get(Path(name).name)) for name in on]
    check.check_unique([corpus.name for corpus in corpora], "corpus to learn from")
    return corpora


def _alignment_gold(corpus: Corpus) -> Alignment:
    gold = corpus.gold.get("alignment-train" if corpus.name == "basil" else "alignment")
    if not isinstance(gold, Alignment):
        raise InputError(
            f"Missing alignment gold of corpus {corpus.name!r}. It must have gold/alignment.tsv."
        )
    return gold


def _list_events(corpus: Corpus) -> list[str]:
    """Return the events with gold that may be learned from: of neus those that share no text with test data."""
    excluded = read_excluded_stories() if corpus.name == "neus" else frozenset()
    return [event for event in events_of(_alignment_gold(corpus)) if event not in excluded]


def _count_left_out(corpus: Corpus) -> int:
    return len(events_of(_alignment_gold(corpus))) - len(_list_events(corpus))


def _describe_pairs(corpus: Corpus, encoder: Encoder | None) -> list[EventPairs]:
    gold = _alignment_gold(corpus)
    relation = dict(zip(gold.keys(), gold.relation, strict=True))
    articles = defaultdict(list)
    for article in corpus.articles:
        articles[article.event].append(article)
    events = []
    for event in track(_list_events(corpus), "Describing pairs"):
        sentences = split_sentences(articles[event])
        vectors = embed_sentences(sentences, encoder).vectors if encoder else None
        features = describe_pairs(sentences, vectors)
        keys = sentences.pair_keys(features.left, features.right)
        relations = np.array([relation.get(key, "none") for key in keys])
        events.append(EventPairs(sentences, features, relations))
    return events


def _check_size(events: Sequence[EventPairs]) -> None:
    if len(events) < MIN_EVENTS:
        raise InputError(
            f"Invalid gold of {len(events)} events. An aligner needs at least {MIN_EVENTS} events to hold some out."
        )


def _count_pairs(events: Sequence[EventPairs]) -> str:
    relation = np.concatenate([event.relation for event in events])
    aligned = int(np.isin(relation, ("equivalent", "partial")).sum())
    return f"{len(events)} events, {aligned:,} aligned pairs of {len(relation):,}"


# --- fits -----------------------------------------------------------------------------------------------


def _fit_interaction_model(
    encoder: TransformerEncoder, events: Sequence[EventPairs], others: Sequence[EventPairs], seed: int
) -> tuple[LateInteraction, list[EventPairs]]:
    """Return the interaction model fitted on all events, and the events as described by models not fitted on them."""
    start = fit_interaction(encoder, [_label_pairs(event) for event in others], seed=seed) if others else None
    labelled = [_label_pairs(event) for event in events]
    folds = min(INTERACTION_FOLDS, len(events))
    described = list(events)
    for fold in range(folds):
        rest = [pairs for i, pairs in enumerate(labelled) if i % folds != fold]
        interaction = LateInteraction(encoder, fit_interaction(encoder, rest, start=start, seed=seed))
        for i in range(fold, len(events), folds):
            sentences, features, relation = events[i]
            described[i] = EventPairs(sentences, add_interaction(sentences, features, interaction), relation)
    return LateInteraction(encoder, fit_interaction(encoder, labelled, start=start, seed=seed)), described


def _label_pairs(event: EventPairs) -> LabelledPairs:
    rows = is_candidate(event.features) & (event.relation != "disputed")
    label = np.select([event.relation == "partial", event.relation == "equivalent"], [1, 2], 0)
    features = event.features
    return LabelledPairs(tuple(event.sentences.text), features.left[rows], features.right[rows], label[rows])


def _fit_calibrated(
    events: Sequence[EventPairs], encoder: Encoder | None, seed: int
) -> tuple[TrainedAligner, list[np.ndarray]]:
    """Return the aligner fitted on all events, slope and intercept from held-out events, and their log-odds."""
    odds = _out_of_fold(events, encoder is not None, seed)
    model = _fit(events, encoder is not None, seed)
    model.slope_, model.intercept_ = _calibrate(events, odds)
    if encoder:
        model.encoder_, model.encoder_fingerprint_ = encoder.name, encoder.fingerprint
    return model, odds


def _fit(events: Sequence[EventPairs], embedding: bool, seed: int) -> TrainedAligner:
    model = TrainedAligner(embedding=embedding, seed=seed)
    return model.fit([event.features for event in events], [event.relation for event in events])


def _out_of_fold(events: Sequence[EventPairs], embedding: bool, seed: int) -> list[np.ndarray]:
    """Return the log-odds of every event's pairs, each by a model that was not trained on the event."""
    folds = min(FOLDS, len(events))
    odds: list[np.ndarray] = [np.zeros(0)] * len(events)
    for fold in track(range(folds), "Training by event", total=folds):
        model = _fit([event for i, event in enumerate(events) if i % folds != fold], embedding, seed)
        for i in range(fold, len(events), folds):
            odds[i] = model.decision_function(events[i].features)
    return odds


# --- calibration ----------------------------------------------------------------------------------------


def _calibrate(events: Sequence[EventPairs], odds: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return slope and intercept that make out-of-fold log-odds probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    agreed, aligned = _agreed_pairs(events)
    fitted = LogisticRegression(C=1e6).fit(np.concatenate(odds)[agreed, None], aligned)
    return round(float(fitted.coef_[0, 0]), 6), round(float(fitted.intercept_[0]), 6)


def _choose_threshold(events: Sequence[EventPairs], probability: Sequence[np.ndarray]) -> float:
    agreed, aligned = _agreed_pairs(events)
    return round(best_f1(aligned, np.round(np.concatenate(probability)[agreed], 4))[1], 4)


def _agreed_pairs(events: Sequence[EventPairs]) -> tuple[np.ndarray, np.ndarray]:
    """Return which pairs of all events are not disputed, and of these whether (1 or 0) they are aligned."""
    relation = np.concatenate([event.relation for event in events])
    agreed = relation != "disputed"
    return agreed, (relation[agreed] != "none").astype(int)


def _calibrate_claims(
    model: TrainedAligner, events: Sequence[EventPairs], odds: Sequence[np.ndarray], truth: Alignment
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the model's threshold and its calibration of claims; return pooled metrics, and their intervals and by event."""
    probability = [model.calibrate(of_event) for of_event in odds]
    model.threshold_ = _choose_threshold(events, probability)
    alignments = [
        model.decide(event.sentences, event.features, of_event)
        for event, of_event in zip(events, probability, strict=True)
    ]
    calibration = calibrate_claims(alignments, truth)
    model.calibration_ = calibration.to_config()
    grouped = [group_claims(alignment, calibration.claims) for alignment in alignments]
    scored = score_events(truth, grouped, curve=calibration.absence)
    return pool_scores(scored), bound_scores(scored) | describe_events(scored)
