"""Fit late interaction on the pairs of events: low-rank updates of an encoder's upper layers, and the head."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.learning.encoders.onnx import read_tokenizer
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.pairs.late_interaction import MAX_LENGTH, fill_blanks, plan_of

if TYPE_CHECKING:
    from crossframe.learning.pairs.network import Net

RANK = 32
EPOCHS = 3
"""After one of the head alone; with more, average precision on BASIL's training events fell again."""
RATE = 6e-4
"""Of AdamW for the updates; the head learns at twice that, and alone at 2e-3."""
EPOCHS_AGAIN = 2
RATE_AGAIN = 3e-4
"""Of a reader that has learned before, for updates and head."""
SMALL = 30
"""Sentences up to which events share a step, five at a time."""
PAIRS = 500
"""Pairs a step at most; all aligned ones are kept, others drawn."""


@dataclass(frozen=True)
class PairTask:
    """What a reader learns from: an event's sentences and its pairs, 0 not aligned, 1 partial, 2 equivalent."""

    texts: tuple[str, ...]
    left: np.ndarray
    right: np.ndarray
    label: np.ndarray


def fit_interaction(
    encoder: TransformerEncoder,
    tasks: Sequence[PairTask],
    *,
    start: dict[str, np.ndarray] | None = None,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Fit low-rank updates of the encoder's upper layers and a head on the pairs of events.

    All pairs of an event share its encodings, so an epoch costs little more than encoding every sentence once, forth
    and back. The lower half of the layers is frozen and read once. What was fitted is kept in the cache
    under encoder, data and settings, so that a training that was stopped goes on where it was.

    Parameters
    ----------
    encoder : TransformerEncoder
        Of BERT's build.
    tasks : sequence of PairTask
        One an event.
    start : dict of str to ndarray, optional
        Weights of a reader to go on from; None begins anew.
    seed : int
        Of initial weights, order and pairs drawn.

    Returns
    -------
    dict of str to ndarray
        Weights by name.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models.
    """
    from safetensors.numpy import load, save

    path = storage.cache_folder() / "readers" / f"{_key(encoder, tasks, start, seed)}.bin"
    content = storage.read_cached_bytes(path)
    if content is None:
        content = save(_fit(encoder, tasks, start, seed))
        storage.write_cached_bytes(path, content, "The reader is fitted again next time.")
    fitted: dict[str, np.ndarray] = load(content)
    return fitted


def _key(
    encoder: TransformerEncoder,
    tasks: Sequence[PairTask],
    start: dict[str, np.ndarray] | None,
    seed: int,
) -> str:
    from crossframe.learning.pairs.network import N_FOUND, N_MATCH

    settings = [
        MAX_LENGTH,
        RANK,
        EPOCHS,
        RATE,
        EPOCHS_AGAIN,
        RATE_AGAIN,
        SMALL,
        PAIRS,
        N_MATCH,
        N_FOUND,
        seed,
    ]
    versions = [metadata.version(name) for name in ("torch", "transformers", "peft")]
    digest = hashlib.sha256(json.dumps([encoder.fingerprint, settings, versions]).encode())
    for name in sorted(start or {}):
        digest.update(name.encode() + np.ascontiguousarray((start or {})[name]).tobytes())
    for task in tasks:
        digest.update(json.dumps(task.texts).encode())
        for array in (task.left, task.right, task.label):
            digest.update(np.ascontiguousarray(array, dtype=np.int64).tobytes())
    return digest.hexdigest()


def _fit(
    encoder: TransformerEncoder,
    tasks: Sequence[PairTask],
    start: dict[str, np.ndarray] | None,
    seed: int,
) -> dict[str, np.ndarray]:
    import torch

    from crossframe.learning.pairs.network import Net

    tokenizer = read_tokenizer(plan_of(encoder).tokenizer_file, MAX_LENGTH)
    rng = np.random.default_rng(seed)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        net = Net(encoder.load_body(), RANK)
        lower = [
            net.read_lower([one.ids for one in tokenizer.encode_batch(fill_blanks(task.texts))])
            for task in track(tasks, "Reading events", total=len(tasks))
        ]
        updates, head = list(net.updates.values()), list(net.head.parameters())
        if start is None:
            _learn(net, tasks, lower, rng, 1, {2e-3: head})
            _learn(net, tasks, lower, rng, EPOCHS, {RATE: updates, 2 * RATE: head})
        else:
            net.put(start)
            _learn(net, tasks, lower, rng, EPOCHS_AGAIN, {RATE_AGAIN: [*updates, *head]})
    return net.eval().arrays()


def _learn(
    net: "Net",
    tasks: Sequence[PairTask],
    lower: Sequence[list[Any]],
    rng: np.random.Generator,
    epochs: int,
    rates: dict[float, list[Any]],
) -> None:
    """Take `epochs` over all events; `rates` says which weights learn, and how fast."""
    import torch

    optimizer = torch.optim.AdamW(
        [{"params": weights, "lr": rate} for rate, weights in rates.items()], weight_decay=0.01
    )
    weights = [weight for group in rates.values() for weight in group]
    head_only = len(weights) == len(list(net.head.parameters()))
    n_steps = epochs * len(_steps(tasks, np.random.default_rng(0)))
    plan = torch.optim.lr_scheduler.LambdaLR(optimizer, _warm_then_linear(n_steps))
    net.train()
    for epoch in range(epochs):
        steps = _steps(tasks, rng)
        for chosen in track(steps, f"Fitting the reader, epoch {epoch + 1} of {epochs}", total=len(steps)):
            loss = _loss(net, [tasks[i] for i in chosen], [lower[i] for i in chosen], rng, head_only)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            plan.step()


def _warm_then_linear(n_steps: int) -> Callable[[int], float]:
    return lambda step: min(1.0, (step + 1) / 10) * max(0.02, 1 - step / n_steps)


def _steps(tasks: Sequence[PairTask], rng: np.random.Generator) -> list[list[int]]:
    """Return the events of every step in a new order: five short ones or one long one."""
    order = rng.permutation(len(tasks)).tolist()
    small = [i for i in order if len(tasks[i].texts) <= SMALL]
    steps = [small[i : i + 5] for i in range(0, len(small), 5)]
    steps += [[i] for i in order if len(tasks[i].texts) > SMALL]
    return [steps[i] for i in rng.permutation(len(steps))]


def _loss(
    net: "Net",
    tasks: Sequence[PairTask],
    lower: Sequence[list[Any]],
    rng: np.random.Generator,
    head_only: bool,
) -> Any:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    shift = np.cumsum([0, *(len(task.texts) for task in tasks)])
    left = np.concatenate([task.left + by for task, by in zip(tasks, shift[:-1], strict=True)])
    right = np.concatenate([task.right + by for task, by in zip(tasks, shift[:-1], strict=True)])
    label = np.concatenate([task.label for task in tasks])
    if len(label) > PAIRS:
        aligned, others = np.flatnonzero(label > 0), rng.permutation(np.flatnonzero(label == 0))
        kept = np.concatenate([aligned, others[: max(PAIRS - len(aligned), 100)]])
        left, right, label = left[kept], right[kept], label[kept]
    with torch.set_grad_enabled(not head_only):
        states, length = net.read_upper([states for event in lower for states in event])
    logits = net.head(states, length, torch.from_numpy(left), torch.from_numpy(right))
    aligned = torch.from_numpy(label > 0)
    loss = cross_entropy(logits[:, 0], aligned.float())
    if aligned.any():
        same = torch.from_numpy(label == 2).float()
        loss = loss + 0.1 * cross_entropy(logits[aligned, 1], same[aligned])
    return loss
