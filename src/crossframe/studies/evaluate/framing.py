"""Score framing against people's judgements of articles, beside learned weights out of fold and plain baselines."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import STANCES, Annotation, Corpus, score_stances
from crossframe.studies.evaluate.framing_features import (
    Told,
    average_vectors,
    describe_cases,
    read_events,
    side_of,
)
from crossframe.studies.evaluate.framing_metrics import Cases, Figure, score_auc, score_gain, score_order
from crossframe.studies.evaluate.framing_weights import (
    classify_out_of_fold,
    rates_out_of_fold,
    regress_out_of_fold,
    weigh_pairs,
)

WEIGHED = ("author", "quoted", "favour", "mean", "strongest", "lead", "lexicon", "speaks")
"""Features that are weighed: what is told against the actor in either kind of voice, what for it, the mean stance, the
strongest sentence against it, what title and lead tell against it, negative words, and how often it speaks itself."""
Scores = Sequence[np.ndarray]


def evaluate_framing(on: str, *, model: str | None = None) -> dict[str, Any]:
    """Compare framing scores with people's judgement of how an article's author feels toward an actor.

    Parameters
    ----------
    on : str
        ``basil``: 612 judgements (article x actor), and of each article whether it leans liberal, center or conservative.
    model : str, optional
        Stance model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        ordering_accuracy (two outlets of one event on one actor ordered as people ordered them; ties count half), auc
        (negative against the rest) and macro_f1 (two cuts, chosen on other events) of the score that `compare` reports
        as ``framing``; n_pairs, n, n_mentioned, n_events. Then the same two or three figures of:

        - ``author_``, ``quoted_``: that score of one kind of voice alone;
        - ``weighted_``: eight features of the text weighed by pairwise logistic regression, out of fold by event;
        - ``mean_``: mean score of mentions; ``lexicon_``: the same by a sentiment lexicon;
        - ``linear_``, ``article_``: ridge on the mean vector of the sentences that mention the actor, and of the whole
          article, out of fold; ``outlet_``, ``actor_``: mean judgement of the outlet or actor in other events;
          ``fixed_order_``: the best fixed order of outlets, chosen in hindsight, and by how many pairs in one the
          framing score, or the weighted one, orders more right (``gain_over_fixed_order``, ``weighted_...``);
        - ``spans_``: sum of the polarity of the spans that people annotated, which no reader of text alone has.

        ``lean_`` before these: ordering_accuracy of articles of one event by lean, with lean_n_pairs. All but the counts
        and macro_f1 with ``_low`` and ``_high``: 95 % interval, whole events drawn with replacement.

    Raises
    ------
    InputError
        When the corpus has no judgements of articles toward actors.

    Notes
    -----
    Out of fold: 5 times 10 folds of events; scales, weights, penalties and cuts come from the training events. Nothing
    that is learned here is shipped. The score of ``framing`` has no weights, but its form (a sum over sentences, of
    negative alone, over all voices) was settled after some sixty forms had been looked at on these judgements, so its
    figures are a little flattered; so are those of ``weighted_``, whose features, though not their weights, were chosen
    after looking. Tried and not better: net of favourable sentences,
    per length, the lead counted twice, what other outlets tell and this one leaves out, what it alone tells, and ridge on
    sentence vectors that learns the annotated spans. Lean is read off the actors' parties, as far as their names or the
    articles' titles tell them: a score of a Republican counts as it is, of a Democrat negated, and an article has the
    mean over its actors. The outlet tells lean better than any such score.
    """
    corpus = read_corpus(on)
    gold = corpus.gold.get("framing")
    spans, leans = corpus.gold.get("stance"), corpus.gold.get("relative-stance")
    if not (isinstance(gold, Annotation) and isinstance(spans, Annotation) and isinstance(leans, Annotation)):
        raise InputError(f"Missing framing gold of corpus {corpus.name!r}. basil has it.")
    cases = _cases(corpus, gold)
    told = read_events(corpus, cases, model)
    features = describe_cases(cases, told)
    scores = _score_cases(cases, features, told)
    scores["spans_"] = [_sum_spans(cases, spans)]
    figures: dict[str, Any] = {}
    for name, score in scores.items():
        figures |= _bounded(f"{name}ordering_accuracy", score_order(cases, score))
        figures |= _bounded(f"{name}auc", score_auc(cases, score))
        if name in ("", "weighted_", "mean_"):
            figures[f"{name}macro_f1"] = classify_out_of_fold(score, cases)
    for name in ("", "weighted_"):
        gain = score_gain(cases, scores[name], scores["fixed_order_"])
        figures |= _bounded(f"{name}gain_over_fixed_order", gain)
    figures |= {
        "n_pairs": len(cases.pairs.higher),
        "n": len(cases),
        "n_mentioned": int(features["mentioned"].sum()),
    }
    figures["n_events"] = len(set(cases.pairs.event.tolist()))
    return figures | _score_lean(_lean_cases(corpus, leans), cases, scores, side_of(told))


def _bounded(name: str, figure: Figure) -> dict[str, float]:
    return {name: figure.value, f"{name}_low": figure.low, f"{name}_high": figure.high}


def _cases(corpus: Corpus, gold: Annotation) -> Cases:
    article = {one.id: one for one in corpus.articles}
    truth = gold.scores.argmax(axis=1) - STANCES.index("neutral")
    rows = sorted(
        (article[id].event, article[id].outlet, id, actor, int(judged))
        for id, actor, judged in zip(gold.units.article, gold.units.actor, truth, strict=True)
    )
    event, outlet, ids, actor, judged = zip(*rows, strict=True)
    return Cases(event, outlet, ids, actor, np.array(judged))


def _score_cases(
    cases: Cases, features: Mapping[str, np.ndarray], told: Mapping[str, Told]
) -> dict[str, Scores]:
    """Return by prefix the scores of every case, one array a repetition."""
    return {
        "": [features["all"]],
        "author_": [features["author"]],
        "quoted_": [features["quoted"]],
        "weighted_": weigh_pairs(np.column_stack([features[name] for name in WEIGHED]), cases),
        "mean_": [features["mean"]],
        "lexicon_": [features["lexicon_mean"]],
        "linear_": regress_out_of_fold(average_vectors(cases, told, whole=False), cases),
        "article_": regress_out_of_fold(average_vectors(cases, told, whole=True), cases),
        "outlet_": rates_out_of_fold(cases.outlet, cases),
        "actor_": rates_out_of_fold(cases.actor, cases),
        "fixed_order_": [_best_order(cases)],
    }


def _best_order(cases: Cases) -> np.ndarray:
    outlets = sorted(set(cases.outlet))
    ranked = [np.array([order.index(o) for o in cases.outlet], float) for order in permutations(outlets)]
    return max(ranked, key=lambda score: score_order(cases, [score]).value)


def _sum_spans(cases: Cases, spans: Annotation) -> np.ndarray:
    total: dict[tuple[str, str], float] = {}
    polarity = score_stances(spans.scores)
    for article, actor, value in zip(spans.units.article, spans.units.actor, polarity.tolist(), strict=True):
        total[article, actor] = total.get((article, actor), 0.0) + value
    return np.array([total.get(key, 0.0) for key in zip(cases.article, cases.actor, strict=True)])


# --- lean -----------------------------------------------------------------------------------------------


def _lean_cases(corpus: Corpus, leans: Annotation) -> Cases:
    rank = dict(zip(leans.units.article, leans.scores.argmax(axis=1).tolist(), strict=True))
    rows = sorted((one.event, one.outlet, one.id) for one in corpus.articles if one.id in rank)
    event, outlet, ids = zip(*rows, strict=True)
    return Cases(event, outlet, ids, ("",) * len(rows), np.array([rank[id] for id in ids]))


def _score_lean(
    leans: Cases, cases: Cases, scores: Mapping[str, Scores], side: Mapping[str, int]
) -> dict[str, Any]:
    """Return how well scores, turned by the actors' parties, order the articles of an event from left to right."""
    ranked: dict[str, Scores] = {
        name: [_lean_of(leans, cases, score, side) for score in scores[name]]
        for name in ("", "weighted_", "mean_")
    }
    ranked |= {"outlet_": rates_out_of_fold(leans.outlet, leans), "fixed_order_": [_best_order(leans)]}
    figures: dict[str, Any] = {"lean_n_pairs": len(leans.pairs.higher)}
    for name, score in ranked.items():
        figures |= _bounded(f"lean_{name}ordering_accuracy", score_order(leans, score))
    return figures


def _lean_of(leans: Cases, cases: Cases, score: np.ndarray, side: Mapping[str, int]) -> np.ndarray:
    turned: dict[str, list[float]] = {}
    for article, actor, value in zip(cases.article, cases.actor, score.tolist(), strict=True):
        if actor in side:
            turned.setdefault(article, []).append(side[actor] * value)
    return np.array([float(np.mean(turned.get(article, [0.0]))) for article in leans.article])
