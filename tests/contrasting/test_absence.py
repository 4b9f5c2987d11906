"""How sure an omission is: by hand, monotone, and called only where a third outlet surely tells it."""

from collections import Counter
from math import exp, log

import numpy as np
import pytest

from crossframe.contrasting.absence import (
    AbsenceCurve,
    SentenceTrace,
    find_omissions,
    trace_claims,
    trace_sentences,
)
from crossframe.contrasting.coverage import call_omissions, measure_coverage
from crossframe.errors import InputError
from crossframe.matching.claims import group_claims
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Claim
from crossframe.synthetic import make_press

CURVE = AbsenceCurve(level=-1.0, slope=-1.0, threshold=0.5)


def odds(p: float) -> float:
    """Return the log-odds of `p`."""
    return log(p / (1 - p))


def three_outlets(*pairs: tuple[int, int, float]) -> Alignment:
    """Return an alignment of outlets a, b and c with two sentences each; rows 0, 2 and 4 begin them."""
    articles = [Article(f"{name}-1", "e", name, "", "One came. Two went.") for name in "abc"]
    left, right, probability = (np.array(column) for column in zip(*pairs, strict=True))
    relation = tuple("equivalent" if p > 0.5 else "none" for p in probability)
    return group_claims(Alignment(split_sentences(articles), left, right, probability, relation))


def test_traces_by_hand() -> None:
    """The mean over the claim's sentences elsewhere of the log-odds of their best pair; unlisted pairs count as .05."""
    alignment = three_outlets((0, 2, 0.9), (0, 4, 0.3), (0, 5, 0.2))
    assert [claim.rows for claim in alignment.claims] == [(0, 2)]
    traces = trace_claims(alignment)
    assert traces["c01", "c"] == pytest.approx((odds(0.3) + odds(0.05)) / 2)
    assert traces["c01", "a"] == traces["c01", "b"] == pytest.approx(odds(0.9))


def test_p_absent_of_coverage() -> None:
    """A near miss makes an omission doubtful, no trace makes it sure, a reported claim is as certain as its pairs."""
    measured = {}
    for miss in (0.45, 0.2, 0.05):
        alignment = three_outlets((0, 2, 0.9), (0, 4, miss), (2, 4, miss))
        rows = measure_coverage(alignment, event="e", curve=CURVE).rows()
        measured[miss] = {row["outlet"]: (row["covered"], row["p_absent"]) for row in rows}
    for miss, by_outlet in measured.items():
        assert by_outlet["c"] == (0, pytest.approx(1 / (1 + exp(1 + odds(miss))), abs=5e-5))
        assert by_outlet["a"] == (1, pytest.approx(1 / (1 + exp(1 + odds(0.9))), abs=5e-5))
    assert measured[0.45]["c"] < measured[0.2]["c"] < measured[0.05]["c"]


def test_what_is_called_an_omission() -> None:
    """Certainty is the best pair elsewhere times p_absent; below the threshold, or where it is reported, nothing is called."""
    alone = three_outlets((0, 2, 0.9))
    expected = round(0.9 * CURVE.p_absent(odds(0.05)), 4)
    assert find_omissions(alone, CURVE) == [(0, "c", expected), (2, "c", expected)]
    assert find_omissions(alone, AbsenceCurve(-1.0, -1.0, threshold=expected + 0.0001)) == []
    assert find_omissions(three_outlets((0, 2, 0.9), (0, 4, 0.9), (2, 4, 0.9)), CURVE) == []
    # reported by the outlet itself alone is no partner elsewhere: b's sentence has none but a's, so a does not omit it
    assert {(row, outlet) for row, outlet, _ in find_omissions(alone, CURVE)} == {(0, "c"), (2, "c")}


def test_a_sentence_of_two_claims() -> None:
    """An outlet that tells one of a sentence's claims does not omit the sentence; the nearest trace counts."""
    plain = three_outlets((0, 2, 0.9), (0, 4, 0.6))
    sentences = plain.sentences
    claims = (Claim("c01", (0, 2), 0), Claim("c02", (0, 4), 0))
    alignment = Alignment(sentences, plain.left, plain.right, plain.probability, plain.relation, claims)
    traces = {(one.row, one.outlet): one for one in trace_sentences(alignment)}
    assert traces[0, "c"] == SentenceTrace(0, "c", True, 0.9, pytest.approx(odds(0.6)))
    assert traces[2, "c"] == SentenceTrace(2, "c", False, 0.9, pytest.approx((odds(0.6) + odds(0.05)) / 2))
    assert find_omissions(alignment, AbsenceCurve(0.0, -1.0, 0.0))[0][:2] == (2, "c")


def test_planted_omissions_are_called_and_no_others() -> None:
    """From the true pairs of an invented press: every claim that an outlet leaves out and two others tell, exactly."""
    truth = make_press(n_events=1, n_outlets=3, n_claims=20, omission=0.3, seed=4).corpus.gold["alignment"]
    assert isinstance(truth, Alignment)
    partners: dict[int, set[str]] = {}
    outlet = [truth.sentences.article_of(row).outlet for row in range(len(truth.sentences))]
    for a, b in zip(truth.left.tolist(), truth.right.tolist(), strict=True):
        partners.setdefault(a, set()).add(outlet[b])
        partners.setdefault(b, set()).add(outlet[a])
    planted = {(row, name) for row, of in partners.items() for name in set(outlet) - of - {outlet[row]}}
    assert planted
    called = find_omissions(group_claims(truth), CURVE)
    assert {(row, name) for row, name, _ in called} == planted


@pytest.mark.parametrize(
    "partial", [set(), {"outlet-1"}, {"outlet-2", "outlet-3"}, {"outlet-1", "outlet-2", "outlet-3"}]
)
def test_nothing_is_left_out_by_parts(partial: set[str]) -> None:
    """Of planted omissions those by outlets with an article known in part are not called; the others as before."""
    truth = make_press(n_events=1, n_outlets=3, n_claims=20, omission=0.3, seed=4).corpus.gold["alignment"]
    assert isinstance(truth, Alignment)
    alignment, counts = group_claims(truth), Counter(article.outlet for article in truth.sentences.articles)
    whole, found = (
        list(call_omissions(alignment, counts, event="e", curve=CURVE, partial=names).rows())
        for names in ((), partial)
    )
    assert {row["outlet"] for row in whole} == set(counts)
    kept = [
        {**row, "low": 0, "high": 0, "p_value": 0, "q_value": 0}
        for row in whole
        if row["outlet"] not in partial
    ]
    assert [{**row, "low": 0, "high": 0, "p_value": 0, "q_value": 0} for row in found] == kept
    for row in measure_coverage(alignment, event="e", curve=CURVE, partial=partial).rows():
        assert np.isnan(row["p_absent"]) == (row["outlet"] in partial and not row["covered"])


def test_a_claim_is_left_out_where_a_sentence_of_it_is() -> None:
    """One row per claim and outlet: the greatest certainty of its called sentences, their number, and from where they are called."""
    outlets = Counter({"a": 1, "b": 1, "c": 2})
    alone = three_outlets((0, 2, 0.9), (1, 3, 0.7), (1, 5, 0.7), (3, 5, 0.7))
    assert [claim.rows for claim in alone.claims] == [(1, 3, 5), (0, 2)]
    [row] = call_omissions(alone, outlets, event="e", curve=CURVE).rows()
    expected = round(0.9 * CURVE.p_absent(odds(0.05)), 4)
    wanted = {
        "quantity": "omission",
        "event": "e",
        "outlet": "c",
        "claim": "c02",
        "estimate": expected,
        "n_units": 2,
    }
    assert wanted | {"n_articles": 2, "n_events": 1, "method": "certainty, called from 0.5000"} == {
        name: row[name] for name in (*wanted, "n_articles", "n_events", "method")
    }
    assert np.isnan([row["low"], row["high"], row["p_value"]]).all()
    assert not len(call_omissions(alone, outlets, event="e", curve=AbsenceCurve(-1.0, -1.0, 1.0)))
    [row] = call_omissions(alone, outlets, event="e").rows()
    assert row["method"].endswith("the aligner brings no calibration")


def test_what_a_copy_and_its_source_tell_is_left_out_by_nobody() -> None:
    """A claim of a copy and its source alone is one voice's; with a third teller it is a claim again."""
    alone = three_outlets((0, 2, 0.9))
    outlets = Counter("abc")
    for copies, called in (({"b": "a"}, 0), ({"c": "a"}, 1), ({}, 1)):
        assert len(call_omissions(alone, outlets, event="e", curve=CURVE, copies=copies)) == called


@pytest.mark.parametrize(
    ("values", "said"),
    [((0.0, 0.1), "Invalid slope 0.1"), ((float("nan"), -1.0), "Invalid slope"), ((0.0, -1.0, 2.0), "Invalid threshold 2.0")],
)  # fmt: skip
def test_curves_fall(values: tuple[float, ...], said: str) -> None:
    """More trace never makes an omission surer."""
    with pytest.raises(InputError, match=said):
        AbsenceCurve(*values)
