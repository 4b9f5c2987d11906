"""Answers of language models on disk: content-addressed, written at once, made again where damaged."""

import hashlib
import json
import warnings
from pathlib import Path

from crossframe import storage
from crossframe.errors import CrossframeWarning


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
    path = _entry(key)
    try:
        digest, answer = path.read_bytes().split(b"\n", 1)
        if hashlib.sha256(answer).hexdigest().encode() != digest:
            raise ValueError
        return answer.decode()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        warnings.warn(
            f"Damaged cache entry {path.name!r}. It is made again.", CrossframeWarning, stacklevel=2
        )
        return None


def write_answer(key: str, answer: str) -> None:
    """Store `answer` under `key`; where the cache cannot be written, that is a warning."""
    content = answer.encode()
    try:
        storage.write_bytes(_entry(key), hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    except OSError as error:
        warnings.warn(
            f"Cannot write to the cache {str(_entry(key).parent)!r} ({error.strerror}). An answer is not kept.",
            CrossframeWarning,
            stacklevel=2,
        )


def _entry(key: str) -> Path:
    return storage.cache_folder() / "endpoint" / key[:2] / f"{key}.txt"
