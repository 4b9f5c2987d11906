"""Train stance models: parted by article, chosen and calibrated on the part held out, scored on official tests, described."""

import shutil
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe._validation import check_choice
from crossframe.errors import CrossframeWarning, InputError, MissingDataError
from crossframe.judging.stance.adapter import ADAPTER, AdapterStance
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.linear import LINEAR, LinearStance
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import STANCES
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.metrics import metrics_by_kind, stance_metrics
from crossframe.studies.evaluate.stance_items import (
    Items,
    apart_from,
    check_leaks,
    join_items,
    part_items,
    read_items,
    stance_items,
)
from crossframe.studies.evaluate.stress import remove_target, stress_stance
from crossframe.studies.train.cards import line_of
from crossframe.studies.train.distillation import other_names, student_of, teach
from crossframe.studies.train.stance_card import NEWSMTSC_NOTE, describe_stance
from crossframe.studies.train.stance_fits import fit_singles

METHODS = (ADAPTER, "full", LINEAR)
STRENGTHS = (0.0003, 0.001, 0.003, 0.01)
OFFICIAL = {"newsmtsc": ("rw", "mt")}
"""Test parts that a corpus publishes: never trained on, scored at the end."""


def train_stance(
    on: Sequence[str],
    out: Path,
    *,
    encoder: str | None = None,
    seed: int = 0,
    method: str = ADAPTER,
    seeds: int = 1,
) -> str:
    """Train a stance model and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``newsmtsc`` (its training split), corpora with gold stance, or training tables (.tsv, .jsonl). Articles are held
        out of the first alone; the others only teach.
    out : Path
        Model folder. Beside it a hidden folder keeps the state of all fits until it is written: the same command goes on
        there.
    encoder : str, optional
        A transformer's name or folder; None takes the default.
    seed : int
        Of the choice of held-out articles and of the first fit.
    method : {"adapter", "full", "linear"}
        Low-rank updates of the encoder, the whole of it, or a linear model on its frozen features.
    seeds : int
        Fits, of `seed` and the numbers after it; with several, what is written is a student of all of them.

    Returns
    -------
    str
        Figures on the held-out articles and on official tests.

    Raises
    ------
    InputError
        When there are too few rows or classes, a split leaks, or a row breaks its rule.
    """
    check_choice(method, "method", METHODS)
    out = out.resolve()
    if seeds < 1 or (seeds > 1 and method == LINEAR):
        raise InputError(
            f"Invalid number of seeds {seeds!r}. It must be 1 or more, and 1 for a linear model."
        )
    first, *others = (read_items(name) for name in on)
    train, dev, test = part_items(first, seed)
    tests = {"test": test} if len(test) else {}
    official, missing = _official_tests(on[0])
    tests |= official
    held = join_items([dev, *tests.values()])
    further = [_only_train(part, held, first) for part in others]
    own = join_items([train, dev, test])
    train = join_items([train, *further])
    log: dict[str, Any] = {
        "data": list(on),
        "method": method,
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "rows": len(own),
        "labels": dict(sorted(Counter(own.labels).items())),
        "further_rows": {name: len(part) for name, part in zip(on[1:], further, strict=True)},
        "held_out_rows": len(dev),
        "held_out_groups": len(set(dev.groups)),
    }
    keep = out.with_name(f".{out.name}.resume")
    model: LinearStance | AdapterStance
    if method == LINEAR:
        model, log["choices"] = _fit_linear(train, dev, encoder)
    else:
        model, log["fits"] = _fit_adapters(
            train, dev, tests, encoder, range(seed, seed + seeds), method, keep
        )
    log["held_out"] = figures_of(model, dev)
    seen = join_items([train, dev])
    log["tests"] = {name: figures_on_test(model, part, seen) for name, part in tests.items()}
    log["missing_tests"] = missing
    log["kinds"] = {
        name: metrics_by_kind(part.targets, part.labels, model.predict(part.targets))
        for name, part in {"held_out": dev, **tests}.items()
    }
    log["baselines"] = _baselines(train, dev, tests, encoder, of=method)
    where, part = next(iter(tests.items()), ("held_out", dev))
    if set(model.classes_) == set(STANCES):
        stress = stress_stance(model, part.targets, part.labels, part.groups, seed=seed)
        log["stress"] = {where: {k: v for k, v in stress.items() if not k.startswith(("kind.", "name."))}}
    else:
        whole = model.reads_marks
        log["stress"] = {where: remove_target(model.predict, part.targets, part.labels, whole=whole)}
    note = NEWSMTSC_NOTE if on[0] == "newsmtsc" else "The stance model was trained on the user's own labels."
    describe_stance(model, out.name, log, note, dev).write(out)
    shutil.rmtree(keep, ignore_errors=True)
    lines = [
        f"Wrote {out}",
        f"Held out by {'outlet' if all(dev.outlets) and not any(dev.splits) else 'group'} ({len(dev)} targets): {line_of(log['held_out'])}",
        *(f"Test {name} ({len(tests[name])} targets): {line_of(log['tests'][name])}" for name in tests),
    ]
    return "\n".join(lines)


def _only_train(items: Items, held: Items, first: Items) -> Items:
    """Return the items that may teach beside `first`: none of a dev or test part, no group, text or outlet of `held`.

    Raises
    ------
    InputError
        When they have a label that `first` lacks, or a group or outlet in two parts.
    """
    foreign = sorted(set(items.labels) - set(first.labels))
    if foreign:
        raise InputError(
            f"Invalid label {foreign[0]!r} of further data. It must be one of the first data: {', '.join(sorted(set(first.labels)))}."
        )
    check_leaks(items)
    teaching = np.array([split in ("", "train") for split in items.splits], dtype=bool)
    apart = apart_from(items, held)
    if all(first.outlets):
        apart &= ~np.isin(items.outlets, sorted(set(held.outlets)))
    if (teaching & ~apart).any():
        warnings.warn(
            f"{int((teaching & ~apart).sum())} rows of further data are left out of training: their text, group or outlet is "
            "held out or tested on.",
            CrossframeWarning,
            stacklevel=3,
        )
    return items.select(teaching & apart)


def _official_tests(name: str) -> tuple[dict[str, Items], list[str]]:
    """Return the published test parts of a corpus whose files can be had, and the names of the others."""
    found, missing = {}, []
    for split in OFFICIAL.get(name, ()):
        try:
            found[f"{name} {split}"] = stance_items(read_corpus(name, splits=(split,)))
        except MissingDataError as error:
            missing.append(f"{name} {split}")
            warnings.warn(f"{missing[-1]} is not scored: {error}", CrossframeWarning, stacklevel=3)
    return found, missing


def _fit_linear(train: Items, dev: Items, encoder: str | None) -> tuple[LinearStance, dict[str, float]]:
    """Return the linear model whose penalty does best on `dev`, calibrated there, and what each penalty gave."""
    features, held = (LinearStance(encoder=encoder).describe(part.targets) for part in (train, dev))
    tried = {}
    for C in track(STRENGTHS, "Choosing the penalty"):
        model = LinearStance(encoder=encoder, C=C).fit_features(features, train.labels)
        found = np.array(model.classes_)[model.predict_proba_features(held).argmax(axis=1)]
        tried[C] = macro_f1(dev.labels, found)
    best = max(tried, key=lambda one: (tried[one], -one))
    model = LinearStance(encoder=encoder, C=best).fit_features(features, train.labels)
    return model.calibrate(held, dev.labels), {f"C {k}": v for k, v in tried.items()}


def _fit_adapters(
    train: Items,
    dev: Items,
    tests: dict[str, Items],
    encoder: str | None,
    seeds: Sequence[int],
    method: str,
    keep: Path,
) -> tuple[AdapterStance, dict[str, Any]]:
    """Return a calibrated model of one seed, or the student of several, and what every fit gave."""
    models = fit_singles(train, dev, encoder, seeds, method, keep)
    log = {f"seed {model.seed}": _fit_log(model, dev, tests) for model in models}
    if len(models) == 1:
        return models[0], log
    others = other_names(train.targets, seeds[0])
    (student,) = teach([student_of(models, seeds[0])], models, train, others, dev, keep / "student")
    log["student"] = _fit_log(student, dev, tests) | {"other_names": len(others)}
    log["mean"] = _over_seeds([log[f"seed {model.seed}"] for model in models])
    return student, log


def _fit_log(model: AdapterStance, dev: Items, tests: dict[str, Items]) -> dict[str, Any]:
    scores = {name: figures_of(model, part)["macro_f1"] for name, part in tests.items()}
    return {"epochs": model.epochs_, "held_out": figures_of(model, dev)["macro_f1"], **scores}


def _over_seeds(fits: Sequence[dict[str, Any]]) -> dict[str, float]:
    names = [name for name in fits[0] if name != "epochs"]
    table = {name: [fit[name] for fit in fits] for name in names}
    return {f"{name} mean": float(np.mean(values)) for name, values in table.items()} | {
        f"{name} sd": float(np.std(values, ddof=1)) for name, values in table.items()
    }


def _baselines(
    train: Items, dev: Items, tests: dict[str, Items], encoder: str | None, *, of: str
) -> dict[str, dict[str, float]]:
    """Return macro-F1 of what needs less: a linear model on the same parts, and the lexicon where its labels fit."""
    models: dict[str, Any] = {}
    if of != LINEAR:
        models["linear model on frozen features"] = _fit_linear(train, dev, encoder)[0]
    if set(train.labels) == set(STANCES):
        models["sentiment lexicon"] = LexiconStance().fit(train.targets, train.labels)
    parts = {"held_out": dev, **tests}
    return {
        name: {where: macro_f1(part.labels, model.predict(part.targets)) for where, part in parts.items()}
        for name, model in models.items()
    }


def figures_of(model: Any, items: Items) -> dict[str, float]:
    """Return `stance_metrics` of a model on items."""
    return stance_metrics(np.array(items.labels), model.predict_proba(items.targets), model.classes_)


def figures_on_test(model: Any, items: Items, seen: Items) -> dict[str, float]:
    """Return figures on a test part: whole, and without groups and texts that were trained or chosen on (``disjoint_...``)."""
    apart = apart_from(items, seen)
    figures = figures_of(model, items) | {"overlapping": int((~apart).sum())}
    if apart.all() or not apart.any():
        return figures
    return figures | {f"disjoint_{k}": v for k, v in figures_of(model, items.select(apart)).items()}
