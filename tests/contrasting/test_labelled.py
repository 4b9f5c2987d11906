"""Labels meet the mentions they are of, and what they cannot tell is said."""

import math

import numpy as np
import pytest

from crossframe.contrasting.judged import Judged
from crossframe.contrasting.labelled import (
    MIN_LABELS,
    Labelled,
    describe_labels,
    find_fault,
    group_labelled,
    join_all_voices,
    join_labels,
    labels_of,
    pair_events,
)
from crossframe.records import PORTRAYAL, STANCE, STANCES, Annotation, Article, Corpus, Units


def stance(
    number: int, *, event: str = "e", outlet: str = "post", actor: str = "doe", holder: str = "author"
) -> dict:
    """Return what a holder thinks of a mention: every second one is in a sentence of its own."""
    return {
        "event": event, "outlet": outlet, "article": f"{event}-{outlet}", "sentence": number // 2, "start": number * 10,
        "end": number * 10 + 3, "actor": actor, "holder": holder, "voice": "author" if holder == "author" else "quoted",
        "score": 0.25,
    }  # fmt: skip


def portrayal(sentence: int, speaker: str = "outlet", *, actor: str = "doe", score: float = 0.25) -> dict:
    """Return a portrayal by a sentence of e-post."""
    return {
        "event": "e", "outlet": "post", "article": "e-post", "sentence": sentence, "actor": actor, "voice": speaker, "score": score,
    }  # fmt: skip


def gold_of(rows: list[dict], labels: list[str], probability: list[float] | None = None) -> Annotation:
    """Return people's labels of some mentions, by who speaks at each or who judges it."""
    units = Units.from_rows(
        {name: row[name] for name in ("article", "sentence", "start", "end", "actor")}
        | {"voice": row["holder"]}
        for row in rows
    )
    scores = np.array([[float(label == one) for one in STANCES] for label in labels])
    return Annotation(
        units, "span", STANCES, scores, "gold", None if probability is None else np.array(probability)
    )


def join(rows: list[dict], labels: Annotation | None, construct: str = STANCE) -> Labelled:
    """Return rows with their labels."""
    return join_labels(Judged.from_rows(rows), labels, construct)


def cell(n: int, labelled: int, probability: float = 0.5, *, event: str = "e") -> Labelled:
    """Return `n` judgements of one cell, the first of them labelled."""
    rows = [stance(number, event=event) for number in range(n)]
    return join(rows, gold_of(rows[:labelled], ["neutral"] * labelled, [probability] * labelled))


def test_stances_are_joined_by_mention_and_holder() -> None:
    """The same holder of the same mention has the label; one whom a labelled mention lacks takes no side."""
    rows = [
        stance(0),
        stance(0, holder="roe"),
        stance(1, holder="roe"),
        stance(0, actor="roe"),
        stance(0, holder="poe"),
    ]
    joined = join(rows, gold_of(rows[:3], ["negative", "positive", "positive"], [0.5, 0.5, 0.25]))
    assert joined.label.tolist() == pytest.approx([-1.0, 1.0, 1.0, math.nan, 0.0], nan_ok=True)
    assert joined.probability.tolist() == pytest.approx([0.5, 0.5, 0.25, math.nan, 0.5], nan_ok=True)
    assert joined.voice == ("author", "quoted", "quoted", "author", "quoted")
    assert not join(rows, None).labelled.any()
    without = join(rows, gold_of(rows[:1], ["neutral"]))
    assert without.labelled.tolist() == [True, True, False, False, True]
    assert np.isnan(without.probability).all()


def test_labels_of_mentions_are_of_their_sentence() -> None:
    """Sentence, actor and words decide; two labels of one portrayal are averaged, and either may have been drawn."""
    mentions = [stance(0), stance(1), stance(2, holder="roe"), stance(4)]
    labels = gold_of(mentions, ["negative", "neutral", "positive", "positive"], [0.5, 0.2, 0.25, 0.5])
    rows = [
        portrayal(0),
        portrayal(1, "quoted"),
        portrayal(1),
        portrayal(2),
        portrayal(2, actor="roe"),
        portrayal(7),
    ]
    joined = join(rows, labels, PORTRAYAL)
    assert joined.label.tolist() == pytest.approx([-0.5, 1, math.nan, 1, math.nan, math.nan], nan_ok=True)
    assert joined.probability.tolist()[:2] == pytest.approx([0.6, 0.25])


def portrayal_of(rows: list[tuple[int, str, str]], actor: str = "doe") -> Annotation:
    """Return gold portrayal of sentences of e-post: (sentence, speaker, label)."""
    units = Units.from_rows({"article": "e-post", "sentence": n, "actor": actor, "voice": speaker} for n, speaker, _ in rows)  # fmt: skip
    return Annotation(units, "sentence", STANCES, np.array([[float(label == one) for one in STANCES] for *_, label in rows]), "gold")  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "of_outlet", "of_quoted"),
    [
        ([(0, "outlet", "negative")], -1, math.nan),
        ([(0, "quoted", "negative")], math.nan, -1),
        ([(0, "mixed", "negative")], -1, -1),
        ([(0, "outlet", "negative"), (0, "quoted", "positive")], -1, 1),
        ([(0, "mixed", "negative"), (0, "quoted", "positive")], -1, 1),
        ([(0, "outlet", "positive"), (0, "mixed", "negative")], 1, -1),
        ([(1, "outlet", "negative")], math.nan, math.nan),
    ],
)
def test_portrayals_are_joined_by_sentence_actor_and_speaker(
    rows: list[tuple[int, str, str]], of_outlet: float, of_quoted: float
) -> None:
    """The label of these words, or of both; none of other words, and none of another actor."""
    judged = [portrayal(0), portrayal(0, "quoted"), portrayal(0, actor="roe")]
    joined = join(judged, portrayal_of(rows), PORTRAYAL)
    assert joined.label.tolist() == pytest.approx([of_outlet, of_quoted, math.nan], nan_ok=True)


def test_all_voices_of_a_sentence_are_labelled_by_all_its_labels() -> None:
    """Whoever speaks, a sentence counts once: the mean of its labels, also of words in which nothing was found."""
    judged = [
        portrayal(0, score=0.5),
        portrayal(0, "quoted", score=-0.1),
        portrayal(1),
        portrayal(2),
        portrayal(3),
    ]
    labels = portrayal_of([(0, "outlet", "negative"), (0, "quoted", "neutral"), (1, "quoted", "positive"), (2, "mixed", "positive")])  # fmt: skip
    merged = join_all_voices(Judged.from_rows(judged), labels)
    assert merged.voice == ("outlet", "quoted", "outlet", "outlet", "outlet", "", "", "", "")
    assert merged.label.tolist()[5:] == pytest.approx([-0.5, 1.0, 1.0, math.nan], nan_ok=True)
    assert merged.score.tolist()[5:] == pytest.approx([0.2, 0.25, 0.25, 0.25])
    assert merged.label.tolist()[:4] == pytest.approx([-1, 0, math.nan, 1], nan_ok=True)


def test_all_voices_of_a_sample_are_labelled_where_each_was_drawn() -> None:
    """Labels of mentions that were drawn in one kind of words say nothing of the other."""
    rows = [stance(0), stance(1, holder="roe"), stance(2)]
    labels = gold_of([rows[0], rows[1], rows[2]], ["negative", "neutral", "positive"], [0.5, 0.4, 0.5])
    judged = [portrayal(0), portrayal(0, "quoted"), portrayal(1), portrayal(1, "quoted")]
    merged = join_all_voices(Judged.from_rows(judged), labels)
    assert merged.label.tolist()[4:] == pytest.approx([-0.5, math.nan], nan_ok=True)
    assert merged.probability.tolist()[4:] == pytest.approx([0.2, math.nan], nan_ok=True)


def test_which_gold_labels_what() -> None:
    """Gold portrayal, else gold stance alone, labels portrayals; gold stance beside gold portrayal labels stances."""
    article = Article("e-post", "e", "post", "", "Doe left.")
    of_mentions, of_sentences = gold_of([stance(0)], ["negative"]), portrayal_of([(0, "outlet", "positive")])
    frames = Annotation(
        Units.from_rows([{"article": "e-post"}]), "article", ("moral",), np.ones((1, 1)), "gold"
    )
    alone, both = {"stance": of_mentions}, {"stance": of_mentions, "portrayal": of_sentences}
    for gold, expected in (
        ({}, (None, None)), ({"portrayal": frames}, (None, None)), (alone, (of_mentions, None)),
        ({"portrayal": of_sentences}, (of_sentences, None)), (both, (of_sentences, of_mentions)),
    ):  # fmt: skip
        corpus = Corpus("c", (article,), gold=gold)
        for construct, labels in zip((PORTRAYAL, STANCE), expected, strict=True):
            assert labels_of(corpus, construct) is labels


def test_cells_are_of_actors_with_labels() -> None:
    """Actors that nobody labelled have no cells; outlets without a label of a labelled actor have."""
    rows = [stance(0), stance(0, outlet="wire"), stance(1, actor="roe")]
    found = dict(group_labelled(join(rows, gold_of(rows[:1], ["neutral"], [0.5]))))
    assert list(found) == [("doe", "author")]
    assert list(found["doe", "author"]) == ["post", "wire"]


@pytest.mark.parametrize(
    ("mentions", "fault"),
    [
        (cell(5, 5), ""),
        (cell(3, 3), "no mean: 2 judged sentences, a mean needs 3"),
        (cell(40, MIN_LABELS), ""),
        (cell(40, 9), "too little data: 9 of 40 judgements labelled, in 5 sentences"),
        (cell(40, 0), "too little data: 0 of 40 judgements labelled, in 0 sentences"),
        (cell(40, 20, math.nan), "not corrected: 20 of 40 judgements labelled, the sample's probabilities are not known"),
        (cell(40, 20, 1.0), "not corrected: 20 of 40 judgements labelled, though all were to be"),
        (cell(5, 5, math.nan), ""),
        (Labelled.concat([cell(20, 20, 1.0), cell(40, 20, 0.5, event="f")]), ""),
        (Labelled.concat([cell(20, 20, 1.0), cell(40, 20, 1.0, event="f")]), "not corrected: 40 of 60"),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected(mentions: Labelled, fault: str) -> None:
    """All labelled, or enough with known probabilities; else the reason is given with its numbers."""
    assert find_fault(mentions).startswith(fault)
    assert bool(find_fault(mentions)) == bool(fault)


def test_events_are_paired_without_copies() -> None:
    """Only events in which both outlets have mentions and neither prints a copy."""
    rows = [
        stance(0, event=event, outlet=outlet)
        for event, outlet in (("a", "post"), ("a", "wire"), ("b", "post"), ("c", "post"), ("c", "wire"), ("d", "wire"))
    ]  # fmt: skip
    by_outlet = dict(group_labelled(join(rows, gold_of(rows, ["neutral"] * 6))))["doe", "author"]
    one, other = pair_events(by_outlet["post"], by_outlet["wire"], {("c", "wire")})
    assert one.event == other.event == ("a",)


def test_what_a_reader_must_know() -> None:
    """How many have labels, whether probabilities are known, and whether the labels represent all that was judged."""
    rows = [stance(number) for number in range(20)]

    def describe(rows: list[dict], labels: Annotation | None, actor: str = "doe") -> list[str]:
        return describe_labels(Judged.from_rows(rows), labels, STANCE, {actor})

    sound = gold_of(rows[:10], ["neutral"] * 10, [0.5] * 10)
    assert describe(rows, sound) == [
        "Labels of the study itself, stance: 10 of 20 judgements of declared actors by holders have one. They correct 1 of 1 "
        "cells (outlet, actor, voice); tables/estimates.csv gives the reasons for the others."
    ]
    assert describe(rows, None) == describe(rows, sound, "roe") == []
    unknown = describe(rows, gold_of(rows[:10], ["neutral"] * 10))
    assert "The probabilities with which they were chosen are not known" in unknown[0]
    assert len(describe(rows, gold_of(rows, ["neutral"] * 20))) == 1
    [first, second] = describe(rows[5:], gold_of(rows[:10], ["neutral"] * 10, [0.2] * 10))
    assert "5 labels are of mentions that this comparison does not detect" in first
    assert second.startswith("By their probabilities the labels represent 25 of them, but 15 were detected")
    judged = Judged.from_rows(portrayal(number) for number in range(6))
    [note] = describe_labels(
        judged, portrayal_of([(n, "outlet", "neutral") for n in range(4)]), PORTRAYAL, {"doe"}
    )
    assert note.startswith(
        "Labels of the study itself, portrayal: 4 of 6 sentences with declared actors have one."
    )
