"""Scare quotes, utterances, and names of works."""

import pytest

from crossframe.attributing.quotes.quoted_words import inner_words, is_name_of_work, is_scare, text_before
from crossframe.attributing.syntax.quotation_marks import MASK, pair_marks
from crossframe.attributing.syntax.regions import Region


def read(text: str) -> tuple[str, Region, object]:
    """Return document, region and its only quoted stretch."""
    quoted = pair_marks(text)
    masked = "".join(MASK if any(q.start <= i < q.end for q in quoted) else c for i, c in enumerate(text))
    return text, Region(0, len(text), 0, masked, tuple(quoted)), quoted[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The so-called "experts" met.', True),
        ('The "peace process" of Roe went on.', True),
        ('It was "a farce from the start and to its end" for all.', False),
        ('"We will never go."', False),
    ],
)
def test_is_scare(text: str, expected: bool) -> None:
    """A few quoted words without a cue are the author's; a clause or many words are not."""
    assert is_scare(*read(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She spoke on "Face the Nation" on Sunday.', True),
        ('Joseph "Joe" Poe left.', True),
        ('Roe said, "Go Home Now."', False),
        ('Roe called it "a farce" again.', False),
    ],
)
def test_is_name_of_work(text: str, expected: bool) -> None:
    """Names of works and nicknames are no quotations."""
    assert is_name_of_work(*read(text)) is expected


def test_words_and_text_before() -> None:
    """Marks are left out of the words, blanks at the end out of the text before."""
    document, region, one = read('Roe said: "We go."')
    assert inner_words(document, one) == "We go."
    assert text_before(region, one) == "Roe said:"
