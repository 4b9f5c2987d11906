"""Judge a marked stretch of a text: classes with scores, by an encoder that sees where the mark is."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from crossframe.learning.fast import FastEncoder, read_tokenizer
from crossframe.learning.linear import softmax
from crossframe.learning.model_files import hash_arrays
from crossframe.learning.model_folders import plan_fast
from crossframe.learning.transformer import TransformerEncoder

OPEN, CLOSE = "{", "}"
"""What stands around every mark: single tokens to every common vocabulary, and nearly never in news."""
MAX_LENGTH = 128
"""Tokens read of a text, special ones included; longer texts are read around their mark."""
UPDATE, BODY, HEAD = "target.update.", "target.body.", "target.head."
"""Beginnings of the names of weights."""
TEXTS = 2048
"""Texts read at once: bounds the memory for their token states."""


class Marked(NamedTuple):
    """A text and the stretches marked in it, in characters; the first is judged, the others name the same thing."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Place(NamedTuple):
    """A marked text as tokens, and where the judged mark is among them: the first, and the one after the last."""

    text: str
    ids: tuple[int, ...]
    first: int
    last: int


def write_marks(marked: Marked) -> tuple[str, int, int]:
    """Return the text with every mark between braces, and where the judged one begins and ends in it.

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


class MarkReader:
    """Turns marked texts into tokens; a text longer than the encoder reads is cut at both ends, the mark in its middle.

    Parameters
    ----------
    encoder : TransformerEncoder
        Whose tokenizer reads.
    """

    def __init__(self, encoder: TransformerEncoder) -> None:
        plan = plan_fast(encoder.folder)
        self._tokenizer: Any = (
            read_tokenizer(plan.tokenizer_file, 10**9)
            if plan is not None
            else _plain(encoder.model.tokenizer.backend_tokenizer)
        )
        self._most = min(MAX_LENGTH, plan.max_length if plan is not None else MAX_LENGTH)

    def read(self, texts: Sequence[Marked]) -> list[Place]:
        """Return every text as tokens with the place of its mark."""
        written = [write_marks(one) for one in texts]
        read = self._tokenizer.encode_batch([text for text, _, _ in written])
        return [
            self._place(text, begin, finish, one)
            for (text, begin, finish), one in zip(written, read, strict=True)
        ]

    def _place(self, text: str, begin: int, finish: int, read: Any) -> Place:
        inside = [i for i, (s, e) in enumerate(read.offsets) if e > s and s < finish and e > begin]
        if len(read.ids) <= self._most or not inside:
            first = inside[0] if inside else 0
            return Place(
                text, tuple(read.ids[: self._most]), first, min(inside[-1] + 1 if inside else 1, self._most)
            )
        room = self._most - 4
        n_before = min(inside[0] - 1, max(0, room - (inside[-1] + 1 - inside[0])) // 2)
        chosen = range(max(1, inside[0] - n_before), len(read.ids) - 1)[:room]
        start, end = read.offsets[chosen[0]][0], read.offsets[chosen[-1]][1]
        part = text[start:end]
        again = self._tokenizer.encode(part)
        inner = [
            i for i, (s, e) in enumerate(again.offsets) if e > s and s + start < finish and e + start > begin
        ]
        return Place(part, tuple(again.ids[: self._most]), inner[0], min(inner[-1] + 1, self._most))


def _plain(tokenizer: Any) -> Any:
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class TargetClassifier:
    """Judges marked texts.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base whose weights were trained on.
    arrays : dict of str to ndarray
        Weights as `fit_targets` returned them.
    precision : {"float32", "int8"}
        Of the encoder when it reads; models that only torch runs are read in float32.
    """

    def __init__(
        self, encoder: TransformerEncoder, arrays: dict[str, np.ndarray], *, precision: str = "float32"
    ) -> None:
        self.encoder = encoder
        self.arrays = {name: array for name, array in arrays.items() if name.startswith("target.")}
        self.head = {
            name.removeprefix(HEAD): array.astype(np.float64)
            for name, array in self.arrays.items()
            if name.startswith(HEAD)
        }
        self.precision = precision

    @cached_property
    def fast(self) -> FastEncoder | None:
        """The trained encoder by ONNX Runtime, None where only torch runs it."""
        plan = plan_fast(self.encoder.folder)
        if plan is None:
            return None
        body = {name: array for name, array in self.arrays.items() if not name.startswith(HEAD)}
        return FastEncoder(
            self._body,
            plan.tokenizer_file,
            fingerprint=hash_arrays(self.encoder.fingerprint, body),
            precision=self.precision,
            max_length=min(MAX_LENGTH, plan.max_length),
        )

    def _body(self) -> Any:
        from crossframe.learning.targeting_net import put_weights

        fresh = self.encoder.load_body() if self.encoder.fast else self.encoder.model[0].auto_model
        return put_weights(fresh, self.arrays)

    @cached_property
    def _reader(self) -> MarkReader:
        return MarkReader(self.encoder)

    @cached_property
    def _slow(self) -> Any:
        return self._body().eval()

    def score(self, texts: Sequence[Marked]) -> np.ndarray:
        """Return logits of shape (n_texts, n_classes); those of a text depend on it alone. Equal texts are read once."""
        n_classes = len(self.head["judge.bias"])
        parts = [np.zeros((0, n_classes))]
        for first in range(0, len(texts), TEXTS):
            places = self._reader.read(texts[first : first + TEXTS])
            parts.append(
                np.stack(
                    [
                        run_head(self.head, states, place)
                        for states, place in zip(self._states(places), places, strict=True)
                    ]
                )
            )
        return np.concatenate(parts)

    def _states(self, places: Sequence[Place]) -> Iterator[np.ndarray]:
        if self.fast is not None:
            yield from self.fast.encode_tokens([place.text for place in places])
            return
        import torch

        with torch.no_grad():
            for place in places:
                yield self._slow(input_ids=torch.tensor([place.ids])).last_hidden_state[0].numpy()


def run_head(head: dict[str, np.ndarray], states: np.ndarray, place: Place) -> np.ndarray:
    """Return the logits of a mark, of shape (n_classes,), from its text's token states of shape (n_tokens, n_dims)."""

    def layer(name: str, given: np.ndarray) -> np.ndarray:
        made: np.ndarray = head[f"{name}.weight"] @ given + head[f"{name}.bias"]
        return made

    states = states.astype(np.float64)
    mark = states[place.first : place.last].mean(axis=0)
    heed = softmax(states @ layer("ask", mark) / states.shape[1] ** 0.5)
    told = np.concatenate([mark, heed @ states, states.mean(axis=0)])
    return layer("judge", np.maximum(layer("read", told), 0))
