"""Low-rank updates (LoRA) of an encoder's linear layers: added for training, read out by name, merged for inference."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def set_dropout(body: Any, share: float) -> None:
    """Set the `share` of every dropout layer of `body`, whatever its configuration."""
    from torch import nn

    for module in body.modules():
        if isinstance(module, nn.Dropout):
            module.p = share


def linear_layers(body: Any, *, under: str | tuple[str, ...] = "") -> list[str]:
    """Return the names of the linear layers of `body` below `under`, but for the pooler, whose output is not used."""
    from torch import nn

    return [
        name
        for name, module in body.named_modules()
        if isinstance(module, nn.Linear) and name.startswith(under) and not name.startswith("pooler")
    ]


def add_updates(body: Any, rank: int, layers: Sequence[str], *, alpha: int | None = None) -> dict[str, Any]:
    """Add trainable low-rank updates to layers of `body` and freeze all else.

    Parameters
    ----------
    body : torch.nn.Module
        Changed in place.
    rank : int
        Of the updates.
    layers : sequence of str
        Names of linear layers, or the last parts of their names.
    alpha : int, optional
        The updates are scaled by ``alpha / rank``; None leaves them as they are.

    Returns
    -------
    dict of str to torch.nn.Parameter
        The updates by name.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models.
    """
    from peft import LoraConfig, inject_adapter_in_model

    inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=alpha or rank, target_modules=list(layers)), body)
    for module in body.modules():
        if hasattr(
            module, "cast_input_dtype_enabled"
        ):  # autocast casts by itself; to do it twice costs a tenth of the time
            module.cast_input_dtype_enabled = False
    updates = {name: weight for name, weight in body.named_parameters() if "lora_" in name}
    for name, weight in body.named_parameters():
        weight.requires_grad_(name in updates)
    return updates


def weights_to_arrays(
    weights: Mapping[str, Any], prefix: str, kind: type[np.floating] = np.float32
) -> dict[str, np.ndarray]:
    """Return tensors as arrays of their own, named for a safetensors file."""
    return {prefix + name: weight.detach().numpy().astype(kind) for name, weight in weights.items()}


def copy_into(weights: Mapping[str, Any], arrays: Mapping[str, np.ndarray], prefix: str = "") -> None:
    """Copy the values of `arrays` into `weights`, whose names lack `prefix`."""
    import torch

    with torch.no_grad():
        for name, weight in weights.items():
            array = np.array(arrays[prefix + name], dtype=np.float32)
            weight.copy_(torch.from_numpy(array).reshape(weight.shape))


def merge_weights(body: Any, arrays: Mapping[str, np.ndarray], prefix: str) -> Any:
    """Return `body` with trained weights in it: low-rank updates are added to its layers, whole weights replace its own.

    Parameters
    ----------
    body : torch.nn.Module
        Changed in place.
    arrays : mapping of str to ndarray
        Names are those of `body` after `prefix`; other names are passed over.
    prefix : str
    """
    import torch

    with torch.no_grad():
        for name in sorted(name for name in arrays if name.startswith(prefix)):
            weight = torch.from_numpy(arrays[name].astype(np.float32))
            own = name.removeprefix(prefix)
            if ".lora_A." in name:
                up = torch.from_numpy(arrays[name.replace(".lora_A.", ".lora_B.")].astype(np.float32))
                body.get_submodule(own.partition(".lora_A.")[0]).weight += up @ weight
            elif ".lora_B." not in name:
                body.get_parameter(own).copy_(weight)
    return body
