"""Fit a classifier of marked texts by epochs; the best on held-out texts is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe.errors import InputError
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Checkpoint, Fit, Row, TrainingConfig, batch_by_length, fit_key
from crossframe.learning.targets.classifier import Marked, MarkTokenizer

if TYPE_CHECKING:
    from crossframe.learning.targets.network import Net

TARGET_CONFIG = TrainingConfig(
    rank=32, epochs=3, patience=2, learning_rate=5e-4, head_learning_rate=1e-3, dropout=0.2, encoder_dropout=0.1,
    n_dropout_masks=4, label_smoothing=0.05, ema_decay=0.995,
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A marked text with its soft label: a probability per class."""

    marked: Marked
    label: tuple[float, ...]


@dataclass(frozen=True)
class HeldOut:
    """Held-out examples, and what scores their logits, of shape (n_examples, n_classes): more is better."""

    examples: Sequence[Example]
    score: Callable[[np.ndarray], float]


Redraw = Callable[[int, np.random.Generator], Example]


def fit_targets(
    encoder: TransformerEncoder,
    examples: Sequence[Example],
    held_out: HeldOut | None = None,
    *,
    class_weights: np.ndarray | None = None,
    config: TrainingConfig = TARGET_CONFIG,
    seed: int = 0,
    resume: Path | None = None,
    redraw: Redraw | None = None,
) -> tuple[dict[str, np.ndarray], list[Row]]:
    """Fit updates of an encoder (or the whole of it) and a head on marked texts.

    Parameters
    ----------
    encoder : TransformerEncoder
    examples : sequence of Example
        All with the same classes.
    held_out : HeldOut, optional
        By which the best epoch is kept; None: all epochs are run, the last is kept.
    class_weights : ndarray of shape (n_classes,), optional
        Weight of each class in the loss.
    config : TrainingConfig
    seed : int
        Of initial weights, order and dropout.
    resume : Path, optional
        File that keeps the state after every epoch; the same fit resumes there (`Checkpoint`).
    redraw : callable, optional
        Returns the example of a number, drawn anew in every epoch.

    Returns
    -------
    dict of str to ndarray, list of dict
        Weights by name for `TargetClassifier`, and loss and held-out score of every epoch.

    Raises
    ------
    InputError
        When there are no examples.
    """
    import torch

    held_out = held_out or HeldOut((), lambda _: 0.0)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        fit = TargetFit(encoder, examples, class_weights, config)
        seen = [*_draw(examples, redraw, np.random.default_rng([seed, 1])), *held_out.examples]
        key = fit_key(encoder.fingerprint, config, seed, redraw is not None, fit.uses_bfloat16, seen)
        checkpoint = Checkpoint(resume, key)
        checkpoint.restore(fit)
        while not _is_done(checkpoint.log, config, patient=not held_out.examples):
            epoch = len(checkpoint.log) + 1
            torch.manual_seed(seed * 1000 + epoch)
            rng = np.random.default_rng([seed, epoch])
            row = {"epoch": epoch, "loss": fit.learn(_draw(examples, redraw, rng), rng, epoch)}
            arrays, row["score"] = fit.evaluate(held_out)
            if all(row["score"] >= earlier["score"] for earlier in checkpoint.log):
                checkpoint.best = arrays
            checkpoint.save(fit, row)
    return checkpoint.best, checkpoint.log


def _is_done(log: Sequence[Row], config: TrainingConfig, *, patient: bool) -> bool:
    """Return whether all epochs are run, or too many since the best one."""
    if not log or patient or config.patience is None:
        return len(log) >= config.epochs
    since_best = len(log) - 1 - int(np.argmax([row["score"] for row in log]))
    return len(log) >= config.epochs or since_best >= config.patience


def _draw(examples: Sequence[Example], redraw: Redraw | None, rng: np.random.Generator) -> Sequence[Example]:
    """Return the examples of an epoch."""
    return examples if redraw is None else [redraw(number, rng) for number in range(len(examples))]


class TargetFit(Fit):
    """The fit of a network on marked texts; its parameters are those of `fit_targets`."""

    net: "Net"

    def __init__(
        self,
        encoder: TransformerEncoder,
        examples: Sequence[Example],
        class_weights: np.ndarray | None,
        config: TrainingConfig,
    ) -> None:
        import torch

        from crossframe.learning.targets.network import Net, has_fast_bfloat16

        if not examples:
            raise InputError("Invalid examples. There must be at least one.")
        net = Net(encoder.load_body(), len(examples[0].label), config)
        n_steps = config.epochs * -(-len(examples) // config.batch_size)
        super().__init__(net, list(net.trained.values()), list(net.head.parameters()), config, n_steps)
        self.tokenizer = MarkTokenizer(encoder)
        self.class_weights = (
            None if class_weights is None else torch.from_numpy(class_weights.astype(np.float32))
        )
        self.uses_bfloat16 = has_fast_bfloat16()

    def learn(self, examples: Sequence[Example], rng: np.random.Generator, epoch: int) -> float:
        """See every example once and return the mean loss."""
        import torch

        tokens = self.tokenizer.tokenize([example.marked for example in examples])

        def loss_of(batch: Sequence[int]) -> Any:
            labels = torch.tensor([examples[i].label for i in batch])
            return self.net.loss([tokens[i] for i in batch], labels, self.class_weights)

        self.net.train()
        batches = batch_by_length([len(row.ids) for row in tokens], self.config.batch_size, rng)
        return self.run_epoch(batches, loss_of, f"Fitting, epoch {epoch} of {self.config.epochs}")

    def evaluate(self, held_out: HeldOut) -> tuple[dict[str, np.ndarray], float]:
        """Return the averaged weights and their score."""
        tokens = self.tokenizer.tokenize([example.marked for example in held_out.examples])
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i].ids))
        logits = np.zeros((len(tokens), self.net.head.output.out_features))
        with self.averaged():
            for first in range(0, len(order), 64):
                chosen = order[first : first + 64]
                logits[chosen] = self.net.head(self.net.describe([tokens[i] for i in chosen])).numpy()
            return self.net.arrays(), held_out.score(logits)
