"""Which outlet covers which claim: shares, planted omissions, too little data, copies."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.contrasting.coverage import (
    estimate_coverage,
    estimate_omissions,
    estimate_shared_sentences,
    measure_coverage,
)
from crossframe.contrasting.judged import Judged
from crossframe.records import (
    Alignment,
    Annotation,
    Article,
    Corpus,
    Coverage,
    Estimates,
    Sentences,
)
from crossframe.synthetic import Press, make_press

Gold = Callable[[Corpus], tuple[Judged, Judged, Annotation, Alignment]]
Rows = Callable[..., list[dict]]


SURE = AbsenceCurve(level=0.0, slope=-3.0)
"""The curve of an aligner that misses nothing: no trace is hardly ever a miss."""


@pytest.fixture(scope="module")
def press_coverage(gold_of: Gold) -> Callable[..., list[Coverage]]:
    """Return what gives the coverage of every event of a press, from its gold alignment."""

    def measure(press: Press, curve: AbsenceCurve = SURE) -> list[Coverage]:
        return [
            measure_coverage(gold_of(press.corpus.select(event=event.id))[3], event=event.id, curve=curve)
            for event in press.corpus.events
        ]

    return measure


@pytest.fixture(scope="module")
def omissions(press_coverage: Callable[..., list[Coverage]]) -> Callable[[Press], Estimates]:
    """Return what gives the rates of omission over the events of a press."""

    def estimate(press: Press) -> Estimates:
        counts = Counter((article.event, article.outlet) for article in press.corpus.articles)
        return estimate_omissions(press_coverage(press), counts)

    return estimate


def test_what_a_copy_and_its_source_alone_tell_is_no_claim(rows: Rows) -> None:
    """A claim needs two tellers that are not one another's copy."""
    claims = {"c1": "ab", "c2": "ac", "c3": "abcd"}
    coverage = Coverage.from_rows(
        {"event": "e", "claim": claim, "outlet": outlet, "covered": int(outlet in outlets), "p_absent": 0.0}
        for claim, outlets in claims.items()
        for outlet in "abcd"
    )
    counts = dict.fromkeys("abcd", 1)
    plain = estimate_coverage(coverage, counts, event="e")
    copied = estimate_coverage(coverage, counts, event="e", copies={"b": "a"})
    for found, n_claims, share in ((plain, 3, 2 / 3), (copied, 2, 1.0)):
        [row] = rows(found, quantity="claims_covered", outlet="c")
        assert (row["n_units"], row["estimate"]) == (n_claims, pytest.approx(share))
    marked = {
        (r["outlet"], r["reference"]): r["method"] for r in rows(copied, quantity="claims_covered_difference")
    }
    assert {sides for sides, method in marked.items() if method.endswith("copy: not independent")} == {
        ("a", "b"), ("b", "c"), ("b", "d"),
    }  # fmt: skip


def align_two(links: Sequence[tuple[int, int]], relation: str = "partial", outlets: str = "ab") -> Alignment:
    """Return an alignment of outlets with four sentences each; `links` number sentences of the first and the second."""
    articles = tuple(Article(outlet, "e", outlet, "", "One. Two. Three. Four.") for outlet in outlets)
    starts, ends = [0, 5, 10, 17] * len(outlets), [4, 9, 16, 22] * len(outlets)
    place = [n for n in range(len(outlets)) for _ in range(4)]
    sentences = Sentences(articles, place, [1, 2, 3, 4] * len(outlets), starts, ends)
    left, right = [a for a, _ in links], [4 + b for _, b in links]
    return Alignment(sentences, left, right, [0.9] * len(links), (relation,) * len(links))


@pytest.mark.parametrize(
    ("relation", "shares"), [("partial", (0.5, 0.25)), ("conflict", (0.5, 0.25)), ("none", (0.0, 0.0))]
)
def test_two_outlets_share_sentences(rows: Rows, relation: str, shares: tuple[float, float]) -> None:
    """Of two outlets, each has a share of sentences that the other has, and they differ by it; nothing is tested."""
    alignment = align_two([(0, 1), (3, 1)], relation)
    found = estimate_shared_sentences(alignment, {"a": 1, "b": 2}, event="e")
    both = rows(found, quantity="sentences_shared")
    assert [(row["outlet"], row["estimate"], row["n_units"]) for row in both] == [
        ("a", shares[0], 4), ("b", shares[1], 4),
    ]  # fmt: skip
    assert all(row["low"] <= row["estimate"] <= row["high"] and np.isnan(row["p_value"]) for row in both)
    [gap] = rows(found, quantity="sentences_shared_difference")
    assert (gap["outlet"], gap["reference"], gap["n_articles"]) == ("a", "b", 3)
    assert gap["estimate"] == pytest.approx(shares[0] - shares[1])


@pytest.mark.parametrize(
    ("outlets", "copies", "partial", "n"),
    [("ab", {}, (), 3), ("abc", {}, (), 0), ("abc", {"c": "b"}, (), 6), ("ab", {"b": "a"}, (), 0), ("ab", {}, ("b",), 0)],
)  # fmt: skip
def test_sentences_are_shared_by_two_independent_outlets(
    outlets: str, copies: dict[str, str], partial: tuple[str, ...], n: int
) -> None:
    """Three outlets, an outlet and its copy, and outlets known in part have no such share; a copy counts with its source."""
    found = estimate_shared_sentences(
        align_two([(0, 0)], outlets=outlets),
        dict.fromkeys(outlets, 1),
        event="e",
        copies=copies,
        partial=partial,
    )
    assert len(found) == n


def test_two_outlets_cover_every_claim(press_coverage: Callable[..., list[Coverage]]) -> None:
    """Where two outlets cover an event, no share of claims is given: it would be 1 for both."""
    [coverage] = press_coverage(make_press(n_events=1, n_outlets=2, n_claims=8, seed=3))
    assert len(coverage) > 0
    assert len(estimate_coverage(coverage, {"outlet-1": 1, "outlet-2": 1}, event="e")) == 0


def test_planted_omissions_are_recovered(rows: Rows, omissions: Callable[[Press], Estimates]) -> None:
    """Over events the rate at which each outlet leaves out what all others tell is the planted one."""
    found = omissions(make_press(n_events=60, n_outlets=4, n_claims=12, omission=0.3, seed=9))
    shared = np.random.default_rng(0).binomial(11, 0.7**3, 100_000)
    expected = 0.3 * np.mean(shared / (1 + shared))  # the first claim is never left out
    assert len(found) == 4
    for row in found.rows():
        assert row["estimate"] == pytest.approx(expected, abs=0.06)
        assert row["low"] <= expected <= row["high"]
        assert row["method"] == "expected share; cluster t over events"
        assert row["n_articles"] == row["n_events"]


def test_too_few_claims_have_no_interval(rows: Rows, omissions: Callable[[Press], Estimates]) -> None:
    """Where hardly any claim is reported by all others, the rate is given without an interval and says so."""
    found = omissions(make_press(n_events=1, n_outlets=3, n_claims=3, seed=10))
    for row in found.rows():
        assert row["method"] == "too little data"
        assert np.isnan(row["low"])
    assert len(omissions(make_press(n_events=3, n_outlets=2, seed=10))) == 0


def test_an_outlet_without_a_claim_says_so(rows: Rows) -> None:
    """Who is in an event of three but never faces a claim of all others has a row that says too little data."""
    coverage = Coverage.from_rows(
        {"event": "e", "claim": "c1", "outlet": outlet, "covered": int(outlet in "ab"), "p_absent": 0.5}
        for outlet in "abc"
    )
    counts = dict.fromkeys(
        [*(("e", o) for o in "abcz"), *(("none", o) for o in "def"), *(("two", o) for o in "xy")], 1
    )
    found = {row["outlet"]: row for row in estimate_omissions([coverage], counts, {("e", "z")}).rows()}
    assert sorted(found) == list("abcdef")  # x and y are two; z prints a copy
    assert {row["method"] for row in found.values()} == {"too little data"}
    assert (found["c"]["n_units"], found["c"]["n_events"], found["c"]["estimate"]) == (1, 1, 0.5)
    for outlet in "abdef":
        assert (found[outlet]["n_units"], found[outlet]["n_events"], found[outlet]["n_articles"]) == (0, 0, 0)
        assert np.isnan([found[outlet][name] for name in ("estimate", "low", "high")]).all()


def test_an_event_without_a_claim_counts_for_nothing() -> None:
    """Nothing is known of omissions in an event in which no claim was found, as of a single short article."""
    nothing = Coverage.from_rows([])
    assert len(estimate_omissions([nothing], {("e", "a"): 1})) == 0
    found = estimate_omissions([nothing], {("e", outlet): 1 for outlet in "abc"})
    assert [(row["outlet"], row["n_units"]) for row in found.rows()] == [("a", 0), ("b", 0), ("c", 0)]


@pytest.mark.parametrize(("n_events", "enough"), [(5, False), (6, True)])
def test_too_few_events_have_no_interval(
    n_events: int, enough: bool, rows: Rows, omissions: Callable[[Press], Estimates]
) -> None:
    """Below six events an outlet's rate has no interval, however many claims there are."""
    found = omissions(make_press(n_events=n_events, n_outlets=3, n_claims=20, seed=10))
    assert len(found) == 3
    for row in found.rows():
        assert row["n_units"] > 20
        assert (row["method"] == "too little data") is not enough
        assert np.isnan(row["low"]) is not enough or np.isfinite(row["low"]) is enough


def test_omissions_count_by_their_certainty(rows: Rows) -> None:
    """The rate is the mean p_absent of claims that all others tell, whether the outlet is taken to tell them or not."""
    coverage = Coverage.from_rows(
        {"event": "e", "claim": claim, "outlet": outlet, "covered": int(outlet in outlets), "p_absent": p}
        for claim, outlets, absent in (("c1", "abc", (0.1, 0.2, 0.3)), ("c2", "ab", (0.0, 0.0, 0.8)))
        for outlet, p in zip("abc", absent, strict=True)
    )
    rate = {
        row["outlet"]: row["estimate"]
        for row in estimate_omissions([coverage], {("e", o): 1 for o in "abc"}).rows()
    }
    assert rate == pytest.approx({"a": 0.1, "b": 0.2, "c": (0.3 + 0.8) / 2})


def test_shares_of_claims(rows: Rows, press_coverage: Callable[..., list[Coverage]]) -> None:
    """The share of claims covered lies within Wilson's interval, differences are paired within claims, nothing is tested."""
    [coverage] = press_coverage(make_press(n_events=1, n_outlets=3, n_claims=20, seed=12))
    found = estimate_coverage(coverage, {f"outlet-{n}": n for n in (1, 2, 3)}, event="e")
    for row in found.rows():
        assert row["low"] <= row["estimate"] <= row["high"]
        assert np.isnan(row["p_value"])
    outlets = {r["outlet"]: r["estimate"] for r in rows(found, quantity="claims_covered")}
    assert [row["n_articles"] for row in rows(found, quantity="claims_covered")] == [1, 2, 3]
    for row in rows(found, quantity="claims_covered_difference"):
        assert row["estimate"] == pytest.approx(outlets[row["outlet"]] - outlets[row["reference"]])


def test_parts_have_no_share(rows: Rows, press_coverage: Callable[..., list[Coverage]]) -> None:
    """An outlet of which an article is known in part has no share of claims and no difference; others keep theirs."""
    [coverage] = press_coverage(make_press(n_events=1, n_outlets=3, n_claims=20, seed=12))
    counts = {f"outlet-{n}": n for n in (1, 2, 3)}
    whole = estimate_coverage(coverage, counts, event="e")
    found = estimate_coverage(coverage, counts, event="e", partial={"outlet-2"})
    shares = [(row["outlet"], row["estimate"]) for row in rows(found, quantity="claims_covered")]
    kept = [(row["outlet"], row["estimate"]) for row in rows(whole, quantity="claims_covered")]
    assert shares == [one for one in kept if one[0] != "outlet-2"]
    sides = [(row["outlet"], row["reference"]) for row in rows(found, quantity="claims_covered_difference")]
    assert sides == [("outlet-1", "outlet-3")]
