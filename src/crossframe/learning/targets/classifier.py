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


Span = tuple[int, int]
AUTHOR_SPAN: Span = (0, 0)
"""Span of the author as holder: read from the token that begins every text."""
_FIRST_TOKEN: Span = (0, 1)


class Marked(NamedTuple):
    """A text, the spans marked in it, and the spans of holders whose stance toward the mark is asked for, in characters.

    The first of ``spans`` is classified, the others name the same thing. Holders are not marked, so that a mark with several
    holders is read once; `AUTHOR_SPAN` stands for the author.
    """

    text: str
    spans: tuple[Span, ...]
    holders: tuple[Span, ...] = ()


class MarkedTokens(NamedTuple):
    """A marked text as tokens, and where the classified mark and the holders are: first token, and the one after the last."""

    text: str
    ids: tuple[int, ...]
    first: int
    last: int
    holders: tuple[Span, ...] = ()


class MarkLogits(NamedTuple):
    """Logits of a mark: of its classes, of its manners, and of every holder: shapes (n_classes,), (n_manners,), (n_holders, n_classes).

    Those that a model did not learn are empty.
    """

    classes: np.ndarray
    manners: np.ndarray
    holders: np.ndarray


class WrittenMarks(NamedTuple):
    """A text with its marks in braces; start and end of the classified one, and of every holder, in its characters."""

    text: str
    begin: int
    finish: int
    holders: tuple[Span, ...]


def write_marks(marked: Marked) -> WrittenMarks:
    """Return the text with every mark between braces, and where the classified one and the holders are in it.

    Examples
    --------
    >>> write_marks(Marked("Smith says Smith won.", ((11, 16), (0, 5))))
    WrittenMarks(text='{Smith} says {Smith} won.', begin=13, finish=20, holders=())
    """
    text, begin, finish, at = "", 0, 0, 0
    braces: list[int] = []
    for start, end in sorted(set(marked.spans)):
        if start < at:
            continue
        text += marked.text[at:start]
        if (start, end) == marked.spans[0]:
            begin, finish = len(text), len(text) + end - start + 2
        text += OPEN + marked.text[start:end] + CLOSE
        braces += [start, end]
        at = end
    holders = [
        AUTHOR_SPAN
        if span == AUTHOR_SPAN
        else tuple(place + sum(brace <= place for brace in braces) for place in span)
        for span in marked.holders
    ]
    return WrittenMarks(text + marked.text[at:], begin, finish, tuple(holders))  # type: ignore[arg-type]


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
        encodings = self._tokenizer.encode_batch([one.text for one in written])
        return [self._locate(one, encoding) for one, encoding in zip(written, encodings, strict=True)]

    def _locate(self, written: WrittenMarks, encoding: Any) -> MarkedTokens:
        text, begin, finish, holders = written
        most = self.max_length
        inside = _tokens_between(encoding.offsets, begin, finish)
        if len(encoding.ids) <= most or not inside:
            first, last = (inside[0], inside[-1] + 1) if inside else _FIRST_TOKEN
            places = _places(holders, encoding.offsets, most)
            return MarkedTokens(text, tuple(encoding.ids[:most]), first, min(last, most), places)
        room = most - 4
        n_before = min(inside[0] - 1, max(0, room - (inside[-1] + 1 - inside[0])) // 2)
        chosen = range(max(1, inside[0] - n_before), len(encoding.ids) - 1)[:room]
        start, end = encoding.offsets[chosen[0]][0], encoding.offsets[chosen[-1]][1]
        again = self._tokenizer.encode(text[start:end])
        inside = _tokens_between(again.offsets, begin - start, finish - start)
        shifted = [span if span == AUTHOR_SPAN else (span[0] - start, span[1] - start) for span in holders]
        places = _places(shifted, again.offsets, most)
        return MarkedTokens(
            text[start:end], tuple(again.ids[:most]), inside[0], min(inside[-1] + 1, most), places
        )


def _places(holders: Sequence[Span], offsets: Sequence[Span], most: int) -> tuple[Span, ...]:
    """Return the tokens of every holder; the first token for the author, and for a holder that is not among those read."""
    places = []
    for span in holders:
        inside = _tokens_between(offsets, *span) if span != AUTHOR_SPAN else []
        near = [token for token in inside if token < most]
        places.append((near[0], near[-1] + 1) if near else _FIRST_TOKEN)
    return tuple(places)


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

    def read(self, texts: Sequence[Marked]) -> list[MarkLogits]:
        """Return the logits of every text's mark; those of a text depend on it alone."""
        read = []
        for first in range(0, len(texts), CHUNK_TARGETS):
            tokens = self._tokenizer.tokenize(texts[first : first + CHUNK_TARGETS])
            rows = zip(self._states(tokens), tokens, strict=True)
            read += [run_head(self.head, states, row) for states, row in rows]
        return read

    def _states(self, tokens: Sequence[MarkedTokens]) -> Iterator[np.ndarray]:
        if self.fast is not None:
            yield from self.fast.encode_tokens([row.text for row in tokens])
            return
        import torch

        with torch.no_grad():
            for row in tokens:
                yield self._slow(input_ids=torch.tensor([row.ids])).last_hidden_state[0].numpy()


def run_head(head: dict[str, np.ndarray], states: np.ndarray, tokens: MarkedTokens) -> MarkLogits:
    """Return the logits of a mark and its holders from its text's token states of shape (n_tokens, n_dims)."""

    def layer(name: str, values: np.ndarray) -> np.ndarray:
        outputs: np.ndarray = head[f"{name}.weight"] @ values + head[f"{name}.bias"]
        return outputs

    def attend(place: np.ndarray) -> np.ndarray:
        return softmax(states @ layer("query", place) / states.shape[1] ** 0.5) @ states

    states = states.astype(np.float64)
    mark = states[tokens.first : tokens.last].mean(axis=0)
    attended, none = attend(mark), np.zeros(0)
    hidden = np.maximum(layer("hidden", np.concatenate([mark, attended, states.mean(axis=0)])), 0)
    holders = np.zeros((0, len(head.get("holder_output.bias", none))))
    if tokens.holders and "holder_output.bias" in head:
        places = [states[first:last].mean(axis=0) for first, last in tokens.holders]
        features = [np.concatenate([mark, attended, place, attend(place)]) for place in places]
        holders = np.stack(
            [layer("holder_output", np.maximum(layer("holder_hidden", one), 0)) for one in features]
        )
    return MarkLogits(
        layer("output", hidden) if "output.bias" in head else none,
        layer("manner", hidden) if "manner.bias" in head else none,
        holders,
    )
