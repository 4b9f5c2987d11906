"""Encoders: verified weights, any model folder or name, vectors that depend on nothing but the text."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError, MissingDataError, UnknownNameError
from crossframe.learning.encoders import by_name as encoders
from crossframe.learning.encoders.by_name import DEFAULT, Encoder, TransformerEncoder, load_encoder

TEXTS = [
    "The mayor opened the bridge.",
    "Rain fell on the town.",
    "",
    "The mayor opened the bridge.",
    "It was by the road.",
]


@pytest.fixture
def tiny(tiny_model: Path) -> TransformerEncoder:
    """Return the encoder in the tiny model's folder."""
    encoder = load_encoder(str(tiny_model))
    assert isinstance(encoder, TransformerEncoder)
    return encoder


@pytest.mark.parametrize("name", ["tfidf", "tiny"])
def test_the_protocol(name: str, tiny_model: Path) -> None:
    """Vectors are float32, of unit length, zero for an empty text, the same for the same text."""
    encoder = load_encoder(str(tiny_model) if name == "tiny" else name)
    assert isinstance(encoder, Encoder)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape[0] == len(TEXTS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1, 1], atol=1e-5)
    assert np.array_equal(vectors[0], vectors[3])


class Lengths:
    """An encoder of one's own."""

    name, fingerprint = "lengths", "lengths-1"

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return two numbers per text."""
        return np.array([[len(text) > 20, len(text) <= 20] for text in texts], dtype=np.float32)


def test_an_object_a_name_or_a_folder(tiny_model: Path) -> None:
    """An encoder is passed through; a folder may be a Path; anything else is refused in one line."""
    own = Lengths()
    assert load_encoder(own) is own
    assert load_encoder(tiny_model).fingerprint == load_encoder(str(tiny_model)).fingerprint
    for wrong in (3, Lengths, ["tfidf"], own.encode):
        with pytest.raises(
            InputError, match=r"Invalid encoder .* an object with name, fingerprint and encode"
        ):
            load_encoder(wrong)  # type: ignore[arg-type]


def test_no_text_at_all(tiny: TransformerEncoder) -> None:
    """No texts and empty texts are encoded, too."""
    assert tiny.encode([]).shape == (0, 32)
    assert not tiny.encode(["", " "]).any()


def test_vectors_do_not_depend_on_order(tiny: TransformerEncoder) -> None:
    """The same texts in another order have the same vectors, bit for bit."""
    texts = [
        f"The mayor {word} the {thing}."
        for word in ("opened", "closed")
        for thing in ("town", "road", "ferry")
    ] * 8
    order = np.random.default_rng(0).permutation(len(texts))
    assert np.array_equal(tiny.encode(texts)[order], tiny.encode([texts[i] for i in order]))


def test_spans(tiny: TransformerEncoder) -> None:
    """A stretch of text is seen in its context: two layers, and another context gives other states."""
    states = tiny.encode_spans(["The mayor opened it.", "A corrupt mayor closed it."], [(4, 9), (10, 15)])
    assert states.shape == (2, 64)
    assert not np.allclose(states[0], states[1])
    beyond = tiny.encode_spans(["the " * 200 + "mayor"], [(800, 805)])
    assert np.isfinite(beyond).all()


def test_fingerprints(tiny_model: Path, tmp_path: Path) -> None:
    """Other weights, other fingerprint; the same files elsewhere, the same one."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)
    assert load_encoder(str(copy)).fingerprint == load_encoder(str(tiny_model)).fingerprint
    weights = next(copy.rglob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert load_encoder(str(copy)).fingerprint != load_encoder(str(tiny_model)).fingerprint
    fitted, other = load_encoder("tfidf"), load_encoder("tfidf")
    fitted.encode(["One text."])
    other.encode(["Another text entirely."])
    assert fitted.fingerprint != other.fingerprint


@pytest.mark.slow
def test_the_fast_path_gives_the_vectors_of_torch(tiny: TransformerEncoder, tiny_model: Path) -> None:
    """Float32 is exact and keeps the fingerprint of the weights; int8 comes close, has its own, and the same spans."""
    assert tiny.independent
    assert tiny.backend.startswith("onnxruntime ")
    wanted = tiny.model.encode(TEXTS[:2], normalize_embeddings=True)
    assert np.allclose(tiny.encode(TEXTS[:2]), wanted, atol=1e-6)
    small = load_encoder(f"{tiny_model}:int8")
    assert isinstance(small, TransformerEncoder)
    assert small.name == f"{tiny_model}:int8"
    assert small.fingerprint != tiny.fingerprint
    assert (small.encode(TEXTS[:2]) * wanted).sum(axis=1).min() > 0.95
    assert np.array_equal(small.encode_spans(TEXTS[:1], [(4, 9)]), tiny.encode_spans(TEXTS[:1], [(4, 9)]))


def test_a_model_that_is_trained_on_is_not_exported(tiny: TransformerEncoder) -> None:
    """The vectors are those of the files that the fingerprint names, whatever was done to the loaded model."""
    before = tiny.encode(TEXTS)
    for weight in tiny.model.parameters():
        weight.data.zero_()
    assert np.array_equal(load_encoder(str(tiny.folder)).encode(TEXTS), before)
    assert np.array_equal(tiny.encode(TEXTS), before)


@pytest.mark.slow
def test_a_tokenizer_that_reads_otherwise(tiny_model: Path, tmp_path: Path) -> None:
    """Where the tokenizer's file reads text otherwise than torch's, torch encodes, with a warning; int8 is refused."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)
    settings = copy / "sentence_bert_config.json"
    settings.write_text(
        json.dumps(json.loads(settings.read_text()) | {"max_seq_length": 7}), encoding="utf-8"
    )
    encoder = load_encoder(str(copy))
    assert isinstance(encoder, TransformerEncoder)
    encoder.fast.tokenizer.enable_truncation(9)  # type: ignore[union-attr]
    with pytest.warns(CrossframeWarning, match=r"Encoding by torch, which is slower. Invalid tokenizer"):
        vectors = encoder.encode(TEXTS)
    assert np.allclose(vectors[:2], encoder.model.encode(TEXTS[:2], normalize_embeddings=True), atol=1e-6)
    assert encoder.backend.startswith("torch ")
    small = load_encoder(f"{copy}:int8")
    small.fast.tokenizer.enable_truncation(9)  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="Invalid tokenizer"):
        small.encode(TEXTS)


def test_a_damaged_model_folder(tiny_model: Path, tmp_path: Path) -> None:
    """A folder that is no model is one clear error when it first encodes."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingDataError, match="Invalid model folder"):
        load_encoder(str(tmp_path / "empty")).encode(["A text."])


def test_a_hugging_face_name(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of the hub is fetched by the hub's own library: here out of its cache, as after a first download."""
    from huggingface_hub import constants

    commit = "0123456789abcdef0123456789abcdef01234567"
    stored = tmp_path / "hub" / "models--example--tiny"
    shutil.copytree(tiny_model, stored / "snapshots" / commit)
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(commit, encoding="utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    found = load_encoder("example/tiny")
    assert found.name == "example/tiny"
    assert np.array_equal(found.encode(TEXTS), load_encoder(str(tiny_model)).encode(TEXTS))
    assert load_encoder("example/tiny:int8").name == "example/tiny:int8"
    for name in ("example/other", "not a name", "../up", "tfidf:int8"):
        with pytest.raises(UnknownNameError, match="sentence-transformers name"):
            load_encoder(name)
    with pytest.raises(UnknownNameError, match=r"Did you mean 'all-MiniLM-L6-v2'\?"):
        load_encoder("all-minilm-l6-v3")


@pytest.mark.model
def test_the_default_is_what_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default's weights are hashed before use; others are refused."""
    encoder = load_encoder()
    assert encoder.name == DEFAULT
    texts = ["A man is eating food.", "A man eats something.", "The girl carries a baby."]
    vectors = encoder.encode(texts)
    assert vectors.shape == (3, 384)
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]
    assert np.allclose(vectors, encoder.model.encode(texts, normalize_embeddings=True), atol=1e-6)  # type: ignore[attr-defined]
    for shipped in ("aligner-news", "frames-news", "stance-news"):
        config = json.loads((storage.models_folder() / shipped / "config.json").read_text(encoding="utf-8"))
        assert config["encoder_fingerprint"] == encoder.fingerprint
    monkeypatch.setattr(encoders, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(MissingDataError, match="It must be 0000"):
        load_encoder()


def test_tfidf_knows_what_is_rare() -> None:
    """Texts that share a rare word are closer than texts that share a common one."""
    texts = ["the ferry left", "the ferry sank", "the snow fell", "the vote failed", "the road closed"]
    vectors = load_encoder("tfidf").encode(texts)
    assert vectors[0] @ vectors[1] > 2 * (vectors[0] @ vectors[2])
