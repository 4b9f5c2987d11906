"""What every aligner is given: the sentences of one event, and vectors of the encoder it was calibrated with."""

import warnings
from typing import Any

import numpy as np

from crossframe.errors import CrossframeWarning, InputError
from crossframe.records import Embeddings, Sentences


def check_event(sentences: Sentences, vectors: np.ndarray | None, *, embedding: bool) -> None:
    """Raise InputError when `sentences` are of several events, or lack the `vectors` that an aligner needs."""
    if len({article.event for article in sentences.articles}) > 1:
        raise InputError("Invalid sentences. They must be of one event; align event by event.")
    if embedding and (vectors is None or len(vectors) != len(sentences)):
        raise InputError("Invalid embeddings. This aligner needs the embeddings of the same sentences.")


def warn_of_encoder(aligner: Any, embeddings: Embeddings) -> None:
    """Warn the caller of ``align`` when `embeddings` are of another encoder than the aligner was calibrated with."""
    if aligner.encoder_fingerprint_ not in ("", embeddings.fingerprint):
        warnings.warn(
            f"Aligner {aligner.name!r} was calibrated with encoder {aligner.encoder_!r}, not with {embeddings.encoder!r}. "
            "Its probabilities rank pairs but are not calibrated.",
            CrossframeWarning,
            stacklevel=3,
        )
