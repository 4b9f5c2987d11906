"""An aligner by words, and claims of its alignments split by clauses: for tests of claims that clauses tell."""

from collections.abc import Callable

import numpy as np

from crossframe.matching.claims import ClaimSettings, group_claims, split_claims
from crossframe.matching.clauses import cut_sentences
from crossframe.records import Alignment, Sentences


def align_by_words(sentences: Sentences) -> Alignment:
    """Return an alignment by the share of the longer words of the shorter sentence that the other has."""
    words = [{word.strip(".,") for word in text.split() if len(word) > 4} for text in sentences.text]
    pairs = [
        (a, b, min(len(words[a] & words[b]) / min(len(words[a]), len(words[b])), 0.95))
        for b in range(len(words))
        for a in range(b)
        if sentences.outlet[a] != sentences.outlet[b] and words[a] and words[b]
    ]
    listed = [pair for pair in pairs if pair[2] >= 0.05]
    left, right, probability = (np.array(column) for column in zip(*listed, strict=True))
    return Alignment(
        sentences, left, right, probability, tuple("partial" if p >= 0.5 else "none" for p in probability)
    )


def split_by_clauses(
    sentences: Sentences, align: Callable[[Sentences], Alignment], settings: ClaimSettings | None = None
) -> Alignment:
    """Return the claims of an event, its sentences and then their clauses aligned by `align`."""
    grouped = group_claims(align(sentences), settings)
    cut = cut_sentences(sentences, (row for claim in grouped.claims for row in claim.rows))
    return split_claims(grouped, align(cut), settings)
