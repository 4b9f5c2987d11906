"""One event is described: intervals of its sentences and labels, no tests, copies marked, contrasts within claims."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.judged import MIN_JUDGED, Judged
from crossframe.contrasting.within_event import summarise_event
from crossframe.records import (
    Alignment,
    Annotation,
    Article,
    Claim,
    Copies,
    Corpus,
    Estimates,
    Sentences,
    Spans,
    Units,
)
from crossframe.synthetic import MAIN, make_press

Gold = Callable[[Corpus], tuple[Judged, Judged, Annotation, Alignment]]
Summaries = Callable[..., list[Estimates]]
Rows = Callable[..., list[dict]]


def test_one_event_has_no_test(summaries: Summaries, rows: Rows) -> None:
    """A single event is described: estimates within intervals, the method named, no p- and no q-value."""
    [summary] = summaries(make_press(n_events=1, slant=0.5, n_claims=14, seed=3))
    assert np.isnan(summary.p_value).all()
    assert np.isnan(summary.q_value).all()
    assert set(summary.quantity) >= {
        "portrayal", "portrayal_difference", "stance", "stance_difference", "frame", "frame_difference",
    }  # fmt: skip
    for row in [*rows(summary, quantity="portrayal"), *rows(summary, quantity="stance")]:
        if row["n_units"] >= MIN_JUDGED:
            assert row["low"] <= row["estimate"] <= row["high"]
            assert row["method"].startswith("sentence bootstrap with drawn labels")
    for row in rows(summary, quantity="frame"):
        assert np.isnan(row["low"])
        assert "no interval from one article" in row["method"]


def test_no_mean_of_fewer_than_three_sentences(gold_of: Gold, rows: Rows) -> None:
    """One or two sentences are counted and have no value, and no outlet is compared by them; three have a mean."""
    corpus = make_press(n_events=1, n_claims=12, slant=0.3, seed=9).corpus
    portrayals, stances, frames, alignment = gold_of(corpus)
    copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
    summary = summarise_event(portrayals, stances, frames, alignment, copies, event="e")
    n_sentences: dict[tuple[str, str, str], set[tuple[str, int]]] = {}
    for row in portrayals.rows():
        for voice in (row["voice"], ""):
            key = row["outlet"], row["actor"], voice
            n_sentences.setdefault(key, set()).add((row["article"], row["sentence"]))
    sizes = {key: len(sentences) for key, sentences in n_sentences.items()}
    assert {1, 2, 3} <= set(sizes.values())
    means = {(r["outlet"], r["actor"], r["voice"]): r for r in rows(summary, quantity="portrayal")}
    assert set(means) == set(sizes)
    for key, row in means.items():
        assert np.isnan([row["estimate"], row["low"], row["high"]]).all() == (sizes[key] < 3)
        if sizes[key] < 3:
            assert row["method"].startswith(f"no mean: {sizes[key]} judged sentence")
            assert row["n_units"] == sizes[key]
    compared = rows(summary, quantity="portrayal_difference") + rows(
        summary, quantity="portrayal_difference_in_claims"
    )
    assert compared
    for row in compared:
        assert sizes[row["outlet"], row["actor"], row["voice"]] >= 3
        assert sizes[row["reference"], row["actor"], row["voice"]] >= 3


def test_means_are_those_of_the_table(gold_of: Gold, rows: Rows) -> None:
    """By hand: own words, quoted words, and all, where a sentence with both counts once."""
    shared = {
        "event": "e",
        "outlet": "outlet-1",
        "actor": "mayor",
        "p_neutral": 1.0,
        "p_negative": 0.0,
        "p_positive": 0.0,
    }
    said = [
        (1, "outlet", 0.6),
        (2, "outlet", 0.0),
        (3, "outlet", -0.3),
        (3, "quoted", -0.9),
        (4, "quoted", 0.2),
    ]
    corpus = make_press(n_events=1, seed=1).corpus
    portrayals = Judged.from_rows(
        shared | {"article": "event-001-outlet-1", "sentence": n, "voice": voice, "score": score}
        for n, voice, score in said
    )
    _, _, frames, alignment = gold_of(corpus)
    copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
    summary = summarise_event(portrayals, Judged(), frames, alignment, copies, event="e")
    found = {row["voice"]: row for row in rows(summary, quantity="portrayal")}
    assert found["outlet"]["estimate"] == pytest.approx(0.1)
    assert np.isnan(found["quoted"]["estimate"])
    assert found[""]["estimate"] == pytest.approx((0.6 + 0.0 - 0.6 + 0.2) / 4)
    assert [found[voice]["n_units"] for voice in ("outlet", "quoted", "")] == [3, 2, 4]


def test_the_same_seed_gives_the_same_numbers(summaries: Summaries, rows: Rows) -> None:
    """Bootstraps are functions of the seed."""
    press = make_press(n_events=1, n_claims=20, seed=5)
    one, two, other = summaries(press, 1)[0], summaries(press, 1)[0], summaries(press, 2)[0]
    assert list(map(repr, one.rows())) == list(map(repr, two.rows()))
    assert not np.array_equal(one.low, other.low, equal_nan=True)


def test_the_classifiers_doubt_widens_the_interval(gold_of: Gold, rows: Rows) -> None:
    """The same mean from doubtful labels has a wider interval than from certain ones."""
    corpus = make_press(n_events=1, n_claims=20, seed=6).corpus
    portrayals, stances, frames, alignment = gold_of(corpus)
    copies = Copies.from_rows({"article": article.id} for article in corpus.articles)

    def width(judged: Judged) -> float:
        summary = summarise_event(judged, stances, frames, alignment, copies, event="e")
        found = rows(summary, quantity="portrayal", actor=MAIN, voice="outlet")
        return float(np.mean([row["high"] - row["low"] for row in found]))

    def blurred(share: float) -> Judged:
        columns = {name: getattr(portrayals, name) for name in ("p_negative", "p_neutral", "p_positive")}
        mixed = {name: (1 - share) * column + share / 3 for name, column in columns.items()}
        return replace(portrayals, **mixed, score=mixed["p_positive"] - mixed["p_negative"])

    neutral = replace(
        portrayals, p_negative=0 * portrayals.score, p_neutral=0 * portrayals.score + 1, p_positive=0 * portrayals.score,
        score=0 * portrayals.score,
    )  # fmt: skip
    assert width(neutral) == 0
    assert width(blurred(1.0)) > 0.5
    assert width(blurred(0.6)) > 0.5


def test_differences_of_a_copy_are_marked(gold_of: Gold, rows: Rows) -> None:
    """In one event every difference to which a copying outlet is a side says so; it has no contrasts within claims."""
    corpus = make_press(n_events=1, slant=0.4, seed=7).corpus
    source, copy, _ = (article.id for article in corpus.articles)
    copies = Copies.from_rows([{"article": copy, "copy_of": source, "copied_share": 0.9}])
    summary = summarise_event(*gold_of(corpus), copies, event="e")
    for quantity in ("portrayal_difference", "frame_difference"):
        for row in rows(summary, quantity=quantity):
            assert row["method"].endswith("copy: not independent") is (
                "outlet-2" in (row["outlet"], row["reference"])
            )
    for quantity in ("claim_contrast", "portrayal_difference_in_claims"):
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


@pytest.mark.parametrize(
    ("places", "claims"),
    [
        (None, {"c01", "c02"}),
        ({"a": [4], "b": [4]}, {"c01"}),
        ({"a": [20], "b": [20]}, {"c02"}),
        ({"a": [4], "b": [20]}, set()),
        ({"a": [4, 20], "b": [20]}, {"c02"}),
    ],
)
def test_a_portrayal_counts_in_the_claims_that_mention_the_actor(
    rows: Rows, places: dict[str, list[int]] | None, claims: set[str]
) -> None:
    """Of two claims that clauses of one sentence tell, a portrayal counts where the actor is mentioned, on both sides."""
    articles = tuple(Article(f"e-{outlet}", "e", outlet, "", "x" * 40) for outlet in "ab")
    whole = Sentences(articles, [0, 1], [1, 1], [0, 0], [40, 40])
    parts = Sentences(articles, [0, 0, 1, 1], [1, 2, 1, 2], [0, 16, 0, 16], [15, 40, 15, 40])
    clauses = Alignment(
        parts, [0, 1], [2, 3], [0.9, 0.9], ("equivalent",) * 2, (Claim("c01", (0, 2), 0), Claim("c02", (1, 3), 1))
    )  # fmt: skip
    both = (Claim("c01", (0, 1), 0), Claim("c02", (0, 1), 0))
    alignment = Alignment(whole, [0], [1], [0.9], ("equivalent",), both, clauses=clauses)
    shared = {"event": "e", "sentence": 1, "actor": "mayor", "voice": "outlet", "p_neutral": 0.0}
    judged = Judged.from_rows(
        shared
        | {"outlet": outlet, "article": f"e-{outlet}", "score": score}
        | {"p_positive": float(score > 0), "p_negative": float(score < 0)}
        for outlet, score in (("a", 1.0), ("b", -1.0))
    )
    mentions = places and Spans.from_rows(
        {"article": f"e-{outlet}", "start": at, "end": at + 5, "actor": "mayor", "kind": "name"}
        for outlet, starts in places.items()
        for at in starts
    )
    copies = Copies.from_rows({"article": article.id} for article in articles)
    frames = Annotation(Units(), "article", ("economic",), np.zeros((0, 1)), "gold")
    summary = summarise_event(judged, Judged(), frames, alignment, copies, event="e", mentions=mentions)
    assert {row["claim"] for row in rows(summary, quantity="claim_contrast")} == claims
