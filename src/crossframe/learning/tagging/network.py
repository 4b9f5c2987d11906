"""The network of a tagger: an encoder with low-rank updates, a head over neighbouring words, and scores of paths."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from crossframe.learning.tagging.paths import HEAD, IMPOSSIBLE, UPDATE, Scheme
from crossframe.learning.tagging.words import Piece

N_READ = 128
"""Dimensions in which the head reads words."""
TARGETS = ["query", "key", "value", "dense"]


class Head(nn.Module):
    """Reads words with their neighbours: two layers over a word and the one before and behind it, then scores of states.

    Parameters
    ----------
    n_dims : int
        Of a word: the encoder's state and the word's features.
    n_states : int
        States of a word.
    dropout : float
        Share of a word's dimensions hidden while learning.

    References
    ----------
    Collobert et al. 2011, Natural language processing (almost) from scratch (windows of words, scores of paths).
    """

    def __init__(self, n_dims: int, n_states: int, dropout: float) -> None:
        super().__init__()
        self.hide = nn.Dropout(dropout)
        self.read = nn.Linear(n_dims, N_READ)
        self.near = nn.Linear(3 * N_READ, N_READ)
        self.far = nn.Linear(3 * N_READ, N_READ)
        self.judge = nn.Linear(3 * N_READ, n_states)
        self.steps = nn.Parameter(torch.zeros(n_states, n_states))
        self.opens = nn.Parameter(torch.zeros(n_states))
        self.closes = nn.Parameter(torch.zeros(n_states))

    def forward(self, words: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
        """Return log-scores of shape (n_texts, n_words, n_states) of padded `words` of shape (n_texts, n_words, n_dims)."""
        real = (torch.arange(words.shape[1])[None] < length[:, None])[:, :, None]
        read = torch.relu(self.read(self.hide(words))) * real
        near = torch.relu(self.near(_with_neighbours(self.hide(read)))) * real
        far = torch.relu(self.far(_with_neighbours(self.hide(near)))) * real
        scores: torch.Tensor = self.judge(self.hide(torch.cat([read, near, far], 2)))
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
        from peft import LoraConfig, inject_adapter_in_model

        super().__init__()
        body.requires_grad_(False)
        for module in body.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        inject_adapter_in_model(
            LoraConfig(r=rank, lora_alpha=rank, lora_dropout=0.0, target_modules=TARGETS), body.encoder
        )
        for name, weight in body.encoder.named_parameters():
            weight.requires_grad_("lora_" in name)
        self.body = body
        self.scheme = scheme
        self.head = Head(body.config.hidden_size + n_features, scheme.n_states, dropout)
        self.register_buffer("legal", torch.from_numpy(scheme.legal))
        self.register_buffer("may_open", torch.from_numpy(scheme.opens))
        self.register_buffer("may_close", torch.from_numpy(scheme.closes))

    @property
    def updates(self) -> dict[str, nn.Parameter]:
        """The trainable updates by name."""
        return {name: weight for name, weight in self.body.encoder.named_parameters() if "lora_" in name}

    def score(
        self, pieces: Sequence[Sequence[Piece]], features: Sequence[np.ndarray]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log-scores of shape (n_texts, n_words, n_states), padded, and the number of words of each text."""
        length = torch.tensor([len(one) for one in features])
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
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        sums = states.new_zeros((len(features) * widest + 1, states.shape[2]))
        sums = sums.index_add(0, place.flatten(), states.flatten(0, 1))
        count = torch.bincount(place.flatten(), minlength=len(sums)).clamp(min=1)
        words = (sums / count[:, None])[:-1].reshape(len(features), widest, -1)
        known = torch.zeros((len(features), widest, features[0].shape[1]))
        for row, one in enumerate(features):
            known[row, : len(one)] = torch.from_numpy(np.asarray(one, dtype=np.float32))
        return self.head(torch.cat([words, known], 2), length), length

    def loss(self, scores: torch.Tensor, length: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
        """Return the mean negative log-probability that a text's path is one that its teacher allows.

        References
        ----------
        Lafferty, McCallum and Pereira 2001, Conditional random fields. Tsuboi et al. 2008, Training conditional random
        fields using incomplete annotations (sums over allowed paths).
        """
        told = scores.masked_fill(~allowed, IMPOSSIBLE)
        total = self._total(torch.cat([scores, told]), torch.cat([length, length]))
        every, right = total.split(len(scores))
        return (every - right).mean()

    def _total(self, scores: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
        """Return the log of the summed weights of all legal paths, by the forward algorithm."""
        steps = self.head.steps.masked_fill(~self.legal, IMPOSSIBLE)
        reached = scores[:, 0] + self.head.opens.masked_fill(~self.may_open, IMPOSSIBLE)
        for word in range(1, scores.shape[1]):
            onward = torch.logsumexp(reached[:, :, None] + steps[None], 1) + scores[:, word]
            reached = torch.where((word < length)[:, None], onward, reached)
        return torch.logsumexp(reached + self.head.closes.masked_fill(~self.may_close, IMPOSSIBLE), 1)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: updates in float16, the head in float32."""
        made = {
            UPDATE + name: weight.detach().numpy().astype(np.float16) for name, weight in self.updates.items()
        }
        return made | {
            HEAD + name: weight.detach().numpy().copy() for name, weight in self.head.state_dict().items()
        }


def merge_updates(body: Any, arrays: dict[str, np.ndarray]) -> Any:
    """Return `body` with the updates of `arrays` added to its layers, in place."""
    with torch.no_grad():
        for name in sorted(n for n in arrays if n.startswith(UPDATE) and ".lora_A." in n):
            down = torch.from_numpy(arrays[name].astype(np.float32))
            up = torch.from_numpy(arrays[name.replace(".lora_A.", ".lora_B.")].astype(np.float32))
            path = name.removeprefix(UPDATE).partition(".lora_A.")[0]
            body.encoder.get_submodule(path).weight += up @ down
    return body


def _with_neighbours(words: torch.Tensor) -> torch.Tensor:
    before = nn.functional.pad(words[:, :-1], (0, 0, 1, 0))
    after = nn.functional.pad(words[:, 1:], (0, 0, 0, 1))
    return torch.cat([before, words, after], 2)
