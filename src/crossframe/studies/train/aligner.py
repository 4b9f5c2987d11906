"""Train the aligner on alignment gold: out-of-fold figures by event, threshold from held-out events, then all events."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.encoders.by_name import DEFAULT, Encoder, load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.pairs.fitting import PairTask, fit_interaction
from crossframe.learning.pairs.late_interaction import LateInteraction, can_interact
from crossframe.matching.claims import group_claims
from crossframe.matching.pair_features import PairFeatures, describe_pairs, is_candidate
from crossframe.matching.trained_aligner import TrainedAligner, add_interaction
from crossframe.reading.public.corpora import read_corpus
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
from crossframe.studies.train.cards import train_command
from crossframe.studies.train.claims import calibrate_claims

LEXICAL = "tfidf"
"""What --encoder says where no embedding shall take part."""
FOLDS = 10
READER_FOLDS = 3
"""Readers fitted for the events they have not seen; fewer than the models' folds, as each takes minutes."""
LEAST_EVENTS = 5


def train_aligner(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train an aligner on the alignment gold of corpora and write its folder.

    The first corpus is the one the aligner is made for: its events are held out in turn, and thresholds and calibration
    come from them. Any others only teach the reader, before it goes on to the first.

    What is called out-of-fold is the ranking: each event's log-odds come from models and a reader that had not seen it
    (of the readers that described the events those models learned from, two in three had). Slope, threshold and the
    settings of claims and omissions are one set, chosen on all these log-odds, so the figures that need them flatter a
    little; a test on other events is what counts.

    Parameters
    ----------
    on : sequence of str
        ``basil`` (its 30 training events), ``neus``, or corpus folders with ``gold/alignment.tsv``.
    out : Path
        Model folder.
    encoder : str, optional
        Name or folder; None takes the default, ``tfidf`` trains on lexical features alone. An encoder that is no plain
        transformer of BERT's build has its vectors in the features and no reader.
    seed : int
        Of the reader and the trees.

    Returns
    -------
    str
        Out-of-fold figures.

    Raises
    ------
    InputError
        When the first corpus has fewer than five events with gold, or two corpora have one name.
    """
    loaded = None if encoder == LEXICAL else load_encoder(encoder)
    if len(on) > 1 and not can_interact(loaded):
        raise InputError(
            f"Invalid corpora {', '.join(on)!r} for encoder {encoder!r}. Without a reader an aligner learns from one corpus."
        )
    corpora = [read_corpus(name) for name in on]
    check.check_unique([corpus.name for corpus in corpora], "corpus to learn from")
    learned = {corpus.name: _events(corpus, loaded) for corpus in corpora}
    events, *rest = learned.values()
    if len(events) < LEAST_EVENTS:
        raise InputError(
            f"Invalid gold of {len(events)} events. An aligner needs at least {LEAST_EVENTS} events to hold some out."
        )
    others = list(chain(*rest))
    reader = None
    if can_interact(loaded):
        reader, events = _teach_reader(loaded, events, others, seed)
    odds = _out_of_fold(events, loaded is not None, seed)
    model = _fit(events, loaded is not None, seed)
    model.slope_, model.intercept_ = _calibrate(events, odds)
    model.interaction_, model.data_ = reader, tuple(learned)
    if loaded:
        model.encoder_, model.encoder_fingerprint_ = loaded.name, loaded.fingerprint
    probability = [model.calibrate(one) for one in odds]
    model.threshold_ = _choose_threshold(events, probability)
    found = [model.decide(s, f, p) for (s, f, _), p in zip(events, probability, strict=True)]
    truth = _gold(corpora[0])
    calibration = calibrate_claims(found, truth)
    model.calibration_ = calibration.to_config()
    grouped = [group_claims(one, calibration.claims) for one in found]
    scored = score_events(truth, grouped, curve=calibration.absence)
    figures = pool_scores(scored)
    log = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "reader": reader is not None,
        "seed": seed,
        "events": len(events),
        "events_that_only_taught_the_reader": len(others) if reader else 0,
        "threshold": model.threshold_,
        "out_of_fold": figures | bound_scores(scored) | describe_events(scored),
    }
    model.to_files(
        out.name,
        _card(out.name, on, log, figures, {name: _count(part) for name, part in learned.items()}),
        log,
    ).write(out)
    shown = ", ".join(f"{name} {value:.3f}" for name, value in figures.items() if isinstance(value, float))
    return f"Wrote {out}\nOut-of-fold over {len(events)} events: {shown}"


Event = tuple[Sentences, PairFeatures, np.ndarray]


def _gold(corpus: Corpus) -> Alignment:
    gold = corpus.gold.get("alignment-train" if corpus.name == "basil" else "alignment")
    if not isinstance(gold, Alignment):
        raise InputError(
            f"Missing alignment gold of corpus {corpus.name!r}. It must have gold/alignment.tsv."
        )
    return gold


def _events(corpus: Corpus, encoder: Encoder | None) -> list[Event]:
    gold = _gold(corpus)
    relation = dict(zip(gold.keys(), gold.relation, strict=True))
    articles = defaultdict(list)
    for article in corpus.articles:
        articles[article.event].append(article)
    made = []
    for event in track(events_of(gold), "Describing pairs"):
        sentences = split_sentences(articles[event])
        vectors = embed_sentences(sentences, encoder).vectors if encoder else None
        features = describe_pairs(sentences, vectors)
        keys = sentences.pair_keys(features.left, features.right)
        made.append((sentences, features, np.array([relation.get(key, "none") for key in keys])))
    return made


def _teach_reader(
    encoder: TransformerEncoder, events: Sequence[Event], others: Sequence[Event], seed: int
) -> tuple[LateInteraction, list[Event]]:
    """Return the reader fitted on all events, and the events as readers saw them that had not learned from them."""
    start = fit_interaction(encoder, [_task(event) for event in others], seed=seed) if others else None
    tasks = [_task(event) for event in events]
    folds = min(READER_FOLDS, len(events))
    read: list[Event] = list(events)
    for fold in range(folds):
        known = [task for i, task in enumerate(tasks) if i % folds != fold]
        reader = LateInteraction(encoder, fit_interaction(encoder, known, start=start, seed=seed))
        for i in range(fold, len(events), folds):
            sentences, features, relation = events[i]
            read[i] = (sentences, add_interaction(sentences, features, reader), relation)
    return LateInteraction(encoder, fit_interaction(encoder, tasks, start=start, seed=seed)), read


def _task(event: Event) -> PairTask:
    sentences, features, relation = event
    kept = is_candidate(features) & (relation != "disputed")
    label = np.select([relation == "partial", relation == "equivalent"], [1, 2], 0)
    return PairTask(tuple(sentences.text), features.left[kept], features.right[kept], label[kept])


def _fit(events: Sequence[Event], embedding: bool, seed: int) -> TrainedAligner:
    model = TrainedAligner(embedding=embedding, seed=seed)
    return model.fit([f for _, f, _ in events], [relation for _, _, relation in events])


def _out_of_fold(events: Sequence[Event], embedding: bool, seed: int) -> list[np.ndarray]:
    """Return the log-odds of every event's pairs, each by a model that was not trained on the event."""
    folds = min(FOLDS, len(events))
    odds: list[np.ndarray] = [np.zeros(0)] * len(events)
    for fold in track(range(folds), "Training by event", total=folds):
        model = _fit([event for i, event in enumerate(events) if i % folds != fold], embedding, seed)
        for i in range(fold, len(events), folds):
            odds[i] = model.decision_function(events[i][1])
    return odds


def _calibrate(events: Sequence[Event], odds: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return slope and intercept that make out-of-fold log-odds probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    agreed, aligned = _decided(events)
    fitted = LogisticRegression(C=1e6).fit(np.concatenate(odds)[agreed, None], aligned)
    return round(float(fitted.coef_[0, 0]), 6), round(float(fitted.intercept_[0]), 6)


def _choose_threshold(events: Sequence[Event], probability: Sequence[np.ndarray]) -> float:
    agreed, aligned = _decided(events)
    return round(best_f1(aligned, np.round(np.concatenate(probability)[agreed], 4))[1], 4)


def _decided(events: Sequence[Event]) -> tuple[np.ndarray, np.ndarray]:
    """Return which pairs of all events are not disputed, and of these whether (1 or 0) they are aligned."""
    relation = np.concatenate([one for _, _, one in events])
    agreed = relation != "disputed"
    return agreed, (relation[agreed] != "none").astype(int)


_PROVENANCE = {
    "basil": " (annotated by language models reading by a codebook, not by people)",
    "neus": " (short leads; annotated by language models reading by a codebook, not by people; none near an event of basil)",
}


def _count(events: Sequence[Event]) -> str:
    relation = np.concatenate([one for _, _, one in events])
    aligned = int(np.isin(relation, ("equivalent", "partial")).sum())
    return f"{len(events)} events, {aligned:,} aligned pairs of {len(relation):,}"


def _card(
    name: str, on: Sequence[str], log: dict[str, Any], figures: dict[str, Any], counts: dict[str, str]
) -> str:
    return render_card(
        name=name,
        summary="Probability that a reader would align two sentences of different outlets on one event: the mean of a "
        "logistic regression on lexical"
        + (f" and embedding ({log['encoder']})" if log["encoder"] != LEXICAL else "")
        + " pair features and their products, and of boosted trees"
        + (
            f", both with a late-interaction reading of the pairs that the features let through (low-rank updates of "
            f"the upper layers of {log['encoder']} and a head) and, for the trees, what it says of the event's other pairs."
            if log["reader"]
            else "."
        ),
        data="Alignment gold of "
        + "; ".join(f"{corpus}, {count}{_PROVENANCE.get(corpus, '')}" for corpus, count in counts.items())
        + ". Only the first corpus decides thresholds and calibration.",
        licence="Apache-2.0 (weights); no text is contained.",
        figures={
            "of the first corpus, ranked out-of-fold by event; thresholds and calibration chosen on them": figures
        },
        limits="English news, two to a few outlets an event, articles of up to about a hundred sentences. The relation "
        "(equivalent or partial) is less certain than the alignment. With another encoder than its own its "
        "probabilities are not calibrated.",
        command=train_command("aligner", on, name, log["encoder"], log["seed"]),
    )
