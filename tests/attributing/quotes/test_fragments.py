"""Quotes of one region."""

import pytest

from crossframe.attributing.coreference.discourse_state import Memory
from crossframe.attributing.quotes.fragments import read_region
from crossframe.attributing.syntax.quotation_marks import MASK, pair_marks
from crossframe.attributing.syntax.regions import Region


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('"We will go," the miner said, "and come back."', ["direct", "direct"]),
        ('The miner called it a "farce" and a "shame."', ["mixed", "mixed"]),
        ('The "farce" went on.', []),
    ],
)
def test_read_region(text: str, kinds: list[str]) -> None:
    """Fragments governed by one cue share a number, and the memory keeps who spoke."""
    quoted = pair_marks(text)
    masked = "".join(MASK if any(q.start <= i < q.end for q in quoted) else c for i, c in enumerate(text))
    memory = Memory([], [])
    found = read_region(text, Region(0, len(text), 0, masked, tuple(quoted)), None, [], memory, [])
    assert [one.kind for one in found] == kinds
    assert {one.number for one in found} <= {1}
    assert [speaker.text.casefold() for _, speaker in memory.spoken] == (["the miner"] if kinds else [])
