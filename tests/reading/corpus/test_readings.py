"""Readings of portrayal and stance in the repository: known ids, listed values, one row per reader and mention, no text."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from crossframe.reading.corpus.tables import read_tsv

CORPORA = Path(__file__).parents[3] / "corpora"
READINGS = (CORPORA / "reference-labels" / "readings.tsv", *CORPORA.glob("*/gold/readings.tsv"))
VALUES = {
    "portrayal": {"negative", "neutral", "positive", "mixed", "unclear", "no-mention"},
    "speaker": {"outlet", "quoted", "mixed"},
    "basis": {"wording", "facts", "none"},
    "author": {"oppose", "neutral", "support", "mixed", "unclear"},
}
ITEMS = {row["id"]: row for _, row in read_tsv(CORPORA / "reference-labels" / "items.tsv", ("id",))}


@pytest.fixture(params=READINGS, ids=lambda path: str(path.relative_to(CORPORA)))
def readings(request: pytest.FixtureRequest) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a table of readings."""
    return read_tsv(request.param, (*VALUES, "reader", "holders"))


def target(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a reading is of."""
    return (row["id"],) if "id" in row else (row["article"], row["start"], row["end"])


def test_values_are_listed(readings: list[tuple[str, dict[str, str]]]) -> None:
    """Fields hold values of the codebook; those after portrayal are empty where there is no mention."""
    for where, row in readings:
        if row["portrayal"] == "no-mention":
            assert not any(row[name] for name in ("speaker", "basis", "author", "holders")), where
        else:
            assert all(row[name] in values for name, values in VALUES.items()), where


def test_a_reader_reads_once(readings: list[tuple[str, dict[str, str]]]) -> None:
    """No reader has two rows for one mention."""
    read = [(*target(row), row["reader"]) for _, row in readings]
    assert len(read) == len(set(read))


def test_holders_are_places(readings: list[tuple[str, dict[str, str]]]) -> None:
    """Holders are offsets, no text, and stand in the sentence, not within the target."""
    for where, row in readings:
        item = ITEMS[row["id"]] if "id" in row else row
        for holder in filter(None, row["holders"].split(";")):
            found = re.fullmatch(r"(\d+)-(\d+)=(oppose|support)", holder)
            assert found, where
            start, end = int(found[1]), int(found[2])
            assert start < end, where
            assert not int(item["start"]) <= start < end <= int(item["end"]), where
            if "sentence_end" in item:
                assert int(item["sentence_start"]) <= start < end <= int(item["sentence_end"]), where


def test_every_item_is_read() -> None:
    """The items of reference-labels are those that have readings."""
    assert {row["id"] for _, row in read_tsv(CORPORA / "reference-labels" / "readings.tsv", ("id",))} == set(
        ITEMS
    )
