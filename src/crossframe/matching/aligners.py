"""Aligners by name, by folder, or as objects: trained ones, baselines, and one with a re-ranker."""

from pathlib import Path

from crossframe._validation import shorten
from crossframe.errors import InputError
from crossframe.learning.endpoint.client import Endpoint, is_endpoint
from crossframe.learning.endpoint.configuration import ENDPOINT
from crossframe.learning.model_files import read_model
from crossframe.matching.aligner import Aligner
from crossframe.matching.baselines import BASELINES, load_baseline
from crossframe.matching.reranker import load_endpoint_aligner
from crossframe.matching.trained_aligner import TrainedAligner

DEFAULT = "aligner-news"


def load_aligner(aligner: str | Path | Endpoint | Aligner | None = None) -> Aligner:
    """Return the aligner of that name, of a folder, or the object itself.

    Parameters
    ----------
    aligner : str, Path, Endpoint or Aligner, optional
        None or ``aligner-news`` (default encoder), ``aligner-lexical`` (no encoder), a folder that ``crossframe train
        aligner`` wrote, a baseline (``tfidf`` or ``cosine``), or ``endpoint``: a language model of the user's own, which
        the configuration describes, re-ranks the doubtful pairs of ``aligner-news``; so does the one at an address
        (``http://localhost:8000/v1#model-name``) or an open endpoint. An object with ``name`` and ``align`` is returned as it is.

    Returns
    -------
    Aligner
        Ready to align.

    Raises
    ------
    UnknownNameError
        When there is no such model.
    InputError
        When the argument is no aligner, or the configuration or the address of an endpoint cannot be used.

    Examples
    --------
    >>> load_aligner("aligner-lexical").name
    'aligner-lexical'
    """
    if is_endpoint(aligner):
        return load_endpoint_aligner(load_aligner(), aligner)
    if isinstance(aligner, str | Path) or aligner is None:
        return _load_by_name(DEFAULT if aligner is None else str(aligner))
    if isinstance(aligner, type) or not isinstance(aligner, Aligner):
        raise InputError(
            f"Invalid aligner {shorten(aligner)}. It must be a name, a folder, or an object with name and "
            "align(sentences, embeddings)."
        )
    return aligner


def _load_by_name(name: str) -> Aligner:
    if name in BASELINES:
        return load_baseline(name)
    return TrainedAligner.from_files(read_model(name, "aligner", also=(ENDPOINT, *BASELINES)))
