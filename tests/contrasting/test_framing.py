"""Framing: length, prominence and tone by hand, their product, what has none, intervals, copies, and over events."""

import numpy as np
import pytest

from crossframe.contrasting.framing import sum_by_event, summarise_framing
from crossframe.contrasting.judged import Judged, average_by_event, pair_values
from crossframe.contrasting.over_events import compare_over_events
from crossframe.records import Article, Copies, Estimates, Sentences

PORTRAYALS = [
    # article, sentence, actor, voice, score
    ("post-1", 0, "mayor", "outlet", -0.6),
    ("post-1", 1, "mayor", "outlet", -0.9),
    ("post-1", 1, "mayor", "quoted", -0.5),
    ("post-1", 2, "mayor", "quoted", 0.4),
    ("herald-1", 1, "mayor", "outlet", -0.1),
    ("herald-1", 2, "union", "outlet", 0.4),
    ("herald-1", 3, "union", "outlet", 0.2),
    ("herald-1", 4, "union", "outlet", 0.0),
]


def judged_of(portrayals: list[tuple], event: str = "e") -> Judged:
    """Return portrayals; what is not one sign is neutral."""
    return Judged.from_rows(
        {"event": event, "outlet": article.split("-")[0], "article": article, "sentence": sentence, "actor": actor,
         "voice": voice, "p_negative": max(-score, 0), "p_neutral": 1 - abs(score), "p_positive": max(score, 0), "score": score}
        for article, sentence, actor, voice, score in portrayals
    )  # fmt: skip


def sentences_of(*articles: str, n: int = 5) -> Sentences:
    """Return `n` sentences of every article, the first its title; its id begins with its outlet's."""
    made = tuple(Article(one, "e", one.split("-")[0], "t", "abcdefgh"[: 2 * n - 2]) for one in articles)
    number = np.repeat(np.arange(len(made)), n)
    index = np.tile(np.arange(n), len(made))
    start = np.where(index == 0, 0, 2 * index + 1)
    return Sentences(made, number, index, start, np.where(index == 0, 1, start + 2))


def rows(estimates: Estimates, **wanted: str) -> list[dict]:
    """Return the rows that have the values asked for."""
    return [row for row in estimates.rows() if all(row[name] == value for name, value in wanted.items())]


def describe(estimates: Estimates, quantity: str) -> dict:
    """Return the estimates of a quantity by outlet and actor."""
    return {(row["outlet"], row["actor"]): row["estimate"] for row in rows(estimates, quantity=quantity)}


def test_three_numbers_multiply() -> None:
    """Sentences per article, share that mentions the actor, mean portrayal of these: their product is the sum per article."""
    found = summarise_framing(judged_of(PORTRAYALS), sentences_of("post-1", "herald-1"), Copies(), event="e")
    assert describe(found, "length") == {("post", ""): 5.0, ("herald", ""): 5.0}
    assert describe(found, "prominence") == {
        ("post", "mayor"): 0.6, ("herald", "mayor"): 0.2, ("herald", "union"): 0.6, ("post", "union"): 0.0,
    }  # fmt: skip
    assert describe(found, "title_and_lead") == {
        ("post", "mayor"): 1.0, ("herald", "mayor"): 0.5, ("herald", "union"): 0.0, ("post", "union"): 0.0,
    }  # fmt: skip
    tone, product = describe(found, "tone"), describe(found, "framing")
    assert tone["post", "mayor"] == pytest.approx((-0.6 - 0.7 + 0.4) / 3)
    assert product["post", "mayor"] == pytest.approx(-0.6 - 0.7 + 0.4)
    for (outlet, actor), value in product.items():
        if (outlet, actor) in tone and value == value:
            factors = 5.0 * describe(found, "prominence")[outlet, actor] * tone[outlet, actor]
            assert value == pytest.approx(factors)


def test_fewer_than_three_sentences_have_no_tone() -> None:
    """One sentence gives its prominence, and neither tone nor product; no mention gives 0, and no comparison either."""
    found = summarise_framing(judged_of(PORTRAYALS), sentences_of("post-1", "herald-1"), Copies(), event="e")
    for quantity in ("tone", "framing"):
        [row] = rows(found, quantity=quantity, outlet="herald", actor="mayor")
        assert np.isnan(row["estimate"])
        assert (row["method"], row["n_units"]) == ("no mean: 1 judged sentence, a mean needs 3", 1)
    [silent] = rows(found, quantity="framing", outlet="post", actor="union")
    assert (silent["estimate"], silent["n_units"]) == (0.0, 0)
    assert np.isnan(silent["low"])
    assert not rows(found, quantity="tone", outlet="post", actor="union")
    assert not rows(found, quantity="framing_difference")
    assert {row["actor"] for row in rows(found, quantity="prominence_difference")} == {"mayor", "union"}


def test_differences() -> None:
    """Where both outlets have a tone, their products are compared; nothing is tested."""
    more = [*PORTRAYALS, ("herald-1", 3, "mayor", "outlet", 0.3), ("herald-1", 4, "mayor", "outlet", 0.2)]
    found = summarise_framing(judged_of(more), sentences_of("post-1", "herald-1"), Copies(), event="e")
    [gap] = rows(found, quantity="framing_difference")
    assert (gap["outlet"], gap["reference"], gap["actor"]) == ("herald", "post", "mayor")
    assert gap["estimate"] == pytest.approx((-0.1 + 0.3 + 0.2) - (-0.6 - 0.7 + 0.4))
    assert np.isnan(found.p_value).all()


def test_intervals_redraw_sentences() -> None:
    """The spread of the draws is that of a sum over sentences drawn with replacement; a seed gives the same again."""
    portrayals = [("post-1", n, "mayor", "outlet", -0.5) for n in range(1, 41)]
    article = Article("post-1", "e", "post", "", "ab" * 80)
    index = np.arange(1, 81)
    sentences = Sentences((article,), np.zeros(80), index, 2 * index - 2, 2 * index)
    found = summarise_framing(judged_of(portrayals), sentences, Copies(), event="e")
    [whole] = rows(found, quantity="framing")
    deviation = np.sqrt(80 * 0.5 * 0.5) * 0.5
    assert whole["estimate"] == -20.0
    assert whole["low"] == pytest.approx(-20 - 1.96 * deviation, abs=0.8)
    assert whole["high"] == pytest.approx(-20 + 1.96 * deviation, abs=0.8)
    [share] = rows(found, quantity="prominence")
    assert (share["low"], share["high"]) == (pytest.approx(0.39, abs=0.03), pytest.approx(0.61, abs=0.03))
    [tone] = rows(found, quantity="tone")
    assert (tone["estimate"], tone["method"]) == (-0.5, "no interval: all draws of sentences agree")
    again = summarise_framing(judged_of(portrayals), sentences, Copies(), event="e")
    assert again.low.tolist() == pytest.approx(found.low.tolist(), nan_ok=True)


def test_articles_of_one_outlet_are_averaged() -> None:
    """Two articles of an outlet do not report twice as much: length and product are per article."""
    portrayals = [
        ("post-1", 1, "mayor", "outlet", -0.8),
        *(("post-2", n, "mayor", "outlet", -0.4) for n in (1, 2)),
    ]
    found = summarise_framing(judged_of(portrayals), sentences_of("post-1", "post-2"), Copies(), event="e")
    [product] = rows(found, quantity="framing")
    assert (product["estimate"], product["n_articles"], product["n_units"]) == (pytest.approx(-0.8), 2, 3)
    [length] = rows(found, quantity="length")
    assert (length["estimate"], length["n_units"]) == (5.0, 10)
    [opening] = rows(found, quantity="title_and_lead")
    assert (opening["estimate"], opening["n_units"]) == (0.5, 2)


def test_copies_are_marked() -> None:
    """A difference to which an outlet that prints a copy is a side says so."""
    copies = Copies.from_rows([{"article": "herald-1", "copy_of": "post-1", "copied_share": 0.9}])
    found = summarise_framing(judged_of(PORTRAYALS), sentences_of("post-1", "herald-1"), copies, event="e")
    gaps = rows(found, quantity="prominence_difference")
    assert gaps
    assert {row["method"].endswith("copy: not independent") for row in gaps} == {True}


def test_over_events() -> None:
    """Means and paired differences over events of any number of sentences; an event without a mention counts 0."""
    each = [
        judged_of(
            [(f"post-{number}", 1, "mayor", "outlet", -0.1 * number)]
            + [(f"herald-{number}", 1, "mayor", "outlet", -0.9)] * (number != 3),
            event=f"e{number}",
        )
        for number in range(6)
    ]  # fmt: skip
    merged = Judged.concat(each).merge_voices()
    n_articles = {(f"e{number}", outlet): 1 for number in range(6) for outlet in ("herald", "post")}
    values = sum_by_event(merged, n_articles)
    found = compare_over_events([], values | pair_values(values, ()) | average_by_event(merged, "tone"))
    [post] = rows(found, quantity="framing", outlet="post")
    assert post["estimate"] == pytest.approx(-0.25)
    [herald] = rows(found, quantity="framing", outlet="herald")
    assert (herald["estimate"], herald["n_units"], herald["n_events"]) == (pytest.approx(-0.75), 5, 6)
    [gap] = rows(found, quantity="framing_difference")
    assert gap["estimate"] == pytest.approx(-0.5)
    assert 0 < gap["p_value"] <= 1
    [tone] = rows(found, quantity="tone", outlet="herald")
    assert (tone["estimate"], tone["n_events"]) == (pytest.approx(-0.9), 5)


def test_nobody_is_mentioned() -> None:
    """Without portrayals there is the length of the articles, and nothing else."""
    found = summarise_framing(Judged(), sentences_of("post-1"), Copies(), event="e")
    assert set(found.quantity) == {"length"}
