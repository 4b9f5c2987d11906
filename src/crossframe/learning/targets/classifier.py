"""Classify a marked target in a text: marks, where they are among the tokens, and the classifier that reads both."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from crossframe.learning.classifiers import softmax
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import Picklable

OPEN, CLOSE = "{", "}"
"""Around every mark: single tokens in every common vocabulary, and nearly never in news."""
MAX_TARGET_LENGTH = 128
"""Tokens read of a text, special ones included; of longer texts, those around the mark."""
BODY, HEAD = "target.body.", "target.head."
"""Prefixes of the names of weights."""
CHUNK_TARGETS = 2048
"""Texts classified at once: bounds the memory for their token states."""
_WHOLE = 10**9


class Marked(NamedTuple):
    """A text and the spans marked in it, in characters; the first is classified, the others name the same thing."""

    text: str
    spans: tuple[tuple[int, int], ...]


class MarkedTokens(NamedTuple):
    """A marked text as tokens, and where the classified mark is among them: the first, and the one after the last."""

    text: str
    ids: tuple[int, ...]
    first: int
    last: int


def write_marks(marked: Marked) -> tuple[str, int, int]:
    """Return the text with every mark between braces, and start and end of the classified one in it.

    Examples
    --------
    >>> write_marks(Marked("Smith says Smith won.", ((11, 16), (0, 5))))
    ('{Smith} says {Smith} won.', 13, 20)
    """
    text, begin, finish, at = "", 0, 0, 0
    for start, end in sorted(set(marked.spans)):
        if start < at:
            continue
        text += marked.text[at:start]
        if (start, end) == marked.spans[0]:
            begin, finish = len(text), len(text) + end - start + 2
        text += OPEN + marked.text[start:end] + CLOSE
        at = end
    return text + marked.text[at:], begin, finish


class MarkTokenizer:
    """Turns marked texts into tokens; a text longer than the encoder reads is cut at both ends, the mark in its middle.

    Parameters
    ----------
    encoder : TransformerEncoder
        Whose tokenizer is used.
    """

    def __init__(self, encoder: TransformerEncoder) -> None:
        self._tokenizer = encoder.load_tokenizer(_WHOLE)
        self.max_length = min(MAX_TARGET_LENGTH, encoder.max_length)

    def tokenize(self, texts: Sequence[Marked]) -> list[MarkedTokens]:
        """Return the tokens of every text, with the place of its mark."""
        written = [write_marks(marked) for marked in texts]
        encodings = self._tokenizer.encode_batch([text for text, _, _ in written])
        return [
            self._locate(text, begin, finish, encoding)
            for (text, begin, finish), encoding in zip(written, encodings, strict=True)
        ]

    def _locate(self, text: str, begin: int, finish: int, encoding: Any) -> MarkedTokens:
        most = self.max_length
        inside = _tokens_between(encoding.offsets, begin, finish)
        if len(encoding.ids) <= most or not inside:
            first, last = (inside[0], inside[-1] + 1) if inside else (0, 1)
            return MarkedTokens(text, tuple(encoding.ids[:most]), first, min(last, most))
        room = most - 4
        n_before = min(inside[0] - 1, max(0, room - (inside[-1] + 1 - inside[0])) // 2)
        chosen = range(max(1, inside[0] - n_before), len(encoding.ids) - 1)[:room]
        start, end = encoding.offsets[chosen[0]][0], encoding.offsets[chosen[-1]][1]
        again = self._tokenizer.encode(text[start:end])
        inside = _tokens_between(again.offsets, begin - start, finish - start)
        return MarkedTokens(text[start:end], tuple(again.ids[:most]), inside[0], min(inside[-1] + 1, most))


def _tokens_between(offsets: Sequence[tuple[int, int]], begin: int, finish: int) -> list[int]:
    return [i for i, (start, end) in enumerate(offsets) if end > start and start < finish and end > begin]


class TargetClassifier(Picklable):
    """Classifies marked texts.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base that the weights were fitted on.
    arrays : dict of str to ndarray
        Weights as `fit_targets` returned them.
    precision : {"float32", "int8"}
        Of the encoder; models that only torch runs are run in float32.
    """

    def __init__(
        self, encoder: TransformerEncoder, arrays: dict[str, np.ndarray], *, precision: str = "float32"
    ) -> None:
        self.encoder = encoder
        self.arrays = {name: array for name, array in arrays.items() if name.startswith((BODY, HEAD))}
        self.head = {
            name.removeprefix(HEAD): array.astype(np.float64)
            for name, array in self.arrays.items()
            if name.startswith(HEAD)
        }
        self.precision = precision

    @cached_property
    def fast(self) -> FastEncoder | None:
        """The fitted encoder by ONNX Runtime, None where only torch runs it."""
        if self.encoder.plan is None:
            return None
        length = min(MAX_TARGET_LENGTH, self.encoder.max_length)
        return self.encoder.with_weights(self.arrays, BODY, precision=self.precision, max_length=length)

    @cached_property
    def _tokenizer(self) -> MarkTokenizer:
        return MarkTokenizer(self.encoder)

    @cached_property
    def _slow(self) -> Any:
        return self.encoder.load_body(self.arrays, BODY).eval()

    def logits(self, texts: Sequence[Marked]) -> np.ndarray:
        """Return logits of shape (n_texts, n_classes); those of a text depend on it alone. Equal texts are read once."""
        parts = [np.zeros((0, len(self.head["output.bias"])))]
        for first in range(0, len(texts), CHUNK_TARGETS):
            tokens = self._tokenizer.tokenize(texts[first : first + CHUNK_TARGETS])
            rows = zip(self._states(tokens), tokens, strict=True)
            parts.append(np.stack([run_head(self.head, states, row) for states, row in rows]))
        return np.concatenate(parts)

    def _states(self, tokens: Sequence[MarkedTokens]) -> Iterator[np.ndarray]:
        if self.fast is not None:
            yield from self.fast.encode_tokens([row.text for row in tokens])
            return
        import torch

        with torch.no_grad():
            for row in tokens:
                yield self._slow(input_ids=torch.tensor([row.ids])).last_hidden_state[0].numpy()


def run_head(head: dict[str, np.ndarray], states: np.ndarray, tokens: MarkedTokens) -> np.ndarray:
    """Return the logits of a mark, of shape (n_classes,), from its text's token states of shape (n_tokens, n_dims)."""

    def layer(name: str, values: np.ndarray) -> np.ndarray:
        outputs: np.ndarray = head[f"{name}.weight"] @ values + head[f"{name}.bias"]
        return outputs

    states = states.astype(np.float64)
    mark = states[tokens.first : tokens.last].mean(axis=0)
    attention = softmax(states @ layer("query", mark) / states.shape[1] ** 0.5)
    features = np.concatenate([mark, attention @ states, states.mean(axis=0)])
    return layer("output", np.maximum(layer("hidden", features), 0))
