"""Score frame models against gold frames of articles."""

from pathlib import Path
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.frames import load_frame_model, texts_of
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import FRAMES, Annotation, Corpus
from crossframe.studies.evaluate.metrics import frame_metrics


def evaluate_frames(on: str, *, split: str | None = None, model: str | Path | None = None) -> dict[str, Any]:
    """Score a frame model on a corpus with gold frames of articles.

    Parameters
    ----------
    on : str
        ``narrative-frames`` (splits ``dev`` and ``test``, the default), or a corpus with gold frames.
    split : str, optional
        Split of ``narrative-frames``.
    model : str or Path, optional
        Frame model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        macro_f1, average_precision (mean over frames), always_yes_macro_f1 and prevalence (what they must beat),
        <frame>_f1, ece, n.

    Raises
    ------
    InputError
        When the corpus has no gold frames, or the shipped model was trained on the split.
    """
    if on == "narrative-frames" and split == "train":
        raise InputError(
            "Invalid split 'train' of narrative-frames. The shipped model was trained on it; score dev or test."
        )
    corpus = read_corpus(on, splits=(split or "test",) if on == "narrative-frames" else None)
    gold = gold_frames(corpus)
    loaded = load_frame_model(model)
    sentences = split_sentences(corpus.articles)
    annotation = loaded.annotate(sentences)
    probability = np.stack([annotation.of(frame) for frame in FRAMES], axis=1)
    thresholds = [loaded.thresholds_[loaded.labels_.index(frame)] for frame in FRAMES]
    metrics: dict[str, Any] = frame_metrics(gold, probability, thresholds)
    return metrics | {"n": len(texts_of(sentences))}


def gold_frames(corpus: Corpus) -> np.ndarray:
    """Return the gold of a corpus's articles in the order of `FRAMES`: ndarray of shape (n_articles, n_frames).

    Raises
    ------
    InputError
        When the corpus has no gold frames.
    """
    gold = corpus.gold.get("frames")
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing frame gold of corpus {corpus.name!r}. It must have labels of articles.")
    return gold.scores[:, [gold.labels.index(frame) for frame in FRAMES]]
