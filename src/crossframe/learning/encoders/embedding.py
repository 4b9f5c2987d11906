"""Vectors of sentences by article, cached."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import Encoder
from crossframe.records import Embeddings, Sentences

CHUNK = 2048
"""Least number of sentences encoded together; on BASIL these already fill most batches of one token count."""


def embed_units(
    units: Sequence[Sequence[str]], encoder: Encoder, *, what: str = "Encoding"
) -> list[np.ndarray]:
    """Return the vectors of every unit's texts; those encoded before come from the cache.

    A unit (usually one article's texts) is one entry of the content-addressed cache. Encoders whose vectors depend on
    the text alone encode several units together, some thousand texts at a time; others encode one unit at a time. So the
    vectors of a unit depend neither on the other units nor on whether the cache is warm.

    Parameters
    ----------
    units : sequence of sequence of str
        Texts by unit.
    encoder : Encoder
        One with ``fit`` is fitted on all units first, and its vectors are not cached. Two attributes are optional:
        ``independent`` (a text's vector does not depend on the texts encoded with it) and ``backend`` (what computes
        the vectors, a part of the cache's key).
    what : str
        Name on the progress bar.

    Returns
    -------
    list of ndarray of shape (n_texts_of_unit, n_dims)
        float32, unit length.
    """
    if hasattr(encoder, "fit"):
        encoder.fit([text for unit in units for text in unit])
        return [_encode(encoder, list(unit)) for unit in units]
    size = CHUNK if getattr(encoder, "independent", False) else 1
    vectors = (unit for chunk in _chunks(units, size) for unit in _embed_chunk(chunk, encoder))
    return list(track(vectors, what, total=len(units)))


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
    """Return the vectors of `units`: from the cache, or encoded together, each text once."""
    distinct = [sorted(set(unit)) for unit in units]
    keys = [_key(encoder, texts) for texts in distinct]
    vectors = {key: storage.read_array(key) for key in dict.fromkeys(keys)}
    missing = {key: texts for key, texts in zip(keys, distinct, strict=True) if vectors[key] is None}
    if missing:
        together = sorted({text for texts in missing.values() for text in texts})
        encoded = _encode(encoder, together)
        row = {text: number for number, text in enumerate(together)}
        for key, texts in missing.items():
            vectors[key] = storage.write_array(key, encoded[[row[text] for text in texts]])
    return [
        _in_order(unit, texts, vectors[key]) for unit, texts, key in zip(units, distinct, keys, strict=True)
    ]


def _encode(encoder: Encoder, texts: list[str]) -> np.ndarray:
    """Return the vectors of `texts`, one row each."""
    vectors = encoder.encode(texts)
    if not isinstance(vectors, np.ndarray) or vectors.ndim != 2 or len(vectors) != len(texts):
        what = (
            f"shape {vectors.shape}" if isinstance(vectors, np.ndarray) else f"type {type(vectors).__name__}"
        )
        raise InputError(
            f"Invalid vectors of {what} from encoder {encoder.name!r}. For {len(texts)} texts encode must return an ndarray of "
            f"shape ({len(texts)}, n_dims)."
        )
    return vectors


def _key(encoder: Encoder, distinct: Sequence[str]) -> str:
    content = [encoder.fingerprint, getattr(encoder, "backend", ""), distinct]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _in_order(unit: Sequence[str], distinct: Sequence[str], vectors: Any) -> np.ndarray:
    row = {text: number for number, text in enumerate(distinct)}
    return vectors[[row[text] for text in unit]] if len(unit) else vectors[:0]


def embed_sentences(sentences: Sentences, encoder: Encoder) -> Embeddings:
    """Return the vectors of `sentences`, one cache entry per article.

    Parameters
    ----------
    sentences : Sentences
        Of any number of articles.
    encoder : Encoder
        From `load_encoder`, or an object of one's own.

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


def embed_parts(parts: Sentences, whole: Sentences, vectors: Embeddings, encoder: Encoder) -> Embeddings:
    """Return the vectors of `parts`: only texts that are no sentence of `whole` are encoded.

    Parameters
    ----------
    parts : Sentences
        Of the articles of `whole`, some sentences cut.
    whole : Sentences
        The sentences.
    vectors : Embeddings
        Of `whole`, by the same encoder.
    encoder : Encoder
        One with ``fit`` is fitted on all parts, and encodes all.

    Returns
    -------
    Embeddings
        float32 vectors of shape (n_parts, n_dims), unit length, zero for empty parts.
    """
    if hasattr(encoder, "fit"):
        return embed_sentences(parts, encoder)
    known = dict(zip(whole.text, vectors.vectors, strict=True))
    new = sorted(set(parts.text) - known.keys())
    known |= dict(zip(new, embed_units([new], encoder, what="Encoding clauses")[0], strict=True))
    return replace(vectors, vectors=np.array([known[text] for text in parts.text]))
