"""Which cue a content belongs to, and which source a cue: chosen by what stands between the two in their paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from crossframe.learning.linear import Logistic

LABELS = ("content", "cue", "source")
N_LINK_FEATURES = 35
"""What is told of a pair: the order, and for each order 17 things of what stands between."""
_SURE = 0.5
"""A link is made where it is likelier than not."""
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")
_BESIDE = re.compile(r"[,.]?[”\"]?,?\s*")
_CONJUNCTION = re.compile(r"\b(?:and|but|or)\b")
_RELATIVE = re.compile(r"\b(?:who|which|that)\b")


class Part(NamedTuple):
    """A stretch of a paragraph and its label: content, cue or source."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Attribution:
    """Contents of one quote, in order, with its cue and its source where there are such."""

    contents: tuple[Part, ...]
    cue: Part | None = None
    source: Part | None = None


def pair_features(text: str, one: Part, other: Part, parts: Sequence[Part]) -> np.ndarray:
    """Return what is told of two parts of a paragraph `text` among all its `parts`, of shape (n_features,)."""
    after = other.start >= one.end
    low, high = (one.end, other.start) if after else (other.end, one.start)
    between = text[low:high]
    n_words = len(re.findall(r"\w+", between))
    labels = [part.label for part in parts if part.start >= low and part.end <= high]
    counts = [labels.count(label) for label in LABELS]
    n_ends = len(_SENTENCE_END.findall(between))
    told = [
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
        bool(_RELATIVE.search(between)),
        any(mark in between for mark in "—–"),
    ]
    features = np.zeros(N_LINK_FEATURES)
    features[0] = after
    first = 1 if after else 1 + len(told)
    features[first : first + len(told)] = told
    return features


@dataclass(frozen=True)
class Links:
    """Links the parts of paragraphs.

    Parameters
    ----------
    cues, sources : Logistic
        How likely a content and a cue, and a cue and a source, are of one quote.
    """

    cues: Logistic
    sources: Logistic

    def join(self, text: str, parts: Sequence[Part]) -> list[Attribution]:
        """Return the quotes that the parts of a paragraph make; contents of one cue are one quote.

        Every content is in one; a cue or source without a content is in none, and a source may be in several.
        """
        contents, cues, sources = ([part for part in parts if part.label == label] for label in LABELS)
        held: dict[Part | None, list[Part]] = {}
        alone = []
        for content in contents:
            cue = _best(self.cues, text, content, cues, parts)
            if cue is None:
                alone.append(Attribution((content,)))
            else:
                held.setdefault(cue, []).append(content)
        linked = [
            Attribution(tuple(each), cue, _best(self.sources, text, cue, sources, parts))
            for cue, each in held.items()
            if cue is not None
        ]
        return sorted([*linked, *alone], key=lambda quote: quote.contents)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the weights by name."""
        return self.cues.arrays("links.cues") | self.sources.arrays("links.sources")

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> "Links":
        """Return what `arrays` wrote."""
        return cls(Logistic.from_arrays(arrays, "links.cues"), Logistic.from_arrays(arrays, "links.sources"))


def _best(
    model: Logistic, text: str, one: Part, others: Sequence[Part], parts: Sequence[Part]
) -> Part | None:
    """Return which of `others` is most likely linked to `one`, None where none likely is; the first of equals."""
    if not others:
        return None
    told = model.sigmoid(np.stack([pair_features(text, one, other, parts) for other in others]))[:, 0]
    best = int(told.argmax())
    return others[best] if told[best] >= _SURE else None
