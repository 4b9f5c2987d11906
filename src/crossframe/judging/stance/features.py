"""What a stance model sees of a mention: frozen vectors of sentence, masked target and window, and sentiment words."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from crossframe import lexicons, storage
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.embedding import embed_units
from crossframe.records import STANCES, Sentences, Spans, Texts, Units
from crossframe.text import WORD, match_key

MASK = "he"
"""What stands in the target's place: the model must judge what is said of it, not whom it names. Of the words tried
("he", "they", the mask token) this one did best on the dev part of NewsMTSC's training split."""
WINDOW = 8
"""Words on either side of the target that make up its window."""
LEXICON_FEATURES = ("sum", "positive", "negative", "before", "after", "nearest", "share")
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "without",
        "hardly",
        "barely",
    ]
)
_NEGATED = -0.74
"""VADER's factor for a word after a negation (Hutto & Gilbert 2014)."""


class Target(NamedTuple):
    """A sentence and the stretch of it that names the target, in characters; `others` name the same one there."""

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()


def masked(target: Target) -> Target:
    """Return the target with its name replaced by a neutral word."""
    text = target.text[: target.start] + MASK + target.text[target.end :]
    return Target(text, target.start, target.start + len(MASK))


def window(target: Target) -> str:
    """Return the words around the target, which is itself masked.

    Examples
    --------
    >>> window(Target("Critics say the bold plan of Smith failed.", 29, 34))
    'Critics say the bold plan of he failed.'
    """
    before, after = target.text[: target.start].split(), target.text[target.end :].split()
    return " ".join([*before[-WINDOW:], MASK, *after[:WINDOW]])


def describe_targets(units: Sequence[Sequence[Target]], encoder: Any) -> np.ndarray:
    """Return the features of all targets, unit after unit.

    Parameters
    ----------
    units : sequence of sequence of Target
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


def _span_states(unit: Sequence[Target], encoder: Any) -> np.ndarray:
    if not unit:
        return np.zeros((0, 0), np.float32)
    distinct = sorted({masked(target) for target in unit})
    key = hashlib.sha256(json.dumps([encoder.fingerprint, "spans", distinct]).encode()).hexdigest()
    states = storage.cached_array(
        key, lambda: encoder.encode_spans([t.text for t in distinct], [(t.start, t.end) for t in distinct])
    )
    row = {target: number for number, target in enumerate(distinct)}
    return states[[row[masked(target)] for target in unit]]


def describe_sentiment(target: Target) -> list[float]:
    """Return what sentiment words say around the target (`LEXICON_FEATURES`), each scaled to about [-1, 1].

    References
    ----------
    Hutto and Gilbert 2014, VADER (valences and the negation factor).
    """
    found = _valences(target)
    n_words = max(len(WORD.findall(target.text)), 1)
    values = [value for value, _ in found]
    near = [value / (1 + abs(distance) / WINDOW) for value, distance in found]
    return [
        float(np.tanh(sum(values) / 4)),
        float(np.tanh(sum(v for v in values if v > 0) / 4)),
        float(np.tanh(sum(v for v in values if v < 0) / 4)),
        float(np.tanh(sum(v for v, d in found if -WINDOW <= d < 0) / 4)),
        float(np.tanh(sum(v for v, d in found if 0 < d <= WINDOW) / 4)),
        float(np.tanh(sum(near) / 4)),
        min(len(values) / n_words, 1.0),
    ]


def _valences(target: Target) -> list[tuple[float, int]]:
    """Return (valence, distance in words from the target) of the sentiment words outside the target."""
    lexicon = lexicons.sentiment()
    tokens = list(WORD.finditer(target.text))
    inside = [
        i for i, token in enumerate(tokens) if token.start() < target.end and token.end() > target.start
    ]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    keys = [match_key(token.group()) for token in tokens]
    found = []
    for i, key in enumerate(keys):
        if i in inside or key not in lexicon:
            continue
        negated = any(word in _NEGATIONS or word.endswith("n't") for word in keys[max(0, i - 3) : i])
        found.append((lexicon[key] * (_NEGATED if negated else 1.0), i - first if i < first else i - last))
    return found


def targets_of(sentences: Sentences, mentions: Spans, voices: Texts) -> tuple[list[Target], Units]:
    """Return each mention as a target in its sentence, and the units that a stance annotation judges."""
    spans, units = [], []
    named: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row, voice in zip(mentions.rows(), voices, strict=True):
        at = sentences.locate(row["article"], row["start"])
        begin = int(sentences.start[at])
        start, end = row["start"] - begin, min(row["end"], int(sentences.end[at])) - begin
        spans.append((at, row["actor"], (start, max(end, start))))
        named.setdefault((at, row["actor"]), []).append(spans[-1][2])
        units.append(
            {
                "article": row["article"],
                "sentence": int(sentences.index[at]),
                "start": row["start"],
                "end": row["end"],
                "actor": row["actor"],
                "voice": voice,
            }
        )
    targets = [
        Target(sentences.text[at], *span, tuple(one for one in named[at, actor] if one != span))
        for at, actor, span in spans
    ]
    return targets, Units.from_rows(units)


def to_stances(probability: np.ndarray, classes: Sequence[str], labels: dict[str, str]) -> np.ndarray:
    """Return probabilities of negative, neutral, positive from those of a model's own classes.

    `labels` maps class names to stances where their names differ.
    """
    scores = np.zeros((len(probability), len(STANCES)))
    for column, name in enumerate(classes):
        stance = labels.get(name, name)
        if stance not in STANCES:
            raise InputError(
                f"Invalid label {name!r} of the stance model. Map it to one of {', '.join(STANCES)} under [labels] in its configuration."
            )
        scores[:, STANCES.index(stance)] += probability[:, column]
    return scores
