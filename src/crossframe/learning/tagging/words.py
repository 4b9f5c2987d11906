"""Texts as words, and the pieces of them that an encoder reads at once: which token belongs to which word."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from crossframe.learning.encoders.transformer import TransformerEncoder

_WHOLE = 10**9


@dataclass(frozen=True)
class WordText:
    """A text and its words.

    Parameters
    ----------
    text : str
        A sentence, or several.
    start, end : ndarray of shape (n_words,)
        Offsets of its words in characters, in order; the text between them is encoded but not tagged.
    features : ndarray of shape (n_words, n_features)
        What is known of each word apart from the encoder's states, about 0 to 1 in size.
    """

    text: str
    start: np.ndarray
    end: np.ndarray
    features: np.ndarray


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that the encoder reads at once: its tokens, and the word that each belongs to (-1: none)."""

    text: str
    ids: tuple[int, ...]
    words: np.ndarray


class PieceCutter:
    """Cuts texts into pieces that an encoder reads whole; long texts overlap by half, and no word is left out.

    Parameters
    ----------
    encoder : TransformerEncoder
        Whose tokenizer is used.
    max_length : int, optional
        Tokens per piece; None takes what the encoder reads.
    """

    def __init__(self, encoder: TransformerEncoder, max_length: int | None = None) -> None:
        self.max_length = min(max_length or encoder.max_length, encoder.max_length)
        self._whole = encoder.load_tokenizer(_WHOLE)
        self._cut = encoder.load_tokenizer(self.max_length)

    def cut(self, texts: Sequence[WordText]) -> list[list[Piece]]:
        """Return the pieces of each text, in order; every word belongs to one piece."""
        encodings = self._whole.encode_batch([text.text for text in texts])
        return [
            [Piece(text.text, tuple(encoding.ids), _words_of(encoding.offsets, text.start, text.end))]
            if len(encoding.ids) <= self.max_length or not len(text.start)
            else self._pieces(text, _count_tokens(encoding.offsets, text.start))
            for text, encoding in zip(texts, encodings, strict=True)
        ]

    def _pieces(self, text: WordText, n_tokens: np.ndarray) -> list[Piece]:
        budget = max(1, self.max_length - 2 - self.max_length // 16)
        windows = _windows(np.maximum(n_tokens, 1), budget)
        middles = ((last + first) // 2 for (_, last), (first, _) in pairwise(windows))
        cuts = [0, *middles, len(text.start)]
        pieces = []
        for (first, last), begin, end in zip(windows, cuts, cuts[1:], strict=False):
            offset = int(text.start[first])
            part = text.text[offset : int(text.end[last - 1])]
            encoding = self._cut.encode(part)
            starts, ends = text.start[first:last] - offset, text.end[first:last] - offset
            words = _words_of(encoding.offsets, starts, ends)
            words = np.where(words >= 0, words + first, -1)
            own = np.where((words >= begin) & (words < end), words, -1)
            pieces.append(Piece(part, tuple(encoding.ids), own))
        return pieces


def _windows(n_tokens: np.ndarray, budget: int) -> list[tuple[int, int]]:
    """Return runs of words (first, after the last) of at most `budget` tokens or one word, each half into the next."""
    reach = np.concatenate([[0], np.cumsum(n_tokens)])
    windows = []
    first = 0
    while True:
        last = max(first + 1, int(np.searchsorted(reach, reach[first] + budget, side="right")) - 1)
        windows.append((first, last))
        if last >= len(n_tokens):
            return windows
        half = int(np.searchsorted(reach, reach[last] - budget // 2, side="left"))
        first = min(max(first + 1, half), last)


def _words_of(offsets: Sequence[tuple[int, int]], start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the word that each token is of, -1 for special tokens and text between words."""
    place = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    if not len(start):
        return np.full(len(place), -1)
    word = np.searchsorted(end, place[:, 0], side="right")
    inside = (word < len(start)) & (place[:, 1] > place[:, 0])
    inside &= start[np.minimum(word, len(start) - 1)] < place[:, 1]
    return np.where(inside, word, -1)


def _count_tokens(offsets: Sequence[tuple[int, int]], start: np.ndarray) -> np.ndarray:
    """Return the number of tokens from the beginning of each word to that of the next."""
    begins = np.array([begin for begin, end in offsets if end > begin], dtype=np.int64)
    word = np.searchsorted(start, begins, side="right") - 1
    return np.bincount(word[word >= 0], minlength=len(start))
