"""Train a model for a task on corpora or tables, and write its folder at once or not at all."""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.models.sets import find_set

TASKS: dict[str, tuple[str, ...]] = {
    "actors": ("encoder", "seed"),
    "aligner": ("encoder", "seed"),
    "frames": ("encoder", "seed"),
    "quotes": ("encoder", "seed"),
    "stance": ("encoder", "seed", "method", "seeds", "construct", "teacher", "unlabelled"),
}
"""The options of every task; ``train_<task>`` of the module that is called like the task trains it."""


def train(
    task: str,
    on: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    encoder: str | Path | None = None,
    models: str | None = None,
    seed: int = 0,
    method: str | None = None,
    seeds: int = 1,
    construct: str | None = None,
    teacher: str | Path | None = None,
    unlabelled: str | Path | Iterable[str | Path] | None = None,
) -> str:
    """Train a model for `task` and write weights, configuration, log and card to `out`.

    Parameters
    ----------
    task : str
        actors, aligner, frames, quotes or stance.
    on : str, Path, or iterable of these
        Registered corpora, corpus folders, or training tables (TSV or JSONL).
    out : str or Path
        Model folder; an earlier model there is replaced, any other folder is refused.
    encoder : str or Path, optional
        Name or folder; None takes that of `models`, ``tfidf`` trains an aligner on lexical features alone.
    models : str, optional
        Model set that the model is trained for, on the set's encoder: ``small`` (None takes it) or ``base``.
    seed : int
        Of splits and fits.
    method : str, optional
        Of a stance model: adapter (None takes it), full or linear.
    seeds : int
        Fits of a stance model; several are distilled into one. Of a teacher's students the first is written.
    construct : {"portrayal", "stance", "both"}, optional
        What a stance model learns; None takes stance for a table with a column ``holder``, else portrayal.
    teacher : str or Path, optional
        Trained stance model of that construct and seed, whose probabilities are learned beside the labels.
    unlabelled : str, Path, or iterable of these, optional
        Corpora on whose mentions of actors the teacher's probabilities are learned, too.

    Returns
    -------
    str
        What was written and its metrics on held-out data.

    Raises
    ------
    UnknownNameError, InputError
        When the task, an option or the data cannot be used: nothing is written.
    """
    check.check_choice(task, "task", TASKS)
    folder = check.check_path(out, "model folder")
    _refuse_foreign(folder)
    own = _options_of(
        task, method=method, seeds=seeds, construct=construct, teacher=teacher, unlabelled=unlabelled
    )
    own |= {"seed": check.check_whole(seed, "seed", 0), "encoder": _encoder_of(encoder, models)}
    run: Callable[..., str] = getattr(import_module(f"crossframe.studies.train.{task}"), f"train_{task}")
    return run(_check_sources(on), folder, **own)


def _encoder_of(encoder: str | Path | None, models: str | None) -> str | None:
    """Return the encoder that is given, or that of the set of models that is; None where there is neither."""
    if encoder is None:
        return None if models is None else find_set(models).encoder
    return check.check_name_or_path(encoder, "encoder")


def _options_of(task: str, **given: Any) -> dict[str, Any]:
    """Return the options that are given (not None; several seeds), all of which the task must take."""
    options = {name: value for name, value in given.items() if value is not None}
    if check.check_whole(options["seeds"], "number of seeds", 1) == 1:
        del options["seeds"]
    if "teacher" in options:
        options["teacher"] = check.check_name_or_path(options["teacher"], "teacher")
    if "unlabelled" in options:
        options["unlabelled"] = tuple(_check_sources(options["unlabelled"]))
    refused = sorted(options.keys() - set(TASKS[task]))
    if refused:
        raise InputError(
            f"Invalid {refused[0]} {options[refused[0]]!r} for training {task}. Only stance models take a method, seeds, a "
            "construct, a teacher or corpora without labels."
        )
    return options


def _check_sources(given: str | Path | Iterable[str | Path]) -> list[str]:
    """Return names or paths of corpora or tables, one or several, as a list."""
    listed = [given] if isinstance(given, str | Path) else list(given) if isinstance(given, Iterable) else []
    if not listed:
        raise InputError(
            f"Invalid data {given!r}. It must be corpora or training tables: a str or pathlib.Path, or several."
        )
    return [check.check_name_or_path(one, "corpus or training table") for one in listed]


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds other files than a model's."""
    if (
        folder.exists()
        and (not folder.is_dir() or any(folder.iterdir()))
        and not (folder / "config.json").exists()
    ):
        raise InputError(
            f"Invalid model folder {str(folder)!r}. It holds other files; name a new or empty folder."
        )
