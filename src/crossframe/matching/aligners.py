"""Aligners by name: shipped or trained ones, peers of the literature, and one with a second reader."""

from typing import Any

from crossframe.learning.configuration import ENDPOINT
from crossframe.learning.model_files import read_model
from crossframe.matching.alignment import Aligner
from crossframe.matching.peers import PEERS, load_peer
from crossframe.matching.second_reader import load_endpoint_aligner

DEFAULT = "aligner-news"


def load_aligner(name_or_folder: str | None = None) -> Any:
    """Return a trained aligner, a peer of the literature, or one with a second reader.

    Parameters
    ----------
    name_or_folder : str, optional
        None or ``aligner-news`` (default encoder), ``aligner-lexical`` (no encoder), a folder that ``crossframe train
        aligner`` wrote, a peer (``tfidf``, ``cosine``, ``margin``, ``mutual``, ``transport``, ``monotone``), or
        ``endpoint``: a language model of the user's own reads the doubtful pairs a second time.

    Returns
    -------
    Aligner
        Ready to align, or anything with its face.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> load_aligner("aligner-lexical").embedding
    False
    """
    if name_or_folder in PEERS:
        return load_peer(str(name_or_folder))
    if name_or_folder == ENDPOINT:
        return load_endpoint_aligner(load_aligner(None))
    return Aligner.from_files(read_model(name_or_folder or DEFAULT, "aligner"))
