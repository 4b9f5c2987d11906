"""Peers of the aligner: what the field would use to align the sentences of one event, by name."""

import numpy as np

from crossframe.errors import UnknownNameError
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.matching.baseline_contract import EventView, Peer
from crossframe.matching.baseline_scores import couplings, margins, mutual_best, ordered_blocks, over_groups

ENCODER_FINGERPRINT = "961ff85a2cdbf27655d24c80e77cf04ac8507dbc91a902aa1ff1a65f963f8483"
"""Of the default encoder, with which the numbers below were learned."""
LEARNED: dict[str, tuple[float, float, float]] = {
    "tfidf": (2.2558, 1.8824, 0.1956),
    "cosine": (2.4575, -2.502, 0.1925),
    "margin": (7.4467, -3.7676, 0.1811),
    "mutual": (0.5165, -0.1956, 0.4566),
    "transport": (1.4633, 2.582, 0.2344),
    "monotone": (0.4348, -0.83, 0.3858),
}
"""Slope, intercept and threshold of every peer, learned on BASIL's 30 training events (gold ``alignment-train``) by
`choose_peer` of ``benchmarks/aligner_baselines.py``, as are the parameters that the peers have by default;
``benchmarks/alignment.py`` learns them again and says where they differ."""


class TfidfPeer(Peer):
    """Cosine of TF-IDF vectors of words as scikit-learn makes them (sublinear), fitted on the event."""

    name = "tfidf"
    embedding = False

    def __init__(self) -> None:
        """Nothing is set."""

    def _score(self, event: EventView) -> np.ndarray:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(sublinear_tf=True)
        if not any(map(vectoriser.build_analyzer(), event.text)):
            return np.zeros((len(event.text), len(event.text)))
        vectors = vectoriser.fit_transform(event.text)
        return np.asarray(np.clip((vectors @ vectors.T).toarray(), 0.0, 1.0))


class CosinePeer(Peer):
    """Cosine of the encoder's vectors."""

    name = "cosine"

    def __init__(self) -> None:
        """Nothing is set."""

    def _score(self, event: EventView) -> np.ndarray:
        return event.cosines()


class MarginPeer(Peer):
    """Cosine relative to the nearest neighbours' (Artetxe and Schwenk 2019).

    Parameters
    ----------
    neighbours : int
        How many; the paper takes 4, which is worse on the 30 training events (F1 0.416 against 0.444).
    form : str
        ``ratio`` or ``distance``, the paper's two.
    """

    name = "margin"

    def __init__(self, *, neighbours: int = 16, form: str = "distance") -> None:
        self.neighbours = neighbours
        self.form = form

    def _score(self, event: EventView) -> np.ndarray:
        return margins(event.cosines(), event.outlet, neighbours=self.neighbours, form=self.form)


class MutualPeer(Peer):
    """Cosine of pairs that rank each other first among the other's outlet; other pairs score 0."""

    name = "mutual"

    def __init__(self) -> None:
        """Nothing is set."""

    def _score(self, event: EventView) -> np.ndarray:
        return mutual_best(event.cosines(), event.outlet)


class TransportPeer(Peer):
    """Entropic optimal transport between every two outlets, with a bin for sentences that have no partner.

    Parameters
    ----------
    alone : float
        Cost (1 - cosine) beyond which a sentence is rather left alone.
    blur : float
        Weight of the entropy.
    """

    name = "transport"

    def __init__(self, *, alone: float = 0.5, blur: float = 0.1) -> None:
        self.alone = alone
        self.blur = blur

    def _score(self, event: EventView) -> np.ndarray:
        score = np.zeros((len(event.rows), len(event.rows)))
        cost = 1 - event.cosines()
        for one, other in over_groups(event.outlet):
            score[np.ix_(one, other)] = couplings(cost[np.ix_(one, other)], alone=self.alone, blur=self.blur)
        return np.maximum(score, score.T)


class MonotonePeer(Peer):
    """A dynamic programme over blocks of sentences in order, every two articles of different outlets for themselves.

    Parameters
    ----------
    skip : float
        Similarity below which sentences are rather left alone.
    """

    name = "monotone"

    def __init__(self, *, skip: float = 0.65) -> None:
        self.skip = skip

    def _score(self, event: EventView) -> np.ndarray:
        score = np.zeros((len(event.rows), len(event.rows)))
        for one, other in over_groups(event.article):
            if event.outlet[one[0]] != event.outlet[other[0]]:
                blocks = ordered_blocks(event.vectors[one], event.vectors[other], skip=self.skip)
                score[np.ix_(one, other)] = blocks
        return np.maximum(score, score.T)


PEERS: dict[str, type[Peer]] = {
    peer.name: peer for peer in (TfidfPeer, CosinePeer, MarginPeer, MutualPeer, TransportPeer, MonotonePeer)
}


def peer_class(name: str) -> type[Peer]:
    """Return the class of the peer called `name`; raises UnknownNameError where there is none."""
    if name not in PEERS:
        raise UnknownNameError(f"Unknown peer {name!r}. It must be one of: {', '.join(sorted(PEERS))}.")
    return PEERS[name]


def load_peer(name: str) -> Peer:
    """Return the peer called `name` with the numbers learned on BASIL's training events.

    Parameters
    ----------
    name : str
        One of `PEERS`.

    Returns
    -------
    Peer
        Ready to align.

    Raises
    ------
    UnknownNameError
        When there is no such peer.

    Examples
    --------
    >>> load_peer("tfidf").embedding
    False
    """
    peer = peer_class(name)()
    peer.slope_, peer.intercept_, peer.threshold_ = LEARNED[name]
    if peer.embedding:
        peer.encoder_, peer.encoder_fingerprint_ = DEFAULT, ENCODER_FINGERPRINT
    return peer
