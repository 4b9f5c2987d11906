"""Answers of language models on disk: content-addressed, written at once, made again where damaged."""

import hashlib
import json
from pathlib import Path

from crossframe import storage


def answer_key(address: str, model: str, prompt: str, temperature: float) -> str:
    """Return the key of an answer: a hash of everything that was sent, the user's key apart.

    Examples
    --------
    >>> answer_key("http://a/v1", "tiny", "Hello?", 0)[:8]
    'd1742a9b'
    """
    return hashlib.sha256(json.dumps([address, model, prompt, temperature]).encode()).hexdigest()


def read_answer(key: str) -> str | None:
    """Return the answer stored under `key`, None where there is none or, with a warning, a damaged one."""
    content = storage.read_cached_bytes(_entry(key))
    return None if content is None else content.decode()


def write_answer(key: str, answer: str) -> None:
    """Store `answer` under `key`; where the cache cannot be written, that is a warning."""
    storage.write_cached_bytes(_entry(key), answer.encode(), "An answer is not kept.")


def _entry(key: str) -> Path:
    return storage.cache_folder() / "endpoint" / key[:2] / f"{key}.txt"
