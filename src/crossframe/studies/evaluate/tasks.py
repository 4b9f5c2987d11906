"""Score a task on a corpus with gold: one name per task, one flat table of figures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe.errors import InputError
from crossframe.learning.endpoint.client import close_endpoints, is_endpoint, open_endpoint


def evaluate(
    task: str,
    on: str,
    *,
    gold: Path | None = None,
    split: str | None = None,
    model: str | None = None,
    stress: bool = False,
) -> dict[str, Any]:
    """Score `task` on the corpus `on` against its gold.

    Parameters
    ----------
    task : str
        alignment, events, actors, quotes, stance, framing or frames.
    on : str
        Registered corpus name or corpus folder with gold.
    gold : Path, optional
        Gold of the user's own for that corpus (alignment only).
    split : str, optional
        Part to score; None takes the task's usual one (basil alignment, polnear, crossner-politics and wnut17 ``dev``,
        newsmtsc ``rw``).
    model : str, optional
        Shipped model name or trained folder; None takes the shipped default.
    stress : bool
        Whether a stance model is also tested without the target and under other names.

    Returns
    -------
    dict of str to float
        Flat names and figures; None where a figure is not defined. Where `model` is an endpoint also endpoint_calls,
        endpoint_cached (answers that were here already) and endpoint_cost (None without prices).

    Raises
    ------
    UnknownNameError
        When there is no such task, corpus, split or model.
    InputError
        When the corpus has no gold for the task.
    """
    check.check_choice(task, "task", _TASKS)
    given = {"gold": gold, "split": split, "model": model, "stress": stress or None}
    refused = [name for name, value in given.items() if value is not None and name not in _TAKES[task]]
    if refused:
        raise InputError(
            f"Invalid option {'--' + refused[0]!r} for task {task!r}. It takes: "
            f"{', '.join('--' + name for name in _TAKES[task]) or 'none of --gold, --split, --model, --stress'}."
        )
    close_endpoints()
    figures = dict(_TASKS[task](on, **{name: given[name] for name in _TAKES[task]}))
    return figures | (_describe_asking(model) if is_endpoint(model) else {})


def _describe_asking(model: str) -> dict[str, Any]:
    """Return what an evaluation asked of an endpoint, as far as it was opened: the same one, with its count."""
    asked = open_endpoint(model).describe()
    return {f"endpoint_{name}": asked[name] for name in ("calls", "cached", "cost")}


def _alignment(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.alignment import evaluate_alignment

    return evaluate_alignment(on, **options)


def _events(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.events import evaluate_events

    return evaluate_events(on, **options)


def _actors(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.actors import evaluate_actors

    return evaluate_actors(on, **options)


def _quotes(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.quotes import evaluate_quotes

    return evaluate_quotes(on, **options)


def _stance(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.debates import DEBATES, evaluate_debates
    from crossframe.studies.evaluate.stance import evaluate_stance

    if on in DEBATES:
        return evaluate_debates(on, **options)
    return evaluate_stance(on, **options)


def _framing(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.framing import evaluate_framing

    return evaluate_framing(on, **options)


def _frames(on: str, **options: Any) -> Mapping[str, Any]:
    from crossframe.studies.evaluate.stance import evaluate_frames

    return evaluate_frames(on, **options)


_TASKS: dict[str, Callable[..., Mapping[str, Any]]] = {
    "alignment": _alignment,
    "events": _events,
    "actors": _actors,
    "quotes": _quotes,
    "stance": _stance,
    "framing": _framing,
    "frames": _frames,
}
_TAKES = {
    "alignment": ("gold", "split", "model"),
    "events": (),
    "actors": ("split", "model"),
    "quotes": ("split", "model"),
    "stance": ("split", "model", "stress"),
    "framing": ("model",),
    "frames": ("split", "model"),
}
