"""Marks in texts: braces around what is to be judged, and where it stands among the tokens that an encoder reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from crossframe.learning.encoders.model_folders import plan_fast
from crossframe.learning.encoders.onnx import read_tokenizer
from crossframe.learning.encoders.transformer import TransformerEncoder

OPEN, CLOSE = "{", "}"
"""What stands around every mark: single tokens to every common vocabulary, and nearly never in news."""
MAX_LENGTH = 128
"""Tokens read of a text, special ones included; longer texts are read around their mark."""
UPDATE, BODY, HEAD = "target.update.", "target.body.", "target.head."
"""Beginnings of the names of weights."""


class Marked(NamedTuple):
    """A text and the stretches marked in it, in characters; the first is judged, the others name the same thing."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Lesson:
    """A marked text and what its teacher says of it: a probability a class."""

    marked: Marked
    told: tuple[float, ...]


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
