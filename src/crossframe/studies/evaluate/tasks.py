"""Score a task on a corpus with gold: one name per task, one flat table of metrics."""

import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError
from crossframe.learning.endpoint.client import Endpoint, is_endpoint, open_endpoint
from crossframe.models.sets import choose_from_set, describe_borrowed

if TYPE_CHECKING:
    from crossframe.attributing.names.finders import NameFinder
    from crossframe.attributing.quotes.readers import QuoteReader
    from crossframe.judging.stance.stance_model import StanceModel
    from crossframe.matching.aligner import Aligner

TASKS: dict[str, tuple[str, ...]] = {
    "alignment": ("gold", "split", "model"),
    "differences": ("split",),
    "events": (),
    "actors": ("split", "model"),
    "quotes": ("split", "model"),
    "stance": ("split", "model", "stress", "any_construct"),
    "framing": ("split", "model", "any_construct"),
    "frames": ("split", "model"),
}
"""The options of every task; ``evaluate_<task>`` of the module that is called like the task scores it."""
PART_OF = {
    "alignment": "aligner",
    "actors": "actor_model",
    "quotes": "quote_model",
    "stance": "stance_model",
    "framing": "stance_model",
    "frames": "frame_model",
}
"""The model of a set (`PARTS`) that a task scores."""


def evaluate(
    task: str,
    on: str | Path,
    *,
    gold: str | Path | None = None,
    split: str | None = None,
    model: "str | Path | Aligner | NameFinder | QuoteReader | StanceModel | None" = None,
    models: str | None = None,
    stress: bool = False,
    any_construct: bool = False,
) -> dict[str, Any]:
    """Score `task` on the corpus `on` against its gold.

    Parameters
    ----------
    task : str
        alignment, differences, events, actors, quotes, stance, framing or frames.
    on : str or Path
        Registered corpus name or corpus folder with gold.
    gold : str or Path, optional
        Gold of the user's own for that corpus (alignment only).
    split : str, optional
        Split to score; None: ``test`` of alignment-labels and difference-labels, ``dev`` of basil alignment, polnear, crossner-politics and wnut17, ``rw`` of newsmtsc.
    model : str, Path, or object, optional
        Name, trained folder, or any aligner, name finder, quote reader or stance model; None takes that of `models`.
    models : str, optional
        Model set: ``small`` (None takes it) or ``base``.
    stress : bool
        Whether a stance model is also tested without the target, under other names and on invented sentences.
    any_construct : bool
        Whether a model of portrayal is scored on labels of stance, or the other way round; the metrics then say so.

    Returns
    -------
    dict of str to float
        Flat names and metrics; None where a metric is not defined, text where it names something. Of an endpoint also
        endpoint_calls, endpoint_cached (answers that were cached) and endpoint_cost (None without prices).

    Raises
    ------
    UnknownNameError
        When there is no such task, corpus, split, model or set.
    InputError
        When the corpus has no gold for the task, or an option is not one of the task's.
    """
    check.check_choice(task, "task", TASKS)
    corpus = check.check_name_or_path(on, "corpus")
    options = _options_of(
        task,
        gold=gold if gold is None else check.check_path(gold, "gold"),
        split=split,
        model=_choose_model(task, model, models),
        stress=stress or None,
        any_construct=any_construct or None,
    )
    run: Callable[..., Any] = getattr(
        import_module(f"crossframe.studies.evaluate.{task}"), f"evaluate_{task}"
    )
    return dict(run(corpus, **options)) | _describe_calls(options.get("model"))


def _choose_model(task: str, model: Any, models: str | None) -> Any:
    """Return the model, where it is None that of the set, if one is named; an endpoint is opened."""
    if models is not None:
        if task not in PART_OF:
            raise InputError(f"Invalid option '--models' for task {task!r}. It is scored without a model.")
        part = PART_OF[task]
        model = choose_from_set(models, {} if model is None else {part: model})[part]
        borrowed = describe_borrowed(models, {part: model})
        if borrowed:
            warnings.warn(borrowed, CrossframeWarning, stacklevel=3)
    return open_endpoint(model) if is_endpoint(model) else model


def _options_of(task: str, **given: Any) -> dict[str, Any]:
    """Return the options that are given (not None), all of which the task must take."""
    options = {name: value for name, value in given.items() if value is not None}
    refused = [name for name in options if name not in TASKS[task]]
    if refused:
        raise InputError(
            f"Invalid option {_flag(refused[0])!r} for task {task!r}. It takes: "
            f"{', '.join(map(_flag, TASKS[task])) or 'none of --gold, --split, --model, --stress, --any-construct'}."
        )
    return options


def _flag(option: str) -> str:
    return "--" + option.replace("_", "-")


def _describe_calls(model: object) -> dict[str, Any]:
    """Return calls and cost where the model is an endpoint."""
    if not isinstance(model, Endpoint):
        return {}
    usage = model.describe()
    return {f"endpoint_{name}": usage[name] for name in ("calls", "cached", "cost")}
