"""Score the grouping of articles into events against gold, beside a plain TF-IDF clustering."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import groupby, islice
from typing import Any

import numpy as np

from crossframe.matching.events import average_linkage, group_articles
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.similar_events import SIMILAR_EVENTS
from crossframe.records import Alignment, Article, Corpus
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio, percentile_interval
from crossframe.statistics.metrics import b_cubed
from crossframe.text import words

TFIDF_THRESHOLD = 0.22
"""Mean cosine from which the plain clustering joins: the best of 0.10, 0.11, ..., 0.40 by the mean B-cubed F1 on the
data that our own constants were chosen on (BASIL's 30 events and the train topics of ECB+)."""


def evaluate_events(on: str) -> dict[str, Any]:
    """Score the grouping of a corpus's articles into events by B-cubed.

    Parameters
    ----------
    on : str
        Corpus whose articles name their events.

    Returns
    -------
    dict of str to float
        b_cubed_precision, b_cubed_recall and b_cubed_f1 of the articles on which nothing was chosen (BASIL without
        the events of the alignment's training gold, the dev topics of ECB+, all of others), with a 95 % interval of
        the last over gold events (bootstrap; the grouping is not made again); undated_b_cubed_f1: without
        dates; tfidf_b_cubed_f1: average linkage of TF-IDF cosines of all words; n_articles, n_events; all_b_cubed_f1:
        all articles of the corpus grouped at once. Of ECB+ and similar-events also topics_apart: the number of topics, of
        n_topics, in which no predicted event holds articles of two events. Of similar-events each group of the test split
        is grouped on its own; groups_right, of n_groups, have no error.
    """
    corpus = read_corpus(on)
    articles = _untouched(corpus)
    parts = _by_topic(articles) if corpus.name == SIMILAR_EVENTS else [articles]
    truth = [article.event for article in articles]
    predicted = _in_parts(parts, lambda part: group_articles(part).event)
    precision, recall, both = b_cubed(truth, predicted)
    low, high = percentile_interval(bootstrap_b_cubed(truth, predicted, np.random.default_rng(0)))
    metrics = {
        "b_cubed_precision": precision,
        "b_cubed_recall": recall,
        "b_cubed_f1": both,
        "b_cubed_f1_low": low,
        "b_cubed_f1_high": high,
        "undated_b_cubed_f1": b_cubed(
            truth, _in_parts(parts, lambda part: group_articles(part, dates=False).event)
        )[2],
        "tfidf_b_cubed_f1": b_cubed(truth, _in_parts(parts, lambda part: group_by_tfidf(part).tolist()))[2],
        "n_articles": len(articles),
        "n_events": len(set(truth)),
        "all_b_cubed_f1": b_cubed(
            [article.event for article in corpus.articles], group_articles(corpus.articles).event
        )[2],
    }
    if corpus.name in ("ecbplus", SIMILAR_EVENTS):
        metrics["topics_apart"], metrics["n_topics"] = count_apart(truth, predicted)
    if corpus.name == SIMILAR_EVENTS:
        metrics["groups_right"], metrics["n_groups"] = _count_right(parts, predicted), len(parts)
    return metrics


def count_apart(truth: Sequence[str], predicted: Sequence[str]) -> tuple[int, int]:
    """Return in how many topics no predicted event holds articles of two events of the topic, and how many topics there are.

    Parameters
    ----------
    truth : sequence of str
        Event of every article, ``<topic>-<name>``.
    predicted : sequence of str
        Event that it was assigned to.

    Returns
    -------
    tuple of int
        Topics of one event alone are not counted.

    Examples
    --------
    >>> count_apart(["1-a", "1-b", "2-a", "2-b", "3-a"], ["x", "x", "x", "y", "z"])
    (1, 2)
    """
    events: dict[str, set[str]] = {}
    held: dict[tuple[str, str], set[str]] = {}
    for event, place in zip(truth, predicted, strict=True):
        topic = event.partition("-")[0]
        events.setdefault(topic, set()).add(event)
        held.setdefault((topic, place), set()).add(event)
    topics = {topic for topic, names in events.items() if len(names) > 1}
    mixed = {topic for (topic, _), names in held.items() if len(names) > 1}
    return len(topics - mixed), len(topics)


def _by_topic(articles: Sequence[Article]) -> list[list[Article]]:
    """Return the articles of every topic, in the order given: a topic's articles stand together."""
    return [list(own) for _, own in groupby(articles, lambda article: article.event.partition("-")[0])]


def _in_parts(
    parts: Sequence[Sequence[Article]], group: Callable[[Sequence[Article]], Sequence[Hashable]]
) -> list[str]:
    """Return the event of every article, each part grouped on its own."""
    return [f"{number} {event}" for number, part in enumerate(parts) for event in group(part)]


def _count_right(parts: Sequence[Sequence[Article]], predicted: Sequence[str]) -> int:
    """Return how many parts were grouped without any error."""
    assigned = iter(predicted)
    scores = [b_cubed([one.event for one in part], list(islice(assigned, len(part)))) for part in parts]
    return sum(min(score) == 1 for score in scores)


def _untouched(corpus: Corpus) -> list[Article]:
    """Return the articles on which no constant of the grouping was chosen."""
    if corpus.name == SIMILAR_EVENTS:
        return [article for article in corpus.articles if article.split == "test"]
    if corpus.name == "ecbplus":
        return [article for article in corpus.articles if article.split != "train"]
    tuned = corpus.gold.get("alignment-train")
    known = {article.event for article in tuned.sentences.articles} if isinstance(tuned, Alignment) else set()
    return [article for article in corpus.articles if article.event not in known]


def bootstrap_b_cubed(
    truth: Sequence[str], predicted: Sequence[str], rng: np.random.Generator, *, draws: int = DRAWS
) -> np.ndarray:
    """Return bootstrap draws of B-cubed F1, gold events drawn with replacement.

    Parameters
    ----------
    truth, predicted : sequence of str
        Event of every article.
    rng : Generator
        Source of randomness.
    draws : int
        Number of draws.

    Returns
    -------
    ndarray of shape (draws,)
    """
    both = Counter(zip(truth, predicted, strict=True))
    of_truth, of_predicted = Counter(truth), Counter(predicted)
    events = sorted(of_truth)
    row = {event: number for number, event in enumerate(events)}
    sums = np.zeros((len(events), 3))
    for (event, group), n in both.items():
        sums[row[event]] += n * n / of_predicted[group], n * n / of_truth[event], n
    precision, recall = bootstrap_ratio(sums[:, :2], sums[:, 2:], rng, draws=draws).T
    score: np.ndarray = 2 * precision * recall / (precision + recall)
    return score


def group_by_tfidf(articles: Sequence[Article], *, min_cosine: float = TFIDF_THRESHOLD) -> np.ndarray:
    """Return what a user would write today: average linkage of TF-IDF cosines, a threshold.

    Parameters
    ----------
    articles : sequence of Article
        At least one, with words.
    min_cosine : float
        Mean cosine from which groups are joined.

    Returns
    -------
    ndarray of shape (n_articles,)
        Number of every article's event.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=words, sublinear_tf=True)
    vectors = vectorizer.fit_transform([article.document for article in articles])
    cosine = (vectors @ vectors.T).toarray()
    upper = np.triu_indices(len(articles), 1)
    return average_linkage(np.round(np.clip(1 - cosine[upper], 0, 1), 6), min_cosine)
