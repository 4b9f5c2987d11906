"""Features of a stance item: frozen vectors of sentence, window and masked target, and sentiment words."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from crossframe import lexicons, storage
from crossframe._progress import track
from crossframe.judging.targets import MASK, StanceItem, mask_target
from crossframe.learning.encoders.embedding import embed_units
from crossframe.text import WORD, match_key

WINDOW = 8
"""Words on either side of the target that make up its window."""
LEXICON_FEATURES = ("sum", "positive", "negative", "before", "after", "nearest", "share")
_NEGATIONS = frozenset({
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly", "barely"
})  # fmt: skip
_NEGATED = -0.74
"""VADER's factor for a word after a negation (Hutto & Gilbert 2014)."""


def window(item: StanceItem) -> str:
    """Return the words around the target, which is itself masked.

    Examples
    --------
    >>> window(StanceItem("Critics say the bold plan of Smith failed.", 29, 34))
    'Critics say the bold plan of he failed.'
    """
    before, after = item.text[: item.start].split(), item.text[item.end :].split()
    return " ".join([*before[-WINDOW:], MASK, *after[:WINDOW]])


def describe_targets(units: Sequence[Sequence[StanceItem]], encoder: Any) -> np.ndarray:
    """Return the features of all targets, unit after unit.

    Parameters
    ----------
    units : sequence of sequence of StanceItem
        Each unit (the mentions of an article) is encoded and cached by itself.
    encoder : TransformerEncoder
        With ``encode`` and ``encode_spans``.

    Returns
    -------
    ndarray of shape (n_targets, n_features)
        float64: sentence vector, window vector, hidden states of the masked target (two layers), sentiment words.
    """
    sentences = embed_units([[t.text for t in unit] for unit in units], encoder, what="Reading sentences")
    windows = embed_units([[window(t) for t in unit] for unit in units], encoder, what="Reading windows")
    spans = [_span_states(unit, encoder) for unit in track(units, "Reading targets", total=len(units))]
    rows = [
        np.concatenate([s, w, h, np.array([describe_sentiment(t) for t in unit])], axis=1)
        for unit, s, w, h in zip(units, sentences, windows, spans, strict=True)
        if len(unit)
    ]
    return np.concatenate(rows).astype(np.float64) if rows else np.zeros((0, 0))


def _span_states(unit: Sequence[StanceItem], encoder: Any) -> np.ndarray:
    if not unit:
        return np.zeros((0, 0), np.float32)
    distinct = sorted({mask_target(item) for item in unit})
    key = hashlib.sha256(json.dumps([encoder.fingerprint, "spans", distinct]).encode()).hexdigest()
    states = storage.cached_array(
        key, lambda: encoder.encode_spans([t.text for t in distinct], [(t.start, t.end) for t in distinct])
    )
    row = {item: number for number, item in enumerate(distinct)}
    return states[[row[mask_target(item)] for item in unit]]


def describe_sentiment(item: StanceItem) -> list[float]:
    """Return summaries of the sentiment words around the target (`LEXICON_FEATURES`), each scaled to about [-1, 1].

    References
    ----------
    Hutto and Gilbert 2014, VADER (valences and the negation factor).
    """
    valences = _valences(item)
    n_words = max(len(WORD.findall(item.text)), 1)
    values = [value for value, _ in valences]
    near = [value / (1 + abs(distance) / WINDOW) for value, distance in valences]
    return [
        float(np.tanh(sum(values) / 4)),
        float(np.tanh(sum(v for v in values if v > 0) / 4)),
        float(np.tanh(sum(v for v in values if v < 0) / 4)),
        float(np.tanh(sum(v for v, d in valences if -WINDOW <= d < 0) / 4)),
        float(np.tanh(sum(v for v, d in valences if 0 < d <= WINDOW) / 4)),
        float(np.tanh(sum(near) / 4)),
        min(len(values) / n_words, 1.0),
    ]


def _valences(item: StanceItem) -> list[tuple[float, int]]:
    """Return (valence, distance in words from the item) of the sentiment words outside the target."""
    lexicon = lexicons.sentiment()
    tokens = list(WORD.finditer(item.text))
    inside = [i for i, token in enumerate(tokens) if token.start() < item.end and token.end() > item.start]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    keys = [match_key(token.group()) for token in tokens]
    valences = []
    for i, key in enumerate(keys):
        if i in inside or key not in lexicon:
            continue
        negated = any(word in _NEGATIONS or word.endswith("n't") for word in keys[max(0, i - 3) : i])
        valences.append((lexicon[key] * (_NEGATED if negated else 1.0), i - first if i < first else i - last))
    return valences
