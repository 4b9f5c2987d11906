"""Metrics of alignments, claims and omissions with answers known by hand."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from claims_by_words import align_by_words, split_by_clauses
from crossframe.contrasting.absence import AbsenceCurve, find_omissions
from crossframe.matching.claims import group_claims
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Claim, Sentences
from crossframe.statistics.metrics import expected_calibration_error
from crossframe.studies.evaluate import alignment as evaluation
from crossframe.studies.evaluate.alignment_metrics import (
    OF_CLAUSES,
    bound_scores,
    describe_events,
    events_of,
    pool_scores,
    score_alignment,
    score_annotators,
    score_clauses,
    score_events,
)
from crossframe.studies.evaluate.claim_metrics import list_omission_units, score_omissions
from crossframe.synthetic import make_press


@pytest.fixture(scope="module")
def truth() -> Alignment:
    """Return the true pairs of one invented event."""
    gold = make_press(n_events=1, seed=4).corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    return gold


def test_a_perfect_alignment(truth: Alignment) -> None:
    """The truth scores one against itself, and its claims are pure and complete."""
    metrics = score_alignment(truth, [group_claims(truth)])
    for name in ("average_precision", "f1", "equivalent_f1", "claim_purity", "claim_recall"):
        assert metrics[name] == 1.0, name
    assert metrics["ece"] == metrics["brier"] == 0.0
    assert metrics["omission_precision"] == metrics["omission_recall"] == 1.0


def test_what_is_not_listed_counts_as_missed(truth: Alignment) -> None:
    """Half of the pairs found, none wrong: the others are ranked last, all at once."""
    half = len(truth) // 2
    found = replace(
        truth, left=truth.left[:half], right=truth.right[:half],
        probability=np.linspace(0.9, 0.6, half), relation=truth.relation[:half],
    )  # fmt: skip
    metrics = score_alignment(truth, [found])
    sizes = np.bincount(truth.sentences.article)
    n_pairs = (sizes.sum() ** 2 - (sizes**2).sum()) / 2
    recall = half / len(truth)
    assert metrics["precision"] == 1.0
    assert metrics["recall"] == pytest.approx(recall)
    assert metrics["average_precision"] == pytest.approx(recall + (1 - recall) * len(truth) / n_pairs)


RAID, LIST = "Police raided the office on Monday", "officers found a secret register of donors"
TEXTS = {"a": f"{RAID}, and {LIST}.", "b": f"{RAID}.", "c": f"In May {LIST}."}


@pytest.mark.parametrize(
    ("gold", "whole", "clauses"),
    [
        # a tells what b tells and what c tells, b and c nothing together: of sentences a and b make a claim, c is left
        ([(0, 1), (0, 2)], (1.0, 0.5, None, 0.0), (1.0, 1.0, 1.0, 1.0)),
        ([(0, 1)], (1.0, 1.0, None, 0.0), (0.5, 1.0, 0.5, 0.5)),
        ([(0, 1), (0, 2), (1, 2)], (1.0, 1 / 3, None, None), (1.0, 2 / 3, 0.0, None)),
    ],
)
def test_claims_of_clauses_have_metrics_of_their_own(
    gold: list[tuple[int, int]], whole: tuple[float | None, ...], clauses: tuple[float | None, ...]
) -> None:
    """Against gold pairs of sentences, claims of clauses have more of them, and say more often what an outlet lacks."""
    articles = [Article(f"{name}-1", "e", name, "", text) for name, text in TEXTS.items()]
    sentences = split_sentences(articles)
    left, right = zip(*gold, strict=True)
    truth = Alignment(sentences, left, right, [1.0] * len(gold), ("partial",) * len(gold))
    grouped = group_claims(align_by_words(sentences))
    split = split_by_clauses(sentences, align_by_words)
    assert ([claim.rows for claim in grouped.claims], grouped.clauses) == ([(0, 1)], None)
    names = [f"clauses_{name}" for name in OF_CLAUSES]
    for alignment, expected, n_claims in ((grouped, whole, 0), (split, clauses, 2)):
        found = score_clauses(truth, [alignment])
        assert [*found] == [*names, "clauses_n_claims"]
        assert [found[name] for name in names] == [one and pytest.approx(one) for one in expected]
        assert found["clauses_n_claims"] == n_claims
    assert {"clauses_claim_purity_low", "clauses_claim_purity_high"} <= set(
        score_clauses(truth, [split, split])
    )


def test_the_evaluation_splits_claims_as_a_comparison_does() -> None:
    """Clauses are aligned by the same aligner; where there is nothing to cut claims stay as they are."""

    class ByWords:
        name = "by-words"

        def align(self, sentences: Sentences, embeddings: object = None) -> Alignment:
            return align_by_words(sentences)

    several = split_sentences([Article(f"{name}-1", "e", name, "", text) for name, text in TEXTS.items()])
    single = split_sentences([Article(f"{name}-1", "f", name, "", f"{RAID}.") for name in "ab"])
    grouped = [group_claims(align_by_words(sentences)) for sentences in (several, single)]
    split, same = evaluation.split_by_clauses(ByWords(), grouped)
    assert same is grouped[1]
    expected = split_by_clauses(several, align_by_words)
    assert [claim.rows for claim in split.claims] == [claim.rows for claim in expected.claims]


def test_disputed_pairs_count_neither_way(truth: Alignment) -> None:
    """Pairs on which the annotators disagree are left out of all metrics."""
    disputed = replace(truth, relation=("disputed", *truth.relation[1:]))
    metrics = score_alignment(disputed, [group_claims(truth)])
    assert metrics["precision"] == metrics["claim_purity"] == 1.0
    assert metrics["n_gold_pairs"] == len(truth) - 1


def noisy(seed: int) -> tuple[Alignment, list[Alignment]]:
    """Return the truth of five events, and alignments of them with wrong and missing pairs and tied scores."""
    corpus = make_press(n_events=5, seed=seed).corpus
    gold = corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    rng = np.random.default_rng(seed)
    found = []
    for event in corpus.events:
        sentences = split_sentences(corpus.select(event=event.id).articles)
        rows = [
            (a, b)
            for a in range(len(sentences))
            for b in range(a)
            if sentences.article[a] != sentences.article[b]
        ]
        kept = [rows[i] for i in sorted(rng.choice(len(rows), len(rows) // 2, replace=False))]
        true = set(gold.keys())
        score = np.array(
            [float(tuple(sorted((sentences.key(a), sentences.key(b)))) in true) for a, b in kept]
        )
        p = np.clip(np.round(0.5 * score + 0.5 * rng.random(len(kept)), 1), 0.1, 0.9)
        relation = tuple("partial" if one >= 0.6 else "none" for one in p)
        left, right = zip(*kept, strict=True)
        found.append(group_claims(Alignment(sentences, left, right, p, relation)))
    return gold, found


def test_average_precision_is_scikit_learns() -> None:
    """Pooled and per event, ties at once and unlisted pairs last, the figure equals scikit-learn's on all pairs."""
    gold, found = noisy(1)
    true = set(gold.keys())
    events = score_events(gold, found)
    everything: list[tuple[float, bool]] = []
    for one, event in zip(found, events, strict=True):
        sentences = one.sentences
        listed = dict(zip(one.keys(), one.probability.tolist(), strict=True))
        pairs = {
            tuple(sorted((sentences.key(a), sentences.key(b))))
            for a in range(len(sentences))
            for b in range(a)
            if sentences.article_of(a).outlet != sentences.article_of(b).outlet
        }
        rows = [(listed.get(pair, 0.0), pair in true) for pair in sorted(pairs)]  # type: ignore[call-overload]
        assert pool_scores([event])["average_precision"] == pytest.approx(
            average_precision_score([label for _, label in rows], [score for score, _ in rows])
        )
        everything += rows
    assert pool_scores(events)["average_precision"] == pytest.approx(
        average_precision_score([label for _, label in everything], [score for score, _ in everything])
    )


def test_intervals_over_events() -> None:
    """Bounds hold the figure, are functions of the seed, shrink to it where events are equal; one event has none."""
    gold, found = noisy(2)
    events = score_events(gold, found)
    pooled, bounds = pool_scores(events), bound_scores(events, draws=300)
    bounded = [name for name in pooled if not name.startswith("n_") and pooled[name] is not None]
    assert {"precision", "recall", "equivalent_f1", "partial_f1", "brier", "ece"} <= set(bounded)
    assert set(bounds) == {f"{name}_{end}" for name in bounded for end in ("low", "high")}
    for name in set(bounded) - {"ece", "omission_ece"}:  # of few events their draws lie above them
        assert bounds[f"{name}_low"] <= pooled[name] <= bounds[f"{name}_high"], name
    assert bound_scores(events, draws=300) == bounds
    same = bound_scores([events[0]] * 4, draws=50)
    assert same["f1_low"] == pytest.approx(same["f1_high"])
    assert bound_scores(events[:1]) == {}


def test_calibration_metrics_are_the_plain_ones() -> None:
    """Brier score and calibration error equal what the joined pairs give, also where an event counts several times."""
    gold, found = noisy(2)
    events = score_events(gold, found)
    for drawn in (events, [events[0], events[3], events[3]]):
        p = np.concatenate([one.scores for one in drawn])
        label = np.concatenate([one.labels for one in drawn])
        pooled = pool_scores(drawn)
        assert pooled["brier"] == pytest.approx(np.mean((p - label) ** 2))
        assert pooled["ece"] == pytest.approx(expected_calibration_error(p, label))


def test_what_is_not_defined_is_none() -> None:
    """Of an event without gold and without finds nothing has a value, and other events' metrics do not change."""
    gold, found = noisy(3)
    nothing = replace(found[0], left=[], right=[], probability=[], relation=(), claims=())
    rest = set(events_of(gold)) - {found[0].sentences.articles[0].event}
    of_rest = [row for row, (left, _) in enumerate(gold.keys()) if event_of(gold, left[0]) in rest]
    only = replace(
        gold, left=gold.left[of_rest], right=gold.right[of_rest], probability=gold.probability[of_rest],
        relation=tuple(gold.relation[row] for row in of_rest),
    )  # fmt: skip
    events = score_events(only, [nothing, *found[1:]])
    empty = pool_scores(events[:1])
    assert {value for name, value in empty.items() if not name.startswith("n_")} == {None}
    for name, value in pool_scores(events[1:]).items():
        if not name.startswith("n_") and name != "average_precision":
            assert pool_scores(events)[name] == pytest.approx(value), name


def event_of(alignment: Alignment, article: str) -> str:
    """Return the event of an article of `alignment`."""
    return next(one.event for one in alignment.sentences.articles if one.id == article)


def test_each_annotator_has_metrics() -> None:
    """Against the truth all of a perfect find is right, against a reader who missed pairs less; the mean is of both."""
    gold, _ = noisy(4)
    true, found = gold.keys(), []
    for event in events_of(gold):
        articles = [one for one in gold.sentences.articles if one.event == event]
        sentences = split_sentences(articles)
        keys = [(one, other) for one, other in true if event_of(gold, one[0]) == event]
        left, right = zip(*(sorted(sentences.row(*place) for place in key) for key in keys), strict=True)
        found.append(Alignment(sentences, left, right, np.ones(len(keys)), ("partial",) * len(keys)))
    half = len(gold) // 2
    second = replace(
        gold, left=gold.left[:half], right=gold.right[:half], probability=np.ones(half), relation=gold.relation[:half]
    )  # fmt: skip
    metrics = score_annotators([gold, second], found)
    assert metrics["annotator_1_f1"] == metrics["annotator_1_average_precision"] == 1.0
    assert metrics["annotator_2_f1"] == pytest.approx(2 * half / (half + len(gold)))
    assert metrics["annotator_mean_f1"] == pytest.approx((1 + metrics["annotator_2_f1"]) / 2)
    assert (
        metrics["annotator_mean_f1_low"] <= metrics["annotator_mean_f1"] <= metrics["annotator_mean_f1_high"]
    )
    assert metrics["annotator_mean_average_precision"] < 1.0


def test_metrics_of_events() -> None:
    """Every event is described under the first eight characters of its id, or the whole where these are the same."""
    gold, found = noisy(3)
    events = score_events(gold, found)
    metrics = describe_events(events)
    assert sum(v for k, v in metrics.items() if k.endswith(".n_gold_pairs")) == len(gold)
    assert f"event.{events[0].event}.f1" in metrics  # event-1, event-2, ... fit as they are
    for name, value in pool_scores(events[:1]).items():
        if name != "n_events":
            assert metrics[f"event.{events[0].event}.{name}"] == value, name
    long = [replace(one, event=f"{number}-the-event") for number, one in enumerate(events)]
    assert "event.0-the-ev.claim_purity" in describe_events(long)
    same = [replace(one, event=f"the-event-{number}") for number, one in enumerate(events)]
    assert "event.the-event-4.claim_recall" in describe_events(same)


def four_sentences() -> tuple[Alignment, Alignment]:
    """Return gold and found: a, b, c with two sentences each (rows 0 to 5).

    Gold: a1-b1; a2-b2, a2-c2 and b2-c2. Found: a1-b1 (.9) a claim without c, right; a2-b2 (.8) a claim without c,
    wrong, with a near miss of .3.
    """
    articles = [Article(f"{name}-1", "e", name, "", "One came. Two went.") for name in "abc"]
    sentences = split_sentences(articles)
    gold = Alignment(sentences, [0, 1, 1, 3], [2, 3, 5, 5], np.ones(4), ("partial",) * 4)
    found = Alignment(
        sentences, [0, 1, 1], [2, 3, 5], [0.9, 0.8, 0.3], ("partial", "partial", "none"),
        (Claim("c01", (0, 2), 0), Claim("c02", (1, 3), 1)),
    )  # fmt: skip
    return gold, found


@pytest.mark.parametrize(
    ("threshold", "precision", "recall", "n_called"),
    [(0.1, 0.5, 1.0, 4), (0.55, 1.0, 1.0, 2), (0.9, None, 0.0, 0)],
)
def test_omissions_by_hand(threshold: float, precision: float | None, recall: float, n_called: int) -> None:
    """a1 and b1 are rightly called absent from c, a2 and b2 wrongly; the near miss is left out by a higher threshold."""
    gold, found = four_sentences()
    metrics = score_alignment(gold, [found], curve=AbsenceCurve(-2.0, -1.0, threshold))
    assert metrics["n_omissions"] == 2
    assert metrics["n_omissions_called"] == n_called
    assert metrics["omission_precision"] == precision
    assert metrics["omission_recall"] == recall
    assert len(find_omissions(found, AbsenceCurve(-2.0, -1.0, threshold))) == n_called
    assert metrics["claim_purity"] == 1.0
    assert metrics["claim_recall"] == 0.5


def test_a_called_omission_of_what_nobody_shares_is_wrong() -> None:
    """Strictly: a sentence without any gold partner cannot be left out by anybody."""
    gold, found = four_sentences()
    only = replace(
        gold, left=gold.left[1:], right=gold.right[1:], probability=np.ones(3), relation=("partial",) * 3
    )
    metrics = score_alignment(only, [found], curve=AbsenceCurve(-2.0, -1.0, 0.55))
    assert (metrics["omission_precision"], metrics["omission_recall"]) == (0.0, None)


def test_disputed_omissions_are_left_out() -> None:
    """A unit that only a disputed pair would decide counts neither way."""
    gold, found = four_sentences()
    relation = dict(zip(gold.keys(), ("disputed", "partial", "disputed", "disputed"), strict=True))
    units = list_omission_units(relation, found)
    # a1, b1 and c2 have disputed partners alone; a2 and b2 share one another, and whether c tells them is disputed;
    # c1 has none: it is left with its outlets a and b.
    assert [(unit.shared, unit.lacks) for unit in units] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]
    score = score_omissions(units, AbsenceCurve(0.0, -1.0, 0.0))
    assert (score.n_true, score.n_called, len(score.lacks)) == (0, 0, 2)


def test_events_of_each_source_apart() -> None:
    """Events are named after the corpus that their texts are of; each source has its own figures and intervals."""
    named = [
        replace(event, event=f"{source}.{number}")
        for number, (event, source) in enumerate(
            zip(score_events(*noisy(2)), ["neus", "ecbplus"] * 2, strict=False)
        )
    ]
    metrics = evaluation.score_sources(named)
    for source, part in (("neus", named[::2]), ("ecbplus", named[1::2])):
        assert metrics[f"{source}_n_events"] == 2
        assert metrics[f"{source}_f1"] == pool_scores(part)["f1"]
        assert metrics[f"{source}_f1_low"] == bound_scores(part)["f1_low"]
