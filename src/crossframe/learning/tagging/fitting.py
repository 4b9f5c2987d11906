"""Fit a tagger on texts whose spans are known: low-rank updates of an encoder, and the head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.words import TokenReader, WordText


@dataclass(frozen=True)
class Lesson:
    """What a tagger learns from: a text and the states its teacher allows each word (`Scheme.allow`)."""

    words: WordText
    allowed: np.ndarray


@dataclass(frozen=True)
class Pace:
    """How a tagger learns.

    Parameters
    ----------
    rank : int
        Of the updates.
    epochs : int
        Times that every lesson is seen.
    rate, head_rate : float
        Of AdamW for the updates and for the head: warmed up over a tenth of the steps, then falling to nothing.
    dropout : float
        Of the head.
    texts : int
        Texts a step.
    max_length : int
        Tokens of a text read at once while learning.
    """

    rank: int = 16
    epochs: int = 6
    rate: float = 1e-3
    head_rate: float = 2e-3
    dropout: float = 0.2
    texts: int = 16
    max_length: int = 256


def fit_tagger(
    encoder: TransformerEncoder,
    lessons: Sequence[Lesson],
    labels: tuple[str, ...],
    *,
    pace: Pace | None = None,
    seed: int = 0,
    after_epoch: Callable[[int, dict[str, np.ndarray]], None] | None = None,
) -> dict[str, np.ndarray]:
    """Fit low-rank updates of all the encoder's layers and a head on texts whose spans are known.

    Parameters
    ----------
    encoder : TransformerEncoder
        Of BERT's build.
    lessons : sequence of Lesson
        Texts without words teach nothing and are passed over.
    labels : tuple of str
        Labels of spans.
    pace : Pace, optional
        None takes the defaults.
    seed : int
        Of initial weights and order.
    after_epoch : callable, optional
        Told the epoch (from 1) and the weights so far.

    Returns
    -------
    dict of str to ndarray
        Weights by name, for `Tagger`.

    Raises
    ------
    InputError
        When no lesson has words, or lessons differ in their number of features.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models.
    """
    import torch

    from crossframe.learning.tagging.network import Net

    pace = pace or Pace()
    lessons = [lesson for lesson in lessons if len(lesson.words.start)]
    n_features = {lesson.words.features.shape[1] for lesson in lessons}
    if len(n_features) != 1:
        raise InputError(
            f"Invalid lessons with {sorted(n_features)!r} features a word. There must be at least one lesson with "
            "words, and all must have the same features."
        )
    pieces = TokenReader(encoder, pace.max_length).read([lesson.words for lesson in lessons])
    size = [sum(len(piece.ids) for piece in cut) for cut in pieces]
    rng = np.random.default_rng(seed)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        net = Net(encoder.load_body(), Scheme(labels), n_features.pop(), pace.rank, pace.dropout)
        updates, head = list(net.updates.values()), list(net.head.parameters())
        optimizer = torch.optim.AdamW(
            [{"params": updates, "lr": pace.rate}, {"params": head, "lr": pace.head_rate}], weight_decay=0.01
        )
        n_steps = pace.epochs * len(_steps(size, pace.texts, np.random.default_rng(0)))
        plan = torch.optim.lr_scheduler.LambdaLR(optimizer, _warm_then_linear(n_steps))
        for epoch in range(1, pace.epochs + 1):
            net.train()
            steps = _steps(size, pace.texts, rng)
            for chosen in track(
                steps, f"Fitting the tagger, epoch {epoch} of {pace.epochs}", total=len(steps)
            ):
                scores, length = net.score(
                    [pieces[i] for i in chosen], [lessons[i].words.features for i in chosen]
                )
                loss = net.loss(scores, length, _allowed([lessons[i] for i in chosen], scores.shape[1]))
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*updates, *head], 1.0)
                optimizer.step()
                plan.step()
            if after_epoch is not None:
                after_epoch(epoch, net.arrays())
    return net.arrays()


def _allowed(lessons: Sequence[Lesson], n_words: int) -> Any:
    """Return a bool Tensor of shape (n_texts, n_words, n_states); past the end words are outside."""
    import torch

    made = torch.zeros((len(lessons), n_words, lessons[0].allowed.shape[1]), dtype=torch.bool)
    for row, lesson in enumerate(lessons):
        made[row, : len(lesson.allowed)] = torch.from_numpy(lesson.allowed)
    made[:, :, 0] |= ~made.any(2)
    return made


def _steps(size: Sequence[int], texts: int, rng: np.random.Generator) -> list[list[int]]:
    """Return the texts of every step in a new order: texts of like length together, so that little is padded."""
    order = rng.permutation(len(size))
    steps = []
    for pool in np.array_split(order, max(1, len(order) // (texts * 32))):
        by_length = sorted(pool.tolist(), key=lambda i: size[i])
        steps += [by_length[i : i + texts] for i in range(0, len(by_length), texts)]
    return [steps[i] for i in rng.permutation(len(steps))]


def _warm_then_linear(n_steps: int) -> Callable[[int], float]:
    return lambda step: min(1.0, 10 * (step + 1) / n_steps) * max(0.0, 1 - step / n_steps)
