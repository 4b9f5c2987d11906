"""Train a model for a task on corpora or tables, and write its folder at once or not at all."""

from collections.abc import Sequence
from pathlib import Path

from crossframe import _validation as check
from crossframe.errors import InputError

TASKS = ("actors", "aligner", "frames", "quotes", "stance")


def train(
    task: str,
    on: Sequence[str],
    out: Path,
    *,
    encoder: str | None = None,
    seed: int = 0,
    method: str | None = None,
    seeds: int = 1,
) -> str:
    """Train a model for `task` and write weights, configuration, log and card to `out`.

    Parameters
    ----------
    task : str
        actors, aligner, frames, quotes or stance.
    on : sequence of str
        Registered corpora, corpus folders, or training tables (TSV or JSONL).
    out : Path
        Model folder; an earlier model there is replaced, any other folder is refused.
    encoder : str, optional
        Name or folder; None takes the default, ``tfidf`` trains an aligner on lexical features alone.
    seed : int
        Seed of splits and fits.
    method : str, optional
        Of a stance model: adapter (None takes it), full or linear; ngrams (None takes it) on semeval2016-stance.
    seeds : int
        Fits of a stance model; with several, a student of all of them is written.

    Returns
    -------
    str
        What was written and its figures on the part held out.

    Raises
    ------
    UnknownNameError, InputError
        When the task or the data cannot be used; nothing is written then.
    """
    check.check_choice(task, "task", TASKS)
    if out.exists() and any(out.iterdir()) and not (out / "config.json").exists():
        raise InputError(
            f"Invalid model folder {str(out)!r}. It holds other files; name a new or empty folder."
        )
    if task == "stance":
        from crossframe.studies.train.ngrams import is_debates, train_ngrams
        from crossframe.studies.train.stance import train_stance

        if is_debates(on, method):
            return train_ngrams(on, out, encoder=encoder, seed=seed, seeds=seeds)
        return train_stance(on, out, encoder=encoder, seed=seed, method=method or "adapter", seeds=seeds)
    if method is not None or seeds != 1:
        raise InputError(
            f"Invalid method {method!r} with {seeds} seeds for training {task}. Only stance models take a method or seeds."
        )
    if task == "aligner":
        from crossframe.studies.train.aligner import train_aligner as run
    elif task == "actors":
        from crossframe.studies.train.actors import train_actors as run
    elif task == "quotes":
        from crossframe.studies.train.quotes import train_quotes as run
    else:
        from crossframe.studies.train.frames import train_frames as run
    return run(on, out, encoder=encoder, seed=seed)
