"""Subjects behind their verb."""

import pytest

from crossframe.attributing.syntax.inversion import inverts
from crossframe.attributing.syntax.quotation_marks import MASK

QUOTE = MASK * 8


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (f"{QUOTE} ", " Jane Doe.", True),
        (f"{QUOTE} ", " the minister.", True),
        (f"{QUOTE} ", " former minister Jane Doe.", True),
        (f"{QUOTE} ", " on Friday.", False),
        ("It rained, ", " Doe.", True),
        ("It rained, ", " Doe had left.", False),
        (f"{QUOTE} Jane Doe, head of the guild, ", " Ohio Radio.", False),
        ("Doe, the minister, ", " Roe was wrong.", False),
        ("Doe, speaking for Roe, ", " the crowd.", False),
        ("Roe, the nominee, Jane Doe, ", " Sunday.", False),
        ("Doe ", " Roe.", False),
    ],
)
def test_inverts(left: str, right: str, expected: bool) -> None:
    """After a quotation or a comma the subject may follow; after an apposition it stands before."""
    assert inverts(left, right) is expected
