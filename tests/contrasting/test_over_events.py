"""What may be inferred: planted differences are found over events, none is found where none was planted, copies stand apart."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.cells import Subject
from crossframe.contrasting.judged import EventValue, Values
from crossframe.contrasting.over_events import compare_over_events
from crossframe.records import Corpus, Estimates
from crossframe.synthetic import MAIN, Press, make_press

Summaries = Callable[..., list[Estimates]]
Planted = Callable[[Press], Values]
Rows = Callable[..., list[dict]]


@pytest.fixture(scope="module")
def main_differences(values: Planted, rows: Rows) -> Rows:
    """Return what gives the differences over events between the first outlet and the others toward the main actor."""

    def differences(press: Press, voice: str = "outlet") -> list[dict]:
        over = compare_over_events([], values(press))
        return rows(over, quantity="portrayal_difference", actor=MAIN, voice=voice, outlet="outlet-1")

    return differences


def test_a_planted_slant_is_recovered(main_differences: Rows) -> None:
    """Over forty events the estimate is near the slant, its interval holds it, and the test calls it."""
    found = main_differences(make_press(n_events=40, slant=0.5, n_claims=12, seed=21))
    assert len(found) == 2
    for row in found:
        assert row["estimate"] == pytest.approx(0.5, abs=0.15)
        assert row["low"] <= 0.5 <= row["high"]
        assert row["q_value"] < 0.01
        assert row["n_events"] > 35
        assert row["method"] == "cluster t over events; sign-flip test"


@pytest.mark.slow
def test_intervals_cover_and_tests_hold_over_presses(main_differences: Rows) -> None:
    """Over many invented presses: intervals hold the planted slant at their level, null tests reject at theirs."""
    covered, called = [], []
    for seed in range(40):
        for row in main_differences(make_press(n_events=10, n_outlets=2, slant=0.3, seed=100 + seed)):
            covered.append(row["low"] <= 0.3 <= row["high"])
        for row in main_differences(make_press(n_events=10, n_outlets=2, slant=0.0, seed=300 + seed)):
            called.append(row["p_value"] <= 0.05)
    assert np.mean(covered) > 0.85
    assert np.mean(called) < 0.13


def test_quoted_words_are_not_slanted(main_differences: Rows) -> None:
    """The slant is the outlet's own: what it quotes others as saying shows no difference."""
    for row in main_differences(make_press(n_events=40, slant=0.5, n_claims=12, seed=21), voice="quoted"):
        assert row["q_value"] > 0.05


def test_few_events_have_no_test(main_differences: Rows) -> None:
    """Below six events there is an interval but no p-value, and the method says why."""
    found = main_differences(make_press(n_events=4, slant=0.5, seed=4))
    assert found
    for row in found:
        assert np.isnan(row["p_value"])
        assert "too few events for a test" in row["method"]


def test_intervals_end_where_the_quantity_ends(summaries: Summaries, values: Planted, rows: Rows) -> None:
    """With two events a t interval is wide, but no portrayal lies beyond 1 and no difference beyond 2."""
    press = make_press(n_events=2, seed=18)
    over = compare_over_events(summaries(press), values(press))
    for quantity, most in (
        ("portrayal", 1),
        ("portrayal_difference", 2),
        ("frame", 1),
        ("frame_difference", 1),
    ):
        found = [row for row in rows(over, quantity=quantity) if row["estimate"] == row["estimate"]]
        assert found
        assert all(abs(row[side]) <= most for row in found for side in ("low", "high") if row["n_events"] > 1)


def with_a_copy(press: Press) -> Corpus:
    """Return the corpus of a press in which one more outlet prints the first outlet's articles word for word."""
    printed = [
        replace(article, id=article.id.replace("outlet-1", "z-copycat"), outlet="z-copycat")
        for article in press.corpus.articles
        if article.outlet == "outlet-1"
    ]
    return replace(press.corpus, articles=(*press.corpus.articles, *printed), gold={})


def test_a_copy_makes_no_finding() -> None:
    """An outlet that prints another's articles word for word changes no difference, no share of claims, no omission."""
    from crossframe.studies.compare.study import compare

    press = make_press(n_events=7, slant=0.4, seed=1)
    light = {"encoder": "tfidf", "aligner": "aligner-lexical", "stance_model": "stance-lexicon"}
    plain, copied = (
        compare(corpus, **light).tables["estimates"].query("event == '' and actor in ('', @MAIN)")
        for corpus in (press.corpus, with_a_copy(press))
    )
    for quantity in (
        "portrayal_difference",
        "frame_difference",
        "claims_covered_difference",
        "omission_rate",
    ):
        before, after = (one[one["quantity"] == quantity] for one in (plain, copied))
        assert len(before)
        assert "z-copycat" not in {*after["outlet"], *after["reference"]}
        key = ["outlet", "reference", "actor", "voice", "frame"]
        both = before.merge(after, on=key, suffixes=("", "_copied"))
        assert len(both) == len(before) == len(after)
        assert (abs(both["estimate"] - both["estimate_copied"]) < 0.12).all(), quantity
    assert "z-copycat" in set(copied[copied["quantity"] == "portrayal"]["outlet"])


def test_differences_within_claims_are_paired(summaries: Summaries, rows: Rows) -> None:
    """Over events the slant is found within claims, too, where both outlets tell the same of the actor."""
    over = compare_over_events(summaries(make_press(n_events=40, slant=0.5, n_claims=12, seed=21)))
    found = rows(
        over, quantity="portrayal_difference_in_claims", actor=MAIN, voice="outlet", outlet="outlet-1"
    )
    assert len(found) == 2
    for row in found:
        assert row["estimate"] == pytest.approx(0.5, abs=0.2)
        assert row["low"] <= 0.5 <= row["high"]
        assert row["q_value"] < 0.05


def value(event: str, score: float, n_sentences: int) -> EventValue:
    """Return what an event of one article says."""
    return EventValue(event, score, n_sentences, 1, (n_sentences,))


def test_three_sentences_of_all_events_have_a_mean() -> None:
    """Events of one sentence count, together; of fewer than three there is the number of judgements and no mean."""
    enough, too_few = (
        Subject("portrayal", outlet, actor="doe", voice="outlet") for outlet in ("post", "wire")
    )
    values: Values = {
        enough: [value("a", 0.5, 1), value("b", -0.5, 1), value("c", 0.3, 1)],
        too_few: [value("a", 0.5, 1), value("b", 0.7, 1)],
    }
    mean, none = compare_over_events([], values).rows()
    assert (mean["estimate"], mean["n_units"], mean["n_events"]) == (pytest.approx(0.1), 3, 3)
    assert np.isnan([none["estimate"], none["low"], none["high"]]).all()
    assert (none["n_units"], none["method"]) == (2, "no mean: 2 judged sentences, a mean needs 3")


def test_a_difference_needs_both_cells() -> None:
    """Two outlets are compared over the events that both have; each side needs three sentences in these."""
    subject = Subject("portrayal_difference", "post", "wire", "doe", "outlet")
    pairs = [EventValue(event, 0.4, 6, 2, (5, 1)) for event in "ab"]
    assert len(compare_over_events([], {subject: pairs})) == 0
    [row] = compare_over_events([], {subject: [*pairs, EventValue("c", 0.1, 6, 2, (5, 1))]}).rows()
    assert row["estimate"] == pytest.approx(0.3)
