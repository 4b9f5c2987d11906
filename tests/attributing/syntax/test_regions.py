"""Regions."""

import pytest

from crossframe.attributing.syntax.quotation_marks import MASK, pair_marks
from crossframe.attributing.syntax.regions import only_adverbial, split_regions


def regions(sentences):
    """Return the regions of the only article."""
    article = sentences.articles[0]
    return split_regions(article, sentences, pair_marks(article.document))


def test_regions(make_sentences) -> None:
    """Sentences that a quotation holds together are one region; quoted characters are masked, offsets stay."""
    text = '"We go. We must," Doe said. It rained.\n\n"Why?" Doe asked.'
    found = regions(make_sentences(text))
    assert [text[one.start : one.end] for one in found] == [
        '"We go. We must," Doe said.',
        "It rained.",
        '"Why?" Doe asked.',
    ]
    assert [one.paragraph for one in found] == [0, 0, 1]
    assert found[0].text.replace(MASK, "") == " Doe said."
    assert len(found[0].text) == found[0].end - found[0].start


def test_quote_after_full_stop(make_sentences) -> None:
    """A quotation that opens behind a full stop begins a region of its own; the stop of "Sen." is none."""
    text = '"We go," Sen. Doe said. "We must, all of us." It rained.'
    found = regions(make_sentences(text))
    assert [text[one.start : one.end] for one in found] == [
        '"We go," Sen. Doe said.',
        '"We must, all of us."',
        "It rained.",
    ]


def test_dateline_is_outside(make_sentences) -> None:
    """A region begins behind the dateline; a dateline alone is none."""
    text = "ELMTOWN, Aug. 29 (Agency) - The mayor said it rained."
    found = regions(make_sentences(text))
    assert [text[one.start : one.end] for one in found] == ["The mayor said it rained."]


@pytest.mark.parametrize(
    ("text", "expected"), [(" on Friday.", True), ("", True), (" that it rained.", False)]
)
def test_only_adverbial(text: str, expected: bool) -> None:
    """Place and time after a verb are no content."""
    assert only_adverbial(text) is expected
