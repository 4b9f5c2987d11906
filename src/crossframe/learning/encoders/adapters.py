"""LoRA adapters on a sentence-transformers model: fit on pairs that mean the same, save, load."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.model_files import ModelFiles

KIND = "adapter"
SCALE = 20.0
"""Factor of cosines before the softmax, as in sentence-transformers' MultipleNegativesRankingLoss."""


def fit_adapter(
    model: Any,
    pairs: Sequence[tuple[str, str]],
    *,
    base: str,
    base_fingerprint: str,
    rank: int = 8,
    epochs: int = 1,
    learning_rate: float = 2e-4,
    seed: int = 0,
) -> ModelFiles:
    """Fit low-rank updates of the attention weights so that the two texts of a pair come close.

    Parameters
    ----------
    model : SentenceTransformer
        Carries the adapter afterwards.
    pairs : sequence of (str, str)
        Texts that mean the same; the other pairs of a batch of 32 serve as negatives.
    base, base_fingerprint : str
        Name and fingerprint of the encoder that `model` is of.
    rank : int
        Rank of the updates.
    epochs : int
        Times that every pair is seen.
    learning_rate : float
        Of AdamW.
    seed : int
        Of initial weights and order.

    Returns
    -------
    ModelFiles
        The adapter alone; `ModelFiles.write` makes a folder that ``load_encoder`` takes.

    Raises
    ------
    InputError
        When there are fewer than two pairs.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models. Henderson et al. 2017, Efficient natural
    language response suggestion for smart reply (in-batch negatives).
    """
    import torch

    if len(pairs) < 2:
        raise InputError(f"Invalid number of pairs {len(pairs)!r}. An adapter needs at least two.")
    config = {"name": KIND, "base": base, "base_fingerprint": base_fingerprint, "rank": rank, "seed": seed}
    rng = np.random.default_rng(seed)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        weights = _inject(model, rank)
        optimizer = torch.optim.AdamW(weights.values(), lr=learning_rate)
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(pairs))
            batches = [chosen for chosen in np.array_split(order, -(-len(order) // 32)) if len(chosen) > 1]
            for chosen in track(batches, "Fitting the adapter", total=len(batches)):
                loss = _loss(model, [pairs[i] for i in chosen])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                losses.append(float(loss.detach()))
    model.eval()
    arrays = {name: weight.detach().numpy().copy() for name, weight in weights.items()}
    log: dict[str, Any] = {
        "pairs": len(pairs),
        "epochs": epochs,
        "first_loss": losses[0],
        "last_loss": losses[-1],
    }
    card = render_card(
        name=KIND,
        summary=f"Low-rank update (rank {rank}) of the encoder {base}.",
        data=f"{len(pairs)} pairs of texts given by its maker.",
        licence="That of its pairs; its maker must say which.",
        figures={"its own training pairs": log},
        limits="Not evaluated: score it on held-out pairs before use.",
        command="crossframe.learning.encoders.adapters.fit_adapter(model, pairs, ...)",
    )
    return ModelFiles(KIND, config, arrays, card, log)


def apply_adapter(model: Any, files: ModelFiles) -> None:
    """Put a saved adapter on `model`.

    Parameters
    ----------
    model : SentenceTransformer
        The base it was fitted on.
    files : ModelFiles
        Of kind adapter.

    Raises
    ------
    InputError
        When its weights do not fit the model.
    """
    import torch

    weights = _inject(model, int(files.config["rank"]))
    if {name: tuple(w.shape) for name, w in weights.items()} != {n: a.shape for n, a in files.arrays.items()}:
        raise InputError(
            f"Invalid adapter {str(files.folder)!r}. Its weights do not fit the encoder {files.config['base']!r}."
        )
    with torch.no_grad():
        for name, weight in weights.items():
            weight.copy_(torch.from_numpy(np.array(files.arrays[name])))
    model.eval()


def _inject(model: Any, rank: int) -> "Mapping[str, Any]":
    """Add trainable updates to the queries and values of `model`, freeze the rest, return the new weights by name."""
    from peft import LoraConfig, inject_adapter_in_model

    body = model[0].auto_model
    inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=_targets(body)), body)
    weights = {name: weight for name, weight in body.named_parameters() if "lora_" in name}
    for name, weight in body.named_parameters():
        weight.requires_grad_(name in weights)
    return weights


def _targets(body: Any) -> list[str]:
    names = {name.rpartition(".")[2] for name, _ in body.named_modules()}
    for known in (["query", "value"], ["q_proj", "v_proj"], ["q_lin", "v_lin"], ["q", "v"], ["Wqkv"]):
        if names.issuperset(known):
            return known
    raise InputError(
        f"Invalid model {type(body).__name__!r}. Its attention must name its layers query and value, q_proj and "
        "v_proj, q_lin and v_lin, q and v, or Wqkv."
    )


def _loss(model: Any, pairs: Sequence[tuple[str, str]]) -> Any:
    import torch

    sides = []
    for side in (0, 1):
        tokens = model.tokenizer(
            [pair[side] for pair in pairs], padding=True, truncation=True, max_length=128, return_tensors="pt"
        )
        sides.append(torch.nn.functional.normalize(model(dict(tokens))["sentence_embedding"], dim=1))
    cosines = sides[0] @ sides[1].T * SCALE
    return torch.nn.functional.cross_entropy(cosines, torch.arange(len(pairs)))
