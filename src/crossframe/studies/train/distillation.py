"""Distil stance models: several fits into one that is as fast as each, or a larger model into students on another encoder."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.attributing.names.finders import DEFAULT, TrainedNameFinder
from crossframe.errors import InputError
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.questions import one_hot
from crossframe.judging.targets import StanceItem
from crossframe.learning.fit_loop import fit_key
from crossframe.learning.model_files import read_model
from crossframe.records import BASES, SPEAKERS
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train.stance_fits import StanceOptions, describe_manners, fit_models, make_models

LABEL_WEIGHT = 0.5
"""Weight of the label, beside the teachers' mean probability, in the soft label of a labelled target."""
EPOCH_FACTOR = 1.5
"""Epochs of a student per epoch of its teachers: at as many it was still gaining on held-out articles of NewsMTSC."""
SWAPPED = 0.2
"""Share of a student's examples whose target gets another name each time: chosen on held-out articles of NewsMTSC, where
macro-F1 was .796 with it and .791 without (single fits there lose by it)."""
PART = 4096
"""Questions that teachers are asked at once; their answers are stored before the next."""


def student_of(teachers: Sequence[AdapterStance], seed: int) -> AdapterStance:
    """Return an unfitted student: without label smoothing, and for more epochs than its teachers.

    References
    ----------
    Beyer et al. 2022, Knowledge distillation: a good teacher is patient and consistent.
    """
    first = teachers[0]
    config = replace(first.config, label_smoothing=0.0).for_epochs(int(EPOCH_FACTOR * first.config.epochs))
    return AdapterStance(encoder=first.encoder, config=config, swapped=SWAPPED, seed=seed)


def make_students(options: StanceOptions, n_rows: int) -> list[AdapterStance]:
    """Return one unfitted student per seed, to learn from `n_rows` rows on an encoder of its own, without label smoothing."""
    students = make_models(options, n_rows)
    for student in students:
        student.config = replace(student.config, label_smoothing=0.0)
        student.swapped = SWAPPED
    return students


def load_teacher(name: str, construct: str, classes: Sequence[str]) -> AdapterStance:
    """Return the trained model of that name or folder.

    Raises
    ------
    InputError
        When it is no trained network, or answers other questions or by other classes than its students are to learn.
    """
    model = load_stance_model(name)
    if not isinstance(model, AdapterStance):
        raise InputError(
            f"Invalid teacher {name!r}. It must be a stance model that was trained by method adapter or full."
        )
    if (model.construct, model.classes_) != (construct, tuple(classes)):
        raise InputError(
            f"Invalid teacher {name!r} of {model.construct} ({', '.join(model.classes_)}). A student of {construct} "
            f"({', '.join(classes)}) needs a teacher of the same."
        )
    return model


def distil(
    students: Sequence[AdapterStance],
    teachers: Sequence[AdapterStance],
    train: Items,
    others: Sequence[StanceItem],
    dev: Items,
    state: Path,
) -> list[AdapterStance]:
    """Return the students, fitted to what calibrated teachers answer (`soften_labels`) and calibrated.

    Parameters
    ----------
    students : sequence of AdapterStance
        Of different seeds.
    teachers : sequence of AdapterStance
        Fitted and calibrated.
    train, dev : Items
        With labels.
    others : sequence of StanceItem
        Without labels: names in the same sentences (`draw_other_names`), or questions about mentions in other texts.
    state : Path
        As in `fit_models`; the teachers' answers are kept there, too.

    References
    ----------
    Hinton et al. 2015, Distilling the knowledge in a neural network. Furlanello et al. 2018, Born-again neural networks.
    """
    targets = (*train.targets, *others)
    soft_labels, manners = soften_labels(teachers, train, others, state)
    return fit_models(students, targets, soft_labels, teachers[0].classes_, dev, state, manners=manners)


def soften_labels(
    teachers: Sequence[AdapterStance], train: Items, others: Sequence[StanceItem], state: Path
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return what students learn of the labelled targets and then of the others.

    Of a labelled target that is the mean of label and teacher probabilities, of others the mean of the teachers alone.
    The labels of many corpora are of persons only; the other names are places, organisations and parties as well.

    Returns
    -------
    ndarray of shape (n_targets, n_classes)
        Soft labels.
    ndarray of shape (n_targets, 6), or None
        Soft speaker and basis as `AdapterStance.fit` takes them, softened alike; None where neither labels nor teachers have any.
    """
    soft, manners = ask_teachers(teachers, (*train.targets, *others), state)
    labels = one_hot(train.labels, teachers[0].classes_)
    soft[: len(train)] = LABEL_WEIGHT * labels + (1 - LABEL_WEIGHT) * soft[: len(train)]
    weight = LABEL_WEIGHT
    if not manners.size:
        weight, manners = 1.0, np.zeros((len(soft), *np.shape((SPEAKERS, BASES))))
    known = describe_manners(train)
    if known is not None:
        labelled = known.reshape(-1, *manners.shape[1:])
        rows = np.nonzero(labelled.any(axis=2))
        manners[rows] = weight * labelled[rows] + (1 - weight) * manners[rows]
    return soft, manners.reshape(len(soft), -1) if manners.any() else None


def ask_teachers(
    teachers: Sequence[AdapterStance], items: Sequence[StanceItem], state: Path
) -> tuple[np.ndarray, np.ndarray]:
    """Return the teachers' mean probabilities of classes, and of speaker and basis (`AdapterStance.predict_all`).

    Every `PART` questions the answers are stored in the folder `state`; those of the same teachers to the same questions are
    read from there.
    """
    from safetensors.numpy import load_file, save

    order = sorted(
        range(len(items)), key=lambda row: items[row][:4]
    )  # what is asked of a target stands together
    known = [(one.encoder, sorted(one.arrays_.items()), sorted(one.scaling_.items())) for one in teachers]
    answers = []
    for first in track(range(0, len(order), PART), "Asking the teacher"):
        part = [items[row] for row in order[first : first + PART]]
        file = state / f"answers-{fit_key(known, part)[:32]}"
        if not file.is_file():
            given = zip(*(teacher.predict_all(part) for teacher in teachers), strict=True)
            means = [np.mean(one, axis=0) for one in given]
            storage.write_bytes(file, save(dict(zip(("classes", "manners"), means, strict=True))))
        answers.append(load_file(file))
    place = np.argsort(order)
    classes, manners = (
        np.concatenate([one[name] for one in answers])[place] for name in ("classes", "manners")
    )
    return classes, manners


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
