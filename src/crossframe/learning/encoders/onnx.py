"""Run a transformer by ONNX Runtime: export it once, quantise, keep the verified export in the cache, give token states."""

import hashlib
import json
import logging
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError
from crossframe.learning.model_files import Picklable

PRECISIONS = ("float32", "int8")
TOKENS = 1024
"""Tokens per batch of float32; between 512 and 2,048 speed on 1,648 sentences of BASIL differed by less than a tenth."""
TEXTS = 64
"""Texts per batch."""
TOLERANCE = 1e-3
"""Largest difference of a token's state (about 1 in size) between export and torch; MiniLM's is below 1e-5."""
_PROBES = (
    "A short text.",
    "The mayor opened the new bridge on Monday, and critics called the deal a disgrace.",
)


class FastEncoder(Picklable):
    """A transformer's body on the CPU without torch, several times faster; torch is needed only to export it.

    A text's states depend on the text alone, neither on its batch nor on the order or the number of threads: only texts
    of equal token count share a batch, so nothing is padded, and in int8, where a batch has one scale, each text is a
    batch of its own. Threads work on different batches.

    Parameters
    ----------
    body : torch.nn.Module or callable
        Gives ``last_hidden_state`` for ``input_ids``; or a callable without arguments that returns it, called only
        where the export is not in the cache. It is put in evaluation mode.
    tokenizer_file : Path
        ``tokenizer.json``.
    fingerprint : str
        Hash of everything the body's states depend on; the export is cached under it.
    precision : {"float32", "int8"}
        int8 quantises weights by channel and activations by text.
    max_length : int
        Tokens that are read of a text, special ones included.

    Raises
    ------
    InputError
        When the precision is neither; when first used, where the body cannot be exported exactly.
    """

    def __init__(
        self,
        body: Any,
        tokenizer_file: Path,
        *,
        fingerprint: str,
        precision: str = "float32",
        max_length: int = 256,
    ) -> None:
        if precision not in PRECISIONS:
            raise InputError(f"Invalid precision {precision!r}. It must be one of {', '.join(PRECISIONS)}.")
        self.body = body
        self.tokenizer_file = tokenizer_file
        self.fingerprint = fingerprint
        self.precision = precision
        self.max_length = max_length

    def __repr__(self) -> str:
        return f"FastEncoder({self.tokenizer_file.name!r}, precision={self.precision!r})"

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer: no padding, texts cut at ``max_length``."""
        return read_tokenizer(self.tokenizer_file, self.max_length)

    @cached_property
    def session(self) -> Any:
        """The running model: from the cache where its export is there, else exported first."""
        return _session(_cached_model(self._key(self.precision), self._make))

    def encode_tokens(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the states of every text's tokens.

        Parameters
        ----------
        texts : sequence of str
            In any order.

        Returns
        -------
        list of ndarray of shape (n_tokens_of_text, n_dims)
            float32, special tokens included; equal texts share one read-only array.
        """
        return self._encode(texts, lambda states: states)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of shape (n_texts, n_dims): mean of all tokens' states, of unit length."""
        vectors = self._encode(texts, _pooled)
        return (
            np.stack(vectors)
            if vectors
            else np.zeros((0, self.session.get_outputs()[0].shape[2]), np.float32)
        )

    def _encode(self, texts: Sequence[str], reduce: Callable[[np.ndarray], np.ndarray]) -> list[np.ndarray]:
        tokens = [tuple(encoding.ids) for encoding in self.tokenizer.encode_batch(list(texts))]
        distinct = sorted(set(tokens), key=lambda ids: (len(ids), ids))
        batches = list(_batches(distinct, one_by_one=self.precision == "int8"))
        session = self.session

        def run(batch: Sequence[tuple[int, ...]]) -> list[np.ndarray]:
            states = session.run(None, {"input_ids": np.array(batch, dtype=np.int64)})[0]
            states.setflags(write=False)
            return list(reduce(states))

        with ThreadPoolExecutor(count_threads()) as threads:
            results = [text for batch in threads.map(run, batches) for text in batch]
        row = {ids: number for number, ids in enumerate(distinct)}
        return [results[row[ids]] for ids in tokens]

    def _key(self, precision: str) -> str:
        versions = [metadata.version(name) for name in ("torch", "transformers", "onnx", "onnxruntime")]
        return hashlib.sha256(json.dumps([self.fingerprint, precision, versions]).encode()).hexdigest()

    def _make(self, target: Path) -> None:
        if self.precision == "int8":
            _quantise(_cached_model(self._key("float32"), self._export), target)
        else:
            self._export(target)

    def _export(self, target: Path) -> None:
        body = self.body if hasattr(self.body, "forward") else self.body()
        with _silence():
            _export(body, target, [self.tokenizer.encode(text).ids for text in _PROBES])


def read_tokenizer(file: Path, max_length: int) -> Any:
    """Return the tokenizer in `file`: no padding, texts cut at `max_length` tokens."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer


def count_threads() -> int:
    """Return how many threads encode at once: ``OMP_NUM_THREADS``, which joblib's workers set, else all processors."""
    threads = os.environ.get("OMP_NUM_THREADS", "")
    if threads.isdigit() and int(threads) > 0:
        return int(threads)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(distinct: Sequence[tuple[int, ...]], *, one_by_one: bool) -> Iterator[list[tuple[int, ...]]]:
    """Yield runs of texts of equal token count within the budget; `distinct` is sorted by token count."""
    batch: list[tuple[int, ...]] = []
    for ids in distinct:
        room = 1 if one_by_one else min(TEXTS, max(1, TOKENS // max(1, len(ids))))
        if batch and (len(ids) != len(batch[0]) or len(batch) >= room):
            yield batch
            batch = []
        batch.append(ids)
    if batch:
        yield batch


def _pooled(states: np.ndarray) -> np.ndarray:
    means = states.mean(axis=1)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)


def _session(model: "Path | bytes") -> Any:
    """Start ONNX Runtime with one thread per batch: threads work on batches, not inside them."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    content = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


# --- the export in the cache ----------------------------------------------------------------------------


def _cached_model(key: str, make: Callable[[Path], None]) -> "Path | bytes":
    """Return the model cached under `key`, exported first where it is missing or damaged; its file's name has its hash."""
    folder = storage.cache_folder() / "onnx"
    for path in sorted(folder.glob(f"{key}.*.onnx")):
        if storage.sha256_of_file(path) == path.name.split(".")[1]:
            return path
        warnings.warn(
            f"Damaged cache entry {path.name!r}. It is made again.", CrossframeWarning, stacklevel=2
        )
        path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="crossframe-") as scratch:
        file = Path(scratch) / "model.onnx"
        make(file)
        content = file.read_bytes()
    path = folder / f"{key}.{hashlib.sha256(content).hexdigest()}.onnx"
    try:
        storage.write_bytes(path, content)
    except (OSError, InputError) as error:
        warnings.warn(
            f"Cannot write to the cache {str(folder)!r} ({storage.reason_of(error)}). The model is exported again next time.",
            CrossframeWarning,
            stacklevel=2,
        )
        return content
    return path


def _export(body: Any, target: Path, probes: Sequence[Sequence[int]]) -> None:
    """Write `body` as ONNX and compare it with torch on texts of other lengths than it was traced with."""
    import torch

    class Body(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = body

        def forward(self, input_ids: Any) -> Any:
            return self.body(input_ids=input_ids).last_hidden_state

    module = Body().eval()
    batch, length = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("length", min=2, max=512)
    sample = torch.tensor([[probes[0][0], *probes[1]]] * 2)
    try:
        with torch.no_grad():
            torch.onnx.export(
                module,
                (sample,),
                str(target),
                dynamo=True,
                input_names=["input_ids"],
                output_names=["states"],
                dynamic_shapes={"input_ids": {0: batch, 1: length}},
                verbose=False,
                external_data=False,
            )
            expected = [module(torch.tensor([list(ids)])).numpy() for ids in probes]
    except (torch.onnx.OnnxExporterError, TypeError, AttributeError, ValueError, RuntimeError) as error:
        reason = (str(error).strip() or type(error).__name__).split("\n", maxsplit=1)[0]
        raise InputError(
            f"Invalid model {type(body).__name__!r} for the fast path: {reason}. It must be a transformer that gives "
            "last_hidden_state and that torch can export."
        ) from None
    session = _session(target)
    for ids, states in zip(probes, expected, strict=True):
        exported = session.run(None, {"input_ids": np.array([list(ids)], dtype=np.int64)})[0]
        if exported.shape != states.shape or not np.allclose(exported, states, atol=TOLERANCE):
            raise InputError(
                f"Invalid model {type(body).__name__!r} for the fast path. Its export must give the states that torch gives."
            )


def _quantise(model: "Path | bytes", target: Path) -> None:
    """Write `model` with weights in int8, one scale per channel, and activations quantised dynamically."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    source = str(model) if isinstance(model, Path) else onnx.load_from_string(model)
    with _silence():
        quantize_dynamic(source, str(target), weight_type=QuantType.QInt8, per_channel=True)


@contextmanager
def _silence() -> Iterator[None]:
    """Hide the exporter's and the quantiser's messages, which are for their developers."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
