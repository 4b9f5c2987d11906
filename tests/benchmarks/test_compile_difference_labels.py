"""Answers of readers become offsets, and the cards' tables are those of the readings."""

import json
from pathlib import Path

import pytest
from compile_difference_labels import compile_alignment, compile_differences, place
from difference_label_agreement import (
    BEGIN,
    CORPORA,
    END,
    tabulate_alignment,
    tabulate_differences,
    tabulate_events,
    tabulate_minimal,
    tabulate_pairs,
    tabulate_people,
    tabulate_rates,
)

from crossframe.reading.public.alignment_labels import read_events
from crossframe.reading.public.difference_labels import read_pairs

TEXT = "At least 12 of the 120 men, 12 in all, fled."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("At least 12", "At least 12"),
        ("120 men", "120 men"),
        ("least [[12]]", "12"),
        ("[[12]] in all", "12"),
        ("men, [[12 in]] all", "12 in"),
    ],
)
def test_words_are_placed(words: str, found: str) -> None:
    """Words stand where they stand whole and once, or in brackets within words that do."""
    span = place(TEXT, words)
    assert span is not None
    assert TEXT[slice(*span)] == found


@pytest.mark.parametrize("words", ["12", "men, 12 in al", "woman", "[[e]]", "least 120"])
def test_words_without_one_place_are_refused(words: str) -> None:
    """Words that stand twice, not at all or as a part of a word have no place."""
    with pytest.raises(ValueError, match="times"):
        place(TEXT, words)


def test_answers_become_readings(tmp_path: Path) -> None:
    """A row per reading: pairs in order, events without any, differences with the side that lacks."""
    (tmp_path / "r03").mkdir()
    (tmp_path / "r03" / "align-01.tsv").write_text(
        "e1\tB5\tA2\tpartial\ne1\tA2\tB11\tequivalent\ne1\tdone\ne2\tdone\n", encoding="utf-8"
    )
    (tmp_path / "r03" / "align-p1.tsv").write_text("p001\tpartial\n", encoding="utf-8")
    answers = [
        {
            "id": "d1",
            "aligned": True,
            "differences": [["number", "At least 12", "two"], ["detail", "", "at night"]],
        },
        {"id": "d2", "aligned": False, "differences": []},
    ]
    (tmp_path / "r03" / "diff-01.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    assert list(compile_alignment(tmp_path)) == [
        ("e1", "reader-03", "A2 B5 partial; A2 B11 equivalent"),
        ("e2", "reader-03", ""),
    ]
    sentences = {"d1": (TEXT, "The two fled at night."), "d2": ("a", "b")}
    assert list(compile_differences(tmp_path, sentences)) == [
        ("d1", "reader-03", "yes", "number 0-11 4-7; detail - 13-21"),
        ("d2", "reader-03", "no", ""),
    ]


@pytest.mark.parametrize(
    ("corpus", "name", "lines"),
    [
        ("alignment-labels", "events", lambda: tabulate_events(read_events())),
        ("alignment-labels", "agreement", lambda: tabulate_alignment(read_events())),
        ("difference-labels", "pairs", lambda: tabulate_pairs(read_pairs())),
        ("difference-labels", "agreement", lambda: tabulate_differences(read_pairs())),
        ("difference-labels", "rates", lambda: tabulate_rates(read_pairs())),
        ("difference-labels", "minimal", lambda: tabulate_minimal(read_pairs())),
        pytest.param(
            "alignment-labels", "people", tabulate_people, marks=[pytest.mark.mirror, pytest.mark.slow]
        ),
    ],
)
def test_cards_give_what_the_readings_say(
    corpus: str, name: str, lines: object, request: pytest.FixtureRequest
) -> None:
    """Every table of the cards is that of the committed readings."""
    if name == "people":
        request.getfixturevalue("mirror")
    card = (CORPORA / corpus / "README.md").read_text(encoding="utf-8")
    stated = card.partition(BEGIN.format(name))[2].partition(END)[0].strip().splitlines()
    assert callable(lines)
    assert stated == lines()
