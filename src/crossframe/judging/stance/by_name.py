"""Stance models by name: the shipped one, the lexicon, trained folders, entailment models, a user's language model."""

from pathlib import Path
from typing import Any

from crossframe._validation import shorten
from crossframe.errors import InputError
from crossframe.judging.stance.adapter import ADAPTER, AdapterStance
from crossframe.judging.stance.endpoint import EndpointStance
from crossframe.judging.stance.lexicon import LEXICON, LexiconStance
from crossframe.judging.stance.linear import LINEAR, LinearStance
from crossframe.judging.stance.stance_model import StanceEstimator, StanceModel
from crossframe.judging.stance.zero_shot import ZeroShotStance, is_zero_shot
from crossframe.learning.endpoint.client import Endpoint, is_endpoint
from crossframe.learning.endpoint.configuration import ENDPOINT
from crossframe.learning.model_files import read_model

DEFAULT_STANCE = "stance-news"


def load_stance_model(model: str | Path | Endpoint | StanceModel | None = None) -> StanceModel:
    """Return a stance model, given by name, folder or as an object.

    Parameters
    ----------
    model : str, Path, Endpoint or StanceModel, optional
        None or ``stance-news``, ``stance-lexicon`` (no weights), a folder that ``crossframe train stance`` wrote,
        ``zero-shot:NAME`` (an entailment model by its Hugging Face name or folder), the address of a language model of
        your own (``http://localhost:8000/v1#model-name``), ``endpoint`` (the one that the configuration describes), or an
        open endpoint.
        An object with ``name`` and ``predict_proba`` is returned as it is.

    Returns
    -------
    StanceModel

    Raises
    ------
    UnknownNameError
        When there is no such model.
    InputError
        When `model` is neither a name, a folder nor a stance model, or its folder is damaged.

    Examples
    --------
    >>> from crossframe.judging.targets import StanceItem
    >>> item = StanceItem("Critics condemned the vile plan of Smith.", 35, 40)
    >>> load_stance_model("stance-lexicon").predict_proba([item]).argmax(axis=1).tolist()
    [0]
    """
    if isinstance(model, Endpoint):
        return EndpointStance(model)
    if isinstance(model, StanceModel) and not isinstance(model, type):
        return model
    if model is not None and not isinstance(model, str | Path):
        kind = "class" if isinstance(model, type) else type(model).__name__
        raise InputError(
            f"Invalid stance model {shorten(model)} of type {kind}. It must be a name, a folder, or an object with name and "
            "predict_proba."
        )
    return _load_by_name(DEFAULT_STANCE if model is None else str(model))


def _load_by_name(name: str) -> StanceEstimator:
    if name == LEXICON:
        return LexiconStance()
    if is_endpoint(name):
        return EndpointStance(name)
    if is_zero_shot(name):
        return ZeroShotStance(name)
    files = read_model(name, "stance", also=(LEXICON, ENDPOINT))
    methods: dict[str, Any] = {LINEAR: LinearStance, ADAPTER: AdapterStance}
    method = files.config.get("method", LINEAR)
    if method not in methods:
        raise InputError(
            f"Invalid method {method!r} of stance model {str(files.folder)!r}. It must be one of {', '.join(methods)}."
        )
    model: StanceEstimator = methods[method].from_files(files)
    model.labels_, model.log_ = dict(files.config.get("labels", {})), files.log
    model.name, model.hash, model.note = files.config["name"], files.hash, files.config["note"]
    return model
