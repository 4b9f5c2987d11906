"""Metrics of differences on invented readings: what counts, what counts neither way, and what is found in real pairs."""

from dataclasses import replace

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.reading.public.difference_labels import MINIMAL, Difference, LabelledPair, Reading, read_pairs
from crossframe.reading.public.parsing import pair_articles
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Cast, Corpus, Spans
from crossframe.studies.evaluate import differences
from crossframe.studies.evaluate.differences import (
    ScoredPair,
    count,
    count_agreed,
    evaluate_differences,
    find_in_pairs,
    score_differences,
)

NUMBER, FURTHER = Difference("number", (0, 4), (0, 3)), Difference("number", (10, 14), (9, 12))
POLARITY, DETAIL = Difference("polarity", (5, 9), (4, 8)), Difference("detail", (0, 0), (20, 40))


def scored(*readings: Reading, found: tuple[Difference, ...] = (), source: str = "neus") -> ScoredPair:
    """Return a pair with readings of one or two readers, and what was found in it."""
    named = tuple((f"reader-{number}", reading) for number, reading in enumerate(readings))
    return ScoredPair(LabelledPair("d1", source, "test", readings=named), f"{source}.e", found)


def test_counts_of_one_reading_beside_another() -> None:
    """A kind counts every difference, conflict the pair."""
    counts = count([NUMBER, FURTHER, DETAIL], [NUMBER, POLARITY])
    assert counts["conflict"] == (1, 1, 1)
    assert counts["number"] == (2, 1, 1)
    assert counts["polarity"] == (0, 1, 0)
    assert counts["detail"] == (1, 0, 0)


@pytest.mark.parametrize(
    ("pair", "conflict", "number"),
    [
        (scored((NUMBER,), found=(NUMBER,)), (1, 1, 1), (1, 1, 1)),
        (scored((NUMBER,)), (1, 0, 0), (1, 0, 0)),
        (scored((), found=(NUMBER,)), (0, 1, 0), (0, 1, 0)),
        (scored((DETAIL,), found=(DETAIL,)), (0, 0, 0), (0, 0, 0)),
        (scored((NUMBER,), (NUMBER,), found=(FURTHER,)), (1, 1, 1), (1, 1, 0)),
        # One of two sees it: the pair and the difference count neither way, found or not.
        (scored((NUMBER,), (), found=(NUMBER,)), (0, 0, 0), (0, 0, 0)),
        (scored((), (NUMBER,)), (0, 0, 0), (0, 0, 0)),
        (scored((NUMBER,), (NUMBER, FURTHER), found=(NUMBER, FURTHER)), (1, 1, 1), (1, 1, 1)),
        # Both see a conflict, in other words.
        (scored((NUMBER,), (FURTHER,), found=(FURTHER,)), (1, 1, 1), (0, 0, 0)),
        (scored((NUMBER,), (POLARITY,)), (1, 0, 0), (0, 0, 0)),
    ],
)
def test_what_counts(pair: ScoredPair, conflict: tuple[int, ...], number: tuple[int, ...]) -> None:
    """What both mark is to be found, what neither marks is wrong, what one of two marks is neither."""
    counts = count_agreed(pair)
    assert (counts["conflict"], counts["number"]) == (conflict, number)


def test_metrics_by_source_and_of_the_readers() -> None:
    """Minimal pairs stand apart; the readers' agreement and ours with each of them leave nothing out."""
    pairs = [
        scored((NUMBER,), (NUMBER,), found=(NUMBER,)),
        scored((NUMBER,), (), found=(NUMBER,), source="ecbplus"),
        scored((POLARITY,), source=MINIMAL),
    ]
    metrics = score_differences(pairs)
    assert metrics["n_pairs"] == 2
    assert metrics["conflict_f1"] == metrics["number_f1"] == metrics["neus_number_f1"] == 1
    assert metrics["ecbplus_number_f1"] is None
    assert metrics["minimal_polarity_recall"] == 0
    assert metrics["polarity_f1"] is None
    assert metrics["readers_number_f1"] == pytest.approx(2 / 3)
    assert metrics["reader_mean_number_f1"] == pytest.approx((1 + 2 / 3) / 2)
    assert metrics["number_f1_low"] == metrics["number_f1_high"] == 1


def test_other_corpora_have_no_gold_of_differences() -> None:
    """Only the corpus that has them is scored."""
    with pytest.raises(InputError, match="'basil' for task 'differences'"):
        evaluate_differences("basil")


def test_pairs_are_read_event_by_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sides are those of the labels, stretches of their sentences; what readers part on or do not align is left out."""
    monkeypatch.setattr(differences, "load_quote_reader", lambda _: None)
    monkeypatch.setattr(
        differences,
        "casts_by_event",
        lambda corpus, _: [(split_sentences(corpus.articles), Cast((), Spans()))],
    )
    pairs = {one.id: one for one in read_pairs() if one.id in ("dm001", "dm003", "dm131", "de005")}
    texts = ("Nine people died.", "Two people died.")
    articles = [
        replace(article, event="e")
        for one in pairs.values()
        for article in pair_articles(one.id, one.split, *(one.texts or texts))
    ]
    rows = np.array([2 * list(pairs).index(id) for id in ("dm001", "dm131")])
    gold = Alignment(split_sentences(articles), rows, rows + 1, np.ones(2), ("conflict", "conflict"))
    first, second = find_in_pairs(Corpus("x", tuple(articles), gold={"alignment": gold}))
    assert (first.pair, second.pair) == (pairs["dm001"], pairs["dm131"])
    (found,) = second.found
    sides = [
        text[slice(*span)] for text, span in zip(second.pair.texts, (found.left, found.right), strict=True)
    ]
    assert found.kind == "number"
    assert ("71" in sides[0], "74" in sides[1]) == (True, True)
