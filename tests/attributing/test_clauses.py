"""Regions and cues."""

import pytest

from crossframe.attributing.clauses import find_cues, only_adverbial, split_regions
from crossframe.attributing.marks import MASK, pair_marks


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


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Jane Doe also said that it rained.", "Jane Doe"),
        ("On Monday, Jane Doe, the minister who fell, said it rained.", "Jane Doe"),
        ('"It rained," said the minister of war.', "the minister of war"),
        ("Doe rose, looked around and said it rained.", "Doe"),
        ("It rained, according to the ministry.", "the ministry"),
        ("He was told by Doe that it rained.", "Doe"),
        ("The reports of rain came.", None),
        ("The United States rained.", None),
    ],
)
def test_find_cues(make_sentences, text: str, subject: str | None) -> None:
    """A verb of saying is a cue when it has a subject; nouns and passives are none."""
    region = regions(make_sentences(text))[0]
    found = [text[slice(*cue.subject)] for cue in find_cues(region) if cue.subject is not None]
    assert found == ([] if subject is None else [subject])


@pytest.mark.parametrize(
    ("text", "expected"), [(" on Friday.", True), ("", True), (" that it rained.", False)]
)
def test_only_adverbial(text: str, expected: bool) -> None:
    """Place and time after a verb are no content."""
    assert only_adverbial(text) is expected
