"""What an aligner is: the protocol, what it may bring beside it, and the checks of what goes in and comes out."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from crossframe.errors import CrossframeWarning, InputError
from crossframe.records import Alignment, Embeddings, Sentences


@runtime_checkable
class Aligner(Protocol):
    """Finds sentences of different outlets that report the same: any object with a name and `align` is one.

    What else an aligner may have is listed by `AlignerDetails`; each is read only where it is there.

    Attributes
    ----------
    name : str
        For run.json.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> from crossframe.reading.text.split import split_sentences
    >>> class SameWords:
    ...     name = "same-words"
    ...
    ...     def align(self, sentences, embeddings):
    ...         text, outlet = sentences.text, sentences.outlet
    ...         pairs = [(a, b) for b in range(len(text)) for a in range(b)]
    ...         same = [(a, b) for a, b in pairs if outlet[a] != outlet[b] and text[a] == text[b]]
    ...         left, right = zip(*same) if same else ((), ())
    ...         return Alignment(sentences, left, right, [0.9] * len(same), ("equivalent",) * len(same))
    >>> sentences = split_sentences([Article("a", "e", "x", "", "Snow fell."), Article("b", "e", "y", "", "Snow fell.")])
    >>> align_event(SameWords(), sentences, None).relation
    ('equivalent',)
    """

    @property
    def name(self) -> str:
        """Name for run.json."""

    def align(self, sentences: Sentences, embeddings: Embeddings | None, /) -> Alignment:
        """Return the pairs of sentences of one event, of different outlets, that may report the same.

        Pairs that are not listed are not aligned. `embeddings` are of the same sentences, None where the aligner needs
        none (``embedding`` is False).
        """


@dataclass(frozen=True)
class AlignerDetails:
    """What an aligner has beside the protocol, with the defaults where it has none.

    Parameters
    ----------
    hash : str
        Attribute ``hash``: identifies the aligner in run.json.
    note : str
        ``note``: what a reader of the results must know.
    embedding : bool
        ``embedding``: whether it needs embeddings.
    encoder, encoder_fingerprint : str
        ``encoder_`` and ``encoder_fingerprint_``: the encoder it was calibrated with; "" stands for any.
    threshold : float
        ``threshold_``: probability from which a pair counts as aligned.
    calibration : dict
        ``calibration_``: what its probabilities mean for claims and omissions.
    data : tuple of str
        ``data_``: corpora it was trained on.
    log : dict
        ``log_``: what its training recorded.
    """

    hash: str = ""
    note: str = ""
    embedding: bool = True
    encoder: str = ""
    encoder_fingerprint: str = ""
    threshold: float = 0.5
    calibration: Mapping[str, Any] = field(default_factory=dict)
    data: tuple[str, ...] = ()
    log: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, aligner: Aligner) -> Self:
        """Return the details of an aligner.

        Examples
        --------
        >>> from crossframe.matching.aligners import load_aligner
        >>> AlignerDetails.of(load_aligner("tfidf")).embedding
        False
        """
        learned = ("encoder", "encoder_fingerprint", "threshold", "calibration", "data", "log")
        names = {name: name for name in ("hash", "note", "embedding")} | {
            name: f"{name}_" for name in learned
        }
        values = {key: getattr(aligner, name, None) for key, name in names.items()}
        return cls(**{key: value for key, value in values.items() if value is not None})


def align_event(aligner: Aligner, sentences: Sentences, embeddings: Embeddings | None) -> Alignment:
    """Return the alignment of one event, checked.

    Parameters
    ----------
    aligner : Aligner
        Any.
    sentences : Sentences
        Of one event.
    embeddings : Embeddings or None
        Of the same sentences.

    Returns
    -------
    Alignment
        Of `sentences`.

    Raises
    ------
    InputError
        When the aligner returns something else.
    """
    alignment = aligner.align(sentences, embeddings)
    if not isinstance(alignment, Alignment) or alignment.sentences is not sentences:
        raise InputError(
            f"Invalid result of aligner {aligner.name!r}. Its align must return an Alignment of the sentences it was given."
        )
    return alignment


def check_event(sentences: Sentences, vectors: np.ndarray | None, *, embedding: bool) -> None:
    """Raise InputError when `sentences` are of several events, or lack the `vectors` that an aligner needs."""
    if len({article.event for article in sentences.articles}) > 1:
        raise InputError("Invalid sentences. They must be of one event; align event by event.")
    if embedding and (vectors is None or len(vectors) != len(sentences)):
        raise InputError("Invalid embeddings. This aligner needs the embeddings of the same sentences.")


def warn_of_encoder(aligner: Aligner, embeddings: Embeddings) -> None:
    """Warn the caller of ``align`` when `embeddings` are of another encoder than the aligner was calibrated with."""
    details = AlignerDetails.of(aligner)
    if details.encoder_fingerprint not in ("", embeddings.fingerprint):
        warnings.warn(
            f"Aligner {aligner.name!r} was calibrated with encoder {details.encoder!r}, not with {embeddings.encoder!r}. "
            "Its probabilities rank pairs but are not calibrated.",
            CrossframeWarning,
            stacklevel=3,
        )
