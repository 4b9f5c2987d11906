"""Quotes of one region."""

import pytest

from crossframe.attributing.coreference.discourse_state import DiscourseState
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
    """Fragments governed by one cue share a number, and the state keeps who spoke."""
    quoted = pair_marks(text)
    masked = "".join(MASK if any(q.start <= i < q.end for q in quoted) else c for i, c in enumerate(text))
    state = DiscourseState(text)
    found = read_region(state, Region(0, len(text), 0, masked, tuple(quoted)), None, [])
    assert [one.kind for one in found] == kinds
    assert {one.number for one in found} <= {1}
    assert [speaker.text.casefold() for _, speaker in state.spoken] == (["the miner"] if kinds else [])
