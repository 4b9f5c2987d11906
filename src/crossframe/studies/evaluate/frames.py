"""Score frame models against gold frames of articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.judging.frames import DEFAULT_FRAMES, load_frame_model, texts_of
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import splits_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation, Article, Corpus
from crossframe.studies.evaluate.metrics import frame_metrics

MODEL_OF = {"frames": DEFAULT_FRAMES, "gun-frames": "frames-guns"}
"""By gold of articles the shipped model of it."""


def evaluate_frames(on: str, *, split: str | None = None, model: str | Path | None = None) -> dict[str, Any]:
    """Score a frame model on a corpus with gold frames of articles.

    Parameters
    ----------
    on : str
        ``narrative-frames`` or ``gvfc``, or a corpus with gold frames.
    split : str, optional
        Of a public corpus only ``test`` (None takes it): models learn from all others.
    model : str or Path, optional
        Frame model; None takes the shipped one of the corpus's frames.

    Returns
    -------
    dict of str to float
        As `frame_metrics`, with an interval over `frame_groups`, and n.

    Raises
    ------
    InputError
        When the corpus has no gold frames, the model other frames, or models were trained on the split.
    """
    public = splits_of(on)
    if public and split not in (None, "test"):
        raise InputError(
            f"Invalid split {split!r} of {on}. Frame models are trained on all splits but test; score that."
        )
    corpus = read_corpus(on, splits=("test",) if "test" in public else None)
    gold = frame_gold(corpus)
    shipped = next(name for kind, name in MODEL_OF.items() if kind in corpus.gold)
    loaded = load_frame_model(model or shipped)
    if set(gold.labels) != set(loaded.labels_):
        raise InputError(
            f"Invalid frame model {loaded.name!r} for corpus {corpus.name!r}. It has the frames {', '.join(loaded.labels_)}; the "
            f"corpus has {', '.join(gold.labels)}, as has {shipped!r}."
        )
    sentences = split_sentences(corpus.articles)
    annotation = loaded.annotate(sentences)
    probability = np.stack([annotation.of(frame) for frame in gold.labels], axis=1)
    thresholds = [loaded.thresholds_[loaded.labels_.index(frame)] for frame in gold.labels]
    metrics = frame_metrics(gold.labels, gold.scores, probability, thresholds, frame_groups(corpus.articles))
    return metrics | {"n": len(texts_of(sentences))}


def frame_gold(corpus: Corpus) -> Annotation:
    """Return the gold frames of a corpus's articles, in their order.

    Raises
    ------
    InputError
        When the corpus has no gold frames.
    """
    gold = next((corpus.gold[name] for name in MODEL_OF if name in corpus.gold), None)
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing frame gold of corpus {corpus.name!r}. It must have labels of articles.")
    return gold


def frame_groups(articles: Sequence[Article]) -> list[str]:
    """Return what is held out as a whole of each article: its event, or its outlet where every article is an event of its own."""
    outlets, events = [article.outlet for article in articles], [article.event for article in articles]
    return outlets if len(set(events)) == len(events) and len(set(outlets)) > 1 else events
