"""Fit stance models side by side, one per seed, and distil several into one that is as fast as each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crossframe._validation import check_choice
from crossframe.attributing.names.finders import DEFAULT, TrainedNameFinder
from crossframe.errors import InputError
from crossframe.judging.stance.adapter import ADAPTER, BASES, SPEAKERS, AdapterStance, HeldOutItems, one_hot
from crossframe.judging.stance.linear import LINEAR
from crossframe.judging.stance.stance_model import BOTH
from crossframe.judging.targets import StanceItem
from crossframe.learning.encoders.onnx import count_threads
from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.model_files import read_model
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.records import CONSTRUCTS
from crossframe.studies.evaluate.stance_items import Items

METHODS = (ADAPTER, "full", LINEAR)
MIN_LARGE = 1000
"""Rows below which a model learns for more epochs."""
MIN_BASE_DIMS = 512
"""Dimensions of token states from which an encoder learns as one of base size."""
BASE_CONFIG = replace(
    TARGET_CONFIG, rank=16, learning_rate=3e-4, batch_size=16, ema_decay=0.99, epochs=2, patience=2
)
"""How an encoder of base size learns: more steps at a lower rate, fewer epochs of which each takes a quarter of an hour or more."""
LABEL_WEIGHT = 0.5
"""Weight of the label, beside the teachers' mean probability, in the soft label of a labelled target."""
EPOCH_FACTOR = 1.5
"""Epochs of a student per epoch of its teachers: at as many it was still gaining on held-out articles of NewsMTSC."""
SWAPPED = 0.2
"""Share of a student's examples whose target gets another name each time: chosen on held-out articles of NewsMTSC, where
macro-F1 was .796 with it and .791 without (single fits there lose by it)."""


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

    Raises
    ------
    UnknownNameError, InputError
        When there is no such method, or it cannot take so many seeds.
    """

    encoder: str | None = None
    method: str = ADAPTER
    seed: int = 0
    seeds: int = 1
    construct: str | None = None

    def __post_init__(self) -> None:
        check_choice(self.method, "method", METHODS)
        if self.construct is not None:
            check_choice(self.construct, "construct", (*CONSTRUCTS, BOTH))
        if self.construct == BOTH and (self.method == LINEAR or self.seeds > 1):
            raise InputError(
                f"Invalid method {self.method!r} with {self.seeds} seeds for both constructs. One network learns both: method "
                "adapter or full, one seed."
            )
        if self.seeds < 1 or (self.seeds > 1 and self.method == LINEAR):
            raise InputError(
                f"Invalid number of seeds {self.seeds!r}. It must be 1 or more, and 1 for a linear model."
            )


def fit_singles(train: Items, dev: Items, options: StanceOptions, state: Path) -> list[AdapterStance]:
    """Return one model per seed, fitted to the labels of `train` and calibrated on `dev` (`fit_models`)."""
    seeds = range(options.seed, options.seed + options.seeds)
    models = [AdapterStance(encoder=options.encoder, seed=seed) for seed in seeds]
    config = _config(options.method, len(train), models[0].n_dims)
    for model in models:
        model.config = config
    classes = tuple(sorted(set(train.labels)))
    soft_labels, manners = one_hot(train.labels, classes), describe_manners(train)
    return fit_models(models, train.targets, soft_labels, classes, dev, state, manners=manners)


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
        As in `AdapterStance.learn`.
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


# --- distillation ---------------------------------------------------------------------------------------


def student_of(teachers: Sequence[AdapterStance], seed: int) -> AdapterStance:
    """Return an unfitted student: without label smoothing, and for more epochs than its teachers.

    References
    ----------
    Beyer et al. 2022, Knowledge distillation: a good teacher is patient and consistent.
    """
    config = teachers[0].config
    longer = replace(config, label_smoothing=0.0).for_epochs(int(EPOCH_FACTOR * config.epochs))
    first = teachers[0]
    return AdapterStance(encoder=first.encoder, config=longer, swapped=SWAPPED, seed=seed)


def distil(
    students: Sequence[AdapterStance],
    teachers: Sequence[AdapterStance],
    train: Items,
    others: Sequence[StanceItem],
    dev: Items,
    state: Path,
) -> list[AdapterStance]:
    """Return the students, fitted to the probabilities of calibrated teachers (`soften_labels`) and calibrated.

    Parameters
    ----------
    students : sequence of AdapterStance
        Of different seeds.
    teachers : sequence of AdapterStance
        Fitted on `train` and calibrated.
    train, dev : Items
        Those of the teachers.
    others : sequence of StanceItem
        Targets without labels; `draw_other_names` finds them in the same sentences.
    state : Path
        As in `fit_models`.

    References
    ----------
    Hinton et al. 2015, Distilling the knowledge in a neural network. Furlanello et al. 2018, Born-again neural networks.
    """
    targets, soft_labels = soften_labels(teachers, train, others)
    return fit_models(students, targets, soft_labels, teachers[0].classes_, dev, state)


def soften_labels(
    teachers: Sequence[AdapterStance], train: Items, others: Sequence[StanceItem]
) -> tuple[tuple[StanceItem, ...], np.ndarray]:
    """Return the targets of a student and their soft labels: ndarray of shape (n_targets, n_classes).

    Of a labelled target that is the mean of label and teacher probabilities, of others the mean of the teachers alone.
    The labels of many corpora are of persons only; the other names are places, organisations and parties as well.
    """
    targets = (*train.targets, *others)
    soft: np.ndarray = np.mean([teacher.predict_proba(targets) for teacher in teachers], axis=0)
    labels = one_hot(train.labels, teachers[0].classes_)
    soft[: len(train)] = LABEL_WEIGHT * labels + (1 - LABEL_WEIGHT) * soft[: len(train)]
    return targets, soft


def draw_other_names(targets: Sequence[StanceItem], seed: int) -> tuple[StanceItem, ...]:
    """Return one name, drawn, of every text of the targets that has a name which is not a target there."""
    targets_of: dict[str, list[StanceItem]] = {}
    for target in targets:
        targets_of.setdefault(target.text, []).append(target)
    names_of = TrainedNameFinder(read_model(DEFAULT, "actors")).tag_texts(list(targets_of))
    rng = np.random.default_rng(seed)
    drawn = []
    for (text, own), names in zip(targets_of.items(), names_of, strict=True):
        free = [
            StanceItem(text, name.start, name.end)
            for name in names
            if not any(name.start < target.end and target.start < name.end for target in own)
        ]
        if free:
            drawn.append(free[rng.integers(len(free))])
    return tuple(drawn)
