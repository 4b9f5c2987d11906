"""Train stance models: split by article, chosen and calibrated on held-out articles, scored on official tests."""

import dataclasses
import math
import platform
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.judging.probes.invented import INVENTED
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.linear import LINEAR, LinearStance
from crossframe.judging.stance.stance_model import BOTH, constructs_of
from crossframe.judging.targets import NAMED_KINDS
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.learning.encoders.onnx import count_threads
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.processes import count_processes
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import REFERENCE
from crossframe.records import PORTRAYAL, STANCES
from crossframe.showing.plots.drawing import save_figure
from crossframe.showing.plots.evaluation_plots import plot_reliability
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.metrics import bias_by_kind, metrics_by_kind, stance_metrics
from crossframe.studies.evaluate.stance_items import Items, apart_from, join_items
from crossframe.studies.evaluate.stance_reference import describe_ceilings, evaluate_reference
from crossframe.studies.evaluate.stress import remove_target, stress_stance
from crossframe.studies.evaluate.stress_sentences import stress_sentences
from crossframe.studies.train.candidates import draw_unlabelled
from crossframe.studies.train.cards import summarise_metrics
from crossframe.studies.train.distillation import (
    distil,
    draw_other_names,
    load_teacher,
    make_students,
    student_of,
)
from crossframe.studies.train.stance_card import PICTURE, describe_stance, note_of
from crossframe.studies.train.stance_data import HELD_OUT, StanceData, name_held_out, read_data
from crossframe.studies.train.stance_fits import StanceOptions, fit_singles

C_LINEAR = (0.0003, 0.001, 0.003, 0.01)
"""Values of C (inverse L2 penalty) that are tried for a linear model."""
Model = LinearStance | AdapterStance


def train_stance(on: Sequence[str], out: Path, **options: Any) -> str:
    """Train a stance model and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``newsmtsc`` (its training split), ``reference-labels`` (train; dev is what is held out), corpora with gold portrayal
        or stance, or training tables (.tsv, .jsonl). Articles are held out of the first alone; the others are only trained on.
    out : Path
        Model folder. Beside it a hidden folder keeps the state of all fits until it is written: the same command resumes
        them.
    **options
        Fields of `StanceOptions`. With several seeds, what is written is a student of all fits; with a teacher, its student of
        the first seed.

    Returns
    -------
    str
        Metrics on the held-out articles and on official tests.

    Raises
    ------
    InputError
        When there are too few rows or classes, a split leaks, or a row breaks its rule.
    """
    chosen = StanceOptions(**options)
    n_fits = 0 if chosen.method == LINEAR else chosen.seeds
    n_processes = count_processes(f"{n_fits} fits of method {chosen.method}", n_fits)
    out = out.resolve()
    data = read_data(on, chosen.seed, chosen.construct)
    chosen = dataclasses.replace(chosen, construct=data.construct)
    state = out.with_name(f".{out.name}.resume")
    log: dict[str, Any] = {"data": list(on), "method": chosen.method, "encoder": chosen.encoder or DEFAULT}
    log |= {"seed": chosen.seed, "construct": data.construct, **data.describe()}
    log["machine"] = f"{platform.machine()}, {n_processes} processes of {count_threads()} threads"
    model: Model
    if chosen.method == LINEAR:
        model, log["choices"] = _fit_linear(data, chosen.encoder)
    elif chosen.teacher is not None:
        model, learned = _fit_students(data, chosen, chosen.teacher, state)
        log |= learned
    else:
        model, log["fits"] = _fit_adapters(data, chosen, state)
    log |= _measure(model, data, chosen)
    note = note_of(on, data.construct)
    _to_files(model, out.name, log, note, data.portrayals().dev).write(out)
    shutil.rmtree(state, ignore_errors=True)
    held_by = "outlet" if all(data.dev.outlets) and not any(data.dev.splits) else "group"
    lines = [
        f"Wrote {out}",
        f"Held out by {held_by} ({len(data.dev)} targets): {summarise_metrics(log['held_out'])}",
        *(f"Test {name} ({len(part)} targets): {summarise_metrics(log['tests'][name])}" for name, part in data.tests.items()),
    ]  # fmt: skip
    return "\n".join(lines)


# --- fits -----------------------------------------------------------------------------------------------


def _fit_linear(data: StanceData, encoder: str | None) -> tuple[LinearStance, dict[str, float]]:
    """Return the linear model whose penalty does best on held-out articles, calibrated there, and macro-F1 by penalty."""
    train, dev = data.train, data.dev
    features, held = (
        LinearStance(encoder=encoder, construct=data.construct).describe(items.targets)
        for items in (train, dev)
    )
    scores = {}
    for c in track(C_LINEAR, "Choosing the penalty"):
        model = LinearStance(encoder=encoder, construct=data.construct, C=c).fit_features(
            features, train.labels
        )
        predicted = np.array(model.classes_)[model.predict_proba_features(held).argmax(axis=1)]
        scores[c] = macro_f1(dev.labels, predicted)
    best = max(scores, key=lambda c: (scores[c], -c))
    model = LinearStance(encoder=encoder, construct=data.construct, C=best).fit_features(
        features, train.labels
    )
    return model.calibrate(held, dev.labels), {f"C {c}": score for c, score in scores.items()}


def _fit_adapters(
    data: StanceData, options: StanceOptions, state: Path
) -> tuple[AdapterStance, dict[str, Any]]:
    """Return a calibrated model of one seed, or the student of several, and the scores of every fit."""
    models = fit_singles(data.train, data.dev, options, state)
    log = {f"seed {model.seed}": _score_fit(model, data) for model in models}
    if len(models) == 1:
        return models[0], log
    others = draw_other_names(data.train.targets, options.seed)
    unfitted = [student_of(models, options.seed)]
    (student,) = distil(unfitted, models, data.train, others, data.dev, state / "student")
    log["student"] = _score_fit(student, data) | {"other_names": len(others)}
    log["mean"] = _average_fits([log[f"seed {model.seed}"] for model in models])
    return student, log


def _fit_students(
    data: StanceData, options: StanceOptions, teacher: str, state: Path
) -> tuple[AdapterStance, dict[str, Any]]:
    """Return the student of the first seed, calibrated, and for the log teacher, targets without labels, scores of every seed."""
    model = load_teacher(teacher, data.construct, sorted(set(data.train.labels)))
    drawn = draw_unlabelled(options.unlabelled, data, options.seed) if options.unlabelled else None
    others = (
        [question for target in drawn.targets for question in target.ask(data.construct)] if drawn else []
    )
    students = make_students(options, len(data.train) + len(others))
    students = distil(students, [model], data.train, others, data.dev, state)
    fits = {f"seed {student.seed}": _score_fit(student, data) for student in students}
    if len(students) > 1:
        fits["mean"] = _average_fits(list(fits.values()))
    taught_by = {
        "given": teacher,
        "name": model.name,
        "hash": model.hash,
        "encoder": model.encoder or DEFAULT,
    }
    log = {"fits": fits, "teacher": taught_by}
    return students[0], log if drawn is None else log | {"unlabelled": drawn.describe()}


def _score_fit(model: AdapterStance, data: StanceData) -> dict[str, Any]:
    scores = {
        name: macro_f1(items.labels, model.predict(items.targets)) for name, items in data.scored.items()
    }
    seconds = sum(epoch.get("seconds", math.nan) for epoch in model.epochs_)
    return {"epochs": model.epochs_, "seconds": None if math.isnan(seconds) else round(seconds, 1), **scores}


def _average_fits(fits: Sequence[dict[str, Any]]) -> dict[str, float]:
    scores = {name: [fit[name] for fit in fits] for name in fits[0] if name not in ("epochs", "seconds")}
    return {f"{name} mean": float(np.mean(values)) for name, values in scores.items()} | {
        f"{name} sd": float(np.std(values, ddof=1)) for name, values in scores.items()
    }


# --- metrics --------------------------------------------------------------------------------------------


def _measure(model: Model, data: StanceData, options: StanceOptions) -> dict[str, Any]:
    """Return the metrics of the log: held out, on tests, by kind of target, of baselines, under stress."""
    known = join_items([data.train, data.dev])
    answers = {name: (part, model.predict_proba(part.targets)) for name, part in data.scored.items()}
    classes = np.array(model.classes_)
    return {
        "held_out": _of_held_out(model, data, answers),
        "tests": {name: metrics_on_test(model, *answers[name], known) for name in data.tests},
        "kinds": {
            name: metrics_by_kind(part.targets, part.labels, classes[probability.argmax(axis=1)].tolist())
            for name, (part, probability) in answers.items()
        },
        "calibration": {name: _calibration(model, *answered) for name, answered in answers.items()},
        "ceilings": measure_ceilings(model, data),
        "baselines": _score_baselines(data, options),
        "stress": _stress(model, data, options),
    }


def _stress(model: Model, data: StanceData, options: StanceOptions) -> dict[str, dict[str, Any]]:
    """Return the metrics of stress tests on the first test, and on invented sentences where portrayal is answered."""
    where, items = next(iter(data.tests.items()), (HELD_OUT, data.dev))
    if set(model.classes_) != set(STANCES):
        return {where: remove_target(model.predict, items.targets, items.labels, whole=model.reads_marks)}
    moved = stress_stance(model, items.targets, items.labels, items.groups, seed=options.seed)
    moved = {name: value for name, value in moved.items() if not name.startswith(("kind.", "name."))}
    if PORTRAYAL not in constructs_of(model):
        return {where: moved}
    invented = stress_sentences(model, seed=options.seed).items()
    of_all = {
        name: value
        for name, value in invented
        if name.split(".")[1] not in NAMED_KINDS or name.startswith("deed.")
    }
    return {where: moved, INVENTED: of_all}


def _of_held_out(
    model: Model, data: StanceData, answers: Mapping[str, tuple[Items, np.ndarray]]
) -> dict[str, float]:
    """Return the metrics of what is held out; macro-F1 and calibration of each source where both questions are learned."""
    if data.construct != BOTH:
        return metrics_of(model, *answers[HELD_OUT])
    return {
        f"{source} {name}": value
        for source in data.held_out
        for name, value in metrics_of(model, *answers[name_held_out(source)]).items()
        if name in ("macro_f1", "ece", "classwise_ece")
    }


def measure_ceilings(model: Any, data: StanceData) -> dict[str, dict[str, float]]:
    """Return how far a model is from what two readers reach, on the test split of ``reference-labels`` where it is a test.

    Returns
    -------
    dict of str to dict of str to float
        By test; `describe_ceilings` of it. Empty where it is no test.
    """
    if not any(name.startswith(f"{REFERENCE} test") for name in data.tests):
        return {}
    corpus = read_corpus(REFERENCE, splits=("test",))
    return {f"{REFERENCE} test": describe_ceilings(evaluate_reference(corpus, model))}


def metrics_of(model: Any, items: Items, probability: np.ndarray) -> dict[str, float]:
    """Return `stance_metrics` of a model's probabilities of items."""
    return stance_metrics(np.array(items.labels), probability, model.classes_)


def _calibration(model: Model, items: Items, probability: np.ndarray) -> dict[str, float]:
    """Return top-label and classwise calibration error, and ``bias_<kind>`` (`bias_by_kind`) where classes are stances."""
    metrics = metrics_of(model, items, probability)
    bias = {}
    if tuple(model.classes_) == STANCES:
        bias = bias_by_kind(items.targets, items.labels, probability)
    errors = {name: metrics[name] for name in ("ece", "classwise_ece")}
    return errors | {f"bias_{kind}": value for kind, value in bias.items()}


def metrics_on_test(model: Any, items: Items, probability: np.ndarray, known: Items) -> dict[str, float]:
    """Return metrics on a test: whole, and without the groups and texts of `known` (``disjoint_...``)."""
    apart = apart_from(items, known)
    metrics = metrics_of(model, items, probability) | {"overlapping": int((~apart).sum())}
    if apart.all() or not apart.any():
        return metrics
    disjoint = metrics_of(model, items.select(apart), probability[apart])
    return metrics | {f"disjoint_{name}": value for name, value in disjoint.items()}


def _score_baselines(data: StanceData, options: StanceOptions) -> dict[str, dict[str, float]]:
    """Return macro-F1 of what needs less: a linear model of the default encoder on the same splits, and the lexicon where its labels fit.

    Where both questions are learned, of portrayal alone, which one linear model can answer.
    """
    data = data.portrayals()
    models: dict[str, Any] = {}
    if options.method != LINEAR:
        models[f"linear model on frozen features of {DEFAULT}"] = _fit_linear(data, None)[0]
    if set(data.train.labels) == set(STANCES):
        models["sentiment lexicon"] = LexiconStance().fit(data.train.targets, data.train.labels)
    return {
        name: {where: macro_f1(items.labels, model.predict(items.targets)) for where, items in data.scored.items()}
        for name, model in models.items()
    }  # fmt: skip


def _to_files(model: Model, name: str, log: dict[str, Any], note: str, dev: Items) -> ModelFiles:
    """Return a model as files: weights, configuration, log, card, and its reliability diagram on `dev`."""
    files: ModelFiles = model.to_files(name, describe_stance(name, log, note), log, note)
    if "teacher" in log:
        files.config["teacher"] = {key: log["teacher"][key] for key in ("name", "hash")}
    probability = model.predict_proba(dev.targets)
    right = np.array(model.classes_)[probability.argmax(axis=1)] == np.array(dev.labels)
    drawn = plot_reliability(probability.max(axis=1), right.astype(float)).figure
    with tempfile.TemporaryDirectory(prefix="crossframe-") as folder:
        picture = save_figure(drawn, Path(folder) / PICTURE).read_bytes()
    return dataclasses.replace(files, pictures={PICTURE: picture})
