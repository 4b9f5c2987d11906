"""Vectors of sentences by article, from the cache where they were made before."""

import hashlib
import json
from collections.abc import Sequence

import numpy as np

from crossframe import storage
from crossframe._progress import track
from crossframe.learning.encoders import Encoder
from crossframe.records import Embeddings, Sentences


def embed_units(
    units: Sequence[Sequence[str]], encoder: Encoder, *, what: str = "Encoding"
) -> list[np.ndarray]:
    """Return the vectors of every unit's texts; what was encoded before comes from the cache.

    A unit (one article's texts, as a rule) is one entry of the content-addressed cache and is encoded by itself, so
    its vectors depend neither on the other units nor on whether the cache is warm.

    Parameters
    ----------
    units : sequence of sequence of str
        Texts by unit.
    encoder : Encoder
        Any; one with ``fit`` is fitted on all units first and not cached.
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
    made = []
    for unit in track(units, what, total=len(units)):
        listed = list(unit)
        distinct = sorted(set(listed))
        key = hashlib.sha256(json.dumps([encoder.fingerprint, distinct]).encode()).hexdigest()
        vectors = storage.cached_array(key, lambda distinct=distinct: encoder.encode(distinct))  # type: ignore[misc]
        row = {text: number for number, text in enumerate(distinct)}
        made.append(
            vectors[[row[text] for text in listed]] if listed else np.zeros((0, vectors.shape[1]), np.float32)
        )
    return made


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
    >>> from crossframe.learning.encoders import load_encoder
    >>> from crossframe.reading.sentences import split_sentences
    >>> from crossframe.records import Article
    >>> embed_sentences(split_sentences([Article("a", "e", "o", "T", "A b.")]), load_encoder("tfidf")).vectors.shape
    (2, 4096)
    """
    units = [[sentences.text[row] for row in sentences.rows_of(article.id)] for article in sentences.articles]
    parts = [part for part in embed_units(units, encoder, what="Encoding sentences") if len(part)]
    vectors = np.concatenate(parts) if parts else np.zeros((0, 1), np.float32)
    return Embeddings(vectors, encoder.name, encoder.fingerprint)
