"""Tests of masks: a sentence without its target."""

import pytest

from crossframe.judging.probes.masks import ask_nothing, mask_name
from crossframe.judging.stance.features import Target


@pytest.mark.parametrize(
    ("given", "text", "words"),
    [
        (Target("Trump lied.", 0, 5), "Someone lied.", ["Someone"]),
        (Target("They say Mr. Trump's aide lied.", 9, 20), "They say someone's aide lied.", ["someone's"]),
        (Target("They met his aide.", 9, 12), "They met someone's aide.", ["someone's"]),
        (
            Target("President Trump said he knew.", 21, 23, ((0, 15),)),
            "Someone said someone knew.",
            ["someone", "Someone"],
        ),
        (Target("Donald Trump lied.", 7, 12, ((0, 12),)), "Donald someone lied.", ["someone"]),
    ],
)
def test_mask_name(given: Target, text: str, words: list[str]) -> None:
    """A neutral word stands for every mention of the target; the offsets are its."""
    found = mask_name(given)
    assert found.text == text
    spans = [(found.start, found.end), *found.others]
    assert [found.text[start:end] for start, end in spans] == words


def test_ask_nothing() -> None:
    """The sentence stays whole, and the target is outside of it."""
    found = ask_nothing(Target("Trump lied; he knew.", 0, 5, ((12, 14),)))
    assert found == Target("It: Trump lied; he knew.", 0, 2)
