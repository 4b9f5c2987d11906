"""The network of late interaction: an encoder's upper layers with low-rank updates, and a head that compares tokens."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import normalize, pad

from crossframe.learning.lora import add_updates, linear_layers, set_dropout

N_MATCH = 96
"""Dimensions in which tokens are compared."""
N_COMPARED = 48
"""Dimensions of the comparison of a token with its counterpart."""
BATCH_PAIRS = 192
"""Pairs compared at once, of like length."""
BATCH_TEXTS = 24
"""Texts encoded at once, of like length."""
_LOW = -1e4


class Head(nn.Module):
    """Compares the token states of two texts; swapping them changes nothing.

    Every token meets a soft counterpart in the other text (attention over cosines), the two are compared, and the
    comparisons are pooled by learned token weights and by maximum; similarities of the whole texts are added.

    References
    ----------
    Khattab and Zaharia 2020, ColBERT (late interaction). Parikh et al. 2016, A decomposable attention model (compare
    and aggregate).
    """

    def __init__(self, n_dims: int) -> None:
        super().__init__()
        self.match = nn.Linear(n_dims, N_MATCH, bias=False)
        self.project = nn.Linear(n_dims, N_MATCH)
        self.token_weight = nn.Linear(n_dims, 1)
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        self.compare = nn.Sequential(nn.Linear(3 * N_MATCH + 1, N_COMPARED), nn.GELU())
        self.norm = nn.BatchNorm1d(5)
        self.direct = nn.Linear(5, 2)
        self.output = nn.Sequential(
            nn.Linear(4 * N_COMPARED + 5, 64), nn.GELU(), nn.Dropout(0.1), nn.Linear(64, 2)
        )
        nn.init.orthogonal_(self.match.weight)
        for layer in (self.token_weight, self.direct, self.output[-1]):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.direct.bias.data = torch.tensor([-3.0, -1.0])

    def forward(
        self, states: torch.Tensor, length: torch.Tensor, left: torch.Tensor, right: torch.Tensor
    ) -> torch.Tensor:
        """Return the logits of pairs: aligned, and equivalent if aligned.

        Parameters
        ----------
        states : Tensor of shape (n_texts, n_tokens, n_dims)
            Padded; special tokens first and last.
        length : Tensor of shape (n_texts,)
            Tokens of each text.
        left, right : Tensor of shape (n_pairs,)
            Rows of `states`.

        Returns
        -------
        Tensor of shape (n_pairs, 2)
        """
        place = torch.arange(states.shape[1])[None]
        real = place < length[:, None]
        inner = real & (place > 0) & (place < length[:, None] - 1)
        inner = inner | (~inner.any(1, keepdim=True) & real)
        whole = normalize((states * real[:, :, None]).sum(1) / length[:, None], dim=-1)
        matched, projected = normalize(self.match(states), dim=-1), self.project(states)
        weight = self.token_weight(states)[:, :, 0].masked_fill(~inner, _LOW)
        order = torch.argsort(torch.maximum(length[left], length[right]), stable=True)
        parts = []
        for chosen in order.split(BATCH_PAIRS):
            a, b = left[chosen], right[chosen]
            most_a, most_b = int(length[a].max()), int(length[b].max())
            inner_a, inner_b = inner[a, :most_a], inner[b, :most_b]
            cosine = matched[a, :most_a] @ matched[b, :most_b].transpose(1, 2)
            cosine = cosine.masked_fill(~inner_b[:, None, :], -1.0).masked_fill(~inner_a[:, :, None], -1.0)
            sides = [
                self._compare(cosine, projected[a, :most_a], projected[b, :most_b], weight[a, :most_a], inner_a, inner_b),
                self._compare(
                    cosine.transpose(1, 2), projected[b, :most_b], projected[a, :most_a], weight[b, :most_b], inner_b, inner_a
                ),
            ]  # fmt: skip
            (compared, near), (compared_back, near_back) = sides
            size_a, size_b = length[a].float().log(), length[b].float().log()
            similar = [
                torch.maximum(near, near_back),
                torch.minimum(near, near_back),
                (whole[a] * whole[b]).sum(-1),
                torch.maximum(size_a, size_b),
                torch.minimum(size_a, size_b),
            ]
            parts.append(
                (compared + compared_back, (compared - compared_back).abs(), torch.stack(similar, 1))
            )
        both, difference, similar = (torch.cat(part) for part in zip(*parts, strict=True))
        scaled = self.norm(similar)
        logits = self.output(torch.cat([both, difference, scaled], -1)) + self.direct(scaled)
        return logits[torch.argsort(order)]

    def _compare(
        self,
        cosine: torch.Tensor,
        own: torch.Tensor,
        other: torch.Tensor,
        weight: torch.Tensor,
        inner: torch.Tensor,
        inner_other: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        best = cosine.amax(2)
        attention = torch.softmax((cosine * self.sharpness).masked_fill(~inner_other[:, None, :], _LOW), 2)
        counterpart = attention @ other
        compared = self.compare(
            torch.cat([own * counterpart, (own - counterpart).abs(), own, best[:, :, None]], -1)
        )
        share = torch.softmax(weight, 1)
        pooled = (compared * share[:, :, None]).sum(1)
        highest = compared.masked_fill(~inner[:, :, None], _LOW).amax(1)
        return torch.cat([pooled, highest], -1), (best * share).sum(1)


class Net(nn.Module):
    """A BERT-like body split in two: lower layers frozen, upper layers with trainable low-rank updates, and the head.

    Parameters
    ----------
    body : transformers.BertModel or of its kind
        Has ``embeddings`` and ``encoder.layer``; changed in place.
    rank : int
        Of the updates.
    """

    def __init__(self, body: Any, rank: int) -> None:
        super().__init__()
        self.body = body
        self.n_frozen = len(body.encoder.layer) // 2
        set_dropout(body, 0.0)
        upper = tuple(f"encoder.layer.{i}." for i in range(self.n_frozen, len(body.encoder.layer)))
        self.updates = add_updates(body, rank, linear_layers(body, under=upper))
        self.head = Head(body.config.hidden_size)

    def encode_lower(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Return the states above the frozen layers: a Tensor of shape (n_tokens, n_dims) for each text."""
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        lower: list[torch.Tensor] = [torch.empty(0)] * len(tokens)
        with torch.no_grad():
            for first in range(0, len(order), BATCH_TEXTS):
                chosen = order[first : first + BATCH_TEXTS]
                length = torch.tensor([len(tokens[i]) for i in chosen])
                ids = torch.zeros((len(chosen), int(length.max())), dtype=torch.long)
                for row, i in enumerate(chosen):
                    ids[row, : len(tokens[i])] = torch.tensor(tokens[i])
                states = self.body.embeddings(ids)
                states = _run(self.body.encoder.layer[: self.n_frozen], states, length)
                for row, i in enumerate(chosen):
                    lower[i] = states[row, : length[row]].clone()
        return lower

    def encode_upper(self, lower: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return padded states of shape (n_texts, n_tokens, n_dims) and the length of each text."""
        length = torch.tensor([len(states) for states in lower])
        order = torch.argsort(length, stable=True)
        parts = []
        for chosen in order.split(BATCH_TEXTS):
            widest = int(length[chosen].max())
            states = torch.stack([_pad(lower[int(i)], widest) for i in chosen])
            states = _run(self.body.encoder.layer[self.n_frozen :], states, length[chosen])
            parts.append(_pad(states, int(length.max())))
        return torch.cat(parts)[torch.argsort(order)], length


def load_head(arrays: Mapping[str, np.ndarray]) -> Head:
    """Return the head with the weights of `arrays` by name, ready to compare."""
    head = Head(arrays["match.weight"].shape[1])
    head.load_state_dict({name: torch.from_numpy(np.array(a)) for name, a in arrays.items()}, strict=False)
    return head.eval()


def _run(layers: Any, states: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
    beyond = torch.arange(states.shape[1])[None] >= length[:, None]
    mask = beyond[:, None, None, :].float() * _LOW
    for layer in layers:
        states = layer(states, mask)
        states = states[0] if isinstance(states, tuple) else states
    return states


def _pad(states: torch.Tensor, n_tokens: int) -> torch.Tensor:
    return pad(states, (0, 0, 0, n_tokens - states.shape[-2]))
