"""Fit a tagger on texts whose spans are known: low-rank updates of an encoder, and the head."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe.errors import InputError
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Checkpoint, Fit, TrainingConfig, batch_by_length, fit_key
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.words import Piece, PieceCutter, WordText

if TYPE_CHECKING:
    from crossframe.learning.tagging.network import Net

TAGGING_CONFIG = TrainingConfig(
    rank=16, epochs=6, learning_rate=1e-3, head_learning_rate=2e-3, dropout=0.2, batch_size=16, max_length=256
)


@dataclass(frozen=True)
class Example:
    """A text, and the states that its annotation allows each word (`Scheme.allow`)."""

    words: WordText
    allowed: np.ndarray


def fit_tagger(
    encoder: TransformerEncoder,
    examples: Sequence[Example],
    labels: tuple[str, ...],
    *,
    config: TrainingConfig = TAGGING_CONFIG,
    seed: int = 0,
    resume: Path | None = None,
) -> dict[str, np.ndarray]:
    """Fit low-rank updates of all the encoder's layers and a head on texts whose spans are known.

    Parameters
    ----------
    encoder : TransformerEncoder
        Of BERT's build.
    examples : sequence of Example
        Texts without words are passed over.
    labels : tuple of str
        Labels of spans.
    config : TrainingConfig
        Hyperparameters.
    seed : int
        Of initial weights and order.
    resume : Path, optional
        File that keeps the state after every epoch; the same fit resumes there (`Checkpoint`).

    Returns
    -------
    dict of str to ndarray
        Weights by name, for `Tagger`.

    Raises
    ------
    InputError
        When no example has words, or examples differ in their number of features.
    """
    import torch

    examples = [example for example in examples if len(example.words.start)]
    n_features = _count_features(examples)
    pieces = PieceCutter(encoder, config.max_length).cut([example.words for example in examples])
    lengths = [sum(len(piece.ids) for piece in cut) for cut in pieces]
    rng = np.random.default_rng(seed)
    checkpoint = Checkpoint(resume, fit_key(encoder.fingerprint, config, seed, labels, *examples))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        net, fit = _prepare(encoder, config, Scheme(labels), n_features, lengths)

        def loss_of(batch: Sequence[int]) -> Any:
            return _loss(net, [pieces[i] for i in batch], [examples[i] for i in batch])

        checkpoint.restore(fit, rng)
        for epoch in range(len(checkpoint.log) + 1, config.epochs + 1):
            what = f"Fitting the tagger, epoch {epoch} of {config.epochs}"
            batches = batch_by_length(lengths, config.batch_size, rng, across_pools=False)
            loss = fit.run_epoch(batches, loss_of, what)
            checkpoint.save(fit, {"epoch": epoch, "loss": loss}, rng)
    return net.arrays()


def _count_features(examples: Sequence[Example]) -> int:
    n_features = {example.words.features.shape[1] for example in examples}
    if len(n_features) != 1:
        raise InputError(
            f"Invalid examples with {sorted(n_features)!r} features per word. There must be at least one example with "
            "words, and all must have the same features."
        )
    return n_features.pop()


def _prepare(
    encoder: TransformerEncoder, config: TrainingConfig, scheme: Scheme, n_features: int, lengths: list[int]
) -> tuple["Net", Fit]:
    """Return the network and the fit of its weights."""
    from crossframe.learning.tagging.network import Net

    net = Net(encoder.load_body(), scheme, n_features, config.rank, config.dropout).train()
    n_batches = len(batch_by_length(lengths, config.batch_size, np.random.default_rng(0), across_pools=False))
    n_steps = config.epochs * n_batches
    return net, Fit(net, list(net.updates.values()), list(net.head.parameters()), config, n_steps)


def _loss(net: "Net", pieces: Sequence[Sequence[Piece]], examples: Sequence[Example]) -> Any:
    scores, length = net.score(pieces, [example.words.features for example in examples])
    return net.loss(scores, length, _allowed(examples, scores.shape[1]))


def _allowed(examples: Sequence[Example], n_words: int) -> Any:
    """Return a bool Tensor of shape (n_texts, n_words, n_states); past the end words are outside."""
    import torch

    allowed = torch.zeros((len(examples), n_words, examples[0].allowed.shape[1]), dtype=torch.bool)
    for row, example in enumerate(examples):
        allowed[row, : len(example.allowed)] = torch.from_numpy(example.allowed)
    allowed[:, :, 0] |= ~allowed.any(2)
    return allowed
