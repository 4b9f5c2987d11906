"""Which models run by the fast path: plain ones of known kinds, whose vectors are torch's; all others stay with torch."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import TransformerEncoder, load_encoder
from crossframe.learning.encoders.model_folders import KINDS, plan_fast

WORDS = ["the", "a", "mayor", "town", "bridge", "rain", "opened", "closed", "said", "storm", ",", "."]
SIZES = {
    "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "embedding_size": 32,
    "dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 64, "initializer_range": 0.3, "max_position_embeddings": 80,
    "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2,
}  # fmt: skip


def save_model(kind: str, folder: Path) -> Path:
    """Make a tiny sentence-transformers model of a kind and return its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import AutoConfig, AutoModel, PreTrainedTokenizerFast

    vocabulary = {word: i for i, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", "<mask>", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    torch.manual_seed(0)
    config = AutoConfig.for_model(kind, vocab_size=len(vocabulary), **SIZES)
    AutoModel.from_config(config).save_pretrained(folder / "body")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>",
        pad_token="<pad>", unk_token="<unk>", mask_token="<mask>",
    ).save_pretrained(folder / "body")  # fmt: skip
    body = Transformer(str(folder / "body"), max_seq_length=64)
    SentenceTransformer(modules=[body, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_known_kind_gives_the_vectors_of_torch(kind: str, tmp_path: Path) -> None:
    """Texts of several lengths, one beyond the model's reach, have torch's vectors to the sixth decimal."""
    encoder = load_encoder(str(save_model(kind, tmp_path)))
    assert isinstance(encoder, TransformerEncoder)
    texts = [
        "the mayor opened the bridge .",
        "rain",
        "the storm closed the town , said a mayor",
        "the " * 100,
    ]
    vectors = encoder.encode(texts)
    assert encoder.backend.startswith("onnxruntime ")
    assert np.allclose(vectors, encoder.model.encode(texts, normalize_embeddings=True), atol=2e-6)


def change(folder: Path, name: str, **values: Any) -> None:
    """Change some values of a JSON file."""
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps(content | values), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("config.json", {"model_type": "gpt2"}),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        ("1_Pooling/config.json", {"pooling_mode": "cls"}),
        ("tokenizer.json", None),
        ("modules.json", None),
    ],
)
def test_all_else_stays_with_torch(
    tiny_model: Path, tmp_path: Path, name: str, values: dict[str, Any] | None
) -> None:
    """Another kind, another pooling, a prompt, lower-casing or a missing file: no plan, and int8 is refused."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)
    assert plan_fast(copy) is not None
    if values is None:
        (copy / name).unlink()
    else:
        change(copy, name, **values)
    assert plan_fast(copy) is None
    encoder = load_encoder(str(copy))
    assert isinstance(encoder, TransformerEncoder)
    assert not encoder.independent
    assert encoder.backend.startswith("torch ")
    with pytest.raises(InputError, match="Only a plain transformer with mean pooling"):
        load_encoder(f"{copy}:int8").encode(["A text."])


@pytest.mark.parametrize(
    ("pooling", "plain"),
    [
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}, True),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": True}, False),
        ({"pooling_mode_cls_token": True}, False),
        ({"pooling_mode": "mean"}, True),
        ({"pooling_mode": ["mean", "max"]}, False),
        ({}, False),
    ],
)
def test_pooling_as_versions_write_it(
    tiny_model: Path, tmp_path: Path, pooling: dict[str, Any], plain: bool
) -> None:
    """Older and newer versions of sentence-transformers write the mean in their own ways."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)
    (copy / "1_Pooling" / "config.json").write_text(json.dumps(pooling), encoding="utf-8")
    assert (plan_fast(copy) is not None) is plain


def test_how_much_is_read(tiny_model: Path, tmp_path: Path) -> None:
    """The settings of sentence-transformers say it, else the smaller of what tokenizer and model say."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)
    change(copy, "tokenizer_config.json", model_max_length=50)
    assert plan_fast(copy).max_length == 50  # type: ignore[union-attr]
    change(copy, "tokenizer_config.json", model_max_length=10**30)
    change(copy, "config.json", max_position_embeddings=40)
    assert plan_fast(copy).max_length == 40  # type: ignore[union-attr]
    change(copy, "sentence_bert_config.json", max_seq_length=30)
    assert plan_fast(copy).max_length == 30  # type: ignore[union-attr]
