"""Judge a marked stretch of a text: classes with scores, by an encoder that sees where the mark is."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from crossframe.learning.encoders.model_folders import plan_fast
from crossframe.learning.encoders.onnx import FastEncoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.linear import softmax
from crossframe.learning.model_files import hash_arrays
from crossframe.learning.targets.marks import HEAD, MAX_LENGTH, Marked, MarkReader, Place

TEXTS = 2048
"""Texts read at once: bounds the memory for their token states."""


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
        from crossframe.learning.targets.network import put_weights

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
