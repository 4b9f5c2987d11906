"""The network of a tagger: an encoder with low-rank updates, a head over neighbouring words, and scores of paths."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from crossframe.learning.lora import add_updates, linear_layers, set_dropout, weights_to_arrays
from crossframe.learning.tagging.paths import BODY, HEAD, IMPOSSIBLE, Scheme
from crossframe.learning.tagging.words import Piece

N_HIDDEN = 128
"""Dimensions of the head's layers."""


class Head(nn.Module):
    """Two layers over a word and the one before and after it, then scores of states.

    Parameters
    ----------
    n_dims : int
        Of a word: the encoder's state and the word's features.
    n_states : int
        States of a word.
    dropout : float
        Share of dimensions set to 0 while learning.

    References
    ----------
    Collobert et al. 2011, Natural language processing (almost) from scratch (windows of words, scores of paths).
    """

    def __init__(self, n_dims: int, n_states: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.input = nn.Linear(n_dims, N_HIDDEN)
        self.window1 = nn.Linear(3 * N_HIDDEN, N_HIDDEN)
        self.window2 = nn.Linear(3 * N_HIDDEN, N_HIDDEN)
        self.output = nn.Linear(3 * N_HIDDEN, n_states)
        self.transitions = nn.Parameter(torch.zeros(n_states, n_states))
        self.start_transitions = nn.Parameter(torch.zeros(n_states))
        self.end_transitions = nn.Parameter(torch.zeros(n_states))

    def forward(self, words: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
        """Return log-scores of shape (n_texts, n_words, n_states) of padded `words` of shape (n_texts, n_words, n_dims)."""
        real = (torch.arange(words.shape[1])[None] < length[:, None])[:, :, None]
        inner = torch.relu(self.input(self.dropout(words))) * real
        window1 = torch.relu(self.window1(_with_neighbours(self.dropout(inner)))) * real
        window2 = torch.relu(self.window2(_with_neighbours(self.dropout(window1)))) * real
        scores: torch.Tensor = self.output(self.dropout(torch.cat([inner, window1, window2], 2)))
        return scores


class Net(nn.Module):
    """A BERT-like body with trainable low-rank updates in all its layers, and the head.

    Parameters
    ----------
    body : transformers.BertModel or of its kind
        Has ``encoder``; changed in place.
    scheme : Scheme
        States of words.
    n_features : int
        Features of a word.
    rank : int
        Of the updates.
    dropout : float
        Of the head.
    """

    def __init__(self, body: Any, scheme: Scheme, n_features: int, rank: int, dropout: float) -> None:
        super().__init__()
        set_dropout(body, 0.0)
        self.updates = add_updates(body, rank, linear_layers(body, under="encoder."))
        self.body = body
        self.scheme = scheme
        self.head = Head(body.config.hidden_size + n_features, scheme.n_states, dropout)
        self.register_buffer("may_follow", torch.from_numpy(scheme.may_follow))
        self.register_buffer("may_start", torch.from_numpy(scheme.may_start))
        self.register_buffer("may_end", torch.from_numpy(scheme.may_end))

    def score(
        self, pieces: Sequence[Sequence[Piece]], features: Sequence[np.ndarray]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log-scores of shape (n_texts, n_words, n_states), padded, and the number of words of each text.

        While it is fitted the encoder multiplies in bfloat16, in half the time where the processor has it; the head never does.
        """
        length = torch.tensor([len(rows) for rows in features])
        widest = int(length.max())
        flat = [(row, piece) for row, cut in enumerate(pieces) for piece in cut]
        n_tokens = max(len(piece.ids) for _, piece in flat)
        ids = torch.zeros((len(flat), n_tokens), dtype=torch.long)
        mask = torch.zeros((len(flat), n_tokens), dtype=torch.long)
        place = torch.full((len(flat), n_tokens), len(features) * widest)
        for number, (row, piece) in enumerate(flat):
            n = len(piece.ids)
            ids[number, :n] = torch.tensor(piece.ids)
            mask[number, :n] = 1
            words = torch.from_numpy(piece.words)
            place[number, :n] = torch.where(words >= 0, words + row * widest, len(features) * widest)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training), sdpa_kernel(SDPBackend.MATH):
            states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        sums = states.new_zeros((len(features) * widest + 1, states.shape[2]))
        sums = sums.index_add(0, place.flatten(), states.flatten(0, 1))
        count = torch.bincount(place.flatten(), minlength=len(sums)).clamp(min=1)
        words = (sums / count[:, None])[:-1].reshape(len(features), widest, -1)
        known = torch.zeros((len(features), widest, features[0].shape[1]))
        for row, values in enumerate(features):
            known[row, : len(values)] = torch.from_numpy(np.asarray(values, dtype=np.float32))
        return self.head(torch.cat([words, known], 2), length), length

    def loss(self, scores: torch.Tensor, length: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
        """Return the mean negative log-probability that a text's path is one that its annotation allows.

        References
        ----------
        Lafferty, McCallum and Pereira 2001, Conditional random fields. Tsuboi et al. 2008, Training conditional random
        fields using incomplete annotations (sums over allowed paths).
        """
        right = scores.masked_fill(~allowed, IMPOSSIBLE)
        totals = self._log_totals(torch.cat([scores, right]), torch.cat([length, length]))
        every, right = totals.split(len(scores))
        return (every - right).mean()

    def _log_totals(self, scores: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
        """Return the log of the summed weights of all legal paths, by the forward algorithm."""
        transitions = self.head.transitions.masked_fill(~self.may_follow, IMPOSSIBLE)
        reached = scores[:, 0] + self.head.start_transitions.masked_fill(~self.may_start, IMPOSSIBLE)
        for word in range(1, scores.shape[1]):
            onward = torch.logsumexp(reached[:, :, None] + transitions[None], 1) + scores[:, word]
            reached = torch.where((word < length)[:, None], onward, reached)
        return torch.logsumexp(reached + self.head.end_transitions.masked_fill(~self.may_end, IMPOSSIBLE), 1)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: updates in float16, the head in float32."""
        return weights_to_arrays(self.updates, BODY, np.float16) | weights_to_arrays(
            self.head.state_dict(), HEAD
        )


def _with_neighbours(words: torch.Tensor) -> torch.Tensor:
    before = nn.functional.pad(words[:, :-1], (0, 0, 1, 0))
    after = nn.functional.pad(words[:, 1:], (0, 0, 0, 1))
    return torch.cat([before, words, after], 2)
