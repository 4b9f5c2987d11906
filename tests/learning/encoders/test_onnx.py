"""The fast path: torch's states without torch, depending on the text alone, from a cache that is verified."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.errors import CrossframeWarning, InputError
from crossframe.learning.encoders.onnx import FastEncoder, count_threads

TEXTS = [
    "The mayor opened the bridge.",
    "Rain fell on the town, said the minister, and the storm cut power in the valley.",
    "",
    "The mayor opened the bridge.",
    "the " * 100,
    "Snow closed the pass on Friday!",
    "The ferry was by the town.",
]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache of this test's own."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "onnx"


@pytest.fixture(scope="module")
def body(tiny_model: Path) -> Any:
    """Return the tiny model's torch module."""
    from transformers import AutoModel

    return AutoModel.from_pretrained(tiny_model).eval()


def fast(body: Any, folder: Path, precision: str = "float32", fingerprint: str = "tiny") -> FastEncoder:
    """Return the fast path of the tiny model."""
    return FastEncoder(
        body, folder / "tokenizer.json", fingerprint=fingerprint, precision=precision, max_length=64
    )


def torch_states(body: Any, folder: Path, text: str) -> np.ndarray:
    """Return what torch gives for a text's tokens."""
    import torch
    from transformers import AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(folder)(text, truncation=True, max_length=64, return_tensors="pt")
    with torch.no_grad():
        return body(input_ids=tokens["input_ids"]).last_hidden_state[0].numpy()


@pytest.mark.slow
@pytest.mark.parametrize(("precision", "near"), [("float32", 1e-5), ("int8", 0.5)])
def test_states_are_those_of_torch(body: Any, tiny_model: Path, precision: str, near: float) -> None:
    """A text's states are torch's, special tokens included, cut at the model's reach; int8's come close."""
    found = fast(body, tiny_model, precision).encode_tokens(TEXTS)
    for text, states in zip(TEXTS, found, strict=True):
        wanted = torch_states(body, tiny_model, text)
        assert states.shape == wanted.shape
        assert states.dtype == np.float32
        assert np.abs(states - wanted).mean() < near
    vectors = fast(body, tiny_model, precision).encode(TEXTS)
    means = np.array([states.mean(axis=0) for states in found])
    assert np.allclose(vectors, means / np.linalg.norm(means, axis=1, keepdims=True), atol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["float32", "int8"])
@pytest.mark.parametrize("threads", ["1", "3"])
def test_a_vector_depends_on_its_text_alone(
    body: Any, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, precision: str, threads: str
) -> None:
    """Company, order and threads change no bit; in int8, too, whose scales would else be those of a batch."""
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    encoder = fast(body, tiny_model, precision)
    texts = TEXTS + [
        f"The {who} {what} the town." for who in ("mayor", "storm") for what in ("cut", "closed")
    ]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    order = np.random.default_rng(0).permutation(len(texts))
    assert np.array_equal(encoder.encode(texts), alone)
    assert np.array_equal(encoder.encode([texts[i] for i in order]), alone[order])


@pytest.mark.slow
def test_no_text_at_all(body: Any, tiny_model: Path) -> None:
    """No texts have no vectors, of the right number of dimensions."""
    assert fast(body, tiny_model).encode([]).shape == (0, 32)
    assert fast(body, tiny_model).encode_tokens([]) == []


@pytest.mark.slow
def test_torch_only_to_export(body: Any, tiny_model: Path, cache: Path) -> None:
    """With the export in the cache the body is not loaded, and a new process imports no torch."""
    made = fast(lambda: body, tiny_model, "int8").encode(TEXTS[:2])

    def never() -> None:
        raise AssertionError("The body was loaded.")

    assert np.array_equal(fast(never, tiny_model, "int8").encode(TEXTS[:2]), made)
    script = (
        "import sys; from pathlib import Path; from crossframe.learning.encoders.onnx import FastEncoder\n"
        f"encoder = FastEncoder(None, Path({str(tiny_model / 'tokenizer.json')!r}), fingerprint='tiny', "
        "precision='int8', max_length=64)\n"
        f"encoder.encode({TEXTS!r})\n"
        "print(sorted({'torch', 'transformers', 'onnx'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert run.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [lambda b: b[:-3], lambda b: b"", lambda b: b[:-1] + b"\xff"])
def test_a_damaged_export_is_remade(body: Any, tiny_model: Path, cache: Path, spoil: Any) -> None:
    """A truncated, empty or altered export is a warning and is exported again; it is never run."""
    wanted = fast(body, tiny_model).encode(TEXTS)
    [entry] = cache.iterdir()
    entry.write_bytes(spoil(entry.read_bytes()))
    with pytest.warns(CrossframeWarning, match="Damaged cache entry"):
        assert np.array_equal(fast(body, tiny_model).encode(TEXTS), wanted)
    [entry] = cache.iterdir()
    assert np.array_equal(fast(None, tiny_model).encode(TEXTS), wanted)


@pytest.mark.slow
def test_a_cache_that_cannot_be_written(
    body: Any, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is done all the same, with a warning: in int8, too, which is made of the float32 export."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "file"))
    with pytest.warns(CrossframeWarning, match="Cannot write to the cache"):
        assert fast(body, tiny_model, "int8").encode(TEXTS).shape == (len(TEXTS), 32)


@pytest.mark.slow
def test_other_fingerprints_have_other_exports(body: Any, tiny_model: Path, cache: Path) -> None:
    """Models are cached by fingerprint and precision."""
    for fingerprint in ("one", "two"):
        fast(body, tiny_model, fingerprint=fingerprint).encode(["The town."])
    fast(None, tiny_model, "int8", "two").encode(["The town."])
    assert len(list(cache.iterdir())) == 3


@pytest.mark.slow
def test_a_body_that_cannot_be_exported(tiny_model: Path, cache: Path) -> None:
    """What torch cannot export, and what is no transformer, is one clear error; the cache stays empty."""
    import torch

    class Branching(torch.nn.Module):
        def forward(self, input_ids: Any) -> Any:
            return input_ids if input_ids.sum().item() % 2 else -input_ids

    for body in (Branching(), torch.nn.Linear(2, 2)):
        with pytest.raises(InputError, match="for the fast path"):
            fast(body, tiny_model).encode(TEXTS)
    assert not cache.exists()


def test_an_unknown_precision(tiny_model: Path) -> None:
    """Precisions are those that are named."""
    with pytest.raises(InputError, match="Invalid precision 'float16'"):
        fast(None, tiny_model, "float16")


@pytest.mark.parametrize(("threads", "expected"), [("3", 3), ("0", None), ("many", None)])
def test_threads(monkeypatch: pytest.MonkeyPatch, threads: str, expected: int | None) -> None:
    """OMP_NUM_THREADS is applied where it is a number."""
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    assert count_threads() == expected or (expected is None and count_threads() >= 1)
