"""How networks are trained: hyperparameters, batches of similar length, optimizer with schedule, resuming after a kill."""

import hashlib
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError
from crossframe.learning.processes import Processes

POOL = 32
"""Batches whose examples are sorted by length together: little is padded, and the order stays nearly random."""
WEIGHT_DECAY = 0.01
Row = dict[str, float]


@dataclass(frozen=True)
class TrainingConfig:
    """Hyperparameters of a fit by AdamW; what a task leaves at its default has no effect.

    Parameters
    ----------
    rank : int
        Of the low-rank updates; 0 trains the whole encoder, where the task allows it.
    epochs : int
        Times that every example is seen, at most.
    learning_rate, head_learning_rate : float
        For the encoder's weights (0: they stay as they are) and for the head.
    batch_size : int
        Examples per step.
    max_length : int
        Tokens of a text that are read while learning.
    warmup_steps : int, optional
        Steps in which the learning rate rises; None: a tenth of all.
    min_decay : float
        The learning rate falls linearly to this share of itself; 1 keeps it constant.
    max_grad_norm : float
        Norm that gradients are clipped to.
    dropout, encoder_dropout : float
        Of the head, and of the encoder.
    n_dropout_masks : int
        Masks of the head's dropout per step, whose losses are averaged.
    label_smoothing : float
        Share of a label that is spread over all classes.
    rdrop_weight : float
        Weight of the divergence between two passes through encoder and head with different masks; 0 makes one pass.
    ema_decay : float
        Decay of the moving average of weights that is returned; 0 returns the last weights.
    patience : int, optional
        Epochs without improvement on held-out examples after which fitting ends; None: never.

    References
    ----------
    Inoue 2019, Multi-sample dropout. Liang et al. 2021, R-Drop. Szegedy et al. 2016 (label smoothing). Polyak and
    Juditsky 1992, Acceleration of stochastic approximation by averaging.
    """

    rank: int
    epochs: int
    learning_rate: float
    head_learning_rate: float
    batch_size: int = 32
    max_length: int = 128
    warmup_steps: int | None = None
    min_decay: float = 0.0
    max_grad_norm: float = 1.0
    dropout: float = 0.0
    encoder_dropout: float = 0.0
    n_dropout_masks: int = 1
    label_smoothing: float = 0.0
    rdrop_weight: float = 0.0
    ema_decay: float = 0.0
    patience: int | None = None

    def for_epochs(self, epochs: int) -> Self:
        """Return the same over `epochs`: fitting ends after a quarter of them, two at least, without improvement."""
        return replace(self, epochs=epochs, patience=max(2, epochs // 4))

    def schedule(self, n_steps: int) -> Callable[[int], float]:
        """Return the factor of the learning rates by step (from 0): warm-up, then linear decay over `n_steps`."""

        def factor(step: int) -> float:
            rise = 10 * (step + 1) / n_steps if self.warmup_steps is None else (step + 1) / self.warmup_steps
            return min(1.0, rise) * max(self.min_decay, 1 - step / n_steps)

        return factor


def batch_by_length(
    lengths: Sequence[int], batch_size: int, rng: np.random.Generator, *, across_pools: bool = True
) -> list[list[int]]:
    """Return the examples of every batch in a new order: examples of similar length together, so that little is padded.

    `lengths` are in tokens. With `across_pools` a batch may end one pool and begin the next, and at most one is short.
    """
    order = rng.permutation(len(lengths))
    pools = [
        sorted(pool.tolist(), key=lambda i: lengths[i])
        for pool in np.array_split(order, max(1, len(order) // (batch_size * POOL)))
    ]
    runs = [list(chain(*pools))] if across_pools else pools
    batches = [run[i : i + batch_size] for run in runs for i in range(0, len(run), batch_size)]
    return [batches[i] for i in rng.permutation(len(batches))]


class Fit:
    """Trainable weights with their optimizer, schedule and moving average.

    Parameters
    ----------
    net : torch.nn.Module
        Holds them; its buffers (running means) are saved with them.
    weights, head : sequence of torch.nn.Parameter
        Of the encoder and of the head.
    config : TrainingConfig
    n_steps : int
        Of the whole fit.
    processes : Processes, optional
        That share it; None: this one alone.
    """

    def __init__(
        self,
        net: Any,
        weights: Sequence[Any],
        head: Sequence[Any],
        config: TrainingConfig,
        n_steps: int,
        *,
        processes: Processes | None = None,
    ) -> None:
        import torch

        self.net = net
        self.processes = processes or Processes()
        self.config = config
        groups: list[dict[str, Any]] = [
            {"params": list(group), "lr": rate}
            for group, rate in ((weights, config.learning_rate), (head, config.head_learning_rate))
            if rate and len(group)
        ]
        self.params = [param for group in groups for param in group["params"]]
        self.means = [param.detach().clone() for param in self.params] if config.ema_decay else []
        self.optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
        self.factor = config.schedule(n_steps)
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self.factor)
        self.n_done = 0

    def run_epoch(
        self, batches: Sequence[Sequence[int]], loss_of: Callable[[Sequence[int]], Any], what: str
    ) -> float:
        """Take a step for each of `batches` and return the mean loss of an example that this process saw."""
        import torch

        total, n_seen = 0.0, 0
        for batch in track(batches, what, total=len(batches)):
            part = self.processes.part(batch)
            loss = loss_of(part)
            self.optimizer.zero_grad()
            (loss * self.processes.weight(batch)).backward()
            self.processes.average(self.params)
            torch.nn.utils.clip_grad_norm_(self.params, self.config.max_grad_norm)
            self.optimizer.step()
            self.scheduler.step()
            self.n_done += 1
            self._average()
            total += float(loss.detach()) * len(part)
            n_seen += len(part)
        return total / n_seen

    def _average(self) -> None:
        import torch

        share = min(self.config.ema_decay, self.n_done / (self.n_done + 10))
        with torch.no_grad():
            for mean, param in zip(self.means, self.params, strict=False):
                mean.mul_(share).add_(param, alpha=1 - share)

    @contextmanager
    def averaged(self) -> Any:
        """Put the averaged weights into the network for a while, in evaluation mode."""
        import torch

        own = [param.detach().clone() for param in self.params] if self.means else []
        self.net.eval()
        with torch.no_grad():
            for param, mean in zip(self.params, self.means, strict=False):
                param.copy_(mean)
            yield
            for param, value in zip(self.params, own, strict=False):
                param.copy_(value)

    def state(self) -> dict[str, np.ndarray]:
        """Return weights, moving averages, optimizer's moments and the network's buffers by name."""
        arrays = {f"buffer.{name}": buffer.numpy() for name, buffer in self.net.named_buffers()}
        arrays |= {f"mean.{number}": mean.numpy() for number, mean in enumerate(self.means)}
        for number, param in enumerate(self.params):
            arrays[f"param.{number}"] = param.detach().numpy()
            if moments := self.optimizer.state.get(param):  # unused weights (a pooler's) have none
                arrays[f"first.{number}"] = moments["exp_avg"].numpy()
                arrays[f"second.{number}"] = moments["exp_avg_sq"].numpy()
        return arrays

    def restore(self, arrays: Mapping[str, np.ndarray], n_done: int) -> None:
        """Resume from `state` after `n_done` steps."""
        import torch

        def tensor(name: str) -> Any:
            return torch.from_numpy(np.array(arrays[name]))

        with torch.no_grad():
            for name, buffer in self.net.named_buffers():
                buffer.copy_(tensor(f"buffer.{name}"))
            for number, mean in enumerate(self.means):
                mean.copy_(tensor(f"mean.{number}"))
            for number, param in enumerate(self.params):
                param.copy_(tensor(f"param.{number}"))
                if f"first.{number}" in arrays:
                    self.optimizer.state[param] = {
                        "step": torch.tensor(float(n_done)),
                        "exp_avg": tensor(f"first.{number}"),
                        "exp_avg_sq": tensor(f"second.{number}"),
                    }
        self.n_done = n_done
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: self.factor(step + n_done)
        )


class Checkpoint:
    """A file with the state of a fit after every epoch: after a kill the same fit resumes there, another one starts anew.

    Parameters
    ----------
    file : Path or None
        None saves nothing.
    key : str
        Of the fit (`fit_key`); the state of another fit is ignored.

    Attributes
    ----------
    log : list of dict
        A row per finished epoch.
    best : dict of str to ndarray
        Weights of the best epoch so far, or of the finished fit; empty where the fit returns its last weights.
    """

    def __init__(self, file: Path | None, key: str) -> None:
        self.file = file
        self.key = key
        self.log: list[Row] = []
        self.best: dict[str, np.ndarray] = {}
        self._state: dict[str, np.ndarray] = {}
        self._resume: dict[str, Any] = {}
        if file is not None and file.is_file():
            self._read(file)

    def _read(self, file: Path) -> None:
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(file, "numpy") as content:
                metadata = content.metadata() or {}
                if metadata.get("key") != self.key:
                    return
                arrays = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118
        except SafetensorError:
            return
        self.log, self._resume = json.loads(metadata["log"]), json.loads(metadata["resume"])
        for name, array in arrays.items():
            (self.best if name.startswith("best.") else self._state)[name.removeprefix("best.")] = array

    def restore(self, fit: Fit, rng: np.random.Generator | None = None) -> None:
        """Set `fit`, `rng` and torch's generator to their state after the last epoch of `log`, if there is one."""
        import torch

        if not self.log:
            return
        fit.restore(self._state, self._resume["steps"])
        torch.set_rng_state(torch.from_numpy(self._state["torch"]))
        if rng is not None:
            rng.bit_generator.state = self._resume["rng"]

    def save(self, fit: Fit, row: Row, rng: np.random.Generator | None = None) -> None:
        """Add the `row` of an epoch to the log and write all that the fit needs to resume, at once, if this is its first process."""
        import torch
        from safetensors.numpy import save

        self.log.append(row)
        if self.file is None or fit.processes.rank:
            return
        arrays = fit.state() | {"torch": torch.get_rng_state().numpy()}
        arrays |= {f"best.{name}": array for name, array in self.best.items()}
        resume = {"steps": fit.n_done, "rng": None if rng is None else rng.bit_generator.state}
        content = {"key": self.key, "log": json.dumps(self.log), "resume": json.dumps(resume)}
        contiguous = {name: np.asarray(array, order="C") for name, array in arrays.items()}
        try:
            storage.write_bytes(self.file, save(contiguous, metadata=content))
        except (OSError, InputError) as error:
            warnings.warn(
                f"Cannot save the fit in {str(self.file)!r} ({storage.reason_of(error)}). After a kill it starts anew.",
                CrossframeWarning,
                stacklevel=2,
            )


def fit_key(*parts: object) -> str:
    """Return a hash over all that a fit depends on: numbers, texts, records and arrays, in this order.

    Examples
    --------
    >>> fit_key("encoder", 0, np.zeros(2)) == fit_key("encoder", 0, np.zeros(3))
    False
    """
    return hashlib.sha256(json.dumps(parts, default=_plain).encode()).hexdigest()


def _plain(part: object) -> object:
    if isinstance(part, np.ndarray):
        content = np.ascontiguousarray(part)
        return [content.dtype.str, content.shape, hashlib.sha256(content.tobytes()).hexdigest()]
    if is_dataclass(part) and not isinstance(part, type):
        return asdict(part)
    raise TypeError(f"Invalid part {part!r} of a fit's key. It must be a number, text, record or array.")
