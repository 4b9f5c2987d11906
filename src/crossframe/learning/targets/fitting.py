"""Fit a judge of marked texts: by epochs, the best on held-out texts kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_states import State, fit_key, keep_state, take_up
from crossframe.learning.targets.marks import Lesson, MarkReader, Place

Redraw = Callable[[int, np.random.Generator], Lesson]


@dataclass(frozen=True)
class Pace:
    """How a judge of marked texts learns.

    Parameters
    ----------
    rank : int
        Of the updates to all linear layers; 0 trains the whole encoder.
    epochs : int
        Times that every lesson is seen, at most.
    patience : int
        Epochs without a better one on the held-out texts after which fitting ends.
    rate, head_rate : float
        Of AdamW for the encoder's weights and for the head: warmed up over a tenth of the steps, then falling to nothing.
    dropout : float
        Of the head.
    hidden : float
        Dropout of the encoder: of its states and of what they attend to.
    samples : int
        Masks of the head's dropout a step, whose losses are averaged.
    smoothing : float
        Share of a label that is spread over all classes.
    agree : float
        Weight of the divergence between two passes through encoder and head with different masks; 0 makes one pass.
    average : float
        Decay of the moving average of weights that is kept; 0 keeps the last.
    texts : int
        Texts a step.

    References
    ----------
    Inoue 2019, Multi-sample dropout. Liang et al. 2021, R-Drop. Szegedy et al. 2016 (label smoothing). Polyak and
    Juditsky 1992, Acceleration of stochastic approximation by averaging.
    """

    rank: int = 32
    epochs: int = 3
    patience: int = 2
    rate: float = 5e-4
    head_rate: float = 1e-3
    dropout: float = 0.2
    hidden: float = 0.1
    samples: int = 4
    smoothing: float = 0.05
    agree: float = 0.0
    average: float = 0.995
    texts: int = 32

    def over(self, epochs: int) -> "Pace":
        """Return this pace over so many epochs: fitting ends after a quarter of them, two at least, without a better one."""
        return replace(self, epochs=epochs, patience=max(2, epochs // 4))


def fit_targets(
    encoder: TransformerEncoder,
    lessons: Sequence[Lesson],
    *,
    score: Callable[[np.ndarray], float],
    held: Sequence[Lesson],
    weights: np.ndarray | None = None,
    pace: Pace | None = None,
    seed: int = 0,
    resume: Path | None = None,
    redraw: Redraw | None = None,
) -> tuple[dict[str, np.ndarray], list[dict[str, float]]]:
    """Fit updates of an encoder (or the whole of it) and a head on marked texts.

    Parameters
    ----------
    encoder : TransformerEncoder
        The base.
    lessons : sequence of Lesson
        All with the same classes.
    score : callable
        Takes the logits of `held`, shape (n_held, n_classes), and says how good they are: the best epoch is kept.
    held : sequence of Lesson
        Held-out texts; without any, all epochs are run and the last is kept.
    weights : ndarray of shape (n_classes,), optional
        Weight of each class in the loss.
    pace : Pace, optional
        None takes the defaults.
    seed : int
        Of initial weights, order and dropout.
    resume : Path, optional
        File that keeps the state after every epoch and at the end; where it holds the state of this very fit, fitting goes
        on there.
    redraw : callable, optional
        Gives the lesson that is seen in the place of that number, anew in every epoch.

    Returns
    -------
    dict of str to ndarray, list of dict
        Weights by name for `TargetClassifier`, and loss and held-out score of every epoch.

    Raises
    ------
    InputError
        When there are no lessons.
    """
    import torch

    from crossframe.learning.targets.network import multiplies_short

    if not lessons:
        raise InputError("Invalid lessons. There must be at least one.")
    pace = pace or Pace()
    reader = MarkReader(encoder)
    held_places = reader.read([one.marked for one in held])
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        fit = _Fit(encoder, lessons, weights, pace)
        first = _draw(lessons, redraw, np.random.default_rng([seed, 1]))
        key = fit_key(
            encoder.fingerprint, pace, seed, redraw is not None, multiplies_short(), [*first, *held]
        )
        log, best, state = take_up(resume, key)
        if log:
            fit.go_on(state)
        for epoch in range(len(log) + 1, pace.epochs + 1):
            since = len(log) - 1 - int(np.argmax([one["score"] for one in log])) if log else 0
            if held and since >= pace.patience:
                break
            torch.manual_seed(seed * 1000 + epoch)
            rng = np.random.default_rng([seed, epoch])
            seen = _draw(lessons, redraw, rng)
            loss = fit.run_epoch(reader.read([one.marked for one in seen]), seen, rng, epoch)
            arrays, logits = fit.judge(held_places)
            log.append({"epoch": epoch, "loss": loss, "score": score(logits)})
            if log[-1]["score"] >= max(one["score"] for one in log):
                best = arrays
            if resume is not None:
                keep_state(resume, key, log, best, fit.state())
    return best, log


def _draw(lessons: Sequence[Lesson], redraw: Redraw | None, rng: np.random.Generator) -> Sequence[Lesson]:
    """Return the lessons of an epoch."""
    return lessons if redraw is None else [redraw(number, rng) for number in range(len(lessons))]


class _Fit:
    """Network, optimizer and moving average of one fit."""

    def __init__(
        self, encoder: TransformerEncoder, lessons: Sequence[Lesson], weights: Any, pace: Pace
    ) -> None:
        import torch

        from crossframe.learning.targets.network import Net

        body = encoder.load_body() if encoder.fast else encoder.load_model()[0].auto_model
        self.net = Net(body, len(lessons[0].told), pace.rank, pace.dropout, pace.hidden)
        self.pace = pace
        self.weights = None if weights is None else torch.from_numpy(weights.astype(np.float32))
        groups = [
            {"params": list(self.net.trained().values()), "lr": pace.rate},
            {"params": list(self.net.head.parameters()), "lr": pace.head_rate},
        ]
        self.params = [*self.net.trained().values(), *self.net.head.parameters()]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.n_steps = pace.epochs * -(-len(lessons) // pace.texts)
        self.plan = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._speed)
        self.means = [one.detach().clone() for one in self.params]
        self.n_done = 0

    def _speed(self, step: int) -> float:
        return min(1.0, 10 * (step + 1) / self.n_steps) * max(0.0, 1 - step / self.n_steps)

    def run_epoch(
        self, places: Sequence[Place], lessons: Sequence[Lesson], rng: np.random.Generator, epoch: int
    ) -> float:
        """See every lesson once and return the mean loss."""
        import torch

        self.net.train()
        total = 0.0
        steps = _steps([len(place.ids) for place in places], self.pace.texts, rng)
        for chosen in track(steps, f"Fitting, epoch {epoch} of {self.pace.epochs}", total=len(steps)):
            told = torch.tensor([lessons[i].told for i in chosen])
            loss = self._loss([places[i] for i in chosen], told)
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.params, 1.0)
            self.optimizer.step()
            self.plan.step()
            self._average()
            total += float(loss.detach()) * len(chosen)
        return total / len(places)

    def _average(self) -> None:
        import torch

        self.n_done += 1
        keep = min(self.pace.average, self.n_done / (self.n_done + 10))
        with torch.no_grad():
            for mean, param in zip(self.means, self.params, strict=True):
                mean.mul_(keep).add_(param, alpha=1 - keep)

    def _loss(self, places: Sequence[Place], told: Any) -> Any:
        import torch
        from torch.nn.functional import kl_div

        told = told * (1 - self.pace.smoothing) + self.pace.smoothing / told.shape[1]
        if self.weights is not None:
            told = told * self.weights
        passes = []
        for _ in range(2 if self.pace.agree else 1):
            seen = self.net.gather(places)
            passes.append([self.net.head(seen).log_softmax(1) for _ in range(self.pace.samples)])
        said = [one for each in passes for one in each]
        loss = -sum((told * one).sum(1) for one in said) / len(said) / told.sum(1).mean()
        if self.pace.agree:
            apart = sum(
                kl_div(one, other, reduction="none", log_target=True).sum(1)
                + kl_div(other, one, reduction="none", log_target=True).sum(1)
                for one, other in zip(*passes, strict=True)
            )
            loss = loss + self.pace.agree * apart / (2 * self.pace.samples)
        return torch.mean(loss)

    def state(self) -> State:
        """Return all that fitting needs to go on."""
        arrays: dict[str, np.ndarray] = {}
        for number, (param, mean) in enumerate(zip(self.params, self.means, strict=True)):
            arrays |= {f"param.{number}": param.detach().numpy(), f"mean.{number}": mean.numpy()}
            if state := self.optimizer.state.get(param):  # a weight that nothing reads (a pooler's) has none
                arrays |= {
                    f"first.{number}": state["exp_avg"].numpy(),
                    f"second.{number}": state["exp_avg_sq"].numpy(),
                }
        return State(arrays, self.n_done)

    def go_on(self, state: State) -> None:
        """Take the place that `state` says."""
        import torch

        arrays, steps = state
        with torch.no_grad():
            for number, (param, mean) in enumerate(zip(self.params, self.means, strict=True)):
                param.copy_(torch.from_numpy(arrays[f"param.{number}"]))
                mean.copy_(torch.from_numpy(arrays[f"mean.{number}"]))
                if f"first.{number}" in arrays:
                    self.optimizer.state[param] = {
                        "step": torch.tensor(float(steps)),
                        "exp_avg": torch.from_numpy(arrays[f"first.{number}"]),
                        "exp_avg_sq": torch.from_numpy(arrays[f"second.{number}"]),
                    }
        self.n_done = steps
        self.plan = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: self._speed(step + steps))

    def judge(self, places: Sequence[Place]) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Return the averaged weights and their logits of `places`."""
        import torch

        own = [param.detach().clone() for param in self.params]
        self.net.eval()
        with torch.no_grad():
            for param, mean in zip(self.params, self.means, strict=True):
                param.copy_(mean)
            order = sorted(range(len(places)), key=lambda i: len(places[i].ids))
            logits = np.zeros((len(places), self.net.head.judge.out_features))
            for first in range(0, len(order), 64):
                chosen = order[first : first + 64]
                logits[chosen] = self.net.head(self.net.gather([places[i] for i in chosen])).numpy()
            arrays = self.net.arrays()
            for param, one in zip(self.params, own, strict=True):
                param.copy_(one)
        return arrays, logits


def _steps(size: Sequence[int], texts: int, rng: np.random.Generator) -> list[list[int]]:
    """Return the texts of every step in a new order: texts of like length together, so that little is padded."""
    order = rng.permutation(len(size))
    by_length = [
        i
        for pool in np.array_split(order, max(1, len(order) // (texts * 32)))
        for i in sorted(pool.tolist(), key=lambda i: size[i])
    ]
    steps = [by_length[i : i + texts] for i in range(0, len(by_length), texts)]
    return [steps[i] for i in rng.permutation(len(steps))]
