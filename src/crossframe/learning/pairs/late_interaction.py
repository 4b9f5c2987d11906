"""Late interaction: a learned reading of two sentences from their token states."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import Any, TypeGuard

import numpy as np

from crossframe import storage
from crossframe.errors import InputError
from crossframe.learning.encoders.model_folders import FastPlan, plan_fast
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import hash_arrays

MAX_LENGTH = 80
"""Tokens read of a sentence; 4 in 1,000 sentences of BASIL are longer."""
KINDS = ("bert", "roberta", "xlm-roberta")
"""Bodies whose layers can be run one by one as the network does."""
PRECISION = "int8"
"""Of the encoder when it reads; twice as fast as float32."""


class LateInteraction:
    """Reads pairs of sentences by an encoder's token states.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base that the weights update.
    arrays : dict of str to ndarray
        Weights as `fit_interaction` returned them.
    """

    def __init__(self, encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
        self.encoder = encoder
        self.arrays = {name: array for name, array in arrays.items() if name.startswith("reader.")}

    @cached_property
    def fast(self) -> FastEncoder:
        """The updated encoder by ONNX Runtime."""
        updates = {name: array for name, array in self.arrays.items() if name.startswith("reader.update.")}
        return FastEncoder(
            self._body,
            plan_of(self.encoder).tokenizer_file,
            fingerprint=hash_arrays(self.encoder.fingerprint, updates),
            precision=PRECISION,
            max_length=MAX_LENGTH,
        )

    def _body(self) -> Any:
        from crossframe.learning.pairs.network import merge_updates

        return merge_updates(self.encoder.load_body(), self.arrays)

    @cached_property
    def head(self) -> Any:
        """The head with its weights."""
        from crossframe.learning.pairs.network import load_head

        return load_head(self.arrays)

    @cached_property
    def fingerprint(self) -> str:
        """Hash over the encoder, the weights, and the versions that the last bits of a logit depend on."""
        versions = [f"{name} {metadata.version(name)}" for name in ("onnxruntime", "torch")]
        return hash_arrays(" ".join([self.encoder.fingerprint, PRECISION, *versions]), self.arrays)

    def score_pairs(self, texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return logits of shape (n_pairs, 2): that the two align, and that they are equivalent if they do.

        What was read before comes from the cache: texts and pairs of one call are one entry.

        Parameters
        ----------
        texts : sequence of str
            Sentences; the result for a pair depends on its two texts alone, up to the fourth decimal.
        left, right : ndarray of shape (n_pairs,)
            Numbers of texts.
        """
        if not len(left):
            return self.read_anew(texts, left, right)
        asked = [self.fingerprint, list(texts), left.tolist(), right.tolist()]
        key = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
        return storage.cached_array(key, lambda: self.read_anew(texts, left, right))

    def read_anew(self, texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return what `score_pairs` returns, past the cache."""
        import torch

        if not len(left):
            return np.zeros((0, 2), dtype=np.float32)
        states = self.fast.encode_tokens(fill_blanks(texts))
        length = torch.tensor([len(one) for one in states])
        padded = torch.zeros((len(states), int(length.max()), states[0].shape[1]))
        for row, one in enumerate(states):
            padded[row, : len(one)] = torch.from_numpy(np.array(one))
        with torch.no_grad():
            logits = self.head(padded, length, torch.from_numpy(left), torch.from_numpy(right))
        scored: np.ndarray = logits.numpy()
        return scored


def can_interact(encoder: object) -> TypeGuard[TransformerEncoder]:
    """Return whether late interaction can be fitted on `encoder`: a plain transformer of BERT's build."""
    plan = plan_fast(encoder.folder) if isinstance(encoder, TransformerEncoder) else None
    return plan is not None and plan.kind in KINDS


def plan_of(encoder: TransformerEncoder) -> FastPlan:
    """Return how `encoder` is run; raises InputError where late interaction cannot be fitted on it."""
    plan = plan_fast(encoder.folder)
    if plan is None:
        raise InputError(f"Invalid encoder {encoder.name!r}. Late interaction needs a plain transformer.")
    return plan


def fill_blanks(texts: Sequence[str]) -> list[str]:
    """Return the texts with a full stop for blank ones: something to read."""
    return [text if text.strip() else "." for text in texts]
