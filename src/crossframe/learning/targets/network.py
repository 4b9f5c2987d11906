"""The network that classifies a marked target: an encoder, updated at low rank or whole, and a head on the mark."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import kl_div

from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.lora import add_updates, linear_layers, set_dropout, weights_to_arrays
from crossframe.learning.targets.classifier import BODY, HEAD, MarkedTokens

N_HIDDEN = 128
"""Dimensions of the head's hidden layers."""
CLASSES, MANNERS, HOLDERS = "classes", "manners", "holders"
QUESTIONS = (CLASSES, MANNERS, HOLDERS)
"""What a head may answer: the class of the mark, each of several manners (by threes), the class of each holder."""
N_OF_MANNER = 3
"""Values of every manner."""


class Head(nn.Module):
    """Classifies a mark by its own tokens, by the tokens it attends to, and by the whole text; holders by their tokens too.

    Parameters
    ----------
    n_dims : int
        Of a token's state.
    sizes : dict of str to int
        Number of classes (`CLASSES`, `HOLDERS`), and of manners times their values (`MANNERS`), of the questions answered.
    dropout : float
        Share of dimensions set to 0 while learning.
    """

    def __init__(self, n_dims: int, sizes: dict[str, int], dropout: float) -> None:
        super().__init__()
        self.sizes = sizes
        self.dropout = nn.Dropout(dropout)
        self.query = nn.Linear(n_dims, n_dims)
        self.hidden = nn.Linear(3 * n_dims, N_HIDDEN)
        if CLASSES in sizes:
            self.output = _zeroed(N_HIDDEN, sizes[CLASSES])
        if MANNERS in sizes:
            self.manner = _zeroed(N_HIDDEN, sizes[MANNERS])
        if HOLDERS in sizes:
            self.holder_hidden = nn.Linear(4 * n_dims, N_HIDDEN)
            self.holder_output = _zeroed(N_HIDDEN, sizes[HOLDERS])

    def attend(self, place: torch.Tensor, states: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Return what each place, of shape (n_texts, n_dims), attends to in its text."""
        query = self.query(place) / states.shape[2] ** 0.5
        attention = (states @ query[:, :, None])[:, :, 0].masked_fill(~real, -1e4).softmax(1)
        return (attention[:, :, None] * states).sum(1)

    def describe(self, states: torch.Tensor, tokens: Sequence[MarkedTokens]) -> "Features":
        """Return the features of every text, and of every holder in the order of the texts.

        Parameters
        ----------
        states : Tensor of shape (n_texts, n_tokens, n_dims)
        tokens : sequence of MarkedTokens
        """
        n_tokens = states.shape[1]
        real = _inside([(0, len(row.ids)) for row in tokens], n_tokens)
        mark = _mean(states, _inside([(row.first, row.last) for row in tokens], n_tokens))
        attended = self.attend(mark, states, real)
        whole = torch.cat([mark, attended, _mean(states, real)], 1)
        if HOLDERS not in self.sizes or not any(row.holders for row in tokens):
            return Features(whole, whole[:0])
        rows = torch.tensor([number for number, row in enumerate(tokens) for _ in row.holders])
        own = states[rows]
        place = _mean(own, _inside([span for row in tokens for span in row.holders], n_tokens))
        holders = [mark[rows], attended[rows], place, self.attend(place, own, real[rows])]
        return Features(whole, torch.cat(holders, 1))

    def forward(self, features: "Features") -> dict[str, torch.Tensor]:
        """Return logits by question: of every text, or of every holder, in rows."""
        hidden = self.dropout(torch.relu(self.hidden(self.dropout(features.texts))))
        logits = {}
        if CLASSES in self.sizes:
            logits[CLASSES] = self.output(hidden)
        if MANNERS in self.sizes:
            logits[MANNERS] = self.manner(hidden)
        if HOLDERS in self.sizes and len(features.holders):
            held = self.dropout(torch.relu(self.holder_hidden(self.dropout(features.holders))))
            logits[HOLDERS] = self.holder_output(held)
        return logits


class Features:
    """What a head reads: Tensors of shape (n_texts, 3 * n_dims) and (n_holders, 4 * n_dims)."""

    def __init__(self, texts: torch.Tensor, holders: torch.Tensor) -> None:
        self.texts = texts
        self.holders = holders


class Net(nn.Module):
    """A transformer's body and the head.

    Parameters
    ----------
    body : transformers.PreTrainedModel
        Gives ``last_hidden_state``; changed in place.
    sizes : dict of str to int
        Of the head.
    config : TrainingConfig
        Rank of the updates to all linear layers (0 trains the whole body) and all that the loss needs.
    """

    def __init__(self, body: Any, sizes: dict[str, int], config: TrainingConfig) -> None:
        super().__init__()
        set_dropout(body, config.encoder_dropout)
        body.requires_grad_(config.rank == 0)
        if config.rank:
            add_updates(body, config.rank, linear_layers(body))
        self.body = body
        self.config = config
        self.head = Head(body.config.hidden_size, sizes, config.dropout)
        self._frozen = self._round_frozen() if config.rank and has_fast_bfloat16() else []

    def _round_frozen(self) -> list[tuple[nn.Parameter, torch.Tensor, torch.Tensor]]:
        """Return every frozen matrix, its values and the same in bfloat16, so that autocast need not round them at each step."""
        layers = [module for module in self.body.modules() if isinstance(module, nn.Linear)]
        frozen = [layer.weight for layer in layers if not layer.weight.requires_grad]
        return [(weight, weight.data, weight.data.bfloat16()) for weight in frozen]

    def train(self, mode: bool = True) -> "Net":
        """Learn with frozen matrices in bfloat16 where that is fast; evaluate with them as they are."""
        for weight, values, rounded in self._frozen:
            weight.data = rounded if mode else values
        super().train(mode)
        return self

    @property
    def trained(self) -> dict[str, nn.Parameter]:
        """The body's trained weights by name."""
        return {name: weight for name, weight in self.body.named_parameters() if weight.requires_grad}

    def describe(self, tokens: Sequence[MarkedTokens]) -> Features:
        """Return the head's features of every text (`Head.describe`)."""
        n_tokens = max(len(row.ids) for row in tokens)
        ids = torch.zeros((len(tokens), n_tokens), dtype=torch.long)
        for number, row in enumerate(tokens):
            ids[number, : len(row.ids)] = torch.tensor(row.ids)
        real = _inside([(0, len(row.ids)) for row in tokens], n_tokens)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and has_fast_bfloat16()):
            states = self.body(input_ids=ids, attention_mask=real.long()).last_hidden_state
        return self.head.describe(states.float(), tokens)

    def loss(self, tokens: Sequence[MarkedTokens], labels: "Labels") -> torch.Tensor:
        """Return the loss of texts with soft labels: the mean of every question's own, summed."""
        config = self.config
        passes = []
        for _ in range(2 if config.rdrop_weight else 1):
            features = self.describe(tokens)
            passes.append([self.head(features) for _ in range(config.n_dropout_masks)])
        losses = [labels.loss(logits, config.label_smoothing) for each in passes for logits in each]
        loss = torch.stack(losses).mean()
        if config.rdrop_weight:
            divergence = sum(
                _diverge(one[question], other[question])
                for one, other in zip(*passes, strict=True)
                for question in one
            )
            loss = loss + config.rdrop_weight * divergence / (2 * config.n_dropout_masks)
        return loss

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: float16 with low-rank updates, float32 where the whole body is trained."""
        kind = np.float16 if self.config.rank else np.float32
        return weights_to_arrays(self.trained, BODY, kind) | weights_to_arrays(
            self.head.state_dict(), HEAD, kind
        )


class Labels:
    """Soft labels of a batch by question, and the weight of every class in the loss.

    Parameters
    ----------
    rows : dict of str to Tensor
        By question of shape (n_rows, n_values): of `CLASSES` and `MANNERS` a row per text, of `HOLDERS` per holder; a row (of
        manners, a triple) of zeros is without label.
    class_weights : dict of str to Tensor
        By question, of shape (n_values,).
    """

    def __init__(self, rows: dict[str, torch.Tensor], class_weights: dict[str, torch.Tensor]) -> None:
        self.rows = rows
        self.class_weights = class_weights

    def loss(self, logits: dict[str, torch.Tensor], smoothing: float) -> torch.Tensor:
        """Return the mean cross-entropy of every question that has labels, rows weighted by their classes, summed."""
        losses = []
        for question, values in logits.items():
            labels, scores, weights = self.rows[question], values, self.class_weights[question]
            if question == MANNERS:
                weights = weights.reshape(-1, N_OF_MANNER).repeat(len(labels), 1)
                labels, scores = labels.reshape(-1, N_OF_MANNER), values.reshape(-1, N_OF_MANNER)
            known = labels.sum(1) > 0
            if not bool(known.any()):
                continue
            weight = (labels * weights).sum(1)[known]
            smooth = (labels * (1 - smoothing) + smoothing / labels.shape[1])[known]
            each = -(smooth * scores.log_softmax(1)[known]).sum(1)
            losses.append((weight * each).sum() / weight.sum())
        return torch.stack(losses).sum()


def _diverge(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Return the mean symmetric divergence of two passes."""
    one, other = one.log_softmax(1), other.log_softmax(1)
    both = kl_div(one, other, reduction="none", log_target=True) + kl_div(
        other, one, reduction="none", log_target=True
    )
    return both.sum(1).mean()


def has_fast_bfloat16() -> bool:
    """Return whether this CPU multiplies matrices of bfloat16 (AMX or AVX-512) faster than those of float32.

    The body then learns in mixed precision: products in bfloat16, weights and their updates in float32. Elsewhere float32
    is kept. PyTorch tells it under private names only, so where they are gone float32 is kept too.

    References
    ----------
    Micikevicius et al. 2018, Mixed precision training. Kalamkar et al. 2019, A study of BFLOAT16 for deep learning training.
    """
    asked = (getattr(torch.cpu, f"_is_{name}_supported", None) for name in ("amx_tile", "avx512_bf16"))
    return any(supported is not None and supported() for supported in asked)


def _zeroed(n_inputs: int, n_outputs: int) -> nn.Linear:
    layer = nn.Linear(n_inputs, n_outputs)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _inside(spans: Collection[tuple[int, int]], n_tokens: int) -> torch.Tensor:
    """Return which tokens each span has: bool Tensor of shape (n_spans, n_tokens)."""
    places = torch.arange(n_tokens)[None]
    bounds = torch.tensor(list(spans)).reshape(-1, 2)
    return (places >= bounds[:, :1]) & (places < bounds[:, 1:])


def _mean(states: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    return (states * chosen[:, :, None]).sum(1) / chosen.sum(1).clamp(min=1)[:, None]
