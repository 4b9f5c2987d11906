"""Stance models by name: the shipped one, the lexicon, trained folders, entailment models, a user's language model."""

from typing import Any

from crossframe.errors import InputError
from crossframe.judging.stance.adapter import METHOD as ADAPTER
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.contract import StanceContract
from crossframe.judging.stance.endpoint import EndpointStance
from crossframe.judging.stance.lexicon import LEXICON, LexiconStance
from crossframe.judging.stance.linear import METHOD as LINEAR
from crossframe.judging.stance.linear import LinearStance
from crossframe.judging.stance.zero_shot import ZeroShotStance, is_zero_shot
from crossframe.learning.endpoint.client import is_endpoint
from crossframe.learning.endpoint.configuration import ENDPOINT
from crossframe.learning.model_files import read_model

DEFAULT = "stance-news"


def load_stance_model(name_or_folder: str | None = None) -> StanceContract:
    """Return a trained stance model.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``stance-news``, ``stance-lexicon`` (no weights), a folder that ``crossframe train stance`` wrote,
        ``zero-shot:NAME`` (an entailment model by its Hugging Face name or folder), the address of a language model of
        your own (``http://localhost:8000/v1#model-name``), or ``endpoint``: the one that the configuration describes.

    Returns
    -------
    StanceContract
        Ready to annotate.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> from crossframe.judging.stance.features import Target
    >>> load_stance_model("stance-lexicon").predict([Target("Critics condemned the vile plan of Smith.", 35, 40)])
    ['negative']
    """
    if name_or_folder == LEXICON:
        return LexiconStance()
    if is_endpoint(name_or_folder):
        return EndpointStance(name_or_folder)
    if is_zero_shot(name_or_folder):
        return ZeroShotStance(name_or_folder)
    name = DEFAULT if name_or_folder is None else name_or_folder
    files = read_model(name, "stance", also=(LEXICON, ENDPOINT))
    methods: dict[str, Any] = {LINEAR: LinearStance, ADAPTER: AdapterStance}
    method = files.config.get("method", LINEAR)
    if method not in methods:
        raise InputError(
            f"Invalid method {method!r} of stance model {str(files.folder)!r}. It must be one of {', '.join(methods)}."
        )
    model: StanceContract = methods[method].from_files(files)
    model.labels_ = dict(files.config.get("labels", {}))
    model.name, model.hash, model.note = files.config["name"], files.hash, files.config["note"]
    return model
