"""Fit stance adapters side by side, one a seed: at what pace, what each is told, and where its state is kept."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crossframe.judging.stance.adapter import AdapterStance, one_hot
from crossframe.judging.targets import StanceItem
from crossframe.learning.encoders.onnx import count_threads
from crossframe.learning.targets.fitting import Pace
from crossframe.studies.evaluate.stance_items import Items

SMALL = 1000
"""Rows below which a model learns for more epochs."""


def pace_of(method: str, n_rows: int) -> Pace:
    """Return how a model learns from `n_rows` rows.

    Small tables are seen more often, by an adapter without dropout in the encoder; a whole encoder learns slower. With
    that dropout the mean macro-F1 of five seeds on held-out articles of NewsMTSC was .0055 higher.
    """
    small = n_rows < SMALL
    epochs = 12 if small else 4
    if method == "full":
        return Pace(rank=0, rate=3e-5).over(epochs)
    return Pace(hidden=0.0 if small else Pace.hidden).over(epochs)


def fit_singles(
    train: Items, dev: Items, encoder: str | None, seeds: Sequence[int], method: str, keep: Path
) -> list[AdapterStance]:
    """Return one model a seed, fitted to the labels of `train` (`fit_models`)."""
    pace = pace_of(method, len(train))
    models = [AdapterStance(encoder=encoder, pace=pace, seed=number) for number in seeds]
    classes = tuple(sorted(set(train.labels)))
    return fit_models(models, train.targets, one_hot(train.labels, classes), classes, dev, keep)


def fit_models(
    models: Sequence[AdapterStance],
    targets: Sequence[StanceItem],
    told: np.ndarray,
    classes: Sequence[str],
    dev: Items,
    keep: Path,
) -> list[AdapterStance]:
    """Return the models, fitted to what they are told of targets and calibrated on `dev`.

    Parameters
    ----------
    models : sequence of AdapterStance
        Of different seeds.
    targets, told, classes
        As in `AdapterStance.learn`.
    dev : Items
        To choose, stop and calibrate by.
    keep : Path
        Folder of a state for each seed; those that lie there are taken up.
    """
    from joblib import Parallel, delayed

    fits = Parallel(n_jobs=min(len(models), count_threads()))(
        delayed(_fit_one)(model, targets, told, classes, dev, keep / f"seed-{model.seed}") for model in models
    )
    return [
        model.take(*fit).calibrate(dev.targets, dev.labels) for model, fit in zip(models, fits, strict=True)
    ]


def _fit_one(
    model: AdapterStance,
    targets: Sequence[StanceItem],
    told: np.ndarray,
    classes: Sequence[str],
    dev: Items,
    resume: Path,
) -> tuple[tuple[str, ...], dict[str, np.ndarray], list[dict[str, float]]]:
    """Return classes, weights and epochs of one fit, in whatever process it runs."""
    model.learn(targets, told, classes, held=(dev.targets, dev.labels), resume=resume)
    return model.classes_, model.arrays_, model.epochs_
