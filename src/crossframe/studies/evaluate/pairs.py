"""Score the aligner on public corpora of pairs and of event mentions: SuperPAL, MSRP, ECB+."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import Encoder, load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligner import Aligner, AlignerDetails, align_event
from crossframe.matching.aligners import load_aligner
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Annotation, Article, Corpus, Embeddings, Sentences
from crossframe.statistics.intervals import bootstrap_ratio, percentile_interval
from crossframe.statistics.metrics import expected_calibration_error, f1

POOL = 50
"""Pairs of MSRP that are aligned as one event: a round number about the size of an event. On MSRP's training split 1, 10
and 50 gave accuracies within .01 of each other."""
FOLDS = 5
"""Folds of MSRP's training split, of which each is decided at a threshold chosen on the others."""


@dataclass(frozen=True)
class _Scorer:
    """An aligner and its encoder, as a user has them."""

    aligner: Aligner

    @cached_property
    def details(self) -> AlignerDetails:
        return AlignerDetails.of(self.aligner)

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self.details.encoder or None)

    def embed(self, sentences: Sentences) -> np.ndarray:
        return self._embeddings(sentences).vectors.astype(np.float64)

    def probabilities(self, sentences: Sentences) -> np.ndarray:
        """Return the probability of every two sentences of an event: ndarray of shape (n, n), 0 where unlisted."""
        embeddings = self._embeddings(sentences) if self.details.embedding else None
        alignment = align_event(self.aligner, sentences, embeddings)
        probability = np.zeros((len(sentences), len(sentences)))
        probability[alignment.left, alignment.right] = alignment.probability
        probability[alignment.right, alignment.left] = alignment.probability
        return probability

    def _embeddings(self, sentences: Sentences) -> Embeddings:
        return embed_sentences(sentences, self.encoder)


def is_pair_corpus(on: str) -> bool:
    """Return whether `on` names a public corpus that `evaluate_pairs` scores (a folder with corpus.toml does not)."""
    return Path(on).name in _SCORES and not (Path(on) / "corpus.toml").is_file()


def evaluate_pairs(
    on: str, *, split: str | None = None, model: str | Path | Aligner | None = None
) -> dict[str, Any]:
    """Score the aligner on ``superpal``, ``msrp`` or ``ecbplus``.

    Parameters
    ----------
    on : str
        One of the three. Only the files of the splits scored (of msrp also those of ``train``) are needed.
    split : str, optional
        A split of the corpus; None takes ``test`` of superpal and msrp, ``train`` and ``dev`` of ecbplus.
    model : str, Path or Aligner, optional
        Aligner; None takes the shipped one.

    Returns
    -------
    dict of str to float
        superpal: average_precision, f1, precision, recall at the shipped threshold, brier and ece over pairs listed
        (probability >= 0.05), n_pairs, n_positives, n_topics. A topic is aligned as one event, every distinct
        proposition of its documents an article of outlet ``a``, every distinct one of its summaries of outlet ``b``.
        Negatives are all pairs of the two outlets in a topic that upstream does not list.
        msrp: accuracy, f1, average_precision, threshold, n_pairs, n_positives. The pairs of `POOL` lines, in order of
        the file, are aligned as one event, first sentences of outlet ``a``, second ones of ``b``; the threshold is
        the one of best accuracy on ``train`` (for ``train`` itself, on the other of `FOLDS` folds; it is then their
        mean).
        ecbplus: mean_average_precision and precision_at_1 of ranking, for every sentence that mentions an event
        which another document of the topic mentions too, all sentences of the topic's other documents, those that
        share an event with it being right; with a 95 % interval of the first over topics (bootstrap). A topic, both
        its similar events, is aligned as one event of as many outlets as documents; pairs are ranked by probability,
        ties and unlisted pairs by the encoder's cosine. ``cosine_...``: ranked by cosine alone. ``annotated_...``:
        only sentences with an annotated event are candidates (upstream annotates a fifth of all sentences, so the
        others may be right without being known).

    Raises
    ------
    UnknownNameError
        When the corpus has no such split, or there is no such model.
    MissingDataError
        When a file of the split cannot be had.
    InputError
        When the aligner was trained on the corpus: metrics there would mean nothing.
    """
    name, aligner = Path(on).name, load_aligner(model)
    if name in AlignerDetails.of(aligner).data:
        raise InputError(
            f"Invalid corpus {name!r} for aligner {aligner.name!r}, which learned from it. It must be a corpus that the "
            "aligner has not seen; what its training measured out-of-fold is in its log.json."
        )
    return _SCORES[name](split, _Scorer(aligner))


# --- SuperPAL -------------------------------------------------------------------------------------------


def _score_superpal(split: str | None, scorer: _Scorer) -> dict[str, Any]:
    from sklearn.metrics import average_precision_score, brier_score_loss

    topics = _propositions(read_corpus("superpal", splits=[split or "test"]))
    truths, scores = [], []
    for _, pairs in track(sorted(topics.items()), "Aligning topics", total=len(topics)):
        left, right = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
        scores.append(_between(left, right, scorer).ravel())
        truths.append(np.array([(a, b) in pairs for a in left for b in right]))
    truth, score = np.concatenate(truths), np.concatenate(scores)
    listed, decided = score > 0, score >= scorer.details.threshold
    hits = int((decided & truth).sum())
    precision, recall = hits / max(int(decided.sum()), 1), hits / int(truth.sum())
    return {
        "average_precision": float(average_precision_score(truth, score)),
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "brier": float(brier_score_loss(truth[listed], score[listed])) if listed.any() else None,
        "ece": expected_calibration_error(score[listed], truth[listed].astype(int)) if listed.any() else None,
        "n_pairs": len(truth),
        "n_positives": int(truth.sum()),
        "n_topics": len(topics),
    }


def _propositions(corpus: Corpus) -> dict[str, set[tuple[str, str]]]:
    """Return the aligned (document, summary) propositions by topic."""
    topic_of = {event.id: event.title for event in corpus.events}
    topics: dict[str, set[tuple[str, str]]] = {}
    for left, right in zip(corpus.articles[::2], corpus.articles[1::2], strict=True):
        topics.setdefault(topic_of[left.event], set()).add((left.text, right.text))
    return topics


def _between(left: Sequence[str], right: Sequence[str], scorer: _Scorer) -> np.ndarray:
    """Return the probability of every left with every right text, aligned as one event of two outlets."""
    articles = [
        Article(f"{side}-{i:04d}", "pool", side, "", text, language="en", sentences=((0, len(text)),))
        for side, texts in (("a", left), ("b", right))
        for i, text in enumerate(texts)
    ]
    return scorer.probabilities(split_sentences(articles))[: len(left), len(left) :]


# --- MSRP -----------------------------------------------------------------------------------------------


def _score_msrp(split: str | None, scorer: _Scorer) -> dict[str, Any]:
    from sklearn.metrics import average_precision_score

    split = split or "test"
    truth, score = _paraphrases(read_corpus("msrp", splits=[split]), scorer)
    fold = np.arange(len(truth)) % FOLDS
    if split == "train":
        chosen = [best_accuracy(truth[fold != k], score[fold != k]) for k in range(FOLDS)]
    else:
        chosen = [best_accuracy(*_paraphrases(read_corpus("msrp", splits=["train"]), scorer))] * FOLDS
    decided = score >= np.array(chosen)[fold]
    hits = int((decided & truth).sum())
    return {
        "accuracy": float((decided == truth).mean()),
        "f1": f1(hits / max(int(decided.sum()), 1), hits / int(truth.sum())),
        "average_precision": float(average_precision_score(truth, score)),
        "threshold": float(np.mean(chosen)),
        "n_pairs": len(truth),
        "n_positives": int(truth.sum()),
    }


def _paraphrases(corpus: Corpus, scorer: _Scorer) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every pair, whether it is a paraphrase, and its probability."""
    gold = corpus.gold["alignment"]
    same = set(gold.left.tolist()) if isinstance(gold, Alignment) else set()
    left, right = ([article.text for article in corpus.articles[side::2]] for side in (0, 1))
    starts = range(0, len(left), POOL)
    scores = [
        np.diag(_between(left[first : first + POOL], right[first : first + POOL], scorer))
        for first in track(starts, "Aligning pairs", total=len(starts))
    ]
    return np.array([2 * pair in same for pair in range(len(left))]), np.concatenate(scores)


def best_accuracy(truth: np.ndarray, score: np.ndarray) -> float:
    """Return the threshold on `score` (decide at or above it) of best accuracy; of equals the highest.

    Examples
    --------
    >>> best_accuracy(np.array([True, True, False]), np.array([0.9, 0.4, 0.1]))
    0.4
    """
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(np.where(truth[order], 1, -1))
    last = np.append(np.diff(score[order]) != 0, True)
    return float(score[order][np.argmax(np.where(last, right, right.min() - 1))])


# --- ECB+ -----------------------------------------------------------------------------------------------


def _score_ecbplus(split: str | None, scorer: _Scorer) -> dict[str, Any]:
    corpus = read_corpus("ecbplus", splits=[split] if split else None)
    topics = sorted({article.event.split("-")[0] for article in corpus.articles}, key=int)
    scores: dict[str, list[np.ndarray]] = {}
    for topic in track(topics, "Aligning topics", total=len(topics)):
        for name, values in _score_topic(corpus, topic, scorer).items():
            scores.setdefault(name, []).append(values)
    counts = np.array([len(values) for values in scores["average_precision"]])
    totals = np.array([values.sum() for values in scores["average_precision"]])
    low, high = percentile_interval(bootstrap_ratio(totals, counts, np.random.default_rng(0)))
    metrics: dict[str, Any] = {
        name.replace("average_precision", "mean_average_precision"): float(np.concatenate(values).mean())
        for name, values in scores.items()
    }
    return metrics | {
        "mean_average_precision_low": low,
        "mean_average_precision_high": high,
        "n_queries": int(counts.sum()),
        "n_topics": len(topics),
    }


def _score_topic(corpus: Corpus, topic: str, scorer: _Scorer) -> dict[str, np.ndarray]:
    """Return average precision and precision at 1 of every query of a topic, by ranking and pool."""
    articles = sorted(
        (
            replace(article, event=topic)
            for article in corpus.articles
            if article.event.split("-")[0] == topic
        ),
        key=lambda article: article.id,
    )
    sentences = split_sentences(articles)
    mentioned = _mentioned(corpus.gold["event-chains"], sentences)
    elsewhere = np.not_equal.outer(sentences.article, sentences.article)
    right = (mentioned.astype(np.int64) @ mentioned.T.astype(np.int64) > 0) & elsewhere
    vectors = scorer.embed(sentences)
    cosine = np.round(vectors @ vectors.T, 4)
    probability = scorer.probabilities(sentences)
    scores = {}
    for pool, candidates in (("", elsewhere), ("annotated_", elsewhere & np.any(mentioned, axis=1))):
        for ranking, first in (("", probability), ("cosine_", cosine)):
            precision, top = rank_scores(right, candidates, first, cosine)
            scores[f"{pool}{ranking}average_precision"] = precision
            scores[f"{pool}{ranking}precision_at_1"] = top
    return scores


def _mentioned(gold: object, sentences: Sentences) -> np.ndarray:
    """Return which event chain each sentence mentions: bool ndarray of shape (n_sentences, n_chains)."""
    units = gold.units if isinstance(gold, Annotation) else None
    here = {article.id for article in sentences.articles}
    pairs = [
        (sentences.row(unit["article"], unit["sentence"]), unit["actor"])
        for unit in (units.rows() if units else ())
        if unit["article"] in here
    ]
    chains = {chain: i for i, chain in enumerate(sorted({chain for _, chain in pairs}))}
    mentioned = np.zeros((len(sentences), len(chains)), dtype=bool)
    for row, chain in pairs:
        mentioned[row, chains[chain]] = True
    return mentioned


def rank_scores(
    right: np.ndarray, candidates: np.ndarray, score: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return average precision and precision at 1 of every row that has a right candidate.

    Parameters
    ----------
    right, candidates : bool ndarray of shape (n, n)
        What is right for each row, and what is ranked.
    score, second : ndarray of shape (n, n)
        Ranked by; ties of the first go by the second, then by position.

    Returns
    -------
    tuple of ndarray of shape (n_rows_with_a_right_candidate,)
        Average precision; 1.0 where the first is right, else 0.0.

    Examples
    --------
    >>> right = np.array([[False, True, False]])
    >>> rank_scores(right, ~np.eye(1, 3, dtype=bool), np.array([[0.0, 0.2, 0.2]]), np.array([[0, 0.1, 0.5]]))
    (array([0.5]), array([0.]))
    """
    precisions, tops = [], []
    for row in np.flatnonzero((right & candidates).any(axis=1)):
        ranked = np.flatnonzero(candidates[row])
        order = ranked[np.lexsort((ranked, -second[row, ranked], -score[row, ranked]))]
        places = np.flatnonzero(right[row, order])
        precisions.append(float(np.mean(np.arange(1, len(places) + 1) / (places + 1))))
        tops.append(float(places[0] == 0))
    return np.array(precisions), np.array(tops)


_SCORES: dict[str, Callable[[str | None, _Scorer], dict[str, Any]]] = {
    "superpal": _score_superpal,
    "msrp": _score_msrp,
    "ecbplus": _score_ecbplus,
}
