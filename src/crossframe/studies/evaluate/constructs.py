"""Which question labels and models answer: how a sentence portrays a target, or where a holder stands toward it."""

from typing import Any

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import StanceModel, constructs_of
from crossframe.reading.public.registry import read_entry, registered_names
from crossframe.records import CONSTRUCTS


def check_labels(model: StanceModel | None, corpus: str, *, any_construct: bool = False) -> dict[str, Any]:
    """Return what `check_construct` returns of the labels of a registered corpus; nothing of any other, or without a model."""
    construct = read_entry(corpus).construct if corpus in registered_names() else ""
    if model is None or construct not in CONSTRUCTS:
        return {}
    return check_construct(model, construct, f"the labels of {corpus}", any_construct=any_construct)


def check_construct(
    model: StanceModel, construct: str, labels: str, *, any_construct: bool = False
) -> dict[str, Any]:
    """Return what marks the metrics of a model of another construct; nothing where it answers the question asked.

    Parameters
    ----------
    model : StanceModel
        Asked.
    construct : str
        Asked for.
    labels : str
        What it is scored on, for the error ("the labels of seesaw").
    any_construct : bool
        Whether a model of the other construct is scored all the same.

    Returns
    -------
    dict of str to str
        ``labels_construct`` and ``model_construct`` where they differ.

    Raises
    ------
    InputError
        When they differ and `any_construct` is false.
    """
    own = constructs_of(model)
    if construct in own:
        return {}
    if not any_construct:
        raise InputError(
            f"Invalid stance model {model.name!r}. It answers {own[0]}, and {labels} ask for {construct}; with "
            "--any-construct it is scored all the same, and the metrics are marked."
        )
    return {"labels_construct": construct, "model_construct": own[0]}
