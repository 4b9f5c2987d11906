"""Measure what learned weights would give for framing on BASIL, beside the score that ships; nothing learned here ships.

People judged how 612 times an article's author feels toward an actor, and of every article whether it leans liberal,
center or conservative. Scored are, out of fold by event (5 times 10 folds; scales, weights, penalties and cuts come from the
training events):

- ``framing``, ``mean``: the score that `compare` reports, and the mean score of mentions; neither has weights;
- ``weighted``: eight features of the text, weighted by pairwise logistic regression;
- ``linear``, ``article``: ridge on the mean vector of the sentences that mention the actor, and of the whole article;
- ``outlet``, ``actor``: mean judgement of the outlet or actor in other events;
- ``fixed_order``: the best fixed order of outlets, chosen in hindsight.

``ordering_accuracy``, ``auc`` and ``macro_f1`` (negative, neutral, positive by two cuts) are of judgements of actors, and so
is ``gain_over_fixed_order``; ``lean_ordering_accuracy`` is of articles of one event ordered by lean. The sign that a score
takes for the lean is read off the actors' parties, as far as their names or the articles' titles say it: a score of a
Republican counts as it is, of a Democrat negated, and an article has the mean over its actors.

The features, though not their weights, were chosen after looking. Tried and not better: net of favourable sentences, per
length, the lead counted twice, what other outlets report and this one leaves out, what it alone reports, and ridge on
sentence vectors that learns the annotated spans.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
from out_of_fold import average_others, regress_judgements, regress_pairs

from crossframe import storage
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import POSITIVE, Annotation, Corpus
from crossframe.studies.evaluate.basil_names import profiles_of
from crossframe.studies.evaluate.framing import (
    JudgedEvent,
    best_order,
    mentions_of,
    read_cases,
    read_events,
    score_cases,
)
from crossframe.studies.evaluate.framing_metrics import (
    Cases,
    Metric,
    classify_out_of_fold,
    score_auc,
    score_gain,
    score_order,
)
from crossframe.studies.evaluate.framing_scores import ALL_VOICES, measure_negativity, sum_negativity
from crossframe.text import slug

OUT = Path(__file__).parents[1] / "results" / "benchmarks" / "framing-weights.csv"
COLUMNS = ("score", "metric", "value", "low", "high")
LEAD = 5
"""Body sentences that make up the lead, with the title."""
WEIGHTED = ("author_", "quoted_", "favour", "mean_", "strongest", "lead", "lexicon", "speaks")
"""Features that are weighted: what is against the actor in either kind of voice, what is for it, the mean stance, the
strongest sentence against it, what title and lead have against it, negative words, and how often it speaks itself."""
_PARTY = {"republican": "republican", "republicans": "republican", "gop": "republican"}
_PARTY |= {"democrat": "democrat", "democrats": "democrat", "democratic": "democrat"}
Scores = Sequence[np.ndarray]
Row = tuple[str, str, Metric]


# --- features of the text -------------------------------------------------------------------------------


def describe_cases(cases: Cases, events: Mapping[str, JudgedEvent]) -> dict[str, np.ndarray]:
    """Return features of the text by name: ndarray of shape (n_cases,) each, higher as a rule where it is kinder.

    What `score_cases` gives, and ``favour`` (sum of positive over sentences), ``strongest`` (the sentence most against the
    actor), ``lead`` (framing score of title and lead), ``lexicon`` (framing score by the lexicon), ``speaks`` (share of its
    mentions in its own quotations). All are 0 where the actor is not mentioned.
    """
    against = {event: measure_negativity(one.stance, ALL_VOICES) for event, one in events.items()}
    lexicon = {event: measure_negativity(one.lexicon) for event, one in events.items()}
    rows: list[dict[str, float]] = []
    for event, article, actor in zip(cases.event, cases.article, cases.actor, strict=True):
        stance, key = events[event].stance, (article, actor)
        mentioned = mentions_of(stance, article, actor)
        sentences = against[event].get(key, {})
        own = [stance.units.voice[row] == actor for row in np.flatnonzero(mentioned)]
        rows.append(
            {
                "favour": _favour(stance, mentioned),
                "strongest": -max(sentences.values(), default=0.0),
                "lead": sum_negativity({n: value for n, value in sentences.items() if n <= LEAD}),
                "lexicon": sum_negativity(lexicon[event].get(key, {})),
                "speaks": float(np.mean(own or [False])),
            }
        )
    features = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return score_cases(cases, dict(events)) | features


def _favour(stance: Annotation, rows: np.ndarray) -> float:
    """Return the sum over sentences of the mean probability of positive."""
    number = stance.units.sentence[rows]
    _, place, counts = np.unique(number, return_inverse=True, return_counts=True)
    return float((stance.scores[rows, POSITIVE] / counts[place]).sum()) if len(number) else 0.0


def average_vectors(
    cases: Cases, events: Mapping[str, JudgedEvent], vectors: Mapping[str, np.ndarray], *, whole: bool
) -> np.ndarray:
    """Return the mean vector of the sentences that mention the actor, or of the whole article: (n_cases, n_dims)."""
    averages = []
    for event, article, actor in zip(cases.event, cases.article, cases.actor, strict=True):
        sentences = events[event].sentences
        rows = sentences.rows_of(article)
        if not whole:
            mentioned = measure_negativity(events[event].stance).get((article, actor), {})
            rows = np.array([sentences.row(article, number) for number in mentioned], dtype=int)
        n_dims = vectors[event].shape[1]
        averages.append(vectors[event][rows].mean(axis=0) if len(rows) else np.zeros(n_dims))
    return np.stack(averages).astype(np.float64)


# --- parties --------------------------------------------------------------------------------------------


def count_parties(event: JudgedEvent, actors: Sequence[str]) -> dict[str, Counter[str]]:
    """Return for every actor how often its name, or a title or apposition of the event, names which party."""
    profiles = {id: one.marks for id, one in profiles_of(event.sentences, event.cast).items()}
    counts = {}
    for actor in actors:
        words = [*actor.split("-"), *(slug(mark) for mark in sorted(profiles.get(actor, set())))]
        counts[actor] = Counter(_PARTY[word] for word in words if word in _PARTY)
    return counts


def side_of(parties: Sequence[Mapping[str, Counter[str]]]) -> dict[str, int]:
    """Return 1 for every actor who is called a Republican more often than a Democrat over all events, -1 for the reverse."""
    total: dict[str, Counter[str]] = {}
    for of_event in parties:
        for actor, counts in of_event.items():
            total.setdefault(actor, Counter()).update(counts)
    balance = {actor: counts["republican"] - counts["democrat"] for actor, counts in total.items()}
    return {actor: 1 if value > 0 else -1 for actor, value in sorted(balance.items()) if value}


# --- lean of articles -----------------------------------------------------------------------------------


def lean_cases(corpus: Corpus, leans: Annotation) -> Cases:
    """Return people's judgements of articles as a whole: liberal, center, conservative."""
    rank = dict(zip(leans.units.article, leans.scores.argmax(axis=1).tolist(), strict=True))
    rows = sorted((one.event, one.outlet, one.id) for one in corpus.articles if one.id in rank)
    event, outlet, ids = zip(*rows, strict=True)
    return Cases(event, outlet, ids, ("",) * len(rows), np.array([rank[id] for id in ids]))


def lean_of(leans: Cases, cases: Cases, score: np.ndarray, side: Mapping[str, int]) -> np.ndarray:
    """Return the mean score over the actors of every article of `leans`, turned by their parties; 0 without any."""
    turned: dict[str, list[float]] = {}
    for article, actor, value in zip(cases.article, cases.actor, score.tolist(), strict=True):
        if actor in side:
            turned.setdefault(article, []).append(side[actor] * value)
    return np.array([float(np.mean(turned.get(article, [0.0]))) for article in leans.article])


# --- table ----------------------------------------------------------------------------------------------


def measure() -> list[Row]:
    """Return the rows of the table."""
    corpus = read_corpus("basil")
    gold, leans = corpus.gold["framing"], corpus.gold["relative-stance"]
    assert isinstance(gold, Annotation)
    assert isinstance(leans, Annotation)
    cases = read_cases(corpus, gold)
    events = read_events(corpus, cases, None)
    encoder = load_encoder(None)
    vectors = {event: embed_sentences(one.sentences, encoder).vectors for event, one in events.items()}
    scores = score_all(cases, events, vectors)
    actors = {
        event: sorted({a for e, a in zip(cases.event, cases.actor, strict=True) if e == event})
        for event in events
    }
    side = side_of([count_parties(one, actors[event]) for event, one in events.items()])
    return rows_of_actors(cases, scores) + rows_of_lean(lean_cases(corpus, leans), cases, scores, side)


def score_all(
    cases: Cases, events: Mapping[str, JudgedEvent], vectors: Mapping[str, np.ndarray]
) -> dict[str, Scores]:
    """Return the scores of every case by name, one array per repetition."""
    features = describe_cases(cases, events)
    return {
        "framing": [features[""]],
        "mean": [features["mean_"]],
        "weighted": regress_pairs(np.column_stack([features[name] for name in WEIGHTED]), cases),
        "linear": regress_judgements(average_vectors(cases, events, vectors, whole=False), cases),
        "article": regress_judgements(average_vectors(cases, events, vectors, whole=True), cases),
        "outlet": average_others(cases.outlet, cases),
        "actor": average_others(cases.actor, cases),
        "fixed_order": [best_order(cases)],
    }


def rows_of_actors(cases: Cases, scores: Mapping[str, Scores]) -> list[Row]:
    """Return the metrics of scores against people's judgements of actors."""
    rows: list[Row] = []
    for name, score in scores.items():
        rows += [
            (name, "ordering_accuracy", score_order(cases, score)),
            (name, "auc", score_auc(cases, score)),
        ]
        if name in ("framing", "weighted", "mean"):
            rows.append((name, "macro_f1", Metric(classify_out_of_fold(score, cases), np.nan, np.nan)))
        if name in ("framing", "weighted"):
            rows.append((name, "gain_over_fixed_order", score_gain(cases, score, scores["fixed_order"])))
    return rows


def rows_of_lean(
    leans: Cases, cases: Cases, scores: Mapping[str, Scores], side: Mapping[str, int]
) -> list[Row]:
    """Return how well scores, turned by the actors' parties, order the articles of an event from left to right."""
    ordered: dict[str, Scores] = {
        name: [lean_of(leans, cases, score, side) for score in scores[name]]
        for name in ("framing", "weighted", "mean")
    }
    ordered |= {"outlet": average_others(leans.outlet, leans), "fixed_order": [best_order(leans)]}
    return [(name, "lean_ordering_accuracy", score_order(leans, score)) for name, score in ordered.items()]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="the table")
    out = parser.parse_args().out
    rows = [
        (name, metric, *("" if np.isnan(value) else Decimal(f"{value:.3f}") for value in values))
        for name, metric, values in measure()
    ]
    storage.write_csv(out, COLUMNS, rows)
    print(out.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
