"""Several stance models teach one: what they say of labelled targets, and of other names in the same sentences."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe.attributing.names.finders import DEFAULT, TrainedNameFinder
from crossframe.judging.stance.adapter import AdapterStance, one_hot
from crossframe.judging.targets import StanceItem
from crossframe.learning.model_files import read_model
from crossframe.learning.targets.fitting import Pace
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train.stance_fits import fit_models

LABELLED = 0.5
"""Share of the label, beside the teachers' mean probability, in what a student is told of a labelled target."""
LONGER = 1.5
"""Epochs of a student for one of its teachers: at as many it was still gaining on held-out articles of NewsMTSC."""
SWAPPED = 0.2
"""Share of lessons whose target a student sees under another name each time: chosen on held-out articles of NewsMTSC, where
macro-F1 was .796 with it and .791 without (single fits there lose by it)."""


def student_of(teachers: Sequence[AdapterStance], seed: int) -> AdapterStance:
    """Return a student that has not learned yet: it will from what its teachers say as it is, for longer than they did.

    References
    ----------
    Beyer et al. 2022, Knowledge distillation: a good teacher is patient and consistent.
    """
    pace = teachers[0].pace or Pace()
    longer = replace(pace, smoothing=0.0).over(int(LONGER * pace.epochs))
    return AdapterStance(encoder=teachers[0].encoder, pace=longer, swapped=SWAPPED, seed=seed)


def teach(
    students: Sequence[AdapterStance],
    teachers: Sequence[AdapterStance],
    train: Items,
    others: Sequence[StanceItem],
    dev: Items,
    keep: Path,
) -> list[AdapterStance]:
    """Return the students, fitted to what calibrated teachers say (`tell`) and calibrated.

    Parameters
    ----------
    students : sequence of AdapterStance
        Of different seeds.
    teachers : sequence of AdapterStance
        Fitted on `train` and calibrated.
    train, dev : Items
        The teachers' own.
    others : sequence of StanceItem
        Without labels; `other_names` finds them in the same sentences.
    keep : Path
        As in `fit_models`.

    References
    ----------
    Hinton et al. 2015, Distilling the knowledge in a neural network. Furlanello et al. 2018, Born-again neural networks.
    """
    targets, told = tell(teachers, train, others)
    return fit_models(students, targets, told, teachers[0].classes_, dev, keep)


def tell(
    teachers: Sequence[AdapterStance], train: Items, others: Sequence[StanceItem]
) -> tuple[tuple[StanceItem, ...], np.ndarray]:
    """Return the targets that a student learns of, and what it is told of each: ndarray of shape (n_targets, n_classes).

    Of a labelled target that is the mean of label and teachers, of others the teachers' mean alone. The labels of many
    corpora are of persons only; the other names are places, organisations and parties as well.
    """
    targets = (*train.targets, *others)
    told: np.ndarray = np.mean([teacher.predict_proba(targets) for teacher in teachers], axis=0)
    labels = one_hot(train.labels, teachers[0].classes_)
    told[: len(train)] = LABELLED * labels + (1 - LABELLED) * told[: len(train)]
    return targets, told


def other_names(targets: Sequence[StanceItem], seed: int) -> tuple[StanceItem, ...]:
    """Return one name, drawn, of every text of the targets that has a name which is no target there."""
    known: dict[str, list[StanceItem]] = {}
    for target in targets:
        known.setdefault(target.text, []).append(target)
    marked = TrainedNameFinder(read_model(DEFAULT, "actors")).tag_texts(list(known))
    rng = np.random.default_rng(seed)
    found = []
    for (text, own), names in zip(known.items(), marked, strict=True):
        free = [
            StanceItem(text, name.start, name.end)
            for name in names
            if not any(name.start < one.end and one.start < name.end for one in own)
        ]
        if free:
            found.append(free[rng.integers(len(free))])
    return tuple(found)
