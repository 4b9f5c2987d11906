"""Reported clauses."""

import pytest

from crossframe.attributing.clauses import Region, find_cues
from crossframe.attributing.indirect import find_clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Doe told reporters on Friday that it had rained.", "it had rained"),
        ("Doe said the roof was wet.", "the roof was wet"),
        ("The roof was wet all day, Doe said in a statement.", "The roof was wet all day"),
        ("According to Doe, the roof was wet.", "the roof was wet"),
        ("Doe said that the roof was wet; nobody cared.", "the roof was wet; nobody cared"),
        ("Doe announced the vote of the roof.", None),
        ("On Monday, Doe said.", None),
        ("ARDEN, May 4 (Agency) - The roof was wet all day, Doe said.", "The roof was wet all day"),
        ("Doe said the roof was wet, a claim that few believe.", "the roof was wet"),
        ("Doe said that it had sent 50 tons, figures that cannot be checked.", "it had sent 50 tons"),
        ("Doe said he wanted to leave, a day after the council had voted.", "he wanted to leave"),
    ],
)
def test_find_clause(text: str, clause: str | None) -> None:
    """Only sure patterns make a reported clause."""
    region = Region(0, len(text), 0, text, ())
    cues = find_cues(region)
    found = find_clause(region, cues[0], None) if cues else None
    assert (text[slice(*found)] if found else None) == clause
