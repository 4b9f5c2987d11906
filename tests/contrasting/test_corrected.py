"""Corrected stance: censuses are the labels, samples take a planted error off, and too few labels correct nothing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.cells import COPY
from crossframe.contrasting.corrected import correct_event, correct_over_events
from crossframe.records import STANCES, Annotation, Article, Copies, Estimates, Units
from crossframe.statistics.sampling import draw_stratified

ERROR = {"post": 0.4, "wire": -0.2}
"""What the classifier adds to each outlet's scores."""
CHANCES = {"post": (0.2, 0.5, 0.3), "wire": (0.3, 0.5, 0.2)}
"""How likely each stance is: means .1 and -.1."""


def make_study(
    rng: np.random.Generator, events: Sequence[str], n: int, sample: int | None = None, *, known: bool = True
) -> tuple[list[dict], Annotation]:
    """Return rows of the stance table, `n` mentions of an actor a cell, and labels of all or of a sample of them."""
    rows, values = [], []
    for event in events:
        for outlet, chances in CHANCES.items():
            for number in range(n):
                value = float(rng.choice([-1.0, 0.0, 1.0], p=chances))
                values.append(value)
                score = float(np.clip(0.5 * value + ERROR[outlet] + 0.2 * rng.normal(), -1, 1))
                rows.append(
                    {"event": event, "outlet": outlet, "article": f"{event}-{outlet}", "sentence": number // 2,
                     "start": 10 * number, "end": 10 * number + 3, "actor": "doe", "voice": "author", "score": score}
                )  # fmt: skip
    chosen, drawn = np.ones(len(rows), dtype=bool), np.ones(len(rows))
    if sample is not None:
        chosen, drawn = draw_stratified([(row["event"], row["outlet"]) for row in rows], sample, rng)
    kept = np.flatnonzero(chosen)
    units = Units.from_rows({name: rows[i][name] for name in Units().columns()} for i in kept)
    scores = np.array([[values[i] == -1, values[i] == 0, values[i] == 1] for i in kept], dtype=float)
    return rows, Annotation(units, "span", STANCES, scores, "gold", drawn[kept] if known else None)


def correct_one(rows: list[dict], gold: Annotation | None, copies: Copies | None = None) -> Estimates:
    """Return the corrected estimates of the only event of `rows`."""
    score = np.array([row["score"] for row in rows])
    scores = np.stack([np.maximum(-score, 0), 1 - np.abs(score), np.maximum(score, 0)], axis=1)
    units = Units.from_rows({name: row[name] for name in Units().columns()} for row in rows)
    articles = [Article(f"e-{outlet}", "e", outlet, "", "Text.") for outlet in CHANCES]
    copies = copies or Copies.from_rows({"article": article.id} for article in articles)
    return correct_event(
        Annotation(units, "span", STANCES, scores, "model"), gold, articles, copies, event="e"
    )


def rows_of(estimates: Estimates, quantity: str) -> list[dict]:
    """Return the rows of a quantity."""
    return [row for row in estimates.rows() if row["quantity"] == quantity]


def test_a_census_is_the_mean_of_the_labels() -> None:
    """Where all mentions are labelled the classifier plays no part, also when no probabilities were kept."""
    rows, gold = make_study(np.random.default_rng(0), ["e"], 12, known=False)
    found = correct_one(rows, gold)
    value = gold.of("positive") - gold.of("negative")
    for row, part in zip(rows_of(found, "stance_corrected"), (value[:12], value[12:]), strict=True):
        assert row["estimate"] == pytest.approx(part.mean())
        assert row["low"] <= row["estimate"] <= row["high"]
        assert row["method"] == "all 12 mentions labelled; sentence bootstrap, 2000"
        assert (row["n_units"], row["n_articles"], row["n_events"], row["event"]) == (12, 1, 1, "e")
    [gap] = rows_of(found, "stance_difference_corrected")
    assert (gap["outlet"], gap["reference"], gap["n_units"]) == ("post", "wire", 24)
    assert gap["estimate"] == pytest.approx(value[:12].mean() - value[12:].mean())
    assert np.isnan(found.p_value).all()


def test_a_single_sentence_has_no_interval() -> None:
    """Two mentions of one sentence are known, and say nothing of how the mean depends on its sentences."""
    rows, gold = make_study(np.random.default_rng(1), ["e"], 2)
    for row in correct_one(rows, gold).rows():
        assert np.isnan([row["low"], row["high"]]).all()
        assert "a single sentence: no interval" in row["method"]


def test_labels_that_agree_have_no_interval() -> None:
    """Where every label is the same, redrawing sentences changes nothing: no interval is better than one of no width."""
    rows, gold = make_study(np.random.default_rng(1), ["e"], 6)
    neutral = replace(gold, scores=np.tile([0.0, 1.0, 0.0], (12, 1)))
    for row in correct_one(rows, neutral).rows():
        assert row["estimate"] == 0.0
        assert np.isnan([row["low"], row["high"]]).all()
        assert row["method"].endswith("labels agree: no interval")


def test_a_sample_takes_the_error_off() -> None:
    """With a third of many mentions labelled the estimates are those of the labels, not of the classifier."""
    rows, gold = make_study(np.random.default_rng(2), ["e"], 300, 200)
    [gap] = rows_of(correct_one(rows, gold), "stance_difference_corrected")
    plain = np.mean([r["score"] for r in rows[:300]]) - np.mean([r["score"] for r in rows[300:]])
    assert plain > 0.6
    assert gap["low"] <= 0.2 <= gap["high"] < plain
    assert gap["n_units"] == 200
    assert gap["method"].startswith("prediction-powered, 200 of 600 mentions labelled, power ")
    assert gap["method"].endswith("; cluster t over sentences")


@pytest.mark.parametrize(
    ("sample", "known", "reason"),
    [(8, True, "too little data: 4 of 30"), (40, False, "not corrected: 20 of 30 mentions labelled")],
)
def test_no_estimate_has_its_reason(sample: int, known: bool, reason: str) -> None:
    """Too few labels, or labels of unknown probabilities: no estimate, no difference, and the method says why."""
    rows, gold = make_study(np.random.default_rng(3), ["e"], 30, sample, known=known)
    found = correct_one(rows, gold)
    assert len(found) == 2
    assert np.isnan(found.estimate).all()
    assert all(method.startswith(reason) for method in found.method)


def test_without_labels_nothing_is_said() -> None:
    """A corpus without stance gold has no corrected rows."""
    rows, _ = make_study(np.random.default_rng(4), ["e"], 5)
    assert len(correct_one(rows, None)) == len(correct_over_events(rows, None, ())) == 0


def test_copies_are_marked() -> None:
    """A difference to an outlet that prints a copy is no contrast of two voices."""
    rows, gold = make_study(np.random.default_rng(5), ["e"], 12)
    copies = Copies.from_rows(
        [{"article": "e-post", "copy_of": "e-wire", "copied_share": 0.9}, {"article": "e-wire"}]
    )
    [gap] = rows_of(correct_one(rows, gold, copies), "stance_difference_corrected")
    assert gap["method"].endswith(COPY)


def test_over_events_the_labels_of_all_events_correct() -> None:
    """Three labels a cell, too few within an event, are enough over twenty: the planted difference is found."""
    events = [f"e{number:02}" for number in range(20)]
    rows, gold = make_study(np.random.default_rng(6), events, 12, 120)
    found = correct_over_events(rows, gold, ())
    [gap] = rows_of(found, "stance_difference_corrected")
    assert gap["low"] <= 0.2 <= gap["high"]
    assert (gap["event"], gap["n_events"], gap["n_units"]) == ("", 20, 120)
    assert 0 < gap["p_value"] <= 1
    assert gap["q_value"] == gap["p_value"]
    assert gap["method"].endswith("cluster t over events; t test")
    for row, mean in zip(rows_of(found, "stance_corrected"), (0.1, -0.1), strict=True):
        assert row["low"] <= mean <= row["high"]
        assert np.isnan(row["p_value"])


def test_over_few_events_there_is_no_test() -> None:
    """Below six events there is an interval and no p-value; events with a copy take no part in differences."""
    events = [f"e{number}" for number in range(5)]
    rows, gold = make_study(np.random.default_rng(7), events, 12, 60)
    [gap] = rows_of(correct_over_events(rows, gold, {("e4", "wire")}), "stance_difference_corrected")
    assert gap["n_events"] == 4
    assert np.isnan(gap["p_value"])
    assert gap["method"].endswith("too few events with labels for a test")


def test_labels_of_few_events_test_nothing() -> None:
    """Twenty events of which five have labels: there is an interval and no p-value."""
    events = [f"e{number:02}" for number in range(20)]
    rows, gold = make_study(np.random.default_rng(6), events, 12, 480)
    some = np.array([article.split("-")[0] in events[:5] for article in gold.units.article])
    [gap] = rows_of(correct_over_events(rows, gold.select(some), ()), "stance_difference_corrected")
    assert gap["low"] < gap["high"]
    assert np.isnan(gap["p_value"])
    assert gap["method"].endswith("too few events with labels for a test")


def test_bounds_end_where_the_quantity_ends() -> None:
    """A t interval of few sentences is wide, but no stance lies beyond 1 and no difference beyond 2."""
    rows, gold = make_study(np.random.default_rng(8), ["e0", "e1", "e2"], 10, 24)
    for quantity, most in (("stance_corrected", 1), ("stance_difference_corrected", 2)):
        for row in rows_of(correct_over_events(rows, gold, ()), quantity):
            assert -most <= row["low"] <= row["high"] <= most


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Bootstraps are functions of the seed, and rows of their order."""
    rows, gold = make_study(np.random.default_rng(9), ["e"], 12)
    assert list(map(repr, correct_one(rows, gold).rows())) == list(map(repr, correct_one(rows, gold).rows()))


@pytest.mark.slow
def test_corrected_intervals_cover_over_many_studies() -> None:
    """Of studies over eight events whose classifier errs by outlet, 95 % hold the true difference; without labels none."""
    rng, held, plain = np.random.default_rng(10), [], []
    for _ in range(300):
        rows, gold = make_study(rng, [f"e{number}" for number in range(8)], 8, 64)
        [gap] = rows_of(correct_over_events(rows, gold, ()), "stance_difference_corrected")
        held.append(gap["low"] <= 0.2 <= gap["high"])
        means = {
            outlet: np.mean([row["score"] for row in rows if row["outlet"] == outlet]) for outlet in CHANCES
        }
        plain.append(means["post"] - means["wire"])
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(plain) > 0.6
