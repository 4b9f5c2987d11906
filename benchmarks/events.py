"""Choose the constants of the grouping into events again, on train parts of BASIL, ECB+ and similar-events alone.

Needs the corpora basil and ecbplus (CROSSFRAME_MIRROR or the network). Prints what `matching.event_evidence` holds as
constants, and B-cubed F1 with them at each threshold.
"""

from collections.abc import Sequence

import numpy as np

from crossframe import read_corpus
from crossframe.matching.event_evidence import EVERY, INTERCEPT, SLOPES, Evidence
from crossframe.matching.events import average_linkage
from crossframe.records import Article
from crossframe.statistics.metrics import b_cubed

THRESHOLDS = np.round(np.arange(0.6, 0.92, 0.02), 2)
N_SAMPLES, N_EVENTS = 8, 5
WORDS = ("lead", "pairs", "names")
ON_WORDS = {"basil": 1, "basil, five events": 1, "ecbplus": 1, "ecbplus, five events": 1}
ON_ALL = {"basil": 1, "basil, five events": 1, "ecbplus": 3, "ecbplus, topics": 4, "similar-events": 3}
"""Weights of the data in the fits: slopes of words and names, and the others beside them. Most weight is on events that are
alike. The dev groups are for the threshold alone."""
Parts = list[list[Article]]


def training_articles() -> dict[str, Parts]:
    """Return the articles on which constants may be chosen: lists that are each grouped on their own."""
    basil, ecbplus, similar = (read_corpus(name) for name in ("basil", "ecbplus", "similar-events"))
    known = {article.event for article in basil.gold["alignment-train"].sentences.articles}
    unlike = [article for article in basil.articles if article.event in known]
    like = [article for article in ecbplus.articles if article.split == "train"]
    return {
        "basil": [unlike],
        "basil, five events": samples(unlike),
        "ecbplus": [like],
        "ecbplus, topics": topics(like),
        "ecbplus, five events": samples(like),
        "similar-events": topics([article for article in similar.articles if article.split == "train"]),
        "similar-events, dev": topics([article for article in similar.articles if article.split == "dev"]),
    }


def samples(articles: Sequence[Article]) -> Parts:
    """Return the articles of `N_EVENTS` events drawn at random, `N_SAMPLES` times."""
    rng = np.random.default_rng(N_EVENTS)
    events = sorted({article.event for article in articles})
    draws = [set(rng.choice(events, N_EVENTS, replace=False).tolist()) for _ in range(N_SAMPLES)]
    return [[article for article in articles if article.event in drawn] for drawn in draws]


def topics(articles: Sequence[Article]) -> Parts:
    """Return the articles of each topic, the part of an event's id before its first hyphen."""
    parts: dict[str, list[Article]] = {}
    for article in articles:
        parts.setdefault(article.event.partition("-")[0], []).append(article)
    return list(parts.values())


def pairs(articles: Sequence[Article]) -> tuple[np.ndarray, np.ndarray]:
    """Return evidence of shape (n_pairs, n_slopes) and whether the two are of one event."""
    values = Evidence(articles).values(EVERY)
    left, right = np.triu_indices(len(articles), 1)
    events = np.array([article.event for article in articles])
    return np.stack([values[name][left, right] for name in SLOPES], axis=1), events[left] == events[right]


def gather(chosen: dict[str, Parts], weights: dict[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return evidence, whether two are of one event, and weight of all pairs of the data that `weights` names."""
    values, same, weight = [], [], []
    for name, share in weights.items():
        parts = [pairs(articles) for articles in chosen[name]]
        values.append(np.concatenate([part[0] for part in parts]))
        same.append(np.concatenate([part[1] for part in parts]))
        weight.append(1000 * share * np.where(same[-1], 0.5 / same[-1].sum(), 0.5 / (~same[-1]).sum()))
    return np.concatenate(values), np.concatenate(same), np.concatenate(weight)


def fit_words(chosen: dict[str, Parts]) -> str:
    """Return slopes of words and names and the intercept, fitted without dates and persons, as a line."""
    from sklearn.linear_model import LogisticRegression

    values, same, weight = gather(chosen, ON_WORDS)
    model = LogisticRegression(C=10).fit(values[:, : len(WORDS)], same, sample_weight=weight)
    return f"slopes {model.coef_[0].round(1).tolist()}, intercept {model.intercept_[0]:.1f}"


def fit_others(chosen: dict[str, Parts]) -> str:
    """Return slopes of dates and persons, fitted beside those of words that are in use, as a line."""
    from scipy.optimize import minimize

    values, same, weight = gather(chosen, ON_ALL)
    fixed = INTERCEPT + values[:, : len(WORDS)] @ [SLOPES[name] for name in WORDS]
    free, sign = values[:, len(WORDS) :], 2 * same - 1

    def loss(slopes: np.ndarray) -> float:
        margin = sign * (fixed + free @ slopes)
        return float((weight * np.logaddexp(0, -margin)).sum() + slopes @ slopes / 2)

    return f"slopes {minimize(loss, np.zeros(free.shape[1])).x.round(1).tolist()}"


def curve(parts: Parts) -> list[float]:
    """Return B-cubed F1 of all `parts`, each grouped on its own, at every threshold."""
    apart = [
        1 - Evidence(articles).probability(EVERY)[np.triu_indices(len(articles), 1)] for articles in parts
    ]
    truth = [(number, article.event) for number, articles in enumerate(parts) for article in articles]
    scores = []
    for value in THRESHOLDS:
        labels = [average_linkage(distance, float(value)).tolist() for distance in apart]
        found = [(number, label) for number, own in enumerate(labels) for label in own]
        scores.append(b_cubed(truth, found)[2])
    return scores


def curves(chosen: dict[str, Parts]) -> list[str]:
    """Return B-cubed F1 by threshold as lines, and its mean."""
    scores = {name: curve(parts) for name, parts in chosen.items()}
    rows = {"minimum probability": THRESHOLDS, **scores, "mean": np.mean(list(scores.values()), axis=0)}
    return [f"{name:<22}" + " ".join(f"{value:.3f}" for value in values) for name, values in rows.items()]


if __name__ == "__main__":
    chosen = training_articles()
    lines = [f"in use {SLOPES}, {INTERCEPT}", fit_words(chosen), fit_others(chosen), *curves(chosen)]
    print("\n".join(lines))  # noqa: T201
