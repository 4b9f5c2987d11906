"""Conflicts and own assertions: shares of shared claims by hand, copies, other languages, and over events."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from crossframe.contrasting.disagreement import estimate_disagreement
from crossframe.contrasting.over_events import compare_over_events
from crossframe.records import Alignment, Article, Claim, Differences, Sentences

Rows = Callable[..., list[dict]]


def align(claims: Sequence[str], conflicts: Sequence[tuple[int, str]] = (), event: str = "e") -> Alignment:
    """Return outlets a, b, c with one sentence per claim; `claims` says who tells each, `conflicts` which pairs conflict."""
    articles = tuple(
        Article(f"{event}-{outlet}", event, outlet, "", "Yes. " * len(claims)) for outlet in "abc"
    )
    places = [(n, number) for n in range(3) for number in range(len(claims))]
    sentences = Sentences(
        articles,
        [n for n, _ in places],
        [number + 1 for _, number in places],
        [5 * number for _, number in places],
        [5 * number + 4 for _, number in places],
    )
    row = {("abc"[n], number): at for at, (n, number) in enumerate(places)}
    pairs = [
        (
            row[one, number],
            row[other, number],
            "conflict" if (number, one + other) in conflicts else "equivalent",
        )
        for number, outlets in enumerate(claims)
        for one, other in (("a", "b"), ("a", "c"), ("b", "c"))
        if {one, other} <= set(outlets)
    ]
    groups = [
        Claim(f"c{number}", tuple(row[outlet, number] for outlet in outlets), row[outlets[0], number])
        for number, outlets in enumerate(claims)
    ]
    left, right, relation = zip(*pairs, strict=True)
    return Alignment(sentences, left, right, [0.9] * len(pairs), relation, tuple(groups))


def assert_in(claims: Sequence[tuple[int, str]], event: str = "e") -> Differences:
    """Return differences in certainty: within claim number n the first outlet asserts what the second does not."""
    rows = []
    for number, (one, other) in claims:
        left, right = sorted((one, other))
        rows.append(
            {"kind": "certainty", "probability": 0.8, "asserting": "left" if left == one else "right"}
            | {"left_article": f"{event}-{left}", "left_sentence": number + 1}
            | {"right_article": f"{event}-{right}", "right_sentence": number + 1}
            | dict.fromkeys(("left_start", "left_end", "right_start", "right_end"), 5 * number)
        )
    return Differences.from_rows(rows)


COUNTS = {"a": 1, "b": 1, "c": 2}
CLAIMS = ["abc", "ab", "ac", "ab"]


@pytest.mark.parametrize(
    ("quantity", "shares"),
    [
        ("conflicts", {"a": (2 / 4, 4), "b": (1 / 3, 3), "c": (1 / 2, 2)}),
        ("own_assertion", {"a": (1 / 4, 4), "b": (1 / 3, 3), "c": (0.0, 2)}),
    ],
)
def test_shares_are_of_the_claims_that_an_outlet_shares(
    rows: Rows, quantity: str, shares: dict[str, tuple[float, int]]
) -> None:
    """A claim counts once for each outlet that is in conflict, or that asserts; nothing is tested in one event."""
    alignment = align(CLAIMS, [(1, "ab"), (2, "ac")])
    found = estimate_disagreement(alignment, assert_in([(0, "ab"), (0, "ac"), (3, "ba")]), COUNTS, event="e")
    listed = rows(found, quantity=quantity)
    assert {row["outlet"]: (row["estimate"], row["n_units"]) for row in listed} == {
        outlet: (pytest.approx(share), n) for outlet, (share, n) in shares.items()
    }
    assert all(row["low"] <= row["estimate"] <= row["high"] and np.isnan(row["p_value"]) for row in listed)


def test_outlets_differ_within_the_claims_that_both_tell(rows: Rows) -> None:
    """The difference in own assertion is paired; where it is the same in all claims there is no interval."""
    found = estimate_disagreement(
        align(CLAIMS), assert_in([(0, "ac"), (1, "ab"), (3, "ba")]), COUNTS, event="e"
    )
    gaps = {
        (row["outlet"], row["reference"]): row for row in rows(found, quantity="own_assertion_difference")
    }
    assert gaps["a", "b"]["estimate"] == pytest.approx((1 + 1 - 1) / 3)
    assert gaps["a", "c"]["estimate"] == pytest.approx(1 / 2)
    assert gaps["b", "c"]["estimate"] == 0.0
    assert np.isnan(gaps["b", "c"]["low"])
    assert gaps["a", "b"]["low"] < gaps["a", "b"]["estimate"] < gaps["a", "b"]["high"]
    assert gaps["a", "c"]["n_articles"] == 3


@pytest.mark.parametrize(
    ("copies", "unread", "n_claims"),
    [
        ({}, (), {"a": 4, "b": 3, "c": 2}),
        ({"b": "a"}, (), {"a": 2, "b": 1, "c": 2}),
        ({}, ("e-c",), {"a": 3, "b": 3}),
        ({"b": "a"}, ("e-c",), {}),
    ],
)
def test_copies_and_what_was_not_read_share_nothing(
    rows: Rows, copies: dict[str, str], unread: tuple[str, ...], n_claims: dict[str, int]
) -> None:
    """A copy shares no claim with its source, and nobody shares one with an article in another language."""
    found = estimate_disagreement(
        align(CLAIMS, [(1, "ab")]), Differences(), COUNTS, event="e", copies=copies, unread=unread
    )
    listed = rows(found, quantity="conflicts")
    assert {row["outlet"]: row["n_units"] for row in listed} == n_claims
    if copies:
        assert all(row["estimate"] == 0.0 for row in listed)
        marked = [row for row in rows(found, quantity="own_assertion_difference") if "copy" in row["method"]]
        expected = {("a", "b"), ("b", "c")} if n_claims else set()
        assert {(row["outlet"], row["reference"]) for row in marked} == expected


def test_assertions_over_events_are_tested_from_six_on(rows: Rows) -> None:
    """The event is the unit: one event is a case, from six on the difference has a p-value; conflicts have no test."""
    events = [
        estimate_disagreement(
            align(CLAIMS, [(1, "ab")], event=f"e{n}"), assert_in([(0, "ab")], f"e{n}"), COUNTS, event=f"e{n}"
        )
        for n in range(6)
    ]
    few, many = compare_over_events(events[:5]), compare_over_events(events)
    [gap] = rows(many, quantity="own_assertion_difference", outlet="a", reference="b")
    assert gap["n_events"] == 6
    assert gap["p_value"] == pytest.approx(2 / 2**6)
    [gap] = rows(few, quantity="own_assertion_difference", outlet="a", reference="b")
    assert np.isnan(gap["p_value"])
    [share] = rows(many, quantity="conflicts", outlet="a")
    assert share["estimate"] == pytest.approx(1 / 4)
    assert np.isnan(share["p_value"])


@pytest.mark.parametrize("quantity", ["conflicts", "own_assertion"])
@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("12", "20", {"c02"}),
        ("Police", "Police", {"c01"}),
        ("Police", "20", set()),
        ("Monday, and officers", "Monday, and officers", {"c01", "c02"}),
    ],
)
def test_a_difference_counts_in_the_claims_that_tell_it(
    rows: Rows, quantity: str, left: str, right: str, marked: set[str]
) -> None:
    """Of two claims that the same two sentences tell with clauses, those count in which both differing stretches are."""
    raid, found = "Police raided the office on Monday", "officers found {} secret registers"
    texts = [f"{raid}, and {found.format(12)}.", f"{raid}, and {found.format(20)}."]
    articles = tuple(Article(f"e-{o}", "e", o, "", text) for o, text in zip("ab", texts, strict=True))
    at, size = len(raid) + 6, len(texts[0])
    whole = Sentences(articles, [0, 1], [1, 1], [0, 0], [size, size])
    parts = Sentences(
        articles, [0, 0, 1, 1], [1, 2, 1, 2], [0, at, 0, at], [len(raid), size, len(raid), size]
    )
    clauses = Alignment(
        parts, [0, 1], [2, 3], [0.9, 0.9], ("equivalent", "conflict"), (Claim("c01", (0, 2), 0), Claim("c02", (1, 3), 1))
    )  # fmt: skip
    claims = (Claim("c01", (0, 1), 0), Claim("c02", (0, 1), 0))
    alignment = Alignment(whole, [0], [1], [0.9], ("conflict",), claims, clauses=clauses)
    stretches = [
        (text.index(part), text.index(part) + len(part))
        for text, part in zip(texts, (left, right), strict=True)
    ]
    one = {"kind": "number" if quantity == "conflicts" else "certainty", "probability": 0.9}
    one |= {"asserting": "" if quantity == "conflicts" else "left"}
    for side, outlet, (start, end) in zip(("left", "right"), "ab", stretches, strict=True):
        one |= {f"{side}_article": f"e-{outlet}", f"{side}_sentence": 1}
        one |= {f"{side}_start": start, f"{side}_end": end}
    differences = Differences.from_rows([one])
    estimates = estimate_disagreement(alignment, differences, {"a": 1, "b": 1}, event="e")
    [share] = rows(estimates, quantity=quantity, outlet="a")
    assert (share["estimate"], share["n_units"]) == (len(marked) / 2, 2)
    assert alignment.claims_at(0, *stretches[0]) & alignment.claims_at(1, *stretches[1]) == marked
