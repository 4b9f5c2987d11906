"""Tag the words of texts: labelled spans with probabilities, from an encoder's token states and features of the words."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from crossframe.learning.encoders.by_name import load_base
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import ModelFiles, Picklable
from crossframe.learning.tagging.paths import BODY, HEAD, Scheme, WordSpan
from crossframe.learning.tagging.words import Piece, PieceCutter, WordText

CHUNK_TEXTS = 4096
"""Texts tagged at once: bounds the memory for their token states."""


class Tagger(Picklable):
    """Finds spans of words.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base that the weights were fitted on.
    arrays : dict of str to ndarray
        Weights as `fit_tagger` returned them.
    labels : tuple of str
        Labels of spans, as they were fitted.
    precision : {"int8", "float32"}
        Of the encoder.
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
        self.arrays = {name: array for name, array in arrays.items() if name.startswith((BODY, HEAD))}
        self.scheme = Scheme(labels)
        self.precision = precision

    @cached_property
    def fast(self) -> FastEncoder:
        """The fitted encoder by ONNX Runtime."""
        return self.encoder.with_weights(
            self.arrays, BODY, precision=self.precision, max_length=self.encoder.max_length
        )

    @cached_property
    def cutter(self) -> PieceCutter:
        """What cuts texts into pieces."""
        return PieceCutter(self.encoder)

    def tag(self, texts: Sequence[WordText]) -> list[list[WordSpan]]:
        """Return the spans in each text, in order, with the probability of each span's least certain word.

        The spans of a text depend on that text alone.
        """
        spans = []
        for first in range(0, len(texts), CHUNK_TEXTS):
            spans += self._tag(texts[first : first + CHUNK_TEXTS])
        return spans

    def _tag(self, texts: Sequence[WordText]) -> list[list[WordSpan]]:
        length = [len(text.start) for text in texts]
        if not sum(length):
            return [[] for _ in texts]
        scores = np.split(run_head(self.arrays, self.describe_words(texts), length), np.cumsum(length)[:-1])
        names = ("transitions", "start_transitions", "end_transitions")
        return self.scheme.decode(scores, *(self.arrays[HEAD + name] for name in names))

    def describe_words(self, texts: Sequence[WordText]) -> np.ndarray:
        """Return the head's input of all words of `texts`, one after another: mean state of a word's tokens, its features."""
        pieces = self.cutter.cut(texts)
        states = iter(self.fast.encode_tokens([piece.text for cut in pieces for piece in cut]))
        rows = [self._describe(text, cut, states) for text, cut in zip(texts, pieces, strict=True)]
        return np.concatenate([row for row in rows if len(row)])

    def _describe(self, text: WordText, pieces: Sequence[Piece], states: Iterator[np.ndarray]) -> np.ndarray:
        n_dims = self.arrays[HEAD + "input.weight"].shape[1]
        rows = np.zeros((len(text.start), n_dims), dtype=np.float32)
        rows[:, n_dims - text.features.shape[1] :] = text.features
        for piece in pieces:
            state, word = next(states), piece.words
            tokens = np.flatnonzero(word >= 0)
            if not len(tokens):
                continue
            begins = np.flatnonzero(np.r_[True, word[tokens][1:] != word[tokens][:-1]])
            count = np.diff(np.r_[begins, len(tokens)])
            sums = np.add.reduceat(state[tokens], begins, axis=0)
            rows[word[tokens][begins], : state.shape[1]] = sums / count[:, None]
        return rows


def run_head(arrays: dict[str, np.ndarray], rows: np.ndarray, length: Sequence[int]) -> np.ndarray:
    """Return log-scores of shape (n_words, n_states) of the words of texts, one after another, of `length` words each.

    A word is scored with two words before and after it, never across texts.
    """
    ends = np.cumsum(length)
    opens = np.zeros(len(rows), dtype=bool)
    opens[[end - n for end, n in zip(ends, length, strict=True) if n]] = True
    closes = np.roll(opens, -1)

    def layer(name: str, values: np.ndarray) -> np.ndarray:
        outputs: np.ndarray = values @ arrays[f"{HEAD}{name}.weight"].T + arrays[f"{HEAD}{name}.bias"]
        return outputs

    def with_neighbours(values: np.ndarray) -> np.ndarray:
        before, after = np.roll(values, 1, axis=0), np.roll(values, -1, axis=0)
        before[opens], after[closes] = 0, 0
        return np.concatenate([before, values, after], axis=1)

    inner = np.maximum(layer("input", rows), 0)
    window1 = np.maximum(layer("window1", with_neighbours(inner)), 0)
    window2 = np.maximum(layer("window2", with_neighbours(window1)), 0)
    return layer("output", np.concatenate([inner, window1, window2], axis=1))


def load_tagger(files: ModelFiles, labels: tuple[str, ...], thing: str) -> Tagger:
    """Return the tagger of a model folder, whose configuration names base, base_fingerprint and precision.

    Parameters
    ----------
    files : ModelFiles
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
    base = load_base(config["base"], config["base_fingerprint"], f"{thing} {str(config['name'])!r}")
    return Tagger(base, files.arrays, labels, precision=config["precision"])
