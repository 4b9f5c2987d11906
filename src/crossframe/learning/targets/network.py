"""The network that classifies a marked target: an encoder, updated at low rank or whole, and a head on the mark."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import kl_div

from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.lora import add_updates, linear_layers, set_dropout, weights_to_arrays
from crossframe.learning.targets.classifier import BODY, HEAD, MarkedTokens

N_HIDDEN = 128
"""Dimensions of the head's hidden layer."""


class Head(nn.Module):
    """Classifies a mark by its own tokens, by the tokens it attends to, and by the whole text.

    Parameters
    ----------
    n_dims : int
        Of a token's state.
    n_classes : int
    dropout : float
        Share of dimensions set to 0 while learning.
    """

    def __init__(self, n_dims: int, n_classes: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.query = nn.Linear(n_dims, n_dims)
        self.hidden = nn.Linear(3 * n_dims, N_HIDDEN)
        self.output = nn.Linear(N_HIDDEN, n_classes)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def describe(self, states: torch.Tensor, real: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        """Return the features of every text: its mark, what the mark attends to, and all of it; shape (n_texts, 3 * n_dims).

        Parameters
        ----------
        states : Tensor of shape (n_texts, n_tokens, n_dims)
        real, inside : bool Tensor of shape (n_texts, n_tokens)
            Tokens of the text, and of the mark.
        """
        mark = _mean(states, inside)
        query = self.query(mark) / states.shape[2] ** 0.5
        attention = (states @ query[:, :, None])[:, :, 0].masked_fill(~real, -1e4).softmax(1)
        attended = (attention[:, :, None] * states).sum(1)
        return torch.cat([mark, attended, _mean(states, real)], 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (n_texts, n_classes) of the features of `describe`."""
        logits: torch.Tensor = self.output(self.dropout(torch.relu(self.hidden(self.dropout(features)))))
        return logits


class Net(nn.Module):
    """A transformer's body and the head.

    Parameters
    ----------
    body : transformers.PreTrainedModel
        Gives ``last_hidden_state``; changed in place.
    n_classes : int
    config : TrainingConfig
        Rank of the updates to all linear layers (0 trains the whole body) and all that the loss needs.
    """

    def __init__(self, body: Any, n_classes: int, config: TrainingConfig) -> None:
        super().__init__()
        set_dropout(body, config.encoder_dropout)
        body.requires_grad_(config.rank == 0)
        if config.rank:
            add_updates(body, config.rank, linear_layers(body))
        self.body = body
        self.config = config
        self.head = Head(body.config.hidden_size, n_classes, config.dropout)

    @property
    def trained(self) -> dict[str, nn.Parameter]:
        """The body's trained weights by name."""
        return {name: weight for name, weight in self.body.named_parameters() if weight.requires_grad}

    def describe(self, tokens: Sequence[MarkedTokens]) -> torch.Tensor:
        """Return the head's features of every text (`Head.describe`)."""
        n_tokens = max(len(row.ids) for row in tokens)
        ids = torch.zeros((len(tokens), n_tokens), dtype=torch.long)
        real = torch.zeros((len(tokens), n_tokens), dtype=torch.bool)
        inside = torch.zeros((len(tokens), n_tokens), dtype=torch.bool)
        for number, row in enumerate(tokens):
            ids[number, : len(row.ids)] = torch.tensor(row.ids)
            real[number, : len(row.ids)] = True
            inside[number, row.first : row.last] = True
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and has_fast_bfloat16()):
            states = self.body(input_ids=ids, attention_mask=real.long()).last_hidden_state
        return self.head.describe(states.float(), real, inside)

    def loss(
        self, tokens: Sequence[MarkedTokens], labels: torch.Tensor, class_weights: torch.Tensor | None
    ) -> torch.Tensor:
        """Return the mean loss of texts with soft `labels` of shape (n_texts, n_classes)."""
        config = self.config
        labels = labels * (1 - config.label_smoothing) + config.label_smoothing / labels.shape[1]
        if class_weights is not None:
            labels = labels * class_weights
        passes = []
        for _ in range(2 if config.rdrop_weight else 1):
            features = self.describe(tokens)
            passes.append([self.head(features).log_softmax(1) for _ in range(config.n_dropout_masks)])
        log_probabilities = [masked for each in passes for masked in each]
        loss = -sum((labels * each).sum(1) for each in log_probabilities) / len(log_probabilities)
        loss = loss / labels.sum(1).mean()
        if config.rdrop_weight:
            divergence = sum(
                kl_div(one, other, reduction="none", log_target=True).sum(1)
                + kl_div(other, one, reduction="none", log_target=True).sum(1)
                for one, other in zip(*passes, strict=True)
            )
            loss = loss + config.rdrop_weight * divergence / (2 * config.n_dropout_masks)
        return torch.mean(loss)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: float16 with low-rank updates, float32 where the whole body is trained."""
        kind = np.float16 if self.config.rank else np.float32
        return weights_to_arrays(self.trained, BODY, kind) | weights_to_arrays(
            self.head.state_dict(), HEAD, kind
        )


def has_fast_bfloat16() -> bool:
    """Return whether this CPU multiplies matrices of bfloat16 by tiles (AMX), half as fast again as float32.

    The body then learns in mixed precision: products in bfloat16, weights and their updates in float32. Elsewhere float32
    is kept. PyTorch tells it under a private name only, so where that is gone float32 is kept too.

    References
    ----------
    Micikevicius et al. 2018, Mixed precision training. Kalamkar et al. 2019, A study of BFLOAT16 for deep learning training.
    """
    supported = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(supported and supported())


def _mean(states: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    return (states * chosen[:, :, None]).sum(1) / chosen.sum(1).clamp(min=1)[:, None]
