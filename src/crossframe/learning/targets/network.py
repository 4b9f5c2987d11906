"""The network that judges a marked stretch of a text: an encoder, updated at low rank or whole, and a head on the mark."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from crossframe.learning.targets.marks import BODY, HEAD, UPDATE, Place

N_READ = 128
"""Dimensions in which the head reads what the encoder tells of the mark."""


class Head(nn.Module):
    """Judges a mark by its own tokens, by the tokens it attends to, and by the whole text.

    Parameters
    ----------
    n_dims : int
        Of a token's state.
    n_classes : int
    dropout : float
        Share of dimensions hidden while learning.
    """

    def __init__(self, n_dims: int, n_classes: int, dropout: float) -> None:
        super().__init__()
        self.hide = nn.Dropout(dropout)
        self.ask = nn.Linear(n_dims, n_dims)
        self.read = nn.Linear(3 * n_dims, N_READ)
        self.judge = nn.Linear(N_READ, n_classes)
        nn.init.zeros_(self.judge.weight)
        nn.init.zeros_(self.judge.bias)

    def gather(self, states: torch.Tensor, real: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        """Return what is read of every text: its mark, what the mark attends to and all of it, shape (n_texts, 3 * n_dims).

        Parameters
        ----------
        states : Tensor of shape (n_texts, n_tokens, n_dims)
        real, inside : bool Tensor of shape (n_texts, n_tokens)
            Tokens of the text, and of the mark.
        """
        mark = _mean(states, inside)
        question = self.ask(mark) / states.shape[2] ** 0.5
        heed = (states @ question[:, :, None])[:, :, 0].masked_fill(~real, -1e4).softmax(1)
        seen = (heed[:, :, None] * states).sum(1)
        return torch.cat([mark, seen, _mean(states, real)], 1)

    def forward(self, told: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (n_texts, n_classes) of what `gather` returned."""
        logits: torch.Tensor = self.judge(self.hide(torch.relu(self.read(self.hide(told)))))
        return logits


class Net(nn.Module):
    """A transformer's body and the head.

    Parameters
    ----------
    body : transformers.PreTrainedModel
        Gives ``last_hidden_state``; changed in place.
    n_classes : int
    rank : int
        Of the updates to all linear layers; 0 trains the whole body.
    dropout : float
        Of the head.
    hidden : float
        Dropout of the body, whatever its configuration says.
    """

    def __init__(self, body: Any, n_classes: int, rank: int, dropout: float, hidden: float) -> None:
        super().__init__()
        for module in body.modules():
            if isinstance(module, nn.Dropout):
                module.p = hidden
        body.requires_grad_(rank == 0)
        if rank:
            _add_updates(body, rank)
        self.body = body
        self.rank = rank
        self.head = Head(body.config.hidden_size, n_classes, dropout)

    def trained(self) -> dict[str, nn.Parameter]:
        """Return the body's trained weights by name."""
        return {name: weight for name, weight in self.body.named_parameters() if weight.requires_grad}

    def read(self, places: Sequence[Place]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the states of all tokens, padded, which of them are the text's, and which are the mark's."""
        n_tokens = max(len(place.ids) for place in places)
        ids = torch.zeros((len(places), n_tokens), dtype=torch.long)
        real = torch.zeros((len(places), n_tokens), dtype=torch.bool)
        inside = torch.zeros((len(places), n_tokens), dtype=torch.bool)
        for row, place in enumerate(places):
            ids[row, : len(place.ids)] = torch.tensor(place.ids)
            real[row, : len(place.ids)] = True
            inside[row, place.first : place.last] = True
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and multiplies_short()):
            states = self.body(input_ids=ids, attention_mask=real.long()).last_hidden_state
        return states.float(), real, inside

    def gather(self, places: Sequence[Place]) -> torch.Tensor:
        """Return what the head reads of every text (`Head.gather`)."""
        return self.head.gather(*self.read(places))

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the trained weights by name: float16 beside updates, float32 where the whole body is trained."""
        kind = np.float16 if self.rank else np.float32
        body = {(UPDATE if self.rank else BODY) + name: weight for name, weight in self.trained().items()}
        head = {HEAD + name: weight for name, weight in self.head.state_dict().items()}
        return {name: weight.detach().numpy().astype(kind) for name, weight in {**body, **head}.items()}


def _add_updates(body: Any, rank: int) -> None:
    """Add trainable updates to every linear layer of `body` but the pooler, whose output is not read."""
    from peft import LoraConfig, inject_adapter_in_model

    layers = [
        name
        for name, module in body.named_modules()
        if isinstance(module, nn.Linear) and not name.startswith("pooler")
    ]
    inject_adapter_in_model(
        LoraConfig(r=rank, lora_alpha=rank, lora_dropout=0.0, target_modules=layers), body
    )
    for name, weight in body.named_parameters():
        weight.requires_grad_("lora_" in name)


def multiplies_short() -> bool:
    """Return whether this CPU multiplies matrices of bfloat16 by tiles (AMX), half as fast again as float32.

    The body then learns in mixed precision: products in bfloat16, weights and their updates in float32. Elsewhere float32
    is kept. PyTorch says it under a private name only, so where that is gone float32 is kept too.

    References
    ----------
    Micikevicius et al. 2018, Mixed precision training. Kalamkar et al. 2019, A study of BFLOAT16 for deep learning training.
    """
    supported = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(supported and supported())


def put_weights(body: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    """Return `body` with trained weights in it: updates added to its layers, or a whole body's put in their place."""
    with torch.no_grad():
        for name in sorted(arrays):
            weight = torch.from_numpy(np.array(arrays[name], dtype=np.float32))
            if name.startswith(UPDATE) and ".lora_A." in name:
                up = torch.from_numpy(arrays[name.replace(".lora_A.", ".lora_B.")].astype(np.float32))
                path = name.removeprefix(UPDATE).partition(".lora_A.")[0]
                body.get_submodule(path).weight += up @ weight
            elif name.startswith(BODY):
                body.get_parameter(name.removeprefix(BODY)).copy_(weight)
    return body


def _mean(states: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    return (states * chosen[:, :, None]).sum(1) / chosen.sum(1).clamp(min=1)[:, None]
