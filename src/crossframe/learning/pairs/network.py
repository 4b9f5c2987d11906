"""The network of late interaction: an encoder's upper layers with low-rank updates, and a head that compares tokens."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import normalize, pad

N_MATCH = 96
"""Dimensions in which tokens are compared."""
N_FOUND = 48
"""What is kept of the comparison of a token with its counterpart."""
PAIRS = 192
"""Pairs compared at once, of like length."""
TEXTS = 24
"""Texts encoded at once, of like length."""
_LOW = -1e4


class Head(nn.Module):
    """Compares the token states of two texts; swapping them changes nothing.

    Every token meets a soft counterpart in the other text (attention over cosines), the two are compared, and what was
    found is pooled by learned token weights and by maximum; similarities of the whole texts stand beside it.

    References
    ----------
    Khattab and Zaharia 2020, ColBERT (late interaction). Parikh et al. 2016, A decomposable attention model (compare
    and aggregate).
    """

    def __init__(self, n_dims: int) -> None:
        super().__init__()
        self.match = nn.Linear(n_dims, N_MATCH, bias=False)
        self.project = nn.Linear(n_dims, N_MATCH)
        self.weigh = nn.Linear(n_dims, 1)
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        self.compare = nn.Sequential(nn.Linear(3 * N_MATCH + 1, N_FOUND), nn.GELU())
        self.scale = nn.BatchNorm1d(5)
        self.direct = nn.Linear(5, 2)
        self.judge = nn.Sequential(
            nn.Linear(4 * N_FOUND + 5, 64), nn.GELU(), nn.Dropout(0.1), nn.Linear(64, 2)
        )
        nn.init.orthogonal_(self.match.weight)
        for layer in (self.weigh, self.direct, self.judge[-1]):
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
        weight = self.weigh(states)[:, :, 0].masked_fill(~inner, _LOW)
        order = torch.argsort(torch.maximum(length[left], length[right]), stable=True)
        parts = []
        for chosen in order.split(PAIRS):
            a, b = left[chosen], right[chosen]
            most_a, most_b = int(length[a].max()), int(length[b].max())
            inner_a, inner_b = inner[a, :most_a], inner[b, :most_b]
            cosine = matched[a, :most_a] @ matched[b, :most_b].transpose(1, 2)
            cosine = cosine.masked_fill(~inner_b[:, None, :], -1.0).masked_fill(~inner_a[:, :, None], -1.0)
            sides = [
                self._look(cosine, projected[a, :most_a], projected[b, :most_b], weight[a, :most_a], inner_a, inner_b),
                self._look(
                    cosine.transpose(1, 2), projected[b, :most_b], projected[a, :most_a], weight[b, :most_b], inner_b, inner_a
                ),
            ]  # fmt: skip
            (found, near), (found_back, near_back) = sides
            size_a, size_b = length[a].float().log(), length[b].float().log()
            similar = [
                torch.maximum(near, near_back),
                torch.minimum(near, near_back),
                (whole[a] * whole[b]).sum(-1),
                torch.maximum(size_a, size_b),
                torch.minimum(size_a, size_b),
            ]
            parts.append((found + found_back, (found - found_back).abs(), torch.stack(similar, 1)))
        both, apart, similar = (torch.cat(part) for part in zip(*parts, strict=True))
        scaled = self.scale(similar)
        logits = self.judge(torch.cat([both, apart, scaled], -1)) + self.direct(scaled)
        return logits[torch.argsort(order)]

    def _look(
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
        found = self.compare(
            torch.cat([own * counterpart, (own - counterpart).abs(), own, best[:, :, None]], -1)
        )
        share = torch.softmax(weight, 1)
        pooled = (found * share[:, :, None]).sum(1)
        highest = found.masked_fill(~inner[:, :, None], _LOW).amax(1)
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
        from peft import LoraConfig, inject_adapter_in_model

        super().__init__()
        layers = body.encoder.layer
        self.n_frozen = len(layers) // 2
        self.body = body
        body.requires_grad_(False)
        for module in body.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.upper = nn.Module()
        self.upper.layer = nn.ModuleList(layers[self.n_frozen :])
        targets = ["query", "key", "value", "dense"]
        inject_adapter_in_model(
            LoraConfig(r=rank, lora_alpha=rank, lora_dropout=0.0, target_modules=targets), self.upper
        )
        for name, weight in self.upper.named_parameters():
            weight.requires_grad_("lora_" in name)
        self.head = Head(body.config.hidden_size)

    @property
    def updates(self) -> dict[str, nn.Parameter]:
        """The trainable updates by name."""
        return {name: weight for name, weight in self.upper.named_parameters() if "lora_" in name}

    def read_lower(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Return the states above the frozen layers: a Tensor of shape (n_tokens, n_dims) for each text."""
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        made: list[torch.Tensor] = [torch.empty(0)] * len(tokens)
        with torch.no_grad():
            for first in range(0, len(order), TEXTS):
                chosen = order[first : first + TEXTS]
                length = torch.tensor([len(tokens[i]) for i in chosen])
                ids = torch.zeros((len(chosen), int(length.max())), dtype=torch.long)
                for row, i in enumerate(chosen):
                    ids[row, : len(tokens[i])] = torch.tensor(tokens[i])
                states = self.body.embeddings(ids)
                states = _run(self.body.encoder.layer[: self.n_frozen], states, length)
                for row, i in enumerate(chosen):
                    made[i] = states[row, : length[row]].clone()
        return made

    def read_upper(self, lower: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return padded states of shape (n_texts, n_tokens, n_dims) and the length of each text."""
        length = torch.tensor([len(states) for states in lower])
        order = torch.argsort(length, stable=True)
        parts = []
        for chosen in order.split(TEXTS):
            widest = int(length[chosen].max())
            states = torch.stack([_pad(lower[int(i)], widest) for i in chosen])
            parts.append(_pad(_run(self.upper.layer, states, length[chosen]), int(length.max())))
        return torch.cat(parts)[torch.argsort(order)], length

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: updates in float16, the head in float32."""
        made = {
            f"reader.update.{name}": weight.detach().numpy().astype(np.float16)
            for name, weight in self.updates.items()
        }
        return made | {
            f"reader.head.{name}": weight.detach().numpy().copy()
            for name, weight in self.head.state_dict().items()
            if not name.endswith("num_batches_tracked")
        }

    def put(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the weights that `arrays` gave."""
        own = {name: torch.from_numpy(np.array(array)) for name, array in arrays.items()}
        with torch.no_grad():
            for name, weight in self.updates.items():
                weight.copy_(own[f"reader.update.{name}"].float())
        self.head.load_state_dict(_head_weights(arrays), strict=False)


def load_head(arrays: dict[str, np.ndarray]) -> Head:
    """Return the head whose weights `arrays` holds (names as `Net.arrays` gives them), ready to compare."""
    own = _head_weights(arrays)
    head = Head(own["match.weight"].shape[1])
    head.load_state_dict(own, strict=False)
    return head.eval()


def _head_weights(arrays: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    return {
        name.removeprefix("reader.head."): torch.from_numpy(np.array(array))
        for name, array in arrays.items()
        if name.startswith("reader.head.")
    }


def merge_updates(body: Any, arrays: dict[str, np.ndarray]) -> Any:
    """Return `body` with the updates of `arrays` added to its upper layers, in place."""
    layers = body.encoder.layer
    n_frozen = len(layers) // 2
    with torch.no_grad():
        for name in sorted(n for n in arrays if n.startswith("reader.update.") and ".lora_A." in n):
            down = torch.from_numpy(arrays[name].astype(np.float32))
            up = torch.from_numpy(arrays[name.replace(".lora_A.", ".lora_B.")].astype(np.float32))
            number, _, path = (
                name.removeprefix("reader.update.layer.").partition(".lora_A.")[0].partition(".")
            )
            layers[n_frozen + int(number)].get_submodule(path).weight += up @ down
    return body


def _run(layers: Any, states: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
    hidden = torch.arange(states.shape[1])[None] >= length[:, None]
    mask = hidden[:, None, None, :].float() * _LOW
    for layer in layers:
        states = layer(states, mask)
        states = states[0] if isinstance(states, tuple) else states
    return states


def _pad(states: torch.Tensor, n_tokens: int) -> torch.Tensor:
    return pad(states, (0, 0, 0, n_tokens - states.shape[-2]))
