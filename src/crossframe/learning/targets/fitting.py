"""Fit a classifier of marked texts by epochs; the best on held-out texts is kept."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe._validation import check_same_length
from crossframe.errors import InputError
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Checkpoint, Fit, Row, TrainingConfig, batch_by_length, fit_key
from crossframe.learning.processes import Processes
from crossframe.learning.targets.classifier import Marked, MarkedTokens, MarkLogits, MarkTokenizer

if TYPE_CHECKING:
    from crossframe.learning.targets.network import Labels, Net

TARGET_CONFIG = TrainingConfig(
    rank=32, epochs=3, patience=2, learning_rate=5e-4, head_learning_rate=1e-3, dropout=0.2, encoder_dropout=0.1,
    n_dropout_masks=4, label_smoothing=0.05, ema_decay=0.995,
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A marked text with its soft labels; empty where there are none.

    Parameters
    ----------
    marked : Marked
    label : tuple of float
        A probability per class of the mark.
    manners : tuple of float
        A probability per value of every manner, one manner after another; all 0 for a manner without label.
    holders : tuple of tuple of float
        For every holder of ``marked`` a probability per class.
    """

    marked: Marked
    label: tuple[float, ...] = ()
    manners: tuple[float, ...] = ()
    holders: tuple[tuple[float, ...], ...] = ()

    def __post_init__(self) -> None:
        check_same_length("example", holders=self.marked.holders, labels_of_holders=self.holders)


@dataclass(frozen=True)
class HeldOut:
    """Held-out examples, and what scores their logits: more is better."""

    examples: Sequence[Example]
    score: Callable[[Sequence[MarkLogits]], float]


Redraw = Callable[[int, np.random.Generator], Example]


def fit_targets(
    encoder: TransformerEncoder,
    examples: Sequence[Example],
    held_out: HeldOut | None = None,
    *,
    balanced: bool = False,
    config: TrainingConfig = TARGET_CONFIG,
    seed: int = 0,
    resume: Path | None = None,
    redraw: Redraw | None = None,
) -> tuple[dict[str, np.ndarray], list[Row]]:
    """Fit updates of an encoder (or the whole of it) and a head on marked texts, alone or with further processes (`Processes`).

    Parameters
    ----------
    encoder : TransformerEncoder
    examples : sequence of Example
        All with the same classes; every question that one of them has labels for is learned.
    held_out : HeldOut, optional
        By which the best epoch is kept; None: all epochs are run, the last is kept.
    balanced : bool
        Whether rarer classes weigh more: by the square root of how much rarer they are than the commonest one.
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
        Weights by name for `TargetClassifier`, and loss, held-out score and seconds of every epoch.

    Raises
    ------
    InputError
        When there are no examples, or none has labels.
    """
    import torch

    held_out = held_out or HeldOut((), lambda _: 0.0)
    processes = Processes.started()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        fit = TargetFit(encoder, examples, config, balanced=balanced, processes=processes)
        seen = [*_draw(examples, redraw, np.random.default_rng([seed, 1])), *held_out.examples]
        key = fit_key(encoder.fingerprint, config, seed, redraw is not None, fit.uses_bfloat16, seen)
        checkpoint = Checkpoint(resume, key)
        checkpoint.restore(fit)
        while not _is_done(checkpoint.log, config, patient=not held_out.examples):
            arrays, row = _run_epoch(fit, examples, redraw, held_out, seed, len(checkpoint.log) + 1)
            if all(row["score"] >= earlier["score"] for earlier in checkpoint.log):
                checkpoint.best = arrays
            checkpoint.save(fit, row)
    processes.leave()
    return checkpoint.best, checkpoint.log


def _is_done(log: Sequence[Row], config: TrainingConfig, *, patient: bool) -> bool:
    """Return whether all epochs are run, or too many since the best one."""
    if not log or patient or config.patience is None:
        return len(log) >= config.epochs
    since_best = len(log) - 1 - int(np.argmax([row["score"] for row in log]))
    return len(log) >= config.epochs or since_best >= config.patience


def _run_epoch(
    fit: "TargetFit",
    examples: Sequence[Example],
    redraw: Redraw | None,
    held_out: HeldOut,
    seed: int,
    epoch: int,
) -> tuple[dict[str, np.ndarray], Row]:
    """Return the averaged weights after one more epoch, and its row of the log."""
    import torch

    start = time.perf_counter()
    torch.manual_seed(fit.processes.seed(seed * 1000 + epoch))
    rng = np.random.default_rng([seed, epoch])
    row = {"epoch": epoch, "loss": fit.learn(_draw(examples, redraw, rng), rng, epoch)}
    arrays, row["score"] = fit.evaluate(held_out)
    return arrays, row | {"seconds": round(time.perf_counter() - start, 1)}


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
        config: TrainingConfig,
        *,
        balanced: bool,
        processes: Processes | None = None,
    ) -> None:
        from crossframe.learning.targets.network import Net, has_fast_bfloat16

        if not examples:
            raise InputError("Invalid examples. There must be at least one.")
        self.totals = _totals(examples)
        if not self.totals:
            raise InputError("Invalid examples without labels. At least one must have some.")
        self.balanced = balanced
        net = Net(encoder.load_body(), {name: len(total) for name, total in self.totals.items()}, config)
        n_steps = config.epochs * -(-len(examples) // config.batch_size)
        weights, head = list(net.trained.values()), list(net.head.parameters())
        super().__init__(net, weights, head, config, n_steps, processes=processes)
        self.tokenizer = MarkTokenizer(encoder)
        self.uses_bfloat16 = has_fast_bfloat16()

    def learn(self, examples: Sequence[Example], rng: np.random.Generator, epoch: int) -> float:
        """See every example once and return the mean loss."""
        tokens = self.tokenizer.tokenize([example.marked for example in examples])

        def loss_of(batch: Sequence[int]) -> Any:
            return self.net.loss([tokens[i] for i in batch], self.collect([examples[i] for i in batch]))

        self.net.train()
        batches = batch_by_length([len(row.ids) for row in tokens], self.config.batch_size, rng)
        return self.run_epoch(batches, loss_of, f"Fitting, epoch {epoch} of {self.config.epochs}")

    def collect(self, examples: Sequence[Example]) -> "Labels":
        """Return the labels of a batch."""
        import torch

        from crossframe.learning.targets.network import CLASSES, HOLDERS, MANNERS, Labels

        columns: dict[str, list[tuple[float, ...]]] = {
            CLASSES: [example.label for example in examples],
            MANNERS: [example.manners for example in examples],
            HOLDERS: [label for example in examples for label in example.holders],
        }
        rows, weights = {}, {}
        for name, total in self.totals.items():
            filled = [row or (0.0,) * len(total) for row in columns[name]]
            rows[name] = torch.tensor(filled, dtype=torch.float32).reshape(-1, len(total))
            own = np.sqrt(total.max() / np.maximum(total, 1e-9)) if self.balanced else np.ones(len(total))
            weights[name] = torch.from_numpy(own.astype(np.float32))
        return Labels(rows, weights)

    def evaluate(self, held_out: HeldOut) -> tuple[dict[str, np.ndarray], float]:
        """Return the averaged weights and their score."""
        tokens = self.tokenizer.tokenize([example.marked for example in held_out.examples])
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i].ids))
        read: dict[int, MarkLogits] = {}
        with self.averaged():
            for first in range(0, len(order), 64):
                chosen = order[first : first + 64]
                read |= zip(chosen, self.read([tokens[i] for i in chosen]), strict=True)
            return self.net.arrays(), held_out.score([read[i] for i in range(len(tokens))])

    def read(self, tokens: Sequence[MarkedTokens]) -> list[MarkLogits]:
        """Return the logits of every text."""
        from crossframe.learning.targets.network import CLASSES, HOLDERS, MANNERS

        logits = self.net.head(self.net.describe(tokens))
        arrays = {name: values.numpy().astype(np.float64) for name, values in logits.items()}
        ends = np.cumsum([len(row.holders) for row in tokens])
        held = np.split(arrays.get(HOLDERS, np.zeros((ends[-1], 0))), ends[:-1])
        none = np.zeros((len(tokens), 0))
        rows = zip(arrays.get(CLASSES, none), arrays.get(MANNERS, none), held, strict=True)
        return [MarkLogits(*row) for row in rows]


def _totals(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Return by question the sum of the labels, of shape (n_values,), of questions that have some."""
    from crossframe.learning.targets.network import QUESTIONS

    labels = (
        [example.label for example in examples if example.label],
        [example.manners for example in examples if example.manners],
        [label for example in examples for label in example.holders],
    )
    return {
        name: np.sum(own, axis=0, dtype=float) for name, own in zip(QUESTIONS, labels, strict=True) if own
    }
