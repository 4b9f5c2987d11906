"""Read from a sentence-transformers folder whether the fast path computes its vectors, and its maximal length."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("bert", "distilbert", "electra", "mpnet", "roberta", "xlm-roberta")
"""Architectures whose export is compared with torch, tiny and with random weights, in the tests."""


@dataclass(frozen=True)
class FastPlan:
    """What the fast path needs of a model.

    Attributes
    ----------
    tokenizer_file : Path
        ``tokenizer.json``.
    max_length : int
        Tokens that the model reads of a text, special ones included.
    kind : str
        Architecture, one of `KINDS`.
    """

    tokenizer_file: Path
    max_length: int
    kind: str


def plan_fast(folder: Path) -> FastPlan | None:
    """Return how to run the sentence-transformers model in `folder` by the fast path.

    None unless it is a plain transformer of a known kind, then the mean of its tokens (scaled to unit length or not), with
    its tokenizer as one file and no prompt put before texts.
    """
    modules = _read(folder / "modules.json")
    if not isinstance(modules, list) or not modules:
        return None
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return None
    body, pooling = (folder / str(module.get("path", "")) for module in modules[:2])
    settings, prompts = (
        _read(body / "sentence_bert_config.json"),
        _read(folder / "config_sentence_transformers.json"),
    )
    kind = _read(body / "config.json").get("model_type")
    plain = (
        kind in KINDS
        and (body / "tokenizer.json").is_file()
        and not settings.get("do_lower_case")
        and prompts.get("default_prompt_name") is None
        and _takes_the_mean(_read(pooling / "config.json"))
    )
    length = _length(body, settings)
    return FastPlan(body / "tokenizer.json", length, kind) if plain and length else None


def _takes_the_mean(pooling: Any) -> bool:
    """Return whether a pooling module takes the mean of all tokens, in the notation of older or newer versions."""
    if "pooling_mode" in pooling:
        return bool(pooling["pooling_mode"] in ("mean", ["mean"], ("mean",)))
    chosen = [name for name, value in pooling.items() if name.startswith("pooling_mode_") and value]
    return chosen == ["pooling_mode_mean_tokens"]


def _length(body: Path, settings: Any) -> int:
    """Return the number of tokens read, 0 where it is not stated, by the rule of sentence-transformers."""
    if settings.get("max_seq_length"):
        return int(settings["max_seq_length"])
    known = [
        _read(body / "tokenizer_config.json").get("model_max_length"),
        _read(body / "config.json").get("max_position_embeddings"),
    ]
    lengths = [int(value) for value in known if isinstance(value, int) and 0 < value < 100_000]
    return min(lengths) if lengths else 0


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
