"""Texts that break off."""

import pytest

from crossframe.reading.text.cut_text import MAX_CELL, find_full, is_marked_as_cut

RAIN = "Rain fell on the town, and on the hills around it. " * 700
SNOW = "Snow lay on the roads, and in the woods above them. " * 700


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("The mayor said that ...", True),
        ("The mayor said that…", True),
        ("The mayor said that [...]", True),
        ("The mayor said that […] ", True),
        ("The mayor said that … [+1431 chars]", True),
        ("The mayor said [+ 31 chars]", True),
        ("The mayor said that … Read more »", True),
        ("The mayor said that... (continue reading)", True),
        ("The mayor said: “And then ...”", False),
        ('The mayor said: "And then …"', False),
        ("The mayor ... said that it rained.", False),
        ("It had rained [three days] before.", False),
        ("Read more in the town's library.", False),
        ("", False),
    ],
)
def test_marks_of_a_cut(text: str, is_cut: bool) -> None:
    """An ellipsis at the end, outside quotation marks, and a number of missing characters."""
    assert is_marked_as_cut(text) == is_cut


@pytest.mark.parametrize(
    ("texts", "full"),
    [
        ([RAIN[:MAX_CELL], SNOW], {0}),
        ([RAIN[: MAX_CELL - 1], "It was dry."], {0}),
        ([RAIN[: MAX_CELL - 2].rstrip(" ,.") + ".", "It was dry."], set()),
        (["😀" * 5 + RAIN[: MAX_CELL - 10], "It was dry."], {0}),
        ([RAIN, SNOW, "It was dry."], set()),
        ([RAIN[:5000], SNOW[:5000], "It was dry."], {0, 1}),
        ([RAIN[:5000], SNOW[:4990], "It was dry."], set()),
        ([RAIN[:5000], RAIN[:5000]], set()),
        ([RAIN[:5000], SNOW[:4999] + "."], set()),
        ([RAIN[:100], SNOW[:100]], set()),
        ([], set()),
        ([""], set()),
    ],
)
def test_texts_that_fill_their_cells(texts: list[str], full: set[int]) -> None:
    """A spreadsheet's limit is known; another is seen where several different texts break off at one length."""
    assert find_full(texts) == full
