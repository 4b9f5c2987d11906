"""Tests of features: the target is masked, the window holds the words around it, sentiment is scaled."""

from crossframe.judging.stance.features import LEXICON_FEATURES, describe_sentiment, window
from crossframe.judging.targets import StanceItem, mask_target


def target(text: str, name: str) -> StanceItem:
    """Return the first occurrence of `name` in `text` as a target."""
    start = text.index(name)
    return StanceItem(text, start, start + len(name))


def test_what_the_features_see() -> None:
    """The name is masked, the window holds the words around it, sentiment is scaled."""
    one = target("Critics say the bold plan of Smith failed badly.", "Smith")
    assert "Smith" not in mask_target(one).text
    assert mask_target(one).text[mask_target(one).start : mask_target(one).end] not in ("", "Smith")
    assert "Smith" not in window(one)
    values = describe_sentiment(one)
    assert len(values) == len(LEXICON_FEATURES)
    assert all(-1 <= value <= 1 for value in values)
