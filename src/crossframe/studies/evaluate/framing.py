"""Score framing against people's judgements of articles, beside baselines that need no weights."""

from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe._validation import check_choice
from crossframe.attributing.find_actors import cast_names
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.voices import assign_voices
from crossframe.errors import InputError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.lexicon import LEXICON
from crossframe.judging.stance.stance_model import StanceModel, annotate_mentions
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import splits_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import PORTRAYAL, STANCES, Annotation, Cast, Corpus, Sentences, score_stances
from crossframe.studies.evaluate.basil_names import declare_target, find_targets
from crossframe.studies.evaluate.constructs import check_construct
from crossframe.studies.evaluate.framing_metrics import (
    Cases,
    bound_metric,
    classify_out_of_fold,
    score_all,
    score_gain,
    score_order,
)
from crossframe.studies.evaluate.framing_scores import (
    FRAMING_VOICES,
    measure_negativity,
    sum_negativity,
    sum_portrayals,
)
from crossframe.studies.evaluate.framing_stories import evaluate_feelings


def evaluate_framing(
    on: str,
    *,
    split: str | None = None,
    model: str | Path | StanceModel | None = None,
    any_construct: bool = False,
) -> dict[str, Any]:
    """Compare framing scores with people's judgement of how an article's author feels toward an actor.

    Parameters
    ----------
    on : str
        ``basil``: 612 judgements (article x actor); or ``seesaw``.
    split : str, optional
        Of seesaw; None takes ``dev``.
    model : str, Path or StanceModel, optional
        Stance model; None takes the shipped one.
    any_construct : bool
        Whether a model that does not answer portrayal, of which the framing score is made, is scored all the same.

    Returns
    -------
    dict of str to float
        Of seesaw what `evaluate_feelings` gives. Of basil auc (negative against the rest), ordering_accuracy (two outlets of
        one event on one actor ordered as people ordered them; ties count half) and macro_f1 (two cuts, chosen on other
        events: 5 times 10 folds) of the negative sum: minus the sum over the article's sentences of the probability that they
        speak against the actor. The first two, of ``mean_`` all three, of

        - ``product_``: what `compare` reports as ``framing``, the sum over sentences of negative and positive portrayal;
        - ``author_``, ``quoted_``: the negative sum of one kind of voice alone;
        - ``mean_``: mean score of mentions; ``lexicon_``: the same by a sentiment lexicon;
        - ``fixed_order_``: the best fixed order of outlets, chosen in hindsight, and by how many pairs in one the framing
          score orders more right (``gain_over_fixed_order``);
        - ``spans_``: sum of the polarity of the spans that people annotated, which no reader of text alone has.

        All but macro_f1 with ``_low`` and ``_high``: 95 % interval, whole events drawn with replacement. n_pairs, n, n_mentioned,
        n_events.

    Raises
    ------
    InputError
        When the corpus has no judgements of articles toward actors, or the model is of the other construct.

    Notes
    -----
    The negative sum has no weights, but its form (a sum over sentences, of negative alone, over all voices) was
    settled after some sixty forms had been looked at on these judgements, so its metrics are slightly optimistic. The product
    stands in comparisons because its factors can be read; its form follows from them. What
    learned weights would give is measured by ``benchmarks/framing_weights.py``.
    """
    corpus = _read_judged(on, split)
    loaded = load_stance_model(model)
    marks = check_construct(loaded, PORTRAYAL, "framing scores", any_construct=any_construct)
    if "framing-by-annotator" in corpus.gold:
        return marks | evaluate_feelings(corpus, loaded)
    return marks | _evaluate_basil(corpus, loaded)


def _evaluate_basil(corpus: Corpus, model: StanceModel) -> dict[str, Any]:
    gold, spans = corpus.gold.get("framing"), corpus.gold.get("stance")
    if not (isinstance(gold, Annotation) and isinstance(spans, Annotation)):
        raise InputError(f"Missing framing gold of corpus {corpus.name!r}. basil and seesaw have it.")
    cases = read_cases(corpus, gold)
    scores = score_cases(cases, read_events(corpus, cases, model))
    mentioned = scores.pop("mentioned")
    scores |= {"fixed_order_": best_order(cases), "spans_": _sum_spans(cases, spans)}
    metrics = score_all(cases, {prefix: [score] for prefix, score in scores.items()})
    metrics |= {f"{name}macro_f1": classify_out_of_fold([scores[name]], cases) for name in ("", "mean_")}
    gain = score_gain(cases, [scores[""]], [scores["fixed_order_"]])
    metrics |= bound_metric("gain_over_fixed_order", gain)
    counts = {"n_pairs": len(cases.pairs.higher), "n": len(cases), "n_mentioned": int(mentioned.sum())}
    return metrics | counts | {"n_events": len(set(cases.pairs.event.tolist()))}


def _read_judged(on: str, split: str | None) -> Corpus:
    """Return the corpus; only seesaw has splits of judged articles."""
    if split is None:
        return read_corpus(on)
    splits = splits_of(on)
    if len(splits) < 2:
        raise InputError(f"Invalid split {split!r}. Corpus {on!r} has one split only, or none.")
    return read_corpus(on, splits=(check_choice(split, "split", splits),))


# --- judged articles ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class JudgedEvent:
    """The articles of one event, its judged actors, and the stance of their mentions by a model and by a lexicon."""

    sentences: Sentences
    cast: Cast
    stance: Annotation
    lexicon: Annotation


def read_cases(corpus: Corpus, gold: Annotation) -> Cases:
    """Return people's judgements, sorted by event, outlet, article and actor."""
    articles = {article.id: article for article in corpus.articles}
    truth = gold.scores.argmax(axis=1) - STANCES.index("neutral")
    rows = sorted(
        (articles[id].event, articles[id].outlet, id, actor, int(judged))
        for id, actor, judged in zip(gold.units.article, gold.units.actor, truth, strict=True)
    )
    event, outlet, ids, actor, judged = zip(*rows, strict=True)
    return Cases(event, outlet, ids, actor, np.array(judged))


def read_events(
    corpus: Corpus, cases: Cases, model: str | Path | StanceModel | None
) -> dict[str, JudgedEvent]:
    """Return by event the actors that were judged in it and the stance of their mentions.

    Names are spotted by rules; mentions are names, descriptions and pronouns, as comparisons link them.
    """
    loaded, lexicon = load_stance_model(model), load_stance_model(LEXICON)
    events = {}
    for event in track(sorted(set(cases.event)), "Reading events"):
        actors = sorted({a for e, a in zip(cases.event, cases.actor, strict=True) if e == event})
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        names = spot_names(sentences)
        mentions = find_targets(sentences, actors, names)
        cast = cast_names(sentences, [declare_target(actor) for actor in actors], names)
        voices = assign_voices(mentions, find_quotes(sentences, cast))
        events[event] = JudgedEvent(
            sentences,
            cast,
            annotate_mentions(loaded, sentences, mentions, voices),
            annotate_mentions(lexicon, sentences, mentions, voices),
        )
    return events


def score_cases(cases: Cases, events: dict[str, JudgedEvent]) -> dict[str, np.ndarray]:
    """Return the scores of every case that need no weights, and ``mentioned``: ndarray of shape (n_cases,) each.

    ``""``, ``author_`` and ``quoted_``: the negative sum of all voices and of one kind; ``product_``: the sum of portrayals;
    ``mean_`` and ``lexicon_``: mean score of the mentions, by the stance model and by the lexicon. All are 0 where the actor
    is not mentioned.
    """
    framing = {
        (event, voice): measure_negativity(one.stance, voice)
        for event, one in events.items()
        for voice in FRAMING_VOICES
    }
    products = {event: sum_portrayals(one.stance) for event, one in events.items()}
    rows: list[dict[str, float]] = []
    for event, article, actor in zip(cases.event, cases.article, cases.actor, strict=True):
        mentioned = mentions_of(events[event].stance, article, actor)
        row = {
            f"{voice}_" if voice else "": sum_negativity(framing[event, voice].get((article, actor), {}))
            for voice in FRAMING_VOICES
        }
        row |= {"product_": products[event].get((article, actor), 0.0)}
        row |= {"mean_": _mean_score(events[event].stance, mentioned)}
        row |= {"lexicon_": _mean_score(events[event].lexicon, mentioned)}
        rows.append(row | {"mentioned": float(mentioned.any())})
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def mentions_of(stance: Annotation, article: str, actor: str) -> np.ndarray:
    """Return which rows of `stance` are mentions of the actor in the article: bool of shape (n_mentions,)."""
    keys = zip(stance.units.article, stance.units.actor, strict=True)
    return np.array([key == (article, actor) for key in keys], dtype=bool)


def _mean_score(stance: Annotation, rows: np.ndarray) -> float:
    return float(score_stances(stance.scores[rows]).mean()) if rows.any() else 0.0


def best_order(cases: Cases) -> np.ndarray:
    """Return as scores the fixed order of outlets that agrees best with people's, chosen in hindsight."""
    outlets = sorted(set(cases.outlet))
    ranked = [np.array([order.index(o) for o in cases.outlet], float) for order in permutations(outlets)]
    return max(ranked, key=lambda score: score_order(cases, [score]).value)


def _sum_spans(cases: Cases, spans: Annotation) -> np.ndarray:
    total: dict[tuple[str, str], float] = {}
    polarity = score_stances(spans.scores)
    for article, actor, value in zip(spans.units.article, spans.units.actor, polarity.tolist(), strict=True):
        total[article, actor] = total.get((article, actor), 0.0) + value
    return np.array([total.get(key, 0.0) for key in zip(cases.article, cases.actor, strict=True)])
