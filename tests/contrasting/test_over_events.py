"""What may be inferred: planted differences are found over events, none is found where none was planted, copies stand apart."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.over_events import compare_over_events
from crossframe.records import (
    Corpus,
    Estimates,
)
from crossframe.synthetic import MAIN, Press, make_press

Summaries = Callable[..., list[Estimates]]
Rows = Callable[..., list[dict]]


@pytest.fixture(scope="module")
def main_differences(summaries: Summaries, rows: Rows) -> Rows:
    """Return what gives the differences over events between the first outlet and the others toward the main actor."""

    def differences(press: Press, voice: str = "author") -> list[dict]:
        over = compare_over_events(summaries(press))
        return rows(over, quantity="stance_difference", actor=MAIN, voice=voice, outlet="outlet-1")

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


def test_quoted_voices_are_not_slanted(main_differences: Rows) -> None:
    """The slant is the outlet's own: what it quotes others as saying shows no difference."""
    for row in main_differences(make_press(n_events=40, slant=0.5, n_claims=12, seed=21), voice="quoted"):
        assert row["q_value"] > 0.05


def test_few_events_have_no_test(summaries: Summaries, rows: Rows) -> None:
    """Below six events there is an interval but no p-value, and the method says why."""
    over = compare_over_events(summaries(make_press(n_events=4, slant=0.5, seed=4)))
    for row in rows(over, quantity="stance_difference", actor=MAIN):
        assert np.isnan(row["p_value"])
        assert "too few events for a test" in row["method"]


def test_intervals_end_where_the_quantity_ends(summaries: Summaries, rows: Rows) -> None:
    """With two events a t interval is wide, but no stance lies beyond 1 and no difference beyond 2."""
    over = compare_over_events(summaries(make_press(n_events=2, seed=18)))
    for quantity, most in (("stance", 1), ("stance_difference", 2), ("frame", 1), ("frame_difference", 1)):
        found = rows(over, quantity=quantity)
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
    for quantity in ("stance_difference", "frame_difference", "claims_covered_difference", "omission_rate"):
        before, after = (one[one["quantity"] == quantity] for one in (plain, copied))
        assert len(before)
        assert "z-copycat" not in {*after["outlet"], *after["reference"]}
        key = ["outlet", "reference", "actor", "voice", "frame"]
        both = before.merge(after, on=key, suffixes=("", "_copied"))
        assert len(both) == len(before) == len(after)
        assert (abs(both["estimate"] - both["estimate_copied"]) < 0.12).all(), quantity
    assert "z-copycat" in set(copied[copied["quantity"] == "stance"]["outlet"])


def test_differences_within_claims_are_paired(summaries: Summaries, rows: Rows) -> None:
    """Over events the slant is found within claims, too, where both outlets tell the same of the actor."""
    over = compare_over_events(summaries(make_press(n_events=40, slant=0.5, n_claims=12, seed=21)))
    found = rows(over, quantity="stance_difference_in_claims", actor=MAIN, voice="author", outlet="outlet-1")
    assert len(found) == 2
    for row in found:
        assert row["estimate"] == pytest.approx(0.5, abs=0.2)
        assert row["low"] <= 0.5 <= row["high"]
        assert row["q_value"] < 0.05
