"""Late interaction: a learned comparison of two sentences by their token states."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import Any

import numpy as np

from crossframe import storage
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import Picklable, hash_arrays

MAX_SENTENCE_LENGTH = 80
"""Tokens read of a sentence; 4 in 1,000 sentences of BASIL are longer."""
PRECISION = "int8"
"""Of the encoder when it scores; twice as fast as float32."""
BODY, HEAD = "interaction.body.", "interaction.head."
"""Prefixes of the names of weights."""


class LateInteraction(Picklable):
    """Scores pairs of sentences by an encoder's token states.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base that the weights were fitted on.
    arrays : dict of str to ndarray
        Weights as `fit_interaction` returned them.
    """

    def __init__(self, encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
        self.encoder = encoder
        self.arrays = {name: array for name, array in arrays.items() if name.startswith((BODY, HEAD))}

    @cached_property
    def fast(self) -> FastEncoder:
        """The fitted encoder by ONNX Runtime."""
        return self.encoder.with_weights(
            self.arrays, BODY, precision=PRECISION, max_length=MAX_SENTENCE_LENGTH
        )

    @cached_property
    def head(self) -> Any:
        """The head with its weights."""
        from crossframe.learning.pairs.network import load_head

        return load_head({n.removeprefix(HEAD): a for n, a in self.arrays.items() if n.startswith(HEAD)})

    @cached_property
    def fingerprint(self) -> str:
        """Hash over the encoder, the weights, and the versions that the last bits of a logit depend on."""
        versions = [f"{name} {metadata.version(name)}" for name in ("onnxruntime", "torch")]
        return hash_arrays(" ".join([self.encoder.fingerprint, PRECISION, *versions]), self.arrays)

    def score_pairs(self, texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return logits of shape (n_pairs, 2): that the two align, and that they are equivalent if they do.

        What was scored before comes from the cache: texts and pairs of one call are one entry.

        Parameters
        ----------
        texts : sequence of str
            Sentences; the result for a pair depends on its two texts alone, up to the fourth decimal.
        left, right : ndarray of shape (n_pairs,)
            Numbers of texts.
        """
        if not len(left):
            return np.zeros((0, 2), dtype=np.float32)
        content = [self.fingerprint, list(texts), left.tolist(), right.tolist()]
        key = hashlib.sha256(json.dumps(content).encode()).hexdigest()
        return storage.cached_array(key, lambda: self.compute_logits(texts, left, right))

    def compute_logits(self, texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return the logits of `score_pairs` of at least one pair, without the cache."""
        import torch

        states = self.fast.encode_tokens(fill_blanks(texts))
        length = torch.tensor([len(rows) for rows in states])
        padded = torch.zeros((len(states), int(length.max()), states[0].shape[1]))
        for number, rows in enumerate(states):
            padded[number, : len(rows)] = torch.from_numpy(np.array(rows))
        with torch.no_grad():
            logits: np.ndarray = self.head(
                padded, length, torch.from_numpy(left), torch.from_numpy(right)
            ).numpy()
        return logits


def fill_blanks(texts: Sequence[str]) -> list[str]:
    """Return the texts with a full stop for blank ones: something to encode."""
    return [text if text.strip() else "." for text in texts]
