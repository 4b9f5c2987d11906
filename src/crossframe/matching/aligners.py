"""Aligners by name: shipped or trained ones, peers of the literature, and one with a second reader."""

from typing import Any

from crossframe.learning.endpoint.client import is_endpoint
from crossframe.learning.endpoint.configuration import ENDPOINT
from crossframe.learning.model_files import read_model
from crossframe.matching.alignment import Aligner
from crossframe.matching.baselines import PEERS, load_peer
from crossframe.matching.reranker import load_endpoint_aligner

DEFAULT = "aligner-news"


def load_aligner(name_or_folder: str | None = None) -> Any:
    """Return a trained aligner, a peer of the literature, or one with a second reader.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``aligner-news`` (default encoder), ``aligner-lexical`` (no encoder), a folder that ``crossframe train
        aligner`` wrote, a peer (``tfidf``, ``cosine``, ``margin``, ``mutual``, ``transport``, ``monotone``), or
        ``endpoint``: a language model of the user's own, which the configuration describes, reads the doubtful pairs of
        ``aligner-news`` a second time; so does the one at an address (``http://localhost:8000/v1#model-name``).

    Returns
    -------
    Aligner
        Ready to align, or anything with its face.

    Raises
    ------
    UnknownNameError
        When there is no such model.
    InputError
        When the configuration or the address of an endpoint cannot be used.

    Examples
    --------
    >>> load_aligner("aligner-lexical").embedding
    False
    """
    if name_or_folder in PEERS:
        return load_peer(str(name_or_folder))
    if is_endpoint(name_or_folder):
        return load_endpoint_aligner(load_aligner(None), name_or_folder)
    name = DEFAULT if name_or_folder is None else name_or_folder
    return Aligner.from_files(read_model(name, "aligner", also=(ENDPOINT, *PEERS)))
