"""Fit stance models side by side, one per seed, to labels or to soft labels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.judging.stance.adapter import ADAPTER, AdapterStance
from crossframe.judging.stance.linear import LINEAR
from crossframe.judging.stance.questions import HeldOutItems, one_hot
from crossframe.judging.stance.stance_model import BOTH
from crossframe.judging.targets import StanceItem
from crossframe.learning.encoders.onnx import count_threads
from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.records import BASES, CONSTRUCTS, SPEAKERS
from crossframe.studies.evaluate.stance_items import Items

METHODS = (ADAPTER, "full", LINEAR)
MIN_LARGE = 1000
"""Rows below which a model learns for more epochs."""
MIN_BASE_DIMS = 512
"""Dimensions of token states from which an encoder learns as one of base size."""
BASE_CONFIG = replace(
    TARGET_CONFIG, rank=16, learning_rate=3e-4, batch_size=16, ema_decay=0.99, epochs=3, patience=2
)
"""How an encoder of base size learns: more steps at a lower rate, fewer epochs of which each takes a quarter of an hour or more."""


@dataclass(frozen=True)
class StanceOptions:
    """How a stance model is fitted.

    Parameters
    ----------
    encoder : str or None
        A transformer's name or folder; None takes the default.
    method : {"adapter", "full", "linear"}
        Low-rank updates of the encoder, the whole of it, or a linear model on its frozen features.
    seed : int
        Of the choice of held-out articles and of the first fit.
    seeds : int
        Number of fits, of `seed` and the numbers after it.
    construct : {"portrayal", "stance", "both"} or None
        What is learned; None: stance where the table names holders, else portrayal.
    teacher : str or None
        Name or folder of a trained model whose probabilities are learned beside the labels; each seed is a student then, and
        the first is the one that is written.
    unlabelled : sequence of str
        Corpora on whose mentions the teacher alone is learned from.

    Raises
    ------
    UnknownNameError, InputError
        When there is no such method, or it cannot take so many seeds or a teacher.
    """

    encoder: str | None = None
    method: str = ADAPTER
    seed: int = 0
    seeds: int = 1
    construct: str | None = None
    teacher: str | None = None
    unlabelled: Sequence[str] = ()

    def __post_init__(self) -> None:
        check_choice(self.method, "method", METHODS)
        if self.construct is not None:
            check_choice(self.construct, "construct", (*CONSTRUCTS, BOTH))
        if self.construct == BOTH and (self.method == LINEAR or (self.seeds > 1 and self.teacher is None)):
            raise InputError(
                f"Invalid method {self.method!r} with {self.seeds} seeds for both constructs. One network learns both: method "
                "adapter or full, one seed, or several with a teacher."
            )
        if self.teacher is not None and self.method == LINEAR:
            raise InputError(
                "Invalid method 'linear' with a teacher. A student is fitted by method adapter or full."
            )
        if self.unlabelled and self.teacher is None:
            raise InputError(
                f"Invalid corpora without labels {', '.join(self.unlabelled)}. They need a teacher, whose answers are learned."
            )
        if self.seeds < 1 or (self.seeds > 1 and self.method == LINEAR):
            raise InputError(
                f"Invalid number of seeds {self.seeds!r}. It must be 1 or more, and 1 for a linear model."
            )


def fit_singles(train: Items, dev: Items, options: StanceOptions, state: Path) -> list[AdapterStance]:
    """Return one model per seed, fitted to the labels of `train` and calibrated on `dev` (`fit_models`)."""
    models = make_models(options, len(train))
    classes = tuple(sorted(set(train.labels)))
    soft_labels, manners = one_hot(train.labels, classes), describe_manners(train)
    return fit_models(models, train.targets, soft_labels, classes, dev, state, manners=manners)


def make_models(options: StanceOptions, n_rows: int) -> list[AdapterStance]:
    """Return one unfitted model per seed, to learn from `n_rows` rows."""
    seeds = range(options.seed, options.seed + options.seeds)
    models = [AdapterStance(encoder=options.encoder, seed=seed) for seed in seeds]
    for model in models:
        model.config = _config(options.method, n_rows, models[0].n_dims)
    return models


def describe_manners(items: Items) -> np.ndarray | None:
    """Return speaker and basis as `AdapterStance.fit` takes them: ndarray of shape (n_items, 6); None where none is known."""
    columns = [
        np.array([[manner[number] == value for value in values] for manner in items.manners], dtype=float)
        for number, values in enumerate((SPEAKERS, BASES))
    ]
    manners = np.concatenate(columns, axis=1)
    return manners if manners.any() else None


def _config(method: str, n_rows: int, n_dims: int) -> TrainingConfig:
    """Return how a model learns from `n_rows` rows by an encoder of `n_dims` dimensions.

    Small tables are seen more often, by an adapter without dropout in the encoder; a whole encoder learns slower. With
    that dropout the mean macro-F1 of five seeds on held-out articles of NewsMTSC was .0055 higher.
    """
    if n_dims >= MIN_BASE_DIMS and method != "full" and n_rows >= MIN_LARGE:
        return BASE_CONFIG
    small = n_rows < MIN_LARGE
    epochs = 12 if small else 4
    if method == "full":
        return replace(TARGET_CONFIG, rank=0, learning_rate=3e-5).for_epochs(epochs)
    return replace(TARGET_CONFIG, encoder_dropout=0.0 if small else TARGET_CONFIG.encoder_dropout).for_epochs(
        epochs
    )


def fit_models(
    models: Sequence[AdapterStance],
    targets: Sequence[StanceItem],
    soft_labels: np.ndarray,
    classes: Sequence[str],
    dev: Items,
    state: Path,
    *,
    manners: np.ndarray | None = None,
) -> list[AdapterStance]:
    """Return the models, fitted to probabilities of targets and calibrated on `dev`.

    Parameters
    ----------
    models : sequence of AdapterStance
        Of different seeds.
    targets, soft_labels, classes
        As in `AdapterStance.fit_soft`.
    dev : Items
        To choose, stop and calibrate by.
    state : Path
        Folder with the state of each seed's fit; fits whose state is stored there are resumed.
    manners
        As in `AdapterStance.fit`.
    """
    from joblib import Parallel, delayed

    fits = Parallel(n_jobs=min(len(models), count_threads()))(
        delayed(_fit_one)(model, targets, soft_labels, classes, dev, state / f"seed-{model.seed}", manners)
        for model in models
    )
    return [
        model.set_weights(*fit).calibrate(dev.targets, dev.labels)
        for model, fit in zip(models, fits, strict=True)
    ]


def _fit_one(
    model: AdapterStance,
    targets: Sequence[StanceItem],
    soft_labels: np.ndarray,
    classes: Sequence[str],
    dev: Items,
    state: Path,
    manners: np.ndarray | None,
) -> tuple[tuple[str, ...], dict[str, np.ndarray], list[dict[str, float]]]:
    """Return classes, weights and epochs of one fit, in whatever process it runs."""
    held_out = HeldOutItems(dev.targets, dev.labels, dev.sources)
    model.fit_soft(targets, soft_labels, classes, manners=manners, held_out=held_out, resume=state)
    return model.classes_, model.arrays_, model.epochs_
