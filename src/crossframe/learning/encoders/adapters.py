"""LoRA adapters on a sentence-transformers model: fit on pairs that mean the same, save, load."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.fit_loop import Fit, TrainingConfig
from crossframe.learning.lora import add_updates, copy_into, weights_to_arrays
from crossframe.learning.model_files import ModelFiles

KIND = "adapter"
ENCODER_CONFIG = TrainingConfig(8, 1, 2e-4, 0.0, warmup_steps=1, min_decay=1.0, max_grad_norm=float("inf"))
"""Rank 8, one epoch at a constant learning rate; gradients are not clipped, and there is no head."""
SCALE = 20.0
"""Factor of cosines before the softmax, as in sentence-transformers' MultipleNegativesRankingLoss."""


def fit_adapter(
    model: Any,
    pairs: Sequence[tuple[str, str]],
    *,
    base: str,
    base_fingerprint: str,
    rank: int = ENCODER_CONFIG.rank,
    epochs: int = ENCODER_CONFIG.epochs,
    learning_rate: float = ENCODER_CONFIG.learning_rate,
    seed: int = 0,
) -> ModelFiles:
    """Fit low-rank updates of the attention weights so that the two texts of a pair come close.

    Parameters
    ----------
    model : SentenceTransformer
        Carries the adapter afterwards.
    pairs : sequence of (str, str)
        Texts that mean the same; the other pairs of a batch of 32 are its negatives.
    base, base_fingerprint : str
        Name and fingerprint of the encoder that `model` is of.
    rank, epochs : int
        Rank of the updates, and times that every pair is seen.
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
    if len(pairs) < 2:
        raise InputError(f"Invalid number of pairs {len(pairs)!r}. An adapter needs at least two.")
    arrays, losses = _fit(
        model, pairs, replace(ENCODER_CONFIG, rank=rank, epochs=epochs, learning_rate=learning_rate), seed
    )
    log = {"pairs": len(pairs), "epochs": epochs, "first_loss": losses[0], "last_loss": losses[-1]}
    card = render_card(
        name=KIND,
        summary=f"Low-rank update (rank {rank}) of the encoder {base}.",
        data=f"{len(pairs)} pairs of texts given by its maker.",
        licence="That of its pairs; its maker must say which.",
        metrics={"its own training pairs": log},
        limits="Not evaluated: score it on held-out pairs before use.",
        command="crossframe.learning.encoders.adapters.fit_adapter(model, pairs, ...)",
    )
    settings = {"name": KIND, "base": base, "base_fingerprint": base_fingerprint, "rank": rank, "seed": seed}
    return ModelFiles(KIND, settings, arrays, card, log)


def _fit(
    model: Any, pairs: Sequence[tuple[str, str]], config: TrainingConfig, seed: int
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Return the updates and the loss of every step."""
    import torch

    rng = np.random.default_rng(seed)
    losses = []

    def loss_of(batch: Sequence[int]) -> Any:
        loss = _loss(model, [pairs[i] for i in batch], config.max_length)
        losses.append(float(loss.detach()))
        return loss

    with torch.random.fork_rng():
        torch.manual_seed(seed)
        updates = _add_updates(model, config.rank)
        n_batches = -(-len(pairs) // config.batch_size)
        fit = Fit(model, list(updates.values()), [], config, config.epochs * n_batches)
        for _ in range(config.epochs):
            batches = np.array_split(rng.permutation(len(pairs)), n_batches)
            fit.run_epoch(
                [batch.tolist() for batch in batches if len(batch) > 1], loss_of, "Fitting the adapter"
            )
    model.eval()
    return weights_to_arrays(updates, ""), losses


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
    updates = _add_updates(model, int(files.config["rank"]))
    if {name: tuple(w.shape) for name, w in updates.items()} != {n: a.shape for n, a in files.arrays.items()}:
        raise InputError(
            f"Invalid adapter {str(files.folder)!r}. Its weights do not fit the encoder {files.config['base']!r}."
        )
    copy_into(updates, files.arrays)
    model.eval()


def _add_updates(model: Any, rank: int) -> dict[str, Any]:
    """Add trainable updates to the queries and values of `model` and return them by name."""
    body = model[0].auto_model
    return add_updates(body, rank, _targets(body), alpha=2 * rank)


def _targets(body: Any) -> list[str]:
    names = {name.rpartition(".")[2] for name, _ in body.named_modules()}
    for known in (["query", "value"], ["q_proj", "v_proj"], ["q_lin", "v_lin"], ["q", "v"], ["Wqkv"]):
        if names.issuperset(known):
            return known
    raise InputError(
        f"Invalid model {type(body).__name__!r}. Its attention must name its layers query and value, q_proj and "
        "v_proj, q_lin and v_lin, q and v, or Wqkv."
    )


def _loss(model: Any, pairs: Sequence[tuple[str, str]], max_length: int) -> Any:
    import torch

    sides = []
    for side in (0, 1):
        tokens = model.tokenizer(
            [pair[side] for pair in pairs],
            padding=True,
            truncation=True,
            max_length=max_length,
            return_tensors="pt",
        )
        sides.append(torch.nn.functional.normalize(model(dict(tokens))["sentence_embedding"], dim=1))
    cosines = sides[0] @ sides[1].T * SCALE
    return torch.nn.functional.cross_entropy(cosines, torch.arange(len(pairs)))
