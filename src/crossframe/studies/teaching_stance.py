"""Several stance models teach one: what they say of labelled targets, and of other names in the same sentences."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe.attributing.finders import DEFAULT, TaggingFinder
from crossframe.judging.stance_adapter import AdapterStance, one_hot
from crossframe.judging.stance_features import Target
from crossframe.learning.model_files import read_model
from crossframe.learning.targeting_fitting import Pace
from crossframe.studies.stance_items import Items

LABELLED = 0.5
"""Share of the label, beside the teachers' mean probability, in what a student is told of a labelled target."""
LONGER = 1.5
"""Epochs of a student for one of its teachers: at as many it was still gaining on held-out articles of NewsMTSC."""
SWAPPED = 0.2
"""Share of lessons whose target a student sees under another name each time."""


def student_pace(pace: Pace) -> Pace:
    """Return how a student learns from teachers of that pace: from what they say as it is, and for longer.

    References
    ----------
    Beyer et al. 2022, Knowledge distillation: a good teacher is patient and consistent.
    """
    return replace(pace, smoothing=0.0).over(int(LONGER * pace.epochs))


def teach(
    student: AdapterStance,
    teachers: Sequence[AdapterStance],
    train: Items,
    others: Sequence[Target],
    dev: Items,
    resume: Path,
) -> AdapterStance:
    """Return `student`, fitted to what calibrated teachers say.

    Of a labelled target it is told the mean of label and teachers, of others the teachers' mean alone. The labels of many
    corpora are of persons only; the other names are places, organisations and parties as well.

    Parameters
    ----------
    student : AdapterStance
    teachers : sequence of AdapterStance
        Fitted on `train` and calibrated.
    train, dev : Items
        The teachers' own.
    others : sequence of Target
        Without labels; `other_names` finds them in the same sentences.
    resume : Path
        As in `AdapterStance.fit`.

    References
    ----------
    Hinton et al. 2015, Distilling the knowledge in a neural network. Furlanello et al. 2018, Born-again neural networks.
    """
    classes = teachers[0].classes_
    targets = (*train.targets, *others)
    told = np.mean([teacher.predict_proba(targets) for teacher in teachers], axis=0)
    told[: len(train)] = LABELLED * one_hot(train.labels, classes) + (1 - LABELLED) * told[: len(train)]
    return student.learn(targets, told, classes, held=(dev.targets, dev.labels), resume=resume)


def other_names(targets: Sequence[Target], seed: int) -> tuple[Target, ...]:
    """Return one name, drawn, of every text of the targets that has a name which is no target there."""
    known: dict[str, list[Target]] = {}
    for target in targets:
        known.setdefault(target.text, []).append(target)
    marked = TaggingFinder(read_model(DEFAULT, "actors")).mark(list(known))
    rng = np.random.default_rng(seed)
    found = []
    for (text, own), names in zip(known.items(), marked, strict=True):
        free = [
            Target(text, name.start, name.end)
            for name in names
            if not any(name.start < one.end and one.start < name.end for one in own)
        ]
        if free:
            found.append(free[rng.integers(len(free))])
    return tuple(found)
