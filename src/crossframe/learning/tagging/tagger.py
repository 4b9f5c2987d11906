"""Tag the words of texts: spans of any labels with probabilities, by an encoder's token states and what words look like."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from crossframe.errors import MissingDataError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import ModelFiles, hash_arrays
from crossframe.learning.pairs.late_interaction import can_interact, plan_of
from crossframe.learning.tagging.paths import HEAD, UPDATE, Scheme, WordSpan
from crossframe.learning.tagging.words import Piece, TokenReader, WordText

TEXTS = 4096
"""Texts tagged at once: bounds the memory for their token states."""


class Tagger:
    """Finds spans of words.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base that the weights update.
    arrays : dict of str to ndarray
        Weights as `fit_tagger` returned them.
    labels : tuple of str
        Labels of spans, as they were fitted.
    precision : {"int8", "float32"}
        Of the encoder when it reads.
    """

    def __init__(
        self,
        encoder: TransformerEncoder,
        arrays: dict[str, np.ndarray],
        labels: tuple[str, ...],
        *,
        precision: str = "int8",
    ) -> None:
        self.encoder = encoder
        self.arrays = {name: array for name, array in arrays.items() if name.startswith("tagger.")}
        self.scheme = Scheme(labels)
        self.precision = precision

    @cached_property
    def fast(self) -> FastEncoder:
        """The updated encoder by ONNX Runtime."""
        updates = {name: array for name, array in self.arrays.items() if name.startswith(UPDATE)}
        plan = plan_of(self.encoder)
        return FastEncoder(
            self._body,
            plan.tokenizer_file,
            fingerprint=hash_arrays(self.encoder.fingerprint, updates),
            precision=self.precision,
            max_length=plan.max_length,
        )

    def _body(self) -> Any:
        from crossframe.learning.tagging.network import merge_updates

        return merge_updates(self.encoder.load_body(), self.arrays)

    @cached_property
    def _reader(self) -> TokenReader:
        return TokenReader(self.encoder)

    def tag(self, texts: Sequence[WordText]) -> list[list[WordSpan]]:
        """Return the spans in each text, in order, with the probability of each span's least sure word.

        What is found in a text depends on that text alone.
        """
        found = []
        for first in range(0, len(texts), TEXTS):
            found += self._tag(texts[first : first + TEXTS])
        return found

    def _tag(self, texts: Sequence[WordText]) -> list[list[WordSpan]]:
        pieces = self._reader.read(texts)
        states = iter(self.fast.encode_tokens([piece.text for cut in pieces for piece in cut]))
        told = [self._states_of_words(text, cut, states) for text, cut in zip(texts, pieces, strict=True)]
        length = [len(text.start) for text in texts]
        if not sum(length):
            return [[] for _ in texts]
        rows = np.concatenate([one for one in told if len(one)])
        scores = np.split(run_head(self.arrays, rows, length), np.cumsum(length)[:-1])
        weights = [self.arrays[HEAD + name] for name in ("steps", "opens", "closes")]
        return self.scheme.decode(scores, *weights)

    def _states_of_words(self, text: WordText, pieces: Sequence[Piece], states: Any) -> np.ndarray:
        """Return what the head reads of every word: the mean state of its tokens, then its features."""
        n_dims = self.arrays[HEAD + "read.weight"].shape[1]
        made = np.zeros((len(text.start), n_dims), dtype=np.float32)
        made[:, n_dims - text.features.shape[1] :] = text.features
        for piece in pieces:
            state, of = next(states), piece.words
            kept = np.flatnonzero(of >= 0)
            if not len(kept):
                continue
            begins = np.flatnonzero(np.r_[True, of[kept][1:] != of[kept][:-1]])
            count = np.diff(np.r_[begins, len(kept)])
            made[of[kept][begins], : state.shape[1]] = (
                np.add.reduceat(state[kept], begins, axis=0) / count[:, None]
            )
        return made


def run_head(arrays: dict[str, np.ndarray], rows: np.ndarray, length: Sequence[int]) -> np.ndarray:
    """Return log-scores of shape (n_words, n_states) of the words of texts, one after another, of `length` words each.

    A word is read with two words before and behind it, never across texts.
    """
    ends = np.cumsum(length)
    opens = np.zeros(len(rows), dtype=bool)
    opens[[end - n for end, n in zip(ends, length, strict=True) if n]] = True
    closes = np.roll(opens, -1)

    def layer(name: str, given: np.ndarray) -> np.ndarray:
        made: np.ndarray = given @ arrays[f"{HEAD}{name}.weight"].T + arrays[f"{HEAD}{name}.bias"]
        return made

    def with_neighbours(given: np.ndarray) -> np.ndarray:
        before, after = np.roll(given, 1, axis=0), np.roll(given, -1, axis=0)
        before[opens], after[closes] = 0, 0
        return np.concatenate([before, given, after], axis=1)

    read = np.maximum(layer("read", rows), 0)
    near = np.maximum(layer("near", with_neighbours(read)), 0)
    far = np.maximum(layer("far", with_neighbours(near)), 0)
    return layer("judge", np.concatenate([read, near, far], axis=1))


def load_tagger(files: ModelFiles, labels: tuple[str, ...], thing: str) -> Tagger:
    """Return the tagger of a model folder, on the encoder that it was fitted on.

    Parameters
    ----------
    files : ModelFiles
        Its configuration names base, base_fingerprint and precision.
    labels : tuple of str
        Labels of spans, as they were fitted.
    thing : str
        What the folder is, for the error ("finder").

    Raises
    ------
    MissingDataError
        When the encoder of that name has other weights than those it was fitted on.
    """
    config = files.config
    base = load_encoder(config["base"])
    if not can_interact(base) or base.fingerprint != config["base_fingerprint"]:
        raise MissingDataError(
            f"Invalid base {config['base']!r} of {thing} {str(config['name'])!r}. It was fitted on other weights."
        )
    return Tagger(base, files.arrays, labels, precision=config["precision"])
