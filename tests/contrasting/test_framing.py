"""Framing scores: sums by hand, what counts once, articles of one outlet, copies, intervals, and over events."""

import numpy as np
import pytest

from crossframe.contrasting.framing import measure_negativity, score_framing, summarise_framing
from crossframe.contrasting.over_events import compare_over_events
from crossframe.records import AUTHOR, STANCES, Annotation, Article, Copies, Estimates, Sentences, Units

MENTIONS = [
    # article, sentence, actor, voice, negative
    ("post-1", 1, "mayor", AUTHOR, 0.9),
    ("post-1", 1, "mayor", AUTHOR, 0.5),
    ("post-1", 2, "mayor", "anna", 0.6),
    ("post-1", 3, "mayor", AUTHOR, 0.2),
    ("herald-1", 1, "mayor", "anna", 0.1),
    ("herald-1", 2, "union", AUTHOR, 0.4),
]


def stance_of(mentions: list[tuple]) -> Annotation:
    """Return the stance of mentions; what is not negative is neutral."""
    units = Units.from_rows(
        {"article": article, "sentence": sentence, "start": 0, "end": 1, "actor": actor, "voice": voice}
        for article, sentence, actor, voice, _ in mentions
    )
    negative = np.array([one[4] for one in mentions])
    return Annotation(units, "span", STANCES, np.column_stack([negative, 1 - negative, 0 * negative]), "test")


def sentences_of(*articles: str, n: int = 4) -> Sentences:
    """Return `n` sentences of every article, whose id begins with its outlet's."""
    text = "abcdefgh"[: 2 * n]
    made = tuple(Article(one, "e", one.split("-")[0], "", text) for one in articles)
    number = np.repeat(np.arange(len(made)), n)
    index = np.tile(np.arange(1, n + 1), len(made))
    return Sentences(made, number, index, 2 * index - 2, 2 * index)


def rows(estimates: Estimates, **wanted: str) -> list[dict]:
    """Return the rows that have the values asked for."""
    return [row for row in estimates.rows() if all(row[name] == value for name, value in wanted.items())]


def test_a_sentence_counts_once() -> None:
    """Mentions of one sentence are averaged, sentences summed; voices are kept apart where asked."""
    stance = stance_of(MENTIONS)
    assert measure_negativity(stance)["post-1", "mayor"] == pytest.approx({1: 0.7, 2: 0.6, 3: 0.2})
    assert measure_negativity(stance, AUTHOR)["post-1", "mayor"] == pytest.approx({1: 0.7, 3: 0.2})
    assert measure_negativity(stance, "quoted") == {
        ("post-1", "mayor"): {2: 0.6}, ("herald-1", "mayor"): {1: 0.1}, ("herald-1", "union"): {},
    }  # fmt: skip
    assert score_framing(measure_negativity(stance)["post-1", "mayor"]) == pytest.approx(-1.5)


def test_scores_and_differences() -> None:
    """Each outlet has a score for every actor, 0 where it is not mentioned; single voices only where they mention it."""
    found = summarise_framing(stance_of(MENTIONS), sentences_of("post-1", "herald-1"), Copies(), event="e")
    scores = {
        (r["outlet"], r["actor"], r["voice"]): (r["estimate"], r["n_units"])
        for r in rows(found, quantity="framing")
    }
    assert scores == {
        ("post", "mayor", ""): (pytest.approx(-1.5), 3),
        ("post", "mayor", AUTHOR): (pytest.approx(-0.9), 2),
        ("post", "mayor", "quoted"): (pytest.approx(-0.6), 1),
        ("herald", "mayor", ""): (pytest.approx(-0.1), 1),
        ("herald", "mayor", "quoted"): (pytest.approx(-0.1), 1),
        ("herald", "union", ""): (pytest.approx(-0.4), 1),
        ("herald", "union", AUTHOR): (pytest.approx(-0.4), 1),
        ("post", "union", ""): (0.0, 0),
    }
    gaps = {r["actor"]: r for r in rows(found, quantity="framing_difference")}
    assert gaps["mayor"]["estimate"] == pytest.approx(1.4)
    assert (gaps["mayor"]["outlet"], gaps["mayor"]["reference"]) == ("herald", "post")
    assert all(np.isnan(row["p_value"]) for row in found.rows())
    [silent] = rows(found, quantity="framing", outlet="post", actor="union")
    assert np.isnan(silent["low"])
    assert silent["method"].startswith("no interval")


def test_intervals_redraw_sentences() -> None:
    """The spread of the draws is that of a sum over sentences drawn with replacement; a seed gives the same again."""
    mentions = [("post-1", n, "mayor", AUTHOR, 0.5) for n in range(1, 41)]
    article = Article("post-1", "e", "post", "", "ab" * 80)
    index = np.arange(1, 81)
    sentences = Sentences((article,), np.zeros(80), index, 2 * index - 2, 2 * index)
    found = summarise_framing(stance_of(mentions), sentences, Copies(), event="e")
    [whole] = rows(found, quantity="framing", voice="")
    deviation = np.sqrt(80 * 0.5 * 0.5) * 0.5
    assert whole["estimate"] == -20.0
    assert whole["low"] == pytest.approx(-20 - 1.96 * deviation, abs=0.8)
    assert whole["high"] == pytest.approx(-20 + 1.96 * deviation, abs=0.8)
    again = summarise_framing(stance_of(mentions), sentences, Copies(), event="e")
    assert again.low.tolist()[0] == found.low.tolist()[0] == whole["low"]


def test_why_there_is_no_interval() -> None:
    """Nothing reported against an actor is one reason, an article of a single sentence another."""
    judged = [("post-1", 1, "mayor", AUTHOR, 0.9), ("post-1", 1, "minister", AUTHOR, 0.0)]
    article = Article("post-1", "e", "post", "", "ab")
    one = Sentences((article,), np.zeros(1), np.array([1]), np.array([0]), np.array([2]))
    found = summarise_framing(stance_of(judged), one, Copies(), event="e")
    whole = {row["actor"]: row["method"] for row in rows(found, quantity="framing", voice="")}
    assert whole == {
        "mayor": "no interval: all draws of sentences agree",
        "minister": "no interval: nothing told against the actor",
    }


def test_articles_of_one_outlet_are_averaged() -> None:
    """Two articles of an outlet do not tell twice as much: the score is per article."""
    mentions = [("post-1", 1, "mayor", AUTHOR, 0.8), ("post-2", 1, "mayor", AUTHOR, 0.4)]
    found = summarise_framing(stance_of(mentions), sentences_of("post-1", "post-2"), Copies(), event="e")
    [whole] = rows(found, quantity="framing", voice="")
    assert (whole["estimate"], whole["n_articles"], whole["n_units"]) == (pytest.approx(-0.6), 2, 2)


def test_copies_are_marked() -> None:
    """A difference to which an outlet that prints a copy is a side says so."""
    copies = Copies(article=["herald-1"], copy_of=["post-1"], copied_share=[0.9])
    found = summarise_framing(stance_of(MENTIONS), sentences_of("post-1", "herald-1"), copies, event="e")
    assert {
        r["method"].endswith("copy: not independent") for r in rows(found, quantity="framing_difference")
    } == {True}


def test_over_events() -> None:
    """Means and paired differences over events, tested from six events on; the interval ends at 0."""
    each = []
    for number in range(6):
        mentions = [("post-1", 1, "mayor", AUTHOR, 0.1 * number), ("herald-1", 1, "mayor", AUTHOR, 0.9)]
        each.append(
            summarise_framing(
                stance_of(mentions), sentences_of("post-1", "herald-1"), Copies(), event=f"e{number}"
            )
        )
    found = compare_over_events(each)
    [post] = rows(found, quantity="framing", outlet="post", voice="")
    assert post["estimate"] == pytest.approx(-0.25)
    assert post["high"] <= 0.0
    [gap] = rows(found, quantity="framing_difference")
    assert gap["estimate"] == pytest.approx(-0.65)
    assert gap["p_value"] == pytest.approx(2 / 64)
    [same] = rows(found, quantity="framing", outlet="herald", voice="")
    assert np.isnan(same["low"])
    assert same["method"] == "the same in every event: no interval"


def test_nobody_is_mentioned() -> None:
    """Without mentions there are no rows."""
    assert len(summarise_framing(stance_of([]), sentences_of("post-1"), Copies(), event="e")) == 0
