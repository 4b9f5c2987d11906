"""What was judged: from records and tables alike, merged by sentence, in cells, and by event."""

import numpy as np
import pytest

from crossframe.contrasting.cells import Subject
from crossframe.contrasting.judged import Judged, average_by_event, describe_too_few, pair_values
from crossframe.records import PORTRAYAL, STANCE, STANCES, Annotation, Units


def portrayal(sentence: int, voice: str, score: float, **given: object) -> dict:
    """Return a portrayal of the mayor by the post in event e."""
    place = {"event": "e", "outlet": "post", "article": "e-post", "actor": "mayor"}
    p = {"p_negative": max(-score, 0.0), "p_neutral": 1 - abs(score), "p_positive": max(score, 0.0)}
    return place | p | {"sentence": sentence, "voice": voice, "score": score} | given


def test_records_and_tables_say_the_same() -> None:
    """A portrayal's voice is its speaker, a stance's the author or anybody else, whose name is kept."""
    units = Units.from_rows(
        {"article": "e-post", "sentence": 1, "start": 3, "end": 7, "actor": "mayor", "voice": voice}
        for voice in ("author", "anna")
    )
    stance = Annotation(units, "span", STANCES, np.array([[0.2, 0.8, 0.0], [0.0, 0.3, 0.7]]), "m")
    judged = Judged.of_annotation(stance, STANCE, "e", {"e-post": "post"})
    assert (judged.voice, judged.holder) == (("author", "quoted"), ("author", "anna"))
    assert judged.score.tolist() == [-0.2, 0.7]
    table = [
        {"event": "e", "outlet": "post", "article": "e-post", "sentence": 1, "start": 3, "end": 7, "actor": "mayor",
         "voice": voice, "p_negative": a, "p_neutral": b, "p_positive": c, "score": c - a, "certain": 1}
        for voice, (a, b, c) in (("author", (0.2, 0.8, 0.0)), ("anna", (0.0, 0.3, 0.7)))
    ]  # fmt: skip
    assert list(Judged.of_table(table, STANCE).rows()) == list(judged.rows())
    sentence = Units.from_rows([{"article": "e-post", "sentence": 2, "actor": "mayor", "voice": "quoted"}])
    told = Judged.of_annotation(Annotation(sentence, "sentence", STANCES, np.eye(3)[:1], "m"), PORTRAYAL, "e", {"e-post": "post"})  # fmt: skip
    assert (told.voice, told.holder, told.start.tolist()) == (("quoted",), ("",), [-1])


def test_a_sentence_with_two_voices_counts_once() -> None:
    """Own and quoted words of a sentence are averaged; sentences of one voice stay as they are."""
    rows = [portrayal(1, "outlet", 0.5), portrayal(1, "quoted", -0.9), portrayal(2, "quoted", 0.3)]
    merged = Judged.from_rows(rows).merge_voices()
    assert merged.score.tolist() == pytest.approx([-0.2, 0.3])
    assert merged.voice == ("", "")
    assert (merged.p_negative + merged.p_neutral + merged.p_positive).tolist() == pytest.approx([1.0, 1.0])
    assert len(Judged.from_rows(rows).with_all_voices()) == 5
    assert len(Judged().merge_voices()) == 0


def test_a_mean_needs_three_sentences() -> None:
    """What counts is sentences, not mentions in them."""
    stances = Judged.from_rows(portrayal(n, "author", 0.1) for n in (1, 1, 1, 2, 3))
    assert not stances.has_mean([0, 1, 2, 3])
    assert stances.has_mean([0, 3, 4])
    assert stances.sentences_of([2, 0, 4]) == [("e-post", 1), ("e-post", 3)]
    assert describe_too_few(2) == "no mean: 2 judged sentences, a mean needs 3"


def test_labels_are_drawn_from_their_probabilities() -> None:
    """Over many draws the mean is the score; a certain label is always drawn."""
    judged = Judged.from_rows([portrayal(1, "outlet", -0.4), portrayal(2, "outlet", 1.0)])
    drawn = judged.draw_values([0, 1], 20_000, np.random.default_rng(0))
    assert drawn[:, 0].mean() == pytest.approx(-0.4, abs=0.02)
    assert (drawn[:, 1] == 1).all()
    assert set(drawn[:, 0]) == {-1.0, 0.0}


def test_unlikely_judgements_can_be_left_out() -> None:
    """The likeliest of three probabilities decides, with four decimals."""
    judged = Judged.from_rows([portrayal(1, "outlet", -0.69996), portrayal(2, "outlet", 0.5)])
    assert judged.select_likely(0.7).sentence.tolist() == [1]


def test_events_are_averaged_and_paired() -> None:
    """A mean per event, also of one sentence; differences where both outlets have one and neither prints a copy."""
    rows = [
        portrayal(n, "outlet", score, event=event, outlet=outlet, article=f"{event}-{outlet}")
        for event, outlet, scores in (
            ("a", "post", (0.5, 0.1)), ("a", "wire", (-0.2,)), ("b", "post", (0.9,)), ("c", "post", (0.4,)), ("c", "wire", (0.0,)),
        )
        for n, score in enumerate(scores)
    ]  # fmt: skip
    values = average_by_event(Judged.from_rows(rows), PORTRAYAL)
    post = values[Subject("portrayal", "post", actor="mayor", voice="outlet")]
    assert [(one.event, pytest.approx(one.value), one.n_sentences) for one in post] == [
        ("a", 0.3, (2,)), ("b", 0.9, (1,)), ("c", 0.4, (1,)),
    ]  # fmt: skip
    [(subject, pairs)] = pair_values(values, ()).items()
    assert subject == Subject("portrayal_difference", "post", "wire", "mayor", "outlet")
    assert [(one.event, pytest.approx(one.value), one.n_units, one.n_sentences) for one in pairs] == [
        ("a", 0.5, 3, (2, 1)), ("c", 0.4, 2, (1, 1)),
    ]  # fmt: skip
    [(_, paired)] = pair_values(values, {("c", "wire")}).items()
    assert [one.event for one in paired] == ["a"]
