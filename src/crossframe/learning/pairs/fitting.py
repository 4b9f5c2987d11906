"""Fit late interaction on the pairs of events: low-rank updates of an encoder's upper layers, and the head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Checkpoint, Fit, TrainingConfig, fit_key
from crossframe.learning.lora import copy_into, weights_to_arrays
from crossframe.learning.pairs.late_interaction import BODY, HEAD, MAX_SENTENCE_LENGTH, fill_blanks

if TYPE_CHECKING:
    from crossframe.learning.pairs.network import Net

HEAD_ALONE = TrainingConfig(
    rank=32, epochs=1, learning_rate=0.0, head_learning_rate=2e-3, warmup_steps=10, min_decay=0.02
)
INTERACTION_CONFIG = replace(HEAD_ALONE, epochs=3, learning_rate=6e-4, head_learning_rate=1.2e-3)
"""After an epoch of the head alone; with more epochs, average precision on BASIL's training events fell again."""
CONTINUED = replace(HEAD_ALONE, epochs=2, learning_rate=3e-4, head_learning_rate=3e-4)
"""From weights that were fitted on other events."""
MAX_SHORT = 30
"""Sentences up to which events share a step, five at a time."""
STEP_PAIRS = 500
"""Pairs per step; all aligned ones are kept, others drawn."""


@dataclass(frozen=True)
class LabelledPairs:
    """An event's sentences and its pairs with their labels: 0 not aligned, 1 partial, 2 equivalent."""

    texts: tuple[str, ...]
    left: np.ndarray
    right: np.ndarray
    label: np.ndarray


def fit_interaction(
    encoder: TransformerEncoder,
    events: Sequence[LabelledPairs],
    *,
    start: dict[str, np.ndarray] | None = None,
    seed: int = 0,
    resume: Path | None = None,
) -> dict[str, np.ndarray]:
    """Fit low-rank updates of the encoder's upper layers and a head on the pairs of events.

    All pairs of an event share its encodings, so an epoch costs little more than encoding every sentence once, forward
    and backward. The lower half of the layers is frozen and computed once.

    Parameters
    ----------
    encoder : TransformerEncoder
        Of BERT's build.
    events : sequence of LabelledPairs
    start : dict of str to ndarray, optional
        Weights to start from; None: initial ones.
    seed : int
        Of initial weights, order and pairs drawn.
    resume : Path, optional
        File that keeps the state after every epoch; the same fit resumes there (`Checkpoint`). None: a file in the
        cache, so that no fit is run twice.

    Returns
    -------
    dict of str to ndarray
        Weights by name.
    """
    import torch

    from crossframe.learning.pairs.network import Net

    stages = (HEAD_ALONE, INTERACTION_CONFIG) if start is None else (CONTINUED,)
    versions = [metadata.version(name) for name in ("torch", "transformers", "peft")]
    key = fit_key(
        encoder.fingerprint,
        MAX_SENTENCE_LENGTH,
        stages,
        versions,
        MAX_SHORT,
        STEP_PAIRS,
        seed,
        start,
        *events,
    )
    checkpoint = Checkpoint(resume or storage.cache_folder() / "fits" / f"{key}.safetensors", key)
    if checkpoint.best:
        return checkpoint.best
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        net = Net(encoder.load_body(), INTERACTION_CONFIG.rank)
        if start is not None:
            load_arrays(net, start)
        _run_stages(net, events, _encode_lower(net, encoder, events), stages, checkpoint, seed)
    return checkpoint.best


def arrays_of(net: "Net") -> dict[str, np.ndarray]:
    """Return the trained weights by name: updates in float16, the head in float32."""
    head = {n: w for n, w in net.head.state_dict().items() if not n.endswith("num_batches_tracked")}
    return weights_to_arrays(net.updates, BODY, np.float16) | weights_to_arrays(head, HEAD)


def load_arrays(net: "Net", arrays: Mapping[str, np.ndarray]) -> None:
    """Put the weights that `arrays_of` returned into `net`."""
    copy_into(net.updates, arrays, BODY)
    head = {name: w for name, w in net.head.state_dict().items() if HEAD + name in arrays}
    copy_into(head, arrays, HEAD)


def _encode_lower(
    net: "Net", encoder: TransformerEncoder, events: Sequence[LabelledPairs]
) -> list[list[Any]]:
    tokenizer = encoder.load_tokenizer(MAX_SENTENCE_LENGTH)
    return [
        net.encode_lower([row.ids for row in tokenizer.encode_batch(fill_blanks(event.texts))])
        for event in track(events, "Encoding events", total=len(events))
    ]


def _run_stages(
    net: "Net",
    events: Sequence[LabelledPairs],
    lower: Sequence[list[Any]],
    stages: Sequence[TrainingConfig],
    checkpoint: Checkpoint,
    seed: int,
) -> None:
    """Learn by one configuration after another; `checkpoint` has the weights at the end."""
    rng = np.random.default_rng(seed)
    for stage, config in enumerate(stages):
        n_steps = config.epochs * len(_batches(events, np.random.default_rng(0)))
        fit = Fit(net, list(net.updates.values()), list(net.head.parameters()), config, n_steps)
        done = [row for row in checkpoint.log if row["stage"] == stage]
        if done == checkpoint.log[-len(done) :]:
            checkpoint.restore(fit, rng)

        def loss_of(batch: Sequence[int], head_alone: bool = not config.learning_rate) -> Any:
            return _loss(net, [events[i] for i in batch], [lower[i] for i in batch], rng, head_alone)

        for epoch in range(len(done) + 1, config.epochs + 1):
            net.train()
            what = f"Fitting late interaction, stage {stage + 1}, epoch {epoch} of {config.epochs}"
            loss = fit.run_epoch(_batches(events, rng), loss_of, what)
            if config is stages[-1] and epoch == config.epochs:
                checkpoint.best = arrays_of(net)
            checkpoint.save(fit, {"stage": stage, "epoch": epoch, "loss": loss}, rng)


def _batches(events: Sequence[LabelledPairs], rng: np.random.Generator) -> list[list[int]]:
    """Return the events of every step in a new order: five short ones or one long one."""
    order = rng.permutation(len(events)).tolist()
    short = [i for i in order if len(events[i].texts) <= MAX_SHORT]
    batches = [short[i : i + 5] for i in range(0, len(short), 5)]
    batches += [[i] for i in order if len(events[i].texts) > MAX_SHORT]
    return [batches[i] for i in rng.permutation(len(batches))]


def _loss(
    net: "Net",
    events: Sequence[LabelledPairs],
    lower: Sequence[list[Any]],
    rng: np.random.Generator,
    head_alone: bool,
) -> Any:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    shift = np.cumsum([0, *(len(event.texts) for event in events)])
    left = np.concatenate([event.left + by for event, by in zip(events, shift[:-1], strict=True)])
    right = np.concatenate([event.right + by for event, by in zip(events, shift[:-1], strict=True)])
    label = np.concatenate([event.label for event in events])
    if len(label) > STEP_PAIRS:
        aligned, others = np.flatnonzero(label > 0), rng.permutation(np.flatnonzero(label == 0))
        chosen = np.concatenate([aligned, others[: max(STEP_PAIRS - len(aligned), 100)]])
        left, right, label = left[chosen], right[chosen], label[chosen]
    with torch.set_grad_enabled(not head_alone):
        states, length = net.encode_upper([states for event in lower for states in event])
    logits = net.head(states, length, torch.from_numpy(left), torch.from_numpy(right))
    aligned = torch.from_numpy(label > 0)
    loss = cross_entropy(logits[:, 0], aligned.float())
    if aligned.any():
        same = torch.from_numpy(label == 2).float()
        loss = loss + 0.1 * cross_entropy(logits[aligned, 1], same[aligned])
    return loss
