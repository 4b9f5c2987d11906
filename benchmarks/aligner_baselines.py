"""Learn the numbers of the aligner's peers on alignment gold: parameters, probability and threshold by best F1."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from crossframe.matching.baseline_contract import Peer
from crossframe.matching.baselines import peer_class
from crossframe.records import Alignment, Embeddings, Sentences

GRIDS: dict[str, dict[str, tuple[Any, ...]]] = {
    "margin": {"neighbours": (4, 8, 16), "form": ("ratio", "distance")},
    "transport": {"alone": (0.3, 0.4, 0.5, 0.6), "blur": (0.05, 0.1, 0.15, 0.2)},
    "monotone": {"skip": (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)},
}
"""Values tried for the parameters of a peer; peers not named have none."""


def choose_peer(name: str, events: Sequence[tuple[Sentences, Embeddings | None]], truth: Alignment) -> Peer:
    """Return the peer called `name` with what makes it best on events with gold.

    Parameters
    ----------
    name : str
        One of `PEERS`.
    events : sequence of (Sentences, Embeddings or None)
        Each of one event; embeddings where the peer needs them.
    truth : Alignment
        Gold of the same events; pairs it does not list are not aligned, disputed ones are left out.

    Returns
    -------
    Peer
        With the parameters (of `GRIDS`, the first of equals) and the threshold of best F1 over all pairs, and the
        probability that a score stands for.

    Raises
    ------
    UnknownNameError
        When there is no such peer.
    """
    kind = peer_class(name)
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    grid = GRIDS.get(name, {})
    tried = [
        _fit(kind(**dict(zip(grid, values, strict=True))), events, relation)
        for values in product(*grid.values())
    ]
    return max(tried, key=lambda peer: round(peer.f1_, 4))


def _fit(peer: Peer, events: Sequence[tuple[Sentences, Embeddings | None]], relation: dict[Any, str]) -> Peer:
    scores, aligned = [], []
    for sentences, embeddings in events:
        left, right, score = peer.score_pairs(sentences, embeddings.vectors if embeddings else None)
        kind = np.array([relation.get(k, "none") for k in sentences.pair_keys(left, right)], dtype=str)
        scores.append(score[kind != "disputed"])
        aligned.append(kind[kind != "disputed"] != "none")
    return peer.fit(scores, aligned)
