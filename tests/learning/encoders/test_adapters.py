"""Adapters: a low-rank update brings pairs together, is saved without pickle, and is read back exactly."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, MissingDataError
from crossframe.learning.encoders.adapters import fit_adapter
from crossframe.learning.encoders.by_name import TransformerEncoder, load_encoder

PAIRS = [
    ("the mayor opened the bridge", "bridge opened by the mayor"),
    ("rain fell on the town", "the town in the rain"),
    ("parliament voted on the bill", "the bill was voted"),
    ("the storm cut power", "power was cut by the storm"),
    ("snow closed the pass", "the pass was closed"),
    ("the ferry was old", "an old ferry"),
]


def similarity(encoder: object, pairs: list[tuple[str, str]]) -> float:
    """Return the mean cosine of pairs minus that of texts that are no pairs."""
    left, right = (encoder.encode([pair[side] for pair in pairs]) for side in (0, 1))  # type: ignore[attr-defined]
    cosine = left @ right.T
    n = len(pairs)
    return float(np.trace(cosine) / n - (cosine.sum() - np.trace(cosine)) / (n * (n - 1)))


@pytest.fixture
def base(tiny_model: Path) -> TransformerEncoder:
    """Return a fresh encoder, for adapting changes its model."""
    encoder = load_encoder(str(tiny_model))
    assert isinstance(encoder, TransformerEncoder)
    return encoder


def fitted(encoder: TransformerEncoder, folder: Path, **options: int) -> Path:
    """Fit an adapter and write it."""
    files = fit_adapter(
        encoder.model, PAIRS, base=str(encoder.folder), base_fingerprint=encoder.fingerprint, epochs=80,
        learning_rate=1e-2, **options,
    )  # fmt: skip
    files.write(folder)
    return folder


def test_an_adapter_brings_pairs_together(base: TransformerEncoder, tiny_model: Path, tmp_path: Path) -> None:
    """Pairs come closer than texts that are no pairs; the saved adapter gives the adapted model's vectors."""
    before = similarity(load_encoder(str(tiny_model)), PAIRS)
    folder = fitted(base, tmp_path / "adapter")
    texts = [text for pair in PAIRS for text in pair]
    adapted = base.model.encode(texts, normalize_embeddings=True)
    again = load_encoder(str(folder))
    assert similarity(again, PAIRS) > before + 0.3
    assert np.allclose(again.encode(texts), adapted, atol=1e-6)
    assert again.fingerprint != load_encoder(str(tiny_model)).fingerprint
    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        "config.json",
        "log.json",
        "model.safetensors",
    }
    assert "Not evaluated" in (folder / "README.md").read_text(encoding="utf-8")
    weights = (folder / "model.safetensors").stat().st_size
    assert weights < next(tiny_model.rglob("*.safetensors")).stat().st_size / 2


def test_the_same_seed_makes_the_same_adapter(tiny_model: Path, tmp_path: Path) -> None:
    """Fitting is a function of pairs and seed."""
    made = []
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        encoder = load_encoder(str(tiny_model))
        assert isinstance(encoder, TransformerEncoder)
        made.append((fitted(encoder, tmp_path / name, seed=seed) / "model.safetensors").read_bytes())
    assert made[0] == made[1] != made[2]


def test_adapters_belong_to_their_base(base: TransformerEncoder, tiny_model: Path, tmp_path: Path) -> None:
    """An adapter on other weights than its own is refused, and so are too few pairs."""
    copy = tmp_path / "base"
    shutil.copytree(tiny_model, copy)
    own = load_encoder(str(copy))
    assert isinstance(own, TransformerEncoder)
    folder = fitted(own, tmp_path / "adapter")
    config = next(copy.rglob("config_sentence_transformers.json"))
    config.write_text(config.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(MissingDataError, match="fitted on other weights"):
        load_encoder(str(folder))
    with pytest.raises(InputError, match="at least two"):
        fit_adapter(base.model, PAIRS[:1], base="b", base_fingerprint="f")
