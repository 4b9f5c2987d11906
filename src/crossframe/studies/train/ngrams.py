"""Train stance in debates: one linear n-gram model a target, penalties by cross-validation on the training part."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossframe.errors import InputError
from crossframe.judging.stance.ngrams import FOLDS, METHOD, REPEATS
from crossframe.learning.cards import render_card
from crossframe.studies.evaluate.debates import (
    DEBATES,
    LEARNED,
    debate_figures,
    fit_debates,
    read_debates,
)
from crossframe.studies.train.cards import line_of


def is_debates(on: Sequence[str], method: str | None) -> bool:
    """Return whether n-gram machines are asked for: by their name, or by a corpus of debates."""
    if method not in (None, METHOD) and any(name in DEBATES for name in on):
        raise InputError(
            f"Invalid method {method!r} for {', '.join(on)}. Its texts need not name their target; it must be {METHOD!r}."
        )
    return method == METHOD or any(name in DEBATES for name in on)


def train_ngrams(
    on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0, seeds: int = 1
) -> str:
    """Train one n-gram machine a target on a corpus of debates and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``semeval2016-stance``: the task's training part (upstream's train and dev).
    out : Path
        Model folder.
    encoder : str, optional
        Refused: n-grams take none.
    seed : int
        Of the folds.
    seeds : int
        More than one is refused: the fit does not depend on chance.

    Returns
    -------
    str
        Figures of the test part, which nothing was chosen on.

    Raises
    ------
    InputError
        When `on` names something beside one corpus of debates, or an option does not apply.
    """
    if encoder is not None or seeds != 1:
        raise InputError(f"Invalid encoder {encoder!r} with {seeds} seeds for n-grams. They take neither.")
    if len(on) != 1 or on[0] not in DEBATES:
        raise InputError(
            f"Invalid corpora {', '.join(on)!r}. A model of debates is trained on one of: {', '.join(DEBATES)}."
        )
    train, test = read_debates(on[0], LEARNED), read_debates(on[0], ("test",))
    model = fit_debates(train, seed=seed)
    log: dict[str, Any] = {
        "data": list(on),
        "seed": seed,
        "rows": len(train),
        "labels": dict(sorted(Counter(train.labels).items())),
        "strengths": {target: one.strength for target, one in model.separators_.items()},
        "cross_validated": model.cross_validated_,
        "tests": {"test": debate_figures(test, model.predict(test.texts, test.targets))},
    }
    note = "It judges tweets toward the targets it was trained on, and no other text."
    model.to_files(out.name, _card(out.name, log, note), log, note).write(out)
    return f"Wrote {out}\nTest ({len(test)} texts): {line_of(log['tests']['test'])}"


def _card(name: str, log: dict[str, Any], note: str) -> str:
    return render_card(
        name=name,
        summary="Stance of a tweet toward a target that it need not name: one linear support vector machine a target on "
        "which word 1- to 3-grams and character 2- to 5-grams occur, a class against the rest "
        f"(after Mohammad et al. 2016). Classes: {', '.join(log['labels'])}.",
        data=f"{', '.join(log['data'])}: {log['rows']} tweets ({log['labels']}), the training part of SemEval-2016 Task 6 A "
        "(Mohammad et al. 2016), which TweetEval divides into train and dev.",
        licence="Weights: under the terms of the task's tweets (research); not for redistribution.",
        figures={
            f"mean F1 of favor and against, {FOLDS}-fold cross-validation on the training part, {REPEATS} repeats; the "
            "penalties were chosen on it": log["cross_validated"],
            "penalty taken (inverse)": log["strengths"],
            "the test part, which nothing was fitted or chosen on": log["tests"]["test"],
        },
        limits=f"{note} It gives labels, no probabilities.",
        command=f"crossframe train stance --on {log['data'][0]} --seed {log['seed']} --out {name}",
    )
