"""Vectors of sentences by article, from the cache where they were made before."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.learning.encoders.by_name import Encoder
from crossframe.records import Embeddings, Sentences

CHUNK = 2048
"""Sentences encoded together at least; on BASIL this many already fill most batches of one token count."""


def embed_units(
    units: Sequence[Sequence[str]], encoder: Encoder, *, what: str = "Encoding"
) -> list[np.ndarray]:
    """Return the vectors of every unit's texts; what was encoded before comes from the cache.

    A unit (one article's texts, as a rule) is one entry of the content-addressed cache. Units are encoded together,
    some thousand texts at a time, by encoders whose vectors depend on the text alone, and each by itself by others: so
    its vectors depend neither on the other units nor on whether the cache is warm.

    Parameters
    ----------
    units : sequence of sequence of str
        Texts by unit.
    encoder : Encoder
        Any; one with ``fit`` is fitted on all units first and not cached. One whose ``independent`` is true gives a
        text the same vector whatever is encoded beside it; its ``route``, if any, is a part of the cache's key.
    what : str
        Name on the progress bar.

    Returns
    -------
    list of ndarray of shape (n_texts_of_unit, n_dims)
        float32, unit length.
    """
    if hasattr(encoder, "fit"):
        encoder.fit([text for unit in units for text in unit])
        return [encoder.encode(list(unit)) for unit in units]
    size = CHUNK if getattr(encoder, "independent", False) else 1
    made = (vectors for chunk in _chunks(units, size) for vectors in _embed_chunk(chunk, encoder))
    return list(track(made, what, total=len(units)))


def _chunks(units: Sequence[Sequence[str]], size: int) -> Iterator[list[Sequence[str]]]:
    """Yield runs of units with at least `size` texts together; the last may have fewer."""
    chunk: list[Sequence[str]] = []
    n_texts = 0
    for unit in units:
        chunk.append(unit)
        n_texts += len(unit)
        if n_texts >= size:
            yield chunk
            chunk, n_texts = [], 0
    if chunk:
        yield chunk


def _embed_chunk(units: Sequence[Sequence[str]], encoder: Encoder) -> list[np.ndarray]:
    """Return the vectors of `units`: from the cache, and those that are missing encoded together, each text once."""
    distinct = [sorted(set(unit)) for unit in units]
    keys = [_key(encoder, texts) for texts in distinct]
    found = {key: storage.read_array(key) for key in dict.fromkeys(keys)}
    missing = {key: texts for key, texts in zip(keys, distinct, strict=True) if found[key] is None}
    if missing:
        together = sorted({text for texts in missing.values() for text in texts})
        vectors = encoder.encode(together)
        row = {text: number for number, text in enumerate(together)}
        for key, texts in missing.items():
            found[key] = storage.write_array(key, vectors[[row[text] for text in texts]])
    return [
        _in_order(unit, texts, found[key]) for unit, texts, key in zip(units, distinct, keys, strict=True)
    ]


def _key(encoder: Encoder, distinct: Sequence[str]) -> str:
    asked = [encoder.fingerprint, getattr(encoder, "route", ""), distinct]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _in_order(unit: Sequence[str], distinct: Sequence[str], vectors: Any) -> np.ndarray:
    row = {text: number for number, text in enumerate(distinct)}
    return vectors[[row[text] for text in unit]] if len(unit) else vectors[:0]


def embed_sentences(sentences: Sentences, encoder: Encoder) -> Embeddings:
    """Return the vectors of `sentences`, one cache entry an article.

    Parameters
    ----------
    sentences : Sentences
        Of any number of articles.
    encoder : Encoder
        From `load_encoder`, or anything with its three attributes.

    Returns
    -------
    Embeddings
        float32 vectors of shape (n_sentences, n_dims), unit length, zero for empty sentences.

    Examples
    --------
    >>> from crossframe.learning.encoders.by_name import load_encoder
    >>> from crossframe.reading.text.split import split_sentences
    >>> from crossframe.records import Article
    >>> embed_sentences(split_sentences([Article("a", "e", "o", "T", "A b.")]), load_encoder("tfidf")).vectors.shape
    (2, 4096)
    """
    units = [[sentences.text[row] for row in sentences.rows_of(article.id)] for article in sentences.articles]
    parts = [part for part in embed_units(units, encoder, what="Encoding sentences") if len(part)]
    vectors = np.concatenate(parts) if parts else np.zeros((0, 1), np.float32)
    return Embeddings(vectors, encoder.name, encoder.fingerprint)
