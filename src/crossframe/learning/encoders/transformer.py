"""A sentence-transformers model as an encoder: by ONNX Runtime where that is exact, else by torch."""

import hashlib
import warnings
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import Any, TypeGuard

import numpy as np

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError, MissingDataError
from crossframe.learning.encoders.adapters import apply_adapter
from crossframe.learning.encoders.model_folders import FastPlan, plan_fast
from crossframe.learning.encoders.onnx import FastEncoder, read_tokenizer
from crossframe.learning.lora import merge_weights
from crossframe.learning.model_files import ModelFiles, Picklable, hash_arrays

BATCH = 32
"""Sentences per batch of torch; fixed, because the last bits of a vector depend on its batch there."""
MAX_LENGTH = 512
"""Tokens read of a text where only torch runs the model."""
BERT_LIKE = ("bert", "roberta", "xlm-roberta")
"""Architectures whose layers can be run one by one, as taggers and late interaction need it."""


class TransformerEncoder(Picklable):
    """A sentence-transformers model in a folder, loaded when first needed.

    Plain models (`plan_fast`) run by ONNX Runtime, whose float32 vectors are torch's to the sixth decimal; all others by
    torch. The fingerprint depends on weights and precision, `backend` on what computes; a cache's key needs both.

    Parameters
    ----------
    name : str
        Name in run.json.
    folder : Path
        Model folder.
    adapter : ModelFiles, optional
        A low-rank update put on the model.
    precision : {"float32", "int8"}
        int8 is about twice as fast; its vectors have a cosine of about 0.99 with float32's. Spans are always float32.
    """

    def __init__(
        self, name: str, folder: Path, adapter: ModelFiles | None = None, *, precision: str = "float32"
    ) -> None:
        self.name = name
        self.folder = folder
        self.adapter = adapter
        self.precision = precision

    def __repr__(self) -> str:
        return f"TransformerEncoder({self.name!r})"

    @cached_property
    def fingerprint(self) -> str:
        """Hash over all files of the model, the adapter, the batch size, and int8 where that is the precision."""
        if self.precision == "float32":
            return self._weights
        return hashlib.sha256(f"{self._weights} {self.precision}".encode()).hexdigest()

    @cached_property
    def _weights(self) -> str:
        suffixes = {".safetensors", ".json", ".txt", ".model", ".bin"}
        digest = hashlib.sha256(f"batch {BATCH}\n".encode())
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and p.suffix in suffixes):
            digest.update(
                f"{path.relative_to(self.folder).as_posix()}\0{storage.sha256_of_file(path)}\n".encode()
            )
        if self.adapter is not None:
            digest.update(f"adapter {self.adapter.hash}\n".encode())
        return digest.hexdigest()

    @property
    def backend(self) -> str:
        """What computes the vectors, with its version: the last bits depend on it."""
        package = "torch" if self.fast is None else "onnxruntime"
        return f"{package} {metadata.version(package)}"

    @property
    def independent(self) -> bool:
        """Whether a text's vector depends on the text alone, to the last bit, and not on those encoded with it."""
        return self.fast is not None

    @cached_property
    def plan(self) -> FastPlan | None:
        """How ONNX Runtime runs the model, None where only torch does."""
        return plan_fast(self.folder)

    @cached_property
    def fast(self) -> FastEncoder | None:
        """The fast path, None for models that only torch runs."""
        if self.plan is not None:
            return FastEncoder(
                self.load_body,
                self.plan.tokenizer_file,
                fingerprint=self._weights,
                precision=self.precision,
                max_length=self.plan.max_length,
            )
        if self.precision == "float32":
            return None
        raise InputError(
            f"Invalid encoder {self.name!r}. Only a plain transformer with mean pooling can run in {self.precision}."
        )

    def with_weights(
        self, arrays: Mapping[str, np.ndarray], prefix: str, *, precision: str, max_length: int
    ) -> FastEncoder:
        """Return the fast path of the body with those weights of `arrays` in it whose names begin with `prefix`.

        Raises
        ------
        InputError
            When only torch runs the encoder.
        """
        if self.plan is None:
            raise InputError(
                f"Invalid encoder {self.name!r}. It must be a plain transformer with mean pooling."
            )
        own = {name: array for name, array in arrays.items() if name.startswith(prefix)}
        return FastEncoder(
            partial(self.load_body, own, prefix),
            self.plan.tokenizer_file,
            fingerprint=hash_arrays(self.fingerprint, own),
            precision=precision,
            max_length=max_length,
        )

    @property
    def max_length(self) -> int:
        """Tokens that are read of a text."""
        return MAX_LENGTH if self.plan is None else self.plan.max_length

    def load_tokenizer(self, max_length: int) -> Any:
        """Return the tokenizer: no padding, texts cut at `max_length` tokens."""
        if self.plan is not None:
            return read_tokenizer(self.plan.tokenizer_file, max_length)
        tokenizer = self.model.tokenizer.backend_tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length)
        return tokenizer

    @cached_property
    def model(self) -> Any:
        """The loaded sentence-transformers model, on the CPU."""
        return self.load_model()

    def load_model(self) -> Any:
        """Return the sentence-transformers model, loaded anew, on the CPU: a caller may train it."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        bar = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()
        try:
            model = SentenceTransformer(
                str(self.folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
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

    def load_body(self, arrays: Mapping[str, np.ndarray] | None = None, prefix: str = "") -> Any:
        """Return the body of a model loaded anew (a caller may train it), with trained weights (`with_weights`) in it.

        Raises
        ------
        InputError
            When the fast path would read other tokens than the body expects.
        """
        model, fast = self.load_model(), self.fast
        text = "An unbelievably naïve Mr. Đặng paid $1,000; " * 200
        wanted = model.tokenizer(text, truncation=True, max_length=model.max_seq_length)["input_ids"]
        if fast is not None and fast.tokenizer.encode(text).ids != list(wanted):
            raise InputError(
                f"Invalid tokenizer of encoder {self.name!r}. Its file must read text as torch's."
            )
        return merge_weights(model[0].auto_model, arrays or {}, prefix)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of `texts`: float32 ndarray of shape (n_texts, n_dims), unit length, zero for empty."""
        return _in_canonical_order(texts, self._encode)

    def encode_spans(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> np.ndarray:
        """Return the model's states of a span of each text in its context.

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
        if self.fast is not None:
            try:
                return self.fast.encode(texts)
            except InputError as error:
                if self.precision != "float32":
                    raise
                warnings.warn(f"Encoding by torch, which is slower. {error}", CrossframeWarning, stacklevel=3)
                self.fast = None
        batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        parts = [
            self.model.encode(batch, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
            for batch in batches
        ]
        return np.concatenate(parts).astype(np.float32)


def is_bert_like(encoder: object) -> TypeGuard[TransformerEncoder]:
    """Return whether taggers and late interaction can be fitted on `encoder`: a plain transformer of BERT's build."""
    plan = encoder.plan if isinstance(encoder, TransformerEncoder) else None
    return plan is not None and plan.kind in BERT_LIKE


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
    ordered = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
    for number, text in enumerate(texts):
        if text in row:
            ordered[number] = vectors[row[text]]
    return ordered
