"""Spans as paths of states, one state per word: which paths are legal, the best one, and the probability of each state."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from crossframe.errors import InputError

IMPOSSIBLE = -1e4
"""Score of a transition that no legal path takes."""
BODY, HEAD = "tagger.body.", "tagger.head."
"""Prefixes of the names of a tagger's weights."""
_BATCH = 64


@dataclass(frozen=True)
class WordSpan:
    """A span of words: the first, the one after the last, its label, and the probability of its least certain word."""

    first: int
    end: int
    label: str
    probability: float = 1.0


@dataclass(frozen=True)
class Scheme:
    """States of words for spans that do not overlap: outside, or first, inner, last or only word of a span of a label.

    Parameters
    ----------
    labels : tuple of str
        Label k has states ``4 k + 1`` (first), ``+ 2`` (inner), ``+ 3`` (last) and ``+ 4`` (only word); 0 is outside.

    References
    ----------
    Ratinov and Roth 2009, Design challenges and misconceptions in named entity recognition (this encoding).

    Examples
    --------
    >>> scheme = Scheme(("cue", "source"))
    >>> scheme.n_states, scheme.spans_of([5, 7, 0, 4])
    (9, [WordSpan(first=0, end=2, label='source', probability=1.0), WordSpan(first=3, end=4, label='cue', probability=1.0)])
    """

    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.labels or len(set(self.labels)) < len(self.labels):
            raise InputError(f"Invalid labels {self.labels!r}. There must be at least one, each once.")

    @property
    def n_states(self) -> int:
        """Number of states."""
        return 4 * len(self.labels) + 1

    @cached_property
    def may_start(self) -> np.ndarray:
        """Whether a path may begin with a state: bool ndarray of shape (n_states,)."""
        state = np.arange(self.n_states)
        return (state == 0) | (state % 4 == 1) | ((state % 4 == 0) & (state > 0))

    @cached_property
    def may_end(self) -> np.ndarray:
        """Whether a path may end with a state: bool ndarray of shape (n_states,)."""
        state = np.arange(self.n_states)
        return (state % 4 == 3) | (state % 4 == 0)

    @cached_property
    def may_follow(self) -> np.ndarray:
        """Whether one state may follow another: bool ndarray of shape (n_states, n_states), from row to column."""
        state = np.arange(self.n_states)
        unfinished = (state % 4 == 1) | (state % 4 == 2)
        continues = (state % 4 == 2) | (state % 4 == 3)
        same = (state[:, None] - 1) // 4 == (state[None] - 1) // 4
        return (unfinished[:, None] & continues[None] & same) | (self.may_end[:, None] & self.may_start[None])

    def allow(
        self, n_words: int, spans: Iterable[tuple[int, int, Collection[str]]], unmarked: Collection[str] = ()
    ) -> np.ndarray:
        """Return the states that an annotation allows each word.

        Parameters
        ----------
        n_words : int
            Words of the text.
        spans : iterable of (int, int, collection of str)
            First word, word after the last, and the labels the span may have: several where the annotation does not
            distinguish them, none where it marks a span of no label of ours.
        unmarked : collection of str
            Labels that the annotation does not mark at all: words outside its spans may be in spans of these.

        Returns
        -------
        ndarray of shape (n_words, n_states)
            bool.
        """
        allowed = np.zeros((n_words, self.n_states), dtype=bool)
        allowed[:, 0] = True
        for label in unmarked:
            at = 4 * self.labels.index(label)
            allowed[:, at + 1 : at + 5] = True
        for first, end, labels in spans:
            if not labels:
                continue
            allowed[first:end] = False
            for label in labels:
                at = 4 * self.labels.index(label)
                if end - first == 1:
                    allowed[first, at + 4] = True
                else:
                    allowed[first, at + 1] = allowed[end - 1, at + 3] = True
                    allowed[first + 1 : end - 1, at + 2] = True
        return allowed

    def spans_of(self, path: Sequence[int], probability: np.ndarray | None = None) -> list[WordSpan]:
        """Return the spans of a legal path; `probability` of shape (n_words, n_states) is that of each state."""
        spans = []
        first = 0
        for word, state in enumerate(path):
            if state and state % 4 in (0, 1):
                first = word
            if state and state % 4 in (0, 3):
                words = range(first, word + 1)
                lowest = 1.0 if probability is None else min(float(probability[w, path[w]]) for w in words)
                spans.append(WordSpan(first, word + 1, self.labels[(state - 1) // 4], lowest))
        return spans

    def decode(
        self, scores: Sequence[np.ndarray], transitions: np.ndarray, starts: np.ndarray, ends: np.ndarray
    ) -> list[list[WordSpan]]:
        """Return the spans of the best legal path through each text.

        Parameters
        ----------
        scores : sequence of ndarray of shape (n_words_of_text, n_states)
            Log-scores of states.
        transitions : ndarray of shape (n_states, n_states)
            Log-scores of transitions, from row to column; illegal ones are never taken.
        starts, ends : ndarray of shape (n_states,)
            Log-scores of starting and ending with a state.

        Returns
        -------
        list of list of WordSpan
            With the probability of the states taken, over all legal paths.
        """
        legal = (self.may_follow, self.may_start, self.may_end)
        weights = [
            np.where(may, weight, IMPOSSIBLE).astype(np.float64)
            for may, weight in zip(legal, (transitions, starts, ends), strict=True)
        ]
        order = sorted((i for i in range(len(scores)) if len(scores[i])), key=lambda i: (len(scores[i]), i))
        spans: list[list[WordSpan]] = [[] for _ in scores]
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            length = np.array([len(scores[i]) for i in chosen])
            padded = np.zeros((len(chosen), int(length.max()), self.n_states))
            for row, i in enumerate(chosen):
                padded[row, : length[row]] = scores[i]
            paths = _best_paths(padded, length, *weights)
            probability = _probabilities(padded, length, *weights)
            for row, i in enumerate(chosen):
                n = int(length[row])
                spans[i] = self.spans_of(paths[row, :n].tolist(), probability[row, :n])
        return spans


def _best_paths(
    scores: np.ndarray, length: np.ndarray, transitions: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Return the best paths of shape (n_texts, n_words), by Viterbi's algorithm; past the end they are 0."""
    n_texts, n_words, _ = scores.shape
    previous = np.zeros(scores.shape, dtype=np.int64)
    best = scores[:, 0] + starts
    for word in range(1, n_words):
        candidates = best[:, :, None] + transitions[None]
        previous[:, word] = candidates.argmax(axis=1)
        reached = candidates.max(axis=1) + scores[:, word]
        best = np.where((word < length)[:, None], reached, best)
    path = np.zeros((n_texts, n_words), dtype=np.int64)
    state = (best + ends).argmax(axis=1)
    rows = np.arange(n_texts)
    for word in range(n_words - 1, -1, -1):
        inside = word < length
        path[inside, word] = state[inside]
        state = np.where(inside, previous[rows, word, state], state)
    return path


def _probabilities(
    scores: np.ndarray, length: np.ndarray, transitions: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Return the probabilities of states of shape (n_texts, n_words, n_states), by the forward-backward algorithm."""
    n_words = scores.shape[1]
    weight = np.exp(scores - scores.max(axis=2, keepdims=True))
    step, start, end = np.exp(transitions), np.exp(starts), np.exp(ends)
    forward, backward = np.zeros_like(weight), np.zeros_like(weight)
    forward[:, 0] = _scaled(weight[:, 0] * start)
    for word in range(1, n_words):
        forward[:, word] = _scaled((forward[:, word - 1] @ step) * weight[:, word])
    backward[:, -1] = end
    for word in range(n_words - 2, -1, -1):
        reached = _scaled((weight[:, word + 1] * backward[:, word + 1]) @ step.T)
        backward[:, word] = np.where((word + 1 < length)[:, None], reached, end)
    both: np.ndarray = forward * backward
    return both / both.sum(axis=2, keepdims=True)


def _scaled(weight: np.ndarray) -> np.ndarray:
    return weight / weight.sum(axis=1, keepdims=True)
