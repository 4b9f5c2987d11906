"""Train the aligner on alignment gold: out-of-fold figures by event, threshold from held-out events, then all events."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.embedding import embed_sentences
from crossframe.learning.encoders import DEFAULT, Encoder, load_encoder
from crossframe.matching.alignment import LOWEST_PROBABILITY, Aligner
from crossframe.matching.claims import group_claims
from crossframe.matching.pair_features import PairFeatures, describe_pairs
from crossframe.reading.public import read_corpus
from crossframe.reading.sentences import split_sentences
from crossframe.records import Alignment, Corpus, Sentences
from crossframe.statistics.metrics import best_f1
from crossframe.studies.scoring_alignment import events_of, score_alignment
from crossframe.studies.training_stance import train_command

LEXICAL = "tfidf"
"""What --encoder says where no embedding shall take part."""
FOLDS = 10
LEAST_EVENTS = 5


def train_aligner(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train an aligner on the alignment gold of corpora and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``basil`` (its 30 training events), or corpus folders with ``gold/alignment.tsv``.
    out : Path
        Model folder.
    encoder : str, optional
        Name or folder; None takes the default, ``tfidf`` trains on lexical features alone.
    seed : int
        Not used by the fit, which is deterministic; recorded.

    Returns
    -------
    str
        Out-of-fold figures.

    Raises
    ------
    InputError
        When there are fewer than five events with gold.
    """
    embedding = encoder != LEXICAL
    loaded = load_encoder(encoder) if embedding else None
    events = [event for name in on for event in _events(read_corpus(name), loaded)]
    if len(events) < LEAST_EVENTS:
        raise InputError(
            f"Invalid gold of {len(events)} events. An aligner needs at least {LEAST_EVENTS} events to hold some out."
        )
    probability = _out_of_fold(events, embedding)
    aligned = np.concatenate([relation != "none" for _, _, relation in events]).astype(int)
    threshold = round(best_f1(aligned, np.round(np.concatenate(probability), 4))[1], 4)
    model = _fit(events, embedding, threshold)
    if loaded:
        model.encoder_, model.encoder_fingerprint_ = loaded.name, loaded.fingerprint
    figures = _figures(events, probability, model)
    log = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "events": len(events),
        "threshold": threshold,
        "out_of_fold": figures,
    }
    model.to_files(out.name, _card(out.name, on, log), log).write(out)
    shown = ", ".join(f"{name} {value:.3f}" for name, value in figures.items() if isinstance(value, float))
    return f"Wrote {out}\nOut-of-fold over {len(events)} events: {shown}"


def align_out_of_fold(corpus: Corpus, truth: Alignment, *, embedding: bool) -> list[Alignment]:
    """Align the events of `truth`, each by a model that was not trained on it, at the threshold of all events."""
    events = _events_of(corpus, truth, load_encoder() if embedding else None)
    probability = _out_of_fold(events, embedding)
    aligned = np.concatenate([relation != "none" for _, _, relation in events]).astype(int)
    threshold = best_f1(aligned, np.round(np.concatenate(probability), 4))[1]
    model = _fit(events, embedding, threshold)
    return [_alignment(model, s, f, p) for (s, f, _), p in zip(events, probability, strict=True)]


Event = tuple[Sentences, PairFeatures, np.ndarray]


def _events(corpus: Corpus, encoder: Encoder | None) -> list[Event]:
    gold = corpus.gold.get("alignment-train" if corpus.name == "basil" else "alignment")
    if not isinstance(gold, Alignment):
        raise InputError(
            f"Missing alignment gold of corpus {corpus.name!r}. It must have gold/alignment.tsv."
        )
    return _events_of(corpus, gold, encoder)


def _events_of(corpus: Corpus, gold: Alignment, encoder: Encoder | None) -> list[Event]:
    relation = dict(zip(gold.keys(), gold.relation, strict=True))
    made = []
    for event in events_of(gold):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        vectors = embed_sentences(sentences, encoder).vectors if encoder else None
        features = describe_pairs(sentences, vectors)
        keys = (
            tuple(sorted((sentences.key(a), sentences.key(b))))
            for a, b in zip(features.left.tolist(), features.right.tolist(), strict=True)
        )
        made.append((sentences, features, np.array([relation.get((key[0], key[1]), "none") for key in keys])))
    return made


def _fit(events: Sequence[Event], embedding: bool, threshold: float) -> Aligner:
    model = Aligner(embedding=embedding)
    return model.fit([f for _, f, _ in events], [relation for _, _, relation in events], threshold=threshold)


def _out_of_fold(events: Sequence[Event], embedding: bool) -> list[np.ndarray]:
    folds = min(FOLDS, len(events))
    probability: list[np.ndarray] = [np.zeros(0)] * len(events)
    for fold in track(range(folds), "Training by event", total=folds):
        model = _fit([event for i, event in enumerate(events) if i % folds != fold], embedding, 0.5)
        for i in range(fold, len(events), folds):
            probability[i] = model.predict_proba(events[i][1])
    return probability


def _alignment(
    model: Aligner, sentences: Sentences, features: PairFeatures, probability: np.ndarray
) -> Alignment:
    rounded = np.round(probability, 4)
    relation = model.predict_relation(features, rounded)
    keep = np.flatnonzero(rounded >= LOWEST_PROBABILITY)
    kept = tuple(relation[row] for row in keep)
    return group_claims(Alignment(sentences, features.left[keep], features.right[keep], rounded[keep], kept))


def _figures(events: Sequence[Event], probability: Sequence[np.ndarray], model: Aligner) -> dict[str, Any]:
    found = [_alignment(model, s, f, p) for (s, f, _), p in zip(events, probability, strict=True)]
    every = tuple(article for sentences, _, _ in events for article in sentences.articles)
    sentences = split_sentences(every)
    left, right, kinds = [], [], []
    for one, features, relation in events:
        for a, b, kind in zip(
            features.left.tolist(), features.right.tolist(), relation.tolist(), strict=True
        ):
            if kind != "none":
                left.append(sentences.row(*one.key(a)))
                right.append(sentences.row(*one.key(b)))
                kinds.append(kind)
    truth = Alignment(sentences, np.array(left), np.array(right), np.ones(len(left)), tuple(kinds))
    return score_alignment(truth, found)


def _card(name: str, on: Sequence[str], log: dict[str, Any]) -> str:
    return render_card(
        name=name,
        summary="Probability that a reader would align two sentences of different outlets on one event: logistic "
        "regression on lexical"
        + (f" and embedding ({log['encoder']})" if log["encoder"] != LEXICAL else "")
        + " pair features and their products.",
        data="Alignment gold of "
        + ", ".join(on)
        + ". The gold of basil (30 events, 1,670 aligned pairs of 57,042) was annotated by language models reading by a "
        "codebook, not by people; it ships with crossframe under corpora/basil/gold/alignment.",
        licence="Apache-2.0 (weights); no text of BASIL is contained.",
        figures={"out-of-fold by event": log["out_of_fold"]},
        limits="English news, two to a few outlets an event, articles of up to about a hundred sentences. The relation "
        "(equivalent or partial) is less certain than the alignment. With another encoder than its own its "
        "probabilities are not calibrated.",
        command=train_command("aligner", on, name, log["encoder"], log["seed"]),
    )
