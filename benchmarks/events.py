"""Choose the constants of the grouping into events again: slopes and threshold, on BASIL's 30 events and ECB+'s train topics.

Needs the corpora basil and ecbplus (CROSSFRAME_MIRROR or the network). Prints what `matching.events` holds as constants,
and B-cubed F1 of the samples at each threshold.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from crossframe import read_corpus
from crossframe.matching import events as events_matching
from crossframe.matching.events import average_linkage
from crossframe.records import Article
from crossframe.statistics.metrics import b_cubed

THRESHOLDS = np.round(np.arange(0.5, 0.96, 0.02), 2)
SAMPLES = {1: 8, 2: 12, 5: 12, 10: 8}


def training_articles() -> dict[str, list[Article]]:
    """Return the articles on which constants may be chosen."""
    basil, ecbplus = read_corpus("basil"), read_corpus("ecbplus")
    known = {article.event for article in basil.gold["alignment-train"].sentences.articles}
    return {
        "basil": [article for article in basil.articles if article.event in known],
        "ecbplus": [article for article in ecbplus.articles if article.split == "train"],
    }


def samples(articles: Sequence[Article], n_events: int, times: int) -> Iterator[list[Article]]:
    """Yield the articles of `n_events` events drawn at random, `times` times."""
    rng = np.random.default_rng(n_events)
    events = sorted({article.event for article in articles})
    for _ in range(times):
        drawn = set(rng.choice(events, n_events, replace=False).tolist())
        yield [article for article in articles if article.event in drawn]


def pairs(articles: Sequence[Article]) -> tuple[np.ndarray, np.ndarray]:
    """Return evidence of shape (n_pairs, 3) and whether the two are of one event."""
    cosines = events_matching.Evidence(articles, dates=False).cosines(events_matching.EVERY)
    left, right = np.triu_indices(len(articles), 1)
    events = np.array([article.event for article in articles])
    return np.stack([cosines[kind][left, right] for kind in events_matching.SLOPES], axis=1), events[
        left
    ] == events[right]


def fit(sets: Sequence[list[list[Article]]]) -> list[str]:
    """Return slopes and intercept fitted on all `sets`, each of the same weight, as lines."""
    from sklearn.linear_model import LogisticRegression

    values, same, weights = [], [], []
    for one in sets:
        parts = [pairs(articles) for articles in one]
        values.append(np.concatenate([part[0] for part in parts]))
        same.append(np.concatenate([part[1] for part in parts]))
        weights.append(1000 * np.where(same[-1], 0.5 / same[-1].sum(), 0.5 / (~same[-1]).sum()))
    model = LogisticRegression(C=10).fit(
        np.concatenate(values), np.concatenate(same), sample_weight=np.concatenate(weights)
    )
    slopes = dict(zip(events_matching.SLOPES, model.coef_[0].round(1).tolist(), strict=True))
    return [
        f"slopes {slopes}, in use {events_matching.SLOPES}",
        f"intercept {model.intercept_[0]:.1f}, in use {events_matching.INTERCEPT}",
    ]


def curve(sets: Sequence[list[Article]], *, dates: bool) -> np.ndarray:
    """Return B-cubed F1 at every threshold, mean over `sets`."""
    scores = []
    for articles in sets:
        same = events_matching.Evidence(articles, dates=dates).probability(events_matching.EVERY)
        apart = 1 - same[np.triu_indices(len(articles), 1)]
        truth = [article.event for article in articles]
        scores.append(
            [b_cubed(truth, average_linkage(apart, float(value)).tolist())[2] for value in THRESHOLDS]
        )
    return np.mean(scores, axis=0)


def curves(chosen: dict[str, list[Article]]) -> list[str]:
    """Return B-cubed F1 by threshold as lines: all training articles of a corpus, and samples of its events."""
    rows = [("minimum probability", THRESHOLDS)]
    for name, articles in chosen.items():
        rows.append((f"{name}, all", curve([articles], dates=False)))
        if name == "basil":
            rows.append((f"{name}, all, dated", curve([articles], dates=True)))
        for size, times in SAMPLES.items():
            drawn = list(samples(articles, size, times))
            rows.append((f"{name}, {size} events", curve(drawn, dates=False)))
    return [f"{name:<20}" + " ".join(f"{value:.3f}" for value in values) for name, values in rows]


if __name__ == "__main__":
    chosen = training_articles()
    sets = [*([one] for one in chosen.values()), *(list(samples(one, 5, 10)) for one in chosen.values())]
    print("\n".join([*fit(sets), *curves(chosen)]))  # noqa: T201
