"""Which question labels and models answer: how a sentence portrays a target, or where a holder stands toward it."""

from typing import Any

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import StanceModel, constructs_of
from crossframe.reading.public.registry import read_entry, registered_names
from crossframe.records import CONSTRUCTS, PORTRAYAL, Corpus


def check_labels(model: StanceModel | None, corpus: Corpus, *, any_construct: bool = False) -> dict[str, Any]:
    """Return what `check_construct` returns of the labels of a corpus; nothing where it has none, or without a model."""
    construct = construct_of_labels(corpus)
    if model is None or not construct:
        return {}
    return check_construct(model, construct, f"the labels of {corpus.name}", any_construct=any_construct)


def construct_of_labels(corpus: Corpus) -> str:
    """Return the question that the labels of a corpus answer: by the registry; of a folder with gold of either, portrayal.

    Gold stance of a folder is of holders only beside gold portrayal; which of the two a model is scored on, it says itself.
    """
    if corpus.name in registered_names():
        construct = read_entry(corpus.name).construct
        return construct if construct in CONSTRUCTS else ""
    return PORTRAYAL if {"portrayal", "stance"} & set(corpus.gold) else ""


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
