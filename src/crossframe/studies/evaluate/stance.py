"""Score stance and frame models against gold: whole, on articles not in training, and per voice."""

from typing import Any

import numpy as np

from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.judging.frames import load_frame_model, texts_of
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import parts_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, FRAMES, STANCES, Annotation, Corpus
from crossframe.statistics.intervals import bootstrap_macro_f1, percentile_interval
from crossframe.studies.evaluate.polarity import evaluate_polarity
from crossframe.studies.evaluate.stance_items import apart_from, stance_items
from crossframe.studies.evaluate.stress import stress_stance
from crossframe.studies.train.frames import frame_figures
from crossframe.studies.train.stance import by_kind, stance_figures

LEAST_CLUSTERS = 20
"""Events or articles below which no interval is told: a bootstrap of so few is too short (Cameron and Miller 2015, A
practitioner's guide to cluster-robust inference)."""


def evaluate_stance(
    on: str, *, split: str | None = None, model: str | None = None, stress: bool | None = None
) -> dict[str, Any]:
    """Score a stance model on a corpus with gold stance of targets.

    Parameters
    ----------
    on : str
        ``newsmtsc`` (splits ``rw``, the default, and ``mt``), ``basil``, or a corpus with gold stance of mentions.
    split : str, optional
        Part of a corpus that has parts; None takes ``rw`` of newsmtsc, else ``test``.
    model : str, optional
        Stance model; None takes the shipped one.
    stress : bool, optional
        Whether the model is also tested without the target and under other names (`stress_stance`).

    Returns
    -------
    dict of str to float
        macro_f1, accuracy, <class>_f1, ece, n over the whole split; macro_f1_low and macro_f1_high, a 95 % interval over
        events, or over the articles of the only one, where there are `LEAST_CLUSTERS`; <kind>_macro_f1 and <kind>_n by
        kind of target. Of newsmtsc the same as the first as ``disjoint_...`` over targets whose source article and
        sentence are not in the training split; elsewhere, where gold tells voices, as ``author_...`` and ``quoted_...``;
        then the figures of stress. Of basil, whose gold is of spans for or against a target: what `evaluate_polarity`
        gives.

    Raises
    ------
    InputError
        When the corpus has no gold stance, or the split is the one the model was trained on, or stress is asked of basil.
    """
    corpus = _stance_corpus(on, split)
    gold = corpus.gold.get("stance")
    if corpus.name == "basil" and isinstance(gold, Annotation):
        if stress:
            raise InputError(
                "Invalid option --stress for basil. Its gold is of spans, most of which do not name their target."
            )
        return evaluate_polarity(corpus, gold, model)
    items = stance_items(corpus)
    loaded = load_stance_model(model)
    probability = predict_stances(loaded, items.targets)
    truth = np.array(items.labels)
    figures = _part("", truth, probability, np.ones(len(truth), dtype=bool))
    found = np.array(STANCES)[probability.argmax(axis=1)]
    if len(set(items.groups)) >= LEAST_CLUSTERS:
        draws = bootstrap_macro_f1(truth, found, items.groups, np.random.default_rng(0))
        figures["macro_f1_low"], figures["macro_f1_high"] = percentile_interval(draws)
    for kind, one in by_kind(items, found.tolist()).items():
        figures |= {f"{kind}_macro_f1": one["macro_f1"], f"{kind}_n": one["n"]}
    stressed = stress_stance(loaded, items.targets, items.labels, items.groups) if stress else {}
    if corpus.name == "newsmtsc":
        seen = stance_items(read_corpus("newsmtsc", splits=("train",)))
        return figures | _part("disjoint_", truth, probability, apart_from(items, seen)) | stressed
    voices = gold.units.voice if isinstance(gold, Annotation) else ()
    if not any(voices):
        return figures | stressed
    author = np.array([voice == AUTHOR for voice in voices])
    own, quoted = _part("author_", truth, probability, author), _part("quoted_", truth, probability, ~author)
    return figures | own | quoted | stressed


def _stance_corpus(on: str, split: str | None) -> Corpus:
    if on == "newsmtsc":
        if split == "train":
            raise InputError(
                "Invalid split 'train' of newsmtsc. Shipped models were trained on it; score rw or mt."
            )
        return read_corpus(on, splits=(split or "rw",))
    parts = parts_of(on)
    if "train" in parts:
        return read_corpus(on, splits=(check_choice(split or "test", "split", parts),))
    corpus = read_corpus(on)
    if split is not None:
        raise InputError(f"Invalid split {split!r}. Corpus {corpus.name!r} has none.")
    return corpus


def _part(prefix: str, truth: np.ndarray, probability: np.ndarray, keep: np.ndarray) -> dict[str, Any]:
    if not keep.any():
        return {f"{prefix}n": 0}
    figures = stance_figures(truth[keep], probability[keep], STANCES)
    return {f"{prefix}{name}": value for name, value in figures.items()} | {f"{prefix}n": int(keep.sum())}


def evaluate_frames(on: str, *, split: str | None = None, model: str | None = None) -> dict[str, Any]:
    """Score a frame model on a corpus with gold frames of articles.

    Parameters
    ----------
    on : str
        ``narrative-frames`` (splits ``dev`` and ``test``, the default), or a corpus with gold frames.
    split : str, optional
        Part of ``narrative-frames``.
    model : str, optional
        Frame model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        macro_f1, average_precision (mean over frames), always_yes_macro_f1 and prevalence (what they must beat),
        <frame>_f1, ece, n.

    Raises
    ------
    InputError
        When the corpus has no gold frames, or the split is the one the model was trained on.
    """
    if on == "narrative-frames":
        if split == "train":
            raise InputError(
                "Invalid split 'train' of narrative-frames. The shipped model was trained on it; score dev or test."
            )
        corpus = read_corpus(on, splits=(split or "test",))
    else:
        corpus = read_corpus(on)
    gold = corpus.gold.get("frames")
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing frame gold of corpus {corpus.name!r}.")
    loaded = load_frame_model(model)
    annotation = loaded.annotate(split_sentences(corpus.articles))
    order = [gold.labels.index(frame) for frame in FRAMES]
    found = np.stack([annotation.of(frame) for frame in FRAMES], axis=1)
    thresholds = [loaded.thresholds_[loaded.labels_.index(frame)] for frame in FRAMES]
    figures: dict[str, Any] = frame_figures(gold.scores[:, order], found, thresholds)
    return figures | {"n": len(texts_of(split_sentences(corpus.articles)))}
