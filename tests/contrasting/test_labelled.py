"""Labels meet the mentions they are of, and what they cannot tell is said."""

import math

import numpy as np
import pytest

from crossframe.contrasting.labelled import (
    MIN_LABELS,
    Labelled,
    describe_labels,
    find_fault,
    group_labelled,
    join_labels,
    labels_of,
    pair_events,
)
from crossframe.records import STANCES, Annotation, Article, Corpus, Units


def mention(
    number: int, *, event: str = "e", outlet: str = "post", actor: str = "doe", voice: str = "author"
) -> dict:
    """Return a row of the stance table: every second mention in a sentence of its own."""
    return {
        "event": event, "outlet": outlet, "article": f"{event}-{outlet}", "sentence": number // 2, "start": number * 10,
        "end": number * 10 + 3, "actor": actor, "voice": voice, "score": 0.25,
    }  # fmt: skip


def gold_of(rows: list[dict], labels: list[str], probability: list[float] | None = None) -> Annotation:
    """Return labels of some mentions."""
    units = Units.from_rows({name: row[name] for name in ("article", "sentence", "start", "end", "actor", "voice")} for row in rows)  # fmt: skip
    scores = np.array([[float(label == one) for one in STANCES] for label in labels])
    return Annotation(
        units, "span", STANCES, scores, "gold", None if probability is None else np.array(probability)
    )


def cell(n: int, labelled: int, probability: float = 0.5, *, event: str = "e") -> Labelled:
    """Return `n` mentions of one cell, the first of them labelled."""
    rows = [mention(number, event=event) for number in range(n)]
    return join_labels(rows, gold_of(rows[:labelled], ["neutral"] * labelled, [probability] * labelled))


def test_labels_are_joined_by_place_and_actor() -> None:
    """The same stretch toward another actor, or another stretch, has no label; voices are own or quoted."""
    rows = [mention(0), mention(1, voice="richard roe"), mention(0, actor="roe")]
    joined = join_labels(rows, gold_of(rows[:2], ["negative", "positive"], [0.5, 0.25]))
    assert joined.label.tolist()[:2] == [-1.0, 1.0]
    assert math.isnan(joined.label[2])
    assert joined.probability.tolist()[:2] == [0.5, 0.25]
    assert joined.voice == ("author", "quoted", "author")
    assert not join_labels(rows, None).labelled.any()
    without = join_labels(rows, gold_of(rows[:1], ["neutral"]))
    assert without.labelled.tolist() == [True, False, False]
    assert np.isnan(without.probability).all()


def portrayal_of(rows: list[tuple[int, str, str]], actor: str = "doe") -> Annotation:
    """Return gold portrayal of sentences of e-post: (sentence, speaker, label)."""
    units = Units.from_rows({"article": "e-post", "sentence": n, "actor": actor, "voice": speaker} for n, speaker, _ in rows)  # fmt: skip
    return Annotation(units, "sentence", STANCES, np.array([[float(label == one) for one in STANCES] for *_, label in rows]), "gold")  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "of_author", "of_quoted"),
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
def test_portrayal_labels_the_mentions_in_its_voice(
    rows: list[tuple[int, str, str]], of_author: float, of_quoted: float
) -> None:
    """Words of others label no mention in the outlet's own voice, nor the other way round; mixed labels both; another actor has none."""
    mentions = [mention(0), mention(1, voice="richard roe"), mention(0, actor="roe")]
    joined = join_labels(mentions, portrayal_of(rows))
    assert joined.label.tolist() == pytest.approx([of_author, of_quoted, math.nan], nan_ok=True)


def test_gold_portrayal_labels_a_study_before_gold_stance() -> None:
    """Without gold portrayal a study's labels are those of single mentions; beside it, gold stance labels nothing."""
    article = Article("e-post", "e", "post", "", "Doe left.")
    stance, portrayal = gold_of([mention(0)], ["negative"]), portrayal_of([(0, "outlet", "positive")])
    assert labels_of(Corpus("c", (article,))) is None
    assert labels_of(Corpus("c", (article,), gold={"stance": stance})) is stance
    assert labels_of(Corpus("c", (article,), gold={"stance": stance, "portrayal": portrayal})) is portrayal


def test_cells_are_of_actors_with_labels() -> None:
    """Actors that nobody labelled have no cells; outlets without a label of a labelled actor have."""
    rows = [mention(0), mention(0, outlet="wire"), mention(1, actor="roe")]
    found = dict(group_labelled(join_labels(rows, gold_of(rows[:1], ["neutral"], [0.5]))))
    assert list(found) == [("doe", "author")]
    assert list(found["doe", "author"]) == ["post", "wire"]


@pytest.mark.parametrize(
    ("mentions", "fault"),
    [
        (cell(3, 3), ""),
        (cell(40, MIN_LABELS), ""),
        (cell(40, 9), "too little data: 9 of 40 mentions labelled, in 5 sentences"),
        (cell(40, 0), "too little data: 0 of 40 mentions labelled, in 0 sentences"),
        (cell(40, 20, math.nan), "not corrected: 20 of 40 mentions labelled, the sample's probabilities are not known"),
        (cell(40, 20, 1.0), "not corrected: 20 of 40 mentions labelled, though all were to be"),
        (cell(3, 3, math.nan), ""),
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
        mention(0, event=event, outlet=outlet)
        for event, outlet in (("a", "post"), ("a", "wire"), ("b", "post"), ("c", "post"), ("c", "wire"), ("d", "wire"))
    ]  # fmt: skip
    by_outlet = dict(group_labelled(join_labels(rows, gold_of(rows, ["neutral"] * 6))))["doe", "author"]
    one, other = pair_events(by_outlet["post"], by_outlet["wire"], {("c", "wire")})
    assert one.event == other.event == ("a",)


def test_what_a_reader_must_know() -> None:
    """How many have labels, whether probabilities are known, and whether the labels represent all mentions."""
    rows = [mention(number) for number in range(20)]
    sound = gold_of(rows[:10], ["neutral"] * 10, [0.5] * 10)
    assert describe_labels(rows, sound, {"doe"}) == [
        "Labels of the study itself: 10 of 20 mentions of declared actors have one. They correct the stance of 1 of 1 "
        "cells (outlet, actor, voice); tables/estimates.csv gives the reasons for the others."
    ]
    assert describe_labels(rows, None, {"doe"}) == describe_labels(rows, sound, {"roe"}) == []
    unknown = describe_labels(rows, gold_of(rows[:10], ["neutral"] * 10), {"doe"})
    assert "The probabilities with which they were chosen are not known" in unknown[0]
    assert len(describe_labels(rows, gold_of(rows, ["neutral"] * 20), {"doe"})) == 1
    [first, second] = describe_labels(rows[5:], gold_of(rows[:10], ["neutral"] * 10, [0.2] * 10), {"doe"})
    assert "5 labels are of mentions that this comparison does not detect" in first
    assert second.startswith("By their probabilities the labels represent 25 mentions, but 15 were detected")
