"""One event is described: intervals of its sentences and labels, no tests, copies marked, contrasts within claims."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from crossframe.contrasting.within_event import summarise_event
from crossframe.records import (
    Alignment,
    Annotation,
    Copies,
    Corpus,
    Estimates,
)
from crossframe.synthetic import MAIN, make_press

Gold = Callable[[Corpus], tuple[Annotation, Annotation, Alignment]]
Summaries = Callable[..., list[Estimates]]
Rows = Callable[..., list[dict]]


def test_one_event_has_no_test(summaries: Summaries, rows: Rows) -> None:
    """A single event is described: estimates within intervals, the method named, no p- and no q-value."""
    [summary] = summaries(make_press(n_events=1, slant=0.5, seed=3))
    assert np.isnan(summary.p_value).all()
    assert np.isnan(summary.q_value).all()
    assert set(summary.quantity) >= {
        "stance",
        "stance_difference",
        "frame",
        "frame_difference",
    }
    for row in rows(summary, quantity="stance"):
        assert row["low"] <= row["estimate"] <= row["high"]
        assert row["method"].startswith(
            "sentence bootstrap" if row["n_units"] > 1 else "drawn labels, sentences not redrawn"
        )
    for row in rows(summary, quantity="frame"):
        assert np.isnan(row["low"])
        assert "no interval from one article" in row["method"]


def test_the_same_seed_gives_the_same_numbers(summaries: Summaries, rows: Rows) -> None:
    """Bootstraps are functions of the seed."""
    press = make_press(n_events=1, n_claims=20, seed=5)
    one, two, other = summaries(press, 1)[0], summaries(press, 1)[0], summaries(press, 2)[0]
    assert list(map(repr, one.rows())) == list(map(repr, two.rows()))
    assert not np.array_equal(one.low, other.low, equal_nan=True)


def test_the_classifiers_doubt_widens_the_interval(gold_of: Gold, rows: Rows) -> None:
    """The same mean from doubtful labels has a wider interval than from certain ones."""
    corpus = make_press(n_events=1, n_claims=20, seed=6).corpus
    stance, frames, alignment = gold_of(corpus)
    copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
    doubtful = replace(stance, scores=0.4 * stance.scores + 0.2)

    def width(annotation: Annotation) -> float:
        summary = summarise_event(annotation, frames, alignment, copies, event="e")
        found = rows(summary, quantity="stance", actor=MAIN, voice="author")
        return float(np.mean([row["high"] - row["low"] for row in found]))

    shrunk = replace(stance, scores=np.full_like(stance.scores, 1 / 3))
    assert width(shrunk) > 0.5
    assert width(doubtful) > 0.5


def test_differences_of_a_copy_are_marked(gold_of: Gold, rows: Rows) -> None:
    """In one event every difference to which a copying outlet is a side says so; it has no contrasts within claims."""
    corpus = make_press(n_events=1, slant=0.4, seed=7).corpus
    source, copy, _ = (article.id for article in corpus.articles)
    copies = Copies.from_rows([{"article": copy, "copy_of": source, "copied_share": 0.9}])
    summary = summarise_event(*gold_of(corpus), copies, event="e")
    for quantity in ("stance_difference", "frame_difference"):
        for row in rows(summary, quantity=quantity):
            assert row["method"].endswith("copy: not independent") is (
                "outlet-2" in (row["outlet"], row["reference"])
            )
    for quantity in ("claim_contrast", "stance_difference_in_claims"):
        assert not any(
            "outlet-2" in (row["outlet"], row["reference"]) for row in rows(summary, quantity=quantity)
        )


def test_contrasts_within_claims_name_the_extremes(summaries: Summaries, rows: Rows) -> None:
    """A contrast is the highest outlet minus the lowest within one claim, and says that they were chosen so."""
    [summary] = summaries(make_press(n_events=1, n_outlets=4, omission=0.0, seed=8))
    found = rows(summary, quantity="claim_contrast")
    assert found
    for row in found:
        assert row["estimate"] > 0
        assert row["outlet"] != row["reference"]
        assert "chosen as highest and lowest" in row["method"]
