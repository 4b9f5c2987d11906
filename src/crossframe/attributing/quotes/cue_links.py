"""Which cue a content belongs to, and which source a cue: decided by what stands between the two in their paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from crossframe.learning.classifiers import Logistic
from crossframe.records import QUOTE_PARTS

N_LINK_FEATURES = 35
"""Features of a pair: the order of the two, and for each order 17 of what stands between."""
_MIN_PROBABILITY = 0.5
"""A link is made where it is likelier than not."""
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")
_BESIDE = re.compile(r"[,.]?[”\"]?,?\s*")
_CONJUNCTION = re.compile(r"\b(?:and|but|or)\b")
_RELATIVE_PRONOUN = re.compile(r"\b(?:who|which|that)\b")


class Part(NamedTuple):
    """A stretch of a text and its label: content, cue or source."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Attribution:
    """A quote: its contents in order, with cue and source where there are such."""

    contents: tuple[Part, ...]
    cue: Part | None = None
    source: Part | None = None

    def shifted(self, by: int) -> "Attribution":
        """Return the quote with all offsets moved by `by` characters."""

        def shift(part: Part) -> Part:
            return Part(part.start + by, part.end + by, part.label)

        return Attribution(
            tuple(shift(part) for part in self.contents),
            shift(self.cue) if self.cue else None,
            shift(self.source) if self.source else None,
        )


def pair_features(text: str, one: Part, other: Part, parts: Sequence[Part]) -> np.ndarray:
    """Return the features of two parts of a paragraph `text` among all its `parts`: ndarray of shape (n_features,)."""
    after = other.start >= one.end
    low, high = (one.end, other.start) if after else (other.end, one.start)
    between = text[low:high]
    n_words = len(re.findall(r"\w+", between))
    labels = [part.label for part in parts if part.start >= low and part.end <= high]
    counts = [labels.count(label) for label in QUOTE_PARTS]
    n_ends = len(_SENTENCE_END.findall(between))
    values = [
        np.log1p(n_words),
        n_words == 0,
        *counts,
        *(count > 0 for count in counts),
        min(n_ends, 3),
        n_ends > 0,
        "," in between,
        ":" in between or ";" in between,
        any(mark in between for mark in '“”"'),
        bool(_BESIDE.fullmatch(between)),
        bool(_CONJUNCTION.search(between)),
        bool(_RELATIVE_PRONOUN.search(between)),
        any(mark in between for mark in "—–"),
    ]
    features = np.zeros(N_LINK_FEATURES)
    features[0] = after
    first = 1 if after else 1 + len(values)
    features[first : first + len(values)] = values
    return features


@dataclass(frozen=True)
class Links:
    """Links the parts of a paragraph into quotes.

    Parameters
    ----------
    cues, sources : Logistic
        Probability that a content and a cue, and that a cue and a source, belong to one quote.
    """

    cues: Logistic
    sources: Logistic

    def join(self, text: str, parts: Sequence[Part]) -> list[Attribution]:
        """Return the quotes that the parts of a paragraph make; contents of one cue are one quote.

        Every content is in one; a cue or source without a content is in none, and a source may be in several.
        """
        contents, cues, sources = ([part for part in parts if part.label == label] for label in QUOTE_PARTS)
        by_cue: dict[Part | None, list[Part]] = {}
        without_cue = []
        for content in contents:
            cue = _best(self.cues, text, content, cues, parts)
            if cue is None:
                without_cue.append(Attribution((content,)))
            else:
                by_cue.setdefault(cue, []).append(content)
        linked = [
            Attribution(tuple(each), cue, _best(self.sources, text, cue, sources, parts))
            for cue, each in by_cue.items()
            if cue is not None
        ]
        return sorted([*linked, *without_cue], key=lambda quote: quote.contents)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the weights by name."""
        return self.cues.arrays("links.cues") | self.sources.arrays("links.sources")

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> "Links":
        """Return the links whose weights `arrays` returned."""
        return cls(Logistic.from_arrays(arrays, "links.cues"), Logistic.from_arrays(arrays, "links.sources"))


def _best(
    model: Logistic, text: str, one: Part, others: Sequence[Part], parts: Sequence[Part]
) -> Part | None:
    """Return which of `others` is most likely linked to `one`, the first of equals; None where none likely is."""
    if not others:
        return None
    features = np.stack([pair_features(text, one, other, parts) for other in others])
    probabilities = model.sigmoid(features)[:, 0]
    best = int(probabilities.argmax())
    return others[best] if probabilities[best] >= _MIN_PROBABILITY else None
