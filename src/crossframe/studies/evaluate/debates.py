"""Score stance in debates: tweets for or against a target, one model a target, by the figures of SemEval-2016 Task 6."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.judging.stance.ngrams import METHOD, NgramStance
from crossframe.learning.model_files import read_model
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import Annotation

DEBATES = ("semeval2016-stance",)
"""Registered corpora of debates: texts toward a target that they need not name, gold ``debate-stance``."""
SCORED = ("against", "favor")
"""Labels whose mean F1 the task is ranked by; ``none`` counts only through their errors."""
LEARNED = ("train", "dev")
"""The task's own training part, which upstream divides in two."""


@dataclass(frozen=True)
class Debates:
    """Texts, the target of each, and its label toward it."""

    texts: tuple[str, ...]
    targets: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)


def read_debates(name: str, splits: Sequence[str]) -> Debates:
    """Return the texts of `splits` of a corpus of debates.

    Raises
    ------
    InputError
        When the corpus has no gold of debates.
    """
    corpus = read_corpus(name, splits=splits)
    gold = corpus.gold.get("debate-stance")
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing debate-stance gold of corpus {corpus.name!r}. {DEBATES[0]} has it.")
    texts = {article.id: article.text for article in corpus.articles}
    labels = tuple(gold.labels[i] for i in gold.scores.argmax(axis=1))
    return Debates(tuple(texts[id] for id in gold.units.article), gold.units.actor, labels)


def evaluate_debates(
    on: str, *, split: str | None = None, model: str | None = None, stress: bool | None = None
) -> dict[str, Any]:
    """Score one n-gram model a target on a corpus of debates.

    Parameters
    ----------
    on : str
        ``semeval2016-stance``.
    split : str, optional
        Part to score; None takes ``test``. ``dev`` is for models fitted on ``train`` alone: without `model`, one is.
    model : str, optional
        Folder that ``crossframe train stance --on semeval2016-stance`` wrote; None fits one on all that comes before
        `split` (train and dev before test), penalties by cross-validation there.
    stress : bool, optional
        Refused: these texts need not name their target, so there is no name to put another for.

    Returns
    -------
    dict of str to float
        f_average (mean F1 of favor and against over the texts of all targets), favor_f1, against_f1, targets_f_average
        (mean over targets), <target>_f_average, accuracy, n.

    Raises
    ------
    InputError
        When the model was not made for debates, or was fitted on the part asked for.
    """
    if stress:
        raise InputError(f"Invalid option '--stress' for {on}. Its texts need not name their target.")
    part = check_choice(split or "test", f"split of {on}:", ("dev", "test"))
    if model is None:
        before = read_debates(on, LEARNED if part == "test" else LEARNED[:1])
        fitted = fit_debates(before)
    else:
        files = read_model(model, "stance")
        if files.config.get("method") != METHOD:
            raise InputError(
                f"Invalid stance model {model!r}. Texts of {on} need not name their target; name a folder that "
                f"`crossframe train stance --on {on}` wrote."
            )
        if part == "dev":
            raise InputError(
                f"Invalid split 'dev' of {on}. {Path(model).name!r} was fitted on it; score test."
            )
        fitted = NgramStance.from_files(files)
    held = read_debates(on, (part,))
    return debate_figures(held, fitted.predict(held.texts, held.targets))


def fit_debates(debates: Debates, *, seed: int = 0, **options: Any) -> NgramStance:
    """Return n-gram machines fitted on `debates`; penalties by cross-validation there, `options` as of `NgramStance`."""
    scored = [label for label in SCORED if label in debates.labels]
    model = NgramStance(scored=scored or None, seed=seed, **options)
    return model.fit(debates.texts, debates.targets, debates.labels)


def debate_figures(debates: Debates, found: Sequence[str]) -> dict[str, Any]:
    """Return the task's figures of the labels `found`; see `evaluate_debates`."""
    truth, answers, targets = np.array(debates.labels), np.array(found), np.array(debates.targets)
    each = _f1(truth, answers)
    by_target = {
        str(target): float(np.mean(_f1(truth[targets == target], answers[targets == target])))
        for target in sorted(set(debates.targets))
    }
    return {
        "f_average": float(np.mean(each)),
        **{f"{label}_f1": value for label, value in zip(SCORED, each, strict=True)},
        "targets_f_average": float(np.mean(list(by_target.values()))),
        **{f"{target}_f_average": value for target, value in by_target.items()},
        "accuracy": float(np.mean(truth == answers)),
        "n": len(debates),
    }


def _f1(truth: np.ndarray, found: np.ndarray) -> list[float]:
    """Return F1 of favor and against, 0 where a label is neither there nor found."""
    from sklearn.metrics import f1_score

    each = f1_score(truth, found, labels=list(SCORED), average=None, zero_division=0.0)
    return [float(value) for value in each]
